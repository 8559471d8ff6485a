"""PDF files as plain text with the indentation and the blank lines that their pages show (pypdfium2)."""

from __future__ import annotations

import itertools
from statistics import median

from agent.errors import StoryError

__all__ = ["pdf_text"]

MAX_PAGES = 1000
_COLUMN = 6.0  # points: how wide a letter of a script's Courier at 12 points is, about 7.2; prose is narrower


def pdf_text(data: bytes) -> str:
    """Write out a PDF's pages as lines. Raises StoryError: damaged, locked, too many pages, pictures only."""
    import pypdfium2 as pdfium  # imported here: only this format needs it

    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        locked = "password" in str(error).lower()
        what = "is locked with a password: save it without one" if locked else "is damaged and cannot be read"
        raise StoryError(f"this PDF {what}") from error
    try:
        if len(document) > MAX_PAGES:
            raise StoryError(f"this PDF has {len(document)} pages; the limit is {MAX_PAGES}")
        pages = [_page_lines(document[number]) for number in range(len(document))]
    finally:
        document.close()
    text = "\n".join(itertools.chain.from_iterable(_without_running_heads(pages)))
    if not any(letter.isalnum() for letter in text):
        raise StoryError("this PDF holds no text, only pictures of pages: save the text as .txt or .docx")
    return text


def _page_lines(page: object) -> list[tuple[float, float, float, str]]:
    """The lines of a page from the top: (left edge, top, height, words), in points."""
    textpage = page.get_textpage()  # type: ignore[attr-defined]
    try:
        pieces = []
        for index in range(textpage.count_rects()):
            left, bottom, right, top = textpage.get_rect(index)
            words = textpage.get_text_bounded(left, bottom, right, top).strip()
            if words:
                pieces.append((top, bottom, left, right, " ".join(words.split())))
    finally:
        textpage.close()
    lines: list[list[tuple[float, float, float, float, str]]] = []
    for piece in sorted(pieces, key=lambda piece: -(piece[0] + piece[1])):
        middle = (piece[0] + piece[1]) / 2
        if lines and lines[-1][0][1] <= middle <= lines[-1][0][0]:
            lines[-1].append(piece)
        else:
            lines.append([piece])
    result = []
    for line in lines:
        line.sort(key=lambda piece: piece[2])
        words = line[0][4]
        for before, piece in itertools.pairwise(line):
            words += ("   " if piece[2] - before[3] > 24 else " ") + piece[4]
        result.append((line[0][2], line[0][0], line[0][0] - line[0][1], words))
    return result


def _without_running_heads(pages: list[list[tuple[float, float, float, str]]]) -> list[list[str]]:
    """The pages as text: a blank line where the gap is wider than between lines, page numbers and what heads every page
    left out, a paragraph that goes on overleaf kept whole."""
    lines = [line for page in pages for line in page]
    margin = min((left for left, *_ in lines), default=0.0)
    steps = [before[1] - after[1] for page in pages for before, after in itertools.pairwise(page)]
    step = median(sorted(step for step in steps if step > 0)[: max(1, len(steps) // 2)] or [14.0])
    heads = {page[0][3] for page in pages if page}
    repeated = {head for head in heads if sum(bool(page) and page[0][3] == head for page in pages) > 2}
    result: list[list[str]] = []
    for page in pages:
        kept = [
            line for place, line in enumerate(page)
            if not (place in (0, len(page) - 1) and (line[3] in repeated or line[3].strip(" .-–—").isdigit()))
        ]  # fmt: skip
        text: list[str] = []
        for place, (left, top, _, words) in enumerate(kept):
            if place and kept[place - 1][1] - top > 1.4 * step:
                text.append("")
            text.append(" " * round((left - margin) / _COLUMN) + words)
        if text:
            ends = text[-1].rstrip()[-1:] in '.!?"”:)'
            result.append([*text, ""] if ends else text)
    return result
