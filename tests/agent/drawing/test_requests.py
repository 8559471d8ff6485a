"""A panel's request digest changes with whatever changes the pixels, and with nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from agent.drawing.requests import (
    board_requests,
    group_of,
    panel_request,
    request_digest,
    request_from_json,
    with_anchor,
)
from db.board import PictureEdit, Scene, Variation
from tests.agent.drawing.toy import toy_board

SHA = "a" * 64


@pytest.mark.parametrize(
    "change",
    [
        {"seed": 7},
        {"prompt": "an owl"},
        {"negative_prompt": "rain"},
        {"variation": Variation(3, 0.2)},
        {"edit": PictureEdit(SHA, 0.5)},
        {"edit": PictureEdit(SHA, 0.5, mask=SHA)},
    ],
)
def test_what_changes_the_pixels_changes_the_digest(change: dict[str, object]) -> None:
    board = toy_board()
    scene = replace(board.scenes[0], handwritten=("prompt",))
    assert panel_request(board, scene).digest != panel_request(board, replace(scene, **change)).digest


@pytest.mark.parametrize("change", [{"notes": "slowly"}, {"duration": 9.0}, {"title": "The fox"}, {"locked": True}])
def test_what_does_not_leaves_it_alone(change: dict[str, object]) -> None:
    board = toy_board()
    scene = board.scenes[0]
    assert panel_request(board, scene).digest == panel_request(board, replace(scene, **change)).digest


@pytest.mark.parametrize("change", [{"steps": 9}, {"size": (80, 40)}, {"sampler": "euler"}, {"guidance": 2.0}])
def test_drawing_settings_change_every_digest(change: dict[str, object]) -> None:
    board = toy_board()
    other = replace(board, drawing=replace(board.drawing, **change))
    before, after = board_requests(board), board_requests(other)
    assert all(before[scene.id][0] != after[scene.id][0] for scene in board.scenes)


def test_a_scene_keeps_its_digest_wherever_it_is_moved() -> None:
    board = toy_board()
    moved = replace(board, scenes=board.scenes[::-1])
    digests = {scene: digest for scene, (digest, _) in board_requests(board).items()}
    assert {scene: digest for scene, (digest, _) in board_requests(moved).items()} == digests


def test_an_untouched_scene_keeps_the_digest_of_an_older_program() -> None:
    board = toy_board()
    old = {scene.id: f"old-{scene.id}" for scene in board.scenes}
    edited = replace(board, scenes=(replace(board.scenes[0], seed=99), *board.scenes[1:]))
    after = board_requests(edited, board, old)
    assert after["s1"][0] == after["s1"][1].digest
    assert [after[scene][0] for scene in ("s2", "s3", "s4")] == ["old-s2", "old-s3", "old-s4"]


def test_a_request_comes_back_from_the_queue_as_it_was() -> None:
    request = panel_request(toy_board(), Scene("s1", prompt="a fox", edit=PictureEdit(SHA, 0.5, mask=SHA)))
    again = request_from_json(request.to_json())
    assert again == request.request
    assert request_digest(again) == request.digest


def test_only_what_can_be_one_batch_shares_a_group() -> None:
    board = toy_board()
    first, second = (panel_request(board, scene).request for scene in board.scenes[:2])
    assert group_of(first) == group_of(second)
    for change in ({"width": 128}, {"steps": 9}, {"source": SHA, "strength": 0.5}, {"model": "another"}):
        assert group_of(first) != group_of(replace(first, **change))


def test_a_locked_panel_keeps_its_digest_under_other_settings() -> None:
    board = toy_board(2)
    board = replace(board, scenes=(replace(board.scenes[0], locked=True), board.scenes[1]))
    old = {scene: digest for scene, (digest, _) in board_requests(board).items()}
    other = replace(board, drawing=replace(board.drawing, steps=9))
    after = {scene: digest for scene, (digest, _) in board_requests(other, board, old).items()}
    assert after["s1"] == old["s1"]
    assert after["s2"] != old["s2"]


def test_panels_share_an_anchor_that_later_edits_leave_alone() -> None:
    board = with_anchor(replace(toy_board(), drawing=replace(toy_board().drawing, sharing=0.5)))
    before = {scene: digest for scene, (digest, _) in board_requests(board).items()}
    first, second = (panel_request(board, scene).request for scene in board.scenes[:2])
    assert first.anchor is None
    assert second.anchor is not None
    assert (second.anchor.prompt, second.anchor.seed) == (first.prompt, first.seed)
    edited = with_anchor(replace(board, scenes=(replace(board.scenes[0], prompt="a bear"), *board.scenes[1:])))
    after = {scene: digest for scene, (digest, _) in board_requests(edited).items()}
    assert [scene for scene in before if before[scene] != after[scene]] == ["s1"]
