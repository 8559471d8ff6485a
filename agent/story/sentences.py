"""Sentences of a text, in six languages."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Sentence", "split_sentences"]


@dataclass(frozen=True)
class Sentence:
    """`text` is the story's own `[start:end]`; `paragraph` counts from 0; `heading` marks a title or chapter line."""

    text: str
    start: int
    end: int
    paragraph: int
    heading: bool = False


def split_sentences(text: str, language: str | None = None, *, whole_quotes: bool = True) -> tuple[Sentence, ...]:
    """Every character of `text` but white space is in exactly one sentence, in order. With `whole_quotes`, what one
    person says in one breath is one sentence, with its "said Mira". `language` is a code; None detects it."""
    raise NotImplementedError
