"""Ray for real, on this machine: an actor draws from the queue, and when it is killed another one takes its place."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from agent.drawing.requests import board_requests
from agent.services import open_services
from agent.settings import Settings
from db.board import Board, Drawing, Scene
from db.history import Version

ray = pytest.importorskip("ray", reason="Ray is not installed (pip install 'taleboard[ray]')")


def small_board(panels: int, prompt: str, steps: int) -> Board:
    scenes = tuple(Scene(f"s{number}", prompt=f"{prompt} {number}", seed=number) for number in range(1, panels + 1))
    return replace(Board(), drawing=Drawing("scratch", "storybook", "ddim", steps, 4.0, (64, 48)), scenes=scenes)


def wait_for(what: Callable[[], bool], seconds: float = 120) -> None:
    deadline = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.1)


@pytest.mark.slow
def test_a_killed_actor_comes_back_and_nothing_is_lost(own_home: Path) -> None:
    services = open_services(Settings(home=own_home, renderer="ray"))
    history, studio = services.history(), services.studio()

    def drawn(version: Version) -> int:
        return sum(image is not None for image in history.version(version.storyboard).images.values())

    def create(board: Board) -> Version:
        return history.create(board, requests={scene: digest for scene, (digest, _) in board_requests(board).items()})

    try:
        first = create(small_board(1, "a fox", 2))
        studio.enqueue(first)
        wait_for(lambda: drawn(first) == 1)
        (actor,) = services.renderer._actors  # type: ignore[attr-defined]
        process = ray.get(actor.process.remote())

        second = create(small_board(6, "an owl", 30))
        studio.enqueue(second)
        wait_for(lambda: services.jobs().counts().get("running", 0) > 0)
        os.kill(process, signal.SIGKILL)
        wait_for(lambda: drawn(second) == 6)
        assert ray.get(actor.process.remote()) != process
    finally:
        services.close()
        ray.shutdown()
