"""How many panels to draw at once: found by measuring, not guessed."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import psutil

__all__ = ["BatchSize"]

LARGEST = 8
"""More would not be faster, and the panels of a board should arrive in a stream."""
MEMORY_SHARE = 0.6
"""The share of the free memory that a larger batch may be expected to take."""
SAMPLE_SECONDS = 0.05


class BatchSize:
    """Starts with one panel and doubles while the memory that the last batch took says that twice as many fit; running
    out of memory halves it for good."""

    def __init__(self) -> None:
        self.size = 1
        self._limit = LARGEST

    @contextmanager
    def measured(self, panels: int) -> Iterator[None]:
        """Watches the memory taken while a batch of `panels` is drawn, and sets the next size."""
        process = psutil.Process()
        before = peak = process.memory_info().rss
        done = threading.Event()

        def watch() -> None:
            nonlocal peak
            while not done.wait(SAMPLE_SECONDS):
                peak = max(peak, process.memory_info().rss)

        thread = threading.Thread(target=watch, name="memory", daemon=True)
        thread.start()
        try:
            yield
        finally:
            done.set()
            thread.join()
        each = max(1, (peak - before) // panels)
        fit = int(MEMORY_SHARE * psutil.virtual_memory().available / each)
        self.size = max(1, min(2 * panels, fit, self._limit))

    def shrink(self, panels: int) -> bool:
        """A batch of this many ran out of memory. False when there is no smaller batch to try."""
        self._limit = self.size = max(1, panels // 2)
        return panels > 1
