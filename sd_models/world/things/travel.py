"""Draw what moves people: on roads, rails and water, in the air and in space. All face right."""

from __future__ import annotations

from sd_models.world.pen import Colour, Pen, darker, lighter
from sd_models.world.things.home import GLASS, GOLD, IRON


def wheel(pen: Pen, x: float, y: float, r: float, hub: Colour = (214, 218, 226)) -> None:
    """Draw a rubber wheel of radius `r` around (x, y)."""
    pen.ellipse(x, y, r, r, (44, 42, 52))
    pen.ellipse(x, y, r * 0.55, r * 0.55, hub)
    pen.ellipse(x, y, r * 0.2, r * 0.2, (90, 92, 104))


def car(pen: Pen, colour: Colour) -> None:
    pen.poly([(-0.72, -0.55), (-0.5, -0.98), (0.34, -0.98), (0.72, -0.55)], darker(colour, 0.12))
    pen.poly([(-0.6, -0.57), (-0.43, -0.9), (-0.08, -0.9), (-0.08, -0.57)], GLASS)
    pen.poly([(0.0, -0.57), (0.0, -0.9), (0.28, -0.9), (0.56, -0.57)], GLASS)
    pen.poly([(-1.08, -0.2), (-1.06, -0.56), (0.7, -0.6), (1.06, -0.46), (1.1, -0.2)], colour)
    pen.rect(-1.1, -0.26, 1.1, -0.17, darker(colour, 0.35))
    pen.ellipse(1.0, -0.42, 0.07, 0.08, (255, 240, 170))
    pen.rect(-1.08, -0.5, -1.0, -0.38, (200, 40, 40))
    pen.line([(-0.04, -0.56), (-0.04, -0.28)], 0.02, darker(colour, 0.3))
    for x in (-0.62, 0.62):
        wheel(pen, x, -0.21, 0.21)


def bus(pen: Pen, colour: Colour) -> None:
    pen.rect(-0.98, -0.94, 0.98, -0.14, colour)
    pen.ellipse(-0.9, -0.9, 0.1, 0.1, colour)
    pen.rect(-0.9, -1.0, 0.9, -0.9, lighter(colour, 0.3))
    for k in range(4):
        pen.rect(-0.9 + 0.37 * k, -0.82, -0.6 + 0.37 * k, -0.5, GLASS)
    pen.rect(0.58, -0.84, 0.84, -0.16, darker(colour, 0.45))
    pen.rect(0.61, -0.81, 0.81, -0.5, GLASS)
    pen.rect(-0.98, -0.4, 0.56, -0.32, (255, 250, 236))
    pen.rect(0.88, -0.82, 0.98, -0.5, GLASS)
    pen.ellipse(0.95, -0.25, 0.05, 0.05, (255, 240, 170))
    for x in (-0.58, 0.4):
        wheel(pen, x, -0.15, 0.15)


def truck(pen: Pen, colour: Colour) -> None:
    pen.rect(-1.0, -0.98, 0.36, -0.2, (240, 236, 226))
    pen.rect(-1.0, -0.98, 0.36, -0.88, (210, 206, 200))
    for x in (-0.6, -0.2):
        pen.line([(x, -0.86), (x, -0.24)], 0.02, (206, 200, 192))
    pen.poly([(0.4, -0.2), (0.4, -0.76), (0.74, -0.76), (0.92, -0.48), (1.02, -0.44), (1.02, -0.2)], colour)
    pen.poly([(0.5, -0.48), (0.5, -0.68), (0.7, -0.68), (0.82, -0.48)], GLASS)
    pen.rect(-1.0, -0.24, 1.04, -0.15, IRON)
    pen.ellipse(0.98, -0.32, 0.05, 0.06, (255, 240, 170))
    for x in (-0.7, -0.36, 0.7):
        wheel(pen, x, -0.16, 0.16)


def train(pen: Pen, colour: Colour) -> None:
    for x, y, r in ((0.5, -0.9, 0.09), (0.34, -0.95, 0.05)):
        pen.ellipse(x, y, r, r, (236, 238, 244))
    pen.poly([(0.4, -0.5), (0.62, -0.5), (0.68, -0.82), (0.34, -0.82)], IRON)
    pen.rect(-0.1, -0.6, 0.82, -0.22, colour)
    pen.ellipse(0.82, -0.41, 0.08, 0.19, darker(colour, 0.3))
    for x in (0.14, 0.5):
        pen.rect(x, -0.6, x + 0.07, -0.22, GOLD)
    pen.ellipse(0.12, -0.64, 0.1, 0.1, GOLD)
    pen.rect(-0.8, -0.86, -0.08, -0.22, darker(colour, 0.2))
    pen.rect(-0.88, -0.95, 0.0, -0.84, IRON)
    pen.rect(-0.66, -0.76, -0.24, -0.5, GLASS)
    pen.rect(-0.86, -0.26, 0.86, -0.17, IRON)
    pen.poly([(0.84, -0.22), (1.08, -0.02), (0.74, -0.02)], (206, 60, 50))
    for x, r in ((-0.56, 0.18), (-0.16, 0.18), (0.24, 0.13), (0.56, 0.13)):
        wheel(pen, x, -r, r, (206, 60, 50))
    pen.line([(-0.56, -0.16), (0.3, -0.16)], 0.05, (210, 214, 222))


def bicycle(pen: Pen, colour: Colour) -> None:
    for x in (-0.5, 0.5):
        pen.arc(x, -0.36, 0.34, 0, 180, 0.055, (50, 48, 58))
        pen.arc(x, -0.36, 0.34, 180, 360, 0.055, (50, 48, 58))
        for a, b in (((-0.3, 0), (0.3, 0)), ((0, -0.3), (0, 0.3))):
            pen.line([(x + a[0], -0.36 + a[1]), (x + b[0], -0.36 + b[1])], 0.015, (170, 174, 184))
    pen.line([(-0.5, -0.36), (-0.22, -0.74), (0.34, -0.74), (-0.02, -0.34), (-0.5, -0.36)], 0.07, colour)
    pen.line([(-0.02, -0.34), (-0.26, -0.84)], 0.07, colour)
    pen.line([(0.5, -0.36), (0.32, -0.9), (0.44, -0.97), (0.56, -0.94)], 0.06, colour)
    pen.line([(-0.38, -0.86), (-0.14, -0.86)], 0.09, (80, 52, 42))
    pen.ellipse(-0.02, -0.34, 0.09, 0.09, (90, 92, 104))


def helicopter(pen: Pen, colour: Colour) -> None:
    pen.rect(-0.06, -0.94, 0.06, -0.72, IRON)
    pen.line([(-0.92, -0.95), (0.92, -0.95)], 0.05, (90, 96, 110))
    pen.poly([(-0.2, -0.66), (-1.0, -0.6), (-1.02, -0.5), (-0.2, -0.34)], darker(colour, 0.15))
    pen.poly([(-1.0, -0.52), (-1.12, -0.8), (-0.96, -0.8), (-0.84, -0.56)], darker(colour, 0.3))
    pen.line([(-1.06, -0.78), (-1.0, -0.46)], 0.03, IRON)
    pen.ellipse(0.12, -0.46, 0.48, 0.32, colour)
    pen.slice(0.18, -0.47, 0.4, 0.27, -100, 40, GLASS)
    pen.rect(-0.22, -0.5, 0.1, -0.42, (255, 250, 236))
    for x in (-0.1, 0.32):
        pen.line([(x, -0.2), (x, -0.05)], 0.04, IRON)
    pen.line([(-0.36, -0.04), (0.58, -0.04), (0.68, -0.1)], 0.055, IRON)


def rocket(pen: Pen, colour: Colour) -> None:
    pen.poly([(-0.14, -0.18), (0.14, -0.18), (0.06, 0), (0, -0.06), (-0.06, 0)], (255, 150, 50))
    pen.poly([(-0.07, -0.18), (0.07, -0.18), (0, -0.05)], (255, 232, 120))
    for s in (-1, 1):
        pen.poly([(s * 0.16, -0.46), (s * 0.36, -0.14), (s * 0.34, -0.08), (s * 0.13, -0.22)], colour)
    pen.poly(
        [(-0.14, -0.17), (0.14, -0.17), (0.21, -0.5), (0.15, -0.78), (-0.15, -0.78), (-0.21, -0.5)], (240, 240, 246)
    )
    pen.poly([(0.04, -0.17), (0.14, -0.17), (0.21, -0.5), (0.15, -0.78), (0.06, -0.78)], (206, 208, 220))
    pen.poly([(-0.15, -0.77), (0.15, -0.77), (0, -1.0)], colour)
    pen.ellipse(0, -0.58, 0.105, 0.105, colour)
    pen.ellipse(0, -0.58, 0.075, 0.075, (120, 200, 240))
    pen.rect(-0.035, -0.36, 0.035, -0.14, colour)


def ufo(pen: Pen, colour: Colour) -> None:
    pen.poly([(-0.3, -0.4), (0.3, -0.4), (0.55, 0), (-0.55, 0)], (200, 255, 220), 120)
    pen.slice(0, -0.64, 0.4, 0.36, 180, 360, (170, 232, 246))
    pen.ellipse(-0.12, -0.82, 0.1, 0.06, (240, 252, 255))
    pen.ellipse(0, -0.52, 0.92, 0.2, darker(colour, 0.3))
    pen.ellipse(0, -0.57, 0.92, 0.18, colour)
    pen.ellipse(0, -0.64, 0.44, 0.08, lighter(colour, 0.4))
    for x in (-0.62, -0.22, 0.22, 0.62):
        pen.ellipse(x, -0.5, 0.08, 0.06, (255, 232, 110))


def boat(pen: Pen, colour: Colour) -> None:
    pen.line([(-0.5, -0.94), (0.5, -0.1)], 0.07, (200, 160, 106))
    pen.oval(0.66, -0.06, 0.2, 0.09, 40, (200, 160, 106))
    pen.poly([(-1.25, -0.72), (-0.9, -0.5), (0.9, -0.5), (1.25, -0.72), (0.86, -0.06), (0.6, 0), (-0.6, 0), (-0.86,
        -0.06)], colour)  # fmt: skip
    pen.poly([(-1.1, -0.46), (1.1, -0.46), (1.0, -0.3), (-1.0, -0.3)], lighter(colour, 0.35))
    pen.poly(
        [(-1.25, -0.72), (-0.9, -0.54), (0.9, -0.54), (1.25, -0.72), (0.94, -0.44), (-0.94, -0.44)],
        darker(colour, 0.35),
    )
    pen.line([(-0.62, -0.98), (-0.48, -0.86)], 0.1, (160, 120, 76))


def ship(pen: Pen, colour: Colour) -> None:
    for x, top in ((-0.38, -0.86), (0.16, -1.0)):
        pen.line([(x, -0.28), (x, top)], 0.035, (110, 72, 46))
    pen.poly([(0.18, -0.97), (0.34, -0.91), (0.18, -0.86)], (206, 50, 54))
    for x, top, low, w in ((-0.38, -0.8, -0.38, 0.22), (0.16, -0.84, -0.36, 0.28)):
        pen.poly([(x - w * 0.8, top), (x + w * 0.8, top), (x + w * 1.05, low), (x - w * 0.95, low)], (252, 246, 230))
        pen.poly([(x + w * 0.3, top), (x + w * 0.8, top), (x + w * 1.05, low), (x + w * 0.5, low)], (226, 214, 190))
    pen.line([(0.6, -0.3), (0.94, -0.46)], 0.035, (110, 72, 46))
    pen.poly([(0.5, -0.78), (0.5, -0.36), (0.9, -0.44)], (252, 246, 230))
    pen.poly([(-0.78, -0.4), (-0.56, -0.4), (-0.5, -0.28), (0.78, -0.3), (0.56, 0), (-0.62, 0)], colour)
    pen.poly([(-0.74, -0.27), (0.76, -0.29), (0.72, -0.21), (-0.71, -0.19)], GOLD)
    for x in (-0.44, -0.18, 0.08, 0.34):
        pen.ellipse(x, -0.11, 0.045, 0.045, (60, 40, 34))


def plane(pen: Pen, colour: Colour) -> None:
    pen.poly([(-0.62, -0.5), (-0.96, -0.98), (-0.72, -0.98), (-0.36, -0.56)], darker(colour, 0.15))
    pen.poly([(0.02, -0.56), (-0.2, -0.86), (0.02, -0.86), (0.34, -0.56)], darker(colour, 0.3))
    pen.ellipse(0.1, -0.44, 0.92, 0.2, (244, 246, 250))
    pen.poly([(-0.8, -0.46), (-1.08, -0.62), (-0.4, -0.62), (-0.2, -0.3)], (244, 246, 250))
    pen.slice(0.1, -0.42, 0.92, 0.18, 0, 180, colour)
    pen.poly([(0.14, -0.4), (-0.46, 0.0), (-0.2, 0.0), (0.5, -0.36)], darker(colour, 0.1))
    pen.poly([(-0.72, -0.46), (-1.06, -0.3), (-0.88, -0.28), (-0.5, -0.42)], darker(colour, 0.1))
    for k in range(5):
        pen.ellipse(-0.36 + 0.2 * k, -0.5, 0.055, 0.06, (90, 150, 210))
    pen.poly([(0.72, -0.58), (0.94, -0.48), (0.7, -0.48)], (90, 150, 210))


def carriage(pen: Pen, colour: Colour) -> None:
    pen.poly([(-0.6, -0.9), (0.6, -0.9), (0.75, -0.3), (-0.75, -0.3)], colour)
    pen.poly([(-0.66, -0.9), (0.66, -0.9), (0.4, -1.0), (-0.4, -1.0)], GOLD)
    pen.rect(-0.24, -0.82, 0.24, -0.5, GLASS)
    for x in (-0.5, 0.5):
        wooden_wheel(pen, x, -0.24, 0.24)


def wooden_wheel(pen: Pen, x: float, y: float, r: float) -> None:
    """Draw a wheel with a wooden rim and spokes around (x, y)."""
    pen.ellipse(x, y, r, r, (96, 64, 44))
    pen.ellipse(x, y, r * 0.72, r * 0.72, (226, 186, 120))
    for a, b in ((1, 0), (0, 1), (0.7, 0.7), (0.7, -0.7)):
        pen.line([(x - a * r * 0.7, y - b * r * 0.7), (x + a * r * 0.7, y + b * r * 0.7)], r * 0.14, (96, 64, 44))


def hot_air_balloon(pen: Pen, colour: Colour) -> None:
    pen.ellipse(0, -0.63, 0.36, 0.37, colour)
    pen.ellipse(0, -0.63, 0.22, 0.37, (250, 208, 80))
    pen.ellipse(0, -0.63, 0.09, 0.37, colour)
    for x in (-0.1, 0.1):
        pen.line([(x * 1.8, -0.33), (x, -0.16)], 0.015, (90, 66, 46))
    pen.rect(-0.12, -0.17, 0.12, 0, (150, 104, 60))
