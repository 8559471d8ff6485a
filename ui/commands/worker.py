"""`taleboard worker`."""

from __future__ import annotations

import signal
import threading

import click

from ui.commands.common import note, opened_services

__all__ = ["worker"]


@click.command()
@click.option("--until-idle", is_flag=True, help="End when the queue is empty, instead of waiting for more.")
def worker(until_idle: bool) -> None:
    """Draw queued panels for every app on the same database, until it is stopped.

    Any number of workers, on any number of machines, share one database. Ctrl-C stops within one step; what is
    unfinished goes back on the queue.
    """
    from agent.drawing.renderers import engine_loader
    from agent.drawing.worker import Worker

    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    with opened_services(renderer="queue") as services:
        hand = Worker(services.database, services.blobs, engine_loader(services.settings))
        note(f"worker {hand.name}: drawing from {services.settings.shown()['TALEBOARD_DATABASE_URL']}")
        drawn = hand.run(stop, until_idle=until_idle)
    note(f"worker {hand.name}: {drawn} panels drawn")
