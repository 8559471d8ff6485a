"""A causal language model of transformers in this process."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
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
from pydantic import PrivateAttr

from agent.errors import SettingsError, first_line
from agent.folding import fold
from agent.hub_models import is_here
from agent.spoken_calls import read_spoken, split_shown

__all__ = ["LocalChatModel"]

MAX_NEW_TOKENS = 1024


class LocalChatModel(BaseChatModel):
    """A causal language model of transformers in this process, with the tokenizer's own chat template. Tools are told
    through the template; calls are read in every usual spelling (`spoken_calls.py`)."""

    path: str
    model: Any
    tokenizer: Any
    _turns: threading.Lock = PrivateAttr(default_factory=threading.Lock)

    @classmethod
    def load(cls, path: str) -> LocalChatModel:
        """Load a folder, or a model of the hub that has been downloaded; nothing is downloaded without asking. Raises
        SettingsError where it is not a chat model that can be loaded."""
        from transformers import AutoModelForCausalLM, AutoTokenizer
        from transformers.utils import logging

        if not is_here(path):
            raise SettingsError(
                f"TALEBOARD_LLM=transformers:{path} is not on this machine: `taleboard fetch {path}` says how large it "
                "is and downloads it"
            )
        logging.disable_progress_bar()
        device, dtype = _device_and_dtype()
        try:
            tokenizer = AutoTokenizer.from_pretrained(path, local_files_only=True)
            model = AutoModelForCausalLM.from_pretrained(path, dtype=dtype, local_files_only=True)
        except (OSError, ValueError, ImportError) as error:
            raise SettingsError(f"TALEBOARD_LLM=transformers:{path} cannot be loaded: {first_line(error)}") from None
        if not tokenizer.chat_template:
            raise SettingsError(f"TALEBOARD_LLM=transformers:{path} is not a chat model (it has no chat template)")
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

    def prompt(self, messages: Sequence[BaseMessage], tools: list[dict[str, Any]]) -> str:
        """Write what the model reads, by its own chat template. Where that refuses a role, or leaves out the tools or
        the system message, they are folded into the person's words."""
        from jinja2.exceptions import TemplateError

        told = [str(message.text) for message in messages if message.type == "system"]
        told += [tool["function"]["name"] for tool in tools]
        with suppress(TemplateError, TypeError):  # TypeError: None, or a list, joined to words
            prompt = self._templated(messages, tools)
            if all(words.strip() in prompt for words in told):
                return prompt
        return self._templated(fold(messages, tools), [])

    def _templated(self, messages: Sequence[BaseMessage], tools: list[dict[str, Any]]) -> str:
        return self.tokenizer.apply_chat_template(
            _template_messages(messages), tools=tools or None, add_generation_prompt=True, tokenize=False
        )

    def _pieces(
        self, messages: list[BaseMessage], tools: list[dict[str, Any]] | None, stop: list[str]
    ) -> Iterator[str]:
        from transformers import StoppingCriteria, StoppingCriteriaList, TextIteratorStreamer

        left = threading.Event()

        class Left(StoppingCriteria):
            def __call__(self, input_ids: Any, scores: Any, **kwargs: Any) -> Any:
                import torch

                return torch.full((input_ids.shape[0],), left.is_set(), device=input_ids.device)

        inputs = self.tokenizer(
            self.prompt(messages, tools or []),
            add_special_tokens=False,
            return_tensors="pt",
            return_token_type_ids=False,
        ).to(self.model.device)
        streamer = TextIteratorStreamer(self.tokenizer, skip_prompt=True, skip_special_tokens=False)
        options = {"stop_strings": stop, "tokenizer": self.tokenizer} if stop else {}
        failed: list[Exception] = []

        def generate() -> None:
            try:
                with self._turns:  # one at a time: one that was left may be reading its prompt still
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
            left.set()  # the thread ends at the next token; whoever left does not wait for it
        if failed:
            raise failed[0]


def _device_and_dtype() -> tuple[str, Any]:
    """Where a model runs and in which precision: bfloat16 where the device multiplies in it, half the memory of
    float32; a CPU without such units is many times slower in it than in float32."""
    import torch

    if torch.cuda.is_available():
        return "cuda", torch.bfloat16 if torch.cuda.is_bf16_supported() else torch.float16
    return "cpu", torch.bfloat16 if torch.cpu._is_avx512_bf16_supported() else torch.float32


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
