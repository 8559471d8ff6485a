"""What holds for any request: the same calls however it is dressed, and nothing that no word asks for."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from agent.requests import EXAMPLES, understand
from agent.tools import CATALOGUE
from tests.agent.planner.boards import context, plan

DESTRUCTIVE = {"delete_scenes", "delete_storyboard", "delete_conversation", "merge_scenes", "set_scene_count"}
ASKING = {"ask", "who_is_where", "describe_board", "show_prompts", "explain_pending", "what_changed", "list_styles",
          "what_can_you_do", "compare_versions", "list_versions", "check_continuity"}  # fmt: skip
REQUESTS = (
    "make panel 3 darker",
    "put an owl in panel 2",
    "the fox wears a red scarf",
    "panel 5 should be at night",
    "move panel 5 to the front",
    "delete panel 7",
    "remove the lanterns from panel 6",
    "swap panels 3 and 4",
    "shoot panel 4 from above",
    "make panel 4 last 7 seconds",
    "lock panel 2",
    "redraw panel 3",
)


def calls(text: str, *focus: int) -> list[tuple[str, dict[str, Any]]]:
    return [(each["name"], each["args"]) for each in understand(text, context(*focus)).calls]


def hold(text: str, known: Any) -> None:
    """Every call is to a tool that exists, with arguments that it takes."""
    for call in plan(text, known).calls:
        CATALOGUE[call["name"]].arguments.model_validate(call["args"])
        for choice in call["args"].get("calls", ()):
            for inner in choice:
                CATALOGUE[inner["name"]].arguments.model_validate(inner["args"])


@pytest.mark.parametrize("request_text", [one for area in EXAMPLES.values() for one in area])
def test_every_example_that_help_shows_is_understood(request_text: str) -> None:
    assert understand(request_text, context()).sure
    hold(request_text, context())


@pytest.mark.parametrize("text", REQUESTS)
@pytest.mark.parametrize(
    "dressed",
    [
        "please {}",
        "{} please",
        "{}, thanks a lot",
        "hello, {}",
        "if you don't mind, {}",
        "{} when you get a chance",
        "um, {}",
    ],
)
def test_courtesy_before_and_behind_changes_nothing(text: str, dressed: str) -> None:
    assert calls(text)
    assert calls(dressed.format(text)) == calls(text)


@pytest.mark.parametrize("text", [text for text in REQUESTS if "panel " in text])
@pytest.mark.parametrize("noun", ["scene", "picture", "frame", "number"])
def test_a_panel_by_any_other_noun_is_the_same(text: str, noun: str) -> None:
    assert calls(text.replace("panel ", f"{noun} ")) == calls(text)


@pytest.mark.parametrize(
    ("spelled", "digit"),
    [("panel three", "panel 3"), ("the third panel", "panel 3"), ("panel #3", "panel 3"), ("the 3rd one", "panel 3"),
     ("the last panel", "panel 8"), ("panel ٣", "panel 3")],
)  # fmt: skip
def test_a_number_by_any_name_is_the_same(spelled: str, digit: str) -> None:
    assert calls(f"make {spelled} darker") == calls(f"make {digit} darker")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("in panel 3 make it rain", "make it rain in panel 3"),
        ("in panel 2, add an owl", "add an owl in panel 2"),
        ("make 3 darker and 5 foggy", "make 3 darker, and 5 foggy"),
    ],
)
def test_the_order_of_a_scope_and_its_request_does_not_matter(one: str, other: str) -> None:
    assert calls(one) == calls(other)


def test_the_order_of_two_requests_does_not_matter() -> None:
    first, second = "make panel 3 darker", "put an owl in panel 5"
    assert sorted(calls(f"{first} and {second}"), key=str) == sorted(calls(f"{second} and {first}"), key=str)


def test_a_scope_holds_until_another_is_named() -> None:
    touched = {place for _, args in calls("in scene 3 make it rain and add an owl") for place in args["scenes"]}
    assert touched == {3}


@pytest.mark.parametrize(
    "text",
    [
        "delete the lights in 2",
        "remove the frame in 2",
        "get rid of the shadows in 6",
        "drop the camera in 3",
        "the story was deleted from a dream",
        "add a sign saying 'delete scene 4' to 2",
        "don't delete 3",
        "why did you delete 3?",
        "never merge 2 and 3",
        "what would happen if I deleted 4",
        "I deleted scene 3 by accident",
        "scenes 2 and 3 belong together",
        "nobody needs scene 2",
        "the snake isn't needed, take it out of 2",
        "end the story after the bridge, cut the rest",
    ],
)
def test_nothing_is_deleted_that_was_not_asked_for(text: str) -> None:
    assert not DESTRUCTIVE & {name for name, _ in calls(text, 2)}


@pytest.mark.parametrize(
    "text",
    [
        "make scene 2 louder",
        "scene 4 should come with a soundtrack",
        "panel 4 needs to be reviewed by Anna",
        "drop scene 3 in the bin",
        "make the middle scene darker",
        "make scene 5 twice as good",
        "replace the lantern with a torch",
        "replace the unicorn with a horse",
        "delete the boring ones",
        "change scene 3",
    ],
)
def test_what_is_not_understood_is_asked_about_and_not_guessed(text: str) -> None:
    assert [call["name"] for call in plan(text, context(3)).calls] == ["ask"]


def test_what_is_understood_of_a_message_is_offered_as_a_button() -> None:
    (ask,) = plan("make scene 3 darker and make scene 2 louder", context()).calls
    assert ask["args"]["choices"] == ["only: make scene 3 darker", "leave it as it is"]
    assert ask["args"]["calls"][0] == [{"name": "edit_scenes", "args": {"scenes": [3], "mood": "darker"}}]
    assert "louder" in ask["args"]["question"]


def test_a_panel_is_named_by_its_own_number() -> None:
    known = context()
    assert known.board is not None
    scenes = tuple(replace(scene, number=f"{place}A") for place, scene in enumerate(known.board.scenes, start=3))
    known = replace(known, board=replace(known.board, scenes=scenes))
    assert understand("make 4A darker", known).calls == understand("make panel 2 darker", known).calls
    assert understand("make panel 4A darker", known).calls[0]["args"]["scenes"] == [2]


def test_a_name_behind_call_is_a_value() -> None:
    assert calls("call the storyboard Take 19") == [("set_title", {"title": "Take 19"})]
    assert calls("rename the board to “Panel 3 at night”") == [("set_title", {"title": "Panel 3 at night"})]


WORDS = """
delete make 3 scene scenes the wolf and , . not don't 2-4 everything except with night darker it that one of all but
mira swap move add a to from “red boat” version 2 undo why ? please no 12 last first merge without 's in on
"""


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(WORDS.split()), max_size=12).map(" ".join))
def test_any_words_give_calls_that_the_tools_take_and_nothing_destructive_without_its_verb(text: str) -> None:
    hold(text, context(3, character="c1"))
    gone = {call["name"] for call in plan(text, context(3)).calls} & {"delete_scenes", "delete_storyboard"}
    assert not gone or "delete" in text


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([word for word in WORDS.split() if word not in ("all", "everything", "scenes")]),
                max_size=9).map(" ".join))  # fmt: skip
def test_no_scene_changes_that_no_word_names(text: str) -> None:
    named = understand(text, context()).named
    for name, args in calls(text):
        if name == "edit_scenes" and named is not None:
            assert set(args["scenes"]) <= set(named)


@example("V²")
@settings(max_examples=50, deadline=None)
@given(st.text(max_size=60))
def test_any_text_gives_a_plan(text: str) -> None:
    hold(text, context())
