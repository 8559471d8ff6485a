"""Models that see look at panels: through the real clients, OpenAI's and Ollama's own API, and in this process. Those
that cannot see are told in words, and the reply says so."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import HumanMessage, SystemMessage
from langchain_openai import ChatOpenAI

from agent.answering import answerer
from agent.folding import fold
from agent.local_model import LocalChatModel
from agent.models import chat_model
from agent.services import Services
from agent.session import ChatSession
from agent.sight import LONGEST_SIDE, asked_to_look_at, can_see, picture_message, pictures_of
from tests.agent.llm_server import Fail, LlmServer, Say, call, serve
from tests.agent.ollama_server import serve_ollama
from tests.agent.tales import receipt_of, tale, talking
from tests.agent.test_graph import results
from tests.agent.test_session_pictures import drawing, file_of, session, sketch

__all__ = ["drawing", "session"]

BLIND = "What answers here cannot see pictures"
LOOK = Say(calls=(call("look_at", scenes=["3"]),))


def seeing(llm: LlmServer, *, sees: bool = True) -> BaseChatModel:
    model = ChatOpenAI(model="scripted", base_url=llm.url, api_key="none", max_retries=0, timeout=60)  # type: ignore[arg-type]
    model.profile = {"image_inputs": sees}
    return model


def asking(session: ChatSession, model: BaseChatModel) -> ChatSession:
    """The same conversation, answered by this model."""
    return ChatSession(session.services, session.conversation, draw=False, model=model)


def panel(session: ChatSession, position: int) -> bytes:
    """The picture of a scene of the conversation's board."""
    history = session.services.history()
    version = history.head(history.find("latest"))
    return session.services.pictures().read(version.images[version.board.scenes[position - 1].id] or "")


def pictures_in(body: dict[str, Any]) -> list[bytes]:
    """The image parts of a request to an OpenAI-compatible server."""
    parts = [
        part for message in body["messages"] if isinstance(message["content"], list) for part in message["content"]
    ]
    urls = [part["image_url"]["url"] for part in parts if part["type"] == "image_url"]
    return [base64.b64decode(url.removeprefix("data:image/png;base64,")) for url in urls]


def test_a_model_that_sees_gets_the_picture_it_calls_for_once(session: ChatSession) -> None:
    third = panel(session, 3)
    edit = Say(calls=(call("edit_scenes", scenes=["3"], mood="brighter light"),))
    with serve([LOOK, edit, Say("It was dark; it gets more light."), Say("Nothing.")]) as llm:
        talk = asking(session, seeing(llm))
        receipt = receipt_of(talk.turn("is the third one too dark? mend it"))
        receipt_of(talk.turn("thank you"))
        assert [pictures_in(body) for body in llm.requests] == [[], [third], [], []]
        assert "scene 3 follow" in results_of(llm.requests[1])[0].lower()
    assert [tool["name"] for tool in receipt["tools"]] == ["look_at", "edit_scenes"]
    assert BLIND not in receipt["reply"]
    messages = session.services.conversations().messages(session.conversation or "")
    assert "base64" not in json.dumps([message.data for message in messages])


def results_of(body: dict[str, Any]) -> list[str]:
    return [message["content"] for message in body["messages"] if message["role"] == "tool"]


def test_what_a_person_asks_to_be_looked_at_is_shown_at_once(session: ChatSession) -> None:
    with serve([Say("Two grey pictures.")]) as llm:
        receipt = receipt_of(asking(session, seeing(llm)).turn("look at 3 and 4: what do you see?"))
        assert pictures_in(llm.requests[0]) == [panel(session, 3), panel(session, 4)]
    assert receipt["reply"] == "Two grey pictures."


def test_a_model_that_cannot_see_gets_the_words_and_the_reply_says_so(session: ChatSession) -> None:
    with serve([LOOK, Say("It shows Mira at the mast.")]) as llm:
        receipt = receipt_of(asking(session, seeing(llm, sees=False)).turn("look at 3"))
        assert not any(pictures_in(body) for body in llm.requests)
        assert "The storm" in results(llm)[0]
    assert BLIND in receipt["reply"]


def test_a_server_that_refuses_pictures_is_asked_again_in_words(session: ChatSession) -> None:
    refusal = Fail(400, message="this model does not support image input")
    with serve([LOOK, refusal, Say("It shows Mira at the mast.")]) as llm:
        receipt = receipt_of(asking(session, seeing(llm)).turn("how did 3 come out?"))
        assert [len(pictures_in(body)) for body in llm.requests] == [0, 1, 0]
    assert receipt["error"] is None
    assert BLIND in receipt["reply"]


def test_a_panel_that_is_not_drawn_is_said_to_have_no_picture(services: Services) -> None:
    with serve([LOOK, Say("It is not there yet.")]) as llm:
        receipt_of(talking(services, tale(), model=seeing(llm)).turn("look at 3"))
        assert "There is no picture of scene 3 yet." in results(llm)[0]
        assert not any(pictures_in(body) for body in llm.requests)


def test_the_planner_without_a_model_answers_in_words(session: ChatSession) -> None:
    receipt = receipt_of(session.turn("look at 3"))
    assert "The storm" in receipt["reply"]
    assert BLIND in receipt["reply"]


@pytest.fixture
def fresh_answerers() -> Iterator[None]:
    answerer.cache_clear()
    yield
    answerer.cache_clear()


@pytest.mark.usefixtures("fresh_answerers")
@pytest.mark.parametrize(("capabilities", "shown"), [(("tools", "vision"), 1), (("tools",), 0)])
def test_ollama_says_whether_its_model_sees(
    session: ChatSession, monkeypatch: pytest.MonkeyPatch, capabilities: tuple[str, ...], shown: int
) -> None:
    with serve_ollama([LOOK, Say("Dark waves.")], capabilities=("completion", *capabilities)) as ollama:
        monkeypatch.setenv("OLLAMA_HOST", ollama.url)
        services = session.services
        services = replace(services, settings=services.settings.model_copy(update={"llm": "ollama:small"}))
        receipt = receipt_of(ChatSession(services, session.conversation, draw=False).turn("how did 3 come out?"))
    sent = [
        [image for message in body["messages"] for image in message.get("images") or ()] for body in ollama.requests
    ]
    assert [len(images) for images in sent] == [0, shown]
    assert [base64.b64decode(image) for image in sent[1]] == [panel(session, 3)] * shown
    assert (BLIND in receipt["reply"]) == (not shown)


@pytest.mark.parametrize(
    ("name", "sees"),
    [
        ("openai:gpt-4o-mini", True),
        ("openai:gpt-3.5-turbo", False),
        ("openai:qwen2.5-vl-7b-instruct", True),
        ("openai:qwen2.5-7b-instruct", False),
        ("openai:llava-v1.6", True),
        ("openai:mistral-nemo", False),
        ("anthropic:claude-sonnet-4-5", True),
    ],
)
def test_others_are_known_by_their_profile_or_name(name: str, sees: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "none")
    monkeypatch.setenv("ANTHROPIC_API_KEY", "none")
    assert can_see(chat_model(name)) == sees


def test_a_model_in_this_process_looks_at_the_picture(
    seeing_folder: Path, byte_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("agent.local_model.MAX_NEW_TOKENS", 4)
    model = chat_model(f"transformers:{seeing_folder}")
    assert isinstance(model, LocalChatModel)
    assert can_see(model)
    assert not can_see(chat_model(f"transformers:{byte_folder}"))
    asked = [SystemMessage("You help."), HumanMessage("look at 3")]
    told = [[*asked, picture_message([("Scene 3", file_of(sketch(), "PNG"))])]]
    seen: list[Any] = []
    eyes = model.model.model.vision_tower
    eyes.register_forward_pre_hook(lambda module, inputs, named: seen.append(named), with_kwargs=True)
    assert model.invoke(told[0]).content
    assert len(seen) == 1
    assert "Scene 3:<image>" in model.prompt(told[0], []).replace("\n", "")
    assert model.invoke(asked).content
    assert len(seen) == 1, "without a picture nothing is looked at"


def test_a_large_picture_is_made_smaller_and_folding_keeps_it() -> None:
    shown = picture_message([("Scene 1", file_of(sketch((2000, 1000)), "PNG"))])
    folded = fold([SystemMessage("You help."), HumanMessage("look at 1"), shown])
    assert [message.type for message in folded] == ["human"]
    (picture,) = pictures_of(folded[0])
    assert picture.size == (LONGEST_SIDE, LONGEST_SIDE // 2)
    assert "look at 1" in str(folded[0].text)


@pytest.mark.parametrize(
    ("request_", "scenes"),
    [
        ("look at 3", ["3"]),
        ("Please look at scenes 2, 3 and 5", ["2", "3", "5"]),
        ("look closely at the picture of panel 4", ["4"]),
        ("look at the last scene and make it darker", ["last"]),
        ("make her look at the wolf in 3", []),
        ("he looks at 3 wolves", []),
    ],
)
def test_who_asks_for_a_look_names_the_scenes(request_: str, scenes: list[str]) -> None:
    assert asked_to_look_at(request_) == scenes
