"""Draw contact sheets of everything that the world knows, each cell with its name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from PIL import Image, ImageDraw

from sd_models.world.canvas import Raster
from sd_models.world.drawing import draw, known
from sd_models.world.figures.creatures import CREATURES
from sd_models.world.figures.poses import POSES
from sd_models.world.figures.roles import LOOKS
from sd_models.world.figures.wardrobe import PIECES
from sd_models.world.pen import OVERSAMPLE, Colour, Pen
from sd_models.world.places import PLACES
from sd_models.world.things.bounds import bounds
from sd_models.world.things.catalogue import THINGS
from sd_models.world.values import Looks, StagedFigure, StagedPanel, View, Worn

_LABEL = 14
"""Pixels of the name above a cell."""
_WOMAN = StagedFigure(Looks("woman", seed=5), 0.5, 0.0)
_PANEL = StagedPanel("hills", view=View("full"), figures=(_WOMAN,))


def write_sheets(folder: Path) -> list[Path]:
    """Write a PNG for each kind of thing that the world draws into `folder`; return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, (size, columns, cells) in _sheets().items():
        paths.append(folder / f"{name}.png")
        _sheet(size, columns, [(word, paint(size)) for word, paint in cells]).save(paths[-1])
    return paths


Cell = tuple[str, Callable[[tuple[int, int]], Image.Image]]


def _sheets() -> dict[str, tuple[tuple[int, int], int, Sequence[Cell]]]:
    """Return each sheet's cell size, columns and cells."""
    settings = (_panel(name, StagedPanel(name, seed=k)) for k, name in enumerate(PLACES))
    things = [_thing(thing.name, thing.paint, thing.colours[0]) for thing in THINGS.values()]
    things += [_thing(name, paint, colour) for name, (paint, colour) in CREATURES.items()]
    return {
        "settings": ((256, 144), 6, list(settings)),
        "people": ((128, 128), 12, list(_figures(Looks(name, seed=k) for k, name in enumerate(LOOKS)))),
        "subjects": ((128, 128), 12, list(_figures(Looks(name) for name in known().subjects if name not in LOOKS))),
        "garments": ((128, 128), 12, list(_figures(Looks("woman", wears=(Worn(name),), seed=5) for name in PIECES))),
        "poses": ((128, 128), 12, [_panel(name, _with(pose=name)) for name in POSES]),
        "feelings": ((192, 108), 8, [_panel(name, _close(name)) for name in known().feelings]),
        "things": ((104, 104), 14, things),
    }


def _panel(name: str, panel: StagedPanel) -> Cell:
    return name, lambda size: draw(panel, size)


def _figures(looks: Iterator[Looks]) -> Iterator[Cell]:
    for look in looks:
        name = look.wears[0].what if look.wears else look.subject
        yield _panel(name, replace(_PANEL, figures=(replace(_WOMAN, looks=look),)))


def _with(pose: str) -> StagedPanel:
    return replace(_PANEL, figures=(replace(_WOMAN, pose=pose),))


def _close(feeling: str) -> StagedPanel:
    return replace(_PANEL, view=View("close-up"), figures=(replace(_WOMAN, feeling=feeling),))


def _thing(name: str, paint: Callable[[Pen, Colour], None], colour: Colour) -> Cell:
    """Return a cell that the thing fills."""

    def cell(size: tuple[int, int]) -> Image.Image:
        side = size[0] * OVERSAMPLE
        image = Image.new("RGB", (side, side), (200, 222, 200))
        left, top, right, bottom = bounds(paint)
        scale = 0.9 * side / max(bottom - top, right - left)
        paint(Pen(Raster(image), side / 2 - (left + right) / 2 * scale, 0.97 * side - bottom * scale, scale), colour)
        return image.reduce(OVERSAMPLE)

    return name, cell


def _sheet(size: tuple[int, int], columns: int, cells: Sequence[tuple[str, Image.Image]]) -> Image.Image:
    width, height = size[0], size[1] + _LABEL
    sheet = Image.new("RGB", (columns * width, -(-len(cells) // columns) * height), "white")
    pen = ImageDraw.Draw(sheet)
    for k, (name, image) in enumerate(cells):
        x, y = (k % columns) * width, (k // columns) * height
        sheet.paste(image, (x, y + _LABEL))
        pen.text((x + 3, y + 1), name, fill=(30, 30, 40), font_size=10)
    return sheet
