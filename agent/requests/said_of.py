"""What a statement or wish changes: what an adjective means depends on what it is said of."""

from __future__ import annotations

from collections.abc import Sequence

from agent.language import PRONOUNS
from agent.requests import frames as f
from agent.requests.lexicon import LEXICON
from agent.requests.making_frames import acting, change, is_adjective, listed, with_things
from agent.requests.said_of_people import said_of_part, said_of_person
from agent.requests.said_of_things import PASSIVE, replaced_things, said_of_thing
from agent.requests.state import State, UnreadError, trimmed
from agent.requests.values import bare, camera, is_clean, style_of, typed, words_before_instead
from agent.requests.words import Word, word_set

__all__ = ["IT", "framed", "more_of", "place_of", "said_of", "style_in"]


IT = word_set("it this that them these those everything")


_LIGHT = word_set(
    """
    light lighting sky colours colors colour color mood atmosphere picture background shadows
    """
)


def style_in(words: Sequence[Word]) -> str | None:
    while words and words[0].low in ("as", "like", "in", "only", "just", ":"):
        words = words[1:]
    return style_of(words)


def framed(state: State, words: Sequence[Word]) -> str | None:
    """ "over Ines's shoulder onto the ref", "close on her hands", "Theo's POV": a shot with its object."""
    plain = [word.low for word in words]
    if "shoulder" in plain and plain[0] == "over":
        return "over-the-shoulder shot"
    if "pov" in plain or plain[-3:] == ["point", "of", "view"]:
        return "point of view"
    if "silhouette" in plain or "silhouettes" in plain:
        return "in silhouette"
    for end in range(len(words) - 1, 0, -1):
        if words[end].low in ("on", "of", "onto", "at", "for") and is_clean(words):
            shot = camera(words[:end])
            if shot:
                return f"{shot} of {state.phrase(words[end + 1 :])}" if words[end].low in ("on", "of", "for") else shot
    return None


def said_of(
    state: State, subject: Sequence[Word], said: Sequence[Word], places: tuple[int, ...] | None
) -> list[f.Frame] | None:
    """What a statement or wish changes: `subject` is (to be) what `said` says. The heart of the rules: what an
    adjective means depends on what it is said of."""
    said, old = words_before_instead(said)
    said = trimmed(said)
    while len(said) > 1 and said[0].low in ("too", "also") and said[1].kind == "mark":
        said = trimmed(said[1:])
    if not said:
        return None
    frames = _said(state, subject, said, places, old)
    if frames and old:
        frames = [*frames, *replaced_things(state, old, places, frames)]
    return frames


def _said(state: State, subject: Sequence[Word], said: Sequence[Word], places: tuple[int, ...] | None,
          old: Sequence[Word]) -> list[f.Frame] | None:  # fmt: skip
    subject = [word for word in subject if word.kind != "mark"]
    plain = [word.low for word in subject if word.low not in ("the", "a", "an", "this", "that", "whole", "its")]
    of_scene = not subject or all(p in IT | word_set("there picture scene panel shot image board look") for p in plain)
    words = bare(said)
    if of_scene:
        return _said_of_scene(state, words or list(said), said, places, bool(plain and plain[0] in IT))
    if plain and all(p in _LIGHT for p in plain[-1:]) and len(plain) <= 2:
        value = typed(words)
        if value and plain[-1] in word_set("sky light lighting colours colors mood atmosphere picture"):
            if plain[-1] == "sky" and not {"weather", "time"} & value.keys():
                return with_things(state, places, [f"{state.phrase(words)} sky"])
            return change(state, places, value)
        if is_clean(words) and len(words) <= 2 and plain[-1] in ("sky", "light", "lighting"):
            return with_things(state, places, [f"{state.phrase(words)} {plain[-1]}"])
    if plain[-1:] == ["camera"]:
        shot = camera(words)
        return change(state, places, {"shot": shot}) if shot else None
    if plain[-1] in ("setting", "location", "place") and is_clean(words):
        return change(state, places, {"setting": state.phrase(words)})
    if "'s" in [word.low for word in subject]:
        return said_of_part(state, subject, words, places, old)
    if subject and subject[0].low in ("his", "her", "their", "its") and len(subject) > 1:
        return said_of_part(
            state, [subject[0], Word("'s", subject[0].end, subject[0].end), *subject[1:]], words, places, old
        )
    who = state.whom(subject, places)
    if who is not None:
        return said_of_person(state, who, words or list(said), said, places)
    if plain and plain[-1] in PRONOUNS and plain[0] not in ("they", "them"):
        raise UnreadError
    if {"and", "&"} & set(plain) or any(word.kind == "person" for word in subject):
        people = [one for part in listed(subject) for one in [state.whom(part, places)] if one]
        if len(people) == len(listed(subject)) and len(people) > 1:
            if len(words) <= 2 and is_adjective(words[-1].low):
                return [
                    frame for one in people for frame in said_of_person(state, one, words, said, places) or []
                ] or None
            named = " and ".join(state.name(one) for one in people)
            return acting(state, people, named, said, places)
        return None
    if plain in (["everybody"], ["everyone"], ["they"], ["them"]) and places:
        if plain[0] in ("they", "them"):
            there = [one for place in places for one in state.board.scenes[place - 1].characters]
            named = " and ".join(dict.fromkeys(map(state.name, there))) or "they"
            return acting(state, [], named if len(set(there)) < 4 else "they", said, places)
        phrase = state.phrase(said)
        return with_things(state, places, [f"everybody {phrase}"])
    return said_of_thing(state, subject, words, places, article=said[0].low in ("a", "an"))


def _said_of_scene(state: State, words: Sequence[Word], said: Sequence[Word], places: tuple[int, ...] | None,
                   subject_is_it: bool) -> list[f.Frame] | None:  # fmt: skip
    plain = [word.low for word in words]
    if not words:
        return None
    if plain[0] == "too" and len(plain) >= 2:
        opposite = LEXICON.opposites.get(plain[-1])
        return change(state, places, {"mood": opposite}) if opposite else None
    while len(words) > 2 and words[0].low in word_set("happen happens take takes place play plays set out be"):
        words = words[1:]
    value = typed(words)
    if value:
        return change(state, places, value)
    if said[0].low == "like" and len(said) > 1 and is_clean(said):
        return change(state, places, {"mood": state.phrase(said)})
    if (
        plain[0] in word_set("lit drawn hidden torn worn strewn overgrown covered filled painted flooded bathed")
        and plain[1:2]
        and plain[1] in ("by", "in", "with")
        and is_clean(words)
    ):
        return change(state, places, {"mood": state.phrase(words)})
    style = style_in(words)
    if style is not None and plain[0] not in ("more", "less"):
        return [f.Style(style, places)] if places and len(places) < state.index.count else [f.Style(style)]
    setting = place_of(state, said)
    if setting is not None and places:
        return change(state, places, {"setting": setting})
    shot = framed(state, words)
    if shot is not None:
        return change(state, places, {"shot": shot})
    if (
        any(meaning.kind in ("shape", "format") for meaning in LEXICON.phrases.get(tuple(plain), ()))
        or plain[0] in PASSIVE
    ):
        raise UnreadError
    if plain[0] in ("more", "less", "much", "lots", "plenty") and len(plain) >= 2:
        return more_of(state, words, places)
    if plain[0] in ("rain", "snow", "storm", "pour", "thunder", "drizzle", "hail") and is_clean(words):
        return change(state, places, {"weather": _ing(plain[0]) + (f" {state.phrase(words[1:])}" if words[1:] else "")})
    if state.thing and subject_is_it and len(words) == 1 and is_clean(words) and not said[0].is_word("more"):
        return with_things(state, places, [f"{state.phrase(words)} {state.thing}"])
    if len(words) == 1 and is_adjective(plain[0]) and is_clean(words):
        return change(state, places, {"mood": plain[0]})
    return None


def _ing(word: str) -> str:
    return {"pour": "pouring rain", "thunder": "thunderstorm", "drizzle": "drizzle"}.get(word, word)


def more_of(state: State, words: Sequence[Word], places: tuple[int, ...] | None) -> list[f.Frame] | None:
    rest = [word for word in words if word.low not in ("much", "a", "lot", "of")]
    if len(rest) == 2 and rest[1].low in LEXICON.grammar["qualities"] | LEXICON.look_nouns:
        return change(state, places, {"mood": f"{rest[0].low} {rest[1].low}"})
    if len(rest) == 2 and rest[0].low in ("more", "less") and (is_adjective(rest[1].low)):
        return change(state, places, {"mood": f"{rest[0].low} {rest[1].low}"})
    if rest and rest[0].low in ("more", "lots", "plenty") and is_clean(rest[1:]):
        return with_things(
            state, places, [f"many {state.phrase(rest[1:])}" if rest[0].low != "more" else state.phrase(rest)]
        )
    return None


def place_of(state: State, words: Sequence[Word]) -> str | None:
    """ "in a library", "take place on the moon", "set in an attic": where something happens."""
    words = list(words)
    while words and words[0].low in word_set(
        "happen happens take takes place be is are play plays set happening located"
    ):
        words = words[1:]
    if len(words) < 2 or not words[0].is_word(
        "in", "at", "inside", "on", "outside", "to", "into", "by", "under", "during", "through"
    ):
        return None
    if not is_clean(words):
        return None
    if words[0].low in ("during",):
        return None
    noun = words[1:]
    while noun and noun[0].low in ("a", "an", "the", "some", "his", "her", "their"):
        noun = noun[1:]
    if not noun or typed(noun) or any(word.kind == "scenes" for word in noun):
        return None
    return state.phrase(noun)
