"""The pattern language of the table of intents.

A pattern is words and slots: `"swap {scenes} with {other:scenes}"`.

| written | means |
|---|---|
| `word`, `a|b` | that word, one of these words (words as the lexicon means them: "get rid of" is `delete`) |
| `{time}`, `{other:scenes}` | an item of that kind, kept under that name |
| `{detail+}` | one or more items of that kind |
| `{what...}` | any words, one or more, kept as the person wrote them |
| `[...]` | may be missing |
| `(x & y)` | in either order |
| `@change` | any of the plain words for changing something |

Filler ("please", "could you", "the") may stand anywhere between. A pattern must account for every other word of the
clause: what it does not know, it does not pass over.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import permutations

import regex

from agent.planner.items import Item

__all__ = ["Match", "encode", "match_pattern"]

_ELEMENT = regex.compile(
    r"\{(?:(?P<name>\w+):)?(?P<kind>\w+)(?P<free>\.\.\.|\+)?\}|(?P<open>\[)|(?P<close>\])|(?P<word>[^\s\[\]{}]+)"
)
_FILLER = r"(?:[^\s<]+<[^>]*\bF\b[^>]*> )"
CHANGE = "change|put|use|swap|add|move|set|see|go|try|want|give|place|redraw|replace|do|start|stay|remain|as|has"
LONGEST_CLAUSE = 120


@dataclass(frozen=True)
class Match:
    """What a pattern found: the items of its slots, by name; `free` counts words that only a free slot accounts for,
    `outside` those that might be values, and are in no slot."""

    slots: Mapping[str, tuple[Item, ...]]
    free: int
    outside: int


def match_pattern(pattern: str, items: Sequence[Item], code: str) -> Match | None:
    """Matches a whole clause; `code` is `encode(items)`."""
    found = _compiled(pattern).fullmatch(code)
    if found is None:
        return None
    slots: dict[str, tuple[Item, ...]] = {}
    for name, value in found.groupdict().items():
        if value is not None and not name.startswith("_"):
            slots[name] = tuple(items[int(place)] for place in regex.findall(r":(\d+)>", value))
    for name, kind in regex.findall(r"\{(?:\w+:)?((\w+))\+\}", pattern):
        slots[name] = tuple(item for item in slots.get(name, ()) if kind in item.values)
    free = sum(len(value) for name, value in slots.items() if f"{{{name}...}}" in pattern)
    kept = {item.start for value in slots.values() for item in value}
    return Match(slots, free, sum(bool(item.values) and item.start not in kept for item in items))


def encode(items: Sequence[Item]) -> str:
    """A clause as a string for regular expressions: `word<kinds:index> ` for each item."""
    return "".join(
        f"{item.word.replace('<', '‹').replace(' ', '_')}<{' '.join((*item.values, *(['F'] if item.filler else [])))}:{i}> "
        for i, item in enumerate(items[:LONGEST_CLAUSE])
    )


@cache
def _compiled(pattern: str) -> regex.Pattern[str]:
    return regex.compile("|".join(f"(?:{_expression(ordered)})" for ordered in _orders(pattern)))


def _orders(pattern: str) -> Iterator[str]:
    """The pattern with the parts of its first group "(a & b)" in each order, and so on."""
    group = regex.search(r"\(([^()]*)\)", pattern)
    if group is None:
        yield pattern
        return
    for parts in permutations(group[1].split("&")):
        yield from _orders(pattern[: group.start()] + " ".join(parts) + pattern[group.end() :])


def _expression(pattern: str) -> str:
    out = [f"{_FILLER}*?"]
    for element in _ELEMENT.finditer(pattern):
        if element["open"]:
            out.append("(?:")
        elif element["close"]:
            out.append(")?")
        elif element["word"]:
            spelled = element["word"].replace("@change", CHANGE)
            words = "|".join(regex.escape(word) for word in spelled.split("|"))
            out.append(rf"(?:(?:{words})<[^>]*> ){_FILLER}*?")
        else:
            kind = element["kind"]
            name = element["name"] or kind
            one = r"[^\s<]+<[^>]*> " if element["free"] == "..." else rf"[^\s<]+<[^>]*\b{kind}\b[^>]*> "
            if element["free"] == "...":  # what only leads up to it is not part of it
                out.append(f"{_FILLER}*")
            if element["free"] == "+":
                one += f"{_FILLER}*?"
            out.append(f"(?P<{name}>(?:{one}){'+?' if element['free'] else ''}){_FILLER}*?")
    return "".join(out)
