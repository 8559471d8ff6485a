"""What a chat turn tells whoever listens, in the order in which it happens."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from db.history import Version

__all__ = [
    "Event",
    "Failure",
    "Instead",
    "PanelFailed",
    "PanelProgress",
    "PanelQueued",
    "PanelReady",
    "Question",
    "ToolFinished",
    "ToolStarted",
    "TurnFinished",
    "VersionSaved",
    "Words",
]


@dataclass(frozen=True)
class Words:
    """A piece of the reply, in order."""

    text: str


@dataclass(frozen=True)
class Instead:
    """What the reply says in place of all its words so far, which were not true."""

    text: str


@dataclass(frozen=True)
class ToolStarted:
    """A tool begins: `call` is the id by which its end names it."""

    call: str
    name: str
    args: dict[str, Any]


@dataclass(frozen=True)
class ToolFinished:
    """`status` is "ok" or "error"; `summary` is the receipt or the explanation."""

    call: str
    name: str
    status: str
    summary: str = ""


@dataclass(frozen=True)
class VersionSaved:
    """The turn made (or moved to) this version of the storyboard."""

    storyboard: str
    number: int
    parent: int | None
    changed: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True)
class PanelQueued:
    """A panel waits to be drawn: its scene, its place on the board (from 1), the digest of its request."""

    scene: str
    position: int
    request: str


@dataclass(frozen=True)
class PanelProgress:
    """`preview` is a small PNG, or None; `seconds_left` is an estimate for the whole board."""

    scene: str
    position: int
    step: int
    total: int
    seconds_left: float | None = None
    preview: bytes | None = None


@dataclass(frozen=True)
class PanelReady:
    """The panel's picture is stored; `image` is its SHA-256."""

    scene: str
    position: int
    image: str


@dataclass(frozen=True)
class PanelFailed:
    """A panel could not be drawn; `reason` is one line for a person."""

    scene: str
    position: int
    reason: str


@dataclass(frozen=True)
class Question:
    """The reply is a question that must be answered first; nothing was changed."""

    text: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Failure:
    """The turn failed; `message` is one line for a person."""

    message: str


@dataclass(frozen=True)
class TurnFinished:
    """The last event of every turn: its receipt, in the form of `taleboard chat --json` (see the contract). `drawing`
    are the versions whose pictures are on the queue now; who waits for them follows it (`agent.following`)."""

    receipt: dict[str, Any] = field(default_factory=dict)
    drawing: tuple[Version, ...] = ()


Event = (
    Words
    | Instead
    | ToolStarted
    | ToolFinished
    | VersionSaved
    | PanelQueued
    | PanelProgress
    | PanelReady
    | PanelFailed
    | Question
    | Failure
    | TurnFinished
)
