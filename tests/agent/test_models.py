"""Which chat model answers, and a transformers model in this process: a tiny one with random weights."""

from __future__ import annotations

import dataclasses
import threading
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from langchain_core.messages import AIMessage, HumanMessage, SystemMessage, ToolMessage

from agent.errors import SettingsError
from agent.local_model import LeftError, LocalChatModel, precision
from agent.material import NOTHING
from agent.models import chat_model
from agent.services import Services
from agent.stopping import Stop
from tests.agent.llm_server import Say, call, serve
from tests.agent.tales import receipt_of, tale, talking


def saying(model: LocalChatModel, words: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Makes the model's weights say certain words, whatever it is asked; returns what it is asked, and "left" where
    it was made to stop before the end."""
    import torch

    prompts: list[str] = []
    tokens = [*model.tokenizer.encode(words), model.tokenizer.eos_token_id]

    def generate(input_ids: Any, streamer: Any, **options: Any) -> None:
        prompts.append(model.tokenizer.decode(input_ids[0]))
        streamer.put(input_ids)
        for token in tokens:
            streamer.put(torch.tensor([token]))
            try:
                model.model(input_ids[:, -1:])
            except LeftError:
                prompts.append("left")
                raise
        streamer.end()

    monkeypatch.setattr(model.model, "generate", generate)
    return prompts


def test_a_local_model_really_generates(byte_model: LocalChatModel, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("agent.local_model.MAX_NEW_TOKENS", 12)
    first = byte_model.invoke([SystemMessage("You help."), HumanMessage("Hello")])
    assert first.content
    assert first.content == byte_model.invoke([SystemMessage("You help."), HumanMessage("Hello")]).content
    assert "".join(str(chunk.content) for chunk in byte_model.stream("Hello")) == byte_model.invoke("Hello").content


def test_a_listener_that_leaves_ends_the_generating(
    byte_model: LocalChatModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = saying(byte_model, "la " * 5000, monkeypatch)
    stream = byte_model.stream("Sing")
    next(stream)
    stream.close()  # type: ignore[attr-defined]
    with byte_model._turns:  # it is given back when the generating has ended
        assert told[-1] == "left"


def reading(model: LocalChatModel) -> tuple[threading.Event, threading.Event, list[str]]:
    """Makes the model wait while it reads its prompt: events that it has begun, and that it may go on, and which of its
    parts have worked."""
    begun, go_on, worked = threading.Event(), threading.Event(), list[str]()

    def wait(module: Any, inputs: Any) -> None:
        begun.set()
        assert go_on.wait(60)

    network = model.model.model
    network.embed_tokens.register_forward_pre_hook(wait)
    network.layers[0].register_forward_hook(lambda *told: worked.append("layer"))
    return begun, go_on, worked


def test_a_turn_that_is_stopped_while_the_model_reads_a_long_prompt_ends_at_once(
    byte_folder: Path, services: Services
) -> None:
    model = LocalChatModel.load(str(byte_folder))
    begun, go_on, worked = reading(model)
    session = talking(services, tale(), model=model)
    receipts: list[dict[str, Any]] = []
    turn = threading.Thread(target=lambda: receipts.append(receipt_of(session.turn("Once upon a time. " * 150))))
    turn.start()
    assert begun.wait(60)
    session.stop()
    turn.join(60)
    assert receipts[0]["error"] == "Stopped; nothing of this turn was saved."
    assert model._turns.locked(), "the model is still at its first part"
    go_on.set()
    with model._turns:  # it is given back when the model has ended
        assert worked == [], "no layer was begun after the stop"


def test_a_turn_that_is_stopped_while_the_model_reads_what_it_is_to_summarise_ends_at_once(
    byte_folder: Path, services: Services
) -> None:
    model = LocalChatModel.load(str(byte_folder))
    begun, go_on, worked = reading(model)
    settings = services.settings.model_copy(update={"summarizer": "llm"})
    session = talking(dataclasses.replace(services, settings=settings), tale(), model=model)
    receipts: list[dict[str, Any]] = []
    rewritten = {"scene": 1, "text": "Mira finds a letter in the attic."}
    turn = threading.Thread(target=lambda: receipts.append(receipt_of(session.act("rewrite_text", rewritten))))
    turn.start()
    assert begun.wait(60)
    session.stop()
    turn.join(60)
    assert receipts[0]["error"] == "Stopped; nothing of this turn was saved."
    assert receipts[0]["version"] is None
    go_on.set()
    with model._turns:
        assert worked == [], "no layer was begun after the stop"


def test_another_turn_can_follow_one_that_was_stopped(byte_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("agent.local_model.MAX_NEW_TOKENS", 4)
    model, stop = LocalChatModel.load(str(byte_folder)), Stop()
    stop.set()
    assert model.in_turn(stop, NOTHING).invoke("Hello").content == ""
    assert model.in_turn(Stop(), NOTHING).invoke("Hello").content


@pytest.mark.parametrize(
    ("device", "units", "chosen"),
    [
        ("cpu", True, "bfloat16"),
        ("cpu", False, "float32"),
        ("cuda", True, "bfloat16"),
        ("cuda", False, "float16"),
    ],
)
def test_bfloat16_is_chosen_where_the_device_multiplies_in_it(device: str, units: bool, chosen: str) -> None:
    assert precision(device, multiplies_bfloat16=units) == chosen


def test_a_model_really_generates_in_bfloat16(byte_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import torch

    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    monkeypatch.setattr(torch.cpu, "_is_avx512_bf16_supported", lambda: True)
    monkeypatch.setattr("agent.local_model.MAX_NEW_TOKENS", 4)
    model = LocalChatModel.load(str(byte_folder))
    assert {weights.dtype for weights in model.model.parameters()} == {torch.bfloat16}
    assert model.invoke("Hello").content


def test_tools_and_calls_go_through_the_models_own_template(
    byte_model: LocalChatModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    prompts = saying(
        byte_model, 'Yes. <tool_call>{"name": "redraw", "arguments": {"scenes": [2]}}</tool_call>', monkeypatch
    )
    told = [
        HumanMessage("redraw 1"),
        AIMessage("", tool_calls=[{"name": "redraw", "args": {"scenes": [1]}, "id": "a", "type": "tool_call"}]),
        ToolMessage("Drawn.", tool_call_id="a"),
        HumanMessage("and 2"),
    ]
    schema = {"type": "function", "function": {"name": "redraw", "description": "", "parameters": {"type": "object"}}}
    answer = byte_model.bind_tools([schema]).invoke(told)
    assert prompts == [
        'tools: redraw user: redraw 1assistant: redraw {"scenes": [1]}tool: Drawn.user: and 2assistant: '
    ]
    assert [(one["name"], one["args"]) for one in answer.tool_calls] == [("redraw", {"scenes": [2]})]
    assert str(answer.content).strip() == "Yes."


def test_a_local_model_edits_a_board(
    byte_model: LocalChatModel, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    saying(byte_model, '<tool_call>{"name": "delete_scenes", "arguments": {"scenes": [2]}}</tool_call>', monkeypatch)
    session = talking(services, tale(), model=byte_model)
    receipt = receipt_of(session.turn("delete 2"))
    assert receipt["tools"][0] == {"name": "delete_scenes", "args": {"scenes": [2]}, "status": "ok"}
    assert "in circles" in receipt["error"], "it only ever says this one thing"
    assert len(receipt["board"]["scenes"]) == 3


def test_the_settings_name_the_model(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    with serve([Say(calls=(call("redraw", scenes=[1]),)), Say("Drawn anew.")]) as llm:
        monkeypatch.setenv("OPENAI_BASE_URL", llm.url)
        monkeypatch.setenv("OPENAI_API_KEY", "none")
        session = talking(services, tale(), model=chat_model("openai:scripted"))
        assert receipt_of(session.turn("redraw 1"))["reply"].startswith("Drawn anew.")
        assert llm.requests[0]["model"] == "scripted"
    assert type(chat_model("offline")).__name__ == "OfflinePlanner"


@pytest.mark.parametrize(
    "name", ["transformers:/no/such/folder", "nobody:nothing", "openai:gpt-without-a-key", "transformers:."]
)
def test_a_model_that_cannot_be_had_is_one_line(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    with pytest.raises(SettingsError) as caught:
        chat_model(name)
    assert "\n" not in str(caught.value)
    assert name in str(caught.value)


@pytest.mark.skipif(find_spec("langchain_groq") is not None, reason="the package that should be missing is there")
def test_a_package_that_is_missing_is_named() -> None:
    with pytest.raises(SettingsError, match=r"not installed \(langchain.groq\)"):
        chat_model("groq:a-model")
