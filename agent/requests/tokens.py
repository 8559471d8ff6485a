"""A message as words: folded, contractions opened, number words read, quoted text kept whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from db.words import fold

__all__ = ["Token", "read_words"]


@dataclass(frozen=True)
class Token:
    """`kind` is "word", "number", "ordinal", "quote", "size" or "mark"; `word` is the folded form; `value` is
    the number of a number or ordinal (-1 is the last), the inside of a quote, or (width, height) of a size.
    The source is `text[start:end]`; the parts of an opened contraction share their span."""

    kind: str
    word: str
    start: int
    end: int
    value: float | str | tuple[int, int] | None = None


_PATTERN = re.compile(
    r"""
    (?P<quote> "[^"]*" | “[^”]*” | „[^“”]*[“”] | «[^»]*» | ‘[^’]*(?:’\w[^’]*)*’ | (?<![\w])'[^']*(?:'\w[^']*)*'(?!\w) )
  | (?P<size> \d+ \s? [x×] \s? \d+ )
  | (?P<ratio> \d+ : \d+ \b )
  | (?P<ordinal> \d+ (?:st|nd|rd|th) \b )
  | (?P<number> \d+ (?:\.\d+)? (?!\w) )
  | (?P<word> \w+ (?:['’]\w+)* )
  | (?P<mark> \.\.\.|…|--|->|[^\w\s] )
    """,
    re.VERBOSE,
)

_UNITS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
]
_UNITS += ["seventeen", "eighteen", "nineteen"]
_TENS = {
    name: 10 * ten
    for ten, name in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2)
}
_NUMBERS = (
    {name: number for number, name in enumerate(_UNITS)}
    | _TENS
    | {"hundred": 100, "dozen": 12, "twice": 2, "thrice": 3}
)
_ORDINALS = {
    name: number
    for number, name in enumerate(
        [
            "first",
            "second",
            "third",
            "fourth",
            "fifth",
            "sixth",
            "seventh",
            "eighth",
            "ninth",
            "tenth",
            "eleventh",
            "twelfth",
            "thirteenth",
            "fourteenth",
            "fifteenth",
            "sixteenth",
            "seventeenth",
            "eighteenth",
            "nineteenth",
            "twentieth",
        ],
        1,
    )
} | {"last": -1, "final": -1, "penultimate": -2, "ninteenth": 19, "nineth": 9, "forth": 4}

_WHOLE = {
    "can't": "can not", "cannot": "can not", "won't": "will not", "shan't": "shall not", "let's": "let us",
    "cant": "can not", "wont": "will not", "dont": "do not", "doesnt": "does not", "didnt": "did not",
    "isnt": "is not", "arent": "are not", "wasnt": "was not", "shouldnt": "should not", "lets": "let us",
    "whats": "what is", "wheres": "where is", "whos": "who is", "hows": "how is", "thats": "that is",
    "theres": "there is", "im": "i am", "ive": "i have", "id": "i would", "wanna": "want to", "gonna": "going to",
    "gimme": "give me",
    "shud": "should", "cud": "could", "wud": "would", "coz": "because", "cuz": "because",
    "lemme": "let me", "pls": "please", "plz": "please", "plse": "please", "thx": "thanks",
    "ty": "thanks", "u": "you", "ur": "your", "r": "are", "n": "and", "nite": "night", "2nite": "tonight",
    "w": "with", "bg": "background", "pic": "picture", "pics": "pictures", "vers": "versions", "ver": "version",
}  # fmt: skip
_ENDINGS = {"n't": "not", "'re": "are", "'ve": "have", "'ll": "will", "'d": "would", "'m": "am"}
_IS = {
    "it", "that", "this", "there", "here", "what", "who", "where", "how", "which", "she", "he", "everything",
    "something", "nothing",
}  # fmt: skip


def read_words(text: str) -> tuple[Token, ...]:
    """The words of a text, in order. A hyphen between letters separates words ("close-up" is two)."""
    return tuple(_join_numbers(list(_tokens(text))))


def _tokens(text: str) -> Iterator[Token]:
    for found in _PATTERN.finditer(text):
        kind, source, start, end = str(found.lastgroup), found.group(), found.start(), found.end()
        if kind == "quote":
            yield Token("quote", "“”", start, end, source[1:-1].strip())
        elif kind == "size":
            width, height = re.findall(r"\d+", source)
            yield Token("size", source, start, end, (int(width), int(height)))
        elif kind == "ratio":
            yield Token("word", source, start, end)
        elif kind == "ordinal":
            yield Token("ordinal", source.lower(), start, end, float(source[:-2]))
        elif kind == "number":
            yield Token("number", source, start, end, float(source))
        elif kind == "mark":
            if not (source == "-" and text[start - 1 : start].isalpha() and text[end : end + 1].isalpha()):
                yield Token("mark", "—" if source in {"--", "–"} else source, start, end)
        else:
            yield from _word(fold(source), start, end)


def _word(word: str, start: int, end: int) -> Iterator[Token]:
    if word in _WHOLE:
        for part in _WHOLE[word].split():
            yield _plain(part, start, end)
        return
    for ending, meaning in _ENDINGS.items():
        if word.endswith(ending) and len(word) > len(ending):
            yield _plain(word[: -len(ending)], start, end)
            yield Token("word", meaning, start, end)
            return
    if word.endswith("'s"):
        yield _plain(word[:-2], start, end - 2)
        yield Token("word", "is" if word[:-2] in _IS else "'s", end - 2, end)
        return
    yield _plain(word, start, end)


def _plain(word: str, start: int, end: int) -> Token:
    if word in _ORDINALS:
        return Token("ordinal", word, start, end, float(_ORDINALS[word]))
    if word in _NUMBERS and word not in {"zero", "hundred", "dozen"}:
        return Token("number", word, start, end, float(_NUMBERS[word]))
    return Token("word", word, start, end)


def _is_number(tokens: list[Token]) -> bool:
    return bool(tokens) and tokens[0].kind == "number"


def _join_numbers(tokens: list[Token]) -> Iterator[Token]:
    """Twenty five, twenty fifth, second to last, last but one."""
    i = 0
    while i < len(tokens):
        token = tokens[i]
        words = [after.word for after in tokens[i : i + 4]]
        if token.word in _TENS and len(words) > 1 and tokens[i + 1].kind in {"number", "ordinal"}:
            unit = tokens[i + 1]
            if isinstance(unit.value, float) and 0 < unit.value < 10 and not unit.word.isdigit():
                yield replace(unit, start=token.start, value=_TENS[token.word] + unit.value)
                i += 2
                continue
        if (
            token.word == "last"
            and tokens[i + 1 : i + 2]
            and tokens[i + 1].kind == "number"
            and words[2:3]
            and words[2][:3] == "sec"
        ):
            yield Token("word", "last_for", token.start, token.end)
            i += 1
        elif token.word == "last" and words[1:2] == ["but"] and _is_number(tokens[i + 2 : i + 3]):
            back = 1 + float(tokens[i + 2].value or 1)  # type: ignore[arg-type]
            yield Token("ordinal", "last", token.start, tokens[i + 2].end, -back)
            i += 3
        elif words[:3] == ["second", "but", "one"] or (token.word == "next" and words[1:3] == ["to", "last"]):
            yield Token("ordinal", "last", token.start, tokens[i + 2].end, -2.0)
            i += 3
        elif token.kind == "ordinal" and words[1:3] in (["to", "last"], ["from", "last"]):
            yield Token("ordinal", "last", token.start, tokens[i + 2].end, -float(token.value or 1))  # type: ignore[arg-type]
            i += 3
        elif token.kind == "ordinal" and words[1:4] in (["from", "the", "end"], ["to", "the", "last"]):
            yield Token("ordinal", "last", token.start, tokens[i + 3].end, -float(token.value or 1))  # type: ignore[arg-type]
            i += 4
        elif token.word in {"second", "third"} and words[1:2] == ["last"]:
            yield Token("ordinal", "last", token.start, tokens[i + 1].end, -float(token.value or 1))  # type: ignore[arg-type]
            i += 2
        else:
            yield token
            i += 1
