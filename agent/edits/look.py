"""Edits of what a panel shows: details, prompt, style."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from agent.edits.common import change, items, locked_out, reprompt
from agent.errors import EditError
from agent.story import find_style, write_prompt
from db.board import Board, Scene
from db.words import fold

__all__ = ["edit_scenes", "set_prompt", "set_style"]

SEEN = ("shot", "time", "weather", "mood", "setting", "action")
UNSEEN = ("notes", "duration", "dialogue")


def edit_scenes(
    board: Board,
    ids: Sequence[str],
    *,
    add_objects: Sequence[str] = (),
    remove_objects: Sequence[str] = (),
    **details: Any,
) -> Board:
    """Scenes with other details (`shot`, `time`, `weather`, `mood`, `setting`, `action`, `notes`, `duration`,
    `dialogue`; None leaves one as it is), with things added or taken away. What is set here counts as written by hand:
    a later rewrite of the text keeps it. Where the prompt was written by hand, the words are added to it."""
    given = {name: value for name, value in details.items() if value is not None}
    if "dialogue" in given:
        given["dialogue"] = tuple(given["dialogue"])
    if unknown := set(given) - {*SEEN, *UNSEEN}:
        raise EditError(f"A scene has no {', '.join(sorted(unknown))}.")
    if not (given or add_objects or remove_objects):
        raise EditError(
            "What should change? Say the shot, time, weather, mood, setting, action, a thing to be seen, or what to "
            "take away."
        )
    seen = {name: value for name, value in given.items() if name in SEEN}
    if seen or add_objects or remove_objects:
        locked_out(board, ids)

    def edited(scene: Scene) -> Scene:
        props = _with_objects(scene.props, add_objects, remove_objects)
        after = replace(scene, **given, props=props)
        for thing in remove_objects:
            after = _without(after, thing)
        hand = tuple(dict.fromkeys((*scene.handwritten, *given, *(("props",) if after.props != scene.props else ()))))
        if "prompt" in hand:
            words = [str(value) for value in seen.values() if value] + list(add_objects)
            replaced = [str(getattr(scene, name)) for name, value in seen.items() if value != getattr(scene, name)]
            after = replace(after, prompt=_reworded(scene.prompt, words, [*replaced, *remove_objects]))
        if remove_objects:
            usual = items(scene.negative_prompt) or items(write_prompt(board, scene).negative)
            own = [thing for thing in map(_bare, remove_objects) if thing not in usual]
            after = replace(after, negative_prompt=", ".join([*usual, *own]))
            hand = tuple(dict.fromkeys((*hand, "negative_prompt")))
        elif add_objects and "negative_prompt" in hand:
            wanted = {_bare(thing) for thing in add_objects}
            kept = [item for item in items(scene.negative_prompt) if item not in wanted]
            after = replace(after, negative_prompt=", ".join(kept))
        return replace(after, handwritten=hand)

    return reprompt(board, change(board, ids, edited), ids)


def set_prompt(
    board: Board, ids: Sequence[str], prompt: str | None = None, negative_prompt: str | None = None
) -> Board:
    """Prompts written by hand. An empty one is given back to be written from the scene."""
    if prompt is None and negative_prompt is None:
        raise EditError("What should the prompt be?")
    locked_out(board, ids)
    given = {
        name: value.strip()
        for name, value in (("prompt", prompt), ("negative_prompt", negative_prompt))
        if value is not None
    }

    def edited(scene: Scene) -> Scene:
        hand = [name for name in scene.handwritten if name not in given] + [name for name in given if given[name]]
        written: dict[str, Any] = {name: value for name, value in given.items() if value}
        return replace(scene, handwritten=tuple(hand), **written)

    after = change(board, ids, edited)
    freed = [name for name in given if not given[name]]
    return reprompt(board, after, ids) if freed else after


def set_style(board: Board, style: str, ids: Sequence[str] | None = None) -> Board:
    """The style of the whole board (`ids` None; scenes with a style of their own keep it), or of some scenes.
    Locked scenes keep the style they have."""
    name = found.name if (found := find_style(style)) else " ".join(style.split())
    if ids is not None:
        locked_out(board, ids)
        after = change(board, ids, lambda scene: replace(scene, style=name))
        return reprompt(board, after, ids)
    locked = {scene.id for scene in board.scenes if scene.locked and scene.style is None}
    after = replace(change(board, locked, lambda scene: replace(scene, style=board.style)), style=name)
    return reprompt(board, after, [scene.id for scene in board.scenes if scene.style is None])


def _with_objects(props: Sequence[str], add: Sequence[str], remove: Sequence[str]) -> tuple[str, ...]:
    gone = [_bare(thing) for thing in remove]
    kept = [prop for prop in props if not any(_mentions(prop, thing) for thing in gone)]
    return tuple(dict.fromkeys((*kept, *(thing.strip() for thing in add if thing.strip()))))


def _without(scene: Scene, thing: str) -> Scene:
    """The scene's action without "with an umbrella", "holding an umbrella", "and an umbrella"."""
    word = re.escape(_bare(thing))
    phrase = (
        r"[,;]?\s*\b(?:with|and|under|holding|carrying|wearing|beside|near|by|next to)\s+"
        rf"(?:(?:a|an|the|his|her|their|its|some)\s+)?(?:[\w-]+\s+)?{word}\b"
    )
    return replace(scene, action=re.sub(phrase, "", scene.action, flags=re.IGNORECASE).strip())


def _reworded(prompt: str, add: Sequence[str], remove: Sequence[str]) -> str:
    gone = [_bare(word) for word in remove if word.strip()]
    kept = [
        item for item in items(prompt) if not any(_mentions(item, word) and len(item) < len(word) + 12 for word in gone)
    ]
    return ", ".join(dict.fromkeys((*kept, *(word.strip() for word in add))))


def _bare(thing: str) -> str:
    return re.sub(r"^(?:a|an|the|some|any|his|her|their|its|all)\s+", "", fold(thing.strip()))


def _mentions(text: str, word: str) -> bool:
    return bool(re.search(rf"\b{re.escape(word)}\b", fold(text)))
