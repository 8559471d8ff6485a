"""Animals and the few creatures with a head of their own: how each looks, and their heads, which face the viewer."""

from __future__ import annotations

import math
from dataclasses import dataclass

from sd_models.world.attributes import Figure
from sd_models.world.figures import headgear
from sd_models.world.figures.faces import INK, NEAREST, face
from sd_models.world.figures.wear import PAINT
from sd_models.world.pen import Colour, Pen, darker, lighter, mix


@dataclass(frozen=True)
class Species:
    """How one species looks. Sizes of the four-legged body are in units of its height with the head."""

    base: Colour
    light: Colour = (255, 244, 226)
    """Muzzle, belly and the inside of the ears."""
    ears: str = "round"
    muzzle: str = "small"
    tail: str = "thin"
    marks: str = ""
    legs: float = 0.3
    long: float = 0.62
    thick: float = 0.2
    tall: float = 0.6
    """Height on four legs relative to a grown-up person."""
    head: float = 0.27


SPECIES: dict[str, Species] = {
    "fox": Species((234, 118, 40), ears="pointed", muzzle="long", tail="brush", marks="cheeks", legs=0.24, tall=0.6),
    "wolf": Species(
        (128, 134, 146),
        (222, 224, 228),
        ears="pointed",
        muzzle="long",
        tail="brush",
        marks="cheeks",
        legs=0.3,
        tall=0.72,
    ),
    "bear": Species((126, 82, 50), (206, 164, 116), muzzle="big", tail="stub", legs=0.22, thick=0.28, tall=0.85),
    "dog": Species((190, 132, 78), ears="floppy", muzzle="big", tail="up", legs=0.24, tall=0.58),
    "cat": Species((236, 158, 72), ears="pointed", muzzle="small", tail="curl", marks="whiskers", legs=0.22, tall=0.5),
    "rabbit": Species(
        (240, 236, 232), (255, 196, 200), ears="long", muzzle="small", tail="puff", legs=0.14, long=0.42, tall=0.52
    ),
    "mouse": Species(
        (156, 154, 164),
        (250, 196, 200),
        ears="big",
        muzzle="small",
        tail="long",
        marks="whiskers",
        legs=0.1,
        long=0.42,
        tall=0.42,
    ),
    "lion": Species((236, 178, 84), ears="round", muzzle="big", tail="tuft", marks="mane", legs=0.26, tall=0.8),
    "tiger": Species(
        (242, 144, 42), (255, 250, 240), ears="round", muzzle="big", tail="curl", marks="stripes", legs=0.25, tall=0.76
    ),
    "pig": Species(
        (248, 168, 176), (250, 190, 196), ears="flap", muzzle="snout", tail="curly", legs=0.18, thick=0.26, tall=0.58
    ),
    "cow": Species(
        (248, 246, 242),
        (248, 190, 180),
        ears="side",
        muzzle="wide",
        tail="tuft",
        marks="patches",
        legs=0.26,
        thick=0.25,
        tall=0.82,
    ),
    "sheep": Species(
        (250, 248, 240),
        (74, 66, 72),
        ears="side",
        muzzle="none",
        tail="puff",
        marks="wool",
        legs=0.22,
        thick=0.27,
        tall=0.62,
    ),
    "goat": Species(
        (226, 218, 206), (250, 240, 228), ears="side", muzzle="long", tail="stub", marks="horns", legs=0.3, tall=0.66
    ),
    "deer": Species(
        (182, 118, 66),
        (246, 226, 196),
        ears="side",
        muzzle="long",
        tail="stub",
        marks="antlers",
        legs=0.38,
        thick=0.17,
        tall=0.86,
    ),
    "horse": Species(
        (150, 92, 52),
        (216, 176, 140),
        ears="upright",
        muzzle="face",
        tail="hair",
        marks="forelock",
        legs=0.4,
        thick=0.2,
        tall=1.05,
        head=0.24,
    ),
    "donkey": Species(
        (140, 138, 142),
        (228, 224, 220),
        ears="tall",
        muzzle="face",
        tail="tuft",
        marks="forelock",
        legs=0.34,
        tall=0.82,
    ),
    "unicorn": Species(
        (250, 246, 250),
        (255, 210, 226),
        ears="upright",
        muzzle="face",
        tail="hair",
        marks="horn",
        legs=0.4,
        thick=0.2,
        tall=1.05,
        head=0.24,
    ),
    "monkey": Species(
        (128, 80, 48), (240, 198, 150), ears="monkey", muzzle="face", tail="curl", marks="face", legs=0.24, tall=0.6
    ),
    "raccoon": Species(
        (138, 138, 148), (236, 236, 238), ears="round", muzzle="long", tail="rings", marks="mask", legs=0.18, tall=0.52
    ),
    "squirrel": Species((192, 104, 50), ears="tufted", muzzle="small", tail="plume", legs=0.12, long=0.42, tall=0.5),
    "hedgehog": Species(
        (150, 108, 76),
        (244, 214, 176),
        ears="round",
        muzzle="long",
        tail="none",
        marks="spikes",
        legs=0.1,
        thick=0.25,
        tall=0.44,
    ),
    "panda": Species(
        (250, 250, 248),
        (250, 250, 248),
        ears="round",
        muzzle="small",
        tail="stub",
        marks="panda",
        legs=0.2,
        thick=0.27,
        tall=0.74,
    ),
    "elephant": Species(
        (150, 158, 176), (206, 176, 186), ears="elephant", muzzle="trunk", tail="tuft", legs=0.26, thick=0.3, tall=1.1
    ),
    "frog": Species(
        (96, 186, 72),
        (214, 240, 150),
        ears="eyes",
        muzzle="none",
        tail="none",
        legs=0.1,
        thick=0.22,
        long=0.4,
        tall=0.44,
    ),
}

COATS: dict[str, Colour] = {
    "black": (58, 54, 66),
    "white": (248, 246, 242),
    "grey": (150, 152, 162),
    "brown": (138, 90, 54),
    "orange": (240, 148, 60),
    "red": (226, 100, 40),
    "pink": (250, 178, 206),
    "green": (98, 178, 80),
    "purple": (150, 96, 190),
    "blue": (84, 140, 220),
}

_OTHER: dict[str, Colour] = {
    "robot": (168, 178, 192),
    "alien": (140, 214, 104),
    "snowman": (250, 252, 255),
    "monster": (110, 180, 90),
}


def fur(figure: Figure) -> Colour:
    """Colour of the skin, fur or metal."""
    if figure.coat:
        return COATS[figure.coat]
    return SPECIES[figure.subject].base if figure.subject in SPECIES else _OTHER[figure.subject]


def back_of_head(pen: Pen, figure: Figure, base: Colour) -> None:
    """A head of radius 1 from behind: ears, and no face."""
    if figure.subject in SPECIES:
        kind = SPECIES[figure.subject]
        if kind.marks == "mane":
            pen.ellipse(0, 0.05, 1.4, 1.4, (166, 92, 40))
        _ears(pen, kind, base, darker(base, 0.15), darker(base, 0.25))
    pen.ellipse(0, 0, 1.0, 0.95, base)


def head(pen: Pen, figure: Figure, base: Colour) -> None:
    """A head of radius 1 around the pen's origin."""
    if figure.subject not in SPECIES:
        _other_head(pen, figure, base)
        return
    kind = SPECIES[figure.subject]
    dark = darker(base, 0.25)
    black = sum(base) < 240
    light = mix(kind.light, base, 0.45) if black else kind.light
    if kind.marks == "mane":
        for k in range(12):
            a = 2 * math.pi * k / 12
            pen.ellipse(1.02 * math.cos(a), 0.05 + 1.02 * math.sin(a), 0.42, 0.42, (166, 92, 40))
    elif kind.marks == "spikes":
        pen.poly([p for k in range(11) for p in _spike(k)], darker(base, 0.45))
    elif kind.marks == "wool":
        for k in range(10):
            a = 2 * math.pi * k / 10
            pen.ellipse(0.86 * math.cos(a), 0.8 * math.sin(a) - 0.1, 0.38, 0.38, base)
        base = light
    elif kind.marks == "antlers":
        for s in (-1, 1):
            pen.line([(s * 0.4, -0.75), (s * 0.75, -1.35), (s * 0.65, -1.9)], 0.14, (120, 84, 56))
            pen.line([(s * 0.66, -1.2), (s * 1.1, -1.6)], 0.12, (120, 84, 56))
    elif kind.marks == "horns":
        for s in (-1, 1):
            pen.line([(s * 0.35, -0.8), (s * 0.55, -1.3), (s * 0.95, -1.45)], 0.2, (150, 130, 110))
    elif kind.marks == "horn":
        pen.poly([(-0.2, -0.8), (0.2, -0.8), (0.0, -1.85)], (252, 212, 90))
    _ears(pen, kind, base, light, dark)
    if kind.muzzle in ("long",):
        pen.poly(
            [
                (-1.02, -0.1),
                (-0.85, -0.65),
                (0, -0.98),
                (0.85, -0.65),
                (1.02, -0.1),
                (1.08, 0.25),
                (0.4, 0.85),
                (0.0, 1.02),
                (-0.4, 0.85),
                (-1.08, 0.25),
            ],
            base,
        )
    elif kind.muzzle == "face" and kind.marks != "face":
        pen.ellipse(0, -0.1, 0.82, 0.92, base)
        pen.ellipse(0, 0.55, 0.6, 0.52, light)
    else:
        pen.ellipse(0, 0, 1.04, 0.95, base)
    spread, level, mouth = 0.42, 0.02, False
    eyes = INK if not black else (250, 220, 90)
    if kind.marks == "cheeks":
        for s in (-1, 1):
            pen.poly([(s * 1.08, 0.25), (s * 0.3, 0.2), (0, 1.02), (s * 0.4, 0.85)], light)
    elif kind.marks == "stripes":
        for x, y0, y1 in ((0, -0.92, -0.45), (-0.3, -0.86, -0.5), (0.3, -0.86, -0.5)):
            pen.line([(x, y0), (x, y1)], 0.13, (50, 36, 34))
        for s in (-1, 1):
            for y in (0.1, 0.4):
                pen.line([(s * 1.0, y), (s * 0.72, y + 0.04)], 0.12, (50, 36, 34))
    elif kind.marks == "patches" and not figure.coat:
        pen.oval(-0.5, -0.2, 0.42, 0.5, 15, (70, 60, 62))
    elif kind.marks == "panda":
        for s in (-1, 1):
            pen.oval(s * 0.45, 0.05, 0.3, 0.36, s * 25, (50, 46, 52))
        eyes = (255, 255, 255)
    elif kind.marks == "mask":
        pen.poly([(-1.0, -0.05), (1.0, -0.05), (0.85, 0.4), (0.2, 0.2), (-0.2, 0.2), (-0.85, 0.4)], (60, 58, 66))
        eyes = (255, 255, 255)
    elif kind.marks == "face":
        for s in (-1, 1):
            pen.ellipse(s * 0.36, -0.02, 0.46, 0.5, light)
        pen.ellipse(0, 0.45, 0.72, 0.48, light)
    elif kind.marks == "spikes":
        pen.ellipse(0, 0.2, 0.86, 0.74, light)
    elif kind.marks in ("forelock", "horn"):
        mane = darker(base, 0.5) if kind.marks == "forelock" else (196, 130, 220)
        pen.poly([(-0.4, -1.05), (0.4, -1.05), (0.2, -0.35), (-0.25, -0.25)], mane)
    nose_y = 0.36
    if kind.muzzle == "big":
        pen.ellipse(0, 0.44, 0.5, 0.38, light)
        nose_y = 0.26
    elif kind.muzzle == "small":
        pen.ellipse(-0.2, 0.46, 0.26, 0.22, light)
        pen.ellipse(0.2, 0.46, 0.26, 0.22, light)
        nose_y = 0.32
    elif kind.muzzle == "long":
        nose_y = 0.82
    if kind.ears == "eyes":
        spread, level = 0.62, -0.86
        for s in (-1, 1):
            pen.ellipse(s * spread, level, 0.28, 0.28, (255, 255, 255))
    face(pen, figure.mood, figure.action == "sleeping", eyes, spread if kind.muzzle != "face" else 0.4, level, mouth)
    if kind.muzzle in ("small", "big", "long"):
        pen.oval(0, nose_y, 0.17, 0.12, 0, (70, 44, 48) if kind.ears not in ("big", "long") else (236, 120, 134))
        _mouth(pen, figure.mood, min(nose_y + 0.24, 0.68) if kind.muzzle != "long" else 0.55, kind.muzzle != "long")
    elif kind.muzzle == "snout":
        pen.ellipse(0, 0.38, 0.42, 0.3, darker(base, 0.14))
        for s in (-1, 1):
            pen.ellipse(s * 0.15, 0.38, 0.08, 0.12, darker(base, 0.5))
        _mouth(pen, figure.mood, 0.78, True)
    elif kind.muzzle == "wide":
        pen.ellipse(0, 0.52, 0.66, 0.42, light)
        for s in (-1, 1):
            pen.ellipse(s * 0.28, 0.42, 0.08, 0.1, (150, 90, 90))
        _mouth(pen, figure.mood, 0.68, True)
    elif kind.muzzle == "face":
        for s in (-1, 1):
            pen.ellipse(s * 0.18, 0.42, 0.06, 0.08, darker(light, 0.6))
        _mouth(pen, figure.mood, 0.66, True)
    elif kind.muzzle == "trunk":
        pen.line([(0, 0.3), (0.02, 0.8), (0.14, 1.2), (0.4, 1.3)], 0.36, darker(base, 0.1))
        for s in (-1, 1):
            pen.line([(s * 0.34, 0.66), (s * 0.48, 1.02)], 0.14, (255, 250, 240))
    elif kind.ears == "eyes":
        if figure.mood in ("sad", "angry"):
            pen.arc(0, 0.7, 0.55, 215, 325, 0.09, INK)
        elif figure.mood == "scared":
            pen.ellipse(0, 0.35, 0.24, 0.26, (120, 30, 44))
        else:
            pen.arc(0, -0.05, 0.62, 25, 155, 0.1, INK)
    else:
        _mouth(pen, figure.mood, 0.55, True)
    if kind.marks == "whiskers":
        for s in (-1, 1):
            for dy in (-0.06, 0.1):
                pen.line([(s * 0.5, 0.42 + dy), (s * 1.2, 0.36 + 2 * dy)], 0.045, lighter(dark, 0.5) if black else dark)


def _spike(k: int) -> list[tuple[float, float]]:
    a, b = math.radians(150 + 24 * k), math.radians(162 + 24 * k)
    return [(1.0 * math.cos(a), 1.0 * math.sin(a)), (1.45 * math.cos(b), 1.45 * math.sin(b))]


def _mouth(pen: Pen, mood: str, y: float, wide: bool) -> None:
    r, mood = 0.2 if wide else 0.16, NEAREST.get(mood, mood)
    if mood == "happy":
        pen.slice(0, y - 0.04, r * 1.2, r * 1.3, 0, 180, (150, 40, 50))
    elif mood == "sad":
        pen.arc(0, y + 0.16, r, 205, 335, 0.07, INK)
    elif mood == "angry":
        pen.line([(-r, y + 0.05), (r, y + 0.05)], 0.08, INK)
    elif mood == "scared":
        pen.ellipse(0, y + 0.06, 0.12, 0.17, (120, 30, 44))
    else:
        pen.arc(0, y - 0.1, r, 30, 150, 0.06, INK)


def _ears(pen: Pen, kind: Species, base: Colour, light: Colour, dark: Colour) -> None:
    for s in (-1, 1):
        match kind.ears:
            case "pointed" | "tufted":
                pen.poly([(s * 0.35, -0.7), (s * 0.82, -1.5), (s * 1.02, -0.3)], base)
                pen.poly(
                    [(s * 0.52, -0.78), (s * 0.8, -1.22), (s * 0.92, -0.5)], dark if kind.tail == "brush" else light
                )
            case "round":
                ear = (50, 46, 52) if kind.marks == "panda" else base
                pen.ellipse(s * 0.76, -0.76, 0.36, 0.36, ear)
                pen.ellipse(s * 0.76, -0.72, 0.2, 0.2, light if kind.marks != "panda" else ear)
            case "floppy":
                pen.oval(s * 1.02, -0.02, 0.32, 0.7, s * -16, dark)
            case "long":
                pen.oval(s * 0.42, -1.4, 0.26, 0.75, s * 10, base)
                pen.oval(s * 0.42, -1.36, 0.13, 0.55, s * 10, light)
            case "big":
                pen.ellipse(s * 0.92, -0.72, 0.56, 0.56, base)
                pen.ellipse(s * 0.92, -0.7, 0.36, 0.36, light)
            case "flap":
                pen.poly([(s * 0.35, -0.75), (s * 0.95, -1.2), (s * 1.08, -0.3)], dark)
            case "side":
                pen.oval(s * 1.12, -0.35, 0.4, 0.2, s * -18, darker(base, 0.12))
                pen.oval(s * 1.12, -0.33, 0.25, 0.11, s * -18, light if kind.marks != "wool" else dark)
                if kind.marks == "patches":
                    pen.poly([(s * 0.4, -0.8), (s * 0.62, -1.3), (s * 0.72, -0.7)], (230, 216, 190))
            case "upright":
                pen.poly([(s * 0.3, -0.8), (s * 0.55, -1.4), (s * 0.75, -0.6)], base)
            case "tall":
                pen.oval(s * 0.55, -1.3, 0.22, 0.65, s * 16, base)
                pen.oval(s * 0.55, -1.26, 0.11, 0.46, s * 16, light)
            case "monkey":
                pen.ellipse(s * 1.1, 0.0, 0.36, 0.4, base)
                pen.ellipse(s * 1.1, 0.0, 0.22, 0.26, light)
            case "elephant":
                pen.ellipse(s * 1.25, -0.05, 0.68, 0.78, darker(base, 0.08))
                pen.ellipse(s * 1.22, -0.02, 0.46, 0.56, light)
            case "eyes":
                pen.ellipse(s * 0.62, -0.84, 0.4, 0.4, base)


def _other_head(pen: Pen, figure: Figure, base: Colour) -> None:
    asleep = figure.action == "sleeping"
    match figure.subject:
        case "robot":
            pen.line([(0, -0.8), (0, -1.35)], 0.1, (110, 118, 132))
            pen.ellipse(0, -1.4, 0.2, 0.2, (230, 60, 60))
            pen.rect(-1.2, -0.2, 1.2, 0.4, (230, 90, 60))
            pen.rect(-0.98, -0.85, 0.98, 0.95, base)
            pen.rect(-0.8, -0.5, 0.8, 0.78, (52, 62, 84))
            face(pen, figure.mood, asleep, (110, 240, 250), level=0.0)
        case "alien":
            for s in (-1, 1):
                pen.line([(s * 0.4, -0.8), (s * 0.65, -1.45)], 0.09, darker(base, 0.2))
                pen.ellipse(s * 0.65, -1.45, 0.17, 0.17, base)
            pen.poly(
                [(-0.7, -0.85), (0.7, -0.85), (1.1, -0.2), (0.8, 0.5), (0.0, 1.0), (-0.8, 0.5), (-1.1, -0.2)], base
            )
            pen.ellipse(0, -0.3, 1.1, 0.7, base)
            for s in (-1, 1):
                if not asleep:
                    pen.oval(s * 0.46, 0.02, 0.3, 0.4, s * 28, (30, 26, 40))
                    pen.ellipse(s * 0.42, -0.12, 0.09, 0.1, (255, 255, 255))
                else:
                    pen.arc(s * 0.45, 0.0, 0.22, 15, 165, 0.08, (30, 26, 40))
                if figure.mood in ("angry", "sad"):
                    up = 0.2 if figure.mood == "angry" else -0.14
                    pen.line([(s * 0.75, -0.45 - up), (s * 0.2, -0.45 + up)], 0.1, (30, 26, 40))
            _mouth(pen, figure.mood, 0.62, False)
        case "snowman":
            pen.ellipse(0, 0, 0.9, 0.88, base)
            face(pen, figure.mood, asleep, level=-0.08)
            pen.poly([(0, 0.08), (0, 0.3), (0.75, 0.24)], (246, 140, 40))
        case _:
            for s in (-1, 1):
                pen.poly([(s * 0.45, -0.75), (s * 1.0, -1.5), (s * 0.9, -0.4)], (250, 236, 200))
            pen.ellipse(0, 0, 1.12, 1.0, base)
            face(pen, figure.mood or "happy", asleep, level=-0.05)
            for x in (-0.2, 0.16):
                pen.poly([(x, 0.34), (x + 0.14, 0.34), (x + 0.07, 0.56)], (255, 255, 255))


def on_head(pen: Pen, figure: Figure) -> None:
    """What is worn on an animal's head."""
    if figure.accessory == "crown":
        headgear.hat(pen, "crown", PAINT["yellow"])
    elif figure.accessory == "hat":
        headgear.hat(pen, "brim", PAINT[figure.accessory_colour])
    elif figure.accessory == "hood":
        headgear.hood(pen, PAINT[figure.accessory_colour])
    elif figure.accessory == "glasses":
        headgear.glasses(pen)
