"""`taleboard draw` is a turn of the app: what it made is a conversation that goes on anywhere."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from agent.services import open_services
from agent.session import ChatSession
from agent.settings import load_settings
from tests.agent.llm_server import Say, call, serve
from tests.agent.tales import STORY, receipt_of
from ui.cli import cli


def drawn(tmp_path: Path, *options: str, story: str = STORY) -> Result:
    (tmp_path / "tale.txt").write_text(story, "utf-8")
    return CliRunner().invoke(cli, ["draw", str(tmp_path / "tale.txt"), "--no-draw", "--json", *options])


def board_of(result: Result) -> dict[str, Any]:
    assert result.exit_code == 0, result.stderr
    board: dict[str, Any] = json.loads(result.stdout)
    return board


def test_what_it_makes_is_what_the_app_makes_of_the_story(tmp_path: Path) -> None:
    board = board_of(drawn(tmp_path, "--scenes", "3", "--style", "ink noir"))
    services = open_services(load_settings())
    try:
        session = ChatSession(services, draw=False)
        said = receipt_of(session.act("new_story", {"scenes": 3, "style": "ink noir"}, {"tale.txt": STORY.encode()}))
        own = ("storyboard", "version", "parent")
        assert {k: v for k, v in said["board"].items() if k not in own} == {
            k: v for k, v in board.items() if k not in own
        }
    finally:
        services.close()


def test_the_conversation_goes_on_where_it_stopped(tmp_path: Path) -> None:
    board = board_of(drawn(tmp_path))
    (listed,) = json.loads(CliRunner().invoke(cli, ["boards", "--json"]).stdout)
    assert listed["storyboard"] == board["storyboard"]
    chat = CliRunner().invoke(
        cli, ["chat", "--conversation", listed["conversation"], "--no-draw", "--json"], input="make scene 1 night\n"
    )
    (turn,) = map(json.loads, chat.stdout.splitlines())
    assert turn["turn"] == 2
    assert turn["version"] == {"number": 2, "parent": 1}
    assert turn["board"]["scenes"][0]["time"] == "night"


def test_seed_and_steps_are_those_that_were_asked_for(tmp_path: Path) -> None:
    first, again = (board_of(drawn(tmp_path, "--seed", "7", "--steps", "3")) for _ in range(2))
    assert first["drawing"]["steps"] == 3
    assert [scene["seed"] for scene in first["scenes"]] == [scene["seed"] for scene in again["scenes"]]
    assert [scene["seed"] for scene in board_of(drawn(tmp_path, "--seed", "8"))["scenes"]] != [
        scene["seed"] for scene in first["scenes"]
    ]


def test_a_file_that_is_no_story_leaves_nothing_behind(tmp_path: Path) -> None:
    result = drawn(tmp_path, story="\n")
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1, result.stderr
    assert json.loads(CliRunner().invoke(cli, ["boards", "--json"]).stdout) == []
    services = open_services(load_settings())
    assert not services.conversations().list()
    services.close()


def test_a_connected_model_reads_the_story(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    form = {
        "panels": [{"first": 1, "last": 2, "who": ["Anna"], "deed": "Anna opens the gate", "deed_sentence": 1}],
        "cast": [{"name": "Anna", "kind": "girl"}],
    }
    with serve([Say(calls=(call("PieceForm", **form),), piece=200)]) as llm:
        monkeypatch.setenv("TALEBOARD_LLM", "openai:careful")
        monkeypatch.setenv("OPENAI_BASE_URL", llm.url)
        monkeypatch.setenv("OPENAI_API_KEY", "none of yours")
        result = drawn(tmp_path, story="Anna, a girl, opens the gate. She smiles at the sun.")
    (scene,) = board_of(result)["scenes"]
    assert scene["action"] == "Anna opens the gate"
    assert "The language model read the story." in result.stderr


def test_the_summariser_that_is_set_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TALEBOARD_SUMMARIZER", "llm")
    result = drawn(tmp_path)
    assert result.exit_code == 1
    assert "TALEBOARD_SUMMARIZER=llm needs a language model" in result.stderr, "there is none here"
