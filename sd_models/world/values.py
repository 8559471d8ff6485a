"""Say what a panel shows and where: plain values, decided elsewhere and drawn by this package.

Positions are shares: `x` runs from 0 (left) to 1 (right) and is where a foot stands, `depth` from 0 (nearest) to 1
(farthest). Empty strings leave a choice open; what is left open about a figure follows from its own `seed` alone, so
that a character looks the same in every panel. The order of figures and props means nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

Box = tuple[float, float, float, float]
"""Left, top, right, bottom as shares of the frame's width and height."""


@dataclass(frozen=True)
class Worn:
    """One garment, hat or accessory: "coat", "red", "striped"."""

    what: str
    colour: str = ""
    pattern: str = ""


@dataclass(frozen=True)
class Looks:
    """How one character looks, in every panel alike."""

    subject: str
    """A word of the vocabulary: "girl", "fox", "robot"."""
    age: str = ""
    """One of "baby", "child", "teen", "adult" or "old"."""
    build: str = ""
    """One of "slim", "stout", "tall" or "short"."""
    skin: str = ""
    hair: str = ""
    """The style of the hair."""
    hair_colour: str = ""
    beard: str = ""
    coat: str = ""
    """Fur, feather or skin colour of an animal or a creature."""
    wears: tuple[Worn, ...] = ()
    features: tuple[str, ...] = ()
    """Such as "spectacles", "torn ear", "freckles"; "female" says so of a role that could be either."""
    seed: int = 0


@dataclass(frozen=True)
class StagedFigure:
    """One character in its place."""

    looks: Looks
    x: float
    depth: float
    facing: str = "camera"
    """One of "left", "right", "camera" or "away"."""
    pose: str = "standing"
    feeling: str = ""
    holds: str = ""
    label: str = ""
    scale: float = 1.0


@dataclass(frozen=True)
class StagedProp:
    """One thing in its place."""

    what: str
    x: float
    depth: float
    colour: str = ""
    label: str = ""
    scale: float = 1.0
    flip: bool = False


@dataclass(frozen=True)
class View:
    """The camera: the size of the shot and the angle that it looks from."""

    size: str = "wide"
    angle: str = "eye level"


@dataclass(frozen=True)
class StagedPanel:
    """Everything that one panel shows; `seed` decides what is left open about the backdrop."""

    setting: str
    inside: bool | None = None
    time: str = "day"
    weather: str = "clear"
    style: str = "storybook"
    view: View = View()
    figures: tuple[StagedFigure, ...] = ()
    props: tuple[StagedProp, ...] = ()
    seed: int = 0


@dataclass(frozen=True)
class FigureBoxes:
    """Where one figure is seen: all of it, and its head."""

    body: Box
    head: Box
