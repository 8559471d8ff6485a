"""Typed values: what words mean as a time, a weather, a shot, a light or mood, a style, a length of time."""

from __future__ import annotations

from collections.abc import Sequence

from agent.requests.lexicon import LEXICON
from agent.requests.words import Word, word_set

__all__ = ["DEGREES", "bare", "camera", "is_clean", "seconds", "style_of", "typed", "words_before_instead"]

DEGREES = word_set(
    """
    a an the bit little touch much far way really so very slightly somewhat rather ever just even quite pretty
    bit's more-or-less nearly almost lot tad super each time still properly totally completely all be being look
    looking feel feeling is are it to as like
    """
)
_ASKING = word_set(
    """
    i we you me us please could would should must want need if whether because so although though panel panels
    scene scenes instead whenever wherever which thanks thank maybe perhaps can cannot not n't never what why
    how unless who whose same match matches matching mean meant
    """
)
_ABBREVIATIONS = {
    "ecu": "extreme close-up", "xcu": "extreme close-up", "bcu": "extreme close-up", "cu": "close-up",
    "mcu": "medium close-up",
    "ms": "medium shot", "ws": "wide shot", "ls": "wide shot", "els": "extreme wide shot", "ews": "extreme wide shot",
    "xws": "extreme wide shot", "mls": "medium wide shot", "fs": "full shot", "ots": "over-the-shoulder shot",
    "pov": "point of view", "2s": "two shot", "mws": "medium wide shot",
}  # fmt: skip
_CAMERA = word_set(
    """
    extreme wide wider widest medium close closer closest up tight tighter full long low high angle eye level
    from above below behind front side the shot view over shoulder point of dutch tilt bird birds 's worm
    tracking panning pan dolly push pull in out back further farther away distance far afar floor ground ceiling
    sky overhead top down profile zoom zoomed looking straight upwards downwards nearer near establishing master
    two bust waist head toe tilted silhouette insert aerial frontal very much really static handheld crane drone
    """
)
_CAMERA_HEADS = word_set(
    """
    wide wider medium close closer tight tighter full long low high level above below behind overhead silhouette
    shoulder tracking dolly aerial establishing profile further farther nearer afar distance dutch floor ground
    tilt zoom pan front side frontal view handheld crane drone widest closest
    """
)
_NEARER, _FARTHER = frozenset(("closer", "tighter", "nearer")), frozenset(("further", "farther", "wider"))


def bare(words: Sequence[Word]) -> list[Word]:
    """The words without what says only how much, at either end."""
    words = list(words)
    while words and words[0].kind == "word" and words[0].low in DEGREES:
        words = words[1:]
    while words and words[-1].kind == "word" and words[-1].low in word_set("bit little much lot touch a time tad"):
        words = words[:-1]
    return words


def camera(words: Sequence[Word]) -> str | None:
    """A shot, an angle or a distance of the camera, in one spelling; None where words say something else."""
    plain = [word.low for word in words if word.low not in word_set(", - a an shoot it really very much")]
    if not plain:
        return None
    shots = [one.value for one in LEXICON.phrases.get(tuple(plain), ()) if one.kind == "shot"]
    if shots and plain not in (["wide"], ["medium"]):
        return shots[0]
    if len(plain) == 1 and plain[0] in _ABBREVIATIONS:
        return _ABBREVIATIONS[plain[0]]
    if any(word not in _CAMERA and word not in _ABBREVIATIONS for word in plain):
        return None
    if not any(word in _CAMERA_HEADS or word in _ABBREVIATIONS for word in plain):
        return None
    if plain == ["from", "the", "front"]:
        return "front view"
    if plain in (["low"], ["down", "low"], ["lower"]):
        return "low angle"
    if plain in (
        ["front"],
        ["side"],
        ["high"],
        ["low"],
        ["long"],
        ["full"],
        ["level"],
        ["in", "front"],
        ["ground"],
        ["floor"],
        ["behind"],
    ):
        return None
    if plain[0].startswith("zoom"):
        return "wider shot" if set(plain) & {"out", "back"} else "closer shot" if "in" in plain else None
    text = " ".join(_ABBREVIATIONS.get(word, word) for word in plain).replace(" 's", "'s")
    if set(plain) & _FARTHER:
        return "wide shot, from far away" if "away" in plain or "back" in plain else "wider shot"
    if set(plain) & _NEARER:
        return "closer shot"
    text = (
        text.replace("from the close up", "close-up")
        .replace("from close up", "close-up")
        .replace("close up", "close-up")
    )
    if text in ("wide", "extreme wide", "medium", "full", "tight", "medium wide", "long", "close", "extreme close"):
        return f"{text} shot".replace("close shot", "close-up").replace("tight shot", "close-up")
    if "floor" in plain or "ground" in plain or {"looking", "up"} <= set(plain):
        return "low angle, looking up"
    if "behind" in plain:
        return "back view, from behind"
    if "above" in plain or "overhead" in plain:
        return "bird's-eye view, from above"
    if "below" in plain:
        return "low angle, from below"
    return text


def typed(words: Sequence[Word]) -> dict[str, str] | None:
    """Fields and their values, where the words are nothing but values: "night and rain", "a bit darker"."""
    fields: dict[str, list[str]] = {}
    words = bare(words)
    if not words or any(word.kind not in ("word", "mark") for word in words):
        return None
    i = 0
    while i < len(words):
        if words[i].low in (",", "and", "&", "with", "but") and i:
            i += 1
            continue
        found = _value(words, i) or _camera_at(words, i) or _abbreviated(words, i)
        if found is None and words[i].low in DEGREES | {"at", "in", "of", "by", "during"}:
            i += 1
            continue
        if found is None:
            return None
        kind, value, i = found
        fields.setdefault(kind, [])
        if value not in fields[kind]:
            fields[kind].append(value)
    return {kind: ", ".join(values) for kind, values in fields.items()} or None


def _abbreviated(words: Sequence[Word], i: int) -> tuple[str, str, int] | None:
    shot = _ABBREVIATIONS.get(words[i].low)
    return ("shot", shot, i + 1) if shot else None


def _camera_at(words: Sequence[Word], i: int) -> tuple[str, str, int] | None:
    end = next((k for k in range(i, len(words)) if words[k].low in (",", "and", "&", "with")), len(words))
    shot = camera(words[i:end])
    return ("shot", shot, end) if shot else None


def _value(words: Sequence[Word], i: int) -> tuple[str, str, int] | None:
    end = next((k for k in range(i, len(words)) if words[k].low in (",", "and", "&")), len(words))
    stop = min(i + LEXICON.longest, len(words))
    while stop > i:
        spelled = tuple(word.low for word in words[i:stop])
        meanings = {meaning.kind: meaning.value for meaning in LEXICON.phrases.get(spelled, ())}
        for kind in ("time", "weather", "shot"):
            if kind in meanings:
                return kind, meanings[kind], stop
        if "look" in meanings:
            nouns = stop
            while nouns < len(words) and words[nouns].low in LEXICON.look_nouns:
                nouns += 1
            return "mood", " ".join(word.low for word in words[i:nouns]), nouns
        stop -= 1
    if words[i].low in ("more", "less") and i + 1 < len(words):
        following = _value(words, i + 1)
        if following is not None and following[0] == "mood":
            opposite = LEXICON.opposites.get(following[1]) if words[i].low == "less" else None
            if opposite:
                return "mood", opposite, following[2]
            return "mood", f"{words[i].low} {following[1]}", following[2]
        if words[i + 1].low in LEXICON.grammar["qualities"] | LEXICON.look_nouns and i + 2 >= end:
            return "mood", f"{words[i].low} {words[i + 1].low}", i + 2
    return None


_NO_STYLE = word_set(
    """
    give show film below above behind from is am are was be been done back return before after can bored tired liked
    with without by
    """
)


def style_of(words: Sequence[Word]) -> str | None:
    """A style of the catalogue that words name, or free words that end in one ("a 1960s French comic")."""
    words = list(bare(words))
    while words and words[0].low in word_set("style of in a an the as like :"):
        words = words[1:]
    while words and words[-1].low in ("style", "look", "drawing", "version"):
        words = words[:-1]
    if not words or any(word.kind == "scenes" for word in words):
        return None
    spelled = tuple(word.low for word in words)
    for begin in range(len(spelled)):
        for end in (len(spelled), *(k for k in range(begin + 1, len(spelled)) if spelled[k] in ("of", "with", "from"))):
            for meaning in LEXICON.phrases.get(spelled[begin:end], ()):
                if meaning.kind == "style" and not (begin == 0 and meaning.value in ("fantasy",)):
                    whole = begin == 0 and end == len(spelled)
                    if not whole and (not is_clean(words) or set(spelled) & _NO_STYLE):
                        continue
                    return meaning.value if whole else " ".join(spelled).replace(" 's", "'s")
    return None


def is_clean(words: Sequence[Word]) -> bool:
    """Whether words may be stored as a value: none of them is a word of asking, and none points at scenes."""
    return bool(words) and not any(
        word.kind == "scenes" or (word.kind == "word" and word.low in _ASKING) for word in words
    )


def seconds(words: Sequence[Word]) -> tuple[str, float] | None:
    """A length of time: ("is", 6.0), ("times", 0.5), ("more", 1.0) or ("more", -1.0); None where there is none."""
    plain = [word.low for word in words]
    units = ("second", "seconds", "sec", "secs", "s")
    longer = next(
        (word for word in plain if word in word_set("longer shorter more less extra slower faster quicker")),
        "",
    )
    sign = -1.0 if longer in ("shorter", "less", "faster", "quicker") else 1.0
    if "half" in plain and ("long" in plain or "length" in plain or "time" in plain or "duration" in plain):
        return "times", 0.5
    if "twice" in plain or "double" in plain:
        return "times", 2.0
    for i, word in enumerate(words):
        after = plain[i + 1] if i + 1 < len(plain) else ""
        if word.kind == "number" and after in ("times", "x"):
            return "times", float(word.number) if sign > 0 else 1 / max(word.number, 1)
        if word.kind == "number" and (after in units or (after in ("more", "extra") and set(plain) & set(units))):
            return ("more", sign * word.number) if longer else ("is", float(word.number))
        if word.low in ("a", "another", "one") and after in units:
            return ("more", sign) if longer or word.low == "another" else ("is", 1.0)
        if word.low == "half" and plain[i + 1 : i + 3] == ["a", "second"]:
            return ("more", sign * 0.5) if longer else ("is", 0.5)
        if word.kind == "ordinal" and word.low == "second" and i and words[i - 1].low == "a" and longer:
            return "more", sign
    if longer in ("longer", "shorter", "slower", "faster", "quicker"):
        return "times", 1.5 if longer in ("longer", "slower") else 0.67
    return None


def words_before_instead(words: Sequence[Word]) -> tuple[list[Word], list[Word]]:
    """What is wanted, and what it stands instead of: "a park instead of a street", "yellow, not green"."""
    plain = [word.low for word in words]
    for i in range(len(plain)):
        for mark in (
            ("instead", "of"),
            ("and", "no", "longer"),
            ("rather", "than"),
            ("than",),
            (",", "not"),
            ("and", "not"),
            ("in", "place", "of"),
            ("not",),
        ):
            if tuple(plain[i : i + len(mark)]) != mark:
                continue
            old = list(words[i + len(mark) :])
            but = next((k for k, word in enumerate(old) if word.low == "but"), None)
            if i == 0 and but is not None:
                return old[but + 1 :], old[:but]
            if i == 0 or not old or plain[i - 1] == "but":
                continue
            return list(words[:i]), old
    return list(words), []
