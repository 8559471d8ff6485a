"""What rows about looks share: light and shots said together, things by name, and what to ask of a vague wish."""

from __future__ import annotations

import re

from agent.planner.intents.kit import Asked, Call, Choice, Doubt, call

__all__ = [
    "IN",
    "IT",
    "OUT",
    "about_topic",
    "bare",
    "details",
    "is_look",
    "looking",
    "things_in",
    "topic_looks",
    "topic_places",
    "vague",
    "without_topic",
]

IN = "in|into|to|on|onto|at|for|of|inside|over|above|under|behind|beside|near"
IT = "it|that|this|them|those|these"
OUT = "from|in|out|of|on|at|off"


def details(a: Asked) -> Call:
    """Times, weathers, shots and moods said together: "a dark rainy night, from above"."""
    values: dict[str, str] = {}
    times = list(dict.fromkeys(item.values["time"] for item in a.match.slots["detail"] if "time" in item.values))
    if len(times) > 1 and not {"instead", "than"} & {item.word for item in a.clause}:  # "the one at dawn at dusk"
        raise Doubt(f"Shall it be {' or '.join(times)}?")
    for item in a.match.slots["detail"]:
        for field, kind in (("time", "time"), ("weather", "weather"), ("shot", "shot"), ("mood", "look")):
            if kind in item.values and field not in values:
                values[field] = item.values[kind]
                break
    if a.has("subject"):
        values["shot"] = f"{values.get('shot', 'close-up')} of {bare(a.text('subject'))}"
    scenes = a.scenes()
    mood = values.get("mood")
    if mood and all(a.index.board.scenes[position - 1].mood == mood for position in scenes):
        values["mood"] = f"even {mood}"
    return call("edit_scenes", scenes=scenes, **values)


def bare(words: str) -> str:
    """ "another of the lanterns" without what stands before the noun: "lanterns"."""
    return re.sub(
        r"^(?:(?:an?|the|some|more|any|another|all|of|these|those|that|this)\s+)+", "", words, flags=re.IGNORECASE
    )


def things_in(words: str) -> list[str]:
    """ "an owl and a candle" is two things."""
    parts = re.split(r"\s*,\s*(?:and\s+)?|\s+(?:and|plus)\s+(?=an?\s|the\s|some\s|\w+$)", words)
    return [bare(part) for part in parts if part]


def vague(a: Asked) -> Doubt:
    """A request to change something without saying how: asks which of some changes is meant."""
    positions = list(a.scenes()) if a.has("scenes") or a.spoken or a.index.focus else []
    if not positions:
        a.require_board()
        return Doubt(
            "What should I change, and in which scene? For example “make scene 3 darker” or “redraw 5 closer”."
        )
    where = "it" if len(positions) > 1 else f"scene {positions[0]}"
    ideas = (
        ("draw it again", call("redraw", scenes=positions)),
        ("brighter", call("edit_scenes", scenes=positions, mood="brighter")),
        ("darker", call("edit_scenes", scenes=positions, mood="darker")),
        ("closer", call("edit_scenes", scenes=positions, shot="close-up")),
        ("further away", call("edit_scenes", scenes=positions, shot="wide shot")),
    )
    return Doubt(f"What should change in {where}?", "calls", [Choice(label, (each,)) for label, each in ideas])


def topic_places(a: Asked) -> list[int]:
    """The scenes that a request about "it" is for: those it names, those where the thing or person was spoken of, or
    all that have the thing."""
    if a.has("scenes"):
        return list(a.scenes())
    places = a.topic.scenes or (a.index.with_thing(a.topic.thing.split()) if a.topic.thing else ())
    return list(places) or list(a.scenes())


def topic_looks(a: Asked, how: str) -> Call:
    """ "Make them bigger": the thing or the person just spoken of."""
    if a.topic.character and a.topic.thing:  # "I don't like Mira's hair. Make it blonde"
        look = f"{how} {a.topic.thing}"
        if not (a.has("scenes") or a.topic.scenes):
            return call("describe_character", character=a.topic.character, description=look)
        return call("edit_scenes", scenes=topic_places(a), add_objects=[f"{a.topic.character} with {look}"])
    if a.topic.character:
        return call("edit_scenes", scenes=topic_places(a), add_objects=[looking(a.topic.character, how)])
    return call("edit_scenes", scenes=topic_places(a), add_objects=[f"{how} {bare(a.topic.thing)}"])


def without_topic(a: Asked) -> Call:
    """ "Get rid of it": the thing or the person just spoken of. Raises Doubt for a part of somebody."""
    if a.topic.character and a.topic.thing:
        raise Doubt(f"How should {a.topic.character} look instead?")
    if a.topic.character:
        return call("remove_character", character=a.topic.character, scenes=topic_places(a))
    return call("edit_scenes", scenes=topic_places(a), remove_objects=[a.topic.thing])


def looking(name: str, how: str) -> str:
    """ "Tilda looking tiny", "Kasim with a scar"."""
    return f"{name} {'with' if re.match(r'(?:an?|the|some) ', how) else 'looking'} {how}"


def is_look(a: Asked, words: str) -> bool:
    """Whether words that are said of somebody are one adjective ("be much bigger"), and no deed ("be dancing")."""
    told = any(item.word in {"be", "look", "looks", "seem"} for item in a.clause)
    one = re.fullmatch(r"(?:(?:much|even|more|less|a bit|a little|very|really) )*([\w-]+)", words, re.IGNORECASE)
    return told and one is not None and not one[1].endswith("ing")


def about_topic(a: Asked) -> bool:
    """Whether "it" is a thing or a person that was just spoken of, and no scene."""
    return bool(a.topic.thing or a.topic.character)
