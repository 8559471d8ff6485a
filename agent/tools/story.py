"""Tools that make a board of a story, and change what the story says and how it is cut into scenes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from typing import Annotated

from pydantic import Field

from agent import edits
from agent.drawing.models import drawing_defaults
from agent.edits import name_list
from agent.errors import EditError, StoryError
from agent.story import (
    SceneText,
    StoryText,
    load_story,
    parse_story,
    read_more,
    read_scene_with_model,
    read_story,
    read_with_model,
)
from agent.tools.desk import Desk
from agent.tools.kit import SceneRef, Scenes, Title, tool
from agent.wording import capital, counted, shortened
from db.board import Board

SHOWN = 120
"""Characters of a text that a reply repeats."""

StoryWords = Annotated[
    str,
    Field(
        description='the story\'s own words ("Mira finds a map. …"); leave empty to take the attached file or, without '
        "one, the person's message"
    ),
]
BeginsWith = Annotated[
    str,
    Field(
        description='the first words of the story ("Once upon"), where an instruction stands before it in the '
        "message: what is before them is left out"
    ),
]


@tool
def new_story(
    desk: Desk,
    text: StoryWords = "",
    begins_with: BeginsWith = "",
    scenes: Annotated[
        int | None, Field(description="how many panels: 6; by default what the story wants", ge=1)
    ] = None,
    style: Annotated[str, Field(description='as for set_style: "watercolour"')] = "",
    title: Title = "",
    seed: Annotated[int | None, Field(description="the same one gives the same pictures: 7", ge=0, lt=2**32)] = None,
    steps: Annotated[int | None, Field(description="denoising steps a panel: 20", ge=1, le=150)] = None,
) -> str:
    """Make a new storyboard of a story."""
    story = _story(desk, text, begins_with)
    settings = desk.services.settings
    drawing = drawing_defaults(settings.engine, settings.model)
    if steps is not None:
        drawing = replace(drawing, steps=steps)

    def read(cut: Sequence[SceneText] | None = None) -> Board:
        return read_story(
            story, scenes=None if cut else scenes, cut=cut, style=style, drawing=drawing, seed=seed,
            title=title.strip(), summarizer=desk.summarizer,
        )  # fmt: skip

    desk.check_stopped()
    if desk.fill is not None:
        reading = read_with_model(story, desk.fill, read, scenes=scenes)
        desk.begin(reading.board)
        _note_all(desk, reading.notes)
    else:
        desk.begin(read())
    board = desk.board
    _note_all(desk, map(_sentence, story.notes))
    who = name_list([character.name for character in board.characters])
    return f"Read “{board.title}”: {counted(len(board.scenes), 'scene')}" + (f", with {who}." if who else ".")


@tool
def continue_story(
    desk: Desk,
    text: StoryWords = "",
    begins_with: BeginsWith = "",
    scenes: Annotated[int | None, Field(description="how many new panels: 2", ge=1)] = None,
) -> str:
    """Go on with the story: its next part becomes new scenes at the end of the board."""
    before = {scene.id for scene in desk.board.scenes}
    story = _story(desk, text, begins_with)
    if desk.fill is not None:
        more = partial(read_more, desk.board, story, summarizer=desk.summarizer)
        reading = read_with_model(story, desk.fill, lambda cut: more(cut=cut), scenes=scenes, goes_on=True)
        board = desk.change(lambda _: reading.board)
        _note_all(desk, reading.notes)
    else:
        board = desk.change(lambda board: read_more(board, story, scenes=scenes, summarizer=desk.summarizer))
    new = [scene.id for scene in board.scenes if scene.id not in before]
    return f"The story goes on with {counted(len(new), 'scene')}: {desk.places(new)}."


@tool
def rewrite_text(
    desk: Desk, scene: SceneRef, text: Annotated[str, Field(description='the whole new text: "Mira finds a letter."')]
) -> str:
    """Replace a scene's text; its summary, details and prompt follow."""
    scene_id = desk.scene(scene)
    before = desk.board
    desk.change(lambda board: edits.rewrite_text(board, scene_id, text, desk.summarizer))
    _read_by_model(desk, scene_id)
    desk.note_handwritten([scene_id])
    _note_lost(desk, before)
    return f"Scene {desk.place(scene_id)} now tells: {shortened(text, SHOWN)}"


@tool
def split_scene(
    desk: Desk,
    scene: SceneRef,
    parts: Annotated[int, Field(description="into how many: 2", ge=2)] = 2,
    at: Annotated[
        str, Field(description='words of the scene\'s text with which its second part begins: "Then the storm"')
    ] = "",
) -> str:
    """Split a scene into two or more at sentence ends."""
    scene_id = desk.scene(scene)
    before = desk.board
    board = desk.change(lambda board: edits.split_scene(board, scene_id, parts, at, desk.summarizer))
    new = [one.id for one in board.scenes if one not in before.scenes and one.id != scene_id]
    _note_lost(desk, before)
    return f"Scene {desk.place(scene_id)} is split; what follows in it is now {desk.places(new)}."


@tool
def cover_scene(
    desk: Desk,
    scenes: Scenes,
    coverage: Annotated[edits.CoverageName | None, Field(description="by default what fits")] = None,
    shots: Annotated[int | None, Field(description="how many: 3; 1 makes one shot of them again", ge=1, le=40)] = None,
) -> str:
    """Cover a scene with several shots (master, singles, over the shoulder, reaction, insert), each with its share of
    the text; neighbouring scenes are taken together."""
    ids = desk.unlocked(scenes)
    before = desk.board
    board = desk.change(lambda board: edits.cover(board, ids, coverage, shots, desk.summarizer))
    _note_lost(desk, before)
    old = {scene.id for scene in before.scenes}
    new = [scene for scene in board.scenes if scene.id in ids or scene.id not in old]
    if len(new) == 1:
        return f"{capital(desk.places([new[0].id]))} is one shot again."
    for scene in new[1:]:
        desk.touch(scene.id)
    return f"{capital(desk.places([new[0].id]))} is told in {counted(len(new), 'shot')} now: " + "; ".join(
        scene.shot for scene in new
    )


@tool
def merge_scenes(desk: Desk, scenes: Scenes) -> str:
    """Merge neighbouring scenes into one (the first of them stays)."""
    ids = desk.scenes(scenes)
    before = desk.board
    desk.change(lambda board: edits.merge_scenes(board, ids, desk.summarizer))
    _note_lost(desk, before)
    return f"{capital(desk.places(ids))} are one now."


@tool
def insert_scene(
    desk: Desk,
    text: Annotated[str, Field(description='what happens in the new scene, in sentences of the story: "Tom waves."')],
    after: Annotated[SceneRef | None, Field(description='"2", or "0" for the beginning; by default the end')] = None,
    before: SceneRef | None = None,
    shot: Annotated[str, Field(description='"close-up", "wide shot" …')] = "",
) -> str:
    """Insert a new scene after or before another."""
    if after is not None and before is not None:
        raise EditError("Say either after or before which scene, not both.")
    order = [scene.id for scene in desk.board.scenes]
    if before is not None:
        index = order.index(desk.scene(before))
    else:
        index = len(order) if after is None else 0 if after in (0, "0") else order.index(desk.scene(after)) + 1
    previous = order[index - 1] if index else None
    board = desk.change(lambda board: edits.insert_scene(board, text, previous, shot, desk.summarizer))
    new = board.scenes[index]
    desk.touch(new.id)
    _read_by_model(desk, new.id)
    return f"A new scene at {index + 1}: {shortened(new.summary or new.text, SHOWN)}"


@tool
def move_scenes(
    desk: Desk,
    scenes: Scenes,
    to: Annotated[int | None, Field(description="the position it is to have, from 1; -1 is the last")] = None,
    before: SceneRef | None = None,
    after: SceneRef | None = None,
) -> str:
    """Move scenes to a position, or before or after another scene. Give exactly one of `to`, `before`, `after`."""
    if sum(place is not None for place in (to, before, after)) != 1:
        raise EditError("Say where to: a position, or before or after which scene.")
    ids = desk.scenes(scenes)
    desk.change(lambda board: edits.move_scenes(board, ids, _target(desk, ids, to, before, after)))
    desk.put(moved=desk.draft.moved | set(ids))
    return f"{capital(desk.places(ids))} moved to {desk.board.position(ids[0])}."


@tool
def swap_scenes(desk: Desk, first: SceneRef, second: SceneRef) -> str:
    """Let two scenes change places."""
    one, other = desk.scene(first), desk.scene(second)
    desk.change(lambda board: edits.swap_scenes(board, one, other))
    desk.put(moved=desk.draft.moved | {one, other})
    return f"Scenes {desk.place(one)} and {desk.place(other)} changed places."


@tool
def delete_scenes(desk: Desk, scenes: Scenes) -> str:
    """Delete scenes (undo brings them back)."""
    ids = desk.scenes(scenes)
    places = desk.places(ids)
    desk.change(lambda board: edits.delete_scenes(board, ids))
    return f"{capital(places)} deleted."


@tool
def duplicate_scene(desk: Desk, scene: SceneRef) -> str:
    """Put a copy of a scene right after it."""
    scene_id = desk.scene(scene)
    board = desk.change(lambda board: edits.duplicate_scene(board, scene_id))
    copy = board.scenes[board.position(scene_id)]
    desk.touch(copy.id)
    return f"A copy of scene {desk.place(scene_id)} ({copy.id}) stands after it."


@tool
def set_scene_count(desk: Desk, count: Annotated[int, Field(description="how many there are to be: 6", ge=1)]) -> str:
    """Make the board have this many panels by merging or splitting scenes, losing no sentence."""
    before = desk.board
    board = desk.change(lambda board: edits.set_scene_count(board, count, desk.summarizer))
    _note_lost(desk, before)
    return f"The board has {counted(len(board.scenes), 'scene')} now."


@tool
def set_title(desk: Desk, title: Title, scene: SceneRef | None = None) -> str:
    """Give the storyboard, or one scene, another title."""
    scene_id = None if scene is None else desk.scene(scene)
    desk.change(lambda board: edits.set_title(board, title, scene_id))
    return (
        f"{'The storyboard' if scene_id is None else f'Scene {desk.place(scene_id)}'} is called “{title.strip()}” now."
    )


def _story(desk: Desk, text: str, begins_with: str) -> StoryText:
    """The story that a call means: given words, else the attached file, else the person's own message."""
    if text.strip():
        return parse_story(text)
    if len(desk.files) > 1:
        raise EditError(f"Which file is the story: {name_list(sorted(desk.files), 'or')}?")
    for name, data in desk.files.items():
        return load_story(data, name)
    message = desk.message
    if begins_with.strip():
        beginning = re.search(r"\s+".join(map(re.escape, begins_with.split())), message)
        if beginning is None:
            raise StoryError(
                f"The message has no words “{shortened(begins_with, SHOWN)}” with which the story could begin."
            )
        message = message[beginning.start() :]
    return parse_story(message)


def _read_by_model(desk: Desk, scene_id: str) -> None:
    """Have the connected language model read a scene's text, where it is to read stories."""
    if desk.fill is not None:
        reading = read_scene_with_model(desk.board, scene_id, desk.fill)
        desk.change(lambda _: reading.board)
        _note_all(desk, reading.notes)


def _note_all(desk: Desk, sentences: Iterable[str]) -> None:
    for sentence in sentences:
        desk.note(sentence)


def _note_lost(desk: Desk, before: Board) -> None:
    """Say what a person had set by hand on the board before and reading the texts anew did not keep."""
    _note_all(desk, edits.lost_by_hand(before, desk.board))


def _target(desk: Desk, ids: list[str], to: int | None, before: SceneRef | None, after: SceneRef | None) -> int:
    """The position that the first of the moving scenes is to have. A number counts as the speaker saw the board: it
    means the place that the scene seen there has by now."""
    staying = [scene.id for scene in desk.board.scenes if scene.id not in ids]
    if before is not None or after is not None:
        anchor = desk.scene(before if before is not None else after)  # type: ignore[arg-type]
        if anchor in ids:
            raise EditError("A scene cannot be moved before or after itself.")
        return staying.index(anchor) + (1 if before is not None else 2)
    assert to is not None
    seen = [scene.id for scene in (desk.draft.seen or desk.board).scenes]
    position = to + len(seen) + 1 if to < 0 else to
    if not 1 <= position <= len(seen):
        raise EditError(f"There is no place {to}; the board has {counted(len(seen), 'scene')}.")
    gone = {scene_id for scene_id in seen[:position] if scene_id not in {scene.id for scene in desk.board.scenes}}
    return position - len(gone - set(ids))


def _sentence(note: str) -> str:
    return capital(note.rstrip(".")) + "."
