"""The evaluation of a language model, with a server that plays small models: one well-behaved, one sloppy, one that
only talks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from agent.answering import answerer
from tests.agent.llm_server import Say, Step, serve
from tests.eval_agent.__main__ import report
from tests.eval_agent.requests import REQUESTS
from tests.eval_agent.run import Result, evaluate

NIGHT, SNOW, DELETE, WHO = "make scene 3 night", "let it snow in 5", "delete scene 2", "who is in scene 2?"
WANTED = [next(request for request in REQUESTS if request.text == text) for text in (NIGHT, SNOW)]

GOOD = {
    NIGHT: Say(calls=(("edit_scenes", '{"scenes": ["3"], "time": "night"}'),)),
    SNOW: Say(calls=(("edit_scenes", '{"scenes": ["5"], "weather": "snow"}'),)),
}
SLOPPY = {
    NIGHT: Say('<think>Night, then.</think>```json\n{"name": "edit_scenes", "parameters": {"scenes": 3, '
               '"time": "night", "weather": "None", "mood": "", "add_objects": "N/A"}}\n```'),
    SNOW: Say('{"function": {"name": "edit_scenes", "arguments": "{\\"scenes\\": \\"5\\", \\"weather\\": \\"snow\\", '
              '\\"notes\\": null,}"}}; {"name": "show_prompts", "arguments": {"scenes": [5]}}'),
}  # fmt: skip
TALKER = {NIGHT: Say("I have made scene 3 dark and moody for you!"), SNOW: Say("Snow falls in scene 5 now.")}
VANDAL = {
    NIGHT: Say(calls=(("delete_scenes", '{"scenes": ["4"]}'),)),
    SNOW: Say(calls=(("ask", '{"question": "How much snow?"}'),)),
}


def results_of(
    answers: dict[str, Say], home: Path, monkeypatch: pytest.MonkeyPatch
) -> tuple[list[Result], list[dict[str, Any]]]:
    """How the two requests go with a model that answers so, and then says nothing more."""

    def answer(body: dict[str, Any]) -> Step:
        said = str(body["messages"][-1]["content"])
        return answers.get(said, Say("That is all."))

    with serve(answer) as llm:
        monkeypatch.setenv("OPENAI_BASE_URL", llm.url)
        monkeypatch.delenv("OPENAI_API_KEY", raising=False)
        answerer.cache_clear()
        results = list(evaluate(WANTED, home, "openai:small", window=4096))
        answerer.cache_clear()
    return results, llm.requests


@pytest.mark.parametrize(
    ("answers", "verdicts", "collateral"),
    [
        (GOOD, ["right", "right"], 0),
        (SLOPPY, ["right", "right"], 0),
        (TALKER, ["wrong", "wrong"], 0),
        (VANDAL, ["wrong", "asked"], 1),
    ],
    ids=["good", "sloppy", "talks only", "does something else"],
)
def test_models_are_told_apart(
    answers: dict[str, Say], verdicts: list[str], collateral: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    results, _ = results_of(answers, tmp_path, monkeypatch)
    assert [result.verdict for result in results] == verdicts
    assert sum(bool(result.collateral) for result in results) == collateral
    if answers is TALKER:
        assert all("Nothing was changed" in result.outcome.reply for result in results)


def test_calls_and_tokens_are_counted_and_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    results, requests = results_of(GOOD, tmp_path, monkeypatch)
    assert [result.cost.calls for result in results] == [2, 2]
    assert len(requests) == 4
    for result in results:
        assert 2 * 2000 < result.cost.read < 2 * 4096, "each call fits the window"
        assert 0 < result.cost.written < 200
    console = Console(width=120, record=True, file=None)
    console.print(report("openai:small", {"looks": results}))
    table = console.export_text()
    assert "2 (100%)" in table
    for heading in ("right", "asked", "wrong", "collateral", "calls", "tokens read", "seconds"):
        assert heading in table
