"""LangChain's own tests of a chat model."""

from __future__ import annotations

from typing import Any

from langchain_core.language_models import BaseChatModel
from langchain_tests.unit_tests import ChatModelUnitTests

from agent.planner import OfflinePlanner


class TestOfflinePlanner(ChatModelUnitTests):
    @property
    def chat_model_class(self) -> type[BaseChatModel]:
        return OfflinePlanner

    @property
    def chat_model_params(self) -> dict[str, Any]:
        return {}

    @property
    def init_from_env_params(self) -> tuple[dict[str, str], dict[str, Any], dict[str, Any]]:
        """The planner stays itself, whatever the environment names."""
        return {"TALEBOARD_LLM": "openai:another"}, {}, {"model_name": "offline"}
