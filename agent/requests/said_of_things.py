"""What is said of a thing or a place: how it looks, what it becomes, what it stands instead of."""

from __future__ import annotations

import re
from collections.abc import Sequence

from agent.language import PRONOUNS, with_article
from agent.requests import frames as f
from agent.requests.board_index import stem
from agent.requests.making_frames import change, is_adjective, with_things
from agent.requests.said_of_people import SIZES, stands_somewhere
from agent.requests.state import State, UnreadError
from agent.requests.values import is_clean, typed
from agent.requests.words import Word, word_set

__all__ = ["NO_THINGS", "PASSIVE", "becomes", "exchanged", "replaced_things", "said_of_thing"]


PASSIVE = word_set(
    """
    split merged cut deleted removed moved swapped joined copied duplicated combined redrawn locked put drawn
    """
)


NO_THINGS = word_set(
    """
    prompt negative weather title text notes note style dialogue music sound nobody everybody everyone people
    anyone anybody story camera client book board film rest scene panel version picture change changes something
    anything thing things
    """
)


def replaced_things(
    state: State, old: Sequence[Word], places: tuple[int, ...] | None, frames: Sequence[f.Frame]
) -> list[f.Frame]:
    """What goes where something else stands instead of it: a thing that is in those scenes, else nothing more."""
    if any(isinstance(frame, f.Wear | f.Style) for frame in frames) or any(
        isinstance(frame, f.Change) and {"setting", "time", "weather"} & frame.fields.keys() for frame in frames
    ):
        return []
    noun = [word for word in old if word.low not in word_set("a an the in on at with any one")]
    if len(noun) != 1 or not places or noun[0].kind != "word":
        return []
    there = tuple(place for place in places if _is_in(state, noun[0].low, place))
    return [f.Add(there, (), (noun[0].low,))] if there else []


def exchanged(state: State, places: Sequence[int], old: str, new: str) -> list[f.Frame]:
    """One thing in the place of another, also in what happens there."""
    spelled = re.compile(rf"\b(?:(?:an?|the|his|her|its|their|some)\s+)?{re.escape(old)}\b", re.IGNORECASE)
    state.hold(tuple(places))
    frames: list[f.Frame] = []
    for place in places:
        scene = state.board.scenes[place - 1]
        gone = next((prop for prop in scene.props if stem(prop.lower()) == stem(old.lower())), old)
        thing = re.sub(r"^(?:an?|the|some)\s+", "", new)
        if spelled.search(scene.action):
            action = spelled.sub(lambda _: new, scene.action)
            args = {"scenes": [place], "remove_objects": [gone], "add_objects": [thing], "action": action}
            frames.append(f.Tell("edit_scenes", args))
        else:
            frames.append(f.Add((place,), (thing,), (gone,)))
    return frames


def _is_in(state: State, thing: str, place: int) -> bool:
    scene = state.board.scenes[place - 1]
    return any(stem(thing) == stem(word) for prop in scene.props for word in prop.lower().split())


def said_of_thing(state: State, subject: Sequence[Word], words: Sequence[Word], places: tuple[int, ...] | None,
                   article: bool = False) -> list[f.Frame] | None:  # fmt: skip
    """ "the sky should be purple", "make the oranges bigger", "can the stone sparkle more?"."""
    if (
        not subject
        or not is_clean(subject)
        or not is_clean(words)
        or typed([word for word in subject if word.low != "bit"])
    ):
        return None
    if any(word.low in NO_THINGS for word in subject):
        raise UnreadError
    noun = [word for word in subject if word.low not in ("the", "a", "an", "that", "this", "some")]
    if not noun or any(word.kind not in ("word",) for word in noun) or noun[0].low in PRONOUNS:
        return None
    thing = state.phrase(noun)
    if places is None:
        there = tuple(state.index.placed([word.low for word in noun])) or tuple(
            state.index.with_thing([word.low for word in noun])
        )
        if not there:
            return None
        places = there
    here = [place for place in places if thing.lower() in state.board.scenes[place - 1].setting.lower()]
    value = typed([word for word in words if word.low not in ("covered", "full", "under", "deep", "in", "with", "of")])
    if here and value:
        return change(state, tuple(here), value)
    if article:
        return becomes(state, subject, words, places)
    if words[0].low == "like" or (words[0].low == "look" and words[1:2] and words[1].low == "like"):
        return with_things(state, places, [f"the {thing} {state.phrase(words[words[0].low == 'look' :])}"])
    if words[0].low in word_set("come go be have match stay comes goes like same") or words[0].low in PASSIVE:
        raise UnreadError
    adjective = len(words) <= 3 and (is_adjective(words[-1].low) or words[-1].low in SIZES)
    determined = subject[0].low in ("a", "an")
    if words[0].low.endswith("ed") and is_clean(words):
        return with_things(
            state, places, [f"{with_article(thing) if determined else f'the {thing}'} {state.phrase(words)}"]
        )
    if adjective and words[0].low not in ("more", "less"):
        look = f"{state.phrase(words)} {thing}"
        return with_things(state, places, [with_article(look) if not thing.endswith("s") else look])
    if stands_somewhere(words):
        return with_things(
            state, places, [f"{with_article(thing) if determined else f'the {thing}'} {state.phrase(words)}"]
        )
    doing = state.doing(with_article(thing) if determined else f"the {thing}", words)
    return with_things(state, places, [doing]) if doing else None


def becomes(
    state: State, subject: Sequence[Word], said: Sequence[Word], places: tuple[int, ...] | None
) -> list[f.Frame] | None:
    """ "turn the alley into a staircase": a place or a thing that becomes another."""
    noun = [word for word in subject if word.low not in ("the", "a", "an", "that")]
    words = [word for word in said if word.low not in ("a", "an", "the")]
    if not noun or any(word.kind != "word" for word in noun) or not is_clean(words):
        return None
    wanted = [word.low for word in noun]
    where = places or tuple(
        place for place, scene in enumerate(state.board.scenes, start=1)
        if {stem(w) for w in wanted} <= {stem(w) for w in scene.setting.lower().split()}
    )  # fmt: skip
    there = [
        place
        for place in where
        if {stem(w) for w in wanted} <= {stem(w) for w in state.board.scenes[place - 1].setting.lower().split()}
    ]
    if there:
        return change(state, tuple(there), {"setting": state.phrase(words)})
    things = places or tuple(state.index.with_thing(wanted))
    return with_things(state, things, [with_article(state.phrase(words))], [wanted[-1]]) if things else None
