"""What people say of a picture before they ask for something, and wishes too vague to grant."""

from __future__ import annotations

import re
from collections.abc import Sequence

from agent.planner.intents.describing import IN, bare, details, vague
from agent.planner.intents.kit import Asked, Call, Doubt, Intent, Remark, Topic, call

__all__ = ["INTENTS", "VAGUE"]

WHAT = ("character", "what...")

ALREADY = "is|are|was|were|looks|seems|feels|came"
IS = f"{ALREADY}|look|seem|feel|come"


def _remark(a: Asked) -> Call | Remark:
    """ "Panel 2 looks dull": by itself a reason to ask, before a request what it is about."""
    if any(item.word in {"make", "should", "must", "want"} for item in a.clause):  # "make 3 look like a dream"
        if a.has("how"):
            return call("edit_scenes", scenes=a.where(), mood=f"like {a.seen('how')}")
        if a.has("detail"):
            return details(a)
        raise vague(a)
    if a.alone:
        raise vague(a)
    scenes = tuple(a.scenes()) if a.has("scenes") else a.spoken
    judges_length = re.search(r"\b(?:long|short|brief|quick|slow)\b", a.message.raw(a.clause), re.IGNORECASE)
    return Remark(scenes, Topic(scenes, kind="length" if judges_length else ""))


def _complaint(a: Asked) -> Remark:
    """ "The tree in 3 is too small": by itself a reason to ask; before a request, what "it" is."""
    scenes = tuple(a.scenes()) if a.has("scenes") else a.spoken
    who = a.name(a.character()) if a.has("character") else ""
    within = next((item for item in a.match.slots.get("what", ()) if "scenes" in item.values), None)
    if within is not None:  # "I don't like how 5 turned out"
        return _remark_on(a, tuple(a.settled(within)))
    thing = bare(a.text("what")) if a.has("what") else a.text("how") if a.has("how") and _is_part(a) else ""
    if a.alone:
        raise Doubt(f"What shall I change about {who or (f'the {thing}' if thing else 'that')}?")
    return Remark(scenes, Topic(scenes, thing=thing, character=who))


def _is_part(a: Asked) -> bool:
    """ "Mira's hair": a part of somebody."""
    return any(item.word == "'s" for item in a.clause)


def _titled(a: Asked) -> Remark:
    """ "I cannot read the title of 2": "make it shorter" is not about its length."""
    scenes = tuple(a.scenes())
    if a.alone:
        raise Doubt(f"What should the title of scene {scenes[0]} be?")
    return Remark(scenes, Topic(scenes, kind="title"))


def _remark_on(a: Asked, scenes: tuple[int, ...]) -> Remark:
    if a.alone:
        raise Doubt(f"What shall I change about scene {scenes[0]}?")
    return Remark(scenes, Topic(scenes))


def _length(a: Asked) -> Remark:
    scenes = tuple(a.scenes())
    if a.alone:
        raise Doubt(f"For how many seconds shall I show scene {scenes[0]}?")
    return Remark(scenes, Topic(scenes, kind="length"))


def _be_vague(a: Asked) -> Sequence[Call]:
    if a.corrects_itself and a.clause[0].word == "fix":  # "5 is too dark, fix it": that is done
        return []
    raise vague(a)


INTENTS = (
    Intent(
        "a remark",
        (
            "{scenes} looks|seems|feels|came|come|turned [out] {detail+}",
            "{scenes} looks|seems|feels|came|come|turned|describe [out] {how...}",
            "it|that|this looks|seems|feels|came|come|turned [out] {how...}",
            "[{scenes}|story] judged|off|done|ready|less|more|fine [anyway|already]",
            "{scenes} is|are|was|came empty [anyway|already]",
            "end|ending|start|something pending|judged|off [in|with|about|at] [{scenes}]",
            "fond {scenes}",
            "tired {how...}",
            "{scenes} related",
            "nothing happen {scenes}",
        ),
        _remark,
        ("scene 2 came out weird", "2 is boring", "something is off in 4"),
        remarks=True,
    ),
    Intent(
        "a complaint of something in a picture",
        (
            *(f"{{{who}}} {IS} [still] too|too_much {{how...}} [{IN}] [{{scenes}}]" for who in WHAT),
            *(f"{{{who}}} {IN} {{scenes}} {ALREADY} [still] [too|too_much] {{how...}}" for who in WHAT),
            *(
                f"{{{who}}} {IS} not [really] need|needed|wanted|necessary|right|good|visible [{IN}] [{{scenes}}]"
                for who in WHAT
            ),
            *(f"can not see|spot|find {{{who}}} [{IN}] [{{scenes}}]" for who in WHAT),
            "not like|love {character} ['s] [{how...}]",
            f"not like|love {{what...}} [{IN}] [{{scenes}}]",
        ),
        _complaint,
        ("the tree in 3 looks too small", "the oak in 4 is not needed"),
        remarks=True,
    ),
    Intent(
        "a complaint of a title",
        ("can not read|see|like [title] {scenes} [title]", "title {scenes} too_much|judged|not {how...}"),
        _titled,
        ("I can't read the caption of 2",),
        remarks=True,
    ),
    Intent(
        "a complaint of how long",
        (
            "({num} seconds & {scenes}) [is|be] judged|too_much",
            "{num} seconds [is|be] judged|too_much {scenes}",
            "{scenes} last_for [{num}] [seconds] judged",
        ),
        _length,
        ("4 seconds is too short for 5",),
        remarks=True,
    ),
)
VAGUE = (
    Intent(
        "vague",
        (
            "[make|try] [@change|redo] [{scenes}] better|nicer|different|differently|something|good|improve",
            "improve [{scenes}]",
            "change [{scenes}] [something|anything]",
            "not like [{scenes}] [it|that|this]",
            "judged",
            "less|more|too_much",
            "fix [{scenes}]",
        ),
        _be_vague,
        ("make it better",),
    ),
)
