"""Every test that asks for `database` runs on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import URL, create_engine, text

from db.blobs import Blobs
from db.database import Database, open_database
from db.tables import Base
from tests.postgresql import postgresql_database


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[URL]:
    """One database on the server for all tests, with its tables made; each test finds them empty."""
    with postgresql_database() as url:
        open_database(url.render_as_string(hide_password=False)).close()
        yield url


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where an empty database is, with its tables made."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'taleboard.db'}"
    url: URL = request.getfixturevalue("postgresql_url")
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text(f"truncate {', '.join(Base.metadata.tables)} restart identity cascade"))
    engine.dispose()
    return url.render_as_string(hide_password=False)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def new_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where nothing is yet, not even tables: for tests that change those."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'new.db'}"
    else:
        with postgresql_database() as url:
            yield url.render_as_string(hide_password=False)


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
