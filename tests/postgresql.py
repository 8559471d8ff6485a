"""Empty databases on the PostgreSQL server that TALEBOARD_TEST_POSTGRES names."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import pytest
from sqlalchemy import URL, create_engine, make_url, text

__all__ = ["postgresql_database"]

NO_POSTGRESQL = "TALEBOARD_TEST_POSTGRES is not set: .ci/run starts a PostgreSQL server and sets it"


@contextmanager
def postgresql_database() -> Iterator[URL]:
    """Makes a database of its own for the block, and drops it afterwards. Skips the test where there is no server."""
    server = os.environ.get("TALEBOARD_TEST_POSTGRES")
    if not server:
        pytest.skip(NO_POSTGRESQL)
    name = f"taleboard_test_{uuid4().hex}"
    admin = create_engine(server, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"create database {name} encoding 'UTF8' template template0"))
    try:
        yield make_url(server).set(database=name)
    finally:
        with admin.connect() as connection:
            connection.execute(text(f"drop database {name} with (force)"))
        admin.dispose()
