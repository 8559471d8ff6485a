"""Plain text, Fountain included, as blocks of lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from agent.story.readers.headings import is_slug
from agent.story.readers.recogniser import recognise, without_scene_numbers
from agent.story.readers.values import Block, Script

__all__ = ["line_blocks", "read_plain"]

NARROWEST = 40  # letters; a shorter line is a verse's, or a note's, and ends where its author ended it


def read_plain(text: str, form: str, notes: tuple[str, ...] = ()) -> Script:
    """Read plain text. Text with a screenplay's headings is read as Fountain, which an indented script is, too, once
    its scene numbers are off. A sample of its lines tells whether lines are broken to fit a width."""
    lines = [line.rstrip() for line in text.expandtabs().split("\n")]
    slugs = [line for line in (without_scene_numbers(line)[0].strip() for line in lines) if is_slug(line)]
    if form == "fountain" or any(line.split(" - ")[0].isupper() for line in slugs):
        from agent.story.readers.fountain import fountain_blocks

        blocks, title = fountain_blocks(lines)
        return recognise(blocks, form, title, notes)
    return recognise(line_blocks(lines), form, "", notes, wrapped=_is_wrapped(lines))


def _is_wrapped(lines: Sequence[str]) -> bool:
    """Whether lines are broken to fit a width: many of one length, or long ones that end in mid-sentence."""
    filled = sorted(len(line) for line in lines if line)
    if len(filled) < len(lines) and len(filled) > 8 and 45 <= filled[len(filled) // 2] < 100 and filled[-1] < 130:
        return True
    pairs = [(line, after) for line, after in pairwise(lines) if len(line) >= NARROWEST and after]
    broken = [line for line, after in pairs if after.lstrip()[0].islower() and line[-1] not in ".!?:"]
    return 2 * len(broken) >= len(pairs) > 0


def line_blocks(lines: Sequence[str]) -> list[Block]:
    """Part lines at blank ones."""
    return list(_blocks(lines))


def _blocks(lines: Sequence[str]) -> Iterator[Block]:
    run: list[str] = []
    for line in (*lines, ""):
        if line.strip():
            run.append(line)
        elif run:
            yield Block(tuple(run))
            run = []
