"""Draw more of what rooms hold: seats, storage, the bathroom, what hangs on walls."""

from __future__ import annotations

from sd_models.world.pen import Colour, Pen, darker, lighter
from sd_models.world.things.home import GLASS, GOLD, IRON

_WHITE: Colour = (246, 248, 252)


def lamp(pen: Pen, colour: Colour) -> None:
    pen.ellipse(0, -0.05, 0.22, 0.05, IRON)
    pen.rect(-0.03, -0.6, 0.03, -0.04, IRON)
    pen.poly([(-0.18, -1.0), (0.18, -1.0), (0.36, -0.55), (-0.36, -0.55)], colour)
    pen.poly([(-0.18, -1.0), (-0.02, -1.0), (-0.1, -0.55), (-0.36, -0.55)], lighter(colour, 0.4))
    pen.ellipse(0, -0.53, 0.1, 0.06, (255, 250, 200))


def bookshelf(pen: Pen, colour: Colour) -> None:
    pen.rect(-0.4, -1.0, 0.4, 0, colour)
    for row in range(4):
        y = -0.96 + 0.235 * row
        pen.rect(-0.35, y, 0.35, y + 0.2, darker(colour, 0.5))
        for k in range(6):
            shade = ((206, 70, 60), (70, 120, 190), (230, 190, 80), (90, 150, 90), (140, 90, 160))[(k * 2 + row) % 5]
            pen.rect(-0.34 + 0.11 * k, y + 0.03 + 0.03 * ((k + row) % 3), -0.25 + 0.11 * k, y + 0.2, shade)


def wardrobe(pen: Pen, colour: Colour) -> None:
    for x in (-0.38, 0.3):
        pen.rect(x, -0.06, x + 0.08, 0, darker(colour, 0.4))
    pen.rect(-0.42, -0.94, 0.42, -0.05, colour)
    pen.rect(-0.47, -1.0, 0.47, -0.93, darker(colour, 0.25))
    for s in (-1, 1):
        pen.rect(s * 0.05, -0.88, s * 0.37, -0.28, lighter(colour, 0.15))
        pen.ellipse(s * 0.05, -0.5, 0.025, 0.025, GOLD)
    pen.rect(-0.37, -0.22, 0.37, -0.1, lighter(colour, 0.15))
    pen.line([(-0.08, -0.16), (0.08, -0.16)], 0.03, GOLD)


def throne(pen: Pen, colour: Colour) -> None:
    pen.rect(-0.32, -0.92, 0.32, 0, GOLD)
    pen.rect(-0.24, -0.84, 0.24, -0.35, colour)
    pen.poly(
        [(-0.34, -0.9), (-0.34, -1.0), (-0.16, -0.93), (0, -1.04), (0.16, -0.93), (0.34, -1.0), (0.34, -0.9)], GOLD
    )
    pen.rect(-0.34, -0.4, 0.34, -0.28, lighter(colour, 0.15))
    pen.rect(-0.24, -0.26, 0.24, 0, darker(GOLD, 0.35))
    for s in (-1, 1):
        pen.rect(s * 0.32, -0.56, s * 0.44, 0, darker(GOLD, 0.12))
        pen.ellipse(s * 0.38, -0.57, 0.08, 0.06, colour)


def bench(pen: Pen, colour: Colour) -> None:
    for x in (-0.9, 0.8):
        pen.rect(x, -1.0, x + 0.1, 0, IRON)
    for y in (-0.95, -0.72, -0.46):
        pen.rect(-1.05, y, 1.05, y + 0.15, colour if y < -0.5 else lighter(colour, 0.2))


def stool(pen: Pen, colour: Colour) -> None:
    for a, b in ((-0.25, -0.42), (0.25, 0.42), (0, 0)):
        pen.line([(a, -0.9), (b, -0.04)], 0.09, darker(colour, 0.25))
    pen.line([(-0.33, -0.4), (0.33, -0.4)], 0.06, darker(colour, 0.35))
    pen.ellipse(0, -0.86, 0.42, 0.13, darker(colour, 0.1))
    pen.ellipse(0, -0.9, 0.42, 0.1, lighter(colour, 0.2))


def rocking_chair(pen: Pen, colour: Colour) -> None:
    pen.arc(0, -0.7, 0.7, 40, 140, 0.08, darker(colour, 0.2))
    for points in (((-0.42, -1.0), (-0.28, -0.45), (-0.34, -0.1)), ((0.34, -0.45), (0.38, -0.1)), ((-0.35, -0.66),
        (0.4, -0.66), (0.34, -0.45))):  # fmt: skip
        pen.line(points, 0.08, colour)
    pen.line([(-0.3, -0.45), (0.38, -0.42)], 0.12, lighter(colour, 0.2))


def cradle(pen: Pen, colour: Colour) -> None:
    pen.arc(0, -0.6, 0.56, 35, 145, 0.09, darker(colour, 0.25))
    pen.ellipse(-0.36, -0.74, 0.22, 0.16, (255, 255, 252))
    pen.poly([(-0.2, -0.74), (0.66, -0.7), (0.66, -0.55), (-0.3, -0.55)], (150, 200, 240))
    pen.poly([(-0.84, -1.0), (-0.62, -1.0), (-0.56, -0.62), (0.72, -0.62), (0.8, -0.76), (0.66, -0.16), (-0.62,
        -0.16)], colour)  # fmt: skip
    pen.poly([(-0.05, -0.36), (0.05, -0.46), (0.15, -0.36), (0.05, -0.24)], (240, 90, 100))


def bathtub(pen: Pen, colour: Colour) -> None:
    for x in (-0.7, 0.6):
        pen.ellipse(x, -0.06, 0.1, 0.07, GOLD)
    for x, y, r in ((-0.5, -0.75, 0.16), (-0.2, -0.8, 0.2), (0.15, -0.76, 0.18), (0.45, -0.78, 0.16)):
        pen.ellipse(x, y, r, r, (226, 242, 252))
    pen.line([(0.86, -0.7), (0.86, -0.96), (0.66, -0.96), (0.66, -0.88)], 0.06, (160, 166, 178))
    pen.poly([(-1.0, -0.7), (1.0, -0.7), (0.8, -0.12), (0.6, -0.06), (-0.6, -0.06), (-0.8, -0.12)], colour)
    pen.rect(-1.06, -0.74, 1.06, -0.62, darker(colour, 0.1))


def toilet(pen: Pen, colour: Colour) -> None:
    pen.rect(-0.46, -1.0, -0.16, -0.44, colour)
    pen.rect(-0.5, -1.02, -0.12, -0.93, darker(colour, 0.1))
    pen.poly([(-0.4, -0.44), (0.5, -0.44), (0.3, -0.18), (0.2, 0), (-0.3, 0), (-0.24, -0.16)], darker(colour, 0.07))
    pen.rect(-0.3, -0.52, 0.54, -0.42, (150, 190, 214))
    pen.ellipse(-0.31, -0.86, 0.04, 0.04, (150, 154, 166))


def stove(pen: Pen, colour: Colour) -> None:
    pen.rect(-0.5, -0.9, 0.5, 0, colour)
    pen.rect(-0.55, -1.0, 0.55, -0.88, IRON)
    for k in range(4):
        pen.ellipse(-0.36 + 0.24 * k, -0.79, 0.055, 0.055, IRON)
    pen.rect(-0.38, -0.64, 0.38, -0.14, darker(colour, 0.35))
    pen.rect(-0.3, -0.54, 0.3, -0.2, (255, 160, 70))
    pen.line([(-0.34, -0.65), (0.34, -0.65)], 0.05, (220, 222, 230))


def fireplace(pen: Pen, colour: Colour) -> None:
    pen.rect(-0.72, -0.88, 0.72, 0, colour)
    for row in range(5):
        for k in range(4):
            x = -0.68 + 0.36 * k + 0.1 * (row % 2)
            pen.rect(x, -0.82 + 0.17 * row, min(x + 0.26, 0.7), -0.71 + 0.17 * row, darker(colour, 0.15))
    pen.rect(-0.84, -1.0, 0.84, -0.87, (140, 92, 56))
    pen.slice(0, -0.4, 0.42, 0.24, 180, 360, (46, 36, 42))
    pen.rect(-0.42, -0.41, 0.42, 0, (46, 36, 42))
    pen.line([(-0.26, -0.06), (0.26, -0.06)], 0.1, (120, 78, 48))
    pen.poly([(-0.22, -0.08), (-0.2, -0.3), (-0.1, -0.24), (0.0, -0.5), (0.12, -0.26), (0.2, -0.34), (0.22, -0.08)],
        (246, 120, 40))  # fmt: skip
    pen.poly([(-0.1, -0.08), (0.0, -0.32), (0.12, -0.08)], (255, 216, 90))


def fridge(pen: Pen, colour: Colour) -> None:
    pen.rect(-0.28, -1.0, 0.28, -0.03, colour)
    pen.rect(0.18, -1.0, 0.28, -0.03, darker(colour, 0.12))
    pen.line([(-0.28, -0.66), (0.28, -0.66)], 0.025, darker(colour, 0.4))
    for y0, y1 in ((-0.9, -0.74), (-0.58, -0.34)):
        pen.line([(-0.2, y0), (-0.2, y1)], 0.04, IRON)
    pen.rect(-0.24, -0.05, 0.24, 0, IRON)


def washing_machine(pen: Pen, colour: Colour) -> None:
    pen.rect(-0.44, -1.0, 0.44, 0, colour)
    pen.rect(-0.44, -0.82, 0.44, -0.79, darker(colour, 0.3))
    pen.rect(-0.38, -0.95, -0.1, -0.86, (150, 200, 230))
    pen.ellipse(0.28, -0.9, 0.06, 0.06, IRON)
    pen.ellipse(0, -0.4, 0.32, 0.32, (170, 176, 188))
    pen.ellipse(0, -0.4, 0.24, 0.24, (90, 150, 200))
    pen.slice(0, -0.4, 0.22, 0.22, 10, 170, (226, 240, 250))


def rug(pen: Pen, colour: Colour) -> None:
    pen.poly([(-1.2, -1.0), (1.2, -1.0), (1.6, 0), (-1.6, 0)], colour)
    pen.poly([(-1.05, -0.86), (1.05, -0.86), (1.34, -0.14), (-1.34, -0.14)], lighter(colour, 0.5))
    pen.poly([(-0.96, -0.76), (0.96, -0.76), (1.2, -0.24), (-1.2, -0.24)], colour)
    pen.poly([(0, -0.68), (0.5, -0.5), (0, -0.32), (-0.5, -0.5)], GOLD)


def curtain(pen: Pen, colour: Colour) -> None:
    for s in (-1, 1):
        pen.poly([(s * 0.02, -0.94), (s * 0.56, -0.94), (s * 0.56, 0), (s * 0.3, 0), (s * 0.36, -0.36)], colour)
        for x in (0.2, 0.36):
            pen.line([(s * x, -0.92), (s * (x + 0.08), -0.04)], 0.03, darker(colour, 0.25))
        pen.line([(s * 0.36, -0.38), (s * 0.56, -0.34)], 0.05, GOLD)
    pen.line([(-0.64, -0.95), (0.64, -0.95)], 0.07, (140, 92, 56))


def window(pen: Pen, colour: Colour) -> None:
    pen.rect(-0.42, -1.0, 0.42, -0.06, colour)
    pen.rect(-0.35, -0.93, 0.35, -0.12, (140, 204, 240))
    pen.poly([(-0.35, -0.6), (0.02, -0.93), (0.2, -0.93), (-0.35, -0.42)], (206, 236, 252))
    pen.rect(-0.03, -0.95, 0.03, -0.1, colour)
    pen.rect(-0.36, -0.54, 0.36, -0.49, colour)
    pen.rect(-0.5, -0.1, 0.5, 0, darker(colour, 0.15))


def picture(pen: Pen, colour: Colour) -> None:
    pen.rect(-0.66, -1.0, 0.66, 0, colour)
    pen.rect(-0.55, -0.89, 0.55, -0.11, (150, 206, 240))
    pen.ellipse(0.3, -0.7, 0.12, 0.12, (255, 220, 90))
    pen.poly([(-0.55, -0.11), (-0.2, -0.6), (0.05, -0.3), (0.24, -0.48), (0.55, -0.11)], (90, 150, 90))


def vase(pen: Pen, colour: Colour) -> None:
    for x, c in ((-0.18, (236, 90, 110)), (0.02, (250, 206, 80)), (0.2, (180, 120, 220))):
        pen.line([(x * 0.4, -0.5), (x, -0.84)], 0.03, (86, 156, 66))
        pen.ellipse(x, -0.88 + abs(x) * 0.3, 0.11, 0.11, c)
    pen.ellipse(0, -0.24, 0.26, 0.24, colour)
    pen.poly([(-0.12, -0.58), (0.12, -0.58), (0.09, -0.4), (-0.09, -0.4)], colour)
    pen.line([(-0.23, -0.26), (0.23, -0.26)], 0.05, _WHITE)


def pot_plant(pen: Pen, colour: Colour) -> None:
    leaf = (72, 150, 80)
    for x, y, angle in ((-0.3, -0.66, 40), (0.3, -0.66, -40), (-0.14, -0.8, 70), (0.14, -0.8, -70)):
        pen.oval(x, y, 0.26, 0.09, angle, leaf if x < 0 else darker(leaf, 0.15))
    pen.poly([(-0.26, -0.42), (0.26, -0.42), (0.18, 0), (-0.18, 0)], colour)
    pen.rect(-0.3, -0.5, 0.3, -0.38, lighter(colour, 0.2))


def chandelier(pen: Pen, colour: Colour) -> None:
    pen.line([(0, -1.0), (0, -0.3)], 0.05, colour)
    pen.arc(0, -0.5, 0.5, 0, 180, 0.07, colour, 0.6)
    pen.arc(0, -0.5, 0.24, 0, 180, 0.06, colour, 0.8)
    for x in (-0.5, -0.24, 0.24, 0.5):
        pen.rect(x - 0.04, -0.68, x + 0.04, -0.48, _WHITE)
        pen.ellipse(x, -0.76, 0.05, 0.08, (255, 190, 70))
    pen.ellipse(0, -0.1, 0.07, 0.1, GLASS)


def ladder(pen: Pen, colour: Colour) -> None:
    for x in (-0.2, 0.2):
        pen.line([(x, -0.02), (x * 0.8, -0.98)], 0.06, colour)
    for k in range(7):
        pen.line([(-0.19, -0.1 - 0.13 * k), (0.19, -0.1 - 0.13 * k)], 0.045, darker(colour, 0.2))


def stairs(pen: Pen, colour: Colour) -> None:
    for k in range(5):
        pen.rect(-0.75 + 0.3 * k, -0.2 * (k + 1), 0.75, -0.2 * k, darker(colour, 0.06 * k))
        pen.rect(-0.77 + 0.3 * k, -0.2 * (k + 1), -0.75 + 0.3 * (k + 1), -0.2 * (k + 1) + 0.05, lighter(colour, 0.35))


def bucket(pen: Pen, colour: Colour) -> None:
    pen.arc(0, -0.6, 0.38, 180, 360, 0.04, IRON)
    pen.poly([(-0.42, -0.62), (0.42, -0.62), (0.3, 0), (-0.3, 0)], colour)
    pen.poly([(0.14, -0.62), (0.42, -0.62), (0.3, 0), (0.1, 0)], darker(colour, 0.15))
    pen.ellipse(0, -0.62, 0.42, 0.1, darker(colour, 0.3))
    pen.ellipse(0, -0.61, 0.35, 0.07, (110, 186, 236))


def pillow(pen: Pen, colour: Colour) -> None:
    pen.poly(
        [(-0.9, -1.0), (0, -0.88), (0.9, -1.0), (0.8, -0.5), (0.9, 0), (0, -0.12), (-0.9, 0), (-0.8, -0.5)], colour
    )
    pen.poly([(-0.5, -0.74), (0.5, -0.74), (0.46, -0.26), (-0.46, -0.26)], lighter(colour, 0.3))
    pen.ellipse(0, -0.5, 0.08, 0.08, darker(colour, 0.3))


def desk(pen: Pen, colour: Colour) -> None:
    pen.rect(-0.9, -0.84, -0.3, 0, darker(colour, 0.15))
    pen.rect(0.78, -0.84, 0.9, 0, darker(colour, 0.25))
    pen.rect(-1.0, -1.0, 1.0, -0.84, colour)
    for k in range(3):
        pen.rect(-0.84, -0.78 + 0.26 * k, -0.36, -0.58 + 0.26 * k, lighter(colour, 0.15))
        pen.ellipse(-0.6, -0.68 + 0.26 * k, 0.04, 0.04, GOLD)


def armchair(pen: Pen, colour: Colour) -> None:
    pen.rect(-0.42, -0.9, 0.42, -0.1, darker(colour, 0.12))
    pen.slice(0, -0.88, 0.42, 0.12, 180, 360, darker(colour, 0.12))
    pen.rect(-0.4, -0.46, 0.4, -0.26, lighter(colour, 0.25))
    pen.rect(-0.44, -0.28, 0.44, -0.07, colour)
    for s in (-1, 1):
        pen.rect(s * 0.36, -0.58, s * 0.6, -0.07, colour)
        pen.ellipse(s * 0.48, -0.58, 0.12, 0.1, lighter(colour, 0.12))
        pen.rect(s * 0.4, -0.07, s * 0.52, 0, (90, 58, 40))


def suitcase(pen: Pen, colour: Colour) -> None:
    pen.arc(0, -0.84, 0.17, 180, 360, 0.08, IRON)
    pen.rect(-0.66, -0.82, 0.66, 0, colour)
    for x in (-0.44, 0.3):
        pen.rect(x, -0.82, x + 0.14, 0, darker(colour, 0.35))
        pen.rect(x + 0.02, -0.5, x + 0.12, -0.38, GOLD)


def cage(pen: Pen, colour: Colour) -> None:
    pen.arc(0, -0.94, 0.06, 0, 360, 0.04, colour)
    pen.arc(0, -0.5, 0.4, 180, 360, 0.05, colour)
    for k in range(6):
        x = -0.4 + 0.16 * k
        pen.line([(x, -0.06), (x, -0.5), (x * 0.3, -0.88)], 0.03, colour)
    pen.line([(-0.4, -0.5), (0.4, -0.5)], 0.04, colour)
    pen.rect(-0.46, -0.1, 0.46, 0, darker(colour, 0.3))


def hourglass(pen: Pen, colour: Colour) -> None:
    pen.poly([(-0.28, -0.9), (0.28, -0.9), (0.04, -0.5), (0.28, -0.1), (-0.28, -0.1), (-0.04, -0.5)], (216, 236, 246))
    pen.poly([(-0.18, -0.74), (0.18, -0.74), (0.0, -0.5)], (240, 196, 100))
    pen.poly([(-0.26, -0.1), (0.26, -0.1), (0.0, -0.3)], (240, 196, 100))
    pen.line([(0, -0.5), (0, -0.2)], 0.03, (240, 196, 100))
    for y in (-0.94, -0.06):
        pen.rect(-0.38, y - 0.06, 0.38, y + 0.06, colour)
