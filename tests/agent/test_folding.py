"""Models whose chat template knows only a person and an assistant who take turns edit boards all the same."""

from __future__ import annotations

import json
from typing import Any

import pytest
from langchain_core.messages import AIMessage, HumanMessage, SystemMessage, ToolMessage

from agent.folding import fold
from agent.local_model import LocalChatModel
from agent.services import Services
from tests.agent.llm_server import Fail, Say, Step, serve
from tests.agent.tales import receipt_of, tale, talking
from tests.agent.test_graph import model_of

SCHEMA = {"type": "function", "function": {"name": "redraw", "description": "", "parameters": {"type": "object"}}}
CALL = '<tool_call>{"name": "edit_scenes", "arguments": {"scenes": ["2"], "time": "night"}}</tool_call>'
TALK = [
    SystemMessage("You help."),
    HumanMessage("redraw 1"),
    AIMessage("", tool_calls=[{"name": "redraw", "args": {"scenes": [1]}, "id": "a", "type": "tool_call"}]),
    ToolMessage("Drawn.", tool_call_id="a", name="redraw"),
    HumanMessage("and 2"),
]
ALTERNATING = (
    "{% for message in messages %}"
    "{% if (message.role == 'user') != (loop.index0 % 2 == 0) %}"
    "{{ raise_exception('Conversation roles must alternate user/assistant/user/assistant/...') }}{% endif %}"
    "<{{ message.role }}>{{ message.content }}{% endfor %}{% if add_generation_prompt %}<assistant>{% endif %}"
)
NO_SYSTEM = (
    "{% if messages[0].role == 'system' %}{{ raise_exception('System role not supported') }}{% endif %}"
    "{% for message in messages %}<{{ message.role }}>{{ message.content }}{% endfor %}"
)
SILENT = (
    "{% for message in messages %}{% if message.role != 'system' %}"
    "<{{ message.role }}>{{ message.content }}{% endif %}{% endfor %}"
)


def test_a_folded_conversation_alternates_and_loses_nothing() -> None:
    folded = fold(TALK, [SCHEMA])
    assert [message.type for message in folded] == ["human", "ai", "human"]
    first, call, last = (str(message.text) for message in folded)
    assert first.startswith("You help.")
    assert '"name":"redraw"' in first
    assert first.endswith("redraw 1")
    assert call == '<tool_call>{"name": "redraw", "arguments": {"scenes": [1]}}</tool_call>'
    assert "Drawn." in last
    assert last.endswith("and 2")


@pytest.mark.parametrize("template", [ALTERNATING, NO_SYSTEM, SILENT])
def test_a_template_that_refuses_roles_is_given_a_folded_conversation(
    template: str, byte_model: LocalChatModel
) -> None:
    tokenizer = byte_model.tokenizer
    kept, tokenizer.chat_template = tokenizer.chat_template, template
    try:
        prompt = byte_model.prompt(TALK, [SCHEMA])
    finally:
        tokenizer.chat_template = kept
    for words in ("You help.", '"name":"redraw"', "redraw 1", "Drawn.", "and 2"):
        assert words in prompt


def refusing(words: str, status: int) -> Any:
    """A server whose template takes only a person and an assistant in turn; it says so in these words."""
    answers = [Say(CALL, piece=7), Say("It is night there.")]

    def answer(body: dict[str, Any]) -> Step:
        roles = [message["role"] for message in body["messages"]]
        if "tools" in body or roles != (["user", "assistant"] * len(roles))[: len(roles)]:
            return Fail(status, message=words)
        return answers.pop(0)

    return answer


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("Conversation roles must alternate user/assistant/user/assistant/...", 400),
        ("System role not supported", 400),
        ("Only user and assistant roles are supported!", 400),
        ("Unexpected role 'tool' after role 'user'", 422),
    ],
)
def test_a_server_that_refuses_roles_is_asked_again_with_a_folded_conversation(
    services: Services, words: str, status: int
) -> None:
    with serve(refusing(words, status)) as llm:
        session = talking(services, tale(), model=model_of(llm))
        receipt = receipt_of(session.turn("make scene 2 night"))
        sent = json.dumps(llm.requests[1])
    assert [call["name"] for call in receipt["tools"]] == ["edit_scenes"]
    assert receipt["board"]["scenes"][1]["time"] == "night"
    assert receipt["reply"].startswith("It is night there.")
    assert "board-data" in sent
    assert len(llm.requests) == 3, "once refused, then folded at once"


def test_another_mistake_is_not_taken_for_one_of_roles(services: Services) -> None:
    with serve([Fail(400, message="temperature must be at most 2")]) as llm:
        receipt = receipt_of(talking(services, tale(), model=model_of(llm)).turn("hello"))
        assert len(llm.requests) == 1
    assert "temperature" in receipt["error"]
