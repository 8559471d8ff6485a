"""Tools for who is in the story, what they look like, and from which scene on."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from agent.tools.desk import Desk
from agent.tools.kit import CharacterRef, SceneRef, Scenes, tool


@tool
def add_character(
    desk: Desk,
    name: str,
    scenes: Annotated[Scenes | None, Field(description="where they are seen; by default nowhere yet")] = None,
    description: str = "",
) -> str:
    """Put a character into scenes: one of the board's, or a new one."""
    raise NotImplementedError


@tool
def describe_character(
    desk: Desk,
    character: CharacterRef,
    description: Annotated[str, Field(description='what they look like: "a green coat", "an old man with a beard"')],
    replace: Annotated[
        bool,
        Field(
            description="instead of what was known; by default it is added, or takes the place "
            "of the same garment or feature"
        ),
    ] = False,
    from_scene: Annotated[SceneRef | None, Field(description="from this scene on; by default in all")] = None,
) -> str:
    """Say what a character looks like, in all their scenes or from one scene on."""
    raise NotImplementedError


@tool
def rename_character(desk: Desk, character: CharacterRef, name: str) -> str:
    """Give a character another name, everywhere on the board."""
    raise NotImplementedError


@tool
def swap_character(
    desk: Desk,
    character: CharacterRef,
    by: Annotated[str, Field(description="a character of the board, or the name of a new one")],
    scenes: Annotated[Scenes | None, Field(description="by default all scenes they are in")] = None,
    description: str = "",
) -> str:
    """Let another character take a character's place ("make the wolf a bear", "it should be Sam, not Tom, in 3")."""
    raise NotImplementedError


@tool
def remove_character(
    desk: Desk,
    character: CharacterRef,
    scenes: Annotated[Scenes | None, Field(description="by default all scenes")] = None,
) -> str:
    """Take a character out of scenes, or out of the story."""
    raise NotImplementedError
