"""A whole board from a story, and the pieces that edits of a board need to keep it true to its text."""

from __future__ import annotations

from agent.story.readers import StoryText
from agent.story.summary import Summarizer
from db.board import Board, Drawing, Scene

__all__ = ["merge_texts", "new_scene", "read_more", "read_story", "retell", "split_text"]


def read_story(
    story: str | StoryText,
    *,
    scenes: int | None = None,
    style: str = "",
    drawing: Drawing | None = None,
    seed: int | None = None,
    title: str = "",
    summarizer: Summarizer | None = None,
) -> Board:
    """The storyboard of a story. Pure and deterministic. Scene n has id "s<n>" and seed `seed` + n - 1, so that one
    number gives the whole board; `seed` None derives it from the text. Raises StoryError."""
    raise NotImplementedError


def read_more(board: Board, story: str | StoryText, *, scenes: int | None = None) -> Board:
    """The board with the scenes of a continuation added at its end (new ids). Characters known by name or alias stay
    the same characters, new ones are added; every scene that was there stays as it is. Raises StoryError."""
    raise NotImplementedError


def new_scene(board: Board, text: str, *, after: str | None = None, scene_id: str | None = None) -> Scene:
    """A scene for `text` as it would stand after the scene `after` (None: first): details, characters of the board who
    are in it, prompt. It is not put into the board."""
    raise NotImplementedError


def retell(board: Board, scene_id: str, text: str) -> Scene:
    """The scene with `text` for its text and everything that follows from it read anew (who is in it, setting, action,
    prompt ...), except the fields named in its `handwritten`. Id, seed and lock stay. Raises KeyError, StoryError."""
    raise NotImplementedError


def split_text(text: str, parts: int = 2) -> tuple[str, ...]:
    """A scene's text cut at its best sentence borders. Raises StoryError where it has fewer sentences than parts."""
    raise NotImplementedError


def merge_texts(*texts: str) -> str:
    """Texts of scenes as one text."""
    raise NotImplementedError
