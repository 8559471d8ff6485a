"""What is said and what is told in a text: quotations in the marks of six languages, dashes, and screenplay cues."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from agent.story.readers import is_cue

__all__ = ["SPEECH_VERBS", "Speech", "find_speech", "told"]

SPEECH_VERBS = (
    r"(?:said|says|asked|asks|cried|shouted|whispered|replied|answered|called|murmured|exclaimed|laughed|sighed|"
    r"muttered|"
    r"yelled|begged|growled|added|told|whimpered|sobbed|announced|agreed|explained|screamed|smiled|nodded|gasped|"
    r"grinned|"
    r"continued|warned|promised|admitted|snapped|repeated|wondered|hissed|squeaked|barked|roared|chirped|croaked|"
    r"dijo|preguntó|respondió|gritó|exclamó|contestó|susurró|murmuró|dit|demanda|répondit|cria|murmura|s'écria|"
    r"sagte|fragte|antwortete|rief|flüsterte|sprach|meinte|schrie)"
)
"""A pattern of verbs of speech in the languages that are written with letters."""

_QUOTE = re.compile(
    r"“[^”]*(?:”|$)|«[^»]*(?:»|$)|„[^“”]*(?:[“”]|$)|「[^」]*(?:」|$)|『[^』]*(?:』|$)|\"[^\"]*(?:\"|$)"
    r"|(?<!\w)‘[^‘]*?[.,!?…—]’(?!\w)|(?<!\w)'(?=\w)[^\n]{0,400}?[.,!?…]'(?!\w)"
)
_DASH = re.compile(r"^[—–-] ?(?=[¡¿\w])([^—–\n]*)", re.MULTILINE)


@dataclass(frozen=True)
class Speech:
    """Words said at `[start:end]` of a text, marks included; `words` without them. `cue` is a screenplay's speaker."""

    words: str
    start: int
    end: int
    cue: str = ""


@lru_cache(maxsize=256)
def find_speech(text: str) -> tuple[Speech, ...]:
    """Everything that is said in a text, in order. A quotation ends with its paragraph at the latest."""
    found: list[Speech] = []
    for match in re.finditer(r"[^\n]+(?:\n(?!\s*\n)[^\n]+)*", text):
        block, offset = match[0], match.start()
        first, _, rest = block.partition("\n")
        if rest and is_cue(first.strip()):
            start = offset + len(first) + 1
            words = re.sub(r"\([^)]*\)", " ", rest)
            name = re.sub(r"\s*\(.*\)|\s*\^$", "", first).strip()
            found.append(Speech(" ".join(words.split()), start, offset + len(block), name))
            continue
        for line in re.finditer(r"[^\n]+", block):
            at = offset + line.start()
            quotes = [(quote.start(), quote.end()) for quote in _QUOTE.finditer(line[0])]
            if not quotes:
                quotes = [(dash.start(), dash.end()) for dash in _DASH.finditer(line[0])]
            for start, end in quotes:
                words = " ".join(line[0][start:end].strip("“”«»„「」『』\"‘’'—–- ").split())
                if any(letter.isalnum() for letter in words):
                    found.append(Speech(words, at + start, at + end))
    return tuple(found)


def told(text: str, speech: tuple[Speech, ...] | None = None) -> str:
    """The text with what is said blanked out by spaces, so that positions stay."""
    pieces, at = [], 0
    for said in find_speech(text) if speech is None else speech:
        pieces += [text[at : said.start], " " * (said.end - said.start)]
        at = said.end
    return "".join([*pieces, text[at:]])
