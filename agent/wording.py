"""Small pieces of sentences, for replies and pages: listed, counted, shortened, with a capital."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["capital", "counted", "cut", "name_list", "shortened"]


def capital(text: str) -> str:
    """Begin a text with a capital; the rest stays as it is."""
    return text[:1].upper() + text[1:]


def counted(count: int, noun: str) -> str:
    """Count a thing: "1 scene", "3 scenes"."""
    return f"{count} {noun}{'' if count == 1 else 's'}"


def name_list(names: Sequence[str], last: str = "and") -> str:
    """ "Mira", "Mira and Tom", "Mira, Tom and Sam"."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {last} {names[-1]}" if names else ""


def cut(text: str, length: int) -> str:
    """Keep at most `length` characters of a text; where some are left out it ends in "…"."""
    return text if len(text) <= length else text[: length - 1] + "…"


def shortened(text: str, length: int) -> str:
    """Put a text on one line of at most `length` characters."""
    return cut(" ".join(text.split()), length)
