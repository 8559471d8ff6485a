"""The words of a story as words that the picture world knows: its own, or their synonyms."""

from __future__ import annotations

import re
from functools import cache

from sd_models.world import known
from sd_models.world.vocabulary import CLASSES

__all__ = ["colour_in", "head_noun", "known_word", "words_of"]

SMALL = frozenset(("a", "an", "the", "his", "her", "their", "its", "my", "your", "our", "some", "very", "old", "new"))


def words_of(text: str) -> list[str]:
    """The words of a text in lower case."""
    return re.findall(r"[a-z]+(?:['’-][a-z]+)*", text.lower())


@cache
def _index(group: str) -> dict[str, str]:
    """Every word of a group and its synonyms -> the world's word."""
    world = known()
    drawn = {"objects": world.props, "subjects": world.subjects, "settings": world.settings, "poses": world.poses}
    table = (drawn | {"moods": world.feelings}).get(group) or CLASSES[group]
    synonyms = {synonym.lower(): word for word, others in reversed(list(table.items())) for synonym in others}
    return synonyms | {word.lower(): word for word in table}


def known_word(group: str, words: str) -> str:
    """The world's word for a phrase of a group ("subjects", "objects", "settings" …): of the phrase itself, else of
    its longest part that is known, the last of several. "" where nothing is known."""
    parts = words_of(words)
    for length in range(min(3, len(parts)), 0, -1):
        for start in range(len(parts) - length, -1, -1):
            said = " ".join(parts[start : start + length])
            for form in (said, _singular(said)):
                if found := _index(group).get(form):
                    return found
    return ""


def colour_in(group: str, words: str) -> str:
    """The first colour that a phrase names, as the world calls it; the group is "colours" or "hair"."""
    return next((found for word in words_of(words) if (found := _index(group).get(word))), "")


def head_noun(phrase: str) -> str:
    """The noun of a phrase: "an old brass lantern" is a lantern."""
    parts = words_of(re.split(r"\b(?:of|with|in|on|at|from|for|that|who|which)\b", phrase, maxsplit=1)[0])
    return next((part for part in reversed(parts) if part not in SMALL), phrase.strip().lower())


def _singular(words: str) -> str:
    for end, instead in (("ies", "y"), ("ves", "f"), ("shes", "sh"), ("ches", "ch"), ("xes", "x"), ("s", "")):
        if words.endswith(end) and not words.endswith("ss"):
            return words.removesuffix(end) + instead
    return words
