"""Fonts for whatever script a story is written in: Noto Sans comes along, others are found on the machine."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from fontTools.ttLib import TTCollection, TTFont, TTLibError

__all__ = ["BUNDLED", "Face", "Fonts", "fonts_for"]

BUNDLED = {weight: Path(__file__).parent / "faces" / f"NotoSans-{weight.title()}.ttf" for weight in ("regular", "bold")}

FOLDERS = {
    "darwin": ("/System/Library/Fonts", "/Library/Fonts", "~/Library/Fonts"),
    "win32": ("C:/Windows/Fonts", "~/AppData/Local/Microsoft/Windows/Fonts"),
}.get(sys.platform, ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts"))

# What font files call the scripts that Unicode names otherwise.
NAMES_OF_SCRIPTS = {
    "CJK": ("cjk", "notosanssc", "yahei", "pingfang", "heiti", "hiragino", "droidsansfallback"),
    "HIRAGANA": ("cjk", "notosansjp", "hiragino", "meiryo", "gothic"),
    "KATAKANA": ("cjk", "notosansjp", "hiragino", "meiryo", "gothic"),
    "HANGUL": ("cjk", "notosanskr", "malgun", "applesdgothic"),
    "EMOJI": ("emoji",),
}
NO_GLYPH_NEEDED = {"Cc", "Cf", "Zs", "Zl", "Zp", "Mn"}


@dataclass(frozen=True)
class Face:
    """A font file, and which face of it where it is a collection."""

    path: Path
    number: int = 0


@dataclass(frozen=True)
class Fonts:
    """The faces that a text needs beside the bundled one, and the characters that no font here can draw."""

    fallbacks: tuple[Face, ...]
    missing: str

    @property
    def warning(self) -> str | None:
        """One line that says which script cannot be drawn and what to install, or None."""
        if not self.missing:
            return None
        scripts = ", ".join(sorted({_script(character).lower() for character in self.missing}))
        return f"no font on this machine has {scripts} characters ({self.missing[:8]}); install the Noto fonts for them"


def fonts_for(text: str) -> Fonts:
    """Finds fonts for every character of a text, whichever are installed; looks no further than needed."""
    return _fonts_for("".join(sorted(set(text))))


@lru_cache(maxsize=64)
def _fonts_for(characters: str) -> Fonts:
    known = _coverage(Face(BUNDLED["regular"]))
    wanted = [c for c in characters if ord(c) not in known and unicodedata.category(c) not in NO_GLYPH_NEEDED]
    fallbacks: list[Face] = []
    while wanted:
        face = next(_faces_with(wanted[0]), None)
        if face is None:
            break
        fallbacks.append(face)
        covered = _coverage(face)
        wanted = [c for c in wanted if ord(c) not in covered]
    else:
        return Fonts(tuple(fallbacks), "")
    rest = _fonts_for("".join(wanted[1:]))
    return Fonts((*fallbacks, *rest.fallbacks), wanted[0] + rest.missing)


def _faces_with(character: str) -> Iterator[Face]:
    hints = NAMES_OF_SCRIPTS.get(_script(character), (_script(character).lower(),))
    for path in sorted(_font_files(), key=lambda path: _rank(path, hints)):
        for face in _faces_of(path):
            if ord(character) in _coverage(face):
                yield face


def _rank(path: Path, hints: Iterable[str]) -> tuple[bool, bool, bool, str]:
    """Fonts named after the script first, upright and regular ones before others."""
    name = path.stem.lower()
    return (
        not any(hint in name for hint in hints),
        "noto" not in name,
        "regular" not in name and "emoji" not in name,
        name,
    )


def _script(character: str) -> str:
    """The first word of a character's Unicode name is its script; symbols outside the basic plane are emoji."""
    if ord(character) >= 0x1F000 and not 0x20000 <= ord(character) <= 0x3FFFF:
        return "EMOJI"
    return unicodedata.name(character, "UNKNOWN").split()[0].split("-")[0]


@lru_cache(maxsize=1)
def _font_files() -> tuple[Path, ...]:
    return tuple(
        path
        for folder in FOLDERS
        for path in Path(folder).expanduser().rglob("*")
        if path.suffix.lower() in (".ttf", ".otf", ".ttc")
    )


@lru_cache(maxsize=512)
def _faces_of(path: Path) -> tuple[Face, ...]:
    if path.suffix.lower() != ".ttc":
        return (Face(path),)
    try:
        with TTCollection(path, lazy=True) as collection:
            return tuple(Face(path, number) for number in range(len(collection.fonts)))
    except (TTLibError, OSError):
        return ()


@lru_cache(maxsize=512)
def _coverage(face: Face) -> frozenset[int]:
    try:
        with TTFont(face.path, fontNumber=face.number, lazy=True) as font:
            return frozenset(font.getBestCmap() or ())
    except (TTLibError, OSError, KeyError, ValueError):
        return frozenset()
