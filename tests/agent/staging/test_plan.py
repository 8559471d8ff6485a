"""The overhead plan shows who stands where, who moves, and each panel's camera."""

from __future__ import annotations

from dataclasses import replace

from PIL import Image, ImageChops

from agent.staging import draw_plan, plan_title
from agent.staging.plan import COLOURS
from db.board import Board, Camera, Character, Figure, Prop, Scene, Staging


def board_of(x: float, size: str = "wide") -> Board:
    scenes = tuple(
        Scene(f"s{k}", setting="kitchen", time="night", characters=("c1",), camera=Camera(size),  # type: ignore[arg-type]
              staging=Staging((Figure("c1", 0.2 if k == 1 else x, 0.2, "right"),), (Prop("table", 0.5, 0.5),)))
        for k in (1, 2)
    )  # fmt: skip
    return Board("Kitchen", characters=(Character("c1", "Mira"),), scenes=scenes)


def pixels(image: Image.Image) -> int:
    """How many pixels have the colour of the first person."""
    data: list[tuple[int, int, int]] = list(image.getdata())  # type: ignore[arg-type]
    return sum(pixel == COLOURS[0] for pixel in data)


def test_a_person_is_seen_and_a_line_shows_where_they_go() -> None:
    still, going = board_of(0.2), board_of(0.8)
    assert pixels(draw_plan(going, going.scenes)) > pixels(draw_plan(still, still.scenes)) > 100


def test_a_closer_shot_has_its_camera_elsewhere() -> None:
    wide, close = board_of(0.2), board_of(0.2, "close-up")
    difference = ImageChops.difference(draw_plan(wide, wide.scenes), draw_plan(close, close.scenes))
    assert difference.getbbox() is not None


def test_the_title_names_the_panels_and_the_place() -> None:
    board = board_of(0.5)
    assert plan_title(board, board.scenes) == "1 to 2: kitchen, night"
    assert plan_title(board, board.scenes[:1]) == "1: kitchen, night"


def test_a_sequence_in_which_nobody_is_has_a_plan_too() -> None:
    board = board_of(0.5)
    empty = replace(board, scenes=(replace(board.scenes[0], staging=Staging()),))
    assert draw_plan(empty, empty.scenes).size == (900, 560)
