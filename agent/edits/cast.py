"""Edits of who is in the story, and what they look like from which scene on."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from agent.edits.common import change, items, locked_out, reprompt
from agent.errors import EditError
from agent.language.words import with_article
from agent.story.looks import parse_look
from agent.wording import name_list
from db.board import Board, Change, Character, Scene, new_id
from db.words import fold

__all__ = [
    "add_character",
    "describe_character",
    "find_character",
    "remove_character",
    "rename_character",
    "swap_character",
]

TOLD = ("title", "text", "summary", "action", "notes")
ARTICLE = r"(?:a|an|the|his|her|their|its|some)\s+"


def find_character(board: Board, name: str) -> Character | None:
    """The character of that id, name or alias, whatever its case, accents and article; of two whose names differ by
    these alone ("Zoe", "Zoë"), the one that is written so. Raises EditError for several."""
    wanted = _plain(name)
    for character in board.characters:
        if name == character.id:
            return character
    named = [character for character in board.characters if _plain(character.name) == wanted]
    written = [character for character in named if character.name == " ".join(name.split())]
    found = (written if len(written) == 1 else named) or [
        character for character in board.characters if wanted in {_plain(alias) for alias in character.aliases}
    ]
    if len(found) > 1:
        who = name_list([f"{one.id} ({one.description or one.name})" for one in found], "or")
        raise EditError(f"There are several called {name.strip()}: {who}. Which one?")
    return found[0] if found else None


def add_character(board: Board, name: str, ids: Sequence[str] = (), description: str = "") -> Board:
    """A character, known or new, put into scenes."""
    if not name.strip():
        raise EditError("What is the new character called?")
    locked_out(board, ids)
    known = find_character(board, name)
    if known is None:
        known = Character(new_id("c", board, "add", name), " ".join(name.split()), description.strip())
        after = replace(board, characters=(*board.characters, known))
    elif description:
        after = describe_character(board, known.id, description)
    else:
        after = board
    who = known.id
    after = change(
        after,
        ids,
        lambda scene: scene if who in scene.characters else _with_cast(scene, (*scene.characters, who)),
    )
    return reprompt(board, after, ids)


def describe_character(
    board: Board, character_id: str, description: str, *, instead: bool = False, from_scene: str | None = None
) -> Board:
    """What a character looks like: added to what is known (the same garment or feature is exchanged), or `instead` of
    it; in all their scenes, or from one scene on."""
    description = description.strip(" .,")
    if not description:
        raise EditError("What do they look like?")
    who = board.character(character_id)
    if from_scene is None or (from_scene == board.scenes[0].id and not who.changes):
        new = replace(who, description=description if instead else merged_look(who.description, description))
        affected = {scene.id for scene in board.scenes}
    else:
        start = board.position(from_scene)
        earlier = tuple(step for step in who.changes if step.scene != from_scene)
        here = next((step.description for step in who.changes if step.scene == from_scene), "")
        step = Change(from_scene, description if instead else merged_look(here, description))
        places = {scene.id: place for place, scene in enumerate(board.scenes)}
        new = replace(who, changes=tuple(sorted((*earlier, step), key=lambda one: places.get(one.scene, 0))))
        affected = {scene.id for scene in board.scenes[start - 1 :]}
    after = replace(board, characters=tuple(new if one.id == who.id else one for one in board.characters))
    return reprompt(board, after, {scene.id for scene in board.scenes if who.id in scene.characters} & affected)


def rename_character(board: Board, character_id: str, name: str) -> Board:
    """Another name, wherever the board says the old one. The prompts of locked scenes stay."""
    name = " ".join(name.split())
    who = board.character(character_id)
    if not name:
        raise EditError(f"What should {who.name} be called?")
    other = find_character(board, name)
    if other is not None and other.id != who.id:
        raise EditError(f"There is a {other.name} already; choose another name.")
    characters = tuple(replace(one, name=name) if one.id == who.id else one for one in board.characters)
    respell = _respell(board, {who.name: name})

    def renamed(scene: Scene) -> Scene:
        told = _told(scene, respell)
        return told if scene.locked else replace(told, prompt=respell(scene.prompt))

    after = change(board, {scene.id for scene in board.scenes}, renamed)
    return replace(after, characters=characters, title=respell(board.title))


def swap_character(
    board: Board, character_id: str, by: str, ids: Sequence[str] | None = None, description: str = ""
) -> Board:
    """Another character, known or new, in the place of one: who is seen and what the scene tells. Where both are in a
    scene, they change parts. One who is left in no scene leaves the board."""
    who = board.character(character_id)
    where = [scene.id for scene in board.scenes if who.id in scene.characters] if ids is None else list(ids)
    if not any(who.id in board.scene(scene_id).characters for scene_id in where):
        raise EditError(f"{who.name} is not in {'any scene' if ids is None else 'those scenes'}.")
    locked_out(board, where if ids is not None else [])
    where = [scene_id for scene_id in where if not board.scene(scene_id).locked]
    after = add_character(board, by, (), description)
    other = find_character(after, by)
    assert other is not None
    if other.id == who.id:
        raise EditError(f"That is {who.name} already.")
    exchanged = {who.id: other.id, other.id: who.id}

    def swapped(scene: Scene) -> Scene:
        if who.id not in scene.characters:
            return scene
        both = other.id in scene.characters
        respell = _respell(board, {who.name: other.name, other.name: who.name} if both else {who.name: other.name})
        return _with_cast(_told(scene, respell), tuple(exchanged.get(one, one) for one in scene.characters))

    after = reprompt(board, change(after, where, swapped), where)
    return after if ids is not None else _without_absent(after, who.id)


def remove_character(board: Board, character_id: str, ids: Sequence[str] | None = None) -> Board:
    """A character taken out of scenes, or (`ids` None) out of the board. Text stays: it is the story's own."""
    who = board.character(character_id)
    where = [scene.id for scene in board.scenes if who.id in scene.characters]
    if ids is not None:
        where = [scene_id for scene_id in where if scene_id in ids]
        if not where:
            raise EditError(f"{who.name} is not in {'that scene' if len(ids) == 1 else 'those scenes'}.")
    locked_out(board, where)

    def removed(scene: Scene) -> Scene:
        left = _with_cast(scene, tuple(one for one in scene.characters if one != who.id))
        return replace(left, action=_without_name(scene.action, who.name))

    after = reprompt(board, change(board, where, removed), where)
    return after if ids is not None else _without_absent(after, who.id)


def _with_cast(scene: Scene, cast: Sequence[str]) -> Scene:
    """The scene with these characters, which reading its text anew will not change."""
    return replace(scene, characters=tuple(cast), handwritten=tuple(dict.fromkeys((*scene.handwritten, "characters"))))


def merged_look(old: str, new: str) -> str:
    """`new` joined to `old`: where both name the same thing ("a red coat", "a green coat"), the new one takes its
    place; otherwise it is added. Words that begin with all of the old ones ("a fox", "a fox with one ear") say it
    anew, and two descriptions that say what somebody is are joined as the values that they say."""
    if not old or re.match(rf"{re.escape(old)}\b", new, re.IGNORECASE):
        return new
    known, fresh = parse_look(old), parse_look(new)
    if known.kind and fresh.kind and fold(known.text()) == fold(old) and fold(fresh.text()) == fold(new):
        return fresh.joined(known).text()
    for feature in items(re.sub(r"\s+and\s+", ", ", new)):
        head = feature.split()[-1]
        between = r"(?!(?:in|with|and|of|has|wears|wearing)\b)[\w-]+\s+"
        same = re.compile(rf"\b(?:{ARTICLE})?(?:{between})*{re.escape(head)}\b", re.IGNORECASE)
        if len(head) > 2 and (found := same.search(old)) and found.start() > 0:
            old = old[: found.start()] + feature + old[found.end() :]
        elif fold(feature) not in fold(old):
            old = f"{old}, {feature}"
    return old


def _plain(name: str) -> str:
    return re.sub(rf"^{ARTICLE}", "", " ".join(fold(name).split()))


def _respell(board: Board, names: Mapping[str, str]) -> Callable[[str], str]:
    """Exchanges names, at once (so that two can change places). A character who is called by a common noun ("the wolf")
    is found whatever the noun's case and article, and these follow: "A wolf" becomes "An owl", or "Luna"; a proper name
    is found as it is written, or in capitals."""
    text = "\n".join(f"{scene.text}\n{scene.action}" for scene in board.scenes)
    spelled = {_bare(old): new for old, new in names.items()}
    common = {old for old in spelled if _is_common(old, text)}
    patterns = [
        rf"(?:{ARTICLE})?(?i:{re.escape(old)})" if old in common else rf"{re.escape(old)}|{re.escape(old.upper())}"
        for old in sorted(spelled, key=len, reverse=True)
    ]
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(patterns)})(?!\w)", re.IGNORECASE if common == set(spelled) else 0)
    by_case = {fold(old): new for old, new in spelled.items()}

    def exchange(match: re.Match[str]) -> str:
        found = match[0]
        old = _bare(found)
        return _in_place_of(found, by_case[fold(old)], text=match.string, start=match.start())

    return lambda text: pattern.sub(exchange, text)


def _in_place_of(found: str, new: str, *, text: str, start: int) -> str:
    """`new` as it stands where `found` stood: its article, its capitals."""
    bare = _bare(new)
    article = found[: len(found) - len(_bare(found))].strip()
    if len(found) > 1 and found.isupper():
        return new.upper()
    if bare[:1].isupper():
        return bare
    article = article or ("the" if _bare(found)[:1].isupper() else "")
    if article.lower() in ("a", "an"):
        fitting = with_article(bare).split()[0]
        article = fitting if article.islower() else fitting.capitalize()
    placed = f"{article} {bare}".strip()
    begins = not text[:start].strip() or text[:start].rstrip()[-1:] in ".!?"
    return placed[:1].upper() + placed[1:] if begins and found[:1].isupper() else placed


def _is_common(name: str, text: str) -> bool:
    """Whether a character is called by a common noun: it is written small, or the story writes it small."""
    small = len(re.findall(rf"\b{re.escape(name.lower())}\b", text))
    return name[:1].islower() or small > len(re.findall(rf"\b{re.escape(name)}\b", text))


def _bare(name: str) -> str:
    return re.sub(rf"^{ARTICLE}", "", name.strip(), flags=re.IGNORECASE)


def _told(scene: Scene, respell: Callable[[str], str]) -> Scene:
    told: dict[str, Any] = {name: respell(getattr(scene, name)) for name in TOLD}
    return replace(scene, **told, dialogue=tuple(respell(line) for line in scene.dialogue))


def _without_name(action: str, name: str) -> str:
    """The action without someone ("Mira and Tom walk" -> "Tom walk"); nothing of it where it is about them."""
    name = _bare(name)
    who = rf"(?:{ARTICLE})?{re.escape(name)}"
    for pattern in (
        rf"\b{who}\s+and\s+",
        rf"\s+and\s+{who}\b",
        rf",\s*{who}\b(?!\s*'s)",
        rf"\s+(?:with|beside|near)\s+{who}\b",
    ):
        action = re.sub(pattern, "", action, flags=re.IGNORECASE)
    return "" if re.search(rf"\b{re.escape(name)}\b", action, re.IGNORECASE) else action.strip()


def _without_absent(board: Board, character_id: str) -> Board:
    if any(character_id in scene.characters for scene in board.scenes):
        return board
    return replace(board, characters=tuple(one for one in board.characters if one.id != character_id))
