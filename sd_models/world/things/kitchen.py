"""Draw dishes, fruit, vegetables and meals."""

from __future__ import annotations

import math

from sd_models.world.pen import Colour, Pen, darker, lighter
from sd_models.world.things.home import GLASS

_LEAF: Colour = (86, 156, 66)
_STEEL: Colour = (196, 204, 216)


def plate(pen: Pen, colour: Colour) -> None:
    pen.ellipse(0, -0.5, 1.2, 0.5, darker(colour, 0.15))
    pen.ellipse(0, -0.54, 1.2, 0.46, colour)
    pen.ellipse(0, -0.52, 0.8, 0.3, darker(colour, 0.07))


def bowl(pen: Pen, colour: Colour) -> None:
    pen.slice(0, -0.7, 0.9, 0.68, 0, 180, colour)
    pen.rect(-0.36, -0.1, 0.36, 0, darker(colour, 0.25))
    pen.ellipse(0, -0.72, 0.9, 0.22, lighter(colour, 0.35))
    pen.ellipse(0, -0.7, 0.76, 0.16, (236, 150, 70))
    for x in (-0.3, 0.1, 0.4):
        pen.ellipse(x, -0.72, 0.1, 0.06, _LEAF)


def spoon(pen: Pen, colour: Colour) -> None:
    pen.line([(0, -0.03), (0, -0.6)], 0.06, colour)
    pen.ellipse(0, -0.8, 0.14, 0.2, colour)
    pen.ellipse(0, -0.8, 0.09, 0.14, darker(colour, 0.2))


def fork(pen: Pen, colour: Colour) -> None:
    pen.line([(0, -0.03), (0, -0.66)], 0.06, colour)
    pen.slice(0, -0.72, 0.15, 0.12, 0, 180, colour)
    for x in (-0.12, 0.0, 0.12):
        pen.line([(x, -0.7), (x, -0.97)], 0.05, colour)


def knife(pen: Pen, colour: Colour) -> None:
    pen.poly([(-0.08, -0.4), (0.08, -0.4), (0.08, -0.8), (-0.08, -1.0)], colour)
    pen.poly([(0.03, -0.4), (0.08, -0.4), (0.08, -0.8), (0.03, -0.86)], darker(colour, 0.25))
    pen.rect(-0.07, -0.4, 0.07, 0, (110, 70, 46))


def pan(pen: Pen, colour: Colour) -> None:
    pen.line([(0.7, -0.6), (1.5, -0.9)], 0.16, (120, 78, 48))
    pen.poly([(-0.9, -0.8), (0.9, -0.8), (0.74, -0.05), (0.6, 0), (-0.6, 0), (-0.74, -0.05)], colour)
    pen.ellipse(0, -0.8, 0.9, 0.2, lighter(colour, 0.2))
    pen.ellipse(0, -0.8, 0.5, 0.11, (255, 255, 250))
    pen.ellipse(0.05, -0.82, 0.2, 0.06, (252, 190, 50))


def teapot(pen: Pen, colour: Colour) -> None:
    pen.arc(-0.5, -0.42, 0.26, 90, 290, 0.1, colour)
    pen.poly([(0.4, -0.2), (0.78, -0.72), (0.9, -0.68), (0.6, -0.1)], darker(colour, 0.12))
    pen.ellipse(0, -0.4, 0.56, 0.4, colour)
    pen.slice(0, -0.7, 0.3, 0.14, 180, 360, darker(colour, 0.25))
    pen.ellipse(0, -0.9, 0.09, 0.09, darker(colour, 0.25))
    for x, y in ((-0.2, -0.42), (0.06, -0.3), (0.22, -0.5)):
        pen.ellipse(x, y, 0.09, 0.09, (255, 250, 240))


def kettle(pen: Pen, colour: Colour) -> None:
    pen.arc(0, -0.62, 0.32, 180, 360, 0.08, (60, 56, 66))
    pen.poly([(0.34, -0.34), (0.76, -0.62), (0.8, -0.5), (0.4, -0.14)], darker(colour, 0.2))
    pen.poly([(-0.3, -0.64), (0.3, -0.64), (0.52, 0), (-0.52, 0)], colour)
    pen.poly([(-0.2, -0.6), (-0.06, -0.6), (-0.2, -0.06), (-0.38, -0.06)], lighter(colour, 0.5))
    pen.ellipse(0, -0.66, 0.3, 0.06, darker(colour, 0.3))


def jug(pen: Pen, colour: Colour) -> None:
    pen.arc(0.3, -0.5, 0.24, -90, 90, 0.08, darker(colour, 0.15))
    pen.poly([(-0.42, -1.0), (0.24, -0.94), (0.2, -0.7), (0.4, -0.3), (0.28, 0), (-0.28, 0), (-0.4, -0.3), (-0.22,
        -0.72)], colour)  # fmt: skip
    pen.line([(-0.37, -0.32), (0.37, -0.32)], 0.08, lighter(colour, 0.5))


def glass(pen: Pen, colour: Colour) -> None:
    pen.poly([(-0.32, -1.0), (0.32, -1.0), (0.24, 0), (-0.24, 0)], (214, 234, 244))
    pen.poly([(-0.28, -0.66), (0.28, -0.66), (0.22, -0.06), (-0.22, -0.06)], colour)
    pen.line([(-0.18, -0.88), (-0.14, -0.2)], 0.05, (255, 255, 255))


def goblet(pen: Pen, colour: Colour) -> None:
    pen.ellipse(0, -0.06, 0.3, 0.06, darker(colour, 0.2))
    pen.rect(-0.05, -0.5, 0.05, -0.06, darker(colour, 0.1))
    pen.ellipse(0, -0.3, 0.1, 0.07, colour)
    pen.slice(0, -0.94, 0.34, 0.5, 0, 180, colour)
    pen.ellipse(0, -0.93, 0.34, 0.07, lighter(colour, 0.4))
    pen.ellipse(0, -0.925, 0.28, 0.045, (140, 30, 60))
    pen.ellipse(0, -0.7, 0.07, 0.07, (216, 50, 60))


def banana(pen: Pen, colour: Colour) -> None:
    pen.poly([(-0.86, -0.86), (-0.7, -0.94), (-0.4, -0.5), (0.2, -0.34), (0.76, -0.56), (0.86, -0.44), (0.4, -0.04),
        (-0.2, 0), (-0.66, -0.3)], colour)  # fmt: skip
    pen.line([(-0.62, -0.5), (-0.2, -0.2), (0.3, -0.18)], 0.04, darker(colour, 0.2))
    pen.poly([(-0.9, -0.96), (-0.74, -1.0), (-0.7, -0.88), (-0.84, -0.82)], (110, 80, 46))


def orange(pen: Pen, colour: Colour) -> None:
    pen.ellipse(0, -0.46, 0.48, 0.46, colour)
    pen.ellipse(-0.15, -0.6, 0.14, 0.12, lighter(colour, 0.4))
    for x, y in ((0.1, -0.3), (0.24, -0.5), (-0.1, -0.2), (0.0, -0.46)):
        pen.ellipse(x, y, 0.02, 0.02, darker(colour, 0.25))
    pen.oval(0.12, -0.92, 0.16, 0.07, -20, _LEAF)


def pear(pen: Pen, colour: Colour) -> None:
    pen.line([(0, -0.84), (0.06, -0.98)], 0.05, (110, 72, 46))
    pen.ellipse(0, -0.32, 0.38, 0.32, colour)
    pen.poly([(-0.34, -0.44), (-0.16, -0.82), (0.16, -0.82), (0.34, -0.44)], colour)
    pen.ellipse(0, -0.78, 0.17, 0.12, colour)
    pen.oval(-0.16, -0.34, 0.07, 0.14, 15, lighter(colour, 0.5))


def grapes(pen: Pen, colour: Colour) -> None:
    pen.line([(0, -0.76), (0.05, -0.98)], 0.06, (110, 72, 46))
    pen.oval(0.2, -0.86, 0.2, 0.1, -20, _LEAF)
    for row, count in enumerate((4, 3, 2, 1)):
        for k in range(count):
            x, y = 0.24 * (k - (count - 1) / 2), -0.7 + 0.19 * row
            pen.ellipse(x, y, 0.14, 0.13, darker(colour, 0.12 * ((k + row) % 2)))
            pen.ellipse(x - 0.04, y - 0.04, 0.03, 0.03, lighter(colour, 0.6))


def cherries(pen: Pen, colour: Colour) -> None:
    for x, y in ((-0.3, -0.24), (0.3, -0.26)):
        pen.line([(x, y - 0.1), (x * 0.4, -0.7), (0.08, -0.95)], 0.05, _LEAF)
        pen.ellipse(x, y, 0.25, 0.24, colour)
        pen.ellipse(x - 0.08, y - 0.08, 0.06, 0.06, lighter(colour, 0.6))
    pen.oval(0.3, -0.9, 0.22, 0.1, 10, _LEAF)


def strawberry(pen: Pen, colour: Colour) -> None:
    pen.poly([(-0.46, -0.62), (-0.3, -0.82), (0.3, -0.82), (0.46, -0.62), (0.2, -0.12), (0, 0), (-0.2, -0.12)], colour)
    for x, y in ((-0.2, -0.56), (0.1, -0.62), (0.26, -0.46), (-0.06, -0.36), (0.1, -0.2)):
        pen.ellipse(x, y, 0.03, 0.045, (255, 230, 120))
    for k in range(5):
        pen.poly(
            [(-0.1, -0.84), (0.1, -0.84), (0.4 * math.cos(math.pi * k / 4), -0.74 - 0.24 * (k in (1, 2, 3)))], _LEAF
        )


def carrot(pen: Pen, colour: Colour) -> None:
    for x in (-0.16, 0, 0.16):
        pen.line([(0, -0.7), (x, -0.96)], 0.07, _LEAF)
    pen.poly([(-0.2, -0.7), (0, -0.76), (0.2, -0.7), (0.14, -0.4), (0, 0), (-0.14, -0.4)], colour)
    for x, y in ((-0.1, -0.58), (0.06, -0.44), (-0.04, -0.28)):
        pen.line([(x - 0.05, y), (x + 0.06, y)], 0.025, darker(colour, 0.25))


def tomato(pen: Pen, colour: Colour) -> None:
    pen.ellipse(0, -0.42, 0.52, 0.42, colour)
    pen.oval(-0.22, -0.56, 0.13, 0.07, -30, lighter(colour, 0.6))
    for k in range(5):
        pen.oval(0.16 * math.cos(k * 1.257), -0.84 + 0.07 * math.sin(k * 1.257), 0.15, 0.045, k * 72, _LEAF)
    pen.line([(0, -0.84), (0.03, -0.97)], 0.05, _LEAF)


def corn(pen: Pen, colour: Colour) -> None:
    pen.ellipse(0, -0.54, 0.18, 0.46, colour)
    for row in range(7):
        for x in (-0.1, 0.0, 0.1):
            pen.ellipse(x, -0.88 + 0.11 * row, 0.035, 0.035, darker(colour, 0.18))
    for s in (-1, 1):
        pen.poly(
            [(0, 0), (s * 0.3, -0.6), (s * 0.12, -0.44), (s * 0.04, -0.1)], _LEAF if s < 0 else darker(_LEAF, 0.15)
        )


def cheese(pen: Pen, colour: Colour) -> None:
    pen.poly([(-0.9, -0.6), (0.3, -1.0), (0.9, -0.6)], lighter(colour, 0.35))
    pen.rect(-0.9, -0.6, 0.9, 0, colour)
    for x, y, r in ((-0.5, -0.3, 0.14), (0.1, -0.4, 0.11), (0.5, -0.18, 0.13), (-0.1, -0.12, 0.08)):
        pen.ellipse(x, y, r, r * 0.9, darker(colour, 0.22))


def meat(pen: Pen, colour: Colour) -> None:
    pen.line([(0.2, -0.4), (0.8, -0.12)], 0.14, (250, 244, 230))
    for y in (-0.18, -0.06):
        pen.ellipse(0.86, y, 0.1, 0.08, (250, 244, 230))
    pen.oval(-0.14, -0.56, 0.6, 0.4, 28, colour)
    pen.oval(-0.24, -0.68, 0.26, 0.12, 28, lighter(colour, 0.35))


def pizza(pen: Pen, colour: Colour) -> None:
    pen.poly([(-0.62, -0.86), (0.62, -0.86), (0, 0)], (250, 208, 90))
    pen.line([(-0.62, -0.88), (0.62, -0.88)], 0.2, colour)
    for x, y in ((-0.26, -0.64), (0.2, -0.58), (0, -0.32)):
        pen.ellipse(x, y, 0.11, 0.11, (206, 60, 46))
    for x, y in ((0.0, -0.7), (-0.08, -0.48)):
        pen.ellipse(x, y, 0.05, 0.05, _LEAF)


def ice_cream(pen: Pen, colour: Colour) -> None:
    pen.poly([(-0.25, -0.52), (0.25, -0.52), (0, 0)], (222, 164, 94))
    for k in (-0.1, 0.05):
        pen.line([(k, -0.5), (k + 0.1, -0.26)], 0.02, (180, 120, 64))
    pen.ellipse(0, -0.62, 0.29, 0.2, colour)
    pen.ellipse(0, -0.82, 0.2, 0.15, (255, 244, 214))
    pen.ellipse(0.03, -0.95, 0.06, 0.06, (216, 40, 50))


def cookie(pen: Pen, colour: Colour) -> None:
    pen.ellipse(0, -0.5, 0.5, 0.5, colour)
    pen.ellipse(-0.02, -0.53, 0.44, 0.43, lighter(colour, 0.2))
    for x, y in ((-0.2, -0.7), (0.14, -0.74), (0.26, -0.44), (-0.06, -0.46), (-0.26, -0.3), (0.1, -0.2)):
        pen.ellipse(x, y, 0.07, 0.065, (90, 54, 36))


def sandwich(pen: Pen, colour: Colour) -> None:
    pen.rect(-0.9, -0.2, 0.9, 0, colour)
    pen.rect(-0.96, -0.36, 0.96, -0.2, (240, 140, 150))
    pen.rect(-0.9, -0.48, 0.9, -0.34, (252, 208, 80))
    for k in range(7):
        pen.ellipse(-0.84 + 0.28 * k, -0.5, 0.17, 0.1, _LEAF)
    pen.rect(-0.9, -0.72, 0.9, -0.52, colour)
    pen.slice(0, -0.7, 0.9, 0.3, 180, 360, lighter(colour, 0.15))


def pie(pen: Pen, colour: Colour) -> None:
    pen.poly([(-0.9, -0.5), (0.9, -0.5), (0.7, 0), (-0.7, 0)], _STEEL)
    pen.slice(0, -0.48, 0.9, 0.52, 180, 360, colour)
    for x in (-0.4, 0.0, 0.4):
        pen.line([(x, -0.86 + abs(x) * 0.3), (x, -0.62)], 0.07, (150, 50, 60))
    for k in range(7):
        pen.ellipse(-0.84 + 0.28 * k, -0.48, 0.15, 0.1, darker(colour, 0.15))


def watermelon(pen: Pen, colour: Colour) -> None:
    pen.slice(0, -0.96, 1.0, 0.96, 0, 180, (60, 140, 70))
    pen.slice(0, -0.96, 0.88, 0.82, 0, 180, (226, 244, 200))
    pen.slice(0, -0.96, 0.82, 0.75, 0, 180, colour)
    for x, y in ((-0.5, -0.8), (-0.2, -0.6), (0.1, -0.8), (0.3, -0.55), (0.56, -0.82), (0.0, -0.4)):
        pen.oval(x, y, 0.04, 0.07, 0, (50, 40, 44))


def honey(pen: Pen, colour: Colour) -> None:
    pen.rect(-0.4, -0.78, 0.4, -0.08, colour)
    pen.ellipse(0, -0.08, 0.4, 0.08, colour)
    pen.rect(-0.44, -1.0, 0.44, -0.78, (206, 80, 60))
    pen.rect(-0.28, -0.6, 0.28, -0.24, (255, 248, 226))
    for s in (-1, 1):
        pen.oval(s * 0.08, -0.5, 0.08, 0.05, s * 30, GLASS)
    pen.oval(0, -0.4, 0.15, 0.09, 0, (250, 200, 60))
    pen.line([(0.0, -0.48), (0.0, -0.32)], 0.05, (50, 44, 50))
