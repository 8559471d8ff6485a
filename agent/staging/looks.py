"""How somebody looks: from the words of a description to the values that the picture world draws."""

from __future__ import annotations

import re
import zlib

from agent.staging.words import colour_in, head_noun, known_word, words_of
from agent.story import look
from agent.story.lexicon import find
from agent.story.looks import GARMENT
from db.board import Board, Scene
from sd_models.world.values import Looks, Worn

__all__ = ["looks_of", "read_looks"]

AGES = {
    "baby": "baby infant newborn",
    "child": "child little small young girl boy kid schoolgirl schoolboy",
    "teen": "teenage teenager teen youth",
    "old": "old elderly aged ancient grandmother grandfather grandma grandpa granny crone",
}
BUILDS = {"slim": "slim thin slender lean", "stout": "stout fat plump round", "tall": "tall", "short": "short tiny"}
PATTERNS = ("striped", "checked", "spotted", "dotted", "flowered", "plaid")
HAIR = ("long", "short", "curly", "bald", "braided", "wavy", "straight")
FEATURES = ("spectacles", "glasses", "freckles", "scar", "eyepatch", "wings", "horns")
_FEMALE = frozenset(
    [
        "woman",
        "girl",
        "lady",
        "female",
        "mother",
        "grandmother",
        "wife",
        "sister",
        "daughter",
        "aunt",
        "queen",
        "she",
        "her",
    ]
)
_WEARS = re.compile(rf"(?:(?:an?|the|his|her|its|their) )?((?:[a-z-]+ ){{0,3}}){GARMENT}\b", re.IGNORECASE)
_OF_AGE = re.compile(r"\b(?:of|aged) (\d+)|\b(\d+)[ -]years?[ -]old")


def looks_of(board: Board, scene: Scene, who: str) -> Looks:
    """How a figure looks in a scene: a character by the description in force there, anybody else by the words."""
    for character in board.characters:
        if character.id == who:
            return read_looks(look(board, character, scene.id), character.name, character.id)
    return read_looks(who, who, who)


def read_looks(description: str, name: str, key: str) -> Looks:
    """The looks that a description tells. What it leaves open follows from `key`, so that somebody is the same in every
    panel."""
    said = re.split(r"\b(?:with|in|wearing|without|dressed)\b|,", description, maxsplit=1)[0]
    words = words_of(description)
    subject = next(
        (found for phrase in (said, name, description) if (found := known_word("subjects", phrase))),
        head_noun(said),
    )
    human = re.search(rf"\b(?:hair|beard|moustache)\b|{GARMENT}\b", description) or subject.endswith(
        ("er", "or", "ist")
    )
    if subject in AGES["baby"].split():
        subject = "boy"  # drawn as small as a baby is, by its age
    subject = known_word("subjects", subject) or _being(subject) or subject
    if re.search(r"\byoung (?:man|gentleman|fellow|woman|lady)\b", said.lower()):
        subject = "woman" if re.search(r"\b(?:woman|lady)\b", said.lower()) else "man"
    if not known_word("subjects", subject) and (human or not said.strip()):
        subject = "man"  # a keeper, a juror: somebody with a trade, or of whom nothing is told
    hair = re.search(r"((?:[\w-]+ ){0,3})(?:hair|braids?|curls|pigtails|ponytail|locks)\b", description.lower())
    beard = re.search(r"((?:[\w-]+ ){0,2}(?:beard|moustache|mustache))\b", description.lower())
    return Looks(
        subject=subject,
        age=_age(description, [word for word in words_of(said) if subject not in ("man", "woman") or word != "young"]),
        build=next((build for build, names in BUILDS.items() if set(names.split()) & set(words_of(said))), ""),
        hair="bald" if "bald" in words else next((kind for kind in HAIR if hair and kind in words_of(hair[1])), ""),
        hair_colour=colour_in("hair", hair[1]) if hair else "",
        beard=beard[1].strip() if beard else "",
        coat=_coat(said, description),
        wears=_wears(description, female=bool(_FEMALE & {*words})),
        features=(*(feature for feature in FEATURES if feature in words), *(("female",) if _FEMALE & {*words} else ())),
        # The cast is numbered: neighbours in it get neighbouring seeds, and so different plain clothes.
        seed=int(key[1:]) if re.fullmatch(r"c\d{1,6}", key) else zlib.crc32(key.encode()),
    )


def _age(description: str, words: list[str]) -> str:
    years = _OF_AGE.search(description)
    if years:
        count = int(years[1] or years[2])
        bounds = ((3, "baby"), (13, "child"), (20, "teen"), (60, "adult"))
        return next((age for below, age in bounds if count < below), "old")
    return next((age for age, names in AGES.items() if set(names.split()) & set(words)), "")


def _coat(said: str, description: str) -> str:
    fur = re.search(r"((?:[\w-]+ ){1,2})(?:fur|feathers|skin|coat of fur|mane|shell|scales)\b", description.lower())
    return colour_in("colours", fur[1] if fur else said)


def _being(noun: str) -> str:
    """The world's word for somebody whom the stories' lexicon knows: an ass is a donkey, a woodman somebody who works;
    "" for others."""
    for hit in find(noun, "en"):
        if hit.group in ("he", "they"):
            return known_word("subjects", hit.concept) or "man"
        if hit.group == "she":
            return known_word("subjects", hit.concept) or "woman"
        if word := known_word("subjects", hit.concept):
            return word
    return ""


def _wears(description: str, *, female: bool) -> tuple[Worn, ...]:
    worn = []
    for match in _WEARS.finditer(description):
        what = words_of(match[0])[-1]
        if what not in FEATURES:
            words = words_of(match[1])
            if what == "dress" and not female and {"evening", "morning", "full", "court"} & {*words}:
                what = "suit"
            pattern = next((word for word in words if word in PATTERNS), "")
            worn.append(Worn(what, colour_in("colours", match[1]), pattern))
    return tuple({garment.what: garment for garment in worn}.values())
