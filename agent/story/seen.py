"""What of a text can be seen: its sentences without what is said, supposed, wished or told of earlier."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from agent.language import Document, Token, parse_all
from agent.story.readers import is_cue
from agent.story.sentences import split_sentences
from agent.story.speech import told

__all__ = ["Telling", "shown", "told_documents", "told_sentences"]

_ON_THE_WAY = ("way", "road", "path", "journey", "lane")
_HANGING = ("dobj", "dative", "prep", "prt", "oprd", "agent", "npadvmod")


# "NORA (9)" in a screenplay's action is parsed as "Nora"; "I" and initials stay.
_CAPITALS = re.compile(r"\b[A-ZÀ-Þ]{2,}(?:['’]S)?\b")


class Telling(NamedTuple):
    """A parsed sentence: `document` starts at `start` of the text, the sentence with its speech is `[first:last]`."""

    start: int
    document: Document
    first: int
    last: int


@lru_cache(maxsize=4096)
def told_documents(text: str) -> tuple[Telling, ...]:
    """The parsed sentences of what an English text tells. Words in capitals are parsed as names are written, so that
    positions stay."""
    tale = told(text)
    spans: list[tuple[int, int, int]] = []
    pieces: list[str] = []
    for sentence in split_sentences(text, "en"):
        if sentence.heading or ("\n" in sentence.text and is_cue(sentence.text.partition("\n")[0].strip())):
            continue
        piece = tale[sentence.start : sentence.end]
        if any(map(str.isalnum, piece)):
            spans.append((sentence.start + len(piece) - len(piece.lstrip()), sentence.start, sentence.end))
            pieces.append(_CAPITALS.sub(lambda word: word[0].capitalize(), piece.strip()))
    return tuple(
        Telling(start, document, first, last)
        for (start, first, last), document in zip(spans, parse_all(pieces), strict=True)
    )


def told_sentences(text: str) -> list[tuple[int, Document]]:
    """Parse the sentences of what a text tells, each with where it starts."""
    return [(telling.start, telling.document) for telling in told_documents(text)]


def shown(text: str, tale: str) -> str:
    """Blank out (by spaces, so that positions stay) what a tale only supposes, wishes or tells of earlier, and where
    somebody is only on the way to. `tale` is `text` with speech blanked out; English."""
    letters = list(tale)
    for start, document in told_sentences(text):
        for token in _unseen(document):
            letters[start + token.start : start + token.end] = " " * len(token.text)
    return "".join(letters)


def _unseen(document: Document) -> list[Token]:
    spans: list[tuple[int, int]] = []
    for clause in document.clauses:
        if clause.happens and clause.tense != "before":
            continue
        if clause.verb.relation not in ("ROOT", "conj"):
            spans.append((clause.verb.left, clause.verb.right))
        elif clause.irrealis:  # "it should have come at midnight, but it was five"
            hanging = [c for c in document.children[clause.verb.index] if c.relation in _HANGING]
            spans += [(child.left, child.right) for child in hanging]
    for token in document.tokens:
        if token.lemma == "to" and token.relation == "prep" and document.tokens[token.head].lemma in _ON_THE_WAY:
            spans.append((token.left, token.right))
    return [token for left, right in spans for token in document.tokens[left:right]]
