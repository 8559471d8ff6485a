"""The catalogue of named styles, a data file (`styles.toml`) that people can extend."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

__all__ = ["Style", "find_style", "styles"]


@dataclass(frozen=True)
class Style:
    """`keywords` go to the end of a prompt, `negative` into the negative prompt; `aliases` are other names for it."""

    name: str
    keywords: str
    negative: str = ""
    aliases: tuple[str, ...] = ()
    description: str = ""


def styles(extra: Path | None = None) -> tuple[Style, ...]:
    """All styles, by name; those in the file `extra` (same form) are added to or replace the shipped ones.
    Raises SettingsError for a file that is not a catalogue."""
    raise NotImplementedError


def find_style(words: str) -> Style | None:
    """The style of that name or alias, whatever its case, hyphens, article or a trailing "style"; small typing errors
    are forgiven. None where the catalogue has none."""
    raise NotImplementedError
