"""The render queue: one job per distinct request in flight, claimed by workers under a lease."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Literal, cast

from sqlalchemy import Connection, case, delete, func, insert, select, update
from sqlalchemy.orm import aliased

from db.database import Database
from db.errors import NotFoundError
from db.tables import JobRow, StoryboardRow

IN_FLIGHT = ("queued", "running")
LEASE_SECONDS = 60.0
MAX_ATTEMPTS = 3
"""How often drawing may fail before the job does."""
MAX_CLAIMS = 20
"""How many workers may die with a job before it fails: many more, for a dying worker is seldom its panel's fault."""

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
    worker: str | None = None


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

    # For whoever wants pictures

    def enqueue(self, owner: str, jobs: Sequence[NewJob], *, storyboard: str | None = None) -> list[Job]:
        """Asks for these requests, in this order. A request already in flight for this owner is not queued twice: its
        job is returned, and is no longer to be cancelled if it was."""
        now = self.clock()
        with self.database.write(one_at_a_time="queue") as connection:
            if storyboard is not None:
                self._check_storyboard(connection, owner, storyboard)
            mine = (JobRow.owner == owner, JobRow.request.in_([job.request for job in jobs]), _in_flight())
            connection.execute(update(JobRow).where(*mine, JobRow.cancel).values(cancel=False, updated_at=now))
            known = set(connection.scalars(select(JobRow.request).where(*mine)))
            new = {job.request: job for job in jobs if job.request not in known}
            if new:
                connection.execute(
                    insert(JobRow),
                    [
                        {
                            "owner": owner,
                            "storyboard_id": storyboard,
                            "request": job.request,
                            "body": dict(job.body),
                            "batch": job.group,
                            "state": "queued",
                            "attempt": 0,
                            "cancel": False,
                            "step": 0,
                            "total": 0,
                            "created_at": now,
                            "updated_at": now,
                        }
                        for job in new.values()
                    ],
                )
            found = {job.request: job for job in _jobs(connection, *mine)}
        return [found[job.request] for job in jobs]

    def cancel(self, owner: str, *, requests: Collection[str] | None = None, storyboard: str | None = None) -> int:
        """Cancels what is in flight: these requests, or all of a storyboard, or with neither all of the owner's. Queued
        jobs end at once, running ones when their worker next looks. Returns how many jobs were in flight."""
        wanted = [JobRow.owner == owner]
        if requests is not None:
            wanted.append(JobRow.request.in_(requests))
        if storyboard is not None:
            wanted.append(JobRow.storyboard_id == storyboard)
        with self.database.write() as connection:
            stopped = connection.execute(
                update(JobRow)
                .where(*wanted, JobRow.state == "queued")
                .values(state="cancelled", updated_at=self.clock())
            ).rowcount
            asked = connection.execute(
                update(JobRow).where(*wanted, JobRow.state == "running").values(cancel=True)
            ).rowcount
        return stopped + asked

    def status(self, owner: str, requests: Collection[str], *, previews: bool = False) -> dict[str, JobStatus]:
        """The newest job of each request, by request; requests never asked for are left out. One indexed read."""
        earlier = aliased(JobRow)
        ahead = case(
            (
                JobRow.state == "queued",
                select(func.count())
                .select_from(earlier)
                .where(earlier.state == "queued", earlier.id < JobRow.id)
                .scalar_subquery(),
            ),
            else_=0,
        )
        newest = (
            select(func.max(JobRow.id))
            .where(JobRow.owner == owner, JobRow.request.in_(set(requests)))
            .group_by(JobRow.request)
        )
        columns: list[Any] = [JobRow.request, JobRow.state, JobRow.step, JobRow.total, ahead, JobRow.error]
        columns += [JobRow.updated_at, *([JobRow.preview] if previews else [])]
        with self.database.read() as connection:
            rows = connection.execute(select(*columns).where(JobRow.id.in_(newest))).all()
        return {
            request: JobStatus(
                request, state, step, total, before, error, preview[0] if preview else None, _moment(updated_at)
            )
            for request, state, step, total, before, error, updated_at, *preview in rows
        }

    def counts(self) -> dict[JobState, int]:
        """How many jobs there are in each state."""
        with self.database.read() as connection:
            rows = connection.execute(select(JobRow.state, func.count()).group_by(JobRow.state)).tuples().all()
        return cast(dict[JobState, int], dict(rows))

    # For workers

    def claim(self, worker: str, *, limit: int = 1, lease_seconds: float = LEASE_SECONDS) -> list[Job]:
        """Takes up to `limit` queued jobs of one owner and one group, which may be drawn as one batch; none if the
        queue is empty. Owners take turns: first whoever has fewest jobs running, then whoever was served longest ago,
        then who asked first. Jobs whose lease ran out are recovered before."""
        with self.database.read() as connection:  # an idle worker, asking often, keeps no writer waiting
            if not connection.scalar(select(JobRow.id).where(_in_flight()).limit(1)):
                return []
        now = self.clock()
        with self.database.write(one_at_a_time="queue", lasting=False) as connection:
            self._recover(connection, now)
            batch = connection.scalars(_next_batch(limit)).all()
            taken = connection.execute(
                update(JobRow)
                .where(JobRow.id.in_(batch), JobRow.state == "queued")
                .values(
                    state="running",
                    worker=worker,
                    attempt=JobRow.attempt + 1,
                    lease_until=now + lease_seconds,
                    started_at=now,
                    updated_at=now,
                    step=0,
                    total=0,
                    error=None,
                )
                .returning(JobRow.id)
            )
            mine = {row.id for row in taken}
            jobs = {job.id: job for job in _jobs(connection, JobRow.id.in_(mine))}
        return [jobs[job] for job in batch if job in jobs]

    def progress(
        self, job: Job, step: int, total: int, preview: bytes | None = None, *, lease_seconds: float = LEASE_SECONDS
    ) -> bool:
        """Says how far the job is, which also renews its lease. False: stop drawing it (call `stop`), because it was
        cancelled, or is no longer this worker's."""
        values: dict[str, Any] = {"step": step, "total": total, **({"preview": preview} if preview else {})}
        return bool(self._renew([job], lease_seconds, values))

    def heartbeat(self, jobs: Sequence[Job], *, lease_seconds: float = LEASE_SECONDS) -> set[int]:
        """Renews leases; returns the ids of the jobs to go on with (see `progress`)."""
        return self._renew(jobs, lease_seconds, {})

    def _renew(self, jobs: Sequence[Job], lease_seconds: float, values: dict[str, Any]) -> set[int]:
        now = self.clock()
        with self.database.write(lasting=False) as connection:
            return {
                job.id
                for job in jobs
                if connection.scalar(
                    update(JobRow)
                    .where(*_held(job))
                    .values(lease_until=now + lease_seconds, updated_at=now, **values)
                    .returning(~JobRow.cancel)
                )
            }

    def finish(self, job: Job) -> bool:
        """The picture is stored. False: the job had come to its end otherwise (cancelled, failed). A worker that lost
        its lease may still finish: the picture is the same whoever drew it."""
        with self.database.write(lasting=False) as connection:
            return bool(
                connection.execute(
                    update(JobRow).where(JobRow.id == job.id, _in_flight()).values(**self._end("done"))
                ).rowcount
            )

    def fail(self, job: Job, error: str, *, retry: bool = True) -> JobState:
        """Drawing failed; `error` is one line for a person. With `retry` the job is queued again until its attempts are
        used up. Returns the job's state."""
        with self.database.write(lasting=False) as connection:
            self._let_go(connection, "failed" if not retry else None, error, *_held(job))
            return self._state(connection, job)

    def stop(self, job: Job) -> JobState:
        """The worker stopped drawing: cancelled if that was asked for, else back in the queue, the attempt not counted
        (a worker that is shut down politely). Returns the job's state."""
        with self.database.write(lasting=False) as connection:
            values = {
                **self._end("cancelled"),
                "state": case((JobRow.cancel, "cancelled"), else_="queued"),
                "attempt": case((JobRow.cancel, JobRow.attempt), else_=JobRow.attempt - 1),
            }
            connection.execute(update(JobRow).where(*_held(job)).values(**values))
            return self._state(connection, job)

    def workers(self) -> set[str]:
        """The workers that hold a job."""
        held = select(JobRow.worker).where(JobRow.state == "running").distinct()
        with self.database.read() as connection:
            return {name for name in connection.scalars(held) if name is not None}

    def recover(self, dead: Collection[str] = ()) -> int:
        """Puts jobs whose lease ran out (their worker died), or whose worker is known to be `dead`, back in the queue,
        or fails them when their attempts are used up; returns how many. `claim` does this too, by the lease."""
        with self.database.write(one_at_a_time="queue", lasting=False) as connection:
            return self._recover(connection, self.clock(), dead)

    def prune(self, older_than: timedelta = timedelta(days=7)) -> int:
        """Forgets jobs that ended longer ago than that; returns how many."""
        ended = (~_in_flight(), JobRow.updated_at < self.clock() - older_than.total_seconds())
        with self.database.write(lasting=False) as connection:
            return connection.execute(delete(JobRow).where(*ended)).rowcount

    # Inside a transaction

    def _check_storyboard(self, connection: Connection, owner: str, storyboard: str) -> None:
        query = select(StoryboardRow.id).where(StoryboardRow.id == storyboard, StoryboardRow.owner == owner)
        if connection.scalar(query) is None:
            raise NotFoundError(f"there is no storyboard {storyboard!r}")

    def _recover(self, connection: Connection, now: float, dead: Collection[str] = ()) -> int:
        died = (JobRow.state == "running", (JobRow.lease_until < now) | JobRow.worker.in_(dead))
        return self._let_go(
            connection, None, f"its worker stopped answering, {MAX_CLAIMS} times", *died, claims=MAX_CLAIMS
        )

    def _let_go(
        self,
        connection: Connection,
        state: JobState | None,
        error: str | None,
        *which: Any,
        claims: int = MAX_ATTEMPTS,
    ) -> int:
        """Ends running jobs in `state`, or, where it is None: cancelled where that was asked for, failed where they
        were claimed so often, else queued again."""
        outcome: Any = state or case((JobRow.cancel, "cancelled"), (JobRow.attempt >= claims, "failed"), else_="queued")
        values = {**self._end("failed"), "state": outcome, "error": error}
        return connection.execute(update(JobRow).where(*which).values(**values)).rowcount

    def _end(self, state: JobState) -> dict[str, Any]:
        return {
            "state": state,
            "worker": None,
            "lease_until": None,
            "preview": None,
            "cancel": False,
            "updated_at": self.clock(),
        }

    def _state(self, connection: Connection, job: Job) -> JobState:
        state = connection.scalar(select(JobRow.state).where(JobRow.id == job.id))
        return cast(JobState, state or "cancelled")


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _in_flight() -> Any:
    return JobRow.state.in_(IN_FLIGHT)


def _held(job: Job) -> tuple[Any, ...]:
    """The job is still this claim's."""
    return (JobRow.id == job.id, JobRow.state == "running", JobRow.attempt == job.attempt, JobRow.worker == job.worker)


def _next_batch(limit: int) -> Any:
    """Ids of the jobs to claim next: the first of whoever's turn it is, and the next of theirs in the same group. An
    owner's jobs are served in the order asked for, those that were tried before after those that were not."""
    running = (
        select(JobRow.owner, func.count().label("count"))
        .where(JobRow.state == "running")
        .group_by(JobRow.owner)
        .subquery()
    )
    waiting = select(JobRow.owner).where(JobRow.state == "queued").distinct().subquery()
    queued, earlier, first = aliased(JobRow), aliased(JobRow), aliased(JobRow)
    lead = (
        select(queued.id)
        .where(queued.state == "queued", queued.owner == waiting.c.owner)
        .order_by(queued.attempt, queued.id)
        .limit(1)
        .scalar_subquery()
    )
    served = select(func.max(earlier.started_at)).where(earlier.owner == waiting.c.owner).scalar_subquery()
    turn = (
        select(lead)
        .select_from(waiting)
        .outerjoin(running, running.c.owner == waiting.c.owner)
        .order_by(func.coalesce(running.c.count, 0), func.coalesce(served, 0), lead)
        .limit(1)
        .scalar_subquery()
    )
    return (
        select(JobRow.id)
        .join(first, (first.owner == JobRow.owner) & (first.batch == JobRow.batch))
        .where(first.id == turn, JobRow.state == "queued")
        .order_by(JobRow.attempt, JobRow.id)
        .limit(limit)
    )


def _jobs(connection: Connection, *which: Any) -> list[Job]:
    rows = connection.execute(
        select(
            JobRow.id,
            JobRow.owner,
            JobRow.storyboard_id,
            JobRow.request,
            JobRow.body,
            JobRow.batch,
            JobRow.state,
            JobRow.attempt,
            JobRow.worker,
        ).where(*which)
    )
    return [Job(*row) for row in rows]
