"""The app's own words, one file a language; what people and models write is never translated."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

__all__ = ["LANGUAGES", "catalogue", "words"]

LANGUAGES = {"en": "English", "es": "Español"}


@cache
def catalogue(language: str) -> Mapping[str, str]:
    """Every word of a language by its key; English ones where the language has none."""
    folder = Path(__file__).parent
    english = tomllib.loads((folder / "en.toml").read_text("utf-8"))
    return english | tomllib.loads((folder / f"{language}.toml").read_text("utf-8"))


def words(key: str, language: str = "en", **values: object) -> str:
    """The app's word for `key` in a language, with `{placeholders}` filled in. For a `count` of one it is the word for
    `key_one`, where there is such a word."""
    known = catalogue(language if language in LANGUAGES else "en")
    one = f"{key}_one"
    return known[one if values.get("count") == 1 and one in known else key].format(**values)
