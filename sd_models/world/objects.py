"""Draw things by name, one unit high, standing at the pen's origin; tell how large, wide and bright each is."""

from __future__ import annotations

import random

from sd_models.world.pen import Colour, Pen
from sd_models.world.things.bounds import bounds
from sd_models.world.things.catalogue import THINGS

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
GROWN = 1.7
"""Metres of a grown-up."""
GLOW = 0.55
"""How bright they glow."""
_HELD_SIZE = {"sword": 0.5, "staff": 0.95, "broom": 0.62, "umbrella": 0.62, "balloon": 0.56, "kite": 0.5, "flag": 0.52,
              "fishing rod": 0.62, "wand": 0.4, "shield": 0.4, "bow": 0.46, "guitar": 0.5, "axe": 0.44, "hammer": 0.38,
              "telescope": 0.42, "lantern": 0.4, "ring": 0.26, "coin": 0.26, "egg": 0.3, "apple": 0.28,
              "spade": 0.62, "pencil": 0.26, "pan": 0.36}  # fmt: skip
TOOL = {"pan": 0.6, "cup": 0.5, "bread": 0.5, "phone": 0.5}
"""How large a thing is drawn that a pose itself puts in a hand, beside one that somebody is said to hold."""
_ABOVE = ("umbrella", "balloon", "kite", "flag", "sword", "wand", "axe", "hammer", "staff", "broom", "fishing rod")


def thing(pen: Pen, name: str, rng: random.Random, colour: Colour | None = None) -> None:
    """Draw an object, one unit high, standing at the pen's origin, in `colour` or one of its own."""
    kind = THINGS[name]
    kind.paint(pen, colour or (rng.choice(kind.colours) if len(kind.colours) > 1 else kind.colours[0]))


def size_of(name: str) -> float:
    """Return a thing's height as in life, in grown-up people; tiny things stay visible, towers fit the frame."""
    return min(2.1, max(0.14, THINGS[name].height / GROWN))


def width_of(name: str) -> float:
    """Return half the width of a thing one unit high."""
    left, _, right, _ = bounds(THINGS[name].paint)
    return max(-left, right)


def held(pen: Pen, name: str, x: float, y: float, rng: random.Random, scale: float = 1.0) -> None:
    """Draw an object in a hand at (x, y)."""
    foot_x, foot_y, size = _held_at(name, x, y, scale)
    thing(pen.at(foot_x, foot_y, size), name, rng)


def held_box(name: str, x: float, y: float, scale: float = 1.0) -> tuple[float, float, float, float]:
    """Return left, top, right, bottom of an object in a hand at (x, y)."""
    foot_x, foot_y, size = _held_at(name, x, y, scale)
    left, top, right, bottom = bounds(THINGS[name].paint)
    return foot_x + left * size, foot_y + top * size, foot_x + right * size, foot_y + bottom * size


def _held_at(name: str, x: float, y: float, scale: float) -> tuple[float, float, float]:
    """Return where an object in a hand at (x, y) has its foot, and its size."""
    size = 1.2 * scale * _HELD_SIZE.get(name, 0.35)
    if name == "staff":
        return x, y + 0.32, 0.95
    if name in _ABOVE:
        return x + (0.06 if name == "balloon" else 0.02), y + 0.06, size
    return x + 0.02, y + size * (0.95 if name == "lantern" else 0.62), size
