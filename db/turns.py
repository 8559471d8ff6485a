"""Turns of a conversation, as the database sees them: begun by one transaction, ended by one.

A turn has its conversation by a lease, as a worker has a job: one at a time, in any number of processes. A turn whose
process died loses it, and its reply is marked as stopped when the next one begins.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, select, update

from db.conversations import Conversations, Message, Role, Status, words_column
from db.errors import AlreadySentError, BusyError, LostTurnError, NotFoundError
from db.history import BoardChange, History, Version
from db.tables import ConversationRow, MessageRow

__all__ = ["Begun", "Reply", "Turns"]

LEASE_SECONDS = 30.0
"""How long a turn that does not show itself keeps its conversation."""


@dataclass(frozen=True)
class Begun:
    """A turn that has its conversation. `before` are the messages of the line before what is answered now, `reply` is
    the message that the answer is written to."""

    turn: str
    conversation: str
    before: Sequence[Message]
    reply: Message


@dataclass(frozen=True)
class Reply:
    """How a reply ends, or, while it is "streaming", how it stands."""

    content: str
    status: Status
    tool_calls: Sequence[Mapping[str, Any]] = ()
    data: Mapping[str, Any] | None = None


class Turns(Conversations):
    """The turns of one owner's conversations."""

    def begin(
        self,
        conversation: str | None,
        *,
        title: str = "",
        content: str | None = None,
        data: Mapping[str, Any] | None = None,
        send_id: str | None = None,
        replacing: int | None = None,
        instead_of: int | None = None,
    ) -> Begun:
        """Take a conversation (None: make one, called `title`) and store what was said, if anything was, with an empty
        reply under it. `replacing` is an earlier message that this one takes the place of, `instead_of` a reply that is
        given anew. Raises BusyError while another turn has the conversation, AlreadySentError where a message with this
        send id is stored already."""
        turn = secrets.token_hex(8)
        with self.database.write(one_at_a_time=send_id) as connection:
            if send_id and connection.scalar(select(MessageRow.id).where(MessageRow.send_id == send_id)) is not None:
                raise AlreadySentError("This message was sent already.")
            if conversation is None:
                conversation = self.create_in(connection, title)
            self._take(connection, conversation, turn)
            if replacing is not None:
                old = self._answered(connection, conversation, replacing, "user")
                said = self._append(
                    connection, conversation, old.parent, "user", content or "", status="complete",
                    data=dict(data or {}), send_id=send_id,
                )  # fmt: skip
                parent: int | None = said.id
            elif instead_of is not None:
                parent = self._answered(connection, conversation, instead_of, "assistant").parent
            else:
                parent = self._get(connection, conversation).head
                if content is not None:
                    said = self._append(
                        connection, conversation, parent, "user", content, status="complete", data=dict(data or {}),
                        send_id=send_id,
                    )  # fmt: skip
                    parent = said.id
            reply = self._append(connection, conversation, parent, "assistant", "", status="streaming", data={})
            line = self.line_in(connection, conversation)
            spoken = instead_of is not None or content is not None
            return Begun(turn, conversation, line[: -2 if spoken else -1], reply)

    def is_taken(self, conversation: str) -> bool:
        """Whether a turn has the conversation now."""
        with self.database.read() as connection:
            return self._until(connection, conversation) > datetime.now(UTC)

    def renew(self, begun: Begun) -> None:
        """Keep the conversation for longer. Raises LostTurnError."""
        with self.database.write(lasting=False) as connection:
            self._hold(connection, begun)

    def commit(self, begun: Begun, change: BoardChange, reply: Reply, *, title: str = "") -> Version | None:
        """End a turn: what it wants of the board, and its reply, in one transaction; with `title` the conversation is
        called so. The conversation is free afterwards, unless the reply is still "streaming". Returns the version that
        the reply tells of. Raises LostTurnError, and what `History.apply_in` raises: then nothing is saved."""
        with self.database.write() as connection:
            self._hold(connection, begun)
            version = History(self.database, self.owner).apply_in(
                connection, change, begun.conversation, begun.reply.id
            )
            self._write(connection, begun, reply, version)
            if title:
                connection.execute(
                    update(ConversationRow)
                    .where(ConversationRow.id == begun.conversation)
                    .values(title=title, words=words_column(title))
                )
            return version

    def commit_deletion(self, begun: Begun, change: BoardChange) -> None:
        """End a turn that deletes its conversation, and what it wants deleted of the board, in one transaction."""
        with self.database.write() as connection:
            self._hold(connection, begun)
            if change.storyboard is not None:
                History(self.database, self.owner).apply_in(connection, change, begun.conversation, begun.reply.id)
            self.delete_in(connection, begun.conversation)

    def finish(self, begun: Begun, reply: Reply) -> None:
        """End the reply of a turn that saved nothing, or whose board is saved already. Raises LostTurnError."""
        with self.database.write() as connection:
            self._hold(connection, begun)
            self._write(connection, begun, reply, None)

    # Inside a transaction

    def _answered(self, connection: Connection, conversation: str, message: int, role: Role) -> Message:
        found = self._message(connection, message)
        if (found.conversation, found.role) != (conversation, role):
            kind = "reply" if role == "assistant" else "message of yours"
            raise NotFoundError(f"there is no {kind} {message} in this conversation")
        return found

    def _take(self, connection: Connection, conversation: str, turn: str) -> None:
        self._get(connection, conversation, lock=True)
        now = datetime.now(UTC)
        if self._until(connection, conversation) > now:
            raise BusyError("Another message of this conversation is being answered.")
        connection.execute(
            update(MessageRow)
            .where(MessageRow.conversation_id == conversation, MessageRow.status == "streaming")
            .values(status="stopped")
        )
        connection.execute(
            update(ConversationRow).where(ConversationRow.id == conversation).values(turn=turn, turn_until=_lease(now))
        )

    def _until(self, connection: Connection, conversation: str) -> datetime:
        """When the lease of the turn that has the conversation ends; long ago where none has it."""
        query = select(ConversationRow.turn_until).where(ConversationRow.id == conversation)
        return connection.scalar(query) or datetime.min.replace(tzinfo=UTC)

    def _hold(self, connection: Connection, begun: Begun) -> None:
        held = connection.execute(
            update(ConversationRow)
            .where(ConversationRow.id == begun.conversation, ConversationRow.turn == begun.turn)
            .values(turn_until=_lease(datetime.now(UTC)))
        ).rowcount
        if not held:
            raise LostTurnError("The conversation was deleted, or went on without this turn; nothing was saved.")

    def _write(self, connection: Connection, begun: Begun, reply: Reply, version: Version | None) -> None:
        values: dict[str, Any] = {
            "content": reply.content,
            "words": words_column(reply.content),
            "status": reply.status,
            "tool_calls": [dict(call) for call in reply.tool_calls],
            "updated_at": datetime.now(UTC),
        }
        if reply.data is not None:
            values["data"] = dict(reply.data)
        if version is not None:
            values |= {"storyboard_id": version.storyboard, "version": version.number}
        connection.execute(update(MessageRow).where(MessageRow.id == begun.reply.id).values(**values))
        if reply.status != "streaming":
            connection.execute(
                update(ConversationRow)
                .where(ConversationRow.id == begun.conversation)
                .values(turn=None, turn_until=None)
            )


def _lease(now: datetime) -> datetime:
    return now + timedelta(seconds=LEASE_SECONDS)
