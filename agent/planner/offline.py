"""`OfflinePlanner`: a chat model without weights."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any
from uuid import uuid4

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel, LanguageModelInput
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage, HumanMessage, ToolMessage
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult
from langchain_core.runnables import Runnable
from langchain_core.tools import BaseTool
from langchain_core.utils.function_calling import convert_to_openai_tool
from pydantic import Field, SkipValidation

from agent.context import Context
from agent.planner.converse import respond

__all__ = ["OfflinePlanner"]


class OfflinePlanner(BaseChatModel):
    """Reads edit requests by rules and grammar: the last human message, against the board in `context`. It answers with
    tool calls, and after them with a reply made of what the tools said."""

    model_name: str = "offline"
    context: SkipValidation[Context] = Field(default=Context(), exclude=True, repr=False)
    """What the planner knows of the board and the conversation; `for_turn` sets it."""

    def for_turn(self, context: Context) -> OfflinePlanner:
        """Make the planner of one turn, which knows this context."""
        return self.model_copy(update={"context": context})

    @property
    def _llm_type(self) -> str:
        return "taleboard-offline-planner"

    @property
    def _identifying_params(self) -> dict[str, Any]:
        return {"model_name": self.model_name}

    def bind_tools(
        self,
        tools: Sequence[dict[str, Any] | type | Callable | BaseTool],
        *,
        tool_choice: str | None = None,
        **kwargs: Any,
    ) -> Runnable[LanguageModelInput, AIMessage]:
        """The planner calls no tool that is not bound."""
        formatted = [convert_to_openai_tool(tool) for tool in tools]
        return self.bind(tools=formatted, **({"tool_choice": tool_choice} if tool_choice else {}), **kwargs)

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        answer = self._answer(messages, kwargs.get("tools") or [])
        return ChatResult(generations=[ChatGeneration(message=answer)])

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> Iterator[ChatGenerationChunk]:
        answer = self._answer(messages, kwargs.get("tools") or [])
        for words in _pieces(str(answer.content)):
            chunk = ChatGenerationChunk(message=AIMessageChunk(content=words, id=answer.id))
            if run_manager:
                run_manager.on_llm_new_token(words, chunk=chunk)
            yield chunk
        calls: list[Any] = [
            {
                "name": each["name"],
                "args": json.dumps(each["args"]),
                "id": each["id"],
                "index": place,
                "type": "tool_call_chunk",
            }
            for place, each in enumerate(answer.tool_calls)
        ]
        last = AIMessageChunk(content="", id=answer.id, tool_call_chunks=calls, chunk_position="last")
        yield ChatGenerationChunk(message=last)

    def _answer(self, messages: Sequence[BaseMessage], tools: Sequence[dict[str, Any]]) -> AIMessage:
        last_human = max((i for i, message in enumerate(messages) if isinstance(message, HumanMessage)), default=-1)
        text = messages[last_human].text if last_human >= 0 else ""
        results = [message for message in messages[last_human + 1 :] if isinstance(message, ToolMessage)]
        names = {tool["function"]["name"] for tool in tools}
        reply = respond(text, self.context, results, messages[: max(last_human, 0)], names)
        calls = [
            {"name": each["name"], "args": each["args"], "id": f"call_{uuid4().hex[:12]}", "type": "tool_call"}
            for each in reply.calls
        ]
        return AIMessage(content=reply.words, tool_calls=calls, id=f"run-{uuid4()}")


def _pieces(text: str) -> Iterator[str]:
    """Word by word, spaces kept."""
    words = text.split(" ")
    for place, word in enumerate(words):
        yield word if place == len(words) - 1 else f"{word} "
