"""Measure where a painter draws."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from PIL import Image, ImageChops

from sd_models.world.canvas import Raster
from sd_models.world.pen import Colour, Pen

_UNIT = 96
"""Pixels of one unit while measuring."""
_GROUND: Colour = (1, 254, 3)


@cache
def bounds(paint: Callable[[Pen, Colour], None]) -> tuple[float, float, float, float]:
    """Return left, top, right, bottom of what `paint` draws, in units of a thing one unit high, from its foot."""
    image = Image.new("RGB", (6 * _UNIT, 2 * _UNIT), _GROUND)
    paint(Pen(Raster(image), 3 * _UNIT, 1.5 * _UNIT, _UNIT), (200, 60, 60))
    box = ImageChops.difference(image, Image.new("RGB", image.size, _GROUND)).getbbox()
    if box is None:
        raise ValueError(f"{paint.__name__} draws nothing")
    left, top, right, bottom = box
    return left / _UNIT - 3, top / _UNIT - 1.5, right / _UNIT - 3, bottom / _UNIT - 1.5
