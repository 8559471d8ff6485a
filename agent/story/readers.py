"""Story files to text: plain text, Markdown, Fountain (fountain.io/syntax) and DOCX (ECMA-376)."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["MAX_BYTES", "MAX_CHARACTERS", "StoryText", "load_story", "parse_story"]

MAX_BYTES = 20_000_000
MAX_CHARACTERS = 2_000_000


@dataclass(frozen=True)
class StoryText:
    """A story as plain text: paragraphs apart by one blank line, no mark-up. A chapter is the offset in `text` where it
    begins and its heading (whose words stay in `text` as a paragraph of their own). `breaks` are offsets at which the
    author broke the scene (`***`). `notes` say what a reader had to assume, for a person ("read as Windows-1252")."""

    text: str
    title: str = ""
    chapters: tuple[tuple[int, str], ...] = ()
    breaks: tuple[int, ...] = ()
    format: str = "text"
    notes: tuple[str, ...] = ()


def load_story(data: bytes, filename: str = "") -> StoryText:
    """A story file by its bytes; `filename` says the format (.txt .md .fountain .docx; no name: told from the content).
    Raises StoryError in one line: empty, binary, too large, damaged, password-protected, a zip bomb."""
    raise NotImplementedError


def parse_story(text: str) -> StoryText:
    """Text as a person pasted it; Markdown headings and Fountain scene headings are recognised. Raises StoryError."""
    raise NotImplementedError
