"""Backups: one ZIP file that holds every table and every picture, and restores into SQLite or PostgreSQL alike.

Inside are `taleboard-backup.json` (what the file is, and how much of it there must be), `tables/NAME.jsonl` (a row a
line) and `pictures/SHA256`. The queue is left out: what was being drawn is asked for again by the board that wants it.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from sqlalchemy import (
    Column,
    Connection,
    DateTime,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    func,
    insert,
    inspect,
    select,
    text,
)

from db.blobs import Blobs
from db.database import Database, migrate
from db.errors import BackupError, DamagedPictureError, StorageError
from db.files import whole_file
from db.maintenance import Progress, unseen
from db.migrations import revisions
from db.tables import Base

__all__ = ["BackupSummary", "backup_tables", "restore_backup", "write_backup"]

FORMAT = 1
MANIFEST = "taleboard-backup.json"
MANIFEST_LIMIT = 1 << 20
ROW_LIMIT = 64 << 20
"""No row of ours comes near this many bytes: a file with a longer line is no backup."""
ROWS_AT_ONCE = 500

# A row comes after those that it refers to; the references that go round in a circle are checked at the end.
ORDER = (
    "conversations",
    "messages",
    "storyboards",
    "parts",
    "pictures",
    "requests",
    "versions",
    "version_scenes",
)
NO_ID = Column("id", LargeBinary)
LEFT_OUT = ("alembic_version", "jobs", "message_search")


@dataclass(frozen=True)
class BackupSummary:
    """What a backup holds. `missing` are the SHA-256 of pictures that should be in it but are lost or damaged."""

    file: Path
    rows: int
    pictures: int
    missing: tuple[str, ...]


def write_backup(database: Database, blobs: Blobs, file: Path, *, progress: Progress = unseen) -> BackupSummary:
    """Writes everything that the database holds at one moment, with its pictures, to a new file.
    Raises StorageError, BackupError where the file is there already."""
    return _write(database, blobs, file, progress)


def backup_tables(database: Database, file: Path) -> BackupSummary:
    """Writes the tables only, before something is done to them; the pictures stay where they are."""
    return _write(database, None, file)


def restore_backup(database: Database, blobs: Blobs, file: Path, *, progress: Progress = unseen) -> BackupSummary:
    """Makes the database what it was when the backup was written, after a backup of what it holds now. One transaction:
    either all of it is restored or nothing is changed. Raises BackupError, StorageError."""
    with _opened(file) as (archive, manifest):
        pictures = _restore_pictures(archive, blobs, progress)
        progress("tables", 0, 0)
        before = database.revision()
        if before is not None and _holds_anything(database):
            backup_tables(database, database.backups / f"before-restore-{datetime.now(UTC):%Y%m%dT%H%M%S%fZ}.zip")
        with database.migrating() as connection:
            _drop(connection)
            migrate(connection, manifest["revision"])
            rows = _restore_tables(connection, archive, manifest["tables"])
            migrate(connection, revisions()[-1])
    with database.read() as connection:
        named = connection.scalars(text("select distinct sha256 from pictures order by sha256")).all()
    return BackupSummary(file, rows, pictures, tuple(name for name in named if blobs.size(name) is None))


# Writing


def _write(database: Database, blobs: Blobs | None, file: Path, progress: Progress = unseen) -> BackupSummary:
    if file.exists():
        raise BackupError(f"{file} is there already: choose another name, nothing was written")
    missing: list[str] = []
    pictures = 0
    with _new_file(file) as part, zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
        progress("tables", 0, 0)
        with database.read() as connection:
            tables = _reflect(connection)
            counts = {table.name: _write_table(connection, archive, table) for table in tables}
            revision = connection.scalar(text("select version_num from alembic_version"))
            names = connection.scalars(text("select distinct sha256 from pictures order by sha256")).all()
        for number, name in enumerate(names if blobs is not None else ()):
            progress("pictures", number, len(names))
            try:
                # Pictures are compressed already.
                archive.writestr(f"pictures/{name}", blobs.get(name), zipfile.ZIP_STORED)  # type: ignore[union-attr]
                pictures += 1
            except DamagedPictureError:
                missing.append(name)
        manifest = {
            "format": FORMAT,
            "revision": revision,
            "created_at": datetime.now(UTC).isoformat(),
            "tables": counts,
            "pictures": pictures,
            "missing": missing,
        }
        archive.writestr(MANIFEST, json.dumps(manifest, indent=1))
    return BackupSummary(file, sum(counts.values()), pictures, tuple(missing))


@contextmanager
def _new_file(file: Path) -> Iterator[IO[bytes]]:
    """A file that gets its name when it is whole. Raises StorageError."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with whole_file(file) as beside, open(beside, "xb") as stream:
            yield stream
    except OSError as error:
        what = os.strerror(error.errno) if error.errno else str(error)
        raise StorageError(f"the backup {file} cannot be written: {what}") from error


def _write_table(connection: Connection, archive: zipfile.ZipFile, table: Table) -> int:
    rows = 0
    columns = [column for column in table.columns if column.computed is None]
    query = select(*columns).order_by(*table.primary_key.columns)
    with archive.open(f"tables/{table.name}.jsonl", "w", force_zip64=True) as stream:
        for row in connection.execution_options(yield_per=ROWS_AT_ONCE).execute(query).mappings():
            value = {name: _to_json(item) for name, item in row.items()}
            stream.write(json.dumps(value, ensure_ascii=False).encode() + b"\n")
            rows += 1
    return rows


def _to_json(value: Any) -> Any:
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat() if value.tzinfo else value.replace(tzinfo=UTC).isoformat()
        case bytes() | memoryview():
            return base64.b64encode(bytes(value)).decode()
    return value


# Reading


@contextmanager
def _opened(file: Path) -> Iterator[tuple[zipfile.ZipFile, Mapping[str, Any]]]:
    """A backup that this program can read. Raises BackupError."""
    try:
        with zipfile.ZipFile(file) as archive:
            with archive.open(MANIFEST) as stream:
                manifest = json.loads(stream.read(MANIFEST_LIMIT))
            if manifest["format"] != FORMAT or manifest["revision"] not in revisions():
                raise BackupError(f"{file} was written by a newer Taleboard: update this program to restore it")
            if sum(name.startswith("pictures/") for name in archive.namelist()) != manifest["pictures"]:
                raise BackupError(f"{file} is not whole: pictures are missing from it; nothing was restored")
            yield archive, manifest
    except FileNotFoundError:
        raise BackupError(f"{file} is not there") from None
    except (zipfile.BadZipFile, KeyError, TypeError, ValueError, EOFError) as error:
        raise BackupError(f"{file} is not a whole backup ({error}); nothing was restored") from error


def _restore_pictures(archive: zipfile.ZipFile, blobs: Blobs, progress: Progress) -> int:
    pictures = [info for info in archive.infolist() if info.filename.startswith("pictures/")]
    for number, info in enumerate(pictures):
        progress("pictures", number, len(pictures))
        name = info.filename.removeprefix("pictures/")
        data = archive.read(info)
        if hashlib.sha256(data).hexdigest() != name:
            raise BackupError(f"the picture {name[:64]} in the backup is damaged; nothing was restored")
        blobs.put(data)
    return len(pictures)


def _restore_tables(connection: Connection, archive: zipfile.ZipFile, counts: Mapping[str, int]) -> int:
    total = 0
    for table in _reflect(connection):
        rows = 0
        with archive.open(f"tables/{table.name}.jsonl") as stream:
            for batch in _batches(_rows(stream, table)):
                connection.execute(insert(table), batch)
                rows += len(batch)
        if rows != counts[table.name]:
            raise BackupError(f"the backup is not whole: {table.name} has {rows} rows of {counts[table.name]}")
        total += rows
        if connection.dialect.name == "postgresql" and isinstance(table.columns.get("id", NO_ID).type, Integer):
            newest = select(func.max(table.columns["id"])).scalar_subquery()
            connection.execute(select(func.setval(func.pg_get_serial_sequence(table.name, "id"), newest)))
    return total


def _rows(stream: IO[bytes], table: Table) -> Iterator[dict[str, Any]]:
    while line := stream.readline(ROW_LIMIT):
        if not line.endswith(b"\n"):
            raise ValueError("a row is cut off")
        yield {name: _from_json(value, table.columns[name].type) for name, value in json.loads(line).items()}


def _from_json(value: Any, column_type: Any) -> Any:
    if isinstance(value, str) and isinstance(column_type, DateTime):
        return datetime.fromisoformat(value).astimezone(UTC)
    if isinstance(value, str) and isinstance(column_type, LargeBinary):
        return base64.b64decode(value)
    return value


def _batches(rows: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    batch: list[dict[str, Any]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == ROWS_AT_ONCE:
            yield batch
            batch = []
    if batch:
        yield batch


# The tables as they are in the database, which may be of an older revision than `db.tables`


def _reflect(connection: Connection) -> list[Table]:
    names = [
        name
        for name in inspect(connection).get_table_names()
        if not name.startswith(LEFT_OUT) and not name.startswith("sqlite_")
    ]
    metadata = MetaData()
    metadata.reflect(connection, only=[name for name in names if name in ORDER or name in Base.metadata.tables])
    return sorted(metadata.tables.values(), key=lambda table: ORDER.index(table.name) if table.name in ORDER else 99)


def _drop(connection: Connection) -> None:
    """Drops our tables, in whatever revision they are; others that a PostgreSQL database may hold stay."""
    cascade = "" if connection.dialect.name == "sqlite" else " cascade"
    if not cascade:  # before the tables that they write to
        for name in connection.scalars(text("select name from sqlite_master where type = 'trigger'")).all():
            connection.execute(text(f"drop trigger {name}"))
    for name in (*LEFT_OUT, *Base.metadata.tables):
        connection.execute(text(f"drop table if exists {name}{cascade}"))
    if cascade:
        connection.execute(text("drop function if exists taleboard_refuse"))


def _holds_anything(database: Database) -> bool:
    with database.read() as connection:
        return any(
            connection.execute(text(f"select 1 from {name} limit 1")).first() is not None
            for name in ("conversations", "storyboards", "pictures")
        )
