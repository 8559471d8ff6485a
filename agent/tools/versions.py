"""Tools for saved versions: undo, redo, restore, branch, compare, take a scene from another version."""

from __future__ import annotations

import re
from dataclasses import replace as dataclass_replace
from typing import Annotated

from pydantic import Field

from agent import edits
from agent.errors import EditError
from agent.tools.desk import Desk
from agent.tools.kit import Scenes, Title, reading_tool, tool
from agent.tools.telling import describe_diff
from db.history import Version
from db.words import fold

EMPTY = """
the a an it was we i in to of when with had there were is be so that how like where you made make changed change added
put version one board before then and as my our back go return restore at on all scene scenes panel
"""
RESTORED = "The board is as it was in version"
EMPTY_WORDS = frozenset(EMPTY.split())


@tool
def undo(desk: Desk, steps: Annotated[int, Field(description="how many: 1", ge=1)] = 1) -> str:
    """Take back the last change, or the last few."""
    version = desk.version
    taken = int(desk.draft.edited)  # what this turn has changed by now is the last change
    while taken < steps and version.parent is not None:
        version = desk.saved(version.parent)
        taken += 1
    if not taken:
        raise EditError("There is nothing to undo: this is the first version.")
    desk.move_to(version)
    return f"Back to version {version.number}."


@tool
def redo(desk: Desk, steps: Annotated[int, Field(description="how many: 1", ge=1)] = 1) -> str:
    """Do again what was undone."""
    before = version = desk.version
    for _ in range(0 if desk.draft.edited else steps):
        number = desk.history.next_version(version.storyboard, version.number)
        if number is None:
            break
        version = desk.saved(number)
    if version is before:
        raise EditError("There is nothing to redo.")
    desk.move_to(version)
    return f"Forward to version {version.number}."


@tool
def restore(
    desk: Desk,
    version: Annotated[int | None, Field(description="its number: 3", ge=1)] = None,
    description: Annotated[
        str, Field(description='instead of a number: "the first", "before the rain", "when it was in watercolour"')
    ] = "",
) -> str:
    """Go back to a saved version, by number or by description."""
    number = version if version is not None else find_version(desk, description)
    old = desk.saved(number)
    desk.put_back(old)
    return f"{RESTORED} {number}."


@tool
def branch(
    desk: Desk,
    version: Annotated[int | None, Field(description="3; by default the present one", ge=1)] = None,
    title: Title = "",
) -> str:
    """Start another storyboard from a version; the present one stays as it is."""
    source = desk.version if version is None else desk.saved(version)
    board = source.board if version is not None else desk.board
    name = title.strip() or f"{board.title} (branch of version {source.number})"
    desk.begin(dataclass_replace(board, title=name), base=source)
    return f"“{name}” is a storyboard of its own, begun from version {source.number}; the other one stays as it was."


@tool
def take_scenes(
    desk: Desk,
    scenes: Scenes,
    version: Annotated[int | None, Field(description="its number: 3", ge=1)] = None,
    description: Annotated[str, Field(description='instead of a number, as for `restore`: "before the rain"')] = "",
) -> str:
    """Take scenes as they were in another version; everything else stays. Positions count in that version."""
    version = version if version is not None else find_version(desk, description)
    source = desk.saved(version)
    ids = [_scene_of(source, reference) for reference in scenes]
    for scene_id in ids:
        desk.change(lambda board, scene_id=scene_id: edits.take_scene(board, source.board, scene_id))  # type: ignore[misc]
        if scene_id in source.requests:
            taken = (desk.board.scene(scene_id), source.requests[scene_id])
            desk.put(origins={**desk.draft.origins, scene_id: taken})
    return f"{desk.places(ids).capitalize()} {'is' if len(ids) == 1 else 'are'} as in version {version}."


@reading_tool
def compare_versions(
    desk: Desk,
    first: Annotated[int | None, Field(description="2; by default the one before `second`", ge=1)] = None,
    second: Annotated[int | None, Field(description="3; by default the present one", ge=1)] = None,
) -> str:
    """Say what differs between two versions."""
    later = desk.version if second is None else desk.saved(second)
    number = first if first is not None else later.parent
    if number is None:
        return f"Version {later.number} is the first; there is nothing before it to compare it with."
    earlier = desk.saved(number)
    return f"From version {earlier.number} to {later.number}:\n{describe_diff(earlier, later)}"


@reading_tool
def list_versions(desk: Desk) -> str:
    """List the saved versions."""
    head = desk.version
    lines = []
    for version in desk.history.versions(head.storyboard, limit=50):
        here = " (this one)" if version.number == head.number else ""
        lines.append(f"{version.number}{here}: {version.message or 'no message'} — {version.summary or 'no summary'}")
    return "\n".join(lines)


@tool
def delete_storyboard(desk: Desk) -> str:
    """Delete this storyboard with all its versions. The person is asked first, whatever was said before."""
    version = desk.version
    if desk.confirmed != "delete_storyboard":
        desk.confirm(
            "delete_storyboard", f"Delete the storyboard “{desk.board.title}” with all its versions, for good?"
        )
        return "The person is being asked."
    desk.delete("storyboard")
    return f"The storyboard “{version.board.title}” is deleted."


@tool
def delete_conversation(desk: Desk) -> str:
    """Delete this conversation and its storyboard. The person is asked first, whatever was said before."""
    if desk.confirmed != "delete_conversation":
        desk.confirm("delete_conversation", "Delete this conversation and its storyboard, for good?")
        return "The person is being asked."
    desk.delete("conversation")
    return "The conversation and its storyboard are deleted."


def find_version(desk: Desk, description: str) -> int:
    """The number of the version that a description means: "the first", "the original", "the last but one", "before
    the rain", "when it was in watercolour". Raises EditError where none or no single one fits."""
    versions = sorted(desk.history.versions(desk.version.storyboard, limit=1000), key=lambda version: version.number)
    words = fold(description).strip(" .!?")
    if not words:
        raise EditError("Which version? Give its number, or say what it was like.")
    if match := re.search(r"\b(\d+)\b", words):
        return int(match[1])
    if re.search(r"\b(first|original|beginning|start)\b", words):
        return versions[0].number
    until = re.search(r"\b(?:before|until|prior to)\b(.*)", words)
    wanted = _content(until[1] if until else words)
    if not wanted:
        raise EditError(f"No version is called “{description}”; list the versions to see their numbers.")
    for version in reversed(versions):
        if version.summary.startswith(RESTORED):
            continue  # what it went back to is found under its own number
        told = _content(f"{version.message} {version.summary}")
        if all(any(_alike(word, other) for other in told) for word in wanted):
            if until is None:
                return version.number
            if version.parent is None:
                raise EditError(f"Version {version.number} was the first; there is none before it.")
            return version.parent
    raise EditError(f"No version fits “{description}”; list the versions to see their numbers.")


def _content(text: str) -> list[str]:
    return [word for word in re.findall(r"[^\W_]+", fold(text)) if word not in EMPTY_WORDS]


def _alike(word: str, other: str) -> bool:
    shorter, longer = sorted((word, other), key=len)
    return word == other or (len(shorter) >= 4 and longer.startswith(shorter[:-1]) and len(longer) - len(shorter) <= 3)


def _scene_of(version: Version, reference: int | str) -> str:
    scenes = version.board.scenes
    if isinstance(reference, str) and any(scene.id == reference for scene in scenes):
        return reference
    try:
        position = int(reference)
    except ValueError:
        raise EditError(f"Version {version.number} has no scene “{reference}”.") from None
    position = position + len(scenes) + 1 if position < 0 else position
    if not 1 <= position <= len(scenes):
        raise EditError(f"Version {version.number} has no scene {reference}; it has {len(scenes)}.")
    return scenes[position - 1].id
