"""Whether a message is (or brings) a story, and what is wanted of it."""

from __future__ import annotations

import re
from typing import Any

from agent.context import Context
from agent.planner.intents import call
from agent.planner.items import read_message
from agent.planner.plan import MOST_READ, Plan, make_plan
from agent.planner.references import NOUNS

__all__ = ["story_plan"]

INSTRUCTION = 300
"""Characters within which an instruction before a story ends."""
WORDS_OF_A_BEGINNING = 8
LONG = 40
"""Words from which on what is no request is taken for a story."""

_HEAD = re.compile(rf"\A(?P<head>[^\n]{{3,{INSTRUCTION}}}?)(?::\s+|:?\s*\n+\s*)(?P<body>\S.*)\Z", re.DOTALL)
_STORY = re.compile(
    r"\b(?:story|stories|tale|storyboard|board|fable|screenplay|script|chapter|text|draw this|turn this|from "
    r"this|out of this|this one)\b",
    re.IGNORECASE,
)
_CONTINUE = re.compile(
    r"\b(?:continue|continues|continuation|carry on|go on|goes on|next part|next chapter|what happens "
    r"next|and then|part two|part 2|add (?:this|that|the following)|to the end|append)\b",
    re.IGNORECASE,
)
_SCENE = re.compile(r"\b(?:scene|panel|insert|rewrite|prompt|note|title|rename|character|dialogue)\b", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?…。！？][\"”'’)»]*(?:\s|$)")


def story_plan(text: str, context: Context) -> Plan | None:
    """The plan for a message that is a story, brings one, or comes with a file; None where it is a request."""
    if context.files:
        return _from_file(text, context)
    headed = _HEAD.match(text.strip())
    if headed is not None and _brings_story(headed["head"], headed["body"]):
        wanted = _wanted(headed["head"], context)
        beginning = " ".join(headed["body"].split(maxsplit=WORDS_OF_A_BEGINNING)[:WORDS_OF_A_BEGINNING])
        if _CONTINUE.search(headed["head"]) and context.board is not None:
            return Plan((call("continue_story", begins_with=beginning, scenes=wanted.get("scenes")),))
        return Plan((call("new_story", begins_with=beginning, **wanted),))
    if not _reads_like_a_story(text, context):
        return None
    if context.board is None:
        return Plan((call("new_story"),))
    return _which(text)


def _from_file(text: str, context: Context) -> Plan:
    wanted = _wanted(text, context)
    if _CONTINUE.search(text) and context.board is not None:
        return Plan((call("continue_story", scenes=wanted.get("scenes")),))
    return Plan((call("new_story", **wanted),))


def _brings_story(head: str, body: str) -> bool:
    if not (_STORY.search(head) or _CONTINUE.search(head)):
        return False
    if _SCENE.search(head) and not re.search(r"\b(?:\d+|\w+) (?:scenes|panels)\b", head):
        return False
    return len(body.split()) >= 6


def _reads_like_a_story(text: str, context: Context) -> bool:
    words, sentences = len(text.split()), len(_SENTENCE_END.findall(text))
    if len(text) > MOST_READ:
        return True
    long = words >= LONG and sentences >= 2
    begun = context.board is None and (sentences >= 2 or words >= 12)
    if not (long or begun or "\n\n" in text.strip()):
        return False
    return not make_plan(text, context).understood


def _wanted(head: str, context: Context) -> dict[str, Any]:
    """The number of panels and the style that an instruction names."""
    wanted: dict[str, Any] = {}
    items = read_message(head, context).items
    for place, item in enumerate(items):
        after = items[place + 1].word if place + 1 < len(items) else ""
        if "num" in item.values and after in NOUNS and item.values["num"] > 0:
            wanted["scenes"] = int(item.values["num"])
        if "style" in item.values and head[item.start : item.end].lower() not in {
            "storyboard",
            "story book",
            "illustration",
        }:
            wanted["style"] = item.values["style"]
    return wanted


def _which(text: str) -> Plan:
    return Plan(
        (
            call(
                "ask",
                question="Is this the next part of the story, or a new one?",
                choices=["the next part", "a new story"],
                calls=[[call("continue_story", text=text)], [call("new_story", text=text)]],
            ),
        )
    )
