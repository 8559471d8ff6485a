"""The render queue: once per request, owners in turn, and no job lost or stuck whatever becomes of its worker."""

from __future__ import annotations

from datetime import timedelta

import pytest

from db.database import Database
from db.errors import NotFoundError
from db.history import History
from db.jobs import MAX_CLAIMS, Job, Jobs, NewJob
from tests.db.examples import BOARD


class Clock:
    """Time that passes when it is told to."""

    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def jobs(database: Database, clock: Clock) -> Jobs:
    return Jobs(database, clock)


def ask(jobs: Jobs, owner: str, *requests: str, group: str = "g") -> list[Job]:
    return jobs.enqueue(owner, [NewJob(request, {"prompt": request}, group) for request in requests])


def state(jobs: Jobs, request: str, owner: str = "ann") -> str:
    return jobs.status(owner, [request])[request].state


def test_a_job_is_asked_for_claimed_drawn_and_done(jobs: Jobs) -> None:
    ask(jobs, "ann", "r1")
    assert jobs.status("ann", ["r1", "r2"])["r1"].state == "queued"
    (job,) = jobs.claim("worker")
    assert (job.owner, job.request, job.body, job.attempt) == ("ann", "r1", {"prompt": "r1"}, 1)
    assert jobs.progress(job, 3, 8, b"a small picture")
    status = jobs.status("ann", ["r1"], previews=True)["r1"]
    assert (status.state, status.step, status.total, status.preview) == ("running", 3, 8, b"a small picture")
    assert jobs.status("ann", ["r1"])["r1"].preview is None
    assert jobs.finish(job)
    assert jobs.status("ann", ["r1"], previews=True)["r1"].preview is None
    assert jobs.counts() == {"done": 1}
    assert jobs.claim("worker") == []


def test_a_request_in_flight_is_not_queued_twice(jobs: Jobs) -> None:
    (first,) = ask(jobs, "ann", "r1")
    again, new = ask(jobs, "ann", "r1", "r2")
    assert again == first
    assert new.id != first.id
    (job,) = jobs.claim("worker")
    assert ask(jobs, "ann", "r1")[0].id == job.id
    jobs.finish(job)
    assert ask(jobs, "ann", "r1")[0].id != job.id  # its picture was lost, say


def test_a_request_named_twice_in_one_call_is_one_job(jobs: Jobs) -> None:
    first, second = ask(jobs, "ann", "r1", "r1")
    assert first == second
    assert jobs.counts() == {"queued": 1}


def test_a_batch_is_of_one_owner_and_one_group_in_the_order_asked_for(jobs: Jobs) -> None:
    ask(jobs, "ann", "a1", "a2", group="small")
    ask(jobs, "ann", "a3", group="large")
    ask(jobs, "ann", "a4", "a5", group="small")
    ask(jobs, "bob", "b1", group="small")
    assert [job.request for job in jobs.claim("w", limit=3)] == ["a1", "a2", "a4"]
    assert [job.request for job in jobs.claim("w", limit=3)] == ["b1"]
    assert [job.request for job in jobs.claim("w", limit=3)] == ["a3"]


def test_owners_take_turns_however_much_one_of_them_asks_for(jobs: Jobs, clock: Clock) -> None:
    ask(jobs, "ann", *(f"a{number}" for number in range(50)))
    served = []
    for number in range(6):  # one worker, one panel at a time
        if number == 1:
            ask(jobs, "bob", "b1", "b2")
            ask(jobs, "cat", "c1")
        clock.now += 10
        (job,) = jobs.claim("w")
        served.append(job.request)
        jobs.finish(job)
    assert served == ["a0", "b1", "c1", "a1", "b2", "a2"]


def test_an_owner_with_jobs_running_waits_for_those_with_none(jobs: Jobs) -> None:
    ask(jobs, "ann", *(f"a{number}" for number in range(6)))
    jobs.claim("w1", limit=3)
    ask(jobs, "bob", "b1", "b2", "b3")
    assert [jobs.claim(f"w{number}")[0].request for number in range(4)] == ["b1", "b2", "b3", "a3"]


def test_how_many_are_ahead_is_told(jobs: Jobs) -> None:
    ask(jobs, "ann", "r1", "r2", "r3")
    jobs.claim("w")
    found = jobs.status("ann", ["r1", "r2", "r3"])
    assert [found[request].ahead for request in ("r1", "r2", "r3")] == [0, 0, 1]


def test_a_job_whose_worker_died_is_drawn_by_another(jobs: Jobs, clock: Clock) -> None:
    ask(jobs, "ann", "r1")
    (lost,) = jobs.claim("dead", lease_seconds=60)
    clock.now += 59
    assert jobs.claim("alive") == []
    clock.now += 2
    (job,) = jobs.claim("alive", lease_seconds=60)
    assert (job.id, job.attempt, job.worker) == (lost.id, 2, "alive")
    assert not jobs.progress(lost, 1, 8)  # the dead one comes back, and is told to stop
    assert jobs.heartbeat([lost, job]) == {job.id}
    assert jobs.fail(lost, "too late") == "running"
    assert jobs.progress(job, 1, 8)


def test_a_heartbeat_keeps_the_lease(jobs: Jobs, clock: Clock) -> None:
    ask(jobs, "ann", "r1")
    held = jobs.claim("w", lease_seconds=60)
    for _ in range(5):
        clock.now += 50
        assert jobs.heartbeat(held, lease_seconds=60) == {held[0].id}
        assert jobs.recover() == 0
    assert state(jobs, "r1") == "running"


def test_a_worker_that_lost_its_lease_may_still_finish(jobs: Jobs, clock: Clock) -> None:
    ask(jobs, "ann", "r1")
    (slow,) = jobs.claim("slow", lease_seconds=1)
    clock.now += 2
    (other,) = jobs.claim("other")
    assert jobs.finish(slow)
    assert not jobs.progress(other, 1, 8)
    assert not jobs.finish(other)
    assert state(jobs, "r1") == "done"


def test_a_failing_job_is_tried_three_times_and_says_why(jobs: Jobs) -> None:
    ask(jobs, "ann", "r1")
    for expected in ("queued", "queued", "failed"):
        (job,) = jobs.claim("w")
        assert jobs.fail(job, "the model gave a black picture") == expected
    assert jobs.status("ann", ["r1"])["r1"].error == "the model gave a black picture"
    assert jobs.claim("w") == []
    assert not jobs.finish(job)
    assert state(jobs, "r1") == "failed"


def test_a_mistake_in_the_request_is_not_tried_again(jobs: Jobs) -> None:
    ask(jobs, "ann", "r1")
    (job,) = jobs.claim("w")
    assert jobs.fail(job, "sizes must be multiples of 8", retry=False) == "failed"


def test_a_job_that_kills_its_workers_is_given_up(jobs: Jobs, clock: Clock) -> None:
    ask(jobs, "ann", "r1")
    for _ in range(MAX_CLAIMS):
        assert len(jobs.claim("w", lease_seconds=60)) == 1
        clock.now += 61
    assert jobs.claim("w") == []
    status = jobs.status("ann", ["r1"])["r1"]
    assert (status.state, status.error) == ("failed", f"its worker stopped answering, {MAX_CLAIMS} times")


def test_a_job_whose_worker_died_waits_behind_those_that_were_not_tried(jobs: Jobs, clock: Clock) -> None:
    ask(jobs, "ann", "r1", "r2")
    assert [job.request for job in jobs.claim("dead", lease_seconds=60)] == ["r1"]
    clock.now += 61
    assert [job.request for job in jobs.claim("w")] == ["r2"]
    assert [job.request for job in jobs.claim("w")] == ["r1"]


def test_cancelling_ends_queued_jobs_at_once_and_running_ones_when_the_worker_looks(jobs: Jobs) -> None:
    ask(jobs, "ann", "r1", "r2")
    (job,) = jobs.claim("w")
    assert jobs.cancel("ann", requests=["r1", "r2", "r3"]) == 2
    assert (state(jobs, "r1"), state(jobs, "r2")) == ("running", "cancelled")
    assert not jobs.progress(job, 1, 8)
    assert jobs.stop(job) == "cancelled"
    assert not jobs.finish(job)
    assert jobs.claim("w") == []


def test_a_whole_storyboard_is_cancelled(jobs: Jobs) -> None:
    storyboard = History(jobs.database, "ann").create(BOARD).storyboard
    jobs.enqueue("ann", [NewJob("r1", {}), NewJob("r2", {})], storyboard=storyboard)
    ask(jobs, "ann", "r3")
    assert jobs.cancel("ann", storyboard=storyboard) == 2
    assert [state(jobs, request) for request in ("r1", "r2", "r3")] == ["cancelled", "cancelled", "queued"]
    with pytest.raises(NotFoundError):
        jobs.enqueue("bob", [NewJob("r1", {})], storyboard=storyboard)


def test_asking_again_takes_a_cancellation_back(jobs: Jobs) -> None:
    ask(jobs, "ann", "r1")
    (job,) = jobs.claim("w")
    jobs.cancel("ann")
    ask(jobs, "ann", "r1")
    assert jobs.progress(job, 1, 8)
    assert jobs.finish(job)


def test_a_cancelled_job_whose_worker_died_is_not_drawn_again(jobs: Jobs, clock: Clock) -> None:
    ask(jobs, "ann", "r1")
    jobs.claim("dead", lease_seconds=60)
    jobs.cancel("ann")
    clock.now += 61
    assert jobs.claim("alive") == []
    assert state(jobs, "r1") == "cancelled"


def test_a_worker_that_shuts_down_gives_its_job_back_uncounted(jobs: Jobs) -> None:
    ask(jobs, "ann", "r1")
    for _ in range(5):
        (job,) = jobs.claim("w")
        assert job.attempt == 1
        assert jobs.stop(job) == "queued"
    (job,) = jobs.claim("w")
    assert jobs.finish(job)


def test_ended_jobs_are_forgotten_after_a_while(jobs: Jobs, clock: Clock) -> None:
    ask(jobs, "ann", "r1", "r2")
    jobs.finish(jobs.claim("w")[0])
    clock.now += 86_400
    assert jobs.prune(timedelta(days=2)) == 0
    assert jobs.prune(timedelta(hours=23)) == 1
    assert jobs.status("ann", ["r1", "r2"]).keys() == {"r2"}


def test_two_owners_may_want_the_same_request(jobs: Jobs) -> None:
    (ann,) = ask(jobs, "ann", "r1")
    (bob,) = ask(jobs, "bob", "r1")
    assert ann.id != bob.id
    assert jobs.cancel("bob") == 1
    assert state(jobs, "r1", "ann") == "queued"
