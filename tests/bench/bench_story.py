"""How long reading takes: cutting 100,000 words into scenes (goal: 5 s), and a whole board, beside Punkt alone."""

from __future__ import annotations

import time
from importlib.resources import files

from nltk.tokenize.punkt import PunktSentenceTokenizer
from rich.console import Console
from rich.table import Table

from agent.story import parse_story, read_story, segment_story

__all__ = ["run"]


def run() -> None:
    samples = [path.read_text("utf-8") for path in files("agent.story").joinpath("samples").iterdir()]
    words = "\n\n".join(samples * 150).split(" ")
    table = Table(title="Reading a story (one process, this machine)")
    for column in ("words", "segment_story", "read_story", "Punkt alone", "read / Punkt", "scenes", "words a second"):
        table.add_column(column, justify="right")
    for count in (500, 10_000, 100_000):
        story = parse_story(" ".join(words[:count]))
        start = time.perf_counter()
        segment_story(story)
        segmented = time.perf_counter()
        board = read_story(story)
        read = time.perf_counter()
        PunktSentenceTokenizer().tokenize(story.text)
        punkt = time.perf_counter() - read
        table.add_row(
            f"{count:,}",
            f"{segmented - start:.3f} s",
            f"{read - segmented:.3f} s",
            f"{punkt:.3f} s",
            f"{(read - segmented) / punkt:.1f}",
            str(len(board.scenes)),
            f"{count / (read - segmented):,.0f}",
        )
    Console().print(table)
