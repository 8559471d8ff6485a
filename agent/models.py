"""Which chat model answers: the offline planner, any that LangChain's `init_chat_model` reaches, or a local
transformers model."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel, LanguageModelInput
from langchain_core.language_models.chat_models import generate_from_stream
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage, convert_to_openai_messages
from langchain_core.messages.tool import tool_call_chunk
from langchain_core.outputs import ChatGenerationChunk, ChatResult
from langchain_core.runnables import Runnable
from langchain_core.tools import BaseTool
from langchain_core.utils.function_calling import convert_to_openai_tool

from agent.errors import SettingsError
from agent.spoken_calls import read_spoken, split_shown

__all__ = ["LocalChatModel", "chat_model"]

TIMEOUT_SECONDS = 120
MAX_NEW_TOKENS = 1024


def chat_model(name: str, *, window: int = 0) -> BaseChatModel:
    """The chat model that TALEBOARD_LLM names: `offline`, `transformers:PATH`, or `PROVIDER:MODEL`. Ollama is told to
    make room for `window` tokens; left alone it cuts at 2,048 or 4,096 and says nothing.
    Raises SettingsError in one line where it cannot be had."""
    if name == "offline":
        from agent.planner import OfflinePlanner

        return OfflinePlanner()
    provider, _, model = name.partition(":")
    if provider == "transformers":
        return LocalChatModel.load(model)
    from langchain.chat_models import init_chat_model

    patient: dict[str, Any] = {"timeout": TIMEOUT_SECONDS, "max_retries": 2}
    options = patient if provider in ("openai", "anthropic") else {}
    if provider == "ollama" and window:
        options = {"num_ctx": window}
    if provider == "openai" and os.environ.get("OPENAI_BASE_URL") and not os.environ.get("OPENAI_API_KEY"):
        options = {**options, "api_key": "none"}  # servers of one's own ask for none, the client insists on one
    try:
        return init_chat_model(name, **options)
    except ImportError as error:
        raise SettingsError(
            f"TALEBOARD_LLM={name} needs a package that is not installed ({error.name or f'langchain-{provider}'}): "
            "`taleboard doctor` says how to install those for ollama, openai and anthropic"
        ) from None
    except Exception as error:
        raise SettingsError(f"TALEBOARD_LLM={name} cannot be used: {_first_line(error)}") from None


class LocalChatModel(BaseChatModel):
    """A causal language model of transformers in this process, with the tokenizer's own chat template. Tools are told
    through the template; calls are read in every usual spelling (`spoken_calls.py`)."""

    path: str
    model: Any
    tokenizer: Any

    @classmethod
    def load(cls, path: str) -> LocalChatModel:
        """Loads a folder or hub id. Raises SettingsError where it is not a chat model that can be loaded."""
        import torch
        from transformers import AutoModelForCausalLM, AutoTokenizer
        from transformers.utils import logging

        logging.disable_progress_bar()
        try:
            tokenizer = AutoTokenizer.from_pretrained(path)
            model = AutoModelForCausalLM.from_pretrained(path, dtype="auto")
        except (OSError, ValueError, ImportError) as error:
            raise SettingsError(f"TALEBOARD_LLM=transformers:{path} cannot be loaded: {_first_line(error)}") from None
        if not tokenizer.chat_template:
            raise SettingsError(f"TALEBOARD_LLM=transformers:{path} is not a chat model (it has no chat template)")
        device = "cuda" if torch.cuda.is_available() else "cpu"
        placed: Any = model
        return cls(path=path, model=placed.to(device).eval(), tokenizer=tokenizer)

    @property
    def _llm_type(self) -> str:
        return "transformers"

    def bind_tools(
        self,
        tools: Sequence[dict[str, Any] | type | Callable[..., Any] | BaseTool],
        *,
        tool_choice: str | None = None,
        **kwargs: Any,
    ) -> Runnable[LanguageModelInput, AIMessage]:
        """Tells the model of tools. `tool_choice` is not enforced: a local model chooses by itself."""
        return self.bind(tools=[convert_to_openai_tool(tool) for tool in tools], **kwargs)

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        return generate_from_stream(self._stream(messages, stop, run_manager, **kwargs))

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> Iterator[ChatGenerationChunk]:
        """Words as they come; what looks like a call is held back until it is whole. Ends generating when whoever
        listens leaves."""
        held = ""
        for piece in self._pieces(messages, kwargs.get("tools"), stop or []):
            shown, held = split_shown(held + piece)
            if shown:
                yield _words(shown, run_manager)
        spoken = read_spoken(held, {tool["function"]["name"] for tool in kwargs.get("tools") or ()})
        if spoken.words:
            yield _words(spoken.words, run_manager)
        chunks = [
            tool_call_chunk(name=call["name"], args=json.dumps(call["args"]), id=call["id"], index=index)
            for index, call in enumerate(spoken.calls)
        ]
        yield ChatGenerationChunk(message=AIMessageChunk(content="", tool_call_chunks=chunks, chunk_position="last"))

    def _pieces(
        self, messages: list[BaseMessage], tools: list[dict[str, Any]] | None, stop: list[str]
    ) -> Iterator[str]:
        from transformers import StoppingCriteria, StoppingCriteriaList, TextIteratorStreamer

        left = threading.Event()

        class Left(StoppingCriteria):
            def __call__(self, input_ids: Any, scores: Any, **kwargs: Any) -> Any:
                import torch

                return torch.full((input_ids.shape[0],), left.is_set(), device=input_ids.device)

        inputs = self.tokenizer.apply_chat_template(
            _template_messages(messages), tools=tools, add_generation_prompt=True, return_dict=True, return_tensors="pt"
        ).to(self.model.device)
        streamer = TextIteratorStreamer(self.tokenizer, skip_prompt=True, skip_special_tokens=False)
        options = {"stop_strings": stop, "tokenizer": self.tokenizer} if stop else {}
        failed: list[Exception] = []

        def generate() -> None:
            try:
                self.model.generate(
                    **inputs,
                    max_new_tokens=MAX_NEW_TOKENS,
                    do_sample=False,
                    streamer=streamer,
                    stopping_criteria=StoppingCriteriaList([Left()]),
                    **options,
                )
            except Exception as error:
                failed.append(error)
                streamer.end()

        thread = threading.Thread(target=generate, name="generating", daemon=True)
        thread.start()
        special = set(self.tokenizer.all_special_tokens) - {"[TOOL_CALLS]"}
        try:
            for piece in streamer:
                for token in special:
                    piece = piece.replace(token, "")
                if piece:
                    yield piece
        finally:
            left.set()
            thread.join()
        if failed:
            raise failed[0]


def _words(text: str, run_manager: CallbackManagerForLLMRun | None) -> ChatGenerationChunk:
    chunk = ChatGenerationChunk(message=AIMessageChunk(content=text))
    if run_manager:
        run_manager.on_llm_new_token(text, chunk=chunk)
    return chunk


def _template_messages(messages: Sequence[BaseMessage]) -> list[dict[str, Any]]:
    """Messages as chat templates want them: OpenAI's form, but arguments as objects."""
    told = convert_to_openai_messages(list(messages))
    for message in told if isinstance(told, list) else [told]:
        message["content"] = message.get("content") or ""
        for call in message.get("tool_calls", ()):
            call["function"]["arguments"] = json.loads(call["function"]["arguments"])
    return told if isinstance(told, list) else [told]


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
