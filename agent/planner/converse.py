"""One reply: what the planner says or calls, given the message, the board, and what tools have already answered."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from langchain_core.messages import BaseMessage, HumanMessage, ToolMessage

from agent.context import Context, Pending
from agent.planner.intents import Call, Doubt, call
from agent.planner.intents.talk import LIMITS
from agent.planner.items import Message, read_message
from agent.planner.languages import is_foreign
from agent.planner.plan import Plan, make_plan
from agent.planner.stories import story_plan
from agent.requests import Reading, understand
from agent.requests.lexicon import LEXICON
from db.words import fold

__all__ = ["respond"]

ENGLISH_ONLY = (
    "I only read requests in English. A language model that reads others can be connected with TALEBOARD_LLM; "
    "stories may be in any language."
)
NOTHING = "All right, nothing was changed."
OTHER = re.compile(
    r"\W*(?:(?:no|nope|not that one|sorry)\W+)*(?:i (?:mean|meant|want(?:ed)?)\s+)?the other(?: one)?\W*", re.IGNORECASE
)
DECLINE = re.compile(
    r"\W*(?:no|nope|nah|never ?mind|forget (?:it|about it|that)|cancel|none(?: of them)?|neither|skip "
    r"it|stop|leave it|don'?t)(?:\s+(?:thanks|thank you|please))?\W*",
    re.IGNORECASE,
)
AFFIRM = re.compile(
    r"\W*(?:yes|yeah|yep|yup|sure|ok(?:ay)?|please do|do it|go ahead|of course)(?:\s+(?:please|thanks))?\W*",
    re.IGNORECASE,
)


def respond(
    text: str,
    context: Context,
    results: Sequence[ToolMessage] = (),
    earlier: Sequence[BaseMessage] = (),
    tools: Collection[str] = (),
) -> Plan:
    """Tool calls for a request; once tools have answered, words made of their answers. `earlier` are the messages
    before this one; `tools` are the names of those that may be called."""
    if results:
        return Plan(words=_receipt(results))
    plan = _plan(text, context, earlier)
    lacking = sorted({each["name"] for each in plan.calls} - set(tools))
    if lacking:
        return Plan(words=f"I cannot do that here: there is no tool {', '.join(lacking)}.")
    return plan


def _receipt(results: Sequence[ToolMessage]) -> str:
    said = dict.fromkeys(result.text.strip().removeprefix("Error: ") for result in results)
    return "\n".join(text for text in said if text) or "Done."


def _plan(text: str, context: Context, earlier: Sequence[BaseMessage]) -> Plan:
    if context.pending is not None:
        answered = _answer(text, context, context.pending)
        if answered is not None:
            return answered
    elif OTHER.fullmatch(fold(text)) and (other := _other(context, earlier)) is not None:
        return other
    told = story_plan(text, context)
    if told is not None:
        return told
    if context.files or context.pictures:
        return make_plan(text, context)
    reading = understand(text, context)
    if reading.sure:
        return _understood(reading)
    plan = make_plan(text, context)
    asks = any(each["name"] == "ask" for each in plan.calls)
    if reading.doubt is not None and not asks:
        return _understood(reading)
    if reading.named is not None and not _stays_within(plan.calls, reading.named):
        plan = Plan(words=LIMITS, understood=False)
    if not plan.understood and is_foreign(text):
        return Plan(words=ENGLISH_ONLY, understood=False)
    if plan.words == LIMITS and reading.unread and len(reading.unread[0]) < len(text.strip(" .!?")):
        return Plan(words=LIMITS.replace("that", f"“{reading.unread[0]}”", 1), understood=False)
    return plan


def _understood(reading: Reading) -> Plan:
    """What a request that is understood by its grammar asks for; where it is in doubt, the question and what each of
    its answers would do."""
    if reading.doubt is None:
        return Plan(tuple(reading.calls), words=reading.words)
    choices = [label for label, _ in reading.doubt.choices]
    offered = {"choices": choices, "calls": list(reading.choices)} if choices else {}
    return Plan((call("ask", question=reading.doubt.question, **offered),))


def _stays_within(calls: Sequence[Call], named: Collection[int]) -> bool:
    """Whether calls touch none but the scenes that a request names."""
    touched = {place for each in calls for place in _edited(each)}
    return touched <= set(named)


def _edited(each: Call) -> set[int]:
    scenes = each["args"].get("scenes", ()) if each["name"] in ("edit_scenes", "redraw", "vary", "set_style") else ()
    return {place for place in scenes if isinstance(place, int)} if isinstance(scenes, list) else set()


def _answer(text: str, context: Context, pending: Pending) -> Plan | None:
    """What a message means as the answer to a question; None where it is no answer but a new request."""
    if DECLINE.fullmatch(fold(text)):
        return Plan(words=NOTHING)
    chosen = _choice(text, pending.choices, context)
    if chosen is not None and chosen < len(pending.calls) and pending.calls[chosen]:
        return Plan(tuple(pending.calls[chosen]))
    if not (pending.request or context.pictures):
        return None
    before = replace(context, pending=None)
    asked = make_plan(pending.request, before)
    if chosen is not None:
        doubt = asked.doubt
        if doubt is not None and chosen < len(doubt.choices):
            return make_plan(pending.request, before, {doubt.key: doubt.choices[chosen].value})
        return Plan(words=NOTHING)
    fresh, message = make_plan(text, context), read_message(text, context, places=True)
    if fresh.understood and fresh.calls and fresh.doubt is None and not _only_names(message):
        return None
    if asked.doubt is not None and asked.doubt.key:
        value = _settling(asked.doubt, message)
        if value is not None:
            return make_plan(pending.request, before, {asked.doubt.key: value})
    for joined in (f"{pending.request} {text}", f"{pending.request}: {text}"):
        whole = make_plan(joined, context)
        if whole.understood and whole.calls and whole.doubt is None:
            return whole
    return None


def _choice(text: str, choices: Sequence[str], context: Context) -> int | None:
    """Which of the choices a message takes."""
    words = re.findall(r"\w+", fold(text))
    spoken = [word for word in words if word not in LEXICON.grammar["choosing"]]
    labels = [re.findall(r"\w+", fold(choice)) for choice in choices]
    for place, label in enumerate(labels):
        if words == label or (spoken and spoken == [word for word in label if word not in {"the", "a"}]):
            return place
    if AFFIRM.fullmatch(fold(text)):
        return next((place for place, label in enumerate(labels) if label == ["yes"]), 0 if len(labels) == 1 else None)
    message = read_message(text, context)
    numbers = [item.values["num"] for item in message.items if "num" in item.values]
    content = [
        item
        for item in message.items
        if not item.filler and "num" not in item.values and "it" not in item.values and item.word not in {"one", "#"}
    ]
    if len(numbers) == 1 and not content:
        number = int(numbers[0])
        for place, label in enumerate(labels):
            if label and label[0] == str(number):
                return place
        return (number - 1 if number > 0 else len(labels) + number) if 0 < abs(number) <= len(labels) else None
    fitting = [place for place, label in enumerate(labels) if spoken and set(spoken) <= set(label)]
    return fitting[0] if len(fitting) == 1 else None


def _only_names(message: Message) -> bool:
    """Whether a message names scenes or characters and says nothing about them."""
    content = [item for item in message.items if not item.filler]
    return len(content) == 1 and bool({"scenes", "character"} & content[0].values.keys())


def _settling(doubt: Doubt, message: Message) -> object | None:
    """What settles a doubt, if the message says it: positions of scenes, a character (by name, or as the only one of
    the choices in a scene: "the one with the boat"), a version."""
    kind = doubt.key.partition("@")[0]
    offered = [choice.value for choice in doubt.choices]
    for item in message.items:
        if kind == "scenes" and "scenes" in item.values and not item.values["scenes"].unclear:
            return tuple(item.values["scenes"].positions)
        if kind == "scenes" and "num" in item.values:
            return (int(item.values["num"]),)
        if kind == "character" and len(item.values.get("character", ())) == 1:
            return item.values["character"][0]
        if kind == "character" and "scenes" in item.values and not item.values["scenes"].unclear:
            there = [
                one for one in offered if item.values["scenes"].positions[0] in message.index.with_character([one])
            ]
            return there[0] if len(there) == 1 else None
        if kind == "version" and ("version" in item.values or "num" in item.values):
            return int(item.values.get("version", item.values.get("num", 0)))
    return None


def _other(context: Context, earlier: Sequence[BaseMessage]) -> Plan | None:
    """ "No, the other one": the choice that was not taken, in place of the one that was."""
    said = [message.text for message in earlier if isinstance(message, HumanMessage)]
    for request in reversed(said[-2:]):
        asked = make_plan(request, context)
        if asked.doubt is None or len(asked.doubt.choices) != 2:
            continue
        calls: list[list[Call]] = asked.calls[0]["args"].get("calls", [])
        left = [each for each in calls if each != list(context.last_calls)]
        if len(left) == 1:
            return Plan((call("undo"), *left[0]))
    return None
