"""Rules for what is said of panels as a whole: notes without a verb, cameras, light, lengths, styles."""

from __future__ import annotations

from collections.abc import Sequence

from agent.requests import frames as f
from agent.requests.clauses import MODALS, REQUEST_VERBS, Clause, take_scope
from agent.requests.lexicon import LEXICON
from agent.requests.making_frames import change, durations, is_adjective, is_colour, listed
from agent.requests.said_of import framed, style_in
from agent.requests.state import DoubtError, State, UnreadError, trimmed
from agent.requests.values import bare, camera, is_clean, seconds, style_of, typed, words_before_instead
from agent.requests.words import Word, word_set

__all__ = ["camera_moves", "lasting", "light", "note", "shown_as", "styled"]


_DARKER = {
    "darken": "darker", "brighten": "brighter", "lighten": "lighter", "dim": "dimmer", "soften": "softer",
    "warm": "warmer", "cool": "cooler", "sharpen": "sharper", "blur": "blurred",
}  # fmt: skip


def note(state: State, clause: Clause) -> list[f.Frame] | None:
    """A note without a verb: "3 OTS", "6: ECU, dim, fog", "9: medium, eye level, rain on window"."""
    rest, scopes = take_scope(clause.words)
    rest, _ = words_before_instead(rest)
    rest = trimmed(rest)
    while len(rest) > 1 and rest[0].is_word("but", "a", "an", "more"):
        rest = rest[1:]
    if len(rest) > 1 and rest[-1].low in ("one", "ones", "feel"):
        rest = rest[:-1]
    if not scopes or not rest or any(word.low in MODALS for word in rest):
        return None
    if rest[0].low == "camera" and len(rest) > 1:
        shot = (
            camera(rest[1:])
            or framed(state, rest[1:])
            or (camera(rest[1:2]) if rest[2:] and rest[2].low in ("to", "on", "at") else None)
        )
        return change(state, state.places(scopes), {"shot": shot}) if shot else None
    places = state.places(scopes)
    only_values = typed(rest)
    if only_values:
        return change(state, places, only_values)
    fields: dict[str, str] = {}
    things: list[str] = []
    for part in listed(rest):
        value = typed(part)
        style = None if value else style_in(part)
        if style is not None and len(listed(rest)) == 1:
            state.hold(places)
            return [f.Style(style, places)]
        if value:
            fields = {
                name: ", ".join(filter(None, (fields.get(name, ""), value.get(name, ""))))
                for name in {**fields, **value}
            }
        elif (shot := framed(state, part)) is not None:
            fields["shot"] = ", ".join(filter(None, (fields.get("shot", ""), shot)))
        elif part[0].low in ("add", "more", "plus", "with", "no"):
            if part[0].low == "more" and len(part) == 2:
                things.append(state.phrase(part))
            else:
                return None
        elif fields and is_clean(part) and not any(word.low in MODALS for word in part) and len(part) <= 4:
            things.append(state.phrase(part))
        elif (
            len(part) == 1
            and not fields
            and len(listed(rest)) == 1
            and is_clean(part)
            and clause.mood != "order"
            and is_adjective(part[0].low)
            and part[0].low not in REQUEST_VERBS
        ):
            fields["mood"] = part[0].low
        else:
            return None
    if not (fields or things) or not places:
        return None
    state.hold(places)
    frames: list[f.Frame] = [f.Change(places, fields)] if fields else []
    return [*frames, f.Add(places, tuple(things))] if things else frames


def camera_moves(state: State, clause: Clause) -> list[f.Frame] | None:
    """ "zoom in on Ines", "push in", "shoot 4 from the floor", "show number 4 from really close up"."""
    plain = clause.low
    rest, scopes = take_scope(clause.words)
    head = plain[0]
    if head in word_set("zoom push pull move go pan tilt crop come get dolly track") and len(plain) > 1:
        way = next(
            (word.low for word in rest[1:4] if word.low in word_set("in out back closer tighter nearer wider up")),
            None,
        )
        if way is None and head not in ("pan", "tilt", "dolly", "track"):
            return None
        if head in ("move", "go", "come", "get") and way not in ("closer", "tighter", "nearer", "wider", "in"):
            return None
        if head in ("move", "get", "push", "pull") and rest[1].kind == "person":
            return None
        shot = (
            "closer shot"
            if way in ("in", "closer", "tighter", "nearer", "up")
            else "wider shot"
            if way
            else f"{head} shot"
        )
        extra = [
            w
            for w in rest[1:]
            if w.low not in (way, "on", "to", "a", "the", "bit", "little", "camera", "at", "much", "further")
        ]
        if not all(word.kind in ("person", "word") for word in extra) or not (is_clean(extra) or not extra):
            return None
        return change(state, state.places(scopes), {"shot": f"{shot} of {state.phrase(extra)}" if extra else shot})
    if plain[1:3] == ["the", "camera"] and camera(rest[3:]):
        return change(state, state.places(scopes), {"shot": camera(rest[3:]) or ""})
    if head in _FILMING or (scopes and clause.words[0].kind == "scenes" and _seen(rest)):
        head_words = 1 if head in _FILMING else _seen(rest)
        body = [w for w in rest[head_words:] if w.low not in ("as", "it", "that", "this", "look", "a", "an")]
        first = next((part for part in listed(body)), [])
        seen = camera(first)
        subject = None
        if seen is None and first and first[0].kind == "person":
            subject, seen = first[0], camera(first[1:])
        if seen is None:
            seen = framed(state, first) if first else None
        if seen is None and "from" in [w.low for w in first]:
            i = [w.low for w in first].index("from")
            seen = camera(first[i:])
            if seen is not None and not is_clean(first[:i]):
                return None
        if seen is None:
            return None
        if head == "do" and subject is not None:
            return None
        if subject is not None and state.places(scopes) is None:
            return _of_somebody(state, subject, seen)
        return change(state, state.places(scopes), {"shot": seen})
    return None


_FILMING = word_set(
    "shoot film show see frame do take shooting filming framing showing make draw have seeing use "
    "want give try need redraw"
)


def _seen(words: Sequence[Word]) -> int:
    """How many words of "ought to be shot from high up" say that it is about the camera; 0 where they do not."""
    small = word_set("ought should must to be could can would is seen as drawn")
    count = 0
    while count < len(words) and words[count].low in small | {"shot", "filmed", "framed", "drawn", "shown"}:
        count += 1
    return (
        count
        if any(word.low in ("shot", "filmed", "seen", "framed", "shown", "as", "drawn") for word in words[:count])
        else 0
    )


def _of_somebody(state: State, subject: Word, shot: str) -> list[f.Frame] | None:
    """ "show the wolf from below": in the panel just spoken of if the wolf is there, or in the only one."""
    who = state.whom([subject], None)
    if who is None:
        return None
    there = state.of(who)
    places = tuple(place for place in there if place in (state.scope or state.index.focus)) or there
    places = tuple(state.given.get("scenes", places))
    if len(places) != 1 and "scenes" not in state.given:
        settles = tuple((state.index.label(place), (place,)) for place in places[:8])
        raise DoubtError(f.Doubt("In which panel?", wants="scenes", settles=settles))
    return change(state, places, {"shot": f"{shot} of {state.name(who)}"})


def light(state: State, clause: Clause) -> list[f.Frame] | None:
    """ "darken 3", "floodlights on in ten", "turn the lights off in 4"."""
    rest, scopes = take_scope(clause.words)
    plain = [word.low for word in rest]
    if (
        plain
        and plain[0] in _DARKER
        and (
            len(plain) == 1
            or plain[1:] in (["it"], ["up"], ["it", "up"], ["down"], ["it", "down"], ["the", "light"], ["a", "bit"])
        )
    ):
        return change(state, state.places(scopes), {"mood": _DARKER[plain[0]]})
    if plain and plain[0] in word_set("crank turn dial bump push raise lower up") and len(plain) >= 3:
        up = "up" in plain[:2] or plain[0] in ("raise", "up") or plain[-1] == "up"
        nouns = [w for w in rest[1:] if w.low not in ("up", "down", "the")]
        if len(nouns) == 1 and nouns[0].low in LEXICON.look_nouns | LEXICON.grammar["qualities"]:
            return change(state, state.places(scopes), {"mood": f"{'more' if up else 'less'} {nouns[0].low}"})
    lively = plain and plain[0] in ("cheer", "liven", "spice") and "up" in plain
    muted = plain[:2] == ["tone", "down"] or (plain[:1] == ["tone"] and plain[-1] == "down")
    small = word_set("it that this them up down colours colors the light tone cheer liven spice a bit little")
    if (lively or muted) and set(plain) <= small:
        if muted and state.judged:
            return list(state.judged)
        return change(state, state.places(scopes), {"mood": "more cheerful" if lively else "more muted"})
    if len(plain) == 2 and plain[1] in ("on", "off") and scopes:
        places = state.places(scopes) or ()
        return (
            [f.Add(places, (f"{state.phrase(rest[:1])} on",))] if plain[1] == "on" else [f.Add(places, (), (plain[0],))]
        )
    return None


_THAT_LONG = word_set("make it that # will do is enough better be instead for number") | frozenset(
    map(str, range(1, 61))
)


def lasting(state: State, clause: Clause) -> list[f.Frame] | None:
    """ "hold it for six seconds", "make 8 half as long", "the 6 lasts two times longer"."""
    plain = clause.low
    about = word_set(
        """
        hold last lasts last_for shown visible linger long longer second seconds duration stay stays lengthen shorten
        extend twice
        length secs sec shorter run runs goes
        """
    )  # fmt: skip
    if not about & set(plain) and not ("seconds" in state.text.source and set(plain) & {"make", "do"}):
        return None
    rest, scopes = take_scope(clause.words)
    small = about | word_set(
        """
        say make it a for let as half to on please that should be must bit little times time another more one the
        two is can could screen stay much touch up by x give have cut set in of keep add than at least show want
        perhaps there take off its double extra less shot exactly might may would will about and panel too
        slightly linger
        """
    )  # fmt: skip
    if any(word.kind == "word" and word.low not in small for word in rest) or any(
        word.kind == "person" for word in rest
    ):
        return None
    length = seconds([word for word in clause.words if word.kind != "scenes"])
    if length is None and plain[0] in ("lengthen", "extend", "shorten"):
        length = ("times", 0.67 if plain[0] == "shorten" else 1.5)
    if length is None and "seconds" in state.text.source and set(plain) <= _THAT_LONG:
        number = next((word.number for word in clause.words if word.kind == "number"), None)
        number = number or next(
            (word.scope.positions[0] for word in scopes if word.scope and word.scope.positions), None
        )
        length, scopes = ("is", float(number)) if number else None, []
    if length is None:
        return None
    places = state.places(scopes) or ()
    if not places:
        raise UnreadError
    if "too" in plain and {"long", "short", "fast"} & set(plain) and length[0] != "is":
        return None
    state.hold(places)
    return durations(state, places, *length)


def shown_as(state: State, clause: Clause) -> list[f.Frame] | None:
    """ "for the final shot a grey overcast morning": a wish that names nothing but what a scene shows."""
    rest, scopes = take_scope(clause.words)
    if clause.mood != "wish" or not scopes or not rest:
        return None
    places = state.places(scopes)
    wanted, _ = words_before_instead(rest)
    wanted = [word for word in trimmed(wanted) if word.low not in ("have", "see")]
    shot = camera(wanted)
    if shot:
        return change(state, places, {"shot": shot})
    fields: dict[str, str] = {}
    for word in bare(wanted):
        value = typed([word])
        if value is None and not (is_clean([word]) and (is_adjective(word.low) or is_colour(word.low))):
            return None
        for name, said in (value or {"mood": word.low}).items():
            fields[name] = f"{fields[name]}, {said}" if name in fields else said
    return change(state, places, fields) if fields else None


def styled(state: State, clause: Clause) -> list[f.Frame] | None:
    """ "let's try the whole board as a 1960s French comic", "black and white for 7 and 8"."""
    rest, scopes = take_scope(clause.words)
    words = [word for word in rest if word.low not in word_set(
        """
        everything it all whole board storyboard story thing as like try go make do draw paint in the style a an
        turn into with for that this render should be look want of two used use to have only just redo switch
        change rest back can could we done still restore
        """
    )]  # fmt: skip
    style = style_of(words) if words else None
    if set(clause.low) & {"from", "below", "above", "behind", "closer"} and style and "style" not in clause.low:
        return None
    if (
        style is None
        or clause.low[0] in ("add", "put", "give", "remove")
        or "more" in clause.low
        or "less" in clause.low
    ):
        return None
    places = state.places(scopes) if scopes else None
    if places is not None and len(places) == state.index.count:
        places = None
    if places is None and not scopes and state.scope and clause.low[0] not in ("make", "i", "turn", "draw"):
        return None
    if places:
        state.hold(places)
    return [f.Style(style, places)]
