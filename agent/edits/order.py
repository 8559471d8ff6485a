"""Edits of what the story says and of how it is cut: insert, move, swap, split, merge, delete, duplicate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from agent.edits.common import change, delete_scene_ids, items, locked_out, place_list
from agent.errors import EditError, StoryError
from agent.story import Summarizer, cast_by_hand, merge_texts, new_scene, retell, split_sentences, split_text
from agent.wording import counted, name_list, shortened
from db.board import Board, Scene, digest, new_id
from db.words import find_words

__all__ = [
    "delete_scenes",
    "duplicate_scene",
    "insert_scene",
    "lost_by_hand",
    "merge_scenes",
    "move_scenes",
    "rewrite_text",
    "set_scene_count",
    "set_title",
    "split_scene",
    "swap_scenes",
    "take_scene",
]

MAX_SCENES = 500
OF_ONE_SCENE = ("prompt", "title", "summary", "action", "dialogue")
"""What a person writes of all that a scene tells, and what so cannot be true of each of its parts."""


def insert_scene(
    board: Board, text: str, after: str | None, shot: str = "", summarizer: Summarizer | None = None
) -> Board:
    """A new scene for `text` after the scene `after` (None: at the beginning)."""
    if not text.strip():
        raise EditError("What should happen in the new scene? Give it a sentence or two.")
    room_for(board, 1)
    scene_id = new_id("s", board, "insert", text, after or "")
    scene = new_scene(board, text.strip(), after=after, scene_id=scene_id, summarizer=summarizer)
    index = 0 if after is None else board.position(after)
    inserted = replace(board, scenes=(*board.scenes[:index], scene, *board.scenes[index:]))
    if shot:
        from agent.edits.look import edit_scenes  # the looks build on the order, not the other way round

        inserted = edit_scenes(inserted, [scene_id], shot=shot)
    return inserted


def rewrite_text(board: Board, scene_id: str, text: str, summarizer: Summarizer | None = None) -> Board:
    """Another text for a scene; what follows from it is read anew, except what was written by hand."""
    locked_out(board, [scene_id])
    if not text.strip():
        raise EditError(f"Scene {board.position(scene_id)} needs some text; to take it out, delete it.")
    return change(board, [scene_id], lambda scene: retell(board, scene.id, text.strip(), summarizer))


def split_scene(
    board: Board, scene_id: str, parts: int = 2, at: str = "", summarizer: Summarizer | None = None
) -> Board:
    """A scene cut into `parts` at sentence borders, or into two where the words `at` begin. The first part keeps the
    scene's id and seed, and what was written by hand of this one scene; what was set by hand stays in all parts."""
    locked_out(board, [scene_id])
    scene, position = board.scene(scene_id), board.position(scene_id)
    room_for(board, parts - 1)
    texts = _cut_at(scene, at, position) if at else _cut(scene, parts, position)
    pieces = [scene]
    for text in texts[1:]:
        piece_id = new_id("s", board, "split", scene_id, text, str(len(pieces)))
        own = tuple(name for name in scene.handwritten if name not in OF_ONE_SCENE)
        pieces.append(replace(scene, id=piece_id, seed=next_seed(scene, len(pieces)), handwritten=own, edit=None))
    cut = replace(board, scenes=(*board.scenes[: position - 1], *pieces, *board.scenes[position:]))
    for piece, text in zip(pieces, texts, strict=True):
        cut = change(cut, [piece.id], lambda piece, board=cut, text=text: retell(board, piece.id, text, summarizer))  # type: ignore[misc]
    return cut


def merge_scenes(board: Board, ids: Sequence[str], summarizer: Summarizer | None = None) -> Board:
    """Neighbouring scenes as one, which keeps the first one's id and seed, and what was set by hand in any; of two that
    contradict each other the first one stays (`lost_by_hand` tells the other)."""
    chosen = [scene for scene in board.scenes if scene.id in ids]
    if len(chosen) < 2:
        raise EditError("Merging takes at least two scenes.")
    locked_out(board, ids)
    position = board.position(chosen[0].id)
    if [scene.id for scene in board.scenes[position - 1 : position - 1 + len(chosen)]] != [one.id for one in chosen]:
        places = place_list(board.position(scene.id) for scene in chosen)
        raise EditError(f"Only neighbouring scenes can be merged, and {places} are not; move them together first.")
    text = merge_texts(*(scene.text for scene in chosen))
    notes = "\n".join(scene.notes for scene in chosen if scene.notes)
    hand = tuple(dict.fromkeys(name for scene in chosen for name in scene.handwritten))
    kept: dict[str, Any] = {name: _both_by_hand(chosen, name) for name in hand} | {"notes": notes}
    first = replace(chosen[0], text=text, handwritten=hand, edit=None, **kept)
    left = delete_scene_ids(board, {scene.id for scene in chosen[1:]}, heir=first.id)
    merged = replace(left, scenes=tuple(first if scene.id == first.id else scene for scene in left.scenes))
    return change(left, [first.id], lambda scene: retell(merged, scene.id, text, summarizer))


def lost_by_hand(before: Board, after: Board) -> list[str]:
    """Say what was set by hand on a board and is not so on the board that was made of it by cutting its scenes
    otherwise or by reading their texts anew, a sentence each."""
    lost, heirs = [], {scene.id: scene for scene in after.scenes}
    heir: Scene | None = None
    for position, scene in enumerate(before.scenes, start=1):
        heir = heirs.get(scene.id, heir)
        if heir is None or heir == scene:
            continue
        for name in scene.handwritten:
            old, new = getattr(scene, name), getattr(heir, name)
            if name == "characters":
                _, taken_out = cast_by_hand(before, scene)
                back = [after.character(one).name for one in taken_out if one in new]
                if back:
                    verb = "is" if len(back) == 1 else "are"
                    lost.append(f"{name_list(back)}, taken out of scene {position} by hand, {verb} in it again.")
            elif not _is_kept(old, new):
                field = name.replace("_", " ")
                lost.append(f"The {field} “{shortened(str(old), 80)}” of scene {position}, set by hand, was not kept.")
    return lost


def set_scene_count(board: Board, count: int, summarizer: Summarizer | None = None) -> Board:
    """As many scenes as wanted: the shortest neighbours are merged, or the longest scenes split. No sentence is lost,
    and locked scenes stay as they are."""
    if not 1 <= count <= MAX_SCENES:
        raise EditError(f"A storyboard has 1 to {MAX_SCENES} scenes.")
    while len(board.scenes) > count:
        pairs = [
            (len(first.text) + len(second.text), first.id, second.id)
            for first, second in zip(board.scenes, board.scenes[1:], strict=False)
            if not (first.locked or second.locked)
        ]
        if not pairs:
            raise EditError("The scenes that are left are locked; unlock some first.")
        board = merge_scenes(board, min(pairs)[1:], summarizer)
    while len(board.scenes) < count:
        longest = sorted(board.scenes, key=lambda scene: (-len(scene.text), board.position(scene.id)))
        splittable = (scene for scene in longest if not scene.locked and len(split_sentences(scene.text)) > 1)
        scene = next(splittable, None)
        if scene is None:
            raise EditError(
                f"The story has sentences for {len(board.scenes)} scenes only, not for {count}; "
                "continue it or insert scenes."
            )
        board = split_scene(board, scene.id, summarizer=summarizer)
    return board


def move_scenes(board: Board, ids: Sequence[str], to: int) -> Board:
    """Scenes moved, together and in their order, so that the first of them has position `to` (from 1; too large: the
    end)."""
    moving = tuple(scene for scene in board.scenes if scene.id in ids)
    staying = tuple(scene for scene in board.scenes if scene.id not in ids)
    index = min(max(to - 1, 0), len(staying))
    return replace(board, scenes=(*staying[:index], *moving, *staying[index:]))


def swap_scenes(board: Board, first: str, second: str) -> Board:
    """Two scenes in each other's place."""
    if first == second:
        raise EditError("A scene cannot be swapped with itself.")
    other = {first: board.scene(second), second: board.scene(first)}
    return replace(board, scenes=tuple(other.get(scene.id, scene) for scene in board.scenes))


def delete_scenes(board: Board, ids: Sequence[str]) -> Board:
    """The board without these scenes; one at least has to stay."""
    locked_out(board, ids)
    if all(scene.id in ids for scene in board.scenes):
        raise EditError("A storyboard keeps at least one scene; to begin again, give a new story.")
    return delete_scene_ids(board, set(ids))


def duplicate_scene(board: Board, scene_id: str) -> Board:
    """A copy right after the scene: the same picture, an id of its own, unlocked."""
    room_for(board, 1)
    copy = replace(board.scene(scene_id), id=new_id("s", board, "duplicate", scene_id), locked=False)
    index = board.position(scene_id)
    return replace(board, scenes=(*board.scenes[:index], copy, *board.scenes[index:]))


def take_scene(board: Board, source: Board, scene_id: str) -> Board:
    """A scene as it is on another board (an older version), with its characters where they have gone since. A scene
    that the board no longer has comes back behind those that it stood behind there."""
    scene = source.scene(scene_id)
    if scene.style is None and source.style != board.style:
        scene = replace(scene, style=source.style)
    known = {character.id for character in board.characters}
    lost = tuple(one for one in source.characters if one.id in scene.characters and one.id not in known)
    board = replace(board, characters=(*board.characters, *lost))
    if any(one.id == scene_id for one in board.scenes):
        locked_out(board, [scene_id])
        return replace(board, scenes=tuple(scene if one.id == scene_id else one for one in board.scenes))
    before = [one.id for one in source.scenes[: source.position(scene_id) - 1]]
    present = [board.position(one.id) for one in board.scenes if one.id in before]
    index = max(present, default=0)
    return replace(board, scenes=(*board.scenes[:index], scene, *board.scenes[index:]))


def set_title(board: Board, title: str, scene_id: str | None = None) -> Board:
    """Another title for the storyboard, or for one scene."""
    title = " ".join(title.split())
    if not title:
        raise EditError("A title needs a word at least.")
    if scene_id is None:
        return replace(board, title=title)
    locked_out(board, [scene_id])
    return change(board, [scene_id], lambda scene: replace(scene, title=title, handwritten=_by_hand(scene, "title")))


def _by_hand(scene: Scene, *names: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*scene.handwritten, *names)))


def _both_by_hand(scenes: Sequence[Scene], name: str) -> Any:
    """What a scene merged of these has in a field that was set by hand in one at least: all that is listed, the
    seconds together, and of words the first."""
    values = [getattr(scene, name) for scene in scenes if name in scene.handwritten]
    if name in ("characters", "props", "dialogue"):
        return tuple(dict.fromkeys(item for scene in scenes for item in getattr(scene, name)))
    if name == "negative_prompt":
        return ", ".join(dict.fromkeys(item for value in values for item in items(value)))
    return sum(values) if name == "duration" else values[0]


def _is_kept(old: Any, new: Any) -> bool:
    """Whether what was set is in what there is now."""
    if isinstance(old, tuple):
        return set(old) <= set(new)
    if isinstance(old, str):
        return old in new or set(items(old)) <= set(items(new))
    return bool(old <= new)


def room_for(board: Board, more: int) -> None:
    """Raises EditError where the board has no room for so many scenes more."""
    if len(board.scenes) + more > MAX_SCENES:
        raise EditError(f"A storyboard has at most {MAX_SCENES} scenes.")


def next_seed(scene: Scene, part: int) -> int:
    """The seed of another part of a scene."""
    return int(digest([scene.id, scene.seed, part])[:8], 16) >> 1


def _cut(scene: Scene, parts: int, position: int) -> tuple[str, ...]:
    try:
        return split_text(scene.text, parts)
    except StoryError:
        count = len(split_sentences(scene.text))
        sentences = counted(count, "sentence")
        raise EditError(f"Scene {position} has {sentences}, so it cannot be split into {parts}.") from None


def _cut_at(scene: Scene, at: str, position: int) -> tuple[str, ...]:
    start = find_words(scene.text, at.strip())
    if start <= 0 or not scene.text[:start].strip():
        raise EditError(f"Scene {position} has no part that begins with “{at.strip()}”.")
    return scene.text[:start].rstrip(), scene.text[start:]
