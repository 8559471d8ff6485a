"""What Ollama says of its models, by its own API."""

from __future__ import annotations

import json
import os
import urllib.request
from contextlib import suppress
from typing import Any

__all__ = ["about_model"]

ASKING_SECONDS = 3


def about_model(model: str) -> dict[str, Any]:
    """Ask Ollama about a model (`/api/show`): among others `model_info`, with its sizes, and `capabilities`, such as
    "tools" and "vision". Empty where nobody answers."""
    host = os.environ.get("OLLAMA_HOST", "127.0.0.1:11434")
    address = (host if "://" in host else f"http://{host}").rstrip("/") + "/api/show"
    body = json.dumps({"model": model}).encode()
    request = urllib.request.Request(address, body, {"Content-Type": "application/json"})
    with suppress(OSError, ValueError), urllib.request.urlopen(request, timeout=ASKING_SECONDS) as answer:
        facts = json.load(answer)
        return facts if isinstance(facts, dict) else {}
    return {}
