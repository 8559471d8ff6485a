"""Whether a request is in another language than English."""

from __future__ import annotations

import re

__all__ = ["is_foreign"]

_SMALL_WORDS = ["el", "la", "los", "las", "un", "una", "es", "en", "por", "para", "con", "más", "mas", "haz", "hazlo", "escena", "pon", "cambia", "borra", "quita", "de", "del", "que", "y", "le", "les", "des", "du", "une", "est", "et", "dans", "avec", "plus", "rends", "mets", "fais", "scène", "supprime", "enlève", "ajoute", "der", "die", "das", "den", "dem", "ein", "eine", "ist", "und", "mit", "bitte", "mach", "mache", "szene", "bild", "lösche", "füge", "hinzu", "nicht", "auf", "im", "il", "lo", "gli", "uno", "è", "per", "con", "più", "scena", "rendi", "fai", "metti", "togli", "o", "os", "um", "uma", "em", "com", "mais", "cena", "faça", "deixa", "tire", "een", "het", "met", "maak", "scène", "verwijder", "voeg", "toe", "gör", "scen", "ta", "bort", "och"]
_FOREIGN = frozenset(_SMALL_WORDS) - frozenset(["die", "mas", "o", "as", "on", "per", "is", "in", "a"])
_OTHER_SCRIPT = re.compile(r"[\u0370-\u1fff\u2c00-\ud7ff\uf900-\ufdff\ufe70-\ufeff]")


def is_foreign(text: str) -> bool:
    """Two small words of another language, or one with letters that English does not have, or another script."""
    if len(_OTHER_SCRIPT.findall(text)) * 3 > len(re.findall(r"[^\W\d_]", text)):
        return bool(_OTHER_SCRIPT.search(text))
    words = re.findall(r"[^\W\d_]+", text.lower())
    foreign = sum(word in _FOREIGN for word in words)
    accented = any(not word.isascii() for word in words)
    return foreign >= 2 or (foreign >= 1 and accented)
