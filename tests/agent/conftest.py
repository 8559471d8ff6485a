"""Fixtures of the agent's tests."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from agent.services import Services
from tests.agent.tales import services_in


@pytest.fixture(scope="session")
def empty_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home folder with an empty database, made once."""
    home = tmp_path_factory.mktemp("empty") / "home"
    services_in(home).close()
    return home


@pytest.fixture
def services(empty_home: Path, tmp_path: Path) -> Iterator[Services]:
    """Services of their own for each test."""
    home = tmp_path / "services"
    shutil.copytree(empty_home, home)
    opened = services_in(home)
    yield opened
    opened.close()
