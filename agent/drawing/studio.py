"""From a version's pending panels to pictures: puts them on the queue, and tells how they come along."""

from __future__ import annotations

import threading
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from agent.drawing.pace import Pace
from agent.drawing.renderers import Renderer
from agent.drawing.requests import PanelRequest, group_of, panel_request
from agent.events import Event, PanelFailed, PanelProgress, PanelQueued, PanelReady
from db.blobs import Blobs
from db.database import Database
from db.history import LOCAL_OWNER, Version
from db.jobs import Jobs, JobStatus, NewJob
from db.pictures import Pictures

__all__ = ["Studio"]

POLL_SECONDS = 0.05


@dataclass(frozen=True)
class _Panel:
    scene: str
    position: int
    request: str


class Studio:
    """Drawing for one owner. The queue's rows are the truth: a panel asked for here may be drawn by any worker on the
    same database, and goes on when this object is gone."""

    def __init__(self, database: Database, blobs: Blobs, renderer: Renderer, owner: str = LOCAL_OWNER) -> None:
        self.pictures = Pictures(database, blobs, owner)
        self._jobs = Jobs(database)
        self._renderer = renderer
        self._owner = owner

    def enqueue(self, version: Version) -> list[PanelQueued]:
        """Asks for every panel of the version that has no picture yet; one already asked for is not asked for twice."""
        pending = _pending(version)
        # A request is filed under the digest that the version has for it. The two differ only where a panel was still
        # pending when a newer version of this program came to phrase its words otherwise.
        jobs = [
            self._new_job(panel.request, panel_request(version.board, version.board.scene(panel.scene)))
            for panel in pending
        ]
        self._ask(jobs, version.storyboard)
        return [PanelQueued(panel.scene, panel.position, panel.request) for panel in pending]

    def enqueue_candidates(self, storyboard: str, requests: Sequence[PanelRequest]) -> list[str]:
        """Asks for pictures that are in no version (yet), to choose from. Returns their request digests."""
        drawn = self.pictures.of_requests([request.digest for request in requests])
        self._ask(
            [self._new_job(request.digest, request) for request in requests if request.digest not in drawn], storyboard
        )
        return [request.digest for request in requests]

    def follow(self, version: Version, stop: threading.Event | None = None) -> Iterator[Event]:
        """Tells how the version's pending panels come along, until each is ready or has failed, or `stop` is set.
        Looks only: stopping to listen stops no drawing (see `cancel`)."""
        pending = {panel.scene: panel for panel in _pending(version)}
        seen: dict[str, tuple[int, int]] = {}
        pace = Pace()
        while pending and not (stop is not None and stop.is_set()):
            statuses = self._look(pending.values())
            settled = [scene for scene in pending if _is_settled(statuses.get(scene))]
            if settled:
                yield from self._settle([pending.pop(scene) for scene in settled], statuses)
            left = pace.seconds_left(statuses.values())
            seconds_left = None if left is None else round(left, 1)
            for scene, panel in pending.items():
                status = statuses.get(scene)
                if status is not None and status.state == "running" and seen.get(scene) != (status.step, status.total):
                    seen[scene] = (status.step, status.total)
                    yield PanelProgress(
                        panel.scene, panel.position, status.step, status.total, seconds_left, status.preview
                    )
            if pending and not settled:
                time.sleep(POLL_SECONDS)

    def cancel(self, storyboard: str) -> int:
        """Stops drawing the storyboard, within one step; what is finished stays. Returns how many panels that were."""
        return self._jobs.cancel(self._owner, storyboard=storyboard)

    def statuses(self, version: Version) -> dict[str, JobStatus]:
        """Scene id -> how far its picture is, for the pending panels that were asked for."""
        return self._look(_pending(version))

    def _look(self, panels: Collection[_Panel]) -> dict[str, JobStatus]:
        """Scene id -> how far the queue has come with it. Scenes that ask for the same picture share its job."""
        found = self._jobs.status(self._owner, list({panel.request for panel in panels}), previews=True)
        return {panel.scene: found[panel.request] for panel in panels if panel.request in found}

    def _new_job(self, digest: str, request: PanelRequest) -> NewJob:
        return NewJob(digest, request.to_json(), group_of(request.request))

    def _ask(self, jobs: Sequence[NewJob], storyboard: str) -> None:
        if jobs:
            self._jobs.enqueue(self._owner, jobs, storyboard=storyboard)
            self._renderer.wake()

    def _settle(self, panels: Sequence[_Panel], statuses: Mapping[str, JobStatus]) -> Iterator[Event]:
        pictures = self.pictures.of_requests([panel.request for panel in panels])
        for panel in panels:
            if panel.request in pictures:
                yield PanelReady(panel.scene, panel.position, pictures[panel.request].sha256)
            else:
                status = statuses.get(panel.scene)
                reason = status.error if status and status.error else "drawing was cancelled"
                yield PanelFailed(panel.scene, panel.position, reason)


def _pending(version: Version) -> list[_Panel]:
    return [
        _Panel(scene.id, position, version.requests[scene.id])
        for position, scene in enumerate(version.board.scenes, start=1)
        if version.images.get(scene.id) is None and scene.id in version.requests
    ]


def _is_settled(status: JobStatus | None) -> bool:
    """Done, failed or cancelled; a request that nobody asked for will never come either."""
    return status is None or status.state in ("done", "failed", "cancelled")
