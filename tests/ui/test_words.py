"""The app's own words: complete in every language, and none of them asked for that is not there."""

from __future__ import annotations

import re
import string
import tomllib
from pathlib import Path

import pytest

import ui
from ui.words import LANGUAGES, words

UI = Path(ui.__file__).parent
ENGLISH = tomllib.loads((UI / "words" / "en.toml").read_text("utf-8"))


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_word_with_the_same_placeholders(language: str) -> None:
    other = tomllib.loads((UI / "words" / f"{language}.toml").read_text("utf-8"))
    assert set(other) == set(ENGLISH)
    for key, text in other.items():
        allowed = placeholders(ENGLISH[key])
        assert placeholders(text) == allowed, key
        assert text.strip(), key


def test_every_word_that_a_page_asks_for_is_there() -> None:
    asked = {
        key for file in UI.rglob("*.py") for key in re.findall(r"\bt\(\s*\"([a-z_]+)\"\s*[,)]", file.read_text("utf-8"))
    }
    assert len(asked) > 100
    assert asked <= set(ENGLISH)


def test_one_of_a_thing_has_a_word_of_its_own() -> None:
    assert words("panels", count=1) == "1 panel"
    assert words("panels", count=2) == "2 panels"
    assert words("panels", "es", count=1) == "1 viñeta"


def test_a_language_that_is_not_there_is_english() -> None:
    assert words("stop", "tlh") == words("stop", "en") != words("stop", "es")
