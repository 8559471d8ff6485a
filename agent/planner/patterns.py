"""The pattern language of the table of intents.

A pattern is words and slots: `"swap {scenes} with {other:scenes}"`.

| written | means |
|---|---|
| `word`, `a|b`, `a|{time}` | that word, one of these words (as the lexicon means them: "get rid of" is `delete`) |
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

__all__ = ["Match", "encode", "key_of", "match_pattern"]

_TOKEN = regex.compile(r"\[|\]|[^\s\[\]]+")
_SLOT = regex.compile(r"\{(?:(?P<name>\w+):)?(?P<kind>\w+)(?P<free>\.\.\.|\+)?\}")
_FILLER = r"(?:[^\s<]+<[^>]*\bF\b[^>]*> )"
CHANGE = (
    "lower|raise|increase|reduce|decrease|change|put|use|swap|add|move|set|see|go|try|want|give|place|redraw|replace|do|"
    "start|stay|remain|as|has"
)
LONGEST_CLAUSE = 120


@dataclass(frozen=True)
class Match:
    """What a pattern found: the items of its slots, by name; `free` counts words that only a free slot accounts for,
    `outside` those that might be values, and are in no slot."""

    slots: Mapping[str, tuple[Item, ...]]
    free: int
    outside: int


def match_pattern(pattern: str, items: Sequence[Item], code: str, present: frozenset[str]) -> Match | None:
    """Matches a whole clause; `code` and `present` are `encode(items)`."""
    if not all(needed & present for needed in _needed(pattern)):
        return None
    found = _expression_of(pattern).fullmatch(code)
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


def encode(items: Sequence[Item]) -> tuple[str, frozenset[str]]:
    """A clause as a string for regular expressions, `word<kinds:index> ` for each item; and the words and kinds that
    are in it."""
    present = {item.word for item in items} | {f"<{kind}>" for item in items for kind in item.values}
    code = "".join(f"{_spelled(item)}<{_kinds(item)}:{i}> " for i, item in enumerate(items[:LONGEST_CLAUSE]))
    return code, frozenset(present)


def _spelled(item: Item) -> str:
    return item.word.replace("<", "‹").replace(" ", "_")


def _kinds(item: Item) -> str:
    return " ".join((*item.values, "F") if item.filler else item.values)


@cache
def _needed(pattern: str) -> tuple[frozenset[str], ...]:
    """For each part of a pattern that may not be missing, the words and kinds of item one of which a clause must have:
    most patterns are ruled out by that alone, and are never compiled."""
    return tuple(_needs(next(_orders(pattern))))


def key_of(pattern: str) -> frozenset[str]:
    """The words and kinds of item one of which a clause must have, where the pattern asks for any: those that are said
    most seldom."""
    return min(_needed(pattern), key=lambda need: ("<scenes>" in need, len(need)), default=frozenset())


@cache
def _expression_of(pattern: str) -> regex.Pattern[str]:
    return regex.compile("|".join(f"(?:{_expression(ordered)})" for ordered in _orders(pattern)))


def _orders(pattern: str) -> Iterator[str]:
    """The pattern with the parts of its first group "(a & b)" in each order, and so on."""
    group = regex.search(r"\(([^()]*)\)", pattern)
    if group is None:
        yield pattern.replace("@change", CHANGE)
        return
    for parts in permutations(group[1].split("&")):
        yield from _orders(pattern[: group.start()] + " ".join(parts) + pattern[group.end() :])


def _needs(pattern: str) -> Iterator[frozenset[str]]:
    depth = 0
    for token in _TOKEN.findall(pattern):
        depth += (token == "[") - (token == "]")
        if depth == 0 and token != "]" and "..." not in token:
            yield frozenset(
                f"<{slot['kind']}>" if (slot := _SLOT.fullmatch(part)) else part for part in token.split("|")
            )


def _expression(pattern: str) -> str:
    out = [f"{_FILLER}*?"]
    for token in _TOKEN.findall(pattern):
        if token == "[":
            out.append("(?:")
        elif token == "]":
            out.append(")?")
        else:
            if "..." in token:
                out.append(f"{_FILLER}*")  # what only leads up to a free slot is not part of it
            out.append(f"(?:{'|'.join(_part(part) for part in token.split('|'))}){_FILLER}*?")
    return "".join(out)


def _part(part: str) -> str:
    slot = _SLOT.fullmatch(part)
    if slot is None:
        return f"{regex.escape(part)}<[^>]*> "
    kind = slot["kind"]
    name = slot["name"] or kind
    if slot["free"] == "...":
        return rf"(?P<{name}>(?:[^\s<]+<[^>]*> )+?)"
    one = rf"[^\s<]+<[^>]*\b{kind}\b[^>]*> "
    return f"(?P<{name}>(?:{one}{_FILLER}*?)+?)" if slot["free"] else f"(?P<{name}>{one})"
