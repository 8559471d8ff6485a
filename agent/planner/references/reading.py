"""What readers of scene references share: the words before them, and the value that they find."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from agent.requests.board_index import BoardIndex
from agent.requests.lexicon import LEXICON
from agent.requests.tokens import Token

__all__ = [
    "DETERMINERS",
    "EVERY",
    "EVERYWHERE",
    "HER",
    "NOUNS",
    "ONES",
    "PLURAL",
    "SINGULAR",
    "Found",
    "Reading",
    "Scenes",
    "unique",
]

AND = LEXICON.grammar["joining"]
IMPERATIVES = LEXICON.grammar["imperatives"]

SINGULAR = frozenset(["scene", "panel", "picture", "frame", "image", "drawing", "illustration"])
PLURAL = frozenset(f"{noun}s" for noun in SINGULAR)
NOUNS = SINGULAR | PLURAL
ONES = frozenset(("one", "ones"))
DETERMINERS = frozenset(["the", "this", "that", "these", "those", "my", "our", "any"])
EVERY = frozenset(["all", "every", "each", "both", "everything"])
EVERYWHERE = frozenset(["everywhere", "anywhere"])  # of scenes, or of the things in them
HER = frozenset(["she", "he", "her", "him", "his", "hers", "they", "them", "their"])


@dataclass(frozen=True)
class Scenes:
    """Scenes that a request names, as positions in the order in which they were named; some may not exist.
    `every` says that all were meant ("everything"), `since` that it goes on from a scene ("from 5 on"), `counted` that
    they are mere numbers and may mean something else, `ordinal` that it is "the third" (-1: "the last"), `placed` that
    only their place was named ("the bridge"), which may mean the bridge itself, `step` that they are reckoned from
    what was just spoken of ("that one": 0, "the next one": 1). Where words fit several scenes or none, `unclear` is
    those words and `positions` what they may mean."""

    positions: tuple[int, ...]
    every: bool = False
    since: bool = False
    counted: bool = False
    ordinal: int | None = None
    placed: bool = False
    step: int | None = None
    unclear: str = ""


Found = tuple[Scenes, int]


class Reading:
    """Words by their place. Readers of references build on it: each of their methods takes an index of `tokens` and
    returns what it found with the index after it, or None."""

    def __init__(self, tokens: Sequence[Token], index: BoardIndex) -> None:
        self.tokens = tokens
        self.index = index
        self.mentioned: tuple[int, ...] = ()

    def _word(self, i: int) -> str:
        return self.tokens[i].word if 0 <= i < len(self.tokens) else ""

    def _number(self, i: int) -> int | None:
        if not 0 <= i < len(self.tokens):
            return None
        token = self.tokens[i]
        if token.kind == "number" and isinstance(token.value, float) and token.value == int(token.value):
            return int(token.value)
        return None

    def _separator(self, i: int) -> int | None:
        end = i
        while self._word(end) in AND:
            end += 1
        return end if end > i else None

    def _is_command(self, i: int) -> bool:
        return any(
            meaning.kind == "says" and meaning.value in IMPERATIVES
            for meaning in LEXICON.phrases.get((self._word(i),), ())
        )

    def _may_follow(self, i: int) -> bool:
        """Whether a reference may end before this word: "the first darker" is a scene, "the first person" is not."""
        token = self.tokens[i]
        return (
            token.kind != "word"
            or token.word in LEXICON.filler
            or (token.word,) in LEXICON.phrases
            or token.word in {"look", "looks", "and", "too", "with", "where", "from", "after", "before", "'s"}
        )


def unique(positions: Sequence[int]) -> tuple[int, ...]:
    """The positions once each, in the order in which they were named."""
    return tuple(dict.fromkeys(positions))
