"""The chat page: the conversation left, the board right."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import streamlit as st

import agent.story
from db.errors import NotFoundError
from db.history import Version
from ui.parts.board import show_board
from ui.parts.conversation import show_messages, show_running
from ui.parts.page import begin_page, live, owner, t

FILE_TYPES = ["txt", "md", "fountain", "docx"]
SAMPLES = Path(agent.story.__file__).parent / "samples"

services = begin_page()
me = owner()
conversations, history = services.conversations(me), services.history(me)


def the_conversation() -> str | None:
    """The conversation in the address, if it is this person's."""
    try:
        return conversations.get(st.query_params["c"]).id if "c" in st.query_params else None
    except NotFoundError:
        del st.query_params["c"]
        return None


def the_board(conversation: str | None) -> Version | None:
    boards = history.storyboards(conversation=conversation, limit=1) if conversation else []
    return history.head(boards[0].storyboard) if boards else None


def say(text: str, attached: dict[str, bytes] | None = None) -> None:
    turn = live().say(services, me, the_conversation(), text, attached or {})
    if turn.conversation:
        st.query_params["c"] = turn.conversation


def act(tool: str, args: dict[str, object]) -> None:
    live().act(services, me, the_conversation(), tool, args)
    st.rerun()


conversation = the_conversation()
if said := st.chat_input(t("input_next" if conversation else "input_first"), accept_file=True, file_type=FILE_TYPES):
    say(said.text, {file.name: file.getvalue() for file in said.files})
    conversation = the_conversation()

running = live().of(me, conversation)


@st.fragment(run_every=0.3 if running else 1.0)
def both_sides() -> None:
    turn = live().of(me, conversation)
    if (turn is None) != (running is None):
        st.rerun()
    left, right = st.columns([5, 8], gap="large")
    with left:
        messages = list(conversations.messages(conversation)) if conversation else []
        show_messages(messages, turn)
        if turn is not None:
            show_running(turn)
    with right:
        version = the_board(conversation)
        if version is not None:
            show_board(version, services.studio(me).statuses(version), act)
        elif conversation:
            st.caption(t("no_board"))


if conversation:
    with st.container(key="conversation-and-board"):
        both_sides()
else:
    st.title("Taleboard")
    st.write(t("tagline"))
    st.caption(t("samples"))
    for sample in sorted(SAMPLES.glob("*.txt")):
        title = sample.stem.replace("-", " ").capitalize()
        st.button(title, on_click=partial(say, sample.read_text(encoding="utf-8")))
