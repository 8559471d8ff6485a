"""The conversation: what was said, what was done, and the reply that is being written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from db.conversations import Message
from ui.live import RunningTurn
from ui.parts.page import t

__all__ = ["plain", "show_messages", "show_running"]


def plain(text: str) -> str:
    """Text that a person or a model wrote, with Markdown's own signs escaped, so that it is shown as it was written."""
    escaped = "".join(f"\\{character}" if character in "\\`*_{}[]<>()#+-.!|~:$&" else character for character in text)
    return escaped.replace("\n", "  \n")


def show_messages(messages: list[Message], running: RunningTurn | None) -> None:
    """The line of messages that is being looked at. The reply under way is shown by `show_running`."""
    for message in messages:
        if message.status == "streaming" and running is not None:
            continue
        if message.role == "assistant" and message.data.get("act") and not message.content:
            continue
        with st.chat_message(message.role):
            st.markdown(plain(message.content[:4000]))
            if message.status in ("stopped", "failed"):
                st.caption(t("stopped"))
            _tools([dict(call) for call in message.tool_calls])


def show_running(turn: RunningTurn) -> None:
    """The reply as far as it has come."""
    with st.chat_message("assistant"):
        st.markdown(plain(turn.words) if turn.words else t("thinking"))
        if turn.failure and turn.failure not in turn.words:
            st.markdown(plain(turn.failure))


def _tools(calls: list[Mapping[str, Any]]) -> None:
    if not calls:
        return
    with st.expander(t("tools"), icon=":material/build:"):
        for call in calls:
            sign = ":material/check:" if call.get("status") == "ok" else ":material/error:"
            st.markdown(f"{sign} **{plain(str(call.get('name', '')))}** {plain(str(call.get('summary', '')))}")
