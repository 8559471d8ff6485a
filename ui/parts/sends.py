"""Messages as the page sends them: each has an id from where it was typed, and is said once, however often it comes."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import streamlit as st
from pydantic import BaseModel, StringConstraints, TypeAdapter, ValidationError

from db.errors import NotFoundError
from ui.parts.page import chosen_conversation, t
from ui.parts.talk import say

__all__ = ["Send", "sends_in", "take_sends"]

ASSETS = Path(__file__).parent.parent / "assets"
KEPT = 200
"""How many ids a page remembers as taken. The browser forgets a message once it is told so."""

Id = Annotated[str, StringConstraints(min_length=1, max_length=64)]


class Send(BaseModel):
    """A message, the id that was made as it was typed, and the conversation before which that was."""

    id: Id
    text: str
    conversation: Id | None = None


SENDS = TypeAdapter(list[Send])


def take_sends() -> None:
    """Say what was typed since, in its order. It comes as state of the page, not as an event: a run of the script that
    is broken off loses nothing, as the next one has it too."""
    taken: list[str] = st.session_state.setdefault("taken", [])
    for send in sends_in(st.session_state.get("sends")):
        if send.id in taken:
            continue
        try:
            say(send.text, send_id=send.id, conversation=send.conversation)
        except NotFoundError:
            st.session_state["notice"] = t("not_found")
        taken.append(send.id)
    del taken[:-KEPT]
    component = st.components.v2.component("taleboard_sends", js=(ASSETS / "sends.js").read_text("utf-8"))
    data = {"taken": taken, "conversation": chosen_conversation()}
    with st.container(key="unseen"):
        component(key="sends", data=data, default={"waiting": []}, on_waiting_change=lambda: None)


def sends_in(state: object) -> list[Send]:
    """The messages in what the browser sent; none where it is not of their shape. Pure."""
    waiting = state.get("waiting") if hasattr(state, "get") else None
    try:
        return SENDS.validate_python(waiting or [])
    except ValidationError:
        return []
