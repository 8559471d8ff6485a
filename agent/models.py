"""Which chat model answers: the offline planner, any that LangChain's `init_chat_model` reaches, or a local
transformers model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from agent.errors import SettingsError

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

__all__ = ["chat_model"]

TIMEOUT_SECONDS = 120


def chat_model(name: str) -> BaseChatModel:
    """The chat model that TALEBOARD_LLM names: `offline`, `transformers:PATH`, or `PROVIDER:MODEL`.
    Raises SettingsError in one line where it cannot be had."""
    if name == "offline":
        from agent.planner import OfflinePlanner

        return OfflinePlanner()
    provider, _, model = name.partition(":")
    if provider == "transformers":
        from agent.local_model import LocalChatModel

        return LocalChatModel.load(model)
    from langchain.chat_models import init_chat_model

    options: dict[str, Any] = (
        {"timeout": TIMEOUT_SECONDS, "max_retries": 2} if provider in ("openai", "anthropic") else {}
    )
    try:
        return init_chat_model(name, **options)
    except ImportError as error:
        raise SettingsError(
            f"TALEBOARD_LLM={name} needs a package that is not installed ({error.name}): pip install 'taleboard[llm]'"
        ) from None
    except Exception as error:
        raise SettingsError(f"TALEBOARD_LLM={name} cannot be used: {_first_line(error)}") from None


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
