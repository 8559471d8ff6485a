"""The words a panel is drawn from: model-neutral, subject first."""

from __future__ import annotations

import dataclasses
import re
from typing import NamedTuple

from agent.language import without_article
from agent.shots import still_words
from agent.story.styles import find_style
from db.board import Board, Character, Scene
from db.words import fold

__all__ = ["Prompt", "look", "refresh_prompt", "refresh_prompts", "write_prompt"]

MAX_SHOWN = 4
"""Characters described in one prompt; models lose count of more, and tokens are few."""
NEGATIVE = "blurry, low quality, deformed, extra limbs, text, watermark, signature"

_ADVERBIAL = {
    "night": "at night",
    "dawn": "at dawn",
    "sunset": "at sunset",
    "noon": "at noon",
    "midnight": "at midnight",
}
_IN_THE = ("morning", "afternoon", "evening")


class Prompt(NamedTuple):
    """What is drawn, and what is to be kept out of it."""

    prompt: str
    negative: str


def look(board: Board, character: Character, scene_id: str) -> str:
    """A character's description as of a scene: the fixed one and the wardrobe changes in force there, in order. A
    change "now an old man with a white beard" takes the place of the description; "without the red scarf" takes off
    what an earlier one (or the description) put on; a scene that is no longer on the board, or that is not yet (the one
    being written, without a place), has the changes of its last known neighbour."""
    position = {scene.id: number for number, scene in enumerate(board.scenes)}
    here = position.get(scene_id, len(position))
    worn: list[str] = []
    description = character.description
    for change in sorted(
        (change for change in character.changes if position.get(change.scene, len(position)) <= here),
        key=lambda change: position.get(change.scene, len(position)),
    ):
        taken = re.match(
            r"(?:without|no longer wearing|no) (?:(?:the|his|her|their|a|an|any) )?(.+)", change.description
        )
        if taken:
            garment = taken[1].split()[-1]
            worn = [piece for piece in worn if piece.split()[-1] != garment]
            description = _undress(description, garment)
            continue
        if change.description.startswith("now "):  # years later: somebody else to look at
            description, worn = change.description.removeprefix("now "), []
            continue
        last = change.description.split()[-1:]
        worn = [piece for piece in worn if piece.split()[-1:] != last]
        if change.description.startswith("wearing ") and last:
            description = _undress(description, last[0])
        worn.append(change.description)
    return _list([description, *worn], ", ", ", ")


def _undress(description: str, garment: str) -> str:
    """The description without that garment: "in a blue coat and a hat" less "coat" is "in a hat"."""
    piece = rf"(?:an?|the|his|her|their) (?:[\w-]+ ){{0,3}}{re.escape(garment)}\b"
    shorter = re.sub(rf"\b(in|wearing|with) {piece},? and (?=an? |the |his |her )", r"\1 ", description)
    if shorter == description:
        shorter = re.sub(rf",? and {piece}|,? (?:in|wearing|with) {piece}", "", description)
    return shorter.strip(" ,")


def write_prompt(board: Board, scene: Scene) -> Prompt:
    """The prompt of a scene of this board (the scene itself may be newer than the board's copy of it): characters
    present with their look, action, setting, time, weather, mood, shot, style keywords; and its negative prompt.
    `scene.handwritten` is not looked at: that is `refresh_prompt`'s."""
    known = {character.id: character for character in board.characters}
    present = [known[name] for name in scene.characters if name in known]
    subjects = [_introduce(character, look(board, character, scene.id)) for character in present[:MAX_SHOWN]]
    subjects += [character.name for character in present[MAX_SHOWN:]]
    action = scene.action.strip(" .")
    parts = [_list(subjects, ", ", ", and ")]
    parts.append(action or ("" if subjects else scene.summary.strip(" .")))
    props = [prop for prop in scene.props if fold(prop) not in fold(action)]
    if props:
        parts.append(", ".join(props[:3]))
    parts.append(scene.setting)
    parts.append(_when(scene.time))
    parts.append(scene.weather)
    parts.append(f"{scene.mood} mood" if scene.mood and "mood" not in scene.mood else scene.mood)
    parts.append(still_words(scene.shot))
    style_words = board.style if scene.style is None else scene.style
    style = find_style(style_words) if style_words else None
    parts.append(style.keywords if style else style_words)
    negative = _list([style.negative if style else "", NEGATIVE], ", ", ", ")
    return Prompt(_once(parts), _once(negative.split(", ")))


def refresh_prompt(board: Board, scene: Scene) -> Scene:
    """The scene with `prompt` and `negative_prompt` written anew, each left alone where it is in
    `scene.handwritten`."""
    prompt, negative = write_prompt(board, scene)
    return dataclasses.replace(
        scene,
        prompt=scene.prompt if "prompt" in scene.handwritten else prompt,
        negative_prompt=scene.negative_prompt if "negative_prompt" in scene.handwritten else negative,
    )


def refresh_prompts(board: Board) -> Board:
    """The board with every scene's prompt written anew (`refresh_prompt`); unchanged scenes stay the same objects."""
    fresh = []
    for scene in board.scenes:
        new = refresh_prompt(board, scene)
        fresh.append(scene if new == scene else new)
    return dataclasses.replace(board, scenes=tuple(fresh))


def _introduce(character: Character, description: str) -> str:
    """ "Mira, a girl in a red coat"; a name that only repeats its description ("fox", "a small fox") is left out."""
    if not description:
        return character.name
    if fold(without_article(character.name)) in fold(description):
        return description
    return f"{character.name}, {description}"


def _list(items: list[str], comma: str, last: str) -> str:
    items = [item for item in items if item]
    return comma.join(items) if len(items) < 2 or comma == last else comma.join(items[:-1]) + last + items[-1]


def _when(time: str) -> str:
    if time in _ADVERBIAL:
        return _ADVERBIAL[time]
    return f"in the {time}" if time in _IN_THE else time


def _once(parts: list[str]) -> str:
    """Joined with commas; a part that was already said is left out."""
    said: list[str] = []
    for part in parts:
        words = " ".join(part.split()).strip(" ,")
        if words and fold(words) not in map(fold, said):
            said.append(words)
    return ", ".join(said)
