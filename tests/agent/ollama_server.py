"""Ollama's own API on loopback: `/api/show`, and `/api/chat` as a stream of JSON lines, with a script as in
`llm_server.py`. A model without tools refuses them as Ollama does."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.agent.llm_server import Fail, Say

__all__ = ["OllamaServer", "serve_ollama"]


@dataclass
class OllamaServer:
    """A running server. `requests` are the bodies that `/api/chat` got, `window` is what `/api/show` says the model
    takes, `capabilities` what it can do."""

    script: Sequence[Say | Fail]
    window: int = 32_768
    capabilities: tuple[str, ...] = ("completion", "tools")
    url: str = ""
    requests: list[dict[str, Any]] = field(default_factory=list)


@contextmanager
def serve_ollama(
    script: Sequence[Say | Fail], *, window: int = 32_768, capabilities: tuple[str, ...] = ("completion", "tools")
) -> Iterator[OllamaServer]:
    """Serve the script on a free port for the time of a `with` block."""
    ollama = OllamaServer(script, window, capabilities)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            if self.path == "/api/show":
                self._send(200, {"model_info": {"llama.context_length": ollama.window}, "capabilities": capabilities})
                return
            ollama.requests.append(body)
            step = ollama.script[len(ollama.requests) - 1] if len(ollama.requests) <= len(ollama.script) else Say("So.")
            if isinstance(step, Fail):
                self._send(step.status, {"error": step.message})
            elif body.get("tools") and "tools" not in ollama.capabilities:
                self._send(400, {"error": f"registry/{body['model']} does not support tools"})
            else:
                self._stream(body["model"], step)

        def _send(self, status: int, value: dict[str, Any]) -> None:
            data = json.dumps(value).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def _stream(self, model: str, step: Say) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "application/x-ndjson")
            self.end_headers()
            messages: list[dict[str, Any]] = [
                {"content": step.text[start : start + step.piece]} for start in range(0, len(step.text), step.piece)
            ]
            calls = [{"function": {"name": name, "arguments": json.loads(given)}} for name, given in step.calls]
            messages += [{"content": "", "tool_calls": calls}] if calls else []
            for message in messages:
                self._line({"message": {"role": "assistant", **message}, "done": False}, model)
            counts = {"prompt_eval_count": 1000, "eval_count": 20, "done_reason": "stop"}
            self._line({"message": {"role": "assistant", "content": ""}, "done": True, **counts}, model)

        def _line(self, value: dict[str, Any], model: str) -> None:
            self.wfile.write(
                json.dumps({"model": model, "created_at": "2026-11-01T00:00:00Z", **value}).encode() + b"\n"
            )

        def log_message(self, format: str, *args: Any) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    ollama.url = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield ollama
    finally:
        server.shutdown()
        server.server_close()
