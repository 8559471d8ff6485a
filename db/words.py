"""Text as it is compared: the same whatever its case, accents, Unicode form and kind of apostrophe.

`fold` is the one normalisation of everything that is compared with what a person wrote: names, commands, answers,
titles, and the words of a search, on every database."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["find_words", "fold", "snippet", "words"]

_ALIKE = str.maketrans(
    {
        **dict.fromkeys("’‘‛′ʼʹ`´", "'"),
        **dict.fromkeys("“”„‟«»″", '"'),
        **dict.fromkeys("‐‑‒–—−", "-"),
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "ħ": "h",
        "ı": "i",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        "\u00ad": "",
    }
)
"""Signs that are typed in several ways, and letters that Unicode does not take apart."""

# Chinese, Japanese and Thai put no spaces between words: their text is indexed by pairs of neighbouring characters.
_UNSPACED = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")


def fold(text: str) -> str:
    """Fold a text for comparing: no case, no accents, straight apostrophes, quotes and hyphens, one Unicode form.
    The result is to be compared, not shown; its length may be another."""
    if text.isascii():
        return text.lower().replace("`", "'")
    bare = _bare(unicodedata.normalize("NFC", text).translate(_ALIKE))
    return _bare(bare).translate(_ALIKE)  # twice: a letter of mathematics is a capital only once it is taken apart


def find_words(text: str, wanted: str) -> int:
    """Find where a text has these words, however they are written; -1 where it has not."""
    folded = [fold(character) for character in text]
    starts = [place for place, piece in enumerate(folded) for _ in piece]
    found = "".join(folded).find(fold(wanted))
    return starts[found] if 0 <= found < len(starts) else -1


def words(text: str) -> list[str]:
    """The words of a text, folded, without punctuation. Words are cut at 64 characters."""
    found: list[str] = []
    for run in re.findall(r"[^\W_]+", _bare(text)):
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


def _bare(text: str) -> str:
    """Leave out case and accents. What is indexed in a database was folded by this: a change needs a migration."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return unicodedata.normalize("NFC", "".join(c for c in decomposed if not unicodedata.combining(c)))
