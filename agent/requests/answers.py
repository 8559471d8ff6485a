"""Answers to questions: which of the choices a message takes, or what it settles in one's own words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from agent.context import Context
from agent.requests.board_index import BoardIndex
from agent.requests.frames import Doubt
from agent.requests.lexicon import LEXICON
from agent.requests.people import People, mark_people
from agent.requests.scenes import SceneReader, mark_scenes
from agent.requests.words import Text, Word, read_text, word_set
from db.words import fold

__all__ = ["choice_of", "settling"]

_AFFIRM = re.compile(
    r"\W*(?:yes|yeah|yep|yup|sure|ok(?:ay)?|please do|do it|go ahead|of course)(?:\s+(?:please|thanks))?\W*",
    re.IGNORECASE,
)
_ANSWERING = LEXICON.grammar["choosing"] | word_set(
    "please to for in on at scene i mean meant want just then well ok one"
)


def choice_of(text: str, choices: Sequence[str]) -> int | None:
    """Which of the choices a message takes, by its words, its number ("the second", "8") or a yes; None for none."""
    words = re.findall(r"\w+", fold(text))
    spoken = [word for word in words if word not in LEXICON.grammar["choosing"]]
    labels = [re.findall(r"\w+", fold(choice)) for choice in choices]
    for place, label in enumerate(labels):
        if words == label or (spoken and spoken == [word for word in label if word not in {"the", "a"}]):
            return place
    if not choices:
        return None
    if _AFFIRM.fullmatch(fold(text)):
        return next((place for place, label in enumerate(labels) if label == ["yes"]), 0 if len(labels) <= 2 else None)
    read = read_text(text, frozenset(), frozenset()).words
    numbers = [word.number for word in read if word.kind in ("number", "ordinal") and not _means_one(word, read)]
    content = [word for word in read if word.kind == "word" and word.low not in _ANSWERING]
    if len(numbers) == 1 and not content:
        number = numbers[0]
        numbered = [place for place, label in enumerate(labels) if label and label[0] == str(number)]
        if numbered or all(label and label[0].isdigit() for label in labels):
            return numbered[0] if numbered else None
        return (number - 1 if number > 0 else len(labels) + number) if 0 < abs(number) <= len(labels) else None
    fitting = [place for place, label in enumerate(labels) if spoken and set(spoken) <= set(label)]
    return fitting[0] if len(fitting) == 1 else None


def _means_one(word: Word, words: Sequence[Word]) -> bool:
    """Whether a "one" counts nothing: "the first one"."""
    return word.low == "one" and len([other for other in words if other.kind in ("number", "ordinal")]) > 1


def settling(text: str, doubt: Doubt, context: Context) -> object | None:
    """What settles a doubt, if the message says it and nothing else: scenes, a person, or a text."""
    index = BoardIndex(context)
    people = People(index)
    read = read_text(text, index.names, people.words)
    words = mark_people(read.words, people)
    words = mark_scenes(SceneReader(Text(text, words), words, index, people, placed=True))
    content = [word for word in words if word.kind != "mark" and not (word.kind == "word" and word.low in _ANSWERING)]
    scopes = [word.scope for word in words if word.scope is not None]
    if doubt.wants == "text":
        return text.strip() or None
    if doubt.wants == "scenes" and content and all(word.kind == "scenes" for word in content):
        return tuple(place for scope in scopes for place in scope.positions) or None
    if doubt.wants == "scenes" and len(content) == 1 and content[0].kind == "number":
        return (content[0].number,)
    if doubt.wants == "who":
        named = [one for word in words for one in word.people]
        if content and all(word.kind == "person" for word in content) and len(set(named)) == 1:
            return named[0]
        offered = [value for _, value in doubt.settles]
        about = [place for scope in scopes for place in scope.positions] or index.about(
            [word.low for word in content if word.low != "with"], best_only=True
        )
        there = [one for one in offered if set(index.with_character([one])) & set(about)]
        return there[0] if len(there) == 1 else None
    return None
