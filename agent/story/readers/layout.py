"""A script laid out as the plain text that everything else reads, each line known by its position in it."""

from __future__ import annotations

import dataclasses

from agent.errors import StoryError
from agent.story.readers.values import Line, Script, StoryText

__all__ = ["MAX_TITLE", "lay_out"]

MAX_TITLE = 120  # letters; a longer one is cut at a word
_UNTOLD = {"title page", "transition", "note", "break"}


def lay_out(script: Script) -> StoryText:
    """Lay a script out as text. Raises StoryError where it has no words."""
    text = ""
    lines: list[Line] = []
    chapters: list[tuple[int, str]] = []
    breaks: list[int] = []
    broken = False
    for paragraph in script.paragraphs:
        told = False
        for line in paragraph:
            if line.kind in _UNTOLD or not line.text:
                broken = broken or line.kind == "break"
                lines.append(line)
                continue
            text += ("\n" if told else "\n\n") if text else ""
            start = len(text)
            text += _words(line)
            lines.append(dataclasses.replace(line, start=start))
            if not told and ((broken and start) or line.kind == "shot"):
                breaks.append(start)
            if line.kind in ("chapter", "heading"):
                chapters.append((start, line.text))
            told, broken = True, False
    if not any(letter.isalnum() for letter in text):
        raise StoryError("there are no words in this story: write or paste a few sentences")
    title = script.title or next((line.text for line in lines if line.kind == "title"), "")
    return StoryText(text, _short(title), tuple(chapters), tuple(breaks), script.format, script.notes, tuple(lines))


def _words(line: Line) -> str:
    """The line as it is told. A cue is in capitals (but for the "c" of McALLISTER), so that it is known for one in
    whatever part of the text is read again."""
    if line.kind == "cue":
        upper = line.text.upper()
        return line.text[:2] + upper[2:] if line.text.startswith("Mc") and line.text[2:3].isupper() else upper
    return f"({line.text})" if line.kind == "parenthetical" else line.text


def _short(title: str) -> str:
    if len(title) <= MAX_TITLE:
        return title
    return title[: MAX_TITLE - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"
