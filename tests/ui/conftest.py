"""Fixtures of the tests of the app's pages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import agent.drawing.renderers
import ui.server
from agent.services import Services
from tests.agent.drawing.toy import ToyEngine
from tests.ui.opening import settled


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> ToyEngine:
    """What draws in this test, whatever a board asks for."""
    toy = ToyEngine()
    monkeypatch.setattr(agent.drawing.renderers, "engine_loader", lambda settings: lambda engine, model: toy)
    return toy


@pytest.fixture
def drawing(own_home: Path, engine: ToyEngine) -> Iterator[Services]:
    """The app's own services, in the test's home, with the small engine."""
    yield ui.server.services()
    settled()
    ui.server.close_services()
