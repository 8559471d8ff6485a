"""What a reply says of the pictures: drawn anew, already so, or not drawn because of something true; nothing twice."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from agent import edits
from agent.services import Services
from db.board import Board
from tests.agent.tales import receipt_of, tale, talking


def crowded() -> Board:
    """Three people are in scene 2, as many as storybook draws."""
    board = tale(4)
    for name, look in (("Grandma", "an old woman"), ("Otto", "a boy"), ("Wolf", "a wolf")):
        missing = 3 - len(board.scene("s2").characters)
        board = edits.add_character(board, name, ["s2"] if missing > 0 else [], look)
    return board


def locked(ids: list[str]) -> Board:
    """The board with these scenes locked, whose pictures are drawn."""
    board = tale(4)
    scenes = tuple(replace(scene, locked=scene.id in ids) for scene in board.scenes)
    return replace(board, scenes=scenes)


def said(services: Services, board: Board, tool: str, **args: Any) -> tuple[str, list[int]]:
    """The reply to one call, and the positions of the scenes whose picture is another one."""
    receipt = receipt_of(talking(services, board).act(tool, args))
    drawn = [change["position"] for change in receipt["changed"] if "image" in change["fields"]]
    return receipt["reply"], drawn


def test_a_new_picture_is_told_as_changed(services: Services) -> None:
    reply, drawn = said(services, tale(4), "edit_scenes", scenes=[2], time="night")
    assert drawn == [2]
    assert "Changed 2; 1, 3 and 4 are the same pictures." in reply
    assert "not drawn" not in reply


def test_what_was_so_already_is_told_so(services: Services) -> None:
    night = edits.edit_scenes(edits.edit_scenes(tale(4), ["s2"], time="night"), ["s3"], time="day")
    reply, drawn = said(services, night, "edit_scenes", scenes=[2, 3], time="night")
    assert drawn == [3]
    assert "Changed 3; 1 and 4 are the same pictures. 2 was so already." in reply
    reply, drawn = said(services, night, "edit_scenes", scenes=[2], time="night")
    assert drawn == []
    assert "2 was so already." in reply
    assert "no word" not in reply


def test_a_word_that_the_model_lacks_is_named_with_what_helps(services: Services) -> None:
    reply, drawn = said(services, tale(4), "edit_scenes", scenes=[2], add_objects=["a sousaphone"])
    assert drawn == []
    assert "2 is not drawn anew: storybook leaves out “a sousaphone”, since there is no word for it" in reply
    assert "use another model" in reply


def test_of_too_many_figures_the_true_reason_is_told(services: Services) -> None:
    reply, drawn = said(services, crowded(), "add_character", name="Zelda", scenes=[2], description="a girl")
    assert drawn == []
    assert "“Zelda”, since three figures at most fit into a picture; take one out first" in reply
    assert "no word" not in reply


def test_of_too_many_things_the_true_reason_is_told(services: Services) -> None:
    held = edits.edit_scenes(tale(4), ["s2"], add_objects=["a lantern"])
    reply, drawn = said(services, held, "edit_scenes", scenes=[2], add_objects=["a sword"])
    assert drawn == []
    assert "“a sword”, since a figure holds one thing" in reply


def test_two_words_that_are_one_to_the_model_are_told_as_one(services: Services) -> None:
    dusk = edits.edit_scenes(tale(4), ["s2"], weather="rain")
    reply, drawn = said(services, dusk, "edit_scenes", scenes=[2], weather="rainy")
    assert drawn == []
    assert "“rainy” is “rain” to storybook, as before" in reply


def test_a_prompt_by_hand_is_the_reason_where_it_is(services: Services) -> None:
    board = edits.set_prompt(tale(4), ["s2"], "a girl in a boat")
    reply, drawn = said(services, board, "add_character", name="Zelda", scenes=[2], description="a girl")
    assert drawn == []
    assert "2 is not drawn anew: its prompt was written by hand" in reply


@pytest.mark.parametrize(
    ("tool", "args"),
    [
        ("set_style", {"style": "ink noir"}),
        ("edit_scenes", {"scenes": [1, 2], "notes": "slow"}),
        ("edit_scenes", {"scenes": ["all"], "time": "night"}),
        ("edit_scenes", {"scenes": [1, 2, 3], "add_objects": ["a sousaphone"]}),
        ("set_drawing", {"steps": 20}),
    ],
)
def test_no_number_is_in_two_halves_and_a_locked_scene_is_never_changed(
    services: Services, tool: str, args: dict[str, Any]
) -> None:
    board = edits.edit_scenes(locked(["s4"]), ["s2"], time="night")
    reply, drawn = said(services, board, tool, **args)
    receipt = reply[reply.index("Changed") :] if "Changed" in reply else reply.partition(". ")[2]
    halves = [set(map(int, re.findall(r"\b\d\b", half))) for half in re.split(r"[;.]", receipt.split("Scene")[0])]
    assert sum(map(len, halves)) == len(set().union(*halves)), reply
    assert 4 not in drawn


def test_a_locked_scene_keeps_its_picture_when_style_and_settings_change_together(services: Services) -> None:
    session = talking(services, locked(["s4"]))
    receipt_of(session.act("set_style", {"style": "ink noir"}))
    receipt = receipt_of(session.act("set_drawing", {"steps": 20}))
    assert [change["scene"] for change in receipt["changed"] if "image" in change["fields"]] == ["s1", "s2", "s3"]


def test_the_whole_board_is_said_of_the_whole_board_only(services: Services) -> None:
    reply, _ = said(services, tale(4), "set_style", style="anime")
    assert "The whole board is in anime now." in reply
    board = locked(["s2", "s3", "s4"])
    reply, drawn = said(services, board, "set_style", style="anime")
    assert drawn == [1]
    assert "Scene 1 is in anime now." in reply
    assert "whole board" not in reply
