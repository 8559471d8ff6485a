"""The tables, as SQLAlchemy sees them. `db/migrations` makes them; a test holds the two together.

```
conversations 1--* messages            storyboards 1--* versions 1--* version_scenes *--1 parts
      \\__ head        (a tree)               \\__ head    (a graph)           *--1 requests *--1 pictures
```
A conversation, a storyboard, a picture, a request and a job each name their owner; every other row belongs to one of
those.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any, ClassVar

from sqlalchemy import (
    JSON,
    CheckConstraint,
    DateTime,
    Dialect,
    Double,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    MetaData,
    Text,
    TypeDecorator,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

__all__ = [
    "Base",
    "ConversationRow",
    "JobRow",
    "MessageRow",
    "PartRow",
    "PictureRow",
    "RequestRow",
    "StoryboardRow",
    "VersionRow",
    "VersionSceneRow",
]


UNSTORABLE = re.compile("[\0\ud800-\udfff]")


class Moment(TypeDecorator[datetime]):
    """A moment in time, always UTC: `timestamptz` on PostgreSQL, text without a zone on SQLite."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.replace(tzinfo=UTC) if value and value.tzinfo is None else value


class Words(TypeDecorator[str]):
    """Text, without the few characters that not every database can hold (NUL, half of a surrogate pair)."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        if value is None or (value.isascii() and "\0" not in value):
            return value
        return UNSTORABLE.sub("\ufffd", value)


class Base(DeclarativeBase):
    """What all tables share: constraints with predictable names, so that migrations can speak of them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar = {
        str: Words,
        datetime: Moment,
        float: Double,
        dict[str, Any]: JSON,
        list[dict[str, Any]]: JSON,
    }


class ConversationRow(Base):
    """`words` is the title as search sees it (see `db/words.py`). `turn` is the turn that has the conversation until
    `turn_until`: one at a time, in any number of processes (see `db/turns.py`)."""

    __tablename__ = "conversations"
    __table_args__ = (
        ForeignKeyConstraint(
            ["id", "head"],
            ["messages.conversation_id", "messages.id"],
            deferrable=True,
            initially="DEFERRED",
            use_alter=True,
        ),
        Index(None, "owner", "updated_at"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    owner: Mapped[str]
    title: Mapped[str]
    words: Mapped[str]
    archived: Mapped[bool]
    head: Mapped[int | None]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    turn: Mapped[str | None]
    turn_until: Mapped[datetime | None]


class MessageRow(Base):
    """`storyboard_id` and `version` name the board as it stood after the message. A parent is older than its child, so
    every chain of parents ends. `words` is the content as search sees it. `send_id` is made where the message is typed:
    what is sent twice is stored once."""

    __tablename__ = "messages"
    __table_args__ = (
        UniqueConstraint("conversation_id", "id"),
        ForeignKeyConstraint(
            ["conversation_id", "parent_id"], ["messages.conversation_id", "messages.id"], ondelete="CASCADE"
        ),
        ForeignKeyConstraint(
            ["storyboard_id", "version"],
            ["versions.storyboard_id", "versions.number"],
            ondelete="SET NULL",
            deferrable=True,
            initially="DEFERRED",
            use_alter=True,
        ),
        CheckConstraint("parent_id < id", name="parent_is_older"),
        CheckConstraint("role in ('user', 'assistant')", name="role"),
        CheckConstraint("status in ('streaming', 'complete', 'stopped', 'failed')", name="status"),
        Index(None, "conversation_id", "parent_id"),
        Index(None, "storyboard_id", "version"),
        Index(None, "send_id", unique=True),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"))
    parent_id: Mapped[int | None]
    role: Mapped[str]
    content: Mapped[str]
    words: Mapped[str]
    status: Mapped[str]
    tool_calls: Mapped[list[dict[str, Any]]]
    data: Mapped[dict[str, Any]]
    storyboard_id: Mapped[str | None]
    version: Mapped[int | None]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    send_id: Mapped[str | None]


class StoryboardRow(Base):
    """`head` is the version being looked at, `tip` where redo leads; `versions` counts them, and so is the newest
    number. `title` is the head's. `revision` grows with every change."""

    __tablename__ = "storyboards"
    __table_args__ = (
        ForeignKeyConstraint(
            ["id", "head"],
            ["versions.storyboard_id", "versions.number"],
            deferrable=True,
            initially="DEFERRED",
            use_alter=True,
        ),
        ForeignKeyConstraint(
            ["id", "tip"],
            ["versions.storyboard_id", "versions.number"],
            deferrable=True,
            initially="DEFERRED",
            use_alter=True,
        ),
        Index(None, "owner", "updated_at"),
        Index(None, "conversation_id"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    owner: Mapped[str]
    conversation_id: Mapped[str | None] = mapped_column(ForeignKey("conversations.id", ondelete="SET NULL"))
    title: Mapped[str]
    head: Mapped[int]
    tip: Mapped[int]
    versions: Mapped[int]
    revision: Mapped[int]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class PartRow(Base):
    """What versions share: a scene, or a board without its scenes, as canonical JSON under its SHA-256."""

    __tablename__ = "parts"
    __table_args__ = (UniqueConstraint("storyboard_id", "digest"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    storyboard_id: Mapped[str] = mapped_column(ForeignKey("storyboards.id", ondelete="CASCADE"))
    digest: Mapped[str]
    body: Mapped[str]


class VersionRow(Base):
    """One version; never changed once written (a trigger refuses it). `digest` is that of the whole board."""

    __tablename__ = "versions"
    __table_args__ = (
        UniqueConstraint("storyboard_id", "number"),
        ForeignKeyConstraint(["storyboard_id", "parent"], ["versions.storyboard_id", "versions.number"]),
        CheckConstraint("number >= 1", name="number_counts_from_1"),
        CheckConstraint("parent < number", name="parent_is_older"),
        Index(None, "message_id"),
        Index(None, "storyboard_id", "parent"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    storyboard_id: Mapped[str] = mapped_column(ForeignKey("storyboards.id", ondelete="CASCADE"))
    number: Mapped[int]
    parent: Mapped[int | None]
    frame_id: Mapped[int] = mapped_column(ForeignKey("parts.id"))
    digest: Mapped[str]
    message: Mapped[str]
    summary: Mapped[str]
    message_id: Mapped[int | None] = mapped_column(ForeignKey("messages.id", ondelete="SET NULL"))
    created_at: Mapped[datetime]


class VersionSceneRow(Base):
    """The scene at one place of a version, and the request for its picture. Two small numbers a scene, so that a
    version costs little more than what it changed."""

    __tablename__ = "version_scenes"
    __table_args__ = (
        CheckConstraint("position >= 1", name="position_counts_from_1"),
        Index(None, "part_id"),
        Index(None, "request_id"),
        {"sqlite_with_rowid": False},
    )

    version_id: Mapped[int] = mapped_column(ForeignKey("versions.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    part_id: Mapped[int] = mapped_column(ForeignKey("parts.id"))
    request_id: Mapped[int | None] = mapped_column(ForeignKey("requests.id"))


class PictureRow(Base):
    """A stored picture; its bytes are in the blob store."""

    __tablename__ = "pictures"
    __table_args__ = (CheckConstraint("length(sha256) = 64", name="sha256"), {"sqlite_with_rowid": False})

    owner: Mapped[str] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(primary_key=True)
    media_type: Mapped[str]
    size: Mapped[int]
    details: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]


class RequestRow(Base):
    """A request for a picture by its digest, and the picture, once it is drawn; then it never changes again."""

    __tablename__ = "requests"
    __table_args__ = (
        UniqueConstraint("owner", "digest"),
        ForeignKeyConstraint(["owner", "sha256"], ["pictures.owner", "pictures.sha256"]),
        Index(None, "owner", "sha256"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    owner: Mapped[str]
    digest: Mapped[str]
    sha256: Mapped[str | None]
    details: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]


IN_FLIGHT = "state in ('queued', 'running')"


class JobRow(Base):
    """A request being drawn or waiting for it. Times are seconds since 1970, by the clock of `Jobs`."""

    __tablename__ = "jobs"
    __table_args__ = (
        CheckConstraint("state in ('queued', 'running', 'done', 'failed', 'cancelled')", name="state"),
        CheckConstraint("(state = 'running') = (worker is not null)", name="running_has_a_worker"),
        CheckConstraint("(state = 'running') = (lease_until is not null)", name="running_has_a_lease"),
        Index(
            "uq_jobs_in_flight",
            "owner",
            "request",
            unique=True,
            sqlite_where=text(IN_FLIGHT),
            postgresql_where=text(IN_FLIGHT),
        ),
        Index(None, "state", "owner", "attempt", "id"),
        Index(None, "owner", "request"),
        Index(None, "owner", "started_at"),
        Index(None, "storyboard_id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    owner: Mapped[str]
    storyboard_id: Mapped[str | None] = mapped_column(ForeignKey("storyboards.id", ondelete="SET NULL"))
    request: Mapped[str]
    body: Mapped[dict[str, Any]]
    batch: Mapped[str]
    state: Mapped[str]
    attempt: Mapped[int]
    worker: Mapped[str | None]
    lease_until: Mapped[float | None]
    cancel: Mapped[bool]
    step: Mapped[int]
    total: Mapped[int]
    preview: Mapped[bytes | None] = mapped_column(LargeBinary)
    error: Mapped[str | None]
    created_at: Mapped[float]
    started_at: Mapped[float | None]
    updated_at: Mapped[float]
