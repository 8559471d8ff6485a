"""Whether a message is (or brings) a story, and what is wanted of it."""

from __future__ import annotations

import itertools
import re
from typing import Any

from agent.context import Context
from agent.requests import Call, understand
from agent.requests.gist import Gist
from agent.requests.scenes import NOUNS
from agent.requests.words import read_text

__all__ = ["story_call"]

MOST_READ = 1500
"""Characters of a message from which on it can only be a story."""

INSTRUCTION = 300
"""Characters within which an instruction before a story ends."""
WORDS_OF_A_BEGINNING = 8
EDITS = frozenset(
    ("edit_scenes", "add_character", "describe_character", "delete_scenes", "insert_scene", "who_is_where")
)
"""Calls that no first message can mean: there is no board yet."""
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


def story_call(text: str, context: Context) -> Call | None:
    """The call for a message that is a story, brings one, or comes with a file; None where it is a request."""
    if context.files:
        return _from_file(text, context)
    headed = _HEAD.match(text.strip())
    if headed is not None and _brings_story(headed["head"], headed["body"]):
        wanted = _wanted(headed["head"])
        beginning = " ".join(headed["body"].split(maxsplit=WORDS_OF_A_BEGINNING)[:WORDS_OF_A_BEGINNING])
        if _CONTINUE.search(headed["head"]) and context.board is not None:
            return _call("continue_story", begins_with=beginning, scenes=wanted.get("scenes"))
        return _call("new_story", begins_with=beginning, **wanted)
    if not _reads_like_a_story(text, context):
        return None
    if context.board is None:
        return _call("new_story")
    return _which(text)


def _call(name: str, **args: Any) -> Call:
    return {"name": name, "args": {key: value for key, value in args.items() if value is not None}}


def _from_file(text: str, context: Context) -> Call:
    wanted = _wanted(text)
    if _CONTINUE.search(text) and context.board is not None:
        return _call("continue_story", scenes=wanted.get("scenes"))
    return _call("new_story", **wanted)


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
    reading = understand(text, context)
    if context.board is None and words >= 12:
        return not reading.sure or any(each["name"] in EDITS for each in reading.calls)
    return not reading.sure and reading.doubt is None


def _wanted(head: str) -> dict[str, Any]:
    """The number of panels and the style that an instruction names."""
    wanted: dict[str, Any] = {}
    words = read_text(head, frozenset(), frozenset()).words
    for word, after in itertools.pairwise(words):
        if word.kind == "number" and after.low in NOUNS and word.number > 0:
            wanted["scenes"] = word.number
    for key in Gist(words).keys:
        written = head[key.words[0].start : key.words[-1].end].lower()
        if "style" in key.values and written not in {"storyboard", "story book", "illustration"}:
            wanted["style"] = key.values["style"]
    return wanted


def _which(text: str) -> Call:
    return _call(
        "ask",
        question="Is this the next part of the story, or a new one?",
        choices=["the next part", "a new story"],
        calls=[[_call("continue_story", text=text)], [_call("new_story", text=text)]],
    )
