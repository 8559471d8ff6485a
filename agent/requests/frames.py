"""What a request asks for, as typed frames, and the tool calls that they are carried out by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

__all__ = [
    "Add", "Again", "Ask", "Change", "Copy", "Count", "Cut", "Delete", "Doubt", "Frame", "Insert", "Join", "Keep",
    "Meta", "Move", "Person", "Redraw", "Rename", "Say", "Style", "Swap", "Tell", "Title", "Travel", "Wear",
]  # fmt: skip

Scenes = tuple[int, ...]


@dataclass(frozen=True)
class Change:
    """Fields of scenes: shot, time, weather, mood, setting, action, notes."""

    scenes: Scenes
    fields: Mapping[str, Any]


@dataclass(frozen=True)
class Add:
    """Things put into scenes, and things taken out of them."""

    scenes: Scenes
    things: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()


@dataclass(frozen=True)
class Person:
    """Somebody put into scenes, taken out of them (`gone`), or, without scenes, out of the story."""

    name: str
    scenes: Scenes | None = None
    gone: bool = False
    description: str = ""


@dataclass(frozen=True)
class Wear:
    """What somebody looks like; `without` is a part of the description that goes; `since` a scene from which on."""

    who: str
    look: str = ""
    without: str = ""
    replace: bool = False
    since: int | None = None


@dataclass(frozen=True)
class Rename:
    """Another name for somebody."""

    who: str
    name: str


@dataclass(frozen=True)
class Title:
    """A title, of the board or of one scene."""

    title: str
    scene: int | None = None


@dataclass(frozen=True)
class Style:
    """A style, of the board (scenes None) or of some scenes."""

    style: str
    scenes: Scenes | None = None


@dataclass(frozen=True)
class Insert:
    """A new scene before (`before`) or behind (`after`) another; at the end without either."""

    text: str
    after: int | None = None
    before: int | None = None
    shot: str = ""


@dataclass(frozen=True)
class Delete:
    """Scenes that go."""

    scenes: Scenes


@dataclass(frozen=True)
class Move:
    """Scenes to a position (`to`), or before or behind another."""

    scenes: Scenes
    to: int | None = None
    before: int | None = None
    after: int | None = None


@dataclass(frozen=True)
class Swap:
    """Two scenes that change places."""

    first: int
    second: int


@dataclass(frozen=True)
class Join:
    """Neighbouring scenes that become one."""

    scenes: Scenes


@dataclass(frozen=True)
class Cut:
    """A scene that becomes several."""

    scene: int
    parts: int = 2


@dataclass(frozen=True)
class Copy:
    """A scene that is put there twice."""

    scene: int


@dataclass(frozen=True)
class Count:
    """How many panels the story is told in."""

    count: int


@dataclass(frozen=True)
class Redraw:
    """Panels drawn again."""

    scenes: Scenes


@dataclass(frozen=True)
class Travel:
    """Back and forth in the versions: `kind` is "undo", "redo" or "restore"."""

    kind: str
    steps: int = 1
    description: str = ""
    version: int | None = None


@dataclass(frozen=True)
class Ask:
    """A question of the person, answered by a tool that changes nothing."""

    tool: str
    args: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Keep:
    """Scenes that are to stay as they are, and, where nothing else is asked for, are locked (`lock`)."""

    scenes: Scenes
    lock: bool = True


@dataclass(frozen=True)
class Again:
    """What was just asked for, for other scenes (None: the same ones); `instead` takes back what was done."""

    scenes: Scenes | None = None
    instead: bool = False


@dataclass(frozen=True)
class Meta:
    """Small talk, a reason or a remark: nothing is done about it."""


@dataclass(frozen=True)
class Say:
    """Words that answer, where nothing can or should be done."""

    words: str


@dataclass(frozen=True)
class Doubt:
    """A question with what each answer would do: its `choices` as frames, or its `settles` as what the answer settles
    ("scenes", "who" or "text" with a value). `wants` is what an answer in one's own words has to name."""

    question: str
    choices: tuple[tuple[str, tuple[Any, ...]], ...] = ()
    wants: str = ""
    settles: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True)
class Tell:
    """A call of a tool as it stands."""

    name: str
    args: Mapping[str, Any]


Frame = (
    Change | Add | Person | Wear | Rename | Title | Style | Insert | Delete | Move | Swap | Join | Cut | Copy | Count
    | Redraw | Travel | Ask | Keep | Again | Meta | Say | Doubt | Tell
)  # fmt: skip
