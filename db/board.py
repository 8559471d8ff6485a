"""The values that a storyboard is made of: plain, frozen, and without any database.

A `Board` is what one version holds. It has a canonical JSON form, and its digest is the SHA-256 of that form.
Pictures are no part of these values: a panel's picture is found through its request digest (see `db/history.py`),
except where a person picked one (`Scene.picked`).
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Self

from db.errors import InvalidBoardError

__all__ = [
    "Anchor",
    "Board",
    "Change",
    "Character",
    "Drawing",
    "PictureEdit",
    "Scene",
    "Variation",
    "canonical_json",
    "digest",
    "new_id",
]


@dataclass(frozen=True)
class Change:
    """One step of a character's wardrobe timeline: from `scene` (an id) on, the character also looks like this."""

    scene: str
    description: str


@dataclass(frozen=True)
class Character:
    """Someone in the story, and how they look in every panel they are in."""

    id: str
    name: str
    description: str = ""
    aliases: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class PictureEdit:
    """Picture to picture, or inpainting where `mask` is given. `source` and `mask` are SHA-256 of stored pictures;
    white in a mask is repainted; `strength` is in (0, 1]; `prompt` says what to change."""

    source: str
    strength: float
    prompt: str = ""
    mask: str | None = None


@dataclass(frozen=True)
class Variation:
    """A small variation: noise mixed spherically, `amount` in (0, 1] of the way towards the noise of `seed`."""

    seed: int
    amount: float


@dataclass(frozen=True)
class Anchor:
    """The picture whose self-attention all panels of a board share, so that characters stay themselves: its prompts, in
    the model's own words, and its seed. Frozen when the board is first drawn: editing a scene later moves nothing."""

    prompt: str
    negative_prompt: str
    seed: int


@dataclass(frozen=True)
class Drawing:
    """How the panels of a board are drawn; versioned with it, so that a later redraw uses what it was made with.
    `size` is (width, height) in pixels. `sharing` in [0, 1] is how much of the anchor's self-attention panels share."""

    engine: str = "scratch"
    model: str = "storybook"
    sampler: str = "ddim"
    steps: int = 8
    guidance: float = 4.0
    size: tuple[int, int] = (256, 144)
    sharing: float = 0.0
    anchor: Anchor | None = None


@dataclass(frozen=True)
class Scene:
    """One panel of the board: the story's own sentences, what they say, and how they are to be drawn.

    `characters` are ids of the board's characters, in order of importance. `duration` is in seconds.
    `handwritten` names the fields that a person wrote by hand, which later style and character edits must not rewrite.
    `style` overrides the board's style where it is not None. `picked` is the SHA-256 of a picture that a person chose.
    """

    id: str
    title: str = ""
    text: str = ""
    summary: str = ""
    prompt: str = ""
    negative_prompt: str = ""
    shot: str = ""
    setting: str = ""
    time: str = ""
    weather: str = ""
    mood: str = ""
    action: str = ""
    props: tuple[str, ...] = ()
    dialogue: tuple[str, ...] = ()
    notes: str = ""
    duration: float = 4.0
    locked: bool = False
    style: str | None = None
    characters: tuple[str, ...] = ()
    handwritten: tuple[str, ...] = ()
    seed: int = 0
    variation: Variation | None = None
    edit: PictureEdit | None = None
    picked: str | None = None


@dataclass(frozen=True)
class Board:
    """One storyboard as a value: what a version holds. Position in `scenes` is the order of the panels."""

    title: str = ""
    style: str = ""
    drawing: Drawing = field(default_factory=Drawing)
    characters: tuple[Character, ...] = ()
    scenes: tuple[Scene, ...] = ()

    def scene(self, scene_id: str) -> Scene:
        """The scene with this id. Raises KeyError."""
        for scene in self.scenes:
            if scene.id == scene_id:
                return scene
        raise KeyError(scene_id)

    def position(self, scene_id: str) -> int:
        """The scene's place, from 1. Raises KeyError."""
        for position, scene in enumerate(self.scenes, start=1):
            if scene.id == scene_id:
                return position
        raise KeyError(scene_id)

    def character(self, character_id: str) -> Character:
        """The character with this id. Raises KeyError."""
        for character in self.characters:
            if character.id == character_id:
                return character
        raise KeyError(character_id)

    def to_json(self) -> dict[str, Any]:
        """The board as JSON values, every field present, in the order of the dataclasses."""
        value: dict[str, Any] = json.loads(json.dumps(dataclasses.asdict(self)))
        return value

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Self:
        """The board that `to_json` wrote; fields that are missing take their defaults, unknown ones (`image`,
        `position`, and others that `board.json` adds around the value) are passed over.
        Raises InvalidBoardError."""
        try:
            return cls(
                **_plain(cls, value, "drawing", "characters", "scenes"),
                drawing=_read(Drawing, value.get("drawing", {}), size=tuple, anchor=partial(_read, Anchor)),
                characters=tuple(_read_character(character) for character in value.get("characters", ())),
                scenes=tuple(_read_scene(scene) for scene in value.get("scenes", ())),
            )
        except (TypeError, AttributeError, KeyError) as error:
            raise InvalidBoardError(f"this is not a storyboard: {error}") from error

    @property
    def digest(self) -> str:
        """SHA-256 of the canonical JSON, in hex."""
        return digest(self.to_json())


def canonical_json(value: Any) -> bytes:
    """One spelling for one value: sorted keys, no white space, UTF-8."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()


def digest(value: Any) -> str:
    """SHA-256 of the canonical JSON of a value, in hex."""
    return hashlib.sha256(canonical_json(value)).hexdigest()


def new_id(prefix: str, board: Board, *words: str) -> str:
    """An id for a new scene ("s") or character ("c"): derived from the board it joins and what it says, so that edits
    stay pure and two branches never give one id to different scenes."""
    taken = {scene.id for scene in board.scenes} | {character.id for character in board.characters}
    attempt = 0
    while True:
        candidate = prefix + digest([board.digest, list(words), attempt])[:6]
        if candidate not in taken:
            return candidate
        attempt += 1


def _plain(cls: type, value: Mapping[str, Any], *but: str) -> dict[str, Any]:
    names = {field.name for field in dataclasses.fields(cls)} - set(but)
    return {name: value[name] for name in names if name in value}


def _read(cls: type, value: Mapping[str, Any] | None, **readers: Any) -> Any:
    if value is None:
        return None
    plain = _plain(cls, value)
    return cls(**{name: readers[name](item) if name in readers else item for name, item in plain.items()})


def _read_character(value: Mapping[str, Any]) -> Character:
    return _read(
        Character, value, aliases=tuple, changes=lambda changes: tuple(_read(Change, change) for change in changes)
    )


def _read_scene(value: Mapping[str, Any]) -> Scene:
    return _read(
        Scene,
        value,
        props=tuple,
        dialogue=tuple,
        characters=tuple,
        handwritten=tuple,
        variation=partial(_read, Variation),
        edit=partial(_read, PictureEdit),
    )
