"""How long a drawing will yet take, at the pace that it has had so far."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable

from db.jobs import JobStatus

__all__ = ["Pace"]

PAUSE_SECONDS = 30.0
"""When nobody has looked for so long, the drawing may have paused meanwhile: the pace is taken anew."""


class Pace:
    """Watches how many steps of a drawing are left. The pace is taken from the first finished step on, so that loading
    a model is no part of it, and anew when there is more to do than there was. `clock` gives seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._began: tuple[float, int] | None = None
        self._looked = clock()

    def seconds_left(self, statuses: Iterable[JobStatus]) -> float | None:
        """Seconds until all that is queued or running among these is drawn; None while that cannot be told."""
        now, left = self._clock(), _steps_left(statuses)
        paused, self._looked = now - self._looked > PAUSE_SECONDS, now
        if left is None:
            self._began = None
            return None
        if self._began is None or paused or left > self._began[1]:
            self._began = (now, left)
        since, at_first = self._began
        return (now - since) / (at_first - left) * left if left < at_first else None


def _steps_left(statuses: Iterable[JobStatus]) -> int | None:
    """None before the first step; what waits is taken to need as many steps as what is being drawn."""
    under_way = [status for status in statuses if status.state in ("queued", "running")]
    steps = max((status.total for status in under_way), default=0)
    return sum((status.total or steps) - status.step for status in under_way) if steps else None
