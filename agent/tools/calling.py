"""One call of a tool: arguments checked, errors made into sentences, told to whoever listens."""

from __future__ import annotations

import logging
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from agent.errors import AgentError
from agent.events import Event, ToolFinished, ToolStarted
from agent.tools.desk import Desk, StoppedError
from agent.tools.kit import CATALOGUE
from agent.tracing import traced
from db.errors import DatabaseError

__all__ = ["Call", "call_tool", "clean_text"]

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Call:
    """A call that has been made. `status` is "ok" or "error"; `summary` says what the tool did, or why it did not;
    `changed` is whether the board on the desk is another one now."""

    id: str
    name: str
    args: dict[str, Any]
    status: str
    summary: str
    changed: bool = False


def call_tool(
    desk: Desk, name: str, args: Mapping[str, Any], call_id: str, emit: Callable[[Event], None] = lambda event: None
) -> Call:
    """Calls a tool by name. One that fails leaves the draft as it was. Raises StoppedError only."""
    desk.check_stopped()
    given = _clean(dict(args))
    emit(ToolStarted(call_id, name, given))
    with desk.lock:
        desk.check_stopped()
        before = desk.draft
        with traced(f"execute_tool {name if name in CATALOGUE else 'unknown'}", _about(name, call_id)) as recorded:
            try:
                status, summary = "ok", _run(desk, name, given)
            except StoppedError:
                raise
            except (AgentError, DatabaseError) as error:
                status, summary = "error", str(error)
                recorded.fail(type(error).__name__)
            except Exception as error:
                log.exception("tool %s failed", name)
                status, summary = "error", f"{name} failed inside ({type(error).__name__}); the board is as it was."
                recorded.fail(type(error).__name__)
            recorded.note_words({"gen_ai.tool.call.arguments": given, "gen_ai.tool.call.result": summary})
        if status == "error":
            desk.draft = before
        call = Call(call_id, name, given, status, summary, desk.draft.board is not before.board)
        desk.calls.append(call)
    emit(ToolFinished(call_id, name, status, summary))
    return call


def _about(name: str, call_id: str) -> dict[str, str]:
    """Attributes of a call's span. The name of a tool that does not exist is a model's own words, and stays out."""
    return {
        "gen_ai.operation.name": "execute_tool",
        "gen_ai.tool.name": name if name in CATALOGUE else "unknown",
        "gen_ai.tool.type": "function",
        "gen_ai.tool.call.id": call_id,
    }


def _run(desk: Desk, name: str, given: dict[str, Any]) -> str:
    tool = CATALOGUE.get(name)
    if tool is None:
        raise AgentError(f"There is no tool called {name}.")
    if desk.pending is not None:
        raise AgentError("A question is waiting for its answer first.")
    try:
        return tool.call(desk, given)
    except ValidationError as error:
        raise AgentError(f"{name} was called wrongly: {_mistakes(error)}.") from None


def _clean(value: Any) -> Any:
    """Without NUL characters and lone surrogates, which no database and no file takes."""
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, dict):
        return {clean_text(str(name)): _clean(item) for name, item in value.items()}
    return [_clean(item) for item in value] if isinstance(value, list | tuple) else value


def clean_text(text: str) -> str:
    """The text as any database and file takes it, its accents joined to their letters."""
    return unicodedata.normalize("NFC", text.replace("\x00", "").encode("utf-8", "replace").decode())


def _mistakes(error: ValidationError) -> str:
    return "; ".join(
        f"{'.'.join(str(part) for part in mistake['loc']) or 'arguments'}: {mistake['msg']}"
        for mistake in error.errors()[:3]
    )
