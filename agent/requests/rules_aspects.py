"""Rules that name what they change: "the setting of 7", "the weather in 1", "the camera in 2", and what one panel takes
over from another."""

from __future__ import annotations

from collections.abc import Sequence

from agent.requests import frames as f
from agent.requests.clauses import Clause
from agent.requests.gist import Gist
from agent.requests.making_frames import change
from agent.requests.said_of import framed, place_of
from agent.requests.state import DoubtError, State, UnreadError, trimmed
from agent.requests.values import bare, camera, is_clean, style_of, typed, words_before_instead
from agent.requests.words import Word, word_set

__all__ = ["ASPECT_RULES"]

_FIELDS = {
    "time": "time", "time_of_day": "time", "hour": "time", "weather": "weather", "mood": "mood", "atmosphere": "mood",
    "setting": "setting", "place": "setting", "shot": "shot", "camera": "shot", "style": "style", "framing": "shot",
    "light": "light", "lighting": "light", "colours": "light", "colors": "light", "look": "look", "day": "time",
}  # fmt: skip
_OF_LIGHT = ("mood", "time")
_OF_ALL = ("time", "weather", "mood", "style")
_LIKE = word_set("match matches matching same like as resemble resembles")
_MOVING = word_set("move relocate place put set transfer shift")


def aspect(state: State, clause: Clause) -> list[f.Frame] | None:
    """ "change the setting of 7 to a frozen river", "the mood of 8 should be joyful", "cloudy weather for 1 and 8"."""
    gist = Gist(clause)
    at = next((i for i, key in enumerate(gist.keys) if key.name in _FIELDS and key.words[-1].kind == "word"), None)
    if at is None or not gist.scopes or any(word.kind == "person" for word in gist.rest):
        return None
    field = _FIELDS[gist.keys[at].name]
    before = [word for key in gist.keys[:at] for word in key.words]
    behind = [word for key in gist.keys[at + 1 :] for word in key.words]
    told = Gist(before).only("change make set turn switch give put keep let adjust") and bool(behind)
    if not told:
        value = typed(before)
        of_field = value is not None and set(value) <= {field, "mood"}
        if not behind and of_field and value:
            return change(state, state.places(gist.scopes), value)
        return None
    verbal = behind[0].low in word_set("to be is should must into as : in at on becomes = now with")
    while behind and behind[0].low in word_set("to be is should must into as : becomes = now with set"):
        behind = behind[1:]
    behind = trimmed(behind)
    if not behind or not (verbal or before) or field in ("light", "look") or {word.low for word in behind} & _LIKE:
        return None
    places = state.places(gist.scopes)
    if field == "setting":
        where = place_of(state, behind) or (state.phrase(_without_article(behind)) if is_clean(behind) else None)
        return change(state, places, {"setting": where}) if where else None
    if field == "shot":
        shot = camera(behind) or framed(state, behind) or (typed(behind) or {}).get("shot")
        return change(state, places, {"shot": shot}) if shot else None
    if field == "style":
        style = style_of(behind)
        return [f.Style(style, places)] if style and places else None
    value = typed(behind)
    if value:
        return change(state, places, value)
    words = bare(behind)
    return (
        change(state, places, {field: state.phrase(_without_article(words))})
        if is_clean(words) and len(words) < 4
        else None
    )


def _without_article(words: Sequence[Word]) -> list[Word]:
    words = list(words)
    while len(words) > 1 and words[0].is_word("a", "an", "the", "in", "at", "on", "some"):
        words = words[1:]
    return words


def moved_place(state: State, clause: Clause) -> list[f.Frame] | None:
    """ "move scene 2 to a castle kitchen", "set panel 5 on a mountain top", "let 7 play out on a frozen river"."""
    words = list(clause.words)
    while len(words) > 1 and words[0].is_word("can", "could", "may", "might", "would", "the", "whole", "should"):
        words = words[1:]
    low = [word.low for word in words]
    if low[0] in _MOVING | {"have", "let", "make", "take"}:
        words = words[1:]
    elif not any(word in low for word in ("happen", "happens", "take", "takes", "set", "play", "plays")):
        return None
    if not words or words[0].kind != "scenes":
        return None
    rest = words[1:]
    doing = False
    while rest and rest[0].low in word_set(
        "should must could can might be happen happens take takes place play plays set out would"
    ):
        doing = True
        rest = rest[1:]
    rest, _ = words_before_instead(rest)
    rest = trimmed(rest)
    if not rest or any(word.kind == "scenes" for word in rest) or (low[0] not in _MOVING and not doing):
        return None
    value = typed([word for word in rest if word.low not in ("the", "a")])
    places = state.places(words[:1])
    if value and set(value) <= {"time", "weather", "mood"}:
        return change(state, places, value)
    where = place_of(state, rest)
    ends = word_set("front end beginning start left right background foreground position place")
    if where is None or any(word.low in ends or word.kind in ("number", "ordinal", "person") for word in rest):
        return None
    return change(state, places, {"setting": where})


def as_elsewhere(state: State, clause: Clause) -> list[f.Frame] | None:
    """ "the weather in 1 should match 4", "make 2 look like 1", "same light in 3 as in 5": what is set for the other
    panel, taken over."""
    scopes = [(i, word) for i, word in enumerate(clause.words) if word.kind == "scenes"]
    like = [i for i, word in enumerate(clause.words) if word.kind == "word" and word.low in _LIKE]
    copies = clause.low[0] in ("copy", "duplicate")
    if not like and not copies:
        return None
    gist = Gist(clause)
    aspects = [_FIELDS[name] for name in gist.names if name in _FIELDS and name != "look"]
    small = (
        f"make give change let copy duplicate match matches same like as resemble describe look "
        f"set use {' '.join(_FIELDS)} should it that has have get"
    )
    if not gist.only(small) or (copies and not aspects and not gist.has("look", "describe")):
        return None
    places = [place for _, word in scopes for place in state.places([word]) or ()]
    if len(scopes) == 1 and len(places) == 1 and (state.scope or state.index.focus):
        targets, other = list(state.scope or state.index.focus), places[0]
    elif len(scopes) == 2 and like and scopes[-1][0] > like[-1]:
        targets = list(state.places([scopes[0][1]]) or ())
        other = places[-1]
    elif copies and len(scopes) == 1 and len(places) > 1:  # "copy the look of 5 to 8" is no range
        targets, other = places[-1:], places[0]
    elif len(scopes) == 2 and copies:
        targets, other = list(state.places([scopes[1][1]]) or ()), places[0]
    else:
        return None
    light = bool({"light"} & set(aspects))
    fields = tuple(field for field in aspects if field != "light") or (_OF_LIGHT if light else _OF_ALL)
    values = {field: value for field in fields if (value := _set_for(state, other, field))}
    if not values:
        raise DoubtError(
            f.Doubt(
                f"No {fields[0] if aspects else 'light or weather'} is set for scene {other}. What "
                f"should it be instead?"
            )
        )
    if light and len(fields) > 1:
        values = dict(list(values.items())[:1])
    frames: list[f.Frame] = []
    for place in targets:
        new = {field: value for field, value in values.items() if _set_for(state, place, field) != value}
        if style := new.pop("style", ""):
            frames.append(f.Style(style, (place,)))
        if new:
            frames.append(f.Change((place,), new))
    state.hold(tuple(targets))
    told = ", ".join(f"{field}: {value}" for field, value in values.items())
    return frames or [f.Say(f"Both have that already ({told}), so nothing was changed.")]


def _set_for(state: State, place: int, field: str) -> str:
    value = getattr(state.board.scenes[place - 1], field)
    return state.board.style if value is None else str(value)


def no_weather(state: State, clause: Clause) -> list[f.Frame] | None:
    """ "no rain in 4", "stop the rain", "it shouldn't rain in four", "lift the fog in 7", "no snow anywhere"."""
    gist = Gist(clause)
    kinds = [key for key in gist.keys if "weather" in key.values]
    negated = gist.has("no", "not", "stop", "without", "avoid", "less", "lift", "clear", "delete", "never")
    stops = gist.has("stop") and gist.only("make it that stop should let") and not kinds
    if not (negated and len(kinds) == 1) and not stops:
        return None
    named = " ".join(key.name for key in kinds)
    if not stops and not gist.only(
        f"no not stop without avoid less lift clear delete make should have be any at all {named} want after"
    ):
        return None
    if gist.has("less") and not gist.scopes:
        return None
    after = next((word for word in gist.rest if word.is_word("after")), None)
    every = [word for word in gist.scopes if word.scope and word.scope.kind in ("all", "since")]
    places = state.need(state.places(gist.scopes))
    if after is not None:
        places = tuple(range(max(places) + 1, state.index.count + 1))
    state.hold(places)
    if (every or after) and kinds:
        weather = kinds[0].values["weather"]
        having = tuple(place for place in places if state.board.scenes[place - 1].weather == weather)
        if not having:
            return [f.Say(f"No scene there has {weather}, so nothing was changed.")]
        places = having
    return [f.Change(places, {"weather": ""})]


def enough(state: State, clause: Clause) -> list[f.Frame] | None:
    """ "number 5 isn't stormy enough", "the wolf isn't scary enough"."""
    low = clause.low
    if low[-1] != "enough" or "not" not in low:
        return None
    gist = Gist(clause)
    at = next(i for i, word in enumerate(gist.rest) if word.low == "not")
    subject = [
        word for word in gist.rest[:at] if word.low not in ("is", "are", "look", "looks", "seem", "does", "do", "feel")
    ]
    words = [word for word in gist.rest[at + 1 : -1] if word.low not in ("look", "seem", "feel", "be")]
    if not words or not is_clean(words):
        raise UnreadError
    places = state.places(gist.scopes)
    who = state.whom(subject, places) if subject else None
    if who is not None:
        look = f"very {state.phrase([word for word in words if word.low != 'very'])}"
        if places:
            return [f.Add(places, (f"{state.board.character(who).name} looking {look}",))]
        return [f.Wear(who, look)]
    if subject:
        return None
    value = typed(words)
    return change(state, places, {"mood": f"more {state.phrase(words)}"}) if value or len(words) == 1 else None


ASPECT_RULES = (as_elsewhere, no_weather, enough, aspect, moved_place)
