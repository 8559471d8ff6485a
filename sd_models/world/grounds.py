"""Further outdoor settings of stories, which the storybook model has not met: a crater, an island, a cliff."""

from __future__ import annotations

import math

from sd_models.world.pen import Colour, darker, lighter
from sd_models.world.stage import WATER, Stage, snowy, tree_at, waves, winding
from sd_models.world.things import land
from sd_models.world.walls import lit, put

_STONE: Colour = (176, 170, 166)
_WOOD: Colour = (150, 104, 66)
_STEEL: Colour = (150, 156, 168)


def crater(s: Stage) -> None:
    """A crater on the moon: grey rims under a black sky, the earth above."""
    p, glow = s.pen, lit(s)
    glow.rect(-2, -2, s.wide + 2, s.h + 0.2, (14, 14, 34))
    for _ in range(40):
        r = s.rng.choice((0.003, 0.005, 0.007))
        glow.ellipse(s.rng.uniform(-0.1, s.wide + 0.1), s.rng.uniform(-0.1, s.h), r, r, (255, 255, 240))
    x = s.wide * s.rng.choice((0.24, 0.76))
    glow.ellipse(x, 0.16, 0.11, 0.11, (70, 130, 214))
    glow.oval(x - 0.03, 0.13, 0.06, 0.03, 20, (96, 170, 110))
    glow.oval(x + 0.05, 0.2, 0.035, 0.02, -30, (96, 170, 110))
    grey: Colour = (172, 172, 182)
    for k in range(5):
        p.poly(
            [(k * 0.45 - 0.35, s.h + 0.1), (k * 0.45, s.h - 0.1 - 0.05 * (k % 2)), (k * 0.45 + 0.35, s.h + 0.1)],
            darker(grey, 0.3),
        )
    p.rect(-2, s.h, s.wide + 2, 3, grey)
    for cx, cy, r in (
        (0.3, 0.08, 0.16),
        (1.3, 0.06, 0.2),
        (0.84, 0.2, 0.14),
        (1.66, 0.24, 0.2),
        (0.1, 0.3, 0.24),
        (1.0, 0.4, 0.3),
    ):
        p.ellipse(cx, s.h + cy, r, r * 0.24, lighter(grey, 0.3))
        p.ellipse(cx, s.h + cy + 0.012, r * 0.88, r * 0.2, darker(grey, 0.3))


def lighthouse(s: Stage) -> None:
    """A striped lighthouse on its rocks by the sea."""
    p = s.pen
    p.rect(-1, s.h - 0.02, s.wide + 1, 3, WATER)
    waves(s, s.h, WATER, 0.04)
    x = s.wide * s.rng.choice((0.26, 0.74))
    for dx, r in ((-0.2, 0.16), (0.18, 0.18), (0.0, 0.2)):
        p.ellipse(x + dx, s.h + 0.08, r * 1.2, r * 0.62, (104, 100, 108))
    put(s, "lighthouse", x, s.h + 0.02, 0.5)
    s.ground((136, 168, 92), s.h + 0.14)
    winding(s, s.wide / 2, 0.0, 0.3, snowy(s, (214, 194, 150)))
    for k in s.spots(5):
        p.ellipse(k, s.h + 0.15, 0.07, 0.03, (120, 116, 120))


def watermill(s: Stage) -> None:
    """A mill whose wheel turns in a stream."""
    s.hills(s.h, 0.14, s.far((104, 156, 96), 0.35), 3)
    s.ground((130, 178, 90))
    for k in s.spots(3, 0.5, 1.0):
        tree_at(s, k, s.h + 0.04, 0.4, s.far(land.LEAVES[0], 0.2))
    p, y = s.pen, s.h + 0.1
    p.poly([(-1, y + 0.02), (s.wide + 1, y + 0.06), (s.wide + 1, y + 0.17), (-1, y + 0.14)], WATER)
    for k in range(8):
        p.line([(k * 0.26, y + 0.07), (k * 0.26 + 0.12, y + 0.08)], 0.008, lighter(WATER, 0.45))
    p.rect(0.16, y - 0.34, 0.66, y, (232, 214, 186))
    for k in range(3):
        p.line([(0.24 + k * 0.16, y - 0.34), (0.24 + k * 0.16, y)], 0.016, (120, 84, 58))
    p.poly([(0.08, y - 0.33), (0.74, y - 0.33), (0.58, y - 0.54), (0.24, y - 0.54)], snowy(s, (150, 84, 62)))
    s.window(0.3, y - 0.26, 0.09, 0.1)
    for k in range(8):
        a = math.radians(k * 45)
        p.line([(0.78, y - 0.1), (0.78 + 0.19 * math.cos(a), y - 0.1 + 0.19 * math.sin(a))], 0.016, (110, 76, 50))
    p.arc(0.78, y - 0.1, 0.19, 0, 360, 0.03, (134, 92, 58))
    p.arc(0.78, y - 0.1, 0.13, 0, 360, 0.016, (134, 92, 58))


def island(s: Stage) -> None:
    """A small island with palms in a wide sea."""
    p, m = s.pen, s.wide / 2
    p.rect(-1, s.h, s.wide + 1, 3, (40, 150, 190))
    waves(s, s.h, (40, 150, 190), 0.04)
    p.ellipse(m, s.h + 0.36, 1.1, 0.3, lighter((40, 150, 190), 0.45))
    p.ellipse(m, s.h + 0.38, 1.0, 0.28, (240, 214, 150))
    for x, tall in ((m - 0.5, 0.5), (m - 0.34, 0.38), (m + 0.52, 0.46)):
        put(s, "palm", x, s.h + 0.16, tall)
    put(s, "rock", m + 0.34, s.h + 0.18, 0.1)
    put(s, "starfish", m - 0.1, s.h + 0.3, 0.05)


def battlefield(s: Stage) -> None:
    """Torn ground, stakes and banners under smoke."""
    s.hills(s.h, 0.14, s.far((120, 116, 92), 0.35), 3)
    p, y = s.pen, s.h + 0.06
    for x in s.spots(3):
        for k in range(5):
            p.ellipse(x + 0.03 * k, s.h - 0.08 - 0.09 * k, 0.07 + 0.02 * k, 0.06 + 0.015 * k, (110, 106, 110), 90)
    s.ground((132, 112, 82))
    for x, colour in zip(s.spots(4), ((190, 44, 48), (50, 84, 160), (190, 44, 48), (226, 184, 70)), strict=True):
        p.line([(x, y + 0.06), (x + 0.02, y - 0.34)], 0.016, (96, 70, 50))
        p.poly(
            [
                (x + 0.02, y - 0.34),
                (x + 0.17, y - 0.3),
                (x + 0.12, y - 0.25),
                (x + 0.16, y - 0.19),
                (x + 0.015, y - 0.2),
            ],
            colour,
        )
    for x in s.spots(6):
        low = s.h + s.rng.uniform(0.12, 0.22)
        for dx in (-0.05, 0.0, 0.05):
            p.line([(x + dx, low), (x + dx * 2.4 + 0.03, low - 0.13)], 0.018, (110, 80, 56))
    for x in s.spots(3):
        p.ellipse(x, s.h + 0.28, 0.15, 0.035, (96, 80, 60))
    put(s, "shield", s.wide * 0.2, s.h + 0.2, 0.12)


def windmill(s: Stage) -> None:
    """A windmill among fields of tulips."""
    s.ground((140, 188, 92))
    p = s.pen
    for k, colour in enumerate(((226, 70, 80), (250, 206, 70), (214, 110, 180), (240, 130, 60))):
        low = s.h + 0.06 + 0.05 * k + 0.012 * k * k
        p.rect(-1, low, s.wide + 1, low + 0.022 + 0.008 * k, snowy(s, colour, 0.5))
    put(s, "windmill", s.wide * s.rng.choice((0.26, 0.74)), s.h + 0.08, 0.5)


def orchard(s: Stage) -> None:
    """Apple trees in rows, a ladder, a basket."""
    s.hills(s.h, 0.1, s.far((120, 166, 96), 0.35), 3)
    s.ground((144, 186, 92))
    for low, tall, count in ((s.h + 0.02, 0.3, 6), (s.h + 0.12, 0.5, 3)):
        for x in s.spots(count, 0, 1, 0.3 if count == 3 else 0.0):
            tree_at(s, x, low, tall, land.LEAVES[0])
            for _ in range(7):
                dx, dy = s.rng.uniform(-0.24, 0.24) * tall, s.rng.uniform(0.5, 0.88) * tall
                s.pen.ellipse(x + dx, low - dy, 0.016, 0.017, (214, 50, 46))
    put(s, "ladder", 0.24 * s.wide, s.h + 0.16, 0.36)
    put(s, "basket", 0.72 * s.wide, s.h + 0.22, 0.1)


def waterfall(s: Stage) -> None:
    """A fall between cliffs into a pool."""
    p, m = s.pen, s.wide / 2
    for side in (-1, 1):
        p.poly(
            [(m + side * 0.2, -0.3), (m + side * 2, -0.6), (m + side * 2, s.h + 0.1), (m + side * 0.26, s.h + 0.08)],
            snowy(s, (112, 110, 104), 0.3),
        )
        for k in range(4):
            p.line(
                [(m + side * (0.34 + k * 0.2), -0.1 + 0.06 * k), (m + side * (0.3 + k * 0.22), s.h - 0.06)],
                0.02,
                (92, 90, 88),
            )
        for k in range(3):
            tree_at(s, m + side * (0.42 + k * 0.2), s.h + 0.06 - 0.02 * k, 0.26, land.LEAVES[0])
    p.rect(m - 0.22, -0.6, m + 0.22, s.h + 0.06, (190, 226, 244))
    for k in range(7):
        x = m - 0.18 + k * 0.06
        p.line([(x, -0.4), (x + 0.01, s.h + 0.04)], 0.014, (246, 252, 255) if k % 2 else (140, 196, 226))
    p.rect(-1, s.h + 0.06, s.wide + 1, 3, (56, 140, 180))
    for k in range(5):
        p.ellipse(m - 0.24 + k * 0.12, s.h + 0.07, 0.1, 0.04, (246, 252, 255))
    waves(s, s.h + 0.1, (56, 140, 180), 0.05)
    p.ellipse(m - 0.8, s.h + 0.42, 0.5, 0.2, (120, 150, 84))
    p.ellipse(m + 0.8, s.h + 0.42, 0.5, 0.2, (120, 150, 84))


def cliff(s: Stage) -> None:
    """The edge of a cliff high over the sea."""
    p = s.pen
    p.rect(-1, s.h - 0.04, s.wide + 1, 3, s.far(WATER, 0.2))
    waves(s, s.h + 0.02, WATER, 0.06)
    stone: Colour = (160, 146, 132)
    p.poly(
        [
            (-1, s.h + 0.06),
            (1.06, s.h + 0.08),
            (1.16, s.h + 0.16),
            (1.04, s.h + 0.3),
            (1.12, s.h + 0.44),
            (0.98, 2),
            (-1, 2),
        ],
        stone,
    )
    for k in range(4):
        p.line([(0.2 + k * 0.2, s.h + 0.14), (0.24 + k * 0.2, 1.1)], 0.014, darker(stone, 0.18))
    p.poly(
        [(-1, s.h + 0.04), (1.06, s.h + 0.06), (1.16, s.h + 0.14), (0.8, s.h + 0.2), (-1, s.h + 0.24)],
        snowy(s, (124, 172, 92)),
    )
    p.ellipse(1.6, s.h + 0.3, 0.14, 0.08, (110, 104, 104))
    for k in range(9):
        x = k * 0.13 - 0.02
        p.line([(x, s.h + 0.1), (x + 0.014, s.h + 0.05)], 0.01, (96, 150, 76))


def volcano(s: Stage) -> None:
    """A burning mountain with streams of lava."""
    p, m, glow = s.pen, s.wide / 2, lit(s)
    for k in range(6):
        p.ellipse(m + 0.05 * k, 0.02 - 0.09 * k, 0.12 + 0.05 * k, 0.09 + 0.03 * k, (96, 90, 96), 200)
    p.poly([(m - 0.13, 0.13), (m + 0.13, 0.13), (m + 0.9, s.h + 0.06), (m - 0.9, s.h + 0.06)], (92, 76, 76))
    p.poly([(m + 0.04, 0.13), (m + 0.13, 0.13), (m + 0.9, s.h + 0.06), (m + 0.3, s.h + 0.06)], (76, 62, 64))
    glow.ellipse(m, 0.13, 0.13, 0.03, (255, 150, 50))
    for sway, low in ((-0.3, s.h + 0.04), (0.05, s.h + 0.1), (0.36, s.h - 0.04)):
        glow.line(
            [(m + sway * 0.2, 0.13), (m + sway * 0.5, 0.26), (m + sway * 0.7, 0.38), (m + sway * 1.2, low)],
            0.03,
            (250, 110, 40),
        )
        glow.line([(m + sway * 0.2, 0.13), (m + sway * 0.5, 0.26)], 0.012, (255, 214, 100))
    s.ground((110, 96, 88), s.h + 0.04)
    for x in s.spots(7):
        p.ellipse(x, s.h + s.rng.uniform(0.1, 0.3), 0.06, 0.03, (76, 66, 66))


def ice_field(s: Stage) -> None:
    """Floes and icebergs of the polar sea."""
    p = s.pen
    p.rect(-1, s.h, s.wide + 1, 3, (90, 160, 196))
    for x in s.spots(4):
        tall = s.rng.uniform(0.14, 0.34)
        p.poly(
            [(x - 0.2, s.h + 0.05), (x - 0.08, s.h - tall), (x + 0.04, s.h - tall * 0.7), (x + 0.2, s.h + 0.05)],
            (232, 244, 252),
        )
        p.poly([(x + 0.04, s.h - tall * 0.7), (x + 0.2, s.h + 0.05), (x, s.h + 0.05)], (180, 214, 236))
    p.rect(-1, s.h + 0.12, s.wide + 1, 3, (240, 247, 253))
    p.rect(-1, s.h + 0.12, s.wide + 1, s.h + 0.14, (176, 210, 232))
    for x in s.spots(5):
        y = s.h + s.rng.uniform(0.2, 0.4)
        p.line([(x - 0.1, y), (x, y + 0.02), (x + 0.12, y - 0.01)], 0.008, (190, 220, 238))
