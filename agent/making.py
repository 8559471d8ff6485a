"""How a storyboard is made of a story, whoever asks for it: a chat turn, a button, the command line."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from functools import lru_cache

from agent.drawing.models import drawing_defaults
from agent.settings import Settings
from agent.story import SceneText, StoryText, Summarizer, load_summarizer, read_story
from db.board import Board

__all__ = ["configured_summarizer", "make_board"]


def make_board(
    settings: Settings,
    story: StoryText,
    *,
    scenes: int | None = None,
    cut: Sequence[SceneText] | None = None,
    style: str = "",
    title: str = "",
    seed: int | None = None,
    steps: int | None = None,
    summarizer: Summarizer | None = None,
) -> Board:
    """Make the board of a story, drawn as the settings say, with `scenes` panels, or cut like `cut`. `steps` None
    leaves them to the model. Raises StoryError, SettingsError."""
    drawing = drawing_defaults(settings.engine, settings.model)
    if steps is not None:
        drawing = dataclasses.replace(drawing, steps=steps)
    return read_story(
        story,
        scenes=scenes,
        cut=cut,
        style=style,
        drawing=drawing,
        seed=seed,
        title=title.strip(),
        summarizer=summarizer,
    )


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
