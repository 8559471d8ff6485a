"""The table of intents: its examples are its tests."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from agent.planner.intents import TABLE, Intent
from agent.planner.patterns import match_pattern
from agent.planner.plan import Plan, make_plan, read_request
from agent.tools import CATALOGUE
from tests.agent.planner.boards import context

UTTERANCES = [
    json.loads(line) for line in Path(__file__).with_name("utterances.jsonl").read_text("utf-8").splitlines() if line
]
DESTRUCTIVE = {"delete_scenes", "delete_storyboard", "delete_conversation", "merge_scenes", "set_scene_count"}


def hold(plan: Plan) -> None:
    """Every call is to a tool that exists, with arguments that it takes."""
    for call in plan.calls:
        CATALOGUE[call["name"]].arguments.model_validate(call["args"])
        for choice in call["args"].get("calls", ()):
            for inner in choice:
                CATALOGUE[inner["name"]].arguments.model_validate(inner["args"])


@pytest.mark.parametrize("intent", TABLE, ids=lambda intent: intent.name)
def test_each_row_reads_its_examples(intent: Intent) -> None:
    for request in intent.examples:
        _, clauses = read_request(request, context())
        assert [clause.intent and clause.intent.name for clause in clauses] == [intent.name], request
        hold(make_plan(request, context(3, character="c1")))


def test_each_row_has_a_name_of_its_own_and_an_example() -> None:
    assert len({intent.name for intent in TABLE}) == len(TABLE)
    assert all(intent.examples for intent in TABLE)


def test_no_pattern_matches_nothing() -> None:
    idle = [pattern for row in TABLE for pattern in row.patterns if match_pattern(pattern, (), "", frozenset())]
    assert not idle


@pytest.mark.parametrize("utterance", UTTERANCES, ids=lambda utterance: utterance["said"][:50])
def test_what_people_say(utterance: dict[str, Any]) -> None:
    plan = make_plan(utterance["said"], context())
    assert [[call["name"], call["args"]] for call in plan.calls] == utterance["calls"]
    hold(plan)


@pytest.mark.parametrize(
    "text",
    [
        "delete the lights in 2",
        "remove the frame in 2",
        "delete the wolf's tail in 4",
        "get rid of the shadows in 6",
        "drop the camera in 3",
        "the story was deleted from a dream",
        "add a sign saying 'delete scene 4' to 2",
        "don't delete 3",
        "why did you delete 3?",
        "never merge 2 and 3",
        "what would happen if I deleted 4",
        "I deleted scene 3 by accident",
        "remove the bridge",
        "get rid of the cave",
        "scenes 2 and 3 belong together",
        "nobody needs scene 2",
        "4 and 5 go together",
    ],
)
def test_nothing_is_deleted_that_was_not_asked_for(text: str) -> None:
    assert not DESTRUCTIVE & {call["name"] for call in make_plan(text, context(2)).calls}


@pytest.mark.parametrize(
    "text",
    [
        "make scene 2 louder",
        "scene 2 should be printed twice",
        "scene 4 should come with a soundtrack",
        "scene 3 should be shorter than that",
        "panel 4 needs to be reviewed by Anna",
        "set scene 4 to 80% opacity",
        "move scene 3 to tomorrow",
        "the wolf needs a name",
        "drop scene 3 in the bin",
        "make the middle scene darker",
        "make panel 2 pop",
        "scene 2 feels sad",
        "make scene 5 twice as good",
        "5 would be nicer with a waterfall in the back",
    ],
)
def test_what_is_not_understood_is_asked_about_and_not_guessed(text: str) -> None:
    assert [call["name"] for call in make_plan(text, context(3)).calls] == ["ask"]


@pytest.mark.parametrize(
    ("text", "calls"),
    [
        ("make the cave spookier", [("edit_scenes", {"scenes": [6], "mood": "spookier"})]),
        ("put a lantern over the bridge", [("edit_scenes", {"scenes": [5], "add_objects": ["lantern"]})]),
        ("swap the bridge and the cave", [("swap_scenes", {"first": 5, "second": 6})]),
        ("make the bridge red in 5", [("edit_scenes", {"scenes": [5], "add_objects": ["red bridge"]})]),
        ("remove the bridge from 5", [("edit_scenes", {"scenes": [5], "remove_objects": ["bridge"]})]),
    ],
)
def test_a_place_means_its_scene_where_nothing_else_does(text: str, calls: list[tuple[str, dict]]) -> None:
    assert [(each["name"], each["args"]) for each in make_plan(text, context(2)).calls] == calls


@pytest.mark.parametrize(
    ("text", "calls"),
    [
        (
            "replace the bread with a cake",
            [
                (
                    "edit_scenes",
                    {
                        "scenes": [2],
                        "remove_objects": ["bread"],
                        "add_objects": ["cake"],
                        "action": "Sam the baker gives Mira a cake",
                    },
                )
            ],
        ),
        ("show Otto from behind", [("edit_scenes", {"scenes": [8], "shot": "back view of Otto"})]),
        ("nobody except Mira in 7", [("remove_character", {"character": "Sam the sailor", "scenes": [7]})]),
        ("Mira and Otto should be alone in 8", [("remove_character", {"character": "Biscuit", "scenes": [8]})]),
        ("make 2 look like 1", [("edit_scenes", {"scenes": [2], "weather": "sun"})]),
        ("same light in 3 as in 5", [("edit_scenes", {"scenes": [3], "time": "night"})]),
        (
            "the fox and the wolf should look friendly",
            [
                ("describe_character", {"character": "the fox", "description": "friendly"}),
                ("describe_character", {"character": "the wolf", "description": "friendly"}),
            ],
        ),
        (
            "Mira wears a hat in all her scenes",
            [("describe_character", {"character": "Mira", "description": "a hat"})],
        ),
        (
            "the wolf should be bigger in 4",
            [("edit_scenes", {"scenes": [4], "add_objects": ["the wolf looking bigger"]})],
        ),
        ("Mira should be dancing in 4", [("edit_scenes", {"scenes": [4], "action": "Mira dancing"})]),
        ("the fox wears a hat everywhere", [("describe_character", {"character": "the fox", "description": "a hat"})]),
        ("no sun anywhere", [("edit_scenes", {"scenes": [1, 3], "take_away": ["weather"]})]),
        ("stop the fog after 5", [("edit_scenes", {"scenes": [7], "take_away": ["weather"]})]),
        ("let it snow everywhere", [("edit_scenes", {"scenes": [1, 2, 3, 4, 5, 6, 7, 8], "weather": "snow"})]),
        ("have the storm begin in 3 already", [("edit_scenes", {"scenes": [3], "weather": "storm"})]),
        ("start over from the original", [("restore", {"version": 1})]),
        ("what did version 2 look like?", [("compare_versions", {"first": 2})]),
        ("how does the story begin?", [("describe_board", {"scenes": [1]})]),
    ],
)
def test_what_is_meant(text: str, calls: list[tuple[str, dict]]) -> None:
    assert [(each["name"], each["args"]) for each in make_plan(text, context(2)).calls] == calls


@pytest.mark.parametrize(
    "text",
    [
        "replace the lantern with a torch",
        "replace the unicorn with a horse",
        "delete the boring ones",
        "remove everyone",
        "make the mood of 3 like 6",
        "put the kettle on",
        "give the wolf to Mira",
        "show the cat from below",
    ],
)
def test_what_might_be_meant_is_asked(text: str) -> None:
    assert not [call for call in make_plan(text, context(2)).calls if call["name"] != "ask"]


@pytest.mark.parametrize("text", ["the weather in 1 should match 2", "make the style of 3 match 5", "no snow anywhere"])
def test_what_no_scene_has_is_neither_taken_from_it_nor_away(text: str) -> None:
    plan = make_plan(text, context(2))
    assert not plan.calls
    assert "nothing was changed" in plan.words


WORDS = """
delete make 3 scene scenes the wolf and , . not don't 2-4 everything except with night darker it that one of all but
mira swap move add a to from “red boat” version 2 undo why ? please no 12 last first merge without 's in on
"""


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(WORDS.split()), max_size=14).map(" ".join))
def test_any_words_give_a_plan_that_the_tools_take(text: str) -> None:
    hold(make_plan(text, context(3, character="c1")))


@example("V²")
@settings(max_examples=50, deadline=None)
@given(st.text(max_size=60))
def test_any_text_gives_a_plan(text: str) -> None:
    hold(make_plan(text, context()))
