"""A scene of a board as the panel that the picture world draws: the only place where the two meet."""

from __future__ import annotations

import zlib

from agent.staging.compose import stage
from agent.staging.doings import KNOWN_POSES, pose_in
from agent.staging.looks import looks_of
from agent.staging.sequences import sequence_of
from agent.staging.words import colour_in, known_word
from agent.story import find_style
from db.board import Board, Figure, Scene
from sd_models.world import unknown
from sd_models.world.values import StagedFigure, StagedPanel, StagedProp, View

__all__ = ["remarks", "staged_panel"]


def staged_panel(board: Board, scene: Scene) -> StagedPanel:
    """Everything that the panel's draft shows. Panels in one place have one backdrop."""
    staged = stage(board, scene)
    words = board.style if scene.style is None else scene.style
    style = find_style(words) if words else None
    props = tuple(
        StagedProp(
            what=known_word("objects", prop.what) or prop.what,
            x=prop.x,
            depth=prop.depth,
            colour=colour_in("colours", prop.what),
            label=prop.what,
            scale=prop.scale,
            flip=prop.flip,
        )
        for prop in staged.staging.props
    )
    setting = _setting(board, scene)
    return StagedPanel(
        setting=setting,
        time=known_word("times", scene.time) or "day",
        weather=known_word("weather", scene.weather) or "clear",
        style=known_word("styles", style.name if style else words) or "storybook",
        view=View(staged.camera.size, staged.camera.angle),
        figures=tuple(_figure(board, scene, figure) for figure in staged.staging.figures),
        props=props,
        seed=zlib.crc32(setting.encode()),
    )


def remarks(board: Board, scene: Scene) -> tuple[str, ...]:
    """What has to be said about a panel's draft: people who are a crowd, words that are drawn as plain stand-ins."""
    words = unknown(staged_panel(board, scene))
    stand_ins = (f"Not in the catalogue, so only marked in the draft: {', '.join(words)}.",) if words else ()
    return (*stage(board, scene).notes, *stand_ins)


STANDS_IN = {
    "bed": "bedroom", "sofa": "living room", "armchair": "living room", "fireplace": "living room", "table": "kitchen",
    "stove": "kitchen", "throne": "throne room", "altar": "church", "tower": "castle", "house": "village",
    "well": "village", "boat": "sea", "ship": "sea", "car": "street", "carriage": "street", "tree": "forest",
    "gravestone": "graveyard", "tent": "camp", "plane": "sky", "rocket": "space", "train": "train carriage",
}  # fmt: skip
"""Where a thing stands, for a place that is named by nothing else ("by the bed")."""


def _setting(board: Board, scene: Scene) -> str:
    """The world's word for where a scene is: of its place, else of its neighbours' in the sequence, else of a place
    that its text names; what is not known is drawn as a stand-in with its name."""
    run = sequence_of(board, scene.id) if any(one.id == scene.id for one in board.scenes) else (scene,)
    said = scene.setting or next((one.setting for one in run if one.setting), "")
    found = known_word("settings", said)
    if found or said:
        return found or STANDS_IN.get(known_word("objects", said), said)
    return known_word("settings", " ".join(one.text for one in run[:1]))


def _figure(board: Board, scene: Scene, figure: Figure) -> StagedFigure:
    """A figure with its looks; one with an unknown pose stands."""
    name = next((one.name for one in board.characters if one.id == figure.who), figure.who)
    return StagedFigure(
        looks=looks_of(board, scene, figure.who),
        x=figure.x,
        depth=figure.depth,
        facing=figure.facing,
        pose=figure.pose if figure.pose in KNOWN_POSES else pose_in(figure.pose) or "standing",
        feeling=figure.feeling,
        holds=known_word("objects", figure.holds) or figure.holds,
        label=name,
        scale=figure.scale,
    )
