"""What a turn changed, and what it provably did not: computed from two boards and their request digests, never said
by a model."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from agent.drawing.requests import panel_request
from agent.edits import place_list
from agent.edits.common import items
from agent.wording import counted, name_list
from db.board import Board, Scene
from db.history import Version

__all__ = ["Receipt", "receipt"]

# Fields of a scene that `board.json` does not show, or that say only how another one came about
INNER = {"id", "handwritten", "picked", "variation", "edit", "style"}

COMPOSED = {"camera", "staging"}
"""Fields that follow from the others, and are told of only where a person decided them."""


@dataclass(frozen=True)
class Receipt:
    """`text` is for the person; `changed` has one object per scene that is new, changed or was moved:
    `{"scene", "position", "fields"}`, positions as they are afterwards."""

    text: str = ""
    changed: tuple[dict[str, Any], ...] = ()
    differs: bool = False

    def __bool__(self) -> bool:
        """Whether there is anything to tell."""
        return self.differs


def receipt(
    before: Version | None,
    after: Board,
    requests: Mapping[str, str],
    *,
    moved: Collection[str] = (),
    notes: Sequence[str] = (),
    expected: Collection[str] = (),
) -> Receipt:
    """The receipt for a turn that led from a version to a board whose scenes have these request digests. Scenes whose
    digest is the same have the same picture, byte for byte; of those whose picture the turn was to change (`expected`)
    it says why it did not."""
    if before is None:
        count = len(after.scenes)
        new = tuple(_change(after, scene.id, [*_shown(scene), "image"]) for scene in after.scenes)
        return Receipt(_joined([f"A new storyboard with {counted(count, 'scene')}."], notes), new, True)
    old = {scene.id: scene for scene in before.board.scenes}
    fields: dict[str, list[str]] = {}
    for scene in after.scenes:
        if scene.id not in old:
            fields[scene.id] = [*_shown(scene), "image"]
            continue
        differing = _differing(old[scene.id], scene)
        if _style(before.board, old[scene.id]) != _style(after, scene):
            differing.append("style")
        if requests.get(scene.id) != before.requests.get(scene.id) or scene.picked != old[scene.id].picked:
            differing.append("image")
        if differing:
            fields[scene.id] = differing
    order = [scene.id for scene in after.scenes if scene.id in old]
    reordered = order != [scene.id for scene in before.board.scenes if any(scene.id == one for one in order)]
    shifted = [scene_id for scene_id in order if reordered and scene_id in moved]
    for scene_id in shifted:
        fields.setdefault(scene_id, []).append("position")
    gone = [scene.id for scene in before.board.scenes if scene.id not in {one.id for one in after.scenes}]
    kept = [one for one in order if one in expected and "image" not in fields.get(one, ())]
    undrawn = _undrawn(before.board, after, kept)
    added = [scene_id for scene_id in fields if scene_id not in old]
    told = [scene_id for sentence in undrawn for scene_id in sentence.scenes]
    text = _text(before.board, after, fields, added, gone, shifted, told)
    changed = tuple(_change(after, scene_id, names) for scene_id, names in fields.items())
    sentences = [*filter(None, [text]), *(sentence.text for sentence in undrawn)]
    return Receipt(_joined(sentences, notes), changed, bool(sentences or notes))


@dataclass(frozen=True)
class _Undrawn:
    """Why pictures that a turn was to change are the same: a sentence, and of which scenes."""

    text: str
    scenes: tuple[str, ...]


def _undrawn(before: Board, after: Board, kept: Sequence[str]) -> list[_Undrawn]:
    """The reasons why the pictures of these scenes are as they were, each with its scenes."""
    reasons: dict[str, list[str]] = {}
    for scene_id in kept:
        reasons.setdefault(_why_the_same(before, after, scene_id), []).append(scene_id)
    places = {scene.id: position for position, scene in enumerate(after.scenes, start=1)}
    sentences = []
    for why, scenes in reasons.items():
        verb = "is" if len(scenes) == 1 else "are"
        rest = f"not drawn anew: {why}." if why else "so already."
        was = verb if why else "was" if len(scenes) == 1 else "were"
        sentences.append(_Undrawn(f"{_list(places, scenes)} {was} {rest}", tuple(scenes)))
    return sentences


def _why_the_same(before: Board, after: Board, scene_id: str) -> str:
    """Why a changed scene asks its model for the picture that is there already, with what would help; "" where nothing
    of what it shows has changed."""
    old, new = before.scene(scene_id), after.scene(scene_id)
    model = after.drawing.model
    if new.locked:
        return "it is locked; unlock it first"
    if "prompt" in new.handwritten and new.prompt == old.prompt:
        return "its prompt was written by hand; change that, or give it back to be written from the scene"
    words, known = items(new.prompt), set(items(old.prompt))
    if set(words) == known and set(items(new.negative_prompt)) == set(items(old.negative_prompt)):
        return ""
    was, now = panel_request(before, old).phrased, panel_request(after, new).phrased
    left_out: dict[str, list[str]] = {}
    for word, reason in zip(now.dropped, now.reasons, strict=True):
        if word not in was.dropped:
            left_out.setdefault(reason, []).append(f"“{word}”")
    if left_out:
        return "; ".join(
            f"{model} leaves out {name_list(listed)}, since {reason}" for reason, listed in left_out.items()
        )
    alike = [f"“{word}” is “{own}” to {model}" for word, own in now.mapped if (word, own) not in was.mapped]
    if alike:
        return f"{name_list(alike)}, as before; say it otherwise, or use another model"
    more = [f"“{word}”" for word in words if word not in known]
    what = f"{name_list(more)} changes nothing" if more else "that changes nothing"
    return f"to {model} {what} in it; say it otherwise, or use another model"


def _text(
    before: Board,
    after: Board,
    fields: Mapping[str, list[str]],
    added: list[str],
    gone: list[str],
    shifted: list[str],
    told: Collection[str],
) -> str:
    """The sentence: which panels are new pictures, which only say something else, and which are the same. Scenes of
    which a sentence of its own tells (`told`) are left to that."""
    places = {scene.id: position for position, scene in enumerate(after.scenes, start=1)}
    redrawn = [scene_id for scene_id, names in fields.items() if "image" in names and scene_id not in added]
    only_words = [
        scene_id
        for scene_id, names in fields.items()
        if scene_id not in (*added, *redrawn, *told) and names != ["position"]
    ]
    board_fields = [name for name in ("title", "style") if getattr(before, name) != getattr(after, name)]
    if before.drawing != after.drawing:
        board_fields.append("drawing settings")
    if before.characters != after.characters:
        board_fields.append("characters")
    done = []
    if redrawn:
        done.append(f"changed {_list(places, redrawn)}")
    if only_words:
        names = list(dict.fromkeys(name for scene_id in only_words for name in fields[scene_id]))
        what = name_list([name.replace("_", " ") for name in names]) if len(names) < 4 else "words"
        lock = after.scene(only_words[0]).locked if names == ["locked"] else None
        verb = f"changed the {what} of" if lock is None else "locked" if lock else "unlocked"
        done.append(f"{verb} {_list(places, only_words)}")
    if added:
        done.append(f"added {_list(places, added)}")
    if gone:
        done.append(f"removed what was {place_list(before.position(scene_id) for scene_id in gone)}")
    if shifted:
        done.append("moved " + name_list([f"{before.position(one)} to {places[one]}" for one in shifted]))
    if not done and (told or not board_fields):
        return ""
    if not done:
        done.append(f"changed the {' and the '.join(board_fields)}")
    spoken = (*redrawn, *added, *only_words, *shifted, *told)
    same = [scene.id for scene in after.scenes if scene.id not in spoken]
    if not (redrawn or added or gone or told):
        rest = "all pictures are the same"
    elif same:
        rest = (
            f"{_list(places, same)} {'is' if len(same) == 1 else 'are'} the same picture{'' if len(same) == 1 else 's'}"
        )
    else:
        rest = ""
    first = ", ".join(done)
    return first[0].upper() + first[1:] + (f"; {rest}." if rest else ".")


def _list(places: Mapping[str, int], ids: Collection[str]) -> str:
    return place_list((places[scene_id] for scene_id in ids), noun="")


def _shown(scene: Scene) -> list[str]:
    """The fields of a new scene that say something."""
    return [
        field.name
        for field in dataclasses.fields(scene)
        if field.name not in INNER | COMPOSED and getattr(scene, field.name)
    ]


def _differing(old: Scene, new: Scene) -> list[str]:
    return [
        field.name
        for field in dataclasses.fields(new)
        if field.name not in INNER
        and getattr(old, field.name) != getattr(new, field.name)
        and (field.name not in COMPOSED or field.name in new.handwritten or field.name in old.handwritten)
    ]


def _style(board: Board, scene: Scene) -> str:
    return board.style if scene.style is None else scene.style


def _change(board: Board, scene_id: str, names: Sequence[str]) -> dict[str, Any]:
    return {"scene": scene_id, "position": board.position(scene_id), "fields": list(names)}


def _joined(sentences: Sequence[str], notes: Sequence[str]) -> str:
    return " ".join([*sentences, *notes])
