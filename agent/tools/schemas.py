"""The tools' JSON schemas as small language models and guests read them: every parameter has one type, nothing has
`anyOf`, and what may be left out is simply not required."""

from __future__ import annotations

from typing import Any

from agent.tools.kit import Tool

__all__ = ["plain_schema"]

KEPT = ("type", "description", "enum", "items", "minimum", "maximum", "minItems", "maxItems", "minLength", "properties")


def plain_schema(tool: Tool) -> dict[str, Any]:
    """Make the JSON schema of a tool's arguments without `anyOf`, `$ref`, titles and defaults."""
    schema = tool.arguments.model_json_schema()
    definitions = schema.get("$defs", {})
    plain: dict[str, Any] = {
        "type": "object",
        "properties": {name: _plain(value, definitions) for name, value in schema.get("properties", {}).items()},
        "additionalProperties": False,
    }
    if schema.get("required"):
        plain["required"] = schema["required"]
    return plain


def _plain(value: dict[str, Any], definitions: dict[str, Any]) -> dict[str, Any]:
    """Flatten one parameter: of several types the text form is kept, since tools read numbers from text as well."""
    value = {**definitions.get(value.get("$ref", "").rpartition("/")[2], {}), **value}
    choices = [_plain(choice, definitions) for choice in value.get("anyOf", ()) if choice.get("type") != "null"]
    if choices:
        chosen = next((choice for choice in choices if choice.get("type") == "string"), choices[0])
        value = {**chosen, **value}
    plain = {key: value[key] for key in KEPT if key in value}
    if "const" in value:
        plain["enum"] = [value["const"]]
    if "items" in plain:
        plain["items"] = _plain(plain["items"], definitions)
    elif plain.get("type") == "array" and value.get("prefixItems"):
        plain["items"] = _plain(value["prefixItems"][0], definitions)
    plain.setdefault("type", "string")
    return plain
