"""A chat model answers: which one, and its run over the tools."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from agent.context import Context
from agent.events import Event, Instead, Words
from agent.material import NOTHING, Material
from agent.spoken_calls import read_spoken, split_shown
from agent.tools.desk import Desk
from agent.tools.kit import CATALOGUE

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from pydantic import BaseModel

__all__ = ["Answerer", "answerer"]


MAX_FORM_LETTERS = 60_000
"""What a model may write into a form; more is no answer."""


class Answerer:
    """A chat model and its compiled agent. `window` is how many tokens a language model takes; None tells it all."""

    def __init__(self, model: BaseChatModel, window: int | None = None) -> None:
        from agent.graph import build_agent
        from agent.sight import can_see

        self.model, self.window = model, window
        self.sees = can_see(model)
        self._agent: Any = build_agent(model)

    def ask(self, prompt: str, desk: Desk) -> str:
        """The model's answer to one prompt, without tools. Raises StoppedError when the turn is stopped."""
        answer = str(self._in_turn(desk).invoke(prompt).text)
        desk.check_stopped()
        return answer

    def _in_turn(self, desk: Desk) -> BaseChatModel:
        """The model, which the turn's stop ends where it runs in this process."""
        from agent.graph import InThisProcess

        return self.model.in_turn(desk.stop, NOTHING) if isinstance(self.model, InThisProcess) else self.model

    def fill(self, prompt: str, form: type[BaseModel], desk: Desk) -> dict[str, Any]:
        """Have the model fill a form by a tool call: its fields as they came, unchecked; {} where it fills none. Raises
        StoppedError when the turn is stopped."""
        name, arguments = "", ""
        for piece in self._in_turn(desk).bind_tools([form]).stream(prompt):
            desk.check_stopped()
            for chunk in getattr(piece, "tool_call_chunks", ()):
                if chunk["index"] in (None, 0):  # a second call is none that was asked for
                    name, arguments = name + (chunk["name"] or ""), arguments + (chunk["args"] or "")
            if len(arguments) > MAX_FORM_LETTERS:
                break
        desk.check_stopped()
        try:
            fields = json.loads(arguments) if name == form.__name__ else {}
        except ValueError:
            return {}
        return fields if isinstance(fields, dict) else {}

    def answer(self, desk: Desk, context: Context, messages: list[Any], emit: Callable[[Event], None]) -> None:
        """Run the graph: the model's words become events as they come, its tool calls go through the middleware. Words
        that may become a call are held back until the message ends."""
        from langchain_core.messages import AIMessage

        from agent.graph import Run
        from agent.planner.offline import OfflinePlanner

        desk.sees = self.sees
        material = _material(desk, messages)
        run = Run(desk, context, emit, self.window, material)
        writing: str | None = None
        held, spoken, gap = "", False, False
        reply: list[str] = []

        def say(text: str) -> None:
            nonlocal spoken, gap
            if not text or (not text.strip() and (gap or not spoken)) or desk.pending is not None:
                return
            emit(Words(f"\n\n{text}" if gap else text))
            reply.append(text)
            spoken, gap = True, False

        for message, metadata in self._agent.stream({"messages": messages}, context=run, stream_mode="messages"):
            desk.check_stopped()
            if metadata.get("langgraph_node") != "model" or not isinstance(message, AIMessage):
                continue
            if message.id != writing:
                say(read_spoken(held, CATALOGUE, material).words)
                writing, held, gap = message.id, "", spoken
            shown, held = split_shown(held + str(message.text))
            say(shown)
        say(read_spoken(held, CATALOGUE, material).words)
        if not isinstance(self.model, OfflinePlanner):
            self._be_honest(desk, "".join(reply), emit)

    def _be_honest(self, desk: Desk, reply: str, emit: Callable[[Event], None]) -> None:
        """Replace a reply that claims what no tool did."""
        from agent.honesty import what_happened

        if desk.pending is not None:  # what was done is dropped, and the question follows
            if reply and what_happened(reply, desk.message, (), desk.draft.seen, desk.draft.seen) is not None:
                emit(Instead(""))
            return
        true = what_happened(reply, desk.message, desk.calls, desk.draft.seen, desk.draft.board)
        if true is not None:
            emit(Instead(true))


def _material(desk: Desk, messages: Sequence[Any]) -> Material:
    """The material of a turn: what the person said and attached, and all words of the board."""

    from langchain_core.messages import HumanMessage

    from agent.graph import PRESSED

    def texts() -> Iterator[str]:
        yield desk.message
        said = [str(message.text) for message in messages if isinstance(message, HumanMessage)]
        yield from (text for text in said if not text.startswith(PRESSED))  # the buttons' calls are nobody's quotation
        yield from desk.files
        yield from (data.decode("utf-8", "ignore") for data in desk.files.values())
        for board in (desk.draft.seen, desk.draft.board):
            if board is not None:
                yield from _strings(dataclasses.asdict(board))

    return Material(texts)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _strings(item)
    elif isinstance(value, list | tuple | set | frozenset):
        for item in value:
            yield from _strings(item)


@lru_cache(maxsize=4)
def answerer(name: str, window: int = 0) -> Answerer:
    """Load the chat model that TALEBOARD_LLM names, once. `window` is TALEBOARD_LLM_WINDOW. Raises SettingsError."""
    from agent.models import chat_model
    from agent.window import window_of

    if name == "offline":
        return Answerer(chat_model(name))
    size = window_of(name, window)
    return Answerer(chat_model(name, window=size), size)
