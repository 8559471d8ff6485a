"""What people say of a picture before they ask for something, and wishes too vague to grant."""

from __future__ import annotations

from collections.abc import Sequence

from agent.planner.intents.describing import details, vague
from agent.planner.intents.kit import Asked, Call, Intent, Remark, call

__all__ = ["INTENTS"]


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
    return Remark(tuple(a.scenes()) if a.has("scenes") else a.spoken)


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
            "end|ending|start|something pending|judged|off [in|with|about|at] [{scenes}]",
            "fond {scenes}",
            "tired {how...}",
            "{scenes} related",
        ),
        _remark,
        ("scene 2 came out weird", "2 is boring", "something is off in 4"),
        remarks=True,
    ),
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
