"""Fountain: the board as a screenplay (https://fountain.io/syntax). Prompts and seeds travel as notes."""

from __future__ import annotations

import re
from pathlib import Path

from agent.exports.material import Material, Panel
from agent.story.readers import is_cue, is_slug

__all__ = ["write_fountain"]

SPEAKER = re.compile(r"^\s*([^:\n]{1,40}):\s*(.+)$", re.DOTALL)


def write_fountain(material: Material, file: Path) -> None:
    """Write a title page, then for each panel its scene's heading (forced where the text has none), its text as action,
    and its dialogue."""
    pages = [f"Title: {_line(material.title)}\nCredit: storyboard\nNotes: {material.imprint}"]
    pages += [_scene(panel) for panel in material.each()]
    file.write_text("\n\n".join(pages) + "\n", encoding="utf-8")


def _scene(panel: Panel) -> str:
    scene = panel.scene
    paragraphs = [block for block in re.split(r"\n\s*\n", scene.text) if block.strip()]
    if paragraphs and is_slug(paragraphs[0]):
        heading = _line(paragraphs.pop(0))
    else:
        place = " - ".join(part for part in (scene.setting or scene.title or "scene", scene.time) if part)
        heading = f".{_line(place).upper()}"
    parts = [f"{heading} #{scene.number or panel.position}#", f"= {_line(panel.caption)}"]
    cued = False
    for paragraph in paragraphs:
        cue, _, spoken = paragraph.strip().partition("\n")
        if spoken and is_cue(cue):
            cued = True
            parts.append(
                "\n".join([f"@{_line(cue)}", *(_escaped(line) for line in spoken.split("\n") if line.strip())])
            )
        else:
            parts.append(f"!{_escaped(paragraph)}")
    for line in () if cued else scene.dialogue:
        if (spoken_line := SPEAKER.match(line)) is not None:
            parts.append(f"@{_line(spoken_line[1])}\n{_line(spoken_line[2])}")
    if scene.notes:
        parts.append(f"[[{_note(scene.notes)}]]")
    parts.append(f"[[{_note(f'shot: {scene.shot}; prompt: {scene.prompt}; seed: {scene.seed}')}]]")
    return "\n\n".join(parts)


def _escaped(text: str) -> str:
    """The text in one line, its asterisks and underscores kept from being emphasis."""
    return re.sub(r"([*_\\])", r"\\\1", _line(text))


def _line(text: str) -> str:
    return " ".join(text.split())


def _note(text: str) -> str:
    """Inside a note, nothing may close it."""
    return _line(text).replace("[[", "[ [").replace("]]", "] ]")
