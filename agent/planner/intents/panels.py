"""Panels drawn again or painted on, what happens in them, and their prompts."""

from __future__ import annotations

import re

from agent.planner.intents.describing import is_look, looking
from agent.planner.intents.kit import Asked, Call, Doubt, Intent, call

__all__ = ["INTENTS"]

_AT = {"left": "on the left", "right": "on the right", "centre": "in the middle", "top": "at the top"}


def _redraw(a: Asked) -> Call:
    from_scratch = any(item.word == "from_scratch" for item in a.clause) or None
    return call(
        "redraw",
        scenes=a.where(),
        seed=a.number("seed") if a.has("seed") else None,
        from_scratch=from_scratch,
    )


def _action(a: Asked) -> Call:
    what = a.text("what")
    if re.match(r"(?:is|are|was|were|does|do)(?:n['’]t| not)\b", what, re.IGNORECASE):
        raise Doubt("What should be seen instead?")
    if a.has("character") and is_look(a, what):  # "can the wolf be bigger in 4?"
        return call("edit_scenes", scenes=a.where(), add_objects=[looking(a.names(), what)])
    if a.has("character"):
        what = f"{a.names()} {what}"
    return call("edit_scenes", scenes=a.where(), action=what)


def _picture(a: Asked) -> Call:
    region = str(a.value("region")) if a.has("region") else "all"
    drawn = {a.index.board.position(scene) for scene in a.index.context.drawn}
    if region != "all" and not set(a.scenes()) <= drawn:  # there is no picture yet to paint on
        return call(
            "edit_scenes", scenes=a.scenes(), add_objects=[f"{a.text('what')} {_AT.get(region, 'at the ' + region)}"]
        )
    return call("edit_picture", scenes=a.where(), prompt=a.text("what"), region=region)


INTENTS = (
    Intent(
        "what happens",
        (
            "action {scenes} [:|to|be|is] {what...}",
            "[make|let|show|want] {character} {what...} in|on|for {scenes}",
            "[make|let|show|want] {character} {what...}",
        ),
        _action,
        last_resort=1,
        examples=("Mira runs away in 4",),
    ),
    Intent(
        "draw again",
        (
            "redraw [{scenes}] [with|using] [seed {seed:num}]",
            "{scenes} again [came|it|out|weird]",
            "redo {scenes} [with|using] [seed {seed:num}]",
            "redraw|redo|make [{scenes}] [again] from_scratch",
            "redraw [seed] [for] {scenes}",
            "try|give|do|run|make {scenes} [redraw|again|over]",
            "[use] [same] seed {seed:num} {scenes}",
            "[use] seed {seed:num}",
            "give it|that|this redraw",
            "redraw it|that|this|them",
            "not like|love {scenes}",
            "hate {scenes}",
        ),
        _redraw,
        ("redraw 3", "try scene 5 again", "give 7 another go", "redraw 4 with seed 99"),
    ),
    Intent(
        "small variation",
        ("[@change] vary [on] [{scenes}]", "[@change] {scenes} vary"),
        lambda a: call("vary", scenes=a.where()),
        ("a small variation of 6", "slightly different take on 2"),
    ),
    Intent(
        "candidates",
        (
            "[@change|make|show] [me] {count:num} [different|other|new] candidates|versions [{scenes}]",
            "[@change] {scenes} {count:num} times",
            "[@change] {scenes} {count:num} [different|new] candidates|versions",
            "[@change|make|show|more] [some|few|several|different|other|more] candidates [{scenes}]",
            "{count:num} redraw {scenes}",
        ),
        lambda a: call(
            "draw_candidates", scene=a.scene(), count=max(2, min(8, a.number("count"))) if a.has("count") else None
        ),
        ("try three versions of 4", "show me four options for panel 3"),
    ),
    Intent(
        "pick",
        (
            "pick|fond {number:num} [candidates|version|versions|best|most|better] [{scenes}]",
            "pick|take|use candidates|version|option|candidate|alternative|image {number:num} [{scenes}]",
            "pick|use {number:num} candidates|option|one",
            "candidates|option|candidate|alternative {number:num}",
        ),
        lambda a: call("pick_candidate", number=a.number("number"), scene=a.scene() if a.has("scenes") else None),
        ("pick the second", "I prefer number 3"),
    ),
    Intent(
        "paint on the picture",
        (
            "[re] paint|repaint|inpaint|redraw|change|replace {region} [of|in] {scenes} [as|with|to|so|into] {what...}",
            "[re] paint|repaint|inpaint|add|put {what...} {region} [of|in] {scenes}",
            "keep composition [of|in] {scenes} [but] {what...}",
        ),
        _picture,
        ("add a bird in the top left of 3",),
    ),
    Intent(
        "prompt by hand",
        (
            "[@change|rewrite] prompt {scenes} [to|be|:|with|as|say] {text...}",
            "[@change] {scenes} prompt [to|be|:|with|as] {text...}",
            "{scenes} prompt : {text...}",
        ),
        lambda a: call("set_prompt", scenes=a.where(), prompt=a.text("text")),
        ("set the prompt of 2 to “a cat asleep on a loaf of bread”",),
    ),
    Intent(
        "negative prompt",
        (
            "[@change] negative {scenes} [to|be|:|with] {text...}",
            "avoid {text...} [in|for] {scenes}",
            "[@change] {scenes} negative [to|be|:] {text...}",
        ),
        lambda a: call("set_prompt", scenes=a.where(), negative_prompt=a.text("text")),
        ("avoid text and watermarks in 3",),
    ),
    Intent(
        "prompt from the scene",
        ("reset|delete|restore [the] prompt {scenes}", "write prompt {scenes} [automatically|yourself]"),
        lambda a: call("set_prompt", scenes=a.where(), take_away=["prompt"]),
        ("reset the prompt of 2",),
    ),
)
