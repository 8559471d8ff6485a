"""Which panels belong together: one place, one time, without a break."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import groupby

from db.board import Board, Scene

__all__ = ["bare", "places", "sequence_of", "sequences", "whereabouts"]


def sequences(board: Board) -> list[tuple[Scene, ...]]:
    """Split the panels of a board into runs of neighbours of one sequence; on a board whose panels have none, into runs
    of neighbours in one place at one time."""
    if not board.sequences:
        return _runs(board, ("setting", "time"))
    return [tuple(run) for _, run in groupby(board.scenes, key=lambda scene: scene.sequence)]


def places(board: Board) -> list[tuple[Scene, ...]]:
    """Split the panels of a board into runs of neighbours in one place, whatever the time."""
    return _runs(board, ("setting",))


def whereabouts(board: Board) -> dict[str, tuple[str, str]]:
    """Say for each scene id where and when the panel is. One that names no place, or no time, stays where the one
    before it is."""
    where: dict[str, tuple[str, str]] = {}
    here = ("", "")
    for run in _runs(board, ("setting", "time")):
        place, time = (next((word for scene in run if (word := bare(getattr(scene, name)))), "") for name in FIELDS)
        here = (place or here[0], time)
        where |= {scene.id: here for scene in run}
    return where


FIELDS = ("setting", "time")


def _runs(board: Board, names: Sequence[str]) -> list[tuple[Scene, ...]]:
    runs: list[list[Scene]] = []
    last = dict.fromkeys(names, "")
    for scene in board.scenes:
        here = {name: bare(getattr(scene, name)) for name in names}
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
def bare(words: str) -> str:
    """The words of a place or a time without a preposition and an article, in small letters."""
    return re.sub(r"^(?:in|at|on|by|inside|outside)?\s*(?:an?|the)?\s*", "", words.strip().lower())
