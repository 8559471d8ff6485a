"""The conversation left and the board right, and how both keep up with what happens: the reply as it is written, the
panels as they are drawn, and what another tab did."""

from __future__ import annotations

import html
import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from uuid import uuid4

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from agent.drawing.pace import Pace
from agent.drawing.uploads import KINDS as PICTURE_KINDS
from agent.drawing.uploads import UNREAD
from agent.story.readers import STORY_KINDS
from db.conversations import Message
from db.errors import NotFoundError
from db.history import Version
from db.jobs import JobStatus
from ui.live import RunningTurn
from ui.parts.board import panel_html, show_board
from ui.parts.conversation import show_asked, show_messages, suggestions, unfinished
from ui.parts.heading import show_heading
from ui.parts.page import live, owner, services, t
from ui.parts.talk import await_reply, id_of, notices, say, stop_drawing

__all__ = ["Shown", "ask_box", "show_workspace", "shown", "to_show"]

FILE_TYPES = [ending[1:] for ending in (*STORY_KINDS, *PICTURE_KINDS, *UNREAD)]
MAX_MEGABYTES = 100
"""What the browser may send; what a story may have is less, and the reply says so in words."""
DRAWING_SECONDS, IDLE_SECONDS = 0.4, 1.0
"""How often the page looks whether something is new: while panels are drawn, and otherwise."""
QUICK_SECONDS = 0.4
"""A reply that comes within this time is waited for before the board is shown: it would be shown twice."""


@dataclass(frozen=True)
class Shown:
    """The last message and how it stands, the number of the board's version, and whether something is under way: what
    another tab, a turn or the drawing may change."""

    message: int | None
    status: str | None
    version: int | None
    writing: bool
    drawing: bool


def ask_box(placeholder: str) -> None:
    """The place to write, and to drop a story's file, or a picture that a panel is to be drawn from."""
    st.chat_input(
        placeholder,
        key="said",
        accept_file="multiple",
        file_type=FILE_TYPES,
        max_upload_size=MAX_MEGABYTES,
        on_submit=_send,
    )
    if "box" not in st.session_state or st.session_state["said"] is None:
        st.session_state["box"] = uuid4().hex


def _send() -> None:
    """Say what came as an event: messages with files, and what was typed before the page's script was there. Streamlit
    may deliver it again where a page is made anew before it is whole; then it has the same id, as its uploads have, and
    the box is another one only once the page was made with it empty."""
    said = st.session_state["said"]
    if said is not None:
        files = {file.name: file.getvalue() for file in said.files}
        uploads = sorted(file.file_id for file in said.files)
        say(said.text, files, send_id=id_of(st.session_state["box"], said.text, *uploads))


def show_workspace(conversation: str, version: Version | None) -> None:
    """The whole of it, and whatever is under way."""
    writing = live().of(owner(), conversation)
    try:
        messages = services().conversations(owner()).messages(conversation)
        statuses = _statuses(version)
    except NotFoundError:  # the conversation went while this page was being made: the next one says so
        st.rerun()
    with st.container(key="workspace"):
        left, right = st.columns([5, 9], gap="large")
    with left, st.container(key="side"):
        reply, progress = _talk(messages, version, writing, statuses)
    if writing is not None and _replies(writing, reply, QUICK_SECONDS):
        st.rerun()
    fresh = _fresh(messages, version)
    places: dict[str, DeltaGenerator] = {}
    with right, st.container(key="board"):
        if version is not None:
            show_heading(version)
            places = show_board(version, statuses, fresh)
        else:
            words = t("reading_story") if writing is not None else t("no_board")
            st.html(f'<div class="tb-empty">{html.escape(words)}</div>')
    if writing is not None:
        _replies(writing, reply)
        st.rerun()
    seconds = DRAWING_SECONDS if _is_drawing(statuses) else IDLE_SECONDS
    seen = shown(messages, version, writing=writing is not None, drawing=_is_drawing(statuses))
    st.fragment(_watch, run_every=seconds)(conversation, version, seen, places, progress, fresh)


def _talk(
    messages: Sequence[Message], version: Version | None, writing: RunningTurn | None, statuses: Mapping[str, JobStatus]
) -> tuple[DeltaGenerator, DeltaGenerator | None]:
    """The conversation and the place to write. Returns the places of the reply that is being written, and of how far
    the drawing is, where something is drawn."""
    with st.container(height=400, border=False, key="talk", autoscroll=True):
        show_messages(_before(messages, writing), busy=writing is not None)
        if writing is not None and not _is_stored(messages, writing):
            show_asked(writing.asked)
        reply = st.empty()
    notices()
    progress = _status_line(version, writing, statuses)
    if version is not None and writing is None and not (messages and unfinished(messages[-1])):
        suggestions(version, messages)
    ask_box(t("input_next") if version is not None else t("input_first"))
    return reply, progress


def _replies(turn: RunningTurn, place: DeltaGenerator, seconds: float | None = None) -> bool:
    """Shows the reply as it comes, until it is whole (True), or for some seconds."""
    if not turn.words:
        place.html(f'<p class="tb-small" role="status">{html.escape(t("thinking"))}</p>')
    await_reply(turn, place, until=None if seconds is None else time.monotonic() + seconds)
    return turn.done


def _is_stored(messages: Sequence[Message], turn: RunningTurn) -> bool:
    """Whether what the person said is among the messages already: a turn's first moments are not."""
    said = [message for message in messages if message.role == "user"]
    return not turn.asked or bool(said and said[-1].content == turn.asked and said[-1].created_at >= turn.begun)


def _before(messages: Sequence[Message], turn: RunningTurn | None) -> Sequence[Message]:
    """The messages before a turn: where it says an earlier one anew, only those before that one."""
    ids = [message.id for message in messages]
    if turn is not None and turn.replacing in ids:
        return messages[: ids.index(turn.replacing)]
    return messages


def _status_line(
    version: Version | None, writing: RunningTurn | None, statuses: Mapping[str, JobStatus]
) -> DeltaGenerator | None:
    """What is under way, and the way to stop it; or what was left undrawn. Returns the place of how far the drawing is;
    it changes too often to be read out, and so is no part of the status."""
    progress = None
    with st.container(horizontal=True, vertical_alignment="center", key="status"):
        if writing is not None or _is_drawing(statuses):
            words = t("replying") if writing is not None else t("drawing_panels")
            st.html(f'<p class="tb-small" role="status">{html.escape(words)}</p>', width="content")
            if writing is None and version is not None:
                progress = st.empty()
                progress.html(_progress(version, statuses))
            st.button(t("stop"), key="stop", icon=":material/stop_circle:", on_click=stop_drawing,
                      args=(version.storyboard if version else None,))  # fmt: skip
        elif version is not None and (left := sum(image is None for image in version.images.values())):
            st.html(f'<p class="tb-small">{html.escape(t("left_undrawn", count=left))}</p>')
            st.button(t("draw_rest"), key="draw-rest", icon=":material/brush:", on_click=_draw_rest, args=(version,))
    return progress


def _progress(version: Version, statuses: Mapping[str, JobStatus]) -> str:
    """How many panels are drawn, and how long the others will take."""
    drawn = sum(image is not None for image in version.images.values())
    parts = [t("drawn_of", drawn=drawn, count=len(version.images))]
    seconds = _pace(version.storyboard, version.number).seconds_left(statuses.values())
    if seconds is not None and seconds < 60:
        parts.append(t("seconds_left", count=max(1, round(seconds))))
    elif seconds is not None:
        parts.append(t("minutes_left", count=round(seconds / 60)))
    return f'<p class="tb-small">{html.escape(" · ".join(parts))}</p>'


@lru_cache(maxsize=64)
def _pace(storyboard: str, number: int) -> Pace:
    """The pace at which a version is being drawn: one for all who look at it."""
    return Pace()


def _draw_rest(version: Version) -> None:
    services().studio(owner()).enqueue(version)


def _fresh(messages: Sequence[Message], version: Version | None) -> Collection[str]:
    """The scenes that the last turn changed, unless it changed all of them."""
    changed = {change["scene"] for change in messages[-1].data.get("changed", ())} if messages else set()
    return changed if version is not None and len(changed) < len(version.board.scenes) else ()


def _watch(
    conversation: str,
    version: Version | None,
    seen: Shown,
    places: Mapping[str, DeltaGenerator],
    progress: DeltaGenerator | None,
    fresh: Collection[str],
) -> None:
    """Looks what is new. Panels that are forming are shown in their places; anything else makes the page anew."""
    try:
        statuses = _statuses(version)
        changed = to_show(conversation, version, drawing=_is_drawing(statuses)) != seen
        now = services().history(owner()).version(version.storyboard, version.number) if version and places else None
    except NotFoundError:  # it was deleted, perhaps in another tab
        changed, statuses, now = True, {}, None
    if changed:
        st.rerun()
    if now is None:
        return
    if progress is not None:
        progress.html(_progress(now, statuses))
    for scene, place in places.items():
        place.html(panel_html(now, now.board.scene(scene), statuses.get(scene), fresh=scene in fresh))


def _statuses(version: Version | None) -> Mapping[str, JobStatus]:
    """How far the version's pending panels are."""
    if version is None or all(image is not None for image in version.images.values()):
        return {}
    return services().studio(owner()).statuses(version)


def _is_drawing(statuses: Mapping[str, JobStatus]) -> bool:
    return any(status.state in ("queued", "running") for status in statuses.values())


def shown(messages: Sequence[Message], version: Version | None, *, writing: bool, drawing: bool) -> Shown:
    """What a page shows, from what it was made of: by now something newer may be in the database, and is to be seen."""
    message, status = (messages[-1].id, messages[-1].status) if messages else (None, None)
    return Shown(message, status, version.number if version is not None else None, writing, drawing)


def to_show(conversation: str, version: Version | None, *, drawing: bool) -> Shown:
    """What a page made now would show. Raises NotFoundError for a conversation that is gone."""
    conversations, history = services().conversations(owner()), services().history(owner())
    head = conversations.get(conversation).head
    status = conversations.message(head).status if head is not None else None
    boards = history.revisions([version.storyboard]) if version is not None else {}
    number = next((number for _, number in boards.values()), None)
    return Shown(head, status, number, live().of(owner(), conversation) is not None, drawing)
