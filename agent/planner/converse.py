"""One reply: what the planner says or calls, given the message, the board, and what tools have already answered."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from langchain_core.messages import BaseMessage, ToolMessage

from agent.context import Context
from agent.planner.plan import Plan, make_plan

__all__ = ["respond"]


def respond(
    text: str,
    context: Context,
    results: Sequence[ToolMessage] = (),
    earlier: Sequence[BaseMessage] = (),
    tools: Collection[str] = (),
) -> Plan:
    """Tool calls for a request; once tools have answered, words made of their answers."""
    if results:
        return Plan(words=_receipt(results))
    plan = make_plan(text, context)
    lacking = sorted({call["name"] for call in plan.calls} - set(tools))
    if lacking:
        return Plan(words=f"I cannot do that here: {', '.join(lacking)} is not available.")
    return plan


def _receipt(results: Sequence[ToolMessage]) -> str:
    said = dict.fromkeys(result.text.strip() for result in results)
    return "\n".join(text for text in said if text) or "Done."
