"""The conversation without drawing: how long a turn takes with the offline planner and how many functions of ours it
calls, the first turn after start, how soon a reply ends when it is stopped, and how many tokens a language model is
sent. On a busy machine the CPU time says more than the clock."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

from rich.console import Console
from rich.table import Table

from agent.session import ChatSession
from tests.agent.llm_server import Say, serve
from tests.agent.tales import receipt_of, services_in, tale, talking
from tests.bench.sent_tokens import print_sent_tokens

__all__ = ["run"]

TURNS = (
    "make scene 3 darker",
    "move 4 before 2",
    "redraw 5",
    "who is in scene 2?",
    "let it snow in 6 and swap 1 and 2",
    "undo",
    "Mira wears a green hat from scene 4 on",
    "make everything ink noir",
    "what changed?",
    "rename Tom to Tim",
    "delete scene 9",
    "thanks",
)
ROUNDS = 6
OURS = tuple(str(Path(__file__).parents[2] / folder) for folder in ("agent", "db", "sd_models", "ui"))
COMPREHENSIONS = ("<listcomp>", "<setcomp>", "<dictcomp>", "<genexpr>")

FIRST_TURN = """
import sys, time
start = time.perf_counter()
from pathlib import Path
from agent.services import open_services
from agent.session import ChatSession
from agent.settings import Settings
services = open_services(Settings(home=Path(sys.argv[1])))
list(ChatSession(services, sys.argv[2], draw=False).turn("make scene 3 darker"))
print(time.perf_counter() - start, time.process_time())
"""

Seconds = tuple[float, float]
"""By the clock, and of the processor."""


def run() -> None:
    table = Table(title="A conversation without drawing (12 scenes)")
    for column in ("what", "n", "median", "p95", "CPU median", "goal"):
        table.add_column(column, justify="left" if column == "what" else "right")
    with _home() as home:
        services = services_in(home)
        session = talking(services, tale(12))
        _row(table, "a turn, offline planner", _turns(session), "p95 ≤ 80 ms")
        functions, modules, threads = _own_functions(session, "make scene 3 night")
        button = talking(services, tale(12))
        acts = [_seconds(lambda: receipt_of(button.act("redraw", {"scenes": [5]}))) for _ in range(30)]
        _row(table, "a button (the same tool, no chat model)", acts, "")
        _row(table, "stop: from the press to the turn's end", [_stopped(services) for _ in range(10)], "≤ 200 ms")
        services.close()
        first = [_first_turn(home, session.conversation or "") for _ in range(3)]
        _row(table, "first turn after the program's start", first, "≤ 3 s")
    Console().print(table)
    print(f"A warm turn “make scene 3 night”: {functions} functions of ours in {modules} modules on {threads} threads.")
    print_sent_tokens(tale(12))


def _own_functions(session: ChatSession, text: str) -> tuple[int, int, int]:
    """How many different functions of this repository a turn calls, in how many modules and threads."""
    called: set[CodeType] = set()
    threads: set[int] = set()

    def note(frame: FrameType, event: str, argument: object) -> None:
        if event == "call" and frame.f_code.co_filename.startswith(OURS):
            if frame.f_code.co_name not in COMPREHENSIONS:
                called.add(frame.f_code)
            threads.add(threading.get_ident())

    receipt_of(session.turn(text))
    receipt_of(session.turn("undo"))
    threading.setprofile(note)
    sys.setprofile(note)
    try:
        receipt_of(session.turn(text))
    finally:
        sys.setprofile(None)
        threading.setprofile(None)
    return len(called), len({code.co_filename for code in called}), len(threads)


def _turns(session: ChatSession) -> list[Seconds]:
    for text in TURNS:
        receipt_of(session.turn(text))
    return [_seconds(lambda text=text: receipt_of(session.turn(text))) for _ in range(ROUNDS) for text in TURNS]  # type: ignore[misc]


def _stopped(services: Any) -> Seconds:
    """From `stop` to the last event, in the middle of a slow stream of words."""
    with serve([Say("word " * 400, piece=5, delay=0.01)]) as llm:
        from langchain_openai import ChatOpenAI

        session = talking(services, tale(), model=ChatOpenAI(model="slow", base_url=llm.url, api_key="none"))  # type: ignore[arg-type]
        pressed: list[float] = []

        def press() -> None:
            pressed.append(time.perf_counter())
            session.stop()

        threading.Timer(0.5, press).start()
        receipt_of(session.turn("talk"))
        return time.perf_counter() - pressed[0], 0.0


def _first_turn(home: Path, conversation: str) -> Seconds:
    done = subprocess.run(
        [sys.executable, "-c", FIRST_TURN, str(home), conversation],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ,
    )
    clock, processor = done.stdout.split()
    return float(clock), float(processor)


def _seconds(work: Callable[[], Any]) -> Seconds:
    clock, processor = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - clock, time.process_time() - processor


def _row(table: Table, what: str, seconds: Sequence[Seconds], goal: str) -> None:
    ordered = sorted(clock for clock, _ in seconds)
    p95 = ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]
    median, processor = statistics.median(ordered), statistics.median(processor for _, processor in seconds)
    cpu = f"{processor * 1e3:.0f} ms" if processor else ""
    table.add_row(what, str(len(ordered)), f"{median * 1e3:.0f} ms", f"{p95 * 1e3:.0f} ms", cpu, goal)


@contextmanager
def _home() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


if __name__ == "__main__":
    run()
