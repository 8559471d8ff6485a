"""Clothes on an upright body one unit high: garments, their patterns, and what is worn over them."""

from __future__ import annotations

from collections.abc import Mapping

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


PATTERNS = {
    **dict.fromkeys(("striped", "stripes", "stripy"), "striped"),
    **dict.fromkeys(("checked", "plaid", "tartan", "chequered", "gingham"), "checked"),
    **dict.fromkeys(("spotted", "dotted", "polka-dot", "polka dot"), "spotted"),
    **dict.fromkeys(("flowered", "floral", "flowery"), "flowered"),
}
"""Every word for a pattern -> the pattern that is drawn."""


def body(
    pen: Pen,
    garment: str,
    colour: Colour,
    legs: Colour,
    skin: Colour,
    pose: Pose,
    wide: float = 1.0,
    pattern: str = "",
    legwear: str = "",
    shoulder: float = 1.0,
) -> None:
    """Draw far arm, legs and torso with the garment; the near arm is `arms`, drawn after the head. `shoulder` is how
    far from the middle the arms begin; it is less from the side."""
    hip_x, hip_y = pose.hip
    dark, light = darker(colour, 0.22), lighter(colour, 0.2)
    sag = hip_y + 0.26
    w = 0.135 * wide
    sleeve = skin if garment == "fur" else colour
    _limb(pen, (-w * 0.85 * shoulder, -0.53 + sag), _sunk(pose.far_arm, sag), 0.075, darker(sleeve, 0.14))
    fx, fy = _sunk(pose.far_arm, sag)[1]
    pen.ellipse(fx, fy, 0.048, 0.048, darker(skin, 0.06))
    bare = ("dress", "fur", "swimsuit")
    leg = {"suit": dark, "armour": mix(colour, (90, 96, 110), 0.25), "jumpsuit": colour, "dungarees": colour}.get(
        garment, skin if garment in bare or legwear else legs
    )
    for joints, side in ((pose.far_leg, -1), (pose.near_leg, 1)):
        _limb(pen, (hip_x + side * 0.06 * wide, hip_y), joints, 0.09, darker(leg, 0.12) if side < 0 else leg)
        x, y = joints[1]
        shoe = skin if garment == "fur" else dark if garment == "armour" else _SHOE
        pen.ellipse(x + 0.025, y - 0.022, 0.065, 0.038, darker(shoe, 0.1) if garment == "fur" else shoe)
    if legwear == "shorts":
        for joints, side in ((pose.far_leg, -1), (pose.near_leg, 1)):
            _limb(pen, (hip_x + side * 0.06 * wide, hip_y), (joints[0], joints[0]), 0.11, legs)
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
    elif garment in ("jacket", "tunic", "jumpsuit"):
        hem = low + {"jacket": 0.03, "tunic": 0.12, "jumpsuit": 0.03}[garment]
        flare = {"jacket": 1.08, "tunic": 1.3, "jumpsuit": 0.98}[garment]
        pen.poly([(-w * 0.9, top), (w * 0.9, top), (w * flare, hem), (-w * flare, hem)], colour)
        if garment == "jacket":
            pen.poly([(-w * 0.3, top), (w * 0.3, top), (w * 0.12, hem), (-w * 0.12, hem)], (244, 242, 236))
            pen.line([(-w * 0.3, top), (-w * 0.12, hem)], 0.016, dark)
            pen.line([(w * 0.3, top), (w * 0.12, hem)], 0.016, dark)
        else:
            pen.line([(0, top + 0.02), (0, low)], 0.012, dark)
            pen.rect(-w * 1.02, low - 0.06, w * 1.02, low - 0.03, darker(colour, 0.4))
    elif garment == "dungarees":
        pen.poly([(-w * 0.9, top), (w * 0.9, top), (w, low + 0.02), (-w, low + 0.02)], (244, 240, 230))
        pen.rect(-w * 0.72, -0.43 + sag, w * 0.72, low + 0.03, colour)
        for side in (-1, 1):
            pen.line([(side * w * 0.6, top), (side * w * 0.55, -0.41 + sag)], 0.03, colour)
        pen.rect(-w * 0.3, -0.38 + sag, w * 0.3, -0.31 + sag, dark)
    else:
        pen.poly([(-w * 0.9, top), (w * 0.9, top), (w, low + 0.02), (-w, low + 0.02)], colour)
        if garment == "shirt":
            pen.poly([(-w * 0.45, top), (w * 0.45, top), (0, top + 0.06)], skin)
            pen.rect(-w, low - 0.01, w, low + 0.025, darker(legs, 0.4))
        elif garment in ("sweater", "hoodie"):
            pen.rect(-w * 0.5, top - 0.01, w * 0.5, top + 0.025, dark)
            pen.rect(-w, low - 0.02, w, low + 0.03, dark)
            if garment == "hoodie":
                pen.poly(
                    [(-w * 0.6, low - 0.03), (-w * 0.4, low - 0.12), (w * 0.4, low - 0.12), (w * 0.6, low - 0.03)], dark
                )
                pen.line([(-w * 0.2, top + 0.02), (-w * 0.2, top + 0.1)], 0.01, light)
                pen.line([(w * 0.2, top + 0.02), (w * 0.2, top + 0.1)], 0.01, light)
        elif garment != "swimsuit":
            pen.ellipse(0, hip_y, w, 0.07, colour)
    if pattern:
        _pattern(pen, pattern, garment, colour, top, w)
    if legwear == "skirt":
        hem = -0.05 if flat else -0.1
        pen.poly([(-w, low - 0.03), (w, low - 0.03), (w * 1.75, hem), (-w * 1.75, hem)], legs)
        pen.rect(-w, low - 0.03, w, low, darker(legs, 0.3))


def _pattern(pen: Pen, pattern: str, garment: str, colour: Colour, top: float, w: float) -> None:
    """Draw a pattern over the torso of a garment whose upper edge is at `top`."""
    ink = (250, 248, 240) if sum(colour) < 560 else darker(colour, 0.45)
    flare = {"dress": 0.1, "robe": 1.2, "coat": 0.75, "tunic": 0.7}.get(garment, 0.2)

    def half(y: float) -> float:
        return w * (0.8 + flare * (y - top) / 0.33)

    rows = [top + 0.04 + 0.055 * k for k in range(6)]
    if pattern in ("striped", "checked"):
        for y in rows:
            pen.rect(-half(y), y, half(y), y + 0.02, ink, 235)
    if pattern == "checked":
        for k in (-0.6, -0.2, 0.2, 0.6):
            pen.line([(half(top) * k, top), (half(rows[-1]) * k, rows[-1])], 0.014, ink)
    if pattern in ("spotted", "flowered"):
        for row, y in enumerate(rows):
            for k in (-0.66, -0.22, 0.22, 0.66):
                x = half(y) * (k + (0.11 if row % 2 else -0.11))
                pen.ellipse(x, y, 0.014, 0.014, ink)
                if pattern == "flowered":
                    pen.ellipse(x, y, 0.006, 0.006, (240, 170, 60))


ALL_ROUND = frozenset(("belt", "shawl", "boots"))
"""What is worn over a garment and is seen from behind, too."""


def over(pen: Pen, pieces: Mapping[str, Colour], pose: Pose, wide: float = 1.0) -> None:
    """Draw what is worn over the garment on the chest, at the waist and on the feet."""
    sag, w = pose.hip[1] + 0.26, 0.135 * wide
    chest = pen.at(0, sag)
    for cut, colour in pieces.items():
        dark = darker(colour, 0.25)
        match cut:
            case "waistcoat":
                for side in (-1, 1):
                    chest.poly(
                        [
                            (side * w * 0.9, -0.58),
                            (side * w * 0.25, -0.58),
                            (side * w * 0.06, -0.42),
                            (side * w * 0.06, -0.26),
                            (side * w, -0.26),
                        ],
                        colour,
                    )
                for y in (-0.4, -0.33):
                    chest.ellipse(0, y, 0.012, 0.012, (246, 220, 120))
            case "apron":
                chest.poly(
                    [
                        (-w * 0.5, -0.54),
                        (w * 0.5, -0.54),
                        (w * 0.95, -0.38),
                        (w * 1.1, -0.12),
                        (-w * 1.1, -0.12),
                        (-w * 0.95, -0.38),
                    ],
                    colour,
                )
                chest.rect(-w, -0.37, w, -0.345, dark)
            case "belt":
                chest.rect(-w * 1.02, -0.32, w * 1.02, -0.28, colour)
                chest.rect(-0.025, -0.325, 0.025, -0.275, (240, 200, 90))
            case "tie":
                chest.poly([(-0.02, -0.575), (0.02, -0.575), (0.03, -0.37), (0, -0.33), (-0.03, -0.37)], colour)
            case "bow tie":
                for side in (-1, 1):
                    chest.poly([(0, -0.555), (side * 0.06, -0.585), (side * 0.06, -0.525)], colour)
                chest.ellipse(0, -0.555, 0.014, 0.014, dark)
            case "necklace":
                chest.arc(0, -0.56, 0.08, 20, 160, 0.016, colour)
                chest.ellipse(0, -0.475, 0.02, 0.024, lighter(colour, 0.3))
            case "shawl":
                chest.poly(
                    [(-w * 1.2, -0.56), (w * 1.2, -0.56), (w * 1.4, -0.42), (0.0, -0.35), (-w * 1.4, -0.42)], colour
                )
            case "badge":
                chest.ellipse(0.075, -0.47, 0.032, 0.036, colour)
            case "backpack":
                for side in (-1, 1):
                    chest.line([(side * w * 0.7, -0.58), (side * w * 0.75, -0.36)], 0.026, dark)
            case "boots":
                for joints in (pose.far_leg, pose.near_leg):
                    (kx, ky), (fx, fy) = joints
                    pen.line([((kx + fx) / 2, (ky + fy) / 2), (fx, fy - 0.02)], 0.1, colour)
                    pen.ellipse(fx + 0.025, fy - 0.022, 0.072, 0.042, dark)
            case _:
                pass


def _sunk(joints: tuple[Point, Point], sag: float) -> tuple[Point, Point]:
    (ax, ay), (bx, by) = joints
    return (ax, ay + sag), (bx, by + sag)


def arms(
    pen: Pen, garment: str, colour: Colour, skin: Colour, pose: Pose, wide: float = 1.0, shoulder: float = 1.0
) -> None:
    """The near arm, over everything else."""
    sag = pose.hip[1] + 0.26
    sleeve = skin if garment == "fur" else colour
    joints = _sunk(pose.near_arm, sag)
    width = 0.11 if garment == "robe" else 0.08
    _limb(pen, (0.135 * wide * 0.85 * shoulder, -0.53 + sag), joints, width, darker(sleeve, 0.08))
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
