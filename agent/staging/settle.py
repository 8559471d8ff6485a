"""What a board keeps of its panels: numbers, given once, and the staging, composed when a scene is made, and again only
where the scene's own words change, so that no panel moves because a neighbour was edited."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from agent.edits.common import reprompt
from agent.shots import camera_in, nearer, shot_words, wider
from agent.staging.compose import SEATS, Staged, stage
from agent.staging.continuity import too_alike
from agent.staging.numbers import numbered
from agent.staging.sequences import sequence_of
from db.board import Board, Figure, Scene, Staging

__all__ = ["settled"]

FACTS = ("characters", "action", "summary", "props", "shot", "mood")
"""What a staging follows from."""


def settled(board: Board, before: Board | None, kept: Collection[str] = ()) -> Board:
    """The board with a number and a staging for every scene that is new since `before`, and with the stagings brought
    up to date of scenes that show something else. Boards from before there were stagings stay without; so do locked
    scenes, and those of the ids in `kept`."""
    board = numbered(board, before)
    known = {scene.id: scene for scene in before.scenes} if before is not None else {}
    scenes = []
    fresh = set()
    for scene in board.scenes:
        was = known.get(scene.id)
        if scene.locked or scene.id in kept or (was is not None and (was == scene or _has_none(scene))):
            scenes.append(scene)
        elif was is None and not _has_none(scene) and any(_same(scene, other) for other in known.values()):
            scenes.append(scene)  # a copy of a panel is staged as that is
        elif was is not None and _same(scene, was):
            scenes.append(scene)
        else:
            scenes.append(_restaged(board, scene, was))
            fresh |= {scene.id} - set(known)
    after = replace(board, scenes=tuple(scenes)) if tuple(scenes) != board.scenes else board
    return _cut_apart(after, fresh)


def _cut_apart(board: Board, fresh: Collection[str]) -> Board:
    """The board with another shot for new panels that are too like the one before to cut to; the shot's words and the
    prompt say so."""
    varied = board
    for position, scene in enumerate(board.scenes[1:], start=1):
        before, after = (stage(varied, varied.scenes[at]) for at in (position - 1, position))
        free = scene.id in fresh and not scene.locked and not {"shot", "camera"} & set(scene.handwritten)
        if not free or scene.id not in _same_run(varied, position) or not too_alike(before, after):
            continue
        people, closer = len(after.staging.figures), nearer(after.camera.size)
        room = SEATS.get(closer, people) >= people and closer != after.camera.size
        camera = replace(after.camera, size=closer if room else wider(after.camera.size))
        shot = replace(scene, camera=camera, shot=shot_words(camera))
        varied = replace(varied, scenes=tuple(shot if one.id == scene.id else one for one in varied.scenes))
    return (
        reprompt(board, varied, [one.id for one in varied.scenes if one not in board.scenes])
        if varied != board
        else board
    )


def _same_run(board: Board, position: int) -> Collection[str]:
    """The panels of the sequence that the panel before this position is in."""
    return {one.id for one in sequence_of(board, board.scenes[position - 1].id)}


def _has_none(scene: Scene) -> bool:
    return scene.camera is None and scene.staging is None


def _same(scene: Scene, other: Scene) -> bool:
    """Whether two scenes show the same, so that the staging of one is right for the other."""
    return all(getattr(scene, name) == getattr(other, name) for name in FACTS)


def _restaged(board: Board, scene: Scene, was: Scene | None) -> Scene:
    """A scene with the camera and the staging that follow from its words; what was decided by hand stays, but for a
    camera that the shot's new words speak of, and for people and things that came or went."""
    present = was.camera if was is not None and was.shot != scene.shot else None
    composed = stage(board, replace(scene, camera=None, staging=None), present)
    camera = scene.camera
    if camera is None or "camera" not in scene.handwritten:
        camera = composed.camera
    elif was is not None and was.shot != scene.shot and was.camera == scene.camera:
        camera = camera_in(scene.shot, camera) or camera
    staging = scene.staging
    if staging is None or "staging" not in scene.handwritten:
        staging = composed.staging
    else:
        before = stage(board, replace(was, camera=None, staging=None)) if was else None
        staging = _joined(staging, composed, was, before)
    return replace(scene, camera=camera, staging=staging)


def _joined(staging: Staging, composed: Staged, was: Scene | None, before: Staged | None) -> Staging:
    """A staging by hand without those who are gone, and with those who came, where the rules would have them. Who does
    something else by the scene's new words does it where they stand."""
    gone_people = {*(was.characters if was else ())} - {one.who for one in composed.staging.figures}
    gone_things = {one.what for one in staging.props} - {one.what for one in composed.staging.props}
    old = {one.who: one for one in before.staging.figures} if before is not None else {}
    new = {one.who: one for one in composed.staging.figures}
    figures = [_doing(one, old.get(one.who), new.get(one.who)) for one in staging.figures if one.who not in gone_people]
    props = [one for one in staging.props if one.what not in gone_things]
    figures += [one for one in composed.staging.figures if one.who not in {other.who for other in figures}]
    props += [one for one in composed.staging.props if one.what not in {other.what for other in props}]
    return Staging(tuple(figures), tuple(props))


def _doing(own: Figure, old: Figure | None, new: Figure | None) -> Figure:
    """Somebody with what the words now say they do and did not say before."""
    if old is None or new is None:
        return own
    names = ("pose", "holds", "feeling")
    told = {name: getattr(new, name) for name in names if getattr(new, name) != getattr(old, name)}
    return replace(own, **told, scale=own.scale * new.scale / old.scale)
