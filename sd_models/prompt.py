"""Prompts to what cross-attention looks at: weights in the text, and more words than one row of tokens holds.

`(red coat:1.3)` makes "red coat" weigh 1.3; everything else, parentheses included, is plain text: a number after a
space is prose, "(age: 34)", and `\\(` keeps a parenthesis from meaning a weight. A prompt of more than 75 tokens is
read as several rows, split after punctuation where there is some, each encoded on its own and put one after the other:
(B, 77, D) becomes (B, 77 n, D).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from sd_models.tokenizer import Tokenizer

__all__ = ["EncodedPrompts", "TokenRows", "encode_prompts", "parse_weights", "token_rows"]

_WEIGHTED = re.compile(r"(?<!\\)\(((?:[^()\\]|\\.)+):(\d*\.?\d+)\s*\)")
_PUNCTUATION = frozenset(",.;:!?")


@dataclass(frozen=True)
class TokenRows:
    """A prompt as n rows of `tokenizer.length` ids and weights; `truncated` is the text that was cut."""

    ids: tuple[tuple[int, ...], ...]
    weights: tuple[tuple[float, ...], ...]
    truncated: str


@dataclass(frozen=True, eq=False)
class EncodedPrompts:
    """hidden (B, n * length, D); `truncated` has for each prompt the text that was cut, mostly ''."""

    hidden: Tensor
    truncated: tuple[str, ...]


def parse_weights(prompt: str) -> list[tuple[str, float]]:
    """'a (red:1.3) coat' to [('a ', 1.0), ('red', 1.3), (' coat', 1.0)]. Weights are at most 10."""
    parts: list[tuple[str, float]] = []
    end = 0
    for found in _WEIGHTED.finditer(prompt):
        parts += [(prompt[end : found.start()], 1.0), (found[1], min(float(found[2]), 10.0))]
        end = found.end()
    parts.append((prompt[end:], 1.0))
    return [(re.sub(r"\\([()])", r"\1", text), weight) for text, weight in parts if text]


def token_rows(tokenizer: Tokenizer, prompt: str, *, max_rows: int = 1) -> TokenRows:
    """A prompt's tokens in at most `max_rows` rows. Where it needs more than one, a row ends after the last punctuation
    in its second half, else where it is full."""
    room = tokenizer.length - 2
    words = [(word, ids, weight) for text, weight in parse_weights(prompt) for word, ids in tokenizer.words(text)]
    rows: list[list[tuple[int, float]]] = []
    start = 0
    while start < len(words) and len(rows) < max_rows:
        end = _fitting(words, start, room)
        if end < len(words) and len(rows) < max_rows - 1:
            middle = start + (end - start) // 2
            end = next((i + 1 for i in reversed(range(middle, end)) if words[i][0][-1] in _PUNCTUATION), end)
        tokens = [(token, weight) for _, ids, weight in words[start:end] for token in ids]
        if end < len(words) and len(rows) == max_rows - 1:  # the last row keeps what it can of the word that is cut
            tokens += [(token, words[end][2]) for token in words[end][1]]
        rows.append(tokens[:room])
        start = end
    rows = rows or [[]]
    return TokenRows(
        ids=tuple(tuple(tokenizer.row([token for token, _ in row])) for row in rows),
        weights=tuple((1.0, *(weight for _, weight in row), *(1.0,) * (room + 1 - len(row))) for row in rows),
        truncated=" ".join(word for word, _, _ in words[start:]),
    )


def _fitting(words: Sequence[tuple[str, tuple[int, ...], float]], start: int, room: int) -> int:
    """The end of the longest run of whole words from `start` that has at most `room` tokens, and one word at least."""
    used = 0
    for index in range(start, len(words)):
        used += len(words[index][1])
        if used > room:
            return max(index, start + 1)
    return len(words)


def encode_prompts(
    prompts: Sequence[str], tokenizer: Tokenizer, text_encoder: Callable[[Tensor], Tensor], *, max_rows: int = 1
) -> EncodedPrompts:
    """B prompts to (B, 77 n, D), where n is the number of rows of the longest; shorter ones are filled with empty rows.
    Negative prompts go through the same call, so that both halves of a guided batch have one length.

    A token of weight w moves from what the empty prompt has in its place: h = h₀ + w (h - h₀). Weight 1 is exact."""
    tokens = [token_rows(tokenizer, prompt, max_rows=max_rows) for prompt in prompts]
    count = max(len(prompt.ids) for prompt in tokens)
    empty = tuple(tokenizer.row([]))
    ids = torch.tensor([row for prompt in tokens for row in _filled(prompt.ids, empty, count)])
    hidden = text_encoder(ids)  # (B n, 77, D)
    ones = (1.0,) * tokenizer.length
    weights = torch.tensor([row for prompt in tokens for row in _filled(prompt.weights, ones, count)])
    if bool((weights != 1).any()):
        nothing = text_encoder(torch.tensor([empty]))
        weights = weights[..., None].to(hidden)
        hidden = torch.where(weights == 1, hidden, nothing + weights * (hidden - nothing))
    hidden = hidden.unflatten(0, (len(prompts), count)).flatten(1, 2)
    return EncodedPrompts(hidden, tuple(prompt.truncated for prompt in tokens))


def _filled(rows: tuple, empty: tuple, count: int) -> Iterator[tuple]:
    yield from rows
    yield from (empty,) * (count - len(rows))
