"""Outdoor settings without people: woods, mountains, waters, sky, and what lies below and above."""

from __future__ import annotations

from sd_models.world.light import cloud
from sd_models.world.pen import Colour, darker, lighter, mix
from sd_models.world.stage import SNOW, WATER, Stage, tree_at, waves, winding
from sd_models.world.things import land


def forest(s: Stage) -> None:
    s.hills(s.h + 0.02, 0.2, s.far((70, 128, 84), 0.45), 4)
    s.ground((104, 160, 74))
    for x in s.spots(9):
        tree_at(s, x, s.h + 0.03, s.rng.uniform(0.4, 0.48), s.far((52, 116, 70), 0.3), True)
    for x in s.spots(6, -0.05, 1.05, 0.3):
        tree_at(s, x, s.h + 0.12, s.rng.uniform(0.55, 0.7), s.rng.choice(land.LEAVES), s.rng.random() < 0.5)
    for x in (0.0, s.wide):
        tree_at(s, x + s.rng.uniform(-0.06, 0.06), s.h + 0.26, 0.95, (40, 108, 60), s.rng.random() < 0.5)


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
        tree_at(s, x, s.h + 0.13, 0.3, (44, 106, 80), True)


def hills(s: Stage) -> None:
    s.hills(s.h, 0.2, s.far((120, 178, 92), 0.4), 3)
    s.hills(s.h + 0.02, 0.1, s.far((132, 190, 88), 0.15), 2)
    s.ground((126, 190, 78))
    for x in s.spots(9):
        y = s.h + s.rng.uniform(0.1, 0.4)
        if not s.snow:
            s.pen.ellipse(x, y, 0.014, 0.014, s.rng.choice(((255, 255, 255), (255, 214, 80), (250, 130, 160))))
    tree_at(s, s.rng.choice((0.15, 0.85)) * s.wide, s.h + 0.06, 0.42, land.LEAVES[2])


def beach(s: Stage) -> None:
    s.pen.rect(-1, s.h, s.wide + 1, 2, WATER)
    s.pen.rect(-1, s.h, s.wide + 1, s.h + 0.02, lighter(WATER, 0.3))
    waves(s, s.h, WATER, 0.04)
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
        tree_at(s, x, s.h + 0.02, 0.24, s.far((50, 116, 80), 0.2), True)
    s.ground((112, 170, 84))
    s.pen.ellipse(s.wide / 2, s.h + 0.2, s.wide * 0.47, 0.155, darker(WATER, 0.0) if not s.snow else (170, 206, 230))
    s.pen.ellipse(s.wide / 2, s.h + 0.17, s.wide * 0.42, 0.11, lighter(WATER, 0.2) if not s.snow else (196, 224, 242))
    for x in s.spots(4, 0.2, 0.8):
        s.pen.line([(x - 0.06, s.h + 0.18), (x + 0.06, s.h + 0.18)], 0.01, (220, 240, 250))


def river(s: Stage) -> None:
    s.hills(s.h, 0.14, s.far((104, 164, 92), 0.35), 3)
    s.ground((116, 178, 80))
    m, sway = s.wide * s.rng.choice((0.36, 0.64)), s.rng.choice((-1, 1))
    winding(s, m, sway, 0.5, WATER)
    winding(s, m, sway, 0.5, lighter(WATER, 0.35), 0.3)
    for x in s.spots(4, 0, 1, 0.4):
        tree_at(s, x, s.h + 0.06, s.rng.uniform(0.32, 0.42), s.rng.choice(land.LEAVES))


def desert(s: Stage) -> None:
    s.hills(s.h + 0.02, 0.13, s.far((236, 192, 120), 0.3), 2)
    s.ground((240, 196, 116))
    s.hills(s.h + 0.12, 0.07, (232, 182, 100), 3)
    for x in s.spots(3, 0, 1, 0.35):
        p = s.pen.at(x, s.h + s.rng.uniform(0.06, 0.14), s.rng.uniform(0.22, 0.34))
        p.line([(0, 0), (0, -0.9)], 0.2, (70, 146, 84))
        p.line([(0, -0.4), (-0.3, -0.45), (-0.3, -0.7)], 0.14, (70, 146, 84))
        p.line([(0, -0.3), (0.3, -0.35), (0.3, -0.6)], 0.14, (60, 130, 76))


def path(s: Stage) -> None:
    s.hills(s.h, 0.15, s.far((124, 174, 100), 0.35), 3)
    s.ground((122, 178, 80))
    m = s.wide * 0.5
    way = mix((222, 190, 136), SNOW, 0.45) if s.snow else (222, 190, 136)
    winding(s, m, s.rng.choice((-1, 1)), 0.5, way)
    for x in s.spots(4, 0, 1, 0.5):
        land.bush(s.pen.at(x, s.h + 0.1, 0.13), land.LEAVES[0], s.snow)
    for x in (0.06, 0.94):
        tree_at(s, x * s.wide, s.h + 0.14, 0.6, land.LEAVES[1])


def cave(s: Stage) -> None:
    s.canvas.wash((40, 34, 48), (92, 76, 84))
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
    s.canvas.wash((10, 8, 34), (38, 20, 70))
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
    s.canvas.wash((70, 190, 216), (14, 70, 140))
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
