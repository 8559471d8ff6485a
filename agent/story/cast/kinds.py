"""What a noun phrase is: a man, a mouse, a crowd of people; and which words may mean the same one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from agent.language import Document, NounPhrase, Token, singular
from agent.story.lexicon import BEINGS, find

__all__ = ["CHILDREN", "COLLECTIVES", "KIN", "ROLES", "Kind", "is_place", "is_young", "kind_of", "may_mean", "noun"]

_COMPOUNDS = re.compile(
    r"[a-z]{2,}(?:(?P<he>men|man|boy|father)|(?P<she>woman|women|girl|maid|wife|mother|ess)|"
    r"(?P<they>herd|smith|keeper|maker|monger|wright|seller|driver|rider|hunter|cutter|fighter|player|worker|dweller))"
)
_NO_COMPOUNDS = frozenset(
    """
    human roman german ottoman talisman shaman caiman business princess mess guess press dress less fortress mattress
    wilderness darkness cypress congress process success address illness kindness happiness goodness distress access
    blacksmith beekeeper
    """.split()  # noqa: SIM905
)
COLLECTIVES = frozenset(
    """
    crowd group troop party band gang family couple pair army mob audience company flock herd pack swarm team crew
    class choir bunch trio number handful host line row circle horde
    """.split()  # noqa: SIM905
)
"""Nouns that are several of what stands behind "of"."""
_SEVERAL_ALONE = frozenset("crowd family couple army mob audience crew choir gang".split())  # noqa: SIM905

KIN = {
    word: picture
    for picture, words in {
        "boy": "brother son grandson nephew",
        "girl": "sister daughter granddaughter niece",
        "man": "father dad daddy papa uncle husband",
        "woman": "mother mom mum mama mummy aunt auntie wife",
        "old man": "grandfather grandpa granddad grandad",
        "old woman": "grandmother grandma granny nana",
    }.items()
    for word in words.split()
}
"""What a relation is drawn as where the text says no more."""

CHILDREN = frozenset(
    """
    child kid toddler baby infant orphan boy lad schoolboy girl lass schoolgirl son daughter grandson granddaughter
    nephew niece pupil
    """.split()  # noqa: SIM905
)
_MEN = frozenset(("man", "gentleman", "fellow", "guy", "chap", "old man", "young man"))
_WOMEN = frozenset(("woman", "lady", "old woman", "old lady", "young woman", "young lady", "madam"))
_BOYS = frozenset(("boy", "lad", "youth", "little boy"))
_GIRLS = frozenset(("girl", "lass", "little girl", "maiden"))
_BEASTS = frozenset(("animal", "creature", "beast", "brute"))
_PERSONS = frozenset(("person", "figure", "stranger"))
ROLES = frozenset(
    """
    guest visitor host friend companion comrade partner neighbour neighbor owner master mistress benefactor rival
    enemy victim prisoner captor newcomer stranger acquaintance client customer patient lover hero heroine
    """.split()  # noqa: SIM905
)
"""What somebody is to somebody else: "the guest" is one who has come already."""


@dataclass(frozen=True)
class Kind:
    """What somebody is: `word` in the singular as the text has it ("flower girl"), the lexicon's `concept`, the
    `gender` that a pronoun must have ("" for any), and whether it is a `person`, an animal or another creature."""

    word: str
    concept: str
    gender: str = ""
    person: bool = True
    several: bool = False

    @property
    def head(self) -> str:
        """Its last word."""
        return self.word.split()[-1]


def noun(token: Token) -> str:
    """A noun's singular in small letters, also where it is written like a name ("Mice")."""
    word = token.text.lower()
    if token.word_class == "PROPN":
        return singular(word) if token.tag == "NNPS" or singular(word) in ("mouse", "man", "woman", "child") else word
    return token.lemma if token.tag in ("NNS", "NNPS") else word


@lru_cache(maxsize=20_000)
def _named_kind(words: str) -> Kind | None:
    """The kind that words end with, by the lexicon's longest entry or by the word's own making."""
    for hit in find(words, "en"):
        if hit.end == len(words) and hit.group in BEINGS:
            gender = hit.group if hit.group in ("he", "she") else ""
            return Kind(singular(hit.text), hit.concept, gender, _human(hit.group))
    head = words.split()[-1]
    made = _COMPOUNDS.fullmatch(head)
    if made and head not in _NO_COMPOUNDS:
        gender = "he" if made["he"] else "she" if made["she"] else ""
        if made["she"] == "ess":
            return None
        concept = {"he": "man", "she": "woman"}.get(gender, "person")
        return Kind(head, concept, gender)
    return None


def _human(group: str) -> bool:
    return group in ("he", "she", "they")


@lru_cache(maxsize=20_000)
def is_place(word: str) -> bool:
    """Whether a word names a kind of place ("Trafalgar Square", "Baker Street")."""
    return any(hit.group == "settings" for hit in find(word.lower(), "en")) or word.lower() in (
        "station", "siding", "ranch", "hotel", "county", "avenue", "circus", "lane", "abbey", "mount", "cape", "saint",
    )  # fmt: skip


def kind_of(document: Document, phrase: NounPhrase, beings: frozenset[str] = frozenset()) -> Kind | None:
    """What a phrase is; None for what is nobody. `beings` are further nouns that this text uses of somebody."""
    head = phrase.head
    if head.word_class not in ("NOUN", "PROPN"):
        return None
    word = noun(head)
    several = phrase.determiner not in ("a", "an") and (phrase.plural or noun(head) != head.text.lower())
    if word in COLLECTIVES:
        for preposition, member in phrase.attachments:
            if preposition == "of" and (kind := kind_of(document, member, beings)):
                return Kind(kind.word, kind.concept, kind.gender, kind.person, several=True)
        return Kind(word, "person", several=True) if word in _SEVERAL_ALONE else None
    before = [t.text.lower() for t in phrase.modifiers]
    aged = next((t.text.lower() for t in phrase.adjectives if t.text.lower() in ("old", "young")), "")
    kind = _named_kind(" ".join([*before[-1:], word])) or _named_kind(word)
    if kind is None and word in beings:
        kind = Kind(word, word)
    if kind and aged and (older := _named_kind(f"{aged} {word}")) and older.word.startswith(aged):
        kind = Kind(word, older.concept, older.gender, older.person)
    if kind is None:
        return None
    return Kind(kind.word, kind.concept, kind.gender, kind.person, several)


def is_young(kind: Kind) -> bool:
    """Whether a kind is a child's: a boy, a daughter, a potboy."""
    made = kind.head.endswith(("boy", "girl")) and kind.head not in ("cowboy", "cowgirl")
    return kind.head in CHILDREN or (kind.person and made)


def may_mean(words: str, kind: Kind, gender: str) -> bool:
    """Whether "the boy", "the old man" or "the beast" may mean somebody of another kind, and of a gender."""
    if words in _MEN:
        return kind.person and gender != "she" and kind.head not in CHILDREN
    if words in _WOMEN:
        return kind.person and gender != "he" and kind.head not in CHILDREN - {"daughter"}
    if words in _BOYS:
        return kind.person and gender != "she" and (is_young(kind) or kind.head in ("prince", "brother"))
    if words in _GIRLS:
        return kind.person and gender != "he" and (is_young(kind) or kind.head in ("princess", "sister"))
    if words in CHILDREN:
        return is_young(kind) and (words in ("child", "kid") or kind.head in ("child", "kid", words))
    if words in _BEASTS:
        return not kind.person
    if words == "bird":
        return kind.concept in ("bird", "crow", "duck", "swan", "chicken", "eagle", "penguin", "parrot", "owl")
    return words in _PERSONS and kind.person
