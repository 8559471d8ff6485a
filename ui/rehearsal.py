"""A short conversation with nobody, so that neither the first reply to a person nor the first panel waits for
imports."""

from __future__ import annotations

import importlib
import logging
import tempfile
import threading
from pathlib import Path

from agent.settings import Settings

__all__ = ["first_page", "rehearse"]

STORY = "A fox runs along the beach in the morning.\n\nIn the evening it sleeps under a tree."
WORDS = (STORY, "make scene 2 night", "redraw 1", "undo")

PATIENCE = 10.0  # seconds that the first page may take, or nobody is there yet

log = logging.getLogger(__name__)
first_page = threading.Event()
"""Set when a page has been shown: until then the imports below would only be in its way."""


def rehearse(settings: Settings) -> None:
    """Imports what a conversation needs and, with the offline planner, holds one in a home that is gone afterwards.
    Another chat model is only prepared: nobody is asked for words that nobody needs."""
    first_page.wait(PATIENCE)
    try:
        importlib.import_module("agent.graph")
        if settings.llm == "offline":
            _converse()
        if settings.renderer == "local":  # this process draws: the first panel need not wait for torch
            importlib.import_module("sd_models.images")
    except Exception:  # the app is as good without it, only slower once
        log.warning("the rehearsal failed", exc_info=True)


def _converse() -> None:
    from agent.services import open_services
    from agent.session import ChatSession

    with tempfile.TemporaryDirectory(prefix="taleboard-") as folder:
        home = Path(folder)
        services = open_services(
            Settings(home=home, database_url="", blobs="", llm="offline", summarizer="extractive", renderer="local")
        )
        try:
            session = ChatSession(services, draw=False)
            for words in WORDS:
                for _ in session.turn(words):
                    pass
        finally:
            services.close()
