"""Draw birds and the bat, one unit high, standing at the pen's origin, facing right."""

from __future__ import annotations

from sd_models.world.pen import Colour, Pen, darker, lighter

INK: Colour = (40, 34, 44)
BEAK: Colour = (250, 172, 50)


def eye(pen: Pen, x: float, y: float, r: float) -> None:
    """Draw a bright round eye of radius `r`."""
    pen.ellipse(x, y, r, r, (255, 255, 252))
    pen.ellipse(x + 0.2 * r, y, 0.62 * r, 0.66 * r, INK)
    pen.ellipse(x + 0.35 * r, y - 0.25 * r, 0.22 * r, 0.22 * r, (255, 255, 255))


def feet(pen: Pen, xs: tuple[float, ...], top: float, colour: Colour = BEAK, width: float = 0.05) -> None:
    for x in xs:
        pen.line([(x, top), (x, -0.025)], width, colour)
        pen.line([(x - 0.04, -0.025), (x + 0.11, -0.025)], width, colour)


def _songbird(pen: Pen, colour: Colour, belly: Colour, beak: Colour) -> None:
    feet(pen, (-0.06, 0.12), -0.2, darker(beak, 0.3))
    pen.poly([(-0.3, -0.42), (-0.86, -0.5), (-0.9, -0.32), (-0.3, -0.24)], darker(colour, 0.25))
    pen.oval(-0.02, -0.42, 0.44, 0.29, -18, colour)
    pen.oval(0.14, -0.35, 0.27, 0.22, -24, belly)
    pen.ellipse(0.28, -0.73, 0.26, 0.25, colour)
    pen.poly([(0.49, -0.8), (0.78, -0.7), (0.49, -0.6)], beak)
    pen.oval(-0.14, -0.44, 0.32, 0.17, 14, darker(colour, 0.3))
    pen.line([(-0.36, -0.42), (-0.06, -0.36)], 0.035, lighter(colour, 0.3))
    eye(pen, 0.34, -0.77, 0.075)


def bird(pen: Pen, colour: Colour) -> None:
    _songbird(pen, colour, lighter(colour, 0.7), BEAK)


def crow(pen: Pen, colour: Colour) -> None:
    feet(pen, (-0.06, 0.12), -0.2, (96, 90, 100))
    pen.poly([(-0.2, -0.5), (-1.0, -0.24), (-0.92, -0.12), (-0.1, -0.24)], darker(colour, 0.2))
    pen.oval(0, -0.42, 0.44, 0.25, -24, colour)
    pen.ellipse(0.32, -0.76, 0.22, 0.21, colour)
    pen.poly([(0.46, -0.86), (0.66, -0.84), (0.94, -0.66), (0.48, -0.64)], (120, 116, 128))
    pen.poly([(0.2, -0.62), (-0.1, -0.62), (-0.68, -0.22), (0.0, -0.3)], lighter(colour, 0.16))
    for k in range(3):
        pen.line([(-0.1 - 0.1 * k, -0.5 + 0.03 * k), (-0.3 - 0.1 * k, -0.32 + 0.03 * k)], 0.025, darker(colour, 0.4))
    eye(pen, 0.36, -0.8, 0.06)


def owl(pen: Pen, colour: Colour) -> None:
    pale = lighter(colour, 0.65)
    for s in (-1, 1):
        pen.poly([(s * 0.12, -0.86), (s * 0.38, -1.0), (s * 0.4, -0.7)], darker(colour, 0.25))
        pen.oval(s * 0.17, -0.04, 0.12, 0.05, 0, BEAK)
    pen.ellipse(0, -0.36, 0.4, 0.34, colour)
    pen.ellipse(0, -0.66, 0.42, 0.28, colour)
    pen.ellipse(0, -0.32, 0.26, 0.26, pale)
    for x, y in ((-0.12, -0.38), (0.0, -0.3), (0.12, -0.38), (-0.1, -0.2), (0.1, -0.2)):
        pen.slice(x, y, 0.06, 0.06, 0, 180, darker(colour, 0.1))
    for s in (-1, 1):
        pen.oval(s * 0.37, -0.38, 0.11, 0.25, s * -12, darker(colour, 0.3))
        pen.ellipse(s * 0.19, -0.69, 0.2, 0.2, pale)
        pen.ellipse(s * 0.18, -0.69, 0.14, 0.14, (255, 206, 70))
        pen.ellipse(s * 0.17, -0.69, 0.085, 0.085, INK)
        pen.ellipse(s * 0.17 + 0.03, -0.73, 0.028, 0.028, (255, 255, 255))
    pen.poly([(-0.07, -0.62), (0.07, -0.62), (0, -0.48)], BEAK)


def duck(pen: Pen, colour: Colour) -> None:
    feet(pen, (-0.06, 0.16), -0.14, BEAK, 0.06)
    pen.poly([(-0.4, -0.4), (-0.82, -0.6), (-0.66, -0.24), (-0.3, -0.18)], darker(colour, 0.12))
    pen.ellipse(-0.06, -0.3, 0.54, 0.24, colour)
    pen.rect(0.2, -0.72, 0.42, -0.3, colour)
    pen.rect(0.19, -0.53, 0.43, -0.47, (255, 255, 250))
    pen.ellipse(0.32, -0.78, 0.23, 0.21, (54, 140, 84))
    pen.poly([(0.22, -0.66), (0.42, -0.66), (0.42, -0.54), (0.2, -0.54)], (54, 140, 84))
    pen.oval(0.64, -0.73, 0.18, 0.065, -6, BEAK)
    pen.oval(-0.14, -0.34, 0.34, 0.14, -8, darker(colour, 0.25))
    pen.poly([(-0.3, -0.36), (0.02, -0.36), (-0.1, -0.28), (-0.32, -0.28)], (70, 110, 200))
    eye(pen, 0.38, -0.83, 0.065)


def swan(pen: Pen, colour: Colour) -> None:
    pen.poly([(-0.6, -0.3), (-0.86, -0.52), (-0.42, -0.5)], darker(colour, 0.08))
    pen.slice(0, -0.24, 0.64, 0.24, 0, 180, colour)
    pen.ellipse(0, -0.28, 0.64, 0.24, colour)
    pen.line([(0.42, -0.26), (0.62, -0.42), (0.6, -0.62), (0.44, -0.76), (0.48, -0.9), (0.62, -0.9)], 0.15, colour)
    pen.ellipse(0.6, -0.88, 0.13, 0.1, colour)
    pen.poly([(0.68, -0.94), (0.94, -0.82), (0.7, -0.8)], (246, 130, 40))
    pen.poly([(0.64, -0.94), (0.74, -0.9), (0.68, -0.82)], INK)
    pen.ellipse(0.6, -0.91, 0.03, 0.03, INK)
    for k in range(3):
        pen.oval(-0.14 - 0.13 * k, -0.42 + 0.03 * k, 0.36, 0.11, 24, darker(colour, 0.07 + 0.05 * k))


def chicken(pen: Pen, colour: Colour) -> None:
    feet(pen, (-0.1, 0.1), -0.2)
    for x, y, r in ((-0.5, -0.74, 0.2), (-0.58, -0.6, 0.2), (-0.5, -0.48, 0.18)):
        pen.oval(x, y, r, 0.11, 50, darker(colour, 0.45))
    pen.ellipse(-0.04, -0.4, 0.42, 0.27, colour)
    pen.poly([(-0.36, -0.5), (0.08, -0.58), (0.14, -0.86), (0.42, -0.84), (0.38, -0.4), (0.1, -0.26)], colour)
    pen.ellipse(0.28, -0.8, 0.16, 0.14, colour)
    for x, y in ((0.16, -0.93), (0.28, -0.96), (0.38, -0.9)):
        pen.ellipse(x, y + 0.02, 0.075, 0.06, (220, 46, 46))
    pen.oval(0.4, -0.62, 0.055, 0.09, 0, (220, 46, 46))
    pen.poly([(0.41, -0.84), (0.62, -0.76), (0.41, -0.7)], BEAK)
    pen.oval(-0.1, -0.42, 0.25, 0.14, 18, darker(colour, 0.18))
    eye(pen, 0.32, -0.82, 0.05)


def eagle(pen: Pen, colour: Colour) -> None:
    """Draw it with wings spread, from the front."""
    for s in (-1, 1):
        pen.poly([(s * 0.1, -0.7), (s * 0.5, -0.96), (s * 1.0, -0.98), (s * 1.12, -0.8), (s * 1.05, -0.6), (s * 0.95,
            -0.66), (s * 0.88, -0.46), (s * 0.76, -0.52), (s * 0.68, -0.34), (s * 0.54, -0.4), (s * 0.16, -0.26)],
            darker(colour, 0.2))  # fmt: skip
        pen.poly([(s * 0.1, -0.66), (s * 0.5, -0.9), (s * 0.8, -0.86), (s * 0.5, -0.6), (s * 0.16, -0.4)], colour)
        pen.line([(s * 0.09, -0.18), (s * 0.11, -0.06)], 0.07, BEAK)
    pen.poly([(-0.12, -0.26), (0.12, -0.26), (0.24, 0), (0, -0.06), (-0.24, 0)], (250, 248, 240))
    pen.ellipse(0, -0.42, 0.2, 0.28, colour)
    pen.ellipse(0, -0.76, 0.17, 0.18, (252, 250, 244))
    pen.poly([(-0.17, -0.72), (-0.1, -0.54), (0, -0.62), (0.1, -0.54), (0.17, -0.72)], (252, 250, 244))
    pen.poly([(0.02, -0.8), (0.28, -0.74), (0.24, -0.62), (0.16, -0.68), (0.02, -0.68)], BEAK)
    pen.ellipse(0.04, -0.81, 0.035, 0.035, INK)
    pen.line([(-0.04, -0.88), (0.1, -0.84)], 0.03, (200, 194, 180))


def penguin(pen: Pen, colour: Colour) -> None:
    for s in (-1, 1):
        pen.oval(s * 0.14, -0.04, 0.15, 0.05, 0, BEAK)
        pen.oval(s * 0.34, -0.42, 0.08, 0.26, s * -20, darker(colour, 0.2))
    pen.ellipse(0, -0.4, 0.33, 0.38, colour)
    pen.ellipse(0, -0.76, 0.25, 0.23, colour)
    pen.ellipse(0, -0.36, 0.23, 0.31, (255, 255, 252))
    for s in (-1, 1):
        pen.ellipse(s * 0.09, -0.74, 0.12, 0.13, (255, 255, 252))
        pen.ellipse(s * 0.09, -0.78, 0.042, 0.05, INK)
    pen.poly([(-0.08, -0.71), (0.08, -0.71), (0, -0.6)], BEAK)


def parrot(pen: Pen, colour: Colour) -> None:
    pen.line([(-0.5, -0.16), (0.5, -0.16)], 0.07, (130, 86, 50))
    pen.poly([(-0.16, -0.3), (0.08, -0.22), (-0.2, 0), (-0.34, 0)], (60, 110, 210))
    pen.oval(0, -0.44, 0.25, 0.34, 12, colour)
    pen.oval(-0.13, -0.4, 0.15, 0.27, 20, (250, 206, 70))
    pen.oval(-0.17, -0.3, 0.12, 0.22, 22, (60, 110, 210))
    pen.ellipse(0.1, -0.78, 0.23, 0.21, colour)
    pen.ellipse(0.2, -0.77, 0.11, 0.11, (255, 252, 244))
    pen.poly([(0.26, -0.88), (0.44, -0.8), (0.42, -0.58), (0.34, -0.66), (0.26, -0.68)], (60, 52, 58))
    pen.ellipse(0.17, -0.8, 0.045, 0.05, INK)
    for x in (-0.02, 0.12):
        pen.ellipse(x, -0.17, 0.055, 0.06, (110, 104, 110))


def bat(pen: Pen, colour: Colour) -> None:
    for s in (-1, 1):
        pen.poly([(s * 0.14, -0.62), (s * 0.5, -0.98), (s * 1.15, -0.8), (s * 1.2, -0.2), (s * 0.92, -0.42),
            (s * 0.72, -0.16), (s * 0.5, -0.38), (s * 0.26, -0.12), (s * 0.1, -0.3)], darker(colour,
            0.2))  # fmt: skip
        for x, y in ((0.92, -0.42), (0.5, -0.38)):
            pen.line([(s * 0.5, -0.94), (s * x, y)], 0.025, darker(colour, 0.5))
        pen.poly([(s * 0.04, -0.72), (s * 0.24, -1.0), (s * 0.27, -0.66)], colour)
        pen.line([(s * 0.07, -0.14), (s * 0.09, -0.02)], 0.05, colour)
    pen.ellipse(0, -0.34, 0.21, 0.25, colour)
    pen.ellipse(0, -0.62, 0.25, 0.22, colour)
    for s in (-1, 1):
        pen.ellipse(s * 0.1, -0.64, 0.06, 0.07, (255, 240, 150))
        pen.ellipse(s * 0.1, -0.64, 0.03, 0.04, INK)
        pen.poly([(s * 0.03, -0.5), (s * 0.1, -0.5), (s * 0.065, -0.41)], (255, 255, 255))
