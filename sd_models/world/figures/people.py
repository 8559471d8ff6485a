"""People and creatures with a human shape: who wears what, has which hair, and how they are drawn."""

from __future__ import annotations

import random
from dataclasses import replace

from sd_models.world.attributes import Figure
from sd_models.world.figures import animals, beasts, headgear, wear
from sd_models.world.figures.faces import cheeks, face
from sd_models.world.figures.poses import POSES, Pose
from sd_models.world.figures.roles import LOOKS, Look
from sd_models.world.figures.wear import PAINT
from sd_models.world.pen import Colour, Pen, darker, lighter, mix

SKINS: tuple[Colour, ...] = ((255, 219, 188), (244, 198, 158), (222, 168, 124), (172, 116, 78), (124, 80, 54))
HAIRS: dict[str, Colour] = {
    "black": (40, 34, 44),
    "brown": (112, 68, 40),
    "blonde": (246, 206, 92),
    "red": (214, 92, 38),
    "grey": (160, 162, 170),
    "white": (242, 242, 240),
}
HEAD = 0.2
"""Radius of a head in units of the body's height."""
HEAD_Y = -0.76


OTHERS = ("robot", "alien", "snowman", "monster")


def is_upright(figure: Figure) -> bool:
    """Whether the figure stands on two legs: people always, animals when they wear a garment."""
    return figure.subject in LOOKS or figure.subject in OTHERS or bool(figure.garment)


def height_of(subject: str) -> float:
    """Height relative to a grown-up, standing upright."""
    look = LOOKS.get(subject)
    return look.tall if look else {"robot": 0.95, "alien": 0.8, "snowman": 0.9, "monster": 1.0}.get(subject, 0.9)


def draw(
    pen: Pen, figure: Figure, rng: random.Random, bust: bool = False, look: Look | None = None, view: str = "front"
) -> None:
    """Draw an upright figure in its pose; `bust` leaves the legs out (a close-up), `look` replaces the role's own, and
    `view` is "front", "side" (to the right) or "away"."""
    pose = POSES[figure.action]
    if bust:
        pose = replace(pose, lean=0.0, lift=0.0)
    body = pen.at(0, -pose.lift)
    if pose.lies:
        body = pen.at(0.45, -0.17, angle=pose.lean)
    elif pose.lean:
        body = pen.at(-0.004 * pose.lean, -pose.lift, angle=pose.lean)
    if figure.subject in LOOKS:
        _person(body, figure, look or LOOKS[figure.subject], pose, rng, view)
    else:
        _other(body, figure, pose, rng, view)


def _person(pen: Pen, figure: Figure, look: Look, pose: Pose, rng: random.Random, view: str) -> None:
    away, side_on = view == "away", view == "side"
    skin = look.skin or rng.choice(SKINS)
    shade = figure.hair or look.shade or rng.choice(("black", "brown", "blonde", "red"))
    hair = HAIRS[shade]
    garment = figure.garment or look.garment
    colour = PAINT[figure.garment_colour or ("grey" if figure.garment == "armour" else look.colour)]
    if garment == "armour" and not figure.garment_colour and look.garment != "armour":
        colour = PAINT["grey"]
    sag = pose.hip[1] + 0.26
    over = dict(look.over)
    if look.wings:
        wear.wings(pen.at(0, sag), look.wings)
    if figure.accessory == "cape":
        wear.cape(pen.at(0, sag), PAINT[figure.accessory_colour])
    elif cape := over.get("cape", look.cape):
        wear.cape(pen.at(0, sag), cape)
    if look.extra == "pack":
        pen.rect(-0.2, -0.6 + sag, 0.2, -0.3 + sag, (150, 154, 166))
    if look.hair == "long":
        _hair_behind(pen.at(0, HEAD_Y + sag, HEAD), hair, look.hair)
    if "backpack" in over and not away:
        pen.at(0, sag).oval(0, -0.44, 0.21, 0.17, 0, over["backpack"])
    shoulder = 0.25 if side_on else 1.0
    wear.body(pen, garment, colour, look.legs, skin, pose, look.wide, look.pattern, look.legwear, shoulder)
    if not away:
        wear.details(pen.at(0, sag), look.extra, skin)
    seen = {cut: colour for cut, colour in over.items() if not away or cut in wear.ALL_ROUND}
    wear.over(pen, seen, pose, look.wide)
    if "backpack" in over and away:
        pen.at(0, sag).oval(0, -0.42, 0.16, 0.17, 0, over["backpack"])
    head = pen.at(0, HEAD_Y + sag, HEAD, angle=-pose.gaze if side_on else 0)
    covered = _covers(figure, look)
    if look.hair in ("bunches", "bob", "curls", "bun"):
        _hair_behind(head.at(-0.2, 0) if side_on else head, hair, look.hair)
    for side in () if side_on else (-1, 1):
        head.ellipse(side * 0.97, 0.18, 0.17, 0.22, skin)
        if look.extra == "ears":
            head.poly([(side * 0.85, 0.0), (side * 1.5, -0.35), (side * 0.9, 0.4)], skin)
    if side_on:
        head.ellipse(0.97, 0.24, 0.14, 0.13, skin)
    head.ellipse(0, 0, 1.0, 0.98, skin)
    if side_on and look.hair not in ("none", "bald"):
        head.oval(-0.62, -0.16, 0.42, 0.8, 10, hair)
    if away:
        head.ellipse(0, 0, 1.04, 1.02, skin if look.hair in ("none", "bald") else hair)
    if look.hair != "none" and figure.accessory != "hood" and "hood" not in over:
        _hair_front(head.at(-0.06, 0) if side_on else head, hair, look.hair, covered)
    if side_on and look.hair not in ("long", "bob", "curls"):
        head.ellipse(-0.36, 0.2, 0.19, 0.24, darker(skin, 0.08))
        if look.extra == "ears":
            head.poly([(-0.4, 0.1), (-0.75, -0.5), (-0.05, 0.1)], skin)
    if not away:
        _front(head.at(_TURN if side_on else 0, -pose.gaze * _LIFT), figure, look, skin, hair, side_on)
    _headgear(head, figure, look)
    if "hood" in over:
        headgear.hood(head, over["hood"])
    if figure.accessory == "scarf" or "scarf" in over:
        wear.scarf(pen.at(0, sag), over.get("scarf") or PAINT[figure.accessory_colour])
    if (figure.accessory == "glasses" or "glasses" in over or "sunglasses" in over) and not away:
        headgear.glasses(head.at(_TURN, 0) if side_on else head, "sunglasses" in over)
    wear.arms(pen, garment, colour, over.get("gloves", skin), pose, look.wide, shoulder)


_TURN = 0.36
"""How far a face is moved to the side it looks to, in radii of the head."""
_LIFT = 0.006
"""How far it is moved up for each degree of its gaze."""


def _front(head: Pen, figure: Figure, look: Look, skin: Colour, hair: Colour, side_on: bool) -> None:
    """Draw the face with its beard and what is worn on it; that of somebody seen from the side is narrower."""
    cheeks(head, mix(skin, (240, 90, 90), 0.35), 0.44 if side_on else 0.6)
    if look.beard and look.beard != "moustache":
        _beard(
            head.at(0.04, 0.14, 0.72) if side_on else head,
            hair if look.shade or figure.hair else darker(hair, 0.1),
            look.beard,
        )
    face(head, figure.mood, figure.action == "sleeping", spread=0.31 if side_on else 0.38)
    if look.beard == "moustache":
        head.poly([(-0.34, 0.52), (0, 0.3), (0.34, 0.52), (0, 0.46)], hair)
    headgear.face_details(head, look.extra)


def _covers(figure: Figure, look: Look) -> bool:
    return figure.accessory in ("hat", "hood", "crown") or look.hat not in (
        "",
        "halo",
        "tiara",
        "crown",
        "coronet",
        "bubble",
    )


def _headgear(head: Pen, figure: Figure, look: Look) -> None:
    if figure.accessory == "crown":
        headgear.hat(head, "crown", (250, 200, 50))
    elif figure.accessory == "hood":
        headgear.hood(head, PAINT[figure.accessory_colour])
    elif figure.accessory == "hat":
        kind = look.hat if look.hat not in ("", "crown", "coronet", "tiara", "halo", "bubble") else "brim"
        headgear.hat(head, kind, PAINT[figure.accessory_colour])
    elif look.hat:
        headgear.hat(head, look.hat, look.hat_colour)


def _hair_behind(head: Pen, colour: Colour, style: str) -> None:
    dark = darker(colour, 0.12)
    if style == "long":
        head.ellipse(0, 0.0, 1.16, 1.14, dark)
        head.poly([(-1.15, 0.0), (1.15, 0.0), (1.3, 1.75), (0.6, 1.95), (-0.6, 1.95), (-1.3, 1.75)], dark)
    elif style == "bunches":
        for side in (-1, 1):
            head.oval(side * 1.28, 0.35, 0.3, 0.55, -side * 14, dark)
    elif style == "bob":
        head.ellipse(0, 0.12, 1.2, 1.08, dark)
    elif style == "curls":
        for x, y in ((-1.0, -0.5), (1.0, -0.5), (-1.2, 0.1), (1.2, 0.1), (-0.6, -0.95), (0.6, -0.95), (0, -1.05)):
            head.ellipse(x, y, 0.42, 0.42, colour)
    elif style == "bun":
        head.ellipse(0, -1.15, 0.42, 0.42, dark)


def _hair_front(head: Pen, colour: Colour, style: str, covered: bool) -> None:
    if style == "bald":
        for side in (-1, 1):
            head.ellipse(side * 0.95, -0.02, 0.22, 0.34, colour)
        return
    head.slice(0, -0.02, 1.05, 1.04, 180, 360, colour)
    if covered:
        return
    if style == "spiky":
        head.poly([(-1.04, -0.1), (-1.12, -0.75), (-0.7, -0.85), (-0.5, -1.3), (-0.1, -1.0), (0.3, -1.32), (0.5, -0.95),
                   (0.98, -1.0), (1.04, -0.1)], colour)  # fmt: skip
    if style in ("short", "spiky"):
        head.poly(
            [
                (-1.03, -0.1),
                (-0.75, 0.1),
                (-0.5, -0.22),
                (0.1, -0.12),
                (0.6, -0.3),
                (0.9, 0.08),
                (1.03, -0.1),
                (0, -0.8),
            ],
            colour,
        )
    elif style == "curls":
        head.ellipse(0, -0.75, 0.5, 0.35, colour)
    else:
        head.poly(
            [
                (-1.05, -0.1),
                (-0.96, 0.28),
                (-0.6, -0.1),
                (0.1, -0.36),
                (0.75, -0.1),
                (0.98, 0.28),
                (1.05, -0.1),
                (0, -0.8),
            ],
            colour,
        )


def _beard(head: Pen, colour: Colour, style: str) -> None:
    low = 2.0 if style == "long" else 1.28
    head.poly([(-0.96, 0.2), (-0.62, 0.36), (0.62, 0.36), (0.96, 0.2), (0.74, 0.95), (0.0, low), (-0.74, 0.95)], colour)
    head.ellipse(0, 0.62, 0.72, 0.4, colour)
    head.slice(0, 0.5, 0.3, 0.24, 0, 180, (150, 60, 60))


def _other(pen: Pen, figure: Figure, pose: Pose, rng: random.Random, view: str) -> None:
    """Animals dressed as people, and robot, alien, snowman, monster."""
    name = figure.subject
    sag = pose.hip[1] + 0.26
    skin = animals.fur(figure)
    if figure.accessory == "cape":
        wear.cape(pen.at(0, sag), PAINT[figure.accessory_colour])
    if name in animals.SPECIES:
        beasts.tail(pen.at(-0.1, -0.2 + sag), animals.SPECIES[name], skin, 0.8)
    garment = figure.garment or "fur"
    colour = PAINT[figure.garment_colour or "grey"] if figure.garment else skin
    legs = mix(skin, (60, 66, 100), 0.75) if garment in ("shirt", "coat") and name in animals.SPECIES else skin
    if name == "snowman":
        pen.ellipse(0, -0.24, 0.27, 0.25, (250, 252, 255))
        pen.ellipse(0, -0.5, 0.2, 0.19, (240, 246, 255))
        if figure.garment:
            pen.slice(0, -0.44, 0.21, 0.24, -20, 200, colour)
        for y in (-0.54, -0.46, -0.38):
            pen.ellipse(0, y, 0.02, 0.02, (50, 50, 60))
    else:
        wear.body(
            pen,
            garment,
            colour,
            legs,
            skin,
            pose,
            1.25 if name in ("bear", "elephant", "panda", "pig", "cow", "monster") else 1.0,
        )
        if name == "robot" and not figure.garment:
            pen.rect(-0.08, -0.48 + sag, 0.08, -0.36 + sag, (90, 210, 240))
        elif name == "monster" and not figure.garment:
            pen.ellipse(0, -0.36 + sag, 0.11, 0.13, lighter(skin, 0.4))
        elif garment == "fur" and name in animals.SPECIES:
            pen.ellipse(0, -0.38 + sag, 0.09, 0.13, animals.SPECIES[name].light)
    head = pen.at(0, HEAD_Y + sag, HEAD, angle=-pose.gaze if view == "side" else 0)
    if view == "away":
        animals.back_of_head(head, figure, skin)
    else:
        animals.head(head, figure, skin)
    if figure.accessory == "scarf":
        wear.scarf(pen.at(0, sag), PAINT[figure.accessory_colour])
    animals.on_head(head, figure)
    if name == "snowman":
        for side in (-1, 1):
            pen.line(
                [(side * 0.17, -0.52), (side * 0.36, -0.62 if figure.action == "waving" else -0.5)],
                0.025,
                (110, 74, 44),
            )
    else:
        wear.arms(pen, garment, colour, skin, pose, 1.0)
