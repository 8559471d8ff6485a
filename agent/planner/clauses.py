"""A message as clauses, each read by one row of the table of intents.

"make 3 darker, delete 5 and swap 1 and 2" is cut where cutting leaves the fewest words unexplained: a comma or an "and"
inside a thing to add ("an owl and a candle") is no border, since what stands behind it means nothing by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from agent.planner.intents import TABLE, Intent
from agent.planner.items import CONDITIONS, Item
from agent.planner.patterns import Match, encode, key_of, match_pattern
from agent.requests.lexicon import LEXICON

__all__ = ["Clause", "read_clauses"]

JOINTS = frozenset(
    ("and", "then", "but", "also", "plus", "too", "so", ",", ".", ";", "!", "?", "-", "—", "…", "...", "\n", "&")
)
BREAKS = JOINTS - {"and", "also", "plus", "too", "&"}
CROSSING = 1.5
ACROSS = 10.0
"""What it costs that a "not" reaches over the end of its sentence: only where nothing else can be read there."""
COURTESIES = LEXICON.grammar["courtesies"]
RETRACTING = frozenset(("no", "oops", "sorry", "wait", "actually"))
AHEAD = frozenset(("in", "for", "on", "at", "with", "and", "then", "now", "also", "ok", "please"))
STRONG = frozenset((".", ";", "!", "?"))
QUESTIONS = frozenset(
    ["who", "what", "where", "which", "when", "why", "how", "is", "are", "does", "did", "was", "were", "am"]
)
SPEAKERS = (["we"], ["you"], ["they"], ["i"])
"""Who a question with "do" may be about: "do we see the moon?", but "do 3 again"."""
SOMEBODY = frozenset(
    ("it", "he", "she", "they", "we", "there", "everyone", "everybody", "nobody", "someone", "somebody")
)
BEFORE_SOMEBODY = frozenset(("the", "a", "an", "then", "suddenly", "later", "soon", "now"))
POINTING = frozenset(("scenes", "since", "version", "format", "style"))
WISHES = frozenset(("should", "must", "please", "need", "needs", "want", "wants", "too_much", "enough", "from_here"))
UNREAD = 100.0
LONGEST = 80
MOST_JOINTS = 24


@dataclass(frozen=True)
class Clause:
    """A part of a message and what it means: `intent` is None where nothing does, or where it only joins. `ahead` is
    a reference to scenes that stands in front of it."""

    items: tuple[Item, ...]
    intent: Intent | None = None
    match: Match | None = None
    negated: bool = False
    empty: bool = False
    ahead: tuple[Item, ...] = ()

    def has(self, kind: str) -> bool:
        return self.match is not None and any(
            kind in item.values for slot in self.match.slots.values() for item in slot
        )


def read_clauses(items: Sequence[Item]) -> tuple[float, list[Clause]]:
    """The clauses of a message, in order, and how much of it they leave unexplained; those that say nothing ("please")
    are left out."""
    if sum(item.word in JOINTS for item in items) > MOST_JOINTS:
        return UNREAD, [Clause(tuple(items))]
    borders = [0]
    for place, item in enumerate(items):
        if item.word in JOINTS:
            borders += [place, place + 1]
        elif _ends_with_quote(items, place):
            borders.append(place + 1)
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
    cost, clauses = best[borders[-1]]
    return cost, [clause for clause in clauses if not clause.empty]


def _may_stand(items: Sequence[Item], start: int, end: int) -> bool:
    """A piece is a joint alone, or lies between joints without one at its edges."""
    if end - start == 1:
        return True
    begins = start == 0 or items[start - 1].word in JOINTS or _ends_with_quote(items, start - 1)
    return begins and items[end - 1].word not in JOINTS - {"too"}


def _ends_with_quote(items: Sequence[Item], place: int) -> bool:
    """Whether a sentence ends with the quote there: “Who lit these?” Make it darker. Not so: “Stop!” she cries."""
    quote = str(items[place].values.get("quote", ""))
    return quote[-1:] in STRONG and not _tells(items[place + 1 : place + 4])


def _read(items: tuple[Item, ...]) -> tuple[float, Clause]:
    """What a piece means, and how much of it is left unexplained."""
    if len(items) > LONGEST:
        return UNREAD + len(items), Clause(items)
    content = [item for item in items if not item.filler and item.word not in JOINTS]
    best = _best(items)
    if not content and (best is None or best[1].free):
        return (0.1 if items[0].word not in STRONG else 0.0), Clause(items, empty=True)
    told = _told(best[1]) if best is not None and best[2].tells else ()
    inner = items[2:-1] if items[0].word in RETRACTING else items[1:-1]
    crossed = CROSSING * sum(item.word in BREAKS and item not in told for item in inner)
    ahead = _scenes_ahead(items)
    if ahead is not None:
        cost, rest = _read(items[ahead + 1 :])
        if rest.intent is not None and not rest.ahead and (best is None or cost <= best[0]) and not rest.has("scenes"):
            return cost + 0.2, replace(rest, items=items, ahead=(items[ahead],))
    if best is not None:
        cost, match, intent = best
        return (0.2 if not content else 1.0 + cost - len(told) + crossed), Clause(items, intent, match)
    if content[0].word in {"not", "never"}:
        reach = ACROSS * any(item.word in STRONG for item in inner)
        return 2.0 + 0.1 * len(content) + crossed + reach, Clause(items, negated=True)
    if len(content) == 1 and "scenes" in content[0].values:
        return 1.5, Clause(items, match=Match({"scenes": (content[0],)}, 0, 0))
    return UNREAD + len(content), Clause(items)


def _best(items: tuple[Item, ...]) -> tuple[float, Match, Intent] | None:
    """The row of the table that explains most: the fewest words left to free slots, then the fewest values unused."""
    question = _is_question(items)
    several = any(item.word in STRONG for item in items[1:-1])
    code, present = encode(items)
    best: tuple[float, Match, Intent] | None = None
    for intent, pattern in _fitting(present):
        if (question and not intent.asks) or (several and intent.remarks):  # a remark ends with its sentence
            continue
        match = match_pattern(pattern, items, code, present)
        if match is not None and not (intent.destructive and _overlooks(match, items)):
            cost = match.free + 0.1 * match.outside + 0.5 * intent.last_resort
            if best is None or cost < best[0]:
                best = cost, match, intent
    return best


def _fitting(present: frozenset[str]) -> list[tuple[Intent, str]]:
    """The patterns that these words and kinds do not rule out at once, in the order of the table."""
    rows, places = _table()
    fitting = {place for word in (*present, "") for place in places.get(word, ())}
    return [rows[place] for place in sorted(fitting)]


@cache
def _table() -> tuple[list[tuple[Intent, str]], dict[str, list[int]]]:
    """The rows of the table by pattern, and the places of those that a word or kind may fit ("": any)."""
    rows = [(intent, pattern) for intent in TABLE for pattern in intent.patterns]
    places: dict[str, list[int]] = {}
    for place, (_, pattern) in enumerate(rows):
        for word in key_of(pattern) or ("",):
            places.setdefault(word, []).append(place)
    return rows, places


def _overlooks(match: Match, items: Sequence[Item]) -> bool:
    """Whether the pattern passed over a word that may be what is to be removed, or took for a scene what may be a thing
    in it ("remove the bridge")."""
    taken = {item.start for slot in match.slots.values() for item in slot}
    if "character" not in match.slots and any(
        "scenes" in slot[0].values and slot[0].values["scenes"].placed for slot in match.slots.values()
    ):
        return True
    return any(
        item.filler and item.start not in taken and not item.is_mark and item.word not in COURTESIES | CONDITIONS
        for item in items
    )


def _told(match: Match) -> list[Item]:
    """What a text for the story goes on with behind its first clause, where that tells of somebody: "Mira cries. She
    goes home." is no request to make her go. What stands in quotes ends with them."""
    text = match.slots.get("text", ())
    if text and "quote" in text[0].values and (len(text) == 1 or text[1].word in JOINTS):
        return []
    starts = [i for i in range(1, len(text)) if text[i].word in JOINTS and text[i - 1].word not in JOINTS]
    parts = [text[start:end] for start, end in pairwise([*starts, len(text)])]
    return [item for part in parts if _tells(part) for item in part]


def _tells(part: Sequence[Item]) -> bool:
    """Whether a clause tells of somebody and is no request: "she goes home", not "she should be sad in 5"."""
    words = [item for item in part if item.word not in JOINTS and item.word not in BEFORE_SOMEBODY]
    named = words[:1] and (words[0].values.keys() & {"character", "quote"} or words[0].word in SOMEBODY)
    return bool(named) and not any(item.values.keys() & POINTING or item.word in WISHES for item in words)


def _scenes_ahead(items: Sequence[Item]) -> int | None:
    """The place of scenes that are named in front ("in scene 3, …", "for 5: …", "scene 2 - …")."""
    place = 0
    while place < len(items) and items[place].word in AHEAD:
        place += 1
    if place < len(items) - 2 and "scenes" in items[place].values and "since" not in items[place].values:
        return place if place > 0 or items[place + 1].word in {":", "-", "—", ","} else None
    return None


def _is_question(items: Sequence[Item]) -> bool:
    words = [item.word for item in items if item.word not in {",", "so", "and", "but", "then", "please", "ok"}]
    asked = words[:1] and (words[0] in QUESTIONS or (words[0] == "do" and words[1:2] in SPEAKERS))
    asked = asked or words[:3] in (["can", "you", "see"], ["could", "you", "see"], ["can", "i", "see"])
    return bool(asked) and words[1:2] != ["about"]
