"""A tokenizer in CLIP's format for a closed vocabulary: byte-pair encoding (Sennrich et al. 2016, algorithm 1) trained
until every word of the picture world is one token."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

from sd_models.tokenizer import END, START, Tokenizer, _bytes_as_letters, _merged

__all__ = ["train_tokenizer"]

_PIECES = re.compile(r"'s|[a-z]+|[0-9]|[^\sa-z0-9]+")  # as CLIP cuts lower-case ASCII


def train_tokenizer(texts: Iterable[str]) -> Tokenizer:
    """Merges the pair of neighbours that most words have, over and over, until each word of `texts` is one token. Every
    byte has a token too, so that any text can be written."""
    words = sorted({word for text in texts for word in _PIECES.findall(text.lower())})
    spelled = {word: [*word[:-1], word[-1] + "</w>"] for word in words}
    merges: list[tuple[str, str]] = []
    while pairs := Counter(pair for parts in spelled.values() for pair in dict.fromkeys(pairwise(parts))):
        best = min(pairs, key=lambda pair: (-pairs[pair], pair))
        merges.append(best)
        spelled = {word: list(_merged(parts, best)) for word, parts in spelled.items()}
    letters = list(_bytes_as_letters().values())
    tokens = dict.fromkeys([*letters, *(f"{letter}</w>" for letter in letters), *(a + b for a, b in merges)])
    return Tokenizer({token: index for index, token in enumerate([*tokens, START, END])}, merges)
