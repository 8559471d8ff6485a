"""Backups: everything in one file, and back again into either database."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import URL, select

from db.backup import restore_backup, write_backup
from db.blobs import Blobs
from db.board_json import board_json
from db.conversations import Conversations
from db.database import Database, open_database
from db.errors import BackupError, StorageError
from db.history import History
from db.jobs import Jobs, NewJob
from db.maintenance import check
from db.pictures import Pictures
from db.tables import Base
from db.turns import Turns
from tests.db.examples import BOARD, requests_of
from tests.db.written import add, commit, redo, undo


def fill(database: Database, blobs: Blobs) -> str:
    """Something of everything; returns the storyboard."""
    conversations, history = Conversations(database), History(database)
    conversation = conversations.create("The Lantern").id
    message = add(conversations, conversation, "user", "d’accord: “漢字” \U0001f98a", data={"a": [1, None]})
    version = history.create(BOARD, requests=requests_of(BOARD), conversation=conversation, message_id=message.id)
    answer = add(conversations, conversation, "assistant", storyboard=version.storyboard, version=1)
    Turns(conversations.database).begin(conversation, instead_of=answer.id)
    Pictures(database, blobs).add_drawn(version.requests["s1"], b"one", metadata={"seconds": 0.25})
    Pictures(database, blobs, "ann").add(b"two")
    commit(history, version.storyboard, replace(BOARD, title="2"), parent=1, requests=requests_of(BOARD))
    undo(history, version.storyboard)
    Jobs(database).enqueue("local", [NewJob("r", {})])
    return version.storyboard


def everything(database: Database) -> dict[str, list[Any]]:
    """Every row of every table but the queue."""
    with database.read() as connection:
        return {
            table.name: sorted(map(repr, connection.execute(select(table)).mappings()))
            for table in Base.metadata.tables.values()
            if table.name != "jobs"
        }


@pytest.fixture
def backup(database: Database, blobs: Blobs, tmp_path: Path) -> Path:
    fill(database, blobs)
    summary = write_backup(database, blobs, tmp_path / "backup.zip")
    assert (summary.pictures, summary.missing) == (2, ())
    return summary.file


def in_utc(rows: dict[str, list[str]]) -> dict[str, list[str]]:
    """PostgreSQL and SQLite name the same zone differently."""
    return {
        table: [row.replace("zoneinfo.ZoneInfo(key='Etc/UTC')", "datetime.timezone.utc") for row in found]
        for table, found in rows.items()
    }


def test_a_backup_restores_everything_into_an_empty_place(database: Database, backup: Path, tmp_path: Path) -> None:
    new = open_database(f"sqlite:///{tmp_path / 'new' / 't.db'}", upgrade=False)
    blobs = Blobs((tmp_path / "new" / "images").as_uri())
    summary = restore_backup(new, blobs, backup)
    assert (summary.pictures, summary.missing) == (2, ())
    assert in_utc(everything(new)) == in_utc(everything(database))
    assert check(new, blobs) == []
    storyboard = History(new).find("latest")
    assert redo(History(new), storyboard).number == 2
    assert commit(History(new), storyboard, BOARD, parent=2).number == 3
    assert Conversations(new).search("漢字")
    new.close()


@pytest.mark.postgres
def test_a_backup_of_sqlite_restores_into_postgresql(postgresql_url: URL, tmp_path: Path) -> None:
    sqlite = open_database(f"sqlite:///{tmp_path / 't.db'}")
    storyboard = fill(sqlite, Blobs((tmp_path / "images").as_uri()))
    backup = write_backup(sqlite, Blobs((tmp_path / "images").as_uri()), tmp_path / "backup.zip").file
    postgresql = open_database(postgresql_url.render_as_string(hide_password=False), backups=tmp_path / "backups")
    blobs = Blobs((tmp_path / "other").as_uri())
    restore_backup(postgresql, blobs, backup)
    assert in_utc(everything(postgresql)) == in_utc(everything(sqlite))
    assert check(postgresql, blobs) == []
    history = History(postgresql)
    assert board_json(history.head(storyboard)) == board_json(History(sqlite).head(storyboard))
    # New rows get numbers that the restored ones do not have.
    assert commit(history, storyboard, replace(BOARD, title="3"), parent=1, requests={"s1": "new"}).number == 3
    conversations = Conversations(postgresql)
    assert add(conversations, conversations.create().id, "user", "after").siblings
    postgresql.close()


def test_restoring_keeps_a_backup_of_what_was_there(
    database: Database, blobs: Blobs, backup: Path, tmp_path: Path
) -> None:
    before = everything(database)
    later = History(database).create(replace(BOARD, title="made after the backup")).storyboard
    restore_backup(database, blobs, backup)
    assert everything(database) == before
    (kept,) = (tmp_path / "backups").glob("before-restore-*.zip")
    restore_backup(database, blobs, kept)
    assert History(database).head(later).board.title == "made after the backup"
    assert check(database, blobs) == []


def cut_short(backup: Path) -> None:
    backup.write_bytes(backup.read_bytes()[:-200])


def no_backup(backup: Path) -> None:
    backup.write_text("Once upon a time")


def another_zip(backup: Path) -> None:
    with zipfile.ZipFile(backup, "w") as archive:
        archive.writestr("story.txt", "Once upon a time")


def rewritten(change: Callable[[str, bytes], bytes | None]) -> Callable[[Path], None]:
    def rewrite(backup: Path) -> None:
        with zipfile.ZipFile(backup) as archive:
            files = {name: archive.read(name) for name in archive.namelist()}
        with zipfile.ZipFile(backup, "w") as archive:
            for name, data in files.items():
                if (changed := change(name, data)) is not None:
                    archive.writestr(name, changed)

    return rewrite


def manifest(**changes: object) -> Callable[[Path], None]:
    def change(name: str, data: bytes) -> bytes:
        return json.dumps({**json.loads(data), **changes}).encode() if name == "taleboard-backup.json" else data

    return rewritten(change)


@pytest.mark.parametrize(
    "damage",
    [
        cut_short,
        no_backup,
        another_zip,
        rewritten(lambda name, data: b"other" if name.startswith("pictures/") else data),
        rewritten(lambda name, data: None if name.startswith("pictures/") else data),
        rewritten(lambda name, data: None if name == "tables/versions.jsonl" else data),
        rewritten(lambda name, data: data[:-20] if name == "tables/messages.jsonl" else data),
        rewritten(lambda name, data: data.split(b"\n")[0] + b"\n" if name == "tables/versions.jsonl" else data),
        rewritten(lambda name, data: data.replace(b'"s', b"") if name == "tables/parts.jsonl" else data),
        manifest(format=2),
        manifest(revision="9999"),
        manifest(tables=None),
    ],
)
def test_a_file_that_is_no_whole_backup_changes_nothing(
    database: Database, blobs: Blobs, backup: Path, damage: Callable[[Path], None]
) -> None:
    History(database).create(BOARD)
    before = everything(database)
    damage(backup)
    with pytest.raises((BackupError, StorageError)) as refusal:
        restore_backup(database, blobs, backup)
    assert "\n" not in str(refusal.value)
    assert everything(database) == before
    assert check(database, blobs) == []


def test_a_backup_that_is_not_there_is_named(database: Database, blobs: Blobs, tmp_path: Path) -> None:
    with pytest.raises(BackupError, match=r"nowhere\.zip is not there"):
        restore_backup(database, blobs, tmp_path / "nowhere.zip")


def test_a_file_that_is_there_is_not_written_over(database: Database, blobs: Blobs, backup: Path) -> None:
    before = backup.read_bytes()
    with pytest.raises(BackupError, match="is there already"):
        write_backup(database, blobs, backup)
    assert backup.read_bytes() == before


def test_a_backup_that_cannot_be_written_leaves_nothing_half_done(
    database: Database, blobs: Blobs, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(StorageError, match="cannot be written"):
        write_backup(database, blobs, tmp_path / "file" / "backup.zip")
    assert list(tmp_path.rglob("*.part")) == []


def test_a_lost_picture_is_named_and_the_rest_is_kept(database: Database, blobs: Blobs, tmp_path: Path) -> None:
    fill(database, blobs)
    lost = next(iter(blobs)).name
    blobs.delete(lost)
    summary = write_backup(database, blobs, tmp_path / "backup.zip")
    assert (summary.pictures, summary.missing) == (1, (lost,))
    other = Blobs((tmp_path / "other").as_uri())
    new = open_database(f"sqlite:///{tmp_path / 'new.db'}", upgrade=False)
    assert restore_backup(new, other, summary.file).missing == (lost,)
    new.close()
