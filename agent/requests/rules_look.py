"""Rules about what panels show: what is said of a scene, a person or a thing; things and people that come and go."""

from __future__ import annotations

import re
from collections.abc import Sequence

from agent.language import PRONOUNS, parse, with_article
from agent.requests import frames as f
from agent.requests.board_index import stem
from agent.requests.clauses import MODALS, REQUEST_VERBS, Clause, take_scope
from agent.requests.lexicon import LEXICON
from agent.requests.state import State, UnreadError, trimmed
from agent.requests.values import bare, camera, is_clean, seconds, style_of, typed, words_before_instead
from agent.requests.words import Word, word_set
from agent.story.looks import BODY, GARMENT

__all__ = ["LOOK_RULES"]

_MAKE = word_set(
    """
    make turn let have get render set do draw show shoot film paint frame take light keep try see go give put
    bring dress
    """
)
_GIVE = frozenset(("give", "hand", "lend"))
_ADD = word_set(
    """
    add put place insert include stick hang throw pop slip scatter plant show have give paint draw want need
    """
)
_REMOVE = word_set("remove delete drop lose erase ditch scrap hide omit cut kill toss axe skip")
_IT = word_set("it this that them these those everything")
_LOOKS = re.compile(
    rf"{GARMENT}|{BODY}|clipboard|glasses|spectacles|freckles|moustache|mustache|pyjamas|pajamas|catsuit|collar|bell|"
    r"armband|sling|badge|wig|tattoo|lipstick|earrings?|bracelet|watch|gown|suit|clothes|outfit"
)
_SIDES = word_set(
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
_SIZES = word_set(
    """
    bigger smaller larger tiny huge giant small big large taller shorter enormous little closer nearer
    """
)
_WEARS = word_set("wears wear wearing has have holds hold holding carries carry carrying sports")
_LIGHT = word_set(
    """
    light lighting sky colours colors colour color mood atmosphere picture background shadows
    """
)
_PASSIVE = word_set(
    """
    split merged cut deleted removed moved swapped joined copied duplicated combined redrawn locked put drawn
    """
)
_NO_THINGS = word_set(
    """
    prompt negative weather title text notes note style dialogue music sound nobody everybody everyone people
    anyone anybody story camera client book board film rest scene panel version picture change changes something
    anything thing things
    """
)
_DARKER = {
    "darken": "darker", "brighten": "brighter", "lighten": "lighter", "dim": "dimmer", "soften": "softer",
    "warm": "warmer", "cool": "cooler", "sharpen": "sharper", "blur": "blurred",
}  # fmt: skip


# --- what is said of scenes
def _fields(state: State, places: tuple[int, ...] | None, fields: dict[str, str]) -> list[f.Frame]:
    if not places:
        raise UnreadError
    state.hold(places)
    return [f.Change(places, fields)]


def redraw(state: State, clause: Clause) -> list[f.Frame] | None:
    """ "redraw 7", "draw 3 again"."""
    rest, scopes = take_scope(clause.words)
    plain = [word.low for word in rest]
    again = plain[:1] in (["redraw"], ["repaint"], ["redo"], ["regenerate"]) and len(plain) == 1
    again = again or (
        plain[:1] in (["draw"], ["paint"], ["do"], ["try"]) and plain[1:] in (["again"], ["anew"], ["once", "more"])
    )
    if not again or not scopes:
        return None
    places = state.places(scopes) or ()
    state.hold(places)
    return [f.Redraw(places)]


def note(state: State, clause: Clause) -> list[f.Frame] | None:
    """A note without a verb: "3 OTS", "6: ECU, dim, fog", "9: medium, eye level, rain on window"."""
    rest, scopes = take_scope(clause.words)
    rest, _ = words_before_instead(rest)
    rest = trimmed(rest)
    if not scopes or not rest or any(word.low in MODALS for word in rest):
        return None
    if rest[0].low == "camera" and len(rest) > 1:
        shot = (
            camera(rest[1:])
            or _framed(state, rest[1:])
            or (camera(rest[1:2]) if rest[2:] and rest[2].low in ("to", "on", "at") else None)
        )
        return _fields(state, state.places(scopes), {"shot": shot}) if shot else None
    places = state.places(scopes)
    only_values = typed(rest)
    if only_values:
        return _fields(state, places, only_values)
    fields: dict[str, str] = {}
    things: list[str] = []
    for part in _listed(rest):
        value = typed(part)
        style = None if value else _styled(part)
        if style is not None and len(_listed(rest)) == 1:
            state.hold(places)
            return [f.Style(style, places)]
        if value:
            fields = {
                name: ", ".join(filter(None, (fields.get(name, ""), value.get(name, ""))))
                for name in {**fields, **value}
            }
        elif (framed := _framed(state, part)) is not None:
            fields["shot"] = ", ".join(filter(None, (fields.get("shot", ""), framed)))
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
            and len(_listed(rest)) == 1
            and is_clean(part)
            and _is_adjective(part[0].low)
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


def _listed(words: Sequence[Word]) -> list[list[Word]]:
    parts: list[list[Word]] = [[]]
    for word in words:
        if word.low in (",", "and", "&", ";", "+") and word.kind in ("mark", "word"):
            parts.append([])
        else:
            parts[-1].append(word)
    return [part for part in parts if part]


def _styled(words: Sequence[Word]) -> str | None:
    while words and words[0].low in ("as", "like", "in", "only", "just", ":"):
        words = words[1:]
    return style_of(words)


def _framed(state: State, words: Sequence[Word]) -> str | None:
    """ "over Ines's shoulder onto the ref", "close on her hands", "Theo's POV": a shot with its object."""
    plain = [word.low for word in words]
    if "shoulder" in plain and plain[0] == "over":
        return "over-the-shoulder shot"
    if "pov" in plain or plain[-3:] == ["point", "of", "view"]:
        return "point of view"
    if "silhouette" in plain or "silhouettes" in plain:
        return "in silhouette"
    for end in range(len(words) - 1, 0, -1):
        if words[end].low in ("on", "of", "onto", "at") and is_clean(words):
            shot = camera(words[:end])
            if shot:
                return f"{shot} of {state.phrase(words[end + 1 :])}" if words[end].low in ("on", "of") else shot
    return None


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
        return _fields(state, state.places(scopes), {"shot": f"{shot} of {state.phrase(extra)}" if extra else shot})
    if head in word_set(
        """
        shoot film show see frame do take shooting filming framing showing make draw have seeing
        """
    ):
        body = [w for w in rest[1:] if w.low not in ("as", "it", "that", "this", "look")]
        first = next((part for part in _listed(body)), [])
        seen = camera(first)
        subject = None
        if seen is None and first and first[0].kind == "person":
            subject, seen = first[0], camera(first[1:])
        if seen is None:
            seen = _framed(state, first) if first else None
        if seen is None and "from" in [w.low for w in first]:
            i = [w.low for w in first].index("from")
            seen = camera(first[i:])
            if seen is not None and not is_clean(first[:i]):
                return None
        if seen is None:
            return None
        if head == "do" and subject is not None:
            return None
        return _fields(state, state.places(scopes), {"shot": seen})
    return None


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
        return _fields(state, state.places(scopes), {"mood": _DARKER[plain[0]]})
    if plain and plain[0] in word_set("crank turn dial bump push raise lower up") and len(plain) >= 3:
        up = "up" in plain[:2] or plain[0] in ("raise", "up") or plain[-1] == "up"
        nouns = [w for w in rest[1:] if w.low not in ("up", "down", "the")]
        if len(nouns) == 1 and nouns[0].low in LEXICON.look_nouns | LEXICON.grammar["qualities"]:
            return _fields(state, state.places(scopes), {"mood": f"{'more' if up else 'less'} {nouns[0].low}"})
    if len(plain) == 2 and plain[1] in ("on", "off") and scopes:
        places = state.places(scopes) or ()
        return (
            [f.Add(places, (f"{state.phrase(rest[:1])} on",))] if plain[1] == "on" else [f.Add(places, (), (plain[0],))]
        )
    return None


def lasting(state: State, clause: Clause) -> list[f.Frame] | None:
    """ "hold it for six seconds", "make 8 half as long", "the 6 lasts two times longer"."""
    plain = clause.low
    about = word_set(
        """
        hold last lasts linger long longer second seconds duration stay stays lengthen shorten extend twice
        length secs sec shorter run runs goes
        """
    )  # fmt: skip
    if not about & set(plain):
        return None
    rest, scopes = take_scope(clause.words)
    small = about | word_set(
        """
        make it a for let as half to on please that should be must bit little times time another more one the
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
    if length is None:
        return None
    places = state.places(scopes) or ()
    if not places:
        raise UnreadError
    if "too" in plain and {"long", "short", "fast"} & set(plain) and length[0] != "is":
        return None
    state.hold(places)
    return _durations(state, places, *length)


def _durations(state: State, places: Sequence[int], how: str, value: float) -> list[f.Frame]:
    groups: dict[float, list[int]] = {}
    for place in places:
        now = state.board.scenes[place - 1].duration
        wanted = value if how == "is" else now * value if how == "times" else now + value
        groups.setdefault(round(max(wanted, 0.2), 2), []).append(place)
    return [f.Change(tuple(listed), {"duration": wanted}) for wanted, listed in groups.items()]


# --- what is said of somebody or something
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
        frames = [*frames, *_replaced(state, old, places, frames)]
    return frames


def _replaced(
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


def _is_in(state: State, thing: str, place: int) -> bool:
    scene = state.board.scenes[place - 1]
    return any(stem(thing) == stem(word) for prop in scene.props for word in prop.lower().split())


def _said(state: State, subject: Sequence[Word], said: Sequence[Word], places: tuple[int, ...] | None,
          old: Sequence[Word]) -> list[f.Frame] | None:  # fmt: skip
    subject = [word for word in subject if word.kind != "mark"]
    plain = [word.low for word in subject if word.low not in ("the", "a", "an", "this", "that", "whole", "its")]
    of_scene = not subject or all(p in _IT | word_set("there picture scene panel shot image board look") for p in plain)
    words = bare(said)
    if of_scene:
        return _said_of_scene(state, words or list(said), said, places, old)
    if plain and all(p in _LIGHT for p in plain[-1:]) and len(plain) <= 2:
        value = typed(words)
        if value and plain[-1] in word_set("sky light lighting colours colors mood atmosphere picture"):
            if plain[-1] == "sky" and not {"weather", "time"} & value.keys():
                return _things(state, places, [f"{state.phrase(words)} sky"])
            return _fields(state, places, value)
        if is_clean(words) and len(words) <= 2 and plain[-1] in ("sky", "light", "lighting"):
            return _things(state, places, [f"{state.phrase(words)} {plain[-1]}"])
    if plain[-1:] == ["camera"]:
        shot = camera(words)
        return _fields(state, places, {"shot": shot}) if shot else None
    if plain[-1] in ("setting", "location", "place") and is_clean(words):
        return _fields(state, places, {"setting": state.phrase(words)})
    if "'s" in [word.low for word in subject]:
        return _said_of_part(state, subject, words, places, old)
    if subject and subject[0].low in ("his", "her", "their", "its") and len(subject) > 1:
        return _said_of_part(
            state, [subject[0], Word("'s", subject[0].end, subject[0].end), *subject[1:]], words, places, old
        )
    who = state.whom(subject, places)
    if who is not None:
        return said_of_person(state, who, words or list(said), said, places)
    if plain and plain[-1] in PRONOUNS and plain[0] not in ("they", "them"):
        raise UnreadError
    if {"and", "&"} & set(plain) or any(word.kind == "person" for word in subject):
        people = [one for part in _listed(subject) for one in [state.whom(part, places)] if one]
        if len(people) == len(_listed(subject)) and len(people) > 1:
            named = " and ".join(state.name(one) for one in people)
            return _act(state, people, named, said, places)
        return None
    if plain in (["everybody"], ["everyone"], ["they"], ["them"]) and places:
        if plain[0] in ("they", "them"):
            there = [one for place in places for one in state.board.scenes[place - 1].characters]
            named = " and ".join(dict.fromkeys(map(state.name, there))) or "they"
            return _act(state, [], named if len(set(there)) < 4 else "they", said, places)
        phrase = state.phrase(said)
        return _things(state, places, [f"everybody {phrase}"])
    return _said_of_thing(state, subject, words, places, article=said[0].low in ("a", "an"))


def _said_of_scene(state: State, words: Sequence[Word], said: Sequence[Word], places: tuple[int, ...] | None,
                   old: Sequence[Word]) -> list[f.Frame] | None:  # fmt: skip
    plain = [word.low for word in words]
    if not words:
        return None
    if plain[0] == "too" and len(plain) >= 2:
        opposite = LEXICON.opposites.get(plain[-1])
        return _fields(state, places, {"mood": opposite}) if opposite else None
    value = typed(words)
    if value:
        return _fields(state, places, value)
    style = _styled(words)
    if style is not None and plain[0] not in ("more", "less"):
        return [f.Style(style, places)] if places and len(places) < state.index.count else [f.Style(style)]
    setting = _place(state, said)
    if setting is not None and places:
        return _fields(state, places, {"setting": setting})
    shot = _framed(state, words)
    if shot is not None:
        return _fields(state, places, {"shot": shot})
    if (
        any(meaning.kind in ("shape", "format") for meaning in LEXICON.phrases.get(tuple(plain), ()))
        or plain[0] in _PASSIVE
    ):
        raise UnreadError
    if plain[0] in ("more", "less", "much", "lots", "plenty") and len(plain) >= 2:
        return _more(state, words, places)
    if plain[0] in ("rain", "snow", "storm", "pour", "thunder", "drizzle", "hail") and is_clean(words):
        return _fields(
            state, places, {"weather": _ing(plain[0]) + (f" {state.phrase(words[1:])}" if words[1:] else "")}
        )
    if len(words) == 1 and _is_adjective(plain[0]) and is_clean(words):
        return _fields(state, places, {"mood": plain[0]})
    return None


def _ing(word: str) -> str:
    return {"pour": "pouring rain", "thunder": "thunderstorm", "drizzle": "drizzle"}.get(word, word)


def _more(state: State, words: Sequence[Word], places: tuple[int, ...] | None) -> list[f.Frame] | None:
    rest = [word for word in words if word.low not in ("much", "a", "lot", "of")]
    if len(rest) == 2 and rest[1].low in LEXICON.grammar["qualities"] | LEXICON.look_nouns:
        return _fields(state, places, {"mood": f"{rest[0].low} {rest[1].low}"})
    if len(rest) == 2 and rest[0].low in ("more", "less") and (_is_adjective(rest[1].low)):
        return _fields(state, places, {"mood": f"{rest[0].low} {rest[1].low}"})
    if rest and rest[0].low in ("more", "lots", "plenty") and is_clean(rest[1:]):
        return _things(
            state, places, [f"many {state.phrase(rest[1:])}" if rest[0].low != "more" else state.phrase(rest)]
        )
    return None


def _is_adjective(word: str) -> bool:
    document = parse(f"The picture should look {word}.")
    token = next((token for token in document.tokens if token.text == word), None)
    return token is not None and token.word_class == "ADJ"


def _place(state: State, words: Sequence[Word]) -> str | None:
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
        return _present(state, who, [], places)
    if plain[0] in _WEARS and len(words) > 1:
        rest = words[1:]
        if plain[1] in ("to", "been", "pushed", "got") or rest[0].low in _WEARS:
            return None if plain[1] != "got" else _worn(state, who, rest[1:], places)
        return _worn(state, who, rest, places, holds=plain[0].startswith(("hold", "carr")))
    if plain[0] == "in" and len(words) > 1 and _LOOKS.search(plain[-1]):
        return _worn(state, who, words[1:], places)
    if plain[0] in ("dressed", "wrapped") and plain[1:2] == ["in"]:
        return _worn(state, who, words[2:], places)
    if plain == ["there"] or (plain and plain[0] in ("there", "here")):
        return _present(state, who, words[1:], places)
    if plain[0] == "not" or plain[0] == "no":
        return None
    article = bool(said) and said[0].low in ("a", "an")
    if article and is_clean(words) and "like" not in plain:
        description = with_article(state.phrase(words))
        if places and not set(state.of(who)) <= set(places):
            return None
        return [f.Wear(who, description, replace=True)]
    if _stands(words):
        return _stage(state, [who], f"{name} {state.phrase(said)}", places)
    if places and _is_deed(plain):
        return _act(state, [who], name, said, places)
    value = plain[-1]
    adjective = len(words) <= 3 and _is_adjective(value) and not value.endswith("ing")
    if adjective and is_clean(words):
        if value in _SIZES and places:
            return _stage(state, [who], f"{name} {state.phrase(words)}", places)
        if value in _EMOTIONS or LEXICON.opposites.get(value) is not None:
            return _stage(state, [who], f"{name} looking {state.phrase(words)}", places or state.of(who))
        if places and not set(state.of(who)) <= set(places):
            return _stage(state, [who], f"{name} {state.phrase(words)}", places)
        return [f.Wear(who, state.phrase(words))]
    acted = _act(state, [who], name, said, places)
    if acted is None and places and is_clean(said) and _is_adjective(plain[0]):
        return _stage(state, [who], f"{name} {state.phrase(said)}", places)
    return acted


def _is_deed(plain: Sequence[str]) -> bool:
    """Whether words begin with a verb in its base form or in -ing."""
    if (
        plain[0] in _SIZES
        or LEXICON.opposites.get(plain[0]) is not None
        or (plain[0].endswith(("er", "est")) and len(plain) == 1)
    ):
        return False
    token = parse(f"Sam will {' '.join(plain)}.").tokens[2]
    return (token.tag == "VB" and token.lemma not in ("be", "look")) or (
        plain[0].endswith("ing") and token.word_class == "VERB"
    )


def _worn(
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


def _present(state: State, who: str, doing: Sequence[Word], places: tuple[int, ...] | None) -> list[f.Frame] | None:
    """ "Otto could be in 8 too, asleep on a chair"."""
    if not places:
        return None
    doing = trimmed(doing)
    absent = [place for place in places if who not in state.board.scenes[place - 1].characters]
    frames = _joining(state, who, absent)
    if doing:
        frames += _stage(state, [who], f"{state.name(who)} {state.phrase(doing)}", places) or []
    return frames or None


def _stands(words: Sequence[Word]) -> bool:
    plain = [word.low for word in words]
    if plain[0] in word_set(
        """
        on in at to behind beside near under between next above over facing standing closer nearer
        """
    ):
        return True
    return (
        bool(set(plain) & _SIDES)
        and len(plain) <= 6
        and plain[0] in ("small", "large", "tiny", "big", "left", "right", "frame", "far", "further", *_SIDES)
    )


def _stage(state: State, people: Sequence[str], phrase: str, places: tuple[int, ...] | None) -> list[f.Frame] | None:
    """Something said of where or how people are in scenes, beside what happens there already."""
    if not places:
        raise UnreadError
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


def _act(
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


def _said_of_part(state: State, subject: Sequence[Word], words: Sequence[Word], places: tuple[int, ...] | None,
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
    return _worn_look(state, who, look, places)


def _worn_look(state: State, who: str, look: str, places: tuple[int, ...] | None) -> list[f.Frame]:
    if places is None or set(state.of(who)) <= set(places):
        return [f.Wear(who, look)]
    if state.since:
        return [f.Wear(who, look, since=min(places))]
    state.hold(places)
    return [f.Add(places, (f"{state.name(who)} with {look}",))]


def _said_of_thing(state: State, subject: Sequence[Word], words: Sequence[Word], places: tuple[int, ...] | None,
                   article: bool = False) -> list[f.Frame] | None:  # fmt: skip
    """ "the sky should be purple", "make the oranges bigger", "can the stone sparkle more?"."""
    if (
        not subject
        or not is_clean(subject)
        or not is_clean(words)
        or typed([word for word in subject if word.low != "bit"])
    ):
        return None
    if any(word.low in _NO_THINGS for word in subject):
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
        return _fields(state, tuple(here), value)
    if article:
        return _becomes(state, subject, words, places)
    if words[0].low == "like" or (words[0].low == "look" and words[1:2] and words[1].low == "like"):
        return _things(state, places, [f"the {thing} {state.phrase(words[words[0].low == 'look' :])}"])
    if words[0].low in word_set("come go be have match stay comes goes like same") or words[0].low in _PASSIVE:
        raise UnreadError
    adjective = len(words) <= 3 and (_is_adjective(words[-1].low) or words[-1].low in _SIZES)
    determined = subject[0].low in ("a", "an")
    if words[0].low.endswith("ed") and is_clean(words):
        return _things(
            state, places, [f"{with_article(thing) if determined else f'the {thing}'} {state.phrase(words)}"]
        )
    if adjective and words[0].low not in ("more", "less"):
        look = f"{state.phrase(words)} {thing}"
        return _things(state, places, [with_article(look) if not thing.endswith("s") else look])
    if _stands(words):
        return _things(
            state, places, [f"{with_article(thing) if determined else f'the {thing}'} {state.phrase(words)}"]
        )
    doing = state.doing(with_article(thing) if determined else f"the {thing}", words)
    return _things(state, places, [doing]) if doing else None


def _things(
    state: State, places: tuple[int, ...] | None, things: Sequence[str], gone: Sequence[str] = ()
) -> list[f.Frame]:
    if not places or any(word in LEXICON.unseen for thing in things for word in thing.lower().split()):
        raise UnreadError
    state.hold(places)
    return [f.Add(places, tuple(things), tuple(gone))]


# --- sentences
def make(state: State, clause: Clause) -> list[f.Frame] | None:
    """ "make 3 darker", "turn the alley into a staircase", "have Vera light a cigar", "let it happen at dusk"."""
    if clause.low[0] not in _MAKE:
        return None
    rest, places = state.split(clause)
    plain = [word.low for word in rest]
    head, body = plain[0], rest[1:]
    if not body or (head in word_set("show give put see bring keep go try set take") and head not in ("set",)):
        return None
    if head == "set":
        _place(
            state,
            [word for word in body if word.low not in ("the", "it", "story", "whole")]
            if body[0].low in ("it", "the")
            else body,
        )
        wanted, _ = words_before_instead(body)
        start = next((i for i, word in enumerate(wanted) if word.low in ("in", "on", "at", "inside")), None)
        if start is not None and (True):
            where = _place(state, wanted[start:])
            value = typed(wanted[start:])
            if value:
                return _fields(state, places or _everywhere(state), value)
            if where:
                return _fields(state, places or (_everywhere(state) if "story" in plain else None), {"setting": where})
        return None
    if body[0].low in ("sure", "that"):
        return None
    cutoff = _subject_end(body)
    subject, said = body[:cutoff], body[cutoff:]
    if said and said[0].low in word_set("into to be look feel being as like seem appear"):
        if said[0].low == "into" and subject and subject[0].kind != "person" and len(said) > 1:
            return _becomes(state, subject, said[1:], places)
        said = said[1:]
    if not said:
        subject, said = [], subject
    return said_of(state, subject, said, places)


def _everywhere(state: State) -> tuple[int, ...]:
    return tuple(range(1, state.index.count + 1))


def _becomes(
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
        return _fields(state, tuple(there), {"setting": state.phrase(words)})
    things = places or tuple(state.index.with_thing(wanted))
    return _things(state, things, [with_article(state.phrase(words))], [wanted[-1]]) if things else None


def _subject_end(words: Sequence[Word]) -> int:
    """How many words of "the ghost scarier" or "Dana do a kick" are whom it is about."""
    first = words[0]
    if (
        first.low in _IT
        or first.kind == "person"
        or (first.low in PRONOUNS and first.kind == "word" and first.low not in ("his", "her", "its", "their"))
    ):
        end = 1
        if len(words) > 2 and words[1].low == "'s":
            end = 3
            while end < len(words) - 1 and not _ends_subject(words, end):
                end += 1
            return end
        while end + 1 < len(words) and words[end].low in ("and", "&") and words[end + 1].kind == "person":
            end += 2
        return end
    if first.low in ("her",) and len(words) > 1 and words[1].kind == "word" and not _is_noun_word(words[1].low):
        return 1
    if first.low in ("the", "his", "her", "its", "their", "that", "this"):
        end = 2
        while end < len(words) and not _ends_subject(words, end):
            end += 1
        return end
    if first.kind == "word" and len(words) > 1 and first.low not in word_set("a an more less much in at on"):
        if typed(words) or _styled(words):
            return 0
        if first.low.endswith("s") and _is_adjective(words[-1].low):
            return 1
    return 0


def _is_noun_word(word: str) -> bool:
    tokens = parse(f"This is her {word}.").tokens
    return any(token.text == word and token.word_class in ("NOUN", "PROPN") for token in tokens)


def _ends_subject(words: Sequence[Word], i: int) -> bool:
    word = words[i]
    if word.kind == "person":
        return False
    if word.low in word_set(
        """
        a an much more less bit little into to be look feel too really very in on at even way far from slightly
        as like with of all behind happen and not bigger smaller
        """
    ):  # fmt: skip
        return word.low != "of"
    if (word.low,) in LEXICON.phrases and any(
        m.kind in ("look", "time", "weather", "shot") for m in LEXICON.phrases[(word.low,)]
    ):
        return True
    before = " ".join(w.low for w in words[:i])
    after = " ".join(w.low for w in words[i:])
    document = parse(f"Make {before} {after}.")
    token = next((t for t in document.tokens if t.text == word.low and t.index >= i), None)
    return (
        token is not None
        and token.word_class in ("ADJ", "VERB", "ADV", "AUX")
        and token.relation not in ("amod", "compound")
    )


def statement(state: State, clause: Clause) -> list[f.Frame] | None:
    """ "the sky in 3 should be purple", "from half-time on it's a night game", "Brandt is holding a clipboard"."""
    rest, scopes = take_scope(clause.words)
    plain = [word.low for word in rest]
    if clause.mood == "shown":
        places = state.places(scopes)
        rest = [word for word in rest if word.low != "?"]
        return _things(state, places, [state.phrase(rest)]) if places and is_clean(rest) else None
    if plain and plain[0] in _MODAL and len(rest) > 1:
        end = _subject_end(rest[1:]) if rest[1].low not in ("be", "have", "look", "feel") else 0
        rest = [*rest[1 : 1 + end], rest[0], *rest[1 + end :]]
        plain = [word.low for word in rest]
    verb = next(
        (i for i, word in enumerate(rest) if word.kind == "word" and word.low in _FINITE and (i or scopes)), None
    )
    if verb is None:
        return _simple_statement(state, clause, rest, scopes)
    places = state.places(scopes)
    subject, said = rest[:verb], rest[verb:]
    modal = said[0].low in _MODAL
    if (
        rest[0].low in REQUEST_VERBS | {"tell", "send", "print", "ask", "mail", "email", "say"}
        and rest[0].low not in _NOUN_VERBS
        and verb
    ):
        return None
    if said[0].low in ("looks", "feels", "look", "feel") and not (subject and subject[0].kind == "person"):
        return None
    while said and said[0].low in _MODAL | word_set(
        """
        to be is are was were look looks feel feels being get gets really perhaps maybe possibly just now rather
        also always become becomes seem go stay reads seems
        """
    ):  # fmt: skip
        if said[0].low in ("has", "have", "needs", "need", "wants", "want") or (said[0].low == "go" and len(said) < 2):
            break
        said = said[1:]
    if not said and subject and scopes and plain[verb] in word_set("should must could needs is can might may"):
        who = state.whom(subject, places)
        return _present(state, who, [], places) if who else None
    if not said:
        return None
    if said[0].low == "too" and len(said) > 1 and said[1].kind == "word" and not modal:
        words = bare(said[1:])
        opposite = LEXICON.opposites.get(words[-1].low) if words else None
        of_scene = not subject or all(word.low in _IT | {"the", "picture"} for word in subject)
        if opposite and of_scene and places:
            return _fields(state, places, {"mood": opposite})
        return None
    if said[0].low in _PASSIVE and not (subject and subject[0].kind == "person"):
        raise UnreadError
    if subject and subject[0].low in ("there",) and len(subject) == 1 and said[0].low == "no":
        who = state.whom([word for word in said[1:] if word.low not in ("any", "more")], places)
        if who is None or not places:
            raise UnreadError
        return [f.Person(state.board.character(who).name, places, gone=True)]
    if subject and subject[0].low in ("there",) and len(subject) == 1:
        value = typed([word for word in said if word.low not in ("a", "an", "some", "outside")])
        if value and places:
            return _fields(state, places, value)
        return _things(state, places, [state.phrase(said)]) if places and is_clean(said) else None
    if said[0].low in ("needs", "need", "wants", "want", "has", "have") or (
        plain[verb] == "gets" and said[0].low in ("a", "an", "more")
    ):
        if plain[verb] == "gets":
            said = [rest[verb], *said]
        return _has(state, subject, said, places)
    if said[0].low == "not" or said[0].low == "no":
        return _not(state, subject, said[1:], places)
    if subject and subject[0].low in ("nobody", "nothing"):
        return None
    if plain[verb] in ("happens", "happen", "takes", "take", "plays") and not subject:
        subject = []
    if not subject or (len(subject) == 1 and subject[0].low in ("it", "this", "that", "everything", "story")):
        frames = _statement_of_scene(state, said, places)
        if frames is not None:
            return frames
    if not subject:
        return said_of(state, [], said, places)
    return said_of(state, subject, said, places)


_MODAL = word_set("should must ought can could may might will would shall")
_FINITE = _MODAL | word_set(
    """
    is are was were has have needs need wants want gets looks feels happens happen takes wears holds carries
    plays
    """
)


_NOUN_VERBS = word_set("light cover cut frame title dress place drop shot name fade fog rain")


def _statement_of_scene(state: State, said: Sequence[Word], places: tuple[int, ...] | None) -> list[f.Frame] | None:
    words = [word for word in said if word.low not in ("game", "scene", "time", "nearly", "almost", "already", "still")]
    value = typed(words)
    if value and places:
        return _fields(state, places, value)
    return None


def _simple_statement(state: State, clause: Clause, rest: list[Word], scopes: Sequence[Word]) -> list[f.Frame] | None:
    """ "the ghost holds a dead flower", "13: they walk home through a street": a subject and a verb in the present."""
    if len(rest) < 2:
        return None
    first = rest[0]
    end = 1 if first.kind == "person" or first.low in ("he", "she", "they", "we", "it", "everybody") else 0
    if first.low == "the" and len(rest) > 2:
        end = next((i for i in range(2, min(len(rest), 5)) if rest[i].kind == "word" and rest[i].low.endswith("s")), 0)
        if not any(word.kind == "person" for word in rest[:end]) and not scopes:
            end = 0
    while end and end < len(rest) and rest[end].low in ("just", "then", "now", "also"):
        rest = rest[:end] + rest[end + 1 :]
    if (not end or end >= len(rest)) and scopes and first.low not in ("it",):
        end = _verb_place(rest)
        if end:
            return _said_of_thing(state, rest[:end], rest[end:], state.places(scopes)) if is_clean(rest) else None
    if not end or end >= len(rest) or first.low in ("it",):
        return None
    verb = rest[end].low
    places = state.places(scopes)
    if verb in _WEARS or verb in ("loses", "uses"):
        who = state.whom(rest[:end], places)
        if who is None:
            return None
        if verb == "loses":
            return [f.Wear(who, "", without=state.phrase(rest[end + 1 :]))] if not places else None
        if verb == "uses":
            return _worn(state, who, rest[end + 1 :], places, holds=True)
        return said_of_person(state, who, rest[end:], rest[end:], places)
    if not places:
        return None
    if first.low in ("he", "she", "they") or first.kind == "person" or first.low == "the":
        return said_of(state, rest[:end], rest[end:], places)
    return None


def _verb_place(words: Sequence[Word]) -> int:
    """Where the finite verb of a plain sentence stands; 0 where it is none."""
    document = parse(" ".join(word.low if word.kind != "person" else "Sam" for word in words) + ".")
    if len(document.tokens) != len(words) + 1:
        return 0
    return next(
        (
            token.index
            for token in document.tokens
            if token.relation == "ROOT" and token.tag in ("VBZ", "VBP") and token.lemma != "be"
        ),
        0,
    )


def _has(
    state: State, subject: Sequence[Word], said: Sequence[Word], places: tuple[int, ...] | None
) -> list[f.Frame] | None:
    """ "the policeman needs a moustache", "panel 4 needs more fog", "Theo has dinosaur pyjamas"."""
    rest = list(said[1:])
    while rest and rest[0].low in ("to", "be", "have", "has"):
        rest = rest[1:]
    if not rest:
        return None
    verbal = said[1:] and said[1].low == "to"
    if not subject:
        if verbal:
            return said_of(state, [], rest, places)
        value = typed(rest)
        if value and places:
            return _fields(state, places, value)
        if rest[-1].low in LEXICON.look_nouns | {"tint", "tinge", "hue"} and is_clean(rest) and places:
            return _fields(state, places, {"mood": state.phrase(bare(rest))})
        more = _more(state, rest, places) if rest[0].low in ("more", "less") else None
        return more or (_things(state, places, [state.phrase(rest)]) if places and is_clean(rest) else None)
    if verbal:
        return said_of(state, subject, rest, places)
    who = state.whom(subject, places)
    if who is not None:
        words = rest
        if words and words[0].low in ("his", "her", "their") and len(words) > 2:
            words = words[1:]
        return _worn(state, who, words, places)
    return None


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
        return _fields(state, places, {"shot": shot})
    fields: dict[str, str] = {}
    for word in bare(wanted):
        value = typed([word])
        if value is None and not (is_clean([word]) and (_is_adjective(word.low) or _colour(word.low))):
            return None
        for name, said in (value or {"mood": word.low}).items():
            fields[name] = f"{fields[name]}, {said}" if name in fields else said
    return _fields(state, places, fields) if fields else None


def _colour(word: str) -> bool:
    return word in word_set(
        """
        grey gray blue green red yellow purple orange pink white black golden silver brown
        """
    )


def _not(
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
    if said[0].low in _WEARS and len(said) > 1:
        thing = [word for word in said[1:] if word.low not in word_set("his her their a the any an more")]
        if not is_clean(thing):
            return None
        since = min(places) if places and state.since else None
        if places is None or since is not None:
            return [f.Wear(who, "", without=state.phrase(thing), since=since)]
        return _things(state, places, [], [state.phrase(thing)])
    if said[0].low in ("in", "there") and len(said) == 1 and places:
        return [f.Person(state.board.character(who).name, places, gone=True)]
    if len(said) == 1 and places is None:
        return [f.Wear(who, "", without=said[0].low)]
    return None


# --- things and people that come and go
def give(state: State, clause: Clause) -> list[f.Frame] | None:
    """ "give Mira a blue hat", "give 12 more light"."""
    if clause.low[0] not in _GIVE:
        return None
    rest, places = state.split(clause)
    body = rest[1:]
    if body and body[0].low in ("me", "us", "it", "them"):
        if body[0].low in ("me", "us"):
            body = body[1:]
            value = typed(body)
            if value and places:
                return _fields(state, places, value)
            return None
        body = body[1:]
    elif len(body) > 3 and body[0].kind == "person" and body[1].low in ("and", "&") and body[2].kind == "person":
        people = [state.whom([body[0]], places), state.whom([body[2]], places)]
        frames = [frame for who in people if who for frame in (_worn(state, who, body[3:], places) or [])]
        return frames if all(people) and frames else None
    elif body and (body[0].kind == "person" or body[0].low in ("him", "her")):
        who = state.whom(body[:1], places)
        if who is None or len(body) < 2 or body[1].low == "'s":
            return None
        return _worn(state, who, body[1:], places)
    if not body or not places:
        return None
    value = typed(body)
    if value:
        return _fields(state, places, value)
    if body[-1].low in LEXICON.look_nouns | {"tint", "tinge", "hue"} and is_clean(body):
        return _fields(state, places, {"mood": state.phrase(bare(body))})
    return _more(state, body, places) if body[0].low in ("more", "less") else None


def add(state: State, clause: Clause) -> list[f.Frame] | None:
    """ "add an owl on the bedpost in 1", "put a bell on her", "put Pepper on the window sill"."""
    plain = clause.low
    if plain[0] not in _ADD or (plain[0] in ("give", "draw", "paint") and plain[0] != "add"):
        return None
    rest, scopes = take_scope(clause.words)
    places = state.places(scopes)
    body = trimmed(rest[1:])
    if not body:
        return None
    value = typed(body)
    if value and not {"shot"} & value.keys() and plain[0] in ("add", "have", "show", "put"):
        if places is None:
            raise UnreadError
        return _fields(state, places, value)
    if body[0].low in ("more", "some", "lots"):
        more = _more(state, body, places) if body[0].low != "some" else None
        if more is not None:
            return more
    on = next((i for i, word in enumerate(body) if word.low in ("on", "around", "onto", "over") and i), None)
    if on is not None and on == len(body) - 2:
        who = state.whom(body[on + 1 :], places)
        if who is not None and is_clean(body[:on]):
            return _worn(state, who, body[:on], places)
    if body[0].kind == "person" or body[0].low in ("him", "her", "them"):
        if plain[0] in ("have", "show", "want", "need") and len(body) > 1:
            return None
        return _add_people(state, body, places)
    if body[0].low in ("the", "his", "her") and plain[0] in ("show", "have") and len(body) > 1 and places is None:
        return None
    if not is_clean(body) or not places:
        return None
    if plain[0] in ("have", "want", "need") and body[0].low not in word_set("a an some two three more several many"):
        return None
    finite = any(word.kind == "word" and word.low in _FINITE for word in body)
    if finite and not {"that", "says"} & {word.low for word in body}:
        return None
    return _things(state, places, [_thing(state, part) for part in _things_of(body)])


def _things_of(words: Sequence[Word]) -> list[list[Word]]:
    """ "a hat and a scarf" as two things; "a second ghost, a little boy, behind her" stays one."""
    plain = [word.low for word in words]
    for i, word in enumerate(plain):
        if (
            word in ("and", "&")
            and i + 1 < len(plain)
            and plain[i + 1] in ("a", "an", "some", "two", "three")
            and "," not in plain
        ):
            return [list(words[:i]), *_things_of(words[i + 1 :])]
    return [list(words)]


def _thing(state: State, words: Sequence[Word]) -> str:
    phrase = state.phrase(words)
    for word in words:
        if word.kind == "word" and word.low in ("her", "him") and word.people:
            phrase = re.sub(rf"\b{word.low}\b(?!\s+\w)", state.name(word.people[0]), phrase)
    return phrase


def _add_people(state: State, body: Sequence[Word], places: tuple[int, ...] | None) -> list[f.Frame] | None:
    who = state.whom(body[:1], places)
    if who is None:
        return None
    rest = trimmed(list(body[1:]))
    if places is None:
        return None
    if rest and rest[0].low in ("in",) and len(rest) == 1:
        rest = []
    while rest and rest[0].low in ("in", ",", "there") and len(rest) > 1 and rest[1].low in (",",):
        rest = rest[2:]
    if not rest:
        return _present(state, who, [], places)
    if not is_clean(rest):
        return None
    return _stage(state, [who], f"{state.name(who)} {state.phrase(rest)}", places)


def remove(state: State, clause: Clause) -> list[f.Frame] | None:
    """ "lose the lemon in 9", "take away the portrait", "get rid of the van in 3", "no cushion"."""
    plain = clause.low
    rest, scopes = take_scope(clause.words)
    words = [word.low for word in rest]
    if words[:1] and words[0] in _REMOVE:
        body = rest[1:]
    elif words[:3] == ["get", "rid", "of"]:
        body = rest[3:]
    elif words[:2] in (
        ["take", "away"],
        ["take", "out"],
        ["throw", "out"],
        ["throw", "away"],
        ["do", "without"],
        ["cut", "out"],
        ["take", "off"],
    ):
        body = rest[2:]
    elif words[:1] in (["take"], ["throw"], ["cut"], ["leave"]) and words[-1] in ("away", "out", "off"):
        body = rest[1:-1]
    elif plain[0] in ("i", "we") and "not" in words[:3] and "want" in words[:4]:
        return _unwanted(state, rest, state.places(scopes))
    elif words[:1] == ["no"] and len(words) <= 3 and scopes:
        body = rest[1:]
    else:
        return None
    body = [word for word in trimmed(body) if word.low not in ("out", "away")]
    if (
        not body
        or body[0].is_word("in", "into", "on", "to", "off", "by")
        or (words[0] == "drop" and body[0].low in ("a", "an", "some"))
    ):
        raise UnreadError
    places = state.places(scopes)
    who = state.whom(body, places)
    if who is not None:
        if places is None:
            return None
        there = tuple(place for place in places if who in state.board.scenes[place - 1].characters)
        state.hold(places)
        thing = state.board.character(who).name.lower().removeprefix("the ")
        return (
            [f.Person(state.board.character(who).name, there, gone=True)]
            if there
            else _things(state, places, [], [thing])
        )
    if len(body) > 2 and body[1].low == "'s" and body[0].kind == "person":
        owner = state.whom(body[:1], places)
        if owner is not None and places is None:
            return [f.Wear(owner, "", without=state.phrase(body[2:]))]
    if not is_clean(body):
        return None
    if body[0].low in word_set("the his her all any a an that those these their"):
        body = body[1:]
    if not body or body[0].low in ("the",):
        body = body[1:]
    if not body:
        return None
    if any(word.low in _NO_THINGS | _IT for word in body):
        raise UnreadError
    if words[0] == "no" and body[0].low == "more":
        body = body[1:]
    value = typed(body)
    if value and places and set(value) == {"weather"}:
        return _fields(state, places, {"weather": ""})
    if places is None:
        return None
    return _things(state, places, [], [state.phrase(body)])


def _unwanted(state: State, words: Sequence[Word], places: tuple[int, ...] | None) -> list[f.Frame] | None:
    """ "I don't want that the dog is there", "I don't want the dog in 10"."""
    at = next(i for i, word in enumerate(words) if word.low == "want")
    body = [
        word for word in words[at + 1 :] if word.low not in word_set("that is to be there see any more anymore in it")
    ]
    if not body or not places:
        return None
    who = state.whom(body, places)
    if who is not None:
        there = tuple(place for place in places if who in state.board.scenes[place - 1].characters)
        return [f.Person(state.board.character(who).name, there, gone=True)] if there else None
    if not is_clean(body):
        return None
    return _things(state, places, [], [state.phrase([word for word in body if word.low not in ("the", "a", "an")])])


def staged(state: State, clause: Clause) -> list[f.Frame] | None:
    """ "2: Dodge frame left, Vera frame right, facing each other", "bring the ref closer to camera"."""
    plain = clause.low
    rest, scopes = take_scope(clause.words)
    places = state.places(scopes)
    words = [word.low for word in rest]
    if words[:1] and words[0] in word_set("put place stand sit bring move push have") and len(rest) > 2:
        body = rest[1:]
        end = _subject_end(body)
        subject, where = body[:end], trimmed(body[end:])
        if not where or not places or not is_clean(where) or not _stands(where):
            return None
        who = state.whom(subject, places)
        name = state.name(who) if who else state.phrase(subject) if subject and is_clean(subject) else ""
        return _stage(state, [who] if who else [], f"{name} {state.phrase(where)}", places) if name else None
    if words[:1] == ["camera"]:
        return None
    if (
        not places
        or not any(word.kind == "person" for word in rest)
        or not (set(words) & _SIDES or "facing" in words or "behind" in words)
    ):
        return None
    if any(word.low in MODALS for word in rest) or plain[0] in _MAKE | _ADD or not is_clean(rest):
        return None
    people = list(dict.fromkeys(one for word in rest for one in word.people if len(word.people) == 1))
    return _stage(state, people, state.phrase(rest), places)


def described(state: State, clause: Clause) -> list[f.Frame] | None:
    """ "Grandma Rose: white hair in a bun, green shawl"."""
    words = clause.words
    if len(words) < 3 or words[0].kind != "person" or words[1].low != ":":
        return None
    who = state.whom(words[:1], None)
    if who is None or not is_clean(words[2:]) or not any(_LOOKS.search(word.low) for word in words):
        return None
    return [f.Wear(who, state.phrase(part)) for part in _listed(words[2:])]


def styled(state: State, clause: Clause) -> list[f.Frame] | None:
    """ "let's try the whole board as a 1960s French comic", "black and white for 7 and 8"."""
    rest, scopes = take_scope(clause.words)
    words = [word for word in rest if word.low not in word_set(
        """
        everything it all whole board storyboard story thing as like try go make do draw paint in the style a an
        turn into with for that this render should be look want of two used use to have only just redo switch
        change
        """
    )]  # fmt: skip
    style = style_of(words) if words else None
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


LOOK_RULES = (
    described,
    redraw,
    lasting,
    styled,
    light,
    staged,
    note,
    camera_moves,
    give,
    add,
    remove,
    make,
    shown_as,
    statement,
)
