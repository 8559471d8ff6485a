"""Tools that change nothing: answers about the board, a question to the person, an export."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from agent.tools.desk import Desk
from agent.tools.kit import CharacterRef, Scenes, tool

Format = Literal["pdf", "png", "pptx", "html", "gif", "mp4", "csv", "json", "zip", "fountain", "otio", "vistory"]


@tool
def describe_board(desk: Desk, scenes: Annotated[Scenes | None, Field(description="by default all")] = None) -> str:
    """Say what is on the board: scenes, style, drawing settings; or all about some scenes."""
    raise NotImplementedError


@tool
def who_is_where(
    desk: Desk,
    character: Annotated[CharacterRef | None, Field(description="by default everyone")] = None,
    scenes: Annotated[Scenes | None, Field(description="by default all")] = None,
) -> str:
    """Say which characters are in which scenes, and what they look like there."""
    raise NotImplementedError


@tool
def show_prompts(desk: Desk, scenes: Scenes) -> str:
    """Say what prompt scenes have, and what the model makes of it."""
    raise NotImplementedError


@tool
def explain_pending(desk: Desk, scenes: Annotated[Scenes | None, Field(description="by default all")] = None) -> str:
    """Say which panels are out of date (have no picture yet) and why."""
    raise NotImplementedError


@tool
def what_changed(
    desk: Desk, version: Annotated[int | None, Field(description="by default the last change", ge=1)] = None
) -> str:
    """Say what a version changed."""
    raise NotImplementedError


@tool
def list_styles(desk: Desk) -> str:
    """List the styles of the catalogue."""
    raise NotImplementedError


@tool
def what_can_you_do(desk: Desk) -> str:
    """Say what can be asked for, with examples."""
    raise NotImplementedError


@tool
def export_board(
    desk: Desk,
    format: Format,
    version: Annotated[int | None, Field(description="by default the present one", ge=1)] = None,
) -> str:
    """Write the storyboard to a file: PDF, PNG contact sheet, PPTX, HTML, GIF, MP4, CSV, JSON, ZIP, Fountain, OTIO."""
    raise NotImplementedError


@tool
def ask(
    desk: Desk,
    question: Annotated[str, Field(description="one short question", min_length=1)],
    choices: Annotated[list[str], Field(description="the answers to choose from", max_length=8)] = [],  # noqa: B006
    calls: Annotated[
        list[list[dict[str, Any]]],
        Field(
            description='what each choice stands for: a list of {"name": tool, "args": {…}} per choice; may be empty'
        ),
    ] = [],  # noqa: B006
) -> str:
    """Ask the person, instead of guessing, where a request is ambiguous, vague or out of range. It ends the turn, and
    nothing of the turn changes the board."""
    raise NotImplementedError
