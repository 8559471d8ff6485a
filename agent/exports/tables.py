"""The board as data: JSON, a CSV shot list, and a ZIP of everything that `taleboard import` reads back."""

from __future__ import annotations

import csv
import io
import json
import tempfile
import zipfile
from dataclasses import replace
from pathlib import Path

from agent.drawing.drafts import draft_svg
from agent.exports.material import Material
from agent.exports.timeline import write_otio
from db.board_json import board_json, image_file

__all__ = ["REQUESTS_FILE", "source_file", "write_csv", "write_json", "write_zip"]

REQUESTS_FILE = "requests.json"
"""In a ZIP: scene id -> request digest, so that an imported board knows its pictures again."""

COLUMNS = (
    *("position", "number", "sequence", "id", "title", "shot", "duration", "characters", "setting", "time", "weather"),
    *("mood", "action", "dialogue", "text", "summary", "notes", "prompt", "negative_prompt", "seed"),
    *("image_file", "image"),
)
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def write_json(material: Material, file: Path) -> None:
    """`board.json`."""
    file.write_text(json.dumps(board_json(material.version), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def write_csv(material: Material, file: Path) -> None:
    """A row a panel, UTF-8 with a byte order mark, so that spreadsheets read it as such. A cell that one would take for
    a formula begins with an apostrophe."""
    file.write_bytes(_shot_list(material))


def _shot_list(material: Material) -> bytes:
    names = {character.id: character.name for character in material.board.characters}
    headings = {sequence.id: f"{sequence.number} {sequence.heading}".strip() for sequence in material.board.sequences}
    stream = io.StringIO(newline="")
    table = csv.writer(stream)
    table.writerow([*COLUMNS, "storyboard", "version"])
    for scene in board_json(material.version)["scenes"]:
        row = (
            {"number": "", "sequence": ""}
            | scene
            | {
                "characters": ", ".join(names.get(character, character) for character in scene["characters"]),
                "dialogue": " / ".join(scene["dialogue"]),
                "sequence": headings.get(scene.get("sequence", ""), ""),
            }
        )
        cells = [*(row[column] for column in COLUMNS), material.version.storyboard, material.version.number]
        table.writerow([_plain(cell) for cell in cells])
    return stream.getvalue().encode("utf-8-sig")


def write_zip(material: Material, file: Path) -> None:
    """board.json, the pictures (panel-01.png …) and those that they were drawn from, the drafts as vectors
    (panel-01.svg …), the shot list, the timeline, and what import needs to know them again."""
    drawn = {panel.position for panel in material.panels if panel.picture is not None}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("board.json", json.dumps(board_json(material.version), ensure_ascii=False, indent=2))
        archive.writestr(REQUESTS_FILE, json.dumps(dict(material.version.requests), indent=2))
        for panel in material.each():
            if panel.picture is not None:
                archive.writestr(image_file(panel.position), panel.picture, zipfile.ZIP_STORED)
            vectors = Path(image_file(panel.position)).with_suffix(".svg")
            archive.writestr(vectors.name, draft_svg(material.board, panel.scene))
        for sha256, picture in material.sources.items():
            archive.writestr(source_file(sha256), picture, zipfile.ZIP_STORED)
        archive.writestr("shots.csv", _shot_list(material))
        with tempfile.TemporaryDirectory() as folder:
            timeline = Path(folder) / "timeline.otio"
            quiet = replace(material, progress=None)
            write_otio(quiet, timeline, lambda position: image_file(position) if position in drawn else None)
            archive.write(timeline, timeline.name)


def source_file(sha256: str) -> str:
    """In a ZIP: where a picture lies that a panel was drawn from."""
    return f"sources/{sha256}.png"


def _plain(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_STARTS) else cell
