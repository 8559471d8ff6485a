"""Whatever script a story is written in is drawn, or it is said which font is missing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from agent.exports import fonts
from agent.exports.fonts import BUNDLED, fonts_for


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Path]]:
    """The font files of this machine, as a test wants them."""
    files: list[Path] = []
    monkeypatch.setattr(fonts, "_font_files", lambda: tuple(files))
    fonts._fonts_for.cache_clear()
    yield files
    fonts._fonts_for.cache_clear()


def test_latin_greek_and_cyrillic_need_no_other_font(installed: list[Path]) -> None:
    found = fonts_for("The fox, η αλεπού, лиса: “naïve” — 1,5 €")
    assert found.fallbacks == ()
    assert found.warning is None


def test_what_no_font_here_can_draw_is_named_in_one_line(installed: list[Path]) -> None:
    installed.append(BUNDLED["bold"])
    warning = fonts_for("The fox 狐 said שלום and 🦊.").warning
    assert warning is not None
    assert "\n" not in warning
    assert all(script in warning for script in ("cjk", "hebrew", "emoji"))
    assert "install the Noto fonts" in warning


def test_a_font_that_cannot_be_read_is_passed_over(installed: list[Path], tmp_path: Path) -> None:
    broken = tmp_path / "NotoSansCJK-Regular.ttf"
    broken.write_bytes(b"no font")
    installed.append(broken)
    assert fonts_for("狐").missing == "狐"
