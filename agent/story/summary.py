"""A scene in one sentence: extractive by default, or by a seq2seq model or a language model."""

from __future__ import annotations

from collections.abc import Callable, Sequence

__all__ = ["Summarizer", "load_summarizer", "summarise"]

Summarizer = Callable[[Sequence[str]], list[str]]
"""Texts of scenes to their summaries, one each, in order."""


def summarise(text: str, sentences: int = 1) -> str:
    """The story's own sentence (or sentences) that say most of what happens."""
    raise NotImplementedError


def load_summarizer(name: str = "extractive", ask: Callable[[str], str] | None = None) -> Summarizer:
    """`name` as in TALEBOARD_SUMMARIZER: "extractive", "llm" (then `ask` maps a prompt to a reply), or a folder or hub
    id of a seq2seq model. Raises SettingsError."""
    raise NotImplementedError
