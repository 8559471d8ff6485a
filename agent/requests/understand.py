"""Understand a request by its grammar: words, whom and what they point at, clauses with their scope, frames, calls."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from agent.context import Context
from agent.language import knows_word
from agent.requests import frames as f
from agent.requests.board_index import BoardIndex
from agent.requests.clauses import Clause, split_clauses
from agent.requests.compile import Call, calls_of, with_scenes
from agent.requests.people import People, mark_people
from agent.requests.rules_look import LOOK_RULES
from agent.requests.rules_order import ORDER_RULES
from agent.requests.rules_stage import STAGE_RULES, continuity
from agent.requests.rules_talk import TALK_RULES, is_judged, is_remark, remark
from agent.requests.scenes import SceneReader, mark_scenes
from agent.requests.state import DoubtError, State, UnreadError
from agent.requests.words import Text, read_text

__all__ = ["Reading", "understand"]

RULES = (*TALK_RULES, *STAGE_RULES, *ORDER_RULES, *LOOK_RULES)
_MIND_CHANGED = re.compile(
    r"\w\W*[,.;—-]\s*(?:no,|no wait|wait,|oops|scratch that|i mean\b|or rather|sorry,? i mean)", re.IGNORECASE
)
MOST_READ = 600
"""Characters of a message that is read as a request by its grammar."""


@dataclass(frozen=True)
class Reading:
    """What a request means. `calls` carry it out where `sure`; `doubt` is a question where it is understood but for one
    thing; `unread` are the person's words that no rule explains; `named` are the scenes that it names, if any."""

    calls: tuple[Call, ...] = ()
    doubt: f.Doubt | None = None
    unread: tuple[str, ...] = ()
    named: tuple[int, ...] | None = None
    words: str = ""
    frames: tuple[f.Frame, ...] = field(default=())
    choices: tuple[list[Call], ...] = ()

    @property
    def sure(self) -> bool:
        """Whether every word is accounted for."""
        return not self.unread and (bool(self.calls) or bool(self.choices) or bool(self.words))


def understand(source: str, context: Context) -> Reading:
    """Read a request against the board."""
    if context.board is None or len(source) > MOST_READ:
        return Reading(unread=(source,))
    if _MIND_CHANGED.search(source):
        return Reading(unread=(source,))
    state, clauses = _read(source, context)
    strange = [word for word in state.text.words if word.kind == "word" and word.low.isalpha() and len(word.low) > 2]
    strange = [word for word in strange if not knows_word(word.low) and word.low not in state.index.names]
    if len(strange) > 1 and len(strange) * 4 > len(state.text.words):
        return Reading(unread=(source,))
    scopes = [word.scope.positions for clause in clauses for word in clause.words if word.scope is not None]
    pointing_back = any(
        word.scope is not None and word.scope.kind == "back" for clause in clauses for word in clause.words
    )
    named = tuple(sorted({place for positions in scopes for place in positions})) if scopes else None
    named = None if pointing_back else named
    unread: list[str] = []
    aside: list[str] = []
    for place, clause in enumerate(clauses):
        try:
            frames = _frames(state, clause, place + 1 < len(clauses))
        except UnreadError:
            frames = None
        except DoubtError as error:
            choices = [
                [one for frame in frames for one in calls_of(frame, state.index)] for _, frames in error.doubt.choices
            ]
            return Reading(doubt=error.doubt, named=named, choices=tuple(choices))
        if place + 1 < len(clauses) and frames is not None and is_judged(clause):
            state.hold(state.places([word for word in clause.words if word.kind == "scenes"]))
            continue
        if frames is None and _sets_scene(state, clause, clauses[place + 1 :]):
            aside.append(state.text.raw(clause.words))
            continue
        if frames is None:
            unread.append(state.text.raw(clause.words))
            continue
        _take(state, frames)
    if aside and not any(not isinstance(frame, f.Meta | f.Keep) for frame in state.frames):
        unread += aside
    if unread:
        return Reading(unread=tuple(unread), named=named)
    calls = _calls(state, context)
    words = next((frame.words for frame in state.frames if isinstance(frame, f.Say)), "")
    if not calls and not words and any(isinstance(frame, f.Keep) for frame in state.frames):
        kept = sorted(
            {place for frame in state.frames if isinstance(frame, f.Keep) and frame.lock for place in frame.scenes}
        )
        if kept and len(kept) < state.index.count:
            return Reading(({"name": "lock_scenes", "args": {"scenes": kept, "locked": True}},), named=named)
        words = "All right, nothing was changed."
    return Reading(tuple(calls), named=named, words=words, frames=tuple(state.frames))


def _read(source: str, context: Context) -> tuple[State, list[Clause]]:
    index = BoardIndex(context)
    people = People(index)
    text = read_text(source, index.names, people.words)
    words = mark_people(text.words, people)
    words = mark_scenes(SceneReader(text, words, index, people))
    text = Text(source, words)
    spoken = [one for one in context.focus.characters if one in people.index_ids]
    return State(text, index, people, spoken=spoken), split_clauses(text)


def _frames(state: State, clause: Clause, later: bool) -> list[f.Frame] | None:
    if clause.mood == "question":
        return continuity(state, clause)
    if all(
        word.kind == "scenes" or word.low in ("in", "for", "on", "and", ",", "just", "only") for word in clause.words
    ):
        places = state.places([word for word in clause.words if word.kind == "scenes"])
        if later and not state.frames:
            state.hold(places)
            return [f.Meta()]
        said = f" {state.text.source.lower()} "
        again = any(word in said for word in (" too ", " as well", " also ", " same ", "again", "likewise"))
        if places and (state.frames or (again and state.index.context.last_calls)):
            return [f.Again(places)]
        return None
    reason = remark(state, clause)
    if reason is not None:
        return reason
    for rule in RULES:
        frames = rule(state, clause)
        if frames is not None:
            return frames
    return None


def _sets_scene(state: State, clause: Clause, later: Sequence[Clause]) -> bool:
    """Whether a clause only leads to the next ones: "8 looks flat, …", "the client pays for eight frames, so …". Its
    scenes hold for what follows."""
    pointing = any(word.kind in ("scenes", "person") for word in clause.words)
    last = not later and clause.lead not in ("because", "since")
    if last and (not state.frames or clause.mood or pointing):
        return False
    if not is_remark(clause):
        return False
    scopes = [word for word in clause.words if word.kind == "scenes"]
    if scopes:
        state.hold(state.places(scopes))
    return True


def _take(state: State, frames: list[f.Frame]) -> None:
    state.frames += frames
    acting: list[f.Frame] = [frame for frame in frames if not isinstance(frame, f.Meta | f.Keep)]
    if acting:
        state.last = acting


def _calls(state: State, context: Context) -> list[Call]:
    kept = {place for frame in state.frames if isinstance(frame, f.Keep) for place in frame.scenes}
    calls: list[Call] = []
    latest: list[Call] = []
    for frame in state.frames:
        if isinstance(frame, f.Again):
            made = _repeated(frame, latest or list(context.last_calls), bool(latest))
        else:
            made = calls_of(frame, state.index)
        if not made:
            continue
        if kept and not isinstance(frame, f.Keep):
            made = [spared for one in made for spared in _spared(one, kept, state.index.count)]
        calls += [one for one in made if one not in calls]
        latest = made
    return _merged(calls)


def _repeated(frame: f.Again, before: list[Call], in_message: bool) -> list[Call]:
    again = with_scenes(before, frame.scenes) if frame.scenes else before
    if not again:
        return []
    return [{"name": "undo", "args": {}}, *again] if frame.instead and not in_message else list(again)


def _spared(one: Call, kept: set[int], count: int) -> list[Call]:
    scenes = one["args"].get("scenes")
    if one["name"] == "set_style" and scenes is None:
        scenes = list(range(1, count + 1))
    if not isinstance(scenes, list) or not set(scenes) & kept:
        return [one]
    left = [place for place in scenes if place not in kept]
    return [{"name": one["name"], "args": {**one["args"], "scenes": left}}] if left else []


def _merged(calls: list[Call]) -> list[Call]:
    """Two edits of the same scenes as one call, where they set different fields."""
    merged: list[Call] = []
    for one in calls:
        last: dict[str, Any] = merged[-1] if merged else {"name": "", "args": {}}
        same = one["name"] == last["name"] == "edit_scenes" and one["args"]["scenes"] == last["args"]["scenes"]
        if same and not (one["args"].keys() & last["args"].keys() - {"scenes"}):
            merged[-1] = {"name": "edit_scenes", "args": {**last["args"], **one["args"]}}
        else:
            merged.append(one)
    return merged
