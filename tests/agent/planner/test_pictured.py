"""What is said of a picture that comes with the message."""

from __future__ import annotations

from typing import Any

import pytest

from tests.agent.planner.boards import context
from tests.agent.planner.boards import plan as make_plan


def calls(text: str, *pictures: str) -> list[tuple[str, dict[str, Any]]]:
    """Said on a board where scene 5 was last talked of."""
    return [(call["name"], call["args"]) for call in make_plan(text, context(5, pictures=pictures)).calls]


@pytest.mark.parametrize(
    ("text", "scenes"),
    [
        ("draw scene 2 like this", [2]),
        ("Make scene 2 look like this picture.", [2]),
        ("use this as scene 3's picture", [3]),
        ("use this as the starting point for scene 3", [3]),
        ("use this photo as a reference for the third scene", [3]),
        ("use the attached picture for scenes 2 and 3", [2, 3]),
        ("base scene 4 on this sketch", [4]),
        ("this is how scene 2 should look", [2]),
        ("scene 2 should look like this", [2]),
        ("redraw 2 from this picture", [2]),
        ("here's my drawing of scene 2", [2]),
        ("same composition as this for scene 3", [3]),
        ("match this composition in scene 2", [2]),
        ("draw scene 2 like Sketch.png", [2]),
        ("sketch.png draw scene 2 like this", [2]),
        ("sketch.png for scene 2", [2]),
        ("use sketch.png as scene 2's picture", [2]),
        ("for scene 2", [2]),
        ("this, for scene 2", [2]),
        ("the last one", [8]),
        ("all scenes like this", [1, 2, 3, 4, 5, 6, 7, 8]),
    ],
)
def test_a_picture_is_for_the_scene_that_is_named(text: str, scenes: list[int]) -> None:
    assert calls(text, "sketch.png") == [("draw_from_picture", {"scenes": scenes})]


@pytest.mark.parametrize(
    "text", ["", "this", "use this", "sketch.png", "draw it like this", "like this picture please"]
)
def test_where_none_is_named_one_question_is_asked(text: str) -> None:
    ((name, args),) = calls(text, "sketch.png")
    assert (name, args["question"]) == ("ask", "For which scene?")
    assert args["calls"][6] == [{"name": "draw_from_picture", "args": {"scenes": [7]}}]


def test_what_else_is_asked_for_is_done_too() -> None:
    from_picture = ("draw_from_picture", {"scenes": [2]})
    night = ("edit_scenes", {"scenes": [2], "time": "night"})
    assert calls("draw scene 2 like this, at night", "sketch.png") == [from_picture, night]
    assert calls("make scene 2 night", "sketch.png") == [from_picture, night]


def test_without_a_picture_these_words_mean_what_they_meant() -> None:
    ((name, args),) = calls("draw scene 2 from the attached picture")
    assert (name, args["question"]) == ("ask", "Which picture? Drop one into the message, with the same words.")


def test_a_panel_is_drawn_from_scratch() -> None:
    assert calls("redraw scene 2 from scratch") == [("redraw", {"scenes": [2], "from_scratch": True})]
    assert calls("use the scratch engine") == [("set_drawing", {"engine": "scratch"})]
