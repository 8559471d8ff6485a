"""What answering costs a language model: its calls, and the tokens that it reads and writes."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from langchain_core.callbacks import BaseCallbackHandler
from langchain_core.messages import AIMessage, BaseMessage
from langchain_core.outputs import ChatGeneration, LLMResult

from agent.briefing import tokens

__all__ = ["Cost", "Meter"]


@dataclass(frozen=True)
class Cost:
    """`read` and `written` are tokens, as the service counts them or else as the program estimates them."""

    calls: int = 0
    read: int = 0
    written: int = 0

    def __add__(self, other: Cost) -> Cost:
        return Cost(self.calls + other.calls, self.read + other.read, self.written + other.written)


class Meter(BaseCallbackHandler):
    """Adds up what a chat model is asked and answers; `take` gives the sum since it was last asked for."""

    raise_error = True

    def __init__(self) -> None:
        self._sum = Cost()
        self._sent: dict[UUID, int] = {}

    def take(self) -> Cost:
        total, self._sum = self._sum, Cost()
        return total

    def on_chat_model_start(
        self, serialized: dict[str, Any], messages: list[list[BaseMessage]], *, run_id: UUID, **kwargs: Any
    ) -> None:
        told = json.dumps(kwargs.get("invocation_params", {}).get("tools") or [])
        self._sent[run_id] = tokens(told) + sum(tokens(str(message.text)) for line in messages for message in line)

    def on_llm_end(self, response: LLMResult, *, run_id: UUID, **kwargs: Any) -> None:
        sent = self._sent.pop(run_id, 0)
        for line in response.generations:
            for generation in line:
                if isinstance(generation, ChatGeneration) and isinstance(generation.message, AIMessage):
                    answer, usage = generation.message, generation.message.usage_metadata
                    words = f"{answer.text}{json.dumps(answer.tool_calls) if answer.tool_calls else ''}"
                    read, written = (usage["input_tokens"], usage["output_tokens"]) if usage else (sent, tokens(words))
                    self._sum += Cost(1, read, written)

    def on_llm_error(self, error: BaseException, *, run_id: UUID, **kwargs: Any) -> None:
        self._sum += Cost(1, self._sent.pop(run_id, 0), 0)
