"""What any chat model may do, thin over `edits`, `history` and `drawing`. `CATALOGUE` holds every tool by name; a
call's scenes are ids, or positions on the board as the speaker saw it when the turn started, and everything that a turn
changes is committed as one version with one receipt.

How a chat model, the offline planner included, takes part in a turn:
- It gets a system message that ends with the block of `agent/context.py`, the conversation so far (with its tool calls
  and their results), and the person's message. Files are named in the block; their text is not in the messages.
- It answers with tool calls, as many at once as the request has edits: they run in the order in which they are listed,
  all addressing the board of the block. A scene made earlier in the turn is addressed by the id its tool answered with.
- Each tool answers with sentences: what it did, or the answer to a question; a tool that failed answers "Error: …" and
  changed nothing. The model then closes the turn with a text made of them.
- The session appends the true receipt ("Changed 3; 1, 2 and 4 to 8 are the same pictures.") to that text itself.
- `ask` ends the turn at once; its question is the reply, and it waits in the next block's `pending`."""

from __future__ import annotations

from agent.tools import characters, drawing, look, looking, questions, staging, story, versions
from agent.tools.kit import CATALOGUE, Tool, tool

__all__ = [
    "CATALOGUE",
    "Tool",
    "characters",
    "drawing",
    "look",
    "looking",
    "questions",
    "staging",
    "story",
    "tool",
    "versions",
]
