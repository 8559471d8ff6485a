"""Compare words and names as loosely as people do."""

from __future__ import annotations

import re
import unicodedata

SMALL = frozenset("the a an my his her their our your its of".split())  # noqa: SIM905
VAGUE = frozenset("i one other them some".split())  # noqa: SIM905 - names that prove nothing in a prompt
PLURALS = {
    "oxen": "ox",
    "mice": "mouse",
    "geese": "goose",
    "men": "man",
    "women": "woman",
    "children": "child",
    "wolves": "wolf",
    "thieves": "thief",
    "people": "person",
    "wives": "wife",
    "calves": "calf",
}
KINDS = frozenset(
    """
    man woman boy girl child baby infant youth lad lady gentleman king queen prince princess emperor lord duke
    duchess soldier sailor captain farmer shepherd goatherd miller woodman woodcutter hunter servant butler maid
    nurse doctor priest monk thief robber innkeeper traveller sculptor painter weaver cook god goddess fairy elf
    witch giant ghost angel devil monster creature satyr person people crowd father mother son daughter brother
    sister husband wife dog hound cat kitten mouse rat fox wolf bear lion tiger ape monkey donkey ass mule horse
    pony cow ox bull calf sheep lamb goat kid pig sow boar piglet cub deer stag hart rabbit hare bird eagle hawk
    crow raven cock rooster hen chicken duck goose swan dove owl sparrow parrot fish frog toad snake serpent
    lizard tortoise dragon insect ant bee fly spider grasshopper butterfly bat elephant camel dolphin whale crab
    robot tree statue train house
    """.split()  # noqa: SIM905
)
CLAUSE = frozenset(
    "that which who whom whose as when while because for if but to where how".split()  # noqa: SIM905
)
HUMAN = frozenset("man woman boy girl child person people men women baby".split())  # noqa: SIM905
IRREGULAR = """\
sit sat|fly flew flown|come came|go went gone|run ran|take took taken|give gave given|see saw seen|hear heard
hide hid hidden|hold held|tear tore torn|wake woke woken|rise rose risen|throw threw thrown|catch caught
tell told|say said|blow blew blown|eat ate eaten|drink drank drunk|ride rode ridden|drive drove driven
break broke broken|fall fell fallen|bring brought|stand stood|lie lay lain lying|steal stole stolen|leave left
lay laid|put put|cut cut|set set|let let|get got|make made|feel felt|find found|creep crept|sleep slept|lead led
meet met|seek sought|shake shook shaken|keep kept|beat beat beaten|bite bit bitten|write wrote written
sing sang sung|shoot shot|sew sewed sewn|stir stirred|begin began begun|draw drew drawn|speak spoke spoken
shed shed|become became|fight fought|sink sank sunk|bend bent|crow crew|dive dove|overtake overtook overtaken
think thought|weep wept|strike struck|awake awoke|teach taught"""
PAST = {group.split()[0]: set(group.split()) for group in re.split(r"[|\n]", IRREGULAR)}


def plain(text):
    text = unicodedata.normalize("NFKC", str(text or "")).lower().replace("’", "'")
    return re.sub(r"[\s\-_–—]+", " ", text).strip()


def has(text, term, whole=False):
    """Whether a word of the text begins with (or is) the term: "rain" is in "rainy" and not in "train"."""
    return re.search(r"(?<!\w)" + re.escape(plain(term)) + (r"(?!\w)" if whole else ""), plain(text)) is not None


def has_any(text, terms):
    return any(has(text, term) for term in terms)


def has_words(text, phrase):
    return all(has(text, word) for word in plain(phrase).split())


def single(word):
    if word in PLURALS:
        return PLURALS[word]
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us")) else word


def tokens(name):
    return [w for w in re.findall(r"\w+", plain(name).replace("'s", "")) if w not in SMALL] or re.findall(
        r"\w+", plain(name)
    )


def strength(name, alias):
    """Say how well a board's name fits the gold's: 4 equal, 3 equal but for plurals, 2 more specific, 1 less, 0 not."""
    mine, other = tokens(name), tokens(alias)
    if not mine or not other:
        return 0
    if mine == other:
        return 4
    mine, other = [single(w) for w in mine], [single(w) for w in other]
    if set(mine) == set(other):
        return 3
    if set(other) < set(mine):
        return 2 + (0.5 if other[-1] == mine[-1] else 0)  # "Grey wolf" for "wolf"; a "miller's son" is a son
    return 1 if set(mine) < set(other) else 0


def forms(verb):
    base = {
        verb,
        verb + "s",
        verb + "es",
        verb + "ing",
        verb + "ed",
        verb + "d",
        verb[:-1] + "ing",
        verb[:-1] + "ies",
        verb[:-1] + "ied",
        verb + verb[-1] + "ing",
        verb + verb[-1] + "ed",
    }
    if not verb.endswith("e"):
        base.discard(verb[:-1] + "ing")
    return base | PAST.get(verb, set())
