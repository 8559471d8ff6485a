"""Drafts: a panel, all panels of a new board, and a drag that is shown anew."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from rich.console import Console
from rich.table import Table

import agent.story
from agent.drawing.drafts import draft_picture
from agent.drawing.models import drawing_defaults
from agent.services import open_services
from agent.settings import Settings
from agent.staging import settled, staged_panel
from agent.story import load_story, read_story
from db.board import Board
from sd_models.world import draw
from tests.agent.tales import receipt_of, talking

STORY = Path(agent.story.__file__).parent / "samples" / "the-lighthouse-fox.txt"
PANELS = 12


def run() -> None:
    """Prints the table."""
    told = read_story(load_story(STORY.read_bytes(), STORY.name), drawing=drawing_defaults("scratch", "storybook"))
    board = settled(replace(told, scenes=told.scenes[:PANELS]), None)
    table = Table(title=f"Staging, one core, median of {PANELS}")
    for column in ("what", "measured", "goal"):
        table.add_column(column, justify="left" if column == "what" else "right")
    panels = [staged_panel(board, scene) for scene in board.scenes]
    draw(panels[0])  # the first one builds the tables of words
    drawn = statistics.median(_seconds(lambda panel=panel: draw(panel, (1280, 720))) for panel in panels)  # type: ignore[misc]
    table.add_row("a draft panel at 1280x720", f"{1000 * drawn:.0f} ms", "60 ms")
    every = _seconds(lambda: [draft_picture(board, scene) for scene in board.scenes])
    table.add_row(f"all drafts of {len(board.scenes)} scenes, as the page shows them", f"{every:.2f} s", "1 s")
    table.add_row("a drag: committed, and its draft drawn", f"{1000 * _drag(board):.0f} ms", "150 ms")
    Console().print(table)


def _drag(board: Board) -> float:
    """Seconds from a release to the PNG of the next version's draft."""
    scene = next(scene for scene in board.scenes if scene.characters)
    with tempfile.TemporaryDirectory() as folder, closing(open_services(Settings(home=Path(folder)))) as services:
        session = talking(services, board)
        storyboard = services.history().find("latest")

        def moved(x: float) -> None:
            receipt_of(session.act("place_in_frame", {"scenes": [scene.id], "who": list(scene.characters[:1]), "x": x}))
            head = services.history().head(storyboard).board
            draft_picture(head, head.scene(scene.id))

        moved(0.5)
        return statistics.median(_seconds(lambda k=k: moved(0.2 + 0.05 * k)) for k in range(PANELS))  # type: ignore[misc]


def _seconds(task: Callable[[], object]) -> float:
    started = time.perf_counter()
    task()
    return time.perf_counter() - started
