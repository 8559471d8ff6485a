"""Draw the catalogue: every object and every animal with a painter of its own, each with its name."""

from __future__ import annotations

from PIL import Image, ImageDraw

from sd_models.world.figures.creatures import CREATURES
from sd_models.world.pen import OVERSAMPLE, Pen
from sd_models.world.things.bounds import bounds
from sd_models.world.things.catalogue import THINGS

_COLUMNS, _CELL, _LABEL = 14, 104, 14
"""Cells in a row; pixels of a cell's sides; pixels of the name under it."""


def catalogue_sheet() -> Image.Image:
    """Return one picture of all objects, then all animals, each as large as its cell allows."""
    entries = [(thing.name, thing.paint, thing.colours[0]) for thing in THINGS.values()]
    entries += [(name, paint, colour) for name, (paint, colour) in CREATURES.items()]
    rows = -(-len(entries) // _COLUMNS)
    size = (_COLUMNS * _CELL * OVERSAMPLE, rows * (_CELL + _LABEL) * OVERSAMPLE)
    sheet = Image.new("RGB", size, (200, 222, 200))
    side = _CELL * OVERSAMPLE
    for k, (_, paint, colour) in enumerate(entries):
        x, y = (k % _COLUMNS) * side, (k // _COLUMNS) * (_CELL + _LABEL) * OVERSAMPLE
        left, top, right, bottom = bounds(paint)
        scale = 0.9 * side / max(bottom - top, right - left)
        paint(Pen(sheet, x + side / 2 - (left + right) / 2 * scale, y + 0.97 * side - bottom * scale, scale), colour)
    sheet = sheet.reduce(OVERSAMPLE)
    draw = ImageDraw.Draw(sheet)
    for k, (name, _, _) in enumerate(entries):
        at = ((k % _COLUMNS) * _CELL + 3, (k // _COLUMNS) * (_CELL + _LABEL) + _CELL)
        draw.text(at, name, fill=(30, 30, 40), font_size=10)
    return sheet
