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
    panel shot please camera towards toward over it far""".split()  # noqa: SIM905
)
_SIDES = {"left": "left", "right": "right", "middle": "middle", "centre": "middle", "center": "middle"}
_DISTANCES = {
    "away": "away",
    **dict.fromkeys(("closer", "nearer"), "closer"),
    **dict.fromkeys(("farther", "further", "back"), "farther"),
    **dict.fromkeys(("foreground", "front"), "front"),
    **dict.fromkeys(("background", "distance"), "back"),
}
_RELATIONS = (("in", "front", "of"), ("next", "to"), ("left", "of"), ("right", "of"), ("behind",), ("beside",))
_FACING = (("facing",), ("face",), ("look", "at"), ("looking", "at"), ("look", "towards"), ("turn", "to"))
_GROWTH = {"bigger": 1.25, "larger": 1.25, "smaller": 0.8}
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
    """Split words into whom or what they begin with and what is said of these; "them" and "they" are all. Things are
    those that the scenes have."""
    words = words[1:] if words and words[0].kind == "word" and words[0].low in _PLACING else words
    if words and words[0].is_word("them", "they", "everyone", "everybody"):
        return ["all"], words[1:]
    count = 0
    while count < len(words) and (words[count].kind == "person" or words[count].is_word("the", "and", "her", "him")):
        count += 1
    if names := _people(state, words[:count], places) if count else []:
        return names, words[count:]
    for count in range(min(4, len(words)), 0, -1):
        if thing := _thing(state, words[:count], places):
            return [thing], words[count:]
    return [], words


def _thing(state: State, words: Sequence[Word], places: Sequence[int] | None) -> str:
    """The thing that these words name, "the brass lantern", where one of the scenes has it; "" elsewhere."""
    bare = [word.low for word in words if not word.is_word("the", "a", "an")]
    if not bare or any(word.kind != "word" for word in words):
        return ""
    props = [prop.lower().split() for place in places or () for prop in state.board.scenes[place - 1].props]
    return " ".join(bare) if any(set(bare) <= set(prop) and bare[-1] == prop[-1] for prop in props) else ""


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
            behind = said[start + len(relation) :]
            other = _people(state, behind, places) or list(filter(None, [_thing(state, behind, places)]))
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
    if not people and low & {"their", "places", "sides", "positions"} and len(places) == 1:
        here = state.board.scenes[places[0] - 1].characters
        names = [state.board.character(who).name for who in here]
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


def alike(state: State, clause: Clause) -> list[f.Frame] | None:
    """ "same staging as 2 in 3", "stage 3 like 2"."""
    low = [word.low for word in clause.words]
    mark = next((number for number, word in enumerate(low) if word in ("as", "like")), None)
    if mark is None or not {"staging", "stage", "staged", "blocking", "composition"} & set(low):
        return None
    source = next((word for word in clause.words[mark + 1 :] if word.kind in ("scenes", "number")), None)
    goals = [word for word in clause.words if word.kind in ("scenes", "number") and word is not source]
    origin = _numbered(state, [source]) if source is not None else ()
    places = _numbered(state, goals) if goals else tuple(state.index.focus or ())
    if len(origin) != 1 or not places:
        return None
    return _told(state, places, "copy_staging", source=origin[0])


def _numbered(state: State, words: Sequence[Word]) -> tuple[int, ...]:
    """The scenes of words, plain numbers among them; () where the board lacks one."""
    numbers = [word.number for word in words if word.kind == "number"]
    if any(not 0 < number <= state.index.count for number in numbers):
        return ()
    scopes = [word for word in words if word.kind == "scenes"]
    return tuple(sorted({*numbers, *((state.places(scopes) or ()) if scopes else ())}))


def seen(state: State, clause: Clause) -> list[f.Frame] | None:
    """ "over her shoulder in 2"; "looking up at the castle", said of the camera."""
    places, rest = _where(state, clause)
    words = rest[1:] if rest and rest[0].is_word("shoot", "show", "frame", "draw") else rest
    low = [word.low for word in words if word.kind != "mark"]
    if not places or not low:
        return None
    if low[0] == "over" and low[-1] == "shoulder":
        who = [word for word in words[1:-1] if word.low not in ("'s", "the", "left", "right")]
        names = _people(state, who, places)
        return _told(state, places, "set_camera", over=names[0]) if len(names) == 1 else None
    if low[:1] == ["looking"] and low[1:2] in (["up"], ["down"]) and low[2:3] in ([], ["at"], ["on"], ["to"]):
        return _told(state, places, "set_camera", angle="low" if low[1] == "up" else "high")
    return None


def sized(state: State, clause: Clause) -> list[f.Frame] | None:
    """ "bigger", "a bit smaller", said of the only one in the panel that is talked of."""
    places, rest = _where(state, clause)
    meant = [word.low for word in rest if word.low not in _SMALL | {"make", "him", "her", "it", "much"}]
    if not places or len(places) != 1 or len(meant) != 1 or meant[0] not in _GROWTH:
        return None
    here = state.board.scenes[places[0] - 1].characters
    if len(here) != 1:
        return None
    return _told(state, places, "place_in_frame", who=[state.board.character(here[0]).name], size=_GROWTH[meant[0]])


def _told(state: State, places: Sequence[int], name: str, **args: object) -> list[f.Frame]:
    state.hold(tuple(places))
    return [f.Tell(name, {"scenes": list(places), **{key: value for key, value in args.items() if value is not None}})]


STAGE_RULES = (continuity, alike, traded, seen, sized, turned, placed)
