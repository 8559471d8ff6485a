"""`taleboard serve`: whom it answers, and what it says when it will not."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import ui.server
from tests.agent.tales import tale
from ui.commands.serve import _appearance, _is_loopback
from ui.identity import owner_of_cookies

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.9.10", "::1", "localhost"])
def test_loopback_is_this_machine(host: str) -> None:
    assert _is_loopback(host)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.4", "example.org", "localhost.example.org", ""])
def test_anything_else_lets_others_in(host: str) -> None:
    assert not _is_loopback(host)


def test_a_wider_address_is_refused_in_one_line(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "ui.cli", "serve", "--host", "0.0.0.0", "--port", "0"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 1
    assert done.stdout == ""
    assert len(done.stderr.strip().splitlines()) == 1
    assert "--open-to-network" in done.stderr


def test_pictures_and_drafts_are_served_to_whom_they_belong_and_by_their_own_name_only(own_home: Path) -> None:
    """One application for both: Streamlit has one runtime a process."""
    services = ui.server.services()
    sha256 = services.pictures().add(b"\x89PNG picture")
    theirs = services.pictures("somebody else").add(b"\x89PNG another")
    mine, foreign = (
        services.history(*owner).create(tale(2), requests={"s1": "a", "s2": "b"}) for owner in ((), ("somebody else",))
    )
    try:
        with TestClient(ui.server.application()) as client:
            answer = client.get(ui.server.picture_url(sha256))
            assert answer.status_code == 200
            assert answer.content == b"\x89PNG picture"
            assert "immutable" in answer.headers["cache-control"]
            assert answer.headers["x-content-type-options"] == "nosniff"
            for path in (theirs, "0" * 64, sha256[:-1], sha256.upper()):
                assert client.get(ui.server.picture_url(path)).status_code == 404
            assert client.get(ui.server.picture_url("..%2F..%2Ftaleboard")).is_client_error
            draft = client.get(ui.server.draft_url(mine, "s2"))
            assert draft.status_code == 200
            assert draft.content.startswith(b"\x89PNG")
            assert client.get(ui.server.draft_url(mine, "s9")).status_code == 404
            assert client.get(ui.server.draft_url(foreign, "s2")).status_code == 404
    finally:
        ui.server.close_services()


def test_without_sign_in_everybody_is_the_one_local_person(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    assert owner_of_cookies({}) == "local"


def test_the_theme_is_the_same_wherever_the_program_is_started() -> None:
    from streamlit import config

    options = _appearance()
    assert options["theme.light.backgroundColor"] != options["theme.dark.backgroundColor"]
    assert set(options) <= set(config._config_options_template), "Streamlit knows each of them"
