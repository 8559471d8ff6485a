"""Tools that make a board of a story, and change what the story says and how it is cut into scenes."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from agent.tools.desk import Desk
from agent.tools.kit import SceneRef, Scenes, tool

StoryText = Annotated[
    str,
    Field(
        description="the story's own words; leave empty to take the attached file or, without one, the person's message"
    ),
]
BeginsWith = Annotated[
    str,
    Field(
        description="the first words of the story, where an instruction stands before it in the message: what is "
        "before them is left out"
    ),
]


@tool
def new_story(
    desk: Desk,
    text: StoryText = "",
    begins_with: BeginsWith = "",
    scenes: Annotated[int | None, Field(description="how many panels; by default what the story wants", ge=1)] = None,
    style: str = "",
    title: str = "",
) -> str:
    """Make a new storyboard of a story."""
    raise NotImplementedError


@tool
def continue_story(
    desk: Desk,
    text: StoryText = "",
    begins_with: BeginsWith = "",
    scenes: Annotated[int | None, Field(description="how many new panels", ge=1)] = None,
) -> str:
    """Go on with the story: its next part becomes new scenes at the end of the board."""
    raise NotImplementedError


@tool
def rewrite_text(desk: Desk, scene: SceneRef, text: str) -> str:
    """Replace a scene's text; its summary, details and prompt follow."""
    raise NotImplementedError


@tool
def split_scene(
    desk: Desk,
    scene: SceneRef,
    parts: Annotated[int, Field(ge=2)] = 2,
    at: Annotated[str, Field(description="words of the scene's text with which its second part begins")] = "",
) -> str:
    """Split a scene into two or more at sentence ends."""
    raise NotImplementedError


@tool
def merge_scenes(desk: Desk, scenes: Scenes) -> str:
    """Merge neighbouring scenes into one (the first of them stays)."""
    raise NotImplementedError


@tool
def insert_scene(
    desk: Desk,
    text: Annotated[str, Field(description="what happens in the new scene, in sentences of the story")],
    after: Annotated[SceneRef | None, Field(description="0 for the beginning; by default the end")] = None,
    before: SceneRef | None = None,
    shot: str = "",
) -> str:
    """Insert a new scene after or before another."""
    raise NotImplementedError


@tool
def move_scenes(
    desk: Desk,
    scenes: Scenes,
    to: Annotated[int | None, Field(description="the position it is to have, from 1; -1 is the last")] = None,
    before: SceneRef | None = None,
    after: SceneRef | None = None,
) -> str:
    """Move scenes to a position, or before or after another scene. Give exactly one of `to`, `before`, `after`."""
    raise NotImplementedError


@tool
def swap_scenes(desk: Desk, first: SceneRef, second: SceneRef) -> str:
    """Let two scenes change places."""
    raise NotImplementedError


@tool
def delete_scenes(desk: Desk, scenes: Scenes) -> str:
    """Delete scenes (undo brings them back)."""
    raise NotImplementedError


@tool
def duplicate_scene(desk: Desk, scene: SceneRef) -> str:
    """Put a copy of a scene right after it."""
    raise NotImplementedError


@tool
def set_scene_count(desk: Desk, count: Annotated[int, Field(ge=1)]) -> str:
    """Make the board have this many panels by merging or splitting scenes, losing no sentence."""
    raise NotImplementedError


@tool
def set_title(desk: Desk, title: str, scene: SceneRef | None = None) -> str:
    """Give the storyboard, or one scene, another title."""
    raise NotImplementedError
