"""The word lists (`lexicon.toml`, `beings.toml`) and how they are found in a text."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from agent.language import singular

__all__ = [
    "BEINGS",
    "BODY_PARTS",
    "COLOURS",
    "GARMENTS",
    "INDOORS",
    "PATTERNS",
    "STOPWORDS",
    "Hit",
    "content_words",
    "find",
    "is_body_part",
    "is_garment",
    "singular",
]

BEINGS = ("he", "she", "they", "creature", "animal")
"""The groups of words that name somebody."""
_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")

STOPWORDS = frozenset(
    """
    a an the and or but nor so yet if then than that this these those there here he she it they we you i me him
    her them us his its their our your my mine hers theirs himself herself itself themselves who whom whose
    which what when where why how is are was were be been being am do does did done have has had having will
    would shall should can could may might must not no never ever of to in on at by for with from into onto over
    under up down out off about after before as until while all any some every each both few many much more most
    other another such only own same too very just now again once one two first last said asked told went came
    got made let put see saw seen look looked know knew thought like back away around through still even also
    because though although toward towards upon without within along across behind beside el la los las un una
    unos unas y o pero que de del en con por para se su sus lo le les al como más muy no si ya era había fue es
    está cuando donde porque sin sobre entre hasta desde todo toda todos ella él le la les un une des et ou mais
    que qui de du en avec par pour se sa son ses ne pas au aux ce cette il elle ils elles était avait est dans
    sur sous comme plus très quand où tout tous der die das den dem des ein eine einen einem einer und oder aber
    dass in im an am auf mit von zu zum zur er sie es ihr sein seine ihre war hatte ist nicht sich als wie so
    noch nur auch aus bei nach vor wenn wo
""".split()  # noqa: SIM905
)

BODY_PARTS = frozenset(
    """
    hair beard moustache mustache eye braid plait pigtail curl freckle ear tail fur nose scar wing feather whisker horn
    tooth teeth paw face cheek mane spot stripe shell beak ponytail leg arm hand neck claw scale wrinkle eyebrow brow
    forehead chin lip tusk trunk hoof hump antler knee skin fringe dimple tattoo stubble goatee belly shoulder
    """.split()  # noqa: SIM905
)
GARMENTS = frozenset(
    """
    coat overcoat raincoat dress hat cap scarf cloak cape boot shoe glove mitten shirt sweater jumper jacket trousers
    pants jeans gown robe apron crown tiara mask uniform armour armor suit helmet hood shawl skirt pyjamas pajamas vest
    waistcoat ribbon bonnet overalls tunic necklace belt eyepatch tie kimono sandal slipper nightgown t-shirt veil
    turban spacesuit backpack sock collar glasses spectacles bandage costume hoodie beret goggles medal bandana stocking
    jumpsuit tuxedo blouse cardigan shorts kilt sari poncho parka anorak headscarf headband monocle earring bracelet
    ring brooch badge sash corset doublet jerkin breeches leggings dungarees lab-coat trenchcoat nightshirt nightcap
    bathrobe swimsuit sunglasses bowtie cassock habit visor gauntlet
    """.split()  # noqa: SIM905
)
COLOURS = frozenset(
    """
    red orange yellow green blue purple violet pink brown black white grey gray golden gold silver crimson scarlet
    turquoise teal beige cream navy maroon khaki charcoal amber ivory lilac lavender bronze copper indigo emerald
    magenta olive tan rust-coloured blond blonde ginger auburn
    """.split()  # noqa: SIM905
)
PATTERNS = frozenset(
    """
    striped spotted checked checkered chequered plaid tartan dotted polka-dot flowered floral patched embroidered
    patterned pinstriped pinstripe paisley
    """.split()  # noqa: SIM905
)


class Hit(NamedTuple):
    """A concept of the lexicon named in a text at `[start:end]`, by the words `text`."""

    group: str
    concept: str
    text: str
    start: int
    end: int


@lru_cache(maxsize=1)
def _tables() -> dict[str, dict[str, dict]]:
    tables: dict[str, dict[str, dict]] = {}
    for name in ("lexicon.toml", "beings.toml"):
        tables.update(tomllib.loads(files("agent.story").joinpath(name).read_text("utf-8")))
    return tables


def _indoors() -> frozenset[str]:
    return frozenset(concept for concept, forms in _tables()["settings"].items() if forms.get("indoors"))


INDOORS = _indoors()


@cache
def _index(language: str) -> tuple[dict[str, list[tuple[str, str]]], int]:
    """Words of a language -> [(group, concept)], and the longest entry's length (words; letters for Chinese,
    Japanese)."""
    index: dict[str, list[tuple[str, str]]] = {}
    longest = 1
    for group, concepts in _tables().items():
        for concept, forms in concepts.items():
            for form in filter(None, (form.strip() for form in forms.get(language, "").split(","))):
                index.setdefault(form, []).append((group, concept))
                longest = max(longest, len(form) if language in ("zh", "ja") else len(form.split()))
    return index, longest


def content_words(text: str) -> list[str]:
    """The words that carry a text's meaning, in lower case, of a script that has spaces."""
    words = _WORD.findall(text)
    return [lower for word in words if len(word) > 2 and (lower := word.lower()) not in STOPWORDS]


@lru_cache(maxsize=4096)
def find(text: str, language: str) -> tuple[Hit, ...]:
    """The concepts that a text names, in order, the longest words first. One place can name several concepts."""
    index, longest = _index(language)
    hits: list[Hit] = []
    if language in ("zh", "ja"):
        at = 0
        while at < len(text):
            for length in range(min(longest, len(text) - at), 0, -1):
                if entries := index.get(text[at : at + length]):
                    if language == "ja" and length == 1 and _han_beside(text, at):
                        continue  # one letter of a longer compound: 山 in 登山, 火山
                    hits.extend(Hit(*entry, text[at : at + length], at, at + length) for entry in entries)
                    at += length - 1
                    break
            at += 1
        return tuple(hits)
    matches = list(_WORD.finditer(text))
    words = [match[0].lower() for match in matches]
    behind = 0
    for at, word in enumerate(words):
        if at < behind:
            continue
        for length in _lengths(word, language):
            entries = _entries(words[at : at + length], language) if at + length <= len(words) else None
            if entries:
                behind = at + length
                start, end = matches[at].start(), matches[behind - 1].end()
                hits.extend(Hit(*entry, text[start:end], start, end) for entry in entries)
                break
    return tuple(hits)


@lru_cache(maxsize=50_000)
def _lengths(word: str, language: str) -> tuple[int, ...]:
    """The lengths in words of the entries that may begin with this word, longest first: most words begin none."""
    alone = (1,) if _entries([word], language) else ()
    return (*_openings(language).get(word, ()), *alone)


@cache
def _openings(language: str) -> dict[str, tuple[int, ...]]:
    """The first words of entries of several words -> those entries' lengths, longest first."""
    lengths: dict[str, set[int]] = {}
    for form in _index(language)[0]:
        first, *others = form.split(" ")
        if others:
            lengths.setdefault(first, set()).add(1 + len(others))
    return {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()}


def _entries(words: list[str], language: str) -> list[tuple[str, str]] | None:
    """What these words mean, in English also with the last of them in the singular."""
    index, _ = _index(language)
    entries = index.get(" ".join(words))
    if entries is None and language == "en":
        return index.get(" ".join([*words[:-1], singular(words[-1])]))
    return entries


def _han_beside(text: str, at: int) -> bool:
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return any(letter and "\u4e00" <= letter <= "\u9fff" for letter in (before, after))


def is_garment(word: str) -> bool:
    """Whether a noun names something worn."""
    return word in GARMENTS or singular(word) in GARMENTS


def is_body_part(word: str) -> bool:
    """Whether a noun names a part of the body that tells people apart."""
    return word in BODY_PARTS or singular(word) in BODY_PARTS
