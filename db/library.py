"""What somebody has: every storyboard, and every conversation that made none, as one list with covers."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import lru_cache
from typing import Any, Literal

from sqlalchemy import JSON, Boolean, Connection, Integer, String, case, cast, func, literal, null, select, type_coerce
from sqlalchemy import union_all as union

from db.conversations import Conversations
from db.database import Database
from db.history import LOCAL_OWNER
from db.tables import ConversationRow, PartRow, RequestRow, StoryboardRow, VersionRow, VersionSceneRow
from db.words import snippet, words

__all__ = ["Entry", "Library", "Order"]

Order = Literal["changed", "made", "title"]


@dataclass(frozen=True)
class Entry:
    """A line of the library: a storyboard with the conversation that it belongs to, or a conversation alone. `cover` is
    the SHA-256 of its first drawn panel; `drawn` of its `panels` panels have a picture; `found` says where a search
    found its words."""

    storyboard: str | None
    conversation: str | None
    title: str
    archived: bool
    versions: int
    created_at: datetime
    updated_at: datetime
    panels: int = 0
    drawn: int = 0
    cover: str | None = None
    size: tuple[int, int] | None = None
    found: str = ""

    @property
    def key(self) -> str:
        """What the entry is known by: the storyboard's id, or else the conversation's."""
        return self.storyboard or self.conversation or ""


@dataclass
class _Cover:
    size: tuple[int, int] | None = None
    panels: int = 0
    pictures: list[str] = field(default_factory=list)


class Library:
    """The library of one owner."""

    def __init__(self, database: Database, owner: str = LOCAL_OWNER) -> None:
        self.database = database
        self.owner = owner

    def page(
        self,
        *,
        archived: bool = False,
        order: Order = "changed",
        limit: int = 24,
        offset: int = 0,
        hidden: Collection[str] = (),
    ) -> list[Entry]:
        """A page of the list, without those entries whose key is `hidden`. Four queries, however long the list is."""
        lines = self._lines(archived, hidden)
        ways: dict[Order, Any] = {
            "changed": lines.c.updated_at.desc(),
            "made": lines.c.created_at.desc(),
            "title": func.lower(lines.c.title),
        }
        query = select(lines).order_by(ways[order], lines.c.key).limit(limit).offset(offset)
        with self.database.read() as connection:
            return self._entries(connection, connection.execute(query).all())

    def count(self, *, archived: bool = False, hidden: Collection[str] = ()) -> int:
        """How many entries there are."""
        with self.database.read() as connection:
            return connection.scalar(select(func.count()).select_from(self._lines(archived, hidden))) or 0

    def search(self, text: str, *, hidden: Collection[str] = (), limit: int = 60) -> list[Entry]:
        """Entries, archived ones too, whose title, story or messages hold every word of `text` (a word may be the
        beginning of one; accents and case do not matter), most lately changed first."""
        wanted = words(text)
        if not wanted:
            return []
        said: dict[str, str] = {}
        for hit in Conversations(self.database, self.owner).search(text, limit=500):
            said.setdefault(hit.conversation, hit.snippet)
        with self.database.read() as connection:
            told = self._told(connection, wanted)
            lines = self._lines(None, hidden)
            query = select(lines).order_by(lines.c.updated_at.desc(), lines.c.key)
            found = [row for row in connection.execute(query) if row.storyboard in told or row.conversation in said]
            entries = self._entries(connection, found[:limit])
        return [
            replace(entry, found=told.get(entry.storyboard or "") or said.get(entry.conversation or "", ""))
            for entry in entries
        ]

    def _lines(self, archived: bool | None, hidden: Collection[str]) -> Any:
        """Storyboards, and conversations that have said something and have none."""
        is_archived = func.coalesce(ConversationRow.archived, literal(False, Boolean))
        boards = (
            select(
                StoryboardRow.id.label("key"),
                StoryboardRow.id.label("storyboard"),
                ConversationRow.id.label("conversation"),
                StoryboardRow.title.label("title"),
                is_archived.label("archived"),
                StoryboardRow.versions.label("versions"),
                StoryboardRow.head.label("head"),
                StoryboardRow.created_at.label("created_at"),
                StoryboardRow.updated_at.label("updated_at"),
            )
            .outerjoin(ConversationRow, ConversationRow.id == StoryboardRow.conversation_id)
            .where(StoryboardRow.owner == self.owner, StoryboardRow.id.not_in(hidden))
        )
        have = select(StoryboardRow.id).where(StoryboardRow.conversation_id == ConversationRow.id).exists()
        talks = select(
            ConversationRow.id,
            cast(null(), String),
            ConversationRow.id,
            ConversationRow.title,
            ConversationRow.archived,
            cast(literal(0), Integer),
            cast(null(), Integer),
            ConversationRow.created_at,
            ConversationRow.updated_at,
        ).where(
            ConversationRow.owner == self.owner,
            ConversationRow.head.is_not(None),
            ConversationRow.id.not_in(hidden),
            ~have,
        )
        if archived is not None:
            boards = boards.where(is_archived.is_(archived))
            talks = talks.where(ConversationRow.archived.is_(archived))
        return union(boards, talks).subquery()

    def _entries(self, connection: Connection, rows: Sequence[Any]) -> list[Entry]:
        covers = self._covers(connection, [row.storyboard for row in rows if row.storyboard])
        entries = []
        for row in rows:
            cover = covers.get(row.storyboard, _Cover())
            entries.append(
                Entry(
                    row.storyboard,
                    row.conversation,
                    row.title,
                    bool(row.archived),
                    row.versions,
                    row.created_at,
                    row.updated_at,
                    cover.panels,
                    len(cover.pictures),
                    cover.pictures[0] if cover.pictures else None,
                    cover.size,
                )
            )
        return entries

    def _covers(self, connection: Connection, storyboards: Collection[str]) -> Mapping[str, _Cover]:
        """What the head of each storyboard shows. A picked picture is named in the scene itself."""
        frame, scene = PartRow.__table__.alias("frame"), PartRow.__table__.alias("scene")
        picked = case((scene.c.body.contains('"picked":"'), scene.c.body), else_=None)
        query = (
            select(StoryboardRow.id, frame.c.body.label("frame"), RequestRow.sha256, picked.label("picked"))
            .join(
                VersionRow, (VersionRow.storyboard_id == StoryboardRow.id) & (VersionRow.number == StoryboardRow.head)
            )
            .join(frame, frame.c.id == VersionRow.frame_id)
            .join(VersionSceneRow, VersionSceneRow.version_id == VersionRow.id)
            .join(scene, scene.c.id == VersionSceneRow.part_id)
            .outerjoin(RequestRow, RequestRow.id == VersionSceneRow.request_id)
            .where(StoryboardRow.owner == self.owner, StoryboardRow.id.in_(storyboards))
            .order_by(StoryboardRow.id, VersionSceneRow.position)
        )
        covers: dict[str, _Cover] = {}
        for row in connection.execute(query):
            cover = covers.setdefault(row.id, _Cover())
            cover.panels += 1
            cover.size = cover.size or tuple(json.loads(row.frame)["drawing"]["size"])
            picture = json.loads(row.picked).get("picked") if row.picked else row.sha256
            if picture:
                cover.pictures.append(picture)
        return covers

    def _told(self, connection: Connection, wanted: Sequence[str]) -> dict[str, str]:
        """Storyboard -> words around a hit, for those whose title and story at the head hold all the words."""
        telling = _text_of(PartRow.body, self.database.is_sqlite)
        query = (
            select(StoryboardRow.id, StoryboardRow.title, telling.label("text"))
            .join(
                VersionRow, (VersionRow.storyboard_id == StoryboardRow.id) & (VersionRow.number == StoryboardRow.head)
            )
            .join(VersionSceneRow, VersionSceneRow.version_id == VersionRow.id)
            .join(PartRow, PartRow.id == VersionSceneRow.part_id)
            .where(StoryboardRow.owner == self.owner)
            .order_by(StoryboardRow.id, VersionSceneRow.position)
        )
        left: dict[str, set[str]] = {}
        places: dict[str, str] = {}
        for storyboard, title, text in connection.execute(query):
            if storyboard not in left:
                left[storyboard] = {word for word in wanted if f" {word}" not in _folded(title)}
            here = [word for word in wanted if f" {word}" in _folded(text or "")]
            if here:
                left[storyboard] -= set(here)
                places.setdefault(storyboard, snippet(text, here))
        return {storyboard: places.get(storyboard, "") for storyboard, missing in left.items() if not missing}


def _text_of(body: Any, is_sqlite: bool) -> Any:
    return (type_coerce(body, JSON) if is_sqlite else cast(body, JSON))["text"].as_string()


@lru_cache(maxsize=50_000)
def _folded(text: str) -> str:
    """Scenes never change, so that each is folded once per process."""
    return " " + " ".join(words(text))
