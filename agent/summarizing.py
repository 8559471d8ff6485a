"""Which summariser the settings name, whatever asks for it: a new story, a scene of it, a cut."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

from agent.settings import Settings
from agent.story import Summarizer, load_summarizer

__all__ = ["configured_summarizer"]


def configured_summarizer(settings: Settings, ask: Callable[[str], str] | None = None) -> Summarizer | None:
    """Make the summariser that TALEBOARD_SUMMARIZER names; None for the extractive one, which reading does by itself.
    `ask` puts a prompt to a language model (by default the one that TALEBOARD_LLM names). Models are loaded when the
    first text is summarised; that raises SettingsError."""
    name = settings.summarizer
    if name == "extractive":
        return None

    def summarise(texts: Sequence[str]) -> list[str]:
        if name != "llm":
            return _loaded(name)(texts)
        asked = ask
        if asked is None and settings.llm != "offline":
            from agent.answering import answerer  # LangChain takes longer to import than reading a story

            asked = answerer(settings.llm, settings.llm_window).ask
        return load_summarizer(name, asked)(texts)

    return summarise


@lru_cache(maxsize=1)
def _loaded(name: str) -> Summarizer:
    return load_summarizer(name)
