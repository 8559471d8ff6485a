"""`Draft`: what a turn has come to by now, as a value. Each tool takes one and makes the next one of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from agent.context import Pending
from db.board import Board, Scene
from db.history import Version

__all__ = ["Candidates", "Draft", "Effect"]

Effect = Callable[[Version], str]
"""What is done with the saved version after the commit, and says so in a sentence."""


@dataclass(frozen=True)
class Candidates:
    """Pictures of one scene to choose from, by their seeds."""

    scene: str
    seeds: tuple[int, ...]


@dataclass(frozen=True)
class Draft:
    """`storyboard` is the one that is worked on (None: a new one), `head` the saved version of it that `board` stands
    on, and `moves_head` whether the head is to go there. `base` is the version that unchanged scenes have their request
    digests from; `origins` has those of scenes that come from elsewhere. `seen` is the board by whose positions the
    speaker counts, `moved` are the scenes that were put elsewhere, `notes` sentences for the receipt. `pending` is a
    question: then nothing of the draft is saved. `deletes` is "storyboard" or "conversation"; `effects` are what is
    done after the commit, each with the place of its call among the turn's calls."""

    storyboard: str | None = None
    head: Version | None = None
    base: Version | None = None
    seen: Board | None = None
    board: Board | None = None
    origins: Mapping[str, tuple[Scene, str]] = field(default_factory=dict)
    moved: frozenset[str] = frozenset()
    notes: tuple[str, ...] = ()
    moves_head: bool = False
    pending: Pending | None = None
    deletes: str = ""
    effects: tuple[tuple[int, Effect], ...] = ()
    candidates: Candidates | None = None
    draws_candidates: bool = False

    @staticmethod
    def of(version: Version | None, candidates: Candidates | None = None) -> Draft:
        """The draft that a turn begins with: a saved version as it is."""
        if version is None:
            return Draft(candidates=candidates)
        return Draft(version.storyboard, version, version, version.board, version.board, candidates=candidates)

    @property
    def edited(self) -> bool:
        """Whether the board is another one than that of the version that it stands on."""
        return self.board is not None and (self.head is None or self.board != self.head.board)
