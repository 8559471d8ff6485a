"""Edits of how panels are drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from agent.edits.common import change, locked_out
from agent.errors import EditError
from agent.wording import name_list
from db.board import Board, PictureEdit, Scene, Variation
from sd_models.sampler_names import SAMPLER_NAMES

__all__ = ["draw_from_picture", "edit_picture", "lock_scenes", "redraw", "set_drawing", "use_seed", "vary"]


def redraw(board: Board, seeds: Mapping[str, int], *, from_scratch: bool = False) -> Board:
    """The same prompts with other seeds: scene id -> seed. `from_scratch` lets go of the picture that a panel starts
    from."""
    locked_out(board, seeds)

    def changed(scene: Scene) -> Scene:
        edit = None if from_scratch else scene.edit
        return replace(scene, seed=seeds[scene.id], variation=None, edit=edit)

    return change(board, seeds.keys(), changed)


def use_seed(board: Board, scene_id: str, seed: int) -> Board:
    """One scene with the seed of a candidate that a person picked."""
    return redraw(board, {scene_id: seed})


def vary(board: Board, seeds: Mapping[str, int], amount: float) -> Board:
    """A small variation of panels: their noise mixed by `amount` in (0, 1] with that of the seed given for each."""
    locked_out(board, seeds)
    return change(board, seeds.keys(), lambda scene: replace(scene, variation=Variation(seeds[scene.id], amount)))


def lock_scenes(board: Board, ids: Sequence[str], locked: bool, images: Mapping[str, str | None]) -> Board:
    """Locked scenes keep everything, their picture (`images`: scene id -> SHA-256 or None) too, whatever is said about
    the whole board later on."""

    def changed(scene: Scene) -> Scene:
        if scene.locked == locked:
            return scene
        return replace(scene, locked=locked, picked=(scene.picked or images.get(scene.id)) if locked else scene.picked)

    return change(board, ids, changed)


def edit_picture(board: Board, edits: Mapping[str, PictureEdit], seeds: Mapping[str, int]) -> Board:
    """Drawn pictures changed by picture to picture, or inpainting: scene id -> what to do, and with which seed."""
    locked_out(board, edits)
    return change(
        board,
        edits.keys(),
        lambda scene: replace(scene, edit=edits[scene.id], seed=seeds[scene.id], variation=None),
    )


def draw_from_picture(board: Board, sources: Mapping[str, str], strength: float) -> Board:
    """Panels that start from given pictures, whose composition they keep: scene id -> SHA-256. They show what their
    prompts say, also where those change later on."""
    locked_out(board, sources)
    return change(
        board,
        sources.keys(),
        lambda scene: replace(scene, edit=PictureEdit(sources[scene.id], strength), variation=None),
    )


def set_drawing(board: Board, **settings: Any) -> Board:
    """Other drawing settings for the board (those of `Drawing`; None leaves one as it is, and a
    `freedom` of 0 shows the model no draft). Panels that are not locked
    are to be drawn anew."""
    given = {name: value for name, value in settings.items() if value is not None}
    if not given:
        raise EditError("Which setting? Say the engine, model, sampler, steps, guidance, size or shape.")
    if given.get("freedom") == 0:
        given["freedom"] = None
    sampler = given.get("sampler")
    if sampler is not None and sampler not in SAMPLER_NAMES:
        raise EditError(f"There is no sampler {sampler}; there are {name_list(SAMPLER_NAMES)}.")
    other_model = given.get("model", board.drawing.model) != board.drawing.model
    if other_model:
        given["anchor"] = None
    drawing = replace(board.drawing, **given)
    if any(side % 8 for side in drawing.size):
        width, height = (max(64, round(side / 8) * 8) for side in drawing.size)
        raise EditError(f"Width and height have to be multiples of 8, such as {width}x{height}.")
    if drawing == board.drawing:
        return board
    scenes = tuple(scene if scene.locked else replace(scene, picked=None) for scene in board.scenes)
    return replace(board, drawing=drawing, scenes=scenes)
