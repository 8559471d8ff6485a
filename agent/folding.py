"""A conversation with tools as one of plain words, for models whose chat template knows only a person and an assistant
who take turns: no system role, no tools, no two messages of one side in a row."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from langchain_core.messages import AIMessage, AnyMessage, BaseMessage, HumanMessage, SystemMessage, ToolMessage

from agent.sight import picture_blocks

__all__ = ["fold", "refuses_roles"]

ROLES = re.compile(
    r"roles? must alternate|system (?:role|message|prompt)s? (?:is |are )?(?:not|un)\s?(?:supported|allowed)|"
    r"only user(?:,| and| or)[\w ,]*roles? (?:are|is) supported|unexpected role|unknown role|invalid role|"
    r"expected (?:last )?role|after (?:the )?(?:optional )?system message|raise_exception|jinja",
    re.IGNORECASE,
)
"""What servers (llama.cpp, LM Studio, vLLM, Mistral's) and chat templates say of roles that they do not take."""

HOW_TO_CALL = (
    "These are your tools, each with a JSON schema. To call one, write a line of its own and nothing else in it:\n"
    '<tool_call>{"name": "NAME", "arguments": {…}}</tool_call>'
)


def refuses_roles(error: BaseException) -> bool:
    """Whether an error says that the model's chat template does not take the roles that it was sent."""
    return bool(ROLES.search(str(error))) and getattr(error, "status_code", 400) in (400, 422, 500)


def fold(messages: Sequence[BaseMessage], tools: Sequence[dict[str, Any]] = ()) -> list[AnyMessage]:
    """Fold the system message and the tools' schemas into the person's first message, calls into the assistant's words,
    and what tools answered into the person's. The two sides alternate, and the person begins."""
    first = [str(message.text) for message in messages if isinstance(message, SystemMessage)]
    if tools:
        schemas = [json.dumps(tool["function"], ensure_ascii=False, separators=(",", ":")) for tool in tools]
        first.append("\n".join([HOW_TO_CALL, *schemas]))
    folded: list[AnyMessage] = [HumanMessage("\n\n".join(first))] if first else []
    for message in messages:
        if isinstance(message, SystemMessage):
            continue
        kind = AIMessage if isinstance(message, AIMessage) else HumanMessage
        words, pictures = _words(message), picture_blocks(message)
        if folded and isinstance(folded[-1], kind):
            before = folded.pop()
            words = "\n\n".join(part for part in (str(before.text), words) if part)
            pictures = [*picture_blocks(before), *pictures]
        folded.append(kind([{"type": "text", "text": words}, *pictures] if pictures else words))
    return folded


def _words(message: BaseMessage) -> str:
    """A message as words alone."""
    text = str(message.text)
    if isinstance(message, ToolMessage):
        return f"{message.name or 'The tool'} answered: {text}"
    if not isinstance(message, AIMessage):
        return text
    calls = [{"name": call["name"], "arguments": call["args"]} for call in message.tool_calls]
    lines = [f"<tool_call>{json.dumps(call, ensure_ascii=False)}</tool_call>" for call in calls]
    return "\n".join([*([text] if text else []), *lines])
