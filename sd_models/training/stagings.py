"""Draw pairs to learn painting from: a staged panel in any light and style, and the plain layout of the same staging.

    pair(7).target      # uint8 (144, 256, 3): night, snow, watercolour
    pair(7).layout      # uint8 (144, 256, 3): the same places and looks in plain daylight

Both come from the drawing program that stages the boards, so what a model learns here is what it is given there. Half
of the pairs show settings, roles, clothes, poses and feelings for which the model's captions have no word, and say the
next best word, or none, as prompts do. Now and then the layout is a little wrong or coarse, so that a model forgives
one that is.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from PIL import Image

from sd_models import world
from sd_models.world import attributes as a
from sd_models.world import vocabulary as v
from sd_models.world.places import PLACES
from sd_models.world.values import FigureBoxes, Looks, StagedFigure, StagedPanel, StagedProp, View, Worn

__all__ = ["Pair", "pair", "stage", "staged"]

_SIZES = {
    "wide shot": ("wide", "wide", "full", "extreme wide"),
    "medium shot": ("medium wide", "medium", "full"),
    "close-up": ("medium close-up", "close-up", "close-up", "extreme close-up"),
}
_ANGLES = ("eye level",) * 8 + ("high", "low", "dutch")
_FACINGS = ("camera",) * 4 + ("left",) * 3 + ("right",) * 3 + ("away",)
_SKINS = ("", "pale", "fair", "tan", "brown", "dark")
_HAIRS = ("", "", "short", "long", "bob", "bun", "curls", "bunches", "spiky")
_BUILDS = ("", "", "", "slim", "stout", "tall", "short")
_FORGIVEN = 0.3
"""How often a layout is not quite what the target shows."""
_WIDER = 0.5
"""How often a pair shows what the world draws and the model's captions cannot name."""


@dataclass(frozen=True)
class Pair:
    """`layout` and `target` are uint8 (H, W, 3); `attributes` say what the target shows, `boxes` where its figures
    are."""

    panel: StagedPanel
    attributes: a.Attributes
    layout: np.ndarray
    target: np.ndarray
    boxes: tuple[FigureBoxes, ...]


def pair(seed: int, split: str = "train", size: tuple[int, int] = (256, 144), *, forgiving: bool = True) -> Pair:
    """Pair number `seed` of the split "train" or "heldout"; `forgiving` allows layouts that are a little wrong, and
    what captions cannot name."""
    attributes, panel = staged(seed, split)
    rng = random.Random(f"layout {split}:{seed}")
    if forgiving and rng.random() < _WIDER:
        attributes, panel = _widened(attributes, panel, rng)
    given = world.layout(_inexact(panel, rng) if forgiving and rng.random() < _FORGIVEN else panel, size)
    if forgiving and rng.random() < _FORGIVEN / 3:
        part = rng.choice((2, 3, 4))
        given = given.reduce(part).resize(size, Image.Resampling.BILINEAR)
    target = np.asarray(world.draw(panel, size))
    return Pair(panel, attributes, np.asarray(given), target, world.boxes(panel, size))


def staged(seed: int, split: str = "train") -> tuple[a.Attributes, StagedPanel]:
    """What pair number `seed` of the split shows, without drawing it."""
    rng = random.Random(f"staged {split}:{seed}")
    attributes = a.sample(rng, split)
    if attributes.relation == "on":
        attributes = replace(attributes, relation="next to")
    return attributes, stage(attributes, rng)


def stage(attributes: a.Attributes, rng: random.Random) -> StagedPanel:
    """Choose places, facings and looks for what a panel shows."""
    shot, count = attributes.shot, len(attributes.figures)
    columns = _columns(count + bool(attributes.thing), rng)
    if attributes.relation == "right of":
        columns[:2] = columns[1::-1]
    deep = {"wide shot": 0.35, "medium shot": 0.25, "close-up": 0.12}[shot]
    figures = [
        _figure(figure, x, rng.uniform(0, deep), rng) for figure, x in zip(attributes.figures, columns, strict=False)
    ]
    if attributes.relation == "behind":
        near = figures[1].x if count > 1 else columns[1]
        figures[0] = replace(figures[0], x=0.35 * figures[0].x + 0.65 * near, depth=deep + 0.15)
    things = [StagedProp(attributes.thing, columns[count], deep * rng.uniform(0.3, 1.6))] if attributes.thing else []
    return StagedPanel(
        setting=attributes.setting,
        time=attributes.time,
        weather=attributes.weather,
        style=attributes.style,
        view=View(rng.choice(_SIZES[shot]), rng.choice(_ANGLES)),
        figures=tuple(figures),
        props=tuple(things),
        seed=rng.randrange(2**31),
    )


def _columns(count: int, rng: random.Random) -> list[float]:
    """Places from left to right, apart from each other; one alone stands about the middle."""
    if count < 2:
        return [rng.uniform(0.28, 0.72)] * count
    width = 0.86 / count
    return [0.07 + width * (k + 0.5 + rng.uniform(-0.25, 0.25)) for k in range(count)]


def _figure(figure: a.Figure, x: float, depth: float, rng: random.Random) -> StagedFigure:
    worn = ((figure.garment, figure.garment_colour), (figure.accessory, figure.accessory_colour))
    person = v.KINDS[figure.subject] == "person"
    looks = Looks(
        subject=figure.subject,
        build=rng.choice(_BUILDS),
        skin=rng.choice(_SKINS) if person else "",
        hair=rng.choice(_HAIRS) if person else "",
        hair_colour=figure.hair,
        coat=figure.coat,
        wears=tuple(Worn(what, colour) for what, colour in worn if what),
        seed=rng.randrange(2**31),
    )
    return StagedFigure(
        looks,
        x,
        depth,
        facing=rng.choice(_FACINGS),
        pose=figure.action,
        feeling=figure.mood,
        holds=figure.held,
    )


def _beyond(known: Iterable[str], sayable: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(known) - set(sayable)))


_WORLD = world.known()
_PLACES = tuple(
    name
    for name in _beyond(_WORLD.settings, v.SETTINGS)
    if not PLACES[name].sealed  # time and weather are to be seen
)
_GARMENTS = _beyond(_WORLD.garments, v.GARMENTS | v.ACCESSORIES)
_POSES = _beyond(_WORLD.poses, v.ACTIONS)
_FEELINGS = _beyond(_WORLD.feelings, v.MOODS)


def _widened(attributes: a.Attributes, panel: StagedPanel, rng: random.Random) -> tuple[a.Attributes, StagedPanel]:
    """The panel with what only the world knows in the place of some words, and what captions then can say of it."""
    figures = list(panel.figures)
    for index, figure in enumerate(figures):
        if v.KINDS[figure.looks.subject] != "person":
            continue
        looks = figure.looks
        roles = [role for role in v.PEOPLE[looks.subject] if role in _WORLD.subjects]
        worn = tuple(Worn(rng.choice(_GARMENTS), rng.choice(tuple(v.COLOURS))) for _ in range(rng.randrange(3)))
        looks = replace(looks, subject=rng.choice((looks.subject, *roles)), wears=looks.wears + worn)
        pose = rng.choice(_POSES) if figure.pose == "standing" and rng.random() < 0.5 else figure.pose
        feeling = figure.feeling or (rng.choice(_FEELINGS) if rng.random() < 0.2 else "")
        figures[index] = replace(figure, looks=looks, pose=pose, feeling=feeling)
    panel = replace(panel, figures=tuple(figures))
    grounded = all(figure.pose not in ("flying", "swimming") for figure in figures)
    if not grounded or attributes.setting in v.WINDOWLESS or rng.random() < 0.4:
        return attributes, panel
    setting = rng.choice(_PLACES)
    said = next((word for word, others in v.SETTINGS.items() if setting in others), "")
    return replace(attributes, setting=said), replace(panel, setting=setting)


def _inexact(panel: StagedPanel, rng: random.Random) -> StagedPanel:
    """The panel with things a little elsewhere, one missing, or the figures without what they feel and hold."""
    kind = rng.choice(("elsewhere", "missing", "plain"))
    if kind == "elsewhere":
        figures = [replace(each, x=each.x + rng.uniform(-0.03, 0.03)) for each in panel.figures]
        things = [replace(each, x=each.x + rng.uniform(-0.05, 0.05)) for each in panel.props]
        return replace(panel, figures=tuple(figures), props=tuple(things))
    if kind == "missing":
        return replace(panel, props=panel.props[1:], seed=rng.randrange(2**31))
    return replace(panel, figures=tuple(replace(each, feeling="", holds="") for each in panel.figures))
