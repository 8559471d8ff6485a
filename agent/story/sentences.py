"""Sentences of a text, in six languages: Punkt (Kiss and Strunk 2006, doi:10.1162/coli.2006.32.4.485) with
abbreviations of our own where words are apart by spaces, the full stop's own forms where they are not."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from agent.story.readers import is_cue, is_heading, is_slug

if TYPE_CHECKING:
    from nltk.tokenize.punkt import PunktSentenceTokenizer

__all__ = ["LANGUAGES", "Sentence", "detect_language", "split_sentences"]

LANGUAGES = ("en", "es", "fr", "de", "zh", "ja")

# Frequent small words that no two of these languages share.
_MARKS = {
    "en": [
        "the",
        "and",
        "was",
        "of",
        "to",
        "he",
        "she",
        "his",
        "her",
        "had",
        "with",
        "they",
        "that",
        "it",
        "said",
        "were",
        "from",
        "at",
        "is",
        "you",
        "for",
        "on",
        "my",
        "but",
    ],
    "es": [
        "el",
        "los",
        "las",
        "y",
        "que",
        "del",
        "una",
        "con",
        "por",
        "su",
        "se",
        "había",
        "era",
        "para",
        "estaba",
        "pero",
        "muy",
        "dijo",
        "cuando",
        "más",
        "lo",
        "como",
        "al",
    ],
    "fr": [
        "le",
        "les",
        "et",
        "une",
        "dans",
        "il",
        "elle",
        "était",
        "avec",
        "pour",
        "qui",
        "sur",
        "pas",
        "avait",
        "des",
        "du",
        "au",
        "ce",
        "sa",
        "mais",
        "dit",
        "se",
        "où",
    ],
    "de": [
        "der",
        "die",
        "das",
        "und",
        "ein",
        "eine",
        "war",
        "mit",
        "nicht",
        "sich",
        "er",
        "sie",
        "den",
        "dem",
        "ist",
        "zu",
        "auf",
        "hatte",
        "von",
        "im",
        "aber",
        "sagte",
        "wie",
    ],
}
_ABBREVIATIONS = {
    "en": "mr mrs ms dr prof st sr jr capt col gen lt sgt rev hon mt vs etc e.g i.e a.m p.m no vol fig dept inc ltd co "
    "messrs mme mlle esq gov pres sen rep maj cmdr jan feb mar apr jun jul aug sep sept oct nov dec",
    "es": "sr sra srta dr dra d dña ud uds vd vds prof gral cap lic ing av pág núm etc p.ej ee.uu a.c d.c s st sto sta",
    "fr": "m mm mme mlle mlles mgr dr me st ste prof p vol av bd etc p.ex cf env ch fig",
    "de": "hr fr dr prof st z.b d.h u.a usw bzw ca nr str evtl ggf inkl jh jan feb apr aug sept okt nov dez bspw vgl",
}
_EAST_END = re.compile(r"[。！？!?…‥]+[」』”’）)》〉\"]*")
_OPEN, _CLOSE = "“«„「『", "”»“」』"


@dataclass(frozen=True)
class Sentence:
    """`text` is the story's own `[start:end]`; `paragraph` counts from 0; `heading` marks a title or chapter line."""

    text: str
    start: int
    end: int
    paragraph: int
    heading: bool = False


_KANA = re.compile("[\u3040-\u30ff]")
_HAN = re.compile("[\u4e00-\u9fff]")


@lru_cache(maxsize=64)
def detect_language(text: str) -> str:
    """The language of a text: one of LANGUAGES ("en" where nothing speaks for another). Looks at its beginning."""
    sample = text[:6000]
    kana, han = len(_KANA.findall(sample)), len(_HAN.findall(sample))
    if kana or han:
        letters = sum(map(str.isalpha, sample))
        if kana > letters * 0.1:
            return "ja"
        if han > letters * 0.2:
            return "zh"
    words = Counter(re.findall(r"[^\W\d_]+", sample.lower()))
    scores = {language: sum(words[word] for word in marks) for language, marks in _MARKS.items()}
    best = max(scores, key=lambda language: scores[language])
    return best if scores[best] > scores["en"] else "en"


@lru_cache(maxsize=8)
def _punkt(language: str) -> PunktSentenceTokenizer:
    # NLTK takes as long to import as everything else of a turn together; an edit that reads no text does without it.
    from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer

    parameters = PunktParameters()
    parameters.abbrev_types = set(_ABBREVIATIONS.get(language, _ABBREVIATIONS["en"]).split())
    parameters.abbrev_types |= set("abcdefghijklmnopqrstuvwxyz") - {"i"}  # initials, but "and I." ends a sentence
    return PunktSentenceTokenizer(parameters)


@lru_cache(maxsize=512)
def split_sentences(text: str, language: str | None = None, *, whole_quotes: bool = True) -> tuple[Sentence, ...]:
    """Every character of `text` but white space is in exactly one sentence, in order. With `whole_quotes`, what one
    person says in one breath is one sentence, with its "said Mira". `language` is a code; None detects it."""
    language = language or detect_language(text)
    sentences: list[Sentence] = []
    for whole, paragraph in _paragraphs(text):
        if whole or paragraph.heading:
            sentences.append(paragraph)
            continue
        prose = paragraph.text
        for a, b in _joined(prose, _spans(prose, language), whole_quotes):
            at = paragraph.start
            sentences.append(Sentence(prose[a:b], at + a, at + b, paragraph.paragraph))
    return tuple(sentences)


@lru_cache(maxsize=8192)
def _spans(paragraph: str, language: str) -> list[tuple[int, int]]:
    """Where the sentences of a paragraph are; kept, since a story is read whole and then scene by scene."""
    east = language in ("zh", "ja")
    return _at_openings(paragraph, _east(paragraph) if east else list(_punkt(language).span_tokenize(paragraph)))


def body_start(text: str) -> int:
    """Where what is told begins, behind titles and headings; 0 where there is nothing else."""
    return next((paragraph.start for _, paragraph in _paragraphs(text) if not paragraph.heading), 0)


def _paragraphs(text: str) -> Iterator[tuple[bool, Sentence]]:
    """The paragraphs, each as if it were one sentence, and whether it is to stay so: a screenplay's dialogue stays with
    its speaker."""
    number = 0
    for match in re.finditer(r"\S(?:.|\n(?!\s*\n))*", text):
        block, offset = match[0].rstrip(), match.start()
        first_line, _, more = block.partition("\n")
        if more and is_cue(first_line):
            yield True, Sentence(block, offset, offset + len(block), number)
            number += 1
            continue
        for line in re.finditer(r"\S[^\n]*", block):
            paragraph, start = line[0].rstrip(), offset + line.start()
            title = start == 0 and len(paragraph) < min(80, len(text)) and paragraph[-1].isalnum()
            heading = is_slug(paragraph) or is_heading(paragraph) or (title and len(paragraph.split()) <= 12)
            yield False, Sentence(paragraph, start, start + len(paragraph), number, heading=heading)
            number += 1


def _east(paragraph: str) -> list[tuple[int, int]]:
    spans, start = [], 0
    for end in _EAST_END.finditer(paragraph):
        spans.append((start, end.end()))
        start = end.end()
    if start < len(paragraph):
        spans.append((start, len(paragraph)))
    return [(a + len(paragraph[a:b]) - len(paragraph[a:b].lstrip()), b) for a, b in spans if paragraph[a:b].strip()]


def _at_openings(paragraph: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans cut also where a quotation opens after a full stop, which Punkt takes for no beginning."""
    cut: list[tuple[int, int]] = []
    for a, b in spans:
        start = a
        for gap in re.finditer(r"(?<=[^\W\d_]{2}[.!?…]) +(?=[«„“¿¡])", paragraph[a:b]):
            cut.append((start, a + gap.start()))
            start = a + gap.end()
        cut.append((start, b))
    return cut


def _joined(paragraph: str, spans: list[tuple[int, int]], whole_quotes: bool) -> list[tuple[int, int]]:
    """Spans put together where a border fell inside a quotation or between it and its "she said"."""
    joined: list[tuple[int, int]] = []
    open_quote = False
    for a, b in spans:
        piece = paragraph[a:b]
        before = paragraph[joined[-1][0] : joined[-1][1]] if joined else ""
        # "Where?" she asked; a lone closing mark; an ellipsis in mid-sentence
        tail = before.endswith(('"', "”", "’", "»", "」", "'", "…", "...", "?", "!")) and piece[:1].islower()
        tail = tail or (piece[:1] == "と" and before.endswith(("」", "』")))  # the particle of what was said
        tail = tail or (not any(map(str.isalnum, piece)) and piece[0] not in "«„“¿¡(")
        tail = tail or not any(map(str.isalnum, before))  # an opening mark alone belongs to what it opens
        quoted = whole_quotes and open_quote and joined and b - joined[-1][0] <= 600
        if joined and (tail or quoted):
            joined[-1] = (joined[-1][0], b)
        else:
            joined.append((a, b))
        open_quote = _is_open(paragraph[joined[-1][0] : joined[-1][1]])
    return joined


def _is_open(text: str) -> bool:
    """Whether a quotation that begins in `text` has not ended there."""
    if text.count('"') % 2:
        return True
    if "„" in text:
        return text.count("„") > text.count("“") + text.count("”")
    return any(text.count(mark) > text.count(end) for mark, end in zip("“«「『", "”»」』", strict=True))
