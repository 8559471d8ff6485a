"""Tool calls that a language model writes as text, in every spelling that is in use.

Many models are trained to spell their calls in their own way, and many servers pass the spelling on as the reply:

| spelling | of |
|---|---|
| `<tool_call>{"name": …, "arguments": {…}}</tool_call>` | Hermes, Qwen 2 and 3 |
| `<tool_call><function=NAME><parameter=KEY>VALUE</parameter></function></tool_call>` | Qwen 3 Coder |
| `[TOOL_CALLS][{…}, {…}]`, `[TOOL_CALLS]NAME[ARGS]{…}` | Mistral |
| `<|tool_call|>[{…}]` | Granite |
| `<|python_tag|>{…}; {…}`, `<|python_tag|>NAME.call(KEY=VALUE)`, `[NAME(KEY=VALUE)]` | Llama 3 and 4 |
| a bare object, list or fenced block with `name` and `arguments` (or `parameters`), also under `function` | the rest |

What a model thinks (`<think>…</think>`) is neither shown nor executed. What cannot be read as a call stays words, and
so does a call that is quoted from the story, the board or the person's own message (`material.py`)."""

from __future__ import annotations

import ast
import io
import json
import re
import tokenize
import uuid
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from langchain_core.messages.tool import ToolCall

from agent.material import NOTHING, Material

__all__ = ["Spoken", "read_spoken", "split_shown"]

THOUGHT = re.compile(r"<think(?:ing)?>.*?(?:</think(?:ing)?>|\Z)", re.DOTALL)
TAGGED = re.compile(r"<\|?tool_call\|?>(?P<body>.*?)(?:</tool_call>|(?=<\|?tool_call\|?>)|\Z)", re.DOTALL)
MISTRAL = re.compile(r"\[TOOL_CALLS\](?P<body>.*?)(?=\[TOOL_CALLS\]|\Z)", re.DOTALL)
PYTHON_TAG = re.compile(r"<\|python_tag\|>(?P<body>.*)", re.DOTALL)
FENCED = re.compile(r"```(?:json|python|tool_code|tool_call)?\s*\n(?P<body>.*?)(?:```|\Z)", re.DOTALL)
NAMED_ARGUMENTS = re.compile(r"\s*(?P<name>[\w.-]+)\s*(?:\[ARGS\])?\s*(?P<arguments>\{.*)", re.DOTALL)
XML_FUNCTION = re.compile(r"<function=(?P<name>[\w.-]+)>(?P<body>.*?)(?:</function>|\Z)", re.DOTALL)
XML_PARAMETER = re.compile(r"<parameter=(?P<key>\w+)>\n?(?P<value>.*?)\n?</parameter>", re.DOTALL)
TRAILING_COMMA = re.compile(r",\s*(?=[}\]])")
BETWEEN = re.compile(r"[\s;,]*")

OPENING = re.compile(r"[{\[<`]|\b\w+_\w*(?:\(|\.|$)")
"""Where a call, or what a model thinks, can begin: a bracket, a mark, or the name of a tool in Python's spelling."""


@dataclass(frozen=True)
class Spoken:
    """An answer taken apart: the words for the person, and the calls in their order."""

    words: str
    calls: tuple[ToolCall, ...] = ()


def read_spoken(text: str, tools: Collection[str], material: Material = NOTHING) -> Spoken:
    """Take an answer apart. `tools` are the names of the tools: an object without a mark around it is a call only if it
    names one of them. `material` are the texts that a call may be quoted from."""
    text = THOUGHT.sub("", text)
    words: list[str] = []
    calls: list[ToolCall] = []
    for piece, is_marked in _pieces(text):
        parsed = _read_marked(piece, material) if is_marked else _read_bare(piece, tools, material)
        words.append(parsed.words)
        calls += parsed.calls
    return Spoken("".join(words).strip(), tuple(calls))


def split_shown(text: str) -> tuple[str, str]:
    """Split the beginning of a reply into what can be shown at once and what must wait, since it may become a call."""
    opening = OPENING.search(text)
    at = opening.start() if opening else len(text)
    return text[:at], text[at:]


def _pieces(text: str) -> Iterator[tuple[str, bool]]:
    """Cut a text into what stands in a mark and what does not."""
    at = 0
    marks = sorted((m for kind in (TAGGED, MISTRAL, PYTHON_TAG) for m in kind.finditer(text)), key=lambda m: m.start())
    for match in marks:
        if match.start() < at:
            continue
        yield text[at : match.start()], False
        yield match.group(0), True
        at = match.end()
    yield text[at:], False


def _read_marked(piece: str, material: Material) -> Spoken:
    """Read what a mark says is a call; one that has no single reading stays words, so that nothing vanishes."""
    body, calls = _marked_calls(piece)
    return Spoken("", tuple(calls)) if calls and not material.quotes(body, calls) else Spoken(piece)


def _marked_calls(piece: str) -> tuple[str, list[ToolCall]]:
    """What stands in a mark, and the calls in it."""
    match = TAGGED.fullmatch(piece) or MISTRAL.fullmatch(piece) or PYTHON_TAG.fullmatch(piece)
    body = match["body"].strip() if match else piece
    if functions := list(XML_FUNCTION.finditer(body)):
        return body, [_call(function["name"], _xml_arguments(function["body"])) for function in functions]
    calls = [call for value in _values(body) for call in _calls_in(value, marked=True)]
    if not calls:
        calls = _pythonic(body.strip())
    if not calls and (named := NAMED_ARGUMENTS.fullmatch(body)):
        arguments = next(iter(_values(named["arguments"])), None)
        calls = [_call(named["name"], arguments)] if isinstance(arguments, dict) else []
    return body, calls


def _read_bare(piece: str, tools: Collection[str], material: Material) -> Spoken:
    """Read calls that stand among words: objects, lists and fenced blocks that name a tool."""
    if XML_FUNCTION.search(piece):
        return _read_marked(piece, material)
    calls = [call for call in _pythonic(piece.strip()) if call["name"] in tools]
    if calls:
        return Spoken(piece) if material.quotes(piece, calls) else Spoken("", tuple(calls))

    def take(match: re.Match[str]) -> str:
        inner = _read_bare(match["body"], tools, material)
        calls.extend(inner.calls)
        return inner.words if inner.calls else match.group(0)

    if "```" in piece:
        words = FENCED.sub(take, piece)
        return Spoken(words, tuple(calls))
    words = ""
    at = 0
    while (start := _next_opening(piece, at)) >= 0:
        value, end = _value_at(piece, start)
        named = [call for call in _calls_in(value) if call["name"] in tools]
        if named and not material.quotes(piece[start:end], named):
            calls += named
            words += piece[at:start]
            between = BETWEEN.match(piece, end)
            at = between.end() if between else end
        else:
            words += piece[at : start + 1] if value is None else piece[at:end]
            at = start + 1 if value is None else end
    return Spoken(words + piece[at:], tuple(calls))


def _next_opening(text: str, at: int) -> int:
    places = [place for place in (text.find("{", at), text.find("[", at)) if place >= 0]
    return min(places, default=-1)


def _values(body: str) -> Iterator[Any]:
    """The JSON values that follow one another in a text, with `;`, commas or white space between them."""
    at = 0
    while (start := _next_opening(body, at)) >= 0:
        value, end = _value_at(body, start)
        if value is None:
            return
        yield value
        at = end


def _value_at(text: str, start: int) -> tuple[Any, int]:
    """The object or list that begins at `start`, and where it ends. One with a mistake that can be mended in one way
    (a comma too many, Python's quotes, brackets left open at the end) is mended; otherwise (None, start)."""
    try:
        return json.JSONDecoder(strict=False).raw_decode(text, start)
    except (ValueError, RecursionError):
        pass
    end = _balanced_end(text, start)
    candidate = TRAILING_COMMA.sub("", text[start:end] + _missing_brackets(text[start:end]))
    for read in (lambda: json.loads(candidate, strict=False), lambda: _python_value(candidate)):
        try:
            return read(), end
        except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError, tokenize.TokenError):
            continue
    return None, start


def _python_value(text: str) -> Any:
    """A value in Python's spelling. Raises ValueError where two strings stand side by side: Python joins them, the
    model forgot a comma."""
    kinds = [token.type for token in tokenize.generate_tokens(io.StringIO(text).readline)]
    if any(pair == (tokenize.STRING, tokenize.STRING) for pair in pairwise(kinds)):
        raise ValueError("a comma is missing between two strings")
    return ast.literal_eval(text)


def _open_brackets(text: str) -> Iterator[tuple[int, str]]:
    """The brackets still open after each bracket of the text outside quotation marks, as (place, brackets)."""
    stack, quote, escaped = "", "", False
    for place, character in enumerate(text):
        if quote:
            escaped = character == "\\" and not escaped
            if character == quote and not (place and text[place - 1] == "\\" and not escaped):
                quote = ""
        elif character == '"':
            quote = character
        elif character in "{[":
            stack += "}" if character == "{" else "]"
            yield place, stack
        elif character in "}]" and stack.endswith(character):
            stack = stack[:-1]
            yield place, stack


def _balanced_end(text: str, start: int) -> int:
    return next((start + place + 1 for place, stack in _open_brackets(text[start:]) if not stack), len(text))


def _missing_brackets(text: str) -> str:
    return [stack for _, stack in _open_brackets(text)][-1][::-1]


def _calls_in(value: Any, *, marked: bool = False) -> list[ToolCall]:
    """The calls that a JSON value spells. Within a mark a name alone is a call without arguments."""
    if isinstance(value, list):
        return [call for entry in value for call in _calls_in(entry, marked=marked)]
    if not isinstance(value, dict):
        return []
    for key in ("tool_calls", "function", "function_call", "tool_call"):
        if isinstance(value.get(key), dict | list):
            return _calls_in(value[key], marked=marked)
    name = value.get("name", value.get("tool", value.get("function")))
    keys = [key for key in ("arguments", "parameters", "args", "input") if key in value]
    given: Any = value[keys[0]] if keys else {} if marked else None
    if isinstance(given, str):
        given = next(iter(_values(given)), {} if not given.strip() else None)
    if isinstance(name, str) and isinstance(given, dict):
        return [_call(name, given)]
    return []


def _pythonic(text: str) -> list[ToolCall]:
    """Calls in Python's spelling: `[NAME(KEY=VALUE), …]`, `NAME(KEY=VALUE)`, `NAME.call(KEY=VALUE)`."""
    try:
        expression = ast.parse(text, mode="eval").body
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return []
    calls = []
    for node in expression.elts if isinstance(expression, ast.List | ast.Tuple) else [expression]:
        if not isinstance(node, ast.Call) or node.args:
            return []
        function = node.func
        if isinstance(function, ast.Attribute) and function.attr == "call":
            function = function.value
        if not isinstance(function, ast.Name):
            return []
        try:
            arguments = {keyword.arg: ast.literal_eval(keyword.value) for keyword in node.keywords if keyword.arg}
        except (ValueError, TypeError):
            return []
        calls.append(_call(function.id, arguments))
    return calls


def _xml_arguments(body: str) -> dict[str, Any]:
    """The parameters of Qwen 3 Coder's spelling. A value that is JSON is that, any other one is text."""
    arguments: dict[str, Any] = {}
    for parameter in XML_PARAMETER.finditer(body):
        value = parameter["value"]
        try:
            arguments[parameter["key"]] = json.loads(value)
        except ValueError:
            arguments[parameter["key"]] = value
    return arguments


def _call(name: str, arguments: Any) -> ToolCall:
    return ToolCall(name=name, args=arguments, id=f"call_{uuid.uuid4().hex[:8]}", type="tool_call")
