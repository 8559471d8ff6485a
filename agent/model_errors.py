"""What a language model's failure means for a person: one sentence each, and what to do about it."""

from __future__ import annotations

import re

__all__ = ["explain"]

NO_TOOLS = re.compile(
    r"does not support tools|tool[_ -]?(?:use|choice|call\w*) (?:is )?not supported|no tool support", re.I
)
NO_MODEL = re.compile(r"model .*(?:not found|does not exist|is not available)|unknown model|no such model", re.I)
NO_KEY = re.compile(r"api[_ ]?key|credentials|authenticat", re.I)
NO_MEMORY = re.compile(r"out of memory|more system memory|not enough memory|insufficient memory", re.I)
TOO_LONG = re.compile(r"context (?:length|window)|maximum context|too many tokens|exceeds? the available context", re.I)
NO_SERVER = frozenset(
    {"APIConnectionError", "ConnectError", "ConnectionError", "ConnectTimeout", "ConnectionRefusedError"}
)
SLOW = frozenset({"APITimeoutError", "ReadTimeout", "TimeoutError", "WriteTimeout", "PoolTimeout"})
CUT = frozenset({"RemoteProtocolError", "ReadError", "IncompleteRead", "ChunkedEncodingError"})
REFUSED = (401, 403)
BUSY = 429


def explain(error: BaseException) -> str:
    """Explain what a provider's client raised. "Try again" is said only where that can help. The provider's own words
    are kept where nothing better is known."""
    causes = _causes(error)
    names = {kind.__name__ for each in causes for kind in type(each).__mro__}
    words = " ".join(str(error).split())
    statuses = (getattr(each, "status_code", None) for each in causes)
    status = next((number for number in statuses if isinstance(number, int)), None)
    if NO_MEMORY.search(words):
        return "There is too little memory for this language model; choose a smaller one, or close other programs."
    if NO_TOOLS.search(words):
        return "This language model cannot call tools, so it cannot edit a board; choose one that can."
    if TOO_LONG.search(words):
        return (
            "The request was longer than the language model's context window; set TALEBOARD_LLM_WINDOW to what it "
            "really has, or load it with a larger one."
        )
    if status in REFUSED:
        return (
            f"The language model's service refused the key (status {status}); check it, or set TALEBOARD_LLM=offline."
        )
    if status is None and NO_KEY.search(words):
        return "The language model's service wants a key; set it as its provider says (OPENAI_API_KEY …)."
    if status == 404 and NO_MODEL.search(words):
        return f"The language model is not there ({words[:120]}); with Ollama, `ollama pull` gets it."
    if status == 404:
        return (
            "The address of the language model answers something else; check OPENAI_BASE_URL (it mostly ends in /v1)."
        )
    if status == BUSY:
        return "The language model is busy (too many requests); try again in a while."
    if status is not None and status >= 500:
        return f"The language model's service failed (status {status}); try again in a while."
    if names & SLOW:
        return "The language model took too long to answer; try again, or choose a smaller one."
    if names & CUT:
        return "The connection to the language model broke off; try again."
    if names & NO_SERVER:
        return "Nobody answers at the language model's address; start its server (`ollama serve`) or mend the address."
    name = type(error).__name__
    return f"The language model did not answer ({name}{f': {words[:200]}' if words else ''})."


def _causes(error: BaseException) -> list[BaseException]:
    """The error and what it was raised from."""
    causes: list[BaseException] = []
    cause: BaseException | None = error
    while cause is not None and cause not in causes:
        causes.append(cause)
        cause = cause.__cause__ or cause.__context__
    return causes
