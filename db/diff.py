"""What changed between two boards, per scene and per field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from db.board import Board

__all__ = ["CharacterChange", "Diff", "Kind", "Move", "SceneChange", "diff"]

Kind = Literal["added", "removed", "moved", "reworded", "restyled", "redrawn"]
"""What happened to a scene: its words changed (reworded), its look changed (restyled), another picture of it was made
(redrawn). One scene may be of several kinds."""

Fields = Mapping[str, tuple[Any, Any]]
"""Field name -> (before, after), as JSON values."""


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
    `moved` is the smallest set of scenes whose moving explains the new order."""

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    moved: tuple[Move, ...] = ()
    changed: tuple[SceneChange, ...] = ()
    characters: tuple[CharacterChange, ...] = ()
    board: Fields = None  # type: ignore[assignment]
    origin: int | None = None
    target: int | None = None

    def kinds(self) -> dict[str, tuple[Kind, ...]]:
        """Scene id -> what happened to it."""
        raise NotImplementedError

    def to_json(self) -> dict[str, Any]:
        """The form of `taleboard diff --json`."""
        raise NotImplementedError

    def __bool__(self) -> bool:
        """Whether anything changed."""
        raise NotImplementedError


def diff(
    a: Board,
    b: Board,
    *,
    images: tuple[Mapping[str, str | None], Mapping[str, str | None]] | None = None,
) -> Diff:
    """What changed from `a` to `b`. `images` are the pictures of each board's scenes by scene id; where they are given,
    a scene's field "image" is compared too. Pure."""
    raise NotImplementedError
