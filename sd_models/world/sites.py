"""Further outdoor settings that people built, which the storybook model has not met: a rooftop, a platform, a pier."""

from __future__ import annotations

from sd_models.world.pen import Colour, darker, lighter, mix
from sd_models.world.stage import WATER, Stage, fence, snowy, tree_at, waves
from sd_models.world.things import land
from sd_models.world.walls import lit, put

_STONE: Colour = (176, 170, 166)
_WOOD: Colour = (150, 104, 66)
_STEEL: Colour = (150, 156, 168)


def _skyline(s: Stage, y: float, low: float, high: float, colour: Colour) -> None:
    for x in s.spots(9, -0.05, 1.05):
        tall = s.rng.uniform(low, high)
        s.pen.rect(x - 0.11, y - tall, x + 0.11, y, s.far(colour, 0.3))
        for k in range(int(tall / 0.08)):
            for dx in (-0.06, 0.02):
                if s.rng.random() < 0.6:
                    s.window(x + dx, y - tall + 0.03 + k * 0.08, 0.04, 0.04)


def rooftop(s: Stage) -> None:
    """A flat roof over the town: a parapet, a chimney, a water tank on legs."""
    _skyline(s, s.h + 0.06, 0.08, 0.3, (112, 116, 146))
    roof = snowy(s, (120, 112, 116))
    s.ground(roof, s.h + 0.04, snowy=False)
    p, y = s.pen, s.h + 0.06
    p.rect(-1, y - 0.1, s.wide + 1, y, darker(roof, 0.2))
    p.rect(-1, y - 0.12, s.wide + 1, y - 0.09, lighter(roof, 0.2))
    p.rect(0.2, y - 0.26, 0.4, y + 0.08, (160, 90, 70))
    for k in range(4):
        p.line([(0.2, y - 0.2 + k * 0.07), (0.4, y - 0.2 + k * 0.07)], 0.006, (120, 66, 54))
    p.rect(0.17, y - 0.3, 0.43, y - 0.25, darker((160, 90, 70), 0.3))
    for dx in (-0.1, 0.1):
        p.line([(1.46 + dx, y + 0.1), (1.46 + dx * 0.8, y - 0.16)], 0.018, (90, 70, 60))
    p.rect(1.32, y - 0.42, 1.6, y - 0.15, (150, 106, 74))
    p.poly([(1.29, y - 0.42), (1.63, y - 0.42), (1.46, y - 0.54)], snowy(s, (110, 78, 60)))


def tower(s: Stage) -> None:
    """A round tower of stone on a hill, a stair of steps up to its door."""
    s.hills(s.h, 0.12, s.far((104, 150, 100), 0.35), 3)
    s.ground((124, 172, 92))
    p, x, y = s.pen, s.wide * 0.5, s.h + 0.08
    p.ellipse(x, y + 0.05, 0.7, 0.16, snowy(s, (108, 156, 84)))
    p.rect(x - 0.2, 0.14, x + 0.2, y, _STONE)
    p.rect(x + 0.08, 0.14, x + 0.2, y, darker(_STONE, 0.12))
    for row in range(6):
        for k in range(4):
            left = x - 0.19 + k * 0.1 + 0.04 * (row % 2)
            p.rect(left, 0.18 + row * 0.075, left + 0.06, 0.21 + row * 0.075, darker(_STONE, 0.07))
    p.rect(x - 0.24, 0.08, x + 0.24, 0.15, lighter(_STONE, 0.12))
    for k in range(5):
        p.rect(x - 0.24 + k * 0.105, 0.03, x - 0.18 + k * 0.105, 0.09, snowy(s, lighter(_STONE, 0.12)))
    for low in (0.22, 0.36):
        s.window(x - 0.03, low, 0.06, 0.09)
    p.rect(x - 0.07, y - 0.14, x + 0.07, y, (96, 66, 46))
    p.slice(x, y - 0.14, 0.07, 0.06, 180, 360, (96, 66, 46))
    for k in range(3):
        p.rect(
            x - 0.1 - 0.03 * k, y + 0.025 * k, x + 0.1 + 0.03 * k, y + 0.025 * (k + 1), lighter(_STONE, 0.2 - 0.08 * k)
        )


def platform(s: Stage) -> None:
    """A railway platform: rails below its edge, a roof on posts, a clock, a bench."""
    p, y = s.pen, s.h + 0.1
    s.hills(s.h, 0.12, s.far((104, 150, 100), 0.35), 3)
    p.rect(-1, s.h - 0.06, s.wide + 1, 3, snowy(s, (112, 104, 98)))
    for k in range(14):
        x = k * 0.16 - 0.2
        p.poly([(x, s.h + 0.04), (x + 0.06, s.h + 0.04), (x + 0.02, s.h - 0.03), (x - 0.02, s.h - 0.03)], (104, 76, 56))
    for low in (s.h - 0.02, s.h + 0.03):
        p.rect(-1, low, s.wide + 1, low + 0.014, (196, 200, 208))
    s.ground((190, 178, 164), y)
    p.rect(-1, y, s.wide + 1, y + 0.03, (246, 220, 110))
    for x in (0.2, 1.58):
        p.rect(x - 0.018, -0.2, x + 0.018, y + 0.06, (50, 84, 76))
        p.line([(x - 0.14, -0.02), (x, 0.12), (x + 0.14, -0.02)], 0.018, (50, 84, 76))
    p.rect(-1, -0.6, s.wide + 1, -0.04, (92, 66, 60))
    for k in range(16):
        p.poly([(k * 0.12, -0.05), (k * 0.12 + 0.12, -0.05), (k * 0.12 + 0.06, 0.02)], (50, 84, 76))
    p.line([(0.9, -0.06), (0.9, 0.06)], 0.014, (50, 50, 58))
    p.ellipse(0.9, 0.13, 0.085, 0.085, (50, 50, 58))
    p.ellipse(0.9, 0.13, 0.07, 0.07, (252, 250, 240))
    p.line([(0.9, 0.08), (0.9, 0.13), (0.94, 0.15)], 0.01, (40, 40, 50))
    put(s, "bench", 1.3, y + 0.08, 0.17)


def stadium(s: Stage) -> None:
    """A pitch with its lines and a goal before full stands and floodlights."""
    p, y = s.pen, s.h + 0.02
    for row in range(5):
        low = s.h - 0.02 - row * 0.07
        p.rect(-1, low - 0.07, s.wide + 1, low, mix((110, 116, 136), (150, 156, 176), row / 5))
        for k in range(30):
            colour = s.rng.choice(((220, 80, 70), (80, 130, 210), (250, 210, 90), (240, 240, 240), (60, 60, 80)))
            p.ellipse(k * 0.065 + 0.03 * (row % 2), low - 0.035, 0.016, 0.02, colour)
    s.ground((84, 168, 84), y)
    for k in range(0, 8, 2):
        p.poly(
            [(k * 0.23, y), (k * 0.23 + 0.23, y), (k * 0.5 - 0.75, 1.6), (k * 0.5 - 1.25, 1.6)],
            snowy(s, (100, 184, 96)),
            120,
        )
    p.rect(-1, y + 0.05, s.wide + 1, y + 0.062, (250, 250, 250))
    p.arc(s.wide / 2, y + 0.26, 0.4, 0, 360, 0.014, (250, 250, 250), 0.3)
    x = s.wide / 2
    p.line(
        [(x - 0.24, y + 0.05), (x - 0.24, y - 0.14), (x + 0.24, y - 0.14), (x + 0.24, y + 0.05)], 0.018, (252, 252, 252)
    )
    for k in range(9):
        p.line([(x - 0.22 + k * 0.055, y - 0.13), (x - 0.22 + k * 0.055, y + 0.04)], 0.004, (236, 240, 246))
    glow = lit(s) if s.light.dark else p
    for side in (0.1, s.wide - 0.1):
        p.line([(side, y), (side, -0.02)], 0.016, _STEEL)
        for k in range(6):
            glow.ellipse(side - 0.05 + (k % 3) * 0.05, -0.05 + (k // 3) * 0.045, 0.02, 0.02, (255, 250, 220))


def school(s: Stage) -> None:
    """A school with its clock and flag, a yard with a painted game."""
    s.ground((190, 178, 166))
    p, m, y = s.pen, s.wide / 2, s.h + 0.06
    brick: Colour = (190, 106, 84)
    p.rect(m - 0.66, y - 0.34, m + 0.66, y, brick)
    p.rect(m - 0.2, y - 0.44, m + 0.2, y, lighter(brick, 0.1))
    p.poly([(m - 0.24, y - 0.43), (m + 0.24, y - 0.43), (m, y - 0.56)], snowy(s, darker(brick, 0.4)))
    p.rect(m - 0.7, y - 0.37, m - 0.2, y - 0.33, snowy(s, darker(brick, 0.4)))
    p.rect(m + 0.2, y - 0.37, m + 0.7, y - 0.33, snowy(s, darker(brick, 0.4)))
    for k in range(3):
        for row in (0.28, 0.14):
            for side in (-1, 1):
                s.window(m + side * (0.3 + k * 0.13) - 0.04, y - row, 0.08, 0.09)
    p.ellipse(m, y - 0.44, 0.045, 0.045, (250, 250, 246))
    p.rect(m - 0.07, y - 0.18, m + 0.07, y, (96, 60, 50))
    put(s, "flag", m + 0.72, y + 0.04, 0.4)
    for k in range(4):
        p.rect(0.3 + k * 0.12, s.h + 0.26 + k * 0.02, 0.4 + k * 0.12, s.h + 0.33 + k * 0.02, (236, 230, 220))


def airport(s: Stage) -> None:
    """The apron of an airport: a runway, a tower, an aeroplane."""
    s.hills(s.h, 0.07, s.far((120, 150, 110), 0.4), 4)
    s.ground((150, 152, 158))
    p, y = s.pen, s.h + 0.03
    p.rect(-1, y - 0.14, 0.7, y, (206, 212, 220))
    for k in range(6):
        s.window(k * 0.11 + 0.02, y - 0.1, 0.08, 0.05)
    p.rect(1.46, y - 0.36, 1.53, y, (206, 206, 212))
    p.poly([(1.4, y - 0.44), (1.59, y - 0.44), (1.56, y - 0.35), (1.43, y - 0.35)], (90, 150, 190))
    p.rect(1.38, y - 0.47, 1.61, y - 0.43, (226, 90, 70))
    put(s, "plane", 1.06, y + 0.12, 0.2)
    p.poly(
        [(-1, s.h + 0.2), (s.wide + 1, s.h + 0.14), (s.wide + 1, s.h + 0.3), (-1, s.h + 0.4)], snowy(s, (92, 94, 102))
    )
    for k in range(6):
        p.rect(k * 0.34, s.h + 0.255 - k * 0.008, k * 0.34 + 0.18, s.h + 0.27 - k * 0.008, (250, 250, 244))


def courtyard(s: Stage) -> None:
    """Arcades around a paved yard with a fountain."""
    p, y = s.pen, s.h + 0.04
    wall: Colour = (232, 206, 168)
    p.rect(-1, 0.02, s.wide + 1, y, wall)
    p.rect(-1, -0.04, s.wide + 1, 0.04, snowy(s, (176, 92, 66)))
    for k in range(6):
        x = k * 0.35 + 0.02
        p.rect(x - 0.12, 0.3, x + 0.12, y, (110, 88, 80))
        p.slice(x, 0.3, 0.12, 0.12, 180, 360, (110, 88, 80))
        s.window(x - 0.05, 0.08, 0.1, 0.08)
    s.ground((206, 192, 172), y)
    for k in range(9):
        t = (k - 4) * 0.26
        p.line([(s.wide / 2 + t, y), (s.wide / 2 + t * 2.2, 1.5)], 0.006, (176, 162, 144))
    put(s, "fountain", s.wide / 2, y + 0.16, 0.28)


def pier(s: Stage) -> None:
    """A wooden jetty that runs out into the water."""
    p, m = s.pen, s.wide / 2
    p.rect(-1, s.h, s.wide + 1, 3, WATER)
    waves(s, s.h, WATER, 0.06)
    plank = snowy(s, (176, 132, 88), 0.6)
    p.poly([(m - 0.1, s.h + 0.04), (m + 0.1, s.h + 0.04), (m + 0.62, 1.6), (m - 0.62, 1.6)], plank)
    for k in range(12):
        t = (k / 12) ** 1.6
        half = 0.1 + 0.32 * t
        p.line([(m - half, s.h + 0.04 + 0.62 * t), (m + half, s.h + 0.04 + 0.62 * t)], 0.007, darker(plank, 0.3))
    for t in (0.0, 0.16, 0.42, 0.8):
        for side in (-1, 1):
            x, low = m + side * (0.1 + 0.5 * t), s.h + 0.05 + 0.9 * t
            p.rect(x - 0.02 - 0.02 * t, low - 0.1 - 0.14 * t, x + 0.02 + 0.02 * t, low + 0.03, (120, 86, 58))
    put(s, "lamp post", m - 0.26, s.h + 0.3, 0.5)


def balcony(s: Stage) -> None:
    """A balustrade over gardens and roofs, a door behind."""
    s.hills(s.h, 0.12, s.far((110, 156, 104), 0.4), 4)
    for x in s.spots(6):
        s.pen.poly([(x - 0.09, s.h + 0.04), (x, s.h - 0.07), (x + 0.09, s.h + 0.04)], s.far((190, 100, 76), 0.3))
    p, y = s.pen, s.h + 0.14
    stone = snowy(s, (222, 212, 196), 0.5)
    p.rect(-1, s.h + 0.02, s.wide + 1, y, s.far((104, 150, 96), 0.2))
    p.rect(-1, y, s.wide + 1, 3, (206, 190, 170))
    for k in range(16):
        x = k * 0.12 + 0.02
        p.ellipse(x, y - 0.05, 0.03, 0.06, stone)
        p.rect(x - 0.012, y - 0.14, x + 0.012, y, stone)
    p.rect(-1, y - 0.17, s.wide + 1, y - 0.12, lighter(stone, 0.2))
    p.rect(-1, y - 0.01, s.wide + 1, y + 0.03, stone)
    for x in (0.1, s.wide - 0.1):
        put(s, "pot plant", x, y + 0.12, 0.26)


def railway(s: Stage) -> None:
    """Rails that run to the horizon, a signal beside them."""
    s.hills(s.h, 0.14, s.far((110, 156, 100), 0.35), 3)
    s.ground((150, 172, 98))
    p, m = s.pen, s.wide / 2
    p.poly([(m - 0.06, s.h), (m + 0.06, s.h), (m + 0.8, 1.6), (m - 0.8, 1.6)], snowy(s, (150, 138, 126)))
    for k in range(11):
        t = (k / 11) ** 1.8
        half, low = 0.05 + 0.5 * t, s.h + 0.01 + 0.8 * t
        p.rect(m - half, low, m + half, low + 0.008 + 0.03 * t, (104, 74, 54))
    for side in (-1, 1):
        p.poly(
            [(m + side * 0.03, s.h), (m + side * 0.036, s.h), (m + side * 0.5, 1.6), (m + side * 0.44, 1.6)],
            (196, 200, 208),
        )
    x = s.wide * 0.24
    p.line([(x, s.h + 0.14), (x, s.h - 0.22)], 0.018, (60, 60, 70))
    p.rect(x - 0.03, s.h - 0.24, x + 0.03, s.h - 0.12, (40, 40, 48))
    lit(s).ellipse(x, s.h - 0.21, 0.02, 0.02, (240, 70, 60))
    p.ellipse(x, s.h - 0.15, 0.02, 0.02, (70, 110, 80))


def temple(s: Stage) -> None:
    """Steps up to a temple with columns and a gable."""
    s.hills(s.h, 0.12, s.far((126, 160, 104), 0.35), 3)
    s.ground((206, 190, 150))
    p, m, y = s.pen, s.wide / 2, s.h + 0.02
    stone: Colour = (240, 228, 204)
    p.rect(m - 0.5, y - 0.34, m + 0.5, y, darker(stone, 0.35))
    for k in range(6):
        x = m - 0.46 + k * 0.184
        p.rect(x - 0.036, y - 0.34, x + 0.036, y, stone)
        p.rect(x + 0.008, y - 0.34, x + 0.036, y, darker(stone, 0.12))
        p.rect(x - 0.05, y - 0.36, x + 0.05, y - 0.33, stone)
    p.rect(m - 0.56, y - 0.4, m + 0.56, y - 0.35, lighter(stone, 0.3))
    p.poly([(m - 0.6, y - 0.4), (m + 0.6, y - 0.4), (m, y - 0.58)], snowy(s, stone))
    for k in range(5):
        p.rect(
            m - 0.56 - 0.06 * k,
            y + 0.03 * k,
            m + 0.56 + 0.06 * k,
            y + 0.03 * (k + 1),
            mix(stone, (176, 160, 130), 0.1 + 0.12 * (k % 2)),
        )


def gate(s: Stage) -> None:
    """The gate of a walled town between two towers."""
    s.ground((176, 166, 120))
    p, m, y = s.pen, s.wide / 2, s.h + 0.06
    p.rect(-1, y - 0.32, s.wide + 1, y, _STONE)
    for k in range(22):
        p.rect(k * 0.1 - 0.1, y - 0.37, k * 0.1 - 0.04, y - 0.31, snowy(s, _STONE))
    for row in range(3):
        for k in range(11):
            p.rect(
                k * 0.19 - 0.1 * (row % 2),
                y - 0.27 + row * 0.09,
                k * 0.19 + 0.08 - 0.1 * (row % 2),
                y - 0.22 + row * 0.09,
                darker(_STONE, 0.08),
            )
    for side in (-1, 1):
        x = m + side * 0.34
        p.rect(x - 0.12, y - 0.48, x + 0.12, y + 0.02, lighter(_STONE, 0.1))
        p.rect(x + 0.04, y - 0.48, x + 0.12, y + 0.02, darker(_STONE, 0.08))
        for k in range(3):
            p.rect(x - 0.12 + k * 0.09, y - 0.53, x - 0.06 + k * 0.09, y - 0.47, snowy(s, lighter(_STONE, 0.1)))
        s.window(x - 0.018, y - 0.36, 0.036, 0.09)
    p.rect(m - 0.16, y - 0.24, m + 0.16, y, (60, 48, 48))
    p.slice(m, y - 0.24, 0.16, 0.12, 180, 360, (60, 48, 48))
    for k in range(5):
        p.line([(m - 0.12 + k * 0.06, y - 0.33), (m - 0.12 + k * 0.06, y - 0.1)], 0.012, _STEEL)
    p.poly([(m - 0.16, y), (m + 0.16, y), (m + 0.6, 1.6), (m - 0.6, 1.6)], snowy(s, (206, 186, 146)))


def construction_site(s: Stage) -> None:
    """A frame of girders, a crane, heaps of sand."""
    _skyline(s, s.h + 0.02, 0.06, 0.2, (130, 136, 156))
    s.ground((190, 160, 116))
    p, y = s.pen, s.h + 0.06
    for k in range(4):
        x = 0.16 + k * 0.2
        p.line([(x, y), (x, y - 0.42)], 0.022, (206, 96, 52))
        if k < 3:
            for low in (0.0, 0.14, 0.28, 0.42):
                p.line([(x, y - low), (x + 0.2, y - low)], 0.018, (206, 96, 52))
    p.line([(1.4, y), (1.4, 0.06)], 0.035, (246, 196, 60))
    p.line([(1.02, 0.1), (1.72, 0.1)], 0.026, (246, 196, 60))
    p.line([(1.1, 0.1), (1.1, 0.18)], 0.008, (60, 60, 66))
    p.rect(1.05, 0.18, 1.15, 0.24, (176, 92, 70))
    for x in (1.0, 1.62):
        p.poly([(x - 0.17, y + 0.12), (x, y - 0.02), (x + 0.17, y + 0.12)], (232, 200, 140))
    put(s, "wheelbarrow", 0.82, s.h + 0.22, 0.12)


def playground(s: Stage) -> None:
    """A swing, a slide, a sandpit behind a low fence."""
    for x in s.spots(5):
        tree_at(s, x, s.h + 0.02, 0.36, s.far(land.LEAVES[0], 0.25))
    s.ground((136, 190, 96))
    fence(s, s.h + 0.06, (250, 206, 90), 0.1)
    p, y = s.pen, s.h + 0.17
    put(s, "swing", 0.36, y, 0.4)
    p.line([(1.22, y), (1.22, y - 0.34), (1.34, y - 0.34), (1.34, y)], 0.02, (216, 70, 60))
    for k in range(4):
        p.line([(1.22, y - 0.07 - k * 0.08), (1.34, y - 0.07 - k * 0.08)], 0.014, (216, 70, 60))
    p.line([(1.34, y - 0.34), (1.5, y - 0.14), (1.66, y - 0.02)], 0.05, (70, 140, 220))
    p.ellipse(0.92, s.h + 0.2, 0.22, 0.045, (150, 106, 70))
    p.ellipse(0.92, s.h + 0.195, 0.2, 0.036, (240, 216, 150))


def tunnel(s: Stage) -> None:
    """Inside a tunnel: rings of stone towards the light at the end."""
    p, m = s.pen, s.wide / 2
    p.rect(-2, -2, s.wide + 2, 3, (54, 50, 58))
    for k in range(7):
        t = 1.5 / (k + 1)
        shade = mix((84, 78, 84), (150, 140, 130), k / 7)
        p.ellipse(m, s.h, 0.95 * t, 0.92 * t, shade)
        p.ellipse(m, s.h + 0.01, 0.9 * t, 0.86 * t, darker(shade, 0.25))
    glow = lit(s)
    glow.slice(m, s.h, 0.17, 0.2, 180, 360, s.light.sky_low)
    glow.ellipse(m, s.h - 0.06, 0.3, 0.28, (255, 250, 220), 40)
    p.poly([(m - 0.18, s.h), (m + 0.18, s.h), (m + 1.5, 1.6), (m - 1.5, 1.6)], (92, 86, 88))
    for side in (-1, 1):
        p.line([(m + side * 0.06, s.h), (m + side * 0.6, 1.6)], 0.02, (176, 178, 186))
