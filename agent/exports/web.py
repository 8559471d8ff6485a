"""HTML: one file with the pictures inside, nothing loaded from anywhere, no script that runs."""

from __future__ import annotations

import base64
import io
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined

from agent.exports.material import Material, Panel
from db.board_json import board_json

__all__ = ["write_html"]


def write_html(material: Material, file: Path) -> None:
    """The page escapes every word of the story; the board stands in it as JSON data."""
    environment = Environment(
        loader=PackageLoader("agent.exports", "."), autoescape=True, undefined=StrictUndefined, trim_blocks=False
    )
    pictures = {panel.position: _data_url(material, panel) for panel in material.each()}
    page = environment.get_template("page.html").render(
        material=material, pictures=pictures, board=board_json(material.version)
    )
    file.write_text(page, encoding="utf-8")


def _data_url(material: Material, panel: Panel) -> str:
    data = panel.picture
    if data is None:
        placeholder = io.BytesIO()
        material.image(panel).save(placeholder, "PNG")
        data = placeholder.getvalue()
    return "data:image/png;base64," + base64.b64encode(data).decode()
