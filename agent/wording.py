"""Small pieces of sentences, for replies and pages: counted, shortened, with a capital."""

from __future__ import annotations

__all__ = ["capital", "counted", "shortened"]


def capital(text: str) -> str:
    """Begin a text with a capital; the rest stays as it is."""
    return text[:1].upper() + text[1:]


def counted(count: int, noun: str) -> str:
    """Count a thing: "1 scene", "3 scenes"."""
    return f"{count} {noun}{'' if count == 1 else 's'}"


def shortened(text: str, length: int) -> str:
    """Put a text on one line of at most `length` characters; what is cut is marked with "…"."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1] + "…"
