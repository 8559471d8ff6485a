"""Which chat model answers: the offline planner, any that LangChain's `init_chat_model` reaches, or a local
transformers model."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from agent.errors import SettingsError, first_line
from agent.ollama import about_model

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

__all__ = ["chat_model"]

TIMEOUT_SECONDS = 120


def chat_model(name: str, *, window: int = 0) -> BaseChatModel:
    """The chat model that TALEBOARD_LLM names: `offline`, `transformers:PATH`, or `PROVIDER:MODEL`. Ollama is told to
    make room for `window` tokens; left alone it cuts at 2,048 or 4,096 and says nothing.
    Raises SettingsError in one line where it cannot be had."""
    if name == "offline":
        from agent.planner import OfflinePlanner

        return OfflinePlanner()
    provider, _, model = name.partition(":")
    if provider == "transformers":
        from agent.local_model import LocalChatModel

        return LocalChatModel.load(model)
    made = _from_provider(name, window)
    if made.profile is None or "image_inputs" not in made.profile:
        made.profile = {**(made.profile or {}), "image_inputs": _sees(provider, model)}
    return made


def _sees(provider: str, model: str) -> bool:
    """Whether a model that LangChain has no profile of can look at pictures. Ollama says so; else the name tells."""
    if provider == "ollama":
        return "vision" in about_model(model).get("capabilities", ())
    from agent.sight import named_like_a_seeing_model

    return named_like_a_seeing_model(model)


def _from_provider(name: str, window: int) -> BaseChatModel:
    """A chat model by LangChain's client for its provider. Raises SettingsError."""
    provider = name.partition(":")[0]
    from langchain.chat_models import init_chat_model

    patient: dict[str, Any] = {"timeout": TIMEOUT_SECONDS, "max_retries": 2}
    options = patient if provider in ("openai", "anthropic") else {}
    if provider == "ollama" and window:
        options = {"num_ctx": window}
    if provider == "openai" and os.environ.get("OPENAI_BASE_URL") and not os.environ.get("OPENAI_API_KEY"):
        options = {**options, "api_key": "none"}  # servers of one's own ask for none, the client insists on one
    try:
        return init_chat_model(name, **options)
    except ImportError as error:
        raise SettingsError(
            f"TALEBOARD_LLM={name} needs a package that is not installed ({error.name or f'langchain-{provider}'}): "
            "`taleboard doctor` says how to install those for ollama, openai and anthropic"
        ) from None
    except Exception as error:
        raise SettingsError(f"TALEBOARD_LLM={name} cannot be used: {first_line(error)}") from None
