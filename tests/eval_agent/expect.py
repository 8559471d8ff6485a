"""What a request should do to a board, and what it must leave alone.

An `Expect` names everything that may differ afterwards. Whatever it does not name must be the same: a scene that is in
no expectation keeps every field, and the order, the characters, the style and the drawing settings stay. Scenes are
named by their number on the board as the person saw it; "n" stands for a scene that is new.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Self

from db.board import Board, Scene

__all__ = ["Expect", "Outcome", "Request", "judge"]


@dataclass(frozen=True)
class Expect:
    """`scenes` maps a number to what its fields must say afterwards (a regular expression, case ignored; "!x" must not
    be found; a plain value must be equal); such a scene must have changed. `may` are scenes that are free to change.
    `count` is the number of scenes afterwards, however they were cut (0: any number). `order` is the order afterwards
    ("2 1 n 3"); `new` holds for every new scene. `characters` is like `scenes`, by name ("n" for a new one). `board`
    and `drawing` map fields to values. `asks` is whether the reply must be a question, `says` what it must contain,
    `tool` what a called tool's name must match. `restores` is the number of the version whose board must be back."""

    scenes: dict[int, dict[str, Any]] = field(default_factory=dict)
    may: frozenset[int] = frozenset()
    count: int | None = None
    order: str | None = None
    new: dict[str, Any] = field(default_factory=dict)
    characters: dict[str, dict[str, Any]] = field(default_factory=dict)
    board: dict[str, Any] = field(default_factory=dict)
    drawing: dict[str, Any] = field(default_factory=dict)
    asks: bool | None = None
    says: str = ""
    tool: str = ""
    restores: int | None = None

    def __and__(self, other: Expect) -> Expect:
        return Expect(
            scenes={
                number: self.scenes.get(number, {}) | other.scenes.get(number, {})
                for number in (*self.scenes, *other.scenes)
            },
            may=self.may | other.may,
            count=other.count if self.count is None else self.count,
            order=self.order or other.order,
            new=self.new | other.new,
            characters=self.characters | other.characters,
            board=self.board | other.board,
            drawing=self.drawing | other.drawing,
            asks=self.asks if other.asks is None else other.asks,
            says=self.says or other.says,
            tool=self.tool or other.tool,
            restores=self.restores or other.restores,
        )


@dataclass(frozen=True)
class Request:
    """What a person types, and what it should do. `after` are turns before it in the same conversation; the effect
    counts from just before the request, or from the very beginning where `whole` is set. `fresh` requests come
    before there is a board; a `tale` is a story told first, for a board other than the usual one. `held_out` requests
    were not looked at while the offline planner was written."""

    text: str
    intent: str
    expect: Expect
    after: tuple[str, ...] = ()
    whole: bool = False
    fresh: bool = False
    held_out: bool = False
    tale: str = ""

    def hold_out(self) -> Self:
        return type(self)(**{**self.__dict__, "held_out": True})


@dataclass(frozen=True)
class Outcome:
    """What a request did: the board before and after, the reply, whether it was a question, the tools that ran."""

    before: Board | None
    after: Board | None
    reply: str = ""
    asked: bool = False
    tools: tuple[str, ...] = ()
    error: str | None = None
    versions: dict[int, Board] = field(default_factory=dict)


def judge(expect: Expect, outcome: Outcome) -> tuple[list[str], list[str]]:
    """Two lists: what was asked for and did not happen, and what happened and was not asked for (collateral)."""
    missing: list[str] = []
    if outcome.error:
        missing.append(f"the turn failed: {outcome.error}")
    if expect.asks is not None and outcome.asked != expect.asks:
        missing.append("it did not ask" if expect.asks else "it asked instead of answering")
    if expect.says and not re.search(expect.says, outcome.reply, re.IGNORECASE | re.DOTALL):
        missing.append(f"the reply does not say /{expect.says}/")
    if expect.tool and not any(re.search(expect.tool, name) for name in outcome.tools):
        missing.append(f"no tool like /{expect.tool}/ ran")
    before, after = outcome.before or Board(), outcome.after or Board()
    if expect.restores is not None:
        if after.to_json() != outcome.versions[expect.restores].to_json():
            missing.append(f"the board is not that of version {expect.restores}")
        return missing, []
    collateral: list[str] = []
    if expect.count is not None:
        if len(after.scenes) != (expect.count or len(after.scenes) or 1):
            missing.append(f"there are {len(after.scenes)} scenes, not {expect.count or 'some'}")
        return missing, collateral
    _judge_order(expect, before, after, missing, collateral)
    _judge_scenes(expect, before, after, missing, collateral)
    _judge_characters(expect, before, after, missing, collateral)
    for name in ("title", "style"):
        _judge_value(name, expect.board, getattr(before, name), getattr(after, name), missing, collateral)
    for name in before.drawing.__dataclass_fields__:
        _judge_value(
            name, expect.drawing, getattr(before.drawing, name), getattr(after.drawing, name), missing, collateral
        )
    return missing, collateral


def _judge_order(expect: Expect, before: Board, after: Board, missing: list[str], collateral: list[str]) -> None:
    numbers = {scene.id: str(number) for number, scene in enumerate(before.scenes, start=1)}
    order = " ".join(numbers.get(scene.id, "n") for scene in after.scenes)
    unmoved = " ".join(numbers.values())
    if expect.order is not None and order != expect.order:
        missing.append(f"the order is {order}, not {expect.order}")
        if order != unmoved:
            lost = set(expect.order.split()) & set(unmoved.split()) - set(order.split())
            collateral += [f"scene {number} is gone" for number in sorted(lost)]
    elif expect.order is None and order != unmoved:
        collateral.append(f"the order became {order}")


def _judge_scenes(expect: Expect, before: Board, after: Board, missing: list[str], collateral: list[str]) -> None:
    present = {scene.id: scene for scene in after.scenes}
    for number, scene in enumerate(before.scenes, start=1):
        now = present.get(scene.id)
        if now is None:
            continue
        if number in expect.scenes:
            if now == scene:
                missing.append(f"scene {number} did not change")
            missing += [f"scene {number}: {line}" for line in _unmet(expect.scenes[number], now, after)]
        elif now != scene and number not in expect.may:
            fields = [name for name, value in scene.__dict__.items() if value != getattr(now, name)]
            collateral.append(f"scene {number} changed its {', '.join(fields)}")
    if expect.new:
        known = {scene.id for scene in before.scenes}
        for now in after.scenes:
            if now.id not in known:
                missing += [f"the new scene: {line}" for line in _unmet(expect.new, now, after)]


def _judge_characters(expect: Expect, before: Board, after: Board, missing: list[str], collateral: list[str]) -> None:
    ids = {character.id: character for character in after.characters}
    for character in before.characters:
        now = ids.pop(character.id, None)
        if character.name in expect.characters:
            wanted = expect.characters[character.name]
            if wanted.get("gone"):
                if now is not None:
                    missing.append(f"{character.name} is still there")
            elif now is None:
                missing.append(f"{character.name} is gone")
            else:
                missing += [f"{character.name}: {line}" for line in _unmet(wanted, now, after)]
        elif now != character:
            collateral.append(f"{character.name} changed")
    if "n" in expect.characters:
        if not ids:
            missing.append("there is no new character")
        for now in ids.values():
            missing += [f"the new character: {line}" for line in _unmet(expect.characters["n"], now, after)]
    elif ids and "+" not in expect.characters:
        collateral += [f"{character.name} appeared" for character in ids.values()]


def _judge_value(
    name: str, expected: dict[str, Any], before: Any, after: Any, missing: list[str], collateral: list[str]
) -> None:
    if name in expected:
        missing += [f"the {line}" for line in _unmet_value(name, expected[name], after)]
    elif before != after:
        collateral.append(f"the {name} became {after!r}")


def _unmet(wanted: dict[str, Any], value: Any, board: Board) -> Iterable[str]:
    for name, want in wanted.items():
        if name == "who":  # the names of a scene's characters
            names = ", ".join(board.character(character).name for character in value.characters)
            yield from _unmet_value("who", want, names)
        elif name == "picture":  # whatever words a model chose to describe the picture with
            text = " ".join(_words(value))
            yield from _unmet_value("picture", want, text)
        else:
            yield from _unmet_value(name, want, getattr(value, name))


def _words(scene: Scene) -> Iterable[str]:
    yield from (scene.prompt, scene.mood, scene.action, scene.setting, scene.time, scene.weather, scene.shot)
    yield from (scene.notes, *scene.props, scene.style or "", scene.edit.prompt if scene.edit else "")


def _unmet_value(name: str, want: Any, value: Any) -> Iterable[str]:
    if isinstance(want, str):
        text = " ".join(map(str, value)) if isinstance(value, tuple) else str(value)
        negative = want.startswith("!")
        if bool(re.search(want.removeprefix("!"), text, re.IGNORECASE)) == negative:
            yield f"{name} is {text[:60]!r}, which should {'not ' if negative else ''}match /{want.removeprefix('!')}/"
    elif value != want:
        yield f"{name} is {value!r}, not {want!r}"
