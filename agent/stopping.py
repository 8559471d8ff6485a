"""`Stop`: the stop of one turn, made before the turn is."""

from __future__ import annotations

import threading
from collections.abc import Callable

__all__ = ["Stop"]


class Stop:
    """Whoever holds it may stop the turn at any time and from any thread. What becomes of the turn is decided once, at
    its commit (`decide`): a stop that came before it saves nothing, one that comes later ends only what follows."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._stopped = threading.Event()
        self._decided = False
        self._listeners: list[Callable[[], None]] = []

    def set(self) -> None:
        """Stop the turn."""
        with self._lock:
            self._stopped.set()
            listeners, self._listeners = self._listeners, []
        for listener in listeners:
            listener()

    def is_set(self) -> bool:
        """Whether somebody stopped the turn, at whatever time."""
        return self._stopped.is_set()

    def wait(self, seconds: float) -> bool:
        """Wait for a stop; returns whether there was one."""
        return self._stopped.wait(seconds)

    def decide(self) -> bool:
        """Say whether the turn may be saved; a stop that comes from now on is too late for that."""
        with self._lock:
            if not self._decided:
                self._decided = not self._stopped.is_set()
            return self._decided

    def on_set(self, listener: Callable[[], None]) -> None:
        """Have something called when the turn is stopped; at once where it was."""
        with self._lock:
            if not self._stopped.is_set():
                self._listeners.append(listener)
                return
        listener()
