"""What a chat model knows when a turn starts: the offline planner gets it as a value, a language model is told of it
in words (`agent.briefing`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from db.board import Board

__all__ = ["Context", "Focus", "KnownVersion", "Pending", "pending_from_json"]


@dataclass(frozen=True)
class Focus:
    """What was last talked of: the scenes (ids), characters (ids) and things (words) of the last turn's tool calls,
    latest last."""

    scenes: tuple[str, ...] = ()
    characters: tuple[str, ...] = ()
    things: tuple[str, ...] = ()


@dataclass(frozen=True)
class Pending:
    """A question that waits for its answer. `request` is what the person had asked for; `calls` are the tool calls
    that each choice stands for, as `ask` was given them (`{"name": …, "args": {…}}`; empty where only the words of the
    answer can tell). `confirms` names the destructive tool that waits for a yes; the session answers such a question
    itself, no model does."""

    question: str
    choices: tuple[str, ...] = ()
    request: str = ""
    calls: tuple[tuple[dict[str, Any], ...], ...] = ()
    confirms: str = ""


@dataclass(frozen=True)
class KnownVersion:
    """One line of the version list. `summary` says what changed, `message` what the person had asked for."""

    number: int
    parent: int | None
    message: str = ""
    summary: str = ""


@dataclass(frozen=True)
class Context:
    """What a chat model knows when a turn starts. `board` is the board as the person sees it (None before there is
    one); positions in tool arguments count in it for the whole turn. `last_request` and `last_calls` are the last
    turn that changed something: the person's words and its tool calls (`{"name": …, "args": {…}}`).
    `files` are names of story files attached to this turn, `pictures` those of pictures: of this turn, or, while a
    question is open, of the one that led to it; `picture_sizes` are their widths and heights, in the same order.
    `drawn` are ids of scenes whose picture exists."""

    board: Board | None = None
    version: int | None = None
    versions: tuple[KnownVersion, ...] = ()
    focus: Focus = field(default_factory=Focus)
    pending: Pending | None = None
    last_request: str = ""
    last_calls: tuple[dict[str, Any], ...] = ()
    files: tuple[str, ...] = ()
    pictures: tuple[str, ...] = ()
    picture_sizes: tuple[tuple[int, int], ...] = ()
    drawn: tuple[str, ...] = ()


def pending_from_json(value: Mapping[str, Any]) -> Pending:
    """The question that `dataclasses.asdict` made a JSON value of."""
    calls = tuple(tuple(calls) for calls in value["calls"])
    return Pending(value["question"], tuple(value["choices"]), value["request"], calls, value["confirms"])
