"""What every tool is made of: the kinds of argument, the registry, and `Desk`, the table on which a turn works."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Annotated, Any, get_type_hints

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, create_model

__all__ = ["CATALOGUE", "CharacterRef", "SceneRef", "Scenes", "Tool", "reading_tool", "tool"]

SceneRef = Annotated[
    int | str,
    Field(description="a scene: its id, or its position (from 1; -1 is the last) on the board as the turn started"),
]


def _listed(value: object) -> object:
    """Language models write 3, "3", "1, 2" or "all" where a list is wanted."""
    if isinstance(value, str):
        return [part.strip() for part in value.split(",") if part.strip()]
    return [value] if isinstance(value, int) else value


Scenes = Annotated[
    list[int | str],
    BeforeValidator(_listed),
    Field(description='scenes: ids or positions on the board as the turn started, or ["all"]', min_length=1),
]
CharacterRef = Annotated[str, Field(description="a character's id or name")]


@dataclass(frozen=True)
class Tool:
    """One thing that any chat model, or a button, may do. `run(desk, **arguments)` does it and says in one sentence
    what it did; `arguments` is the pydantic model of what it takes. `reads` marks a tool that changes nothing."""

    name: str
    description: str
    arguments: type[BaseModel]
    run: Callable[..., str]
    reads: bool = False


CATALOGUE: dict[str, Tool] = {}


def tool(function: Callable[..., str]) -> Callable[..., str]:
    """Registers a function `(desk, …) -> str` as a tool: its name, docstring and typed parameters are what a chat
    model sees."""
    hints = get_type_hints(function, include_extras=True)
    parameters = list(inspect.signature(function).parameters.values())[1:]
    fields: dict[str, Any] = {
        parameter.name: (hints[parameter.name], ... if parameter.default is parameter.empty else parameter.default)
        for parameter in parameters
    }
    name = function.__name__
    arguments = create_model(name, __config__=ConfigDict(extra="forbid"), **fields)
    CATALOGUE[name] = Tool(name, inspect.cleandoc(function.__doc__ or ""), arguments, function)
    return function


def reading_tool(function: Callable[..., str]) -> Callable[..., str]:
    """Register a tool that only answers: it changes no board, no file and no conversation."""
    tool(function)
    CATALOGUE[function.__name__] = replace(CATALOGUE[function.__name__], reads=True)
    return function
