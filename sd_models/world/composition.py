"""Composes a panel: backdrop, light, figures and things in their places, weather, and the rendering style.

Sizes are in frame heights. Feet stand on the ground line of the shot, the lower the nearer; who is in water is cut at
the water line; figures look into the picture; one figure stands on a third, two share the frame.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace

import numpy as np
from PIL import Image, ImageFilter

from sd_models.world import objects, rooms, scenery, styles
from sd_models.world import vocabulary as v
from sd_models.world.attributes import SKY_THINGS, Attributes, Figure
from sd_models.world.canvas import Canvas, Raster
from sd_models.world.figures import animals, beasts, people, roles
from sd_models.world.figures.creatures import CREATURES
from sd_models.world.figures.dragon import dragon
from sd_models.world.figures.faces import snores
from sd_models.world.figures.poses import POSES, Pose
from sd_models.world.figures.wear import PAINT, hand
from sd_models.world.light import Light, Tint, fall, light_of, sky, veil
from sd_models.world.pen import OVERSAMPLE, Pen
from sd_models.world.stage import Stage
from sd_models.world.things.bounds import bounds
from sd_models.world.values import Box


@dataclass(frozen=True)
class Framing:
    """How one kind of shot sees the world."""

    horizon: float
    zoom: float
    grown: float
    """Height of a grown-up."""
    feet: float
    blur: float


FRAMINGS = {
    "wide shot": Framing(0.55, 1.0, 0.54, 0.91, 0.0),
    "medium shot": Framing(0.5, 1.3, 0.8, 0.965, 0.0),
    "close-up": Framing(0.46, 1.8, 1.5, 1.62, 3.0),
}
TALL = {
    "dragon": 1.25, "dinosaur": 1.25, "whale": 1.0, "shark": 0.85, "dolphin": 0.8, "octopus": 0.75, "giraffe": 1.3,
    "mermaid": 0.95, "ghost": 0.85, "crocodile": 0.75, "swan": 0.7, "eagle": 0.7, "penguin": 0.7, "owl": 0.65,
    "bird": 0.55, "crow": 0.58, "duck": 0.58, "chicken": 0.62, "parrot": 0.64, "turtle": 0.52, "snake": 0.62,
    "fish": 0.55, "crab": 0.52, "butterfly": 0.55, "bee": 0.52, "spider": 0.54, "snail": 0.52, "bat": 0.55,
}  # fmt: skip
_HEAD_UP = ("dragon", "dinosaur", "giraffe", "mermaid", "ghost", "swan", "duck", "chicken", "penguin", "parrot", "owl")
"""Whose head is at the top, so that a close-up may leave the feet out."""
_FLOATS = ("sky", "space", "underwater")


@dataclass(frozen=True)
class Placed:
    """Where something stands: x and y of its foot, and its height."""

    x: float
    y: float
    height: float
    flip: bool
    wet: float = 0.0
    """How much of it is under water, as a share of its height."""
    shadow: bool = True


def _height(figure: Figure, frame: Framing) -> float:
    if people.is_upright(figure):
        return frame.grown * people.height_of(figure.subject) ** 0.8
    kind = animals.SPECIES.get(figure.subject)
    if not kind and frame.grown > 1:
        if figure.subject in _HEAD_UP:
            return 1.16
        left, _, right, _ = bounds(CREATURES[figure.subject][0])
        return min(0.9, 1.2 / (right - left))
    tall = kind.tall if kind else TALL[figure.subject]
    return frame.grown * (0.5 + 0.45 * tall)


def crown(figure: Figure) -> float:
    """How far a figure reaches above its foot, hat and raised hands included, in units of its height."""
    if not people.is_upright(figure):
        return 1.12 if figure.accessory in ("hat", "crown", "hood") else 1.02
    hat = roles.LOOKS[figure.subject].hat if figure.subject in roles.LOOKS else ""
    if figure.accessory in ("crown", "hood"):
        hat = ""
    reach = {"wizard": 1.24, "witch": 1.24, "cone": 1.18, "helm": 1.12, "toque": 1.12, "halo": 1.08}.get(hat, 1.07)
    if figure.subject in animals.SPECIES:
        reach = 1.14
    pose = POSES[figure.action]
    if pose.lies:
        return 0.6
    return reach + (0.0 if figure.action in ("running", "flying") else pose.lift - (pose.hip[1] + 0.26))


def compose(
    attributes: Attributes, rng: random.Random, size: tuple[int, int] = (256, 144)
) -> tuple[np.ndarray, tuple[Box, ...]]:
    """The panel of `attributes` as uint8 (H, W, 3), and where its figures are; `size` is (W, H) in pixels, about
    16:9."""
    frame = FRAMINGS[attributes.shot]
    big = (size[0] * OVERSAMPLE, size[1] * OVERSAMPLE)
    light = light_of(attributes.time, attributes.weather)
    canvas, tint = _backdrop(attributes, light, frame, rng, big)
    wide = big[0] / big[1]
    places, thing = _arrange(attributes, frame, rng, wide)
    boxes = tuple(_box(figure, place, wide) for figure, place in zip(attributes.figures, places, strict=True))
    if any(p.wet for p in (*places, *([thing] if thing else []))):
        canvas.keep()
    queue: list[tuple[float, int]] = [(place.y, k) for k, place in enumerate(places)]
    if thing:
        front = attributes.relation == "behind" or (
            attributes.relation == "on" and attributes.thing in ("boat", "ship", "carriage")
        )
        queue.append((9.0 if front else -1.0, -1))
    glows: list[tuple[float, float, float, str]] = []
    for _, k in sorted(queue):
        if k < 0 and thing:
            _draw_thing(canvas, attributes.thing, thing, tint, rng)
            if attributes.thing in objects.GLOWS:
                glows.append((thing.x, thing.y - thing.height * 0.4, thing.height * 0.9, attributes.thing))
        else:
            draw_figure(
                canvas,
                attributes.figures[k],
                places[k],
                tint,
                rng,
                glows,
                close=attributes.shot == "close-up",
                underwater=attributes.setting == "underwater",
            )
    if light.dark or light.weather == "storm" or attributes.setting in ("cave", "dungeon"):
        for x, y, radius, name in glows:
            canvas.glow(x * big[1], y * big[1], radius * big[1], objects.GLOWS[name], objects.GLOW)
    if attributes.setting in scenery.PAINTERS and attributes.setting not in v.WINDOWLESS:
        if light.weather == "fog":
            veil(canvas, light, 0.3)
        near = {"wide shot": 1.0, "medium shot": 1.15, "close-up": 1.35}[attributes.shot]
        if attributes.style in styles.LINED:
            # An outline around every drop would hide the picture: these styles get their weather last.
            panel = Image.fromarray(styles.render(canvas.image.reduce(OVERSAMPLE), attributes.style, rng))
            fall(Raster(panel), light, rng, near, styles.LINED[attributes.style])
            return np.array(panel), boxes
        fall(canvas, light, rng, near)
    return styles.render(canvas.image.reduce(OVERSAMPLE), attributes.style, rng), boxes


def _box(figure: Figure, place: Placed, wide: float) -> Box:
    """About where a figure is seen: what is outside the frame and under water is cut off."""
    half = place.height * (0.34 if people.is_upright(figure) and figure.action != "sleeping" else 0.5)
    top, bottom = place.y - place.height * crown(figure), place.y - place.height * place.wet
    return (
        max(0.0, (place.x - half) / wide), max(0.0, top), min(1.0, (place.x + half) / wide), min(1.0, bottom)
    )  # fmt: skip


def _backdrop(
    attributes: Attributes, light: Light, frame: Framing, rng: random.Random, big: tuple[int, int]
) -> tuple[Raster, Tint]:
    """The painted setting, and the tint that its light gives to figures."""
    width, height = big
    wide = width / height
    indoors = attributes.setting in rooms.PAINTERS
    plain = attributes.setting in v.WINDOWLESS
    zoom = frame.zoom
    centre = rng.uniform(0.46, 0.54) * wide
    horizon = 1.1 if attributes.setting == "sky" else 0.62 if indoors else frame.horizon
    canvas = Raster(Image.new("RGB", big))
    sky(canvas, light, rng, horizon)
    if indoors and not plain:
        if light.weather == "fog":
            veil(canvas, light, 0.85, 0.5)
        fall(canvas, light, rng, 0.8)
    tint: Tint = (1.0, 1.0, 1.0) if plain else light.scene
    figure: Tint = (1.0, 1.0, 1.0) if plain else light.figure
    if indoors and not plain:
        tint = soften(tint, 0.42)
        figure = soften(figure, 0.4)
    if attributes.setting == "cave":
        figure = (0.92, 0.88, 0.9)
    pen = Pen(canvas, centre * height * (1 - zoom), frame.horizon * height * (1 - zoom), height * zoom, tint=tint)
    stage = Stage(canvas, pen, light, rng, wide, frame.horizon)
    (rooms.PAINTERS if indoors else scenery.PAINTERS)[attributes.setting](stage)
    if light.weather == "fog" and not indoors and not plain:
        veil(canvas, light, 0.8, frame.horizon + 0.05)
    if frame.blur:
        small = canvas.image.reduce(4).filter(ImageFilter.BoxBlur(1))
        canvas = Raster(small.resize(big, Image.Resampling.BILINEAR))
    return canvas, figure


def soften(tint: Tint, amount: float) -> Tint:
    r, g, b = (t + (1 - t) * amount for t in tint)
    return r, g, b


def _columns(attributes: Attributes, rng: random.Random) -> list[float]:
    """x of the figures as shares of the width."""
    count, relation = attributes.count, attributes.relation
    jitter = rng.uniform(-0.025, 0.025)
    if count == 1:
        if attributes.thing:
            side = {"left of": 0.3, "right of": 0.7, "next to": rng.choice((0.37, 0.63)), "": rng.choice((0.3, 0.7))}
            return [side.get(relation, rng.choice((0.4, 0.6))) + jitter]
        if attributes.shot == "close-up":
            return [rng.choice((0.42, 0.5, 0.58)) + jitter]
        return [rng.choice((0.35, 0.5, 0.65)) + jitter]
    if count == 2:
        left, right = {"next to": (0.36, 0.64), "behind": (0.64, 0.4)}.get(relation, (0.29, 0.71))
        if attributes.shot == "close-up":
            left, right = 0.28, 0.72
        if relation == "right of" or (relation != "left of" and rng.random() < 0.25):
            left, right = right, left
        return [left + jitter, right + jitter]
    return [0.2 + jitter, 0.5 + jitter, 0.8 + jitter]


def _arrange(
    attributes: Attributes, frame: Framing, rng: random.Random, wide: float
) -> tuple[list[Placed], Placed | None]:
    """Where each figure and the thing stand."""
    setting, figures = attributes.setting, attributes.figures
    close = attributes.shot == "close-up"
    columns = _columns(attributes, rng)
    scale = 1.0
    if close and len(figures) == 2:
        scale = 0.82
    elif attributes.shot == "medium shot" and len(figures) == 3:
        scale = 0.86
    places = []
    for k, figure in enumerate(figures):
        t = columns[k]
        height = _height(figure, frame) * scale
        y = frame.feet + (rng.uniform(-0.02, 0.025) if not close else 0.0)
        wet, shadow = 0.0, True
        upright = people.is_upright(figure)
        spread = 0.62 * height if figure.action in ("sleeping", "flying", "running") or not upright else 0.34 * height
        if not close and 2 * spread > 0.96 * wide / max(1, len(figures)):
            height *= 0.96 * wide / max(1, len(figures)) / (2 * spread)
            spread = 0.48 * wide / max(1, len(figures))
        if close:
            y = _close_foot(figure, height)
            shadow = False
            if figure.action == "swimming" and setting != "underwater":
                wet = (y - 0.83) / height
        elif setting in _FLOATS:
            y = 0.58 + height * 0.42 + rng.uniform(-0.06, 0.04) + 0.05 * (-1) ** k
            shadow = False
        elif figure.action == "flying":
            y = min(0.72, 0.36 + height * 0.55) + rng.uniform(-0.06, 0.04)
            shadow = False
        elif figure.action == "swimming":
            wet, shadow = (0.5, False) if upright else (0.22, False)
            y = (0.72 if setting != "lake" else frame.horizon + 0.3) + wet * height + rng.uniform(0, 0.06)
        elif setting == "sea":
            wet, shadow = 0.24, False
            y = frame.feet
        if attributes.relation == "behind" and len(figures) == 2 and k == 0:
            y, height = y - 0.09 * frame.grown, height * 0.94
        x = min(max(t * wide, spread + 0.03), wide - spread - 0.03) if not close else t * wide
        if not close:
            y = y if wet else min(y, 0.985)
            height = min(height, (y - 0.015) / crown(figure))
        places.append(Placed(x, y, height, t > 0.5, wet, shadow))
    if not attributes.thing:
        return places, None
    return _with_thing(attributes, frame, rng, wide, places)


def _close_foot(figure: Figure, height: float) -> float:
    """Where the feet would be in a close-up, so that head and shoulders fill the frame."""
    if people.is_upright(figure) or figure.subject in animals.SPECIES:
        return 0.5 + 0.73 * height
    return 0.04 + height if figure.subject in _HEAD_UP else 0.97


_SMALLEST = 0.55
"""The least size of a thing in these small pictures, in grown-ups: a smaller one would not outlive the autoencoder."""


def _with_thing(
    attributes: Attributes, frame: Framing, rng: random.Random, wide: float, places: list[Placed]
) -> tuple[list[Placed], Placed | None]:
    name, relation, setting = attributes.thing, attributes.relation, attributes.setting
    height = min(max(_SMALLEST, objects.size_of(name)) * frame.grown, 0.82)
    if not places:
        height = min(0.8, height * 1.35)
    half = objects.width_of(name) * height
    if half > 0.3 * wide:
        height *= 0.3 * wide / half
        half = 0.3 * wide
    y, wet, shadow = frame.feet - 0.04, 0.0, True
    if name in SKY_THINGS and setting not in ("city", "street"):
        y, shadow = 0.42 + 0.2 * rng.random(), False
        y = max(y, height + 0.02)
    if setting == "sea":
        wet, shadow = 0.08, False
    if setting in ("lake", "river", "harbour") and name in ("boat", "ship"):
        y, wet, shadow = frame.horizon + 0.22, 0.06, False
    if setting in _FLOATS:
        y, shadow = (0.96 if name == "chest" else 0.45 + height * 0.5), False
    x = wide * rng.choice((0.36, 0.5, 0.64))
    if places:
        first = places[0]
        x = first.x + (1 if first.x < wide / 2 else -1) * max(0.4 * wide, half + 0.2 * first.height)
        if relation == "next to":
            x = first.x + (1 if first.x < wide / 2 else -1) * (half + 0.3 * first.height)
        if attributes.count > 1:
            x = wide * (0.5 if attributes.count == 2 else 0.35)
        x = min(max(x, half * 0.9), wide - half * 0.9)
    if relation in ("on", "behind") and places:
        first = places[0]
        x = min(max(first.x, half), wide - half)
        if relation == "on":
            height = min(height, 0.44)
            tall = min(first.height, (0.92 - height * objects.SEAT[name]) / 1.14)
            top = y - height * (objects.SEAT[name] - wet)
            places[0] = Placed(x, top + 0.015, tall, first.flip, 0.0, False)
        else:
            y = min(0.985, first.y + 0.05)
            if objects.size_of(name) > 1:
                # Somebody behind a tall thing looks out at its side.
                x = min(
                    max(first.x + (half + 0.1 * first.height) * (-1 if first.x < wide / 2 else 1), half), wide - half
                )
            else:
                height = min(height, 0.62 * first.height)
            places[0] = Placed(first.x, first.y - 0.05, first.height, first.flip, first.wet, first.shadow)
    return places, Placed(x, y + wet * height, height, rng.random() < 0.5, wet, shadow)


def standing_shadow(canvas: Canvas, x: float, y: float, half: float) -> None:
    pen = Pen(canvas, scale=canvas.height)
    for grow, alpha in ((1.25, 34), (0.9, 52)):
        pen.ellipse(x, y, half * grow, half * 0.2 * grow, (16, 14, 40), alpha)


def _draw_thing(canvas: Canvas, name: str, place: Placed, tint: Tint, rng: random.Random) -> None:
    if place.shadow:
        standing_shadow(canvas, place.x, place.y, objects.width_of(name) * place.height * 0.95)
    lit = (1.0, 1.0, 1.0) if name in ("campfire", "ufo", "lantern") else tint
    h = canvas.height
    pen = Pen(canvas, place.x * h, place.y * h, place.height * h, place.flip, tint=lit)
    objects.thing(pen, name, rng)
    if place.wet:
        sink(canvas, place, objects.width_of(name) * place.height)


def sink(canvas: Canvas, place: Placed, half: float) -> None:
    """Gives the water back below the water line, with a ripple along it."""
    h = canvas.height
    line = place.y - place.wet * place.height
    canvas.give_back((place.x - half * 1.5) * h, line * h, (place.x + half * 1.5) * h)
    pen = Pen(canvas, scale=h)
    pen.ellipse(place.x, line, half * 1.15, 0.022, (236, 248, 255), 150)
    pen.ellipse(place.x, line + 0.012, half * 0.95, 0.014, (90, 160, 210), 160)


def beside_face(pose: Pose, held: str, scale: float) -> tuple[float, float]:
    """Return x and scale of a thing in the near hand with which it leaves the face free: smaller, else farther out."""
    x, y = hand(pose)
    chin, crown_ = people.HEAD_Y + pose.hip[1] + 0.26 + 0.15, people.HEAD_Y + pose.hip[1] + 0.26 - 0.15
    for smaller in (1.0, 0.8, 0.65):
        left, top, _, bottom = objects.held_box(held, x, y, scale * smaller)
        if left >= FACE or bottom <= crown_ or top >= chin:
            return x, scale * smaller
    return x + FACE - left, scale * smaller


FACE = 0.17
"""Half of a face's width, in units of the body's height."""


def draw_figure(
    canvas: Canvas,
    figure: Figure,
    place: Placed,
    tint: Tint,
    rng: random.Random,
    glows: list[tuple[float, float, float, str]],
    close: bool = False,
    underwater: bool = False,
    look: roles.Look | None = None,
    view: str = "",
) -> None:
    """Draw one figure in its place; `look` replaces its role's own. `view` is "front", "side" or "away", and what
    is in its hand then leaves its face free; "" is as the storybook model learned it."""
    h = canvas.height
    upright = people.is_upright(figure)
    if figure.subject == "ghost":
        tint = soften(tint, 0.5)
    if place.shadow:
        half = place.height * (0.46 if POSES[figure.action].lies or not upright else 0.24)
        standing_shadow(canvas, place.x, place.y, half)
    pen = Pen(canvas, place.x * h, place.y * h, place.height * h, place.flip, tint=tint)
    if upright or (close and figure.subject in animals.SPECIES):
        if figure.action == "swimming" and underwater and not close:
            people.draw(pen.at(0, 0, angle=0), replace(figure, action="flying"), rng, look=look, view=view)
        else:
            people.draw(pen, figure, rng, bust=close, look=look, view=view)
        if figure.action == "reading":
            objects.thing(pen.at(0, -0.3 if not close else -0.33, 0.22), "book", rng)
        if held := figure.held or POSES[figure.action].tool:
            x, y = hand(POSES[figure.action])
            if close:
                x, y = 0.3, -0.46
            scale = (0.72 if close else 1.0) * (1.0 if figure.held else objects.TOOL.get(held, 1.0))
            if view:
                x, scale = beside_face(POSES[figure.action], held, scale)
            objects.held(pen, held, x, y, rng, scale)
            if held in objects.GLOWS:
                px, py = pen.px(x, y)
                glows.append((px / h, py / h, place.height * 0.6, held))
    elif figure.subject in animals.SPECIES:
        low = {"sitting": 1.0, "sleeping": 1.15}.get(figure.action, 1.0)
        beasts.on_four(pen.at(-0.08 if view in ("", "side") else 0.0, 0, low), figure, rng, view or "side")
    elif figure.subject == "dragon":
        dragon(pen, animals.COATS[figure.coat or "green"], figure.action == "flying")
    else:
        paint, colour = CREATURES[figure.subject]
        paint(pen, PAINT[figure.coat] if figure.coat else colour)
    if figure.action == "sleeping":
        snores(pen.at(0.42 if not upright else -0.42, -0.62 if not close else -0.9, flip=place.flip))
    if place.wet:
        sink(canvas, place, place.height * (0.36 if upright else 0.44))
