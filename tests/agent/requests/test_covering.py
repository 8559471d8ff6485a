"""Scenes covered by several shots, asked for in words."""

from __future__ import annotations

import pytest

from agent.requests import understand
from tests.agent.planner.boards import context


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("cover scene 4", [{"scenes": [4]}]),
        ("cover scene 4 in three shots", [{"scenes": [4], "shots": 3}]),
        ("please shoot panel 2 as a dialogue", [{"scenes": [2], "coverage": "dialogue"}]),
        ("cover 3 like a chase with four shots", [{"scenes": [3], "coverage": "chase", "shots": 4}]),
        ("tell scene 5 in two shots", [{"scenes": [5], "shots": 2}]),
    ],
)
def test_a_scene_is_covered_as_it_is_said(text: str, expected: list[dict[str, object]]) -> None:
    reading = understand(text, context())
    assert [(call["name"], call["args"]) for call in reading.calls] == [("cover_scene", args) for args in expected]
    assert reading.sure


def test_everything_is_covered_scene_by_scene() -> None:
    calls = understand("cover everything", context()).calls
    assert len(calls) > 1
    assert {call["name"] for call in calls} == {"cover_scene"}
    assert all(len(call["args"]["scenes"]) == 1 for call in calls)


@pytest.mark.parametrize("text", ["cover the table with a cloth in 3", "shoot the wolf", "tell me about scene 2"])
def test_other_uses_of_the_words_are_no_coverage(text: str) -> None:
    assert "cover_scene" not in {call["name"] for call in understand(text, context()).calls}
