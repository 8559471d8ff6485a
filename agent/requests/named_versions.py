"""Versions of the board that words name: "version 2", "v2", "the third version", "the original one"."""

from __future__ import annotations

from collections.abc import Sequence

from agent.context import Context
from agent.requests.words import Word, word_set

__all__ = ["mark_versions"]

_NOUNS = word_set("version versions v revision save saves")
_FIRST = word_set("original initial oldest")
_BEFORE = word_set("previous prior preceding")


def mark_versions(words: Sequence[Word], context: Context) -> tuple[Word, ...]:
    """The words, with those that name a version made one, of kind "version"."""
    marked: list[Word] = []
    i = 0
    while i < len(words):
        named = _version(words, i, context)
        if named is None:
            marked.append(words[i])
            i += 1
            continue
        number, end = named
        marked.append(Word("version", words[i].start, words[end - 1].end, "version", number=number))
        i = end
    return tuple(marked)


def _version(words: Sequence[Word], i: int, context: Context) -> tuple[int, int] | None:
    word, low = words[i], [one.low for one in words[i : i + 5]]
    if word.kind == "word" and low[0][:1] == "v" and low[0][1:].isdecimal():
        return int(low[0][1:]), i + 1
    if word.is_word(*_NOUNS):
        j = i + 1 + (low[1:2] in (["number"], ["no"], ["#"], ["nr"]))
        if j < len(words) and words[j].kind == "number":
            return words[j].number, j + 1
    j = i + (low[0] in ("the", "my"))
    j += j < len(words) and words[j].is_word("very")
    if j + 1 >= len(words) or not words[j + 1].is_word("version", "revision", "save"):
        return None
    numbers = [version.number for version in context.versions] or [1]
    if words[j].kind == "ordinal":
        place = words[j].number
        return (place if place > 0 else numbers[max(place, -len(numbers))]), j + 2
    if words[j].is_word(*_FIRST):
        return numbers[0], j + 2
    if words[j].is_word(*_BEFORE):
        head = context.version or numbers[-1]
        return next((one.parent for one in context.versions if one.number == head), None) or head, j + 2
    return None
