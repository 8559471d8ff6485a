"""Requests in two steps: a question or a complaint, then what to do about "it"."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from agent.planner.plan import make_plan
from tests.agent.planner.boards import context


def asked_for(text: str, **more: Any) -> list[tuple[str, dict[str, Any]]]:
    """The calls that change something."""
    plan = make_plan(text, replace(context(3), **more))
    return [
        (each["name"], each["args"]) for each in plan.calls if each["name"] not in {"describe_board", "who_is_where"}
    ]


@pytest.mark.parametrize(
    ("text", "calls"),
    [
        ("where's the rope in 5? take it away", [("edit_scenes", {"scenes": [5], "remove_objects": ["rope"]})]),
        ("is there a map in 1? get rid of it", [("edit_scenes", {"scenes": [1], "remove_objects": ["map"]})]),
        ("is there a dragon in 1? if so get rid of it", []),
        ("is Mira in 2? if not, add her", []),
        ("is Otto in 2? if not, add him", [("add_character", {"name": "Otto", "scenes": [2]})]),
        ("is Otto in 2? he should be", [("add_character", {"name": "Otto", "scenes": [2]})]),
        ("is it foggy in 7? if so make it stop", [("edit_scenes", {"scenes": [7], "weather": ""})]),
        ("4 seconds is too short for 5, make it 8", [("edit_scenes", {"scenes": [5], "duration": 8.0})]),
        ("the wolf isn't needed, take it out of 4", [("remove_character", {"character": "the wolf", "scenes": [4]})]),
        ("I can't see the rope in 5, make it thicker",
         [("edit_scenes", {"scenes": [5], "add_objects": ["thicker rope"]})]),
        ("Biscuit is far too big in 8, make him tiny",
         [("edit_scenes", {"scenes": [8], "add_objects": ["Biscuit looking tiny"]})]),
        ("nothing happens in 6, make Mira dance in it", [("edit_scenes", {"scenes": [6], "action": "Mira dancing"})]),
        ("all in charcoal but leave 6 as it is",
         [("set_style", {"style": "charcoal", "scenes": [1, 2, 3, 4, 5, 7, 8]})]),
        ("6 is too windy. no wind at all please", [("edit_scenes", {"scenes": [6], "weather": ""})]),
    ],
)  # fmt: skip
def test_it_is_what_was_just_spoken_of(text: str, calls: list[tuple[str, dict[str, Any]]]) -> None:
    assert asked_for(text) == calls


@pytest.mark.parametrize(
    "text",
    ["the rope in 5 is too thin", "4 seconds is too short for 5", "Biscuit is too big in 8", "make it 8 seconds"],
)
def test_a_complaint_alone_is_asked_about(text: str) -> None:
    assert [name for name, _ in asked_for(text)] == ["ask"]


def test_a_thing_is_remembered_for_the_next_message() -> None:
    """ "Is there a bottle in 1?" "Get rid of it": the bottle, not the scene."""
    focus = replace(context(1).focus, things=("bottle",))
    assert asked_for("get rid of it", focus=focus) == [("edit_scenes", {"scenes": [1], "remove_objects": ["bottle"]})]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("which scene comes after the bridge?", 6),
        ("what happens right before the last scene?", 7),
        ("what's after the cave?", 7),
        ("which one follows the storm?", 5),
    ],
)
def test_neighbours(text: str, place: int) -> None:
    (each,) = make_plan(text, context()).calls
    assert (each["name"], each["args"]) == ("describe_board", {"scenes": [place]})


def test_nothing_comes_after_the_last_scene() -> None:
    plan = make_plan("what comes after the last scene?", context())
    assert not plan.calls
    assert "the last" in plan.words
