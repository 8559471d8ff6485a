"""Whether a language model can do what a conversation needs of it: answer, and call tools."""

from __future__ import annotations

import time
from dataclasses import dataclass

from agent.errors import AgentError
from agent.model_errors import explain

__all__ = ["Trial", "try_language_model"]


@dataclass(frozen=True)
class Trial:
    """How a try went. `problem` is one line, empty where the model answered."""

    name: str
    seconds: float = 0.0
    calls_tools: bool = False
    problem: str = ""


def try_language_model(name: str) -> Trial:
    """Asks the chat model of that name (as in TALEBOARD_LLM) to call a tool. Whatever goes wrong is in the result."""
    if name == "offline":
        return Trial(name, calls_tools=True)

    def set_number_of_scenes(count: int) -> str:
        """Set how many scenes the storyboard has."""
        return f"{count} scenes"

    start = time.monotonic()
    try:
        from langchain_core.messages import AIMessageChunk
        from langchain_core.messages.ai import add_ai_message_chunks

        from agent.models import chat_model

        asked = "Set the number of scenes of the storyboard to 4, with the tool."
        pieces = chat_model(name).bind_tools([set_number_of_scenes]).stream(asked)  # as in a conversation
        answer = add_ai_message_chunks(*(piece for piece in pieces if isinstance(piece, AIMessageChunk)))
    except AgentError as error:
        return Trial(name, problem=str(error))
    except Exception as error:  # whatever a provider's client raises
        return Trial(name, problem=explain(error))
    return Trial(name, time.monotonic() - start, any(call["args"].get("count") == 4 for call in answer.tool_calls))
