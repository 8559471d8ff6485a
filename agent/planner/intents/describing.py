"""What rows about looks share: light and shots said together, things by name, and what to ask of a vague wish."""

from __future__ import annotations

import re

from agent.planner.intents.kit import Asked, Call, Choice, Doubt, call

__all__ = ["IN", "OUT", "bare", "details", "things_in", "vague"]

IN = "in|into|to|on|onto|at|for|of|inside|over|above|under|behind|beside|near"
OUT = "from|in|out|of|on|at|off"


def details(a: Asked) -> Call:
    """Times, weathers, shots and moods said together: "a dark rainy night, from above"."""
    values: dict[str, str] = {}
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
    return re.sub(
        r"^(?:(?:an?|the|some|more|any|another|all|of|these|those|that|this)\s+)+", "", words, flags=re.IGNORECASE
    )


def things_in(words: str) -> list[str]:
    """ "an owl and a candle" is two things."""
    parts = re.split(r"\s*,\s*(?:and\s+)?|\s+(?:and|plus)\s+(?=an?\s|the\s|some\s|\w+$)", words)
    return [bare(part) for part in parts if part]


def vague(a: Asked) -> Doubt:
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
