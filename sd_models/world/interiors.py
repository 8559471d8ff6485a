"""Further rooms of stories, which the storybook model has not met: a lift, a train, a cockpit, a stable."""

from __future__ import annotations

from sd_models.world.pen import Colour, darker, lighter, mix
from sd_models.world.stage import SNOW, WATER, Stage
from sd_models.world.walls import Room, lamp, lit, put, shelf, walls

_WOOD: Colour = (134, 86, 54)
_BRASS: Colour = (226, 184, 92)
_STEEL: Colour = (164, 172, 186)


def cellar(s: Stage) -> None:
    """A vault of stone with casks along the walls and a lone bulb."""
    walls(s, Room((122, 112, 108), (104, 92, 84), None, boards=False))
    p, m = s.pen, s.wide / 2
    for k in range(5):
        p.arc(m, s.h + 0.1, 0.62 + k * 0.16, 180, 360, 0.03, darker((122, 112, 108), 0.1 + 0.06 * (k % 2)), 0.9)
    for x in (0.18, 0.42, 1.36, 1.6):
        put(s, "barrel", x, s.h + 0.15, 0.3)
    put(s, "barrel", 0.3, s.h - 0.1, 0.26)
    put(s, "crate", 1.48, s.h - 0.12, 0.2)
    bulb = lit(s)
    p.line([(m, -0.5), (m, 0.04)], 0.008, (50, 46, 50))
    bulb.ellipse(m, 0.08, 0.22, 0.2, (255, 226, 150), 46)
    bulb.ellipse(m, 0.07, 0.03, 0.04, (255, 244, 196))


def lift(s: Stage) -> None:
    """Inside a lift: two sliding doors, a panel of buttons, a handrail."""
    walls(s, Room((176, 168, 158), (92, 76, 74), None, boards=False))
    p, m, y = s.pen, s.wide / 2, s.h + 0.06
    p.rect(m - 0.4, 0.12, m + 0.4, y, darker(_STEEL, 0.4))
    for side in (-1, 1):
        left, right = sorted((m + side * 0.008, m + side * 0.37))
        p.rect(left, 0.15, right, y, _STEEL)
        p.rect(left + 0.05, 0.18, left + 0.09, y - 0.03, lighter(_STEEL, 0.35))
    p.rect(m - 0.16, 0.03, m + 0.16, 0.1, (36, 34, 42))
    glow = lit(s)
    glow.poly([(m - 0.03, 0.085), (m + 0.03, 0.085), (m, 0.04)], (255, 130, 70))
    p.rect(m + 0.48, 0.14, m + 0.6, 0.46, (206, 206, 212))
    for k in range(5):
        for dx in (0.51, 0.57):
            glow.ellipse(m + dx, 0.18 + k * 0.06, 0.016, 0.016, (255, 220, 120) if k == 2 else (244, 244, 240))
    p.line([(-1, s.h - 0.12), (m - 0.44, s.h - 0.12)], 0.02, _BRASS)
    p.line([(m + 0.64, s.h - 0.12), (s.wide + 1, s.h - 0.12)], 0.02, _BRASS)


def stairwell(s: Stage) -> None:
    """A flight that rises from left to right, with a banister."""
    walls(s, Room((198, 190, 176), (146, 116, 92), (0.12, 0.08, 0.3, 0.3)))
    p, y = s.pen, s.h + 0.16
    steps = 9
    for k in range(steps):
        x = 0.52 + k * 0.14
        p.rect(x, y - (k + 1) * 0.075, s.wide + 1, y - k * 0.075, mix((176, 132, 92), (120, 84, 58), k / steps))
        p.rect(x, y - (k + 1) * 0.075, s.wide + 1, y - (k + 1) * 0.075 + 0.014, (214, 176, 130))
    for k in range(steps):
        x = 0.58 + k * 0.14
        p.line([(x, y - (k + 1) * 0.075), (x, y - (k + 1) * 0.075 - 0.2)], 0.014, (246, 240, 228))
    p.line([(0.5, y - 0.26), (0.58 + 8.4 * 0.14, y - 8.7 * 0.075 - 0.2)], 0.03, _WOOD)
    p.rect(0.48, y - 0.34, 0.54, y, _WOOD)
    p.ellipse(0.51, y - 0.36, 0.04, 0.04, _BRASS)


def corridor(s: Stage) -> None:
    """A passage in perspective with doors on both sides."""
    p, m, y = s.pen, s.wide / 2, s.h
    p.rect(-2, -2, s.wide + 2, 3, (206, 196, 180))
    p.poly([(m - 0.2, 0.12), (m + 0.2, 0.12), (m + 2, -0.9), (m - 2, -0.9)], (232, 226, 214))
    p.poly([(m - 0.2, y), (m + 0.2, y), (m + 1.7, 1.7), (m - 1.7, 1.7)], (150, 110, 84))
    p.poly([(m - 0.09, y), (m + 0.09, y), (m + 0.75, 1.7), (m - 0.75, 1.7)], (170, 52, 60))
    p.rect(m - 0.2, 0.12, m + 0.2, y, (186, 174, 156))
    p.rect(m - 0.07, 0.24, m + 0.07, y, _WOOD)
    for side in (-1, 1):
        for near in (0.32, 0.55, 0.9):
            x0, x1 = m + side * near, m + side * (near + 0.2 * near + 0.03)
            low0, low1 = y + (near - 0.2) * 0.8, y + (near * 1.2 - 0.17) * 0.8
            top0, top1 = 0.28 - (near - 0.2) * 0.3, 0.28 - (near * 1.2 - 0.17) * 0.3
            p.poly([(x0, low0), (x1, low1), (x1, top1), (x0, top0)], darker(_WOOD, 0.08))
            p.ellipse(x0 + side * 0.02, (low0 + top0) / 2 + 0.04, 0.012, 0.012, _BRASS)
    glow = lit(s)
    for t in (0.0, -0.22):
        glow.ellipse(m, 0.04 + t, 0.05 - t * 0.1, 0.018, (255, 240, 200))


def bathroom(s: Stage) -> None:
    """White tiles, a bathtub, a washbasin under a mirror."""
    walls(s, Room((206, 230, 234), (226, 232, 236), (1.34, 0.06, 0.28, 0.26), boards=False))
    p, y = s.pen, s.h + 0.13
    for k in range(1, 16):
        p.line([(k * 0.13 - 0.1, s.h - 0.16), (k * 0.13 - 0.1, s.h + 0.03)], 0.005, (170, 200, 208))
    p.rect(-1, s.h - 0.18, s.wide + 1, s.h - 0.16, (90, 150, 176))
    put(s, "bathtub", 0.46, y + 0.02, 0.32)
    put(s, "mirror", 1.08, s.h - 0.2, 0.26)
    p.rect(0.98, s.h - 0.13, 1.18, s.h - 0.09, (252, 252, 254))
    p.rect(1.05, s.h - 0.1, 1.11, y, (240, 242, 246))
    put(s, "toilet", 1.46, y + 0.02, 0.26)


def train_carriage(s: Stage) -> None:
    """A compartment: windows in a row with the land behind, upholstered seats facing each other."""
    walls(s, Room((150, 96, 66), (110, 74, 64), (0.52, 0.04, 0.74, 0.36)))
    p, y = s.pen, s.h + 0.16
    p.rect(0.5, 0.02, 1.28, 0.045, _BRASS)
    p.rect(-1, -0.06, s.wide + 1, -0.03, _BRASS)
    put(s, "suitcase", 0.26, -0.06, 0.15)
    put(s, "suitcase", 1.52, -0.06, 0.13, (120, 84, 60))
    for x, side in ((0.24, 1), (s.wide - 0.24, -1)):
        p.rect(x - 0.2, y - 0.46, x + 0.2, y - 0.12, (44, 96, 92))
        for k in range(3):
            p.ellipse(x - 0.12 + k * 0.12, y - 0.32, 0.012, 0.012, (24, 60, 60))
        left, right = sorted((x - side * 0.2, x + side * 0.36))
        p.rect(left, y - 0.17, right, y - 0.06, (58, 122, 114))
        p.rect(left, y - 0.06, right, y, darker(_WOOD, 0.3))
    lamp(s, s.wide / 2)


def car_inside(s: Stage) -> None:
    """Through the windscreen from the back seat: the road, dashboard, wheel and mirror."""
    s.ground((134, 166, 96), s.h - 0.12)
    p, m = s.pen, s.wide / 2
    road = mix((96, 96, 104), SNOW, 0.6 if s.snow else 0)
    p.poly([(m - 0.05, s.h - 0.12), (m + 0.05, s.h - 0.12), (m + 0.7, 0.9), (m - 0.7, 0.9)], road)
    for k in range(3):
        p.rect(
            m - 0.008 - k * 0.008, s.h - 0.09 + k * 0.07, m + 0.008 + k * 0.008, s.h - 0.06 + k * 0.08, (246, 240, 210)
        )
    dark = (52, 50, 60)
    p.poly([(-2, -2), (s.wide + 2, -2), (s.wide + 2, -0.02), (m + 0.7, -0.02), (m - 0.7, -0.02), (-2, -0.02)], dark)
    for side in (-1, 1):
        p.poly(
            [(m + side * 0.7, -0.05), (m + side * 0.78, -0.05), (m + side * 1.0, 0.62), (m + side * 0.9, 0.62)], dark
        )
        p.rect(m + side * 0.93, 0.5, m + side * 3, 3, darker(dark, 0.2))
    p.poly(
        [(m - 0.95, 0.66), (m - 0.8, 0.56), (m + 0.8, 0.56), (m + 0.95, 0.66), (m + 1.1, 2), (m - 1.1, 2)], (74, 70, 80)
    )
    p.rect(m - 0.14, 0.01, m + 0.14, 0.08, (110, 124, 140))
    p.arc(m - 0.42, 0.7, 0.17, 0, 360, 0.03, (30, 28, 34))
    p.line([(m - 0.58, 0.7), (m - 0.26, 0.7)], 0.024, (30, 28, 34))
    glow = lit(s)
    for k in range(3):
        glow.ellipse(m + 0.1 + k * 0.1, 0.64, 0.022, 0.022, ((120, 230, 150), (255, 206, 90), (250, 110, 90))[k])


def cockpit(s: Stage) -> None:
    """The cockpit of an aircraft: two panes of sky, dials, two yokes."""
    p, m = s.pen, s.wide / 2
    hull = (96, 104, 116)
    s.pen.ellipse(0.4, 0.5, 0.4, 0.06, (250, 252, 255), 190)
    s.pen.ellipse(1.3, 0.42, 0.46, 0.06, (250, 252, 255), 190)
    p.poly([(-2, -2), (s.wide + 2, -2), (s.wide + 2, 0.02), (m + 0.62, 0.02), (m - 0.62, 0.02), (-2, 0.02)], hull)
    for side in (-1, 1):
        p.poly([(m + side * 0.62, -0.02), (m + side * 3, -0.02), (m + side * 3, 0.6), (m + side * 0.86, 0.5)], hull)
    p.poly([(m - 0.025, 0.0), (m + 0.025, 0.0), (m + 0.035, 0.55), (m - 0.035, 0.55)], hull)
    p.poly([(m - 0.9, 0.5), (m + 0.9, 0.5), (m + 1.2, 2), (m - 1.2, 2)], (58, 62, 74))
    glow = lit(s)
    for row in range(2):
        for k in range(9):
            x, y = m - 0.6 + k * 0.15, 0.57 + row * 0.11
            p.ellipse(x, y, 0.045, 0.045, (24, 26, 34))
            p.arc(x, y, 0.04, 0, 360, 0.008, (200, 206, 214))
            glow.line(
                [(x, y), (x + 0.02 * (1 - k % 3), y - 0.028)], 0.008, (255, 206, 90) if k % 2 else (130, 240, 170)
            )
    for side in (-1, 1):
        x = m + side * 0.4
        p.line([(x, 1.0), (x, 0.8)], 0.03, (30, 32, 40))
        p.line([(x - 0.1, 0.74), (x - 0.08, 0.82), (x + 0.08, 0.82), (x + 0.1, 0.74)], 0.03, (30, 32, 40))


def cell(s: Stage) -> None:
    """A prison cell: a plank bed, a barred window, bars before all of it."""
    walls(s, Room((136, 138, 146), (112, 112, 120), (0.74, 0.02, 0.3, 0.2), boards=False))
    p, y = s.pen, s.h + 0.1
    for k in range(4):
        p.line([(0.79 + k * 0.065, 0.02), (0.79 + k * 0.065, 0.22)], 0.018, (60, 62, 70))
    p.rect(1.0, y - 0.13, 1.66, y - 0.09, (110, 84, 62))
    p.rect(1.02, y - 0.17, 1.64, y - 0.13, (196, 190, 176))
    for x in (1.06, 1.6):
        p.rect(x - 0.015, y - 0.1, x + 0.015, y + 0.02, (80, 66, 56))
    put(s, "bucket", 0.66, y + 0.03, 0.13)
    for k in range(5):
        x = 0.06 + k * 0.13
        p.rect(x - 0.012, -1, x + 0.012, y + 0.04, (70, 72, 82))
    p.rect(-1, s.h - 0.18, 0.6, s.h - 0.14, (70, 72, 82))


def lantern_room(s: Stage) -> None:
    """The top of a lighthouse: panes all around with the sea behind, the great lamp in the middle."""
    p, m, y = s.pen, s.wide / 2, s.h + 0.12
    p.rect(-1, s.h - 0.04, s.wide + 1, y, WATER)
    for k in range(8):
        x = k * 0.26 - 0.04
        p.line([(x, -1), (x, y)], 0.022, (60, 66, 78))
    p.rect(-1, 0.1, s.wide + 1, 0.12, (60, 66, 78))
    p.rect(-1, -2, s.wide + 1, -0.08, (176, 52, 48))
    p.rect(-1, y - 0.1, s.wide + 1, 3, (196, 190, 180))
    p.rect(-1, y - 0.12, s.wide + 1, y - 0.09, (90, 94, 104))
    glow = lit(s)
    p.rect(m - 0.13, y - 0.16, m + 0.13, y + 0.06, (90, 94, 104))
    glow.ellipse(m, y - 0.32, 0.4, 0.34, (255, 236, 160), 60)
    p.ellipse(m, y - 0.32, 0.16, 0.19, (214, 232, 240))
    for k in range(5):
        p.arc(m, y - 0.32, 0.15, 180, 360, 0.008, (150, 180, 196), 0.2 + 0.2 * k)
    glow.ellipse(m, y - 0.31, 0.07, 0.1, (255, 240, 170))


def tent_inside(s: Stage) -> None:
    """Canvas that falls to both sides, a pole, a rug, a lantern."""
    p, m = s.pen, s.wide / 2
    cloth = (214, 176, 118)
    p.rect(-2, -2, s.wide + 2, 3, cloth)
    for k in range(9):
        t = (k - 4) / 4
        p.poly(
            [(m, -0.3), (m + t * 1.5, s.h + 0.1), (m + (t + 0.12) * 1.5, s.h + 0.1)],
            darker(cloth, 0.1 + 0.05 * (k % 2)),
        )
    p.rect(-2, s.h + 0.06, s.wide + 2, 3, (150, 116, 84))
    p.poly([(m, 0.02), (m + 0.22, s.h + 0.06), (m - 0.22, s.h + 0.06)], mix(s.light.sky_low, s.light.sky_top, 0.3))
    p.line([(m - 0.4, -1), (m - 0.4, s.h + 0.14)], 0.03, (110, 78, 52))
    p.ellipse(m, s.h + 0.32, 0.6, 0.1, (176, 60, 66))
    p.ellipse(m, s.h + 0.32, 0.5, 0.075, (226, 176, 96))
    put(s, "lantern", m - 0.4, 0.3, 0.18)
    put(s, "chest", 0.24, s.h + 0.16, 0.2)
    p.ellipse(1.5, s.h + 0.12, 0.26, 0.06, (120, 140, 100))
    p.ellipse(1.34, s.h + 0.09, 0.09, 0.04, (246, 240, 226))


def stable(s: Stage) -> None:
    """Stalls of planks, straw on the floor, a beam with harness."""
    walls(s, Room((160, 112, 72), (206, 174, 104), (0.74, 0.02, 0.3, 0.22), boards=False))
    p, y = s.pen, s.h + 0.1
    for x in (0.0, 0.6, 1.18, 1.78):
        p.rect(x - 0.035, -0.5, x + 0.035, y + 0.03, (104, 68, 44))
    for left, right in ((0.04, 0.56), (1.22, 1.74)):
        for k in range(3):
            p.rect(left, y - 0.26 + k * 0.09, right, y - 0.2 + k * 0.09, (134, 90, 56))
    p.rect(-1, -0.04, s.wide + 1, 0.02, (104, 68, 44))
    for _ in range(60):
        x, low = s.rng.uniform(-0.1, s.wide + 0.1), s.h + s.rng.uniform(0.1, 0.42)
        p.line([(x, low), (x + s.rng.uniform(-0.06, 0.06), low - 0.02)], 0.008, (240, 214, 130))
    put(s, "haystack", 1.48, y + 0.04, 0.28)
    put(s, "bucket", 0.32, y + 0.05, 0.14)
    p.arc(0.3, 0.1, 0.07, 0, 360, 0.016, (60, 44, 36))


def workshop(s: Stage) -> None:
    """A bench under a board of tools."""
    walls(s, Room((186, 172, 150), (150, 122, 92), (1.3, 0.08, 0.34, 0.28)))
    p, y = s.pen, s.h + 0.14
    p.rect(0.16, 0.06, 1.16, 0.34, (150, 112, 74))
    for k, name in enumerate(("saw", "hammer", "spanner", "axe", "scissors", "spade")):
        put(s, name, 0.26 + k * 0.16, 0.3, 0.19)
    p.rect(0.08, y - 0.23, 1.26, y - 0.17, (176, 128, 80))
    for x in (0.14, 1.16):
        p.rect(x, y - 0.17, x + 0.07, y + 0.02, (130, 90, 56))
    put(s, "anvil", 1.5, y + 0.03, 0.17)
    put(s, "crate", 0.62, y + 0.02, 0.15)
    lamp(s, 0.62)


def nursery(s: Stage) -> None:
    """A child's room: a cradle, blocks, a mobile of stars."""
    walls(s, Room((250, 220, 206), (226, 190, 150), (0.72, 0.06, 0.34, 0.3)))
    p, y = s.pen, s.h + 0.16
    put(s, "cradle", 0.36, y, 0.32)
    p.line([(0.36, -0.5), (0.36, 0.04)], 0.006, (120, 110, 110))
    p.line([(0.22, 0.04), (0.5, 0.04)], 0.012, (150, 110, 76))
    for x in (0.23, 0.36, 0.49):
        put(s, "star", x, 0.18, 0.08)
    shelf(p, 1.5, y - 0.02, 0.17, 0.44, s)
    put(s, "teddy bear", 1.2, y + 0.02, 0.2)
    for k, colour in enumerate(((226, 80, 80), (80, 140, 220), (250, 200, 80))):
        p.rect(0.84 + k * 0.08, y - 0.04, 0.91 + k * 0.08, y + 0.03, colour)


def log_cabin(s: Stage) -> None:
    """Walls of logs, a hearth, a bearskin of a rug."""
    walls(s, Room((150, 100, 62), (126, 84, 54), (0.72, 0.08, 0.32, 0.26)))
    p, y = s.pen, s.h + 0.12
    for k in range(8):
        low = -0.12 + k * 0.088
        for left, right in ((-1.0, 0.69), (1.07, s.wide + 1)):
            p.rect(left, low, right, low + 0.012, (104, 66, 40))
    put(s, "fireplace", 1.44, y + 0.02, 0.42)
    put(s, "armchair", 0.36, y + 0.04, 0.34)
    p.ellipse(0.96, s.h + 0.32, 0.46, 0.08, (196, 160, 120))
    put(s, "log", 1.1, y + 0.06, 0.1)
