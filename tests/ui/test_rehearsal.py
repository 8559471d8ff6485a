"""The rehearsal waits for the first page and leaves nothing behind."""

from __future__ import annotations

import tempfile
import threading
from pathlib import Path

import pytest

from agent.settings import load_settings
from tests.ui.opening import open_app
from ui.rehearsal import first_page, rehearse


def test_it_talks_to_nobody_and_leaves_nothing(
    own_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    spare = tmp_path / "spare"
    spare.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(spare))
    monkeypatch.setenv("TALEBOARD_DATABASE_URL", f"sqlite:///{tmp_path}/not-to-be-touched.db")
    first_page.set()
    rehearse(load_settings())
    assert not caplog.records
    assert not list(spare.iterdir())
    assert not own_home.exists()
    assert not (tmp_path / "not-to-be-touched.db").exists()


def test_it_waits_until_a_page_has_been_shown(own_home: Path) -> None:
    first_page.clear()
    waiting = threading.Thread(target=rehearse, args=(load_settings(),))
    waiting.start()
    waiting.join(0.5)
    assert waiting.is_alive()
    open_app()
    waiting.join(60)
    assert not waiting.is_alive()
