"""The catalogue of named styles, a data file (`styles.toml`) that people can extend."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from rapidfuzz import fuzz, process

from agent.errors import SettingsError
from db.words import fold

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
    catalogue = dict(_shipped())
    if extra is not None:
        try:
            catalogue |= _read(extra.read_text("utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, AttributeError, KeyError, TypeError) as error:
            raise SettingsError(f"{extra} is not a catalogue of styles: {error}") from error
    return tuple(catalogue[name] for name in sorted(catalogue))


def find_style(words: str) -> Style | None:
    """The style of that name or alias, whatever its case, hyphens, article or a trailing "style"; small typing errors
    are forgiven. None where the catalogue has none."""
    wanted = _normal(words)
    names = _names()
    if wanted in names:
        return names[wanted]
    if len(wanted) < 4:
        return None
    match = process.extractOne(wanted, names.keys(), scorer=fuzz.ratio, score_cutoff=86)
    return names[match[0]] if match else None


@lru_cache(maxsize=1)
def _shipped() -> dict[str, Style]:
    return _read(files("agent.story").joinpath("styles.toml").read_text("utf-8"))


@lru_cache(maxsize=1)
def _names() -> dict[str, Style]:
    names: dict[str, Style] = {}
    for style in _shipped().values():
        for alias in style.aliases:
            names.setdefault(_normal(alias), style)
    names.update({_normal(style.name): style for style in _shipped().values()})
    return names


def _read(text: str) -> dict[str, Style]:
    return {
        name: Style(
            name=name,
            keywords=str(entry["keywords"]),
            negative=str(entry.get("negative", "")),
            aliases=tuple(str(alias) for alias in entry.get("aliases", ())),
            description=str(entry.get("description", "")),
        )
        for name, entry in tomllib.loads(text).items()
    }


def _normal(words: str) -> str:
    words = re.sub(r"[\s_\-/]+", " ", fold(words)).strip(" .!\"'")
    words = re.sub(r"^(?:in )?(?:an? |the )?|\b(?:style|look|drawing style)$", "", words).strip()
    return words.replace("colour", "color").replace("grey", "gray").replace("aquarell", "aquarel")
