"""A Hugging Face hub on loopback with one model: enough of its API for looking a model up and downloading it."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

__all__ = ["serve_hub"]

COMMIT = "0123456789abcdef0123456789abcdef01234567"


@contextmanager
def serve_hub(name: str, folder: Path) -> Iterator[tuple[str, list[str]]]:
    """Serve the files of a folder as the model `name`; gives the address, and the files that are asked for."""
    asked: list[str] = []

    class Hub(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            self._answer(body=False)

        def do_GET(self) -> None:
            self._answer(body=True)

        def _answer(self, *, body: bool) -> None:
            path = self.path.partition("?")[0]
            files = {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}
            if path.startswith(f"/api/models/{name}/tree/"):
                rows = [
                    {"type": "file", "path": file, "size": len(data), "oid": hashlib.sha1(data).hexdigest()}
                    for file, data in files.items()
                ]
                self._send(200, json.dumps(rows).encode(), body)
            elif path in (f"/api/models/{name}", f"/api/models/{name}/revision/main"):
                siblings = [{"rfilename": file, "size": len(data)} for file, data in files.items()]
                about = {"id": name, "modelId": name, "sha": COMMIT, "siblings": siblings, "private": False, "tags": []}
                self._send(200, json.dumps(about).encode(), body)
            elif path.startswith(f"/{name}/resolve/") and path.rpartition("/")[2] in files:
                file = path.rpartition("/")[2]
                if body:
                    asked.append(file)
                self._send(200, files[file], body)
            else:
                self._send(404, b"{}", body, {"X-Error-Code": "RepoNotFound"})

        def _send(self, status: int, data: bytes, body: bool, headers: dict[str, str] | None = None) -> None:
            self.send_response(status)
            told = {"X-Repo-Commit": COMMIT, "ETag": f'"{hashlib.sha1(data).hexdigest()}"', **(headers or {})}
            for key, value in {**told, "Content-Length": str(len(data)), "Content-Type": "application/json"}.items():
                self.send_header(key, value)
            self.end_headers()
            if body:
                self.wfile.write(data)

        def log_message(self, *args: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Hub)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", asked
    finally:
        server.shutdown()
        server.server_close()
