"""How many tokens a language model can take at once: told by the settings, asked of Ollama, else known by provider."""

from __future__ import annotations

import os

from agent.ollama import about_model

__all__ = ["OLLAMA_LARGEST", "window_of"]

BY_PROVIDER = {"openai": 128_000, "anthropic": 200_000, "google_genai": 1_000_000, "mistralai": 32_000}
OF_A_SERVER_OF_ONES_OWN = 8_192
"""What an OpenAI-compatible server at another address is taken to have: llama.cpp and LM Studio begin with 4,096 to
8,192, and none says so in its answers."""
UNKNOWN = 8_192
OLLAMA_LARGEST = 16_384
"""More is not asked of Ollama, however much a model could take: each 8,192 tokens cost it about a gigabyte."""


def window_of(name: str, setting: int = 0) -> int:
    """Find the window of the model that TALEBOARD_LLM names. `setting` is TALEBOARD_LLM_WINDOW, or 0."""
    if setting:
        return setting
    provider, _, model = name.partition(":")
    if provider == "ollama":
        return min(_ollama_window(model) or UNKNOWN, OLLAMA_LARGEST)
    if provider == "openai" and os.environ.get("OPENAI_BASE_URL", os.environ.get("OPENAI_API_BASE", "")):
        return OF_A_SERVER_OF_ONES_OWN
    return BY_PROVIDER.get(provider, UNKNOWN)


def _ollama_window(model: str) -> int | None:
    """What Ollama says of a model: the key that ends in `.context_length`; None where it says nothing."""
    sizes = about_model(model).get("model_info", {})
    return next((int(value) for key, value in sizes.items() if key.endswith(".context_length")), None)
