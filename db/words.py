"""Text as search sees it: the same words, whatever their case and accents, on every database."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["snippet", "words"]

# Chinese, Japanese and Thai put no spaces between words: their text is indexed by pairs of neighbouring characters.
_UNSPACED = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")


def words(text: str) -> list[str]:
    """The words of a text, folded: no case, no accents, no punctuation. Words are cut at 64 characters."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(character for character in decomposed if not unicodedata.combining(character))
    found: list[str] = []
    for run in re.findall(r"[^\W_]+", unicodedata.normalize("NFC", bare)):
        position = 0
        for unspaced in _UNSPACED.finditer(run):
            found += [run[position : unspaced.start()]]
            pairs = unspaced.group()
            found += [pairs[start : start + 2] for start in range(max(1, len(pairs) - 1))]
            position = unspaced.end()
        found += [run[position:]]
    return [word[:64] for word in found if word]


def snippet(text: str, wanted: list[str], around: int = 60) -> str:
    """The part of a text around the first of the wanted (folded) words, on one line."""
    flat = " ".join(text.split())
    place = next(
        (
            match.start()
            for match in re.finditer(r"[^\W_]+", flat)
            if any(word.startswith(want) for word in words(match.group()) for want in wanted)
        ),
        0,
    )
    start = max(0, place - around)
    end = min(len(flat), place + 2 * around)
    return ("… " if start else "") + flat[start:end].strip() + (" …" if end < len(flat) else "")
