"""Conversations: messages as a tree, in which editing and answering again make siblings, and a head that moves."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from sqlalchemy import Connection, delete, insert, literal, select, update
from sqlalchemy import text as sql

from db.database import Database
from db.errors import AmbiguousReferenceError, NotFoundError
from db.history import LOCAL_OWNER
from db.tables import ConversationRow, MessageRow, StoryboardRow
from db.words import snippet, words

__all__ = ["Conversation", "Conversations", "Hit", "Message", "Role", "Status", "words_column"]

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

    # Conversations

    def create(self, title: str = "") -> Conversation:
        """A new, empty conversation."""
        with self.database.write() as connection:
            return self._get(connection, self.create_in(connection, title))

    def get(self, conversation: str) -> Conversation:
        """One conversation."""
        with self.database.read() as connection:
            return self._get(connection, conversation)

    def list(
        self, *, archived: bool | None = False, limit: int = 50, before: datetime | None = None
    ) -> Sequence[Conversation]:
        """A page of the conversations, most lately used first; `archived=None` lists both kinds. The next page is
        `before` the last `updated_at` of this one."""
        query = self._query().order_by(ConversationRow.updated_at.desc(), ConversationRow.id).limit(limit)
        if archived is not None:
            query = query.where(ConversationRow.archived.is_(archived))
        if before is not None:
            query = query.where(ConversationRow.updated_at < before)
        with self.database.read() as connection:
            return [Conversation(*row) for row in connection.execute(query)]

    def find(self, reference: str) -> str:
        """The id that `reference` means: an id, an unambiguous beginning of one, or "latest".
        Raises NotFoundError, AmbiguousReferenceError."""
        if reference == "latest":
            newest = self.list(archived=None, limit=1)
            if not newest:
                raise NotFoundError("there is no conversation yet")
            return newest[0].id
        query = self._query().where(ConversationRow.id.startswith(reference, autoescape=True)).limit(2)
        with self.database.read() as connection:
            found = [row.id for row in connection.execute(query)] if reference else []
        if not found:
            raise _no_conversation(reference)
        if len(found) > 1:
            raise AmbiguousReferenceError(f"more than one conversation begins with {reference!r}: give more of its id")
        return str(found[0])

    def rename(self, conversation: str, title: str) -> Conversation:
        """Gives the conversation another title."""
        return self._change(conversation, title=title, words=words_column(title))

    def archive(self, conversation: str, archived: bool = True) -> Conversation:
        """Puts the conversation out of the list, or back into it."""
        return self._change(conversation, archived=archived)

    def delete(self, conversation: str) -> None:
        """Deletes the conversation and its messages. Its storyboards stay, without a conversation."""
        with self.database.write() as connection:
            self.delete_in(connection, conversation)

    # Messages

    def select(self, message: int) -> Conversation:
        """Moves the head to the newest end of the line that this message is on."""
        with self.database.write() as connection:
            conversation = self._message(connection, message).conversation
            self._get(connection, conversation, lock=True)
            newest_child: dict[int, int] = {}
            for row in connection.execute(
                select(MessageRow.id, MessageRow.parent_id)
                .where(MessageRow.conversation_id == conversation, MessageRow.id > message)
                .order_by(MessageRow.id)
            ):
                newest_child[row.parent_id] = row.id
            while message in newest_child:
                message = newest_child[message]
            self._move_head(connection, conversation, message)
            return self._get(connection, conversation)

    def message(self, message: int) -> Message:
        """One message."""
        with self.database.read() as connection:
            return self._message(connection, message)

    def messages(self, conversation: str) -> Sequence[Message]:
        """The line being looked at: from the first message to the head."""
        with self.database.read() as connection:
            return self.line_in(connection, conversation)

    def tree(self, conversation: str) -> Sequence[Message]:
        """Every message of every line, in the order in which they were written."""
        with self.database.read() as connection:
            self._get(connection, conversation)
            return self._tree(connection, conversation)

    def search(self, text: str, *, limit: int = 20) -> Sequence[Hit]:
        """Messages and titles that hold every word of `text` (a word may be the beginning of one; accents and case do
        not matter), newest first."""
        wanted = words(text)
        if not wanted:
            return []
        mine = (ConversationRow.owner == self.owner,)
        titles = select(ConversationRow.id, ConversationRow.title).where(
            *mine, *((literal(" ") + ConversationRow.words).contains(f" {word}", autoescape=True) for word in wanted)
        )
        query = (
            select(MessageRow.conversation_id, ConversationRow.title, MessageRow.id, MessageRow.content)
            .join(ConversationRow, ConversationRow.id == MessageRow.conversation_id)
            .where(*mine, MessageRow.id.in_(self._matching(wanted)))
            .order_by(MessageRow.id.desc())
            .limit(limit)
        )
        with self.database.read() as connection:
            by_title = connection.execute(titles.order_by(ConversationRow.updated_at.desc()).limit(limit)).all()
            by_message = connection.execute(query).all()
        hits = [Hit(row.id, row.title, None, row.title) for row in by_title]
        hits += [Hit(row[0], row[1], row[2], snippet(row[3], wanted)) for row in by_message]
        return hits[:limit]

    def _matching(self, wanted: Sequence[str]) -> Any:
        """Ids of matching messages. Words are letters and digits only, so that none can be taken for an operator."""
        if self.database.is_sqlite:
            match, query = "select rowid from message_search where message_search match :query", '"{}"*'
        else:
            match, query = "select id from messages where search @@ cast(:query as tsquery)", "'{}':*"
        between = " AND " if self.database.is_sqlite else " & "
        return sql(match).bindparams(query=between.join(query.format(word) for word in wanted)).columns(MessageRow.id)

    def stop_abandoned(self, older_than: timedelta = timedelta(minutes=10)) -> int:
        """Marks as stopped the replies that a process left streaming when it died; returns how many there were."""
        mine = select(ConversationRow.id).where(ConversationRow.owner == self.owner)
        with self.database.write() as connection:
            return connection.execute(
                update(MessageRow)
                .where(
                    MessageRow.status == "streaming",
                    MessageRow.updated_at <= datetime.now(UTC) - older_than,
                    MessageRow.conversation_id.in_(mine),
                )
                .values(status="stopped")
            ).rowcount

    # Inside a transaction

    def create_in(self, connection: Connection, title: str) -> str:
        """As `create`, in a transaction that is under way; returns the id."""
        conversation, now = secrets.token_hex(6), datetime.now(UTC)
        connection.execute(
            insert(ConversationRow).values(
                id=conversation,
                owner=self.owner,
                title=title,
                words=words_column(title),
                archived=False,
                head=None,
                created_at=now,
                updated_at=now,
            )
        )
        return conversation

    def delete_in(self, connection: Connection, conversation: str) -> None:
        """As `delete`, in a transaction that is under way."""
        self._get(connection, conversation, lock=True)
        connection.execute(
            update(StoryboardRow)
            .where(StoryboardRow.conversation_id == conversation)
            .values(conversation_id=None, revision=StoryboardRow.revision + 1)
        )
        connection.execute(delete(ConversationRow).where(ConversationRow.id == conversation))

    def line_in(self, connection: Connection, conversation: str) -> Sequence[Message]:
        """As `messages`, in a transaction that is under way."""
        head = self._get(connection, conversation).head
        line = {message.id: message for message in self._tree(connection, conversation)}
        found: list[Message] = []
        while head is not None:
            found.append(line[head])
            head = line[head].parent
        return found[::-1]

    def _query(self) -> Any:
        return select(
            ConversationRow.id,
            ConversationRow.title,
            ConversationRow.archived,
            ConversationRow.head,
            ConversationRow.created_at,
            ConversationRow.updated_at,
        ).where(ConversationRow.owner == self.owner)

    def _get(self, connection: Connection, conversation: str, *, lock: bool = False) -> Conversation:
        query = self._query().where(ConversationRow.id == conversation)
        row = connection.execute(query.with_for_update() if lock else query).first()
        if row is None:
            raise _no_conversation(conversation)
        return Conversation(*row)

    def _change(self, conversation: str, **values: Any) -> Conversation:
        with self.database.write() as connection:
            self._get(connection, conversation, lock=True)
            connection.execute(update(ConversationRow).where(ConversationRow.id == conversation).values(**values))
            return self._get(connection, conversation)

    def _append(
        self, connection: Connection, conversation: str, parent: int | None, role: Role, content: str, **values: Any
    ) -> Message:
        now = datetime.now(UTC)
        message = connection.scalar(
            insert(MessageRow)
            .values(
                conversation_id=conversation,
                parent_id=parent,
                role=role,
                content=content,
                words=words_column(content),
                created_at=now,
                updated_at=now,
                **{"tool_calls": [], **values},
            )
            .returning(MessageRow.id)
        )
        assert message is not None
        self._move_head(connection, conversation, message)
        return self._message(connection, message)

    def _move_head(self, connection: Connection, conversation: str, message: int) -> None:
        connection.execute(
            update(ConversationRow)
            .where(ConversationRow.id == conversation)
            .values(head=message, updated_at=datetime.now(UTC))
        )

    def _message(self, connection: Connection, message: int) -> Message:
        found = self._load(connection, MessageRow.id == message)
        if not found:
            raise NotFoundError(f"there is no message {message}")
        siblings = connection.scalars(
            select(MessageRow.id)
            .where(
                MessageRow.conversation_id == found[0].conversation,
                MessageRow.parent_id.is_not_distinct_from(found[0].parent),
            )
            .order_by(MessageRow.id)
        )
        return replace(found[0], siblings=tuple(siblings))

    def _tree(self, connection: Connection, conversation: str) -> Sequence[Message]:
        found = self._load(connection, MessageRow.conversation_id == conversation)
        children: dict[int | None, list[int]] = {}
        for message in found:
            children.setdefault(message.parent, []).append(message.id)
        return [replace(message, siblings=tuple(children[message.parent])) for message in found]

    def _load(self, connection: Connection, which: Any) -> Sequence[Message]:
        rows = connection.execute(
            select(
                MessageRow.id,
                MessageRow.conversation_id.label("conversation"),
                MessageRow.parent_id.label("parent"),
                MessageRow.role,
                MessageRow.content,
                MessageRow.status,
                MessageRow.created_at,
                MessageRow.tool_calls,
                MessageRow.data,
                MessageRow.storyboard_id.label("storyboard"),
                MessageRow.version,
            )
            .join(ConversationRow, ConversationRow.id == MessageRow.conversation_id)
            .where(ConversationRow.owner == self.owner, which)
            .order_by(MessageRow.id)
        )
        return [Message(**{**row, "tool_calls": tuple(row["tool_calls"])}) for row in rows.mappings()]


def words_column(text: str) -> str:
    """Each word of a text once, and no more than an index takes."""
    return " ".join(dict.fromkeys(words(text)))[:500_000]


def _no_conversation(reference: str) -> NotFoundError:
    return NotFoundError(f"there is no conversation {reference!r}")
