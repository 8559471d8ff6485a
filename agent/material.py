"""Stories, boards and the person's own messages as material: a call that stands in them is a quotation, whoever repeats
it, and is never made."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

__all__ = ["NOTHING", "Material"]


class Material:
    """Texts that calls may be quoted from. They are gathered when the first call is looked up."""

    def __init__(self, texts: Callable[[], Iterable[str]] = tuple) -> None:
        self._texts = texts

    def quotes(self, source: str, calls: Sequence[Mapping[str, Any]]) -> bool:
        """Whether a call is quoted: it stands there word for word as `source`, or one of `calls` does with its name and
        arguments, in whatever spelling. White space does not count."""
        if not self._squeezed or not calls:
            return False
        return _squeezed(source) in self._squeezed or any(self._has(call["name"], call["args"]) for call in calls)

    def _has(self, name: str, arguments: Mapping[str, Any]) -> bool:
        if not arguments:
            return False
        spelled = _squeezed(json.dumps(arguments, ensure_ascii=False))
        return _squeezed(name) in self._squeezed and spelled in self._squeezed

    @cached_property
    def _squeezed(self) -> str:
        return _squeezed("\n".join(self._texts()))


NOTHING = Material()

QUOTATION_MARKS = str.maketrans("“”„«»‘’'", '""""""""')


def _squeezed(text: str) -> str:
    """A text without white space, in small letters, with one kind of quotation mark."""
    return "".join(text.casefold().translate(QUOTATION_MARKS).split())
