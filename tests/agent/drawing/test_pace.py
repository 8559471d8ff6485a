"""How long a drawing will yet take: told by what is done and what is left, and by nothing else."""

from __future__ import annotations

import pytest

from agent.drawing.pace import Pace
from db.jobs import JobState, JobStatus

STEPS = 10


class Clock:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


class Drawing:
    """Four panels of ten steps, one after the other; what is drawn is looked at no more."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.pace = Pace(self.clock)

    def look(self, done: int, after: float, state: JobState = "running") -> float | None:
        """What is left when so many of the forty steps are done, so many seconds later."""
        self.clock.now += after
        finished, step = divmod(done, STEPS)
        panels = [JobStatus("now", state, step, STEPS if state == "running" else 0)]
        panels += [JobStatus(str(number), "queued") for number in range(4 - finished - 1)]
        return self.pace.seconds_left(panels)


@pytest.fixture
def drawing() -> Drawing:
    return Drawing()


def test_nothing_is_told_before_a_step_is_done(drawing: Drawing) -> None:
    assert drawing.look(0, 0, "queued") is None
    assert drawing.look(1, 60) is None, "the model was loaded meanwhile: that is no part of the pace"


def test_the_pace_so_far_goes_on(drawing: Drawing) -> None:
    drawing.look(1, 60)
    assert drawing.look(6, 5) == pytest.approx(34)
    assert drawing.look(21, 15) == pytest.approx(19), "panels that are finished count too"
    assert drawing.look(39, 18) == pytest.approx(1)


def test_it_is_taken_anew_where_there_is_more_to_do(drawing: Drawing) -> None:
    drawing.look(5, 0)
    assert drawing.look(25, 20) is not None
    assert drawing.look(4, 1) is None
    assert drawing.look(5, 2) == pytest.approx(70)


def test_a_pause_that_nobody_saw_is_no_part_of_it(drawing: Drawing) -> None:
    drawing.look(5, 0)
    drawing.look(10, 5)
    assert drawing.look(11, 3600) is None
    assert drawing.look(13, 4) == pytest.approx(54)


def test_when_all_is_drawn_nothing_is_left_to_tell() -> None:
    assert Pace().seconds_left([JobStatus("a", "done", 10, 10), JobStatus("b", "failed", 3, 10)]) is None
