"""Tools that change what a panel shows: details of a scene, its prompt, the style."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from agent import edits
from agent.edits import name_list
from agent.errors import EditError
from agent.story import find_style
from agent.tools.desk import Desk
from agent.tools.kit import Scenes, Words, as_words, tool
from agent.tools.staging import tell_draft
from db.board import Board

Details = Annotated[
    list[Literal["shot", "time", "weather", "mood", "setting", "action", "notes", "dialogue"]],
    BeforeValidator(as_words),
    Field(description='details that the scenes are to have no more: ["weather"]'),
]
Prompts = Annotated[
    list[Literal["prompt", "negative_prompt"]],
    BeforeValidator(as_words),
    Field(description='what was written by hand and is to be written from the scene again: ["prompt"]'),
]
SEEN = ("shot", "time", "weather", "mood", "setting", "action")
"""What an edit of a scene changes in its picture."""


@tool
def edit_scenes(
    desk: Desk,
    scenes: Scenes,
    shot: Annotated[str | None, Field(description='"close-up", "wide shot", "low angle" …')] = None,
    time: Annotated[str | None, Field(description='time of day: "dawn"')] = None,
    weather: Annotated[str | None, Field(description='"rain", "fog"')] = None,
    mood: Annotated[str | None, Field(description='mood and light: "cheerful", "brighter light"')] = None,
    setting: Annotated[str | None, Field(description='where it happens: "a harbour"')] = None,
    action: Annotated[str | None, Field(description='what is to be seen happening: "Mira climbs the mast"')] = None,
    add_objects: Annotated[Words | None, Field(description='things to be seen: ["a red lantern"]')] = None,
    remove_objects: Annotated[Words | None, Field(description='things that are not to be seen: ["the boat"]')] = None,
    notes: Annotated[str | None, Field(description='for those who work on it: "slow pan left"')] = None,
    duration: Annotated[float | None, Field(description="seconds: 4", gt=0, le=600)] = None,
    dialogue: Annotated[Words | None, Field(description='all that is said: ["Mira: Come in!"]')] = None,
    take_away: Details | None = None,
) -> str:
    """Change how scenes look. Only what is given changes; the rest of each scene stays, and so do its text and seed."""
    ids = desk.unlocked(scenes)
    given: dict[str, Any] = {
        "shot": shot,
        "time": time,
        "weather": weather,
        "mood": mood,
        "setting": setting,
        "action": action,
        "notes": notes,
        "duration": duration,
        "dialogue": dialogue,
    }
    given |= _taken_away(given, take_away or ())
    before = desk.board
    desk.change(
        lambda board: edits.edit_scenes(
            board, ids, add_objects=add_objects or (), remove_objects=remove_objects or (), **given
        )
    )
    done = [f"{name} {_said(value)}" for name, value in given.items() if value is not None]
    if add_objects:
        done.append(f"with {name_list(add_objects)}")
    if remove_objects:
        done.append(f"without {name_list(remove_objects)}")
    if add_objects or remove_objects or any(given[name] is not None for name in SEEN):
        desk.expect_pictures(ids)
    places = desk.places(ids)
    moved = tell_draft(desk, before, ids) if shot or action else ""
    return f"{places[0].upper()}{places[1:]}: {', '.join(done)}.{moved}"


@tool
def set_prompt(
    desk: Desk,
    scenes: Scenes,
    prompt: Annotated[str | None, Field(description='the whole prompt: "a girl in an attic, watercolour"')] = None,
    negative_prompt: Annotated[str | None, Field(description='what is not to be seen: "blurry, text"')] = None,
    take_away: Prompts | None = None,
) -> str:
    """Write a prompt by hand. It survives later style and character edits."""
    ids = desk.scenes(scenes)
    given: dict[str, Any] = {"prompt": prompt, "negative_prompt": negative_prompt}
    given |= _taken_away(given, take_away or ())
    desk.change(lambda board: edits.set_prompt(board, ids, **given))
    desk.expect_pictures(ids)
    how = {name: "is as you wrote it" if value else "is written from the scene again" for name, value in given.items()}
    done = [
        f"the {name.replace('_', ' ')} of {desk.places(ids)} {how[name]}"
        for name, value in given.items()
        if value is not None
    ]
    return f"{name_list(done).capitalize()}."


@tool
def set_style(
    desk: Desk,
    style: Annotated[str, Field(description='a style of the catalogue ("watercolour", "ink noir" …) or free words')],
    scenes: Annotated[Scenes | None, Field(description='only these scenes: ["2"]; by default the whole board')] = None,
) -> str:
    """Change the style of the whole board or of some scenes."""
    found = find_style(style)
    name = found.name if found else style.strip()
    whole = scenes is None or scenes == ["all"]
    if whole:
        locked = [scene.id for scene in desk.board.scenes if scene.locked]
        desk.change(lambda board: edits.set_style(_one_style(board), style))
        if locked:
            desk.note(
                f"{desk.places(locked).capitalize()} {'is' if len(locked) == 1 else 'are'} locked and left alone."
            )
        ids = [scene.id for scene in desk.board.scenes if not scene.locked]
    else:
        ids = desk.scenes(scenes or [])
        desk.change(lambda board: edits.set_style(board, style, ids))
    if found is None:
        desk.note(f"“{name}” is not in the catalogue of styles; its words go into the prompt as they are.")
    desk.expect_pictures(ids)
    if len(ids) == len(desk.board.scenes):
        return f"The whole board is in {name} now."
    return f"{desk.places(ids).capitalize()} {'is' if len(ids) == 1 else 'are'} in {name} now." if ids else ""


def _taken_away(given: Mapping[str, Any], names: Sequence[str]) -> dict[str, Any]:
    """The values that leave a scene without these details. Raises EditError where one of them is given as well."""
    for name in names:
        if given[name] is not None:
            raise EditError(f"Say what the {name.replace('_', ' ')} is to be, or take it away, not both.")
    return {name: [] if name == "dialogue" else "" for name in names}


def _said(value: object) -> str:
    if isinstance(value, list):
        return "; ".join(value) or "none"
    return str(value) if value != "" else "none"


def _one_style(board: Board) -> Board:
    """A style for the whole board goes for scenes with a style of their own too."""
    scenes = tuple(scene if scene.locked else replace(scene, style=None) for scene in board.scenes)
    return replace(board, scenes=scenes)
