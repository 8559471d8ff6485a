"""The offline planner: a chat model with no weights, which reads edit requests by their grammar (`agent.requests`).

`converse` holds the thread of a conversation (answers to questions, stories, other languages), and `OfflinePlanner`
wears
the interface of a LangChain chat model.
"""

from __future__ import annotations

from agent.planner.offline import OfflinePlanner

__all__ = ["OfflinePlanner"]
