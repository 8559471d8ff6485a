"""Messages and versions for tests, written as a turn writes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from db.board import Board
from db.conversations import Conversations, Message, Role, Status
from db.errors import HeadMovedError
from db.history import BoardChange, History, Version

__all__ = ["add", "commit", "redo", "undo"]


def add(
    conversations: Conversations,
    conversation: str,
    role: Role,
    content: str = "",
    *,
    status: Status = "complete",
    tool_calls: Sequence[Mapping[str, Any]] = (),
    data: Mapping[str, Any] | None = None,
    storyboard: str | None = None,
    version: int | None = None,
) -> Message:
    """A message at the end of the line that is looked at."""
    more = {"tool_calls": [dict(call) for call in tool_calls], "storyboard_id": storyboard, "version": version}
    with conversations.database.write() as connection:
        head = conversations._get(connection, conversation, lock=True).head
        return conversations._append(
            connection, conversation, head, role, content, status=status, data=dict(data or {}), **more
        )


def commit(
    history: History,
    storyboard: str,
    board: Board,
    *,
    parent: int,
    requests: Mapping[str, str] | None = None,
    message: str = "",
    summary: str = "",
    message_id: int | None = None,
) -> Version:
    """A new version made from version `parent`, wherever the head is, and goes meanwhile."""
    words: dict[str, Any] = {"requests": requests or {}, "message": message, "summary": summary}
    while True:
        head = history.storyboard(storyboard).head
        move = None if parent == head else parent
        with suppress(HeadMovedError):
            return applied(
                history, BoardChange(storyboard, head, move=move, tip=move, board=board, **words), message_id
            )


def undo(history: History, storyboard: str) -> Version:
    """The head goes to its parent."""
    head = history.head(storyboard)
    assert head.parent is not None
    return applied(history, BoardChange(storyboard, head.number, move=head.parent))


def redo(history: History, storyboard: str) -> Version:
    """The head goes back to where it came from."""
    head = history.storyboard(storyboard).head
    return applied(history, BoardChange(storyboard, head, move=history.next_version(storyboard, head)))


def applied(history: History, change: BoardChange, message_id: int | None = None) -> Version:
    with history.database.write() as connection:
        version = history.apply_in(connection, change, "", message_id)
    assert version is not None
    return version
