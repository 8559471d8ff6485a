"""`import`: a board's own JSON or ZIP makes the same board again; a ViStoryBench `story.json` makes a new one."""

from __future__ import annotations

import dataclasses
import io
import zipfile
import zlib
from collections.abc import Collection
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from PIL import Image
from pydantic import TypeAdapter, ValidationError

from agent.drawing.requests import board_requests
from agent.errors import StoryError
from agent.exports.material import source_pictures
from agent.exports.tables import REQUESTS_FILE, source_file
from agent.exports.vistory import board_from_vistory, is_vistory
from db.board import Board, Drawing, Sha256
from db.history import History, Version
from db.pictures import Pictures
from db.validation import first_mistake, parse_json

__all__ = ["Imported", "import_board", "read_export"]

MOST_BYTES = 64 * 2**20
MOST_PICTURE_BYTES = 512 * 2**20
MOST_PIXELS = 64 * 2**20
ENCRYPTED = 0x1
"""The bit of a ZIP entry's flags that says that a password is needed (PKWARE's APPNOTE, 4.4.4)."""


@dataclass(frozen=True)
class Imported:
    """What a file held: the board; the request digest of each scene and the PNG of each digest, where it had them; the
    PNGs that panels were drawn from."""

    board: Board
    requests: dict[str, str] = field(default_factory=dict)
    pictures: dict[str, bytes] = field(default_factory=dict)
    sources: tuple[bytes, ...] = ()


@dataclass(frozen=True)
class _Picture:
    """What `board.json` adds to a scene: the picture's SHA-256, where it is drawn, and its file in the ZIP."""

    id: str
    image: str | None = None
    image_file: str | None = None


@dataclass(frozen=True)
class _PicturedBoard:
    scenes: tuple[_Picture, ...]


def read_export(file: Path, drawing: Drawing) -> Imported:
    """Read a file that was exported as JSON, ZIP or vistory. `drawing` is for what a file does not say about how it was
    drawn. Raises StoryError, InvalidBoardError, OSError."""
    with file.open("rb") as stream:
        begins_as_zip = stream.read(4) == b"PK\x03\x04"
    if begins_as_zip or zipfile.is_zipfile(file):
        try:
            return _from_zip(file, drawing)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
            raise StoryError(f"{file.name} is not a whole ZIP file ({error}); export or download it again") from None
    if file.stat().st_size > MOST_BYTES:
        raise StoryError(f"{file.name} is larger than {MOST_BYTES >> 20} MB; that is no storyboard")
    value = _json(file.read_bytes(), file.name)
    if is_vistory(value):
        return Imported(board_from_vistory(value, drawing))
    if not isinstance(value, dict) or not isinstance(value.get("scenes"), list):
        raise StoryError(f"{file.name} is not a storyboard: import takes a board's JSON or ZIP, or a story.json")
    return Imported(_board(value, drawing))


def import_board(
    file: Path, drawing: Drawing, history: History, pictures: Pictures, models: Collection[str]
) -> tuple[Version, list[str]]:
    """Make a storyboard of an exported file, with the pictures it brought; also returns what a person should know of
    it. A board that was drawn with a model which is not one of `models` keeps its pictures, and is drawn as `drawing`
    says from now on. Raises like `read_export`."""
    imported = read_export(file, drawing)
    notes = []
    model = imported.board.drawing.model
    if model not in models:
        imported = dataclasses.replace(imported, board=dataclasses.replace(imported.board, drawing=drawing))
        notes.append(
            f"it was drawn with {model[:80]}, which is not one of this machine's models: new pictures are drawn with "
            f"{drawing.model}. To keep that model, `taleboard models add` it and import the file again"
        )
    digests = {scene: digest for scene, (digest, _) in board_requests(imported.board).items()}
    for request, data in imported.pictures.items():
        pictures.add_drawn(request, data, metadata={"imported": file.name})
    for data in imported.sources:
        pictures.add(data, metadata={"imported": file.name})
    requests = digests | imported.requests
    version = history.create(imported.board, requests=requests, message=f"import {file.name}", summary="Imported")
    return version, notes


def _from_zip(file: Path, drawing: Drawing) -> Imported:
    with zipfile.ZipFile(file) as archive:
        sizes = {entry.filename: entry.file_size for entry in archive.infolist()}
        if any(entry.flag_bits & ENCRYPTED for entry in archive.infolist()):
            raise StoryError(f"{file.name} is locked with a password: unpack it, and import the board.json in it")
        if "board.json" not in sizes:
            raise StoryError(f"{file.name} holds no board.json; export a storyboard as zip to get one that does")
        if sizes["board.json"] > MOST_BYTES or sum(sizes.values()) > MOST_PICTURE_BYTES:
            raise StoryError(f"{file.name} unpacks to more than {MOST_PICTURE_BYTES >> 20} MB; it was not opened")
        value = _json(archive.read("board.json"), "board.json")
        board = _board(value, drawing)
        requests: dict[str, str] = {}
        if REQUESTS_FILE in sizes:
            requests = _checked(_requests(), _json(archive.read(REQUESTS_FILE), REQUESTS_FILE), REQUESTS_FILE)
        pictured: _PicturedBoard = _checked(_pictured(), value, "board.json")
        pictures = {
            requests[scene.id]: _picture(archive.read(scene.image_file), scene.image_file)
            for scene in pictured.scenes
            if scene.image and scene.image_file in sizes and scene.id in requests
        }
        names = [name for name in map(source_file, source_pictures(board)) if name in sizes]
        sources = tuple(_picture(archive.read(name), name) for name in names)
    known = {scene.id: requests[scene.id] for scene in board.scenes if scene.id in requests}
    return Imported(board, known, pictures, sources)


def _board(value: Any, drawing: Drawing) -> Board:
    """The board of a `board.json`; what that leaves out of its drawing settings is as in `drawing`."""
    if not isinstance(value, dict):
        raise StoryError("board.json is not a storyboard; export it again")
    given = value.get("drawing", {})
    if isinstance(given, dict):
        value = {**value, "drawing": {**dataclasses.asdict(drawing), **given}}
    return Board.from_json(value)


@cache
def _requests() -> TypeAdapter[dict[str, str]]:
    return TypeAdapter(dict[str, Sha256])


@cache
def _pictured() -> TypeAdapter[_PicturedBoard]:
    return TypeAdapter(_PicturedBoard)


def _checked(adapter: TypeAdapter[Any], value: Any, name: str) -> Any:
    try:
        return adapter.validate_python(value)
    except ValidationError as error:
        raise StoryError(f"{name} is not of a storyboard: {first_mistake(error)}") from None


def _picture(data: bytes, name: str) -> bytes:
    try:
        with Image.open(io.BytesIO(data), formats=["PNG"]) as image:
            if image.width * image.height > MOST_PIXELS:
                raise StoryError(f"{name} has {image.width}x{image.height} pixels; that is no panel")
            image.verify()
    except (OSError, SyntaxError, ValueError) as error:
        raise StoryError(f"{name} is not a whole PNG picture ({error})") from None
    return data


def _json(data: bytes, name: str) -> Any:
    try:
        return parse_json(data)
    except ValueError as error:
        raise StoryError(f"{name} is not JSON ({error})") from None
