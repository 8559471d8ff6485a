"""Requests in two steps: a question or a complaint, then what to do about "it"."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.agent.planner.boards import context
from tests.agent.planner.boards import plan as make_plan


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
        ("is there a dragon in 1? if so get rid of it", []),
        ("is Mira in 2? if not, add her", []),
        ("is Otto in 2? if not, add him", [("add_character", {"name": "Otto", "scenes": [2]})]),
        ("is Otto in 2? he should be", [("add_character", {"name": "Otto", "scenes": [2]})]),
        ("is it foggy in 7? if so make it stop", [("edit_scenes", {"scenes": [7], "take_away": ["weather"]})]),
        ("4 seconds is too short for 5, make it 8", [("edit_scenes", {"scenes": [5], "duration": 8.0})]),
        ("the wolf isn't needed, take it out of 4", [("remove_character", {"character": "the wolf", "scenes": [4]})]),
        ("I can't see the rope in 5, make it thicker",
         [("edit_scenes", {"scenes": [5], "add_objects": ["thicker rope"]})]),
        ("all in charcoal but leave 6 as it is",
         [("set_style", {"style": "charcoal", "scenes": [1, 2, 3, 4, 5, 7, 8]})]),
        ("6 is too windy. no wind at all please", [("edit_scenes", {"scenes": [6], "take_away": ["weather"]})]),
        ("which scene has the map? make that one darker", [("edit_scenes", {"scenes": [1], "mood": "darker"})]),
        ("who is in 6? remove the fox", [("remove_character", {"character": "the fox", "scenes": [6]})]),
        ("don't make 5 darker. make it brighter", [("edit_scenes", {"scenes": [5], "mood": "brighter"})]),
        ("scene 5 is way too bright. Tone it down.", [("edit_scenes", {"scenes": [5], "mood": "darker"})]),
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
    ((name, args),) = asked_for("get rid of it", focus=focus)
    assert (name, args["scenes"], args["remove_objects"]) == ("edit_scenes", [1], ["bottle"])


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


@pytest.mark.parametrize(
    "text",
    [
        "which scenes have Mira? make that one darker",
        "I don't like Otto's beard. Remove it",
        "I can't read the title of 2, make it shorter",
    ],
)
def test_what_may_be_several_is_asked_about(text: str) -> None:
    assert [name for name, _ in asked_for(text)] == ["ask"]


@pytest.mark.parametrize(
    "text",
    ["which scene has the unicorn? make that one darker", "who has wings? make her darker"],
)
def test_nothing_is_done_to_what_is_not_there(text: str) -> None:
    assert asked_for(text) == []


@pytest.mark.parametrize(
    ("text", "calls"),
    [
        ("Insert a scene after 3: Mira cries. She goes home. It is night.",
         [("insert_scene", {"text": "Mira cries. She goes home. It is night.", "after": 3})]),
        ("add a scene at the end: Mira sleeps, and she smiles. The fox waves. Make it night",
         [("insert_scene", {"text": "Mira sleeps, and she smiles. The fox waves."}),
          ("edit_scenes", {"scenes": [3], "time": "night"})]),
        ("insert a scene after 3 where Mira does not cry. She hides in the well. Delete 5",
         [("insert_scene", {"text": "Mira does not cry. She hides in the well.", "after": 3}),
          ("delete_scenes", {"scenes": [5]})]),
        ("Rewrite 3: Mira finds a map. It is raining!",
         [("rewrite_text", {"scene": 3, "text": "Mira finds a map. It is raining."})]),
        ("insert a scene after 3: “Stop!” she cries. “Where are you?” she asks.",
         [("insert_scene", {"text": "“Stop!” she cries. “Where are you?” she asks.", "after": 3})]),
    ],
)  # fmt: skip
def test_a_text_for_the_story_goes_on_while_it_tells_of_somebody(
    text: str, calls: list[tuple[str, dict[str, Any]]]
) -> None:
    assert asked_for(text) == calls


@pytest.mark.parametrize(
    "text", ["the text of 2 is too long, shorten it", "redraw everything that is foggy", "make everyone run in 3"]
)
def test_what_would_change_more_than_was_meant_is_asked(text: str) -> None:
    (ask,) = make_plan(text, context(3)).calls
    assert ask["name"] == "ask"


def test_everyone_changes_together() -> None:
    calls = asked_for("everyone wears winter clothes from 4 on")
    assert [(name, args["description"], args["from_scene"]) for name, args in calls] == [
        ("describe_character", "winter clothes", 4)
    ] * 7
    assert len({args["character"] for _, args in calls}) == 7
