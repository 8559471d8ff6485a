"""The worker: claims jobs, draws them in batches that fit memory, stores the pictures. Any number of them, in threads,
processes or machines, share one database; what one leaves undone, another finds when its lease runs out."""

from __future__ import annotations

import io
import itertools
import logging
import os
import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import psutil
from PIL import Image

from agent.drawing.batches import BatchSize
from agent.drawing.requests import request_from_json
from agent.drawing.uploads import framed
from agent.tracing import traced
from db.blobs import Blobs
from db.database import Database
from db.errors import DatabaseError, NotFoundError
from db.jobs import Job, Jobs
from db.pictures import Pictures
from sd_models.engines import Drawn, DrawRequest, Engine, Step
from sd_models.errors import ModelError, OutOfMemoryError

__all__ = ["LEASE_SECONDS", "EngineLoader", "Worker", "died_here"]

EngineLoader = Callable[[str, str], Engine]
"""(engine's name, model) -> the loaded engine."""

LEASE_SECONDS = 20.0
"""How long a job is a worker's own; renewed every quarter of it, so that a dead worker's panels go on soon."""
IDLE_SECONDS = 0.5
"""How long an idle worker waits before it looks at the queue again, when nobody wakes it."""
PROGRESS_SECONDS = 0.1
"""The least time between two reports of progress: often enough for the eye, seldom enough to cost nothing."""
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
"""Seconds that a worker waits after trouble with the storage; twice as long each time it goes on."""
PREVIEW_WIDTH = 128
SHORT_OF_MEMORY = 0.08
"""The share of the machine's memory below which an idle worker lets go of its model."""

log = logging.getLogger(__name__)
_numbers = itertools.count(1)


def died_here(worker: str) -> bool:
    """Whether the worker of that name was a process of this machine that is no more."""
    host, _, rest = worker.rpartition(":")[0].rpartition(":")
    return host == socket.gethostname() and rest.isdecimal() and not psutil.pid_exists(int(rest))


class Worker:
    """Draws queued panels until it is stopped. One model is loaded at a time and kept."""

    def __init__(self, database: Database, blobs: Blobs, load: EngineLoader) -> None:
        self.name = f"{socket.gethostname()}:{os.getpid()}:{next(_numbers)}"
        self._database = database
        self._blobs = blobs
        self._jobs = Jobs(database)
        self._load = load
        self._engine: tuple[tuple[str, str], Engine] | None = None
        self._measured: tuple[str, str] | None = None
        self._batch = BatchSize()
        self._trouble: Exception | None = None

    def run(self, stop: threading.Event, wake: threading.Event | None = None, *, until_idle: bool = False) -> int:
        """Draw until `stop` is set, or with `until_idle` until the queue is empty. `wake` ends an idle wait early.
        Where the database or the pictures cannot be reached, say so, wait, and go on with what the queue then says;
        with `until_idle` somebody is waiting, and a queue that cannot be read is raised. Returns how many panels were
        drawn."""
        drawn = troubles = 0
        while not stop.is_set():
            self._trouble = None
            try:
                if troubles:  # what was held when the storage failed is not being drawn by anybody
                    self._jobs.recover({self.name})
                jobs = self._jobs.claim(self.name, limit=self._batch.size, lease_seconds=LEASE_SECONDS)
                if jobs:
                    drawn += self._draw(jobs, stop)
                elif until_idle:
                    break
                else:
                    self._rest(stop, wake)
            except Exception as error:
                if until_idle:
                    raise
                self._trouble = error
            if self._trouble is None:
                troubles = 0
            elif not until_idle:
                pause = min(LONGEST_PAUSE, FIRST_PAUSE * 2**troubles)
                log.warning("drawing goes on in %g s: %s", pause, _one_line(self._trouble))
                troubles += 1
                stop.wait(pause)
        return drawn

    def _rest(self, stop: threading.Event, wake: threading.Event | None) -> None:
        memory = psutil.virtual_memory()
        if self._engine is not None and memory.available < SHORT_OF_MEMORY * memory.total:
            self._engine = None
        waited_for = wake if wake is not None else stop
        waited_for.wait(IDLE_SECONDS)
        if wake is not None:
            wake.clear()

    def _draw(self, jobs: Sequence[Job], stop: threading.Event) -> int:
        """Draws one batch; every job of it ends up finished, failed, cancelled, or back in the queue."""
        open_jobs = {job.id: job for job in jobs}
        with self._leases_kept(open_jobs):
            try:
                return self._draw_batch(jobs, open_jobs, stop)
            except OutOfMemoryError as error:
                self._engine = None
                if self._batch.shrink(len(jobs)):
                    log.warning("out of memory with %d panels at once; going on with %d", len(jobs), self._batch.size)
                    self._give_back(open_jobs)
                else:
                    self._fail(open_jobs, error, retry=False)
            except (ModelError, NotFoundError) as error:
                self._fail(open_jobs, error, retry=False)
            except (DatabaseError, OSError) as error:
                self._trouble = error
                self._fail(open_jobs, error, retry=True)
            except Exception as error:
                log.exception("drawing failed")
                self._fail(open_jobs, error, retry=True)
            finally:
                self._give_back(open_jobs)
        return 0

    def _draw_batch(self, jobs: Sequence[Job], open_jobs: dict[int, Job], stop: threading.Event) -> int:
        requests = [request_from_json(job.body) for job in jobs]
        engine = self._engine_for(requests[0])
        drawn, started, reported = 0, time.perf_counter(), 0.0
        with traced(f"generate_content {requests[0].model}", _about(requests)), self._batch.measured(len(jobs)):
            for result in engine.draw(requests, self._source_pictures(jobs, requests[0])):
                if isinstance(result, Drawn):
                    job = jobs[result.index]
                    if job.id in open_jobs:
                        self._store(job, requests[result.index], result, time.perf_counter() - started)
                        del open_jobs[job.id]
                        drawn += 1
                elif stop.is_set():
                    break
                elif (now := time.perf_counter()) - reported >= PROGRESS_SECONDS:
                    reported = now
                    self._report(jobs, open_jobs, result)
                    if not open_jobs:
                        break
        return drawn

    def _engine_for(self, request: DrawRequest) -> Engine:
        wanted = (request.engine, request.model)
        if self._engine is None or self._engine[0] != wanted:
            self._engine = None  # the old model's memory is free before the new one is loaded
            self._engine = (wanted, self._load(*wanted))
        if self._measured != wanted:
            self._measured, self._batch = wanted, BatchSize()
        return self._engine[1]

    def _source_pictures(self, jobs: Sequence[Job], request: DrawRequest) -> Callable[[str], Image.Image]:
        """Finds source pictures and masks, among what the owners of this batch's jobs have, and frames them as the
        panels are (all of a batch are of one size): the board may have had another shape when they were given."""
        size = (request.width, request.height)
        shelves = [Pictures(self._database, self._blobs, owner) for owner in dict.fromkeys(job.owner for job in jobs)]

        def picture(sha256: str) -> Image.Image:
            for shelf in shelves:
                try:
                    return framed(Image.open(io.BytesIO(shelf.read(sha256))), size)
                except NotFoundError:
                    continue
            raise NotFoundError(
                f"the picture {sha256[:12]} that this panel starts from is gone; redraw it from scratch"
            )

        return picture

    def _report(self, jobs: Sequence[Job], open_jobs: dict[int, Job], step: Step) -> None:
        for job, preview in zip(jobs, step.previews(), strict=True):
            if job.id in open_jobs and not self._jobs.progress(
                job, step.index, step.total, _small_png(preview), lease_seconds=LEASE_SECONDS
            ):
                self._jobs.stop(job)
                del open_jobs[job.id]

    def _store(self, job: Job, request: DrawRequest, drawn: Drawn, seconds: float) -> None:
        from sd_models.images import encode_png

        notes = {name: value for name, value in job.body.items() if name != "request"}
        metadata: dict[str, Any] = {"request": job.body["request"], **notes, **drawn.metadata}
        data = encode_png(drawn.image, request)
        Pictures(self._database, self._blobs, job.owner).add_drawn(
            job.request, data, metadata={**metadata, "seconds": round(seconds, 3)}
        )
        self._jobs.finish(job)

    def _fail(self, open_jobs: dict[int, Job], error: Exception, *, retry: bool) -> None:
        for job in list(open_jobs.values()):
            self._jobs.fail(job, _one_line(error), retry=retry)
            del open_jobs[job.id]

    def _give_back(self, open_jobs: dict[int, Job]) -> None:
        for job in list(open_jobs.values()):
            self._jobs.stop(job)
            del open_jobs[job.id]

    @contextmanager
    def _leases_kept(self, open_jobs: dict[int, Job]) -> Iterator[None]:
        """Renews the batch's leases from another thread, for a model may take minutes to load, and a step too."""
        done = threading.Event()

        def renew() -> None:
            while not done.wait(LEASE_SECONDS / 4):
                try:
                    self._jobs.heartbeat(list(open_jobs.values()), lease_seconds=LEASE_SECONDS)
                except Exception as error:  # the next one may come through before the lease has run out
                    log.warning("a lease was not renewed: %s", _one_line(error))

        thread = threading.Thread(target=renew, name="leases", daemon=True)
        thread.start()
        try:
            yield
        finally:
            done.set()
            thread.join()


def _about(requests: Sequence[DrawRequest]) -> dict[str, str | int]:
    """Attributes of the span of a batch that is drawn."""
    return {
        "gen_ai.operation.name": "generate_content",
        "gen_ai.output.type": "image",
        "gen_ai.provider.name": f"taleboard.{requests[0].engine}",
        "gen_ai.request.model": requests[0].model,
        "gen_ai.request.choice.count": len(requests),
    }


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split()) or error.__class__.__name__


def _small_png(image: Image.Image) -> bytes:
    image.thumbnail((PREVIEW_WIDTH, PREVIEW_WIDTH))
    data = io.BytesIO()
    image.convert("RGB").save(data, "PNG", compress_level=1)
    return data.getvalue()
