"""Frames for what was understood: fields of scenes, things in them, what somebody does, wears or where they stand."""

from __future__ import annotations

import re
from collections.abc import Sequence

from agent.language import parse
from agent.requests import frames as f
from agent.requests.lexicon import LEXICON
from agent.requests.state import State, UnreadError, trimmed
from agent.requests.values import is_clean, words_before_instead
from agent.requests.words import Word, word_set
from agent.story.looks import GARMENT

__all__ = [
    "acting",
    "change",
    "durations",
    "everywhere",
    "is_adjective",
    "is_colour",
    "joining_in",
    "listed",
    "staging",
    "with_things",
    "worn",
    "worn_look",
]


def change(state: State, places: tuple[int, ...] | None, fields: dict[str, str]) -> list[f.Frame]:
    if "," in fields.get("time", ""):  # "the one at dawn at dusk": one of the two is no wish
        raise UnreadError
    places = state.need(places)
    state.hold(places)
    return [f.Change(places, fields)]


def listed(words: Sequence[Word]) -> list[list[Word]]:
    parts: list[list[Word]] = [[]]
    for word in words:
        if word.low in (",", "and", "&", ";", "+") and word.kind in ("mark", "word"):
            parts.append([])
        else:
            parts[-1].append(word)
    return [part for part in parts if part]


def durations(state: State, places: Sequence[int], how: str, value: float) -> list[f.Frame]:
    groups: dict[float, list[int]] = {}
    for place in places:
        now = state.board.scenes[place - 1].duration
        wanted = value if how == "is" else now * value if how == "times" else now + value
        groups.setdefault(round(max(wanted, 0.2), 2), []).append(place)
    return [f.Change(tuple(listed), {"duration": wanted}) for wanted, listed in groups.items()]


def is_adjective(word: str) -> bool:
    document = parse(f"The picture should look {word}.")
    token = next((token for token in document.tokens if token.text == word), None)
    return token is not None and token.word_class == "ADJ"


def worn(
    state: State, who: str, thing: Sequence[Word], places: tuple[int, ...] | None, holds: bool = False
) -> list[f.Frame] | None:
    """A garment, a feature or something in the hand: everywhere, from a scene on, or in some scenes only."""
    thing, old = words_before_instead(thing)
    thing = trimmed(thing)
    if not is_clean(thing) or thing[0].low in ("no", "not", "any"):
        return None
    look = state.phrase(thing)
    mine = set(state.of(who))
    if holds:
        look = f"holding {look}"
    if old and not places:
        gone = old[-1].low if old[-1].low not in ("one", "ones") else ""
        if gone and gone != thing[-1].low:
            return [f.Wear(who, look, without=gone)]
    if places is None or mine <= set(places):
        return [f.Wear(who, look)]
    if state.since:
        return [f.Wear(who, look, since=min(places))]
    verb = "" if holds else "wearing " if re.search(GARMENT, thing[-1].low) else "with "
    absent = [place for place in places if place not in mine]
    state.hold(places)
    frames: list[f.Frame] = [f.Add(places, (f"{state.name(who)} {verb}{look}",))]
    return [*_joining(state, who, absent), *frames] if absent and len(places) <= 3 else frames


def _joining(state: State, who: str, places: Sequence[int]) -> list[f.Frame]:
    return [f.Person(state.board.character(who).name, tuple(places))] if places else []


def joining_in(state: State, who: str, doing: Sequence[Word], places: tuple[int, ...] | None) -> list[f.Frame] | None:
    """ "Otto could be in 8 too, asleep on a chair"."""
    if not places:
        return None
    doing = trimmed(doing)
    absent = [place for place in places if who not in state.board.scenes[place - 1].characters]
    frames = _joining(state, who, absent)
    if doing:
        frames += staging(state, [who], f"{state.name(who)} {state.phrase(doing)}", places) or []
    return frames or None


def staging(state: State, people: Sequence[str], phrase: str, places: tuple[int, ...] | None) -> list[f.Frame] | None:
    """Something said of where or how people are in scenes, beside what happens there already."""
    places = state.need(places)
    state.hold(places)
    frames: list[f.Frame] = []
    groups: dict[str, list[int]] = {}
    for place in places:
        before = state.board.scenes[place - 1].action
        pending = next(
            (
                fr.fields["action"]
                for fr in reversed(state.frames)
                if isinstance(fr, f.Change) and place in fr.scenes and "action" in fr.fields
            ),
            before,
        )
        groups.setdefault(f"{pending}, {phrase}" if pending else phrase, []).append(place)
    for who in people:
        frames += _joining(
            state,
            who,
            [p for p in places if who not in state.board.scenes[p - 1].characters] if len(places) <= 3 else [],
        )
    return frames + [f.Change(tuple(listed), {"action": action}) for action, listed in groups.items()]


def acting(
    state: State, people: Sequence[str], name: str, said: Sequence[Word], places: tuple[int, ...] | None
) -> list[f.Frame] | None:
    """What somebody does: it takes the place of what they did there, and stands beside what others do."""
    if not is_clean(said) or not places:
        return None
    doing = state.doing(name, said)
    if doing is None:
        return None
    state.hold(places)
    frames: list[f.Frame] = []
    for who in people:
        absent = [p for p in places if who not in state.board.scenes[p - 1].characters]
        frames += _joining(state, who, absent)
    for place in places:
        scene = state.board.scenes[place - 1]
        first = scene.action.split(" ")[0].lower() if scene.action else ""
        begins = (
            not scene.action
            or any(scene.action.lower().startswith(state.name(who).lower()) for who in people)
            or not people
        )
        frames.append(f.Change((place,), {"action": doing if begins or not first else f"{scene.action}, {doing}"}))
    return frames


def worn_look(state: State, who: str, look: str, places: tuple[int, ...] | None) -> list[f.Frame]:
    if places is None or set(state.of(who)) <= set(places):
        return [f.Wear(who, look)]
    if state.since:
        return [f.Wear(who, look, since=min(places))]
    state.hold(places)
    return [f.Add(places, (f"{state.name(who)} with {look}",))]


def with_things(
    state: State, places: tuple[int, ...] | None, things: Sequence[str], gone: Sequence[str] = ()
) -> list[f.Frame]:
    if any(word in LEXICON.unseen for thing in things for word in thing.lower().split() if word != "second"):
        raise UnreadError
    places = state.need(places)
    state.hold(places)
    return [f.Add(places, tuple(things), tuple(gone))]


def everywhere(state: State) -> tuple[int, ...]:
    return tuple(range(1, state.index.count + 1))


def is_colour(word: str) -> bool:
    return word in word_set(
        """
        grey gray blue green red yellow purple orange pink white black golden silver brown
        """
    )
