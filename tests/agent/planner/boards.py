"""A board to read requests against: the one of the evaluation."""

from __future__ import annotations

from agent.context import Context, Focus, KnownVersion
from agent.planner.converse import Plan, respond
from agent.tools import CATALOGUE
from tests.eval_agent.board import first_board

__all__ = ["context", "plan"]


def context(*scenes: int, character: str | None = None, **more: object) -> Context:
    """The board, with these scenes (by position) and this character last talked of."""
    board = first_board()
    focus = Focus(tuple(board.scenes[place - 1].id for place in scenes), (character,) if character else ())
    versions = tuple(KnownVersion(number, number - 1 or None) for number in range(1, 6))
    return Context(board=board, version=5, versions=versions, focus=focus, **more)  # type: ignore[arg-type]


def plan(text: str, known: Context) -> Plan:
    """What the offline planner would do about a message, with all tools at hand."""
    return respond(text, known, tools=CATALOGUE)
