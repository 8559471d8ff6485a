"""Many GPUs, or many machines: one Ray actor for each GPU (or share of the cores) holds a loaded model and draws from
the queue. Placement and restarts are Ray's; the queue's rows are the truth, so a killed actor loses nothing."""

from __future__ import annotations

import logging
import os
import threading
from typing import Any

import ray

from agent.settings import Settings

__all__ = ["RayRenderer"]

CORES_AN_ACTOR = 4


class RayRenderer:
    """Joins the cluster that RAY_ADDRESS names, or starts Ray on this machine. Nothing starts before there is work."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._actors: list[Any] = []
        self._starting = threading.Lock()

    def wake(self) -> None:
        with self._starting:
            if not self._actors:
                self._actors = _start(self._settings)

    def close(self) -> None:
        for actor in self._actors:
            ray.get(actor.stop.remote())
            ray.kill(actor)
        self._actors = []


def _start(settings: Settings) -> list[Any]:
    if not ray.is_initialized():
        os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
        here: dict[str, Any] = (
            {} if os.environ.get("RAY_ADDRESS") else {"_node_ip_address": "127.0.0.1", "include_dashboard": False}
        )
        ray.init(log_to_driver=False, logging_level=logging.WARNING, **here)
    resources = ray.cluster_resources()
    gpus, cores = int(resources.get("GPU", 0)), int(resources.get("CPU", 1))
    share: list[dict[str, int]]
    if gpus:
        share = [{"num_gpus": 1}] * gpus
    else:
        share = [{"num_cpus": min(cores, CORES_AN_ACTOR)}] * max(1, cores // CORES_AN_ACTOR)
    values = settings.model_dump(mode="json")
    drawer: Any = _Drawer
    return [drawer.options(max_restarts=-1, max_concurrency=2, **part).remote(values) for part in share]


@ray.remote
class _Drawer:
    """An actor with a worker of its own, which begins to draw as soon as Ray has placed (or restarted) it."""

    def __init__(self, settings: dict[str, Any]) -> None:
        from agent.drawing.renderers import engine_loader
        from agent.drawing.worker import Worker
        from db.blobs import Blobs
        from db.database import open_database

        known = Settings(**settings)
        worker = Worker(open_database(known.resolved_database_url), Blobs(known.resolved_blobs), engine_loader(known))
        self._stop = threading.Event()
        self._thread = threading.Thread(target=worker.run, args=(self._stop,), name="drawing", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Stops within one step; what is unfinished goes back on the queue."""
        self._stop.set()
        self._thread.join()

    def process(self) -> int:
        """The actor's process id."""
        return os.getpid()
