"""The rehearsal leaves nothing behind."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from agent.settings import load_settings
from ui.rehearsal import rehearse


def test_it_talks_to_nobody_and_leaves_nothing(
    own_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    spare = tmp_path / "spare"
    spare.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(spare))
    monkeypatch.setenv("TALEBOARD_DATABASE_URL", f"sqlite:///{tmp_path}/not-to-be-touched.db")
    rehearse(load_settings())
    assert not caplog.records
    assert not list(spare.iterdir())
    assert not own_home.exists()
    assert not (tmp_path / "not-to-be-touched.db").exists()
