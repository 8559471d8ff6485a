"""Tools that change what a panel shows: details of a scene, its prompt, the style."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from agent.tools.desk import Desk
from agent.tools.kit import Scenes, tool


@tool
def edit_scenes(
    desk: Desk,
    scenes: Scenes,
    shot: Annotated[str | None, Field(description='"close-up", "wide shot", "low angle" …')] = None,
    time: Annotated[str | None, Field(description='time of day: "dawn", "night" …')] = None,
    weather: Annotated[str | None, Field(description='"rain", "snow", "fog" …; "" for none')] = None,
    mood: Annotated[str | None, Field(description='mood and light: "dark", "cheerful", "brighter light" …')] = None,
    setting: Annotated[str | None, Field(description="where it happens")] = None,
    action: Annotated[str | None, Field(description="what happens, as the picture shows it")] = None,
    add_objects: Annotated[list[str] | None, Field(description="things to be seen, colours included")] = None,
    remove_objects: Annotated[list[str] | None, Field(description="things that are not to be seen")] = None,
    notes: str | None = None,
    duration: Annotated[float | None, Field(description="seconds", gt=0, le=600)] = None,
    dialogue: list[str] | None = None,
) -> str:
    """Change how scenes look. Only what is given changes; the rest of each scene stays, and so do its text and seed."""
    raise NotImplementedError


@tool
def set_prompt(
    desk: Desk,
    scenes: Scenes,
    prompt: Annotated[
        str | None, Field(description='the whole prompt, by hand; "" gives it back to be written from the scene')
    ] = None,
    negative_prompt: str | None = None,
) -> str:
    """Write a prompt by hand. It survives later style and character edits."""
    raise NotImplementedError


@tool
def set_style(
    desk: Desk,
    style: Annotated[str, Field(description='a style of the catalogue ("watercolour", "ink noir" …) or free words')],
    scenes: Annotated[Scenes | None, Field(description="only these scenes; by default the whole board")] = None,
) -> str:
    """Change the style of the whole board or of some scenes."""
    raise NotImplementedError
