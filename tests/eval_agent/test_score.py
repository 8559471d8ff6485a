"""The offline planner's score may rise and must not fall. The record is `score.json`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.eval_agent.board import first_board
from tests.eval_agent.expect import Expect, Outcome, judge
from tests.eval_agent.requests import REQUESTS
from tests.eval_agent.run import evaluate, score
from tests.eval_agent.say import asks, only, order

RECORD = json.loads(Path(__file__).with_name("score.json").read_text("utf-8"))


def test_there_are_enough_requests_of_many_kinds() -> None:
    assert len(REQUESTS) >= 150
    assert len({(request.text, request.after) for request in REQUESTS}) == len(REQUESTS)
    assert len({request.intent for request in REQUESTS}) >= 30


@pytest.mark.parametrize(
    ("expect", "missing", "collateral"),
    [
        (Expect(), 0, 1),
        (only(2, time="night"), 2, 1),
        (asks(), 1, 1),
        (order("2 1 3 4 5 6 7 8"), 1, 1),
        (only(3), 0, 0),
    ],
)
def test_the_judge_sees_what_is_missing_and_what_was_not_asked_for(
    expect: Expect, missing: int, collateral: int
) -> None:
    from agent import edits

    before = first_board()
    outcome = Outcome(before, edits.edit_scenes(before, ["s3"], time="night"))
    found = judge(expect, outcome)
    assert (len(found[0]), len(found[1])) == (missing, collateral)


@pytest.mark.slow
def test_the_score_does_not_fall(tmp_path: Path) -> None:
    results = list(evaluate(REQUESTS, tmp_path))
    passed, count, collateral = score(results)
    failed = [request.request.text for request in results if not request.passed]
    assert collateral <= RECORD["collateral"], [r.request.text for r in results if r.collateral]
    assert passed >= RECORD["passed"], failed
    assert count == RECORD["of"]
    assert passed / count >= 0.93
