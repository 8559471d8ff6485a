"""What was recorded of Ollama, which the README recommends, by its own API: the board reaches the model whole, and what
the model says is understood."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest

from agent.answering import answerer
from agent.briefing import tokens
from agent.model_trial import try_language_model
from agent.services import Services
from agent.session import ChatSession
from tests.agent.llm_server import Fail, Say, call
from tests.agent.ollama_server import OllamaServer, serve_ollama
from tests.agent.tales import receipt_of, tale, talking

CALL = '{"name": "edit_scenes", "parameters": {"scenes": "2", "time": "night", "weather": "None", "mood": ""}}'


@contextmanager
def with_ollama(
    services: Services, monkeypatch: pytest.MonkeyPatch, script: Sequence[Say | Fail], scenes: int = 6, **options: Any
) -> Iterator[tuple[OllamaServer, ChatSession]]:
    """A conversation about a board of so many scenes, that Ollama answers."""
    with serve_ollama(script, **options) as ollama:
        monkeypatch.setenv("OLLAMA_HOST", ollama.url)
        answerer.cache_clear()
        settings = services.settings.model_copy(update={"llm": "ollama:small"})
        yield ollama, talking(replace(services, settings=settings), tale(scenes))
        answerer.cache_clear()


@pytest.mark.parametrize(("window", "scenes"), [(4096, 12), (131_072, 6)])
def test_what_is_sent_fits_the_window_that_ollama_is_told_to_make(
    services: Services, monkeypatch: pytest.MonkeyPatch, window: int, scenes: int
) -> None:
    with with_ollama(services, monkeypatch, [Say("Hello.")], scenes, window=window) as (ollama, session):
        receipt_of(session.turn("hello"))
    body = ollama.requests[0]
    room = body["options"]["num_ctx"]
    assert 4096 <= room <= 16_384
    told = json.dumps(body["tools"]) + "".join(message["content"] for message in body["messages"])
    assert tokens(told) < room
    assert "</board-data>" in body["messages"][0]["content"]
    for number in range(1, scenes + 1):
        assert f'"scene":{number},' in body["messages"][0]["content"]


def test_every_parameter_that_ollama_is_sent_has_one_type(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    with with_ollama(services, monkeypatch, [Say("Hello.")]) as (ollama, session):
        receipt_of(session.turn("hello"))
    for tool in ollama.requests[0]["tools"]:
        for parameter in tool["function"]["parameters"]["properties"].values():
            assert isinstance(parameter["type"], str)
    assert "anyOf" not in json.dumps(ollama.requests[0])


def test_a_call_comes_through_and_its_result_goes_back(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    script = [Say(calls=(call("edit_scenes", scenes=["2"], time="night"),)), Say("It is night in scene 2.")]
    with with_ollama(services, monkeypatch, script) as (ollama, session):
        receipt = receipt_of(session.turn("make scene 2 night"))
    assert receipt["board"]["scenes"][1]["time"] == "night"
    assert any(message["role"] == "tool" for message in ollama.requests[1]["messages"])


def test_a_call_that_is_written_as_json_text_is_made_and_not_shown(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    with with_ollama(services, monkeypatch, [Say(CALL, piece=4), Say("Night.")]) as (_, session):
        receipt = receipt_of(session.turn("make scene 2 night"))
    before, scene = tale(6).scenes[1], receipt["board"]["scenes"][1]
    assert (scene["time"], scene["weather"], scene["mood"]) == ("night", before.weather, before.mood)
    assert "edit_scenes" not in receipt["reply"]


@pytest.mark.parametrize(
    ("script", "capabilities", "words"),
    [
        ([Fail(404, message="model 'small' not found")], ("completion", "tools"), "ollama pull"),
        ([Say("x")], ("completion",), "cannot call tools"),
        (
            [Fail(500, message="model requires more system memory (9 GiB)")],
            ("completion", "tools"),
            "too little memory",
        ),
    ],
)
def test_what_ollama_cannot_do_is_said_with_what_to_do(
    services: Services, monkeypatch: pytest.MonkeyPatch, script: list[Any], capabilities: tuple[str, ...], words: str
) -> None:
    with with_ollama(services, monkeypatch, script, capabilities=capabilities) as (_, session):
        receipt = receipt_of(session.turn("make scene 2 night"))
    assert words in receipt["error"]
    assert "try again" not in receipt["error"]


def test_no_ollama_at_all_is_said(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OLLAMA_HOST", "http://127.0.0.1:9")
    answerer.cache_clear()
    settings = services.settings.model_copy(update={"llm": "ollama:small"})
    receipt = receipt_of(talking(replace(services, settings=settings), tale()).turn("hello"))
    answerer.cache_clear()
    assert "ollama serve" in receipt["error"]


def test_the_trial_of_a_model_is_one_call_of_one_tool(monkeypatch: pytest.MonkeyPatch) -> None:
    with serve_ollama([Say(calls=(call("set_number_of_scenes", count=4),))]) as ollama:
        monkeypatch.setenv("OLLAMA_HOST", ollama.url)
        trial = try_language_model("ollama:small")
    assert trial.calls_tools
    assert trial.problem == ""
    assert len(ollama.requests) == len(ollama.requests[0]["tools"]) == 1
