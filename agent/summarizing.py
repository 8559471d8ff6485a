"""Which summariser the settings name, whatever asks for it: a new story, a scene of it, a cut."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from agent.settings import Settings
from agent.story import Summarizer, load_summarizer

__all__ = ["configured_summarizer"]


def configured_summarizer(settings: Settings, ask: Callable[[str], str] | None = None) -> Summarizer | None:
    """Make the summariser that TALEBOARD_SUMMARIZER names; None for the extractive one, which reading does by itself.
    `ask` puts a prompt to the language model, where one is connected. Models are loaded when the first text is
    summarised; that raises SettingsError."""
    name = settings.summarizer
    if name == "extractive":
        return None

    return lambda texts: (load_summarizer(name, ask) if name == "llm" else _loaded(name))(texts)


@lru_cache(maxsize=1)
def _loaded(name: str) -> Summarizer:
    return load_summarizer(name)
