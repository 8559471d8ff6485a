"""Further rooms that many people use, which the storybook model has not met: a lobby, a court, a church."""

from __future__ import annotations

from sd_models.world.pen import Colour, darker, lighter
from sd_models.world.stage import Stage
from sd_models.world.walls import Room, lit, put, walls

_WOOD: Colour = (134, 86, 54)
_BRASS: Colour = (226, 184, 92)
_STEEL: Colour = (164, 172, 186)


def lobby(s: Stage) -> None:
    """A counter with pigeonholes for keys behind it, pillars, a chandelier."""
    walls(s, Room((206, 178, 140), (150, 62, 66), (1.3, 0.12, 0.3, 0.34), boards=False))
    p, y = s.pen, s.h + 0.13
    p.rect(0.34, 0.08, 1.02, 0.36, _WOOD)
    for row in range(3):
        for k in range(7):
            x = 0.36 + k * 0.094
            p.rect(x, 0.1 + row * 0.087, x + 0.08, 0.17 + row * 0.087, darker(_WOOD, 0.4))
            p.ellipse(x + 0.04, 0.13 + row * 0.087, 0.01, 0.014, _BRASS)
    p.rect(0.2, y - 0.24, 1.16, y, darker(_WOOD, 0.1))
    p.rect(0.16, y - 0.28, 1.2, y - 0.23, lighter(_WOOD, 0.25))
    for k in range(5):
        p.rect(0.24 + k * 0.19, y - 0.2, 0.38 + k * 0.19, y - 0.03, lighter(_WOOD, 0.08))
    put(s, "bell", 1.04, y - 0.27, 0.07)
    for x in (0.06, 1.24, 1.72):
        p.rect(x - 0.05, -0.5, x + 0.05, y - 0.04, (236, 226, 206))
        p.rect(x + 0.015, -0.5, x + 0.05, y - 0.04, (210, 198, 176))
        p.rect(x - 0.07, y - 0.08, x + 0.07, y - 0.03, (226, 214, 190))
    put(s, "chandelier", 0.68, 0.24, 0.2)
    put(s, "pot plant", 1.5, y + 0.02, 0.26)


def courtroom(s: Stage) -> None:
    """The judge's high bench between two flags, the witness's stand beside it."""
    walls(s, Room((170, 122, 84), (196, 164, 120), None))
    p, m, y = s.pen, s.wide / 2, s.h + 0.13
    for k in range(9):
        p.rect(k * 0.22 - 0.04, -0.3, k * 0.22 - 0.02, s.h, darker((170, 122, 84), 0.16))
    p.rect(m - 0.42, y - 0.42, m + 0.42, y, _WOOD)
    p.rect(m - 0.46, y - 0.46, m + 0.46, y - 0.41, lighter(_WOOD, 0.2))
    for dx in (-0.3, 0.0, 0.3):
        p.rect(m + dx - 0.11, y - 0.36, m + dx + 0.11, y - 0.06, lighter(_WOOD, 0.1))
    p.rect(m - 0.1, y - 0.66, m + 0.1, y - 0.45, (96, 40, 44))
    p.ellipse(m, 0.13, 0.08, 0.08, _BRASS)
    p.line([(m - 0.04, 0.11), (m + 0.04, 0.11)], 0.012, darker(_BRASS, 0.4))
    p.line([(m, 0.08), (m, 0.18)], 0.012, darker(_BRASS, 0.4))
    for x, colour in ((m - 0.62, (176, 40, 52)), (m + 0.62, (50, 84, 160))):
        p.line([(x, y), (x, -0.04)], 0.014, _BRASS)
        p.poly([(x, -0.02), (x + 0.12, 0.04), (x + 0.1, 0.3), (x, 0.24)], colour)
    p.rect(1.46, y - 0.2, 1.76, y + 0.03, darker(_WOOD, 0.12))
    p.rect(1.43, y - 0.23, 1.79, y - 0.19, lighter(_WOOD, 0.15))


def church(s: Stage) -> None:
    """Pointed windows of coloured glass, an altar, rows of pews on both sides of the aisle."""
    walls(s, Room((214, 206, 196), (176, 166, 160), None, boards=False))
    p, m, y = s.pen, s.wide / 2, s.h + 0.05
    glass = lit(s)
    colours: tuple[Colour, ...] = ((206, 70, 70), (70, 120, 206), (240, 190, 80), (90, 170, 110))
    for x in (0.24, 0.56, 1.22, 1.54):
        p.poly(
            [(x - 0.1, 0.4), (x - 0.1, 0.0), (x, -0.14), (x + 0.1, 0.0), (x + 0.1, 0.4)], darker((214, 206, 196), 0.3)
        )
        for k in range(4):
            glass.rect(x - 0.08, 0.01 + k * 0.095, x, 0.095 + k * 0.095, colours[k])
            glass.rect(x + 0.005, 0.01 + k * 0.095, x + 0.08, 0.095 + k * 0.095, colours[(k + 2) % 4])
    p.poly([(m - 0.16, y), (m - 0.16, 0.0), (m, -0.2), (m + 0.16, 0.0), (m + 0.16, y)], (190, 180, 172))
    p.rect(m - 0.02, 0.02, m + 0.02, 0.36, _BRASS)
    p.rect(m - 0.09, 0.1, m + 0.09, 0.14, _BRASS)
    p.rect(m - 0.2, y - 0.13, m + 0.2, y + 0.02, (250, 246, 238))
    p.rect(m - 0.22, y - 0.15, m + 0.22, y - 0.11, _BRASS)
    for row in range(3):
        foot, half = s.h + 0.14 + row * 0.14, 0.5 + row * 0.12
        for side in (-1, 1):
            inner = m + side * (0.2 + row * 0.07)
            left, right = sorted((inner, inner + side * half))
            p.rect(left, foot - 0.12 - row * 0.02, right, foot, _WOOD if row % 2 else darker(_WOOD, 0.08))
            p.rect(left, foot - 0.14 - row * 0.02, right, foot - 0.11 - row * 0.02, lighter(_WOOD, 0.2))


def bar(s: Stage) -> None:
    """Shelves of bottles before a mirror, a long counter with stools."""
    walls(s, Room((92, 60, 74), (78, 56, 52), None))
    p, y = s.pen, s.h + 0.13
    p.rect(0.3, 0.02, 1.48, 0.38, (56, 40, 50))
    p.rect(0.34, 0.04, 1.44, 0.36, (128, 144, 166))
    colours: tuple[Colour, ...] = ((110, 170, 90), (206, 120, 60), (230, 200, 120), (120, 150, 200), (190, 70, 80))
    for row, low in enumerate((0.2, 0.36)):
        p.rect(0.32, low, 1.46, low + 0.018, _WOOD)
        for k in range(12):
            x, tall = 0.39 + k * 0.09, 0.08 + 0.015 * ((k * 7 + row) % 4)
            p.rect(x - 0.02, low - tall * 0.7, x + 0.02, low, colours[(k + row * 2) % 5])
            p.rect(x - 0.008, low - tall, x + 0.008, low - tall * 0.7, colours[(k + row * 2) % 5])
    p.rect(-1, y - 0.26, s.wide + 1, y, (110, 64, 48))
    p.rect(-1, y - 0.3, s.wide + 1, y - 0.25, (176, 112, 66))
    for x in (0.22, 0.6, 1.2, 1.58):
        p.line([(x, y + 0.1), (x, y - 0.12)], 0.02, _STEEL)
        p.ellipse(x, y - 0.13, 0.08, 0.028, (176, 44, 54))
        p.ellipse(x, y + 0.1, 0.06, 0.018, _STEEL)
    for x in (0.42, 1.34):
        glow = lit(s)
        glow.poly([(x - 0.07, 0.0), (x + 0.07, 0.0), (x + 0.03, -0.07), (x - 0.03, -0.07)], (255, 190, 96))
        glow.ellipse(x, 0.01, 0.18, 0.12, (255, 200, 120), 50)


def cafe(s: Stage) -> None:
    """A big window on the street, round tables, a blackboard with the menu."""
    walls(s, Room((226, 206, 176), (170, 126, 92), (0.5, 0.12, 0.84, 0.3)))
    p, y = s.pen, s.h + 0.18
    for k in range(8):
        x = 0.44 + k * 0.12
        colour = (206, 70, 70) if k % 2 else (250, 244, 232)
        p.poly([(x, 0.06), (x + 0.12, 0.06), (x + 0.13, 0.16), (x - 0.01, 0.16)], colour)
    p.rect(0.12, 0.06, 0.38, 0.36, (60, 66, 62))
    for k in range(4):
        p.line([(0.16, 0.13 + k * 0.055), (0.3 - 0.02 * (k % 2), 0.13 + k * 0.055)], 0.01, (230, 234, 226))
    for x in (0.3, 1.48):
        p.line([(x, y + 0.04), (x, y - 0.15)], 0.022, (60, 56, 60))
        p.ellipse(x, y - 0.16, 0.18, 0.035, (246, 240, 230))
        put(s, "cup", x - 0.05, y - 0.16, 0.07)
        for side in (-1, 1):
            p.rect(x + side * 0.26 - 0.05, y - 0.1, x + side * 0.26 + 0.05, y - 0.08, _WOOD)
            p.line([(x + side * 0.3, y + 0.05), (x + side * 0.3, y - 0.24)], 0.016, _WOOD)


def museum(s: Stage) -> None:
    """Paintings in gilded frames, a statue, a case of glass."""
    walls(s, Room((232, 224, 210), (176, 140, 104), None))
    p, y = s.pen, s.h + 0.12
    scenes: tuple[tuple[Colour, Colour], ...] = (
        ((120, 170, 214), (96, 150, 90)), ((240, 180, 110), (150, 80, 70)), ((70, 60, 110), (210, 170, 90)),
    )  # fmt: skip
    for x, (above, below) in zip((0.24, 0.72, 1.2), scenes, strict=True):
        p.rect(x - 0.17, 0.06, x + 0.17, 0.34, _BRASS)
        p.rect(x - 0.145, 0.085, x + 0.145, 0.22, above)
        p.rect(x - 0.145, 0.22, x + 0.145, 0.315, below)
        p.ellipse(x + 0.06, 0.15, 0.03, 0.03, (255, 244, 206))
    put(s, "statue", 1.58, y, 0.5)
    p.rect(0.36, y - 0.1, 0.62, y + 0.02, (110, 96, 90))
    p.rect(0.37, y - 0.26, 0.61, y - 0.1, (206, 230, 240), 150)
    put(s, "vase", 0.49, y - 0.1, 0.13)
    for x in (0.9, 1.3):
        p.line([(x, y + 0.06), (x, y - 0.1)], 0.02, _BRASS)
    p.arc(1.1, y - 0.11, 0.2, 10, 170, 0.02, (176, 40, 60), 0.35)


def police_station(s: Stage) -> None:
    """A desk with a lamp, a board of notices, a clock, bars at the side."""
    walls(s, Room((176, 190, 198), (128, 130, 138), (1.16, 0.08, 0.26, 0.28), boards=False))
    p, y = s.pen, s.h + 0.14
    p.rect(0.16, 0.08, 0.66, 0.36, (176, 126, 80))
    for k in range(6):
        x, low = 0.22 + (k % 3) * 0.14, 0.12 + (k // 3) * 0.12
        p.rect(x, low, x + 0.09, low + 0.09, (250, 248, 240) if k % 2 else (250, 230, 150))
    p.line([(0.26, 0.16), (0.42, 0.28), (0.56, 0.16)], 0.006, (206, 50, 50))
    p.ellipse(0.9, 0.14, 0.08, 0.08, (250, 250, 250))
    p.line([(0.9, 0.14), (0.9, 0.09)], 0.012, (40, 40, 50))
    p.line([(0.9, 0.14), (0.94, 0.16)], 0.012, (40, 40, 50))
    p.rect(0.3, y - 0.2, 1.06, y + 0.02, (60, 84, 130))
    p.rect(0.26, y - 0.24, 1.1, y - 0.19, (214, 220, 230))
    p.ellipse(0.68, y - 0.09, 0.06, 0.06, _BRASS)
    for k in range(5):
        x = 1.5 + k * 0.09
        p.rect(x - 0.01, -0.5, x + 0.01, y, (70, 74, 84))


def factory(s: Stage) -> None:
    """A hall of wheels, pipes and a belt."""
    walls(s, Room((126, 134, 142), (104, 104, 108), (1.24, 0.0, 0.46, 0.2), boards=False))
    p, y = s.pen, s.h + 0.12
    for x, low, r in ((0.26, 0.24, 0.2), (0.58, 0.36, 0.14), (0.8, 0.18, 0.1)):
        for k in range(8):
            p.oval(x, low, r * 1.16, r * 0.14, k * 22.5, (150, 110, 70))
        p.ellipse(x, low, r, r, (176, 130, 82))
        p.ellipse(x, low, r * 0.35, r * 0.35, (90, 84, 84))
    for k in range(3):
        p.line(
            [(1.02 + k * 0.09, -0.5), (1.02 + k * 0.09, 0.3 + k * 0.06), (2.4, 0.3 + k * 0.06)], 0.035, (176, 92, 62)
        )
    p.rect(-1, y - 0.16, s.wide + 1, y - 0.11, (60, 62, 70))
    for k in range(9):
        p.ellipse(k * 0.23, y - 0.1, 0.035, 0.035, (150, 154, 162))
    for x in (0.3, 0.86, 1.42):
        put(s, "crate", x, y - 0.16, 0.15)


def warehouse(s: Stage) -> None:
    """Racks of crates to the ceiling, a hanging hook."""
    walls(s, Room((150, 146, 140), (128, 120, 112), None, boards=False))
    p, y = s.pen, s.h + 0.1
    for left, right in ((0.04, 0.6), (1.2, 1.76)):
        for k in range(3):
            p.rect(left, y - k * 0.24 - 0.02, right, y - k * 0.24 + 0.01, (206, 110, 60))
            for j in range(3):
                put(s, "crate", left + 0.1 + j * 0.18, y - k * 0.24 - 0.02, 0.15 + 0.03 * ((j + k) % 2))
        for x in (left, right):
            p.rect(x - 0.014, y - 0.74, x + 0.014, y + 0.02, (60, 90, 140))
    p.line([(0.9, -0.6), (0.9, 0.14)], 0.012, (60, 60, 66))
    p.arc(0.92, 0.18, 0.04, -60, 200, 0.018, (60, 60, 66))
    glow = lit(s)
    for x in (0.72, 1.08):
        glow.rect(x - 0.1, -0.04, x + 0.1, -0.015, (255, 250, 220))


def gym(s: Stage) -> None:
    """A sports hall: wall bars, a hoop, coloured lines on the floor."""
    walls(s, Room((226, 214, 190), (214, 160, 100), (1.2, -0.02, 0.5, 0.2)))
    p, y = s.pen, s.h + 0.06
    for k in range(7):
        p.rect(0.1, 0.06 + k * 0.075, 0.5, 0.075 + k * 0.075, _WOOD)
    for x in (0.1, 0.3, 0.49):
        p.rect(x - 0.015, 0.02, x + 0.015, y, darker(_WOOD, 0.2))
    p.rect(0.76, -0.02, 1.06, 0.18, (250, 250, 250))
    p.rect(0.85, 0.06, 0.97, 0.15, (226, 70, 50))
    p.arc(0.91, 0.19, 0.07, 0, 360, 0.02, (226, 70, 50), 0.4)
    p.arc(s.wide / 2, s.h + 0.28, 0.5, 0, 360, 0.02, (60, 110, 190), 0.25)
    p.line([(-1, s.h + 0.17), (s.wide + 1, s.h + 0.17)], 0.016, (206, 60, 60))
    put(s, "ball", 1.5, s.h + 0.16, 0.12)


def ballroom(s: Stage) -> None:
    """A polished floor, high windows with curtains, chandeliers."""
    walls(s, Room((236, 220, 190), (214, 170, 116), (0.72, -0.04, 0.34, 0.44), boards=False))
    p, y = s.pen, s.h + 0.06
    for x in (0.1, 0.52, 1.26, 1.68):
        p.rect(x - 0.04, -0.6, x + 0.04, y, (250, 244, 230))
        p.rect(x - 0.06, y - 0.04, x + 0.06, y, _BRASS)
    for side in (-1, 1):
        x = s.wide / 2 + side * 0.22
        p.poly([(x - 0.07, -0.2), (x + 0.07, -0.2), (x + side * 0.09, s.h), (x - 0.04, s.h)], (176, 44, 62))
    for x in (0.31, 1.47):
        put(s, "chandelier", x, 0.24, 0.22)
        put(s, "mirror", x, s.h - 0.02, 0.26)
    for k in range(7):
        t = (k - 3) * 0.3
        p.line([(s.wide / 2 + t, y), (s.wide / 2 + t * 2.2, 1.5)], 0.008, (236, 200, 150))
    p.ellipse(s.wide / 2, s.h + 0.3, 0.5, 0.05, (250, 226, 180), 90)


def dining_room(s: Stage) -> None:
    """A long laid table under a chandelier."""
    walls(s, Room((128, 52, 60), (122, 82, 56), (0.1, 0.04, 0.32, 0.36)))
    p, y = s.pen, s.h + 0.2
    p.rect(-1, s.h - 0.1, s.wide + 1, s.h - 0.08, darker((128, 52, 60), 0.35))
    put(s, "chandelier", 0.98, 0.29, 0.24)
    for x in (0.56, 0.86, 1.16, 1.46):
        p.rect(x - 0.07, y - 0.4, x + 0.07, y - 0.1, _WOOD)
        p.rect(x - 0.05, y - 0.37, x + 0.05, y - 0.22, (176, 60, 66))
    p.rect(0.38, y - 0.18, 1.64, y - 0.03, (250, 248, 244))
    p.rect(0.34, y - 0.2, 1.68, y - 0.16, (255, 255, 252))
    for x in (0.56, 0.86, 1.16, 1.46):
        p.ellipse(x, y - 0.185, 0.06, 0.014, (206, 220, 230))
    put(s, "candle", 1.01, y - 0.18, 0.13)
    put(s, "vase", 0.7, y - 0.18, 0.11)
