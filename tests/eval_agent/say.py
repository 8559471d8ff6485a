"""Short words for writing requests down.

`R` is a request that the planner was tuned on, `H` one that was held out until a first run; `score.json` keeps what
that run gave ("first_contact"), since every later figure has learnt from it.
"""

from __future__ import annotations

from typing import Any

from tests.eval_agent.expect import Expect, Request

__all__ = [
    "H",
    "R",
    "asks",
    "board",
    "character",
    "drawing",
    "may",
    "nothing",
    "only",
    "order",
    "panels",
    "restores",
    "runs",
]

Numbers = int | range | str


def R(text: str, intent: str, expect: Expect, *after: str, whole: bool = False, fresh: bool = False) -> Request:  # noqa: N802
    return Request(text, intent, expect, after, whole, fresh)


def H(text: str, intent: str, expect: Expect, *after: str, whole: bool = False, fresh: bool = False) -> Request:  # noqa: N802
    return Request(text, intent, expect, after, whole, fresh, held_out=True)


def only(*numbers: int, **fields: Any) -> Expect:
    """These scenes change, so that their fields say this, and no others."""
    return Expect(scenes=dict.fromkeys(numbers, fields))


def may(*numbers: int) -> Expect:
    """These scenes are free to change too (a character in them looks different now, say)."""
    return Expect(may=frozenset(numbers))


def order(wanted: str, **new: Any) -> Expect:
    """The scenes afterwards, by their numbers before; "n" is new, and its fields say this."""
    return Expect(order=wanted, new=new)


def panels(count: int) -> Expect:
    """So many scenes afterwards, however they are cut (0: any number)."""
    return Expect(count=count)


def character(who: str, /, **fields: Any) -> Expect:
    """This character's fields say this afterwards; `gone=True`; "n" is a new one."""
    return Expect(characters={who: fields})


def board(**values: Any) -> Expect:
    return Expect(board=values)


def drawing(**values: Any) -> Expect:
    return Expect(drawing=values)


def restores(version: int) -> Expect:
    return Expect(restores=version)


def runs(tool: str, says: str = "") -> Expect:
    """A tool of this name runs; nothing changes on the board."""
    return Expect(tool=tool, says=says)


def asks(says: str = "") -> Expect:
    """One question, and nothing changes."""
    return Expect(asks=True, says=says)


def nothing(says: str = "") -> Expect:
    """An answer (not a question), and nothing changes."""
    return Expect(asks=False, says=says)
