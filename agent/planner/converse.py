"""One reply: what the planner says or calls, given the message, the board, and what tools have already answered."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from langchain_core.messages import BaseMessage, HumanMessage, ToolMessage

from agent.context import Context, Pending
from agent.planner.languages import is_foreign
from agent.planner.pictured import FROM_PICTURE, pictured
from agent.planner.stories import story_call
from agent.requests import Call, Doubt, Reading, begins_in_english, choice_of, settling, understand
from db.words import fold

__all__ = ["Plan", "respond"]

ENGLISH_ONLY = (
    "I only read requests in English. A language model that reads others can be connected with TALEBOARD_LLM; "
    "stories may be in any language."
)
LIMITS = (
    "I did not understand {what}, so nothing was changed. I read plain English requests such as “make scene "
    "3 darker”; ask “what can you do?” for more. A language model can be connected with TALEBOARD_LLM."
)
NO_BOARD = "There is no storyboard yet. Paste a story, or attach a file, and I will make one. What is your story?"
NOTHING = "All right, nothing was changed."
WITHOUT_A_BOARD = frozenset(("what_can_you_do", "list_styles", "set_drawing", "delete_conversation", "new_story"))
OTHER = re.compile(
    r"\W*(?:(?:no|nope|not that one|sorry)\W+)*(?:i (?:mean|meant|want(?:ed)?)\s+)?the other(?: one)?\W*", re.IGNORECASE
)
DECLINE = re.compile(
    r"\W*(?:no|nope|nah|never ?mind|forget (?:it|about it|that)|cancel|none(?: of them)?|neither|skip "
    r"it|stop|leave it|don'?t)(?:\s+(?:thanks|thank you|please))?\W*",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Plan:
    """The tool calls of a turn, or what to say where there are none."""

    calls: tuple[Call, ...] = ()
    words: str = ""


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
    replies = dict.fromkeys(result.text.strip().removeprefix("Error: ") for result in results)
    return "\n".join(text for text in replies if text) or "Done."


def _plan(text: str, context: Context, earlier: Sequence[BaseMessage]) -> Plan:
    if context.pending is not None:
        answered = _answer(text, context, context.pending)
        if answered is not None:
            return answered
    elif OTHER.fullmatch(fold(text)) and (other := _other(context, earlier)) is not None:
        return other
    story = story_call(text, context)
    if story is not None:
        return Plan((story,))
    if context.pictures:
        return _read(text, pictured(text, context, answers=context.pending is not None), context)
    if FROM_PICTURE in fold(text):
        return Plan(_ask("Which picture? Drop one into the message, with the same words.", ()))
    return _read(text, understand(text, context), context)


def _read(text: str, reading: Reading, context: Context) -> Plan:
    """What a reading asks for: its calls, or a question with what each of its answers would do."""
    if context.board is None and (
        reading.doubt or reading.asks or {each["name"] for each in reading.calls} - WITHOUT_A_BOARD
    ):
        return Plan(_ask(NO_BOARD, ()))
    if is_foreign(text) and not begins_in_english(text):
        return Plan(words=ENGLISH_ONLY)
    if reading.sure:
        return Plan(reading.calls, words=reading.words)
    if reading.asks:
        return Plan(_ask(reading.asks, reading.choices))
    if reading.doubt is not None:
        return Plan(_ask(reading.doubt.question, reading.choices))
    if reading.choices:
        return Plan(
            _ask(f"I am not sure what to do about “{reading.unread[0][:80]}”. Shall I do this?", reading.choices)
        )
    part = next((part for part in reading.unread if part), text)
    if reading.points:
        return Plan(_ask(f"I did not understand “{part[:80]}”, so I changed nothing. Can you say it another way?", ()))
    what = f"“{part[:80]}”" if len(part) < len(text.strip(" .!?")) else "that"
    return Plan(words=LIMITS.format(what=what))


def _ask(question: str, choices: Sequence[tuple[str, Sequence[Call]]]) -> tuple[Call, ...]:
    offered = {"choices": [label for label, _ in choices], "calls": [list(calls) for _, calls in choices]}
    return ({"name": "ask", "args": {"question": question, **(offered if choices else {})}},)


def _answer(text: str, context: Context, pending: Pending) -> Plan | None:
    """What a message means as the answer to a question; None where it is no answer but a new request."""
    if DECLINE.fullmatch(fold(text)):
        return Plan(words=NOTHING)
    chosen = choice_of(text, pending.choices)
    if chosen is not None:
        calls = pending.calls[chosen] if chosen < len(pending.calls) else ()
        return Plan(tuple(calls)) if calls else Plan(words=NOTHING)
    before = replace(context, pending=None)
    request = pending.request
    if context.pictures and isinstance(places := settling(text, Doubt("", wants="scenes"), before), tuple):
        count = len(context.board.scenes) if context.board else 0
        lost = [place for place in places if not 1 <= place <= count]
        if lost:
            return Plan(_ask(f"There is no scene {lost[0]}; the board has {count}. Which one do you mean?", ()))
        return _read(text, pictured(f"{request} for scene {', '.join(map(str, places))}", before), before)
    asked = understand(request, before)
    if asked.doubt is None or not asked.doubt.wants:
        return None
    fresh = understand(text, before)
    if fresh.sure and fresh.calls:
        return None
    value = settling(text, asked.doubt, before)
    if value is None:
        return None
    settled = understand(request, before, {asked.doubt.wants: value})
    return _read(request, settled, before) if settled.sure or settled.doubt else None


def _other(context: Context, earlier: Sequence[BaseMessage]) -> Plan | None:
    """ "No, the other one": the choice that was not taken, in place of the one that was."""
    requests = [message.text for message in earlier if isinstance(message, HumanMessage)]
    for request in reversed(requests[-2:]):
        choices = understand(request, context).choices
        left = [calls for _, calls in choices if list(calls) != list(context.last_calls)]
        if len(choices) == 2 and len(left) == 1:
            return Plan(({"name": "undo", "args": {}}, *left[0]))
    return None
