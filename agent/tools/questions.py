"""Tools that change nothing: answers about the board, a question to the person, an export."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from agent.context import Pending
from agent.exports.formats import Format
from agent.story import styles
from agent.tools.desk import Desk
from agent.tools.exporting import write_export
from agent.tools.kit import CharacterRef, Scenes, reading_tool, tool
from agent.tools.telling import describe_diff, tell_board, tell_prompt, tell_scene, tell_thing, tell_who, why_pending
from db.history import Version


@reading_tool
def describe_board(
    desk: Desk,
    scenes: Annotated[Scenes | None, Field(description='["2", "3"]; by default all')] = None,
    about: Annotated[
        str, Field(description='a thing that is asked about, to say whether it is there: "the lantern"')
    ] = "",
) -> str:
    """Say what is on the board: scenes, style, drawing settings; or all about some scenes."""
    board = desk.board
    if about:
        desk.touched_things.append(about)
    if scenes is None or scenes == ["all"]:
        return tell_board(board, desk.draft.head.number if desk.draft.head else None)
    ids = desk.scenes(scenes)
    found = [tell_thing(board, ids, about)] if about else []
    return "\n".join([*found, *(tell_scene(board, board.scene(scene_id)) for scene_id in ids)])


@reading_tool
def who_is_where(
    desk: Desk,
    character: Annotated[CharacterRef | None, Field(description='"Mira"; by default everyone')] = None,
    scenes: Annotated[Scenes | None, Field(description='["2", "3"]; by default all')] = None,
) -> str:
    """Say which characters are in which scenes, and what they look like there."""
    board = desk.board
    characters = [one.id for one in board.characters] if character is None else [desk.character(character)]
    ids = [scene.id for scene in board.scenes] if scenes is None else desk.scenes(scenes)
    if scenes is not None and character is None:
        characters = [one for one in characters if any(one in board.scene(scene_id).characters for scene_id in ids)]
        if not characters:
            return f"Nobody is in {desk.places(ids)}."
    return tell_who(board, characters, ids)


@reading_tool
def show_prompts(desk: Desk, scenes: Scenes) -> str:
    """Say what prompt scenes have, and what the model makes of it."""
    return "\n".join(tell_prompt(desk.board, desk.board.scene(scene_id)) for scene_id in desk.scenes(scenes))


@reading_tool
def explain_pending(
    desk: Desk, scenes: Annotated[Scenes | None, Field(description='["2", "3"]; by default all')] = None
) -> str:
    """Say which panels are out of date (have no picture yet) and why."""
    version = desk.version
    before = None if version.parent is None else desk.history.version(version.storyboard, version.parent)
    ids = [scene.id for scene in version.board.scenes] if scenes is None else desk.scenes(scenes)
    return why_pending(version, before, [scene_id for scene_id in ids if scene_id in version.images])


@reading_tool
def what_changed(
    desk: Desk, version: Annotated[int | None, Field(description="3; by default the last change", ge=1)] = None
) -> str:
    """Say what a version changed."""
    later = desk.version if version is None else desk.saved(version)
    if later.parent is None:
        return f"Version {later.number} is the first: the storyboard was made."
    earlier = desk.saved(later.parent)
    return f"Version {later.number} ({later.message or 'no message'}):\n{describe_diff(earlier, later)}"


@reading_tool
def list_styles(desk: Desk) -> str:
    """List the styles of the catalogue."""
    return ", ".join(style.name for style in styles())


@reading_tool
def what_can_you_do(desk: Desk) -> str:
    """Say what can be asked for, with examples."""
    return capabilities()


@tool
def export_board(
    desk: Desk,
    format: Format,
    version: Annotated[int | None, Field(description="3; by default the present one", ge=1)] = None,
) -> str:
    """Write the storyboard to a file: PDF, PNG contact sheet, PPTX, HTML, GIF, MP4, CSV, JSON, ZIP, Fountain, OTIO."""
    asked = None if version is None else desk.saved(version)
    title = (asked.board if asked else desk.board).title
    desk.afterwards(lambda saved: _export(desk, asked or saved, format))
    return f"“{title}” goes to a {format.upper()} file."


def _export(desk: Desk, shown: Version, format: str) -> str:
    """Write a saved version to a file; returns where it is, and what did not fit. Raises ExportError."""
    file, warnings = write_export(desk.services, desk.owner, shown, format)
    told = [f"{warning[:1].upper()}{warning[1:].rstrip('.')}." for warning in warnings[:2]]
    more = [f"({len(warnings) - 2} more warnings of this kind.)"] if len(warnings) > 2 else []
    return " ".join([f"The storyboard is in {file}.", *told, *more])


@tool
def ask(
    desk: Desk,
    question: Annotated[str, Field(description='one short question: "Which lantern?"', min_length=1)],
    choices: Annotated[
        list[str], Field(description='the answers to choose from: ["the red one", "the old one"]', max_length=8)
    ] = [],  # noqa: B006
    calls: Annotated[
        list[list[dict[str, Any]]],
        Field(
            description='what each choice stands for: a list of {"name": tool, "args": {…}} per choice; may be empty'
        ),
    ] = [],  # noqa: B006
) -> str:
    """Ask the person, instead of guessing, where a request is ambiguous, vague or out of range. It ends the turn, and
    nothing of the turn changes the board."""
    desk.ask(Pending(question.strip(), tuple(choices), calls=tuple(tuple(one) for one in calls)))
    return "The person is being asked."


def capabilities() -> str:
    """What can be asked for, by example."""
    from agent.requests import EXAMPLES

    lines = [f"{area}: {'; '.join(f'“{one}”' for one in some[:4])}" for area, some in EXAMPLES.items()]
    return "You can say, for example:\n" + "\n".join(lines)
