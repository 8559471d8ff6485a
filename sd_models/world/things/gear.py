"""Draw tools, weapons, clothes that lie about, and what offices, schools and orchestras use."""

from __future__ import annotations

import math

from sd_models.world.pen import Colour, Pen, darker, lighter
from sd_models.world.things.home import GLASS, GOLD, IRON, PAPER
from sd_models.world.things.tales import star_points

_WOOD: Colour = (150, 98, 56)
_STEEL: Colour = (196, 204, 216)


def spade(pen: Pen, colour: Colour) -> None:
    pen.line([(0, -0.94), (0, -0.36)], 0.07, _WOOD)
    pen.line([(-0.14, -0.95), (0.14, -0.95)], 0.08, _WOOD)
    pen.poly([(-0.2, -0.42), (0.2, -0.42), (0.18, -0.14), (0, 0), (-0.18, -0.14)], colour)
    pen.line([(0, -0.4), (0, -0.14)], 0.04, darker(colour, 0.3))


def rake(pen: Pen, colour: Colour) -> None:
    pen.line([(0, -0.97), (0, -0.2)], 0.05, _WOOD)
    pen.line([(-0.26, -0.18), (0.26, -0.18)], 0.07, colour)
    for k in range(5):
        pen.line([(-0.24 + 0.12 * k, -0.18), (-0.24 + 0.12 * k, -0.03)], 0.045, colour)


def pitchfork(pen: Pen, colour: Colour) -> None:
    pen.line([(0, -0.03), (0, -0.66)], 0.05, _WOOD)
    pen.arc(0, -0.74, 0.16, 0, 180, 0.05, colour, 0.7)
    for x in (-0.16, 0.0, 0.16):
        pen.line([(x, -0.72), (x, -0.97)], 0.045, colour)


def scythe(pen: Pen, colour: Colour) -> None:
    pen.line([(0.1, -0.03), (-0.1, -0.9)], 0.05, _WOOD)
    pen.line([(0.05, -0.4), (0.2, -0.46)], 0.05, _WOOD)
    pen.poly(
        [(-0.16, -0.94), (0.2, -1.0), (0.5, -0.86), (0.64, -0.62), (0.4, -0.8), (0.1, -0.87), (-0.12, -0.84)], colour
    )


def saw(pen: Pen, colour: Colour) -> None:
    teeth = [(1.2 - 0.14 * k, -0.3 + (0.16 if k % 2 else 0.0) - 0.01 * k) for k in range(13)]
    pen.poly([(-0.5, -0.9), (1.2, -0.56), *teeth, (-0.5, -0.4)], colour)
    pen.ellipse(-0.7, -0.5, 0.4, 0.5, (206, 84, 60))
    pen.ellipse(-0.7, -0.5, 0.17, 0.24, darker((206, 84, 60), 0.6))


def spanner(pen: Pen, colour: Colour) -> None:
    pen.line([(0, -0.2), (0, -0.8)], 0.14, colour)
    for y in (-0.16, -0.84):
        pen.ellipse(0, y, 0.19, 0.16, colour)
    pen.rect(-0.07, -1.02, 0.07, -0.84, (64, 60, 72))
    pen.ellipse(0, -0.16, 0.08, 0.07, (64, 60, 72))


def scissors(pen: Pen, colour: Colour) -> None:
    for s in (-1, 1):
        pen.poly([(s * 0.16, -0.3), (s * 0.06, -0.34), (-s * 0.24, -1.0), (-s * 0.12, -0.9)], _STEEL)
        pen.arc(s * 0.2, -0.17, 0.13, 0, 360, 0.08, colour)
    pen.ellipse(0, -0.5, 0.04, 0.04, IRON)


def anvil(pen: Pen, colour: Colour) -> None:
    pen.poly([(-1.0, -0.96), (0.7, -1.0), (0.7, -0.7), (0.3, -0.6), (0.24, -0.28), (0.56, 0), (-0.56, 0), (-0.24,
        -0.28), (-0.3, -0.6)], colour)  # fmt: skip
    pen.poly([(-1.0, -0.96), (0.7, -1.0), (0.7, -0.88), (-0.7, -0.86)], lighter(colour, 0.3))


def rope(pen: Pen, colour: Colour) -> None:
    for y in (-0.2, -0.44, -0.68):
        pen.ellipse(0, y, 0.8, 0.2, darker(colour, 0.35))
        pen.ellipse(0, y - 0.06, 0.78, 0.18, colour)
    pen.ellipse(0, -0.78, 0.42, 0.09, darker(colour, 0.6))
    pen.line([(0.6, -0.7), (0.94, -0.9), (1.0, -0.6)], 0.12, colour)


def wheelbarrow(pen: Pen, colour: Colour) -> None:
    pen.line([(-1.2, -0.74), (0.5, -0.3)], 0.08, _WOOD)
    pen.line([(-0.4, -0.44), (-0.5, -0.04)], 0.08, _WOOD)
    pen.poly([(-0.7, -1.0), (0.9, -1.0), (0.5, -0.4), (-0.4, -0.4)], colour)
    pen.poly([(-0.7, -1.0), (0.9, -1.0), (0.82, -0.88), (-0.62, -0.88)], darker(colour, 0.3))
    pen.ellipse(0.6, -0.24, 0.24, 0.24, (44, 42, 52))
    pen.ellipse(0.6, -0.24, 0.1, 0.1, (214, 218, 226))


def watering_can(pen: Pen, colour: Colour) -> None:
    pen.arc(-0.4, -0.5, 0.34, 80, 280, 0.09, darker(colour, 0.2))
    pen.poly([(0.2, -0.2), (0.8, -0.9), (0.92, -0.82), (0.36, -0.06)], darker(colour, 0.12))
    pen.poly([(0.66, -0.98), (1.04, -0.7), (0.9, -0.66), (0.66, -0.84)], lighter(colour, 0.3))
    pen.rect(-0.46, -0.78, 0.4, 0, colour)
    pen.ellipse(-0.03, -0.78, 0.43, 0.1, darker(colour, 0.35))


def spear(pen: Pen, colour: Colour) -> None:
    pen.line([(0, -0.02), (0, -0.8)], 0.035, _WOOD)
    pen.poly([(0, -1.0), (0.07, -0.84), (0, -0.74), (-0.07, -0.84)], colour)
    pen.line([(-0.04, -0.73), (0.04, -0.73)], 0.04, (206, 50, 50))


def dagger(pen: Pen, colour: Colour) -> None:
    pen.poly([(-0.13, -0.46), (0.13, -0.46), (0, -1.0)], colour)
    pen.poly([(0, -0.46), (0.13, -0.46), (0, -1.0)], darker(colour, 0.25))
    pen.line([(-0.28, -0.42), (0.28, -0.42)], 0.11, GOLD)
    pen.line([(0, -0.36), (0, -0.12)], 0.14, (96, 54, 110))
    pen.ellipse(0, -0.08, 0.09, 0.08, GOLD)


def cannon(pen: Pen, colour: Colour) -> None:
    barrel = pen.at(-0.3, -0.62, 1.0, -12)
    barrel.ellipse(-0.5, 0, 0.24, 0.24, colour)
    barrel.poly([(-0.5, -0.24), (0.9, -0.17), (0.9, 0.17), (-0.5, 0.24)], colour)
    barrel.rect(0.84, -0.22, 1.02, 0.22, darker(colour, 0.3))
    pen.poly([(-1.0, -0.02), (-0.8, -0.2), (0.1, -0.5), (0.2, -0.34)], _WOOD)
    pen.ellipse(0, -0.34, 0.34, 0.34, (96, 64, 44))
    pen.ellipse(0, -0.34, 0.22, 0.22, (200, 150, 90))
    pen.ellipse(0, -0.34, 0.08, 0.08, IRON)


def bomb(pen: Pen, colour: Colour) -> None:
    pen.ellipse(-0.06, -0.38, 0.4, 0.38, colour)
    pen.poly([(0.06, -0.7), (0.22, -0.62), (0.3, -0.76), (0.14, -0.84)], darker(colour, 0.3))
    pen.line([(0.22, -0.8), (0.34, -0.92), (0.46, -0.86)], 0.05, (214, 190, 140))
    pen.poly(star_points(0.5, -0.85, 0.16, 0.45, 6), (255, 196, 60))
    pen.oval(-0.2, -0.54, 0.1, 0.06, -40, lighter(colour, 0.5))


def helmet(pen: Pen, colour: Colour) -> None:
    pen.poly([(-0.05, -0.9), (0.12, -1.0), (0.5, -0.94), (0.4, -0.82)], (214, 50, 56))
    pen.slice(0, -0.5, 0.44, 0.44, 180, 360, colour)
    pen.poly([(-0.44, -0.52), (0.44, -0.52), (0.38, -0.04), (0.1, 0), (-0.1, 0), (-0.38, -0.04)], colour)
    pen.rect(-0.34, -0.54, 0.34, -0.42, (44, 42, 52))
    pen.line([(0, -0.42), (0, -0.06)], 0.05, darker(colour, 0.35))
    for x in (-0.2, 0.2):
        pen.line([(x, -0.32), (x, -0.14)], 0.04, (44, 42, 52))


def boots(pen: Pen, colour: Colour) -> None:
    for x in (-0.56, 0.1):
        pen.poly(
            [(x, -0.96), (x + 0.34, -0.96), (x + 0.34, -0.3), (x + 0.62, -0.2), (x + 0.64, -0.06), (x, -0.06)], colour
        )
        pen.rect(x - 0.02, -1.0, x + 0.36, -0.86, lighter(colour, 0.3))
        pen.rect(x, -0.08, x + 0.64, 0, darker(colour, 0.5))


def shoes(pen: Pen, colour: Colour) -> None:
    for x, y in ((-0.9, -0.16), (-0.3, 0.0)):
        pen.poly([(x, y - 0.72), (x + 0.4, y - 0.8), (x + 0.7, y - 0.4), (x + 1.24, y - 0.26), (x + 1.26, y - 0.06),
            (x, y - 0.06)], colour)  # fmt: skip
        pen.rect(x, y - 0.14, x + 1.28, y, (250, 248, 240))
        for k in (0.48, 0.6, 0.72):
            pen.line([(x + k, y - 0.62 + (k - 0.48)), (x + k - 0.14, y - 0.5 + (k - 0.48))], 0.05, (250, 248, 240))


def hat(pen: Pen, colour: Colour) -> None:
    pen.ellipse(0, -0.16, 0.9, 0.16, darker(colour, 0.15))
    pen.poly([(-0.5, -0.2), (-0.44, -0.94), (0, -0.88), (0.44, -0.94), (0.5, -0.2)], colour)
    pen.ellipse(0, -0.93, 0.44, 0.07, darker(colour, 0.2))
    pen.rect(-0.5, -0.4, 0.5, -0.2, (206, 60, 56))


def crown(pen: Pen, colour: Colour) -> None:
    pen.poly([(-0.6, 0), (-0.72, -0.84), (-0.34, -0.44), (0, -0.92), (0.34, -0.44), (0.72, -0.84), (0.6, 0)], colour)
    pen.rect(-0.6, -0.2, 0.6, 0, darker(colour, 0.15))
    for x, y, c in ((-0.72, -0.88, (220, 50, 60)), (0, -0.93, (70, 140, 220)), (0.72, -0.88, (220, 50, 60))):
        pen.ellipse(x, y, 0.08, 0.08, c)
    for x in (-0.36, 0, 0.36):
        pen.ellipse(x, -0.1, 0.07, 0.06, (80, 190, 120))


def glove(pen: Pen, colour: Colour) -> None:
    for x, top in ((-0.24, -0.84), (-0.08, -0.94), (0.08, -0.93), (0.23, -0.82)):
        pen.line([(x, -0.5), (x, top)], 0.14, colour)
    pen.line([(0.26, -0.36), (0.46, -0.6)], 0.14, colour)
    pen.rect(-0.31, -0.6, 0.3, -0.16, colour)
    pen.rect(-0.34, -0.2, 0.33, 0, lighter(colour, 0.5))


def shirt(pen: Pen, colour: Colour) -> None:
    pen.poly([(-0.24, -1.0), (0.24, -1.0), (0.72, -0.72), (0.56, -0.46), (0.38, -0.56), (0.38, 0), (-0.38, 0),
        (-0.38, -0.56), (-0.56, -0.46), (-0.72, -0.72)], colour)  # fmt: skip
    pen.slice(0, -1.0, 0.18, 0.16, 0, 180, darker(colour, 0.4))
    for y in (-0.3, -0.16):
        pen.rect(-0.38, y, 0.38, y + 0.06, lighter(colour, 0.5))


def dress(pen: Pen, colour: Colour) -> None:
    pen.poly([(-0.2, -1.0), (-0.1, -0.86), (0.1, -0.86), (0.2, -1.0), (0.3, -0.72), (0.16, -0.56), (0.5, 0), (-0.5,
        0), (-0.16, -0.56), (-0.3, -0.72)], colour)  # fmt: skip
    pen.line([(-0.16, -0.56), (0.16, -0.56)], 0.07, (255, 236, 150))
    pen.poly([(-0.45, -0.1), (0.45, -0.1), (0.5, 0), (-0.5, 0)], lighter(colour, 0.4))


def mask(pen: Pen, colour: Colour) -> None:
    pen.poly([(-1.0, -0.9), (-0.3, -0.98), (0, -0.8), (0.3, -0.98), (1.0, -0.9), (0.8, -0.2), (0.4, 0), (0, -0.36),
        (-0.4, 0), (-0.8, -0.2)], colour)  # fmt: skip
    for s in (-1, 1):
        pen.oval(s * 0.46, -0.54, 0.25, 0.16, s * -14, (44, 40, 54))
        pen.ellipse(s * 0.86, -0.84, 0.06, 0.06, GOLD)


def necklace(pen: Pen, colour: Colour) -> None:
    for k in range(13):
        a = math.pi * (k / 12)
        pen.ellipse(0.5 * math.cos(a), -0.9 + 0.6 * math.sin(a), 0.065, 0.065, colour)
    pen.poly([(-0.14, -0.26), (0, -0.36), (0.14, -0.26), (0, 0)], (220, 50, 80))


def spectacles(pen: Pen, colour: Colour) -> None:
    for s in (-1, 1):
        pen.ellipse(s * 0.66, -0.5, 0.52, 0.5, colour)
        pen.ellipse(s * 0.66, -0.5, 0.41, 0.39, GLASS)
        pen.line([(s * 1.14, -0.62), (s * 1.4, -0.86)], 0.1, colour)
        pen.line([(s * 0.66 - 0.1, -0.4), (s * 0.66 + 0.12, -0.66)], 0.06, (255, 255, 255))
    pen.line([(-0.2, -0.58), (0, -0.66), (0.2, -0.58)], 0.1, colour)


def pencil(pen: Pen, colour: Colour) -> None:
    pen.rect(-0.08, -0.86, 0.08, -0.2, colour)
    pen.rect(0.03, -0.86, 0.08, -0.2, darker(colour, 0.15))
    pen.rect(-0.08, -1.0, 0.08, -0.9, (240, 130, 140))
    pen.rect(-0.08, -0.9, 0.08, -0.84, _STEEL)
    pen.poly([(-0.08, -0.2), (0.08, -0.2), (0, 0)], (236, 200, 150))
    pen.poly([(-0.03, -0.07), (0.03, -0.07), (0, 0)], IRON)


def globe(pen: Pen, colour: Colour) -> None:
    pen.ellipse(0, -0.05, 0.3, 0.05, _WOOD)
    pen.rect(-0.04, -0.2, 0.04, -0.04, _WOOD)
    pen.arc(0, -0.57, 0.42, -70, 110, 0.05, GOLD)
    pen.ellipse(0, -0.57, 0.37, 0.37, colour)
    pen.oval(-0.14, -0.66, 0.16, 0.12, 30, (96, 176, 90))
    pen.oval(0.16, -0.48, 0.12, 0.18, 10, (96, 176, 90))


def microscope(pen: Pen, colour: Colour) -> None:
    pen.rect(-0.4, -0.1, 0.4, 0, colour)
    pen.arc(-0.1, -0.44, 0.36, -70, 90, 0.1, colour)
    pen.rect(-0.4, -0.32, 0.16, -0.25, IRON)
    tube = pen.at(-0.1, -0.64, 1.0, 18)
    tube.rect(-0.1, -0.24, 0.1, 0.2, lighter(colour, 0.4))
    tube.rect(-0.07, -0.36, 0.07, -0.24, IRON)
    tube.rect(-0.05, 0.2, 0.05, 0.3, IRON)


def blackboard(pen: Pen, colour: Colour) -> None:
    for s in (-1, 1):
        pen.line([(s * 0.6, -0.3), (s * 0.74, -0.03)], 0.06, _WOOD)
    pen.rect(-0.86, -1.0, 0.86, -0.2, _WOOD)
    pen.rect(-0.79, -0.94, 0.79, -0.27, colour)
    pen.line([(-0.6, -0.76), (-0.4, -0.5), (-0.2, -0.8), (0.0, -0.5)], 0.04, (240, 246, 240))
    pen.line([(0.2, -0.7), (0.62, -0.7)], 0.04, (240, 246, 240))
    pen.line([(0.2, -0.54), (0.5, -0.54)], 0.04, (240, 246, 240))


def newspaper(pen: Pen, colour: Colour) -> None:
    pen.rect(-0.46, -1.0, 0.46, 0, colour)
    pen.rect(-0.38, -0.93, 0.38, -0.8, IRON)
    pen.rect(-0.38, -0.72, 0.0, -0.42, (150, 156, 168))
    for k in range(4):
        pen.line([(0.08, -0.7 + 0.09 * k), (0.38, -0.7 + 0.09 * k)], 0.03, (130, 130, 140))
        pen.line([(-0.36, -0.34 + 0.08 * k), (0.38, -0.34 + 0.08 * k)], 0.03, (130, 130, 140))


def typewriter(pen: Pen, colour: Colour) -> None:
    pen.rect(-0.4, -1.0, 0.4, -0.6, PAPER)
    for y in (-0.9, -0.8):
        pen.line([(-0.28, y), (0.28, y)], 0.03, (130, 130, 140))
    pen.rect(-0.72, -0.7, 0.72, -0.54, IRON)
    pen.poly([(-0.56, -0.6), (0.56, -0.6), (0.8, 0), (-0.8, 0)], colour)
    for row in range(3):
        for k in range(7):
            pen.ellipse((-0.45 + 0.15 * k) * (1 + 0.12 * row), -0.38 + 0.14 * row, 0.05, 0.045, (250, 246, 236))


def compass(pen: Pen, colour: Colour) -> None:
    pen.arc(0, -0.93, 0.06, 0, 360, 0.04, colour)
    pen.ellipse(0, -0.44, 0.44, 0.44, colour)
    pen.ellipse(0, -0.44, 0.35, 0.35, (252, 250, 240))
    pen.poly([(0.22, -0.7), (0.07, -0.38), (-0.07, -0.5)], (220, 50, 50))
    pen.poly([(-0.22, -0.18), (0.07, -0.38), (-0.07, -0.5)], (60, 90, 150))


def microphone(pen: Pen, colour: Colour) -> None:
    pen.ellipse(0, -0.05, 0.26, 0.05, IRON)
    pen.line([(0, -0.05), (0, -0.6)], 0.05, IRON)
    pen.rect(-0.11, -0.74, 0.11, -0.56, darker(colour, 0.4))
    pen.ellipse(0, -0.83, 0.15, 0.17, colour)
    for y in (-0.9, -0.83, -0.76):
        pen.line([(-0.12, y), (0.12, y)], 0.02, darker(colour, 0.4))


def violin(pen: Pen, colour: Colour) -> None:
    pen.rect(-0.03, -0.97, 0.03, -0.5, (60, 44, 40))
    pen.ellipse(0, -0.97, 0.06, 0.03, (60, 44, 40))
    pen.ellipse(0, -0.5, 0.17, 0.13, colour)
    pen.ellipse(0, -0.19, 0.21, 0.19, colour)
    pen.rect(-0.12, -0.5, 0.12, -0.24, colour)
    for s in (-1, 1):
        pen.ellipse(s * 0.17, -0.36, 0.06, 0.08, darker(colour, 0.7))
        pen.line([(s * 0.09, -0.34), (s * 0.07, -0.2)], 0.025, darker(colour, 0.7))
    pen.line([(0.4, -0.03), (0.26, -0.97)], 0.03, darker(colour, 0.4))


def harp(pen: Pen, colour: Colour) -> None:
    for k in range(6):
        pen.line([(-0.26 + 0.1 * k, -0.78 + 0.06 * k), (-0.26 + 0.1 * k, -0.12 - 0.094 * k)], 0.015, (250, 246, 230))
    pen.line([(-0.36, -0.05), (-0.36, -0.94)], 0.09, colour)
    pen.line([(-0.36, -0.94), (-0.1, -0.86), (0.1, -0.66), (0.36, -0.74)], 0.09, colour)
    pen.line([(0.36, -0.7), (-0.3, -0.08)], 0.12, darker(colour, 0.15))
    pen.rect(-0.46, -0.07, 0.0, 0, darker(colour, 0.3))


def trophy(pen: Pen, colour: Colour) -> None:
    for s in (-1, 1):
        pen.arc(s * 0.34, -0.76, 0.17, 0, 360, 0.06, darker(colour, 0.12))
    pen.slice(0, -0.98, 0.36, 0.6, 0, 180, colour)
    pen.rect(-0.06, -0.44, 0.06, -0.2, darker(colour, 0.15))
    pen.rect(-0.28, -0.2, 0.28, 0, _WOOD)
    pen.poly(star_points(0, -0.74, 0.14), (255, 250, 210))


def dice(pen: Pen, colour: Colour) -> None:
    pen.poly([(-0.5, -0.74), (0, -1.0), (0.5, -0.74), (0, -0.48)], colour)
    pen.poly([(-0.5, -0.74), (0, -0.48), (0, 0), (-0.5, -0.26)], darker(colour, 0.12))
    pen.poly([(0.5, -0.74), (0, -0.48), (0, 0), (0.5, -0.26)], darker(colour, 0.25))
    for x, y in ((0, -0.74), (-0.38, -0.56), (-0.25, -0.38), (-0.12, -0.2), (0.13, -0.5), (0.37, -0.28)):
        pen.ellipse(x, y, 0.06, 0.055, IRON)
