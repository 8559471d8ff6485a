"""Opening a database: made, upgraded after a backup, refused where it cannot be used; and what a person is told."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import threading
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

import db.migrations
from db.blobs import Blobs
from db.conversations import Conversations
from db.database import Database, open_database
from db.errors import NewerDatabaseError, StorageError
from db.history import History
from db.maintenance import check
from db.tables import Base
from tests.children import in_a_child, nobody
from tests.db.examples import BOARD
from tests.db.written import commit


def test_a_database_is_made_with_its_folder_and_opened_again(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'new' / 'folder' / 't.db'}"
    first = open_database(url)
    storyboard = History(first).create(BOARD).storyboard
    first.close()
    assert History(open_database(url)).head(storyboard).board == BOARD


def test_the_migrations_make_the_tables_that_the_program_reads(database: Database) -> None:
    def ours(_: object, name: str | None, kind: str, reflected: bool, __: object) -> bool:
        search = name is not None and (name.startswith("message_search") or name in ("search", "ix_messages_search"))
        return not (reflected and search)

    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": ours, "compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_the_revisions_are_one_line_and_named_after_their_files() -> None:
    script = ScriptDirectory(str(db.migrations.FOLDER))
    line = [revision.revision for revision in script.walk_revisions()][::-1]
    assert line == db.migrations.revisions()
    assert script.get_heads() == line[-1:]


def test_opening_at_the_same_time_makes_the_tables_once(new_url: str) -> None:
    opened: list[Database] = []
    threads = [threading.Thread(target=lambda: opened.append(open_database(new_url))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(opened) == 4
    assert History(opened[0]).create(BOARD).number == 1


def test_opening_waits_while_another_connection_writes_to_a_new_file(tmp_path: Path) -> None:
    file = tmp_path / "new.db"
    other = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
    other.execute("begin immediate")
    threading.Timer(0.3, other.commit).start()
    database = open_database(f"sqlite:///{file}")
    assert History(database).create(BOARD).number == 1
    other.close()


def test_a_database_from_a_newer_program_is_refused_and_left_alone(database: Database, database_url: str) -> None:
    storyboard = History(database).create(BOARD).storyboard
    known = database.revision()
    try:
        with database.write() as connection:
            connection.execute(text("update alembic_version set version_num = '9999'"))
        with pytest.raises(NewerDatabaseError, match=r"newer Taleboard .*9999.*update this program") as refusal:
            open_database(database_url)
        assert "\n" not in str(refusal.value)
        assert History(database).head(storyboard).board == BOARD
    finally:
        with database.write() as connection:
            connection.execute(text("update alembic_version set version_num = :known"), {"known": known})


@pytest.fixture
def one_more_revision(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The migrations with one more revision, 0003, that adds a column."""
    folder = tmp_path / "migrations"
    shutil.copytree(db.migrations.FOLDER, folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "versions" / "0003_stars.py").write_text(
        'import sqlalchemy as sa\nfrom alembic import op\nrevision = "0003"\ndown_revision = "0002"\n'
        'def upgrade() -> None:\n    with op.batch_alter_table("storyboards") as table:\n'
        '        table.add_column(sa.Column("stars", sa.Integer(), server_default="3"))\n'
    )
    monkeypatch.setattr(db.migrations, "FOLDER", folder)
    monkeypatch.setattr(db.database, "FOLDER", folder)
    return folder


def test_an_older_database_is_upgraded_after_a_backup(
    new_url: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    backups = tmp_path / "backups"
    old = open_database(new_url, backups=backups)
    storyboard = History(old).create(BOARD).storyboard
    commit(History(old), storyboard, replace(BOARD, title="2"), parent=1)
    old.close()
    assert not backups.exists()

    request.getfixturevalue("one_more_revision")
    looked_at = open_database(new_url, upgrade=False)
    assert not looked_at.is_current()
    looked_at.close()
    new = open_database(new_url, backups=backups)
    assert (new.revision(), new.is_current()) == ("0003", True)
    assert History(new).head(storyboard).board.title == "2"
    with new.read() as connection:
        assert connection.scalar(text("select stars from storyboards")) == 3
    assert check(new, Blobs((tmp_path / "images").as_uri())) == []
    (backup,) = backups.iterdir()
    with zipfile.ZipFile(backup) as archive:
        assert archive.read("tables/versions.jsonl").count(b"\n") == 2
    new.close()


def test_an_upgrade_that_fails_changes_nothing(new_url: str, tmp_path: Path, one_more_revision: Path) -> None:
    backups = tmp_path / "backups"
    revision = one_more_revision / "versions" / "0003_stars.py"
    spelled = revision.read_text()
    revision.unlink()
    old = open_database(new_url, backups=backups)
    storyboard = History(old).create(BOARD).storyboard
    old.close()
    revision.write_text(spelled + '    raise RuntimeError("half-way")\n')
    with pytest.raises(RuntimeError, match="half-way"):
        open_database(new_url, backups=backups)
    revision.unlink()
    again = open_database(new_url, backups=backups)
    assert (again.revision(), History(again).head(storyboard).board) == ("0002", BOARD)
    again.close()


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("nonsense", "is not the URL of a database"),
        ("mysql://localhost/x", "mysql databases are not supported"),
        ("sqlite://", "would be forgotten"),
        ("postgresql://taleboard@127.0.0.1:1/none", "cannot be reached"),
    ],
)
def test_a_url_that_leads_nowhere_is_answered_in_one_line(url: str, why: str) -> None:
    with pytest.raises(StorageError, match=why) as refusal:
        open_database(url)
    assert "\n" not in str(refusal.value)
    assert "secret" not in str(refusal.value)


def test_a_password_is_never_shown() -> None:
    with pytest.raises(StorageError) as refusal:
        open_database("postgresql://ann:secret@127.0.0.1:1/none")
    assert "secret" not in str(refusal.value)


def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "t.db"
    file.write_bytes(b"A story about a lantern. " * 400)
    with pytest.raises(StorageError, match="is not a database"):
        open_database(f"sqlite:///{file}")
    assert file.read_bytes() == b"A story about a lantern. " * 400


def test_a_damaged_database_file_is_found_by_check(tmp_path: Path) -> None:
    file = tmp_path / "t.db"
    database = open_database(f"sqlite:///{file}")
    for number in range(30):
        History(database).create(replace(BOARD, title=f"Board {number} " * 50))
    database.close()
    with sqlite3.connect(file) as connection:
        connection.execute("pragma wal_checkpoint(truncate)")
        (root,) = connection.execute("select rootpage from sqlite_master where name = 'parts'").fetchone()
        (page_size,) = connection.execute("pragma page_size").fetchone()
    connection.close()
    with open(file, "r+b") as stream:
        stream.seek((root - 1) * page_size)
        stream.write(os.urandom(page_size))
    again = open_database(f"sqlite:///{file}")
    assert any("damaged" in problem for problem in check(again, Blobs((tmp_path / "images").as_uri())))
    again.close()


def test_a_damaged_scene_or_version_is_found_by_check(database: Database, blobs: Blobs) -> None:
    version = History(database).create(BOARD)
    with database.migrating() as connection:  # past the trigger that refuses it
        if database.is_sqlite:
            connection.execute(text("drop trigger parts_never_change"))
        else:
            connection.execute(text("set local session_replication_role = replica"))
        connection.execute(text("update parts set body = replace(body, 'Sentence 2', 'Sentence 9')"))
    problems = check(database, blobs)
    assert len(problems) == 2
    assert "a scene of storyboard" in problems[0]
    assert f"version 1 of storyboard {version.storyboard} is damaged" in problems[1]


# Places that cannot be written


def test_a_read_only_folder_is_answered_in_one_line_and_nothing_is_lost(tmp_path: Path) -> None:
    folder = Path("/tmp" if os.getuid() == 0 else tmp_path) / f"taleboard-read-only-{os.getpid()}"
    folder.mkdir()
    try:
        database = open_database(f"sqlite:///{folder / 't.db'}")
        store = Blobs((folder / "images").as_uri())
        store.put(b"before")
        storyboard = History(database).create(BOARD).storyboard
        database.close()
        for path in (folder, *folder.rglob("*")):
            path.chmod(0o555 if path.is_dir() else 0o444)

        def commit() -> None:
            commit(History(open_database(f"sqlite:///{folder / 't.db'}")), storyboard, BOARD, parent=1)

        told = in_a_child(commit, nobody)
        assert told.startswith("StorageError: ")
        assert str(folder) in told
        assert "\n" not in told
        told = in_a_child(lambda: store.put(b"after"), nobody)
        assert told.startswith("StorageError: pictures cannot be kept in file://")
        assert "Permission denied" in told
    finally:
        for path in (folder, *folder.rglob("*")):
            path.chmod(0o755 if path.is_dir() else 0o644)
    again = open_database(f"sqlite:///{folder / 't.db'}")
    assert History(again).head(storyboard).number == 1
    assert check(again, Blobs((folder / "images").as_uri())) == []
    again.close()
    shutil.rmtree(folder)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 2 MB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", disk], capture_output=True, check=False)
    if mounted.returncode:
        pytest.skip(f"a small disk cannot be mounted here: {mounted.stderr.decode().strip()}")
    yield disk
    subprocess.run(["umount", "--lazy", disk], check=True)


def test_a_full_disk_is_answered_in_one_line_and_nothing_is_lost(small_disk: Path) -> None:
    _fill(small_disk, lambda: None)


def test_a_file_that_may_not_grow_is_answered_in_one_line_and_nothing_is_lost(tmp_path: Path) -> None:
    """What a full disk looks like where none can be mounted: a limit on the size of files."""
    import resource
    import signal

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1_500_000, 1_500_000))

    _fill(tmp_path, limit)


def _fill(folder: Path, limit: Callable[[], None]) -> None:
    url = f"sqlite:///{folder / 't.db'}"
    database = open_database(url)
    storyboard = History(database).create(BOARD).storyboard
    database.close()
    store = Blobs((folder / "images").as_uri())

    def work() -> None:
        history = History(open_database(url))
        for number in range(2, 2000):
            board = replace(BOARD, title=f"{number} {os.urandom(8000).hex()}")
            commit(history, storyboard, board, parent=number - 1)

    def draw() -> None:
        for _ in range(100):
            store.put(os.urandom(400_000))
        store.put(os.urandom(4_000_000))

    told = in_a_child(work, limit)
    assert told.startswith("StorageError: ")
    assert "full" in told
    assert "\n" not in told
    told = in_a_child(draw, limit)
    assert told.startswith("StorageError: pictures cannot be kept in file://")
    assert [blob for blob in store if blob.unfinished] == []
    for blob in list(store):
        assert store.get(blob.name)
        store.delete(blob.name)

    database = open_database(url)
    history = History(database)
    newest = history.storyboard(storyboard).versions
    assert newest > 5
    assert history.head(storyboard).number == newest
    assert check(database, store) == []
    database.close()


def test_a_writer_waits_for_another(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 't.db'}"
    database, other = open_database(url), open_database(url)
    conversation = Conversations(database).create().id
    with database.write() as connection:
        connection.execute(text("update conversations set title = 'first'"))
        thread = threading.Thread(target=lambda: Conversations(other).rename(conversation, "second"))
        thread.start()
        thread.join(0.2)
        assert thread.is_alive()
        assert Conversations(other).get(conversation).title == ""  # readers do not wait
    thread.join()
    assert Conversations(database).get(conversation).title == "second"


def test_databases_opened_by_two_threads_at_once_are_both_made(tmp_path: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        databases = list(pool.map(lambda n: open_database(f"sqlite:///{tmp_path}/{n}.db"), range(8)))
    for database in databases:
        with database.read() as connection:
            assert connection.exec_driver_sql("select count(*) from versions").scalar() == 0
        database.close()
