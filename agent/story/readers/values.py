"""The values between a story's file and its reading: blocks as a file holds them, typed lines, the story as text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["Block", "BlockKind", "Heading", "Kind", "Line", "Paragraph", "Script", "StoryText"]

Kind = Literal[
    "title",
    "title page",
    "chapter",
    "heading",
    "shot",
    "action",
    "cue",
    "parenthetical",
    "dialogue",
    "lyric",
    "transition",
    "prose",
    "note",
    "break",
]
"""What a line is. `shot` is a scene or panel that the author numbered ("Panel 2: ..."), `break` the author's `***`."""

BlockKind = Kind | Literal[""]
"""What a file calls a block; "" where it does not say."""


@dataclass(frozen=True)
class Block:
    """Lines with nothing between them, as a file holds them: `lines` keep their indentation. `kind` is what the file
    itself calls them ("" where it does not say); a block of kind "cue" is a speaker and the lines spoken. `wrapped`
    lines are one running text, broken only to fit a width. `number` is the author's own."""

    lines: tuple[str, ...]
    kind: BlockKind = ""
    wrapped: bool = False
    number: str = ""


@dataclass(frozen=True)
class Heading:
    """The four parts of a scene's heading. `inside` is None where it does not say, or says both ("INT./EXT.").
    `rest` is what is neither place nor time ("continuous", "flashback", "1952"). Capitals become small letters."""

    inside: bool | None = None
    place: str = ""
    time: str = ""
    rest: str = ""


@dataclass(frozen=True)
class Line:
    """One typed line of a story. `start` is the offset of its words in `StoryText.text`, -1 where they are not told
    there (title pages, transitions, notes). `heading` is read from headings alone. The words of a cue are the name."""

    kind: Kind
    text: str
    start: int = -1
    number: str = ""
    heading: Heading | None = None


Paragraph = tuple[Line, ...]
"""Lines that belong together: a cue with all that is spoken, else one line."""


@dataclass(frozen=True)
class Script:
    """A story as typed lines, in paragraphs. `notes` say what a reader had to assume or leave out, for a person."""

    paragraphs: tuple[Paragraph, ...]
    title: str = ""
    format: str = "text"
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class StoryText:
    """A story as plain text: paragraphs apart by one blank line, no mark-up. A chapter is the offset in `text` where it
    begins and its heading (whose words stay in `text` as a paragraph of their own). `breaks` are offsets at which the
    author broke the scene (`***`) or numbered a new panel. `lines` are what the text was laid out from, typed.
    `notes` say what a reader had to assume, for a person ("read as Windows-1252")."""

    text: str
    title: str = ""
    chapters: tuple[tuple[int, str], ...] = ()
    breaks: tuple[int, ...] = ()
    format: str = "text"
    notes: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()
