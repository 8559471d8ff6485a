"""Tools for who is in the story, what they look like, and from which scene on."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from agent import edits
from agent.tools.desk import Desk
from agent.tools.kit import CharacterRef, Looks, SceneRef, Scenes, tool


@tool
def add_character(
    desk: Desk,
    name: Annotated[str, Field(description='"Mira", "the old fisherman"')],
    scenes: Annotated[
        Scenes | None, Field(description='where they are seen: ["2", "3"]; by default nowhere yet')
    ] = None,
    description: Looks = "",
) -> str:
    """Put a character into scenes: one of the board's, or a new one."""
    ids = desk.scenes(scenes) if scenes else []
    known = edits.find_character(desk.board, name)
    desk.change(lambda board: edits.add_character(board, name, ids, description))
    desk.note_handwritten(ids)
    desk.expect_pictures(ids)
    where = f"in {desk.places(ids)}" if ids else "on the board, in no scene yet"
    return f"{known.name if known else name.strip()} is {where}{'' if known else ' (a new character)'}."


@tool
def describe_character(
    desk: Desk,
    character: CharacterRef,
    description: Annotated[str, Field(description='what they look like: "a green coat", "an old man with a beard"')],
    replace: Annotated[
        bool,
        Field(
            description="true: instead of what was known; by default it is added, or takes the place "
            "of the same garment or feature"
        ),
    ] = False,
    from_scene: Annotated[SceneRef | None, Field(description='from this scene on: "4"; by default in all')] = None,
) -> str:
    """Say what a character looks like, in all their scenes or from one scene on."""
    who = desk.character(character)
    start = None if from_scene is None else desk.scene(from_scene)
    desk.change(lambda board: edits.describe_character(board, who, description, instead=replace, from_scene=start))
    begins = 0 if start is None else desk.board.position(start) - 1
    seen = [scene.id for scene in desk.board.scenes[begins:] if who in scene.characters]
    desk.note_handwritten(seen)
    desk.expect_pictures(seen)
    name = desk.board.character(who).name
    if start is not None:
        return f"{name} looks like this from scene {desk.place(start)} on: {description.strip(' .')}."
    return f"{name} looks like this: {desk.board.character(who).description}."


@tool
def rename_character(
    desk: Desk, character: CharacterRef, name: Annotated[str, Field(description='the new one: "Tim"')]
) -> str:
    """Give a character another name, everywhere on the board."""
    who = desk.character(character)
    old = desk.board.character(who).name
    board = desk.change(lambda board: edits.rename_character(board, who, name))
    return f"{old} is called {board.character(who).name} now."


@tool
def swap_character(
    desk: Desk,
    character: CharacterRef,
    by: Annotated[str, Field(description='a character of the board, or the name of a new one: "Tom"')],
    scenes: Annotated[Scenes | None, Field(description='["2", "3"]; by default all scenes they are in')] = None,
    description: Looks = "",
) -> str:
    """Let another character take a character's place ("make the wolf a bear", "it should be Sam, not Tom, in 3")."""
    who = desk.character(character)
    old = desk.board.character(who).name
    ids = desk.unlocked(scenes) if scenes else None
    board = desk.change(lambda board: edits.swap_character(board, who, by, ids, description))
    other = edits.find_character(board, by)
    assert other is not None
    return f"{other.name} takes {old}'s place" + (f" in {desk.places(ids)}." if ids else ".")


@tool
def remove_character(
    desk: Desk,
    character: CharacterRef,
    scenes: Annotated[Scenes | None, Field(description='["2", "3"]; by default all scenes')] = None,
) -> str:
    """Take a character out of scenes, or out of the story."""
    who = desk.character(character)
    name = desk.board.character(who).name
    ids = desk.unlocked(scenes) if scenes else None
    desk.change(lambda board: edits.remove_character(board, who, ids))
    return f"{name} is no longer {f'in {desk.places(ids)}' if ids else 'on the board'}."
