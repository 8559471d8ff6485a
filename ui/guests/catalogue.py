"""What a guest can call: every tool of the catalogue, and three that stand for the eyes and the voice of a person."""

from __future__ import annotations

from typing import Any

import mcp_types as types

from agent.tools import CATALOGUE
from agent.tools.schemas import plain_schema

__all__ = ["BOARD_TOOLS", "LIST", "LOOK", "SAY", "guest_tools"]

LIST, LOOK, SAY = "list_storyboards", "look", "say"
DESTRUCTIVE = frozenset({"delete_scenes", "delete_storyboard", "delete_conversation"})
PERSONAL = frozenset({"ask", "draw_from_picture", "look_at"})
"""Tools that only make sense inside a conversation: a guest asks its own person, attaches no pictures here, and
looks by `look`."""

BOARD = {
    "type": "string",
    "description": "which storyboard: its id, an unambiguous beginning of it, or latest (the default)",
}
BOARD_TOOLS = {name: tool for name, tool in CATALOGUE.items() if name not in PERSONAL}


def guest_tools(read_only: bool) -> list[types.Tool]:
    """List the tools that a guest may call; with `read_only` those that change nothing."""
    tools = [*_own_tools(read_only)]
    for name, tool in BOARD_TOOLS.items():
        if read_only and not tool.reads:
            continue
        schema = plain_schema(tool)
        if name != "new_story":
            schema["properties"] = {**schema["properties"], "board": BOARD}
        tools.append(_tool(name, tool.description, schema, reads=tool.reads))
    return tools


def _own_tools(read_only: bool) -> list[types.Tool]:
    words = {"type": "string", "description": "the request, in plain English", "minLength": 1}
    panels = {
        "type": "array",
        "items": {"type": "string"},
        "description": "panels to look at: positions or ids; by default the contact sheet of the whole board",
    }
    own = [
        _tool(LIST, "List the storyboards, most lately changed first.", _object({}), reads=True),
        _tool(
            LOOK,
            "See panels, or the whole board as a contact sheet, as pictures.",
            _object({"board": BOARD, "panels": panels}),
            reads=True,
        ),
    ]
    if not read_only:
        description = "Ask for a change in plain words, as a person types it to the chat; answers a question as well."
        own.append(_tool(SAY, description, _object({"text": words, "board": BOARD}, required=["text"]), reads=False))
    return own


def _object(properties: dict[str, Any], required: list[str] | None = None) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "object", "properties": properties, "additionalProperties": False}
    return {**schema, "required": required} if required else schema


def _tool(name: str, description: str, schema: dict[str, Any], *, reads: bool) -> types.Tool:
    hints = types.ToolAnnotations(read_only_hint=reads, destructive_hint=name in DESTRUCTIVE, open_world_hint=False)
    return types.Tool(name=name, description=description, input_schema=schema, annotations=hints)
