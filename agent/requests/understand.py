"""Understand a request by its grammar: words, whom and what they point at, clauses with their scope, frames, calls."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from agent.context import Context
from agent.language import knows_word
from agent.requests import frames as f
from agent.requests.board_index import BoardIndex
from agent.requests.clauses import REQUEST_VERBS, Clause, split_clauses
from agent.requests.compile import Call, calls_of, with_scenes
from agent.requests.lexicon import LEXICON
from agent.requests.named_versions import mark_versions
from agent.requests.people import People, mark_people
from agent.requests.rules_ask import ASK_RULES, condition
from agent.requests.rules_aspects import ASPECT_RULES
from agent.requests.rules_board import BOARD_RULES
from agent.requests.rules_chat import CHAT_RULES, VAGUE_RULES
from agent.requests.rules_cover import cover
from agent.requests.rules_draw import DRAW_RULES
from agent.requests.rules_insert import INSERT_RULES
from agent.requests.rules_order import COUNT_RULES, ORDER_RULES
from agent.requests.rules_panels import camera_moves, lasting, light, note, shown_as, styled
from agent.requests.rules_people import PEOPLE_RULES
from agent.requests.rules_sentences import make, statement
from agent.requests.rules_stage import STAGE_RULES, continuity
from agent.requests.rules_talk import TALK_RULES, is_judged, is_remark, mended, remark
from agent.requests.rules_things import (
    add,
    described,
    everywhere_gone,
    exchange,
    give,
    remove,
    staged,
    too_much,
    wished,
)
from agent.requests.rules_versions import VERSION_RULES
from agent.requests.rules_written import WRITTEN_RULES
from agent.requests.scenes import SceneReader, mark_scenes
from agent.requests.state import DoubtError, State, UnreadError
from agent.requests.words import Text, read_text

__all__ = ["Reading", "begins_in_english", "scenes_named", "understand"]

RULES = (
    *CHAT_RULES, *VAGUE_RULES, continuity, *VERSION_RULES, *ASK_RULES, *WRITTEN_RULES, *DRAW_RULES, *BOARD_RULES,
    *TALK_RULES,
    *ASPECT_RULES, *STAGE_RULES, *PEOPLE_RULES, cover, *ORDER_RULES, *INSERT_RULES, *COUNT_RULES, described, lasting,
    exchange, styled, light, staged, note,
    camera_moves, give, add, everywhere_gone, remove, too_much, make, shown_as, wished, statement,
)  # fmt: skip
_MIND_CHANGED = re.compile(
    r"(?<=\w)\W*[,.;—-]+\s*(?:(?:no|oh|wait|oops|sorry|actually|scratch that|i mean|or rather)\b[,\s]*)+", re.IGNORECASE
)
RECALLING = frozenset(
    ("too", "more", "less", "even", "no", "should", "must", "not", "stop", "needs", "could", "another")
)
"""Words with which a short request goes on about what was talked of last ("even darker", "no rain")."""
MOST_READ = 600
"""Characters of a message that is read as a request by its grammar."""


@dataclass(frozen=True)
class Reading:
    """What a request means. `calls` carry it out where `sure`; `doubt` is a question where it is understood but for one
    thing; `unread` are the person's words that no rule explains; `named` are the scenes that it names, if any;
    `points` is whether words name a scene, or ask
    for something to be done; `asks` is a question of its own."""

    calls: tuple[Call, ...] = ()
    doubt: f.Doubt | None = None
    unread: tuple[str, ...] = ()
    named: tuple[int, ...] | None = None
    words: str = ""
    points: bool = False
    asks: str = ""
    frames: tuple[f.Frame, ...] = field(default=())
    choices: tuple[tuple[str, tuple[Call, ...]], ...] = ()

    @property
    def sure(self) -> bool:
        """Whether every word is accounted for."""
        return not (self.unread or self.doubt or self.asks) and (bool(self.calls) or bool(self.words))


def understand(source: str, context: Context, given: Mapping[str, Any] | None = None) -> Reading:
    """Read a request against the board. `given` settles what an earlier reading of the same words asked about. "The
    bridge" is taken for the scene there only where that explains more."""
    if len(source) > MOST_READ:
        return Reading(unread=(source,))
    corrected = _corrected(source, context)
    if corrected is not None:
        return corrected
    reading = _understand(source, context, given or {}, placed=False)
    if reading.sure:
        return reading
    placed = _understand(source, context, given or {}, placed=True)
    return placed if placed.sure or (placed.doubt and not reading.doubt) else reading


def _corrected(source: str, context: Context) -> Reading | None:
    """ "make 3 night, no wait, 4": what was said first, for what is said last; None where no mind was changed."""
    found = list(_MIND_CHANGED.finditer(source))
    if not found or not source[found[-1].end() :].strip():
        return None
    head, tail = source[: found[-1].start()], source[found[-1].end() :]
    _state, clauses = _read(tail, context, {}, placed=False)
    words = [word for clause in clauses for word in clause.words]
    if not words or any(
        word.kind not in ("scenes", "mark") and not word.is_word("the", "meant", "i", "in") for word in words
    ):
        return None
    first = understand(head, context)
    places = [place for word in words if word.scope for place in word.scope.positions]
    if not first.calls or not places:
        return None
    return Reading(tuple(with_scenes(first.calls, places)), named=tuple(places))


def _understand(source: str, context: Context, given: Mapping[str, Any], *, placed: bool) -> Reading:
    state, clauses = _read(source, context, given, placed)
    strange = [word for word in state.text.words if word.kind == "word" and word.low.isalpha() and len(word.low) > 2]
    strange = [
        word for word in strange if not (knows_word(word.low) or word.low in state.index.names | LEXICON.commands)
    ]
    if len(strange) > 1 and len(strange) * 4 > len(state.text.words):
        return Reading(unread=(source,))
    named = _named(clauses)
    state.alone = len(clauses) == 1
    pending: bool | None = None
    unread: list[str] = []
    done: list[str] = []
    aside: list[str] = []
    for place, clause in enumerate(clauses):
        clause, wanted = condition(clause)
        wanted = pending if wanted is None else wanted
        pending = None
        if clause.low == ["if"]:
            pending = wanted
            continue
        if wanted is not None and state.answer is not wanted and state.frames:
            state.frames.append(f.Say("That is not so, so nothing was changed."))
            continue
        try:
            frames = _frames(state, clause, place + 1 < len(clauses))
        except UnreadError:
            frames = None
        except DoubtError as error:
            return _doubtful(source, context, given, error.doubt, state, named)
        if place + 1 < len(clauses) and frames is not None and is_judged(clause):
            state.hold(state.places([word for word in clause.words if word.kind == "scenes"]))
            state.judged = frames
            continue
        if frames is None and _sets_scene(state, clause, clauses[place + 1 :]):
            aside.append(state.text.raw(clause.words))
            state.judged = mended(state, clause)
            continue
        if frames is None:
            unread.append(state.text.raw(clause.words))
            continue
        if state.lost and not any(isinstance(frame, f.Ask | f.Say | f.Meta) for frame in frames):
            continue
        _take(state, frames)
        if any(not isinstance(frame, f.Meta | f.Keep | f.Ask | f.Say) for frame in frames):
            done.append(state.text.raw(clause.words))
    if aside and not any(not isinstance(frame, f.Meta | f.Keep) for frame in state.frames):
        unread += aside
    calls = _calls(state, context)
    if unread:
        offered = (("only: " + "; ".join(done), tuple(calls)), ("leave it as it is", ())) if calls and done else ()
        return Reading(tuple(calls), unread=tuple(unread), named=named, points=_points(clauses), choices=offered)
    words = next((frame.words for frame in state.frames if isinstance(frame, f.Say)), "")
    if not calls and not words and any(isinstance(frame, f.Keep) for frame in state.frames):
        kept = sorted(
            {place for frame in state.frames if isinstance(frame, f.Keep) and frame.lock for place in frame.scenes}
        )
        if kept and len(kept) < state.index.count:
            return Reading(({"name": "lock_scenes", "args": {"scenes": kept, "locked": True}},), named=named)
        words = "All right, nothing was changed."
    return Reading(tuple(calls), named=named, words=words, frames=tuple(state.frames))


def scenes_named(source: str, context: Context) -> tuple[int, ...]:
    """The scenes that words name by number or description."""
    _, clauses = _read(source, context, {}, placed=True)
    return _named(clauses) or ()


def begins_in_english(source: str) -> bool:
    """Whether a message begins with an English verb of a request: "call it La Casa"."""
    words = read_text(source, frozenset(), frozenset()).words
    return bool(words) and words[0].low in REQUEST_VERBS


def _points(clauses: Sequence[Clause]) -> bool:
    """Whether clauses name a scene, or ask for something to be done."""
    return any(
        clause.low[0] in REQUEST_VERBS or any(word.kind == "scenes" for word in clause.words) for clause in clauses
    )


def _named(clauses: Sequence[Clause]) -> tuple[int, ...] | None:
    """The scenes that clauses name; None where none are named, or where they point back at what was talked of."""
    scopes = [word.scope for clause in clauses for word in clause.words if word.scope is not None]
    if not scopes or any(scope.kind == "back" for scope in scopes):
        return None
    return tuple(sorted({place for scope in scopes for place in scope.positions}))


def _doubtful(
    source: str, context: Context, given: Mapping[str, Any], doubt: f.Doubt, state: State,
    named: tuple[int, ...] | None,
) -> Reading:  # fmt: skip
    """A question, with the calls that each of its choices stands for."""
    choices = [
        (label, tuple(one for frame in frames for one in calls_of(frame, state.index)))
        for label, frames in doubt.choices
    ]
    settles = doubt.settles
    if doubt.wants == "scenes" and not settles and state.index.count <= 8:
        settles = tuple((state.index.label(place), (place,)) for place in range(1, state.index.count + 1))
    if doubt.wants not in given:
        for label, value in settles:
            settled = understand(source, context, {**given, doubt.wants: value})
            choices += [(label, settled.calls)] if settled.sure else []
    return Reading(doubt=doubt, named=named, choices=tuple(choices))


def _read(source: str, context: Context, given: Mapping[str, Any], placed: bool) -> tuple[State, list[Clause]]:
    index = BoardIndex(context)
    people = People(index)
    text = read_text(source, index.names, people.words)
    words = mark_people(mark_versions(text.words, context), people)
    words = mark_scenes(SceneReader(text, words, index, people, placed))
    text = Text(source, words)
    spoken = [one for one in context.focus.characters if one in people.index_ids]
    clauses = [clause for clause in split_clauses(text) if clause.words]
    return State(text, index, people, spoken=spoken, given=given), clauses


def _frames(state: State, clause: Clause, later: bool) -> list[f.Frame] | None:
    if all(
        word.kind == "scenes" or word.low in ("in", "for", "on", "and", ",", "just", "only") for word in clause.words
    ):
        places = state.places([word for word in clause.words if word.kind == "scenes"])
        if later and not state.frames:
            state.hold(places)
            return [f.Meta()]
        said = f" {state.text.source.lower()} "
        again = any(word in said for word in (" too ", " as well", " also ", " same ", "again", "likewise", "about"))
        if places and (state.frames or (again and state.index.context.last_calls)):
            return [f.Again(places)]
        return None
    state.recalls = clause.mood in ("order", "wish") or bool(set(clause.low[:2]) & (REQUEST_VERBS | RECALLING))
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
    for frame in frames:
        if isinstance(frame, f.Move | f.Redraw | f.Change | f.Add | f.Style | f.Join):
            state.hold(frame.scenes)
        elif (
            isinstance(frame, f.Tell) and isinstance(frame.args.get("scenes"), list) and frame.args["scenes"] != ["all"]
        ):
            state.hold(tuple(frame.args["scenes"]))
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
    places = frame.scenes
    if places and frame.instead and not in_message:
        gone = [p for one in before if one["name"] == "delete_scenes" for p in one["args"]["scenes"]]
        places = tuple(place - sum(1 for other in gone if isinstance(other, int) and other < place) for place in places)
    again = with_scenes(before, places) if places else before
    if not again:
        return []
    return [{"name": "undo", "args": {}}, *again] if frame.instead and not in_message else list(again)


def _spared(one: Call, kept: set[int], count: int) -> list[Call]:
    scenes = one["args"].get("scenes")
    if (one["name"] == "set_style" and scenes is None) or scenes == ["all"]:
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
            args = {**last["args"], **one["args"]}
            emptied = [name for name in args.pop("take_away", ()) if name not in args]
            merged[-1] = {"name": "edit_scenes", "args": {**args, **({"take_away": emptied} if emptied else {})}}
        else:
            merged.append(one)
    return merged
