"""The `story.json` form of ViStoryBench, out and in: characters with descriptions, and shots with five fields each."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from agent.errors import StoryError
from agent.exports.material import Material
from agent.story.prompts import refresh_prompt
from db.board import Board, Character, Drawing, Scene

__all__ = ["board_from_vistory", "is_vistory", "write_vistory"]

LANGUAGE = "en"
MOST_SHOTS = 500


def write_vistory(material: Material, file: Path) -> None:
    """Each shot also carries its prompt and seed under `Taleboard`, which readers of the form pass over."""
    board = material.board
    counts = {character.id: 0 for character in board.characters}
    for scene in board.scenes:
        for character in scene.characters:
            counts[character] = counts.get(character, 0) + 1
    names = {character.id: character.name for character in board.characters}
    value = {
        "Story_type": {LANGUAGE: board.style},
        "Title": {LANGUAGE: board.title},
        "Characters": {
            character.name: {
                "name_en": character.name,
                "prompt_en": character.description,
                "tag": "",
                "num_of_appearances": counts[character.id],
            }
            for character in board.characters
        },
        "Shots": [
            {
                "index": panel.position,
                "Setting Description": {LANGUAGE: _joined(panel.scene.setting, panel.scene.time, panel.scene.weather)},
                "Plot Correspondence": {LANGUAGE: panel.scene.text},
                "Characters Appearing": {LANGUAGE: [names[c] for c in panel.scene.characters if c in names]},
                "Static Shot Description": {LANGUAGE: panel.scene.action or panel.caption},
                "Shot Perspective Design": {LANGUAGE: panel.scene.shot},
                "Taleboard": {"prompt": panel.scene.prompt, "seed": panel.scene.seed},
            }
            for panel in material.each()
        ],
        "Taleboard": {"storyboard": material.version.storyboard, "version": material.version.number},
    }
    file.write_text(json.dumps(value, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def is_vistory(value: object) -> bool:
    """Whether a JSON value is of this form."""
    return isinstance(value, Mapping) and isinstance(value.get("Shots"), list) and "scenes" not in value


def board_from_vistory(value: Mapping[str, Any], drawing: Drawing, seed: int = 0) -> Board:
    """The board of a story in this form. English words are taken where there are some, else whichever come first.
    Raises StoryError."""
    shots = value["Shots"]
    if not shots or len(shots) > MOST_SHOTS:
        raise StoryError(f"this story.json has {len(shots)} shots; between 1 and {MOST_SHOTS} can be imported")
    try:
        people = value.get("Characters") or {}
        characters = tuple(
            Character(f"c{number}", _said(person, "name", key), _said(person, "prompt", ""))
            for number, (key, person) in enumerate(people.items(), start=1)
        )
        ids = {key: character.id for key, character in zip(people, characters, strict=True)}
        ids |= {character.name: character.id for character in characters}
        scenes = tuple(_scene(number, shot, ids, seed) for number, shot in enumerate(shots, start=1))
    except (AttributeError, TypeError, KeyError) as error:
        raise StoryError(f"this story.json is not of the ViStoryBench form ({error!r})") from None
    board = Board(_words(value.get("Title")), _words(value.get("Story_type")), drawing, characters, scenes)
    return replace(board, scenes=tuple(refresh_prompt(board, scene) for scene in scenes))


def _scene(number: int, shot: Mapping[str, Any], ids: Mapping[str, str], seed: int) -> Scene:
    present = shot.get("Characters Appearing") or {}
    names = present.get(LANGUAGE, next(iter(present.values()), [])) if isinstance(present, Mapping) else present
    text = _words(shot.get("Plot Correspondence"))
    action = _words(shot.get("Static Shot Description"))
    return Scene(
        id=f"s{number}",
        text=text or action,
        summary=action or text,
        action=action,
        setting=_words(shot.get("Setting Description")),
        shot=_words(shot.get("Shot Perspective Design")),
        characters=tuple(dict.fromkeys(ids[name] for name in names if name in ids)),
        seed=seed + number - 1,
    )


def _words(value: Any) -> str:
    if isinstance(value, Mapping):
        value = value.get(LANGUAGE) or next(iter(value.values()), "")
    return str(value or "").strip()


def _said(person: Mapping[str, Any], what: str, default: str) -> str:
    return str(person.get(f"{what}_{LANGUAGE}") or person.get(f"{what}_ch") or default).strip()


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)
