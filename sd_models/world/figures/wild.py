"""Draw water creatures, reptiles, insects and other animals without fur, one unit high, facing right."""

from __future__ import annotations

import math

from sd_models.world.figures.birds import INK, eye
from sd_models.world.pen import Colour, Pen, darker, lighter


def fish(pen: Pen, colour: Colour) -> None:
    pen.poly([(-0.42, -0.5), (-0.95, -0.9), (-0.82, -0.5), (-0.95, -0.1)], darker(colour, 0.2))
    pen.poly([(-0.3, -0.76), (0.1, -1.0), (0.3, -0.82)], darker(colour, 0.25))
    pen.poly([(-0.1, -0.2), (0.16, 0.0), (0.2, -0.24)], darker(colour, 0.25))
    pen.ellipse(0.06, -0.5, 0.6, 0.36, colour)
    for x in (-0.22, 0.0):
        pen.slice(x, -0.5, 0.12, 0.28, -90, 90, lighter(colour, 0.6))
    pen.arc(0.26, -0.5, 0.22, 110, 250, 0.04, darker(colour, 0.35))
    pen.oval(0.12, -0.42, 0.14, 0.09, 30, darker(colour, 0.2))
    eye(pen, 0.42, -0.58, 0.095)
    pen.arc(0.56, -0.42, 0.08, 30, 150, 0.035, darker(colour, 0.5))


def whale(pen: Pen, colour: Colour) -> None:
    for s in (-1, 1):
        pen.arc(0.36 + s * 0.14, -0.84, 0.14, 180 if s < 0 else 210, 330 if s < 0 else 360, 0.055, (120, 196, 240))
    pen.line([(0.36, -0.84), (0.36, -0.68)], 0.06, (120, 196, 240))
    pen.line([(-0.6, -0.3), (-0.86, -0.5), (-0.92, -0.68)], 0.16, colour)
    pen.poly([(-0.92, -0.6), (-1.2, -0.92), (-0.94, -0.82), (-0.66, -0.96), (-0.82, -0.58)], darker(colour, 0.15))
    pen.slice(0.12, -0.36, 0.86, 0.36, 150, 380, colour)
    pen.ellipse(0.12, -0.34, 0.86, 0.34, colour)
    pen.slice(0.14, -0.3, 0.82, 0.29, 2, 178, (236, 246, 252))
    for k in range(4):
        pen.line([(0.1 + 0.18 * k, -0.2), (0.06 + 0.16 * k, -0.07)], 0.025, (190, 212, 226))
    pen.oval(-0.02, -0.14, 0.12, 0.22, 35, darker(colour, 0.25))
    eye(pen, 0.6, -0.42, 0.065)


def dolphin(pen: Pen, colour: Colour) -> None:
    pen.poly([(-0.76, -0.24), (-1.1, -0.4), (-1.0, -0.18), (-1.1, 0), (-0.8, -0.1)], darker(colour, 0.2))
    pen.poly([(-0.3, -0.74), (-0.28, -1.0), (0.1, -0.78)], darker(colour, 0.2))
    body = [(-0.86, -0.18), (-0.6, -0.52), (-0.2, -0.78), (0.3, -0.82), (0.62, -0.66), (0.98, -0.5), (0.98, -0.4),
        (0.66, -0.36), (0.2, -0.34), (-0.3, -0.3)]  # fmt: skip
    pen.poly(body, colour)
    pen.poly([(0.98, -0.42), (0.98, -0.39), (0.66, -0.35), (0.2, -0.32), (-0.3, -0.29), (-0.6, -0.24), (-0.1, -0.42),
        (0.5, -0.46)], (240, 246, 250))  # fmt: skip
    pen.poly([(0.2, -0.42), (0.02, -0.06), (-0.02, -0.4)], darker(colour, 0.25))
    pen.line([(0.72, -0.45), (0.96, -0.44)], 0.025, darker(colour, 0.5))
    eye(pen, 0.56, -0.58, 0.055)


def shark(pen: Pen, colour: Colour) -> None:
    pen.poly([(-0.7, -0.4), (-1.2, -0.86), (-1.06, -0.4), (-1.16, -0.08), (-0.74, -0.28)], darker(colour, 0.12))
    pen.poly([(-0.2, -0.6), (-0.1, -1.0), (0.24, -0.62)], darker(colour, 0.18))
    pen.poly([(-0.9, -0.38), (-0.3, -0.62), (0.3, -0.68), (0.8, -0.58), (1.1, -0.38), (0.7, -0.16), (0.1, -0.1),
        (-0.5, -0.24)], colour)  # fmt: skip
    pen.poly([(-0.7, -0.34), (0.2, -0.34), (1.02, -0.34), (0.7, -0.16), (0.1, -0.1), (-0.5, -0.24)], (240, 244, 248))
    pen.poly([(0.1, -0.28), (-0.2, 0.0), (0.34, -0.22)], darker(colour, 0.2))
    pen.poly([(0.5, -0.34), (1.0, -0.34), (0.66, -0.2)], (150, 40, 50))
    for k in range(4):
        x = 0.56 + 0.1 * k
        pen.poly([(x - 0.05, -0.35), (x + 0.05, -0.35), (x, -0.26)], (255, 255, 255))
    for x in (0.24, 0.32, 0.4):
        pen.line([(x, -0.54), (x - 0.04, -0.38)], 0.025, darker(colour, 0.4))
    eye(pen, 0.66, -0.5, 0.055)


def octopus(pen: Pen, colour: Colour) -> None:
    for k, x in enumerate((-0.52, -0.32, -0.1, 0.1, 0.32, 0.52)):
        s = -1 if k < 3 else 1
        pen.line([(x * 0.55, -0.42), (x * 0.95, -0.2), (x * 1.05, -0.08), (x * 1.2 + s * 0.1, -0.06),
            (x * 1.25 + s * 0.14, -0.14)], 0.11, darker(colour, 0.12 if k % 2 else 0.0))  # fmt: skip
        pen.ellipse(x * 0.9, -0.22, 0.025, 0.03, lighter(colour, 0.6))
    pen.ellipse(0, -0.64, 0.38, 0.36, colour)
    pen.ellipse(0, -0.44, 0.3, 0.14, colour)
    pen.oval(-0.16, -0.84, 0.1, 0.06, -30, lighter(colour, 0.4))
    for s in (-1, 1):
        eye(pen, s * 0.14, -0.58, 0.1)
    pen.arc(0, -0.46, 0.08, 20, 160, 0.03, darker(colour, 0.6))


def crab(pen: Pen, colour: Colour) -> None:
    for s in (-1, 1):
        for k in range(3):
            pen.line([(s * 0.4, -0.34), (s * (0.84 - 0.14 * k), -0.34 + 0.06 * k), (s * (0.94 - 0.2 * k), -0.05)],
                0.07, darker(colour, 0.2))  # fmt: skip
        pen.line([(s * 0.44, -0.44), (s * 0.78, -0.56), (s * 0.74, -0.7)], 0.1, colour)
        pen.oval(s * 0.74, -0.8, 0.22, 0.17, s * -30, colour)
        pen.poly([(s * 0.6, -1.0), (s * 0.76, -0.8), (s * 0.76, -1.02)], darker(colour, 0.6))
        pen.line([(s * 0.14, -0.6), (s * 0.16, -0.78)], 0.05, colour)
        eye(pen, s * 0.16, -0.82, 0.085)
    pen.ellipse(0, -0.4, 0.54, 0.28, colour)
    pen.slice(0, -0.42, 0.46, 0.24, 180, 360, lighter(colour, 0.2))
    pen.arc(0, -0.38, 0.16, 20, 160, 0.045, darker(colour, 0.6))


def turtle(pen: Pen, colour: Colour) -> None:
    for x in (-0.5, 0.36):
        pen.ellipse(x, -0.12, 0.17, 0.12, colour)
        pen.rect(x - 0.15, -0.3, x + 0.15, -0.1, colour)
    pen.poly([(-0.7, -0.3), (-0.98, -0.14), (-0.66, -0.16)], colour)
    pen.line([(0.5, -0.3), (0.78, -0.5)], 0.22, colour)
    pen.ellipse(0.9, -0.6, 0.24, 0.21, colour)
    shell = (150, 100, 54)
    pen.slice(-0.06, -0.3, 0.76, 0.7, 180, 360, shell)
    pen.rect(-0.84, -0.34, 0.72, -0.2, darker(shell, 0.25))
    for x, y, r in ((-0.06, -0.66, 0.2), (-0.5, -0.48, 0.15), (0.38, -0.48, 0.15)):
        pen.poly([(x + r * math.cos(k * math.pi / 3), y + r * 0.8 * math.sin(k * math.pi / 3)) for k in range(6)],
            lighter(shell, 0.3))  # fmt: skip
    eye(pen, 0.98, -0.66, 0.06)
    pen.arc(1.0, -0.56, 0.09, 30, 130, 0.03, darker(colour, 0.6))


def snake(pen: Pen, colour: Colour) -> None:
    pen.line([(0.5, -0.14), (-0.4, -0.14), (-0.7, -0.16), (-0.86, -0.3)], 0.12, darker(colour, 0.2))
    pen.line([(-0.5, -0.14), (0.4, -0.13)], 0.25, darker(colour, 0.12))
    pen.line([(0.36, -0.16), (0.42, -0.32), (-0.24, -0.38), (-0.34, -0.54), (0.0, -0.66), (0.14, -0.82)], 0.22, colour)
    for x, y in ((0.2, -0.35), (0.0, -0.37), (-0.26, -0.5), (-0.06, -0.64), (-0.2, -0.14), (0.1, -0.14)):
        pen.oval(x, y, 0.07, 0.05, 20, (250, 220, 90))
    pen.line([(0.42, -0.84), (0.6, -0.83), (0.68, -0.88)], 0.025, (220, 40, 50))
    pen.line([(0.6, -0.83), (0.68, -0.78)], 0.025, (220, 40, 50))
    pen.oval(0.24, -0.86, 0.24, 0.135, 8, colour)
    eye(pen, 0.28, -0.92, 0.06)


def crocodile(pen: Pen, colour: Colour) -> None:
    pen.poly([(-0.5, -0.6), (-1.0, -0.4), (-1.5, -0.06), (-0.9, -0.16), (-0.4, -0.2)], darker(colour, 0.08))
    for x in (-0.46, 0.22):
        pen.line([(x, -0.3), (x + 0.03, -0.09)], 0.2, darker(colour, 0.2))
        pen.rect(x - 0.06, -0.12, x + 0.22, 0.0, darker(colour, 0.2))
    for k in range(6):
        x = -0.86 + 0.22 * k
        y = -0.44 - 0.2 * (k > 0) - 0.03 * (k > 1)
        pen.poly([(x - 0.1, y + 0.04), (x + 0.1, y + 0.04), (x, y - 0.16)], darker(colour, 0.3))
    pen.ellipse(-0.14, -0.44, 0.62, 0.27, colour)
    pen.slice(-0.1, -0.4, 0.56, 0.22, 0, 180, (206, 224, 140))
    pen.poly([(0.3, -0.52), (0.6, -0.46), (1.44, -0.3), (1.38, -0.18), (0.6, -0.2), (0.3, -0.26)], darker(colour, 0.12))
    pen.poly(
        [(0.3, -0.76), (0.56, -0.86), (0.8, -0.76), (1.38, -0.66), (1.46, -0.52), (0.6, -0.42), (0.3, -0.4)], colour
    )
    for k in range(6):
        x = 0.72 + 0.12 * k
        pen.poly(
            [(x - 0.05, -0.48 - 0.012 * k), (x + 0.05, -0.49 - 0.012 * k), (x, -0.36 - 0.012 * k)], (255, 255, 250)
        )
    pen.ellipse(0.56, -0.86, 0.14, 0.13, colour)
    eye(pen, 0.58, -0.87, 0.09)
    pen.ellipse(1.34, -0.66, 0.035, 0.03, INK)


def dinosaur(pen: Pen, colour: Colour) -> None:
    pen.poly([(-0.06, -0.52), (-0.4, -0.3), (-0.86, -0.34), (-0.5, -0.12), (-0.06, -0.2)], colour)
    pen.line([(0.1, -0.26), (0.16, -0.05)], 0.13, darker(colour, 0.25))
    pen.rect(0.08, -0.07, 0.32, 0, darker(colour, 0.25))
    for x, y in ((-0.44, -0.34), (-0.24, -0.46), (-0.08, -0.62), (0.0, -0.76)):
        pen.poly([(x - 0.08, y + 0.1), (x + 0.09, y + 0.02), (x - 0.04, y - 0.08)], darker(colour, 0.3))
    pen.oval(0.02, -0.42, 0.25, 0.28, 20, colour)
    pen.poly([(-0.08, -0.6), (0.0, -0.84), (0.2, -0.7), (0.26, -0.5)], colour)
    pen.oval(0.12, -0.4, 0.12, 0.2, 14, lighter(colour, 0.5))
    pen.line([(-0.06, -0.3), (-0.1, -0.06)], 0.17, darker(colour, 0.1))
    pen.rect(-0.18, -0.08, 0.1, 0, darker(colour, 0.1))
    pen.line([(0.22, -0.52), (0.38, -0.5), (0.38, -0.43)], 0.06, darker(colour, 0.2))
    pen.poly([(0.2, -0.72), (0.56, -0.68), (0.52, -0.6), (0.14, -0.62)], darker(colour, 0.15))
    pen.ellipse(0.14, -0.85, 0.19, 0.15, colour)
    pen.poly([(0.14, -0.99), (0.52, -0.93), (0.62, -0.84), (0.6, -0.74), (0.14, -0.72)], colour)
    for k in range(4):
        pen.poly([(0.28 + 0.08 * k, -0.75), (0.34 + 0.08 * k, -0.75), (0.31 + 0.08 * k, -0.69)], (255, 255, 250))
    eye(pen, 0.22, -0.89, 0.055)
    pen.ellipse(0.55, -0.86, 0.015, 0.015, INK)


def giraffe(pen: Pen, colour: Colour) -> None:
    pen.line([(-0.3, -0.44), (-0.38, -0.26)], 0.025, darker(colour, 0.4))
    pen.ellipse(-0.38, -0.24, 0.03, 0.045, (110, 66, 40))
    for x, shade in ((-0.2, 0.15), (0.06, 0.15), (-0.26, 0.0), (0.12, 0.0)):
        pen.line([(x, -0.4), (x, -0.03)], 0.07, darker(colour, shade))
        pen.rect(x - 0.04, -0.045, x + 0.045, 0, (110, 66, 40))
    pen.ellipse(-0.07, -0.44, 0.26, 0.12, colour)
    pen.poly([(-0.02, -0.44), (0.18, -0.36), (0.31, -0.86), (0.2, -0.88)], colour)
    pen.line([(0.0, -0.54), (0.19, -0.9)], 0.035, (150, 84, 40))
    for x in (0.21, 0.27):
        pen.line([(x, -0.9), (x - 0.01, -0.98)], 0.025, (150, 84, 40))
    pen.oval(0.15, -0.9, 0.065, 0.03, 20, darker(colour, 0.15))
    pen.oval(0.31, -0.87, 0.14, 0.065, 22, colour)
    pen.oval(0.4, -0.83, 0.055, 0.045, 22, lighter(colour, 0.5))
    for x, y, r in ((-0.22, -0.46, 0.05), (-0.1, -0.5, 0.05), (-0.1, -0.39, 0.045), (0.02, -0.43, 0.05), (0.12, -0.5,
        0.045), (0.14, -0.62, 0.04), (0.2, -0.72, 0.038), (0.1, -0.4, 0.04)):  # fmt: skip
        pen.ellipse(x, y, r, r * 0.85, (176, 100, 46))
    pen.ellipse(0.29, -0.89, 0.022, 0.024, INK)


def butterfly(pen: Pen, colour: Colour) -> None:
    for s in (-1, 1):
        pen.oval(s * 0.4, -0.66, 0.4, 0.28, s * -38, darker(colour, 0.55))
        pen.oval(s * 0.4, -0.66, 0.33, 0.21, s * -38, colour)
        pen.oval(s * 0.3, -0.27, 0.28, 0.21, s * 42, darker(colour, 0.55))
        pen.oval(s * 0.3, -0.27, 0.21, 0.145, s * 42, lighter(colour, 0.35))
        pen.ellipse(s * 0.5, -0.76, 0.08, 0.08, (255, 250, 220))
        pen.ellipse(s * 0.32, -0.24, 0.06, 0.06, (255, 250, 220))
        pen.line([(s * 0.02, -0.76), (s * 0.14, -0.96)], 0.03, INK)
    pen.oval(0, -0.44, 0.07, 0.34, 0, INK)
    pen.ellipse(0, -0.76, 0.09, 0.09, INK)


def bee(pen: Pen, colour: Colour) -> None:
    for x, angle in ((-0.22, 30), (0.06, -14)):
        pen.oval(x, -0.78, 0.15, 0.26, -angle, (206, 232, 250))
    pen.poly([(-0.52, -0.46), (-0.8, -0.36), (-0.52, -0.3)], INK)
    pen.ellipse(-0.06, -0.38, 0.52, 0.32, colour)
    for x, half in ((-0.36, 0.25), (-0.12, 0.315)):
        pen.rect(x - 0.065, -0.38 - half, x + 0.065, -0.38 + half, INK)
    pen.ellipse(0.4, -0.42, 0.25, 0.25, INK)
    pen.ellipse(0.44, -0.38, 0.17, 0.17, lighter(colour, 0.2))
    for x in (0.32, 0.5):
        pen.line([(x, -0.62), (x + 0.12, -0.86)], 0.035, INK)
        pen.ellipse(x + 0.12, -0.86, 0.045, 0.045, INK)
    eye(pen, 0.48, -0.44, 0.085)
    for x in (-0.2, 0.06):
        pen.line([(x, -0.1), (x + 0.04, -0.01)], 0.035, INK)


def spider(pen: Pen, colour: Colour) -> None:
    for s in (-1, 1):
        for knee, foot in (((0.6, -0.98), (0.98, -0.5)), ((0.72, -0.74), (1.1, -0.16)), ((0.66, -0.5), (0.86, 0.0)),
            ((0.44, -0.36), (0.52, 0.0))):  # fmt: skip
            pen.line([(s * 0.2, -0.42), (s * knee[0], knee[1]), (s * foot[0], foot[1])], 0.065, darker(colour, 0.2))
    pen.ellipse(0, -0.6, 0.37, 0.34, colour)
    pen.poly([(-0.1, -0.82), (0.1, -0.82), (-0.1, -0.58), (0.1, -0.58)], (220, 60, 56))
    pen.ellipse(0, -0.3, 0.25, 0.22, lighter(colour, 0.15))
    for s in (-1, 1):
        eye(pen, s * 0.1, -0.32, 0.085)
        pen.poly([(s * 0.03, -0.16), (s * 0.1, -0.16), (s * 0.06, -0.06)], (255, 255, 255))


def snail(pen: Pen, colour: Colour) -> None:
    skin = (226, 190, 130)
    pen.poly([(-0.86, 0), (-0.6, -0.2), (0.36, -0.24), (0.54, -0.64), (0.82, -0.64), (0.82, -0.2), (0.66, 0)], skin)
    pen.ellipse(0.68, -0.6, 0.17, 0.17, skin)
    for x in (0.62, 0.8):
        pen.line([(x, -0.7), (x + 0.04, -0.92)], 0.05, skin)
        eye(pen, x + 0.04, -0.93, 0.065)
    pen.ellipse(-0.12, -0.52, 0.46, 0.44, darker(colour, 0.2))
    pen.ellipse(-0.12, -0.53, 0.4, 0.38, colour)
    turns = [(math.radians(45 * k), 0.34 - 0.0165 * k) for k in range(20)]
    pen.line([(-0.12 + r * math.cos(a), -0.53 + r * math.sin(a)) for a, r in turns], 0.07, darker(colour, 0.4))
    pen.arc(0.74, -0.56, 0.08, 30, 140, 0.03, darker(skin, 0.6))


def mermaid(pen: Pen, colour: Colour) -> None:
    skin, hair = (246, 206, 168), (214, 78, 50)
    pen.poly(
        [(-0.7, -0.4), (-0.92, -0.62), (-0.62, -0.56), (-0.46, -0.74), (-0.5, -0.4), (-0.56, -0.3)],
        lighter(colour, 0.25),
    )
    pen.line([(0.1, -0.36), (0.1, -0.16), (-0.16, -0.1), (-0.42, -0.16), (-0.56, -0.4)], 0.2, colour)
    pen.ellipse(0.08, -0.16, 0.19, 0.15, colour)
    for x, y in ((0.06, -0.3), (0.14, -0.2), (0.0, -0.16), (-0.16, -0.1), (-0.36, -0.16)):
        pen.slice(x, y, 0.06, 0.05, 0, 180, lighter(colour, 0.4))
    pen.ellipse(0.06, -0.78, 0.24, 0.22, hair)
    pen.poly([(-0.18, -0.8), (-0.24, -0.4), (-0.04, -0.44), (0.1, -0.7)], hair)
    pen.poly([(0.0, -0.62), (0.2, -0.62), (0.22, -0.38), (-0.02, -0.38)], skin)
    pen.line([(0.02, -0.56), (-0.12, -0.42)], 0.065, skin)
    pen.line([(0.2, -0.56), (0.38, -0.68)], 0.065, skin)
    for x in (0.05, 0.17):
        pen.ellipse(x, -0.52, 0.065, 0.055, (214, 110, 200))
    pen.ellipse(0.1, -0.77, 0.17, 0.17, skin)
    pen.slice(0.08, -0.8, 0.2, 0.19, 170, 350, hair)
    for x in (0.06, 0.19):
        pen.ellipse(x, -0.77, 0.024, 0.03, INK)
    pen.arc(0.13, -0.72, 0.05, 20, 160, 0.022, (180, 60, 70))


def ghost(pen: Pen, colour: Colour) -> None:
    pen.slice(0, -0.6, 0.34, 0.4, 180, 360, colour)
    pen.poly([(-0.34, -0.61), (0.34, -0.61), (0.4, 0), (0.26, -0.1), (0.13, 0), (0, -0.1), (-0.13, 0), (-0.26, -0.1),
        (-0.4, 0)], colour)  # fmt: skip
    for s in (-1, 1):
        pen.ellipse(s * 0.13, -0.66, 0.055, 0.08, (40, 36, 60))
        pen.oval(s * 0.38, -0.42, 0.1, 0.06, s * 30, colour)
    pen.ellipse(0, -0.48, 0.06, 0.08, (40, 36, 60))
