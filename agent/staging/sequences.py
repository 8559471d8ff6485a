"""Which panels belong together: one place, one time, without a break."""

from __future__ import annotations

import re
from collections.abc import Sequence

from db.board import Board, Scene

__all__ = ["sequence_of", "sequences"]


def sequences(board: Board) -> list[tuple[Scene, ...]]:
    """Split the panels of a board into runs of neighbours in one place at one time. A panel that names no place, or no
    time, stays where the one before it is."""
    runs: list[list[Scene]] = []
    place = time = ""
    for scene in board.scenes:
        here, now = _bare(scene.setting), _bare(scene.time)
        moved = (here and place and here != place) or (now and time and now != time)
        if moved or not runs:
            runs.append([])
            place, time = here, now
        else:
            place, time = place or here, time or now
        runs[-1].append(scene)
    return [tuple(run) for run in runs]


def sequence_of(board: Board, scene_id: str) -> Sequence[Scene]:
    """The panels of the sequence that a scene is in. Raises KeyError."""
    for run in sequences(board):
        if any(scene.id == scene_id for scene in run):
            return run
    raise KeyError(scene_id)


def _bare(words: str) -> str:
    return re.sub(r"^(?:in|at|on|by|inside|outside)?\s*(?:an?|the)?\s*", "", words.strip().lower())
