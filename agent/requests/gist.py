"""What a clause says by the meaning of its words: "get rid of" is "delete", "the third version" a version."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from agent.requests.clauses import Clause, take_scope
from agent.requests.lexicon import LEXICON
from agent.requests.words import Word, word_set

__all__ = ["Gist", "Key"]

_SMALL = LEXICON.grammar["small"] | LEXICON.grammar["courtesies"] | word_set("its 's would could should of whole")
_NEGATIONS = word_set("not never no nobody nothing without")
_KINDS = {"number": "num", "ordinal": "ord", "quote": "“”", "person": "person", "version": "version"}


@dataclass(frozen=True)
class Key:
    """A word or phrase by its meaning. `values` maps each kind of value that it may be ("format", "sampler", "time",
    "style" …) to that value."""

    name: str
    words: tuple[Word, ...]
    values: Mapping[str, str] = field(default_factory=dict)


class Gist:
    """The words of a clause without its scenes, by their meanings, in order."""

    def __init__(self, clause: Clause | Sequence[Word]) -> None:
        self.words = list(clause.words if isinstance(clause, Clause) else clause)
        self.rest, self.scopes = take_scope(self.words)
        self.keys = _keys(self.rest)
        self.names = [key.name for key in self.keys]
        self.head = self.names[0] if self.names else ""

    def has(self, *names: str) -> bool:
        """Whether any of these meanings is said."""
        return any(name in self.names for name in names)

    def only(self, names: str) -> bool:
        """Whether nothing but these meanings is said (and small words); a negation is never small."""
        allowed = word_set(names)
        return all(
            key.name in allowed
            or key.words[0].kind == "mark"
            or (key.words[0].kind == "word" and key.name not in _NEGATIONS and _is_small(key))
            for key in self.keys
        )

    def content(self, *less: str) -> list[Word]:
        """The words that are neither small nor of these meanings."""
        return [
            word
            for key in self.keys
            if key.name not in less and key.words[0].kind != "mark" and not _is_small(key)
            for word in key.words
        ]

    def behind(self, *names: str) -> list[Word]:
        """The words behind the first of these meanings."""
        place = next(i for i, name in enumerate(self.names) if name in names)
        return [word for key in self.keys[place + 1 :] for word in key.words]

    def value(self, kind: str) -> str | None:
        """The first value of a kind."""
        return next((key.values[kind] for key in self.keys if kind in key.values), None)

    def numbers(self, kind: str = "number") -> list[int]:
        """The numbers of a kind: "number", "ordinal" or "version"."""
        return [word.number for word in self.rest if word.kind == kind]


def _is_small(key: Key) -> bool:
    return all(word.low in _SMALL for word in key.words) or key.name in _SMALL


def _keys(words: Sequence[Word]) -> list[Key]:
    keys: list[Key] = []
    i = 0
    while i < len(words):
        word = words[i]
        if word.kind != "word":
            keys.append(Key(_KINDS.get(word.kind, word.low), (word,)))
            i += 1
            continue
        for end in range(min(i + LEXICON.longest, len(words)), i, -1):
            phrase = words[i:end]
            if any(part.kind not in ("word", "number", "mark") for part in phrase):
                continue
            meanings = LEXICON.phrases.get(tuple(part.low for part in phrase))
            if meanings:
                name = next((meaning.value for meaning in meanings if meaning.kind == "says"), "")
                values = {meaning.kind: meaning.value for meaning in meanings if meaning.kind != "says"}
                spelled = "_".join(part.low for part in phrase)
                keys.append(Key(name or spelled, tuple(phrase), values))
                i = end
                break
        else:
            keys.append(Key(word.low, (word,)))
            i += 1
    return keys
