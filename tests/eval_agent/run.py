"""Runs requests through a real `ChatSession`, without drawing, each on a board of its own."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from agent.answering import answerer
from agent.events import TurnFinished
from agent.services import Services, open_services
from agent.session import ChatSession
from agent.settings import Settings
from db.board import Board
from tests.eval_agent.board import begin
from tests.eval_agent.expect import Outcome, Request, judge
from tests.eval_agent.meter import Cost, Meter

__all__ = ["Result", "evaluate", "score"]

Verdict = Literal["right", "asked", "wrong"]


@dataclass(frozen=True)
class Result:
    """How one request went: what was missing, what was changed unasked (`collateral`), how long the turn took, and what
    it cost a language model."""

    request: Request
    outcome: Outcome
    missing: tuple[str, ...]
    collateral: tuple[str, ...]
    seconds: float
    cost: Cost

    @property
    def passed(self) -> bool:
        return not self.missing and not self.collateral

    @property
    def verdict(self) -> Verdict:
        """Right; or not right, but a question was put and nothing changed; or wrong."""
        if self.passed:
            return "right"
        return "asked" if self.outcome.asked and not self.collateral else "wrong"


def evaluate(requests: Iterable[Request], home: Path, llm: str = "offline", *, window: int = 0) -> Iterator[Result]:
    """Make each request with the chat model of that name (as TALEBOARD_LLM), in order. `home` is a folder for the
    database; `window` is TALEBOARD_LLM_WINDOW."""
    services = open_services(Settings(home=home, llm=llm, llm_window=window))
    model, meter = answerer(llm, window).model, Meter()
    model.callbacks = [meter]
    try:
        for request in requests:
            yield _one(services, request, meter)
    finally:
        model.callbacks = None
        services.close()


def score(results: Iterable[Result]) -> tuple[int, int, int]:
    """How many passed, of how many, and how many changed something unasked."""
    results = list(results)
    return sum(r.passed for r in results), len(results), sum(bool(r.collateral) for r in results)


def _one(services: Services, request: Request, meter: Meter) -> Result:
    conversation, boards = (None, {}) if request.fresh or request.tale else begin(services)
    session = ChatSession(services, conversation, draw=False)
    if request.tale:
        _turn(session, request.tale)
    first = _board(session)
    for said in request.after:
        _turn(session, said)
    before = first if request.whole else _board(session)
    meter.take()
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
    return Result(request, outcome, tuple(missing), tuple(collateral), seconds, meter.take())


def _turn(session: ChatSession, text: str) -> dict[str, Any]:
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
