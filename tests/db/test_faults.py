"""Processes killed in the middle of things. Nothing here waits for a lucky moment: every child is killed with SIGKILL
at a random one, while it writes as fast as it can."""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from db.blobs import Blobs
from db.board import digest
from db.database import Database, open_database
from db.history import History
from db.jobs import Jobs, NewJob
from db.maintenance import check, collect_garbage
from db.pictures import Pictures
from tests.db.examples import BOARD, requests_of
from tests.db.written import commit, undo

pytestmark = pytest.mark.slow

KILLS = {"sqlite": 70, "postgresql": 15}
LONGEST = 0.05
"""Seconds that a child lives, at most, after it wrote something once."""


def killed_at_random(work: Callable[[Callable[[], None]], None], chance: random.Random) -> None:
    """Runs `work(ready)` in a child process and kills it at a random moment after it first called `ready`."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(reader)
            work(lambda: os.write(writer, b"."))
        finally:
            os._exit(1)
    os.close(writer)
    try:
        assert os.read(reader, 1) == b".", "the child died before it began"
        time.sleep(chance.uniform(0, LONGEST))
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        assert os.WIFSIGNALED(status), "the child came to its end before it was killed"
    finally:
        os.close(reader)


@pytest.fixture
def kills(database_url: str) -> int:
    return KILLS[database_url.partition(":")[0].partition("+")[0]]


def test_commits(database: Database, database_url: str, blobs: Blobs, tmp_path: Path, kills: int) -> None:
    """Every commit that a killed process saw finished is there, whole, and so is everything before it."""
    history, chance = History(database), random.Random(1)
    storyboard = history.create(BOARD, requests=requests_of(BOARD)).storyboard
    receipts = tmp_path / "receipts"

    def work(ready: Callable[[], None]) -> None:
        mine = History(open_database(database_url))
        with open(receipts, "ab", buffering=0) as answered:
            while True:
                head = mine.head(storyboard)
                board = replace(head.board, title=f"{os.getpid()} {head.number}", scenes=head.board.scenes[::-1])
                version = commit(mine, storyboard, board, parent=head.number, requests=requests_of(board))
                answered.write(f"{version.number} {board.digest}\n".encode())
                ready()

    seen = 0
    for _ in range(kills):
        killed_at_random(work, chance)
        newest = history.storyboard(storyboard)
        lines = receipts.read_text().splitlines()
        assert newest.versions == newest.head >= len(lines) + 1
        if lines[seen:]:
            number, board_digest = lines[-1].split()
            assert history.version(storyboard, int(number)).board.digest == board_digest
        seen = len(lines)
    assert seen >= kills
    assert check(database, blobs) == []
    assert undo(history, storyboard).number == newest.head - 1
    assert commit(history, storyboard, BOARD, parent=1).number == newest.versions + 1


def test_pictures(database: Database, database_url: str, blobs: Blobs, kills: int) -> None:
    """Every picture that a request has is whole; what was left half-written is never seen, and the next gc takes it."""
    pictures, chance = Pictures(database, blobs), random.Random(2)
    requests = {digest([kill, number]) for kill in range(kills) for number in range(50)}

    for kill in range(kills):

        def work(ready: Callable[[], None], kill: int = kill) -> None:
            mine = Pictures(open_database(database_url), Blobs(blobs.url))
            for number in range(1_000_000):
                mine.add_drawn(digest([kill, number]), os.urandom(300_000))
                ready()

        killed_at_random(work, chance)
        for picture in pictures.of_requests(requests).values():
            assert blobs.size(picture.sha256) == 300_000
    found = pictures.of_requests(requests)
    assert len(found) >= kills
    assert check(database, blobs) == []
    for blob in blobs:
        path = Path(blobs.url.removeprefix("file://")) / blob.name[:2] / blob.name
        os.utime(path, (0, 0))
    collect_garbage(database, blobs)
    assert {blob.name for blob in blobs} == {picture.sha256 for picture in found.values()}
    collect_garbage(database, blobs, older_than=timedelta(0))
    assert list(blobs) == []


def test_workers(database: Database, database_url: str, blobs: Blobs, kills: int) -> None:
    """Every job is drawn in the end, whatever happened to the workers that held it, and none twice for nothing."""
    now, chance = [time.time()], random.Random(3)
    jobs, total = Jobs(database, lambda: now[0]), kills * 6
    jobs.enqueue("ann", [NewJob(str(number), {}, group=str(number % 3)) for number in range(total)])

    def work(ready: Callable[[], None]) -> None:
        mine = Jobs(open_database(database_url), lambda: now[0])
        while True:
            for job in mine.claim("killed", limit=2, lease_seconds=60):
                mine.progress(job, 1, 2, b"preview")
                if not int(job.request) % 2:
                    mine.finish(job)
            ready()

    for _ in range(kills):
        killed_at_random(work, chance)
        now[0] += 61  # the leases of the dead run out
    drawn = 0
    while held := jobs.claim("survivor", limit=7):
        assert all(jobs.finish(job) for job in held)
        drawn += len(held)
    assert jobs.counts() == {"done": total}
    assert 0 < drawn < total
    assert check(database, blobs) == []


def test_leases_of_the_dead_are_given_to_one_worker_only(database: Database, database_url: str) -> None:
    """Two workers that look for work at the same moment never get the same job."""
    total, workers = 60, 4
    Jobs(database).enqueue("ann", [NewJob(str(number), {}) for number in range(total)])
    readers = []
    for worker in range(workers):
        reader, writer = os.pipe()
        if os.fork() == 0:
            mine, claimed = Jobs(open_database(database_url)), []
            while held := mine.claim(str(worker), limit=3):
                claimed += [job.request for job in held]
                for job in held:
                    mine.finish(job)
            os.write(writer, " ".join(claimed).encode())
            os._exit(0)
        os.close(writer)
        readers.append(os.fdopen(reader))
    claimed = [request for reader in readers for request in reader.read().split()]
    for reader in readers:
        reader.close()
        os.wait()
    assert sorted(claimed, key=int) == [str(number) for number in range(total)]
