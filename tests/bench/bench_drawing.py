"""Drawing and handing on: a whole board from the command line, what the queue adds, exports, and what shared attention
costs."""

from __future__ import annotations

import multiprocessing
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from rich.console import Console
from rich.table import Table

from agent.drawing.models import drawing_defaults
from agent.exports.writing import export
from agent.services import open_services
from agent.settings import Settings
from db.history import Version
from sd_models.engines import Anchor, Drawn, DrawRequest
from sd_models.engines.loading import load_engine
from tests.agent.drawing.test_worker import Room
from tests.agent.drawing.toy import ToyEngine, toy_board
from tests.agent.tales import Followed, finish, receipt_of
from tests.bench.ruler import peak_mib

STORY = Path(__file__).parents[2] / "agent" / "story" / "samples" / "the-lighthouse-fox.txt"


def run() -> None:
    """Prints four tables."""
    with tempfile.TemporaryDirectory() as folder:
        _board(Path(folder) / "board")
        _queue(Path(folder) / "queue")
        _exports(Path(folder) / "exports")
    _sharing()


def _board(home: Path) -> None:
    table = Table(title="taleboard draw: an 8-scene story, shipped model, from process start to finished files")
    for column in ("what", "seconds", "goal"):
        table.add_column(column, justify="left" if column == "what" else "right")
    command = [sys.executable, "-m", "ui.cli", "draw", str(STORY), "--scenes", "8"]
    for what, goal, more in (("drawn", "20", []), ("planned only (--no-draw)", "", ["--no-draw"])):
        seconds = []
        for number in range(3):
            environment = {**os.environ, "TALEBOARD_HOME": str(home / f"{len(more)}{number}")}
            start = time.perf_counter()
            subprocess.run(
                [*command, *more, "--out", str(home / "out")], env=environment, check=True, capture_output=True
            )
            seconds.append(time.perf_counter() - start)
        table.add_row(what, f"{statistics.median(seconds):.1f}", goal)
    table.add_row("one scene drawn again, in a running app", f"{statistics.median(_redrawn(home)):.1f}", "3")
    Console().print(table)


def _redrawn(home: Path) -> list[float]:
    """Seconds from a button to the picture, in a conversation whose story is drawn."""
    seconds = []
    with closing(open_services(Settings(home=home / "app"))) as services:
        session = Followed(services)
        finish(session.turn(STORY.read_text(encoding="utf-8")))
        for scene in (2, 4, 6):
            start = time.perf_counter()
            receipt = receipt_of(session.act("redraw", {"scenes": [scene]}))
            seconds.append(time.perf_counter() - start)
            assert receipt["board"]["scenes"][scene - 1]["image"]
    return seconds


def _queue(home: Path) -> None:
    """The worker with an engine that takes no time: what is left is the queue's, the store's and the previews'."""
    room = Room(home, ToyEngine())
    version = room.create(toy_board(60, steps=8))
    start = time.perf_counter()
    room.studio.enqueue(version)
    drawn = room.worker.run(threading.Event(), until_idle=True)
    each = (time.perf_counter() - start) / drawn
    table = Table(title="The queue: 60 panels of 8 steps with an engine that takes no time")
    table.add_column("ms a panel", justify="right")
    table.add_column("goal", justify="right")
    table.add_row(f"{1e3 * each:.1f}", "20")
    Console().print(table)


def _exports(home: Path) -> None:
    room = Room(home, ToyEngine())
    board = toy_board(60)
    scenes = tuple(replace(scene, summary="The fox runs home.", duration=4.0) for scene in board.scenes)
    board = replace(board, title="Sixty panels", drawing=replace(board.drawing, size=(256, 144)), scenes=scenes)
    version = room.create(board)
    room.studio.enqueue(version)
    room.draw()
    whole: Version = room.again(version)
    table = Table(title="Exports of 60 panels")
    for column in ("format", "seconds", "goal"):
        table.add_column(column, justify="left" if column == "format" else "right")
    for format, goal in (
        ("pdf", "5"),
        ("mp4", "240 (real time)"),
        ("pptx", ""),
        ("png", ""),
        ("html", ""),
        ("gif", ""),
    ):
        start = time.perf_counter()
        export(whole, room.studio.pictures, format, home / f"board.{format}")
        table.add_row(format, f"{time.perf_counter() - start:.1f}", goal)
    Console().print(table)


def _sharing() -> None:
    """Whole boards with the shipped model: plain, and with the anchor drawn along; each in a process of its own."""
    table = Table(title="Shared self-attention: seconds and memory of one batch, shipped model")
    for column in ("panels", "plain s", "shared s", "ratio", "plain MiB", "shared MiB"):
        table.add_column(column, justify="right")
    spawn = multiprocessing.get_context("spawn")
    for panels in (4, 8):
        with spawn.Pool(1, maxtasksperchild=1) as pool:
            (plain, plain_mib, _), (shared, shared_mib, same) = pool.starmap(
                _batch, [(panels, False), (panels, True)], chunksize=1
            )
        cells = (f"{plain:.2f}", f"{shared:.2f}", f"{shared / plain:.2f}", f"{plain_mib:.0f}", f"{shared_mib:.0f}")
        table.add_row(str(panels), *cells)
    Console().print(table)
    print(f"Shared attention off, after it was on: {'the plain pictures, bit for bit' if same else 'OTHER PICTURES'}")


def _batch(panels: int, shared: bool) -> tuple[float, float, bool]:
    """Median seconds of a batch; MiB at the peak beyond the loaded model; whether plain pictures are the same after it
    as before."""
    engine = load_engine("scratch", "storybook")
    defaults = drawing_defaults("scratch", "storybook")
    width, height = defaults.size
    plain = [
        DrawRequest(
            engine="scratch",
            model="storybook",
            prompt=f"a fox in a forest, panel {number}",
            seed=number,
            steps=defaults.steps,
            guidance=defaults.guidance,
            sampler=defaults.sampler,
            width=width,
            height=height,
        )
        for number in range(panels)
    ]
    requests = [replace(request, anchor=Anchor("a fox", "", 1), sharing=0.5) for request in plain] if shared else plain

    def draw(wanted: list[DrawRequest]) -> list[bytes]:
        return [event.image.tobytes() for event in engine.draw(wanted, _no_pictures) if isinstance(event, Drawn)]

    loaded = peak_mib()
    before = draw(plain[:1])
    seconds = []
    for _ in range(3):
        start = time.perf_counter()
        draw(requests)
        seconds.append(time.perf_counter() - start)
    taken = peak_mib() - loaded
    return statistics.median(seconds), taken, draw(plain[:1]) == before


def _no_pictures(sha256: str):  # type: ignore[no-untyped-def]
    raise AssertionError("nothing starts from a picture here")
