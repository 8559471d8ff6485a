"""One check at the door for JSON that comes from outside or from the database: types and bounds, as the annotations of
the values that it becomes say them (pydantic reads those)."""

from __future__ import annotations

import json
from typing import Any

from pydantic import ValidationError

__all__ = ["first_mistake", "parse_json"]

SHOWN = 40
"""Characters of a wrong value that an error message shows."""


def parse_json(data: str | bytes) -> Any:
    """Parse JSON text into plain values. Raises ValueError with one line, also for text that is nested too deeply and
    for bytes that are no UTF-8."""
    try:
        return json.loads(data)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None


def first_mistake(error: ValidationError) -> str:
    """Tell the first mistake that pydantic found in one line: where it is (list entries counted from 1), what should
    be there, and the beginning of what is."""
    mistake = error.errors(include_url=False, include_context=False)[0]
    place = " ".join(str(part + 1) if isinstance(part, int) else part for part in mistake["loc"])
    message = mistake["msg"].removeprefix("Value error, ").removeprefix("Input ").removeprefix("String ")
    message = message.replace("valid tuple", "list")
    if mistake["type"] in ("missing", "dataclass_type"):
        return f"{place} is missing or is no object".strip()
    spelled = repr(mistake["input"])
    return f"{place} {message}, not {spelled if len(spelled) <= SHOWN else spelled[:SHOWN] + ' …'}".strip()
