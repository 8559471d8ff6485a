"""What the world draws on: pixels (`Raster`), or vectors (`svg.Vectors`). Measured in pixels, y down.

A canvas fills shapes, and does the few things of light and water that touch everything drawn so far.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Protocol

import numpy as np
from PIL import Image, ImageDraw, ImageFont

__all__ = ["Canvas", "Colour", "Ink", "Point", "Raster"]

Colour = tuple[int, int, int]
Ink = tuple[int, int, int, int]
"""Red, green, blue and opacity, each up to 255."""
Point = tuple[float, float]


class Canvas(Protocol):
    """Something to draw on, `width` by `height` pixels."""

    width: int
    height: int

    def polygon(self, points: Sequence[Point], ink: Ink) -> None:
        """Fill a polygon."""

    def ellipse(self, x: float, y: float, rx: float, ry: float, ink: Ink) -> None:
        """Fill an ellipse around (x, y)."""

    def line(self, points: Sequence[Point], width: float, ink: Ink) -> None:
        """Draw a stroke; a wide one that covers has round ends and joints."""

    def wash(self, top: Colour, low: Colour, horizon: float = 1.0) -> None:
        """Cover everything with a gradient from `top` to `low` at `horizon` of the height."""

    def glow(self, x: float, y: float, radius: float, colour: Colour, strength: float) -> None:
        """Add a soft round light."""

    def veil(self, colour: Colour, strength: float, low: float) -> None:
        """Lay haze over everything, thickest at `low` of the height and below."""

    def keep(self) -> None:
        """Remember what is drawn now, for `give_back`."""

    def give_back(self, left: float, top: float, right: float) -> None:
        """Show what was kept, from `top` down, between `left` and `right`."""

    def tilt(self, degrees: float, zoom: float, beyond: Colour | None) -> None:
        """Turn everything around the middle, as a tilted camera sees it, and enlarge it; `beyond` fills the corners."""

    def write(self, x: float, y: float, text: str, size: int) -> None:
        """Write dark letters with a light rim, the middle of their upper edge at (x, y)."""


class Raster:
    """Draws on an RGB image."""

    def __init__(self, image: Image.Image) -> None:
        self.image = image
        self.width, self.height = image.size
        self._kept = image
        self._fills()

    def _fills(self) -> None:
        # Blending every pixel takes three times as long as filling it.
        self._solid, self._blended = ImageDraw.Draw(self.image), ImageDraw.Draw(self.image, "RGBA")

    def _brush(self, ink: Ink) -> ImageDraw.ImageDraw:
        return self._solid if ink[3] == 255 else self._blended

    def polygon(self, points: Sequence[Point], ink: Ink) -> None:
        self._brush(ink).polygon(points, fill=ink)

    def ellipse(self, x: float, y: float, rx: float, ry: float, ink: Ink) -> None:
        self._brush(ink).ellipse((x - rx, y - ry, x + rx, y + ry), fill=ink)

    def line(self, points: Sequence[Point], width: float, ink: Ink) -> None:
        self._brush(ink).line(points, fill=ink, width=max(1, round(width)))
        if width > 2.5 and ink[3] == 255:
            for x, y in points:
                self._solid.ellipse((x - width / 2, y - width / 2, x + width / 2, y + width / 2), fill=ink)

    def wash(self, top: Colour, low: Colour, horizon: float = 1.0) -> None:
        t = np.clip(np.arange(self.height, dtype=np.float32) / (self.height * horizon), 0, 1)[:, None]
        column = np.array(top, np.float32) * (1 - t) + np.array(low, np.float32) * t
        strip = Image.fromarray(column[:, None, :].astype(np.uint8))
        self.image.paste(strip.resize(self.image.size, Image.Resampling.NEAREST))

    def glow(self, x: float, y: float, radius: float, colour: Colour, strength: float) -> None:
        x0, y0 = max(0, int(x - radius)), max(0, int(y - radius))
        x1, y1 = min(self.width, int(x + radius)), min(self.height, int(y + radius))
        if x1 - x0 < 4 or y1 - y0 < 4:
            return
        patch = np.asarray(self.image.crop((x0, y0, x1, y1))).astype(np.float32)
        yy, xx = np.ogrid[y0:y1, x0:x1]
        fall = np.clip(1 - ((xx - x) ** 2 + (yy - y) ** 2) / radius**2, 0, 1)[..., None] ** 1.5 * strength
        patch += (np.array(colour, np.float32) * 1.0 - patch * 0.25) * fall * 0.8
        self.image.paste(Image.fromarray(np.clip(patch, 0, 255).astype(np.uint8)), (x0, y0))

    def veil(self, colour: Colour, strength: float, low: float) -> None:
        t = np.clip(np.arange(self.height, dtype=np.float32) / (self.height * low), 0.35, 1)
        column = Image.fromarray((t * strength * 255).astype(np.uint8)[:, None])
        self.image.paste(colour, mask=column.resize(self.image.size, Image.Resampling.NEAREST))

    def keep(self) -> None:
        self._kept = self.image.copy()

    def give_back(self, left: float, top: float, right: float) -> None:
        box = (max(0, int(left)), int(top), min(self.width, int(right)), self.height)
        if box[1] < self.height and box[0] < box[2]:
            self.image.paste(self._kept.crop(box), box[:2])

    def tilt(self, degrees: float, zoom: float, beyond: Colour | None) -> None:
        c, s = math.cos(math.radians(degrees)) / zoom, math.sin(math.radians(degrees)) / zoom
        cx, cy = self.width / 2, self.height / 2
        matrix = (c, -s, cx - c * cx + s * cy, s, c, cy - s * cx - c * cy)
        self.image = self.image.transform(
            self.image.size, Image.Transform.AFFINE, matrix, Image.Resampling.BILINEAR, fillcolor=beyond
        )
        self._fills()

    def write(self, x: float, y: float, text: str, size: int) -> None:
        font = ImageFont.load_default(size)
        self._solid.text((x, y), text, (40, 36, 48), font, anchor="ma", stroke_width=2, stroke_fill=(255, 255, 255))
