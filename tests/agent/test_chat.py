"""`taleboard chat`: a turn per line of standard input, one JSON object a turn, with the offline planner."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tests.agent.tales import STORY
from ui.cli import cli

ONE_LINE = " ".join(STORY.split())


def chat(*lines: str, conversation: str = "", as_json: bool = True) -> tuple[list[dict[str, Any]], Result]:
    options = [
        "--no-draw",
        *(["--json"] if as_json else []),
        *(["--conversation", conversation] if conversation else []),
    ]
    result = CliRunner().invoke(cli, ["chat", *options], input="\n".join(lines) + "\n", catch_exceptions=False)
    assert result.exit_code == 0, result.stderr
    return [json.loads(line) for line in result.stdout.splitlines()] if as_json else [], result


def test_a_story_an_edit_and_undo() -> None:
    turns, _ = chat(ONE_LINE, "make scene 1 a close-up", "undo", "thanks")
    assert [turn["turn"] for turn in turns] == [1, 2, 3, 4]
    made, edited, undone, thanked = turns
    assert made["version"] == {"number": 1, "parent": None}
    assert edited["version"] == {"number": 2, "parent": 1}
    assert [(one["scene"], one["position"]) for one in edited["changed"]] == [("s1", 1)]
    assert {"prompt", "image"} <= set(edited["changed"][0]["fields"])
    assert edited["board"]["scenes"][1:] == made["board"]["scenes"][1:], "nothing else changed"
    assert undone["version"] == {"number": 1, "parent": None}
    assert undone["board"] == made["board"]
    assert thanked["version"] is None
    assert thanked["reply"]
    assert all(turn["error"] is None and turn["clarify"] is False for turn in turns)


def test_a_request_that_is_out_of_range_is_asked_about() -> None:
    turns, _ = chat(ONE_LINE, "delete scene 40")
    assert turns[1]["clarify"]
    assert turns[1]["version"] is None
    assert turns[1]["board"] == turns[0]["board"]


def test_a_conversation_goes_on_in_the_next_process() -> None:
    first, _ = chat(ONE_LINE)
    conversation = first[0]["conversation"]
    for reference in (conversation, conversation[:6], "latest"):
        turns, _ = chat("who is in scene 1?", conversation=reference)
        assert turns[0]["conversation"] == conversation
        assert turns[0]["board"] == first[0]["board"]
        assert "Mira" in turns[0]["reply"]


def test_a_file_named_with_an_at_sign_is_the_story(tmp_path: Path) -> None:
    (tmp_path / "tale.md").write_text(f"# The map\n\n{STORY}")
    turns, _ = chat(f"@{tmp_path}/tale.md")
    assert turns[0]["board"]["title"] == "The map"
    turns, _ = chat(f"make 3 scenes of @{tmp_path}/tale.md")
    assert len(turns[0]["board"]["scenes"]) == 3


def test_people_read_the_reply_and_how_to_go_on() -> None:
    _, result = chat(ONE_LINE, as_json=False)
    assert "scenes" in result.stdout
    assert "taleboard chat --conversation" in result.stderr


def test_an_unknown_conversation_is_one_line() -> None:
    with pytest.raises(Exception, match="no conversation"):
        CliRunner().invoke(cli, ["chat", "--conversation", "nowhere"], input="hello\n", catch_exceptions=False)


def test_lines_that_say_nothing_are_passed_over() -> None:
    turns, _ = chat("", "   ", ONE_LINE, "")
    assert len(turns) == 1


def test_a_picture_named_with_an_at_sign_is_what_a_panel_is_drawn_from(tmp_path: Path) -> None:
    from PIL import Image

    Image.new("RGB", (80, 45), "teal").save(tmp_path / "sketch.png")
    turns, _ = chat(ONE_LINE, f"draw scene 2 like @{tmp_path}/sketch.png", "undo")
    made, drawn, undone = turns
    assert drawn["tools"][0]["name"] == "draw_from_picture"
    assert [(one["position"], one["fields"]) for one in drawn["changed"]] == [(2, ["image"])]
    assert drawn["board"]["scenes"][1]["edit"]["source"]
    assert undone["board"] == made["board"]
