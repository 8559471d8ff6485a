"""What is in a panel: the values, and drawing them at random.

A panel is decided in two steps: `sample` chooses attributes, `composition.compose` draws them. Combinations of
(subject, colour, setting) whose hash falls into one of `HELD_OUT_SHARE` are never in the training split, so that
evaluation can ask for what the model has never seen together.
"""

from __future__ import annotations

import random
import zlib
from dataclasses import dataclass, replace

from sd_models.world import vocabulary as v

HELD_OUT_SHARE = 0.08


@dataclass(frozen=True)
class Figure:
    """One subject. Empty strings mean: not said, the subject's own default."""

    subject: str
    coat: str = ""
    """Fur, skin or feather colour: "black" in "a black cat"."""
    hair: str = ""
    garment: str = ""
    garment_colour: str = ""
    accessory: str = ""
    accessory_colour: str = ""
    held: str = ""
    mood: str = ""
    action: str = "standing"

    @property
    def colour(self) -> str:
        """The colour that a reader of the panel would name: of the clothes, else the accessory, else the fur."""
        return self.garment_colour or self.accessory_colour or self.coat


@dataclass(frozen=True)
class Attributes:
    """Everything that a panel shows; `relation` is of figure 0 to figure 1, or to `thing`."""

    shot: str
    setting: str
    time: str
    weather: str
    style: str
    figures: tuple[Figure, ...] = ()
    thing: str = ""
    """A big object in the scene."""
    relation: str = ""

    @property
    def count(self) -> int:
        return len(self.figures)

    def labels(self) -> dict[str, str]:
        """What the attribute reader is asked for; "" where it does not apply."""
        first = self.figures[0] if self.figures else Figure("")
        return {
            "subject": first.subject if self.count == 1 else "",
            "colour": first.colour if self.count == 1 else "",
            "action": first.action if self.count == 1 else "",
            "mood": first.mood if self.count == 1 else "",
            "thing": self.thing,
            "setting": self.setting,
            "time": self.time if self.setting not in v.WINDOWLESS else "",
            "weather": self.weather if self.setting not in v.WINDOWLESS else "",
            "shot": self.shot if self.count else "",
            "style": self.style,
            "count": str(self.count),
            "relation": self.relation,
        }


def held_out(figure: Figure, setting: str) -> bool:
    """Whether this combination of subject, colour and setting is kept from training."""
    key = f"{figure.subject}|{figure.colour}|{setting}".encode()
    return (zlib.crc32(key) % 10_000) / 10_000 < HELD_OUT_SHARE


_STYLE_WEIGHTS = [9] + [1] * (len(v.STYLES) - 1)
_TIME_WEIGHTS = [2, 5, 3, 4]
_WEATHER_WEIGHTS = [10, 3, 3, 2, 2]
_UPRIGHT = (
    "standing",
    "walking",
    "running",
    "sitting",
    "sleeping",
    "waving",
    "reading",
    "pointing",
    "jumping",
    "dancing",
)
_ON_FOUR = ("standing", "walking", "running", "sitting", "sleeping", "jumping")
_FLYERS = (
    *("bird", "crow", "eagle", "owl", "parrot", "duck", "swan", "butterfly", "bee", "bat"),
    *("dragon", "ghost", "fairy", "angel"),
)
_SWIMMERS = ("fish", "whale", "dolphin", "shark", "octopus", "turtle", "mermaid", "duck", "swan", "crab", "crocodile")
_WATER_ONLY = ("fish", "whale", "dolphin", "shark", "octopus", "mermaid")
WATER_SETTINGS = ("sea", "lake", "river", "underwater", "harbour", "swamp")
INDOOR_THINGS = (
    *("chair", "table", "bed", "sofa", "door", "chest", "barrel", "computer", "television", "piano", "cauldron"),
    *("statue", "clock", "mirror", "gift"),
)
WATER_THINGS = ("boat", "ship")
SKY_THINGS = ("plane", "helicopter", "hot air balloon", "rocket", "ufo")
SCENE_THINGS = tuple(name for name in v.BIG if name not in ("bed", "sofa", "piano", "television", "computer"))


def _figure(rng: random.Random, setting: str, subject: str = "") -> Figure:
    """One subject that suits the setting, with what it wears, holds and does."""
    water = setting in WATER_SETTINGS
    while not subject:
        kind = rng.choices(("person", "animal", "creature"), (45, 42, 13))[0]
        name = rng.choice([n for n, k in v.KINDS.items() if k == kind])
        if name in _WATER_ONLY and not water:
            continue
        odd = setting in ("sea", "underwater", "sky") and kind != "person" and name not in (*_SWIMMERS, *_FLYERS)
        if odd and rng.random() < 0.85:
            continue
        subject = name
    kind = v.KINDS[subject]
    wears = subject in v.WEARS
    person = kind == "person" or subject in ("fairy", "angel", "elf", "dwarf", "giant", "vampire")
    coat = hair = garment = garment_colour = accessory = accessory_colour = held = mood = ""
    if subject in v.COATS and rng.random() < 0.5:
        coat = rng.choice(v.COATS[subject])
    if wears:
        if rng.random() < (0.6 if person else 0.35):
            garment = rng.choice(tuple(v.GARMENTS))
            if subject in ("snowman", "robot"):
                garment = ""
        if garment and garment not in v.COLOURLESS:
            garment_colour = rng.choice(tuple(v.COLOURS))
        if rng.random() < (0.3 if person else 0.35):
            accessory = rng.choice(tuple(v.ACCESSORIES))
            if accessory not in v.COLOURLESS:
                accessory_colour = rng.choice(tuple(v.COLOURS))
        if person and subject not in _HELMETED and rng.random() < 0.35:
            hair = rng.choice(tuple(v.HAIR))
        if rng.random() < 0.35:
            mood = rng.choice(tuple(v.MOODS))
    upright = person or kind == "person" or subject in ("robot", "alien", "snowman", "monster") or bool(garment)
    if upright and rng.random() < 0.3:
        held = rng.choice(v.HELD)
    if setting in ("sky", "space") and (upright or subject in _FLYERS):
        action = "flying"
    elif setting == "underwater" or (setting in ("sea", "lake") and rng.random() < 0.55):
        action = "swimming"
    elif subject in _FLYERS and rng.random() < 0.5 and not garment:
        action = "flying"
    elif upright and subject != "snowman":
        action = rng.choice(_UPRIGHT)
        if rng.random() < 0.3:
            action = "standing"
    elif wears:
        action = rng.choice(_ON_FOUR)
    else:
        action = "standing" if subject not in _WATER_ONLY else "swimming"
    if action in ("reading", "waving", "sleeping", "swimming", "dancing") or (action == "flying" and not upright):
        held = ""
    if action == "sleeping":
        mood = ""
    return Figure(subject, coat, hair, garment, garment_colour, accessory, accessory_colour, held, mood, action)


_HELMETED = ("astronaut", "clown", "knight")


def sample(rng: random.Random, split: str = "train") -> Attributes:
    """Random attributes of the split "train" or "heldout" (there, the first figure's combination is a held-out one)."""
    if split not in ("train", "heldout"):
        raise ValueError(f"split is {split!r}: train or heldout")
    while True:
        found = _sample(rng, at_least=1 if split == "heldout" else 0)
        kept = [held_out(figure, found.setting) for figure in found.figures]
        if split == "train" and not any(kept):
            return found
        if split == "heldout" and kept[0]:
            return found


def _sample(rng: random.Random, at_least: int) -> Attributes:
    setting = rng.choice(tuple(v.SETTINGS))
    plain = setting in v.WINDOWLESS
    time = "day" if plain else rng.choices(tuple(v.TIMES), _TIME_WEIGHTS)[0]
    weather = "clear" if plain else rng.choices(tuple(v.WEATHER), _WEATHER_WEIGHTS)[0]
    style = rng.choices(tuple(v.STYLES), _STYLE_WEIGHTS)[0]
    count = max(at_least, rng.choices((0, 1, 2, 3), (5, 52, 31, 12))[0])
    shot = rng.choices(tuple(v.SHOTS), {0: (1, 0, 0), 1: (35, 38, 27), 2: (45, 45, 10), 3: (60, 40, 0)}[count])[0]
    figures = tuple(_figure(rng, setting) for _ in range(count))
    if count == 3 and shot == "medium shot" and any(f.action == "sleeping" for f in figures):
        shot = "wide shot"
    if shot == "close-up":
        # A head and shoulders cannot show what legs do.
        figures = tuple(_close(rng, figure) for figure in figures)
    if count > 1 and rng.random() < 0.6:
        figures = (figures[0], *(_joins(figure, figures[0].action) for figure in figures[1:]))
    thing = relation = ""
    if shot != "close-up" and rng.random() < (0.7, 0.3, 0.2, 0.12)[count]:
        if setting in v.INDOORS or setting == "ship deck":
            thing = rng.choice(INDOOR_THINGS[:13])
        elif setting in ("sea", "underwater", "lake"):
            thing = rng.choice(WATER_THINGS)
        elif setting in ("sky", "space"):
            thing = rng.choice(SKY_THINGS)
        else:
            thing = rng.choice(SCENE_THINGS)
        if setting == "underwater":
            thing = "chest"
    if count == 1 and thing and rng.random() < 0.7:
        relation = rng.choice(("left of", "right of", "next to"))
        still = figures[0].action in ("standing", "sitting", "waving", "reading", "pointing")
        if still and thing in v.SEATS and rng.random() < 0.4 and setting not in ("sky", "space", "underwater"):
            relation = "on"
        elif rng.random() < 0.25 and thing not in SKY_THINGS and figures[0].action in ("standing", "waving"):
            relation = "behind"
    elif count == 2 and not thing and rng.random() < 0.5:
        relation = rng.choice(("left of", "right of", "next to"))
        if (
            shot != "close-up"
            and rng.random() < 0.25
            and all(f.action in ("standing", "walking", "waving", "running") for f in figures)
        ):
            relation = "behind"
    return Attributes(shot, setting, time, weather, style, figures, thing, relation)


def _joins(figure: Figure, action: str) -> Figure:
    """The figure doing what the first one does, or standing by where its body cannot."""
    upright = v.KINDS[figure.subject] == "person" or bool(figure.garment)
    able = _UPRIGHT if upright else _ON_FOUR if figure.subject in v.WEARS else ()
    if action in (*able, "flying", "swimming") or figure.action in ("flying", "swimming"):
        same = action if action in able else figure.action
        busy = same in ("reading", "waving", "sleeping", "dancing")
        return replace(
            figure, action=same, held="" if busy else figure.held, mood="" if same == "sleeping" else figure.mood
        )
    return replace(figure, action="standing")


def _close(rng: random.Random, figure: Figure) -> Figure:
    action = (
        figure.action
        if figure.action in ("standing", "sleeping", "waving", "reading", "flying", "swimming")
        else "standing"
    )
    return replace(figure, action=action)
