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
from agent.material import NOTHING, Material
from agent.sight import pictures_of
from agent.spoken_calls import read_spoken, split_shown
from agent.stopping import Stop

__all__ = ["LocalChatModel", "precision"]

MAX_NEW_TOKENS = 1024


class LocalChatModel(BaseChatModel):
    """A causal language model of transformers in this process, with the tokenizer's own chat template. Tools are told
    through the template; calls are read in every usual spelling (`spoken_calls.py`)."""

    path: str
    model: Any
    tokenizer: Any
    processor: Any = None
    """Of a model that sees: it makes numbers of pictures, and has the tokenizer in it."""
    stop: Any = None
    material: Any = NOTHING
    _turns: threading.Lock = PrivateAttr(default_factory=threading.Lock)

    @classmethod
    def load(cls, path: str) -> LocalChatModel:
        """Load a folder, or a model of the hub that has been downloaded; nothing is downloaded without asking. Raises
        SettingsError where it is not a chat model that can be loaded."""
        from transformers import AutoConfig, AutoModelForCausalLM, AutoModelForImageTextToText, AutoTokenizer
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
            sees = hasattr(AutoConfig.from_pretrained(path, local_files_only=True), "vision_config")
            kind = AutoModelForImageTextToText if sees else AutoModelForCausalLM
            model = kind.from_pretrained(path, dtype=dtype, local_files_only=True)
        except (OSError, ValueError, ImportError) as error:
            raise SettingsError(f"TALEBOARD_LLM=transformers:{path} cannot be loaded: {first_line(error)}") from None
        processor = _processor(path) if sees else None
        if not (processor or tokenizer).chat_template:
            raise SettingsError(f"TALEBOARD_LLM=transformers:{path} is not a chat model (it has no chat template)")
        placed: Any = model
        return cls(
            path=path,
            model=placed.to(device).eval(),
            tokenizer=tokenizer,
            processor=processor,
            profile={"image_inputs": processor is not None},
        )

    def in_turn(self, stop: Stop, material: Material) -> LocalChatModel:
        """Make the model of one turn: it ends at once when the turn is stopped, also while it reads a long prompt, and
        knows which calls are only quoted."""
        return self.model_copy(update={"stop": stop, "material": material})

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
        if self.stop is not None and self.stop.is_set():
            held = ""  # half a call is none
        spoken = read_spoken(held, {tool["function"]["name"] for tool in kwargs.get("tools") or ()}, self.material)
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
        told = _template_messages(messages, in_parts=self.processor is not None)
        reader = self.processor or self.tokenizer
        return reader.apply_chat_template(told, tools=tools or None, add_generation_prompt=True, tokenize=False)

    def _inputs(self, messages: Sequence[BaseMessage], tools: list[dict[str, Any]]) -> Any:
        """What the model's `generate` takes: the prompt's tokens and, for a model that sees, the pictures."""
        prompt = self.prompt(messages, tools)
        pictures = [picture for message in messages for picture in pictures_of(message)]
        if self.processor is None:
            options = {"add_special_tokens": False, "return_tensors": "pt", "return_token_type_ids": False}
            return self.tokenizer(prompt, **options).to(self.model.device)
        inputs = self.processor(text=prompt, images=pictures or None, add_special_tokens=False, return_tensors="pt")
        return inputs.to(self.model.device, self.model.dtype)

    def _pieces(
        self, messages: list[BaseMessage], tools: list[dict[str, Any]] | None, stop: list[str]
    ) -> Iterator[str]:
        from transformers import TextIteratorStreamer

        left = threading.Event()

        def check(module: Any, inputs: Any) -> None:
            if left.is_set():
                raise LeftError

        inputs = self._inputs(messages, tools or [])
        streamer = TextIteratorStreamer(self.tokenizer, skip_prompt=True, skip_special_tokens=False)
        options = {"stop_strings": stop, "tokenizer": self.tokenizer} if stop else {}
        failed: list[Exception] = []

        def generate() -> None:
            with self._turns:  # one at a time: one that was left may be at its last multiplication still
                hooks = [module.register_forward_pre_hook(check) for module in self.model.modules()]
                try:
                    self.model.generate(
                        **inputs, max_new_tokens=MAX_NEW_TOKENS, do_sample=False, streamer=streamer, **options
                    )
                except LeftError:
                    pass
                except Exception as error:
                    failed.append(error)
                finally:
                    for hook in hooks:
                        hook.remove()
                    streamer.end()

        def leave() -> None:
            left.set()
            streamer.text_queue.put(streamer.stop_signal)  # whoever waits for words waits no longer

        if self.stop is not None:
            self.stop.on_set(leave)
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
            left.set()  # the thread ends at the model's next layer; whoever left does not wait for it
        if failed:
            raise failed[0]


class LeftError(Exception):
    """Nobody listens any more."""


def _device_and_dtype() -> tuple[str, Any]:
    """Where a model runs, and in which precision."""
    import torch

    cuda = torch.cuda.is_available()
    multiplies = torch.cuda.is_bf16_supported() if cuda else torch.cpu._is_avx512_bf16_supported()
    device = "cuda" if cuda else "cpu"
    return device, getattr(torch, precision(device, multiplies_bfloat16=multiplies))


def precision(device: str, *, multiplies_bfloat16: bool) -> str:
    """Choose bfloat16 where the device multiplies in it: half the memory of float32. A CPU without such units is many
    times slower in it than in float32; older GPUs have float16."""
    if multiplies_bfloat16:
        return "bfloat16"
    return "float16" if device == "cuda" else "float32"


def _processor(path: str) -> Any:
    """What makes numbers of pictures for the model at this path; None where it cannot be had (some need torchvision):
    such a model is told of pictures in words."""
    from transformers import AutoProcessor

    try:
        processor = AutoProcessor.from_pretrained(path, local_files_only=True)
    except (OSError, ValueError, ImportError):
        return None
    return processor if getattr(processor, "image_processor", None) is not None else None


def _words(text: str, run_manager: CallbackManagerForLLMRun | None) -> ChatGenerationChunk:
    chunk = ChatGenerationChunk(message=AIMessageChunk(content=text))
    if run_manager:
        run_manager.on_llm_new_token(text, chunk=chunk)
    return chunk


def _template_messages(messages: Sequence[BaseMessage], *, in_parts: bool) -> list[dict[str, Any]]:
    """Messages as chat templates want them: OpenAI's form, but arguments as objects, and, for models that see, contents
    `in_parts`."""
    told: Any = convert_to_openai_messages([_in_words(message) for message in messages])
    for source, message in zip(messages, told, strict=True):
        words = message.get("content") or ""
        parts = [{"type": "text", "text": words}, *({"type": "image"} for _ in pictures_of(source))]
        message["content"] = parts if in_parts else words
        for call in message.get("tool_calls", ()):
            call["function"]["arguments"] = json.loads(call["function"]["arguments"])
    return told


def _in_words(message: BaseMessage) -> BaseMessage:
    return message.model_copy(update={"content": str(message.text)})
