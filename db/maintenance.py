"""Looking after the data: is everything whole, and what does nobody name any more."""

from __future__ import annotations

import hashlib
import json
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, delete, func, select, text

from db.blobs import Blob, Blobs
from db.board import canonical_json, digest
from db.database import Database
from db.errors import DamagedPictureError, StorageError
from db.jobs import Jobs
from db.tables import (
    JobRow,
    MessageRow,
    PartRow,
    PictureRow,
    RequestRow,
    StoryboardRow,
    VersionRow,
    VersionSceneRow,
)

__all__ = ["Collected", "Progress", "check", "collect_garbage", "unseen"]

Progress = Callable[[str, int, int], None]
"""Told what is looked at, and how many of how many are done (0 where they are not counted)."""

KEEP_UNNAMED = timedelta(days=1)
"""A picture that nothing names (yet) is kept this long: a candidate to be picked, an upload to be used."""

LONGEST_WRITE = timedelta(hours=1)
"""An unfinished file may be one that is being written, unless it is older than that."""

LONGEST_HOLD, REST = 0.02, 0.1
"""Seconds for which files are deleted while nobody else writes, and seconds between two such times: SQLite's waiting
writers look that often whether they may go on."""

KEEP_ENDED_JOBS = timedelta(days=7)

SHA256 = re.compile(r"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")


@dataclass(frozen=True)
class Collected:
    """What a garbage collection removed."""

    pictures: int
    bytes: int
    requests: int
    jobs: int


# Checking


def unseen(step: str, done: int, total: int) -> None:
    """Progress that nobody watches."""


def check(database: Database, blobs: Blobs, *, progress: Progress = unseen) -> list[str]:
    """Looks at everything there is; one line for each thing that is wrong, none where all is well. Nothing is
    changed."""
    problems: list[str] = []
    progress("the database file", 0, 0)
    try:
        problems += _check_file(database)
        with database.read() as connection:
            for step, checker in (
                ("scenes", _check_parts),
                ("versions", _check_versions),
                ("conversations", _check_heads),
            ):
                progress(step, 0, 0)
                problems += checker(connection)
            problems += _check_pictures(connection, blobs, progress)
    except StorageError as error:
        problems.append(str(error))
    return problems


def _check_file(database: Database) -> Iterator[str]:
    if not database.is_sqlite:
        return
    with database.read() as connection:
        for row in connection.exec_driver_sql("pragma integrity_check").all():
            if row[0] != "ok":
                yield f"the database file is damaged: {row[0]}"
        for row in connection.exec_driver_sql("pragma foreign_key_check").all():
            yield f"a row of {row[0]} refers to one of {row[2]} that is not there"
        indexed = select(func.count()).select_from(text("message_search_docsize"))
        if connection.scalar(indexed) != connection.scalar(select(func.count()).select_from(MessageRow)):
            yield "the search index does not match the messages"


def _check_parts(connection: Connection) -> Iterator[str]:
    query = select(PartRow.storyboard_id, PartRow.digest, PartRow.body).execution_options(yield_per=1000)
    for storyboard, name, body in connection.execute(query):
        if hashlib.sha256(body.encode()).hexdigest() != name:
            yield f"a scene of storyboard {storyboard} is damaged: its words are not what they were ({name[:12]})"


def _check_versions(connection: Connection) -> Iterator[str]:
    """Each version put together again has the digest that it was written with, and numbers run without a gap."""
    bodies = {row.id: json.loads(row.body) for row in connection.execute(select(PartRow.id, PartRow.body))}
    scenes: dict[int, list[int]] = {}
    for version_id, position, part_id in connection.execute(
        select(VersionSceneRow.version_id, VersionSceneRow.position, VersionSceneRow.part_id).order_by(
            VersionSceneRow.version_id, VersionSceneRow.position
        )
    ):
        if position != len(scenes.setdefault(version_id, [])) + 1:
            yield f"a version ({version_id}) lacks a scene"
        scenes[version_id].append(part_id)
    for row in connection.execute(
        select(VersionRow.id, VersionRow.storyboard_id, VersionRow.number, VersionRow.frame_id, VersionRow.digest)
    ):
        board = {**bodies.get(row.frame_id, {}), "scenes": [bodies.get(part) for part in scenes.get(row.id, ())]}
        if digest(board) != row.digest:
            yield f"version {row.number} of storyboard {row.storyboard_id} is damaged: it is not what was saved"
    counted = (
        select(VersionRow.storyboard_id, func.count().label("found"), func.max(VersionRow.number).label("newest"))
        .group_by(VersionRow.storyboard_id)
        .subquery()
    )
    for row in connection.execute(
        select(StoryboardRow.id, StoryboardRow.versions, counted.c.found, counted.c.newest).outerjoin(
            counted, counted.c.storyboard_id == StoryboardRow.id
        )
    ):
        if not row.versions == row.found == row.newest:
            yield f"storyboard {row.id} should have {row.versions} versions and has {row.found or 0}"


def _check_heads(connection: Connection) -> Iterator[str]:
    for table, head in (("conversations", "messages"), ("storyboards", "versions")):
        key = ("conversation_id", "id") if table == "conversations" else ("storyboard_id", "number")
        for row in connection.execute(
            text(
                f"select a.id from {table} a left join {head} b on b.{key[0]} = a.id and b.{key[1]} = a.head "
                "where a.head is not null and b.id is null"
            )
        ):
            yield f"the head of {table[:-1]} {row.id} is not there"


def _check_pictures(connection: Connection, blobs: Blobs, progress: Progress) -> Iterator[str]:
    blobs.look()
    query = select(PictureRow.sha256, func.min(PictureRow.size).label("size")).group_by(PictureRow.sha256)
    pictures = connection.execute(query.order_by(PictureRow.sha256)).all()
    for number, (sha256, size) in enumerate(pictures):
        progress("pictures", number, len(pictures))
        try:
            if len(blobs.get(sha256)) != size:
                yield f"the picture {sha256} has another size than was noted"
        except DamagedPictureError as error:
            yield f"{error}; it is shown in {_where_shown(connection, sha256) or 'no version'}"


def _where_shown(connection: Connection, sha256: str) -> str:
    query = (
        select(VersionRow.storyboard_id, PartRow.body, func.min(VersionRow.number), func.max(VersionRow.number))
        .select_from(VersionSceneRow)
        .join(VersionRow, VersionRow.id == VersionSceneRow.version_id)
        .join(PartRow, PartRow.id == VersionSceneRow.part_id)
        .outerjoin(RequestRow, RequestRow.id == VersionSceneRow.request_id)
        .where((RequestRow.sha256 == sha256) | PartRow.body.contains(sha256))
        .group_by(VersionRow.storyboard_id, PartRow.id, PartRow.body)
        .order_by(VersionRow.storyboard_id, PartRow.id)
        .limit(3)
    )
    return "; ".join(
        f"scene {json.loads(body)['id']} of storyboard {storyboard}, versions {first} to {last}"
        for storyboard, body, first, last in connection.execute(query)
    )


# Garbage collection


def collect_garbage(
    database: Database, blobs: Blobs, *, older_than: timedelta = KEEP_UNNAMED, progress: Progress = unseen
) -> Collected:
    """Removes pictures (and requests) that no version, message or waiting job names, if they are older than that, files
    that no picture row names, what interrupted writes left, and jobs that ended long ago.

    What is named is found as an old-fashioned collector of memory finds it: whatever looks like a SHA-256 anywhere in
    what is kept counts as one. So a picture may stay too long, but none that is named can go.
    """
    before = datetime.now(UTC) - older_than
    progress("what is named", 0, 0)
    with database.write(alone=True) as connection:  # a moment: nobody is in the middle of writing a row of a lower id
        seen = _seen(connection)
    with database.read() as connection:  # long, and nobody waits for it
        named = _named(connection)
    progress("what is named again", 0, 0)
    with database.write(alone=True) as connection:
        named |= _named(connection, seen)
        in_versions = select(VersionSceneRow.request_id).where(VersionSceneRow.request_id.is_not(None))
        requests = connection.execute(
            select(RequestRow.id, RequestRow.digest).where(
                RequestRow.created_at < before, RequestRow.id.not_in(in_versions)
            )
        ).all()
        gone = [row.id for row in requests if row.digest not in named]
        for some in _some(gone):
            connection.execute(delete(RequestRow).where(RequestRow.id.in_(some)))
        progress("pictures", 0, 0)
        drawn = select(RequestRow.owner, RequestRow.sha256).where(RequestRow.sha256.is_not(None))
        kept = set(connection.execute(drawn).tuples())
        pictures = connection.execute(
            select(PictureRow.owner, PictureRow.sha256).where(PictureRow.created_at < before)
        ).all()
        for number, (owner, sha256) in enumerate(pictures):
            progress("pictures", number, len(pictures))
            if (owner, sha256) not in kept and sha256 not in named:
                connection.execute(delete(PictureRow).where(PictureRow.owner == owner, PictureRow.sha256 == sha256))
    # The rows are gone for good before the first file is: a process that dies here leaves files, which go next time.
    removed, freed = _remove_files(database, blobs, before, progress)
    return Collected(removed, freed, len(gone), Jobs(database).prune(KEEP_ENDED_JOBS))


@dataclass(frozen=True)
class _Seen:
    """The newest rows of a look, and the messages that were still being written at it: what only later rows and these
    can name has come since."""

    part: int = 0
    message: int = 0
    streaming: tuple[int, ...] = ()


def _seen(connection: Connection) -> _Seen:
    return _Seen(
        connection.scalar(select(func.max(PartRow.id))) or 0,
        connection.scalar(select(func.max(MessageRow.id))) or 0,
        tuple(connection.scalars(select(MessageRow.id).where(MessageRow.status == "streaming"))),
    )


def _named(connection: Connection, since: _Seen = _Seen()) -> set[str]:  # noqa: B008: frozen
    """Every SHA-256 that stands in what is kept, or in what of it came since an earlier look, and the pictures of the
    requests among them."""
    named: set[str] = set()
    for query in (
        select(PartRow.body).where(PartRow.id > since.part),
        select(MessageRow.content, MessageRow.tool_calls, MessageRow.data).where(
            (MessageRow.id > since.message) | MessageRow.id.in_(since.streaming)
        ),
        select(JobRow.request, JobRow.body).where(JobRow.state.in_(("queued", "running"))),
    ):
        for row in connection.execute(query.execution_options(yield_per=1000)):
            for value in row:
                spelled = value if isinstance(value, str) else canonical_json(value).decode()
                named.update(SHA256.findall(spelled))
    requests = select(RequestRow.sha256, RequestRow.digest).where(RequestRow.sha256.is_not(None))
    named.update([row.sha256 for row in connection.execute(requests) if row.digest in named])
    return named


def _remove_files(database: Database, blobs: Blobs, before: datetime, progress: Progress) -> tuple[int, int]:
    progress("files", 0, 0)
    removed = freed = 0
    left_behind = min(before, datetime.now(UTC) - LONGEST_WRITE)
    with database.read() as connection:
        have = set(connection.scalars(select(PictureRow.sha256)))
    unnamed: list[Blob] = []
    for number, blob in enumerate(blobs):
        progress("files", number, 0)
        if blob.name not in have and blob.modified_at < (left_behind if blob.unfinished else before):
            unnamed.append(blob)
    while unnamed:
        progress("files", removed, removed + len(unnamed))
        # Somebody may have given a picture again since: it goes only while nobody writes, and has no row then. The
        # lock is held for a moment at a time.
        with database.write(alone=True) as connection:
            until = time.monotonic() + LONGEST_HOLD
            while unnamed and time.monotonic() < until:
                blob = unnamed.pop()
                if connection.scalar(select(PictureRow.sha256).where(PictureRow.sha256 == blob.name).limit(1)) is None:
                    blobs.delete(blob.name)
                    removed += not blob.unfinished
                    freed += blob.size
        if unnamed:
            time.sleep(REST)
    return removed, freed


def _some(ids: list[int], count: int = 500) -> Iterator[list[int]]:
    for start in range(0, len(ids), count):
        yield ids[start : start + count]
