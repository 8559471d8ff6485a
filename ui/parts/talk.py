"""What a page does with the person's wishes: a turn of words, a turn of a button, and waiting for the reply."""

from __future__ import annotations

import time
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from db.conversations import Message
from ui.live import RunningTurn
from ui.parts.page import chosen_conversation, live, owner, plain, services, t, written

__all__ = ["act", "act_here", "again", "await_reply", "id_of", "last_words", "notices", "say", "settle", "stop_drawing"]

LOOK_SECONDS = 0.02
"""How often a page that waits for words looks for new ones."""


def say(
    text: str,
    files: Mapping[str, bytes] | None = None,
    *,
    send_id: str,
    replacing: int | None = None,
    conversation: str | None = None,
) -> None:
    """Begins a turn with what the person said, in a conversation (by default the chosen one); the page shows it as it
    comes. One that was sent already is not said again: the page goes on with the turn that has it. Raises NotFoundError
    where the conversation is gone."""
    conversation = conversation or chosen_conversation()
    turn = live().say(services(), owner(), conversation, text, files, replacing=replacing, send_id=send_id)
    st.session_state["turn"] = turn
    if turn.conversation:
        st.session_state["conversation"] = st.query_params["c"] = turn.conversation


def id_of(*parts: object) -> str:
    """The id of a message that these make one: the same ones may come again only if it does."""
    return sha256("\0".join(map(str, parts)).encode("utf-8", "replace")).hexdigest()


def act(tool: str, **args: Any) -> None:
    """Begins a turn with what a button asks."""
    st.session_state["turn"] = live().act(services(), owner(), chosen_conversation(), tool, args)


def again(reply: Message) -> None:
    """Begins to answer anew what this reply answered."""
    st.session_state["turn"] = live().again(services(), owner(), reply.conversation, reply.id)


def stop_drawing(storyboard: str | None) -> None:
    """Ends the reply under way, and the drawing of a storyboard, whoever asked for it."""
    live().stop(owner(), chosen_conversation())
    if storyboard is not None:
        services().studio(owner()).cancel(storyboard)


def await_reply(turn: RunningTurn, place: DeltaGenerator, *, until: float | None = None) -> None:
    """Shows the words of a turn in a place as they come, until the reply is whole, or the clock (`time.monotonic`) is
    past `until`. Leaving early (the person clicked something, or closed the tab) ends the showing and not the turn."""
    seen = ""
    while True:
        words = turn.words
        if words != seen:
            seen = words
            place.html(written(words))
        if turn.done or (until is not None and time.monotonic() >= until):
            return
        time.sleep(LOOK_SECONDS)


def notices() -> None:
    """What went wrong before anything of it could be put into the conversation."""
    turn: RunningTurn | None = st.session_state.get("turn")
    if turn is not None and turn.refused:
        st.error(plain(turn.refused), icon=":material/error:")
    if notice := st.session_state.pop("notice", None):
        st.warning(plain(notice), icon=":material/info:")


def settle() -> None:
    """Waits for the reply under way, before a page other than the conversation's reads what is there, and says what
    the last button did."""
    turn = live().of(owner(), chosen_conversation())
    if turn is not None:
        with st.spinner(t("thinking")):
            await_reply(turn, st.empty())
    last_words()
    notices()


def act_here(tool: str, **args: Any) -> None:
    """Begins a turn with what a button asks, and remembers it, so that its words are shown beside the button."""
    act(tool, **args)
    st.session_state["acted"] = st.session_state["turn"]


def last_words() -> None:
    """What the last button did, or why it did not."""
    turn: RunningTurn | None = st.session_state.get("acted")
    if turn is not None and turn.done and turn.words:
        failed = turn.failure or any(getattr(call, "status", "ok") == "error" for call in turn.tools.values())
        (st.warning if failed else st.success)(plain(turn.words.strip()))
