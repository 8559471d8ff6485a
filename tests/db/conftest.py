"""Every test that asks for `database` runs on SQLite and on PostgreSQL."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import URL, create_engine, make_url, text

from db.blobs import Blobs
from db.database import Database, open_database
from db.tables import Base

NO_POSTGRESQL = "TALEBOARD_TEST_POSTGRES is not set: .ci/run starts a PostgreSQL server and sets it"


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[URL]:
    """A database of this test run's own on the server that TALEBOARD_TEST_POSTGRES names."""
    server = os.environ.get("TALEBOARD_TEST_POSTGRES")
    if not server:
        pytest.skip(NO_POSTGRESQL)
    name = f"taleboard_test_{os.getpid()}"
    admin = create_engine(server, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"create database {name} encoding 'UTF8' template template0"))
    try:
        yield make_url(server).set(database=name)
    finally:
        with admin.connect() as connection:
            connection.execute(text(f"drop database {name} with (force)"))
        admin.dispose()


@pytest.fixture(scope="session")
def postgresql_tables(postgresql_url: URL) -> URL:
    open_database(postgresql_url.render_as_string(hide_password=False)).close()
    return postgresql_url


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where an empty database is, with its tables made."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'taleboard.db'}"
    url: URL = request.getfixturevalue("postgresql_tables")
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text(f"truncate {', '.join(Base.metadata.tables)} restart identity cascade"))
    engine.dispose()
    return url.render_as_string(hide_password=False)


@pytest.fixture
def open_again(database_url: str, tmp_path: Path) -> Iterator[Callable[[], Database]]:
    """Opens the test's database once more, as another process would."""
    opened: list[Database] = []

    def open_() -> Database:
        opened.append(open_database(database_url, backups=tmp_path / "backups"))
        return opened[-1]

    yield open_
    for database in opened:
        database.close()


@pytest.fixture
def database(open_again: Callable[[], Database]) -> Database:
    return open_again()


@pytest.fixture
def blobs(tmp_path: Path) -> Blobs:
    return Blobs((tmp_path / "images").as_uri())
