"""Shots in film people's words: what is read, what is written, and what one picture shows of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.shots import Shot, camera_in, read_shot, shot_words, still_words
from db.board import SIZES, Angle, Camera

HALVES = ("looked at", "unseen")
LINES = [json.loads(line) for line in Path(__file__).with_name("vimax.jsonl").read_text().splitlines()]
PACES = ("very slow ", "slow ", "fast ", "quick ", "rapid ", "sudden ", "gentle ")


def shares(half: str) -> dict[str, tuple[int, int]]:
    """For size, angle, move and lens: how many of the benchmark's lines are read rightly, of those that say one."""
    counts = dict.fromkeys(("size", "angle", "move", "lens"), (0, 0))
    for line in LINES:
        if line["half"] != half:
            continue
        shot = read_shot(line["text"])
        move = shot.move or "static"
        move = next((move.removeprefix(pace) for pace in PACES if move.startswith(pace)), move)
        read = {"size": shot.size, "angle": shot.angle or "eye level", "move": move, "lens": shot.lens}
        for name, (right, asked) in counts.items():
            if line[name] is not None:
                counts[name] = (right + (read[name] == line[name]), asked + 1)
    return counts


@pytest.mark.parametrize(("half", "least"), [("looked at", 0.95), ("unseen", 0.9)])
def test_the_shots_of_a_public_benchmark_are_read(half: str, least: float) -> None:
    assert {name: right / asked >= least for name, (right, asked) in shares(half).items()} == {
        "size": True, "angle": True, "move": True, "lens": True
    }  # fmt: skip


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("MCU Mira left, looking right; slow push in; 50 mm", Shot("medium close-up", move="slow push in", lens=50.0)),
        ("ECU", Shot("extreme close-up")),
        ("OTS", Shot(over_shoulder=True)),
        ("WS, low angle, locked off", Shot("wide", "low", move="")),
        ("two shot, overhead", Shot("medium", "overhead")),
        ("full shot; whip pan to the left", Shot("full", move="pan left")),
        ("wide at knee height, 24mm, handheld", Shot("wide", move="handheld", lens=24.0, height=0.5)),
        ("a lonely wide shot", Shot("wide")),
        ("Mira rows home", Shot()),
        ("She walks on. She tilts her head and slides off the chair.", Shot()),
    ],
)
def test_a_line_says_size_angle_move_and_lens(words: str, expected: Shot) -> None:
    assert read_shot(words) == expected


@given(
    st.builds(
        Camera,
        st.sampled_from(SIZES),
        st.sampled_from(get_args(Angle)),
        lens=st.sampled_from([None, 24.0, 50.0, 85.0]),
        move=st.sampled_from([None, "push in", "slow pull back", "pan left", "tilt up", "track", "crane down"]),
    )
)
def test_a_camera_in_words_is_read_back(camera: Camera) -> None:
    assert camera_in(shot_words(camera)) == camera


@pytest.mark.parametrize(
    ("words", "still"),
    [
        ("medium close-up, low angle; slow push in; 50 mm", "medium close-up, low angle"),
        ("wide shot", "wide shot"),
        ("pan left", ""),
        ("", ""),
    ],
)
def test_one_picture_shows_neither_a_move_nor_a_lens(words: str, still: str) -> None:
    assert still_words(words) == still


def test_a_move_leaves_size_and_angle_as_they_were() -> None:
    present: Any = Camera("close-up", "low", on=("c1",))
    assert camera_in("slow push in", present) == Camera("close-up", "low", move="slow push in", on=("c1",))
    assert camera_in("nobody here", present) is None
