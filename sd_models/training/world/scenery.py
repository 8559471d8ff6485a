"""Outdoor settings: what lies behind the figures, from the sky to the ground that they stand on.

A painter gets a `Stage`, whose pen measures in frame heights: x from 0 to `wide`, y from 0 (top) to 1; the horizon is
at `h`.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image

from sd_models.training.world import objects
from sd_models.training.world.light import Light, cloud, gradient
from sd_models.training.world.pen import Colour, Pen, darker, lighter, mix

SNOW: Colour = (238, 244, 252)
LAMP: Colour = (255, 214, 110)


@dataclass
class Stage:
    """A backdrop being painted."""

    image: Image.Image
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
        pen = Pen(self.image, self.pen.x, self.pen.y, self.pen.scale, tint=(1, 1, 1) if lit else self.pen.tint)
        pen.rect(x, y, x + w, y + h, LAMP if lit else (146, 190, 220))


def _tree(s: Stage, x: float, y: float, height: float, leaves: Colour, pine: bool = False) -> None:
    (objects.pine if pine else objects.tree)(s.pen.at(x, y, height), s.rng, leaves, s.snow)


def forest(s: Stage) -> None:
    s.hills(s.h + 0.02, 0.2, s.far((70, 128, 84), 0.45), 4)
    s.ground((104, 160, 74))
    for x in s.spots(9):
        _tree(s, x, s.h + 0.03, s.rng.uniform(0.4, 0.48), s.far((52, 116, 70), 0.3), True)
    for x in s.spots(6, -0.05, 1.05, 0.3):
        _tree(s, x, s.h + 0.12, s.rng.uniform(0.55, 0.7), s.rng.choice(objects.LEAVES), s.rng.random() < 0.5)
    for x in (0.0, s.wide):
        _tree(s, x + s.rng.uniform(-0.06, 0.06), s.h + 0.26, 0.95, (40, 108, 60), s.rng.random() < 0.5)


def _palm(s: Stage, x: float, y: float, height: float) -> None:
    p = s.pen.at(x, y, height, flip=s.rng.random() < 0.5)
    p.line([(0, 0), (0.06, -0.4), (0.16, -0.78)], 0.07, (150, 108, 64))
    for dx, dy in ((-0.4, 0.1), (-0.34, -0.14), (0.0, -0.24), (0.34, -0.14), (0.42, 0.12)):
        p.poly(
            [
                (0.16, -0.82),
                (0.16 + dx * 0.6, -0.84 + dy - 0.08),
                (0.16 + dx, -0.76 + dy),
                (0.16 + dx * 0.6, -0.78 + dy * 0.8),
            ],
            (62, 150, 70),
        )


def jungle(s: Stage) -> None:
    s.ground((84, 130, 52))
    s.pen.rect(-1, s.h - 0.3, s.wide + 1, s.h + 0.05, s.far((34, 110, 66), 0.2))
    for x in s.spots(10):
        s.pen.ellipse(x, s.h - 0.28, 0.15, 0.12, s.far((40, 124, 70), 0.2))
    for x in s.spots(5, 0, 1, 0.25):
        _palm(s, x, s.h + 0.1, s.rng.uniform(0.55, 0.75))
    for x in s.spots(7):
        for dx in (-0.08, 0.0, 0.08):
            s.pen.oval(x + dx, s.h + 0.06, 0.03, 0.13, dx * 400, (48, 152, 64))
    for x in (0.12, s.wide - 0.12):
        for k in (-40, -15, 15, 40):
            s.pen.oval(x + k * 0.003, s.h + 0.2, 0.05, 0.26, k, (28, 112, 56))


def _peak(s: Stage, x: float, base: float, w: float, height: float, rock: Colour) -> None:
    p = s.pen
    p.poly([(x - w, base), (x, base - height), (x + w, base)], rock)
    p.poly([(x, base - height), (x + w, base), (x + w * 0.1, base)], darker(rock, 0.18))
    cap = 0.6 if s.snow else 0.36
    edge = [(-1.0, 1.0), (-0.35, 0.75), (0.0, 1.1), (0.4, 0.7), (1.0, 1.0)]
    p.poly([(x, base - height), *[(x + w * cap * a, base - height * (1 - cap * b)) for a, b in edge]], (248, 250, 255))


def mountains(s: Stage) -> None:
    for x in s.spots(3, -0.05, 1.05):
        _peak(s, x, s.h + 0.04, 0.44, s.rng.uniform(0.36, 0.44), s.far((128, 134, 160), 0.4))
    for x in s.spots(3):
        _peak(s, x, s.h + 0.06, 0.4, s.rng.uniform(0.3, 0.46), (112, 116, 138))
    s.ground((120, 150, 84), s.h + 0.04)
    for x in s.spots(4, 0, 1, 0.4):
        _tree(s, x, s.h + 0.13, 0.3, (44, 106, 80), True)


def hills(s: Stage) -> None:
    s.hills(s.h, 0.2, s.far((120, 178, 92), 0.4), 3)
    s.hills(s.h + 0.02, 0.1, s.far((132, 190, 88), 0.15), 2)
    s.ground((126, 190, 78))
    for x in s.spots(9):
        y = s.h + s.rng.uniform(0.1, 0.4)
        if not s.snow:
            s.pen.ellipse(x, y, 0.014, 0.014, s.rng.choice(((255, 255, 255), (255, 214, 80), (250, 130, 160))))
    _tree(s, s.rng.choice((0.15, 0.85)) * s.wide, s.h + 0.06, 0.42, objects.LEAVES[2])


def _waves(s: Stage, y: float, colour: Colour, step: float = 0.07) -> None:
    for k in range(4):
        for x in s.spots(5):
            s.pen.line(
                [(x - 0.07, y + 0.03 + k * step), (x + 0.07, y + 0.03 + k * step)],
                0.009 + 0.003 * k,
                lighter(colour, 0.4),
            )


WATER: Colour = (46, 130, 190)


def beach(s: Stage) -> None:
    s.pen.rect(-1, s.h, s.wide + 1, 2, WATER)
    s.pen.rect(-1, s.h, s.wide + 1, s.h + 0.02, lighter(WATER, 0.3))
    _waves(s, s.h, WATER, 0.04)
    y = s.h + 0.18
    s.pen.poly(
        [(-1, y + 0.03), (s.wide * 0.4, y - 0.03), (s.wide + 1, y + 0.05), (s.wide + 1, 2), (-1, 2)], (255, 255, 255)
    )
    sand = mix((244, 216, 152), SNOW, 0.7) if s.snow else (244, 216, 152)
    s.pen.poly([(-1, y + 0.05), (s.wide * 0.4, y - 0.01), (s.wide + 1, y + 0.07), (s.wide + 1, 2), (-1, 2)], sand)
    _palm(s, s.rng.choice((0.08, 0.92)) * s.wide, y + 0.12, 0.72)


def sea(s: Stage) -> None:
    s.pen.rect(-1, s.h, s.wide + 1, 2, WATER)
    s.pen.rect(-1, s.h, s.wide + 1, s.h + 0.05, lighter(WATER, 0.22))
    for k in range(4):
        y = s.h + 0.08 + k * 0.11
        tone = darker(WATER, 0.1 * k)
        s.pen.rect(-1, y + 0.03, s.wide + 1, 2, tone)
        for j in range(-1, 10):
            s.pen.ellipse((j + 0.5 * (k % 2)) * 0.27, y + 0.035, 0.135, 0.03 + 0.006 * k, tone)
        for x in s.spots(3):
            s.pen.line([(x - 0.05, y + 0.07), (x + 0.05, y + 0.07)], 0.012, lighter(tone, 0.45))


def lake(s: Stage) -> None:
    s.hills(s.h, 0.16, s.far((86, 144, 96), 0.35), 3)
    for x in s.spots(8):
        _tree(s, x, s.h + 0.02, 0.24, s.far((50, 116, 80), 0.2), True)
    s.ground((112, 170, 84))
    s.pen.ellipse(s.wide / 2, s.h + 0.2, s.wide * 0.47, 0.155, darker(WATER, 0.0) if not s.snow else (170, 206, 230))
    s.pen.ellipse(s.wide / 2, s.h + 0.17, s.wide * 0.42, 0.11, lighter(WATER, 0.2) if not s.snow else (196, 224, 242))
    for x in s.spots(4, 0.2, 0.8):
        s.pen.line([(x - 0.06, s.h + 0.18), (x + 0.06, s.h + 0.18)], 0.01, (220, 240, 250))


def _winding(s: Stage, x: float, sway: float, near: float, colour: Colour, side: float = 0.0) -> None:
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


def river(s: Stage) -> None:
    s.hills(s.h, 0.14, s.far((104, 164, 92), 0.35), 3)
    s.ground((116, 178, 80))
    m, sway = s.wide * s.rng.choice((0.36, 0.64)), s.rng.choice((-1, 1))
    _winding(s, m, sway, 0.5, WATER)
    _winding(s, m, sway, 0.5, lighter(WATER, 0.35), 0.3)
    for x in s.spots(4, 0, 1, 0.4):
        _tree(s, x, s.h + 0.06, s.rng.uniform(0.32, 0.42), s.rng.choice(objects.LEAVES))


def desert(s: Stage) -> None:
    s.hills(s.h + 0.02, 0.13, s.far((236, 192, 120), 0.3), 2)
    s.ground((240, 196, 116))
    s.hills(s.h + 0.12, 0.07, (232, 182, 100), 3)
    for x in s.spots(3, 0, 1, 0.35):
        p = s.pen.at(x, s.h + s.rng.uniform(0.06, 0.14), s.rng.uniform(0.22, 0.34))
        p.line([(0, 0), (0, -0.9)], 0.2, (70, 146, 84))
        p.line([(0, -0.4), (-0.3, -0.45), (-0.3, -0.7)], 0.14, (70, 146, 84))
        p.line([(0, -0.3), (0.3, -0.35), (0.3, -0.6)], 0.14, (60, 130, 76))


def cottage(s: Stage, x: float, y: float, size: float, wall: Colour, roof: Colour) -> None:
    """A small house with a gable roof, its foot at (x, y)."""
    p = s.pen.at(x, y, size)
    p.rect(-0.5, -0.55, 0.5, 0, wall)
    p.rect(0.22, -0.55, 0.5, 0, darker(wall, 0.1))
    p.rect(0.2, -1.02, 0.34, -0.6, darker(roof, 0.3))
    p.poly([(-0.62, -0.5), (0.62, -0.5), (0.4, -0.95), (-0.4, -0.95)], SNOW if s.snow else roof)
    p.poly([(-0.62, -0.5), (0.62, -0.5), (0.58, -0.58), (-0.58, -0.58)], darker(roof, 0.25))
    p.rect(-0.1, -0.34, 0.1, 0, darker(roof, 0.45))
    for wx in (-0.38, 0.2):
        s.window(x + wx * size, y - 0.4 * size, 0.18 * size, 0.18 * size)


_WALLS: tuple[Colour, ...] = ((250, 232, 200), (236, 206, 176), (226, 222, 214), (244, 214, 160))
_ROOFS: tuple[Colour, ...] = ((196, 84, 62), (160, 78, 60), (120, 90, 84), (184, 104, 60))


def village(s: Stage) -> None:
    s.hills(s.h, 0.16, s.far((112, 166, 100), 0.4), 3)
    s.ground((136, 180, 88))
    s.pen.poly(
        [(s.wide * 0.47, s.h), (s.wide * 0.53, s.h), (s.wide * 0.78, 1.6), (s.wide * 0.22, 1.6)], (214, 188, 142)
    )
    for x in s.spots(5):
        cottage(s, x, s.h + 0.03, 0.26, s.far(s.rng.choice(_WALLS), 0.2), s.far(s.rng.choice(_ROOFS), 0.2))
    for x in s.spots(4, 0, 1, 0.4):
        cottage(s, x, s.h + 0.13, 0.4, s.rng.choice(_WALLS), s.rng.choice(_ROOFS))


def _block(s: Stage, x: float, y: float, w: float, height: float, colour: Colour, panes: bool = True) -> None:
    s.pen.rect(x - w, y - height, x + w, y, colour)
    s.pen.rect(x + w * 0.5, y - height, x + w, y, darker(colour, 0.12))
    if panes:
        for k in range(int(height / 0.085)):
            for dx in (-0.6, -0.05, 0.5):
                if s.rng.random() < 0.75:
                    s.window(x + dx * w, y - height + 0.035 + k * 0.085, w * 0.32, 0.04)


def city(s: Stage) -> None:
    for x in s.spots(9, -0.02, 1.02):
        _block(s, x, s.h + 0.02, 0.1, s.rng.uniform(0.3, 0.5), s.far((128, 140, 170), 0.5), False)
    for x in s.spots(7, -0.02, 1.02):
        _block(
            s,
            x,
            s.h + 0.05,
            s.rng.uniform(0.09, 0.12),
            s.rng.uniform(0.22, 0.46),
            s.rng.choice(((112, 120, 150), (150, 116, 106), (92, 116, 140))),
        )
    s.ground((124, 126, 138), s.h + 0.05)
    s.pen.rect(-1, s.h + 0.05, s.wide + 1, s.h + 0.1, (176, 176, 182))
    for x in s.spots(5):
        s.pen.rect(x - 0.07, s.h + 0.23, x + 0.07, s.h + 0.25, (236, 232, 214))


def street(s: Stage) -> None:
    s.ground((128, 122, 124))
    for side in (0, 1):
        for k in range(3):
            near = 0.5 + 0.25 * k
            x = s.wide * (0.35 - 0.17 * k) if side == 0 else s.wide * (0.65 + 0.17 * k)
            wall = ((206, 120, 96), (228, 190, 130), (140, 166, 176), (190, 150, 170))[(k + side * 2) % 4]
            foot, height, w = s.h + 0.06 * (k + 1), 0.5 * near + 0.1, 0.16 * near + 0.02
            s.pen.rect(x - w, foot - height, x + w, foot, wall)
            s.pen.poly(
                [(x - w * 1.1, foot - height), (x + w * 1.1, foot - height), (x, foot - height - 0.12)],
                SNOW if s.snow else darker(wall, 0.4),
            )
            for wy in (0.16, 0.34):
                for wx in (-0.6, 0.2):
                    s.window(x + wx * w, foot - height + wy * near, 0.4 * w, 0.1 * near)
            s.pen.rect(x - 0.25 * w, foot - 0.15 * near, x + 0.25 * w, foot, darker(wall, 0.55))
    s.pen.poly(
        [(s.wide * 0.48, s.h), (s.wide * 0.52, s.h), (s.wide * 0.92, 1.6), (s.wide * 0.08, 1.6)],
        mix((98, 96, 106), SNOW, 0.6 if s.snow else 0),
    )
    for x in (0.27, 0.73):
        x *= s.wide
        s.pen.line([(x, s.h + 0.22), (x, s.h - 0.16)], 0.016, (60, 60, 70))
        s.window(x - 0.025, s.h - 0.21, 0.05, 0.06)


def path(s: Stage) -> None:
    s.hills(s.h, 0.15, s.far((124, 174, 100), 0.35), 3)
    s.ground((122, 178, 80))
    m = s.wide * 0.5
    way = mix((222, 190, 136), SNOW, 0.45) if s.snow else (222, 190, 136)
    _winding(s, m, s.rng.choice((-1, 1)), 0.5, way)
    for x in s.spots(4, 0, 1, 0.5):
        objects.bush(s.pen.at(x, s.h + 0.1, 0.13), s.rng, objects.LEAVES[0], s.snow)
    for x in (0.06, 0.94):
        _tree(s, x * s.wide, s.h + 0.14, 0.6, objects.LEAVES[1])


def castle(s: Stage) -> None:
    s.hills(s.h, 0.12, s.far((112, 164, 100), 0.35), 3)
    s.ground((120, 174, 86))
    stone = s.far((184, 178, 190), 0.1)
    x, y, p = s.wide * s.rng.choice((0.36, 0.5, 0.64)), s.h + 0.05, s.pen
    roof = SNOW if s.snow else s.rng.choice(((70, 96, 176), (176, 66, 70), (116, 80, 150)))
    for dx, w, t in ((-0.3, 0.075, 0.34), (0.3, 0.075, 0.34), (-0.13, 0.065, 0.44), (0.13, 0.065, 0.44)):
        p.rect(x + dx - w, y - t, x + dx + w, y, stone)
        p.rect(x + dx + w * 0.3, y - t, x + dx + w, y, darker(stone, 0.14))
        p.poly([(x + dx - w * 1.25, y - t), (x + dx + w * 1.25, y - t), (x + dx, y - t - 0.15)], roof)
        s.window(x + dx - 0.018, y - t + 0.06, 0.036, 0.06)
    p.rect(x - 0.36, y - 0.22, x + 0.36, y, lighter(stone, 0.12))
    for k in range(9):
        p.rect(x - 0.36 + k * 0.084, y - 0.25, x - 0.31 + k * 0.084, y - 0.21, lighter(stone, 0.12))
    p.slice(x, y - 0.09, 0.07, 0.08, 180, 360, (96, 62, 44))
    p.rect(x - 0.07, y - 0.09, x + 0.07, y, (96, 62, 44))
    p.poly(
        [(x - 0.07, y), (x + 0.07, y), (x + 0.25, 1.6), (x - 0.25, 1.6)],
        mix((216, 192, 150), SNOW, 0.6 if s.snow else 0),
    )


def _fence(s: Stage, y: float, colour: Colour, height: float = 0.13) -> None:
    for k in range(15):
        x = k * s.wide / 14
        s.pen.poly(
            [(x - 0.024, y), (x - 0.024, y - height), (x, y - height - 0.03), (x + 0.024, y - height), (x + 0.024, y)],
            colour,
        )
    for dy in (0.35, 0.78):
        s.pen.rect(-1, y - height * dy - 0.012, s.wide + 1, y - height * dy + 0.012, colour)


def garden(s: Stage) -> None:
    for x in s.spots(6):
        _tree(s, x, s.h + 0.02, s.rng.uniform(0.34, 0.44), s.far(objects.LEAVES[0], 0.25))
    s.ground((124, 190, 84))
    _fence(s, s.h + 0.07, (250, 248, 240))
    for x in s.spots(11):
        y = s.h + s.rng.uniform(0.1, 0.16)
        s.pen.line([(x, y), (x, y - 0.07)], 0.012, (60, 136, 60))
        s.pen.ellipse(
            x, y - 0.08, 0.03, 0.03, s.rng.choice(((236, 70, 90), (255, 206, 70), (240, 130, 190), (250, 250, 250)))
        )
        s.pen.ellipse(x, y - 0.08, 0.011, 0.011, (250, 180, 60))


def farm(s: Stage) -> None:
    s.hills(s.h, 0.12, s.far((150, 180, 90), 0.3), 3)
    s.ground((166, 186, 84))
    for k in range(7):
        x = (k - 3) * 0.12
        s.pen.poly(
            [
                (s.wide * 0.5 + x, s.h + 0.05),
                (s.wide * 0.5 + x + 0.04, s.h + 0.05),
                (s.wide * 0.5 + x * 4 + 0.2, 1.6),
                (s.wide * 0.5 + x * 4, 1.6),
            ],
            mix((226, 196, 96), SNOW, 0.7 if s.snow else 0),
        )
    p = s.pen.at(s.wide * s.rng.choice((0.24, 0.76)), s.h + 0.09, 0.46)
    p.rect(-0.6, -0.6, 0.6, 0, (190, 52, 46))
    p.poly([(-0.7, -0.58), (-0.44, -0.95), (0, -1.1), (0.44, -0.95), (0.7, -0.58)], SNOW if s.snow else (124, 70, 60))
    p.rect(-0.25, -0.42, 0.25, 0, (250, 244, 236))
    p.rect(-0.21, -0.38, 0.21, 0, (150, 40, 40))
    p.line([(-0.21, -0.38), (0.21, 0)], 0.05, (250, 244, 236))
    p.line([(0.21, -0.38), (-0.21, 0)], 0.05, (250, 244, 236))
    _fence(s, s.h + 0.15, (206, 176, 132), 0.1)


def cave(s: Stage) -> None:
    s.image.paste(gradient(s.image.size, (40, 34, 48), (92, 76, 84)))
    pen = s.pen
    m = s.wide * 0.5
    pen.ellipse(m, s.h - 0.02, 0.42, 0.32, (120, 104, 112))
    pen.ellipse(m, s.h - 0.01, 0.28, 0.22, (150, 134, 136))
    pen.rect(-1, s.h + 0.04, s.wide + 1, 2, (86, 72, 78))
    pen.rect(-1, s.h + 0.22, s.wide + 1, 2, (72, 60, 68))
    for x in s.spots(9):
        drop = s.rng.uniform(0.1, 0.3) * (1.2 if abs(x - m) > 0.4 else 0.7)
        pen.poly([(x - 0.07, -0.3), (x + 0.07, -0.3), (x, drop)], (30, 26, 38))
    for side in (-1, 1):
        pen.poly(
            [
                (m + side * 1.6, -0.5),
                (m + side * 0.62, -0.5),
                (m + side * 0.72, 0.2),
                (m + side * 0.6, s.h),
                (m + side * 0.74, s.h + 0.16),
                (m + side * 1.6, s.h + 0.3),
            ],
            (46, 38, 50),
        )
    for x, c in zip(
        s.spots(4, 0, 1, 0.5), ((120, 226, 240), (190, 140, 250), (120, 226, 240), (190, 140, 250)), strict=True
    ):
        pen.poly(
            [
                (x - 0.035, s.h + 0.13),
                (x + 0.035, s.h + 0.13),
                (x + 0.02, s.h - 0.0),
                (x, s.h - 0.06),
                (x - 0.025, s.h + 0.02),
            ],
            c,
        )


def swamp(s: Stage) -> None:
    for x in s.spots(6):
        s.pen.line([(x, s.h + 0.05), (x + 0.02, s.h - 0.34)], 0.035, s.far((84, 92, 76), 0.35))
        s.pen.line([(x + 0.01, s.h - 0.2), (x + 0.1, s.h - 0.32)], 0.02, s.far((84, 92, 76), 0.35))
    s.ground((96, 122, 66))
    for k, (x, y) in enumerate(zip(s.spots(3), (0.1, 0.2, 0.12), strict=True)):
        s.pen.ellipse(x, s.h + y, 0.34, 0.06, (74, 108, 96))
        s.pen.ellipse(x + 0.03, s.h + y - 0.01, 0.26, 0.035, (104, 140, 116))
        s.pen.ellipse(x + 0.1 * (k - 1), s.h + y, 0.05, 0.016, (110, 176, 80))
    for x in s.spots(6, 0, 1, 0.3):
        y = s.h + s.rng.uniform(0.12, 0.2)
        s.pen.line([(x, y), (x, y - 0.2)], 0.012, (86, 120, 60))
        s.pen.line([(x, y - 0.16), (x, y - 0.22)], 0.03, (120, 78, 48))
    x = s.rng.choice((0.1, 0.9)) * s.wide
    s.pen.line([(x, s.h + 0.15), (x + 0.03, s.h - 0.2), (x - 0.03, s.h - 0.42)], 0.08, (80, 70, 60))
    s.pen.line([(x + 0.03, s.h - 0.16), (x + 0.18, s.h - 0.34)], 0.045, (80, 70, 60))


def graveyard(s: Stage) -> None:
    s.hills(s.h, 0.13, s.far((96, 120, 100), 0.35), 2)
    s.ground((104, 132, 88))
    _fence(s, s.h + 0.05, (66, 64, 76), 0.15)
    for x in s.spots(6, 0, 1, 0.2):
        y, t = s.h + s.rng.uniform(0.09, 0.16), s.rng.uniform(0.13, 0.18)
        s.pen.rect(x - 0.055, y - t, x + 0.055, y, (164, 166, 176))
        s.pen.slice(x, y - t, 0.055, 0.055, 180, 360, (164, 166, 176))
        s.pen.rect(x - 0.03, y - t * 0.85, x + 0.03, y - t * 0.75, (112, 114, 126))
    x = s.rng.choice((0.09, 0.91)) * s.wide
    s.pen.line([(x, s.h + 0.16), (x + 0.01, s.h - 0.15), (x - 0.02, s.h - 0.36)], 0.06, (70, 58, 60))
    for dx, dy in ((0.16, -0.3), (-0.15, -0.28), (0.1, -0.44)):
        s.pen.line([(x, s.h - 0.14), (x + dx, s.h + dy)], 0.03, (70, 58, 60))


def harbour(s: Stage) -> None:
    s.pen.rect(-1, s.h, s.wide + 1, 2, WATER)
    _waves(s, s.h, WATER, 0.05)
    for x in s.spots(2, 0.05, 0.95):
        p = s.pen.at(x, s.h + 0.1, 0.5)
        p.line([(0, -0.1), (0, -0.95)], 0.035, (110, 76, 50))
        p.poly([(0.04, -0.92), (0.04, -0.26), (0.4, -0.3)], (250, 244, 230))
        p.poly([(-0.04, -0.85), (-0.04, -0.28), (-0.32, -0.3)], (236, 120, 90))
        p.poly([(-0.46, -0.2), (0.46, -0.2), (0.32, 0.0), (-0.32, 0.0)], (150, 72, 50))
    y = s.h + 0.2
    s.ground((176, 132, 88), y)
    for k in range(6):
        s.pen.rect(-1, y + 0.07 * k, s.wide + 1, y + 0.07 * k + 0.008, (126, 90, 60))
    for x in s.spots(4):
        s.pen.rect(x - 0.03, y - 0.08, x + 0.03, y + 0.03, (120, 84, 56))


def ruins(s: Stage) -> None:
    s.hills(s.h, 0.12, s.far((140, 160, 110), 0.35), 3)
    s.ground((166, 174, 104))
    stone = (222, 206, 172)
    for x in s.spots(6, 0, 1, 0.16):
        t, y = s.rng.choice((0.2, 0.34, 0.44)), s.h + 0.07
        s.pen.rect(x - 0.045, y - t, x + 0.045, y, stone)
        s.pen.rect(x + 0.012, y - t, x + 0.045, y, darker(stone, 0.15))
        s.pen.rect(x - 0.065, y - 0.035, x + 0.065, y, stone)
        if t > 0.3:
            s.pen.rect(x - 0.065, y - t - 0.035, x + 0.065, y - t, lighter(stone, 0.2))
    x = s.rng.choice((0.22, 0.78)) * s.wide
    s.pen.poly([(x - 0.26, s.h - 0.3), (x + 0.26, s.h - 0.3), (x, s.h - 0.42)], stone)
    s.pen.rect(x - 0.26, s.h - 0.31, x + 0.26, s.h - 0.27, darker(stone, 0.15))
    for dx in (-0.2, 0.2):
        s.pen.rect(x + dx - 0.045, s.h - 0.28, x + dx + 0.045, s.h + 0.08, stone)


def market(s: Stage) -> None:
    for x in s.spots(5):
        cottage(s, x, s.h + 0.02, 0.34, s.far(s.rng.choice(_WALLS), 0.25), s.far(s.rng.choice(_ROOFS), 0.25))
    s.ground((206, 184, 150))
    for k, x in enumerate(s.spots(4, 0, 1, 0.1)):
        y, colour = s.h + 0.13, ((220, 60, 56), (60, 130, 200), (240, 170, 50), (80, 160, 90))[k % 4]
        s.pen.rect(x - 0.17, y - 0.13, x + 0.17, y, (160, 110, 66))
        for dx in (-0.16, 0.16):
            s.pen.line([(x + dx, y), (x + dx, y - 0.3)], 0.014, (120, 84, 56))
        for j in range(6):
            s.pen.poly(
                [
                    (x - 0.2 + j * 0.0667, y - 0.26),
                    (x - 0.133 + j * 0.0667, y - 0.26),
                    (x - 0.11 + j * 0.055, y - 0.36),
                    (x - 0.165 + j * 0.055, y - 0.36),
                ],
                colour if j % 2 else (250, 248, 240),
            )
        for j in range(5):
            s.pen.ellipse(
                x - 0.12 + j * 0.06,
                y - 0.14,
                0.028,
                0.028,
                ((230, 80, 50), (120, 180, 60), (250, 200, 70))[(j + k) % 3],
            )


def bridge(s: Stage) -> None:
    s.hills(s.h, 0.18, s.far((96, 156, 96), 0.35), 3)
    s.pen.rect(-1, s.h, s.wide + 1, 2, WATER)
    _waves(s, s.h, WATER, 0.05)
    stone, y = (176, 166, 158), s.h + 0.2
    top = mix(stone, SNOW, 0.75) if s.snow else lighter(stone, 0.2)
    for x in s.spots(8, -0.1, 1.1):
        s.pen.rect(x - 0.02, y - 0.13, x + 0.02, y + 0.02, darker(stone, 0.25))
    s.pen.rect(-1, y - 0.15, s.wide + 1, y - 0.115, stone)
    s.pen.rect(-1, y, s.wide + 1, 2, top)
    s.pen.rect(-1, y + 0.1, s.wide + 1, 2, stone)
    for k in range(8):
        x = k * s.wide / 7
        s.pen.line([(x, y + 0.02), (s.wide / 2 + (x - s.wide / 2) * 1.6, 1.4)], 0.008, darker(stone, 0.15))


def camp(s: Stage) -> None:
    s.hills(s.h, 0.16, s.far((84, 132, 90), 0.35), 3)
    s.ground((136, 152, 84))
    for x in s.spots(6):
        _tree(s, x, s.h + 0.04, 0.36, s.far((50, 112, 72), 0.2), True)
    for x, cloth in zip(s.spots(3, 0, 1, 0.5), ((226, 120, 64), (206, 180, 110), (90, 140, 170)), strict=True):
        p = s.pen.at(x, s.h + 0.12, 0.27)
        p.poly([(-0.9, 0), (0.9, 0), (0, -1.0)], cloth)
        p.poly([(0, -1.0), (0.9, 0), (0.4, 0)], darker(cloth, 0.2))
        p.poly([(0, -0.8), (0.26, 0), (-0.26, 0)], (64, 50, 54))


def sky_only(s: Stage) -> None:
    tone = mix((255, 255, 255), s.light.sky_low, 0.3)
    for k in range(7):
        cloud(
            s.pen,
            s.rng.uniform(0, s.wide),
            0.3 + 0.11 * k,
            0.13 + 0.015 * k,
            mix(tone, (255, 255, 255), 0.06 * k),
            s.rng,
        )
    for x in s.spots(5, -0.05, 1.05):
        cloud(s.pen, x, 1.0, 0.24, (255, 255, 255), s.rng)


def space(s: Stage) -> None:
    s.image.paste(gradient(s.image.size, (10, 8, 34), (38, 20, 70)))
    pen = s.pen
    for _ in range(70):
        r = s.rng.choice((0.004, 0.005, 0.009))
        pen.ellipse(s.rng.uniform(-0.2, s.wide + 0.2), s.rng.uniform(-0.1, 1.1), r, r, (255, 255, 240))
    x, y = s.rng.choice((0.2, 0.8)) * s.wide, 0.27
    planet = s.rng.choice(((236, 150, 90), (110, 160, 230), (210, 120, 170)))
    pen.ellipse(x, y, 0.15, 0.15, planet)
    pen.oval(x, y - 0.03, 0.14, 0.03, 12, lighter(planet, 0.3))
    pen.arc(x, y, 0.25, -25, 205, 0.02, (250, 226, 170), squash=0.26)
    ground = (166, 162, 180)
    pen.ellipse(s.wide / 2, s.h + 1.15, 1.5, 1.05, ground)
    for x, y, r in zip(s.spots(5), (0.22, 0.3, 0.2, 0.34, 0.25), (0.08, 0.06, 0.05, 0.09, 0.06), strict=True):
        pen.ellipse(x, s.h + y, r, r * 0.35, darker(ground, 0.2))


def underwater(s: Stage) -> None:
    s.image.paste(gradient(s.image.size, (70, 190, 216), (14, 70, 140)))
    pen = s.pen
    for x in s.spots(4):
        pen.poly([(x - 0.05, -0.3), (x + 0.06, -0.3), (x + 0.25, 1.0), (x - 0.02, 1.0)], (190, 240, 250), 34)
    pen.ellipse(s.wide / 2, s.h + 0.72, 1.5, 0.5, (222, 202, 150))
    for x in s.spots(7, 0, 1, 0.3):
        kind, y = s.rng.random(), s.h + 0.3
        if kind < 0.5:
            pen.line([(x, y), (x + 0.03, y - 0.12), (x - 0.02, y - 0.24), (x + 0.02, y - 0.36)], 0.03, (40, 150, 96))
        else:
            colour = s.rng.choice(((240, 110, 120), (250, 160, 80), (190, 110, 200)))
            for dx, dy in ((-0.07, -0.16), (0, -0.22), (0.07, -0.15)):
                pen.line([(x, y), (x + dx, y + dy)], 0.035, colour)
    for _ in range(12):
        r = s.rng.uniform(0.008, 0.02)
        pen.ellipse(s.rng.uniform(0, s.wide), s.rng.uniform(0.05, s.h + 0.1), r, r, (210, 244, 255), 150)


def ship_deck(s: Stage) -> None:
    s.pen.rect(-1, s.h - 0.06, s.wide + 1, 2, WATER)
    _waves(s, s.h - 0.05, WATER, 0.04)
    wood, y = (190, 138, 86), s.h + 0.1
    x = s.wide * s.rng.choice((0.2, 0.8))
    s.pen.line([(x, y), (x, -0.6)], 0.05, (124, 84, 52))
    s.pen.poly([(x - 0.36, 0.0), (x + 0.36, 0.0), (x + 0.3, s.h - 0.14), (x - 0.3, s.h - 0.14)], (246, 238, 220))
    s.pen.rect(-1, y, s.wide + 1, 2, mix(wood, SNOW, 0.5 if s.snow else 0))
    for k in range(11):
        dx = (k - 5) * 0.2
        s.pen.line([(s.wide / 2 + dx, y), (s.wide / 2 + dx * 2, 1.4)], 0.008, (140, 96, 60))
    s.pen.rect(-1, y - 0.16, s.wide + 1, y - 0.125, (140, 90, 54))
    for dx in s.spots(10):
        s.pen.rect(dx - 0.014, y - 0.14, dx + 0.014, y + 0.01, (160, 108, 66))


PAINTERS: dict[str, Callable[[Stage], None]] = {
    "forest": forest, "jungle": jungle, "mountains": mountains, "hills": hills, "beach": beach, "sea": sea,
    "lake": lake, "river": river, "desert": desert, "village": village, "city": city, "street": street, "path":
    path, "castle": castle, "garden": garden, "farm": farm, "cave": cave, "swamp": swamp, "graveyard": graveyard,
    "harbour": harbour, "ruins": ruins, "market": market, "bridge": bridge, "camp": camp, "sky": sky_only,
    "space": space, "underwater": underwater, "ship deck": ship_deck,
}  # fmt: skip
