"""PPTX: a title slide, then one slide a panel; what is said goes on the slide, how it was drawn into its notes."""

from __future__ import annotations

import textwrap
from pathlib import Path

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR
from pptx.util import Emu, Inches, Pt

from agent.exports.material import INK, MUTED, PRINT_DPI, Material, Panel, enlarged, jpeg, printable

__all__ = ["write_pptx"]

WIDTH, HEIGHT = Inches(13.333), Inches(7.5)
LONGEST_PROPERTY = 255
BLANK = 6
"""The blank layout of python-pptx's default template."""


def write_pptx(material: Material, file: Path) -> None:
    """Pictures fill the upper part of each slide; text is set as text, whatever it holds."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = WIDTH, HEIGHT
    properties = deck.core_properties
    properties.title, properties.author = _property(material.title), "Taleboard"
    properties.subject, properties.comments = material.imprint, _property(material.board.style)
    title = deck.slides.add_slide(deck.slide_layouts[BLANK])
    _text(title, material.title, 0.8, 2.6, 11.7, 1.4, 44, bold=True)
    _text(title, ", ".join(c.name for c in material.board.characters), 0.8, 4.1, 11.7, 0.8, 20, muted=True)
    for panel in material.each():
        _panel_slide(deck, material, panel)
    deck.save(str(file))


def _panel_slide(deck, material: Material, panel: Panel) -> None:  # type: ignore[no-untyped-def]
    slide = deck.slides.add_slide(deck.slide_layouts[BLANK])
    image = material.image(panel)
    scale = min(Inches(5.4) / image.height, (WIDTH - Inches(1)) / image.width)
    width, height = Emu(int(scale * image.width)), Emu(int(scale * image.height))
    picture = jpeg(enlarged(image, width.inches * PRINT_DPI))
    shape = slide.shapes.add_picture(picture, Emu((WIDTH - width) // 2), Inches(0.35), width, height)
    shape.name = f"Panel {panel.position}"
    shape._element.nvPicPr.cNvPr.set("descr", printable(panel.caption))
    scene = panel.scene
    _text(slide, f"{panel.position}   {panel.details}", 0.6, 5.85, 12.1, 0.4, 14, muted=True)
    _text(slide, panel.caption, 0.6, 6.2, 12.1, 1.1, 18)
    notes = (scene.text, *scene.dialogue, scene.notes, f"Prompt: {scene.prompt}", f"Seed: {scene.seed}")
    slide.notes_slide.notes_text_frame.text = printable("\n\n".join(part for part in notes if part))


def _property(text: str) -> str:
    """A text as one of the file's properties, which hold 255 characters (ECMA-376, part 2, 11.1)."""
    return textwrap.shorten(printable(text), LONGEST_PROPERTY, placeholder="…")[:LONGEST_PROPERTY]


def _text(  # type: ignore[no-untyped-def]
    slide,
    text: str,
    left: float,
    top: float,
    width: float,
    height: float,
    size: int,
    *,
    bold: bool = False,
    muted: bool = False,
) -> None:
    frame = slide.shapes.add_textbox(Inches(left), Inches(top), Inches(width), Inches(height)).text_frame
    frame.word_wrap = True
    frame.vertical_anchor = MSO_ANCHOR.TOP
    frame.text = printable(" ".join(text.split()))
    font = frame.paragraphs[0].runs[0].font if frame.paragraphs[0].runs else frame.paragraphs[0].font
    font.size, font.bold, font.color.rgb = Pt(size), bold, RGBColor(*(MUTED if muted else INK))
