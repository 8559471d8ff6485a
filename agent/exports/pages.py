"""Pages with pictures and text in any script: the PDF, and everything that is a picture of a page (the contact sheet,
captions of the animatic). Layout, shaping, right-to-left text and colour fonts are fpdf2's; PDFium makes the pixels."""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from fpdf import FPDF, FPDFException
from PIL import Image, PngImagePlugin

from agent.exports.fonts import BUNDLED, fonts_for
from agent.exports.material import INK, MUTED, PAPER, PRINT_DPI, Material, Panel, enlarged, jpeg, printable
from agent.staging import draw_plan, plan_title, sequences, stage
from db.board_json import board_json

__all__ = ["PAPERS", "PER_PAGE", "Layout", "caption_image", "new_document", "write_pdf", "write_sheet"]

FAMILY = "noto"
COLUMNS = {1: 1, 2: 1, 3: 1, 4: 2, 6: 2, 9: 3}
PER_PAGE = tuple(COLUMNS)
PAPERS = ("a4", "letter")
SHEET_WIDTH = 1600
SHEET_LINES = 4

logging.getLogger("fpdf").setLevel(logging.ERROR)  # characters without a font: `fonts_for` says it, in one line


@dataclass(frozen=True)
class Layout:
    """How a PDF is laid out: `paper` is "a4" or "letter", `per_page` 1, 2, 3, 4, 6 or 9 panels; `plans` says whether
    the overhead plans of the sequences follow."""

    paper: str = "a4"
    per_page: int = 6
    plans: bool = True


def new_document(text: str, size: tuple[float, float] | str, unit: str = "mm") -> FPDF:
    """An empty document that can show `text`, with every font that it needs."""
    document = FPDF(unit=unit, format=size)
    document.set_auto_page_break(False)
    document.set_margin(0)
    document.c_margin = 0
    for style, weight in (("", "regular"), ("B", "bold")):
        document.add_font(FAMILY, style, BUNDLED[weight])
    fallbacks = []
    for number, face in enumerate(fonts_for(text).fallbacks):
        try:
            document.add_font(f"fallback{number}", "", face.path, collection_font_number=face.number)
        except (FPDFException, ValueError, KeyError, NotImplementedError):
            continue  # a font that fpdf2 cannot embed; its characters show as boxes, as with no font
        fallbacks.append(f"fallback{number}")
    if fallbacks:
        document.set_fallback_fonts(fallbacks, exact_match=False)
        document.set_text_shaping(True)
    document.set_font(FAMILY, "", 10)
    return document


def write_pdf(material: Material, file: Path, layout: Layout) -> list[str]:
    """Pages of panels with number, shot, text, dialogue, notes and duration. The board itself is attached as
    `board.json`, and each panel's prompt and seed are in it. Returns a line about panels whose words were too many."""
    columns = COLUMNS[layout.per_page]
    document = new_document(_all_text(material), layout.paper)
    _describe(document, material)
    rows = -(-layout.per_page // columns)
    margin, gap = 14.0, 6.0
    top = margin + 12
    width = (document.w - 2 * margin - (columns - 1) * gap) / columns
    height = (document.h - top - margin - (rows - 1) * gap) / rows
    pages = -(-len(material.panels) // layout.per_page)
    shortened = []
    for panel in material.each():
        page, place = divmod(panel.position - 1, layout.per_page)
        if place == 0:
            document.add_page()
            _head(document, material, margin, f"{page + 1} / {pages}")
        row, column = divmod(place, columns)
        x, y = margin + column * (width + gap), top + row * (height + gap)
        if not _panel(document, material, panel, x, y, width, height):
            shortened.append(str(panel.position))
    if layout.plans:
        _plans(document, material, margin)
    document.output(str(file))
    if not shortened:
        return []
    panels = f"panel {shortened[0]}" if len(shortened) == 1 else f"panels {', '.join(shortened)}"
    return [f"{panels}: the words are cut short to fit the page; all of them are in board.json, attached to the PDF"]


def write_sheet(material: Material, file: Path) -> None:
    """The contact sheet: the whole board on one picture, with its title; a PNG with the board in a text chunk."""
    count = len(material.panels)
    columns = 2 if count <= 4 else min((4, 3), key=lambda columns: -count % columns)  # the fewest empty places
    width, margin, gap, head = 1000.0, 36.0, 22.0, 74.0
    panel_width = (width - 2 * margin - (columns - 1) * gap) / columns
    picture_height = panel_width * _aspect(material)
    ruler = new_document(_all_text(material), (width, width), "pt")
    ruler.add_page()
    captions = [len(_lines(ruler, panel.caption, panel_width - 20, 9.5)) for panel in material.panels]
    rows = [min(SHEET_LINES, max(captions[first : first + columns])) for first in range(0, count, columns)]
    heights = [picture_height + 5 + lines * _line_height(ruler, 9.5) + gap for lines in rows]
    document = new_document(_all_text(material), (width, head + sum(heights) + margin - gap), "pt")
    document.add_page()
    document.set_fill_color(*PAPER)
    document.rect(0, 0, document.w, document.h, "F")
    _words(document, material.title, margin, 22, width - 2 * margin - 180, 24, lines=1, bold=True)
    details = " · ".join(part for part in (material.board.style, f"version {material.version.number}") if part)
    _words(document, details, width - margin - 180, 30, 180, 11, lines=1, color=MUTED, align="R")
    for panel in material.each():
        row, column = divmod(panel.position - 1, columns)
        x, y = margin + column * (panel_width + gap), head + sum(heights[:row])
        picture = enlarged(material.image(panel), panel_width * SHEET_WIDTH / width)
        document.image(picture, x, y, panel_width, picture_height)
        y += picture_height + 5
        _words(document, str(panel.position), x, y, 20, 10.5, lines=1, bold=True)
        _words(document, panel.caption, x + 20, y, panel_width - 20, 9.5, lines=rows[row])
    image = _pixels(document, SHEET_WIDTH / width)
    chunks = PngImagePlugin.PngInfo()
    chunks.add_text("Title", material.title)
    chunks.add_text("Software", "Taleboard")
    chunks.add_itxt("taleboard", json.dumps(board_json(material.version), ensure_ascii=False))
    image.save(file, "PNG", pnginfo=chunks, optimize=True)


def caption_image(text: str, size: tuple[int, int]) -> Image.Image:
    """White words on a dark band of this size in pixels, RGB, as many lines as fit."""
    width, height = size
    document = new_document(text, (float(width), float(height)), "pt")
    document.add_page()
    document.set_fill_color(18, 18, 20)
    document.rect(0, 0, width, height, "F")
    type_size = height / 4.6
    _words(
        document, text, width * 0.06, height * 0.14, width * 0.88, type_size, lines=3, color=(245, 243, 238), align="C"
    )
    return _pixels(document, 1.0).resize(size)


def _pixels(document: FPDF, scale: float) -> Image.Image:
    import pypdfium2

    with pypdfium2.PdfDocument(bytes(document.output())) as pdf:
        return pdf[0].render(scale=scale).to_pil().convert("RGB")


def _aspect(material: Material) -> float:
    width, height = material.board.drawing.size
    return height / width


def _all_text(material: Material) -> str:
    parts = [material.title, material.board.style, "…·—→"]
    for panel in material.panels:
        scene = panel.scene
        parts += [panel.caption, scene.title, scene.text, scene.shot, scene.notes, *scene.dialogue, *panel.names]
    return " ".join(parts)


def _plans(document: FPDF, material: Material, margin: float) -> None:
    """The overhead plans, two on a page, of the sequences in which anybody is seen."""
    board = material.board
    runs = [run for run in sequences(board) if any(stage(board, scene).staging.figures for scene in run)]
    width = document.w - 2 * margin
    height = (document.h - 3 * margin) / 2 - 12
    size = (1200, round(1200 * height / width))
    for number, run in enumerate(runs):
        if number % 2 == 0:
            document.add_page()
        y = margin + (number % 2) * (height + 20)
        _words(document, f"Plan {plan_title(board, run)}", margin, y, width, 11, lines=1, bold=True)
        picture = draw_plan(board, run, size, BUNDLED["regular"])
        document.image(picture, margin, y + 7, width, height)


def _describe(document: FPDF, material: Material) -> None:
    document.set_title(material.title)
    document.set_creator("Taleboard")
    document.set_subject(material.imprint)
    document.set_keywords(", ".join(character.name for character in material.board.characters))
    board = json.dumps(board_json(material.version), ensure_ascii=False, indent=1).encode()
    document.embed_file(bytes=board, basename="board.json", mime_type="application/json", desc=material.imprint)


def _head(document: FPDF, material: Material, margin: float, page: str) -> None:
    _words(document, material.title, margin, margin - 4, document.w - 2 * margin - 40, 14, lines=1, bold=True)
    _words(document, page, document.w - margin - 40, margin - 2, 40, 9, lines=1, color=MUTED, align="R")


def _panel(document: FPDF, material: Material, panel: Panel, x: float, y: float, width: float, height: float) -> bool:
    """A panel in its box: the picture as large as leaves a third of the height for words, then the words. Whether all
    of them fit."""
    aspect = _aspect(material)
    picture_width = min(width, height * 0.66 / aspect)
    picture_height = picture_width * aspect
    picture = jpeg(enlarged(material.image(panel), picture_width / 25.4 * PRINT_DPI))
    document.image(picture, x + (width - picture_width) / 2, y, picture_width, picture_height)
    document.set_draw_color(*MUTED)
    document.rect(x + (width - picture_width) / 2, y, picture_width, picture_height)
    scene = panel.scene
    bottom, y = y + height, y + picture_height + 1.5
    y = _words(document, f"{panel.position}", x, y, 7, 10, lines=1, bold=True)
    _words(document, panel.details, x + 7, y - 4.2, width - 7, 8, lines=1, color=MUTED)
    spoken = " ".join(line for line in scene.dialogue if line not in scene.text)
    words = ((scene.text or scene.summary, INK), (spoken, INK), (scene.notes, MUTED))
    wanted = [len(_lines(document, text, width, 8)) for text, _ in words]
    shares = _shares(wanted, int((bottom - y) / _line_height(document, 8)))
    for (text, color), lines in zip(words, shares, strict=True):
        y = _words(document, text, x, y, width, 8, lines=lines, color=color)
    return shares == wanted and len(_lines(document, panel.details, width - 7, 8)) <= 1


def _shares(wanted: Sequence[int], room: int) -> list[int]:
    """How many lines each text gets where there is room for so many: in turns, a line each."""
    shares = [0] * len(wanted)
    while room > 0 and shares != wanted:
        for number, lines in enumerate(wanted):
            if shares[number] < lines and room > 0:
                shares[number] += 1
                room -= 1
    return shares


def _words(
    document: FPDF,
    text: str,
    x: float,
    y: float,
    width: float,
    size: float,
    *,
    lines: int,
    bold: bool = False,
    color: Sequence[int] = INK,
    align: str = "L",
) -> float:
    """Words in a column, at most so many lines (the last ends in "…" where more follow). Returns the y below them."""
    document.set_text_color(*color)
    broken = _lines(document, text, width, size, bold=bold)
    line_height = _line_height(document, size)
    shown = broken[:lines]
    if len(broken) > lines and shown:
        shown[-1] = shown[-1].rstrip()[:-1].rstrip(" ,.;:") + "…"
    for number, line in enumerate(shown):
        document.set_xy(x, y + number * line_height)
        document.cell(width, line_height, line, align=align)
    return y + len(shown) * line_height


def _lines(document: FPDF, text: str, width: float, size: float, *, bold: bool = False) -> list[str]:
    """The text as lines of a column; its type is set."""
    document.set_font(FAMILY, "B" if bold else "", size)
    if not (text := printable(" ".join(text.split()))):
        return []
    broken: list[str] = document.multi_cell(width, _line_height(document, size), text, dry_run=True, output="LINES")  # type: ignore[assignment]
    return broken


def _line_height(document: FPDF, size: float) -> float:
    return size * 1.28 / document.k
