"""A board's prompt in the words that a given model understands."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from agent.errors import StoryError
from agent.story.caption import Notes, caption, translate
from agent.story.prompts import write_prompt
from db.board import Board, Scene
from db.words import fold

__all__ = ["Budget", "Phrased", "Vocabulary", "load_vocabulary", "phrase", "token_budget"]

GROUPS = (
    *("subjects", "objects", "settings", "times", "weather", "actions", "moods", "shots", "styles", "colours", "hair"),
    *("clothes", "relations"),
)
GRAMMAR = [
    "a",
    "an",
    "of",
    "with",
    "in",
    "and",
    "is",
    "the",
    "wearing",
    "has",
    "holding",
    "hair",
    "at",
    "inside",
    "scene",
    "there",
    "style",
]
"""Small words of captions, kept where a person wrote them."""


@dataclass(frozen=True)
class Phrased:
    """A prompt and negative prompt in a model's dialect. `mapped` are (story's word, model's word) that differ;
    `dropped` are words that are left out, and `reasons` say why, each with what would help. The first two are recorded
    with the picture."""

    prompt: str
    negative: str = ""
    mapped: tuple[tuple[str, str], ...] = ()
    dropped: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True)
class Vocabulary:
    """The words that a model knows: group -> word -> its synonyms, as its `vocabulary.json` has them. `facts` say what
    goes with what (who wears clothes, what fits a hand, where it is indoors)."""

    groups: Mapping[str, Mapping[str, tuple[str, ...]]]
    facts: Mapping[str, Any] = field(default_factory=dict)

    def word(self, group: str, said: str) -> str | None:
        """The model's word for `said` in a group: itself, or the word that it is a synonym of."""
        return self._index(group).get(fold(said))

    def _index(self, group: str) -> dict[str, str]:
        cache: dict[str, dict[str, str]] = self.__dict__.setdefault("_indices", {})
        if group not in cache:
            index: dict[str, str] = {}
            for word, synonyms in self.groups.get(group, {}).items():
                for synonym in synonyms:
                    index.setdefault(fold(synonym), word)
            index.update({fold(word): word for word in self.groups.get(group, {})})
            cache[group] = index
        return cache[group]


@dataclass(frozen=True)
class Budget:
    """What a model with `limit` tokens would read of a prompt: `kept` and `cut` make the prompt again."""

    tokens: int
    limit: int
    kept: str
    cut: str = ""


def load_vocabulary(path: Path) -> Vocabulary:
    """Reads a model folder's `vocabulary.json`. Raises StoryError where it is not one."""
    try:
        value = json.loads(path.read_text("utf-8"))
        groups = {
            name: {str(word): tuple(map(str, synonyms)) for word, synonyms in value[name].items()} for name in GROUPS
        }
        return Vocabulary(groups, dict(value.get("facts", {})))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise StoryError(f"{path} is not a model's vocabulary: {error}") from error


def phrase(board: Board, scene: Scene, vocabulary: Vocabulary | None = None) -> Phrased:
    """The scene's prompt as the model gets it: for Stable Diffusion checkpoints (`vocabulary` None) as tags; for a
    model
    with a vocabulary of its own, in its words and caption grammar. A handwritten prompt keeps its own order of
    words."""
    if vocabulary is None:
        prompt = scene.prompt or write_prompt(board, scene).prompt
        return Phrased(_tags(prompt), _tags(scene.negative_prompt))
    notes = Notes()
    if "prompt" in scene.handwritten:
        prompt = translate(scene.prompt, vocabulary, GRAMMAR, GROUPS, notes)
    else:
        prompt = caption(board, scene, vocabulary, notes)
    negative = ""
    if "negative_prompt" in scene.handwritten:  # the written negatives name faults that such a model has no words for
        negative = translate(scene.negative_prompt, vocabulary, GRAMMAR, GROUPS, notes)
    return Phrased(prompt, negative, tuple(notes.mapped), tuple(notes.dropped), tuple(notes.dropped.values()))


def _tags(prompt: str) -> str:
    """A prompt as tags apart by ", ", each once and without articles at their beginning, which say nothing to such
    models and cost tokens."""
    tags = [re.sub(r"^(?:an?|the|and) ", "", " ".join(tag.split())) for tag in re.split(r"[,;\n]", prompt)]
    return ", ".join(dict.fromkeys(tag for tag in tags if tag))


def token_budget(prompt: str, count: Callable[[str], int] | None = None, limit: int = 75) -> Budget:
    """What of `prompt` fits `limit` tokens, cut at a comma or word. `count` counts tokens of a text; by default an
    estimate that is never less than CLIP's own count for English words by more than a few."""
    count = count or _estimate
    total = count(prompt)
    if total <= limit:
        return Budget(total, limit, prompt)
    for pieces in (re.findall(r"[^,]+,?", prompt), re.findall(r"\S+\s*", prompt), list(prompt)):
        low, high = 0, len(pieces)
        while low < high:
            middle = (low + high + 1) // 2
            if count("".join(pieces[:middle])) <= limit:
                low = middle
            else:
                high = middle - 1
        if low:
            return Budget(total, limit, "".join(pieces[:low]), "".join(pieces[low:]))
    return Budget(total, limit, "", prompt)


def _estimate(text: str) -> int:
    return sum(max(1, -(-len(word) // 6)) if word[0].isalnum() else 1 for word in re.findall(r"\w+|[^\w\s]", text))
