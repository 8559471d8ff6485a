"""Answers about the board, in words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from agent.drawing.requests import panel_request
from agent.edits import name_list, place_list
from agent.story import look, token_budget
from db.board import Board, Scene
from db.diff import Diff, diff
from db.history import Version
from db.words import fold

__all__ = ["describe_diff", "tell_board", "tell_prompt", "tell_scene", "tell_thing", "tell_who", "why_pending"]

TOLD = ("shot", "setting", "time", "weather", "mood", "action", "notes")


def tell_board(board: Board, version: int | None) -> str:
    """A line per scene, and how the board is drawn."""
    drawing = board.drawing
    head = f"“{board.title}”" + (f", version {version}" if version else "")
    style = f", in {board.style}" if board.style else ""
    lines = [f"{head}: {len(board.scenes)} scenes{style}."]
    lines += [
        f"{position}. {scene.title or scene.summary or scene.text[:80]}{' (locked)' if scene.locked else ''}"
        for position, scene in enumerate(board.scenes, start=1)
    ]
    width, height = drawing.size
    lines.append(
        f"Drawn by {drawing.engine} with {drawing.model}: {drawing.sampler}, {drawing.steps} steps, "
        f"guidance {drawing.guidance:g}, {width}x{height}."
    )
    return "\n".join(lines)


def tell_scene(board: Board, scene: Scene) -> str:
    """All that is known of a scene."""
    who = name_list([board.character(one).name for one in scene.characters])
    details = [f"{name}: {value}" for name in TOLD if (value := getattr(scene, name))]
    if who:
        details.append(f"with {who}")
    if scene.props:
        details.append(f"things: {', '.join(scene.props)}")
    details.append(f"style: {board.style if scene.style is None else scene.style}, seed {scene.seed}")
    if scene.locked:
        details.append("locked")
    return f"Scene {board.position(scene.id)}, {scene.title or scene.summary}: {'; '.join(details)}."


def tell_thing(board: Board, scenes: Sequence[str], thing: str) -> str:
    """In which of the scenes a thing is mentioned."""
    there = [one for one in scenes if _mentions(board.scene(one), thing)]
    if not there:
        return f"There is no mention of “{thing}” in {place_list(map(board.position, scenes))}."
    return f"“{thing}” is in {place_list(map(board.position, there))}."


def _mentions(scene: Scene, thing: str) -> bool:
    """Whether a scene has all words of a thing, in whatever form ("stars" by "star")."""
    words = [word for word in re.findall(r"\w+", fold(thing)) if word not in {"a", "an", "the", "any", "some"}]
    told = fold(" ".join((scene.text, scene.prompt, *scene.props, scene.setting, scene.time, scene.weather)))
    return all(re.search(rf"\b{re.escape(word[: max(3, len(word) - 2)])}", told) for word in words)


def tell_who(board: Board, characters: Sequence[str], scenes: Sequence[str]) -> str:
    """Who is in which of the scenes, and what they look like there."""
    lines = []
    for character in board.characters:
        if character.id not in characters:
            continue
        where = [scene.id for scene in board.scenes if scene.id in scenes and character.id in scene.characters]
        places = f"in {place_list(board.position(one) for one in where)}" if where else "in none of these scenes"
        looks = dict.fromkeys(look(board, character, one) for one in where) or {character.description: None}
        how = "; then ".join(text for text in looks if text)
        lines.append(f"{character.name} is {places}{f': {how}' if how else ''}.")
    return "\n".join(lines) or "Nobody is named in this story."


def tell_prompt(board: Board, scene: Scene) -> str:
    """The prompt, and what the board's model makes of it."""
    by_hand = " (written by hand)" if "prompt" in scene.handwritten else ""
    lines = [f"Scene {board.position(scene.id)}{by_hand}: {scene.prompt}"]
    if scene.negative_prompt:
        lines.append(f"Not: {scene.negative_prompt}")
    request = panel_request(board, scene)
    if request.request.prompt != scene.prompt:
        lines.append(f"{board.drawing.model} gets: {request.request.prompt}")
    if request.phrased.mapped:
        lines.append("Said otherwise: " + ", ".join(f"{one} → {other}" for one, other in request.phrased.mapped))
    lines += [
        f"Left out: {word} ({why})" for word, why in zip(request.phrased.dropped, request.phrased.reasons, strict=True)
    ]
    budget = token_budget(request.request.prompt)
    if budget.cut:
        lines.append(f"Too long for it, cut: {budget.cut}")
    return "\n".join(lines)


def why_pending(version: Version, before: Version | None, scenes: Sequence[str]) -> str:
    """Which of the scenes have no picture yet, and since which change."""
    board = version.board
    pending = [scene_id for scene_id in scenes if version.images.get(scene_id) is None]
    drawn = [scene_id for scene_id in scenes if scene_id not in pending]
    lines = []
    if drawn:
        lines.append(f"{_places(board, drawn)} {'is' if len(drawn) == 1 else 'are'} up to date.")
    old = {scene.id: scene for scene in before.board.scenes} if before else {}
    for scene_id in pending:
        scene = board.scene(scene_id)
        if before is None or scene_id not in old:
            why = "it is new"
        elif before.board.drawing != board.drawing:
            why = "the drawing settings changed"
        else:
            names = [name for name in ("prompt", "negative_prompt", "seed", "variation", "edit", "style")
                     if getattr(old[scene_id], name) != getattr(scene, name)]  # fmt: skip
            why = f"its {name_list(names).replace('_', ' ')} changed" if names else "it has not been drawn yet"
        lines.append(f"Scene {board.position(scene_id)} has no picture yet: {why}.")
    return "\n".join(lines)


def describe_diff(earlier: Version, later: Version) -> str:
    """What differs, a line per scene."""
    difference: Diff = diff(earlier.board, later.board)
    lines = []
    for scene_id in difference.added:
        lines.append(f"Scene {later.board.position(scene_id)} is new.")
    if difference.removed:
        lines.append(f"What was {place_list(earlier.board.position(one) for one in difference.removed)} is gone.")
    for move in difference.moved:
        lines.append(f"Scene {move.origin} moved to {move.target}.")
    for change in difference.changed:
        fields = [name for name in change.fields if name not in ("handwritten", "picked")]
        if fields:
            shown = name_list([name.replace("_", " ") for name in fields])
            lines.append(f"Scene {later.board.position(change.scene)}: {shown}.")
    same = [
        scene.id
        for scene in later.board.scenes
        if scene.id in earlier.requests and earlier.requests[scene.id] == later.requests.get(scene.id)
    ]
    for name, (before, after) in (difference.board or {}).items():
        lines.append(f"{name[0].upper()}{name[1:]}: {_value(before)} → {_value(after)}.")
    for character in difference.characters:
        for name, (before, after) in character.fields.items():
            if name in ("name", "description"):
                lines.append(f"Character {name}: {_value(before)} → {_value(after)}.")
    if not lines:
        return "Nothing differs."
    if same:
        lines.append(f"{_places(later.board, same)} {'is' if len(same) == 1 else 'are'} the same picture in both.")
    return "\n".join(lines)


def _places(board: Board, ids: Sequence[str]) -> str:
    places = place_list(board.position(scene_id) for scene_id in ids)
    return places[0].upper() + places[1:]


def _value(value: object) -> str:
    return "none" if value in (None, "") else f"{value}"
