"""What each line of a story is. Every file's blocks come through here, and only here it is decided."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from agent.story.readers.headings import (
    cue_name,
    is_break,
    is_capital_heading,
    is_cue,
    is_heading,
    is_slug,
    is_transition,
    read_forced_heading,
    read_heading,
    speaker_name,
)
from agent.story.readers.values import Block, Kind, Line, Paragraph, Script

__all__ = ["recognise", "without_scene_numbers"]

_NAME_LINE = re.compile(
    r"(?P<name>[^\W\d_a-z][\w.'’ -]{0,30}?)\s*(?P<how>\([^()]*\))?\s*:\s+(?P<words>\S.*)", re.DOTALL
)
# The layout of printed plays: "THE MOTHER. Not so long." and "THE MOTHER [to the boy] Not so long."
_PLAY_LINE = re.compile(
    r"(?P<name>(?:(?:MRS|MR|MS|DR|ST)\. |(?!(?:MRS|MR|MS|DR|ST)\b))"
    r"[A-ZÀ-Þ](?:[A-ZÀ-Þ'’ -]|(?<=[A-ZÀ-Þ])[.](?=[A-ZÀ-Þ])){0,30}[A-ZÀ-Þ])"
    r"(?:\s*(?P<how>\([^()]*\)))?(?:[.:]\s*[—–-]?\s*|\s*(?=\[))(?P<words>\S.*)",
    re.DOTALL,
)
_LABELS = re.compile(
    r"(?:scene|panel|shot|page|act|part|chapter|note|notes|title|setting|time|place|sfx|sound|music|super|caption|"
    r"author|by|draft|date|contact|characters|cast|int|ext|warning|moral|summary|logline|the moral|"
    r"fade in|fade out|ps|p\.s)\b.*|.* to",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"(?:[*-]\s+)?(?:(?:scene|panel|shot|frame|beat|page)\s*#?\s*(?P<label>\d{1,3}[A-Za-z]?)\s*(?:[.:)–—-]+\s*|$)"
    r"|(?P<number>\d{1,3})[.):]\s+)(?P<words>.*)",
    re.IGNORECASE | re.DOTALL,
)
_PAGE = re.compile(r"\s*(?:\d{1,3}\.|\(?continued:?\)?(?:\s*\(\d+\))?|\(more\))\s*", re.IGNORECASE)
_SCENE_NUMBER = re.compile(r"^(\s*)(?:(\d{1,4}[A-Z]?)\.?\s+)?((?:INT|EXT|EST|I/E)\b.*?)(?:\s{2,}\d{1,4}[A-Z]?\.?)?\s*$")
_INSTRUCTION = re.compile(
    r"(?=.*\b(?:story ?board|draw|illustrate|panels?|scenes?|comic|turn|make|create|visuali[sz]e|adapt|read)\b)"
    r"(?:(?:please|hi|hello|hey|can|could|would|will|i|here|make|create|draw|turn|story ?board|illustrate|visuali[sz]e|"
    r"adapt|read|use|take)\b).{0,200}:",
    re.IGNORECASE | re.DOTALL,
)
_MARKS = re.compile(r"(?<![\\\w])(\*{1,3}|_)(?=\S)(.+?)(?<=[^\s\\])\1(?!\w)")


def recognise(
    blocks: Sequence[Block], form: str, title: str = "", notes: tuple[str, ...] = (), *, wrapped: bool = False
) -> Script:
    """Type every line of the blocks. `form` is what the file is ("text", "markdown", "fountain", "fdx", "docx", "pdf");
    a text that turns out to be a screenplay becomes "fountain". `wrapped`: lines of prose are broken to fit a width."""
    blocks = [block for block in blocks if any(line.strip() for line in block.lines)]
    head = _instruction(blocks)
    blocks = blocks[len(head) :]
    if form in ("fountain", "fdx") or any(_opens_scene(block) for block in blocks):
        body = list(_screenplay(blocks))
        form = "fountain" if form == "text" else form
    elif names := _speakers(blocks):
        body = list(_play(blocks, names, wrapped))
    else:
        body = list(_prose(blocks, form, wrapped))
    page = next((line.text for paragraph in body for line in paragraph if line.kind == "title page"), "")
    return Script((*head, *body), title or page.strip('"“”'), form, notes)


def without_scene_numbers(line: str) -> tuple[str, str]:
    """Take the number off a scene's heading ("1    INT. BAKERY - NIGHT    1"): the line without it, and the number."""
    match = _SCENE_NUMBER.match(line)
    if match is None or not match[3].isupper():
        return line, ""
    return match[1] + match[3].rstrip(), match[2] or ""


def _instruction(blocks: Sequence[Block]) -> list[Paragraph]:
    """The instruction that stands before a story ("Please storyboard this:"), as a note."""
    first = " ".join(line.strip() for line in blocks[0].lines) if blocks else ""
    if len(blocks) > 1 and not is_slug(first) and _INSTRUCTION.fullmatch(first):
        return [(Line("note", first),)]
    return []


def _opens_scene(block: Block) -> bool:
    first = without_scene_numbers(block.lines[0])[0].strip()
    return is_slug(first) and first.split(" - ")[0] == first.split(" - ")[0].upper()


# A screenplay: its blocks are headings, action, and cues with what is spoken.


def _screenplay(blocks: Sequence[Block]) -> Iterator[Paragraph]:
    # In Word and in many PDF files nothing stands between a cue and its words: there each paragraph is a block.
    loose = sum(len(block.lines) == 1 for block in blocks) > 0.95 * len(blocks)
    started = any(block.kind in ("title page", "title") for block in blocks)
    queue = list(blocks)
    number = 0
    while number < len(queue):
        block = queue[number]
        number += 1
        lines = tuple(line for line in map(_unmarked, block.lines) if line and not _PAGE.fullmatch(line))
        if not lines:
            continue
        if block.kind and block.kind != "prose":
            started = started or block.kind not in ("title", "title page", "note")
            yield from _known(block.kind, lines, block.number)
            continue
        heading, scene = without_scene_numbers(block.lines[0])
        first = _unmarked(heading)
        if is_slug(first):
            started = True
            yield (Line("heading", first, number=scene or block.number, heading=read_heading(first)),)
            queue[number:number] = [Block(block.lines[1:])] if len(lines) > 1 else []
        elif is_transition(first):
            started = True
            yield (Line("transition", first),)
            queue[number:number] = [Block(block.lines[1:])] if len(lines) > 1 else []
        elif not started and _is_title_page(block, queue[number:]):
            yield from ((Line("title page", line),) for line in lines)
        elif is_cue(first) and len(lines) > 1:
            started = True
            yield _speech(lines)
        elif is_cue(first) and loose and (spoken := _spoken(queue[number:])):
            number += len(spoken)
            yield _speech((first, *(_unmarked(line) for part in spoken for line in part.lines)))
        else:
            started = True
            yield (Line("action", " ".join(lines)),)


def _known(kind: Kind, lines: tuple[str, ...], number: str) -> Iterator[Paragraph]:
    """Lines whose file says what they are."""
    words = " ".join(lines)
    if kind == "cue":
        yield _speech(lines)
    elif kind == "heading":
        yield (Line("heading", words, number=number, heading=read_forced_heading(words)),)
    elif kind in ("title page", "lyric"):
        yield tuple(Line(kind, line) for line in lines)
    else:
        yield (Line(kind, words, number=number),)


def _is_title_page(block: Block, later: Sequence[Block]) -> bool:
    """Whether a block before everything else of a script is of its title page: centred, or a few words without a full
    stop, with a heading or a transition still to come."""
    if not any(_opens_scene(other) or is_transition(other.lines[0]) for other in later):
        return False
    indents = [len(line) - len(line.lstrip()) for line in block.lines if line.strip()]
    words = " ".join(block.lines).split()
    return min(indents) >= 15 or (len(words) <= 12 and words[-1][-1] not in ".!?")


def _spoken(later: Sequence[Block]) -> Sequence[Block]:
    """The blocks spoken after a cue that stands alone: directions in brackets, and one of words."""
    for taken, block in enumerate(later[:6], start=1):
        first = _unmarked(block.lines[0])
        if block.kind not in ("", "prose") or _opens_scene(block) or is_transition(first) or is_cue(first):
            return ()
        if not (first.startswith("(") and first.endswith(")")):
            return later[:taken]
    return ()


def _speech(lines: Sequence[str]) -> Paragraph:
    """A cue and what is spoken: `lines[0]` is the cue, with its extensions; lines in brackets say how."""
    name = speaker_name(lines[0]) if is_cue(lines[0]) else cue_name(lines[0])
    extensions = re.findall(r"\(([^()]*)\)", lines[0])
    speech = [Line("cue", name)]
    speech += [
        Line("parenthetical", words.strip())
        for words in extensions
        if not re.fullmatch(r"\s*(?:cont['’]?d|continuing|more)\.?\s*", words, re.IGNORECASE)
    ]
    open_bracket = ""
    for line in lines[1:]:
        if open_bracket or (line.startswith("(") and ")" not in line):
            open_bracket = f"{open_bracket} {line}".strip()
            if ")" not in line:
                continue
            line, open_bracket = open_bracket, ""
        if re.fullmatch(r"\([^()]*\)", line):
            speech.append(Line("parenthetical", line[1:-1].strip()))
        elif line.startswith("~"):
            speech.append(Line("lyric", line[1:].strip()))
        elif speech[-1].kind == "dialogue":
            speech[-1] = Line("dialogue", f"{speech[-1].text} {line}")
        else:
            speech.append(Line("dialogue", line))
    if open_bracket:
        speech.append(Line("dialogue", open_bracket))
    return tuple(speech)


def _unmarked(line: str) -> str:
    """The line without emphasis marks and the backslashes that keep such marks; white space is one space."""
    line = _MARKS.sub(r"\2", _MARKS.sub(r"\2", line))
    return " ".join(re.sub(r"\\([*_\\])", r"\1", line).split())


# A stage play, or any text in which lines begin with who speaks.


def _speakers(blocks: Sequence[Block]) -> frozenset[str]:
    """The names before colons, where lines of speech make a good part of the text and name somebody again, or stand in
    capitals."""
    lines = [line.strip() for block in blocks for line in block.lines if line.strip()]
    found = Counter(match["name"].strip() for match in map(_name_line, lines) if match)
    capital = {name for name in found if name.upper() == name}
    recurring = {name for name in found if found[name] > 1}
    names = capital | (set(found) if recurring else set())
    spoken = sum(found[name] for name in names)
    return frozenset(names if spoken >= 2 and spoken >= 0.25 * len(lines) else ())


def _name_line(line: str) -> re.Match[str] | None:
    match = _NAME_LINE.fullmatch(line.strip()) or _PLAY_LINE.fullmatch(line.strip())
    if match is None or len(match["name"].split()) > 4 or _LABELS.fullmatch(match["name"].strip()):
        return None
    return match


def _play(blocks: Sequence[Block], names: frozenset[str], wrapped: bool) -> Iterator[Paragraph]:
    for place, block in enumerate(blocks):
        first = " ".join(block.lines[0].split())
        if block.kind and block.kind != "prose":
            yield from _known(block.kind, tuple(" ".join(line.split()) for line in block.lines), block.number)
            continue
        if is_break(first) and len(block.lines) == 1:
            yield (Line("break", ""),)
            continue
        for line in [_text(block)] if wrapped else [" ".join(line.split()) for line in block.lines]:
            match = _name_line(line)
            heading = read_heading(line)
            if match and match["name"].strip() in names:
                *speech, last = _directions(match["words"])
                leaves = speech and re.match(r"\((?:[A-Z]|(?:he|she|they)\b)", last)
                yield _speech((match["name"].strip() + (match["how"] or ""), *speech, *(() if leaves else (last,))))
                if leaves:  # a direction that ends a speech and is a sentence: what is seen, not how it is spoken
                    yield (Line("action", last[1:-1].strip()),)
            elif heading and (heading.place or heading.time or heading.rest):
                yield (Line("heading", line, heading=heading),)
            elif heading or is_heading(line):
                yield (Line("chapter", line),)
            elif place == 0 and _is_title(line):
                yield (Line("title", line),)
            else:
                yield (Line("action", line),)


def _directions(words: str) -> list[str]:
    """The directions in brackets at the beginning of a speech, or in square ones anywhere in it, apart from its words;
    a stop behind a direction goes to the words before it."""
    pieces: list[str] = []
    for piece in re.findall(r"\[[^\[\]]*\]|\A\([^()]*\)|[^\[]+|\[", words):
        piece = f"({piece[1:-1].strip()})" if piece[0] == "[" and piece[-1] == "]" else piece.strip()
        if pieces and re.fullmatch(r"[.,;:!?]+", piece):
            spoken = next((at for at in reversed(range(len(pieces))) if pieces[at][0] != "("), None)
            if spoken is not None:
                pieces[spoken] += piece
        elif piece:
            pieces.append(piece)
    return pieces


# Prose: titles, chapters, breaks, numbered panels, paragraphs.


def _prose(blocks: Sequence[Block], form: str, wrapped: bool) -> Iterator[Paragraph]:
    flat = list(_paragraphs(blocks, wrapped))
    capitals = [place for place, (block, alone) in enumerate(flat) if alone and is_capital_heading(_text(block))]
    chaptered = len(capitals) > 1 and any(later - before > 1 for before, later in itertools.pairwise(capitals))
    asked = [place for place, (block, alone) in enumerate(flat) if alone and _is_asking_heading(_text(block))]
    if len(asked) > 1:
        chaptered, capitals = True, sorted({*capitals, *asked})
    numbered = _numbered(flat)
    told = next((place for place, (block, _) in enumerate(flat) if not is_break(_text(block))), 0)
    for place, (block, alone) in enumerate(flat):
        text = _text(block)
        if block.kind and block.kind != "prose":
            yield from _known(block.kind, (text,), block.number)
        elif is_break(text) and alone:
            yield (Line("break", ""),)
        elif place in numbered:
            number, words = numbered[place]
            yield (Line("shot" if words else "note", words or text, number=number),)
        elif (chaptered and place in capitals) or (alone and _is_named_heading(text)):
            heading = read_heading(text)
            yield (Line("chapter", text, heading=heading),)
        elif place == told and len(flat) > told + 1 and form != "markdown" and block.kind == "" and _is_title(text):
            yield (Line("title", text),)
        else:
            yield (Line("prose", text),)


def _is_named_heading(text: str) -> bool:
    """Whether a line that stands alone is a heading without being in capitals (\"Chapter 2\")."""
    return is_heading(text) and not is_capital_heading(text)


def _text(block: Block) -> str:
    return " ".join(block.lines[0].split()) if len(block.lines) == 1 else unwrap(block.lines)


def unwrap(lines: Sequence[str]) -> str:
    """Join the lines of one running text; Chinese and Japanese need no space between them."""
    joined = " ".join(lines[0].split())
    for line in (" ".join(line.split()) for line in lines[1:]):
        if line:
            joined += line if joined and joined[-1] >= "\u2e80" and line[0] >= "\u2e80" else " " + line
    return joined


def _paragraphs(blocks: Sequence[Block], wrapped: bool) -> Iterator[tuple[Block, bool]]:
    """The paragraphs of prose, and whether each stands alone between blank lines. In text that is broken to fit a
    width a block is one paragraph; elsewhere each line is, and a first line may be a heading above its text."""
    for block in blocks:
        if block.wrapped or block.kind not in ("", "prose") or len(block.lines) == 1 or wrapped:
            headed = len(block.lines) > 1 and wrapped and _is_named_heading(" ".join(block.lines[0].split()))
            if headed and block.kind == "":
                yield Block(block.lines[:1]), True
                yield Block(block.lines[1:]), False
            else:
                yield block, len(block.lines) == 1
        else:
            for place, line in enumerate(block.lines):
                yield Block((line,), block.kind), place == 0 and not is_capital_heading(line.strip())


def _is_asking_heading(text: str) -> bool:
    """Whether a line is a heading that asks or calls out ("Who Stole the Tarts?"): short, its words capitalised."""
    words = re.findall(r"[^\W\d_][\w'’]*", text)
    if not 2 <= len(words) <= 12 or text[-1] not in "?!" or text[0] in "\"“'‘«" or len(text) > 80:
        return False
    large = sum(word[0].isupper() for word in words)
    return words[0][0].isupper() and words[-1][0].isupper() and large >= len(words) / 2


def _numbered(flat: Sequence[tuple[Block, bool]]) -> dict[int, tuple[str, str]]:
    """The author's own panels: paragraphs that a label or a number opens ("Panel 2: ...", "2. ..."), rising, at least
    two. Each is (number, words)."""
    found: dict[int, tuple[str, str]] = {}
    labelled = False
    for place, (block, _) in enumerate(flat):
        match = _NUMBERED.fullmatch(_text(block)) if block.kind in ("", "prose") else None
        if match is None:
            continue
        words, number = match["words"].strip(), match["label"] or match["number"]
        labelled = labelled or bool(match["label"])
        if not words and re.match(r"scene|page", _text(block), re.IGNORECASE):
            continue  # a heading above a part of the story
        if not words and place + 1 < len(flat) and flat[place + 1][0].kind in ("", "prose"):
            found[place] = (number, "")  # the label stands on a line of its own, above what happens
            found[place + 1] = (number, _text(flat[place + 1][0]))
            continue
        if len(words.split()) < 3 and words and words[-1:] not in ".!?":
            continue  # a chapter's name: "Scene 2: The mill"
        if words:
            found[place] = (number, words)
    rising = [
        int(number.rstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")) for number, _ in found.values()
    ]
    in_order = all(a < b or (labelled and a == b) for a, b in itertools.pairwise(rising))
    return found if len(found) > 1 and (labelled or (in_order and rising[0] <= 1)) else {}


def _is_title(line: str) -> bool:
    """Whether the first paragraph is the story's title: short, and no sentence."""
    return len(line) <= 80 and len(line.split()) <= 12 and line[-1] not in ".…。！？:;,\"'”’»」』)"
