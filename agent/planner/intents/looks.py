"""How panels look: light, weather, shots, moods, places."""

from __future__ import annotations

import re

from agent.planner.intents.describing import IN, about_topic, bare, details, topic_looks, vague
from agent.planner.intents.kit import Asked, Call, Choice, Doubt, Intent, Say, call, unread
from agent.requests.lexicon import LEXICON

__all__ = ["INTENTS"]

MOST_WORDS_OF_A_LOOK = 3
_JOINING = frozenset(
    ("and", "but", "very", "quite", "a", "bit", "little", "slightly", "almost", "even", "less", "more")
)
_MADE = re.compile(r"(?:lit|\w{2,}ed|drawn|hidden|torn|worn|strewn|overgrown) (?:by|in|with) \w+", re.IGNORECASE)
_ADJECTIVE = re.compile(
    r"[\w-]{2,}(?:ful|ous|ish|ic|ical|al|less|ive|ant|ent|esque|some|ier|like|looking|coloured|colored|toned|drawn|lit)"
)


def _too(a: Asked) -> Call:
    look = str(a.value("look"))
    words = look.split()
    opposite = LEXICON.opposites.get(words[0], "")
    if not opposite:
        raise Doubt(f"What should it be instead of {look}?")
    return call("edit_scenes", scenes=a.where(), mood=opposite)


def _more(a: Asked) -> Call:
    """ "5 is not dark enough": more of it."""
    item = a.item("detail")
    return call("edit_scenes", scenes=a.where(), mood=f"more {item.values.get('look', a.message.raw([item]))}")


def _it_looks(a: Asked) -> Call:
    """ "Make them bigger": the thing or person just spoken of, else the picture."""
    if not about_topic(a) or _names_a_feeling(a):
        return _mood(a)
    return topic_looks(a, bare(a.seen("how")))


def _shot_of(a: Asked) -> Call:
    """ "Show the wolf from below": in the scene just spoken of, if the wolf is there, or in the only one."""
    who = a.character()
    there = a.index.with_character([who])
    nearer = [place for place in there if place in (a.spoken or a.index.focus)]
    if not nearer and len(there) != 1 and "scenes" not in a.given:
        choices = [Choice(a.index.label(place), (place,)) for place in there[:8]]
        raise Doubt("In which scene?", "scenes", choices)
    scenes = list(a.given.get("scenes", nearer or there))
    return call("edit_scenes", scenes=scenes, shot=f"{a.item('detail').values['shot']} of {a.name(who)}")


def _tone_down(a: Asked) -> list[Call]:
    """ "5 is way too bright. Tone it down": that is done."""
    if a.corrects_itself and not a.has("scenes") and any(each["args"].get("mood") for each in a.before):
        return []
    return [call("edit_scenes", scenes=a.where(), mood="more muted")]


FIELDS = {"time": "time", "time_of_day": "time", "weather": "weather", "mood": "mood", "atmosphere": "mood"} | {
    "setting": "setting", "place": "setting", "shot": "shot", "camera": "shot", "style": "style"
}  # fmt: skip
LIGHT = ("light", "lighting", "colours", "colors", "look")
ASPECT = "|".join((*FIELDS, *LIGHT))
_OF_LIGHT = ("mood", "time")
_OF_ALL = ("time", "weather", "mood", "style")


def _as_elsewhere(a: Asked) -> list[Call] | Say:
    """ "The weather in 1 should match 4", "make 2 look like 1": what is set for the other scene, taken over."""
    scenes = a.scenes()
    if a.has("other"):
        other = a.scene("other")
    elif len(scenes) > 1:  # "copy the look of 5 to 8" is no range
        scenes, other = scenes[-1:], scenes[0]
    else:
        raise unread(a.message.raw(a.clause))
    words = re.findall(r"\w+", a.message.raw(a.clause).lower())
    named = [FIELDS[item.word] for item in a.clause if item.word in FIELDS]
    light = any(word in LIGHT for word in words if word != "look")
    fields = named or (_OF_LIGHT if light else _OF_ALL)
    found = {field: value for field in fields if (value := _set_for(a, other, field))}
    if not found:
        what = named[0] if named else "light" if light else "light or weather"
        return Say(f"No {what} is set for scene {other}, so nothing was changed.")
    if light and not named:
        found = dict(list(found.items())[:1])
    calls = []
    for place in scenes:
        new = {field: value for field, value in found.items() if _set_for(a, place, field) != value}
        if style := new.pop("style", ""):
            calls.append(call("set_style", style=style, scenes=[place]))
        if new:
            calls.append(call("edit_scenes", scenes=[place], **new))
    told = ", ".join(f"{field}: {value}" for field, value in found.items())
    return calls or Say(f"Both have that already ({told}), so nothing was changed.")


def _set_for(a: Asked, place: int, field: str) -> str:
    value = getattr(a.index.board.scenes[place - 1], field)
    return a.index.board.style if value is None else str(value)


def _names_a_feeling(a: Asked) -> bool:
    return any("look" in item.values or item.word in {"more", "less"} for item in a.match.slots["how"])


def _mood(a: Asked) -> Call:
    said = a.text("how")
    words = re.sub(r"^(?:look|feel|be)\s+", "", said, flags=re.IGNORECASE)
    if re.fullmatch(
        r"(?:a (?:bit|little)\s+)?(?:better|nicer|different|differently|good|something|it|more|less|other)",
        words.lower(),
    ):
        raise vague(a)
    if all("scenes" in item.values for item in a.match.slots["how"]):  # "4 is as good as 3"
        raise unread(a.message.raw(a.clause))
    scenes, mood = a.where(), bare(a.seen("how") if words == said else words)
    if a.has("scenes") and a.item("scenes").values["scenes"].placed and re.match(r"an? ", words):
        return call("edit_scenes", scenes=scenes, setting=mood)  # "I would rather the bakery were a bookshop"
    if not _is_look(a, mood):
        if len(mood.split()) > MOST_WORDS_OF_A_LOOK:
            raise unread(said)
        choices = (Choice("yes", (call("edit_scenes", scenes=scenes, mood=mood),)), Choice("no", ()))
        raise Doubt(f"Shall the picture look “{mood}”?", "calls", choices)
    return call("edit_scenes", scenes=scenes, mood=mood)


def _is_look(a: Asked, mood: str) -> bool:
    """Whether words say how a picture looks: they are led up to by "look", "feel" or "more", or every word is (or ends
    like) an adjective ("autumnal and windswept")."""
    if _MADE.match(mood):
        return True
    led = {item.word for item in a.clause} & {"look", "looks", "feel", "feels", "more", "describe", "less"}
    words = re.findall(r"[\w-]+", mood.lower())
    return bool(led) or all(
        word in _JOINING or word in LEXICON.opposites or _ADJECTIVE.fullmatch(word) for word in words
    )


def _no_weather(a: Asked) -> Call | Say:
    """ "no rain in 4": whatever falls there; "no snow anywhere": the rain of other scenes stays."""
    if a.has("last"):
        scenes = range(max(a.item("last").values["scenes"].positions) + 1, a.index.count + 1)
    elif a.has("scenes") and ((named := a.item("scenes").values["scenes"]).every or named.since):
        scenes = named.positions
    else:
        return call("edit_scenes", scenes=a.where(), take_away=["weather"])
    said = a.item("weather").values["weather"]
    having = [place for place in scenes if a.index.board.scenes[place - 1].weather == said]
    if not having:
        return Say(f"No scene there has {said}, so nothing was changed.")
    return call("edit_scenes", scenes=having, take_away=["weather"])


INTENTS = (
    Intent(
        "no weather",
        (
            "no|delete|stop|without|avoid|less|lift|clear {weather} [out] [from] [any] [{scenes}]",
            "no|delete|stop|without|avoid|clear {weather} after {last:scenes}",
            "[make] {scenes} no|without {weather}",
            "make {weather} stop [{scenes}]",
            "{scenes} not {weather}",
            "not {weather} {scenes}",
            "no|without {weather} at all",
            "make it|that stop",
            "({scenes} & too|too_much {weather})",
        ),
        _no_weather,
        ("no rain in 4", "stop the rain in scene 4", "no snow anywhere", "stop the rain after 4"),
    ),
    Intent(
        "time, weather, light, shot",
        (
            "[@change] ({scenes} & {detail+}) [instead] [in]",
            "[@change] ({scenes} & {detail+}) instead [of|than] {was:detail}",
            "{scenes} shot|filmed|drawn|seen {detail+}",
            "show {scenes} [from|in|at] {detail+}",
            "[@change] {detail+}",
            "[@change] time|weather|time_of_day|shot|camera|mood ({scenes} & {detail+})",
            "[@change] {detail+} in|on|at|for|of {character} in|of|for|at|from {scenes}",
            "[@change] {scenes} with|by|under|from {detail+}",
            "{detail+} suit|fit {scenes}",
            "[@change] {detail:weather} begin|begins|start|starts in|at|with {scenes} [already]",
        ),
        details,
        (
            "make scene 3 night",
            "sunset in 2",
            "let it snow in 5",
            "make 4 a dark rainy night",
            "warmer light in 2",
            "scene 3 from above",
            "make 1 a wide shot",
            "the mood of 8 should be joyful",
        ),
    ),
    Intent(
        "a shot of someone",
        (
            "[@change] {detail} on|of|at {subject...} in|for|from {scenes}",
            "[@change] ({scenes} & {detail} on|of|at {subject...})",
            "[@change|show] {scenes} from {subject...} 's {detail}",
            f"want|like|need|see|show {{subject...}} [to] [be] [seen|shown|filmed] {{detail:shot}} [{IN}] {{scenes}}",
            f"{{subject...}} [be] seen|shown|filmed {{detail:shot}} [{IN}] {{scenes}}",
        ),
        details,
        ("close-up on her face in 6",),
    ),
    Intent(
        "a shot of someone who is there",
        ("[@change|show] {character} [be] [seen|shown|filmed] [in|from|as] {detail:shot}",),
        _shot_of,
        ("show the wolf from below",),
    ),
    Intent(
        "closer",
        (
            "[@change] ({scenes} & zoom_in)",
            "[@change|go] zoom_in [{character}] [{scenes}]",
            "zoom_in on|to {what...} {scenes}",
        ),
        lambda a: call(
            "edit_scenes",
            scenes=a.where(),
            shot="close-up" + (f" of {bare(a.text('what'))}" if a.has("what") else ""),
        ),
        ("redraw 5 closer", "zoom in on the key in 6"),
    ),
    Intent(
        "further away",
        ("[@change] ({scenes} & zoom_out)", "[@change|go] zoom_out [from] [{character}] [{scenes}]"),
        lambda a: call("edit_scenes", scenes=a.where(), shot="wide shot"),
        ("zoom out in panel 4",),
    ),
    Intent(
        "brighter",
        ("brighten [{scenes}] [up]", "change|make brighten {scenes}"),
        lambda a: call("edit_scenes", scenes=a.where(), mood="brighter"),
        ("brighten 4",),
    ),
    Intent(
        "darker",
        ("darken [{scenes}] [down]",),
        lambda a: call("edit_scenes", scenes=a.where(), mood="darker"),
        ("darken scenes 2 and 3",),
    ),
    Intent(
        "livelier",
        ("cheer|liven|spice [up] {scenes} [up]", "cheer|liven|spice it|that|this|them up", "cheer|liven|spice up it"),
        lambda a: call("edit_scenes", scenes=a.where(), mood="more cheerful"),
        ("cheer scene 6 up",),
    ),
    Intent(
        "quieter colours",
        ("mute [{scenes}]",),
        _tone_down,
        ("tone down the colours in 8",),
    ),
    Intent(
        "softer",
        ("soften [{what...}] [in] {scenes}", "soften [{scenes}]"),
        lambda a: call("edit_scenes", scenes=a.where(), mood="softer light"),
        ("soften 2",),
    ),
    Intent(
        "too dark",
        (
            "({scenes} & [looks|seems|came|come] [out] too|too_much {look})",
            "too|too_much {look} [in] {scenes}",
            "too|too_much|less {look}",
            "({scenes} & less {look})",
        ),
        _too,
        ("5 is too dark", "scene 4 feels too cheerful"),
    ),
    Intent(
        "not enough",
        ("{scenes} not {detail} enough", "{scenes} not look|looks|seem|feel {detail} enough", "not {detail} enough"),
        _more,
        ("5 is not stormy enough",),
    ),
    Intent(
        "any other look",
        (
            "make|describe|set|change|want|give|look {scenes} [to|look|be] {how...}",
            "{scenes} be|look|feel|needs|should [look|be|feel] {how...}",
            "instead {scenes} [be|look] {how...}",
            "more {how...} {scenes}",
            "make {scenes} [look|be] more {how...}",
        ),
        _mood,
        last_resort=1,
        examples=("make 3 more hopeful", "make 4 feel like a fairground"),
    ),
    Intent(
        "how it looks",
        ("make it|that|this|them {how...}",),
        _it_looks,
        last_resort=1,
        examples=("make it huge",),
    ),
    Intent(
        "as in another scene",
        (
            "[make|give] {scenes}|it|that describe|match|matches|resemble {other:scenes}",
            (
                f"[@change|make] [{ASPECT}] [of|in|for] {{scenes}} [be] match|matches|same|describe "
                "[as|like|to|in|of|from] {other:scenes}"
            ),
            "[make|give] {scenes}|it|that [should] [look|be] more describe|like|as {other:scenes}",
            f"duplicate {ASPECT} [of|from|in] {{other:scenes}} to|into|onto|in|for {{scenes}}",
            f"duplicate {ASPECT} [of|from|in] {{scenes}}",
            f"[@change|make|give] same {ASPECT} in|for|to {{scenes}} as|like [in|for] {{other:scenes}}",
            f"[@change|make|give] {{scenes}} [has|with|in|get] same {ASPECT} as|like [in|for|of] {{other:scenes}}",
        ),
        _as_elsewhere,
        ("the weather in 1 should match 4", "make 2 look like 1", "same light in 3 as in 5"),
    ),
    Intent(
        "place",
        (
            "move|put|place|set|change|make {scenes} to|into|in|on|at|inside|near|under|by|beside {what...}",
            "[@change] [the] setting {scenes} [to|be|is|now] {what...}",
            "{scenes} happen|set to|into|in|on|at|inside|near|under|by|beside {what...}",
            "setting {scenes} {what...}",
            "{scenes} be in|inside|at the|a|an|some {what...}",
            "make {scenes} happen to|into|in|on|at|inside|near|under|by|beside {what...}",
        ),
        lambda a: call("edit_scenes", scenes=a.where(), setting=re.sub(r"\s+now$", "", bare(a.seen("what")))),
        ("move scene 2 to a castle kitchen", "change the setting of 7 to a frozen river", "set 5 on a mountain top"),
    ),
)
