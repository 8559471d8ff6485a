"""Which panels belong together: one place, one time, without a break."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from db.board import Board, Scene

__all__ = ["places", "sequence_of", "sequences"]


def sequences(board: Board) -> list[tuple[Scene, ...]]:
    """Split the panels of a board into runs of neighbours in one place at one time. A panel that names no place, or no
    time, stays where the one before it is."""
    return _runs(board, ("setting", "time"))


def places(board: Board) -> list[tuple[Scene, ...]]:
    """Split the panels of a board into runs of neighbours in one place, whatever the time."""
    return _runs(board, ("setting",))


def _runs(board: Board, names: Sequence[str]) -> list[tuple[Scene, ...]]:
    runs: list[list[Scene]] = []
    last = dict.fromkeys(names, "")
    for scene in board.scenes:
        here = {name: _bare(getattr(scene, name)) for name in names}
        moved = any(here[name] and last[name] and here[name] != last[name] for name in names)
        if moved or not runs:
            runs.append([])
            last = here
        else:
            last = {name: last[name] or here[name] for name in names}
        runs[-1].append(scene)
    return [tuple(run) for run in runs]


def sequence_of(board: Board, scene_id: str) -> Sequence[Scene]:
    """The panels of the sequence that a scene is in. Raises KeyError."""
    for run in sequences(board):
        if any(scene.id == scene_id for scene in run):
            return run
    raise KeyError(scene_id)


@cache
def _bare(words: str) -> str:
    return re.sub(r"^(?:in|at|on|by|inside|outside)?\s*(?:an?|the)?\s*", "", words.strip().lower())
