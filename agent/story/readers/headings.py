"""What a line looks like by itself: scene headings, chapters, cues, transitions, numbered panels. Nothing else in the
program decides it."""

from __future__ import annotations

import re

from agent.story.readers.values import Heading

__all__ = ["cue_name", "is_break", "is_cue", "is_heading", "is_slug", "is_transition", "read_heading", "speaker_name"]

_INSIDE = r"INT\.?\s?/\s?EXT|EXT\.?\s?/\s?INT|I/E|E/I|INT(?:ERIOR)?|EXT(?:ERIOR)?|EST"
_SLUG = re.compile(rf"(?P<inside>{_INSIDE})(?:\.\s*|\s+|:\s*|\s*[-–—]\s+)(?=\S)", re.IGNORECASE)
_STAGE = re.compile(r"(?:ACT|SCENE)\s+(?:[\dIVXLC]+[A-Z]?|[A-Z]+)\b\s*[.:,;–—-]?\s*", re.IGNORECASE)
_WHEN = (
    r"(?:(?:early|late|mid|before|after|next|same|that|the|following|deep|pre)[ -])*"
    r"(?:day|daytime|night|nighttime|morning|evening|afternoon|dawn|dusk|sunrise|sunset|noon|midday|midnight|"
    r"twilight|daybreak|nightfall|sundown|magic hour|golden hour)"
)
_TIME = re.compile(rf"{_WHEN}(?:[ ,]+(?=later|continuous))?", re.IGNORECASE)
_REST = re.compile(
    r"(?:continuous|cont['’]?d|continued|(?:\w+ )?(?:moments?|minutes?|hours?|days?|weeks?|months?|years?) (?:later|"
    r"before|earlier)|later|earlier|same(?: time)?|the same|intercut|flashback|flash[ -]?forward|dream(?: sequence)?|"
    r"present(?: day)?|past|future|montage|establishing|stock(?: footage)?|back to (?:scene|present)|\d{4}s?)",
    re.IGNORECASE,
)
_CHAPTER = re.compile(
    r"(?:(?:chapter|part|book|act|scene|cap[ií]tulo|parte|chapitre|partie|kapitel|teil)\b.{0,80}"
    r"|(?:prologue|epilogue|pr[oó]logo|ep[ií]logo|[eé]pilogue|prolog|epilog)"
    r"|第[\d一二三四五六七八九十百]+[章回节節幕話话].{0,40}"
    r"|(?:[ivxlc]{1,7}|\d{1,3})\.?)",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"(?:chapter|part|book|act|scene)\s+(?:[\divxlc]+|one|two|three|four|five|six|seven|eight|nine|"
                       r"ten|eleven|twelve)\b", re.IGNORECASE)  # fmt: skip
_BREAK = re.compile(r"(?:[*•·~#—–\-_=+]\s*){1,}|(?:⁂|❦|§)+")
_TRANSITION = re.compile(
    r"(?:[A-Z][A-Z' ]* )?(?:CUT|FADE|DISSOLVE|WIPE|SMASH|MATCH|IRIS|JUMP)\b[A-Z' ]*\b(?:TO|IN|OUT|ON)\b[A-Z' ]*[.:]?"
    r"|[A-Z][A-Z' ]* TO:|CUT TO BLACK[.:]?|BLACK\.|(?:THE )?END\.?|END OF (?:ACT|SHOW|EPISODE|SCENE)\b.{0,20}"
    r"|INTERCUT WITH:|BACK TO (?:SCENE|PRESENT)[.:]?"
)
_EXTENSION = re.compile(r"\s*\([^()]*\)")


def is_slug(line: str) -> bool:
    """Tell whether a line is a screenplay's scene heading ("INT. KITCHEN - NIGHT")."""
    return bool(_SLUG.match(line))


def is_heading(line: str) -> bool:
    """Tell whether a line that stands alone is a chapter's or a scene's heading."""
    line = line.strip()
    if not line or len(line) > 90:
        return False
    if _NUMBERED.match(line) and len(line.split()) <= 12:
        return True
    if line[-1] not in ".!?。" or len(line) < 12:
        return bool(_CHAPTER.fullmatch(line)) or is_capital_heading(line)
    return is_capital_heading(line)


def is_capital_heading(line: str) -> bool:
    """Tell whether a line is set in capitals, as chapters of old books are: two to twelve words, no full stop."""
    words = line.split()
    letters = [letter for letter in line if letter.isalpha()]
    return (
        2 <= len(words) <= 12
        and len(letters) > 4
        and all(letter.isupper() for letter in letters)
        and line[-1] not in ".,:;。"
        and line[0] not in "\"'“‘«"
    )


def is_break(line: str) -> bool:
    """Tell whether a line is only the mark of a break (`***`)."""
    return bool(_BREAK.fullmatch(line.strip()))


def is_transition(line: str) -> bool:
    """Tell whether a line says how the picture changes ("CUT TO:")."""
    return bool(_TRANSITION.fullmatch(line.strip()))


def cue_name(line: str) -> str:
    """Take the name out of a cue: "MIRA (whispering) ^" is MIRA."""
    return _EXTENSION.sub("", line.strip().removeprefix("@").rstrip("^ ")).strip()


def is_cue(line: str) -> bool:
    """Tell whether a line is the name above a screenplay's dialogue ("MIRA (whispering)")."""
    if is_slug(line) or is_transition(line):
        return False
    name = cue_name(line)
    letters = [letter for letter in re.sub(r"\b(?:Mc|Mac|O['’]|D['’])(?=[A-Z])|['’]s\b", "", name) if letter.isalpha()]
    return (
        len(letters) > 0
        and len(name) <= 40
        and name[-1] not in "!?,:;-–—"
        and (name[-1] != "." or len(name.split()[-1]) <= 3)
        and name[0] not in '("“'
        and all(map(str.isupper, letters))
    )


def speaker_name(cue: str) -> str:
    """Write a cue as a name: "McALLISTER" is McAllister, "BAKER'S WIFE" Baker's Wife; mixed case stays."""
    name = cue_name(cue)
    if not is_cue(name):
        return name
    return re.sub(
        r"[^\W\d_]+(?:['’](?:s|S)\b)?",
        lambda word: word[0][:1] + word[0][1:].lower() if not word[0].startswith(("Mc", "Mac")) else
        word[0][: word[0].index("c") + 2] + word[0][word[0].index("c") + 2 :].lower(),
        name,
    )  # fmt: skip


def read_heading(line: str) -> Heading | None:
    """Read a scene's heading into its four parts; None where the line is no heading of a scene."""
    line = line.strip()
    inside: bool | None = None
    if slug := _SLUG.match(line):
        word = slug["inside"].upper()
        both = "/" in word
        inside = None if both else word.startswith("INT")
        words = line[slug.end() :]
        pieces = re.split(r"\s+[-–—]+\s+|\s*[-–—]{2,}\s*|(?<=[A-Za-z])[-–—]\s+|\s+[-–—](?=\w)|[()]|\.\s+", words)
    elif stage := _STAGE.match(line):
        pieces = re.split(r"\s+[-–—]+\s+|[()]|[.;]\s*", line[stage.end() :])
    else:
        return None
    return _parts(inside, pieces)


def read_forced_heading(line: str) -> Heading:
    """Read a heading that the author marked as one ("." in Fountain), whatever its words."""
    return read_heading(line) or _parts(None, re.split(r"\s+[-–—]+\s+|[()]", line.strip()))


def _parts(inside: bool | None, pieces: list[str]) -> Heading:
    place: list[str] = []
    time: list[str] = []
    rest: list[str] = []
    for piece in (_small(piece.strip(" .,:")) for piece in pieces):
        when = _TIME.match(piece)
        if not piece:
            continue
        if _REST.fullmatch(piece):
            rest.append(piece)
        elif when and (place or len(pieces) > 1) and (when.end() == len(piece) or not piece[when.end()].isalnum()):
            time.append(piece[: when.end()].strip(" ,"))
            if more := piece[when.end() :].strip(" ,/"):
                rest.append(more)
        elif time or rest:
            rest.append(piece)
        elif comma := re.fullmatch(rf"(.+?),\s*({_WHEN})", piece, re.IGNORECASE):
            place.append(comma[1])
            time.append(comma[2])
        else:
            place.append(piece)
    return Heading(inside, ", ".join(place), " ".join(time), ", ".join(rest))


def _small(words: str) -> str:
    """Write what is all in capitals in small letters."""
    return words.lower() if words == words.upper() else words
