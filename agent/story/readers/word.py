"""Word files (.docx, ECMA-376) as Word shows them with all changes accepted."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from agent.errors import StoryError
from agent.story.readers.headings import is_break, is_slug
from agent.story.readers.recogniser import recognise
from agent.story.readers.values import Block, BlockKind, Kind, Script

__all__ = ["OLE_MAGIC", "read_word"]

OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # old .doc files, and DOCX files encrypted with a password
MAX_UNPACKED = 100_000_000  # bytes of a DOCX once unpacked
MAX_XML = 30_000_000  # bytes of its document part
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_GONE = {
    _W + name for name in ("del", "moveFrom", "instrText", "delText", "delInstrText", "rPr", "pPr", "sdtPr", "tblPr")
}
_STYLES: tuple[tuple[str, Kind], ...] = (
    *(("scene heading", "heading"), ("slugline", "heading"), ("shot heading", "heading"), ("character", "cue")),
    *(("transition", "transition"), ("action", "action"), ("lyric", "lyric")),
    *(("title", "title"), ("heading", "chapter")),
)


@dataclass
class _Paragraphs:
    """The paragraphs of a document as they are walked through: (style, lines)."""

    done: list[tuple[str, list[str]]] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)


def read_word(data: bytes) -> Script:
    """Read a Word file. Raises StoryError: no Word file, damaged, password-protected, a zip bomb."""
    if data.startswith(OLE_MAGIC):
        raise StoryError("this Word file is password-protected (or an old .doc): save it as .docx without a password")
    try:
        return _read(data)
    except StoryError:
        raise
    except Exception as error:  # zipfile and lxml raise many kinds for a damaged file
        raise StoryError(f"this Word file is damaged and cannot be read ({type(error).__name__})") from error


def _read(data: bytes) -> Script:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = archive.infolist()
        unpacked = sum(file.file_size for file in files)
        document = next((file for file in files if file.filename == "word/document.xml"), None)
        if document is None:
            raise StoryError(
                "this is a ZIP file but not a Word document: use .txt, .md, .fountain, .fdx, .pdf or .docx"
            )
        if len(files) > 5000 or unpacked > MAX_UNPACKED or document.file_size > MAX_XML:
            raise StoryError(f"this Word file unpacks to {unpacked / 1e6:.0f} MB, too much for a story; save as .txt")
        root = _part(archive, "word/document.xml")
        names = {file.filename for file in files}
        styles = _part(archive, "word/styles.xml") if "word/styles.xml" in names else None
        extras = {
            what: _count(archive, f"word/{what}s.xml", what) for what in ("footnote", "endnote", "comment")
            if f"word/{what}s.xml" in names
        }  # fmt: skip
    style_names = {
        style.get(_W + "styleId", ""): name.get(_W + "val", "").lower()
        for style in (styles.iter(_W + "style") if styles is not None else ())
        if (name := style.find(_W + "name")) is not None
    }
    body = root.find(_W + "body")
    paragraphs = _Paragraphs()
    if body is not None:
        _walk(body, paragraphs)
    notes = tuple(
        f"{count} {what}{'s were' if count > 1 else ' was'} left out" for what, count in extras.items() if count
    )
    return recognise(list(_blocks(paragraphs.done, style_names)), "docx", "", notes)


def _part(archive: zipfile.ZipFile, name: str) -> etree._Element:
    """A part of the file as XML. A header may lie about sizes: no more than the limit is read."""
    with archive.open(name) as part:
        data = part.read(MAX_XML + 1)
    if len(data) > MAX_XML or b"<!DOCTYPE" in data[:2000] or b"<!ENTITY" in data[:2000]:
        raise StoryError("this Word file holds what no story needs and was not opened; save it as .txt")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(data, parser)


def _count(archive: zipfile.ZipFile, name: str, what: str) -> int:
    """How many footnotes or comments a part holds; separators are none."""
    return sum(note.get(_W + "type") is None for note in _part(archive, name).iter(_W + what))


def _walk(parent: etree._Element, paragraphs: _Paragraphs) -> None:
    """Go through what holds paragraphs: the body, cells, content controls, text boxes."""
    for child in parent:
        if child.tag == _W + "p":
            _paragraph(child, paragraphs)
        elif child.tag == _W + "tc" and child.find(f"{_W}tcPr/{_W}vMerge") is not None:
            if child.find(f"{_W}tcPr/{_W}vMerge").get(_W + "val") == "restart":
                _walk(child, paragraphs)
        elif child.tag == _W + "tr" and child.find(f"{_W}trPr/{_W}del") is not None:
            continue
        elif child.tag not in _GONE and child.tag != _FALLBACK and isinstance(child.tag, str):
            _walk(child, paragraphs)


def _paragraph(paragraph: etree._Element, paragraphs: _Paragraphs) -> None:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    name = style.get(_W + "val", "") if style is not None else ""
    boxes: list[etree._Element] = []
    words = "".join(_runs(paragraph, boxes))
    joins = paragraphs.done and paragraphs.done[-1][0] == "\0joined"
    if joins:  # the paragraph before lost its end mark: the two are one
        words = "\n".join(paragraphs.done.pop()[1]) + words
    lost = paragraph.find(f"{_W}pPr/{_W}rPr/{_W}del") is not None
    paragraphs.done.append(("\0joined" if lost else name, words.split("\n")))
    for box in boxes:
        _walk(box, paragraphs)


def _runs(parent: etree._Element, boxes: list[etree._Element]) -> Iterator[str]:
    for child in parent:
        tag = child.tag
        if tag == _W + "t":
            yield child.text or ""
        elif tag == _W + "br":
            yield "\n" if child.get(_W + "type") in (None, "textWrapping") else " "
        elif tag == _W + "cr":
            yield "\n"
        elif tag in (_W + "tab", _W + "ptab"):
            yield " "
        elif tag == _W + "noBreakHyphen":
            yield "-"
        elif tag == _W + "txbxContent":
            boxes.append(child)
        elif tag == _W + "r" and _is_hidden(child):
            continue
        elif tag not in _GONE and tag != _FALLBACK and isinstance(tag, str):
            yield from _runs(child, boxes)


def _is_hidden(run: etree._Element) -> bool:
    mark = run.find(f"{_W}rPr/{_W}vanish")
    return mark is not None and mark.get(_W + "val") not in ("0", "false", "off")


def _blocks(paragraphs: list[tuple[str, list[str]]], style_names: dict[str, str]) -> Iterator[Block]:
    """Paragraphs as blocks; the names of their styles say what they are. A styled cue takes its speech along."""
    cue: list[str] = []
    for style, raw in paragraphs:
        lines = [line for line in (" ".join(line.split()) for line in raw) if line]
        name = style_names.get(style, style.lower())
        if cue and lines and ("dialog" in name or "parenthetical" in name):
            cue += lines
            continue
        if cue:
            yield Block(tuple(cue), "cue") if len(cue) > 1 else Block(tuple(cue))
            cue = []
        if not lines:
            continue
        kind: BlockKind = next(
            (kind for word, kind in _STYLES if name == word or (name.startswith(word) and word != "title")), ""
        )
        if kind == "cue":
            cue = lines
        elif kind == "chapter" and is_slug(lines[0]):
            yield Block(tuple(lines))
        elif kind:
            yield Block((" ".join(lines),), kind)
        elif len(lines) == 1 and is_break(lines[0]):
            yield Block(tuple(lines), "break")
        else:
            yield Block(tuple(lines))
    if cue:
        yield Block(tuple(cue), "cue") if len(cue) > 1 else Block(tuple(cue))
