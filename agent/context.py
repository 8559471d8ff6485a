"""What a chat model is told about the board, as one block of quoted data inside the system message.

The block is JSON between `<board-data>` and `</board-data>`. Every `<` inside it is escaped, so that no word of a story
can close the block: whatever a story says, it stays data. A language model reads it as text; the offline planner reads
it back with `parse_context`.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from db.board import Board

__all__ = ["Context", "Focus", "KnownVersion", "Pending", "parse_context", "pending_from_json", "render_context"]

OPEN, CLOSE = "<board-data>", "</board-data>"
MAX_CHARACTERS = 60_000


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


def render_context(context: Context, limit: int = MAX_CHARACTERS) -> str:
    """The block. Where it would be longer than `limit` characters, the scenes' texts, then their prompts, are
    shortened (marked with "…"); ids, titles and characters never are."""
    rendered = _render(context)
    for shortest in (400, 120, 40):
        if len(rendered) <= limit:
            break
        rendered = _render(_shortened(context, shortest))
    return rendered


def parse_context(text: str) -> Context | None:
    """The last block in a text (a system message), or None where there is none."""
    _, opened, rest = text.rpartition(OPEN)
    body, closed, _ = rest.partition(CLOSE)
    if not (opened and closed):
        return None
    value = json.loads(body)
    pending = value["pending"]
    return Context(
        board=Board.from_json(value["board"]) if value["board"] else None,
        version=value["version"],
        versions=tuple(KnownVersion(**version) for version in value["versions"]),
        focus=Focus(**{name: tuple(listed) for name, listed in value["focus"].items()}),
        pending=pending_from_json(pending) if pending else None,
        last_request=value["last_request"],
        last_calls=tuple(value["last_calls"]),
        files=tuple(value["files"]),
        pictures=tuple(value["pictures"]),
        picture_sizes=tuple((width, height) for width, height in value["picture_sizes"]),
        drawn=tuple(value["drawn"]),
    )


def pending_from_json(value: Mapping[str, Any]) -> Pending:
    """The question that `dataclasses.asdict` made a JSON value of."""
    calls = tuple(tuple(calls) for calls in value["calls"])
    return Pending(value["question"], tuple(value["choices"]), value["request"], calls, value["confirms"])


def _render(context: Context) -> str:
    value = {
        "version": context.version,
        "board": context.board and _board(context.board),
        "versions": [dataclasses.asdict(version) for version in context.versions],
        "focus": dataclasses.asdict(context.focus),
        "pending": context.pending and dataclasses.asdict(context.pending),
        "last_request": context.last_request,
        "last_calls": list(context.last_calls),
        "files": list(context.files),
        "pictures": list(context.pictures),
        "picture_sizes": [list(size) for size in context.picture_sizes],
        "drawn": list(context.drawn),
    }
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return OPEN + body.replace("<", "\\u003c") + CLOSE


def _board(board: Board) -> dict[str, Any]:
    """The board's JSON without empty fields (they read back as defaults), each scene with its position."""
    value = board.to_json()
    value["characters"] = [_full(character) for character in value["characters"]]
    value["scenes"] = [
        {"position": position, **_full(scene)} for position, scene in enumerate(value["scenes"], start=1)
    ]
    return value


def _full(value: dict[str, Any]) -> dict[str, Any]:
    return {name: item for name, item in value.items() if item not in ("", None, [], False)}


def _shortened(context: Context, length: int) -> Context:
    if context.board is None:
        return context

    def cut(text: str) -> str:
        return text if len(text) <= length else text[: length - 1] + "…"

    scenes = tuple(
        dataclasses.replace(scene, text=cut(scene.text), summary=cut(scene.summary), prompt=cut(scene.prompt))
        for scene in context.board.scenes
    )
    versions: Sequence[KnownVersion] = context.versions[-20:]
    return dataclasses.replace(
        context, board=dataclasses.replace(context.board, scenes=scenes), versions=tuple(versions)
    )
