"""A worker whose storage fails waits, says so and goes on: the queue alone decides what is left to do."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from agent.drawing import worker
from agent.drawing.renderers import LocalRenderer
from agent.drawing.studio import Studio
from db.blobs import Blobs
from db.database import Database
from db.errors import StorageError
from db.jobs import Jobs
from db.pictures import Pictures
from tests.agent.drawing.test_worker import Room
from tests.agent.drawing.toy import ToyEngine, toy_board

FAILING_CALLS = 3
"""How many calls fail in a row: as a disk that is full for a moment, or a server that starts again."""


class Outage:
    """Lets the calls of one thread to the database and to the pictures fail from call number `first` on."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, thread: str) -> None:
        self.calls, self.first, self.failed = 0, 10**9, 0
        self._thread = thread
        for method in ("read", "write"):
            monkeypatch.setattr(Database, method, self._failing_transaction(getattr(Database, method)))
        for method in ("put", "get"):
            monkeypatch.setattr(Blobs, method, self._failing(getattr(Blobs, method)))

    def _look(self) -> None:
        if threading.current_thread().name != self._thread:
            return
        self.calls += 1
        if self.first <= self.calls < self.first + FAILING_CALLS:
            self.failed += 1
            raise StorageError("the disk is full")

    def _failing_transaction(self, real):  # type: ignore[no-untyped-def]
        @contextmanager
        def transaction(database: Database, *given, **options) -> Iterator:  # type: ignore[no-untyped-def,type-arg]
            self._look()
            with real(database, *given, **options) as connection:
                yield connection

        return transaction

    def _failing(self, real):  # type: ignore[no-untyped-def]
        def call(*given, **options):  # type: ignore[no-untyped-def]
            self._look()
            return real(*given, **options)

        return call


@pytest.fixture(autouse=True)
def _short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "FIRST_PAUSE", 0.01)
    monkeypatch.setattr(worker, "LONGEST_PAUSE", 0.02)
    monkeypatch.setattr(worker, "IDLE_SECONDS", 0.02)


def drawn_in_the_end(room: Room, renderer: LocalRenderer, prompt: str) -> None:
    studio = Studio(room.database, room.blobs, renderer)
    version = room.create(toy_board(3, prompt=prompt))
    studio.enqueue(version)
    deadline = time.monotonic() + 30
    while not all(room.again(version).images.values()):
        assert time.monotonic() < deadline, f"{prompt}: {Jobs(room.database).counts()}"
        time.sleep(0.01)
    for sha256 in room.again(version).images.values():
        assert sha256 is not None
        assert Pictures(room.database, room.blobs).read(sha256)


@pytest.mark.parametrize("first", [1, 2, 3, 4, 6, 9, 12])
def test_panels_are_drawn_once_the_storage_is_back(
    own_home: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, first: int
) -> None:
    outage = Outage(monkeypatch, "drawing")
    room = Room(own_home)
    renderer = LocalRenderer(room.database, room.blobs, lambda *_: room.engine)
    outage.first = first
    with caplog.at_level(logging.WARNING, worker.__name__):
        drawn_in_the_end(room, renderer, "a fox")
    renderer.close()
    assert outage.failed == FAILING_CALLS
    assert any("drawing goes on in" in line and "the disk is full" in line for line in caplog.messages)


@pytest.mark.slow
def test_no_call_is_one_that_must_not_fail(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Storage that fails under a worker at any call, then comes back: each board is drawn, by the same thread."""
    outage = Outage(monkeypatch, "drawing")
    room = Room(own_home)
    renderer = LocalRenderer(room.database, room.blobs, lambda *_: room.engine)
    drawn_in_the_end(room, renderer, "a fox")
    thread, reached = renderer._thread, 0
    for call in range(1, 40):
        outage.calls, outage.first, outage.failed = 0, call, 0
        drawn_in_the_end(room, renderer, f"an owl {call}")
        reached += outage.failed > 0
    renderer.close()
    assert renderer._thread is thread
    assert reached > 15, "later calls are looks at an empty queue"
    assert Jobs(room.database).counts().keys() == {"done"}


def test_leases_are_renewed_again_after_a_failure(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "LEASE_SECONDS", 0.8)
    outage = Outage(monkeypatch, "leases")
    outage.first = 1
    room = Room(own_home, ToyEngine(seconds_a_step=1.2))
    room.studio.enqueue(room.create(toy_board(1, steps=2)))
    thief: list[object] = []
    done = threading.Event()

    def steal() -> None:
        while not done.wait(0.1):
            thief.extend(Jobs(room.database).claim("thief"))

    stealing = threading.Thread(target=steal)
    room.worker._jobs = Jobs(room.database)
    drawing = threading.Thread(target=room.draw)
    drawing.start()
    time.sleep(0.1)
    stealing.start()
    drawing.join()
    done.set()
    stealing.join()
    assert outage.failed == FAILING_CALLS
    assert outage.calls > FAILING_CALLS, "the thread that renews them is alive"
