"""The render queue: one job per distinct request in flight, claimed by workers under a lease."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from db.database import Database

__all__ = ["Job", "JobState", "JobStatus", "Jobs", "NewJob"]

JobState = Literal["queued", "running", "done", "failed", "cancelled"]
"""The last three are final."""


@dataclass(frozen=True)
class NewJob:
    """What to draw: the request's digest, the request itself as JSON that the queue does not look into, and a key that
    jobs which can be drawn as one batch have in common (engine, model, size, steps)."""

    request: str
    body: Mapping[str, Any]
    group: str = ""


@dataclass(frozen=True)
class Job:
    """A claimed or queued job. `attempt` counts claims from 1 and, with `id`, proves who holds it."""

    id: int
    owner: str
    storyboard: str | None
    request: str
    body: Mapping[str, Any]
    group: str
    state: JobState
    attempt: int


@dataclass(frozen=True)
class JobStatus:
    """How far a request is. `ahead` counts queued jobs that were asked for earlier; `preview` is a small PNG;
    `error` is one line, where the state is "failed"."""

    request: str
    state: JobState
    step: int = 0
    total: int = 0
    ahead: int = 0
    error: str | None = None
    preview: bytes | None = None
    updated_at: datetime | None = None


class Jobs:
    """The queue of a database, for all owners. `clock` gives seconds since 1970; the clocks of machines that share a
    queue must agree to well within a lease."""

    def __init__(self, database: Database, clock: Callable[[], float] = time.time) -> None:
        self.database = database
        self.clock = clock

    def enqueue(self, owner: str, jobs: Sequence[NewJob], *, storyboard: str | None = None) -> list[Job]:
        """Asks for these requests, in this order. A request already in flight for this owner is not queued twice: its
        job is returned, and is no longer to be cancelled if it was."""
        raise NotImplementedError

    def claim(self, worker: str, *, limit: int = 1, lease_seconds: float = 60.0) -> list[Job]:
        """Takes up to `limit` queued jobs of one group, which may be drawn as one batch; none if the queue is empty.
        Owners take turns: first whoever has fewest jobs running, then whoever was served longest ago, then who asked
        first. Jobs whose lease ran out are recovered before."""
        raise NotImplementedError

    def progress(
        self, job: Job, step: int, total: int, preview: bytes | None = None, *, lease_seconds: float = 60.0
    ) -> bool:
        """Says how far the job is, which also renews its lease. False: stop drawing it (call `stop`), because it was
        cancelled, or is no longer this worker's."""
        raise NotImplementedError

    def heartbeat(self, jobs: Sequence[Job], *, lease_seconds: float = 60.0) -> set[int]:
        """Renews leases; returns the ids of the jobs to go on with (see `progress`)."""
        raise NotImplementedError

    def finish(self, job: Job) -> bool:
        """The picture is stored. False: the job had come to its end otherwise (cancelled, failed)."""
        raise NotImplementedError

    def fail(self, job: Job, error: str, *, retry: bool = True) -> JobState:
        """Drawing failed; `error` is one line for a person. With `retry` the job is queued again until its attempts are
        used up. Returns the job's state."""
        raise NotImplementedError

    def stop(self, job: Job) -> JobState:
        """The worker stopped drawing: cancelled if that was asked for, else back in the queue, the attempt not counted
        (a worker that is shut down politely). Returns the job's state."""
        raise NotImplementedError

    def cancel(self, owner: str, *, requests: Collection[str] | None = None, storyboard: str | None = None) -> int:
        """Cancels what is in flight: these requests, or all of a storyboard. Queued jobs end at once, running ones when
        their worker next looks. Returns how many jobs were in flight."""
        raise NotImplementedError

    def status(self, owner: str, requests: Collection[str], *, previews: bool = False) -> dict[str, JobStatus]:
        """The newest job of each request, by request; requests never asked for are left out. One indexed read."""
        raise NotImplementedError

    def counts(self) -> dict[JobState, int]:
        """How many jobs there are in each state."""
        raise NotImplementedError

    def recover(self) -> int:
        """Puts jobs whose lease ran out (their worker died) back in the queue, or fails them when their attempts are
        used up; returns how many. `claim` does this too."""
        raise NotImplementedError

    def prune(self, older_than: timedelta = timedelta(days=7)) -> int:
        """Forgets jobs that ended longer ago than that; returns how many."""
        raise NotImplementedError
