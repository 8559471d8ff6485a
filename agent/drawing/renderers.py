"""Where workers run: in this process, in processes of their own, or on Ray. The queue's rows are the truth in each."""

from __future__ import annotations

import threading
from typing import Protocol

from agent.drawing.worker import EngineLoader, Worker
from db.blobs import Blobs
from db.database import Database

__all__ = ["LocalRenderer", "QueueRenderer", "Renderer"]


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
