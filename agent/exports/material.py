"""What an export is made from: one version, with the bytes of its pictures."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from PIL import Image, ImageDraw, ImageFont

from agent.drawing.drafts import draft_picture
from agent.exports.fonts import BUNDLED
from db.board import Board, Scene
from db.errors import DatabaseError
from db.history import Version
from db.pictures import Pictures

__all__ = ["PRINT_DPI", "Material", "Panel", "Progress", "enlarged", "gather", "jpeg", "printable", "source_pictures"]

PRINT_DPI = 200
DRAFT_WIDTH = 1280
UNPRINTABLE = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
PAPER, INK, MUTED = (250, 249, 246), (38, 36, 33), (132, 126, 118)

Progress = Callable[[int, int], None]
"""Is told how many panels are done, of how many."""


@dataclass(frozen=True)
class Panel:
    """A scene in its place. `picture` is the stored PNG, or None while it is pending or missing."""

    position: int
    scene: Scene
    names: tuple[str, ...]
    picture: bytes | None

    @property
    def caption(self) -> str:
        """What the panel says to a reader: its summary, or else its text."""
        return self.scene.summary or self.scene.text

    @property
    def details(self) -> str:
        """The panel's own number, its shot, how long it lasts, and who is in it, in a line."""
        scene = self.scene
        parts = (scene.number, scene.shot, f"{scene.duration:g} s", ", ".join(self.names))
        return " · ".join(part for part in parts if part)


@dataclass(frozen=True)
class Material:
    """A version and its panels, in order. `warnings` are lines about pictures that are not there. `sources` are the
    pictures and masks, by SHA-256, that panels were drawn from. `progress` is told as a file is made of it."""

    version: Version
    panels: tuple[Panel, ...]
    warnings: tuple[str, ...]
    sources: Mapping[str, bytes] = field(default_factory=dict)
    progress: Progress | None = None

    @property
    def board(self) -> Board:
        return self.version.board

    @property
    def title(self) -> str:
        return self.board.title or "Untitled storyboard"

    @property
    def imprint(self) -> str:
        """Which version of which storyboard this is, in one line."""
        return f"Taleboard storyboard {self.version.storyboard}, version {self.version.number}"

    def each(self) -> Iterator[Panel]:
        """The panels in order, to make a file of; `progress` is told as each is done."""
        for panel in self.panels:
            yield panel
            if self.progress is not None:
                self.progress(panel.position, len(self.panels))

    def image(self, panel: Panel) -> Image.Image:
        """The panel's picture, RGB; a marked placeholder of the same size where there is none."""
        if panel.picture is None:
            return _placeholder(panel.position, self.board.drawing.size)
        with Image.open(io.BytesIO(panel.picture)) as image:
            return image.convert("RGB")


def printable(text: str) -> str:
    """The text without what is no writing, and what XML may not hold (control characters)."""
    return UNPRINTABLE.sub("", text)


def enlarged(image: Image.Image, width: float) -> Image.Image:
    """The picture with at least so many pixels across, enlarged by a Lanczos filter: what shows or prints it larger
    than it was drawn has a worse one, or none."""
    if image.width >= width:
        return image
    return image.resize((round(width), round(width * image.height / image.width)), Image.Resampling.LANCZOS)


def jpeg(image: Image.Image) -> io.BytesIO:
    """The picture's file, small and as good as print needs."""
    data = io.BytesIO()
    image.save(data, "JPEG", quality=92, subsampling=0)
    data.seek(0)
    return data


def gather(version: Version, pictures: Pictures, *, drafts: bool = False) -> Material:
    """Read the version's pictures, or draw its drafts. A picture that is pending, missing or damaged becomes a warning,
    and the rest goes on."""
    names = {character.id: character.name for character in version.board.characters}
    panels, warnings = [], []
    for position, scene in enumerate(version.board.scenes, start=1):
        picture = None
        if drafts:
            picture = draft_picture(version.board, scene, DRAFT_WIDTH)
        elif (sha256 := version.images.get(scene.id)) is None:
            warnings.append(f"panel {position} is not drawn yet; a placeholder stands in for it")
        else:
            try:
                picture = pictures.read(sha256)
            except DatabaseError as error:
                warnings.append(f"panel {position}: {error}; a placeholder stands in for it")
        present = tuple(names[character] for character in scene.characters if character in names)
        panels.append(Panel(position, scene, present, picture))
    sources: dict[str, bytes] = {}
    for sha256 in source_pictures(version.board):
        with suppress(DatabaseError):  # the panel itself is there; what it was drawn from is needed to redraw it
            sources[sha256] = pictures.read(sha256)
    return Material(version, tuple(panels), tuple(warnings), sources)


def source_pictures(board: Board) -> list[str]:
    """The SHA-256 of each picture and mask that panels of the board start from."""
    edits = [scene.edit for scene in board.scenes if scene.edit is not None]
    return sorted({sha256 for edit in edits for sha256 in (edit.source, edit.mask) if sha256})


def _placeholder(position: int, size: tuple[int, int]) -> Image.Image:
    image = Image.new("RGB", size, (226, 222, 214))
    draw = ImageDraw.Draw(image)
    width, height = size
    for offset in range(-height, width, 24):
        draw.line([(offset, height), (offset + height, 0)], fill=(216, 211, 202), width=6)
    font = ImageFont.truetype(str(BUNDLED["bold"]), max(10, height // 9))
    draw.text((width / 2, height / 2), f"{position}\nnot drawn yet", MUTED, font, anchor="mm", align="center")
    return image
