"""What to do about a message: tool calls, a question, or words. Nothing here changes anything."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from agent.context import Context
from agent.planner.clauses import Clause, read_clauses
from agent.planner.intents import Asked, Call, Doubt, Instead, Remark, Say, Topic, call, topic_of
from agent.planner.intents.talk import LIMITS
from agent.planner.items import Item, Message, read_message
from agent.planner.pictured import with_picture

__all__ = ["Plan", "make_plan", "read_request"]

MOST_READ = 1500
"""Characters of a message that are read as a request; what is longer is a story, or too long to be understood."""


@dataclass(frozen=True)
class Plan:
    """The tool calls of a turn, or what to say where there are none. `doubt` is what the calls ask about."""

    calls: tuple[Call, ...] = ()
    words: str = ""
    doubt: Doubt | None = None
    understood: bool = True


@dataclass
class _State:
    """What the clauses before this one said."""

    spoken: tuple[int, ...] = ()
    calls: list[Call] = field(default_factory=list)
    last: tuple[Call, ...] = ()
    words: list[str] = field(default_factory=list)
    kept: tuple[int, ...] = ()
    topic: Topic = field(default_factory=Topic)
    ahead: tuple[Item, ...] = ()
    read_only: bool = False
    lost: bool = False


def make_plan(text: str, context: Context, given: Mapping[str, Any] | None = None) -> Plan:
    """Reads a request. `given` settles doubts that an earlier reading of the same words raised."""
    if context.pictures:
        text = with_picture(text, context.pictures, answers=context.pending is not None)
    message, clauses = read_request(text, context)
    try:
        return _plan(message, clauses, given or {})
    except Doubt as doubt:
        return _question(text, context, doubt, given or {})


def read_request(text: str, context: Context) -> tuple[Message, list[Clause]]:
    """The message and its clauses: "the bridge" is taken for the scene there only where that explains more."""
    message = read_message(text, context)
    cost, clauses = read_clauses(message.items)
    placed = read_message(text, context, places=True)
    if placed.items != message.items:
        taken = sum(
            "thing" in item.values or ("scenes" in item.values and item.values["scenes"].placed)
            for item in placed.items
        )
        placed_cost, placed_clauses = read_clauses(placed.items)
        if placed_cost < cost - taken:
            return placed, placed_clauses
    return message, clauses


def _plan(message: Message, clauses: Sequence[Clause], given: Mapping[str, Any]) -> Plan:
    if "calls" in given:
        return Plan(tuple(given["calls"]))
    unread = [clause for clause in clauses if clause.intent is None and not clause.negated and clause.match is None]
    if unread:
        return _not_understood(message, clauses, unread)
    state = _State(
        topic=_topic_before(message),
        read_only=any(clause.intent and clause.intent.name == "hands off" for clause in clauses),
    )
    for place, clause in enumerate(clauses):
        others = [other for other in clauses if other is not clause]
        alone = all(other.intent is not None and other.intent.remarks for other in others)
        _take(message, clause, state, given, alone=alone, last=place == len(clauses) - 1)
    if state.calls:
        return Plan(tuple(_spare(each, state.kept, message) for each in state.calls))
    if state.words:
        return Plan(words=state.words[-1])
    return Plan(words="All right, nothing was changed." if clauses else "What shall I change?")


def _spare(each: Call, kept: Sequence[int], message: Message) -> Call:
    """A call without the scenes that are to stay as they are: "all in charcoal, but leave 6 as it is"."""
    scenes = each["args"].get("scenes")
    if (each["name"] == "set_style" and scenes is None) or scenes == ["all"]:
        scenes = list(range(1, message.index.count + 1))
    if not (kept and isinstance(scenes, list) and set(scenes) & set(kept)):
        return each
    left = [place for place in scenes if place not in kept]
    return call(each["name"], **{**each["args"], "scenes": left}) if left else each


def _topic_before(message: Message) -> Topic:
    """The thing that the last turn was about."""
    things = message.index.context.focus.things
    return Topic(message.index.focus, thing=things[-1]) if things else Topic()


def _take(message: Message, clause: Clause, state: _State, given: Mapping[str, Any], alone: bool, last: bool) -> None:
    if clause.negated:
        state.words.append("All right, I leave that as it is.")
        state.spoken = _named_in(clause) or state.spoken
        return
    if clause.match is None:
        return
    match = clause.match
    ahead = clause.ahead or state.ahead
    state.ahead = ()
    if ahead and "scenes" not in match.slots:  # "in scene 3, …"
        match = replace(match, slots={**match.slots, "scenes": ahead})
    asked = Asked(
        message,
        match,
        clause.items,
        given,
        state.spoken,
        before=state.last or message.index.context.last_calls,
        corrects_itself=bool(state.last),
        alone=alone,
        topic=state.topic,
        asks=clause.intent is not None and clause.intent.asks,
    )
    if clause.intent is None:  # only scenes were named: "in 3, …"
        state.spoken, state.ahead = tuple(asked.scenes()), clause.match.slots["scenes"]
        if last and not state.calls:
            state.calls.append(call("describe_board", scenes=list(state.spoken)))
        return
    if state.read_only and not clause.intent.asks and clause.intent.name != "hands off":
        return
    if (wanted := _condition(clause)) is not None and _holds(state.last, message) is not wanted:
        state.words.append("That is not so, so nothing was changed.")
        return
    if state.lost and not clause.intent.asks and not _names_anything(clause):
        return
    result = clause.intent.result(asked)
    if isinstance(result, Say):
        state.words.append(result.text)
        state.lost = result.lost
        state.kept += result.keeps
        state.spoken = _named_in(clause) or state.spoken
    elif isinstance(result, Remark):
        state.spoken, state.topic = result.scenes, result.topic
    elif isinstance(result, Instead):
        if state.last:
            state.calls = [each for each in state.calls if each not in state.last]
        else:
            state.calls.append(call("undo"))
        state.calls += result.calls
        state.last = result.calls
    else:
        calls = [result] if isinstance(result, dict) else list(result)
        state.calls += [each for each in calls if each not in state.calls]
        state.last = tuple(calls)
        state.topic = topic_of(calls)
        state.spoken = _scenes_of(calls, message) or state.spoken


def _condition(clause: Clause) -> bool | None:
    """What an answer must be for a clause to be meant: "if so …", "if not …"; None where it is meant anyway."""
    words = {item.word for item in clause.items}
    return True if "if_so" in words else False if "if_not" in words else None


def _holds(calls: Sequence[Call], message: Message) -> bool | None:
    """The answer to the question that was just asked; None where it is no matter of yes and no."""
    index, topic = message.index, topic_of(calls)
    scenes = [index.board.scenes[place - 1] for place in topic.scenes]
    if topic.character and scenes:
        return any(index.board.character(one).name == topic.character for scene in scenes for one in scene.characters)
    if topic.thing and scenes:
        there = set(index.with_thing(topic.thing.split())) & set(topic.scenes)
        return bool(there) or any(topic.thing in (scene.time, scene.weather, scene.mood) for scene in scenes)
    return None


def _names_anything(clause: Clause) -> bool:
    """Whether a clause says by itself whom or which scenes it is about: "it" and "that one" do not."""
    return any(
        not item.filler
        and ("character" in item.values or ("scenes" in item.values and item.values["scenes"].step is None))
        for item in clause.items
    )


def _named_in(clause: Clause) -> tuple[int, ...]:
    """The scenes that a clause names, whatever it says of them ("do not add anything to 3, …")."""
    for item in clause.items:
        scenes = item.values.get("scenes")
        if scenes is not None and not scenes.unclear:
            return tuple(scenes.positions)
    return ()


def _scenes_of(calls: Sequence[Call], message: Message) -> tuple[int, ...]:
    for each in reversed(calls):
        named = each["args"].get("scenes") or each["args"].get("scene")
        if each["name"] == "who_is_where" and not named:  # "where is Otto? make that one brighter"
            asked = [one.id for one in message.index.board.characters if one.name == each["args"].get("character")]
            return message.index.with_character(asked)
        if named == ["all"]:
            return tuple(range(1, message.index.count + 1))
        if named:
            return tuple(place for place in (named if isinstance(named, list) else [named]) if isinstance(place, int))
    return ()


def _question(text: str, context: Context, doubt: Doubt, given: Mapping[str, Any]) -> Plan:
    """One short question; what each choice stands for is the plan that it would lead to."""
    calls: list[list[Call]] = []
    for choice in doubt.choices if doubt.key not in given else ():
        settled = make_plan(text, context, {**given, doubt.key: choice.value})
        calls.append([] if settled.doubt else list(settled.calls))
    labels = [choice.label for choice in doubt.choices]
    args: dict[str, Any] = {"question": doubt.question}
    if labels:
        args |= {"choices": labels, "calls": calls}
    return Plan((call("ask", **args),), doubt=doubt)


def _not_understood(message: Message, clauses: Sequence[Clause], unread: Sequence[Clause]) -> Plan:
    if len(clauses) > len(unread):
        part = message.raw(unread[0].items).strip()
        return Plan(
            (
                call(
                    "ask",
                    question=f"I did not understand “{part[:80]}”, so I changed nothing. Can you say it another way?",
                ),
            ),
            understood=False,
        )
    return Plan(words=LIMITS, understood=False)
