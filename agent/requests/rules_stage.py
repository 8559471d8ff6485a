"""Rules for who stands where in a panel, who looks where, and whether panels cut together."""

from __future__ import annotations

from collections.abc import Sequence

from agent.requests import frames as f
from agent.requests.clauses import Clause, take_scope
from agent.requests.state import State
from agent.requests.words import Word

__all__ = ["STAGE_RULES", "continuity"]

_PLACING = frozenset("put move place bring shift have let set stand".split())  # noqa: SIM905
_SMALL = frozenset(
    """the a an to on at in of into more bit little be is are should stand stands standing and side frame picture image
    panel shot please camera towards toward over it""".split()  # noqa: SIM905
)
_SIDES = {"left": "left", "right": "right", "middle": "middle", "centre": "middle", "center": "middle"}
_DISTANCES = {
    **dict.fromkeys(("closer", "nearer"), "closer"),
    **dict.fromkeys(("farther", "further", "back"), "farther"),
    **dict.fromkeys(("foreground", "front"), "front"),
    **dict.fromkeys(("background", "distance"), "back"),
}
_RELATIONS = (("in", "front", "of"), ("next", "to"), ("left", "of"), ("right", "of"), ("behind",), ("beside",))
_FACING = (("facing",), ("face",), ("look", "at"), ("looking", "at"), ("look", "towards"), ("turn", "to"))
_WAYS = {"left": "left", "right": "right", "camera": "camera", "us": "camera", "away": "away"}


def _people(state: State, words: Sequence[Word], places: Sequence[int] | None) -> list[str]:
    """The names of the people that lead these words, "Mira and the fox"; [] where anything else is among them."""
    names = []
    for word in words:
        if word.is_word("the", "and", "both", ","):
            continue
        who = state.whom([word], places)
        if who is None:
            return []
        names.append(state.board.character(who).name)
    return names


def _led(state: State, words: list[Word], places: Sequence[int] | None) -> tuple[list[str], list[Word]]:
    """Split words into whom they begin with and what is said of these; "them" and "they" are all."""
    words = words[1:] if words and words[0].kind == "word" and words[0].low in _PLACING else words
    if words and words[0].is_word("them", "they", "everyone", "everybody"):
        return ["all"], words[1:]
    count = 0
    while count < len(words) and (words[count].kind == "person" or words[count].is_word("the", "and", "her", "him")):
        count += 1
    return _people(state, words[:count], places) if count else [], words[count:]


def _where(state: State, clause: Clause) -> tuple[tuple[int, ...] | None, list[Word]]:
    rest, scopes = take_scope(clause.words)
    places = state.places(scopes) or state.index.focus or None
    return tuple(places) if places else None, rest


def placed(state: State, clause: Clause) -> list[f.Frame] | None:
    """ "put the fox on the left, closer to the camera", "Mira behind the sheriff in 3"."""
    places, rest = _where(state, clause)
    who, said = _led(state, rest, places)
    if not who or not said or not places:
        return None
    low = [word.low for word in said]
    for relation in _RELATIONS:
        start = 1 if low[:1] == ["stand"] or low[:1] == ["standing"] else 0
        if tuple(low[start : start + len(relation)]) == relation and len(said) > start + len(relation):
            other = _people(state, said[start + len(relation) :], places)
            if len(other) != 1:
                return None
            name = "next to" if relation == ("beside",) else " ".join(relation)
            return _told(state, places, "place_in_frame", who=who, relation=name, other=other[0])
    meant = [word for word in low if word not in _SMALL]
    sides = [_SIDES[word] for word in meant if word in _SIDES]
    distances = [_DISTANCES[word] for word in meant if word in _DISTANCES]
    if not meant or len(sides) + len(distances) != len(meant) or len(sides) > 1 or len(distances) > 1:
        return None
    side = f"far {sides[0]}" if "far" in low and sides and sides[0] != "middle" else next(iter(sides), None)
    return _told(state, places, "place_in_frame", who=who, side=side, distance=next(iter(distances), None))


def turned(state: State, clause: Clause) -> list[f.Frame] | None:
    """ "have them face each other", "Mira looking at the fox", "turn the sheriff away"."""
    places, rest = _where(state, clause)
    turning = bool(rest) and rest[0].is_word("turn")
    who, said = _led(state, rest[1:] if turning else rest, places)
    if not who or not said or not places:
        return None
    low = [word.low for word in said]
    if low[:1] == ["should"]:
        low, said = low[1:], said[1:]
    facing = next((words for words in _FACING if tuple(low[: len(words)]) == words), ())
    if not facing and not turning:
        return None
    said = said[len(facing) :]
    meant = [word.low for word in said if word.low not in _SMALL]
    if meant in (["each", "other"], ["one", "another"]):
        return _told(state, places, "turn_to", who=who, toward="each other")
    if len(meant) == 1 and meant[0] in _WAYS:
        return _told(state, places, "turn_to", who=who, toward=_WAYS[meant[0]])
    if "camera" in [word.low for word in said] and not meant:
        return _told(state, places, "turn_to", who=who, toward="camera")
    other = _people(state, said, places)
    return _told(state, places, "turn_to", who=who, toward=other[0]) if len(other) == 1 else None


def traded(state: State, clause: Clause) -> list[f.Frame] | None:
    """ "swap Mira and the fox in 2", "Mira and the fox swap places"."""
    places, rest = _where(state, clause)
    low = {word.low for word in rest if word.kind == "word"}
    if (
        not places
        or not low & {"swap", "trade", "switch", "exchange"}
        or low
        - _SMALL
        - {*("swap", "trade", "switch", "exchange", "places", "positions", "sides", "with", "have", "let", "their")}
    ):
        return None
    people = [word for word in rest if word.kind == "person"]
    names = _people(state, people, places)
    return _told(state, places, "trade_places", first=names[0], second=names[1]) if len(names) == 2 else None


def continuity(state: State, clause: Clause) -> list[f.Frame] | None:
    """ "is the continuity right?", "check the continuity", "fix the continuity of 3 and 4"."""
    rest, scopes = take_scope(clause.words)
    low = {word.low for word in rest if word.kind == "word"}
    if "continuity" not in low:
        return None
    places = state.places(scopes)
    args = {"scenes": list(places)} if places and scopes else {}
    mends = low & {"fix", "mend", "repair", "correct"}
    asks = low - _SMALL - {"continuity", "right", "ok", "okay", "good", "check", "everything", "all", "any", "there"}
    if mends:
        return [f.Tell("fix_continuity", args)]
    return (
        [f.Tell("check_continuity", args)]
        if not asks - {"how", "whole", "board", "story", "mistakes", "errors"}
        else None
    )


def _told(state: State, places: Sequence[int], name: str, **args: object) -> list[f.Frame]:
    state.hold(tuple(places))
    return [f.Tell(name, {"scenes": list(places), **{key: value for key, value in args.items() if value is not None}})]


STAGE_RULES = (continuity, traded, turned, placed)
