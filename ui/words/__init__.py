"""The app's own words, one file a language; what people and models write is never translated."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

__all__ = ["LANGUAGES", "words"]

LANGUAGES = {"en": "English", "es": "Español"}


@cache
def _catalogue(language: str) -> dict[str, str]:
    with (Path(__file__).parent / f"{language}.toml").open("rb") as file:
        return tomllib.load(file)


def words(key: str, language: str = "en", **values: object) -> str:
    """The app's word for `key` in a language (English where the language has none), with `{placeholders}` filled in."""
    text = _catalogue(language if language in LANGUAGES else "en").get(key) or _catalogue("en")[key]
    return text.format(**values)
