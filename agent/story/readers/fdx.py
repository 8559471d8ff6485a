"""Final Draft files (.fdx): XML whose paragraphs say what they are. Read here and not by screenplay-tools, which takes
only the first run of a paragraph, so that a line with one word in italics loses its end."""

from __future__ import annotations

from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from agent.errors import StoryError
from agent.story.readers.headings import is_transition
from agent.story.readers.recogniser import recognise
from agent.story.readers.values import Block, Kind, Script

__all__ = ["read_fdx"]

_KINDS: dict[str, Kind] = {
    "Scene Heading": "heading",
    "Character": "cue",
    "Transition": "transition",
    "New Act": "chapter",
    "End of Act": "transition",
    "Singing": "lyric",
    "Lyrics": "lyric",
}


def read_fdx(data: bytes) -> Script:
    """Read a Final Draft script. Raises StoryError where it is damaged, or is no script."""
    try:
        root = fromstring(data, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise StoryError(f"this Final Draft file is damaged and cannot be read ({type(error).__name__})") from error
    content = root.find("Content")
    if root.tag != "FinalDraft" or content is None:
        raise StoryError("this XML file is no Final Draft script")
    page = [_words(p) for p in root.iterfind("TitlePage/Content/Paragraph")]
    page = [words for words in page if words]
    blocks = [Block((words,), "title page") for words in page]
    for paragraph in content.iter("Paragraph"):
        words, what = _words(paragraph), paragraph.get("Type", "Action")
        if not words or what in ("Script Note", "Note"):
            continue
        if what in ("Dialogue", "Parenthetical") and blocks and blocks[-1].kind == "cue":
            direction = what == "Parenthetical" and not words.startswith("(")
            blocks[-1] = Block((*blocks[-1].lines, f"({words})" if direction else words), "cue")
            continue
        kind: Kind = "transition" if is_transition(words) else _KINDS.get(what, "action")
        properties = paragraph.find("SceneProperties")
        number = paragraph.get("Number") or (properties.get("Number", "") if properties is not None else "")
        blocks.append(Block((words,), kind, number=number if kind == "heading" else ""))
    return recognise(blocks, "fdx")


def _words(paragraph: Element) -> str:
    """All runs of a paragraph, without those of paragraphs inside it (dual dialogue) and without notes."""
    return "".join("".join(run.itertext()) for run in paragraph.findall("Text")).strip()
