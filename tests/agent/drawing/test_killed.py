"""What a killed process was drawing goes on as soon as the program starts again on the same machine."""

from __future__ import annotations

import os
import socket
import subprocess
import sys

from agent.drawing.worker import died_here
from agent.services import Services
from db.jobs import NewJob


def gone_process() -> int:
    """The id of a process that has ended."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def test_only_a_process_of_this_machine_that_is_no_more_has_died_here() -> None:
    here = socket.gethostname()
    assert died_here(f"{here}:{gone_process()}:1")
    assert not died_here(f"{here}:{os.getpid()}:1")
    assert not died_here(f"elsewhere:{gone_process()}:1")
    assert not died_here("a name of another kind")


def test_its_panels_are_queued_again_at_the_start_and_those_of_others_are_not(services: Services) -> None:
    jobs = services.jobs()
    jobs.enqueue("local", [NewJob("a", {}, "one"), NewJob("b", {}, "two")])
    dead, living = f"{socket.gethostname()}:{gone_process()}:1", f"{socket.gethostname()}:{os.getpid()}:1"
    assert len(jobs.claim(dead)) == 1
    assert len(jobs.claim(living)) == 1
    assert jobs.workers() == {dead, living}
    jobs.recover({worker for worker in jobs.workers() if died_here(worker)})
    assert jobs.workers() == {living}
    assert jobs.counts() == {"queued": 1, "running": 1}
