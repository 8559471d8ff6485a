"""What a backdrop is painted on, and the parts that many settings share: trees, waves, fences, winding ways.

A painter gets a `Stage`, whose pen measures in frame heights: x from 0 to `wide`, y from 0 (top) to 1, the
horizon at `h`.
"""

from __future__ import annotations

import math
import random
from dataclasses import dataclass

from sd_models.world.canvas import Canvas
from sd_models.world.light import Light
from sd_models.world.pen import Colour, Pen, darker, lighter, mix
from sd_models.world.things import land

SNOW: Colour = (238, 244, 252)

LAMP: Colour = (255, 214, 110)

WATER: Colour = (46, 130, 190)


@dataclass
class Stage:
    """A backdrop being painted."""

    canvas: Canvas
    pen: Pen
    light: Light
    rng: random.Random
    wide: float
    h: float

    @property
    def snow(self) -> bool:
        return self.light.weather == "snow"

    def far(self, colour: Colour, amount: float) -> Colour:
        """A colour seen through air: haze is not tinted again by the light."""
        back = tuple(min(255, round(c / max(t, 0.05))) for c, t in zip(self.light.haze, self.pen.tint, strict=True))
        return mix(colour, back, amount)  # type: ignore[arg-type]

    def ground(self, colour: Colour, y: float | None = None, snowy: bool = True) -> None:
        """Ground from `y` down, lighter far away."""
        y = self.h if y is None else y
        colour = mix(colour, SNOW, 0.86) if self.snow and snowy else colour
        pen = self.pen
        pen.rect(-1, y, self.wide + 1, 2, colour)
        pen.rect(-1, y, self.wide + 1, y + 0.07, lighter(colour, 0.12))
        pen.rect(-1, y + 0.3, self.wide + 1, 2, darker(colour, 0.1))

    def hills(self, y: float, rise: float, colour: Colour, bumps: int = 3) -> None:
        """A line of round hills whose feet are at `y`."""
        colour = mix(colour, SNOW, 0.75) if self.snow else colour
        for k in range(bumps + 1):
            x = (k + self.rng.uniform(-0.2, 0.2)) * self.wide / bumps
            self.pen.ellipse(x, y + 0.06, self.wide / bumps * 0.85, rise * self.rng.uniform(0.8, 1.2) + 0.06, colour)

    def spots(self, count: int, low: float = 0.0, high: float = 1.0, gap: float = 0.0) -> list[float]:
        """x of `count` things spread over the width with some chance in it; `gap` keeps the middle free."""
        found = []
        for k in range(count):
            t = (k + self.rng.uniform(0.2, 0.8)) / count
            if gap and abs(t - 0.5) < gap / 2:
                t = 0.5 + (gap / 2 + 0.03) * (1 if t > 0.5 else -1)
            found.append((low + (high - low) * t) * self.wide)
        return found

    def window(self, x: float, y: float, w: float, h: float) -> None:
        """A lit or dark window pane of a house."""
        lit = self.light.time in ("night", "sunset") or self.light.weather == "storm"
        pen = Pen(self.canvas, self.pen.x, self.pen.y, self.pen.scale, tint=(1, 1, 1) if lit else self.pen.tint)
        pen.rect(x, y, x + w, y + h, LAMP if lit else (146, 190, 220))


def snowy(s: Stage, colour: Colour, amount: float = 0.7) -> Colour:
    """Return the colour, whitened where snow lies."""
    return mix(colour, SNOW, amount if s.snow else 0.0)


def tree_at(s: Stage, x: float, y: float, height: float, leaves: Colour, pine: bool = False) -> None:
    (land.pine if pine else land.tree)(s.pen.at(x, y, height), leaves, s.snow)


def waves(s: Stage, y: float, colour: Colour, step: float = 0.07) -> None:
    for k in range(4):
        for x in s.spots(5):
            s.pen.line(
                [(x - 0.07, y + 0.03 + k * step), (x + 0.07, y + 0.03 + k * step)],
                0.009 + 0.003 * k,
                lighter(colour, 0.4),
            )


def fence(s: Stage, y: float, colour: Colour, height: float = 0.13) -> None:
    for k in range(15):
        x = k * s.wide / 14
        s.pen.poly(
            [(x - 0.024, y), (x - 0.024, y - height), (x, y - height - 0.03), (x + 0.024, y - height), (x + 0.024, y)],
            colour,
        )
    for dy in (0.35, 0.78):
        s.pen.rect(-1, y - height * dy - 0.012, s.wide + 1, y - height * dy + 0.012, colour)


def winding(s: Stage, x: float, sway: float, near: float, colour: Colour, side: float = 0.0) -> None:
    """A band that winds from the horizon at `x` to the lower edge, `near` wide there; `side` narrows it to one bank."""
    left, right = [], []
    for k in range(15):
        t = k / 14
        middle = x + sway * math.sin(t * 4.6) * (0.04 + 0.2 * t)
        half = 0.02 + near * t**1.7
        y = s.h + (1.25 - s.h) * t**1.4
        left.append((middle - half, y))
        right.append((middle + half if not side else middle - half * (1 - side), y))
    s.pen.poly([*left, *reversed(right)], colour)
