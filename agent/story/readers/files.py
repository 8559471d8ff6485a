"""A story's file, by its bytes: which kind it is, in which encoding, and what is refused."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePath

from charset_normalizer import from_bytes

from agent.errors import StoryError
from agent.story.readers.layout import lay_out
from agent.story.readers.plain import read_plain
from agent.story.readers.values import Script, StoryText

__all__ = ["MAX_BYTES", "MAX_CHARACTERS", "STORY_KINDS", "load_story", "parse_story"]

MAX_BYTES = 20_000_000
MAX_CHARACTERS = 2_000_000
FORMATS = {
    "": "",
    ".txt": "",
    ".text": "",
    ".md": "markdown",
    ".markdown": "markdown",
    ".fountain": "fountain",
    ".spmd": "fountain",
    ".docx": "docx",
    ".fdx": "fdx",
    ".pdf": "pdf",
}
STORY_KINDS = (".txt", ".md", ".fountain", ".fdx", ".docx", ".pdf")
"""The endings of a story's file, as people are told them."""
_USE = "use .txt, .md, .fountain, .fdx, .docx or .pdf"
_OTHER_MAGIC = {
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"{\\rtf": "an RTF file",
    b"\x7fELF": "a program",
    b"\x1f\x8b": "a compressed file",
}
# Encodings of text that is no UTF: where two fit, the earlier. Others are rarer than a wrong guess at them.
_ENCODINGS = ["cp1252", "shift_jis", "gb18030", "euc_jp", "euc_kr", "big5", "cp1251", "koi8_r", "cp1250", "cp1253",
              "cp1255", "cp1256", "mac_roman"]  # fmt: skip
_OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def load_story(data: bytes, filename: str = "") -> StoryText:
    """Read a story's file by its bytes; `filename` says the format (no name: told from the content).
    Raises StoryError in one line: empty, binary, too large, damaged, password-protected, a zip bomb."""
    if len(data) > MAX_BYTES:
        raise StoryError(
            f"the story file is too large ({len(data) / 1e6:.0f} MB; the limit is {MAX_BYTES // 10**6} MB)"
        )
    if not data.strip():
        raise StoryError("the story file is empty")
    story = lay_out(_read(data, PurePath(filename).suffix.lower()))
    _check_length(story.text)
    return story


def parse_story(text: str) -> StoryText:
    """Read text as a person pasted it; Markdown and Fountain are recognised. Raises StoryError."""
    return lay_out(_read_text(text, ""))


def _read(data: bytes, suffix: str) -> Script:
    if suffix == ".doc" and data.startswith(_OLE_MAGIC):
        raise StoryError("this is an old Word file (.doc): save it as .docx or .txt and try again")
    if suffix == ".docx" or data.startswith((b"PK\x03\x04", _OLE_MAGIC)):
        from agent.story.readers.word import read_word  # its parser takes a while to import

        return read_word(data)
    if suffix not in FORMATS:
        raise StoryError(f"a {suffix} file cannot be read as a story: {_USE}")
    if suffix == ".pdf" or data.startswith(b"%PDF"):
        from agent.story.readers.pdf import pdf_text

        script = _read_text(pdf_text(data), "")
        return Script(script.paragraphs, script.title, "pdf", script.notes)
    if suffix == ".fdx" or b"<FinalDraft" in data[:1000]:
        from agent.story.readers.fdx import read_fdx

        return read_fdx(data)
    for magic, what in _OTHER_MAGIC.items():
        if data.startswith(magic):
            raise StoryError(f"this is {what}, not a story: {_USE}")
    text, encoding = _decode(data)
    notes = () if encoding.startswith("utf") else (f"read as {encoding}",)
    return _read_text(text, FORMATS[suffix], notes)


def _read_text(text: str, form: str, notes: tuple[str, ...] = ()) -> Script:
    text = _clean(text)
    if not any(letter.isalnum() for letter in text):
        raise StoryError("there are no words in this story: write or paste a few sentences")
    from agent.story.readers.markdown import looks_like_markdown, read_markdown

    script = read_plain(text, "fountain", notes) if form == "fountain" else None
    if script is None and (form == "markdown" or looks_like_markdown(text)):
        script = read_markdown(text, notes)
    return script or read_plain(text, "text", notes)


def _clean(text: str) -> str:
    """The text composed (NFC), its lines ended by "\\n", without what is no writing. Raises StoryError."""
    text = unicodedata.normalize("NFC", text.removeprefix("\ufeff")).replace("\r\n", "\n").replace("\r", "\n")
    text = re.sub("[\u2028\u2029\x0b\x0c\x85]", "\n", text).replace("\u200b", "").replace("\xad", "")
    _check_length(text)
    control = sum(unicodedata.category(letter) in ("Cc", "Cn") for letter in text[:20_000] if letter not in "\n\t")
    if control > 2 + len(text[:20_000]) // 50:
        raise StoryError(f"this is not readable text: {_USE}")
    return re.sub("[\x00-\x08\x0e-\x1f\x7f]", "", text)


def _check_length(text: str) -> None:
    if len(text) > MAX_CHARACTERS:
        raise StoryError(f"the story is too long ({len(text):,} characters; the limit is {MAX_CHARACTERS:,})")


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
        raise StoryError(f"this is not a text file: {_USE}")
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    best = from_bytes(data[:200_000], cp_isolation=_ENCODINGS, preemptive_behaviour=False).best()
    encoding = best.encoding if best is not None else "cp1252"
    if "\ufffd" in (text := data.decode(encoding, errors="replace")) and encoding != "cp1252":
        encoding, text = "cp1252", data.decode("cp1252", errors="replace")
    return text, "Windows-1252" if encoding == "cp1252" else encoding
