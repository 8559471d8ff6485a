"""The offline planner: a chat model with no weights, which reads edit requests by rules and grammar.

A message goes through four layers: words (`words`, `lexicon`: contractions, numbers, slips), references (`references`,
`board_index`, `items`: which scenes and characters), clauses (`clauses`, `patterns`: several edits in one sentence),
and one table of intents (`intents`) that says which tool each clause calls. `plan` puts them together, `converse` holds
the thread of a conversation, and `OfflinePlanner` wears the interface of a LangChain chat model.
"""

from __future__ import annotations

from agent.planner.intents import TABLE
from agent.planner.offline import OfflinePlanner

__all__ = ["OfflinePlanner", "examples"]


def examples() -> dict[str, tuple[str, ...]]:
    """What can be asked for: requests that are understood, by area."""
    areas: dict[str, list[str]] = {}
    for intent in TABLE:
        areas.setdefault(intent.area, []).extend(intent.examples)
    return {area: tuple(requests) for area, requests in areas.items()}
