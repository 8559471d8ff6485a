"""Hats, hoods, spectacles and masks, on a head of radius 1 around the pen's origin."""

from __future__ import annotations

from sd_models.world.pen import Colour, Pen, darker, lighter


def glasses(head: Pen, tinted: bool = False) -> None:
    """Draw round spectacles on a head of radius 1."""
    for side in (-1, 1):
        head.ellipse(side * 0.4, 0.12, 0.32, 0.32, (40, 40, 56))
        if not tinted:
            head.ellipse(side * 0.4, 0.12, 0.24, 0.24, (220, 240, 255))
            head.ellipse(side * 0.4, 0.12, 0.1, 0.12, (40, 34, 44))
    head.line([(-0.1, 0.08), (0.1, 0.08)], 0.08, (40, 40, 56))


def hood(head: Pen, colour: Colour) -> None:
    """A hood around the face: a ring of cloth that comes to a small point."""
    dark = darker(colour, 0.2)
    points = [
        (-1.12, 0.75),
        (-1.22, 0.0),
        (-0.95, -0.75),
        (-0.25, -1.25),
        (0.1, -1.45),
        (0.5, -1.1),
        (1.02, -0.65),
        (1.22, 0.0),
        (1.12, 0.75),
    ]
    inner = [
        (0.78, 0.85),
        (0.86, 0.2),
        (0.72, -0.3),
        (0.3, -0.52),
        (-0.3, -0.52),
        (-0.72, -0.3),
        (-0.86, 0.2),
        (-0.78, 0.85),
    ]
    head.poly([*points, *inner], colour)
    head.line([*reversed(inner)], 0.1, dark)


def hat(head: Pen, kind: str, colour: Colour) -> None:
    """Headgear by kind, on a head of radius 1."""
    dark, light = darker(colour, 0.25), lighter(colour, 0.25)
    gold = (250, 200, 50)
    match kind:
        case "crown" | "coronet" | "tiara":
            w, tall = {"crown": (0.82, 0.72), "coronet": (0.7, 0.5), "tiara": (0.55, 0.42)}[kind]
            y = -0.62 if kind != "tiara" else -0.72
            spikes = [
                (-w, y),
                (-w * 1.12, y - tall),
                (-w * 0.5, y - tall * 0.5),
                (0, y - tall * 1.15),
                (w * 0.5, y - tall * 0.5),
                (w * 1.12, y - tall),
                (w, y),
            ]
            head.poly(spikes, gold)
            head.rect(-w, y - 0.12, w, y + 0.06, (226, 160, 30))
            head.ellipse(0, y - 0.22, 0.11, 0.13, (222, 46, 70))
        case "helm":
            head.slice(0, 0.05, 1.1, 1.15, 175, 365, (168, 174, 186))
            head.rect(-1.1, -0.2, 1.1, 0.0, (132, 138, 152))
            head.poly([(-0.1, -1.1), (0.2, -1.05), (-0.35, -1.75), (-1.1, -1.55), (-0.75, -1.25)], colour)
        case "wizard" | "witch" | "cone":
            lean = 0.35 if kind != "cone" else 0.5
            top = -2.35 if kind != "cone" else -1.95
            head.poly([(-0.85, -0.5), (0.85, -0.5), (lean, top), (lean * 0.4, top + 0.1)], colour)
            if kind == "cone":
                head.ellipse(lean * 0.8, top, 0.2, 0.2, light)
                head.rect(-0.95, -0.68, 0.95, -0.42, dark)
            else:
                head.ellipse(0, -0.5, 1.45, 0.26, dark)
                head.poly(
                    [(-0.85, -0.55), (0.85, -0.55), (0.74, -0.82), (-0.74, -0.82)],
                    gold if kind == "wizard" else (150, 80, 190),
                )
        case "tricorn":
            head.poly([(-1.35, -0.35), (-1.0, -0.95), (0.0, -1.5), (1.0, -0.95), (1.35, -0.35), (0.0, -0.62)], colour)
            head.line([(-1.3, -0.4), (0, -0.66), (1.3, -0.4)], 0.1, gold)
            head.ellipse(0, -1.0, 0.2, 0.2, (245, 245, 245))
        case "sailor":
            head.rect(-0.85, -0.95, 0.85, -0.5, colour)
            head.ellipse(0, -1.0, 1.0, 0.3, light)
            head.rect(-0.85, -0.66, 0.85, -0.52, (46, 70, 150))
        case "helmet":
            head.slice(0, -0.25, 1.1, 1.05, 180, 360, colour)
            head.ellipse(0, -0.28, 1.32, 0.17, dark)
        case "straw" | "fedora" | "brim":
            head.poly([(-0.75, -0.5), (-0.62, -1.3), (0.62, -1.3), (0.75, -0.5)], colour)
            head.ellipse(0, -1.3, 0.62, 0.14, light)
            head.rect(-0.75, -0.75, 0.75, -0.5, darker(colour, 0.45))
            head.ellipse(0, -0.47, 1.5 if kind == "straw" else 1.3, 0.2, dark if kind != "straw" else colour)
        case "toque":
            head.rect(-0.7, -1.2, 0.7, -0.5, (236, 236, 240))
            for x, r in ((-0.55, 0.42), (0.55, 0.42), (0.0, 0.55)):
                head.ellipse(x, -1.35, r, r * 0.85, colour)
        case "peaked":
            head.poly([(-0.95, -0.9), (0.95, -0.9), (0.85, -0.45), (-0.85, -0.45)], colour)
            head.ellipse(0, -0.92, 1.05, 0.34, lighter(colour, 0.1))
            head.ellipse(0, -0.44, 0.85, 0.16, (26, 28, 40))
            head.ellipse(0, -0.85, 0.18, 0.2, gold)
        case "beret":
            head.oval(-0.15, -0.8, 1.1, 0.42, -10, colour)
            head.ellipse(-0.15, -1.22, 0.1, 0.1, dark)
        case "beanie":
            head.slice(0, -0.2, 1.08, 1.0, 180, 360, colour)
            head.rect(-1.06, -0.42, 1.06, -0.16, light)
        case "top hat":
            head.rect(-0.66, -1.75, 0.66, -0.5, colour)
            head.rect(-0.66, -0.85, 0.66, -0.6, lighter(colour, 0.35))
            head.ellipse(0, -0.5, 1.12, 0.17, dark)
        case "bowler":
            head.slice(0, -0.5, 0.85, 0.85, 180, 360, colour)
            head.rect(-0.85, -0.72, 0.85, -0.52, light)
            head.ellipse(0, -0.48, 1.15, 0.16, dark)
        case "cap":
            head.slice(0, -0.28, 1.06, 0.9, 180, 360, colour)
            head.oval(0.75, -0.32, 0.75, 0.14, 8, dark)
            head.ellipse(0, -1.16, 0.1, 0.07, dark)
        case "pillbox":
            head.rect(-0.72, -1.15, 0.72, -0.55, colour)
            head.ellipse(0, -1.15, 0.72, 0.16, light)
            head.rect(-0.72, -0.72, 0.72, -0.56, gold)
        case "headscarf":
            head.slice(0, 0.0, 1.14, 1.14, 180, 360, colour)
            for side in (-1, 1):
                head.poly([(side * 1.14, 0.0), (side * 0.82, -0.1), (side * 0.72, 0.8), (side * 0.95, 0.85)], colour)
            head.poly([(-0.72, 0.78), (0.72, 0.78), (0.25, 1.25), (-0.25, 1.25)], dark)
        case "veil":
            head.slice(0, -0.1, 1.1, 1.05, 180, 360, colour)
            head.poly([(-1.1, -0.15), (1.1, -0.15), (1.3, 1.2), (-1.3, 1.2)], colour, 96)
            head.rect(-1.08, -0.3, 1.08, -0.12, dark)
        case "turban":
            head.ellipse(0, -0.75, 1.08, 0.55, colour)
            head.oval(0.1, -0.8, 1.0, 0.22, 18, light)
            head.ellipse(0, -0.75, 0.16, 0.2, (216, 46, 70))
        case "halo":
            head.arc(0, -1.45, 0.7, 0, 360, 0.16, (255, 226, 100), squash=0.34)
        case "bubble":
            head.ellipse(0, 0, 1.32, 1.32, (210, 235, 255), 45)
            head.arc(0, 0, 1.3, 0, 360, 0.15, (236, 240, 246))
            head.arc(0, 0, 1.02, 200, 250, 0.12, (255, 255, 255))


def face_details(head: Pen, extra: str) -> None:
    match extra:
        case "eyepatch":
            head.ellipse(0.38, 0.1, 0.27, 0.25, (30, 26, 34))
            head.line([(-0.9, -0.42), (0.95, 0.12)], 0.08, (30, 26, 34))
        case "spectacles":
            glasses(head)
        case "mask":
            head.poly([(-0.95, -0.1), (0.95, -0.1), (0.9, 0.38), (0, 0.26), (-0.9, 0.38)], (40, 40, 50))
            for side in (-1, 1):
                head.ellipse(side * 0.38, 0.12, 0.17, 0.15, (250, 250, 250))
                head.ellipse(side * 0.38, 0.12, 0.08, 0.1, (30, 26, 34))
        case "nose":
            head.ellipse(0, 0.3, 0.26, 0.26, (226, 40, 44))
        case "fangs":
            for side in (-1, 1):
                head.poly([(side * 0.16, 0.56), (side * 0.04, 0.6), (side * 0.1, 0.82)], (255, 255, 255))
        case _:
            pass
