"""How long reading takes once the parser is loaded: cutting 100,000 words into scenes (goal: 5 s), a whole board of
them (goal: 40 s; 2,000 words in 1 s) beside Punkt alone, and one sentence that runs on (goal: linear)."""

from __future__ import annotations

import time
from importlib.resources import files

from nltk.tokenize.punkt import PunktSentenceTokenizer
from rich.console import Console
from rich.table import Table

from agent.language import load_parser
from agent.story import parse_story, read_story, segment_story

__all__ = ["run"]


def run() -> None:
    load_parser()
    samples = [path.read_text("utf-8") for path in files("agent.story").joinpath("samples").iterdir()]
    words = "\n\n".join(samples * 150).split(" ")
    table = Table(title="Reading a story (seconds of one core)")
    for column in ("words", "segment_story", "read_story", "Punkt alone", "read / Punkt", "scenes", "words a second"):
        table.add_column(column, justify="right")
    for count in (500, 2_000, 10_000, 100_000):
        # numbered, since a sentence that was parsed before is not parsed again
        numbered = (
            f"{word[:-1]} by {at} miles." if word.endswith(".") else word for at, word in enumerate(words[:count])
        )
        story = parse_story(" ".join(numbered))
        start = time.process_time()
        segment_story(story)
        segmented = time.process_time()
        board = read_story(story)
        read = time.process_time()
        PunktSentenceTokenizer().tokenize(story.text)
        punkt = time.process_time() - read
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
    table = Table(title="One sentence that runs on (seconds of one core)")
    for column in ("letters", "read_story", "letters a second"):
        table.add_column(column, justify="right")
    for clauses in (100, 200, 400):
        text = (
            " and ".join(f"the fox ran over hill {number} of {clauses} with a lantern" for number in range(clauses))
            + "."
        )
        start = time.process_time()
        read_story(text)
        seconds = time.process_time() - start
        table.add_row(f"{len(text):,}", f"{seconds:.3f} s", f"{len(text) / seconds:,.0f}")
    Console().print(table)
