"""Draw food, toys, music and flowers."""

from __future__ import annotations

import math

from sd_models.world.pen import Colour, Pen, darker, lighter
from sd_models.world.things.home import GOLD, IRON

_LEAF: Colour = (86, 156, 66)


def apple(pen: Pen, colour: Colour) -> None:
    for s in (-1, 1):
        pen.ellipse(s * 0.19, -0.42, 0.3, 0.41, colour)
    pen.ellipse(0.22, -0.38, 0.22, 0.34, darker(colour, 0.12))
    pen.ellipse(0.1, -0.42, 0.26, 0.36, colour)
    pen.line([(0, -0.74), (0.05, -0.97)], 0.06, (110, 72, 46))
    pen.oval(0.22, -0.9, 0.17, 0.075, -22, _LEAF)
    pen.oval(-0.24, -0.58, 0.07, 0.12, 20, lighter(colour, 0.6))


def bread(pen: Pen, colour: Colour) -> None:
    pen.ellipse(0, -0.46, 0.8, 0.45, darker(colour, 0.25))
    pen.ellipse(0, -0.54, 0.78, 0.44, colour)
    pen.rect(-0.7, -0.16, 0.7, 0.0, darker(colour, 0.25))
    for x in (-0.4, 0.0, 0.4):
        pen.line([(x - 0.12, -0.5), (x + 0.1, -0.8)], 0.11, lighter(colour, 0.6))


def cake(pen: Pen, colour: Colour) -> None:
    pen.ellipse(0, -0.06, 0.66, 0.07, (226, 230, 240))
    pen.rect(-0.52, -0.52, 0.52, -0.06, (236, 190, 130))
    pen.rect(-0.52, -0.3, 0.52, -0.22, (200, 70, 80))
    pen.rect(-0.52, -0.62, 0.52, -0.46, colour)
    for k in range(5):
        pen.ellipse(-0.42 + 0.21 * k, -0.46, 0.11, 0.09 if k % 2 else 0.14, colour)
    pen.ellipse(0, -0.62, 0.52, 0.06, lighter(colour, 0.4))
    for x, c in ((-0.28, (90, 170, 240)), (0.0, (250, 210, 80)), (0.28, (120, 200, 110))):
        pen.rect(x - 0.035, -0.84, x + 0.035, -0.62, c)
        pen.ellipse(x, -0.91, 0.045, 0.08, (255, 160, 50))


def egg(pen: Pen, colour: Colour) -> None:
    pen.ellipse(0, -0.39, 0.37, 0.39, colour)
    pen.ellipse(0, -0.53, 0.31, 0.47, colour)
    pen.oval(-0.13, -0.7, 0.07, 0.13, 20, lighter(colour, 0.8))
    for x, y in ((0.1, -0.4), (-0.14, -0.26), (0.18, -0.64), (0.0, -0.14)):
        pen.ellipse(x, y, 0.035, 0.03, darker(colour, 0.25))


def mushroom(pen: Pen, colour: Colour) -> None:
    pen.poly([(-0.14, -0.5), (0.14, -0.5), (0.2, -0.06), (0, 0), (-0.2, -0.06)], (250, 240, 220))
    pen.ellipse(0, -0.46, 0.46, 0.1, (226, 206, 184))
    pen.slice(0, -0.46, 0.52, 0.52, 180, 360, colour)
    for x, y, r in ((-0.26, -0.62, 0.09), (0.05, -0.78, 0.1), (0.28, -0.58, 0.08), (0.0, -0.54, 0.06)):
        pen.ellipse(x, y, r, r * 0.85, (255, 250, 244))


def pumpkin(pen: Pen, colour: Colour) -> None:
    pen.poly([(-0.05, -0.8), (0.07, -0.8), (0.13, -1.0), (0.01, -0.98)], (96, 130, 60))
    for x, rx, shade in (
        (-0.36, 0.24, 0.2),
        (0.36, 0.24, 0.2),
        (-0.18, 0.26, 0.08),
        (0.18, 0.26, 0.08),
        (0, 0.22, 0.0),
    ):
        pen.ellipse(x, -0.42, rx, 0.42, darker(colour, shade))
    for s in (-1, 1):
        pen.poly([(s * 0.12, -0.46), (s * 0.34, -0.46), (s * 0.22, -0.66)], (255, 226, 100))
    pen.poly([(-0.36, -0.34), (-0.18, -0.27), (0, -0.34), (0.18, -0.27), (0.36, -0.34), (0.2, -0.12), (-0.2, -0.12)],
        (255, 226, 100))  # fmt: skip


def balloon(pen: Pen, colour: Colour) -> None:
    pen.line([(0, -0.4), (0.05, -0.28), (-0.04, -0.14), (0.0, 0.0)], 0.018, (90, 86, 100))
    pen.ellipse(0, -0.71, 0.25, 0.29, colour)
    pen.poly([(-0.06, -0.37), (0.06, -0.37), (0, -0.46)], darker(colour, 0.2))
    pen.oval(-0.1, -0.84, 0.045, 0.09, 25, lighter(colour, 0.7))


def ball(pen: Pen, colour: Colour) -> None:
    pen.ellipse(0, -0.5, 0.5, 0.5, (56, 54, 66))
    pen.ellipse(0, -0.5, 0.46, 0.46, colour)
    pentagon = [(0.19 * math.sin(2 * math.pi * k / 5), -0.5 - 0.19 * math.cos(2 * math.pi * k / 5)) for k in range(5)]
    for x, y in pentagon:
        dx, dy = x, y + 0.5
        pen.line([(x, y), (dx * 1.75, -0.5 + dy * 1.75)], 0.035, (56, 54, 66))
        pen.poly([(dx * 1.75 - dy * 0.35, -0.5 + dy * 1.75 + dx * 0.35), (dx * 1.75 + dy * 0.35,
            -0.5 + dy * 1.75 - dx * 0.35), (dx * 2.4 + dy * 0.6, -0.5 + dy * 2.4 - dx * 0.6), (dx * 2.4 - dy * 0.6,
            -0.5 + dy * 2.4 + dx * 0.6)], (56, 54, 66))  # fmt: skip
    pen.poly(pentagon, (56, 54, 66))


def kite(pen: Pen, colour: Colour) -> None:
    pen.line([(0.0, -0.34), (0.12, -0.24), (0.0, -0.14), (0.1, 0.0)], 0.02, (90, 80, 90))
    for x, y in ((0.1, -0.24), (0.02, -0.12)):
        pen.poly([(x - 0.1, y - 0.05), (x + 0.1, y + 0.05), (x + 0.1, y - 0.05), (x - 0.1, y + 0.05)], (250, 210, 80))
    pen.poly([(0, -1.0), (0.32, -0.7), (0, -0.32), (-0.32, -0.7)], colour)
    pen.poly([(0, -1.0), (0.32, -0.7), (0, -0.7)], (250, 210, 80))
    pen.poly([(0, -0.7), (-0.32, -0.7), (0, -0.32)], (80, 150, 220))


def teddy_bear(pen: Pen, colour: Colour) -> None:
    pale = lighter(colour, 0.5)
    for s in (-1, 1):
        pen.ellipse(s * 0.25, -0.92, 0.11, 0.1, colour)
        pen.ellipse(s * 0.25, -0.91, 0.06, 0.055, pale)
        pen.oval(s * 0.34, -0.4, 0.11, 0.19, s * -35, darker(colour, 0.1))
        pen.oval(s * 0.24, -0.12, 0.16, 0.14, 0, darker(colour, 0.1))
        pen.ellipse(s * 0.27, -0.11, 0.09, 0.08, pale)
    pen.ellipse(0, -0.3, 0.27, 0.27, colour)
    pen.ellipse(0, -0.3, 0.16, 0.17, pale)
    pen.ellipse(0, -0.73, 0.31, 0.26, colour)
    pen.ellipse(0, -0.65, 0.15, 0.12, pale)
    pen.ellipse(0, -0.7, 0.055, 0.04, (50, 36, 36))
    for s in (-1, 1):
        pen.ellipse(s * 0.14, -0.79, 0.038, 0.042, (40, 30, 34))
    pen.poly([(0, -0.47), (-0.16, -0.54), (-0.16, -0.4)], (214, 52, 56))
    pen.poly([(0, -0.47), (0.16, -0.54), (0.16, -0.4)], (214, 52, 56))


def drum(pen: Pen, colour: Colour) -> None:
    for s in (-1, 1):
        pen.line([(s * 0.1, -0.74), (s * 0.46, -0.95)], 0.055, (176, 120, 70))
        pen.ellipse(s * 0.1, -0.75, 0.06, 0.05, (176, 120, 70))
    pen.rect(-0.5, -0.6, 0.5, -0.12, colour)
    pen.ellipse(0, -0.12, 0.5, 0.12, colour)
    for k in range(5):
        x = -0.48 + 0.24 * k
        pen.line([(x - 0.1 * (k > 0), -0.08), (x, -0.58), (x + 0.12 * (k < 4), -0.08)], 0.03, GOLD)
    pen.rect(-0.52, -0.16, 0.52, -0.09, GOLD)
    pen.ellipse(0, -0.6, 0.52, 0.14, GOLD)
    pen.ellipse(0, -0.62, 0.48, 0.11, (255, 250, 238))


def guitar(pen: Pen, colour: Colour) -> None:
    pen.rect(-0.045, -0.9, 0.045, -0.4, (96, 60, 40))
    pen.rect(-0.08, -1.0, 0.08, -0.87, darker((96, 60, 40), 0.3))
    pen.ellipse(0, -0.42, 0.2, 0.17, colour)
    pen.ellipse(0, -0.2, 0.27, 0.2, colour)
    pen.ellipse(0, -0.34, 0.08, 0.08, (66, 40, 34))
    pen.rect(-0.1, -0.15, 0.1, -0.11, (80, 50, 36))
    for x in (-0.02, 0.02):
        pen.line([(x, -0.9), (x, -0.13)], 0.01, (250, 244, 226))


def trumpet(pen: Pen, colour: Colour) -> None:
    pen.line([(-0.86, -0.66), (0.4, -0.66)], 0.13, colour)
    pen.rect(-0.96, -0.76, -0.84, -0.56, darker(colour, 0.3))
    pen.poly([(0.3, -0.72), (0.62, -0.78), (0.84, -1.0), (0.84, -0.32), (0.62, -0.54), (0.3, -0.6)], colour)
    pen.ellipse(0.84, -0.66, 0.09, 0.34, darker(colour, 0.3))
    pen.line([(-0.5, -0.66), (-0.56, -0.2), (0.2, -0.2), (0.26, -0.66)], 0.11, darker(colour, 0.15))
    for x in (-0.34, -0.16, 0.02):
        pen.rect(x - 0.06, -0.78, x + 0.06, -0.06, lighter(colour, 0.35))
        pen.ellipse(x, -0.84, 0.08, 0.06, darker(colour, 0.3))


def flower(pen: Pen, colour: Colour) -> None:
    pen.line([(0, 0), (0, -0.6)], 0.055, _LEAF)
    pen.oval(-0.17, -0.26, 0.2, 0.07, 38, _LEAF)
    pen.oval(0.17, -0.36, 0.2, 0.07, -38, darker(_LEAF, 0.15))
    pen.poly([(-0.26, -0.98), (-0.09, -0.82), (0, -1.0), (0.09, -0.82), (0.26, -0.98), (0.26, -0.68), (-0.26,
        -0.68)], colour)  # fmt: skip
    pen.slice(0, -0.69, 0.26, 0.17, 0, 180, colour)
    pen.oval(0, -0.74, 0.1, 0.2, 0, lighter(colour, 0.3))


def daisy(pen: Pen, x: float, y: float, r: float, colour: Colour) -> None:
    """Draw a blossom of six petals, `r` from its middle to the tips."""
    for k in range(6):
        a = math.pi * k / 3 + 0.3
        pen.ellipse(x + 0.6 * r * math.cos(a), y + 0.6 * r * math.sin(a), 0.42 * r, 0.42 * r, colour)
    pen.ellipse(x, y, 0.36 * r, 0.36 * r, (255, 214, 80))


def bouquet(pen: Pen, colour: Colour) -> None:
    for x in (-0.3, -0.1, 0.1, 0.3):
        pen.line([(x, -0.6), (x * 0.2, -0.04)], 0.04, _LEAF)
    for x, y in ((-0.4, -0.56), (0.4, -0.56), (0, -0.5)):
        pen.oval(x, y, 0.2, 0.12, 20, darker(_LEAF, 0.15))
    pen.poly([(-0.4, -0.5), (0.4, -0.5), (0.14, -0.14), (0.24, 0), (-0.24, 0), (-0.14, -0.14)], (244, 226, 240))
    pen.poly([(0, -0.4), (0.4, -0.5), (0.14, -0.14)], (226, 200, 224))
    for x, y, c in ((-0.34, -0.7, colour), (0.34, -0.7, (250, 206, 80)), (0.0, -0.84, (250, 250, 250)),
                    (-0.12, -0.58, (150, 110, 220)), (0.16, -0.56, colour)):  # fmt: skip
        daisy(pen, x, y, 0.18, c)
    pen.rect(-0.16, -0.2, 0.16, -0.12, (214, 52, 80))


def radio(pen: Pen, colour: Colour) -> None:
    pen.line([(0.4, -0.7), (0.66, -0.99)], 0.03, IRON)
    pen.rect(-0.66, -0.74, 0.66, -0.02, colour)
    pen.rect(-0.58, -0.66, 0.06, -0.1, darker(colour, 0.35))
    for y in (-0.58, -0.46, -0.34, -0.22):
        pen.line([(-0.5, y), (-0.02, y)], 0.04, lighter(colour, 0.4))
    pen.rect(0.14, -0.66, 0.58, -0.44, (255, 236, 180))
    for x in (0.24, 0.48):
        pen.ellipse(x, -0.24, 0.1, 0.1, GOLD)
