"""A board's prompt in the words that a given model understands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from db.board import Board, Scene

__all__ = ["Budget", "Phrased", "Vocabulary", "load_vocabulary", "phrase", "token_budget"]


@dataclass(frozen=True)
class Phrased:
    """A prompt and negative prompt in a model's dialect. `mapped` are (story's word, model's word) that differ;
    `dropped` are words that the model has none for. Both are recorded with the picture."""

    prompt: str
    negative: str = ""
    mapped: tuple[tuple[str, str], ...] = ()
    dropped: tuple[str, ...] = ()


@dataclass(frozen=True)
class Vocabulary:
    """The words that a model knows, by group, and `synonyms` from other words to them."""

    groups: dict[str, tuple[str, ...]] = field(default_factory=dict)
    synonyms: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Budget:
    """What a model with `limit` tokens would read of a prompt: `kept` and `cut` make the prompt again."""

    tokens: int
    limit: int
    kept: str
    cut: str = ""


def load_vocabulary(path: Path) -> Vocabulary:
    """Reads a model folder's `vocabulary.json`. Raises StoryError where it is not one."""
    raise NotImplementedError


def phrase(board: Board, scene: Scene, vocabulary: Vocabulary | None = None) -> Phrased:
    """The scene's prompt as the model gets it: for Stable Diffusion checkpoints (`vocabulary` None) as tags; for a model
    with a vocabulary of its own, in its words and caption grammar. A handwritten prompt keeps its own order of words."""
    raise NotImplementedError


def token_budget(prompt: str, count: Callable[[str], int] | None = None, limit: int = 75) -> Budget:
    """What of `prompt` fits `limit` tokens, cut at a comma or word. `count` counts tokens of a text; by default an
    estimate that is never less than CLIP's own count for English words by more than a few."""
    raise NotImplementedError
