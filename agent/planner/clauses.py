"""A message as clauses, each read by one row of the table of intents.

"make 3 darker, delete 5 and swap 1 and 2" is cut where cutting leaves the fewest words unexplained: a comma or an "and"
inside a thing to add ("an owl and a candle") is no border, since what stands behind it means nothing by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from agent.planner.intents import TABLE, Intent
from agent.planner.items import Item
from agent.planner.patterns import Match, encode, match_pattern

__all__ = ["Clause", "read_clauses"]

JOINTS = frozenset(
    ("and", "then", "but", "also", "plus", "too", "so", ",", ".", ";", "!", "?", "-", "—", "…", "...", "\n", "&")
)
BREAKS = JOINTS - {"and", "also", "plus", "too", "&"}
CROSSING = 1.5
STRONG = frozenset((".", ";", "!", "?"))
QUESTIONS = frozenset(
    ["who", "what", "where", "which", "when", "why", "how", "is", "are", "does", "did", "was", "were", "has", "am"]
)
UNREAD = 100.0
LONGEST = 80
MOST_JOINTS = 24


@dataclass(frozen=True)
class Clause:
    """A part of a message and what it means: `intent` is None where nothing does, or where it only joins."""

    items: tuple[Item, ...]
    intent: Intent | None = None
    match: Match | None = None
    negated: bool = False
    empty: bool = False


def read_clauses(items: Sequence[Item]) -> list[Clause]:
    """The clauses of a message, in order; those that say nothing ("please") are left out."""
    borders = [0]
    for place, item in enumerate(items):
        if (item.word in JOINTS) and len(borders) < MOST_JOINTS:
            borders += [place, place + 1]
    borders = sorted({*borders, len(items)})
    best: dict[int, tuple[float, list[Clause]]] = {0: (0.0, [])}
    for end_place in range(1, len(borders)):
        end = borders[end_place]
        options: list[tuple[float, list[Clause]]] = []
        for start in borders[:end_place]:
            if start not in best:
                continue
            piece = tuple(items[start:end])
            if not _may_stand(items, start, end):
                continue
            cost, clause = _read(piece)
            before_cost, before = best[start]
            options.append((before_cost + cost, [*before, clause]))
        best[end] = min(options, key=lambda option: option[0])
    return [clause for clause in best[borders[-1]][1] if not clause.empty]


def _may_stand(items: Sequence[Item], start: int, end: int) -> bool:
    """A piece is a joint alone, or lies between joints without one at its edges."""
    if end - start == 1:
        return True
    return items[end - 1].word not in JOINTS - {"too"} and (start == 0 or items[start - 1].word in JOINTS)


def _read(items: tuple[Item, ...]) -> tuple[float, Clause]:
    content = [item for item in items if not item.filler and item.word not in JOINTS]
    if not content and len(items) <= LONGEST and not any("it" in item.values and item.word in {"it"} for item in items):
        return (0.1 if items[0].word not in STRONG else 0.0), Clause(items, empty=True)
    if len(items) > LONGEST:
        return UNREAD + len(items), Clause(items)
    question = _is_question(items)
    code = encode(items)
    best: tuple[tuple[int, int], Intent, Match] | None = None
    for intent in TABLE:
        if question and not intent.asks:
            continue
        for pattern in intent.patterns:
            match = match_pattern(pattern, items, code)
            if match is None:
                continue
            rank = (match.free, match.outside)
            if best is None or rank < best[0]:
                best = rank, intent, match
    crossed = CROSSING * sum(item.word in BREAKS for item in items[1:-1])
    if best is not None:
        (free, outside), intent, match = best
        return 1.0 + free + 0.1 * outside + crossed, Clause(items, intent, match)
    if content and content[0].word in {"not", "never"}:
        return 2.0 + 0.1 * len(content), Clause(items, negated=True)
    if len(content) == 1 and "scenes" in content[0].values:
        return 1.5, Clause(items, match=Match({"scenes": (content[0],)}, 0, 0))
    return UNREAD + len(content), Clause(items)


def _is_question(items: Sequence[Item]) -> bool:
    words = [item.word for item in items if item.word not in {",", "so", "and", "but", "then", "please", "ok"}]
    return bool(words) and words[0] in QUESTIONS and words[1:2] != ["about"]
