"""Draw the dragon, which flies or sits."""

from __future__ import annotations

from sd_models.world.pen import Colour, Pen, darker


def dragon(pen: Pen, colour: Colour, flying: bool) -> None:
    """Draw a dragon, one unit high, facing right."""
    dark, light = darker(colour, 0.25), (250, 222, 140)
    for k, (x, lean) in enumerate(((-0.2, 0.0), (0.02, 0.12))):
        wing = darker(colour, 0.4 - 0.2 * k)
        pen.poly(
            [
                (x, -0.52),
                (x - 0.34 + lean, -1.05 if flying else -0.98),
                (x - 0.5 + lean, -0.72),
                (x - 0.4, -0.74),
                (x - 0.42, -0.54),
                (x - 0.22, -0.6),
                (x - 0.14, -0.42),
            ],
            wing,
        )
    pen.line([(-0.2, -0.3), (-0.5, -0.16), (-0.72, -0.14), (-0.86, -0.3)], 0.13, colour)
    pen.poly([(-0.98, -0.26), (-0.8, -0.24), (-0.9, -0.48)], dark)
    pen.oval(-0.05, -0.34, 0.3, 0.22, -22, colour)
    pen.oval(0.07, -0.32, 0.13, 0.18, -18, light)
    for x in (-0.16, 0.1):
        pen.line([(x, -0.22), (x + 0.03, -0.04)], 0.13, dark)
        pen.ellipse(x + 0.07, -0.03, 0.1, 0.04, dark)
    pen.line([(0.1, -0.46), (0.2, -0.66), (0.28, -0.78)], 0.17, colour)
    for x, y in ((-0.28, -0.52), (-0.1, -0.6), (0.06, -0.68), (0.14, -0.82)):
        pen.poly([(x - 0.06, y + 0.04), (x + 0.06, y), (x - 0.06, y - 0.1)], light)
    pen.poly([(0.2, -0.92), (0.12, -1.06), (0.32, -0.96)], light)
    pen.ellipse(0.3, -0.82, 0.16, 0.14, colour)
    pen.ellipse(0.46, -0.77, 0.14, 0.1, colour)
    pen.ellipse(0.54, -0.81, 0.02, 0.02, (40, 30, 40))
    pen.line([(0.38, -0.7), (0.56, -0.73)], 0.02, dark)
    pen.ellipse(0.31, -0.86, 0.055, 0.06, (255, 244, 180))
    pen.ellipse(0.325, -0.86, 0.022, 0.04, (40, 30, 40))
