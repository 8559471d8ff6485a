"""The one way to a database: opened, upgraded, with a transaction for reading and one for writing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine

__all__ = ["Database", "open_database"]


class Database:
    """An open database, to be shared by threads (not by forked processes)."""

    engine: Engine

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One consistent view of the data. Raises StorageError."""
        raise NotImplementedError
        yield

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that is committed at the end, or rolled back by an exception. On SQLite writers queue up for it
        from the start, so that what is read inside cannot change before the commit. Raises StorageError."""
        raise NotImplementedError
        yield

    def close(self) -> None:
        """Lets go of every connection."""
        raise NotImplementedError


def open_database(url: str, *, upgrade: bool = True) -> Database:
    """Opens `sqlite:///…` or `postgresql://…`, making the file and its folder where they are not there yet, and brings
    the tables up to date, with a backup beside the database first. Raises StorageError, NewerDatabaseError."""
    raise NotImplementedError
