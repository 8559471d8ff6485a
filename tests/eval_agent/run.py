"""Runs requests through a real `ChatSession`, without drawing, each on a board of its own."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from agent.events import TurnFinished
from agent.services import Services, open_services
from agent.session import ChatSession
from agent.settings import Settings
from db.board import Board
from tests.eval_agent.board import begin
from tests.eval_agent.expect import Outcome, Request, judge

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

__all__ = ["Result", "evaluate", "score"]


@dataclass(frozen=True)
class Result:
    """How one request went: what was missing, what was changed unasked (`collateral`), and how long the turn took."""

    request: Request
    outcome: Outcome
    missing: tuple[str, ...]
    collateral: tuple[str, ...]
    seconds: float

    @property
    def passed(self) -> bool:
        return not self.missing and not self.collateral


def evaluate(requests: Iterable[Request], home: Path, model: BaseChatModel, llm: str = "offline") -> Iterator[Result]:
    """One result a request, in order. `home` is a folder for the database; `model` answers."""
    services = open_services(Settings(home=home, llm=llm))
    try:
        for request in requests:
            yield _one(services, request, model)
    finally:
        services.close()


def score(results: Iterable[Result]) -> tuple[int, int, int]:
    """How many passed, of how many, and how many changed something unasked."""
    results = list(results)
    return sum(r.passed for r in results), len(results), sum(bool(r.collateral) for r in results)


def _one(services: Services, request: Request, model: BaseChatModel) -> Result:
    conversation, boards = (None, {}) if request.fresh or request.tale else begin(services)
    session = ChatSession(services, conversation, draw=False, model=model)
    if request.tale:
        _turn(session, request.tale)
    first = _board(session)
    for said in request.after:
        _turn(session, said)
    before = first if request.whole else _board(session)
    start = time.perf_counter()
    receipt = _turn(session, request.text)
    seconds = time.perf_counter() - start
    outcome = Outcome(
        before=before,
        after=_board(session),
        reply=receipt["reply"],
        asked=receipt["clarify"],
        tools=tuple(call["name"] for call in receipt["tools"]),
        error=receipt["error"],
        versions=boards,
    )
    missing, collateral = judge(request.expect, outcome)
    return Result(request, outcome, tuple(missing), tuple(collateral), seconds)


def _turn(session: ChatSession, text: str) -> dict[str, object]:
    last = None
    for event in session.turn(text):
        last = event
    assert isinstance(last, TurnFinished)
    return last.receipt


def _board(session: ChatSession) -> Board | None:
    """The board that the conversation is at."""
    if session.conversation is None:
        return None
    boards = session.services.history().storyboards(conversation=session.conversation, limit=1)
    return session.services.history().head(boards[0].storyboard).board if boards else None
