"""Fountain (fountain.io/syntax), by screenplay-tools: what the author forced, and what is no part of the story."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from screenplay_tools.fountain.parser import Parser
from screenplay_tools.screenplay import ElementType

from agent.story.readers.headings import is_slug, is_transition
from agent.story.readers.recogniser import without_scene_numbers
from agent.story.readers.values import Block, Kind

__all__ = ["fountain_blocks"]

_KEYS = re.compile(
    r"(?:title|credit|authors?|source|notes|draft date|date|contact|copyright|revision|episode|series)\s*:",
    re.IGNORECASE,
)
_TAG = re.compile(r"\[\[\d+\]\]|/\*\d+\*/")
_KINDS: dict[ElementType, Kind] = {
    ElementType.TRANSITION: "transition",
    ElementType.LYRIC: "lyric",
    ElementType.SECTION: "chapter",
    ElementType.SYNOPSIS: "note",
    ElementType.PAGEBREAK: "note",
}


def fountain_blocks(lines: Sequence[str]) -> tuple[list[Block], str]:
    """Part a script at blank lines, with the kind of each block that Fountain says, and its title. The indentation of
    lines that nothing is said of stays; scene numbers in the margin become Fountain's own."""
    start = next((place for place, line in enumerate(lines) if line.strip()), 0)
    title, blocks = "", []
    if start < len(lines) and _KEYS.match(lines[start].strip()):
        end = next((place for place in range(start, len(lines)) if not lines[place].strip()), len(lines))
        title, page = _title_page(lines[start:end])
        blocks.append(page)
        start = end
    parser = Parser()
    parser.mergeActions = False
    parser._inTitlePage = False  # the library takes any first line with a colon for one
    parser.add_lines([_prepared(line) for line in lines[start:]])
    return [*blocks, *_joined(parser)], title


def _title_page(lines: Sequence[str]) -> tuple[str, Block]:
    parser = Parser()
    parser.add_lines(list(lines))
    entries = {entry.key.strip().lower(): " ".join(entry.text.split()) for entry in parser.script.titleEntries}
    return re.sub(r"[*_]", "", entries.get("title", "")), Block(
        tuple(line for line in lines if line.strip()), "title page"
    )


def _prepared(line: str) -> str:
    """The line as the library wants it: a heading with its number in Fountain's way, what is no element of a script
    in capitals alone kept from being one."""
    line, number = without_scene_numbers(line)
    if number and not line.rstrip().endswith("#"):
        return f"{line} #{number}#"
    return line


def _joined(parser: Parser) -> Iterator[Block]:
    """The library's elements as blocks. What it takes for a heading or a cue only by its looks, and what it says
    nothing of, is left to be recognised."""
    run: list[str] = []  # lines of action with nothing between them
    speech: list[str] = []
    for element in (*parser.script.elements, None):
        kind = element.type if element is not None else None
        words = _TAG.sub("", element.text_raw) if element is not None else ""
        if speech and kind not in (ElementType.DIALOGUE, ElementType.PARENTHETICAL):
            if len(speech) > 1:
                yield Block(tuple(speech), "cue")
            speech = []
        if run and (kind is not ElementType.ACTION or not words.strip() or element.forced or element.centered):
            yield Block(tuple(run))
            run = []
        if element is None:
            break
        if kind is ElementType.CHARACTER:
            name = element.name + (f" ({element.extension})" if element.extension else "")
            speech = [_TAG.sub("", name)]
        elif kind in (ElementType.DIALOGUE, ElementType.PARENTHETICAL) and speech:
            if kind is ElementType.PARENTHETICAL:
                speech.append(f"({words})")
            else:
                speech += [line for line in words.split("\n") if line.strip()]
        elif kind is ElementType.ACTION and element.forced:
            yield Block((words.removeprefix("!"),), "action")
        elif kind is ElementType.ACTION and element.centered:
            yield Block((words.strip(),), "action")
        elif kind is ElementType.HEADING:
            plain = is_transition(words) or (is_slug(words) and words.split(" - ")[0] != words.split(" - ")[0].upper())
            number = element.scene_number or ""
            yield Block(
                (words,),
                "transition" if is_transition(words) else "action" if plain and not element.forced else "heading",
                number=number,
            )
        elif kind in _KINDS:
            if words.strip():
                yield Block((words.strip(),), _KINDS[kind])
        elif words.strip():
            run.append(words)
