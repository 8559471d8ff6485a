"""Drawing in units: polygons, ellipses and strokes that can be moved, scaled, mirrored, turned and tinted.

Coordinates are x to the right and y down, in units of the pen's `scale` pixels from its origin. The canvas is drawn at
`OVERSAMPLE` times the panel's size and reduced at the end, which smooths every edge at once.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from sd_models.world.canvas import Canvas, Colour, Ink, Point

__all__ = ["OVERSAMPLE", "Colour", "Pen", "Point", "darker", "lighter", "mix"]

OVERSAMPLE = 2
_CIRCLE = tuple((math.cos(2 * math.pi * k / 28), math.sin(2 * math.pi * k / 28)) for k in range(28))


def mix(a: Colour, b: Colour, amount: float) -> Colour:
    """`a` moved towards `b` by `amount` in [0, 1]."""
    return tuple(round(x + (y - x) * amount) for x, y in zip(a, b, strict=True))  # type: ignore[return-value]


def darker(colour: Colour, amount: float = 0.2) -> Colour:
    return mix(colour, (20, 16, 40), amount)


def lighter(colour: Colour, amount: float = 0.25) -> Colour:
    return mix(colour, (255, 255, 250), amount)


class Pen:
    """Draws on a canvas from its own point of view."""

    def __init__(
        self,
        canvas: Canvas,
        x: float = 0.0,
        y: float = 0.0,
        scale: float = 1.0,
        flip: bool = False,
        angle: float = 0.0,
        tint: tuple[float, float, float] = (1.0, 1.0, 1.0),
    ) -> None:
        self.canvas, self.x, self.y, self.scale, self.flip, self.angle, self.tint = (
            canvas,
            x,
            y,
            scale,
            flip,
            angle,
            tint,
        )
        sign = -1.0 if flip else 1.0
        c, s = math.cos(math.radians(angle)), math.sin(math.radians(angle))
        self._a, self._b, self._c, self._d = sign * c * scale, -sign * s * scale, s * scale, c * scale

    def at(self, x: float, y: float, scale: float = 1.0, angle: float = 0.0, flip: bool = False) -> Pen:
        """A pen at (x, y) of this one, `scale` times as large, turned by `angle` degrees more."""
        px, py = self.px(x, y)
        # Mirrored pens turn the other way by construction: the mirror is applied after the turn.
        return Pen(self.canvas, px, py, self.scale * scale, self.flip != flip, self.angle + angle, self.tint)

    def px(self, x: float, y: float) -> Point:
        """Pixel of a point."""
        return self.x + self._a * x + self._b * y, self.y + self._c * x + self._d * y

    def ink(self, colour: Colour, alpha: int = 255) -> Ink:
        r, g, b = (min(255, int(v * t)) for v, t in zip(colour, self.tint, strict=True))
        return r, g, b, alpha

    def poly(self, points: Sequence[Point], colour: Colour, alpha: int = 255) -> None:
        self.canvas.polygon([self.px(*point) for point in points], self.ink(colour, alpha))

    def ellipse(
        self, x: float, y: float, rx: float, ry: float | None = None, colour: Colour = (0, 0, 0), alpha: int = 255
    ) -> None:
        ry = rx if ry is None else ry
        if self.angle == 0 or rx == ry:
            cx, cy = self.px(x, y)
            self.canvas.ellipse(cx, cy, rx * self.scale, ry * self.scale, self.ink(colour, alpha))
        else:
            self.poly([(x + rx * c, y + ry * s) for c, s in _CIRCLE], colour, alpha)

    def oval(self, x: float, y: float, rx: float, ry: float, angle: float, colour: Colour) -> None:
        """An ellipse turned by `angle` degrees."""
        a, b = math.cos(math.radians(angle)), math.sin(math.radians(angle))
        self.poly([(x + rx * c * a - ry * s * b, y + rx * c * b + ry * s * a) for c, s in _CIRCLE], colour)

    def line(self, points: Sequence[Point], width: float, colour: Colour, alpha: int = 255) -> None:
        """A stroke with round ends and joints."""
        self.canvas.line([self.px(*point) for point in points], width * self.scale, self.ink(colour, alpha))

    def rect(self, x0: float, y0: float, x1: float, y1: float, colour: Colour, alpha: int = 255) -> None:
        self.poly([(x0, y0), (x1, y0), (x1, y1), (x0, y1)], colour, alpha)

    def arc(
        self, x: float, y: float, r: float, start: float, end: float, width: float, colour: Colour, squash: float = 1.0
    ) -> None:
        """Part of a circle's outline, degrees clockwise from the right."""
        steps = 9 if abs(end - start) <= 180 else 28
        angles = [math.radians(start + (end - start) * k / steps) for k in range(steps + 1)]
        self.line([(x + r * math.cos(a), y + r * squash * math.sin(a)) for a in angles], width, colour)

    def slice(self, x: float, y: float, rx: float, ry: float, start: float, end: float, colour: Colour) -> None:
        """The part of an ellipse cut off by the chord from `start` to `end` degrees."""
        angles = [math.radians(start + (end - start) * k / 16) for k in range(17)]
        self.poly([(x + rx * math.cos(a), y + ry * math.sin(a)) for a in angles], colour)
