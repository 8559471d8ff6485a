"""A request as words that know what they point at: scenes, people, numbers, quoted text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from agent.language import knows_word
from agent.requests.lexicon import correct
from agent.requests.tokens import Token, read_words

__all__ = ["BREAKS", "HESITATIONS", "Scope", "Text", "Word", "low", "read_text", "word_set"]


@lru_cache(maxsize=256)
def word_set(words: str) -> frozenset[str]:
    """A set of words, written as one text."""
    return frozenset(words.split())


BREAKS = frozenset((".", "!", "?", ";", "\n"))
HESITATIONS = word_set(
    """
    um uh uhm umm er erm hmm hm ah oh ooh well okay ok so like basically kinda lol haha
    """
)
"""Said without meaning anything, wherever they stand; `_hesitates` says where "so", "like" and "well" are none."""
_SLIPS = frozenset(("teh", "adn", "hte", "taht"))
_MEANT = frozenset(("so", "like", "well", "ok", "okay", "oh"))


@dataclass(frozen=True)
class Scope:
    """Scenes that words point at, as positions from 1. `kind` is "named" (by number or ordinal), "all", "described",
    "since" (from one on) or "back" (what was talked of). `missing` are numbers that the board does not have; `words`
    is the description that nothing fits, or several do (`fitting`); `noun` is whether a word such as "panel" named
    them."""

    positions: tuple[int, ...]
    kind: str = "named"
    missing: tuple[int, ...] = ()
    words: str = ""
    noun: bool = False
    fitting: tuple[int, ...] = ()


@dataclass(frozen=True)
class Word:
    """`low` is its plain spelling; `kind` is "word", "number", "ordinal", "quote", "mark",
    "scenes", "version" or "person". The
    source is `text[start:end]`. A number has its `number`, a quote its `quote`, and so on."""

    low: str
    start: int
    end: int
    kind: str = "word"
    number: int = 0
    quote: str = ""
    scope: Scope | None = None
    people: tuple[str, ...] = ()

    def is_word(self, *spellings: str) -> bool:
        """Whether it is one of these words."""
        return self.kind == "word" and self.low in spellings


@dataclass(frozen=True)
class Text:
    """A message and its words."""

    source: str
    words: tuple[Word, ...] = field(default=())

    def raw(self, words: Sequence[Word]) -> str:
        """The person's own words, between the first and the last of these."""
        return " ".join(self.source[words[0].start : words[-1].end].split()) if words else ""

    def plain(self, words: Sequence[Word]) -> str:
        """These words alone, as they were written, without what stood between them."""
        parts: list[str] = []
        end = -1
        for word in words:
            written = self.source[max(word.start, end) : word.end] if word.start >= end else ""
            glued = parts and word.start == end and written
            if written and (glued or word.kind == "mark" or word.low == "'s"):
                parts.append(written)
            elif written:
                parts.append(f" {written}")
            end = max(end, word.end)
        return "".join(parts).strip(" ,;:.!?—-")


def low(words: Iterable[Word]) -> list[str]:
    """Their plain spellings."""
    return [word.low for word in words]


def read_text(source: str, names: frozenset[str], people: frozenset[str]) -> Text:
    """The words of a message; slips are mended in words that are neither common nor `names` of the board. `people`
    are the words of names, to which a possessive may be written without its mark."""
    words = [_word(_mended(token, source, names), source) for token in read_words(source)]
    words = list(_opened(words))
    kept = [word for place, word in enumerate(words) if not _hesitates(words, place)]
    return Text(source, tuple(_with_possessives(kept, people)))


def _opened(words: Sequence[Word]) -> Iterable[Word]:
    """ "its too gray" as "it is too gray": an "its" before what no noun begins with."""
    for place, word in enumerate(words):
        after = words[place + 1].low if place + 1 < len(words) else ""
        if (word.is_word("its") and after.endswith("ing")) or (
            word.is_word("its")
            and after
            in word_set(
                "too so a an the not very really just way all black white grey gray red blue green brown yellow"
            )
        ):
            yield replace(word, low="it")
            yield Word("is", word.end, word.end)
        else:
            yield word


def _hesitates(words: Sequence[Word], place: int) -> bool:
    word = words[place]
    if word.kind != "word" or word.low not in HESITATIONS:
        return False
    first = place == 0 or words[place - 1].kind == "mark" or words[place - 1].low in HESITATIONS
    return word.low not in _MEANT or (first and word.low not in ("like",))


def _word(token: Token, source: str) -> Word:
    if token.kind in ("number", "ordinal") and isinstance(token.value, float):
        return Word(token.word, token.start, token.end, token.kind, number=int(token.value))
    if token.kind == "quote":
        return Word(token.word, token.start, token.end, "quote", quote=str(token.value))
    kind = "mark" if token.kind == "mark" else "word"
    return Word("—" if token.word in ("--", "–") else token.word, token.start, token.end, kind)


def _mended(token: Token, source: str, names: frozenset[str]) -> Token:
    if token.kind != "word" or token.end - token.start != len(token.word):
        return token
    before = source[: token.start].rstrip()
    if source[token.start].isupper() and before and before[-1] not in ".!?\n":
        return token
    if knows_word(token.word) and token.word not in _SLIPS:
        return token
    word = correct(token.word, names)
    return token if word == token.word else replace(read_words(word)[0], start=token.start, end=token.end)


def _with_possessives(words: Iterable[Word], names: frozenset[str]) -> Iterable[Word]:
    """ "danas face" as "dana 's face", where Dana is a name of the board and "danas" is not."""
    for word in words:
        stem = word.low.removesuffix("s")
        if word.kind == "word" and word.low != stem and word.low not in names and stem in names and len(stem) > 2:
            yield replace(word, low=stem, end=word.end - 1)
            yield Word("'s", word.end - 1, word.end)
        else:
            yield word
