"""What can be taken hold of in a draft, and what a person's edit of it asks for."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree

import pytest

from agent.staging import grips, settled, staged_panel, tool_call
from db.board import Board
from sd_models.world import boxes, ground
from tests.agent.tales import tale


@pytest.fixture
def board() -> Board:
    return settled(tale(), None)


def test_everybody_and_everything_can_be_taken_hold_of_where_it_is_drawn(board: Board) -> None:
    scene = board.scenes[2]
    held = grips(board, scene)
    assert {grip.name for grip in held.grips} == {"Mira", "the boat", "the lantern"}
    mira = next(grip for grip in held.grips if grip.name == "Mira")
    panel, size = staged_panel(board, scene), (640, 360)
    assert mira.box == boxes(panel, size)[0].body
    assert (held.horizon, held.feet) == ground(panel, size)
    assert [grip.depth for grip in held.grips] == sorted((grip.depth for grip in held.grips), reverse=True)
    for grip in held.grips:
        assert ElementTree.fromstring(grip.sprite).tag.endswith("svg")


@pytest.mark.parametrize(
    ("edit", "tool", "args"),
    [
        ({"do": "place", "key": "c1", "x": 0.7, "depth": 2}, "place_in_frame", {"who": ["c1"], "x": 0.7, "depth": 1.0}),
        ({"do": "size", "key": "boat", "factor": 1.25}, "place_in_frame", {"who": ["boat"], "size": 1.25}),
        ({"do": "turn", "key": "c1", "to": "left"}, "turn_to", {"who": ["c1"], "toward": "left"}),
        ({"do": "turn", "key": "boat", "to": "left"}, "place_in_frame", {"who": ["boat"], "flip": True}),
        ({"do": "pose", "key": "c1", "pose": "sitting"}, "set_pose", {"who": ["c1"], "pose": "sitting"}),
        ({"do": "add", "what": " lamp "}, "edit_scenes", {"add_objects": ["lamp"]}),
        ({"do": "away", "key": "boat"}, "edit_scenes", {"remove_objects": ["a boat"]}),
        ({"do": "away", "key": "c1"}, "remove_character", {"character": "c1"}),
    ],
)
def test_an_edit_by_hand_is_one_call_of_a_tool(board: Board, edit: object, tool: str, args: dict[str, object]) -> None:
    scene = board.scenes[2]
    assert tool_call(scene, grips(board, scene), edit) == (tool, {"scenes": ["s3"], **args})


@pytest.mark.parametrize(
    "edit",
    [
        None,
        "place",
        {},
        {"do": "place", "key": "nobody", "x": 0.1, "depth": 0.1},
        {"do": "place", "key": "c1", "x": "left", "depth": 0.1},
        {"do": "size", "key": "c1", "factor": 1e9},
        {"do": "turn", "key": "boat", "to": "away"},
        {"do": "pose", "key": "c1", "pose": "<script>"},
        {"do": "pose", "key": "boat", "pose": "sitting"},
        {"do": "add", "what": "  "},
        {"do": "away", "key": 7},
        {"do": "delete_storyboard", "key": "c1"},
    ],
)
def test_what_is_no_edit_of_what_is_there_is_nothing(board: Board, edit: object) -> None:
    scene = board.scenes[2]
    assert tool_call(scene, grips(board, scene), edit) is None
