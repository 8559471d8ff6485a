"""An OpenAI-compatible server on loopback with a script: what a language model says, well-behaved or not.

Standard library only. A script is a list of steps, one per request that the server gets; each step is a `Say`, `Fail`
or `Drop`. Every request's body is kept in `requests`, so that a test can see what the model was told.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

__all__ = ["Drop", "Fail", "LlmServer", "Say", "call", "serve"]


@dataclass(frozen=True)
class Say:
    """An answer: words, tool calls (name, arguments as JSON text), streamed in pieces of `piece` characters, `delay`
    seconds before each one."""

    text: str = ""
    calls: tuple[tuple[str, str], ...] = ()
    piece: int = 8
    delay: float = 0.0


@dataclass(frozen=True)
class Fail:
    """An HTTP error, with a Retry-After header where `retry_after` (seconds) is given, and the service's own words."""

    status: int
    retry_after: float | None = None
    message: str = ""


@dataclass(frozen=True)
class Drop:
    """The connection breaks after the first words."""

    text: str = "I was about to"


Step = Say | Fail | Drop
Script = Sequence[Step] | Callable[[dict[str, Any]], Step]


def call(name: str, /, **args: Any) -> tuple[str, str]:
    """A tool call with these arguments."""
    return name, json.dumps(args)


@dataclass
class LlmServer:
    """A running server. `url` is its base URL, `requests` the bodies it got, in order."""

    url: str
    script: Script
    requests: list[dict[str, Any]] = field(default_factory=list)
    times: list[float] = field(default_factory=list)

    def next_step(self, body: dict[str, Any]) -> Step:
        self.requests.append(body)
        self.times.append(time.monotonic())
        if callable(self.script):
            return self.script(body)
        index = len(self.requests) - 1
        return self.script[index] if index < len(self.script) else Say("That is all I had to say.")

    @property
    def system(self) -> str:
        """The system message of the last request."""
        return str(self.requests[-1]["messages"][0]["content"])


_scripts: list[LlmServer] = []


@contextmanager
def serve(script: Script) -> Iterator[LlmServer]:
    """The server, saying this for the time of a `with` block. There is one for the whole process, so that clients,
    which are kept by address, are made once."""
    _scripts.append(LlmServer(_address(), script))
    try:
        yield _scripts[-1]
    finally:
        _scripts.pop()


@lru_cache(maxsize=1)
def _address() -> str:
    """The base URL of the server, which runs from the first call on."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_address[1]}/v1"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        llm = _scripts[-1]
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        step = llm.next_step(body)
        if isinstance(step, Fail):
            self._fail(step)
        else:
            self._stream(step, len(llm.requests))

    def _fail(self, step: Fail) -> None:
        body = json.dumps(
            {"error": {"message": step.message or f"scripted failure {step.status}", "type": "scripted"}}
        ).encode()
        self.send_response(step.status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        if step.retry_after is not None:
            self.send_header("Retry-After", str(step.retry_after))
        self.end_headers()
        self.wfile.write(body)

    def _stream(self, step: Say | Drop, number: int) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        try:
            for delta, delay in _deltas(step, number):
                time.sleep(delay)
                self._event({"choices": [{"index": 0, "delta": delta, "finish_reason": None}]})
            if isinstance(step, Drop):
                self.connection.shutdown(2)
                return
            reason = "tool_calls" if step.calls else "stop"
            self._event({"choices": [{"index": 0, "delta": {}, "finish_reason": reason}]})
            self._chunk(b"data: [DONE]\n\n")
            self.wfile.write(b"0\r\n\r\n")
        except (BrokenPipeError, ConnectionResetError):
            pass

    def _event(self, value: dict[str, Any]) -> None:
        chunk = {"id": "chunk", "object": "chat.completion.chunk", "created": 0, "model": "scripted", **value}
        self._chunk(b"data: " + json.dumps(chunk).encode() + b"\n\n")

    def _chunk(self, data: bytes) -> None:
        self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
        self.wfile.flush()

    def log_message(self, format: str, *args: Any) -> None: ...


def _deltas(step: Say | Drop, number: int) -> Iterator[tuple[dict[str, Any], float]]:
    """The pieces of an answer, as a streaming model gives them: words, then each call's name, then its arguments."""
    if isinstance(step, Drop):
        yield {"role": "assistant", "content": step.text}, 0.0
        return
    yield {"role": "assistant", "content": ""}, 0.0
    for start in range(0, len(step.text), step.piece):
        yield {"content": step.text[start : start + step.piece]}, step.delay
    for index, (name, arguments) in enumerate(step.calls):
        head = {"index": index, "id": f"call_{number}_{index}", "type": "function"}
        yield {"tool_calls": [{**head, "function": {"name": name, "arguments": ""}}]}, step.delay
        for start in range(0, len(arguments), step.piece):
            piece = {"index": index, "function": {"arguments": arguments[start : start + step.piece]}}
            yield {"tool_calls": [piece]}, step.delay
