"""A whole board from a story, and the pieces that edits of a board need to keep it true to its text."""

from __future__ import annotations

import dataclasses
import hashlib
import re
from collections.abc import Sequence
from typing import Any

from agent.errors import StoryError
from agent.story.cast import Cast, Meant, find_cast, read_scene
from agent.story.details import Details, scene_details
from agent.story.place import Surroundings, around_scene
from agent.story.prompts import refresh_prompt, refresh_prompts
from agent.story.readers import Heading, StoryText, parse_story
from agent.story.segmentation import SceneText, segment_story
from agent.story.sentences import split_sentences
from agent.story.styles import find_style
from agent.story.summary import Summarizer
from db.board import UNDECIDED, Board, Character, Drawing, Scene, new_id
from db.words import fold

__all__ = ["cast_by_hand", "merge_texts", "new_scene", "read_more", "read_story", "retell", "split_text"]


def read_story(
    story: str | StoryText,
    *,
    scenes: int | None = None,
    style: str = "",
    drawing: Drawing = UNDECIDED,
    seed: int | None = None,
    title: str = "",
    summarizer: Summarizer | None = None,
    cut: Sequence[SceneText] | None = None,
) -> Board:
    """The storyboard of a story. Pure and deterministic. Scene n has id "s<n>" and seed `seed` + n - 1, so that one
    number gives the whole board; `seed` None derives it from the text. `cut` is the story in its scenes where
    somebody else has cut it. Raises StoryError."""
    if isinstance(story, str):
        story = parse_story(story)
    cut = cut or segment_story(story, scenes)
    texts = [scene.text for scene in cut]
    ids = [f"s{number}" for number in range(1, len(texts) + 1)]
    cast = find_cast(texts, ids)
    if seed is None:
        seed = int.from_bytes(hashlib.sha256(story.text.encode()).digest()[:4], "big") % 1_000_000
    named = find_style(style) if style else None
    board = Board(
        title=title or story.title or _title(story, cast.characters),
        style=named.name if named else style.strip(),
        drawing=drawing,
        characters=cast.characters,
        scenes=_scenes(texts, ids, cast, cast.characters, None, seed, summarizer, _headings(story, cut)),
    )
    return refresh_prompts(board)


def read_more(
    board: Board,
    story: str | StoryText,
    *,
    scenes: int | None = None,
    cut: Sequence[SceneText] | None = None,
    summarizer: Summarizer | None = None,
) -> Board:
    """The board with the scenes of a continuation added at its end (new ids), as many as wanted, or cut like `cut`.
    Characters known by name or alias stay the same characters, new ones are added; every scene that was there stays as
    it is. Raises StoryError."""
    if isinstance(story, str):
        story = parse_story(story)
    texts = [scene.text for scene in cut or segment_story(story, scenes)]
    cast = find_cast([*(scene.text for scene in board.scenes), *texts])
    old = len(board.scenes)
    known: dict[str, str] = {}  # id in the new cast -> id on the board
    characters = list(board.characters)
    fresh_ids: list[str] = []
    grown = board
    for number, text in enumerate(texts):
        fresh_ids.append(new_id("s", grown, text, str(number)))
        grown = dataclasses.replace(grown, scenes=(*grown.scenes, Scene(fresh_ids[-1], text=text)))
    shown = {name for present in cast.present[old:] for name in present}
    for character in cast.characters:
        forms = {fold(form) for form in (character.name, *character.aliases)}
        same = next((c for c in characters if fold(c.name) in forms), None)
        same = same or next((c for c in characters if forms & {fold(form) for form in c.aliases}), None)
        changes = tuple(
            dataclasses.replace(change, scene=fresh_ids[int(change.scene[1:]) - 1 - old])
            for change in character.changes
            if int(change.scene[1:]) > old
        )
        if same:
            known[character.id] = same.id
            if changes:
                characters[characters.index(same)] = dataclasses.replace(same, changes=(*same.changes, *changes))
        elif character.id in shown:
            made = new_id("c", dataclasses.replace(grown, characters=tuple(characters)), character.name)
            known[character.id] = made
            characters.append(dataclasses.replace(character, id=made, changes=changes))
    present = tuple(tuple(known[name] for name in names if name in known) for names in cast.present[old:])
    meant = tuple(
        {at: tuple(known[name] for name in names if name in known) for at, names in scene.items()}
        if scene is not None
        else None
        for scene in cast.meant[old:]
    )
    base = board.scenes[-1].seed + 1 if board.scenes else 0
    last = board.scenes[-1] if board.scenes else None
    read = Cast(tuple(characters), present, meant)
    added = _scenes(texts, fresh_ids, read, characters, last, base, summarizer)
    grown = dataclasses.replace(board, characters=tuple(characters), scenes=(*board.scenes, *added))
    return dataclasses.replace(grown, scenes=(*board.scenes, *(refresh_prompt(grown, scene) for scene in added)))


def new_scene(
    board: Board,
    text: str,
    *,
    after: str | None = None,
    scene_id: str | None = None,
    summarizer: Summarizer | None = None,
) -> Scene:
    """A scene for `text` as it would stand after the scene `after` (None: first): details, characters of the board who
    are in it, prompt. It is not put into the board."""
    _readable(text)
    before = board.scene(after) if after is not None else None
    scene_id = scene_id or new_id("s", board, text, after or "")
    present, meant = read_scene(text, board, before.characters if before else ())
    seed = max((scene.seed for scene in board.scenes), default=-1) + 1
    scene = _summarised(_scene(scene_id, text, present, board.characters, before, seed, meant), summarizer)
    position = board.position(after) if after is not None else 0
    placed = dataclasses.replace(board, scenes=(*board.scenes[:position], scene, *board.scenes[position:]))
    return refresh_prompt(placed, scene)


def retell(board: Board, scene_id: str, text: str, summarizer: Summarizer | None = None) -> Scene:
    """The scene with `text` for its text and everything that follows from it read anew (who is in it, setting, action,
    prompt ...), except the fields named in its `handwritten`. Where the cast is among these, whoever a person has put
    into the scene stays in it, and whoever was taken out stays out. Id, seed and lock stay.
    Raises KeyError, StoryError."""
    _readable(text)
    old = board.scene(scene_id)
    position = board.position(scene_id)
    before = board.scenes[position - 2] if position > 1 else None
    present, meant = read_scene(text, board, before.characters if before else old.characters)
    put_in, taken_out = cast_by_hand(board, old)
    present = tuple(dict.fromkeys((*(one for one in present if one not in taken_out), *put_in)))
    fresh = _summarised(_scene(scene_id, text, present, board.characters, before, old.seed, meant), summarizer)
    read: dict[str, Any] = {field.name: getattr(fresh, field.name) for field in dataclasses.fields(Details)}
    kept = {name: value for name, value in read.items() if name not in old.handwritten}
    return refresh_prompt(board, dataclasses.replace(old, text=text, characters=present, **kept))


def cast_by_hand(board: Board, scene: Scene) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Find the ids of those whom a person has put into a scene, and of those whom they have taken out: where the cast
    differs from what the scene's text shows. Both are empty where the cast was read."""
    if "characters" not in scene.handwritten:
        return (), ()
    position = board.position(scene.id)
    known = board.scenes[position - 2].characters if position > 1 else scene.characters
    shown, _ = read_scene(scene.text, board, known)
    put_in = tuple(one for one in scene.characters if one not in shown)
    return put_in, tuple(one for one in shown if one not in scene.characters)


def split_text(text: str, parts: int = 2) -> tuple[str, ...]:
    """A scene's text cut at its best sentence borders. Raises StoryError where it has fewer sentences than parts."""
    pieces = tuple(scene.text for scene in segment_story(StoryText(text), parts))
    if len(pieces) < parts:
        many = "one sentence" if len(pieces) == 1 else f"{len(pieces)} sentences"
        raise StoryError(f"this scene has only {many}; it cannot be split into {parts}")
    return pieces


def merge_texts(*texts: str) -> str:
    """Texts of scenes as one text."""
    return "\n\n".join(text.strip() for text in texts if text.strip())


def _readable(text: str) -> None:
    if not any(letter.isalnum() for letter in text):
        raise StoryError("a scene needs at least one word of text")


def _scenes(
    texts: Sequence[str],
    ids: Sequence[str],
    cast: Cast,
    characters: Sequence[Character],
    before: Scene | None,
    seed: int,
    summarizer: Summarizer | None,
    headings: Sequence[Heading | None] = (),
) -> tuple[Scene, ...]:
    made: list[Scene] = []
    known = {character.id: character for character in characters}
    after: Surroundings | None = None
    for number, (text, scene_id, names, meant) in enumerate(zip(texts, ids, cast.present, cast.meant, strict=True)):
        there = [known[name] for name in names if name in known]
        around, after = around_scene(text, there, before, headings[number] if headings else None, after)
        before = _scene(scene_id, text, names, characters, before, seed + number, meant, around)
        made.append(before)
    if summarizer is not None:
        summaries = summarizer(texts)
        made = [dataclasses.replace(scene, summary=words) for scene, words in zip(made, summaries, strict=True)]
    return tuple(made)


def _summarised(scene: Scene, summarizer: Summarizer | None) -> Scene:
    return scene if summarizer is None else dataclasses.replace(scene, summary=summarizer([scene.text])[0])


def _scene(
    scene_id: str,
    text: str,
    names: Sequence[str],
    characters: Sequence[Character],
    before: Scene | None,
    seed: int,
    meant: Meant | None,
    around: Surroundings | None = None,
) -> Scene:
    known = {character.id: character for character in characters}
    details = scene_details(text, [known[name] for name in names if name in known], before, around, meant)
    fields = {field.name: getattr(details, field.name) for field in dataclasses.fields(details)}
    return Scene(id=scene_id, text=text, characters=tuple(names), seed=seed, **fields)


def _headings(story: StoryText, cut: Sequence[SceneText]) -> list[Heading | None]:
    """The first heading of a scene in each panel's text, as its reader typed it."""
    typed = [(line.start, line.heading) for line in story.lines if line.kind == "heading" and line.heading]
    return [next((heading for at, heading in typed if part.start <= at < part.end), None) for part in cut]


def _title(story: StoryText, characters: Sequence[Character]) -> str:
    """A title for a story that has none: its first words, or whom it is about."""
    if characters and characters[0].name != "Narrator":
        names = [character.name for character in characters[:2]]
        return "The story of " + " and ".join(names)
    first = next((s.text for s in split_sentences(story.text[:2000])), story.text[:60])
    words = re.sub(r"[^\w\s'’-]", "", first).split()
    return " ".join(words[:6])
