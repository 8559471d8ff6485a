"""What edits by words do to who stands where."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, pairwise
from typing import Any

import pytest

from agent.drawing.models import drawing_defaults
from agent.services import Services
from agent.session import ChatSession
from agent.staging import moves, settled, stage
from db.board import Board, Character, Figure, Prop, Scene, Staging
from sd_models.world import boxes
from tests.agent.tales import receipt_of, talking

ROW = Staging(
    (Figure("fox", 0.5, 0.12, "camera"), Figure("mira", 0.2, 0.12, "right"), Figure("tom", 0.8, 0.12, "left")),
    (Prop("table", 0.5, 0.3), Prop("lamp", 0.6, 0.2)),
)


def order(staging: Staging) -> list[str]:
    return [one.who for one in sorted(staging.figures, key=lambda one: one.x)]


@pytest.mark.parametrize(
    ("side", "expected"),
    [("left", ["fox", "mira", "tom"]), ("right", ["mira", "tom", "fox"]), ("middle", ["mira", "fox", "tom"])],
)
def test_others_make_room_and_keep_their_order(side: moves.Side, expected: list[str]) -> None:
    moved = moves.side(ROW, "fox", side)
    assert order(moved) == expected
    columns = sorted(one.x for one in moved.figures)
    assert all(b - a >= 0.15 for a, b in pairwise(columns))
    assert moved.props == ROW.props


def test_who_is_brought_closer_is_larger_and_nobody_else_moves() -> None:
    moved = moves.distance(ROW, "tom", "closer")
    assert moves.placed(moved, "tom").depth < 0.12
    assert [one for one in moved.figures if one.who != "tom"] == [one for one in ROW.figures if one.who != "tom"]
    again = moves.distance(moved, "tom", "closer")
    assert moves.placed(again, "tom").scale > 1, "who cannot come nearer grows"


def test_behind_in_front_of_and_beside() -> None:
    assert moves.placed(moves.beside(ROW, "mira", "behind", "table"), "mira").depth > 0.3
    front = moves.beside(ROW, "mira", "in front of", "tom")
    assert moves.placed(front, "mira").depth < moves.placed(front, "tom").depth
    beside = moves.beside(ROW, "fox", "left of", "tom")
    assert 0.1 < moves.placed(beside, "tom").x - moves.placed(beside, "fox").x < 0.25
    assert moves.placed(moves.distance(ROW, "lamp", "away"), "lamp").depth > 0.5


def test_two_face_each_other_and_trade_places() -> None:
    assert moves.placed(moves.face(ROW, "fox", "tom"), "fox").facing == "right"  # type: ignore[union-attr]
    swapped = moves.swapped(ROW, "mira", "tom")
    assert order(swapped) == ["tom", "fox", "mira"]
    assert {one.who: one.facing for one in swapped.figures} == {"fox": "camera", "mira": "left", "tom": "right"}


# -- through the tools, with receipts


def board() -> Board:
    cast = (
        Character("c1", "Mira", "a girl"),
        Character("c2", "Tom", "an old fisherman"),
        Character("c3", "Pip", "a fox"),
    )
    scenes = tuple(
        Scene(f"s{k}", f"Part {k}", "They talk.", action="They talk in the kitchen", setting="kitchen",
              shot="medium shot", characters=("c1", "c2", "c3"), props=("a lamp",), prompt="a kitchen", seed=k)
        for k in (1, 2, 3)
    )  # fmt: skip
    return Board("Kitchen", "", drawing_defaults("draft", "storybook"), cast, scenes)


def did(session: ChatSession, tool: str, **args: Any) -> dict[str, Any]:
    return receipt_of(session.act(tool, args))


def staged(receipt: dict[str, Any], position: int) -> Staging:
    value = Board.from_json(receipt["board"])
    return stage(value, value.scenes[position - 1]).staging


def test_the_receipt_says_who_moved_who_stayed_and_which_panel_is_drawn_anew(services: Services) -> None:
    session = talking(services, board())
    receipt = did(session, "place_in_frame", scenes=[2], who=["the fox"], side="left", distance="closer")
    assert "Pip is" in receipt["reply"]
    assert "stay" in receipt["reply"]
    assert [change["scene"] for change in receipt["changed"]] == ["s2"]
    assert {"staging", "image"} <= set(receipt["changed"][0]["fields"])
    assert order(staged(receipt, 2))[0] == "c3"
    assert order(staged(receipt, 1)) == order(stage(board(), board().scenes[0]).staging)


def test_words_for_everybody_mean_everybody(services: Services) -> None:
    receipt = did(talking(services, board()), "turn_to", scenes=[1], who=["everyone"], toward="away")
    assert {one.facing for one in staged(receipt, 1).figures} == {"away"}


def test_facing_each_other(services: Services) -> None:
    receipt = did(talking(services, board()), "turn_to", scenes=[1], who=["Mira", "Tom"], toward="each other")
    figures = {one.who: one for one in staged(receipt, 1).figures}
    left, right = sorted((figures["c1"], figures["c2"]), key=lambda one: one.x)
    assert (left.facing, right.facing) == ("right", "left")


def test_who_is_not_there_is_refused_with_who_is(services: Services) -> None:
    receipt = did(talking(services, board()), "place_in_frame", scenes=[1], who=["the dragon"], side="left")
    assert receipt["version"] is None
    assert "Mira, Tom, Pip and" in receipt["reply"]


def test_the_camera_changes_the_words_of_the_shot_too(services: Services) -> None:
    receipt = did(talking(services, board()), "set_camera", scenes=[3], size="close-up", angle="low", over="Tom")
    scene = receipt["board"]["scenes"][2]
    assert scene["shot"] == "close-up, low angle, over-the-shoulder shot"
    assert (scene["camera"]["size"], scene["camera"]["angle"], scene["camera"]["over"]) == ("close-up", "low", "c2")
    later = did(talking(services, Board.from_json(receipt["board"])), "edit_scenes", scenes=[3], shot="wide shot")
    assert later["board"]["scenes"][2]["camera"]["size"] == "wide"


def test_the_same_staging_as_another_scene_and_composed_again(services: Services) -> None:
    session = talking(services, board())
    did(session, "place_in_frame", scenes=[2], who=["Pip"], side="far right")
    receipt = did(session, "copy_staging", scenes=[3], source=2)
    assert order(staged(receipt, 3)) == order(staged(receipt, 2))
    freed = did(session, "compose_again", scenes=[3])
    assert order(staged(freed, 3)) == order(stage(board(), board().scenes[2]).staging)


def test_a_painting_that_follows_no_draft_stays_and_it_is_said(services: Services) -> None:
    painted = replace(board(), drawing=drawing_defaults("scratch", "storybook"))
    receipt = did(talking(services, painted), "trade_places", scenes=[1], first="Mira", second="Tom")
    assert "image" not in receipt["changed"][0]["fields"]
    assert "the drafts show it" in receipt["reply"]


def test_a_locked_scene_is_not_restaged(services: Services) -> None:
    locked = replace(board(), scenes=(replace(board().scenes[0], locked=True), *board().scenes[1:]))
    receipt = did(talking(services, locked), "set_pose", scenes=[1], who=["Mira"], pose="sitting")
    assert "locked" in receipt["reply"]
    assert receipt["version"] is None


# -- the staging that a board keeps


def test_a_new_board_keeps_its_staging_and_a_neighbours_edit_moves_nobody(services: Services) -> None:
    fresh = settled(board(), None)
    assert all(scene.staging is not None and scene.camera is not None for scene in fresh.scenes)
    shorter = replace(fresh, scenes=fresh.scenes[1:])
    assert settled(shorter, fresh).scenes == shorter.scenes
    receipt = did(talking(services, fresh), "delete_scenes", scenes=[1])
    assert [scene["staging"] for scene in receipt["board"]["scenes"]] == [
        scene["staging"] for scene in fresh.to_json()["scenes"][1:]
    ]


def test_a_staging_follows_its_own_words_and_what_was_placed_by_hand_stays(services: Services) -> None:
    session = talking(services, settled(board(), None))
    did(session, "place_in_frame", scenes=[1], who=["Pip"], side="far left")
    receipt = did(session, "remove_character", character="Tom", scenes=[1])
    kept = staged(receipt, 1)
    assert {one.who for one in kept.figures} == {"c1", "c3"}
    assert moves.placed(kept, "c3").x == moves.SIDE_X["far left"]
    receipt = did(session, "edit_scenes", scenes=[2], action="Mira runs", add_objects=["a chair"])
    assert "running" in {one.pose for one in staged(receipt, 2).figures}
    assert "chair" in {one.what for one in staged(receipt, 2).props}


def test_a_board_from_before_there_were_stagings_is_left_without() -> None:
    old = board()
    assert settled(replace(old, title="Else"), old).scenes == old.scenes


def test_nobody_is_hidden_after_a_move() -> None:
    value = board()
    for key, side in (("c1", "left"), ("c2", "middle"), ("c3", "right")):
        moved = moves.side(stage(value, value.scenes[0]).staging, key, side)  # type: ignore[arg-type]
        from agent.staging import staged_panel

        panel = staged_panel(value, replace(value.scenes[0], staging=moved))
        heads = [one.head for one in boxes(panel)]
        assert all(min(b[2], a[2]) - max(a[0], b[0]) < 0.6 * (a[2] - a[0]) for a, b in combinations(heads, 2))
