"""Words that place people in a panel, turn them, and ask whether panels cut together, become staging calls."""

from __future__ import annotations

from typing import Any

import pytest

from agent.context import Context
from agent.requests import understand
from agent.services import Services
from agent.staging import settled
from tests.agent.tales import receipt_of, tale, talking


def calls(text: str) -> list[tuple[str, dict[str, Any]]]:
    board = tale()
    return [(call["name"], call["args"]) for call in understand(text, Context(board=board)).calls]


@pytest.mark.parametrize(
    ("text", "args"),
    [
        ("put Mira on the left in 2", {"scenes": [2], "who": ["Mira"], "side": "left"}),
        ("in 2 move Tom to the right", {"scenes": [2], "who": ["Tom"], "side": "right"}),
        ("Tom closer to the camera in 2", {"scenes": [2], "who": ["Tom"], "distance": "closer"}),
        ("bring Tom closer in scene 2", {"scenes": [2], "who": ["Tom"], "distance": "closer"}),
        ("Mira behind Tom in 2", {"scenes": [2], "who": ["Mira"], "relation": "behind", "other": "Tom"}),
        ("in 2 put Mira next to Tom", {"scenes": [2], "who": ["Mira"], "relation": "next to", "other": "Tom"}),
    ],
)
def test_who_stands_where_is_a_placement(text: str, args: dict[str, Any]) -> None:
    assert calls(text) == [("place_in_frame", args)]


@pytest.mark.parametrize(
    ("text", "who", "toward"),
    [
        ("have them face each other in 2", ["all"], "each other"),
        ("turn Tom away in 2", ["Tom"], "away"),
        ("Mira looking at Tom in 2", ["Mira"], "Tom"),
        ("Tom facing left in 2", ["Tom"], "left"),
    ],
)
def test_who_looks_where_is_a_turn(text: str, who: list[str], toward: str) -> None:
    assert calls(text) == [("turn_to", {"scenes": [2], "who": who, "toward": toward})]


def test_people_trade_places_and_panels_still_do() -> None:
    assert calls("swap Mira and Tom in 2") == [("trade_places", {"scenes": [2], "first": "Mira", "second": "Tom"})]
    assert [name for name, _ in calls("swap 2 and 3")] == ["swap_scenes"]


def test_moving_a_panel_is_no_placement() -> None:
    assert [name for name, _ in calls("move 2 to the end")] == ["move_scenes"]


@pytest.mark.parametrize("text", ["is the continuity right?", "check the continuity"])
def test_continuity_is_asked_about(text: str) -> None:
    assert calls(text) == [("check_continuity", {})]


def test_continuity_is_mended_where_it_is_said() -> None:
    assert calls("fix the continuity of 2 and 3") == [("fix_continuity", {"scenes": [2, 3]})]


def test_deleting_the_storyboard_is_no_style() -> None:
    assert all(name != "set_style" for name, _ in calls("delete the storyboard"))


@pytest.mark.parametrize(
    ("text", "name", "args"),
    [
        ("over her shoulder in 2", "set_camera", {"scenes": [2], "over": "Mira"}),
        ("shoot 2 over Tom's shoulder", "set_camera", {"scenes": [2], "over": "Tom"}),
        ("looking up at the castle in 2", "set_camera", {"scenes": [2], "angle": "low"}),
        ("same staging as 2 in 3", "copy_staging", {"scenes": [3], "source": 2}),
        ("stage 3 like 2", "copy_staging", {"scenes": [3], "source": 2}),
        ("move the lantern away in 3", "place_in_frame", {"scenes": [3], "who": ["lantern"], "distance": "away"}),
        ("put the boat on the left in 3", "place_in_frame", {"scenes": [3], "who": ["boat"], "side": "left"}),
        (
            "Mira behind the boat in 3",
            "place_in_frame",
            {"scenes": [3], "who": ["Mira"], "relation": "behind", "other": "boat"},
        ),
        ("in 2 swap their places", "trade_places", {"scenes": [2], "first": "Mira", "second": "Tom"}),
        ("bigger in 3", "place_in_frame", {"scenes": [3], "who": ["Mira"], "size": 1.25}),
    ],
)
def test_cameras_things_and_likeness_are_staging(text: str, name: str, args: dict[str, Any]) -> None:
    assert calls(text) == [(name, args)]


@pytest.mark.parametrize(
    ("text", "moved", "stayed"),
    [
        ("in 2 put Mira on the right", "Mira is right now", "the nets stay in place"),
        ("Mira should be sitting in 3", "Mira is sitting", "the boat and the lantern stay in place"),
        ("low angle in 3", "the camera is close-up, low angle", ""),
        ("zoom out in 3", "the camera is medium close-up", ""),
        ("zoom in on 2", "the camera is full", ""),
        ("over her shoulder in 2", "over the shoulder of Mira", "the nets stay in place"),
        ("looking up at the castle in 4", "low angle", ""),
        ("same staging as 2 in 3", "the camera is wide", ""),
        ("move the lantern away in 3", "goes farther back", "Mira and the boat stay in place"),
        ("Mira behind the boat in 3", "Mira is", "the boat and the lantern stay in place"),
        ("make Mira bigger in 3", "Mira is bigger", "the boat and the lantern stay in place"),
        ("bring Tom closer to the camera in 2", "Tom comes closer", "Mira and the nets stay in place"),
        ("in 2 have them face each other", "", ""),
    ],
)
def test_the_reply_says_what_moved_and_what_stayed(services: Services, text: str, moved: str, stayed: str) -> None:
    board = settled(tale(), None)
    reply = receipt_of(talking(services, board).turn(text))["reply"]
    assert moved in reply
    assert stayed in reply


def test_words_of_a_pose_reach_somebody_who_was_placed_by_hand(services: Services) -> None:
    session = talking(services, settled(tale(), None))
    receipt_of(session.turn("put Mira on the far right in 3"))
    board = receipt_of(session.turn("Mira should be sitting in 3"))["board"]
    (mira,) = board["scenes"][2]["staging"]["figures"]
    assert (mira["x"], mira["pose"]) == (0.88, "sitting")
