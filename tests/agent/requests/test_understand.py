"""Promises about requests that are understood by their grammar: scopes hold, courtesy changes nothing, nothing goes
unasked."""

from __future__ import annotations

import itertools
import random

import pytest

from agent.context import Context
from agent.requests import understand
from tests.agent.planner.boards import context

BOARD = context()
DESTRUCTIVE = {"delete_scenes", "delete_storyboard", "delete_conversation", "remove_character", "merge_scenes"}
REQUESTS = (
    "make scene 3 darker",
    "add a red balloon to panel 4",
    "delete 6",
    "give 2 a warmer light",
    "let it snow in the last two",
    "put panel 7 before panel 2",
    "Mira wears a green hat",
    "hold 5 for six seconds",
    "6: close-up, fog",
)


def calls(text: str, board: Context = BOARD) -> list[tuple[str, dict[str, object]]]:
    """The calls of a request that is understood as a whole; [] where it is not."""
    return [(each["name"], each["args"]) for each in understand(text, board).calls]


def touched(text: str) -> set[int]:
    """The scenes that a request changes, by their positions."""
    places: set[int] = set()
    for name, args in calls(text):
        if name == "describe_character":
            places |= set(range(1, 9))
        listed = args.get("scenes", args.get("scene", ()))
        places |= set(listed if isinstance(listed, list) else [listed] if isinstance(listed, int) else [])
    return places


@pytest.mark.parametrize(
    ("text", "scenes"),
    [
        ("in scene 2 make it rain and give Mira a blue hat", {2}),
        ("from 6 on it's a foggy night", {6, 7, 8}),
        ("everywhere the wolf appears, add mist", {4, 5}),
        ("change nothing in 4, but from 3 to 6 give me heavy rain", {3, 5, 6}),
        ("don't touch the first panel, but everything after it gets a green tint", set(range(2, 9))),
        ("make all of them foggy except the last", set(range(1, 8))),
        ("the first half should feel hopeless", {1, 2, 3, 4}),
    ],
)
def test_a_scope_holds_for_all_that_is_said_in_it(text: str, scenes: set[int]) -> None:
    assert touched(text) == scenes


@pytest.mark.parametrize("text", REQUESTS)
@pytest.mark.parametrize(
    "polite",
    [
        "please {}",
        "{}, please",
        "{}, thank you so much",
        "Hello! {}",
        "if you don't mind, {}",
        "{} if you don't mind",
        "{}, when you get a chance",
        "um, {}",
    ],
)
def test_courtesy_before_and_behind_changes_nothing(text: str, polite: str) -> None:
    assert calls(text)
    assert calls(polite.format(text)) == calls(text)


@pytest.mark.parametrize("asking", ["could you {}", "can you {}?", "I'd like you to {}", "would you mind, {}"])
def test_a_request_put_as_a_question_is_the_same_request(asking: str) -> None:
    assert calls(asking.format("make scene 3 darker")) == calls("make scene 3 darker")


@pytest.mark.parametrize("noun", ["scene", "panel", "frame", "picture", "number", "page"])
@pytest.mark.parametrize("number", ["3", "three"])
def test_a_panel_by_any_name_and_number(noun: str, number: str) -> None:
    assert calls(f"make {noun} {number} darker") == calls("make the third panel darker")


def test_a_scene_named_before_or_behind_is_the_same() -> None:
    assert calls("in 3, make it rain") == calls("make it rain in 3") == calls("make panel 3 rain")


def test_the_reason_for_a_request_is_no_request() -> None:
    assert calls("make 3 darker, it looks silly") == calls("make 3 darker")
    assert calls("3 looks flat, make it darker") == calls("make 3 darker")


def test_a_panel_that_is_not_there_is_asked_about() -> None:
    reading = understand("make panel 20 darker", BOARD)
    assert not reading.calls
    assert reading.doubt is not None
    assert "20" in reading.doubt.question


def test_words_that_no_rule_explains_leave_the_whole_request_undone() -> None:
    reading = understand("make 3 darker and frobnicate the wibble of Mira", BOARD)
    assert not reading.calls
    assert reading.unread


VOCABULARY = """
    make add give put show the a it in on to of and , not too please scene panel 2 3 five last first everything
    Mira Biscuit wolf fox darker rain night hat red tree boat happy close-up from behind should be is wears where
    when dance looks bigger only again there her move swap title style blue with without
""".split()  # noqa: SIM905


@pytest.mark.parametrize("seed", range(150))
def test_no_words_at_all_delete_what_they_do_not_name(seed: int) -> None:
    chosen = random.Random(seed).choices(VOCABULARY, k=3 + seed % 8)
    reading = understand(" ".join(chosen), BOARD)
    assert not {each["name"] for each in reading.calls} & DESTRUCTIVE, chosen
    if reading.named is not None and "describe_character" not in {each["name"] for each in reading.calls}:
        edited = [each["args"].get("scenes", []) for each in reading.calls if each["name"] == "edit_scenes"]
        assert set(itertools.chain.from_iterable(edited)) <= set(reading.named), chosen
