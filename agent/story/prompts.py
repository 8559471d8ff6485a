"""The words a panel is drawn from: model-neutral, subject first."""

from __future__ import annotations

from typing import NamedTuple

from db.board import Board, Character, Scene

__all__ = ["Prompt", "look", "refresh_prompt", "refresh_prompts", "write_prompt"]


class Prompt(NamedTuple):
    prompt: str
    negative: str


def look(board: Board, character: Character, scene_id: str) -> str:
    """A character's description as of a scene: the fixed one and the wardrobe changes in force there."""
    raise NotImplementedError


def write_prompt(board: Board, scene: Scene) -> Prompt:
    """The prompt of a scene of this board (the scene itself may be newer than the board's copy of it): characters
    present with their look, action, setting, time, weather, mood, shot, style keywords; and its negative prompt.
    `scene.handwritten` is not looked at: that is `refresh_prompt`'s."""
    raise NotImplementedError


def refresh_prompt(board: Board, scene: Scene) -> Scene:
    """The scene with `prompt` and `negative_prompt` written anew, each left alone where it is in `scene.handwritten`."""
    raise NotImplementedError


def refresh_prompts(board: Board) -> Board:
    """The board with every scene's prompt written anew (`refresh_prompt`); unchanged scenes stay the same objects."""
    raise NotImplementedError
