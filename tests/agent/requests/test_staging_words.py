"""Words that place people in a panel, turn them, and ask whether panels cut together, become staging calls."""

from __future__ import annotations

from typing import Any

import pytest

from agent.context import Context
from agent.requests import understand
from tests.agent.tales import tale


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
