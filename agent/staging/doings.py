"""What the words of an action say of each figure: pose, what is in the hand, which way it goes, whom it speaks to."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from agent.staging.words import head_noun, known_word, words_of

__all__ = ["KNOWN_POSES", "Doing", "doings", "feeling_in", "pose_in", "scale_in"]

POSES: Mapping[str, tuple[str, ...]] = MappingProxyType({
    "running": ("run", "rac", "flee", "fled", "chas", "escap", "rush", "hurr", "gallop", "sprint", "dash", "ran"),
    "walking": ("walk", "stroll", "wander", "march", "hik", "follow", "enter", "leav", "left", "approach", "return",
                "travel", "com", "came", "go", "goes", "went", "step", "cross", "arriv"),
    "sitting": ("sit", "sat", "seat", "perch", "eat", "ate", "drink", "drank"),
    "kneeling": ("kneel", "knelt"),
    "sleeping": ("sleep", "slept", "asleep", "lie", "lay", "lying", "dream", "nap", "faint"),
    "climbing": ("climb",),
    "jumping": ("jump", "leap", "leapt", "hop", "bounc", "pounc", "spring", "sprang"),
    "dancing": ("danc", "twirl", "celebrat"),
    "flying": ("fly", "flew", "soar", "hover", "float", "glid"),
    "swimming": ("swim", "swam", "div", "drown", "bath", "wad"),
    "waving": ("wav", "greet", "beckon", "welcom"),
    "reading": ("read", "stud"),
    "pointing": ("point", "aim", "show", "command", "accus"),
    "hugging": ("hug", "embrac", "cuddl"),
    "fighting": ("fight", "fought", "attack", "strik", "struck", "wrestl"),
    "pushing": ("push", "shov"),
    "lifting": ("lift", "rais", "hoist"),
    "crying": ("cry", "cri", "weep", "wept", "sob"),
    "cooking": ("cook", "stir", "bak"),
    "kissing": ("kiss",),
    "looking up": (),
    "looking down": (),
    "rowing": ("row",),
    "riding": ("rid", "rode"),
    "driving": ("driv", "drove"),
    "digging": ("dig", "dug"),
    "praying": ("pray",),
    "crouching": ("crouch", "squat", "hid", "duck"),
    "throwing": ("throw", "threw", "toss", "hurl"),
    "carrying": ("carr",),
    "shouting": ("shout", "yell", "scream"),
    "falling": ("fell", "stumbl", "trip", "tumbl"),
    "writing": ("writ", "wrote"),
    "sweeping": ("sweep", "swept"),
    "standing": ("stand", "stood", "wait", "look", "stop", "watch", "hold", "held", "listen"),
})  # fmt: skip
KNOWN_POSES = tuple(POSES)
MOVING = frozenset(
    "running walking carrying riding driving rowing climbing flying swimming jumping pushing".split()  # noqa: SIM905
)
_BACK = re.compile(r"\b(?:back|home|returns?|returned|retreats?|leaves|left|away)\b", re.IGNORECASE)
_GAZE = re.compile(r"\b(?:look|gaz|star|peer|glanc)(?:e|es|s|ed|ing)? (up|down)(?:wards?)?\b", re.IGNORECASE)
_TALK = re.compile(
    r"\b(?:says?|said|tells?|told|asks?|asked|talks?|talked|speaks?|spoke|whispers?|whispered|answers?|answered|replies|"
    r"replied|greets?|argues?|argued|shows?|gives?|gave|offers?|offered|thanks?|begs?|begged|meets?|met|warns?|hugs?|"
    r"fights?|faces?|shakes? hands)\b",
    re.IGNORECASE,
)
_HOLDS = re.compile(
    r"\b(?:hold(?:s|ing)?|held|carr(?:y|ies|ied|ying)|with|lift(?:s|ed|ing)?|rais(?:es|ed|ing)|wav(?:es|ed|ing)|"
    r"grips?|clutch(?:es|ed|ing)|grasps?|takes?|took|picks? up|reads?|reading|brings?|brought|gives?|offers?) "
    r"((?:an?|the|his|her|its|their|some|up) (?:[\w-]+ ){0,2}?[\w-]+)",
    re.IGNORECASE,
)
_WHERE = re.compile(
    r"\b(behind|under|beneath|on|in|inside|into|onto|beside|near|next to|at|by|against|around) "
    r"((?:an?|the|his|her|its|their) (?:[\w-]+ ){0,2}?[\w-]+)",
    re.IGNORECASE,
)
_SCALES: Mapping[float, tuple[str, ...]] = MappingProxyType({
    1.7: ("huge", "giant", "gigantic", "enormous", "towering"),
    1.25: ("bigger", "larger"),
    0.8: ("smaller",),
    0.55: ("tiny", "minute"),
})  # fmt: skip
FEELINGS = ("happy", "sad", "angry", "scared", "surprised", "tired", "proud", "worried")


@dataclass(frozen=True)
class Doing:
    """What one figure does. `heading` is "on", "back" or "" for who stays; `where` are (preposition, thing)."""

    pose: str = "standing"
    holds: str = ""
    heading: str = ""
    talks: bool = False
    feeling: str = ""
    where: tuple[tuple[str, str], ...] = ()
    acts: bool = False
    scale: float = 1.0


def pose_in(text: str) -> str:
    """The first pose that words ask for; "" where they ask for none."""
    if gaze := _GAZE.search(text):
        return f"looking {gaze[1].lower()}"
    for word in words_of(text):
        for pose, stems in POSES.items():
            if word == pose or any(_is_form(word, stem) for stem in stems):
                return pose
    return ""


def scale_in(words: str) -> float:
    """How much larger than in life words say that something is: "a huge wolf", "Tom bigger"."""
    sizes = (size for word in words_of(words) for size, names in _SCALES.items() if word in names)
    return next(sizes, 1.0)


def feeling_in(text: str) -> str:
    """The first feeling that words name; "" where they name none."""
    moods = (known_word("moods", word) for word in words_of(text))
    return next((mood for mood in moods if mood), "")


def doings(action: str, names: Mapping[str, Sequence[str]]) -> dict[str, Doing]:
    """What an action says of each figure; `names` maps who -> the names they go by. The words behind a name, up to the
    next one, are about that figure; an action that names nobody is about the first."""
    pattern = {
        who: re.compile("|".join(rf"\b{re.escape(name)}\b" for name in known if name), re.IGNORECASE)
        for who, known in names.items()
    }
    places = sorted(
        (match.start(), match.end(), who)
        for who, named in pattern.items()
        if named.pattern
        for match in named.finditer(action)
    )
    together = re.match(r"\s*they\b|.*\b(?:both|together|all)\b", action, re.IGNORECASE)
    told: dict[str, str] = dict.fromkeys(names, "")
    if not places:
        for number, who in enumerate(names):
            told[who] = action if number == 0 or together else ""
    else:
        told[places[0][2]] += action[: places[0][0]] + " "
        joined: list[str] = []
        for (_, end, who), following in zip(places, [*places[1:], (len(action), 0, "")], strict=True):
            between = action[end : following[0]]
            joined.append(who)
            if following[2] and re.fullmatch(r"[\s,]*(?:and|with)?[\s,]*(?:the )?", between):
                continue  # "Mira and Tom run": both do
            for each in dict.fromkeys(joined):
                told[each] += between + " "
            joined = []
    talk = bool(_TALK.search(action))
    return {who: _doing(words, talk and len(names) > 1) for who, words in told.items()}


def _doing(words: str, talks: bool) -> Doing:
    pose = pose_in(words)
    holds = next((noun for match in _HOLDS.finditer(words) if (noun := _held(match[1]))), "")
    heading = ("back" if _BACK.search(words) else "on") if pose in MOVING else ""
    where = tuple((match[1].lower(), head_noun(match[2])) for match in _WHERE.finditer(words))
    return Doing(
        pose or "standing",
        holds,
        heading,
        talks,
        feeling_in(words),
        where,
        bool(pose or words.strip()),
        scale_in(words),
    )


def _held(phrase: str) -> str:
    """The thing in the hand that a phrase names, in the world's word; "" where no hand holds that."""
    noun = known_word("objects", phrase)
    return noun if noun in HELD else ""


HELD = frozenset(
    """lantern book sword shield bow axe hammer wand staff broom key letter map scroll apple bread cake cup bottle
    candle flower bouquet mushroom basket bag umbrella balloon ball kite drum guitar trumpet bell gem ring coin egg
    camera telescope phone clock mirror heart star flag gift""".split()  # noqa: SIM905
) | {"teddy bear", "crystal ball", "magnifying glass", "fishing rod"}


def _is_form(word: str, stem: str) -> bool:
    """Whether a word is a form of a verb: "runs", "running" and "ran" of "run"."""
    if not word.startswith(stem):
        return False
    end = word.removeprefix(stem)
    doubled = end[1:] if end[:1] == stem[-1:] else end
    return any(form in ("", "s", "es", "ed", "d", "ing", "e", "y", "ies", "ied", "ying") for form in (end, doubled))
