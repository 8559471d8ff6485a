"""A language model that fails is explained in one sentence that says what to do."""

from __future__ import annotations

import pytest
from langchain_openai import ChatOpenAI

from agent.model_errors import explain
from tests.agent.llm_server import Fail, Step, serve


def failure(url: str) -> str:
    """What a person reads when this service is asked."""
    model = ChatOpenAI(model="scripted", base_url=url, api_key="none", max_retries=0, timeout=5)  # type: ignore[arg-type]
    with pytest.raises(Exception, match=r".") as raised:
        model.invoke("hello")
    return explain(raised.value)


@pytest.mark.parametrize(
    ("step", "words"),
    [
        (Fail(404, message="model 'llama9' not found"), "ollama pull"),
        (Fail(404, message="page not found"), "OPENAI_BASE_URL"),
        (Fail(400, message="registry/tiny does not support tools"), "cannot call tools"),
        (Fail(500, message="model requires more system memory (9 GiB) than is available"), "too little memory"),
        (Fail(400, message="the request exceeds the available context size of 4096"), "TALEBOARD_LLM_WINDOW"),
        (Fail(401), "key"),
        (Fail(429), "too many requests"),
        (Fail(503), "status 503"),
    ],
)
def test_each_failure_has_its_own_sentence(step: Step, words: str) -> None:
    with serve([step]) as llm:
        told = failure(llm.url)
    assert words in told
    assert told.count("\n") == 0


def test_nobody_at_the_address_is_no_reason_to_try_again() -> None:
    told = failure("http://127.0.0.1:9/v1")
    assert "ollama serve" in told
    assert "try again" not in told


def test_a_missing_key_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    with pytest.raises(Exception, match=r".") as raised:
        ChatOpenAI(model="scripted")
    assert "OPENAI_API_KEY" in explain(raised.value)
