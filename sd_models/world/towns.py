"""Outdoor settings that people built: villages and streets, castles, farms, harbours, ships."""

from __future__ import annotations

from sd_models.world.pen import Colour, darker, lighter, mix
from sd_models.world.stage import SNOW, WATER, Stage, fence, tree_at, waves
from sd_models.world.things import land


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
    fence(s, s.h + 0.15, (206, 176, 132), 0.1)


def garden(s: Stage) -> None:
    for x in s.spots(6):
        tree_at(s, x, s.h + 0.02, s.rng.uniform(0.34, 0.44), s.far(land.LEAVES[0], 0.25))
    s.ground((124, 190, 84))
    fence(s, s.h + 0.07, (250, 248, 240))
    for x in s.spots(11):
        y = s.h + s.rng.uniform(0.1, 0.16)
        s.pen.line([(x, y), (x, y - 0.07)], 0.012, (60, 136, 60))
        s.pen.ellipse(
            x, y - 0.08, 0.03, 0.03, s.rng.choice(((236, 70, 90), (255, 206, 70), (240, 130, 190), (250, 250, 250)))
        )
        s.pen.ellipse(x, y - 0.08, 0.011, 0.011, (250, 180, 60))


def graveyard(s: Stage) -> None:
    s.hills(s.h, 0.13, s.far((96, 120, 100), 0.35), 2)
    s.ground((104, 132, 88))
    fence(s, s.h + 0.05, (66, 64, 76), 0.15)
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
    waves(s, s.h, WATER, 0.05)
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
    waves(s, s.h, WATER, 0.05)
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
        tree_at(s, x, s.h + 0.04, 0.36, s.far((50, 112, 72), 0.2), True)
    for x, cloth in zip(s.spots(3, 0, 1, 0.5), ((226, 120, 64), (206, 180, 110), (90, 140, 170)), strict=True):
        p = s.pen.at(x, s.h + 0.12, 0.27)
        p.poly([(-0.9, 0), (0.9, 0), (0, -1.0)], cloth)
        p.poly([(0, -1.0), (0.9, 0), (0.4, 0)], darker(cloth, 0.2))
        p.poly([(0, -0.8), (0.26, 0), (-0.26, 0)], (64, 50, 54))


def ship_deck(s: Stage) -> None:
    s.pen.rect(-1, s.h - 0.06, s.wide + 1, 2, WATER)
    waves(s, s.h - 0.05, WATER, 0.04)
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
