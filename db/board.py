"""The values that a storyboard is made of: plain, frozen, and without any database.

A `Board` is what one version holds. It has a canonical JSON form, and its digest is the SHA-256 of that form.
Pictures are no part of these values: a panel's picture is found through its request digest (see `db/history.py`),
except where a person picked one (`Scene.picked`). The annotations are the types and bounds that every stored board
keeps: `Board.from_json` checks them, and so does whoever writes a board down.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Final, Literal, get_args

from pydantic import Field, Strict, TypeAdapter, ValidationError

from db.errors import InvalidBoardError
from db.validation import first_mistake

__all__ = [
    "FACINGS",
    "SIZES",
    "UNDECIDED",
    "Anchor",
    "Board",
    "Camera",
    "Change",
    "Character",
    "Drawing",
    "Evidence",
    "Figure",
    "PictureEdit",
    "Prop",
    "Scene",
    "Sequence",
    "Staging",
    "Variation",
    "board_adapter",
    "canonical_json",
    "digest",
    "new_id",
]


LONGEST_TEXT: Final = 2_000_000  # characters; the longest story that is read
MOST_ITEMS: Final = 10_000
MOST_STAGED: Final = 40  # people, or things, in one frame

Id = Annotated[str, Field(min_length=1, max_length=200)]
Text = Annotated[str, Field(max_length=LONGEST_TEXT)]
Texts = Annotated[tuple[Text, ...], Field(max_length=MOST_ITEMS)]
Sha256 = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
Seed = Annotated[int, Strict(), Field(ge=-(2**63), lt=2**64)]
Share = Annotated[float, Strict(), Field(ge=0, le=1, allow_inf_nan=False)]
PositiveShare = Annotated[float, Strict(), Field(gt=0, le=1, allow_inf_nan=False)]
Side = Annotated[int, Strict(), Field(ge=8, le=16_384)]
Flag = Annotated[bool, Strict()]
Scale = Annotated[float, Strict(), Field(ge=0.1, le=10, allow_inf_nan=False)]
Word = Annotated[str, Field(min_length=1, max_length=200)]
Size = Literal[
    "extreme wide", "wide", "full", "medium wide", "medium", "medium close-up", "close-up", "extreme close-up"
]
Angle = Literal["eye level", "high", "low", "overhead", "dutch"]
Facing = Literal["left", "right", "camera", "away"]
SIZES: Final[tuple[Size, ...]] = get_args(Size)
FACINGS: Final[tuple[Facing, ...]] = get_args(Facing)


@dataclass(frozen=True)
class Change:
    """One step of a character's wardrobe timeline: from `scene` (an id) on, the character also looks like this."""

    scene: Id
    description: Text


@dataclass(frozen=True)
class Evidence:
    """A fact of somebody's looks, and the sentence of the story that says it."""

    fact: Text
    sentence: Text


@dataclass(frozen=True)
class Character:
    """Someone in the story, and how they look in every panel they are in."""

    id: Id
    name: Text
    description: Text = ""
    aliases: Texts = ()
    changes: Annotated[tuple[Change, ...], Field(max_length=MOST_ITEMS)] = ()
    evidence: Annotated[tuple[Evidence, ...], Field(max_length=MOST_ITEMS)] = ()


@dataclass(frozen=True)
class PictureEdit:
    """Picture to picture, or inpainting where `mask` is given. `source` and `mask` are SHA-256 of stored pictures;
    white in a mask is repainted; `strength` is in (0, 1]; `prompt` says what to change."""

    source: Sha256
    strength: PositiveShare
    prompt: Text = ""
    mask: Sha256 | None = None


@dataclass(frozen=True)
class Variation:
    """A small variation: noise mixed spherically, `amount` in (0, 1] of the way towards the noise of `seed`."""

    seed: Seed
    amount: PositiveShare


@dataclass(frozen=True)
class Anchor:
    """The picture whose self-attention all panels of a board share, so that characters stay themselves: its prompts, in
    the model's own words, and its seed. Frozen when the board is first drawn: editing a scene later moves nothing."""

    prompt: Text
    negative_prompt: Text
    seed: Seed


@dataclass(frozen=True)
class Drawing:
    """How the panels of a board are drawn; versioned with it, so that a later redraw uses what it was made with.
    `size` is (width, height) in pixels. `sharing` in [0, 1] is how much of the anchor's self-attention panels share.
    `freedom` in (0, 1] is how freely a model may paint over the draft of a panel; with None it does not see it."""

    engine: Id
    model: Annotated[str, Field(min_length=1, max_length=4096)]
    sampler: Id
    steps: Annotated[int, Strict(), Field(ge=1, le=1000)]
    guidance: Annotated[float, Strict(), Field(ge=0, le=1000, allow_inf_nan=False)]
    size: tuple[Side, Side]
    sharing: Share = 0.0
    anchor: Anchor | None = None
    freedom: PositiveShare | None = None


UNDECIDED: Final = Drawing(engine="", model="", sampler="", steps=0, guidance=0.0, size=(256, 144))
"""Stands in a board for which nobody has decided yet how it is drawn. Such a board cannot be stored: settings are the
model's own, and are asked of it (`agent.drawing.models.drawing_defaults`)."""


@dataclass(frozen=True)
class Camera:
    """The camera of a panel. `on` are the ids of those whom it shows above all; `over` is whose shoulder it looks over;
    `height` and `lens` (in millimetres) are open where None, `move` is in words ("push in")."""

    size: Size = "wide"
    angle: Angle = "eye level"
    height: Annotated[float, Strict(), Field(ge=0, le=10_000, allow_inf_nan=False)] | None = None
    lens: Annotated[float, Strict(), Field(ge=1, le=10_000, allow_inf_nan=False)] | None = None
    move: Text | None = None
    on: Annotated[tuple[Id, ...], Field(max_length=MOST_STAGED)] = ()
    over: Id | None = None


@dataclass(frozen=True)
class Figure:
    """Somebody in the frame. `who` is a character's id or, for somebody without a name, words ("two guards"); `x` is
    where the foot stands, from 0 (left edge) to 1; `depth` from 0 (nearest) to 1; `scale` makes them larger or
    smaller than their age and the camera do."""

    who: Word
    x: Share
    depth: Share
    facing: Facing = "camera"
    pose: Text = "standing"
    holds: Text = ""
    feeling: Text = ""
    scale: Scale = 1.0


@dataclass(frozen=True)
class Prop:
    """A thing in the frame, placed as a figure is."""

    what: Word
    x: Share
    depth: Share
    scale: Scale = 1.0
    flip: Flag = False


@dataclass(frozen=True)
class Staging:
    """Who and what stands where in a panel. The order means nothing."""

    figures: Annotated[tuple[Figure, ...], Field(max_length=MOST_STAGED)] = ()
    props: Annotated[tuple[Prop, ...], Field(max_length=MOST_STAGED)] = ()


@dataclass(frozen=True)
class Sequence:
    """A dramatic scene: one place, one time, one heading, told in one or more panels. `number` is its own ("4"), and
    `omitted` are the numbers of its panels that are gone, which no other panel gets. `inside` is None where the words
    leave it open."""

    id: Id
    number: Word
    heading: Text = ""
    place: Text = ""
    inside: Flag | None = None
    time: Text = ""
    omitted: Texts = ()


@dataclass(frozen=True)
class Scene:
    """One panel of the board: the story's own sentences, what they say, and how they are to be drawn.

    `characters` are ids of the board's characters, in order of importance. `duration` is in seconds.
    `handwritten` names the fields that a person wrote by hand, which later style and character edits must not rewrite.
    `style` overrides the board's style where it is not None. `picked` is the SHA-256 of a picture that a person chose.
    `camera` and `staging` are None until somebody decides them; until then they follow from the words of the scene
    (`agent.staging.stage`). `sequence` is the id of the sequence that it is in, and `number` its own number ("4A"),
    which stays while it lives, whatever its place; boards from before there were numbers have neither.
    """

    id: Id
    title: Text = ""
    text: Text = ""
    summary: Text = ""
    prompt: Text = ""
    negative_prompt: Text = ""
    shot: Text = ""
    setting: Text = ""
    time: Text = ""
    weather: Text = ""
    mood: Text = ""
    action: Text = ""
    props: Texts = ()
    dialogue: Texts = ()
    notes: Text = ""
    duration: Annotated[float, Strict(), Field(gt=0, le=86_400, allow_inf_nan=False)] = 4.0
    locked: Flag = False
    style: Text | None = None
    characters: Annotated[tuple[Id, ...], Field(max_length=MOST_ITEMS)] = ()
    handwritten: Texts = ()
    seed: Seed = 0
    variation: Variation | None = None
    edit: PictureEdit | None = None
    picked: Sha256 | None = None
    camera: Camera | None = None
    staging: Staging | None = None
    sequence: Id | None = None
    number: Text = ""


@dataclass(frozen=True)
class Board:
    """One storyboard as a value: what a version holds. Position in `scenes` is the order of the panels."""

    title: Text = ""
    style: Text = ""
    drawing: Drawing = UNDECIDED
    characters: Annotated[tuple[Character, ...], Field(max_length=MOST_ITEMS)] = ()
    scenes: Annotated[tuple[Scene, ...], Field(max_length=MOST_ITEMS)] = ()
    sequences: Annotated[tuple[Sequence, ...], Field(max_length=MOST_ITEMS)] = ()

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
        """The board as JSON values, every field present, in the order of the dataclasses; what nobody has staged or
        numbered, a draft that nothing follows, and evidence that nobody gave are left out, so that older boards keep
        their digests."""
        value: dict[str, Any] = json.loads(json.dumps(dataclasses.asdict(self)))
        for holder, name in [
            *((scene, name) for scene in value["scenes"] for name in ("camera", "staging", "sequence", "number")),
            *((character, "evidence") for character in value["characters"]),
            (value["drawing"], "freedom"),
            (value, "sequences"),
        ]:
            if not holder[name]:
                del holder[name]
        return value

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Board:
        """Check JSON values against the types and bounds above, and make a board of them. Fields that are missing take
        their defaults (`drawing` has none), unknown ones (`image`, `position`, and others that `board.json` adds around
        the value) are passed over. Raises InvalidBoardError with one line that names the field."""
        if "drawing" not in value:
            raise InvalidBoardError("this is not a storyboard: it does not say how it is drawn (drawing is missing)")
        try:
            return board_adapter().validate_python(value)
        except ValidationError as error:
            raise InvalidBoardError(f"this is not a storyboard: {first_mistake(error)}") from None

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


@cache
def board_adapter() -> TypeAdapter[Board]:
    """Checks values against the annotations of a board. Made once: that takes longer than a check."""
    return TypeAdapter(Board)
