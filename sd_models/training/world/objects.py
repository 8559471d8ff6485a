"""Things: drawn here where a bold shape is best, else pictograms. Each stands at the pen's origin, one unit high."""

from __future__ import annotations

import random

from sd_models.training.world.pen import Colour, Pen, darker, lighter, mix
from sd_models.training.world.pictograms import sources, sprite

SIZES: dict[str, float] = {
    **dict.fromkeys(("house",), 1.7),
    **dict.fromkeys(("tower",), 2.1),
    **dict.fromkeys(("tree", "pine", "hot air balloon"), 1.75),
    **dict.fromkeys(("ship", "plane", "ufo", "helicopter", "rocket"), 1.3),
    **dict.fromkeys(("bus", "truck", "carriage", "train", "tent", "statue", "door"), 1.1),
    **dict.fromkeys(("car", "bicycle", "bed", "sofa", "piano", "well", "gravestone"), 0.8),
    **dict.fromkeys(("boat", "rock", "bush", "sign", "television", "computer", "table", "chair"), 0.65),
    **dict.fromkeys(("chest", "barrel", "cauldron", "campfire"), 0.55),
}
"""Heights in grown-up people."""
SEAT = {"chair": 0.5, "table": 0.88, "bed": 0.5, "sofa": 0.5, "chest": 0.9, "barrel": 0.97, "rock": 0.9, "house": 0.86,
        "gift": 0.95, "boat": 0.45, "ship": 0.3, "carriage": 0.5, "car": 0.97}  # fmt: skip
"""How high something on the thing stands, as a share of its height."""
GLOWS: dict[str, Colour] = {
    "lantern": (255, 206, 110),
    "candle": (255, 206, 110),
    "campfire": (255, 170, 70),
    "star": (255, 236, 140),
    "crystal ball": (200, 140, 255),
    "wand": (255, 240, 160),
    "ufo": (150, 255, 210),
    "house": (255, 206, 110),
}
_HELD_SIZE = {"sword": 0.5, "staff": 0.95, "broom": 0.62, "umbrella": 0.62, "balloon": 0.56, "kite": 0.5, "flag": 0.52,
              "fishing rod": 0.62, "wand": 0.4, "shield": 0.4, "bow": 0.46, "guitar": 0.5, "axe": 0.44, "hammer": 0.38,
              "telescope": 0.42, "lantern": 0.4, "ring": 0.26, "coin": 0.26, "egg": 0.3, "apple": 0.28}  # fmt: skip
_ABOVE = ("umbrella", "balloon", "kite", "flag", "sword", "wand", "axe", "hammer", "staff", "broom", "fishing rod")
_WOOD: Colour = (150, 98, 56)


def thing(pen: Pen, name: str, rng: random.Random) -> None:
    """Draws an object, one unit high, standing at the pen's origin."""
    painter = _PAINTERS.get(name)
    if painter:
        painter(pen, rng)
    else:
        pen.paste(sprite(name), 0, 0.02, height=1.0)


def width_of(name: str) -> float:
    """Half the width of a thing one unit high."""
    if name in _WIDTHS:
        return _WIDTHS[name]
    picture = sprite(name)
    return 0.5 * picture.width / picture.height


def held(pen: Pen, name: str, x: float, y: float, rng: random.Random, scale: float = 1.0) -> None:
    """Draws an object in a hand at (x, y)."""
    size = 1.2 * scale * _HELD_SIZE.get(name, 0.35)
    if name in ("staff",):
        thing(pen.at(x, y + 0.32, 0.95), name, rng)
    elif name in _ABOVE:
        thing(pen.at(x + (0.02 if name not in ("balloon",) else 0.06), y + 0.06, size), name, rng)
    else:
        thing(pen.at(x + 0.02, y + size * (0.62 if name != "lantern" else 0.95), size), name, rng)


def _lantern(pen: Pen, rng: random.Random) -> None:
    iron = (66, 60, 70)
    pen.arc(0, -0.82, 0.17, 180, 360, 0.05, iron)
    pen.poly([(-0.2, -0.72), (0.2, -0.72), (0.1, -0.84), (-0.1, -0.84)], iron)
    pen.rect(-0.22, -0.72, 0.22, -0.1, (255, 214, 110))
    pen.ellipse(0, -0.36, 0.11, 0.2, (255, 246, 210))
    for x in (-0.22, 0.22):
        pen.line([(x, -0.72), (x, -0.1)], 0.06, iron)
    pen.rect(-0.28, -0.12, 0.28, 0.0, iron)


def _sword(pen: Pen, rng: random.Random) -> None:
    pen.poly([(-0.06, -0.26), (0.06, -0.26), (0.06, -0.9), (0, -1.0), (-0.06, -0.9)], (214, 222, 234))
    pen.poly([(0.0, -0.26), (0.06, -0.26), (0.06, -0.9), (0, -1.0)], (170, 182, 200))
    pen.line([(-0.19, -0.25), (0.19, -0.25)], 0.07, (236, 186, 60))
    pen.line([(0, -0.22), (0, -0.03)], 0.08, (120, 72, 46))


def _staff(pen: Pen, rng: random.Random) -> None:
    pen.line([(0, 0), (0, -0.92)], 0.045, (128, 82, 48))
    pen.arc(0.0, -0.94, 0.06, 90, 400, 0.04, (128, 82, 48))


def _bottle(pen: Pen, rng: random.Random) -> None:
    pen.rect(-0.1, -0.95, 0.1, -0.5, (190, 226, 220))
    pen.rect(-0.12, -1.0, 0.12, -0.86, (160, 108, 64))
    pen.ellipse(0, -0.32, 0.34, 0.32, (190, 226, 220))
    pen.slice(0, -0.32, 0.3, 0.28, -10, 190, (120, 60, 190))


def _table(pen: Pen, rng: random.Random) -> None:
    for x in (-0.72, 0.66):
        pen.rect(x, -0.85, x + 0.1, 0.0, darker(_WOOD, 0.25))
    pen.rect(-0.9, -0.94, 0.9, -0.74, _WOOD)
    pen.rect(-0.9, -0.94, 0.9, -0.88, lighter(_WOOD, 0.3))


def _chest(pen: Pen, rng: random.Random) -> None:
    wood = (150, 90, 46)
    pen.rect(-0.7, -0.55, 0.7, 0, wood)
    pen.slice(0, -0.52, 0.7, 0.42, 180, 360, lighter(wood, 0.14))
    for x in (-0.62, 0.44):
        pen.rect(x, -0.85, x + 0.14, 0, (236, 186, 60))
    pen.rect(-0.72, -0.58, 0.72, -0.48, darker(wood, 0.35))
    pen.rect(-0.12, -0.62, 0.12, -0.32, (250, 208, 80))
    pen.ellipse(0, -0.46, 0.045, 0.06, (70, 40, 30))


def _barrel(pen: Pen, rng: random.Random) -> None:
    pen.poly([(-0.34, 0), (0.34, 0), (0.45, -0.5), (0.34, -1.0), (-0.34, -1.0), (-0.45, -0.5)], _WOOD)
    pen.poly([(0.12, 0), (0.34, 0), (0.45, -0.5), (0.34, -1.0), (0.12, -1.0)], darker(_WOOD, 0.18))
    for y, w in ((-0.22, 0.4), (-0.78, 0.4)):
        pen.rect(-w, y - 0.05, w, y + 0.05, (84, 84, 96))
    pen.ellipse(0, -0.99, 0.34, 0.07, lighter(_WOOD, 0.3))


def _cauldron(pen: Pen, rng: random.Random) -> None:
    iron = (58, 58, 68)
    for x in (-0.35, 0.35):
        pen.line([(x, -0.2), (x * 1.2, 0)], 0.12, iron)
    pen.ellipse(0, -0.45, 0.6, 0.42, iron)
    pen.ellipse(0, -0.78, 0.58, 0.13, darker(iron, 0.4))
    pen.ellipse(0, -0.8, 0.48, 0.1, (120, 220, 90))
    for x, y, r in ((-0.15, -0.9, 0.09), (0.16, -0.95, 0.07), (0.05, -0.82, 0.06)):
        pen.ellipse(x, y, r, r, (170, 244, 130))


def _piano(pen: Pen, rng: random.Random) -> None:
    wood = (96, 56, 40)
    pen.rect(-0.8, -1.0, 0.8, 0, wood)
    pen.rect(-0.8, -1.0, 0.8, -0.9, lighter(wood, 0.2))
    pen.rect(-0.88, -0.52, 0.88, -0.36, (250, 250, 246))
    for k in range(9):
        pen.rect(-0.8 + k * 0.19, -0.52, -0.72 + k * 0.19, -0.43, (30, 28, 34))
    pen.rect(-0.88, -0.37, 0.88, -0.3, darker(wood, 0.3))


def _campfire(pen: Pen, rng: random.Random) -> None:
    for a, b in (((-0.5, -0.02), (0.4, -0.16)), ((0.5, -0.02), (-0.4, -0.16))):
        pen.line([a, b], 0.14, (110, 70, 44))
    pen.poly(
        [
            (-0.36, -0.16),
            (-0.4, -0.5),
            (-0.2, -0.42),
            (-0.05, -1.0),
            (0.16, -0.5),
            (0.3, -0.66),
            (0.38, -0.3),
            (0.3, -0.12),
        ],
        (244, 108, 36),
    )
    pen.poly([(-0.2, -0.14), (-0.18, -0.38), (0.02, -0.7), (0.2, -0.36), (0.18, -0.12)], (255, 206, 74))


def _tent(pen: Pen, rng: random.Random) -> None:
    cloth = rng.choice(((226, 104, 60), (70, 140, 180), (200, 170, 90)))
    pen.poly([(-0.95, 0), (0.95, 0), (0.1, -1.0)], cloth)
    pen.poly([(0.1, -1.0), (0.95, 0), (0.5, 0)], darker(cloth, 0.2))
    pen.poly([(0.1, -0.82), (0.36, 0), (-0.24, 0)], (60, 44, 50))


def _tower(pen: Pen, rng: random.Random) -> None:
    stone = (176, 172, 178)
    pen.poly([(-0.2, 0), (0.2, 0), (0.17, -0.7), (-0.17, -0.7)], stone)
    pen.poly([(0.04, 0), (0.2, 0), (0.17, -0.7), (0.04, -0.7)], darker(stone, 0.16))
    pen.rect(-0.22, -0.74, 0.22, -0.64, darker(stone, 0.1))
    pen.poly([(-0.26, -0.73), (0.26, -0.73), (0, -1.0)], (190, 70, 66))
    pen.slice(0, -0.46, 0.05, 0.08, 180, 360, (70, 60, 90))
    pen.rect(-0.05, -0.46, 0.05, -0.4, (70, 60, 90))
    pen.slice(0, -0.1, 0.075, 0.1, 180, 360, (110, 70, 46))
    pen.rect(-0.075, -0.1, 0.075, 0, (110, 70, 46))


LEAVES: tuple[Colour, ...] = ((76, 150, 66), (58, 136, 74), (98, 164, 70))


def tree(pen: Pen, rng: random.Random, leaves: Colour = LEAVES[0], snow: bool = False) -> None:
    """A round tree, one unit high."""
    leaves = mix(leaves, (240, 246, 252), 0.55) if snow else leaves
    pen.poly([(-0.06, 0), (0.06, 0), (0.04, -0.5), (-0.04, -0.5)], (112, 76, 50))
    for x, y, r in ((-0.17, -0.5, 0.19), (0.17, -0.5, 0.19), (0.0, -0.7, 0.26)):
        pen.ellipse(x, y, r, r, darker(leaves, 0.16))
    for x, y, r in ((-0.2, -0.55, 0.15), (0.1, -0.55, 0.16), (-0.05, -0.75, 0.19)):
        pen.ellipse(x, y, r, r, leaves)
    if snow:
        pen.ellipse(-0.02, -0.85, 0.17, 0.08, (250, 252, 255))


def pine(pen: Pen, rng: random.Random, leaves: Colour = (44, 112, 84), snow: bool = False) -> None:
    """A fir, one unit high."""
    pen.rect(-0.05, -0.16, 0.05, 0, (104, 70, 48))
    for low, w, top in ((-0.12, 0.32, -0.58), (-0.36, 0.26, -0.8), (-0.6, 0.19, -1.0)):
        pen.poly([(-w, low), (w, low), (0, top)], leaves)
        pen.poly([(0, low), (w, low), (0, top)], darker(leaves, 0.2))
        if snow:
            y = top + (low - top) * 0.42
            pen.poly([(-w * 0.42, y), (w * 0.42, y), (0, top)], (246, 250, 255))


def bush(pen: Pen, rng: random.Random, leaves: Colour = (74, 146, 70), snow: bool = False) -> None:
    """A shrub, one unit high."""
    leaves = mix(leaves, (240, 246, 252), 0.6) if snow else leaves
    for x, y, r in ((-0.5, -0.36, 0.38), (0.5, -0.36, 0.38), (0, -0.55, 0.46)):
        pen.ellipse(x, y, r, r, darker(leaves, 0.12))
    for x, y, r in ((-0.5, -0.44, 0.28), (0.4, -0.44, 0.28), (-0.05, -0.64, 0.32)):
        pen.ellipse(x, y, r, r, leaves)


def _well(pen: Pen, rng: random.Random) -> None:
    pen.rect(-0.42, -0.4, 0.42, 0, (150, 148, 156))
    pen.rect(0.1, -0.4, 0.42, 0, (126, 124, 134))
    pen.rect(-0.48, -0.46, 0.48, -0.36, (178, 176, 184))
    for x in (-0.36, 0.36):
        pen.line([(x, -0.42), (x, -0.8)], 0.07, _WOOD)
    pen.poly([(-0.58, -0.74), (0.58, -0.74), (0, -1.05)], (176, 84, 60))
    pen.line([(0, -0.76), (0, -0.56)], 0.025, (70, 60, 50))
    pen.rect(-0.09, -0.6, 0.09, -0.46, (120, 84, 54))


def _carriage(pen: Pen, rng: random.Random) -> None:
    pen.poly([(-0.6, -0.9), (0.6, -0.9), (0.75, -0.3), (-0.75, -0.3)], (190, 56, 70))
    pen.poly([(-0.66, -0.9), (0.66, -0.9), (0.4, -1.0), (-0.4, -1.0)], (236, 186, 60))
    pen.rect(-0.24, -0.82, 0.24, -0.5, (190, 226, 246))
    for x in (-0.5, 0.5):
        pen.ellipse(x, -0.24, 0.24, 0.24, (96, 64, 44))
        pen.ellipse(x, -0.24, 0.15, 0.15, (226, 186, 120))
        pen.ellipse(x, -0.24, 0.06, 0.06, (96, 64, 44))


def _balloon(pen: Pen, rng: random.Random) -> None:
    pen.ellipse(0, -0.64, 0.36, 0.37, (226, 70, 60))
    pen.ellipse(0, -0.64, 0.22, 0.37, (250, 208, 80))
    pen.ellipse(0, -0.64, 0.09, 0.37, (226, 70, 60))
    for x in (-0.1, 0.1):
        pen.line([(x * 1.8, -0.33), (x, -0.16)], 0.015, (90, 66, 46))
    pen.rect(-0.12, -0.17, 0.12, 0, (150, 104, 60))


def _ghost(pen: Pen, rng: random.Random) -> None:
    pen.slice(0, -0.6, 0.34, 0.4, 180, 360, (246, 248, 255))
    pen.poly(
        [
            (-0.34, -0.61),
            (0.34, -0.61),
            (0.4, 0),
            (0.26, -0.1),
            (0.13, 0),
            (0, -0.1),
            (-0.13, 0),
            (-0.26, -0.1),
            (-0.4, 0),
        ],
        (246, 248, 255),
    )
    for s in (-1, 1):
        pen.ellipse(s * 0.13, -0.66, 0.055, 0.08, (40, 36, 60))
        pen.oval(s * 0.38, -0.42, 0.1, 0.06, s * 30, (246, 248, 255))
    pen.ellipse(0, -0.48, 0.06, 0.08, (40, 36, 60))


def dragon(pen: Pen, colour: Colour, flying: bool) -> None:
    """A dragon, one unit high, facing right."""
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


_PAINTERS = {
    "lantern": _lantern, "sword": _sword, "staff": _staff, "bottle": _bottle, "table": _table, "chest": _chest,
    "barrel": _barrel, "cauldron": _cauldron, "piano": _piano, "campfire": _campfire, "tent": _tent, "tower": _tower,
    "tree": tree, "pine": pine, "bush": bush, "well": _well, "carriage": _carriage, "hot air balloon": _balloon,
    "ghost": _ghost,
}  # fmt: skip
_WIDTHS = {
    "table": 0.9, "chest": 0.72, "barrel": 0.45, "cauldron": 0.6, "piano": 0.88, "campfire": 0.5, "tent": 0.95,
    "tower": 0.26, "tree": 0.36, "pine": 0.32, "bush": 0.9, "well": 0.58, "carriage": 0.75, "hot air balloon": 0.36,
    "ghost": 0.4, "dragon": 0.75, "lantern": 0.28, "sword": 0.2, "staff": 0.06, "bottle": 0.34,
}  # fmt: skip


def drawable(name: str) -> bool:
    """Whether the world has a drawing for `name` (tests check that every word has)."""
    return name in _PAINTERS or name in sources()
