"""Camera moves: where each begins and ends."""

from __future__ import annotations

import pytest

from agent.shots import Frame, move_frames


@pytest.mark.parametrize(
    ("words", "goes"),
    [
        ("slow push in", "closer"), ("zoom out", "wider"), ("pan left", "left"), ("track", "right"), ("tilt up", "up"),
        ("crane down", "down"),
    ],
)  # fmt: skip
def test_a_move_goes_where_its_name_says(words: str, goes: str) -> None:
    frames = move_frames(words)
    assert frames is not None
    begin, end = frames
    changed = {"closer": begin.size - end.size, "wider": end.size - begin.size, "left": begin.x - end.x,
               "right": end.x - begin.x, "up": begin.y - end.y, "down": end.y - begin.y}  # fmt: skip
    assert changed[goes] > 0.2
    for frame in (begin, end, begin.towards(end, 0.5)):
        assert min(frame.x, frame.y) >= 0
        assert max(frame.x, frame.y) + frame.size <= 1


@pytest.mark.parametrize("words", [None, "", "handheld", "rack focus"])
def test_a_camera_that_goes_nowhere_has_no_frames(words: str | None) -> None:
    assert move_frames(words) is None


def test_half_way_is_between() -> None:
    assert Frame(0, 0, 1).towards(Frame(0.2, 0.1, 0.6), 0.5) == Frame(0.1, 0.05, 0.8)
