"""The door for other agents: Taleboard's tools, boards and pictures over the Model Context Protocol.

`taleboard mcp` opens it on standard input and output, the app under `/mcp`. A guest calls the same tools as the chat
models and the buttons, through the same turns, so that versions, receipts and the questions before a deletion are the
same."""

from __future__ import annotations

from ui.guests.http import Door
from ui.guests.server import Guests, guest_server

__all__ = ["Door", "Guests", "guest_server"]
