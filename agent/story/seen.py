"""What of a text can be seen: its sentences without what is said, supposed, wished or told of earlier."""

from __future__ import annotations

from agent.language import Document, Token, parse_all
from agent.story.sentences import split_sentences

__all__ = ["shown", "told_sentences"]

_ON_THE_WAY = ("way", "road", "path", "journey", "lane")
_HANGING = ("dobj", "dative", "prep", "prt", "oprd", "agent", "npadvmod")


def told_sentences(text: str, tale: str) -> list[tuple[int, Document]]:
    """Parse the sentences of a tale, each with where it starts in it. `tale` is `text` with speech blanked out."""
    spans = [(sentence.start, sentence.end) for sentence in split_sentences(text, "en") if not sentence.heading]
    spans = [(start, end) for start, end in spans if any(map(str.isalnum, tale[start:end]))]
    starts = [start + len(tale[start:end]) - len(tale[start:end].lstrip()) for start, end in spans]
    pieces = [tale[start:end].strip() for start, (_, end) in zip(starts, spans, strict=True)]
    return list(zip(starts, parse_all(pieces), strict=True))


def shown(text: str, tale: str) -> str:
    """Blank out (by spaces, so that positions stay) what a tale only supposes, wishes or tells of earlier, and where
    somebody is only on the way to. `tale` is `text` with speech blanked out; English."""
    letters = list(tale)
    for start, document in told_sentences(text, tale):
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
