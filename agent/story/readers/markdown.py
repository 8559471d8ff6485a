"""Markdown as CommonMark reads it (markdown-it-py), with tables, front matter, and what Obsidian adds."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token

from agent.story.readers.headings import is_break
from agent.story.readers.recogniser import recognise
from agent.story.readers.values import Block, BlockKind, Script

__all__ = ["looks_like_markdown", "read_markdown"]

_FRONT = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_OBSIDIAN = (
    (re.compile(r"%%.*?%%", re.DOTALL), ""),  # comments
    (re.compile(r"<!--.*?-->", re.DOTALL), ""),
    (re.compile(r"!\[\[[^\]\n]*\]\]"), ""),  # embedded files
    (re.compile(r"\[\[(?:[^\]|\n]*\|)?([^\]|\n]+)\]\]"), r"\1"),  # links, with what they are called
    (re.compile(r"^\[\^[^\]\n]+\]:.*(?:\n[ \t]+\S.*)*", re.MULTILINE), ""),  # footnotes
    (re.compile(r"\[\^[^\]\n]+\]"), ""),
    (re.compile(r"\s\^[a-z0-9-]+$", re.MULTILINE), ""),  # block ids
    (re.compile(r"(?<!\w)==(?=\S)(.+?)(?<=\S)==(?!\w)"), r"\1"),  # highlights
)
_CALLOUT = re.compile(r"\[!\w+\][+-]?")


def looks_like_markdown(text: str) -> bool:
    """Tell whether pasted text is Markdown: it has a heading with its `#`, or front matter."""
    return bool(re.search(r"^#{1,6}\s+\S", text, re.MULTILINE) or (_FRONT.match(text) and "title:" in text[:2000]))


def read_markdown(text: str, notes: tuple[str, ...] = ()) -> Script:
    """Read Markdown. A lone heading of the first level, or else the front matter, names the story."""
    title = ""
    if front := _FRONT.match(text):
        found = re.search(r"^title:\s*(.+)$", front[1], re.MULTILINE)
        title = found[1].strip().strip("\"'") if found else ""
        text = text[front.end() :]
    footnotes = len(re.findall(r"^\[\^[^\]\n]+\]:", text, re.MULTILINE))
    if footnotes:
        notes = (*notes, f"{footnotes} footnote{'s were' if footnotes > 1 else ' was'} left out")
    for pattern, words in _OBSIDIAN:
        text = pattern.sub(words, text)
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    first_level = sum(token.type == "heading_open" and token.tag == "h1" for token in tokens)
    return recognise(list(_blocks(tokens, title_first=first_level == 1)), "markdown", title, notes)


def _blocks(tokens: list[Token], *, title_first: bool) -> Iterator[Block]:
    begun = False
    row: list[str] = []
    number = ""
    for place, token in enumerate(tokens):
        if token.type == "hr":
            yield Block(("***",), "break")
        elif token.type == "html_block":
            words = _plain_html(token.content)
            yield from (Block((line,), "break" if is_break(line) else "") for line in words.split("\n") if line.strip())
        elif token.type == "list_item_open":
            number = token.info
        elif token.type in ("thead_open", "tr_open"):
            row = []
        elif token.type == "tr_close":
            yield from _row(row, tokens, place)
        elif token.type == "inline":
            before = tokens[place - 1].type
            lines = _lines(token)
            if before in ("td_open", "th_open"):
                row.append(" ".join(lines))
            elif before == "heading_open":
                first = title_first and not begun and tokens[place - 1].tag == "h1"
                kind: BlockKind = "title" if first else "chapter"
                if words := " ".join(lines):
                    yield Block((words,), "" if _is_script_heading(words) else kind)
            elif lines and _CALLOUT.match(lines[0]):
                yield Block((" ".join(lines),), "note")
            else:
                yield from _text(token, number)
            begun, number = True, ""


def _is_script_heading(words: str) -> bool:
    return bool(re.match(r"(?:INT|EXT|EST|I/E)\b[./ ]", words))


def _row(row: list[str], tokens: list[Token], place: int) -> Iterator[Block]:
    """A row of a table: one paragraph, its first cell the number of a shot where it is one. The head is no story."""
    if place + 1 < len(tokens) and tokens[place + 1].type == "thead_close":
        yield Block((" ".join(cell for cell in row if cell) or "-",), "note")
        return
    cells = [cell for cell in row if cell]
    numbered = (
        re.fullmatch(r"(?:(?:shot|panel|scene)\s*)?#?(\d{1,3}[A-Za-z]?)\.?", cells[0], re.IGNORECASE) if cells else None
    )
    words = ". ".join(cell.rstrip(".") for cell in (cells[1:] if numbered else cells))
    if words:
        words += "" if words[-1] in "!?" else "."
        yield Block((words,), "shot" if numbered else "prose", number=numbered[1] if numbered else "")


def _text(token: Token, number: str) -> Iterator[Block]:
    """A paragraph, parted where a line is broken on purpose. An ordered list keeps its numbers before the words."""
    parts: list[list[Token]] = [[]]
    for child in token.children or ():
        broken = child.type == "hardbreak" or (child.type == "html_inline" and re.match(r"<br\b", child.content, re.I))
        if broken:
            parts.append([])
        else:
            parts[-1].append(child)
    for place, children in enumerate(parts):
        lines = _inline(children)
        if lines:
            label = f"{number}. " if number.isdigit() and place == 0 else ""
            yield Block((label + lines[0], *lines[1:]), "", wrapped=True)


def _lines(token: Token) -> list[str]:
    return _inline(token.children or [])


def _inline(children: list[Token]) -> list[str]:
    text = ""
    for child in children:
        if child.type in ("text", "code_inline"):
            text += child.content
        elif child.type in ("softbreak", "hardbreak"):
            text += "\n"
    return [line for line in (" ".join(line.split()) for line in text.split("\n")) if line]


def _plain_html(content: str) -> str:
    text = re.sub(r"<(script|style)\b.*?</\1>", "", content, flags=re.DOTALL | re.IGNORECASE)
    text = re.sub(r"<(?:br|p|/p|div|/div|li|/li|h\d|/h\d)\b[^>]*>", "\n", text, flags=re.IGNORECASE)
    return html.unescape(re.sub(r"<[^>]*>", "", text))
