"""Conversations: messages as a tree, in which editing and answering again make siblings, and a head that moves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal

from db.database import Database
from db.history import LOCAL_OWNER

__all__ = ["Conversation", "Conversations", "Hit", "Message", "Role", "Status"]

Role = Literal["user", "assistant"]
Status = Literal["streaming", "complete", "stopped", "failed"]


@dataclass(frozen=True)
class Conversation:
    """A line of the conversation list. `head` is the newest message of the line being looked at."""

    id: str
    title: str
    archived: bool
    head: int | None
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True)
class Message:
    """One message. `tool_calls` and `data` are the caller's own JSON values (calls with arguments, status and result;
    attachments, the receipt of the turn). `storyboard` and `version` name the board as it stood after this message.
    `siblings` are the ids of the alternatives at this place, itself among them, oldest first."""

    id: int
    conversation: str
    parent: int | None
    role: Role
    content: str
    status: Status
    created_at: datetime
    tool_calls: tuple[Mapping[str, Any], ...] = ()
    data: Mapping[str, Any] = field(default_factory=dict)
    storyboard: str | None = None
    version: int | None = None
    siblings: tuple[int, ...] = ()


@dataclass(frozen=True)
class Hit:
    """Where a search found its words: a message (None: the title), with the words around them."""

    conversation: str
    title: str
    message: int | None
    snippet: str


class Conversations:
    """The conversations of one owner. Every method raises NotFoundError for what another owner has."""

    def __init__(self, database: Database, owner: str = LOCAL_OWNER) -> None:
        self.database = database
        self.owner = owner

    def create(self, title: str = "") -> Conversation:
        """A new, empty conversation."""
        raise NotImplementedError

    def get(self, conversation: str) -> Conversation:
        """One conversation."""
        raise NotImplementedError

    def list(
        self, *, archived: bool | None = False, limit: int = 50, before: datetime | None = None
    ) -> list[Conversation]:
        """A page of the conversations, most lately used first; `archived=None` lists both kinds."""
        raise NotImplementedError

    def find(self, reference: str) -> str:
        """The id that `reference` means: an id, an unambiguous beginning of one, or "latest".
        Raises NotFoundError, AmbiguousReferenceError."""
        raise NotImplementedError

    def rename(self, conversation: str, title: str) -> Conversation:
        """Gives the conversation another title."""
        raise NotImplementedError

    def archive(self, conversation: str, archived: bool = True) -> Conversation:
        """Puts the conversation out of the list, or back into it."""
        raise NotImplementedError

    def delete(self, conversation: str) -> None:
        """Deletes the conversation and its messages. Its storyboards stay, without a conversation."""
        raise NotImplementedError

    def add(
        self,
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
        """A new message under the head; it becomes the head. A reply begins as "streaming" and is then updated."""
        raise NotImplementedError

    def update(
        self,
        message: int,
        *,
        content: str | None = None,
        status: Status | None = None,
        tool_calls: Sequence[Mapping[str, Any]] | None = None,
        data: Mapping[str, Any] | None = None,
        storyboard: str | None = None,
        version: int | None = None,
    ) -> Message:
        """Changes a message that is still streaming; what is not given stays. Raises FinalStateError once it is
        complete, stopped or failed."""
        raise NotImplementedError

    def edit(self, message: int, content: str, *, data: Mapping[str, Any] | None = None) -> Message:
        """Says it otherwise: a sibling of a user's message with other words. It becomes the head, ready for a reply."""
        raise NotImplementedError

    def regenerate(self, message: int) -> Message:
        """Answers again: an empty, streaming sibling of a reply. It becomes the head."""
        raise NotImplementedError

    def select(self, message: int) -> Conversation:
        """Moves the head to the newest end of the line that this message is on."""
        raise NotImplementedError

    def message(self, message: int) -> Message:
        """One message."""
        raise NotImplementedError

    def messages(self, conversation: str) -> Sequence[Message]:
        """The line being looked at: from the first message to the head."""
        raise NotImplementedError

    def tree(self, conversation: str) -> Sequence[Message]:
        """Every message of every line, in the order in which they were written."""
        raise NotImplementedError

    def search(self, text: str, *, limit: int = 20) -> Sequence[Hit]:
        """Messages and titles that hold every word of `text` (a word may be the beginning of one; accents and case do
        not matter), newest first."""
        raise NotImplementedError

    def stop_abandoned(self, older_than: timedelta = timedelta(minutes=10)) -> int:
        """Marks as stopped the replies that a process left streaming when it died; returns how many there were."""
        raise NotImplementedError
