"""What is said of somebody: what they wear, are, look like, do, or where they stand."""

from __future__ import annotations

import re
from collections.abc import Sequence

from agent.language import parse, with_article
from agent.requests import frames as f
from agent.requests.lexicon import LEXICON
from agent.requests.making_frames import acting, is_adjective, joining_in, staging, with_things, worn, worn_look
from agent.requests.state import State, trimmed
from agent.requests.values import is_clean
from agent.requests.words import Word, word_set
from agent.story.looks import BODY, GARMENT

__all__ = ["LOOKS", "SIDES", "SIZES", "WEARS", "said_not", "said_of_part", "said_of_person", "stands_somewhere"]


LOOKS = re.compile(
    rf"{GARMENT}|{BODY}|clipboard|glasses|spectacles|freckles|moustache|mustache|pyjamas|pajamas|catsuit|collar|bell|"
    r"armband|sling|badge|wig|tattoo|lipstick|earrings?|bracelet|watch|gown|suit|clothes|outfit"
)


SIDES = word_set(
    """
    left right middle centre center foreground background front behind camera frame lower upper
    """
)


_EMOTIONS = word_set(
    """
    happy happier sad sadder angry angrier scared afraid surprised shocked worried tired bored nervous proud
    calm cheerful excited furious lonely shy cross jealous frightened terrified asleep awake
    """
)  # fmt: skip


SIZES = word_set(
    """
    bigger smaller larger tiny huge giant small big large taller shorter enormous little closer nearer
    """
)


WEARS = word_set("wears wear wearing has have holds hold holding carries carry carrying sports")


def said_of_person(state: State, who: str, words: Sequence[Word], said: Sequence[Word],
                   places: tuple[int, ...] | None) -> list[f.Frame] | None:  # fmt: skip
    """What is said of somebody: what they wear, are, look like, do, or where they stand."""
    plain = [word.low for word in words]
    name = state.name(who)
    quote = next((word for word in words if word.kind == "quote"), None)
    if (
        plain[0] in word_set("say says saying shout shouts whisper whispers ask asks shouting")
        and quote is not None
        and places
    ):
        state.hold(places)
        return [f.Change(places, {"dialogue": [f"{state.board.character(who).name}: {quote.quote}"]})]
    if plain[0] in ("has", "have") and plain[1:2] == ["lost"] and len(words) > 2:
        thing = [word for word in words[2:] if word.low not in ("his", "her", "their", "its", "the", "a")]
        since = min(places) if places and state.since else None
        return (
            [f.Wear(who, "", without=state.phrase(thing), since=since)] if thing and (places is None or since) else None
        )
    if plain[0] in word_set("join joins appear appears come comes show tag") and set(plain[1:]) <= word_set(
        "them him her along up too in there"
    ):
        return joining_in(state, who, [], places)
    if plain[0] in WEARS and len(words) > 1:
        rest = words[1:]
        if plain[1] in ("to", "been", "pushed", "got") or rest[0].low in WEARS:
            return None if plain[1] != "got" else worn(state, who, rest[1:], places)
        return worn(state, who, rest, places, holds=plain[0].startswith(("hold", "carr")))
    if plain[0] == "in" and len(words) > 1 and LOOKS.search(plain[-1]):
        return worn(state, who, words[1:], places)
    if plain[0] in ("dressed", "wrapped") and plain[1:2] == ["in"]:
        return worn(state, who, words[2:], places)
    if plain == ["there"] or (plain and plain[0] in ("there", "here")):
        return joining_in(state, who, words[1:], places)
    if plain[0] == "not" or plain[0] == "no":
        return None
    article = bool(said) and said[0].low in ("a", "an")
    if article and is_clean(words) and "like" not in plain:
        description = with_article(state.phrase(words))
        if places and not set(state.of(who)) <= set(places):
            return None
        return [f.Wear(who, description, replace=True)]
    if stands_somewhere(words):
        return staging(state, [who], f"{name} {state.phrase(said)}", places)
    if places and _is_deed(plain):
        return acting(state, [who], name, said, places)
    value = plain[-1]
    adjective = len(words) <= 3 and is_adjective(value) and not value.endswith("ing")
    if adjective and is_clean(words):
        if value in SIZES and places:
            return staging(state, [who], f"{name} {state.phrase(words)}", places)
        if value in _EMOTIONS or (places and LEXICON.opposites.get(value) is not None):
            return staging(state, [who], f"{name} looking {state.phrase(words)}", places or state.of(who))
        if places and not set(state.of(who)) <= set(places):
            return staging(state, [who], f"{name} {state.phrase(words)}", places)
        return [f.Wear(who, state.phrase(words))]
    acted = acting(state, [who], name, said, places)
    if acted is None and places and is_clean(said) and is_adjective(plain[0]):
        return staging(state, [who], f"{name} {state.phrase(said)}", places)
    return acted


def _is_deed(plain: Sequence[str]) -> bool:
    """Whether words begin with a verb in its base form or in -ing."""
    if (
        plain[0] in SIZES
        or LEXICON.opposites.get(plain[0]) is not None
        or (plain[0].endswith(("er", "est")) and len(plain) == 1)
    ):
        return False
    token = parse(f"Sam will {' '.join(plain)}.").tokens[2]
    return (token.tag == "VB" and token.lemma not in ("be", "look")) or (
        plain[0].endswith("ing") and token.word_class == "VERB"
    )


def stands_somewhere(words: Sequence[Word]) -> bool:
    plain = [word.low for word in words]
    if plain[0] in word_set(
        """
        on in at to behind beside near under between next above over facing standing closer nearer
        """
    ):
        return True
    return (
        bool(set(plain) & SIDES)
        and len(plain) <= 6
        and plain[0] in ("small", "large", "tiny", "big", "left", "right", "frame", "far", "further", *SIDES)
    )


def said_of_part(state: State, subject: Sequence[Word], words: Sequence[Word], places: tuple[int, ...] | None,
                  old: Sequence[Word]) -> list[f.Frame] | None:  # fmt: skip
    """ "Lulu's catsuit should be matte black": a garment or feature of somebody."""
    at = next(i for i, word in enumerate(subject) if word.low == "'s")
    owner_word = subject[at - 1]
    if owner_word.low in ("his", "her", "their", "its") and owner_word.kind == "word":
        pronoun = {"his": "he", "her": "she", "their": "they", "its": "it"}[owner_word.low]
        ids = owner_word.people or state.people.meant(pronoun, state.spoken, places or state.scope or state.index.focus)
        who = ids[0] if len(ids) == 1 else None
    else:
        who = state.whom(subject[:at], places)
    part = subject[at + 1 :]
    if who is None or not part or not is_clean(words):
        return None
    if part[-1].low == "name":
        return [f.Rename(who, state.phrase(words))]
    if words[0].low == "not":
        return None
    value = state.phrase(words)
    noun = state.phrase(part)
    plural = noun.endswith("s") or noun in ("hair", "fur", "mane", "skin", "plumage", "clothing")
    cut = next((i for i, word in enumerate(words) if word.low in ("with", "and", "like")), len(words))
    look = f"{state.phrase(words[:cut])} {noun} {state.phrase(words[cut:]) if cut < len(words) else ''}".strip()
    look = look if plural else with_article(look)
    if words[0].low in ("in", "down", "up", "loose", "tied", "open"):
        look = f"{noun} {value}"
    return worn_look(state, who, look, places)


def said_not(
    state: State, subject: Sequence[Word], said: Sequence[Word], places: tuple[int, ...] | None
) -> list[f.Frame] | None:
    """ "Dodge isn't wearing his glasses any more", "the thin man must not have a whistle"."""
    said = trimmed(list(said))
    while said and said[0].low in ("be", "have", "any", "a", "an", "the"):
        said = said[1:]
    if not said:
        return None
    who = state.whom(subject, places)
    if who is None:
        return None
    if said[0].low in WEARS and len(said) > 1:
        thing = [word for word in said[1:] if word.low not in word_set("his her their a the any an more")]
        if not is_clean(thing):
            return None
        since = min(places) if places and state.since else None
        if places is None or since is not None:
            return [f.Wear(who, "", without=state.phrase(thing), since=since)]
        return with_things(state, places, [], [state.phrase(thing)])
    if said[0].low in ("in", "there") and len(said) == 1 and places:
        return [f.Person(state.board.character(who).name, places, gone=True)]
    if len(said) == 1 and places is None:
        return [f.Wear(who, "", without=said[0].low)]
    return None
