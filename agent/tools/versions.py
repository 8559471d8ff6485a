"""Tools for saved versions: undo, redo, restore, branch, compare, take a scene from another version."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from agent.tools.desk import Desk
from agent.tools.kit import Scenes, tool


@tool
def undo(desk: Desk, steps: Annotated[int, Field(ge=1)] = 1) -> str:
    """Take back the last change, or the last few."""
    raise NotImplementedError


@tool
def redo(desk: Desk, steps: Annotated[int, Field(ge=1)] = 1) -> str:
    """Do again what was undone."""
    raise NotImplementedError


@tool
def restore(
    desk: Desk,
    version: Annotated[int | None, Field(ge=1)] = None,
    description: Annotated[
        str, Field(description='instead of a number: "the first", "before the rain", "when it was in watercolour"')
    ] = "",
) -> str:
    """Go back to a saved version, by number or by description."""
    raise NotImplementedError


@tool
def branch(
    desk: Desk,
    version: Annotated[int | None, Field(description="by default the present one", ge=1)] = None,
    title: str = "",
) -> str:
    """Start another storyboard from a version; the present one stays as it is."""
    raise NotImplementedError


@tool
def take_scenes(desk: Desk, scenes: Scenes, version: Annotated[int, Field(ge=1)]) -> str:
    """Take scenes as they were in another version; everything else stays. Positions count in that version."""
    raise NotImplementedError


@tool
def compare_versions(
    desk: Desk,
    first: Annotated[int | None, Field(description="by default the one before `second`", ge=1)] = None,
    second: Annotated[int | None, Field(description="by default the present one", ge=1)] = None,
) -> str:
    """Say what differs between two versions."""
    raise NotImplementedError


@tool
def list_versions(desk: Desk) -> str:
    """List the saved versions."""
    raise NotImplementedError


@tool
def delete_storyboard(desk: Desk) -> str:
    """Delete this storyboard with all its versions. The person is asked first, whatever was said before."""
    raise NotImplementedError


@tool
def delete_conversation(desk: Desk) -> str:
    """Delete this conversation and its storyboard. The person is asked first, whatever was said before."""
    raise NotImplementedError
