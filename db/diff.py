"""What changed between two boards, per scene and per field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from db.board import Board

__all__ = ["CharacterChange", "Diff", "Fields", "Kind", "Move", "SceneChange", "diff"]

Kind = Literal["added", "removed", "moved", "reworded", "restyled", "redrawn"]
"""What happened to a scene: its words changed (reworded), its look changed (restyled), another picture of it was asked
for (redrawn). One scene may be of several kinds, or of none (a note, a lock)."""

Fields = Mapping[str, tuple[Any, Any]]
"""Field name -> (before, after), as JSON values."""

WORDS = {"title", "text", "summary", "action", "dialogue"}
LOOK = {"style", "shot", "setting", "time", "weather", "mood", "props", "characters", "camera", "staging"}
PROMPT = {"prompt", "negative_prompt"}
PICTURE = {"seed", "variation", "edit", "picked", "image"}

Images = Mapping[str, str | None]


@dataclass(frozen=True)
class Move:
    """A scene that was taken out of the order and put elsewhere; positions count from 1."""

    scene: str
    origin: int
    target: int


@dataclass(frozen=True)
class SceneChange:
    """Fields of a scene that both boards have."""

    scene: str
    fields: Fields


@dataclass(frozen=True)
class CharacterChange:
    """Fields of a character; all of them, from or to None, where it was added or removed."""

    character: str
    fields: Fields


@dataclass(frozen=True)
class Diff:
    """What leads from board `a` to board `b`. `origin` and `target` are version numbers, where they are versions.
    `moved` is the smallest set of scenes whose moving explains the new order. False where nothing changed."""

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    moved: tuple[Move, ...] = ()
    changed: tuple[SceneChange, ...] = ()
    characters: tuple[CharacterChange, ...] = ()
    board: Fields = field(default_factory=dict)
    origin: int | None = None
    target: int | None = None

    def kinds(self) -> dict[str, tuple[Kind, ...]]:
        """Scene id -> what happened to it, for every scene that anything happened to."""
        found: dict[str, list[Kind]] = {}
        for scene in self.added:
            found.setdefault(scene, []).append("added")
        for scene in self.removed:
            found.setdefault(scene, []).append("removed")
        for move in self.moved:
            found.setdefault(move.scene, []).append("moved")
        for change in self.changed:
            found.setdefault(change.scene, []).extend(self._kinds_of(set(change.fields)))
        return {scene: tuple(kinds) for scene, kinds in found.items()}

    def _kinds_of(self, fields: set[str]) -> list[Kind]:
        # A prompt says again what the other fields say. Where it changed alone, someone rewrote it, unless the change
        # came from outside the scene: from the board's style, or from how a character looks.
        from_outside = "style" in self.board or bool(self.characters)
        reworded = bool(fields & WORDS)
        restyled = bool(fields & LOOK)
        if fields & PROMPT and not (reworded or restyled):
            reworded, restyled = not from_outside, from_outside
        kinds: list[Kind] = ["reworded"] if reworded else []
        kinds += ["restyled"] if restyled else []
        kinds += ["redrawn"] if fields & PICTURE else []
        return kinds

    def to_json(self) -> dict[str, Any]:
        """The form of `taleboard diff --json`."""
        return {
            "from": self.origin,
            "to": self.target,
            "added": list(self.added),
            "removed": list(self.removed),
            "moved": [{"scene": move.scene, "from": move.origin, "to": move.target} for move in self.moved],
            "changed": [{"scene": change.scene, "fields": _lists(change.fields)} for change in self.changed],
            "characters": [
                {"character": change.character, "fields": _lists(change.fields)} for change in self.characters
            ],
            "board": _lists(self.board),
        }

    def __bool__(self) -> bool:
        return any((self.added, self.removed, self.moved, self.changed, self.characters, self.board))


def diff(a: Board, b: Board, *, images: tuple[Images, Images] | None = None) -> Diff:
    """What changed from `a` to `b`. `images` are the pictures of each board's scenes by scene id; where they are given,
    a scene's field "image" is compared too. Pure."""
    before, after = a.to_json(), b.to_json()
    old = {scene["id"]: scene for scene in before.pop("scenes")}
    new = {scene["id"]: scene for scene in after.pop("scenes")}
    if images is not None:
        old = {scene: {**value, "image": images[0].get(scene)} for scene, value in old.items()}
        new = {scene: {**value, "image": images[1].get(scene)} for scene, value in new.items()}
    old_cast = {character["id"]: character for character in before.pop("characters")}
    new_cast = {character["id"]: character for character in after.pop("characters")}
    return Diff(
        added=tuple(scene for scene in new if scene not in old),
        removed=tuple(scene for scene in old if scene not in new),
        moved=_moves(list(old), list(new)),
        changed=tuple(
            SceneChange(scene, fields)
            for scene in new
            if scene in old and (fields := _changed_fields(old[scene], new[scene]))
        ),
        characters=tuple(
            CharacterChange(character, fields)
            for character in new_cast | old_cast
            if (fields := _changed_fields(old_cast.get(character, {}), new_cast.get(character, {})))
        ),
        board={**_changed_fields(before, after), **_new_cast_order(old_cast, new_cast)},
    )


def _new_cast_order(old: Mapping[str, Any], new: Mapping[str, Any]) -> Fields:
    """The field "cast", the names of those whom both boards have, where they stand in another order."""
    before, after = [one for one in old if one in new], [one for one in new if one in old]
    if before == after:
        return {}
    return {"cast": (", ".join(old[one]["name"] for one in before), ", ".join(new[one]["name"] for one in after))}


def _changed_fields(before: Mapping[str, Any], after: Mapping[str, Any]) -> Fields:
    return {
        name: (before.get(name), after.get(name))
        for name in {**before, **after}
        if before.get(name) != after.get(name) and name != "id"
    }


def _lists(fields: Fields) -> dict[str, list[Any]]:
    return {name: list(pair) for name, pair in fields.items()}


def _moves(old: Sequence[str], new: Sequence[str]) -> tuple[Move, ...]:
    """Which scenes were moved: those outside the longest run of scenes that kept their order among each other. That a
    scene has another place because others came or went does not count."""
    origin = {scene: place for place, scene in enumerate(old, start=1)}
    target = {scene: place for place, scene in enumerate(new, start=1) if scene in origin}
    stayed = _stayed([(origin[scene], place) for scene, place in target.items()])
    return tuple(Move(scene, origin[scene], place) for scene, place in target.items() if origin[scene] not in stayed)


def _stayed(places: Sequence[tuple[int, int]]) -> set[int]:
    """A longest increasing run of old places, in the new order of (old, new) places; of several, the one with most
    scenes whose place is the very same."""
    best: list[
        tuple[int, int, int]
    ] = []  # of the runs that end here: their length, the same places in them, the one before
    for index, (old, new) in enumerate(places):
        before = max(
            ((*best[earlier][:2], earlier) for earlier in range(index) if places[earlier][0] < old), default=(0, 0, -1)
        )
        best.append((before[0] + 1, before[1] + (old == new), before[2]))
    stayed: set[int] = set()
    index = max(range(len(best)), key=lambda index: best[index][:2], default=-1)
    while index >= 0:
        stayed.add(places[index][0])
        index = best[index][2]
    return stayed
