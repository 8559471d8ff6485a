"""`Desk`: the table on which one turn works."""

from __future__ import annotations


class Desk:
    """What tools work on: the board as the turn started, the board as it is by now, and the versions."""
