"""The board as a guest sees it: panels and contact sheets as image content."""

from __future__ import annotations

import base64
import io
import tempfile
from collections.abc import Sequence
from pathlib import Path

import mcp_types as types
from PIL import Image

from agent.services import Services
from db.errors import NotFoundError
from db.history import Version

__all__ = ["SHEET_FROM", "image", "panel_bytes", "panel_images", "sheet_bytes"]

SHEET_FROM = 4
"""From so many changed panels on, a guest is shown one contact sheet instead of each: pictures cost it context."""
SHEET_PIXELS = (1280, 1600)


def image(data: bytes) -> types.ImageContent:
    """Wrap a PNG as image content."""
    return types.ImageContent(data=base64.b64encode(data).decode(), mime_type="image/png")


def panel_images(services: Services, owner: str, version: Version, scenes: Sequence[str]) -> list[types.ImageContent]:
    """Show these scenes' finished pictures in order, or the contact sheet where they are many."""
    drawn = [scene for scene in scenes if version.images.get(scene)]
    if len(drawn) >= SHEET_FROM:
        return [image(sheet_bytes(services, owner, version))]
    return [image(panel_bytes(services, owner, version, scene)) for scene in drawn]


def panel_bytes(services: Services, owner: str, version: Version, scene: str) -> bytes:
    """Read a panel's picture. Raises NotFoundError where it is not drawn yet."""
    sha256 = version.images.get(scene)
    if sha256 is None:
        raise NotFoundError("this panel is not drawn yet")
    return services.pictures(owner).read(sha256)


def sheet_bytes(services: Services, owner: str, version: Version) -> bytes:
    """Draw the contact sheet as a PNG of a size that a model can look at. Raises ExportError."""
    from agent.exports.writing import export

    with tempfile.TemporaryDirectory(prefix="taleboard-sheet-") as folder:
        file = Path(folder) / "sheet.png"
        export(version, services.pictures(owner), "png", file)
        with Image.open(file) as sheet:
            sheet.thumbnail(SHEET_PIXELS)
            small = io.BytesIO()
            sheet.convert("RGB").save(small, "PNG", optimize=True)
    return small.getvalue()
