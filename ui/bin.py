"""What was deleted and can still be taken back: it is out of sight at once, and gone for good a little later."""

from __future__ import annotations

import threading
from collections.abc import Callable

__all__ = ["GRACE_SECONDS", "Bin"]

GRACE_SECONDS = 30.0


class Bin:
    """Deletions that wait. A program that ends in an orderly way does them first; after a crash they have not happened,
    so that nothing is lost that somebody may still want back."""

    def __init__(self, grace_seconds: float = GRACE_SECONDS) -> None:
        self._grace = grace_seconds
        self._waiting: dict[tuple[str, str], tuple[threading.Timer, str, Callable[[], None]]] = {}
        self._lock = threading.Lock()

    def put(self, owner: str, key: str, title: str, delete: Callable[[], None]) -> None:
        """`delete` is called when the time for second thoughts is over."""
        timer = threading.Timer(self._grace, self._delete, (owner, key))
        timer.daemon = True
        with self._lock:
            if (owner, key) in self._waiting:
                return
            self._waiting[owner, key] = (timer, title, delete)
        timer.start()

    def take_back(self, owner: str, key: str) -> bool:
        """Undoes a deletion; False where it is too late."""
        with self._lock:
            timer, _, _ = self._waiting.pop((owner, key), (None, "", None))
        if timer is not None:
            timer.cancel()
        return timer is not None

    def holds(self, owner: str) -> dict[str, str]:
        """What of this owner's is out of sight: key -> title, the latest last."""
        with self._lock:
            return {key: title for (whose, key), (_, title, _) in self._waiting.items() if whose == owner}

    def empty(self) -> None:
        """Does everything that waits, now."""
        with self._lock:
            waiting = list(self._waiting)
        for owner, key in waiting:
            self._delete(owner, key)

    def _delete(self, owner: str, key: str) -> None:
        with self._lock:
            timer, _, delete = self._waiting.pop((owner, key), (None, "", None))
        if timer is not None and delete is not None:
            timer.cancel()
            delete()
