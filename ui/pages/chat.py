"""The storyboard page: the conversation left, the board right."""

from __future__ import annotations

from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from db.conversations import Message
from db.history import Version
from ui.live import RunningTurn
from ui.parts.board import panel_html, show_board
from ui.parts.conversation import show_asked, show_messages, suggestions, unfinished
from ui.parts.dialogs import show_open_dialog
from ui.parts.first import first_screen
from ui.parts.heading import show_heading
from ui.parts.page import begin_page, board_of, chosen_conversation, leave_conversation, live, owner, t
from ui.parts.talk import await_reply, notices, say, stop_drawing

FILE_TYPES = ["txt", "md", "fountain", "docx"]
MAX_MEGABYTES = 20
# How often the page looks whether something is new: while panels are drawn, and otherwise
DRAWING_SECONDS, IDLE_SECONDS = 0.4, 1.0

services = begin_page()
me = owner()
conversations, history, studio = services.conversations(me), services.history(me), services.studio(me)


def ask_box(placeholder: str) -> None:
    """The place to write. What is sent is said at once."""
    said = st.chat_input(
        placeholder, key="said", accept_file="multiple", file_type=FILE_TYPES, max_upload_size=MAX_MEGABYTES
    )
    if said:
        say(said.text, {file.name: file.getvalue() for file in said.files})
        st.rerun()


def is_drawing(version: Version | None) -> bool:
    """Whether panels of the version are on their way."""
    return version is not None and any(
        status.state in ("queued", "running") for status in studio.statuses(version).values()
    )


def signature(conversation: str) -> tuple[object, ...]:
    """What another tab, or the drawing, may have changed since this page was made."""
    head = conversations.get(conversation).head
    version = board_of(conversation)
    revision = history.revisions([version.storyboard]) if version is not None else None
    turn = live().of(me, conversation)
    return (
        head,
        conversations.message(head).status if head else None,
        str(revision),
        turn is not None,
        is_drawing(version),
    )


def begin(place: DeltaGenerator) -> None:
    """The first screen."""
    with place.container(key="first"):
        st.title("Taleboard")
        st.html(f'<p class="tb-tagline">{t("tagline")}</p>')
        notices()
        ask_box(t("input_first"))
        first_screen()


def talk(conversation: str, version: Version | None) -> None:
    """The conversation and the board."""
    turn = live().of(me, conversation)
    writing = turn if turn is not None and not turn.replied else None
    messages = list(conversations.messages(conversation))
    drawing = is_drawing(version)
    places: dict[str, DeltaGenerator] = {}
    with st.container(key="workspace"):
        left, right = st.columns([5, 9], gap="large")
        with right, st.container(key="board"):
            if version is not None:
                show_heading(version)
                places = show_board(version, studio.statuses(version))
            else:
                st.html(f'<div class="tb-empty">{t("reading_story") if writing else t("no_board")}</div>')
        with left, st.container(key="side"):
            with st.container(height=400, border=False, key="talk", autoscroll=True):
                show_messages(known_messages(messages, writing), busy=writing is not None)
                if writing is not None and not is_stored(messages, writing):
                    show_asked(writing.asked)
                reply = st.container(key="reply")
            notices()
            status_line(version, writing, drawing)
            if version is not None and writing is None and not (messages and unfinished(messages[-1])):
                suggestions(version, messages)
            ask_box(t("input_next") if version is not None else t("input_first"))
    if writing is not None:
        show_writing(writing, messages, reply)
    seen = signature(conversation)
    st.fragment(watch, run_every=DRAWING_SECONDS if drawing else IDLE_SECONDS)(conversation, version, seen, places)


def is_stored(messages: list[Message], turn: RunningTurn) -> bool:
    """Whether what the person said is among the messages already: a turn's first moments are not."""
    said = [message for message in messages if message.role == "user"]
    return not turn.asked or bool(said and said[-1].content == turn.asked and said[-1].created_at >= turn.begun)


def known_messages(messages: list[Message], turn: RunningTurn | None) -> list[Message]:
    """The messages before a turn: where it says an earlier one anew, only those before that one."""
    ids = [message.id for message in messages]
    if turn is not None and turn.replacing in ids:
        return messages[: ids.index(turn.replacing)]
    return messages


def show_writing(turn: RunningTurn, messages: list[Message], reply: DeltaGenerator) -> None:
    """Waits for the reply, showing its words; then the page is made anew with what it changed."""
    with reply:
        thinking = st.empty()
        thinking.html(f'<p class="tb-small" role="status">{t("thinking")}</p>')
        await_reply(turn, st.empty())
    st.rerun()


def status_line(version: Version | None, writing: RunningTurn | None, drawing: bool) -> None:
    """What is under way, and the way to stop it; or what was left undrawn."""
    with st.container(horizontal=True, vertical_alignment="center", key="status"):
        if writing is not None or drawing:
            st.html(f'<p class="tb-small" role="status">{t("replying") if writing else t("drawing_panels")}</p>')
            st.button(t("stop"), key="stop", icon=":material/stop_circle:",
                      on_click=partial(stop_drawing, version.storyboard if version else None))  # fmt: skip
        elif version is not None and (left := sum(image is None for image in version.images.values())):
            st.html(f'<p class="tb-small">{t("left_undrawn", count=left)}</p>')
            st.button(t("draw_rest"), key="draw-rest", icon=":material/brush:", on_click=draw_rest, args=(version,))


def draw_rest(version: Version) -> None:
    """Asks for what is not drawn."""
    studio.enqueue(version)


def watch(
    conversation: str, version: Version | None, seen: tuple[object, ...], places: dict[str, DeltaGenerator]
) -> None:
    """Looks what is new. Panels that are forming are shown in their places; anything else makes the page anew."""
    if signature(conversation) != seen:
        st.rerun()
    if version is None or not places:
        return
    now = history.version(version.storyboard, version.number)
    statuses = studio.statuses(now)
    for scene, place in places.items():
        status = statuses.get(scene)
        if now.images.get(scene) is not None or (status is not None and status.state != "queued"):
            place.html(panel_html(now, now.board.scene(scene), status))


conversation = chosen_conversation()
# The first screen has a place of its own: emptied before the reply is waited for, it is gone at once.
first = st.empty()
if conversation is None:
    begin(first)
else:
    with st.container(key="top"):
        st.button(t("new_board"), key="new", icon=":material/add:", type="tertiary", on_click=leave_conversation)
    version = board_of(conversation)
    talk(conversation, version)
    show_open_dialog(version)
