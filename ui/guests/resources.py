"""Boards, versions and panels by address, for guests that read rather than call.

| address | is |
|---|---|
| `taleboard://boards` | the list of storyboards |
| `taleboard://boards/ID` | `board.json` of the version being worked on |
| `taleboard://boards/ID/versions` | its versions |
| `taleboard://boards/ID/versions/N` | `board.json` of version N |
| `taleboard://boards/ID/sheet.png` | the contact sheet |
| `taleboard://boards/ID/panels/SCENE.png` | one panel's picture |
"""

from __future__ import annotations

import base64
import json
import re
from typing import Any

import mcp_types as types

from agent.services import Services
from db.board_json import board_json, storyboard_json, version_json
from db.errors import NotFoundError
from ui.guests.pictures import panel_bytes, sheet_bytes

__all__ = ["list_boards", "read_address", "templates"]

ROOT = "taleboard://boards"
LISTED = 100
ADDRESS = re.compile(rf"{ROOT}(?:/(?P<board>\w+)(?:/(?P<kind>versions|sheet\.png|panels)(?:/(?P<item>[\w.-]+))?)?)?")


def list_boards(services: Services, owner: str) -> list[types.Resource]:
    """List the storyboards as resources."""
    boards = [
        types.Resource(uri=f"{ROOT}/{line.storyboard}", name=line.title or "(untitled)", mime_type="application/json")
        for line in services.history(owner).storyboards(limit=LISTED)
    ]
    return [types.Resource(uri=ROOT, name="storyboards", mime_type="application/json"), *boards]


def templates() -> list[types.ResourceTemplate]:
    """List the shapes of the addresses below a board."""
    shapes = {
        "{board}": ("a board", "application/json"),
        "{board}/versions": ("a board's versions", "application/json"),
        "{board}/versions/{number}": ("one version", "application/json"),
        "{board}/sheet.png": ("the contact sheet", "image/png"),
        "{board}/panels/{scene}.png": ("one panel", "image/png"),
    }
    return [
        types.ResourceTemplate(uri_template=f"{ROOT}/{shape}", name=name, mime_type=kind)
        for shape, (name, kind) in shapes.items()
    ]


def read_address(services: Services, owner: str, address: str) -> types.ReadResourceResult:
    """Read what an address names, if it is this owner's. Raises DatabaseError, ExportError."""
    parts = ADDRESS.fullmatch(address)
    if parts is None:
        raise NotFoundError(f"there is nothing at {address}")
    history = services.history(owner)
    if parts["board"] is None:
        return _json(address, [storyboard_json(line) for line in history.storyboards(limit=None)])
    board, kind, item = history.find(parts["board"]), parts["kind"], parts["item"]
    if kind == "versions" and item is None:
        return _json(address, [version_json(line) for line in history.versions(board, limit=None)])
    if kind == "versions" and not item.isdecimal():
        raise NotFoundError(f"there is nothing at {address}")
    version = history.version(board, int(item) if kind == "versions" else None)
    if kind == "sheet.png":
        return _picture(address, sheet_bytes(services, owner, version))
    if kind == "panels":
        scene = (item or "").removesuffix(".png")
        if scene not in version.images:
            raise NotFoundError(f"there is no panel {scene} on this board")
        return _picture(address, panel_bytes(services, owner, version, scene))
    return _json(address, board_json(version))


def _json(address: str, value: Any) -> types.ReadResourceResult:
    text = json.dumps(value, ensure_ascii=False)
    contents = types.TextResourceContents(uri=address, mime_type="application/json", text=text)
    return types.ReadResourceResult(contents=[contents])


def _picture(address: str, data: bytes) -> types.ReadResourceResult:
    blob = base64.b64encode(data).decode()
    return types.ReadResourceResult(
        contents=[types.BlobResourceContents(uri=address, mime_type="image/png", blob=blob)]
    )
