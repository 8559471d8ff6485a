"""The one way to a database: opened, upgraded, with a transaction for reading and one for writing."""

from __future__ import annotations

import sqlite3
import threading
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, func, inspect, make_url, select, text
from sqlalchemy.exc import (
    ArgumentError,
    DatabaseError,
    DataError,
    IntegrityError,
    NoSuchModuleError,
    ProgrammingError,
)
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from db.blobs import without_password
from db.errors import NewerDatabaseError, StorageError
from db.migrations import FOLDER, revisions

__all__ = ["Database", "open_database"]

WRITE, WRITE_ALONE, EVERYTHING = func.pg_advisory_xact_lock_shared, func.pg_advisory_xact_lock, 0
"""Every writer on PostgreSQL takes the first lock before any other, who must be alone the second: no deadlock."""

BUSY_SECONDS = 30.0
"""How long a writer waits for the others on SQLite."""


class Database:
    """An open database, to be shared by threads (not by forked processes). `backups` is the folder where a backup is
    written before an upgrade or a restore."""

    def __init__(self, engine: Engine, backups: Path | None = None) -> None:
        self.engine = engine
        self.is_sqlite = engine.dialect.name == "sqlite"
        self.backups = backups or (self.file.parent if self.file else Path.cwd()) / "backups"

    @property
    def file(self) -> Path | None:
        """The database file, where there is one."""
        return Path(self.engine.url.database or "") if self.is_sqlite else None

    def __str__(self) -> str:
        return str(self.file or self.engine.url.render_as_string(hide_password=True))

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One consistent view of the data. Raises StorageError."""
        with self._storage_errors(), self.engine.connect() as connection:
            if not self.is_sqlite:
                connection = connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            yield connection

    @contextmanager
    def write(
        self, one_at_a_time: str | None = None, *, alone: bool = False, lasting: bool = True
    ) -> Iterator[Connection]:
        """A transaction that is committed at the end, or rolled back by an exception; they do not nest.

        On SQLite writers queue up from its start, so that what is read inside cannot change before the commit.
        PostgreSQL lets them work side by side: there, lock the rows that are read to be changed, or name what is done
        only by `one_at_a_time`, or write `alone`. What is committed is on the disk, unless it need not be `lasting`:
        then a power cut may undo the last moments (a process that dies may not), and no commit waits for the disk.
        Raises StorageError."""
        with self._storage_errors(), self.engine.connect() as connection:
            connection = connection.execution_options(taleboard_write=True, taleboard_lasting=lasting)
            with connection.begin():
                if not self.is_sqlite:
                    if not lasting:
                        connection.execute(text("set local synchronous_commit = off"))
                    connection.execute(select(WRITE_ALONE(EVERYTHING) if alone else WRITE(EVERYTHING)))
                    if one_at_a_time:
                        connection.execute(select(WRITE_ALONE(zlib.crc32(one_at_a_time.encode()))))
                yield connection

    def close(self) -> None:
        """Lets go of every connection."""
        self.engine.dispose()

    def revision(self) -> str | None:
        """Which revision of the tables the database has; None where it has none yet."""
        with self.read() as connection:
            return _revision(connection)

    def is_current(self) -> bool:
        """Whether the tables are up to date; nothing is changed. Raises NewerDatabaseError, StorageError."""
        revision = self.revision()
        self._refuse_newer(revision)
        return revision == revisions()[-1]

    def upgrade(self) -> tuple[str | None, str]:
        """Brings the tables up to date, after a backup beside the database; returns the revisions before and after.
        Raises NewerDatabaseError, StorageError."""
        newest = revisions()[-1]
        before = self.revision()
        self._refuse_newer(before)
        if before == newest:
            return before, newest
        self._refuse_other_encodings()
        if before is not None:
            from db.backup import backup_tables

            backup_tables(self, self.backups / f"before-{newest}-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.zip")
        with self.migrating() as connection:
            self._refuse_newer(_revision(connection))
            migrate(connection, newest)
        return before, newest

    @contextmanager
    def migrating(self) -> Iterator[Connection]:
        """A transaction that may change the tables themselves. One process at a time; on SQLite without foreign keys
        in force (tables are made anew to be changed), which are checked at the end."""
        with self._storage_errors(), self.engine.connect() as connection:
            self._enforce_foreign_keys(connection, False)
            connection = connection.execution_options(taleboard_write=True)
            try:
                with connection.begin():
                    if not self.is_sqlite:
                        connection.execute(select(WRITE_ALONE(EVERYTHING)))
                    yield connection
                    if self.is_sqlite and connection.exec_driver_sql("pragma foreign_key_check").first():
                        raise StorageError(f"{self} holds rows that refer to nothing; run `taleboard db check`")
            finally:
                self._enforce_foreign_keys(connection, True)

    def _enforce_foreign_keys(self, connection: Connection, enforce: bool) -> None:
        """On SQLite, and outside of a transaction: inside of one this pragma does nothing."""
        dbapi: Any = connection.connection.dbapi_connection
        if self.is_sqlite and dbapi is not None:
            dbapi.execute(f"pragma foreign_keys = {'on' if enforce else 'off'}")

    def _refuse_other_encodings(self) -> None:
        if not self.is_sqlite:
            with self.read() as connection:
                encoding = connection.scalar(text("show server_encoding"))
            if encoding != "UTF8":
                raise StorageError(f"{self} stores text as {encoding}: make one with `createdb --encoding UTF8`")

    def _refuse_newer(self, revision: str | None) -> None:
        if revision is not None and revision not in revisions():
            raise NewerDatabaseError(
                f"{self} was written by a newer Taleboard (its tables are at {revision}, this program knows "
                f"{revisions()[-1]}): update this program, or point TALEBOARD_DATABASE_URL elsewhere"
            )

    @contextmanager
    def _storage_errors(self) -> Iterator[None]:
        try:
            yield
        except PoolTimeoutError as error:
            raise StorageError(f"{self}: too much is going on at once; nothing was saved, try again") from error
        except (DataError, IntegrityError, ProgrammingError):
            raise  # the data or the program are wrong, not the place where they are kept
        except DatabaseError as error:
            line = _what_happened(str(error.orig).lower())
            if line is None:
                raise
            raise StorageError(line.format(self)) from error


def open_database(url: str, *, upgrade: bool = True, backups: Path | None = None) -> Database:
    """Opens `sqlite:///…` or `postgresql://…`, making the file and its folder where they are not there yet, and brings
    the tables up to date, with a backup in `backups` first (by default beside the database file, or in the working
    folder). Raises StorageError, NewerDatabaseError."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        shown = without_password(url)
        raise StorageError(f"{shown} is not the URL of a database: use sqlite:///FILE or postgresql://…") from None
    dialect = parsed.get_backend_name()
    if dialect == "sqlite":
        engine = _sqlite(parsed)
    elif dialect == "postgresql":
        engine = _postgresql(parsed)
    else:
        raise StorageError(f"{dialect} databases are not supported: use sqlite:///FILE or postgresql://…")
    database = Database(engine, backups)
    if upgrade:
        database.upgrade()
    return database


_alembic = threading.Lock()
"""Alembic keeps what it is doing in global names: two databases must not be upgraded at the same moment."""


def migrate(connection: Connection, revision: str) -> None:
    """Runs the migrations up to a revision, in the connection's transaction."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    with _alembic:
        command.upgrade(config, revision)


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    revision: str | None = connection.scalar(text("select version_num from alembic_version"))
    return revision


def _sqlite(url: URL) -> Engine:
    if not url.database or url.database == ":memory:":
        raise StorageError("a database in memory would be forgotten: give a file, sqlite:///FILE")
    with suppress(OSError):  # that it cannot be made is said when the database is opened
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False})

    @event.listens_for(engine, "connect")
    def _connect(connection: Any, _: Any) -> None:
        connection.isolation_level = None  # transactions begin below, not behind our back
        _write_ahead(connection)
        for pragma in ("foreign_keys = on", "temp_store = memory", "cache_size = -16000"):
            connection.execute(f"pragma {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # A deferred transaction that reads and then writes fails at once when another writer came between.
        options = connection.get_execution_options()
        if not options.get("taleboard_write"):
            connection.exec_driver_sql("begin")
            return
        dbapi: Any = connection.connection.dbapi_connection
        dbapi.execute(f"pragma synchronous = {'full' if options.get('taleboard_lasting', True) else 'normal'}")
        connection.exec_driver_sql("begin immediate")

    return engine


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Has the file keep a write-ahead log. Where two connections bring a new file to that, SQLite refuses one of them
    at once, however long it may wait elsewhere."""
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("pragma journal_mode = wal")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.01)


def _postgresql(url: URL) -> Engine:
    try:
        return create_engine(
            url, pool_size=2, max_overflow=10, pool_pre_ping=True, connect_args={"client_encoding": "utf8"}
        )
    except (ModuleNotFoundError, NoSuchModuleError):
        raise StorageError("PostgreSQL needs one more package; `taleboard doctor` says how to install it") from None


def _what_happened(error: str) -> str | None:
    """One line for a person, with a place for the database's name; None for what is a mistake of the program."""
    for sign, line in {
        "is full": "{}: the disk is full, nothing was saved; free some space and try again",
        "no space left": "{}: the disk is full, nothing was saved; free some space and try again",
        "disk i/o error": "{}: the disk cannot be read or written (full, or failing); nothing was saved",
        "readonly": "{} may not be written (read-only file or folder); nothing was saved",
        "read-only": "{} may not be written (read-only); nothing was saved",
        "unable to open": "{} cannot be opened: is its folder there, and may it be written?",
        "deadlock": "{} was kept busy by others; nothing was saved, try again",
        "locked": f"{{}} was kept busy by another program for {BUSY_SECONDS:.0f} seconds; nothing was saved, try again",
        "not a database": "{} is not a database: move it away, or restore a backup over it",
        "malformed": "{} is damaged: restore a backup with `taleboard db restore FILE`",
        "connection": "{} cannot be reached: is the server running, and are the name and password right?",
        "does not exist": "{} is not there",
        "authentication failed": "{}: the server does not accept this name and password",
    }.items():
        if sign in error:
            return line
    return None
