"""Draw what stands and lies in a home: furniture, lights, machines of the household, what is carried about."""

from __future__ import annotations

from sd_models.world.pen import Colour, Pen, darker, lighter

IRON: Colour = (66, 60, 70)
GOLD: Colour = (240, 190, 62)
PAPER: Colour = (250, 244, 226)
GLASS: Colour = (190, 226, 240)


def lantern(pen: Pen, colour: Colour) -> None:
    pen.arc(0, -0.82, 0.17, 180, 360, 0.05, colour)
    pen.poly([(-0.2, -0.72), (0.2, -0.72), (0.1, -0.84), (-0.1, -0.84)], colour)
    pen.rect(-0.22, -0.72, 0.22, -0.1, (255, 214, 110))
    pen.ellipse(0, -0.36, 0.11, 0.2, (255, 246, 210))
    for x in (-0.22, 0.22):
        pen.line([(x, -0.72), (x, -0.1)], 0.06, colour)
    pen.rect(-0.28, -0.12, 0.28, 0.0, colour)


def bottle(pen: Pen, colour: Colour) -> None:
    pen.rect(-0.1, -0.95, 0.1, -0.5, (190, 226, 220))
    pen.rect(-0.12, -1.0, 0.12, -0.86, (160, 108, 64))
    pen.ellipse(0, -0.32, 0.34, 0.32, (190, 226, 220))
    pen.slice(0, -0.32, 0.3, 0.28, -10, 190, colour)


def table(pen: Pen, colour: Colour) -> None:
    for x in (-0.72, 0.66):
        pen.rect(x, -0.85, x + 0.1, 0.0, darker(colour, 0.25))
    pen.rect(-0.9, -0.94, 0.9, -0.74, colour)
    pen.rect(-0.9, -0.94, 0.9, -0.88, lighter(colour, 0.3))


def chair(pen: Pen, colour: Colour) -> None:
    for x in (-0.26, 0.2):
        pen.rect(x, -1.0, x + 0.08, 0.0, darker(colour, 0.18))
        pen.rect(x + (0.06 if x > 0 else -0.06), -0.42, x + (0.14 if x > 0 else 0.02), 0.0, darker(colour, 0.3))
    for y in (-0.94, -0.76):
        pen.rect(-0.26, y, 0.28, y + 0.1, colour)
    pen.poly([(-0.28, -0.52), (0.28, -0.52), (0.36, -0.4), (-0.36, -0.4)], lighter(colour, 0.2))
    pen.rect(-0.36, -0.41, 0.36, -0.34, colour)


def bed(pen: Pen, colour: Colour) -> None:
    wood = (140, 88, 50)
    pen.rect(-1.0, -1.0, -0.88, 0.0, wood)
    pen.rect(0.92, -0.66, 1.02, 0.0, wood)
    pen.rect(-0.95, -0.36, 0.98, -0.14, darker(wood, 0.2))
    pen.rect(-0.9, -0.5, 0.94, -0.3, (250, 246, 238))
    pen.ellipse(-0.64, -0.56, 0.25, 0.14, (255, 255, 252))
    pen.poly([(-0.34, -0.6), (0.94, -0.56), (0.96, -0.2), (-0.4, -0.2)], colour)
    pen.poly([(-0.34, -0.6), (-0.14, -0.6), (-0.2, -0.2), (-0.4, -0.2)], lighter(colour, 0.45))


def sofa(pen: Pen, colour: Colour) -> None:
    for x in (-0.85, 0.75):
        pen.rect(x, -0.12, x + 0.1, 0.0, (90, 58, 40))
    pen.rect(-0.8, -0.9, 0.8, -0.12, darker(colour, 0.15))
    pen.slice(0, -0.88, 0.8, 0.12, 180, 360, darker(colour, 0.15))
    pen.rect(-0.76, -0.5, -0.01, -0.26, lighter(colour, 0.2))
    pen.rect(0.01, -0.5, 0.76, -0.26, lighter(colour, 0.2))
    pen.rect(-0.9, -0.28, 0.9, -0.1, colour)
    for s in (-1, 1):
        pen.rect(s * 0.72, -0.6, s * 1.0, -0.1, colour)
        pen.ellipse(s * 0.86, -0.6, 0.14, 0.12, lighter(colour, 0.12))


def door(pen: Pen, colour: Colour) -> None:
    pen.rect(-0.28, -1.0, 0.28, 0, darker(colour, 0.4))
    pen.rect(-0.23, -0.96, 0.23, 0, colour)
    for y0, y1 in ((-0.89, -0.55), (-0.45, -0.1)):
        for x in (-0.17, 0.03):
            pen.rect(x, y0, x + 0.14, y1, darker(colour, 0.2))
    pen.ellipse(0.18, -0.48, 0.028, 0.028, GOLD)


def computer(pen: Pen, colour: Colour) -> None:
    pen.rect(-0.66, -1.0, 0.66, -0.28, colour)
    pen.rect(-0.59, -0.93, 0.59, -0.38, (70, 150, 220))
    pen.poly([(-0.59, -0.93), (0.0, -0.93), (-0.4, -0.38), (-0.59, -0.38)], (112, 182, 240))
    pen.rect(-0.1, -0.28, 0.1, -0.16, darker(colour, 0.3))
    pen.poly([(-0.6, -0.15), (0.6, -0.15), (0.72, 0), (-0.72, 0)], lighter(colour, 0.55))
    for y in (-0.11, -0.06):
        pen.line([(-0.52, y), (0.52, y)], 0.025, darker(colour, 0.1))


def television(pen: Pen, colour: Colour) -> None:
    for s in (-1, 1):
        pen.line([(0, -0.8), (s * 0.28, -0.99)], 0.03, (80, 78, 90))
        pen.line([(s * 0.42, -0.1), (s * 0.5, -0.01)], 0.07, (80, 56, 44))
    pen.rect(-0.66, -0.8, 0.66, -0.08, colour)
    pen.rect(-0.58, -0.72, 0.34, -0.16, (40, 46, 66))
    pen.ellipse(-0.12, -0.44, 0.42, 0.25, (150, 200, 226))
    for y in (-0.62, -0.44):
        pen.ellipse(0.5, y, 0.07, 0.07, (250, 226, 170))
    for y in (-0.28, -0.2):
        pen.line([(0.42, y), (0.58, y)], 0.025, darker(colour, 0.5))


def clock(pen: Pen, colour: Colour) -> None:
    for s in (-1, 1):
        pen.line([(s * 0.25, -0.12), (s * 0.34, -0.01)], 0.09, darker(colour, 0.4))
        pen.ellipse(s * 0.27, -0.86, 0.16, 0.13, GOLD)
    pen.line([(0, -0.9), (0, -0.97)], 0.07, darker(colour, 0.4))
    pen.ellipse(0, -0.46, 0.43, 0.43, colour)
    pen.ellipse(0, -0.46, 0.34, 0.34, (255, 252, 240))
    for x, y in ((0, -0.75), (0, -0.17), (-0.29, -0.46), (0.29, -0.46)):
        pen.ellipse(x, y, 0.03, 0.03, IRON)
    pen.line([(0, -0.7), (0, -0.46), (0.16, -0.38)], 0.05, IRON)


def mirror(pen: Pen, colour: Colour) -> None:
    pen.rect(-0.06, -0.34, 0.06, -0.04, darker(colour, 0.25))
    pen.ellipse(0, -0.05, 0.08, 0.05, colour)
    pen.ellipse(0, -0.64, 0.32, 0.36, colour)
    pen.ellipse(0, -0.64, 0.25, 0.29, GLASS)
    pen.line([(-0.12, -0.6), (0.06, -0.8)], 0.05, (255, 255, 255))
    pen.line([(0.0, -0.54), (0.12, -0.68)], 0.03, (255, 255, 255))


def cup(pen: Pen, colour: Colour) -> None:
    pen.arc(0.4, -0.36, 0.19, -100, 100, 0.09, colour)
    pen.poly([(-0.42, -0.66), (0.42, -0.66), (0.36, -0.1), (0.2, 0), (-0.2, 0), (-0.36, -0.1)], colour)
    pen.ellipse(0, -0.66, 0.42, 0.09, lighter(colour, 0.5))
    pen.ellipse(0, -0.65, 0.35, 0.065, (104, 62, 40))
    for x in (-0.16, 0.1):
        pen.line([(x, -0.78), (x + 0.07, -0.84), (x, -0.91), (x + 0.06, -0.98)], 0.05, (226, 232, 240))


def candle(pen: Pen, colour: Colour) -> None:
    pen.ellipse(0, -0.08, 0.36, 0.08, darker(GOLD, 0.25))
    pen.ellipse(0, -0.11, 0.36, 0.08, GOLD)
    pen.arc(0.38, -0.14, 0.08, -120, 130, 0.05, GOLD)
    pen.rect(-0.14, -0.66, 0.14, -0.1, colour)
    pen.rect(0.05, -0.66, 0.14, -0.1, darker(colour, 0.14))
    pen.ellipse(0, -0.66, 0.14, 0.04, lighter(colour, 0.4))
    pen.ellipse(0, -0.8, 0.085, 0.12, (255, 168, 50))
    pen.poly([(-0.07, -0.85), (0.07, -0.85), (0.0, -1.0)], (255, 168, 50))
    pen.ellipse(0, -0.77, 0.045, 0.07, (255, 244, 170))


def broom(pen: Pen, colour: Colour) -> None:
    pen.line([(0, -0.3), (0, -0.98)], 0.05, (150, 98, 56))
    pen.poly([(-0.07, -0.36), (0.07, -0.36), (0.24, 0), (-0.24, 0)], colour)
    for x in (-0.1, 0.0, 0.1):
        pen.line([(x * 0.4, -0.28), (x, -0.02)], 0.018, darker(colour, 0.3))
    pen.rect(-0.1, -0.38, 0.1, -0.3, (196, 66, 56))


def umbrella(pen: Pen, colour: Colour) -> None:
    pen.line([(0, -1.0), (0, -0.1)], 0.035, (110, 74, 48))
    pen.arc(0.08, -0.1, 0.08, 180, 20, 0.04, (110, 74, 48))
    pen.slice(0, -0.56, 0.5, 0.4, 180, 360, colour)
    pen.slice(0, -0.56, 0.22, 0.4, 180, 360, lighter(colour, 0.35))
    for x in (-0.36, 0.36):
        pen.slice(x, -0.55, 0.14, 0.06, 180, 360, darker(colour, 0.3))
    pen.slice(0, -0.55, 0.22, 0.07, 180, 360, darker(colour, 0.3))


def bag(pen: Pen, colour: Colour) -> None:
    pen.arc(0, -0.86, 0.14, 180, 360, 0.06, darker(colour, 0.4))
    pen.rect(-0.36, -0.72, 0.36, -0.04, colour)
    pen.slice(0, -0.7, 0.36, 0.22, 180, 360, colour)
    pen.rect(-0.44, -0.42, -0.34, -0.08, darker(colour, 0.3))
    pen.rect(0.34, -0.42, 0.44, -0.08, darker(colour, 0.3))
    pen.slice(0, -0.56, 0.36, 0.16, 0, 180, darker(colour, 0.25))
    pen.rect(-0.25, -0.34, 0.25, 0.0, lighter(colour, 0.25))
    pen.rect(-0.25, -0.34, 0.25, -0.26, darker(colour, 0.2))
    pen.rect(-0.05, -0.46, 0.05, -0.34, GOLD)


def basket(pen: Pen, colour: Colour) -> None:
    pen.arc(0, -0.5, 0.42, 180, 360, 0.07, darker(colour, 0.25), 1.1)
    pen.poly([(-0.55, -0.5), (0.55, -0.5), (0.42, 0), (-0.42, 0)], colour)
    for row in range(3):
        for k in range(5):
            x = -0.42 + 0.2 * k + (0.08 if row % 2 else 0.0)
            if abs(x + 0.05) < 0.46:
                pen.rect(x, -0.4 + 0.13 * row, x + 0.1, -0.33 + 0.13 * row, darker(colour, 0.25))
    pen.rect(-0.6, -0.55, 0.6, -0.44, lighter(colour, 0.2))


def gift(pen: Pen, colour: Colour) -> None:
    ribbon = (255, 222, 96)
    pen.rect(-0.42, -0.6, 0.42, 0, colour)
    pen.rect(0.2, -0.6, 0.42, 0, darker(colour, 0.15))
    pen.rect(-0.48, -0.74, 0.48, -0.56, lighter(colour, 0.15))
    pen.rect(-0.09, -0.74, 0.09, 0, ribbon)
    for s in (-1, 1):
        pen.oval(s * 0.18, -0.84, 0.19, 0.1, s * -28, ribbon)
        pen.oval(s * 0.18, -0.84, 0.09, 0.04, s * -28, darker(colour, 0.2))
    pen.ellipse(0, -0.77, 0.08, 0.07, darker(ribbon, 0.15))


def phone(pen: Pen, colour: Colour) -> None:
    pen.rect(-0.26, -0.98, 0.26, -0.02, colour)
    pen.rect(-0.22, -0.88, 0.22, -0.14, (96, 190, 236))
    for row in range(3):
        for k in range(3):
            shade = ((250, 220, 90), (240, 110, 100), (120, 210, 120))[(k + row) % 3]
            pen.rect(-0.17 + 0.13 * k, -0.8 + 0.2 * row, -0.09 + 0.13 * k, -0.68 + 0.2 * row, shade)
    pen.ellipse(0, -0.08, 0.035, 0.035, (220, 220, 226))


def magnifying_glass(pen: Pen, colour: Colour) -> None:
    pen.line([(0.1, -0.4), (0.36, -0.07)], 0.13, (110, 70, 44))
    pen.ellipse(-0.12, -0.66, 0.33, 0.33, colour)
    pen.ellipse(-0.12, -0.66, 0.25, 0.25, GLASS)
    pen.arc(-0.12, -0.66, 0.17, 190, 270, 0.05, (255, 255, 255))


def camera(pen: Pen, colour: Colour) -> None:
    pen.rect(-0.24, -0.92, 0.24, -0.74, darker(colour, 0.2))
    pen.rect(-0.6, -0.78, 0.6, 0, colour)
    pen.rect(-0.6, -0.6, 0.6, -0.16, (150, 96, 60))
    pen.ellipse(0, -0.38, 0.32, 0.32, (214, 216, 224))
    pen.ellipse(0, -0.38, 0.24, 0.24, (46, 48, 66))
    pen.ellipse(0.07, -0.46, 0.08, 0.08, (140, 196, 240))
    pen.rect(0.36, -0.74, 0.52, -0.64, (255, 248, 200))
    pen.ellipse(-0.44, -0.82, 0.08, 0.06, (220, 70, 60))


def key(pen: Pen, colour: Colour) -> None:
    pen.line([(0, -0.6), (0, -0.05)], 0.11, colour)
    pen.rect(0, -0.16, 0.22, -0.04, colour)
    pen.rect(0, -0.34, 0.17, -0.23, colour)
    for x, y in ((-0.14, -0.72), (0.14, -0.72), (0, -0.86)):
        pen.ellipse(x, y, 0.135, 0.135, colour)
        pen.ellipse(x, y, 0.06, 0.06, darker(colour, 0.5))


def piano(pen: Pen, colour: Colour) -> None:
    pen.rect(-0.8, -1.0, 0.8, 0, colour)
    pen.rect(-0.8, -1.0, 0.8, -0.9, lighter(colour, 0.2))
    pen.rect(-0.88, -0.52, 0.88, -0.36, (250, 250, 246))
    for k in range(9):
        pen.rect(-0.8 + k * 0.19, -0.52, -0.72 + k * 0.19, -0.43, (30, 28, 34))
    pen.rect(-0.88, -0.37, 0.88, -0.3, darker(colour, 0.3))


def chest(pen: Pen, colour: Colour) -> None:
    pen.rect(-0.7, -0.58, 0.7, 0, colour)
    pen.slice(0, -0.56, 0.7, 0.42, 180, 360, lighter(colour, 0.14))
    for x in (-0.62, 0.44):
        pen.rect(x, -0.85, x + 0.14, 0, GOLD)
    pen.rect(-0.72, -0.6, 0.72, -0.5, darker(colour, 0.35))
    pen.rect(-0.12, -0.64, 0.12, -0.34, (250, 208, 80))
    pen.ellipse(0, -0.48, 0.045, 0.06, (70, 40, 30))


def barrel(pen: Pen, colour: Colour) -> None:
    pen.poly([(-0.34, 0), (0.34, 0), (0.45, -0.5), (0.34, -0.97), (-0.34, -0.97), (-0.45, -0.5)], colour)
    pen.poly([(0.12, 0), (0.34, 0), (0.45, -0.5), (0.34, -0.97), (0.12, -0.97)], darker(colour, 0.18))
    for y in (-0.22, -0.76):
        pen.rect(-0.4, y - 0.05, 0.4, y + 0.05, (84, 84, 96))
    pen.ellipse(0, -0.95, 0.34, 0.05, lighter(colour, 0.3))


def book(pen: Pen, colour: Colour) -> None:
    pen.poly([(-0.72, -0.86), (0, -0.76), (0.72, -0.86), (0.72, -0.1), (0, 0), (-0.72, -0.1)], colour)
    for s in (-1, 1):
        pen.poly([(0, -0.78), (s * 0.3, -0.96), (s * 0.64, -0.9), (s * 0.64, -0.2), (s * 0.3, -0.22), (0, -0.1)], PAPER)
        for k in range(4):
            y = -0.78 + 0.14 * k
            pen.line([(s * 0.16, y + 0.02), (s * 0.54, y - 0.03)], 0.03, (150, 140, 140))
    pen.line([(0, -0.78), (0, -0.1)], 0.04, (200, 186, 160))


def letter(pen: Pen, colour: Colour) -> None:
    pen.rect(-0.7, -0.92, 0.7, -0.02, colour)
    pen.poly([(-0.7, -0.02), (0, -0.56), (0.7, -0.02)], darker(colour, 0.1))
    pen.poly([(-0.7, -0.92), (0, -0.34), (0.7, -0.92)], darker(colour, 0.2))
    pen.poly([(-0.66, -0.92), (0, -0.4), (0.66, -0.92)], lighter(colour, 0.4))
    pen.ellipse(0, -0.42, 0.14, 0.13, (206, 50, 50))


def map_(pen: Pen, colour: Colour) -> None:
    edges = (-0.75, -0.25, 0.25, 0.75)
    for k in range(3):
        a, b = (0.0, 0.1) if k % 2 else (0.1, 0.0)
        shade = darker(colour, 0.12) if k % 2 else colour
        pen.poly(
            [(edges[k], -1.0 + a), (edges[k + 1], -1.0 + b), (edges[k + 1], -0.1 + b), (edges[k], -0.1 + a)], shade
        )
    pen.oval(-0.42, -0.66, 0.2, 0.13, -20, (120, 180, 90))
    pen.oval(0.4, -0.34, 0.22, 0.14, 15, (110, 176, 216))
    for x, y in ((-0.48, -0.3), (-0.32, -0.38), (-0.14, -0.36), (0.02, -0.46), (0.14, -0.58)):
        pen.ellipse(x, y, 0.035, 0.035, (130, 80, 50))
    for s in (-1, 1):
        pen.line([(0.32 - s * 0.1, -0.8), (0.32 + s * 0.1, -0.6)], 0.06, (214, 46, 46))
