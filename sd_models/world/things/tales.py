"""Draw what tales turn on: weapons, magic, treasure, and the tools of knights, witches and sailors."""

from __future__ import annotations

import math

from sd_models.world.pen import Colour, Pen, darker, lighter
from sd_models.world.things.home import GOLD, PAPER

_WOOD: Colour = (150, 98, 56)
_STEEL: Colour = (206, 214, 226)


def star_points(x: float, y: float, r: float, inner: float = 0.42, points: int = 5) -> list[tuple[float, float]]:
    """Return the corners of a star that stands on two of its points."""
    angles = [math.pi * k / points - math.pi / 2 for k in range(2 * points)]
    return [
        (x + (r if k % 2 == 0 else r * inner) * math.cos(a), y + (r if k % 2 == 0 else r * inner) * math.sin(a))
        for k, a in enumerate(angles)
    ]


def sword(pen: Pen, colour: Colour) -> None:
    pen.poly([(-0.06, -0.26), (0.06, -0.26), (0.06, -0.9), (0, -1.0), (-0.06, -0.9)], colour)
    pen.poly([(0.0, -0.26), (0.06, -0.26), (0.06, -0.9), (0, -1.0)], darker(colour, 0.2))
    pen.line([(-0.19, -0.25), (0.19, -0.25)], 0.07, GOLD)
    pen.line([(0, -0.22), (0, -0.05)], 0.08, (120, 72, 46))
    pen.ellipse(0, -0.05, 0.06, 0.05, GOLD)


def staff(pen: Pen, colour: Colour) -> None:
    pen.line([(0, 0), (0, -0.88)], 0.045, colour)
    pen.arc(0.0, -0.92, 0.06, 90, 400, 0.04, colour)


def shield(pen: Pen, colour: Colour) -> None:
    def outline(w: float, top: float, low: float) -> list[tuple[float, float]]:
        return [(-w, top), (0, top - 0.06), (w, top), (w, -0.5), (w * 0.62, low - 0.2), (0, low), (-w * 0.62,
            low - 0.2), (-w, -0.5)]  # fmt: skip

    pen.poly(outline(0.42, -0.94, 0.0), GOLD)
    pen.poly(outline(0.34, -0.87, -0.09), colour)
    pen.poly([(0, -0.92), (0.34, -0.87), (0.34, -0.5), (0.21, -0.29), (0, -0.09)], darker(colour, 0.2))
    pen.rect(-0.06, -0.9, 0.06, -0.13, (250, 246, 236))
    pen.rect(-0.34, -0.66, 0.34, -0.54, (250, 246, 236))


def bow(pen: Pen, colour: Colour) -> None:
    pen.line([(-0.06, -0.97), (0.2, -0.82), (0.3, -0.5), (0.2, -0.18), (-0.06, -0.03)], 0.07, colour)
    pen.line([(-0.06, -0.97), (-0.06, -0.03)], 0.02, (240, 236, 226))
    pen.line([(-0.3, -0.5), (0.5, -0.5)], 0.035, (120, 84, 54))
    pen.poly([(0.48, -0.58), (0.66, -0.5), (0.48, -0.42)], _STEEL)
    pen.poly([(-0.2, -0.5), (-0.3, -0.6), (-0.42, -0.6), (-0.3, -0.5), (-0.42, -0.4), (-0.3, -0.4)], (220, 70, 60))


def axe(pen: Pen, colour: Colour) -> None:
    pen.line([(0, -0.02), (0, -0.96)], 0.09, _WOOD)
    pen.poly([(-0.04, -0.9), (0.3, -0.98), (0.42, -0.76), (0.3, -0.54), (-0.04, -0.64)], colour)
    pen.poly([(0.3, -0.98), (0.42, -0.76), (0.3, -0.54), (0.33, -0.76)], lighter(colour, 0.6))
    pen.rect(-0.12, -0.9, 0.06, -0.64, darker(colour, 0.35))


def hammer(pen: Pen, colour: Colour) -> None:
    pen.line([(0, -0.03), (0, -0.7)], 0.11, _WOOD)
    pen.rect(-0.34, -0.98, 0.34, -0.68, colour)
    pen.rect(-0.4, -1.0, -0.26, -0.66, darker(colour, 0.3))
    pen.rect(0.26, -1.0, 0.4, -0.66, darker(colour, 0.3))
    pen.rect(-0.26, -0.98, 0.26, -0.9, lighter(colour, 0.35))


def wand(pen: Pen, colour: Colour) -> None:
    pen.line([(0, 0), (0, -0.66)], 0.06, colour)
    pen.line([(0, 0), (0, -0.1)], 0.07, lighter(colour, 0.7))
    pen.poly(star_points(0, -0.76, 0.24), (255, 216, 70))
    pen.poly(star_points(0, -0.76, 0.12), (255, 248, 200))
    for x, y in ((-0.28, -0.94), (0.3, -0.56), (0.27, -0.97)):
        pen.poly(star_points(x, y, 0.07, 0.3, 4), (255, 240, 160))


def scroll(pen: Pen, colour: Colour) -> None:
    pen.rect(-0.34, -0.9, 0.34, -0.1, colour)
    for y in (-0.9, -0.1):
        pen.rect(-0.42, y - 0.08, 0.42, y + 0.08, darker(colour, 0.15))
        for s in (-1, 1):
            pen.ellipse(s * 0.42, y, 0.06, 0.085, (150, 90, 50))
    for k in range(4):
        pen.line([(-0.24, -0.74 + 0.13 * k), (0.24 - 0.08 * (k == 3), -0.74 + 0.13 * k)], 0.035, (130, 100, 76))
    pen.ellipse(0.2, -0.24, 0.07, 0.06, (206, 50, 50))


def crystal_ball(pen: Pen, colour: Colour) -> None:
    pen.poly([(-0.3, -0.22), (0.3, -0.22), (0.42, 0), (-0.42, 0)], (116, 70, 40))
    pen.rect(-0.34, -0.26, 0.34, -0.17, GOLD)
    pen.ellipse(0, -0.58, 0.42, 0.41, colour)
    pen.ellipse(0.06, -0.52, 0.3, 0.28, lighter(colour, 0.3))
    pen.poly(star_points(0.08, -0.5, 0.15, 0.3, 4), (255, 255, 255))
    pen.oval(-0.2, -0.76, 0.13, 0.06, -40, (255, 255, 255))


def gem(pen: Pen, colour: Colour) -> None:
    pen.poly([(-0.6, -0.66), (-0.34, -0.96), (0.34, -0.96), (0.6, -0.66), (0, -0.02)], colour)
    pen.poly([(-0.6, -0.66), (-0.34, -0.96), (-0.2, -0.66)], lighter(colour, 0.4))
    pen.poly([(-0.34, -0.96), (0, -0.96), (-0.2, -0.66)], lighter(colour, 0.65))
    pen.poly([(0, -0.96), (0.34, -0.96), (0.2, -0.66)], lighter(colour, 0.3))
    pen.poly([(-0.2, -0.66), (0.2, -0.66), (0, -0.02)], lighter(colour, 0.22))
    pen.poly([(0.2, -0.66), (0.6, -0.66), (0, -0.02)], darker(colour, 0.25))


def ring(pen: Pen, colour: Colour) -> None:
    pen.ellipse(0, -0.34, 0.34, 0.34, colour)
    pen.arc(0, -0.34, 0.3, 100, 200, 0.04, lighter(colour, 0.6))
    pen.ellipse(0, -0.34, 0.23, 0.23, darker(colour, 0.55))
    pen.ellipse(0, -0.32, 0.21, 0.21, (236, 232, 240))
    pen.poly([(-0.24, -0.84), (-0.12, -0.99), (0.12, -0.99), (0.24, -0.84), (0, -0.6)], (90, 200, 240))
    pen.poly([(-0.1, -0.84), (0.1, -0.84), (0, -0.6)], (190, 240, 255))


def coin(pen: Pen, colour: Colour) -> None:
    pen.ellipse(0, -0.5, 0.5, 0.5, darker(colour, 0.3))
    pen.ellipse(-0.02, -0.51, 0.46, 0.47, colour)
    pen.ellipse(-0.02, -0.51, 0.36, 0.37, lighter(colour, 0.25))
    pen.poly([(-0.24, -0.36), (-0.28, -0.66), (-0.13, -0.54), (-0.02, -0.72), (0.09, -0.54), (0.24, -0.66), (0.2,
        -0.36)], darker(colour, 0.3))  # fmt: skip


def skull(pen: Pen, colour: Colour) -> None:
    pen.ellipse(0, -0.62, 0.44, 0.38, colour)
    pen.rect(-0.25, -0.34, 0.25, -0.04, colour)
    for x in (-0.12, 0.0, 0.12):
        pen.line([(x, -0.18), (x, -0.04)], 0.03, (80, 70, 74))
    for s in (-1, 1):
        pen.ellipse(s * 0.19, -0.56, 0.13, 0.14, (54, 46, 56))
    pen.poly([(-0.06, -0.3), (0.06, -0.3), (0, -0.42)], (54, 46, 56))


def anchor(pen: Pen, colour: Colour) -> None:
    pen.line([(0, -0.74), (0, -0.08)], 0.11, colour)
    pen.arc(0, -0.86, 0.1, 0, 360, 0.07, colour)
    pen.line([(-0.24, -0.66), (0.24, -0.66)], 0.1, colour)
    pen.arc(0, -0.42, 0.38, 12, 168, 0.11, colour)
    for s in (-1, 1):
        pen.poly([(s * 0.26, -0.34), (s * 0.52, -0.34), (s * 0.42, -0.54)], colour)


def heart(pen: Pen, colour: Colour) -> None:
    for s in (-1, 1):
        pen.ellipse(s * 0.25, -0.7, 0.29, 0.28, colour)
    pen.poly([(-0.51, -0.6), (0, -0.78), (0.51, -0.6), (0, -0.02)], colour)
    pen.oval(-0.3, -0.76, 0.12, 0.07, -40, lighter(colour, 0.6))


def star(pen: Pen, colour: Colour) -> None:
    pen.poly(star_points(0, -0.48, 0.52), darker(colour, 0.2))
    pen.poly(star_points(0, -0.49, 0.44), colour)
    pen.oval(-0.1, -0.62, 0.08, 0.05, -30, lighter(colour, 0.7))


def cauldron(pen: Pen, colour: Colour) -> None:
    for x in (-0.35, 0.35):
        pen.line([(x, -0.2), (x * 1.2, -0.04)], 0.12, colour)
    pen.ellipse(0, -0.45, 0.6, 0.42, colour)
    pen.ellipse(0, -0.78, 0.58, 0.13, darker(colour, 0.4))
    pen.ellipse(0, -0.8, 0.48, 0.1, (120, 220, 90))
    for x, y, r in ((-0.15, -0.9, 0.09), (0.16, -0.93, 0.07), (0.05, -0.82, 0.06)):
        pen.ellipse(x, y, r, r, (170, 244, 130))


def flag(pen: Pen, colour: Colour) -> None:
    pen.line([(-0.3, -0.02), (-0.3, -0.97)], 0.06, _WOOD)
    pen.ellipse(-0.3, -0.96, 0.05, 0.04, GOLD)
    pen.poly([(-0.27, -0.94), (0.5, -0.7), (-0.27, -0.46)], colour)
    pen.poly([(-0.27, -0.7), (0.5, -0.7), (-0.27, -0.46)], darker(colour, 0.2))


def telescope(pen: Pen, colour: Colour) -> None:
    for x in (-0.34, 0.0, 0.34):
        pen.line([(0.02, -0.5), (x, -0.02)], 0.05, _WOOD)
    tube = pen.at(0.02, -0.62, 1.0, -24)
    tube.rect(-0.62, -0.07, -0.2, 0.07, darker(colour, 0.25))
    tube.rect(-0.24, -0.1, 0.2, 0.1, colour)
    tube.rect(0.14, -0.14, 0.6, 0.14, darker(colour, 0.12))
    tube.rect(0.5, -0.17, 0.64, 0.17, GOLD)
    tube.ellipse(0.64, 0, 0.05, 0.15, (190, 226, 246))


def bell(pen: Pen, colour: Colour) -> None:
    pen.arc(0, -0.9, 0.07, 180, 360, 0.05, darker(colour, 0.3))
    pen.ellipse(0, -0.1, 0.11, 0.1, darker(colour, 0.45))
    pen.slice(0, -0.56, 0.27, 0.33, 180, 360, colour)
    pen.poly([(-0.27, -0.57), (0.27, -0.57), (0.34, -0.26), (0.46, -0.14), (-0.46, -0.14), (-0.34, -0.26)], colour)
    pen.poly([(-0.14, -0.8), (-0.06, -0.8), (-0.1, -0.26), (-0.24, -0.26)], lighter(colour, 0.5))
    pen.line([(-0.42, -0.16), (0.42, -0.16)], 0.07, darker(colour, 0.2))


def fishing_rod(pen: Pen, colour: Colour) -> None:
    pen.line([(-0.34, -0.02), (0.0, -0.55), (0.3, -0.97)], 0.04, colour)
    pen.line([(-0.34, -0.02), (-0.22, -0.2)], 0.08, darker(colour, 0.4))
    pen.ellipse(-0.14, -0.26, 0.07, 0.07, (90, 96, 110))
    pen.line([(0.3, -0.97), (0.34, -0.36)], 0.015, (236, 236, 240))
    pen.ellipse(0.34, -0.33, 0.055, 0.06, (226, 60, 56))
    pen.arc(0.3, -0.2, 0.05, 0, 180, 0.025, (120, 124, 136))
    pen.line([(0.35, -0.27), (0.35, -0.2)], 0.02, (120, 124, 136))


def gravestone(pen: Pen, colour: Colour) -> None:
    pen.rect(-0.36, -0.66, 0.36, -0.06, colour)
    pen.slice(0, -0.64, 0.36, 0.36, 180, 360, colour)
    pen.rect(0.2, -0.66, 0.36, -0.06, darker(colour, 0.16))
    pen.rect(-0.05, -0.86, 0.05, -0.46, darker(colour, 0.45))
    pen.rect(-0.16, -0.76, 0.16, -0.67, darker(colour, 0.45))
    for y in (-0.36, -0.26):
        pen.line([(-0.2, y), (0.2, y)], 0.04, darker(colour, 0.3))
    pen.ellipse(0, -0.06, 0.52, 0.08, (92, 140, 70))


def document(pen: Pen, colour: Colour) -> None:
    pen.poly([(-0.36, -1.0), (0.2, -1.0), (0.36, -0.84), (0.36, 0), (-0.36, 0)], colour)
    pen.poly([(0.2, -1.0), (0.36, -0.84), (0.2, -0.84)], darker(colour, 0.25))
    for k in range(6):
        pen.line([(-0.25, -0.78 + 0.1 * k), (0.25 - 0.12 * (k == 5), -0.78 + 0.1 * k)], 0.03, (120, 120, 136))
    pen.ellipse(0.2, -0.12, 0.08, 0.07, (206, 50, 50))
    pen.poly([(-0.36, -0.02), (0.36, -0.02), (0.36, 0.0), (-0.36, 0.0)], darker(PAPER, 0.2))
