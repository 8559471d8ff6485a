"""Who is in a story, what they look like, and in which scenes they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from db.board import Board, Character

__all__ = ["Cast", "find_cast", "speaking", "who_is_in"]


@dataclass(frozen=True)
class Cast:
    """`characters` by order of importance, ids "c1"...; `present[i]` are the ids of those in scene i, most important
    first. Changes in `Character.changes` name scenes by the ids given to `find_cast`."""

    characters: tuple[Character, ...]
    present: tuple[tuple[str, ...], ...]


def find_cast(scenes: Sequence[str], scene_ids: Sequence[str] | None = None) -> Cast:
    """The cast of a story given as the texts of its scenes in order; `scene_ids` are by default "s1", "s2"..."""
    raise NotImplementedError


def who_is_in(text: str, board: Board, before: Sequence[str] = ()) -> tuple[str, ...]:
    """Ids of the board's characters that a (new or rewritten) scene's text shows. `before` are the ids present in the
    scene before, which pronouns may mean."""
    raise NotImplementedError


def speaking(text: str, characters: Sequence[Character]) -> tuple[str, ...]:
    """The lines of dialogue of a text, in order, each as "Name: words" (only the words where the speaker is unknown)."""
    raise NotImplementedError
