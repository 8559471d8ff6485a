"""What every tool is made of: the kinds of argument, the registry, and `Desk`, the table on which a turn works."""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Annotated, Any, get_type_hints

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, create_model, model_validator

__all__ = [
    "CATALOGUE",
    "Arguments",
    "CharacterRef",
    "Looks",
    "SceneRef",
    "Scenes",
    "Title",
    "Tool",
    "Words",
    "as_words",
    "reading_tool",
    "tool",
]

NOT_GIVEN = frozenset({"", "null", "none", "n/a"})
"""What language models write, in whatever case, for an argument that they do not want to give."""

SceneRef = Annotated[
    int | str,
    Field(description='a scene\'s position as the turn started ("3", "-1" is the last), or its id'),
]


def _listed(value: object) -> object:
    """Language models write 3, "3", "1, 2", "[1, 2]" or "all" where a list is wanted."""
    if isinstance(value, str):
        return [part.strip(" []\"'") for part in value.split(",") if part.strip(" []\"'")]
    return [value] if isinstance(value, int) else value


def as_words(value: object) -> object:
    """Language models write "a lantern" or "[\"a lantern\"]" where a list of words is wanted."""
    if isinstance(value, str) and value.lstrip().startswith("["):
        with suppress(ValueError):
            return json.loads(value)
    return [value] if isinstance(value, str) else value


Scenes = Annotated[
    list[int | str],
    BeforeValidator(_listed),
    Field(
        description='positions as the turn started, or ids: ["2", "3"], or ["all"]',
        min_length=1,
    ),
]
Words = Annotated[list[str], BeforeValidator(as_words)]
CharacterRef = Annotated[str, Field(description='a character by name or id: "Mira"')]
Looks = Annotated[str, Field(description='what they look like: "a girl in a red coat"')]
Title = Annotated[str, Field(description='such as "The lantern in the snow"')]


class Arguments(BaseModel):
    """What a tool takes. Nothing, an empty text or list, "null", "None" and "N/A" all mean that an argument is not
    given: a tool that takes something away has a parameter of its own for it."""

    model_config = ConfigDict(extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _without_those_not_given(cls, given: Any) -> Any:
        if not isinstance(given, dict):
            return given
        return {name: value for name, value in given.items() if not _is_not_given(value)}


def _is_not_given(value: object) -> bool:
    if isinstance(value, str):
        return value.strip().casefold() in NOT_GIVEN
    return value is None or (isinstance(value, list | tuple) and all(map(_is_not_given, value)))


@dataclass(frozen=True)
class Tool:
    """One thing that any chat model, or a button, may do. `run(desk, **arguments)` does it and says in one sentence
    what it did; `arguments` is the pydantic model of what it takes. `reads` marks a tool that changes nothing."""

    name: str
    description: str
    arguments: type[Arguments]
    run: Callable[..., str]
    reads: bool = False

    def call(self, desk: Any, given: Mapping[str, Any]) -> str:
        """Check the arguments and run. Raises pydantic's ValidationError, and what the tool raises."""
        arguments = self.arguments.model_validate(given)
        return self.run(desk, **{field: getattr(arguments, field) for field in type(arguments).model_fields})


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
    arguments = create_model(name, __base__=Arguments, **fields)
    CATALOGUE[name] = Tool(name, inspect.cleandoc(function.__doc__ or ""), arguments, function)
    return function


def reading_tool(function: Callable[..., str]) -> Callable[..., str]:
    """Register a tool that only answers: it changes no board, no file and no conversation."""
    tool(function)
    CATALOGUE[function.__name__] = replace(CATALOGUE[function.__name__], reads=True)
    return function
