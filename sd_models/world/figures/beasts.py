"""Bodies on four legs, with their tails and markings."""

from __future__ import annotations

import math
import random

from sd_models.world.attributes import Figure
from sd_models.world.figures import animals
from sd_models.world.figures.wear import PAINT
from sd_models.world.pen import Colour, Pen, darker, lighter, mix


def tail(pen: Pen, kind: animals.Species, base: Colour, size: float = 1.0) -> None:
    """A tail that grows from the pen's origin to the left."""
    p = pen.at(0, 0, size)
    dark = darker(base, 0.2)
    match kind.tail:
        case "brush":
            p.oval(-0.22, -0.06, 0.24, 0.1, 22, base)
            p.oval(-0.36, -0.11, 0.1, 0.065, 22, kind.light)
        case "plume":
            p.oval(-0.14, -0.2, 0.13, 0.3, -12, base)
            p.oval(-0.12, -0.2, 0.06, 0.2, -12, lighter(base, 0.25))
        case "rings":
            p.line([(0, 0), (-0.36, -0.12)], 0.13, base)
            for x in (-0.12, -0.24, -0.36):
                p.line([(x, x * 0.33 - 0.05), (x, x * 0.33 + 0.05)], 0.05, (60, 58, 66))
        case "curl" | "long":
            p.line(
                [(0, 0), (-0.18, 0.02), (-0.3, -0.08), (-0.3, -0.24), (-0.22, -0.3)],
                0.06 if kind.tail == "curl" else 0.035,
                base if kind.tail == "curl" else (240, 170, 170),
            )
        case "tuft" | "thin":
            p.line([(0, 0), (-0.18, 0.02), (-0.26, 0.14)], 0.04, base)
            p.ellipse(-0.27, 0.17, 0.06, 0.07, darker(base, 0.5))
        case "up":
            p.line([(0, 0), (-0.14, -0.08), (-0.2, -0.22)], 0.07, base)
        case "hair":
            mane = darker(base, 0.5) if kind.marks != "horn" else (196, 130, 220)
            p.line([(0, 0), (-0.14, 0.05), (-0.18, 0.22), (-0.16, 0.34)], 0.1, mane)
        case "puff":
            p.ellipse(-0.05, -0.02, 0.09, 0.09, lighter(base, 0.4))
        case "stub":
            p.ellipse(-0.03, -0.02, 0.06, 0.06, dark)
        case "curly":
            p.arc(-0.07, -0.03, 0.07, 0, 300, 0.03, dark)


def on_four(pen: Pen, figure: Figure, rng: random.Random, view: str = "side") -> None:
    """Draws an animal on its four legs, one unit high with its head, facing right; `view` "front" shows its chest and
    "away" its back. One that sleeps lies on its side however it is seen."""
    kind = animals.SPECIES[figure.subject]
    base = animals.fur(figure)
    action = figure.action
    r = kind.head
    if view != "side" and action != "sleeping":
        _end_on(pen, kind, figure, base, away=view == "away")
        return
    if action == "sleeping":
        pen.ellipse(-0.12, -0.22, 0.42, 0.24, base)
        tail(pen.at(-0.45, -0.14, flip=False), kind, base, 0.9)
        _wool(pen, kind, base, -0.12, -0.24, 0.42, 0.22)
        front = pen.at(0.3, -0.2, r)
        animals.head(front, figure, base)
        _worn(pen, figure, 0.3, -0.2, r)
        return
    if action == "sitting":
        tail(pen.at(-0.2, -0.12), kind, base)
        pen.oval(-0.02, -0.27, 0.22, 0.27, 12, base)
        pen.ellipse(-0.12, -0.12, 0.17, 0.13, darker(base, 0.1))
        for x in (0.06, 0.17):
            pen.line([(x, -0.32), (x + 0.02, -0.03)], 0.09, base)
            pen.ellipse(x + 0.04, -0.025, 0.065, 0.035, darker(base, 0.12))
        pen.oval(0.12, -0.36, 0.1, 0.14, 8, mix(kind.light, base, 0.2 if sum(base) > 240 else 0.6))
        _marks(pen, kind, figure, -0.04, -0.28, 0.16, 0.2)
        pen.ellipse(0.1, -0.46, r * 0.62, r * 0.5, base)
        hx, hy = 0.1, -1.0 + r + 0.02
        if figure.accessory == "cape":
            pen.poly([(0.05, -0.52), (-0.1, -0.54), (-0.34, -0.06), (-0.05, -0.1)], PAINT[figure.accessory_colour])
        animals.head(pen.at(hx, hy, r), figure, base)
        _worn(pen, figure, hx, hy, r)
        return
    lift = 0.16 if action == "jumping" else 0.0
    tilt = -12.0 if action == "jumping" else 0.0
    p = pen.at(0, -lift, angle=tilt) if lift else pen
    stride = {"standing": 0.02, "walking": 0.1, "running": 0.24, "jumping": 0.22}.get(action, 0.02)
    top = kind.legs + kind.thick
    half = kind.long * 0.5
    leg_w = 0.1 if kind.thick < 0.25 else 0.13
    dark = darker(base, 0.2)
    legs = ((half * 0.72, 1), (half * 0.52, -0.6), (-half * 0.72, -1), (-half * 0.5, 0.6))
    for k in (1, 3, 0, 2):
        x, way = legs[k]
        near = k in (0, 2)
        limb = darker(base, 0.08) if near else dark
        if kind.marks == "panda":
            limb = (50, 46, 52)
        bend = 0.04 if action in ("running", "walking") and not near else 0.0
        foot = -bend if action != "running" and action != "jumping" else -0.05
        p.line(
            [
                (x, -kind.legs - 0.04),
                (x + way * stride * 0.55, -kind.legs * 0.5 - bend),
                (x + way * stride, foot - 0.04),
            ],
            leg_w,
            limb,
        )
        if kind.muzzle == "face" or kind.ears == "side":
            p.ellipse(x + way * stride, foot - 0.025, leg_w * 0.52, 0.03, (70, 54, 48))
    tail(p.at(-half - kind.thick * 0.4, -top * 0.94), kind, base)
    _trunk(p, kind, base, half, top)
    _marks(p, kind, figure, 0, -top + kind.thick * 0.4, half, kind.thick)
    hx, hy = half + r * 0.35, -1.0 + r + (0.02 if action != "running" else 0.06)
    p.line([(half * 0.75, -top + 0.02), (hx - r * 0.15, hy + r * 0.3)], min(0.26, r * 0.95), base)
    if kind.marks == "forelock" or kind.marks == "horn":
        mane = darker(base, 0.5) if kind.marks == "forelock" else (196, 130, 220)
        p.line([(half * 0.5, -top - 0.06), (hx - r * 0.7, hy + r * 0.1), (hx - r * 0.5, hy - r * 0.7)], 0.1, mane)
    if figure.accessory == "cape":
        colour = PAINT[figure.accessory_colour]
        p.poly(
            [
                (half * 0.8, -top - 0.02),
                (half * 0.5, -top - kind.thick * 0.5),
                (-half * 0.9, -top - kind.thick * 0.45),
                (-half * 1.25, -kind.legs + 0.02),
                (-half * 0.2, -kind.legs - 0.04),
            ],
            colour,
        )
    animals.head(p.at(hx, hy, r), figure, base)
    _worn(p, figure, hx, hy, r)


def _end_on(pen: Pen, kind: animals.Species, figure: Figure, base: Colour, *, away: bool) -> None:
    """An animal from the front, or from behind."""
    sits = figure.action == "sitting"
    legs, r = (0.12 if sits else kind.legs), kind.head
    half = max(0.17, kind.thick * 0.9) * (1.15 if sits else 1.0)
    top = legs + kind.thick * (1.7 if sits else 1.2)
    p = pen.at(0, -0.16 if figure.action == "jumping" else 0)
    step = 0.05 if figure.action in ("walking", "running") else 0.0
    for side in (-1, 1):
        p.line([(side * half * 0.8, -legs - 0.05), (side * half * 0.85, -0.06)], 0.1, darker(base, 0.2))
    p.line([(0, -top + 0.05), (0, -1.0 + r)], min(0.26, r * 0.95), base)
    if away:
        _head_end_on(p, kind, figure, base, r, away=True)
    p.ellipse(0, -(legs + top) / 2, half, (top - legs) / 2 + 0.06, base)
    _wool(p, kind, base, 0, -(legs + top) / 2, half, (top - legs) / 2)
    if not away:
        chest = mix(kind.light, base, 0.2 if sum(base) > 240 else 0.6)
        p.ellipse(0, -(legs + top) / 2, half * 0.55, (top - legs) * 0.42, chest)
    for side in (-1, 1):
        foot = -0.04 - (step if side < 0 else 0)
        p.line([(side * half * 0.5, -legs - 0.08), (side * half * 0.5, foot)], 0.1, darker(base, 0.08))
        p.ellipse(side * half * 0.5, foot + 0.015, 0.06, 0.03, darker(base, 0.2))
    if figure.accessory == "cape":
        p.poly([(-half, -top), (half, -top), (half * 1.2, -legs), (-half * 1.2, -legs)], PAINT[figure.accessory_colour])
    if away:
        tail(p.at(0.02, -top * 0.8, angle=-48), kind, darker(base, 0.06), 0.75)
    else:
        _head_end_on(p, kind, figure, base, r, away=False)


def _head_end_on(p: Pen, kind: animals.Species, figure: Figure, base: Colour, r: float, *, away: bool) -> None:
    """The head above the middle of the body, or its back."""
    y = -1.0 + r + 0.02
    if away:
        animals.back_of_head(p.at(0, y, r), figure, base)
        return
    animals.head(p.at(0, y, r), figure, base)
    _worn(p, figure, 0, y, r)


def _trunk(p: Pen, kind: animals.Species, base: Colour, half: float, top: float) -> None:
    t = kind.thick * 0.62
    y = -top + t * 0.7
    p.ellipse(-half * 0.62, y, half * 0.62, t * 1.08, base)
    p.ellipse(half * 0.55, y, half * 0.6, t * 1.04, base)
    p.rect(-half * 0.62, y - t * 1.04, half * 0.55, y + t * 0.98, base)
    _wool(p, kind, base, 0, y, half * 1.1, t)


def _wool(p: Pen, kind: animals.Species, base: Colour, x: float, y: float, rx: float, ry: float) -> None:
    if kind.marks == "wool":
        for k in range(12):
            a = 2 * math.pi * k / 12
            p.ellipse(x + rx * math.cos(a), y + ry * 0.9 * math.sin(a), 0.11, 0.11, base)
    elif kind.marks == "spikes":
        for k in range(9):
            a = math.radians(185 + 20 * k)
            p.poly(
                [
                    (x + rx * 1.25 * math.cos(a), y + ry * 1.5 * math.sin(a)),
                    (x + rx * math.cos(a + 0.25), y + ry * math.sin(a + 0.25)),
                    (x + rx * math.cos(a - 0.25), y + ry * math.sin(a - 0.25)),
                ],
                darker(base, 0.45),
            )
        p.slice(x, y, rx * 1.02, ry * 1.08, 180, 360, darker(base, 0.4))


def _marks(p: Pen, kind: animals.Species, figure: Figure, x: float, y: float, rx: float, ry: float) -> None:
    if kind.marks == "stripes":
        for k in (-0.7, -0.25, 0.2, 0.6):
            p.line([(x + k * rx, y - ry * 0.65), (x + k * rx - 0.02, y + ry * 0.3)], 0.045, (50, 36, 34))
    elif kind.marks == "patches" and not figure.coat:
        for k, s in ((-0.55, 0.13), (0.25, 0.11)):
            p.ellipse(x + k * rx, y + 0.02, s, s * 0.75, (70, 60, 62))
    elif kind.marks == "panda":
        p.ellipse(x + rx * 0.62, y + 0.03, 0.14, ry * 0.6, (50, 46, 52))


def _worn(p: Pen, figure: Figure, hx: float, hy: float, r: float) -> None:
    """Scarf, hat and glasses of an animal on four legs."""
    if figure.accessory == "scarf":
        colour = PAINT[figure.accessory_colour]
        y = hy + r * 0.98
        p.poly([(hx - 0.1, y), (hx, y), (hx - 0.02, y + 0.26), (hx - 0.13, y + 0.25)], darker(colour, 0.15))
        p.ellipse(hx - 0.03, y, r * 0.82, 0.075, colour)
    animals.on_head(p.at(hx, hy, r), figure)
