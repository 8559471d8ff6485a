"""Where workers run: in this process, in processes of their own, or on Ray. The queue's rows are the truth in each."""

from __future__ import annotations

import threading
from typing import Protocol

from agent.drawing.worker import EngineLoader, Worker
from agent.errors import SettingsError
from agent.settings import Settings
from db.blobs import Blobs
from db.database import Database
from sd_models.engines import Engine

__all__ = ["LocalRenderer", "QueueRenderer", "Renderer", "engine_loader", "open_renderer"]


class Renderer(Protocol):
    """Sees to it that queued panels are drawn."""

    def wake(self) -> None:
        """There is work on the queue."""
        ...

    def close(self) -> None:
        """Stops drawing within one step; what is unfinished goes back on the queue."""
        ...


class LocalRenderer:
    """One worker in a thread of this process, started when there is work."""

    def __init__(self, database: Database, blobs: Blobs, load: EngineLoader) -> None:
        self._worker = Worker(database, blobs, load)
        self._stop, self._wake = threading.Event(), threading.Event()
        self._thread: threading.Thread | None = None
        self._starting = threading.Lock()

    def wake(self) -> None:
        with self._starting:
            if self._thread is None or not self._thread.is_alive():
                self._stop.clear()
                self._thread = threading.Thread(
                    target=self._worker.run, args=(self._stop, self._wake), name="drawing", daemon=True
                )
                self._thread.start()
        self._wake.set()

    def close(self) -> None:
        self._stop.set()
        self._wake.set()
        if self._thread is not None:
            self._thread.join()


class QueueRenderer:
    """`taleboard worker` processes draw; here there is nothing to do."""

    def wake(self) -> None: ...

    def close(self) -> None: ...


def engine_loader(settings: Settings) -> EngineLoader:
    """Loads engines in the precision that the settings ask for. Nothing heavy is imported before the first panel."""

    def load(engine: str, model: str) -> Engine:
        from sd_models.engines.loading import load_engine

        return load_engine(engine, model, dtype=settings.dtype)

    return load


def open_renderer(settings: Settings, database: Database, blobs: Blobs) -> Renderer:
    """The renderer that `TALEBOARD_RENDERER` names. Raises SettingsError where it needs what is not installed."""
    if settings.renderer == "queue":
        return QueueRenderer()
    if settings.renderer == "ray":
        try:
            from agent.drawing.on_ray import RayRenderer
        except ImportError:
            raise SettingsError(
                "TALEBOARD_RENDERER=ray needs Ray: `taleboard doctor` says how to install it; or use local or queue"
            ) from None
        return RayRenderer(settings)
    return LocalRenderer(database, blobs, engine_loader(settings))
