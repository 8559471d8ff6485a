"""Spell English: participles, articles, singulars."""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["participle", "singular", "with_article"]

_STRESSED_LAST = (
    "begin",
    "forget",
    "regret",
    "refer",
    "prefer",
    "occur",
    "admit",
    "commit",
    "permit",
    "submit",
    "upset",
)
_IRREGULAR_PLURALS = {
    "mice": "mouse", "geese": "goose", "wolves": "wolf", "men": "man", "women": "woman", "children": "child",
    "leaves": "leaf", "loaves": "loaf", "knives": "knife", "elves": "elf", "dwarves": "dwarf", "oxen": "ox",
    "feet": "foot", "thieves": "thief", "wives": "wife", "calves": "calf", "people": "person", "teeth": "tooth",
}  # fmt: skip


@lru_cache(maxsize=20_000)
def participle(lemma: str) -> str:
    """Spell the -ing form of a verb's base form: "run" -> "running", "lie" -> "lying", "dance" -> "dancing"."""
    if lemma.endswith("ie"):
        return lemma[:-2] + "ying"
    if lemma.endswith("e") and not lemma.endswith(("ee", "oe", "ye")) and lemma != "be" and len(lemma) > 2:
        return lemma[:-1] + "ing"
    ending = re.search(r"[aeiou]+[^aeiouwxy]$", lemma)
    syllables = len(re.findall(r"[aeiouy]+", lemma))
    if ending and len(ending[0]) == 2 and (syllables == 1 or lemma in _STRESSED_LAST):
        return lemma + lemma[-1] + "ing"
    if re.search(r"qui[tp]$", lemma):
        return lemma + lemma[-1] + "ing"
    return lemma + "ing"


@lru_cache(maxsize=20_000)
def singular(noun: str) -> str:
    """Spell an English noun's singular, near enough for looking it up; compounds of "men" become those of "man"."""
    if noun in _IRREGULAR_PLURALS:
        return _IRREGULAR_PLURALS[noun]
    if noun.endswith("men") and len(noun) > 4:
        return noun[:-2] + "an"
    if noun.endswith("ies") and len(noun) > 4:
        return noun[:-3] + "y"
    if noun.endswith(("ches", "shes", "sses", "xes", "oes")):
        return noun[:-2]
    if noun.endswith("s") and not noun.endswith(("ss", "us", "is")) and len(noun) > 3:
        return noun[:-1]
    return noun


_ARTICLE = re.compile(r"^(?:an?|the) ", re.IGNORECASE)
_SOUNDS_VOWEL = re.compile(r"(?:[aeio]|u(?!ni(?!m|n)|se|su|ti|fo\b|k)|hour|honest|heir|[fhlmnrsx](?=[A-Z]{1,3}\b))")
_SOUNDS_CONSONANT = re.compile(r"(?:one\b|once\b|eu|ewe)")


def without_article(phrase: str) -> str:
    """A noun phrase without "a", "an" or "the" at its beginning, its words apart by one space."""
    return _ARTICLE.sub("", " ".join(phrase.split()))


def with_article(noun: str) -> str:
    """Put "a" or "an" before a noun phrase, by its sound: "an hour", "a unicorn"."""
    vowel = _SOUNDS_VOWEL.match(noun.lower()) and not _SOUNDS_CONSONANT.match(noun.lower())
    return f"{'an' if vowel else 'a'} {noun}"
