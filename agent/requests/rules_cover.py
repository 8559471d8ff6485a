"""The rule for covering scenes with several shots."""

from __future__ import annotations

from agent.edits import COVERAGES
from agent.requests import frames as f
from agent.requests.clauses import Clause
from agent.requests.state import State
from agent.requests.words import word_set
from agent.story import split_sentences

__all__ = ["cover"]

_SHOTS = word_set("shots shot setups angles cuts")
_VERBS = word_set("cover shoot film tell play stage do")
_SMALL = word_set("as like an a the in with from of for it this that by using want should be")


def cover(state: State, clause: Clause) -> list[f.Frame] | None:
    """ "cover scene 4", "cover 2 as a dialogue in three shots", "shoot 4 like a chase", "cover everything"."""
    plain = clause.low
    said = " ".join(plain)
    name = next((name for name in COVERAGES if f" {name} " in f" {said} "), None)
    numbers = [word.number for word in clause.words if word.kind == "number"]
    shots = bool(numbers) and bool(_SHOTS & {*plain})
    verb = plain[0] if plain[0] in _VERBS else ""
    if not (verb == "cover" or (name and (verb or "as" in plain or "like" in plain)) or (verb and shots)):
        return None
    everything = bool({"everything", "all"} & {*plain})
    explained = {*_SHOTS, *_VERBS, *_SMALL, *(name or "").split(), "everything", "all", "scenes"}
    left = [
        word for word in clause.words if word.kind not in ("scenes", "number", "mark") and word.low not in explained
    ]
    if left or len(numbers) > 1 or (numbers and not shots):
        return None
    places = state.places([word for word in clause.words if word.kind == "scenes"])
    if everything:
        scenes = state.board.scenes
        places = tuple(place for place, scene in enumerate(scenes, 1) if len(split_sentences(scene.text)) > 1)
    wanted: dict[str, object] = {"coverage": name, "shots": numbers[0] if numbers else None}
    wanted = {key: value for key, value in wanted.items() if value is not None}
    return [f.Tell("cover_scene", {"scenes": [place], **wanted}) for place in places or ()] or None
