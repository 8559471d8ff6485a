"""The `story.json` form of ViStoryBench, out and in: characters with descriptions, and shots with five fields each."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import BaseModel, Field, ValidationError

from agent.errors import StoryError
from agent.exports.material import Material
from agent.story.prompts import refresh_prompt
from db.board import Board, Character, Drawing, Scene
from db.validation import first_mistake

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
    """The board of a story in this form. English words are taken where there are some, else the first that are there.
    Raises StoryError."""
    try:
        story = _Story.model_validate(value)
    except ValidationError as error:
        raise StoryError(f"this story.json is not of the ViStoryBench form: {first_mistake(error)}") from None
    if not 1 <= len(story.shots) <= MOST_SHOTS:
        raise StoryError(f"this story.json has {len(story.shots)} shots; between 1 and {MOST_SHOTS} can be imported")
    characters = tuple(
        Character(f"c{number}", _first(person.name_en, person.name_ch, key), _first(person.prompt_en, person.prompt_ch))
        for number, (key, person) in enumerate(story.characters.items(), start=1)
    )
    ids = {key: character.id for key, character in zip(story.characters, characters, strict=True)}
    ids |= {character.name: character.id for character in characters}
    scenes = tuple(_scene(number, shot, ids, seed) for number, shot in enumerate(story.shots, start=1))
    board = Board(_words(story.title), _words(story.story_type), drawing, characters, scenes)
    return replace(board, scenes=tuple(refresh_prompt(board, scene) for scene in scenes))


Words = str | dict[str, str | None] | None
"""A text, or one for each language."""


class _Person(BaseModel):
    name_en: str | None = None
    name_ch: str | None = None
    prompt_en: str | None = None
    prompt_ch: str | None = None


class _Shot(BaseModel):
    setting: Words = Field(None, alias="Setting Description")
    plot: Words = Field(None, alias="Plot Correspondence")
    present: list[str] | dict[str, list[str] | None] | None = Field(None, alias="Characters Appearing")
    action: Words = Field(None, alias="Static Shot Description")
    perspective: Words = Field(None, alias="Shot Perspective Design")


class _Story(BaseModel):
    story_type: Words = Field(None, alias="Story_type")
    title: Words = Field(None, alias="Title")
    characters: dict[str, _Person] = Field(default_factory=dict, alias="Characters")
    shots: list[_Shot] = Field(alias="Shots")


def _scene(number: int, shot: _Shot, ids: Mapping[str, str], seed: int) -> Scene:
    present = shot.present or []
    if isinstance(present, dict):
        present = present.get(LANGUAGE) or next((names for names in present.values() if names), [])
    text, action = _words(shot.plot), _words(shot.action)
    return Scene(
        id=f"s{number}",
        text=text or action,
        summary=action or text,
        action=action,
        setting=_words(shot.setting),
        shot=_words(shot.perspective),
        characters=tuple(dict.fromkeys(ids[name] for name in present if name in ids)),
        seed=seed + number - 1,
    )


def _words(value: Words) -> str:
    if isinstance(value, dict):
        return _first(value.get(LANGUAGE), *value.values())
    return (value or "").strip()


def _first(*texts: str | None) -> str:
    """The first text that says something."""
    return next((text.strip() for text in texts if text and text.strip()), "")


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)
