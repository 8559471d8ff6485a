"""Edits of who stands where, and from where it is seen: pure `Board -> Board`. What is set here counts as decided by
hand: later changes of the scene's words leave it alone, but for those who come or go."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from agent.edits import edit_scenes
from agent.edits.common import change, locked_out
from agent.errors import EditError
from agent.shots import camera_in, shot_words
from agent.staging.compose import stage
from agent.staging.moves import over_shoulder
from db.board import Board, Camera, Figure, Prop, Scene, Staging

__all__ = ["compose_again", "copy_staging", "follows_staging", "restage", "set_camera"]


def follows_staging(board: Board) -> bool:
    """Whether what draws the board's panels is shown the staging."""
    return board.drawing.engine == "draft" or board.drawing.freedom is not None


def restage(board: Board, ids: Sequence[str], edit: Callable[[Staging], Staging]) -> Board:
    """Scenes with their staging edited. Raises EditError for a locked one."""
    locked_out(board, ids)

    def staged(scene: Scene) -> Scene:
        before = stage(board, scene).staging
        after = edit(before)
        return scene if after == before else _by_hand(replace(scene, staging=after), "staging")

    return _changed(board, ids, staged)


def set_camera(board: Board, ids: Sequence[str], edit: Callable[[Camera], Camera]) -> Board:
    """Scenes with their camera edited; `shot` says the same in words. Raises EditError for a locked one."""
    locked_out(board, ids)
    for scene_id in ids:
        scene = board.scene(scene_id)
        before = stage(board, scene).camera
        after = edit(before)
        if after == before:
            continue
        # Words of one's own that ask for the same camera stay ("a lonely wide shot").
        same_words = camera_in(scene.shot, before) == replace(after, over=before.over) and after.over == before.over
        if not same_words and shot_words(after) != scene.shot:
            board = edit_scenes(board, [scene_id], shot=shot_words(after))
        board = _changed(board, [scene_id], lambda scene: _by_hand(replace(scene, camera=after), "camera"))  # noqa: B023
        if after.over and after.over != before.over:
            board = restage(board, [scene_id], lambda staging: over_shoulder(staging, after.over or ""))  # noqa: B023
    return board


def copy_staging(board: Board, ids: Sequence[str], source: str) -> Board:
    """Scenes staged as another one is: who is in both stands as there, and the camera is the same; the others keep
    their places. Raises EditError where nobody is in both."""
    model = stage(board, board.scene(source))
    figures = {one.who: one for one in model.staging.figures}
    props = {one.what: one for one in model.staging.props}
    for scene_id in ids:
        own = stage(board, board.scene(scene_id)).staging
        if not any(one.who in figures for one in own.figures) and not any(one.what in props for one in own.props):
            raise EditError("Nobody and nothing is in both scenes, so there is nothing to stage alike.")
    board = restage(
        board,
        ids,
        lambda staging: Staging(
            tuple(_as(one, figures.get(one.who)) for one in staging.figures),
            tuple(_as(one, props.get(one.what)) for one in staging.props),
        ),
    )
    return set_camera(board, ids, lambda camera: model.camera)


def compose_again(board: Board, ids: Sequence[str]) -> Board:
    """Scenes staged by the rules of composition again: what was placed by hand is given up."""
    locked_out(board, ids)

    def freed(scene: Scene) -> Scene:
        hand = tuple(name for name in scene.handwritten if name not in ("camera", "staging"))
        return replace(scene, camera=None, staging=None, handwritten=hand)

    return _changed(board, ids, freed)


def _as(own: Any, model: Figure | Prop | None) -> Any:
    """Somebody in the place of the same one elsewhere, doing what they do here."""
    if model is None:
        return own
    values = {name: getattr(model, name) for name in ("x", "depth", "scale")}
    return replace(own, **values, **({"facing": model.facing} if isinstance(model, Figure) else {"flip": model.flip}))


def _by_hand(scene: Scene, name: str) -> Scene:
    return replace(scene, handwritten=tuple(dict.fromkeys((*scene.handwritten, name))))


def _changed(board: Board, ids: Sequence[str], edit: Callable[[Scene], Scene]) -> Board:
    """As `agent.edits.change`; where a picture follows the staging, one that was picked for the old one is given up."""

    def edited(scene: Scene) -> Scene:
        after = edit(scene)
        return replace(after, picked=None) if after != scene and follows_staging(board) else after

    return change(board, ids, edited)
