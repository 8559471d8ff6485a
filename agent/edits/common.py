"""What edits share: putting scenes back, prompts that follow, locks, and lists in words."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace

from agent.errors import EditError
from agent.story import find_style, refresh_prompt, write_prompt
from agent.wording import name_list
from db.board import Board, Scene

__all__ = ["change", "delete_scene_ids", "items", "locked_out", "place_list", "reprompt"]

SHOWN = ("prompt", "negative_prompt", "style")


def change(board: Board, ids: Collection[str], edit: Callable[[Scene], Scene]) -> Board:
    """The board with `edit` made on the scenes of these ids. A scene that comes to show something else gives up its
    picked picture and its picture edit, which were of what it showed before. A picture that was given for the
    composition alone (an edit without words) stays."""

    def changed(scene: Scene) -> Scene:
        after = edit(scene)
        if after.locked:
            return scene if after == scene else after
        if any(getattr(after, name) != getattr(scene, name) for name in SHOWN):
            after = replace(after, edit=None if after.edit and after.edit.prompt else after.edit, picked=None)
        elif (after.seed, after.variation, after.edit) != (scene.seed, scene.variation, scene.edit):
            after = replace(after, picked=None)
        return scene if after == scene else after

    return replace(board, scenes=tuple(changed(scene) if scene.id in ids else scene for scene in board.scenes))


def reprompt(before: Board, after: Board, ids: Collection[str]) -> Board:
    """The prompts of these scenes written anew, as `after` wants them. A prompt written by hand stays, with the old
    style's keywords exchanged for the new one's. What was added by hand to a negative prompt stays in it.
    Locked scenes are left alone."""

    def written(scene: Scene) -> Scene:
        if scene.locked:
            return scene
        new = refresh_prompt(after, scene)
        old = next((other for other in before.scenes if other.id == scene.id), scene)
        if "prompt" in scene.handwritten:
            new = replace(new, prompt=_restyled(scene.prompt, _style(before, old), _style(after, scene)))
        if "negative_prompt" in scene.handwritten:
            usual = items(write_prompt(before, old).negative)
            own = [item for item in items(scene.negative_prompt) if item not in usual]
            new = replace(new, negative_prompt=", ".join([*items(write_prompt(after, scene).negative), *own]))
        return new

    return change(after, ids, written)


def locked_out(board: Board, ids: Iterable[str]) -> None:
    """Raises EditError if one of these scenes is locked."""
    locked = [board.position(scene_id) for scene_id in ids if board.scene(scene_id).locked]
    if locked:
        raise EditError(
            f"{place_list(locked).capitalize()} {'is' if len(locked) == 1 else 'are'} locked; unlock first."
        )


def delete_scene_ids(board: Board, gone: Collection[str], heir: str | None = None) -> Board:
    """The board without these scenes. A wardrobe change that began in one of them begins in `heir`, or else in the
    next scene that stays, or goes where none follows."""
    order = [scene.id for scene in board.scenes]

    def begins(scene_id: str) -> str | None:
        if scene_id not in gone:
            return scene_id
        if heir is not None:
            return heir
        return next((later for later in order[order.index(scene_id) :] if later not in gone), None)

    characters = tuple(
        character
        if not any(step.scene in gone for step in character.changes)
        else replace(
            character,
            changes=tuple(replace(step, scene=scene) for step in character.changes if (scene := begins(step.scene))),
        )
        for character in board.characters
    )
    return replace(board, characters=characters, scenes=tuple(scene for scene in board.scenes if scene.id not in gone))


def items(prompt: str) -> list[str]:
    """The comma-separated parts of a prompt."""
    return [item.strip() for item in prompt.split(",") if item.strip()]


def place_list(positions: Iterable[int], noun: str = "scene") -> str:
    """ "scene 3", "scenes 1, 2 and 4 to 8"; runs of three or more are written "4 to 8"."""
    places = sorted(set(positions))
    runs: list[list[int]] = []
    for place in places:
        if runs and runs[-1][-1] == place - 1:
            runs[-1].append(place)
        else:
            runs.append([place])
    parts = [
        part for run in runs for part in ([f"{run[0]} to {run[-1]}"] if len(run) > 2 else [str(place) for place in run])
    ]
    listed = name_list(parts)
    return f"{noun}{'' if len(places) == 1 else 's'} {listed}" if noun else listed


def _style(board: Board, scene: Scene) -> str:
    name = board.style if scene.style is None else scene.style
    style = find_style(name) if name else None
    return style.keywords if style else name


def _restyled(prompt: str, old: str, new: str) -> str:
    if old == new:
        return prompt
    if old and old in prompt:
        prompt = prompt.replace(old, "").replace(", ,", ",")
    return ", ".join(part for part in (prompt.strip(" ,"), new) if part)
