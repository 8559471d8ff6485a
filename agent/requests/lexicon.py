"""The planner's words, read from `lexicon.toml`, and the correction of slips in them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from rapidfuzz.distance import OSA

from agent.story.looks import BODY, GARMENT
from agent.story.styles import styles

__all__ = ["LEXICON", "Lexicon", "Meaning", "correct"]

VALUES = ("time", "weather", "shot", "sampler", "format", "shape", "region", "engine")
SHORTEST_SLIP = 4
"""Shorter words are only mended where two letters changed places ("teh")."""
SHORTEST_DESTRUCTIVE_SLIP = 5
"""What looks like a slip of "drop" or "cut" is as easily another word."""


@dataclass(frozen=True)
class Meaning:
    """What a phrase means: of kind "says" a word that intents are written in, else a value for the board."""

    kind: str
    value: str


@dataclass(frozen=True)
class Lexicon:
    """`phrases` maps the words of a phrase to what it may mean; `longest` is the number of words of the longest.
    `feelings` are nouns that end a mood; a picture shows no `unseen` thing, and nothing that begins with one of
    `doings`; `opposites` maps each adjective of light and mood to what "too …" asks for; `grammar` is small words by
    their use."""

    phrases: Mapping[tuple[str, ...], tuple[Meaning, ...]]
    longest: int
    filler: frozenset[str]
    soft: frozenset[str]
    look_nouns: frozenset[str]
    feelings: frozenset[str]
    unseen: frozenset[str]
    doings: frozenset[str]
    opposites: Mapping[str, str]
    destructive: frozenset[str]
    commands: frozenset[str]
    common: frozenset[str]
    grammar: Mapping[str, frozenset[str]]


def _load() -> Lexicon:
    tables = tomllib.loads(files("agent.requests").joinpath("lexicon.toml").read_text(encoding="utf-8"))
    phrases: dict[tuple[str, ...], list[Meaning]] = {}

    def add(phrase: str, kind: str, value: str) -> None:
        meanings = phrases.setdefault(tuple(phrase.replace("'s ", " 's ").split()), [])
        if all(meaning.kind != kind for meaning in meanings):
            meanings.append(Meaning(kind, value))

    for kind in ("says", *VALUES):
        for value, listed in tables[kind].items():
            add(_spoken(value, kind), kind, value)
            for phrase in _split(listed):
                add(phrase, kind, value)
    for words_of_shot, meanings in list(phrases.items()):
        if words_of_shot[-1] in {"shot", "view", "up", "angle"} and meanings[0].kind == "shot":
            add(f"{' '.join(words_of_shot)}s", "shot", meanings[0].value)
    for style in styles():
        for name in (style.name, *style.aliases):
            for spelled in (name, f"{name}s"):
                add(spelled.lower().replace("-", " "), "style", style.name)
    opposites = {}
    for listed in tables["look"].values():
        adjectives, _, opposite = listed.partition(";")
        for adjective in _split(adjectives):
            add(adjective, "look", adjective)
            opposites[adjective] = opposite.strip()
    soft = frozenset(tables["filler"]["soft"].replace(",", " ").split())
    words = {
        name: frozenset(tables[name]["words"].replace(",", " ").split())
        for name in ("look_nouns", "feelings", "unseen", "common")
    }
    destructive = {phrase[0] for phrase, meanings in phrases.items() if len(phrase) == 1 and _deletes(meanings)}
    return Lexicon(
        phrases={phrase: tuple(meanings) for phrase, meanings in phrases.items()},
        longest=max(map(len, phrases)),
        filler=frozenset(tables["filler"]["words"].replace(",", " ").split()) | soft,
        soft=soft,
        look_nouns=words["look_nouns"],
        feelings=words["feelings"],
        unseen=words["unseen"],
        doings=frozenset(tables["unseen"]["doings"].replace(",", " ").split()),
        opposites=opposites,
        destructive=frozenset(destructive),
        commands=frozenset(word for phrase in phrases for word in phrase) | words["look_nouns"] | _NOUNS,
        common=words["common"],
        grammar={name: frozenset(listed.split()) for name, listed in tables["grammar"].items()},
    )


_GRAMMAR = """
scene scenes panel panels picture pictures everything every please should could would where with through thru until
onwards before behind between after except besides excluding next previous other others rest whole version
"""
_NOUNS = frozenset(_GRAMMAR.split())


def _split(listed: str) -> Iterable[str]:
    return filter(None, (phrase.strip() for phrase in listed.split(",")))


def _spoken(value: str, kind: str) -> str:
    return value if kind == "sampler" else value.replace("-", " ").replace("_", " ")


def _deletes(meanings: Iterable[Meaning]) -> bool:
    return any(meaning.kind == "says" and meaning.value in {"delete", "merge", "replace"} for meaning in meanings)


LEXICON = _load()
_KNOWN = LEXICON.commands | LEXICON.filler | LEXICON.common | frozenset(re.findall(r"[a-z]{3,}", BODY + GARMENT))


@cache
def _by_length() -> dict[int, tuple[str, ...]]:
    lengths: dict[int, list[str]] = {}
    for word in sorted(LEXICON.commands | LEXICON.filler):
        lengths.setdefault(len(word), []).append(word)
    return {length: tuple(words) for length, words in lengths.items()}


def correct(word: str, names: frozenset[str] = frozenset()) -> str:
    """The known word that this one is a slip of, or the word itself. A slip is one letter more, fewer or other, or two
    that changed places; from eight letters on there may be two. `names` are words that are right on this board, and
    that a slip may be of, too."""
    if not word.isascii() or not word.isalpha() or len(word) < 3 or _is_known(word, names):
        return word
    best, least = word, 3.0
    candidates = [other for length in range(len(word) - 2, len(word) + 3) for other in _by_length().get(length, ())]
    for other in (*candidates, *sorted(names)):
        distance = _slip(word, other)
        if distance < least:
            best, least = other, distance
    return best


def _is_known(word: str, names: frozenset[str]) -> bool:
    forms = {
        word,
        *(word.removesuffix(ending) for ending in ("s", "es", "er", "est", "r", "ed", "d", "ly", "y", "ing")),
    }
    return any(len(form) > 2 and (form in _KNOWN or form in names) for form in forms)


def _slip(word: str, other: str) -> float:
    """How far a word is from what it may be a slip of; 3 and more is no slip."""
    allowed = 2 if min(len(word), len(other)) >= 8 else 1
    distance = OSA.distance(word, other, score_cutoff=allowed)
    if distance > allowed or other == word:
        return 3.0
    swapped = len(word) == len(other) and sorted(word) == sorted(other)
    if len(word) < SHORTEST_SLIP or len(other) < SHORTEST_SLIP:
        if not swapped:
            return 3.0
    elif other in LEXICON.destructive and len(word) < SHORTEST_DESTRUCTIVE_SLIP and not swapped:
        return 3.0
    return distance - 0.3 * swapped + 0.2 * (word[0] != other[0]) + 0.1 * (len(word) > len(other))
