"""Storyboards and their versions: a graph in which nothing is ever rewritten, and a head that moves over it."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, and_, delete, insert, select, update
from sqlalchemy.orm import aliased

from db.board import Board
from db.database import Database
from db.diff import Diff, diff
from db.errors import AmbiguousReferenceError, HeadMovedError, NotFoundError
from db.tables import ConversationRow, MessageRow, PartRow, StoryboardRow, VersionRow
from db.versions import Version, VersionInfo, Written, infos, load_version, write_version

__all__ = ["LOCAL_OWNER", "BoardChange", "History", "Storyboard", "Version", "VersionInfo"]

LOCAL_OWNER = "local"
"""Who everything belongs to where nobody signs in."""


@dataclass(frozen=True)
class Storyboard:
    """A line of the list of storyboards. `head` is the version being looked at, `versions` how many there are.
    `revision` grows with every change to the storyboard, so that a poll can tell whether anything happened."""

    storyboard: str
    title: str
    conversation: str | None
    head: int
    versions: int
    revision: int
    updated_at: datetime


@dataclass(frozen=True)
class BoardChange:
    """What a turn wants of a storyboard (None: a new one). `seen` is the head that it saw. `move` is where the head is
    to go first, and `tip` where redo leads from there (None: where it led before); `board`, with its request digests by
    scene, is the version to be written on top of it; `delete` takes the whole storyboard away instead."""

    storyboard: str | None = None
    seen: int | None = None
    move: int | None = None
    tip: int | None = None
    board: Board | None = None
    requests: Mapping[str, str] = field(default_factory=dict)
    message: str = ""
    summary: str = ""
    delete: bool = False

    @property
    def writes(self) -> bool:
        """Whether the database will be another one."""
        return self.delete or self.board is not None or self.move is not None


class History:
    """The storyboards of one owner. Every method raises NotFoundError for what another owner has."""

    def __init__(self, database: Database, owner: str = LOCAL_OWNER) -> None:
        self.database = database
        self.owner = owner

    # Making versions

    def create(
        self,
        board: Board,
        *,
        requests: Mapping[str, str] | None = None,
        conversation: str | None = None,
        message: str = "",
        summary: str = "",
        message_id: int | None = None,
    ) -> Version:
        """A new storyboard, with this board as version 1. `requests` maps scene ids to request digests.
        Raises InvalidBoardError."""
        requests = requests or {}
        written = Written.of(board, requests)
        with self.database.write() as connection:
            return self._begin(connection, written, conversation, requests, message, summary, message_id)

    def restore(
        self, storyboard: str, number: int, *, message: str = "", summary: str = "", message_id: int | None = None
    ) -> Version:
        """An old version's board, requests and pictures as a new version on top of the head. Nothing is rewritten."""
        with self.database.write() as connection:
            row = self._lock(connection, storyboard)
            old = load_version(connection, storyboard, number)
            summary = summary or f"Restored version {number}"
            written, new = Written.of(old.board, old.requests), row.versions + 1
            return self._append(
                connection, storyboard, written, new, row.head, old.requests, message, summary, message_id
            )

    # Moving the head

    def branch(self, storyboard: str, number: int) -> Version:
        """Moves the head to any version: the next commit begins a new line there, and the old line stays as it is."""
        with self.database.write() as connection:
            self._lock(connection, storyboard)
            return self._move_head(connection, storyboard, number, number)

    # A turn's change

    def apply_in(
        self, connection: Connection, change: BoardChange, conversation: str, message_id: int | None
    ) -> Version | None:
        """Do what a turn wants in one transaction: delete the storyboard, or move its head, then write its board.
        Returns the version that is the head afterwards, None where there is none. Raises HeadMovedError where the head
        is not the one that the turn saw, InvalidBoardError, NotFoundError."""
        written = Written.of(change.board, change.requests) if change.board is not None else None
        words = (change.requests, change.message, change.summary, message_id)
        if change.storyboard is None:
            return None if written is None else self._begin(connection, written, conversation, *words)
        row = self._lock(connection, change.storyboard)
        if not change.writes:
            return load_version(connection, change.storyboard, row.head if change.seen is None else change.seen)
        if row.head != change.seen:
            raise HeadMovedError(f"the storyboard was changed meanwhile: version {change.seen} became {row.head}")
        if change.delete:
            self._delete(connection, change.storyboard)
            return None
        parent, version = row.head, None
        if change.move is not None:
            tip = row.tip if change.tip is None else change.tip
            parent, version = change.move, self._move_head(connection, change.storyboard, change.move, tip)
        if written is not None:
            version = self._append(connection, change.storyboard, written, row.versions + 1, parent, *words)
        return version

    # Looking

    def next_version(self, storyboard: str, number: int) -> int | None:
        """The version that a redo leads to from this one; None where there is none."""
        with self.database.read() as connection:
            return self._next(connection, storyboard, number, self._row(connection, storyboard).tip)

    def head(self, storyboard: str) -> Version:
        """The version being looked at."""
        return self.version(storyboard)

    def version(self, storyboard: str, number: int | None = None) -> Version:
        """One version, or the head."""
        with self.database.read() as connection:
            row = self._row(connection, storyboard)
            return load_version(connection, storyboard, row.head if number is None else number)

    def versions(self, storyboard: str, *, limit: int | None = 50, before: int | None = None) -> list[VersionInfo]:
        """A page of the version list, newest first; the next page is `before` the last number of this one."""
        query = infos().where(VersionRow.storyboard_id == storyboard).order_by(VersionRow.number.desc()).limit(limit)
        if before is not None:
            query = query.where(VersionRow.number < before)
        with self.database.read() as connection:
            self._row(connection, storyboard)
            return [VersionInfo(*row) for row in connection.execute(query)]

    def lines(self, storyboard: str) -> list[VersionInfo]:
        """The newest version of every line, that is, every version that no other was made from; newest first."""
        child = aliased(VersionRow)
        query = (
            infos()
            .outerjoin(child, and_(child.storyboard_id == VersionRow.storyboard_id, child.parent == VersionRow.number))
            .where(VersionRow.storyboard_id == storyboard, child.id.is_(None))
            .order_by(VersionRow.number.desc())
        )
        with self.database.read() as connection:
            self._row(connection, storyboard)
            return [VersionInfo(*row) for row in connection.execute(query)]

    def compare(self, storyboard: str, a: int, b: int) -> Diff:
        """What changed from version `a` to version `b`, pictures named."""
        with self.database.read() as connection:
            self._row(connection, storyboard)
            before, after = load_version(connection, storyboard, a), load_version(connection, storyboard, b)
        return replace(diff(before.board, after.board, images=(before.images, after.images)), origin=a, target=b)

    def storyboards(
        self, *, conversation: str | None = None, limit: int | None = 50, before: datetime | None = None
    ) -> list[Storyboard]:
        """A page of the storyboards (of one conversation, if given), most lately changed first; the next page is
        `before` the last `updated_at` of this one."""
        query = self._storyboards().order_by(StoryboardRow.updated_at.desc(), StoryboardRow.id).limit(limit)
        if conversation is not None:
            query = query.where(StoryboardRow.conversation_id == conversation)
        if before is not None:
            query = query.where(StoryboardRow.updated_at < before)
        with self.database.read() as connection:
            return [Storyboard(*row) for row in connection.execute(query)]

    def storyboard(self, storyboard: str) -> Storyboard:
        """One storyboard's line."""
        with self.database.read() as connection:
            row = connection.execute(self._storyboards().where(StoryboardRow.id == storyboard)).first()
        if row is None:
            raise _no_storyboard(storyboard)
        return Storyboard(*row)

    def find(self, reference: str) -> str:
        """The id that `reference` means: an id, an unambiguous beginning of one, or "latest".
        Raises NotFoundError, AmbiguousReferenceError."""
        if reference == "latest":
            newest = self.storyboards(limit=1)
            if not newest:
                raise NotFoundError("there is no storyboard yet: make one with `taleboard draw STORY`")
            return newest[0].storyboard
        query = self._storyboards().where(StoryboardRow.id.startswith(reference, autoescape=True)).limit(2)
        with self.database.read() as connection:
            found = [row.id for row in connection.execute(query)] if reference else []
        if reference in found:
            return reference
        if len(found) > 1:
            raise AmbiguousReferenceError(f"more than one storyboard begins with {reference!r}: give more of its id")
        if not found:
            raise _no_storyboard(reference)
        return found[0]

    def revisions(self, storyboards: Collection[str]) -> dict[str, tuple[int, int]]:
        """What a poll needs: storyboard -> (revision, head). Unknown ids are left out."""
        query = select(StoryboardRow.id, StoryboardRow.revision, StoryboardRow.head).where(
            StoryboardRow.owner == self.owner, StoryboardRow.id.in_(storyboards)
        )
        with self.database.read() as connection:
            return {row.id: (row.revision, row.head) for row in connection.execute(query)}

    # The storyboard itself

    def attach(self, storyboard: str, conversation: str | None) -> None:
        """Makes the storyboard belong to a conversation, or to none."""
        with self.database.write() as connection:
            self._lock(connection, storyboard)
            if conversation is not None:
                self._check_conversation(connection, conversation)
            self._touch(connection, storyboard, conversation_id=conversation)

    def delete(self, storyboard: str) -> None:
        """Deletes the storyboard with all its versions. Pictures that nothing names any more go with the next gc."""
        with self.database.write() as connection:
            self._lock(connection, storyboard)
            self._delete(connection, storyboard)

    # Inside a transaction

    def _delete(self, connection: Connection, storyboard: str) -> None:
        connection.execute(delete(VersionRow).where(VersionRow.storyboard_id == storyboard))
        connection.execute(delete(PartRow).where(PartRow.storyboard_id == storyboard))
        connection.execute(delete(StoryboardRow).where(StoryboardRow.id == storyboard))

    def _next(self, connection: Connection, storyboard: str, head: int, tip: int) -> int | None:
        """The child of `head` on the way to `tip`."""
        query = select(VersionRow.number, VersionRow.parent).where(
            VersionRow.storyboard_id == storyboard, VersionRow.number.between(head + 1, tip)
        )
        parents = dict(connection.execute(query).tuples().all())
        number: int | None = tip
        while number is not None and number > head and parents[number] != head:
            number = parents[number]
        return None if number is None or number <= head else number

    def _begin(
        self,
        connection: Connection,
        written: Written,
        conversation: str | None,
        requests: Mapping[str, str],
        message: str,
        summary: str,
        message_id: int | None,
    ) -> Version:
        """Writes a new storyboard with its first version."""
        storyboard, now = secrets.token_hex(6), datetime.now(UTC)
        if conversation is not None:
            self._check_conversation(connection, conversation)
        connection.execute(
            insert(StoryboardRow).values(
                id=storyboard,
                owner=self.owner,
                conversation_id=conversation,
                title=written.board.title,
                head=1,
                tip=1,
                versions=0,
                revision=0,
                created_at=now,
                updated_at=now,
            )
        )
        return self._append(connection, storyboard, written, 1, None, requests, message, summary, message_id)

    def _row(self, connection: Connection, storyboard: str, *, lock: bool = False) -> Any:
        query = select(StoryboardRow.head, StoryboardRow.tip, StoryboardRow.versions).where(
            StoryboardRow.id == storyboard, StoryboardRow.owner == self.owner
        )
        row = connection.execute(query.with_for_update() if lock else query).first()
        if row is None:
            raise _no_storyboard(storyboard)
        return row

    def _lock(self, connection: Connection, storyboard: str) -> Any:
        """The storyboard's row, which no other transaction changes until this one ends."""
        return self._row(connection, storyboard, lock=True)

    def _storyboards(self) -> Any:
        return select(
            StoryboardRow.id,
            StoryboardRow.title,
            StoryboardRow.conversation_id,
            StoryboardRow.head,
            StoryboardRow.versions,
            StoryboardRow.revision,
            StoryboardRow.updated_at,
        ).where(StoryboardRow.owner == self.owner)

    def _check_conversation(self, connection: Connection, conversation: str) -> None:
        query = select(ConversationRow.id).where(
            ConversationRow.id == conversation, ConversationRow.owner == self.owner
        )
        if connection.scalar(query) is None:
            raise NotFoundError(f"there is no conversation {conversation}")

    def _check_message(self, connection: Connection, message_id: int) -> None:
        query = (
            select(MessageRow.id)
            .join(ConversationRow, ConversationRow.id == MessageRow.conversation_id)
            .where(MessageRow.id == message_id, ConversationRow.owner == self.owner)
        )
        if connection.scalar(query) is None:
            raise NotFoundError(f"there is no message {message_id}")

    def _append(
        self,
        connection: Connection,
        storyboard: str,
        written: Written,
        number: int,
        parent: int | None,
        requests: Mapping[str, str],
        message: str,
        summary: str,
        message_id: int | None,
    ) -> Version:
        """Writes a version and makes it the head. The storyboard's row is locked already."""
        if message_id is not None:
            self._check_message(connection, message_id)
        version = write_version(
            connection,
            self.owner,
            storyboard,
            written,
            number=number,
            parent=parent,
            requests=requests,
            message=message,
            summary=summary,
            message_id=message_id,
        )
        self._touch(connection, storyboard, head=number, tip=number, versions=number, title=written.board.title)
        return version

    def _move_head(self, connection: Connection, storyboard: str, number: int, tip: int) -> Version:
        version = load_version(connection, storyboard, number)
        self._touch(connection, storyboard, head=number, tip=tip, title=version.board.title)
        return version

    def _touch(self, connection: Connection, storyboard: str, **values: Any) -> None:
        connection.execute(
            update(StoryboardRow)
            .where(StoryboardRow.id == storyboard)
            .values(revision=StoryboardRow.revision + 1, updated_at=datetime.now(UTC), **values)
        )


def _no_storyboard(reference: str) -> NotFoundError:
    return NotFoundError(f"there is no storyboard {reference!r}: `taleboard boards` lists them")
