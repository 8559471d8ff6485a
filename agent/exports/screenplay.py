"""Fountain: the board as a screenplay (https://fountain.io/syntax). Prompts and seeds travel as notes."""

from __future__ import annotations

import re
from pathlib import Path

from agent.exports.material import Material, Panel

__all__ = ["write_fountain"]

SPEAKER = re.compile(r"^\s*([^:\n]{1,40}):\s*(.+)$", re.DOTALL)


def write_fountain(material: Material, file: Path) -> None:
    """A title page, then for each panel a forced scene heading, its text as action, and its dialogue."""
    pages = [f"Title: {_line(material.title)}\nCredit: storyboard\nNotes: {material.imprint}"]
    pages += [_scene(panel) for panel in material.each()]
    file.write_text("\n\n".join(pages) + "\n", encoding="utf-8")


def _scene(panel: Panel) -> str:
    scene = panel.scene
    place = " - ".join(part for part in (scene.setting or scene.title or "scene", scene.time) if part)
    parts = [f".{_line(place).upper()} #{panel.position}#", f"= {_line(panel.caption)}"]
    parts += [f"!{_line(paragraph)}" for paragraph in re.split(r"\n\s*\n", scene.text) if paragraph.strip()]
    for line in scene.dialogue:
        if (spoken := SPEAKER.match(line)) is not None:
            parts.append(f"@{_line(spoken[1])}\n{_line(spoken[2])}")
    if scene.notes:
        parts.append(f"[[{_note(scene.notes)}]]")
    parts.append(f"[[{_note(f'shot: {scene.shot}; prompt: {scene.prompt}; seed: {scene.seed}')}]]")
    return "\n\n".join(parts)


def _line(text: str) -> str:
    return " ".join(text.split())


def _note(text: str) -> str:
    """Inside a note, nothing may close it."""
    return _line(text).replace("[[", "[ [").replace("]]", "] ]")
