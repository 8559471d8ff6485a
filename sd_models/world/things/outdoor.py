"""Draw more of gardens, towns, the shore and the sky."""

from __future__ import annotations

import math

from sd_models.world.pen import Colour, Pen, darker, lighter
from sd_models.world.things.home import GLASS, GOLD, IRON
from sd_models.world.things.tales import star_points
from sd_models.world.things.travel import wheel

_WOOD: Colour = (150, 98, 56)
_LEAF: Colour = (86, 156, 66)


def fence(pen: Pen, colour: Colour) -> None:
    for y in (-0.68, -0.3):
        pen.rect(-1.2, y, 1.2, y + 0.12, darker(colour, 0.15))
    for k in range(6):
        x = -1.15 + 0.42 * k
        pen.poly([(x, 0), (x, -0.86), (x + 0.1, -1.0), (x + 0.2, -0.86), (x + 0.2, 0)], colour)


def fountain(pen: Pen, colour: Colour) -> None:
    water = (130, 200, 240)
    for s in (-1, 1):
        pen.arc(s * 0.2, -0.74, 0.2, 180, 360, 0.05, water, 1.1)
        pen.line([(s * 0.4, -0.72), (s * 0.42, -0.34)], 0.05, water)
    pen.rect(-0.07, -0.74, 0.07, -0.2, darker(colour, 0.15))
    pen.slice(0, -0.6, 0.36, 0.16, 0, 180, colour)
    pen.ellipse(0, -0.6, 0.36, 0.05, water)
    pen.poly([(-0.7, -0.3), (0.7, -0.3), (0.6, 0), (-0.6, 0)], colour)
    pen.ellipse(0, -0.3, 0.7, 0.08, water)


def lamp_post(pen: Pen, colour: Colour) -> None:
    pen.line([(0, -0.03), (0, -0.76)], 0.035, colour)
    pen.rect(-0.07, -0.06, 0.07, 0, colour)
    pen.poly([(-0.09, -0.94), (0.09, -0.94), (0.06, -0.76), (-0.06, -0.76)], (255, 232, 140))
    pen.poly([(-0.11, -0.93), (0.11, -0.93), (0, -1.0)], colour)


def post_box(pen: Pen, colour: Colour) -> None:
    pen.rect(-0.24, -0.86, 0.24, -0.08, colour)
    pen.slice(0, -0.85, 0.24, 0.15, 180, 360, darker(colour, 0.2))
    pen.rect(-0.28, -0.12, 0.28, 0, IRON)
    pen.rect(-0.15, -0.74, 0.15, -0.68, IRON)
    pen.rect(-0.14, -0.58, 0.14, -0.36, (255, 250, 240))


def traffic_light(pen: Pen, colour: Colour) -> None:
    pen.rect(-0.03, -0.5, 0.03, 0, darker(colour, 0.2))
    pen.rect(-0.12, -1.0, 0.12, -0.46, colour)
    for y, c in ((-0.88, (230, 60, 56)), (-0.73, (250, 200, 60)), (-0.58, (80, 200, 90))):
        pen.ellipse(0, y, 0.07, 0.065, c)


def swing(pen: Pen, colour: Colour) -> None:
    for s in (-1, 1):
        pen.line([(s * 0.5, -0.96), (s * 0.66, -0.03)], 0.06, colour)
        pen.line([(s * 0.5, -0.96), (s * 0.36, -0.03)], 0.05, darker(colour, 0.2))
        pen.line([(s * 0.16, -0.94), (s * 0.16, -0.28)], 0.02, IRON)
    pen.line([(-0.54, -0.95), (0.54, -0.95)], 0.07, colour)
    pen.rect(-0.22, -0.31, 0.22, -0.25, (206, 60, 56))


def beehive(pen: Pen, colour: Colour) -> None:
    for k, w in enumerate((0.5, 0.56, 0.52, 0.4, 0.22)):
        pen.ellipse(0, -0.13 - 0.185 * k, w, 0.13, darker(colour, 0.14 * (k % 2)))
    pen.ellipse(0, -0.14, 0.12, 0.1, (70, 46, 36))


def windmill(pen: Pen, colour: Colour) -> None:
    pen.poly([(-0.2, 0), (0.2, 0), (0.12, -0.62), (-0.12, -0.62)], colour)
    pen.poly([(-0.15, -0.6), (0.15, -0.6), (0, -0.76)], (176, 70, 60))
    pen.rect(-0.06, -0.18, 0.06, 0, (110, 70, 46))
    for k in range(4):
        sail = pen.at(0, -0.6, 1.0, 45 + 90 * k)
        sail.line([(0, 0), (0, -0.54)], 0.025, (110, 70, 46))
        sail.rect(0.01, -0.54, 0.12, -0.12, (250, 244, 230))
    pen.ellipse(0, -0.6, 0.04, 0.04, IRON)


def lighthouse(pen: Pen, colour: Colour) -> None:
    for s in (-1, 1):
        pen.poly([(0, -0.86), (s * 0.5, -0.96), (s * 0.5, -0.72)], (255, 244, 170), 150)
    for k in range(4):
        a, b = 0.2 - 0.025 * k, 0.175 - 0.025 * k
        pen.poly([(-a, -0.19 * k), (a, -0.19 * k), (b, -0.19 * (k + 1)), (-b, -0.19 * (k + 1))], (250, 248,
            244) if k % 2 else colour)  # fmt: skip
    pen.rect(-0.15, -0.79, 0.15, -0.75, IRON)
    pen.rect(-0.08, -0.92, 0.08, -0.79, (255, 230, 120))
    pen.poly([(-0.11, -0.91), (0.11, -0.91), (0, -1.0)], colour)
    pen.rect(-0.05, -0.12, 0.05, 0, (90, 60, 46))


def castle(pen: Pen, colour: Colour) -> None:
    pen.rect(-0.56, -0.5, 0.56, 0, colour)
    for k in range(6):
        pen.rect(-0.42 + 0.15 * k, -0.56, -0.34 + 0.15 * k, -0.5, colour)
    for x, top, w in ((-0.62, -0.7, 0.14), (0.62, -0.7, 0.14), (0, -0.78, 0.16)):
        pen.rect(x - w, top, x + w, 0 if x else -0.5, darker(colour, 0.12))
        pen.poly([(x - w - 0.04, top), (x + w + 0.04, top), (x, top - 0.22)], (190, 66, 70))
        pen.rect(x - 0.04, top + 0.08, x + 0.04, top + 0.2, (60, 54, 80))
    pen.slice(0, -0.24, 0.15, 0.14, 180, 360, (96, 60, 44))
    pen.rect(-0.15, -0.25, 0.15, 0, (96, 60, 44))


def church(pen: Pen, colour: Colour) -> None:
    pen.rect(-0.1, -0.44, 0.62, 0, colour)
    pen.poly([(-0.14, -0.42), (0.04, -0.62), (0.6, -0.62), (0.7, -0.42)], (150, 80, 70))
    pen.rect(-0.42, -0.6, -0.06, 0, lighter(colour, 0.3))
    pen.poly([(-0.46, -0.59), (-0.02, -0.59), (-0.24, -0.88)], (150, 80, 70))
    pen.line([(-0.24, -0.86), (-0.24, -0.99)], 0.025, GOLD)
    pen.line([(-0.29, -0.95), (-0.19, -0.95)], 0.025, GOLD)
    pen.rect(-0.32, -0.2, -0.16, 0, (110, 70, 46))
    for x in (0.1, 0.36):
        pen.rect(x, -0.32, x + 0.1, -0.12, (90, 150, 210))


def scarecrow(pen: Pen, colour: Colour) -> None:
    pen.line([(0, -0.02), (0, -0.7)], 0.05, _WOOD)
    pen.line([(-0.46, -0.6), (0.46, -0.6)], 0.05, _WOOD)
    pen.poly([(-0.36, -0.66), (0.36, -0.66), (0.36, -0.54), (0.17, -0.52), (0.2, -0.22), (-0.2, -0.22), (-0.17,
        -0.52), (-0.36, -0.54)], colour)  # fmt: skip
    for s in (-1, 1):
        pen.line([(s * 0.38, -0.6), (s * 0.52, -0.64)], 0.04, GOLD)
        pen.line([(s * 0.38, -0.6), (s * 0.5, -0.54)], 0.04, GOLD)
    pen.ellipse(0, -0.77, 0.13, 0.12, (236, 200, 140))
    for s in (-1, 1):
        pen.ellipse(s * 0.05, -0.78, 0.02, 0.022, IRON)
    pen.line([(-0.05, -0.71), (0.05, -0.71)], 0.02, IRON)
    pen.ellipse(0, -0.85, 0.22, 0.035, (170, 116, 62))
    pen.poly([(-0.12, -0.86), (0.12, -0.86), (0.04, -1.0)], (170, 116, 62))


def palm(pen: Pen, colour: Colour) -> None:
    pen.line([(-0.06, -0.02), (0.0, -0.4), (0.08, -0.76)], 0.07, (166, 116, 70))
    for angle in (-150, -110, -30, 10, 60, 120):
        a = math.radians(angle)
        pen.oval(0.08 + 0.2 * math.cos(a), -0.74 + 0.11 * math.sin(a), 0.24, 0.07, angle * 0.6, colour)
    for x in (0.04, 0.13):
        pen.ellipse(x, -0.73, 0.04, 0.04, (110, 70, 44))


def cactus(pen: Pen, colour: Colour) -> None:
    pen.line([(0, -0.08), (0, -0.88)], 0.24, colour)
    pen.line([(0, -0.4), (-0.32, -0.4), (-0.32, -0.64)], 0.15, darker(colour, 0.12))
    pen.line([(0, -0.3), (0.32, -0.3), (0.32, -0.56)], 0.15, darker(colour, 0.12))
    for x in (-0.06, 0.06):
        pen.line([(x, -0.1), (x, -0.88)], 0.02, lighter(colour, 0.5))
    pen.ellipse(0, -0.97, 0.07, 0.06, (240, 90, 140))


def sunflower(pen: Pen, colour: Colour) -> None:
    pen.line([(0, 0), (0, -0.6)], 0.05, _LEAF)
    pen.oval(-0.16, -0.26, 0.17, 0.07, 30, _LEAF)
    pen.oval(0.16, -0.34, 0.17, 0.07, -30, _LEAF)
    for k in range(12):
        a = math.pi * k / 6
        pen.oval(0.2 * math.cos(a), -0.73 + 0.2 * math.sin(a), 0.1, 0.05, 30 * k, colour)
    pen.ellipse(0, -0.73, 0.15, 0.15, (110, 70, 40))


def leaf(pen: Pen, colour: Colour) -> None:
    pen.line([(-0.5, -0.02), (-0.2, -0.3)], 0.05, darker(colour, 0.3))
    pen.poly([(-0.3, -0.2), (-0.4, -0.6), (0, -0.94), (0.5, -1.0), (0.46, -0.5), (0.16, -0.14)], colour)
    pen.line([(-0.28, -0.22), (0.4, -0.9)], 0.04, lighter(colour, 0.45))
    for k in (0.0, 0.2):
        pen.line([(-0.1 + k, -0.4 - k), (-0.16 + k, -0.66 - k * 0.8)], 0.025, lighter(colour, 0.45))
        pen.line([(-0.1 + k, -0.4 - k), (0.16 + k, -0.36 - k)], 0.025, lighter(colour, 0.45))


def log(pen: Pen, colour: Colour) -> None:
    pen.rect(-1.1, -1.0, 0.9, 0, colour)
    pen.ellipse(-1.1, -0.5, 0.25, 0.5, colour)
    for y, x in ((-0.75, -0.6), (-0.4, 0.0), (-0.2, -0.8)):
        pen.line([(x, y), (x + 0.6, y)], 0.06, darker(colour, 0.25))
    for r, c in ((0.5, lighter(colour, 0.45)), (0.34, colour), (0.24, lighter(colour, 0.45)), (0.1, colour)):
        pen.ellipse(0.9, -0.5, r * 0.6, r, c)


def haystack(pen: Pen, colour: Colour) -> None:
    pen.slice(0, 0, 0.9, 1.0, 180, 360, colour)
    for x, y in ((-0.5, -0.3), (-0.1, -0.7), (0.3, -0.4), (-0.2, -0.2), (0.5, -0.2), (0.15, -0.8)):
        pen.line([(x - 0.12, y + 0.12), (x + 0.1, y - 0.08)], 0.04, darker(colour, 0.22))


def nest(pen: Pen, colour: Colour) -> None:
    for x in (-0.34, 0.0, 0.34):
        pen.ellipse(x, -0.72, 0.22, 0.28, (196, 226, 240))
    pen.slice(0, -0.66, 0.9, 0.66, 0, 180, colour)
    for x, y in ((-0.5, -0.5), (0.1, -0.5), (-0.2, -0.28), (0.4, -0.3)):
        pen.line([(x - 0.26, y - 0.06), (x + 0.26, y + 0.06)], 0.06, darker(colour, 0.3))
        pen.line([(x - 0.2, y + 0.08), (x + 0.24, y - 0.06)], 0.05, lighter(colour, 0.3))


def moon(pen: Pen, colour: Colour) -> None:
    points = [(0.5 * math.cos(math.radians(a)), -0.5 + 0.5 * math.sin(math.radians(a))) for a in range(50, 311, 10)]
    inner = [
        (0.2 + 0.4 * math.cos(math.radians(a)), -0.5 + 0.4 * math.sin(math.radians(a))) for a in range(290, 69, -10)
    ]
    pen.poly([*points, *inner], colour)


def sun(pen: Pen, colour: Colour) -> None:
    pen.poly(star_points(0, -0.5, 0.5, 0.7, 12), darker(colour, 0.08))
    pen.ellipse(0, -0.5, 0.33, 0.33, lighter(colour, 0.4))


def planet(pen: Pen, colour: Colour) -> None:
    pen.oval(0, -0.5, 0.8, 0.14, -16, (240, 206, 150))
    pen.ellipse(0, -0.5, 0.47, 0.47, colour)
    pen.oval(0.05, -0.3, 0.4, 0.07, -16, darker(colour, 0.2))
    pen.oval(-0.05, -0.72, 0.33, 0.06, -16, lighter(colour, 0.3))
    pen.line([(-0.76, -0.3), (-0.3, -0.36), (0.3, -0.53), (0.76, -0.72)], 0.08, (240, 206, 150))


def snowflake(pen: Pen, colour: Colour) -> None:
    for k in range(6):
        arm = pen.at(0, -0.5, 1.0, 60 * k)
        arm.line([(0, 0), (0, -0.46)], 0.06, colour)
        arm.line([(-0.13, -0.4), (0, -0.28), (0.13, -0.4)], 0.05, colour)


def rainbow(pen: Pen, colour: Colour) -> None:
    for k, c in enumerate((colour, (250, 150, 50), (250, 220, 80), (90, 190, 90), (80, 150, 230), (140, 90, 190))):
        pen.arc(0, -0.03, 0.95 - 0.07 * k, 180, 360, 0.08, c)
    for x in (-0.78, 0.78):
        pen.ellipse(x, -0.06, 0.3, 0.1, (250, 252, 255))


def cloud(pen: Pen, colour: Colour) -> None:
    for x, y, r in ((-0.6, -0.36, 0.34), (0.6, -0.34, 0.34), (-0.1, -0.56, 0.44), (0.34, -0.5, 0.36)):
        pen.ellipse(x, y, r, r, colour)
    pen.rect(-0.62, -0.4, 0.62, 0, colour)


def shell(pen: Pen, colour: Colour) -> None:
    pen.poly([(-0.2, -0.2), (0.2, -0.2), (0.3, 0), (-0.3, 0)], darker(colour, 0.2))
    for k in range(7):
        a = math.radians(195 + 25 * k)
        pen.poly([(0, -0.06), (0.6 * math.cos(a - 0.22), -0.3 + 0.66 * math.sin(a - 0.22)), (0.66 * math.cos(a),
            -0.3 + 0.7 * math.sin(a)), (0.6 * math.cos(a + 0.22), -0.3 + 0.66 * math.sin(a + 0.22))], darker(colour,
            0.13 * (k % 2)))  # fmt: skip


def starfish(pen: Pen, colour: Colour) -> None:
    pen.poly(star_points(0, -0.47, 0.53, 0.4), colour)
    for x, y in ((0, -0.48), (0, -0.76), (-0.24, -0.56), (0.24, -0.56), (-0.15, -0.26), (0.15, -0.26)):
        pen.ellipse(x, y, 0.04, 0.04, lighter(colour, 0.55))


def lifebuoy(pen: Pen, colour: Colour) -> None:
    for k in range(8):
        pen.arc(0, -0.5, 0.38, 45 * k, 45 * k + 45, 0.23, colour if k % 2 else (255, 252, 248))


def raft(pen: Pen, colour: Colour) -> None:
    pen.line([(0, -0.2), (0, -0.98)], 0.05, darker(colour, 0.3))
    pen.poly([(0.04, -0.94), (0.56, -0.66), (0.04, -0.34)], (250, 244, 226))
    for k in range(5):
        pen.ellipse(-0.72 + 0.36 * k, -0.1, 0.19, 0.1, darker(colour, 0.15 * (k % 2)))
    pen.rect(-0.9, -0.2, 0.9, -0.12, darker(colour, 0.3))


def submarine(pen: Pen, colour: Colour) -> None:
    pen.line([(0.0, -0.7), (0.0, -0.95), (0.16, -0.95)], 0.06, IRON)
    pen.poly([(-0.24, -0.8), (0.2, -0.8), (0.3, -0.5), (-0.3, -0.5)], darker(colour, 0.15))
    pen.poly([(-0.9, -0.34), (-1.2, -0.66), (-1.2, -0.04)], darker(colour, 0.3))
    pen.ellipse(0, -0.33, 1.0, 0.33, colour)
    for x in (-0.4, 0, 0.4):
        pen.ellipse(x, -0.36, 0.14, 0.14, GOLD)
        pen.ellipse(x, -0.36, 0.1, 0.1, GLASS)


def crate(pen: Pen, colour: Colour) -> None:
    pen.rect(-0.52, -1.0, 0.52, 0, colour)
    pen.line([(-0.4, -0.88), (0.4, -0.12)], 0.13, darker(colour, 0.15))
    for points in (((-0.46, -0.94), (0.46, -0.94)), ((-0.46, -0.06), (0.46, -0.06)), ((-0.46, -0.94), (-0.46,
        -0.06)), ((0.46, -0.94), (0.46, -0.06))):  # fmt: skip
        pen.line(points, 0.12, darker(colour, 0.3))


def motorcycle(pen: Pen, colour: Colour) -> None:
    wheel(pen, -0.62, -0.32, 0.32)
    wheel(pen, 0.62, -0.32, 0.32)
    pen.line([(0.62, -0.32), (0.34, -0.92), (0.12, -0.97)], 0.08, IRON)
    pen.poly([(-0.4, -0.4), (-0.1, -0.2), (0.26, -0.24), (0.3, -0.5)], IRON)
    pen.poly([(-0.14, -0.54), (0.36, -0.54), (0.36, -0.78), (0.0, -0.8)], colour)
    pen.poly([(-0.8, -0.74), (-0.1, -0.66), (-0.1, -0.54), (-0.6, -0.56)], (70, 50, 46))
    pen.ellipse(0.46, -0.78, 0.11, 0.1, (255, 240, 170))
    pen.line([(-0.9, -0.2), (0.0, -0.22)], 0.08, (190, 196, 208))


def sledge(pen: Pen, colour: Colour) -> None:
    pen.line([(-0.9, -0.08), (0.7, -0.08), (1.0, -0.3), (0.94, -0.7)], 0.12, IRON)
    for x in (-0.6, 0.0, 0.5):
        pen.line([(x, -0.1), (x, -0.7)], 0.1, darker(colour, 0.3))
    pen.rect(-0.95, -0.86, 0.8, -0.66, colour)
    pen.rect(-0.95, -1.0, -0.8, -0.66, darker(colour, 0.2))
