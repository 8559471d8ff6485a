"""A board is checked where it comes in, and where it is written down: types and bounds, each mistake by its place."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from typing import Any

import pytest

from db.board import UNDECIDED, Board, Scene
from db.database import Database
from db.errors import InvalidBoardError
from db.history import History
from tests.db.examples import BOARD


@pytest.mark.parametrize(
    ("path", "wrong"),
    [
        (("title",), 5),
        (("style",), None),
        (("scenes",), {}),
        (("scenes", 1), "s2"),
        (("scenes", 1, "id"), ""),
        (("scenes", 1, "text"), ["a"]),
        (("scenes", 1, "duration"), "four"),
        (("scenes", 1, "duration"), 0),
        (("scenes", 1, "duration"), 1e9),
        (("scenes", 1, "duration"), math.inf),
        (("scenes", 1, "locked"), "yes"),
        (("scenes", 1, "seed"), 1.5),
        (("scenes", 1, "characters"), "c1"),
        (("scenes", 1, "picked"), "../../picture"),
        (("scenes", 1, "variation"), {"seed": 1, "amount": 2}),
        (("characters", 0, "name"), 7),
        (("characters", 0, "changes"), [{"scene": "s3"}]),
        (("drawing", "steps"), "x"),
        (("drawing", "steps"), 10**9),
        (("drawing", "steps"), True),
        (("drawing", "guidance"), "7"),
        (("drawing", "size"), [256]),
        (("drawing", "size"), [256, 10**6]),
        (("drawing", "sharing"), -1),
        (("drawing", "model"), ""),
    ],
    ids=str,
)
def test_a_value_of_the_wrong_type_or_size_is_refused_by_its_name(path: tuple[str | int, ...], wrong: object) -> None:
    value: Any = BOARD.to_json()
    place = value
    for part in path[:-1]:
        place = place[part]
    place[path[-1]] = wrong
    with pytest.raises(InvalidBoardError) as caught:
        Board.from_json(value)
    line = str(caught.value)
    assert " ".join(str(part + 1) if isinstance(part, int) else part for part in path) in line
    assert "\n" not in line
    assert len(line) < 300


def test_what_a_board_leaves_out_takes_its_default_but_for_how_it_is_drawn() -> None:
    value = {"drawing": BOARD.to_json()["drawing"], "scenes": [{"id": "s1", "image": None, "position": 1}]}
    assert Board.from_json(value) == Board(drawing=BOARD.drawing, scenes=(Scene("s1"),))
    with pytest.raises(InvalidBoardError, match="drawing"):
        Board.from_json({"scenes": []})


def test_whole_numbers_are_as_good_as_others() -> None:
    value = json.loads(json.dumps(BOARD.to_json()))
    value["scenes"][0]["duration"] = 4
    assert Board.from_json(value) == BOARD


@pytest.mark.parametrize(
    "board",
    [
        replace(BOARD, scenes=(Scene("s1", duration=1e12),)),
        replace(BOARD, scenes=(Scene("s1", picked="p"),)),
        replace(BOARD, drawing=UNDECIDED),
    ],
    ids=["duration", "picture", "undecided"],
)
def test_what_could_not_be_read_again_is_not_written_down(database: Database, board: Board) -> None:
    history = History(database)
    with pytest.raises(InvalidBoardError, match="cannot be written down"):
        history.create(board)
    assert history.storyboards() == []
