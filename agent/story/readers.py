"""Story files to text: plain text, Markdown, Fountain (fountain.io/syntax) and DOCX (ECMA-376)."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from dataclasses import dataclass
from pathlib import PurePath

from agent.errors import StoryError

__all__ = ["MAX_BYTES", "MAX_CHARACTERS", "StoryText", "is_slug", "load_story", "parse_story"]

MAX_BYTES = 20_000_000
MAX_CHARACTERS = 2_000_000
MAX_UNPACKED = 100_000_000  # bytes of a DOCX once unpacked
MAX_XML = 30_000_000  # bytes of its document part

FORMATS = {
    "": "text",
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".fountain": "fountain",
    ".spmd": "fountain",
    ".docx": "docx",
}
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # old .doc files, and DOCX files encrypted with a password
OTHER_MAGIC = {
    b"%PDF": "a PDF",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"{\\rtf": "an RTF file",
    b"\x7fELF": "a program",
    b"\x1f\x8b": "a compressed file",
}

_HEADING = re.compile(
    r"(?:(?:chapter|part|act|scene|cap[ií]tulo|parte|chapitre|partie|kapitel|teil)\b.{0,80}"
    r"|(?:prologue|epilogue|pr[oó]logo|ep[ií]logo|[eé]pilogue|prolog|epilog)"
    r"|第[\d一二三四五六七八九十百]+[章回节節幕話话].{0,40}"
    r"|(?:[ivxlc]{1,7}|\d{1,3})\.?)",
    re.IGNORECASE,
)
_BREAK = re.compile(r"(?:[*•·~#—–\-_=+]\s*){1,}|(?:⁂|❦|§)+")
_SLUG = re.compile(r"(?:INT|EXT|EST|I/E|INT\.?/EXT|EXT\.?/INT)[. ]", re.IGNORECASE)
_MARKDOWN_HEADING = re.compile(r"(#{1,6})\s+(.+?)\s*#*\s*")
_CLOSING = ".!?…。！？:;,\"'”’»」』)"


@dataclass(frozen=True)
class StoryText:
    """A story as plain text: paragraphs apart by one blank line, no mark-up. A chapter is the offset in `text` where it
    begins and its heading (whose words stay in `text` as a paragraph of their own). `breaks` are offsets at which the
    author broke the scene (`***`). `notes` say what a reader had to assume, for a person ("read as Windows-1252")."""

    text: str
    title: str = ""
    chapters: tuple[tuple[int, str], ...] = ()
    breaks: tuple[int, ...] = ()
    format: str = "text"
    notes: tuple[str, ...] = ()


def load_story(data: bytes, filename: str = "") -> StoryText:
    """A story file by its bytes; `filename` says the format (.txt .md .fountain .docx; no name: told from the content).
    Raises StoryError in one line: empty, binary, too large, damaged, password-protected, a zip bomb."""
    if len(data) > MAX_BYTES:
        raise StoryError(
            f"the story file is too large ({len(data) / 1e6:.0f} MB; the limit is {MAX_BYTES // 10**6} MB)"
        )
    if not data.strip():
        raise StoryError("the story file is empty")
    suffix = PurePath(filename).suffix.lower()
    if suffix == ".doc" and data.startswith(OLE_MAGIC):
        raise StoryError("this is an old Word file (.doc): save it as .docx or .txt and try again")
    if suffix == ".docx" or data.startswith((b"PK\x03\x04", OLE_MAGIC)):
        return _load_docx(data)
    if suffix not in FORMATS:
        raise StoryError(f"a {suffix} file cannot be read as a story: use .txt, .md, .fountain or .docx")
    for magic, what in OTHER_MAGIC.items():
        if data.startswith(magic):
            raise StoryError(f"this is {what}, not a story: use .txt, .md, .fountain or .docx")
    text, encoding = _decode(data)
    notes = () if encoding.startswith("utf") else (f"read as {encoding}",)
    return _parse(text, FORMATS[suffix] if suffix not in ("", ".txt", ".text") else None, notes)


def parse_story(text: str) -> StoryText:
    """Text as a person pasted it; Markdown headings and Fountain scene headings are recognised. Raises StoryError."""
    return _parse(text, None, ())


def is_slug(line: str) -> bool:
    """Whether a line is a screenplay's scene heading ("INT. KITCHEN - NIGHT")."""
    return bool(_SLUG.match(line))


def _decode(data: bytes) -> tuple[str, str]:
    """Text and the encoding it was in. A byte order mark decides; then UTF-8; then what its bytes look like."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            try:
                return data.decode(encoding), encoding
            except UnicodeDecodeError:
                raise StoryError("the story file is damaged: its text breaks off in the middle of a letter") from None
    zeros = data[:4096].count(0)
    if zeros > len(data[:4096]) // 5:  # UTF-16 without its mark: every other byte of Latin text is zero
        for encoding in ("utf-16-le", "utf-16-be"):
            try:
                text = data.decode(encoding)
            except UnicodeDecodeError:
                continue
            if text[:2000].isascii() or sum(letter.isalpha() for letter in text[:2000]) > 1000:
                return text, encoding
    if zeros or sum(byte < 32 and byte not in (9, 10, 12, 13) for byte in data[:4096]) > 4:
        raise StoryError("this is not a text file: use .txt, .md, .fountain or .docx")
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    high = sum(byte >= 128 for byte in data)
    if high > len(data) * 0.3:  # mostly non-ASCII yet no UTF-8: the old East Asian encodings
        for encoding, script in (
            ("shift_jis", "HIRAGANA"),
            ("gb18030", "CJK"),
            ("big5", "CJK"),
            ("cp1251", "CYRILLIC"),
        ):
            try:
                text = data.decode(encoding)
            except UnicodeDecodeError:
                continue
            letters = [letter for letter in text[:2000] if letter.isalpha()]
            if letters and sum(script in unicodedata.name(letter, "") for letter in letters) > len(letters) * 0.3:
                return text, encoding
    return data.decode("cp1252", errors="replace"), "Windows-1252"


def _parse(text: str, form: str | None, notes: tuple[str, ...]) -> StoryText:
    text = unicodedata.normalize("NFC", text.removeprefix("\ufeff")).replace("\r\n", "\n").replace("\r", "\n")
    text = re.sub("[\u2028\u2029\x0b\x0c\x85]", "\n", text).replace("\u200b", "").replace("\xad", "")
    if len(text) > MAX_CHARACTERS:
        raise StoryError(f"the story is too long ({len(text):,} characters; the limit is {MAX_CHARACTERS:,})")
    control = sum(unicodedata.category(letter) in ("Cc", "Cn") for letter in text[:20_000] if letter not in "\n\t")
    if control > 2 + len(text[:20_000]) // 50:
        raise StoryError("this is not readable text: use .txt, .md, .fountain or .docx")
    text = re.sub("[\x00-\x08\x0e-\x1f\x7f]", "", text)
    if not any(letter.isalnum() for letter in text):
        raise StoryError("there are no words in this story: write or paste a few sentences")
    lines = [line.rstrip() for line in text.expandtabs().split("\n")]
    if form is None:
        form = _guess_format(lines)
    title = ""
    if form == "fountain":
        lines, title = _fountain_title(lines)
        lines = _fountain_clean(lines)
    paragraphs = _markdown_paragraphs(lines) if form == "markdown" else _plain_paragraphs(lines, form)
    return _assemble(paragraphs, form, notes, title)


def _guess_format(lines: list[str]) -> str:
    slugs = sum(is_slug(line) for line in lines)
    if slugs and any(is_slug(line) and line == line.upper() for line in lines):
        return "fountain"
    if any(_MARKDOWN_HEADING.fullmatch(line) for line in lines):
        return "markdown"
    return "text"


# A paragraph is (kind, text): "text", "heading", "title" or "break".
Paragraph = tuple[str, str]


def _plain_paragraphs(lines: list[str], form: str) -> list[Paragraph]:
    """Lines to paragraphs. Where blank lines divide and lines are filled to a width, single line ends are only
    wrapping; otherwise each line is a paragraph (most pasted text)."""
    filled = [len(line) for line in lines if line]
    blank = sum(not line.strip() for line in lines)
    wrapped = form != "fountain" and blank and len(filled) > 8 and sorted(filled)[len(filled) // 2] in range(45, 100)
    wrapped = wrapped and max(filled) < 130
    paragraphs: list[Paragraph] = []
    run: list[str] = []

    def close() -> None:
        if not run:
            return
        if len(run) == 1 and _BREAK.fullmatch(run[0].strip()):
            paragraphs.append(("break", ""))
        elif form == "fountain":
            paragraphs.extend(_fountain_block(run))
        elif wrapped and len(run) > 1:
            paragraphs.append(("text", _unwrap(run)))
        else:
            for number, line in enumerate(run):
                alone = len(run) == 1 or (number == 0 and not wrapped)
                kind = "heading" if alone and is_heading(line.strip()) else "text"
                paragraphs.append((kind, line.strip()))
        run.clear()

    for line in lines:
        if line.strip():
            run.append(line)
        else:
            close()
    close()
    first_text = next((number for number, (kind, _) in enumerate(paragraphs) if kind != "break"), 0)
    if form == "text" and len(paragraphs) > first_text + 1 and _is_title(paragraphs[first_text][1]):
        paragraphs[first_text] = ("title", paragraphs[first_text][1])
    return paragraphs


def _unwrap(lines: list[str]) -> str:
    joined = lines[0].strip()
    for line in (line.strip() for line in lines[1:]):
        east = joined[-1] >= "\u2e80" and line[0] >= "\u2e80"
        joined += line if east else " " + line
    return joined


def is_heading(line: str) -> bool:
    """Whether a line that stands alone is a chapter's heading."""
    return len(line) <= 90 and (line[-1:] not in ".!?。" or len(line) < 12) and bool(_HEADING.fullmatch(line))


def _is_title(line: str) -> bool:
    """Whether the first paragraph is the story's title: short, and no sentence."""
    return len(line) <= 80 and len(line.split()) <= 12 and line[-1] not in _CLOSING.replace("!", "").replace("?", "")


def _markdown_paragraphs(lines: list[str]) -> list[Paragraph]:
    paragraphs: list[Paragraph] = []
    run: list[str] = []
    fenced = front = False
    titles = sum(bool(_MARKDOWN_HEADING.fullmatch(line)) and line.startswith("# ") for line in lines)
    if lines and lines[0] == "---" and "---" in lines[1:40]:
        lines = lines[lines.index("---", 1) + 1 :]  # YAML front matter

    def close() -> None:
        if run:
            paragraphs.append(("text", _plain_markdown(_unwrap(run))))
            run.clear()

    for line in lines:
        heading = _MARKDOWN_HEADING.fullmatch(line)
        if line.startswith(("```", "~~~")):
            fenced = not fenced
        elif heading and not fenced:
            close()
            first = not paragraphs and not front
            kind = "title" if first and heading[1] == "#" and titles == 1 else "heading"
            paragraphs.append((kind, _plain_markdown(heading[2])))
        elif re.fullmatch(r"\s*([*\-_]\s*){3,}", line):
            close()
            paragraphs.append(("break", ""))
        elif re.fullmatch(r"=+\s*|-+\s*", line) and len(run) == 1:
            text = run.pop()
            paragraphs.append(("title" if not paragraphs and line[0] == "=" else "heading", _plain_markdown(text)))
        elif not line.strip():
            close()
        else:
            if re.match(r"\s*([*+-]|\d+[.)])\s", line) or (run and run[-1].endswith("  ")):
                close()
            run.append(re.sub(r"^\s*(?:>\s?)+|^\s*[*+-]\s+", "", line))
    close()
    return [(kind, text) for kind, text in paragraphs if text or kind == "break"]


def _plain_markdown(text: str) -> str:
    text = re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL)
    text = re.sub(r"!\[([^\]]*)\]\([^)]*\)", "", text)
    text = re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"(?<!\w)(\*\*\*|\*\*|\*|___|__|_)(?=\S)(.+?)(?<=\S)\1(?!\w)", r"\2", text)
    text = re.sub(r"`([^`]+)`", r"\1", text)
    return re.sub(r"\\([\\`*_{}\[\]()#+\-.!])", r"\1", text).strip()


def _fountain_title(lines: list[str]) -> tuple[list[str], str]:
    """Takes the title page ("Title: ..." lines before the first blank line) off a script."""
    start = next((number for number, line in enumerate(lines) if line.strip()), 0)
    if not re.match(r"(title|credit|author|authors|source|draft date|contact)\s*:", lines[start], re.IGNORECASE):
        return lines, ""
    end = next((number for number in range(start, len(lines)) if not lines[number].strip()), len(lines))
    page = "\n".join(lines[start:end])
    title = re.search(r"^title\s*:\s*(.*(?:\n[ \t]+.+)*)", page, re.IGNORECASE | re.MULTILINE)
    words = " ".join(title[1].split()) if title else ""
    return lines[end:], re.sub(r"[*_]", "", words)


def _fountain_clean(lines: list[str]) -> list[str]:
    """Without notes [[...]], boneyard /* ... */, sections, synopses, transitions' and centring marks."""
    text = "\n".join(lines)
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    text = re.sub(r"\[\[.*?\]\]", "", text, flags=re.DOTALL)
    cleaned = []
    for line in text.split("\n"):
        if (
            re.match(r"=(?!==)", line) or line.startswith("#") or re.fullmatch(r"={3,}", line.strip())
        ):  # synopsis, section
            line = ""
        elif re.fullmatch(r"\s*>.*<\s*", line):
            line = line.strip()[1:-1].strip()
        elif line.startswith(">") or re.fullmatch(r"[A-Z ]+ TO:|FADE (?:IN|OUT)[.:]?|CUT TO BLACK\.?", line.strip()):
            line = ""
        line = re.sub(r"(?<!\w)(\*{1,3}|_)(?=\S)(.+?)(?<=\S)\1(?!\w)", r"\2", line)
        cleaned.append(line[1:] if line[:1] in "!@~" and line[1:2] else line)
    return cleaned


def _fountain_block(run: list[str]) -> list[Paragraph]:
    """One block of a script. A dialogue block stays one paragraph, its cue on the first line."""
    first = run[0].strip()
    forced = first.startswith(".") and not first.startswith("..")
    if is_slug(first) or forced:
        slug = re.sub(r"\s*#[^#]+#$", "", first.removeprefix(".") if forced else first)
        rest = _fountain_block(run[1:]) if len(run) > 1 else []
        return [("heading", slug), *rest]
    if is_cue(first) and len(run) > 1:
        return [("text", "\n".join(line.strip() for line in run))]
    return [("text", " ".join(line.strip() for line in run))]


def is_cue(line: str) -> bool:
    """Whether a line is the name above a screenplay's dialogue ("MIRA (whispering)")."""
    name = re.sub(r"\s*\(.*\)|\s*\^$", "", line).strip()
    letters = [letter for letter in name if letter.isalpha()]
    return len(letters) > 0 and len(name) <= 40 and name[-1] not in ".!?,:;" and all(map(str.isupper, letters))


def _assemble(paragraphs: list[Paragraph], form: str, notes: tuple[str, ...], title: str = "") -> StoryText:
    pieces: list[str] = []
    chapters: list[tuple[int, str]] = []
    breaks: list[int] = []
    offset = 0
    for kind, words in paragraphs:
        if kind == "break":
            if pieces:
                breaks.append(offset)
            continue
        if kind == "title" and not title:
            title = words
        elif kind == "heading":
            chapters.append((offset, words))
        pieces.append(words)
        offset += len(words) + 2
    text = "\n\n".join(pieces)
    if not any(letter.isalnum() for letter in text):
        raise StoryError("there are no words in this story: write or paste a few sentences")
    breaks = [start for start in breaks if start < len(text)]
    return StoryText(text, title, tuple(chapters), tuple(breaks), form, notes)


def _load_docx(data: bytes) -> StoryText:
    if data.startswith(OLE_MAGIC):
        raise StoryError("this Word file is password-protected (or an old .doc): save it as .docx without a password")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            files = archive.infolist()
            unpacked = sum(file.file_size for file in files)
            document = next((file for file in files if file.filename == "word/document.xml"), None)
            if document is None:
                raise StoryError("this is a ZIP file but not a Word document: use .txt, .md, .fountain or .docx")
            if len(files) > 5000 or unpacked > MAX_UNPACKED or document.file_size > MAX_XML:
                raise StoryError(
                    f"this Word file unpacks to {unpacked / 1e6:.0f} MB, too much for a story; save as .txt"
                )
            # A header may lie about sizes: read no more than the limit of what will be parsed.
            for file in files:
                if file.filename.endswith((".xml", ".rels")):
                    with archive.open(file) as part:
                        head = part.read(MAX_XML + 1)
                    if len(head) > MAX_XML or b"<!DOCTYPE" in head[:2000] or b"<!ENTITY" in head[:2000]:
                        raise StoryError("this Word file holds what no story needs and was not opened; save it as .txt")
        import docx  # imported here: only this format needs it, and it takes a while

        return _docx_text(docx.Document(io.BytesIO(data)))
    except StoryError:
        raise
    except Exception as error:  # python-docx and zipfile raise many kinds for a damaged file
        raise StoryError(f"this Word file is damaged and cannot be read ({type(error).__name__})") from error


def _docx_text(document: object) -> StoryText:
    paragraphs: list[Paragraph] = []
    for block in document.iter_inner_content():  # type: ignore[attr-defined]
        if not hasattr(block, "style") or hasattr(block, "rows"):
            cells = [cell.text for row in getattr(block, "rows", ()) for cell in row.cells]
            paragraphs.extend(("text", cell.strip()) for cell in dict.fromkeys(cells) if cell.strip())
            continue
        words = " ".join(block.text.split())
        if not words:
            continue
        name = (block.style.name or "").lower() if block.style is not None else ""
        if name == "title":
            paragraphs.append(("title", words))
        elif name.startswith("heading") or is_heading(words):
            paragraphs.append(("heading", words))
        elif _BREAK.fullmatch(words):
            paragraphs.append(("break", ""))
        else:
            paragraphs.append(("text", words))
    if paragraphs and paragraphs[0][0] == "text" and len(paragraphs) > 1 and _is_title(paragraphs[0][1]):
        paragraphs[0] = ("title", paragraphs[0][1])
    story = _assemble(paragraphs, "docx", ())
    if len(story.text) > MAX_CHARACTERS:
        raise StoryError(f"the story is too long ({len(story.text):,} characters; the limit is {MAX_CHARACTERS:,})")
    return story
