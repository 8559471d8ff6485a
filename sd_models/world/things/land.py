"""Draw what stands in the open: trees, rocks, tents, small buildings and signs."""

from __future__ import annotations

from sd_models.world.pen import Colour, Pen, darker, lighter, mix

LEAVES: tuple[Colour, ...] = ((76, 150, 66), (58, 136, 74), (98, 164, 70))
_WOOD: Colour = (150, 98, 56)


def tree(pen: Pen, leaves: Colour, snow: bool = False) -> None:
    """Draw a round tree."""
    leaves = mix(leaves, (240, 246, 252), 0.55) if snow else leaves
    pen.poly([(-0.06, 0), (0.06, 0), (0.04, -0.5), (-0.04, -0.5)], (112, 76, 50))
    for x, y, r in ((-0.17, -0.5, 0.19), (0.17, -0.5, 0.19), (0.0, -0.7, 0.26)):
        pen.ellipse(x, y, r, r, darker(leaves, 0.16))
    for x, y, r in ((-0.2, -0.55, 0.15), (0.1, -0.55, 0.16), (-0.05, -0.75, 0.19)):
        pen.ellipse(x, y, r, r, leaves)
    if snow:
        pen.ellipse(-0.02, -0.85, 0.17, 0.08, (250, 252, 255))


def pine(pen: Pen, leaves: Colour, snow: bool = False) -> None:
    """Draw a fir."""
    pen.rect(-0.05, -0.16, 0.05, 0, (104, 70, 48))
    for low, w, top in ((-0.12, 0.32, -0.58), (-0.36, 0.26, -0.8), (-0.6, 0.19, -1.0)):
        pen.poly([(-w, low), (w, low), (0, top)], leaves)
        pen.poly([(0, low), (w, low), (0, top)], darker(leaves, 0.2))
        if snow:
            y = top + (low - top) * 0.42
            pen.poly([(-w * 0.42, y), (w * 0.42, y), (0, top)], (246, 250, 255))


def bush(pen: Pen, leaves: Colour, snow: bool = False) -> None:
    """Draw a shrub."""
    leaves = mix(leaves, (240, 246, 252), 0.6) if snow else leaves
    for x, y, r in ((-0.5, -0.36, 0.38), (0.5, -0.36, 0.38), (0, -0.53, 0.46)):
        pen.ellipse(x, y, r, r, darker(leaves, 0.12))
    for x, y, r in ((-0.5, -0.44, 0.28), (0.4, -0.44, 0.28), (-0.05, -0.64, 0.32)):
        pen.ellipse(x, y, r, r, leaves)


def campfire(pen: Pen, colour: Colour) -> None:
    for a, b in (((-0.5, -0.07), (0.4, -0.16)), ((0.5, -0.07), (-0.4, -0.16))):
        pen.line([a, b], 0.14, (110, 70, 44))
    pen.poly([(-0.36, -0.16), (-0.4, -0.5), (-0.2, -0.42), (-0.05, -1.0), (0.16, -0.5), (0.3, -0.66), (0.38, -0.3),
        (0.3, -0.12)], colour)  # fmt: skip
    pen.poly([(-0.2, -0.14), (-0.18, -0.38), (0.02, -0.7), (0.2, -0.36), (0.18, -0.12)], (255, 206, 74))


def tent(pen: Pen, colour: Colour) -> None:
    pen.poly([(-0.95, 0), (0.95, 0), (0.1, -1.0)], colour)
    pen.poly([(0.1, -1.0), (0.95, 0), (0.5, 0)], darker(colour, 0.2))
    pen.poly([(0.1, -0.82), (0.36, 0), (-0.24, 0)], (60, 44, 50))


def tower(pen: Pen, colour: Colour) -> None:
    pen.poly([(-0.2, 0), (0.2, 0), (0.17, -0.7), (-0.17, -0.7)], colour)
    pen.poly([(0.04, 0), (0.2, 0), (0.17, -0.7), (0.04, -0.7)], darker(colour, 0.16))
    pen.rect(-0.22, -0.74, 0.22, -0.64, darker(colour, 0.1))
    pen.poly([(-0.26, -0.73), (0.26, -0.73), (0, -1.0)], (190, 70, 66))
    pen.slice(0, -0.46, 0.05, 0.08, 180, 360, (70, 60, 90))
    pen.rect(-0.05, -0.46, 0.05, -0.4, (70, 60, 90))
    pen.slice(0, -0.1, 0.075, 0.1, 180, 360, (110, 70, 46))
    pen.rect(-0.075, -0.1, 0.075, 0, (110, 70, 46))


def house(pen: Pen, colour: Colour) -> None:
    pen.rect(0.26, -0.96, 0.4, -0.6, (150, 84, 70))
    pen.rect(-0.52, -0.56, 0.52, 0, colour)
    pen.rect(0.3, -0.56, 0.52, 0, darker(colour, 0.12))
    pen.poly([(-0.66, -0.52), (0, -1.0), (0.66, -0.52)], (196, 76, 60))
    pen.poly([(0, -1.0), (0.66, -0.52), (0.5, -0.52)], (160, 58, 50))
    pen.rect(-0.12, -0.34, 0.12, 0, (120, 74, 46))
    pen.ellipse(0.07, -0.16, 0.02, 0.02, (250, 208, 80))
    for x in (-0.42, 0.2):
        pen.rect(x, -0.44, x + 0.22, -0.22, (255, 250, 240))
        pen.rect(x + 0.02, -0.42, x + 0.2, -0.24, (126, 190, 230))
        pen.line([(x + 0.11, -0.42), (x + 0.11, -0.24)], 0.02, (255, 250, 240))


def well(pen: Pen, colour: Colour) -> None:
    pen.rect(-0.42, -0.4, 0.42, 0, colour)
    pen.rect(0.1, -0.4, 0.42, 0, darker(colour, 0.16))
    pen.rect(-0.48, -0.46, 0.48, -0.36, lighter(colour, 0.3))
    for x in (-0.36, 0.36):
        pen.line([(x, -0.42), (x, -0.8)], 0.07, _WOOD)
    pen.poly([(-0.58, -0.72), (0.58, -0.72), (0, -1.0)], (176, 84, 60))
    pen.line([(0, -0.76), (0, -0.56)], 0.025, (70, 60, 50))
    pen.rect(-0.09, -0.6, 0.09, -0.46, (120, 84, 54))


def rock(pen: Pen, colour: Colour) -> None:
    pen.poly([(-0.72, 0), (-0.62, -0.5), (-0.3, -0.9), (0.14, -1.0), (0.52, -0.7), (0.74, -0.2), (0.7, 0)], colour)
    pen.poly([(-0.3, -0.9), (0.14, -1.0), (0.24, -0.62), (-0.16, -0.5), (-0.62, -0.5)], lighter(colour, 0.3))
    pen.poly([(0.24, -0.62), (0.52, -0.7), (0.74, -0.2), (0.7, 0), (0.2, 0)], darker(colour, 0.22))


def statue(pen: Pen, colour: Colour) -> None:
    pen.rect(-0.34, -0.2, 0.34, 0, darker(colour, 0.25))
    pen.rect(-0.28, -0.3, 0.28, -0.18, darker(colour, 0.1))
    pen.poly([(-0.17, -0.28), (0.17, -0.28), (0.13, -0.6), (0.2, -0.74), (-0.2, -0.74), (-0.13, -0.6)], colour)
    pen.poly([(0.04, -0.28), (0.17, -0.28), (0.13, -0.6), (0.2, -0.74), (0.08, -0.74)], darker(colour, 0.14))
    pen.line([(-0.17, -0.7), (-0.25, -0.52), (-0.16, -0.42)], 0.08, colour)
    pen.line([(0.17, -0.7), (0.32, -0.84), (0.34, -0.96)], 0.075, darker(colour, 0.08))
    pen.ellipse(0, -0.85, 0.115, 0.13, colour)
    pen.slice(0, -0.87, 0.125, 0.13, 180, 360, darker(colour, 0.18))
    pen.line([(-0.2, -0.08), (0.2, -0.08)], 0.03, lighter(colour, 0.3))


def sign(pen: Pen, colour: Colour) -> None:
    pen.rect(-0.05, -1.0, 0.05, 0, darker(colour, 0.25))
    pen.poly([(-0.5, -0.94), (0.34, -0.94), (0.52, -0.82), (0.34, -0.7), (-0.5, -0.7)], colour)
    pen.poly([(0.5, -0.62), (-0.3, -0.62), (-0.48, -0.5), (-0.3, -0.38), (0.5, -0.38)], lighter(colour, 0.2))
    for y, a, b in ((-0.82, -0.4, 0.26), (-0.5, -0.24, 0.4)):
        pen.line([(a, y), (b, y)], 0.05, darker(colour, 0.5))
