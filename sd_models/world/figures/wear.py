"""Clothes, hats and what else is worn, on an upright body one unit high."""

from __future__ import annotations

from sd_models.world.figures.poses import Point, Pose
from sd_models.world.pen import Colour, Pen, darker, lighter, mix

PAINT: dict[str, Colour] = {
    "red": (216, 46, 46),
    "orange": (244, 136, 40),
    "yellow": (250, 208, 60),
    "green": (62, 158, 76),
    "blue": (52, 106, 214),
    "purple": (132, 70, 178),
    "pink": (246, 140, 178),
    "brown": (130, 84, 50),
    "black": (48, 46, 58),
    "white": (246, 246, 242),
    "grey": (148, 152, 162),
}
_SHOE = (72, 50, 44)


def _limb(pen: Pen, start: Point, joints: tuple[Point, Point], width: float, colour: Colour) -> None:
    pen.line([start, *joints], width, colour)


def body(pen: Pen, garment: str, colour: Colour, legs: Colour, skin: Colour, pose: Pose, wide: float = 1.0) -> None:
    """Far arm, legs and torso with the garment; the near arm is `arms`, drawn after the head."""
    hip_x, hip_y = pose.hip
    dark, light = darker(colour, 0.22), lighter(colour, 0.2)
    sag = hip_y + 0.26
    w = 0.135 * wide
    sleeve = skin if garment == "fur" else colour
    _limb(pen, (-w * 0.85, -0.53 + sag), _sunk(pose.far_arm, sag), 0.075, darker(sleeve, 0.14))
    fx, fy = _sunk(pose.far_arm, sag)[1]
    pen.ellipse(fx, fy, 0.048, 0.048, darker(skin, 0.06))
    leg = {"suit": dark, "armour": mix(colour, (90, 96, 110), 0.25), "dress": skin, "fur": skin}.get(garment, legs)
    for joints, side in ((pose.far_leg, -1), (pose.near_leg, 1)):
        _limb(pen, (hip_x + side * 0.06 * wide, hip_y), joints, 0.09, darker(leg, 0.12) if side < 0 else leg)
        x, y = joints[1]
        shoe = skin if garment == "fur" else dark if garment == "armour" else _SHOE
        pen.ellipse(x + 0.025, y - 0.022, 0.065, 0.038, darker(shoe, 0.1) if garment == "fur" else shoe)
    top, low = -0.585 + sag, hip_y - 0.0
    flat = hip_y > -0.2  # sitting: skirts spread on the ground
    if garment == "dress":
        hem = -0.06 if flat else -0.1
        pen.poly(
            [
                (-w * 0.8, top),
                (w * 0.8, top),
                (w * 0.8, -0.38 + sag),
                (w * 2.05, hem),
                (-w * 2.05, hem),
                (-w * 0.8, -0.38 + sag),
            ],
            colour,
        )
        pen.rect(-w * 0.85, -0.4 + sag, w * 0.85, -0.365 + sag, dark)
        pen.poly([(-w * 1.95, hem - 0.035), (w * 1.95, hem - 0.035), (w * 2.05, hem), (-w * 2.05, hem)], light)
    elif garment == "robe":
        hem = -0.01
        pen.poly([(-w * 0.8, top), (w * 0.8, top), (w * 1.6, hem), (-w * 1.6, hem)], colour)
        pen.poly([(-w * 0.13, top), (w * 0.13, top), (w * 0.3, hem), (-w * 0.3, hem)], light)
        pen.rect(-w * 1.12, -0.35 + sag, w * 1.12, -0.31 + sag, darker(colour, 0.4))
    elif garment == "coat":
        hem = -0.1 if flat else -0.13
        pen.poly([(-w * 0.9, top), (w * 0.9, top), (w * 1.35, hem), (-w * 1.35, hem)], colour)
        pen.line([(0, top), (0, hem)], 0.014, dark)
        for y in (-0.48, -0.39, -0.3):
            pen.ellipse(0.035, y + sag, 0.016, 0.016, (250, 214, 90) if sum(colour) < 600 else (90, 80, 80))
        pen.poly([(-w * 0.9, top), (0, top + 0.1), (w * 0.9, top), (0, top - 0.02)], dark)
    elif garment == "suit":
        pen.poly([(-w * 0.95, top), (w * 0.95, top), (w * 0.9, low + 0.03), (-w * 0.9, low + 0.03)], colour)
        pen.poly(
            [(-w * 0.42, top), (w * 0.42, top), (0, -0.4 + sag)],
            (250, 250, 250) if sum(colour) < 690 else (120, 130, 150),
        )
        pen.poly(
            [(-0.02, top + 0.01), (0.02, top + 0.01), (0.025, -0.44 + sag), (0, -0.4 + sag), (-0.025, -0.44 + sag)],
            (190, 40, 46),
        )
    elif garment == "armour":
        pen.poly([(-w, top), (w, top), (w * 0.95, low + 0.04), (-w * 0.95, low + 0.04)], colour)
        pen.poly([(-w * 0.2, top), (w, top), (w * 0.95, -0.4 + sag), (0, -0.36 + sag)], light)
        pen.rect(-w, -0.335 + sag, w, -0.295 + sag, darker(colour, 0.45))
        for side in (-1, 1):
            pen.ellipse(side * w, top + 0.045, 0.07, 0.06, light)
    else:
        pen.poly([(-w * 0.9, top), (w * 0.9, top), (w, low + 0.02), (-w, low + 0.02)], colour)
        if garment == "shirt":
            pen.poly([(-w * 0.45, top), (w * 0.45, top), (0, top + 0.06)], skin)
            pen.rect(-w, low - 0.01, w, low + 0.025, darker(legs, 0.4))
        else:
            pen.ellipse(0, hip_y, w, 0.07, colour)


def _sunk(joints: tuple[Point, Point], sag: float) -> tuple[Point, Point]:
    (ax, ay), (bx, by) = joints
    return (ax, ay + sag), (bx, by + sag)


def arms(pen: Pen, garment: str, colour: Colour, skin: Colour, pose: Pose, wide: float = 1.0) -> None:
    """The near arm, over everything else."""
    sag = pose.hip[1] + 0.26
    sleeve = skin if garment == "fur" else colour
    joints = _sunk(pose.near_arm, sag)
    _limb(pen, (0.135 * wide * 0.85, -0.53 + sag), joints, 0.11 if garment == "robe" else 0.08, darker(sleeve, 0.08))
    pen.ellipse(*joints[1], 0.052, 0.052, skin)


def hand(pose: Pose) -> Point:
    """Where the near hand is."""
    return _sunk(pose.near_arm, pose.hip[1] + 0.26)[1]


def cape(pen: Pen, colour: Colour) -> None:
    pen.poly([(-0.13, -0.585), (0.13, -0.585), (0.31, -0.06), (-0.34, -0.04)], darker(colour, 0.18))
    pen.poly([(-0.13, -0.585), (-0.02, -0.585), (-0.2, -0.045), (-0.34, -0.04)], colour)
    pen.poly([(0.06, -0.585), (0.13, -0.585), (0.31, -0.06), (0.2, -0.055)], colour)


def scarf(pen: Pen, colour: Colour) -> None:
    pen.poly([(0.03, -0.58), (0.13, -0.56), (0.17, -0.32), (0.07, -0.31)], darker(colour, 0.15))
    pen.rect(0.075, -0.345, 0.168, -0.325, lighter(colour, 0.45))
    pen.ellipse(0, -0.575, 0.165, 0.062, colour)
    pen.ellipse(0.09, -0.56, 0.055, 0.05, darker(colour, 0.1))


def glasses(head: Pen) -> None:
    """Round spectacles on a head of radius 1."""
    for side in (-1, 1):
        head.ellipse(side * 0.4, 0.12, 0.32, 0.32, (40, 40, 56))
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


def wings(pen: Pen, kind: str) -> None:
    """A pair of wings behind an upright body."""
    for side in (-1, 1):
        if kind == "butterfly":
            pen.oval(side * 0.27, -0.58, 0.25, 0.14, -side * 35, (170, 226, 250))
            pen.oval(side * 0.22, -0.34, 0.17, 0.1, side * 25, (214, 190, 250))
        elif kind == "feather":
            for k, length in enumerate((0.42, 0.36, 0.27)):
                pen.oval(
                    side * (0.1 + length * 0.45),
                    -0.6 + k * 0.09,
                    length * 0.52,
                    0.075,
                    -side * (38 - 24 * k),
                    mix((252, 252, 255), (210, 220, 240), k * 0.4),
                )
        else:
            pen.poly(
                [
                    (side * 0.06, -0.5),
                    (side * 0.5, -0.85),
                    (side * 0.46, -0.5),
                    (side * 0.36, -0.54),
                    (side * 0.3, -0.36),
                    (side * 0.2, -0.44),
                    (side * 0.06, -0.34),
                ],
                (70, 50, 80),
            )


def details(pen: Pen, extra: str, skin: Colour) -> None:
    """What a role has on its chest."""
    match extra:
        case "stethoscope":
            pen.arc(0, -0.52, 0.075, 0, 180, 0.018, (60, 66, 80))
            pen.ellipse(0.07, -0.4, 0.03, 0.03, (150, 156, 170))
        case "badge":
            pen.ellipse(0.075, -0.47, 0.032, 0.036, (250, 206, 70))
        case "neckerchief":
            pen.poly([(-0.11, -0.58), (0.11, -0.58), (0.0, -0.44)], (46, 86, 190))
        case "dungarees":
            pen.rect(-0.09, -0.42, 0.09, -0.24, (64, 98, 160))
            for side in (-1, 1):
                pen.line([(side * 0.075, -0.56), (side * 0.075, -0.4)], 0.03, (64, 98, 160))
        case "shawl":
            pen.poly([(-0.15, -0.56), (0.15, -0.56), (0.19, -0.42), (0.0, -0.36), (-0.19, -0.42)], (150, 110, 150))
        case _:
            pass


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
