"""The conversation: what was said, what was done, and what could be said next."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import Any
from uuid import uuid4

import streamlit as st

from agent.exports.formats import FORMATS
from agent.exports.writing import file_name
from db.conversations import Message
from db.history import Version
from ui.parts.exports import written_file
from ui.parts.page import owner, plain, services, t, written
from ui.parts.talk import act, again, id_of, say
from ui.server import picture_url

__all__ = ["STARTED", "show_asked", "show_messages", "suggestions", "unfinished"]

SHOWN = 40
"""How many messages are shown at first; a click shows those before."""
LONG = 420
"""Characters from which a message, a pasted story most likely, is folded."""
STARTED = datetime.now(UTC)
"""When this process began: a reply that was being written before was left unfinished by another one."""


def unfinished(message: Message) -> bool:
    """Whether a reply stopped halfway: by the person, by a failure, or because the program ended."""
    abandoned = message.status == "streaming" and message.created_at.replace(tzinfo=UTC) < STARTED
    return abandoned or message.status in ("stopped", "failed")


def show_messages(messages: Sequence[Message], *, busy: bool) -> None:
    """The line of messages that is being looked at. The reply under way is shown by whoever waits for it."""
    shown = messages if st.session_state.get("all_messages") else messages[-SHOWN:]
    if len(shown) < len(messages):
        st.button(
            t("earlier", count=len(messages) - len(shown)),
            key="earlier",
            type="tertiary",
            on_click=lambda: st.session_state.update(all_messages=True),
        )
    by_id = {message.id: message for message in messages}
    for message in shown:
        if message.status == "streaming" and not unfinished(message):
            continue
        last = message is messages[-1]
        if message.role == "user":
            _asked(message, busy)
        elif message.data.get("act"):
            _done_by_button(message, last=last and not busy)
        else:
            _reply(message, by_id.get(message.parent or 0), last=last and not busy)


def show_asked(text: str) -> None:
    """What the person has just said."""
    st.html(_bubble(text))


def _bubble(text: str, files: str = "") -> str:
    """What the person said; who said it is seen by its place, and said to those who cannot see it."""
    return f'<div class="tb-said"><span class="tb-hidden">{html.escape(t("you"))}: </span>{_folded(text)}{files}</div>'


def _asked(message: Message, busy: bool) -> None:
    with st.container(key=f"asked-{message.id}"):
        if st.session_state.get("editing") == message.id:
            _edit(message)
            return
        files = [f'<span class="tb-file">{html.escape(str(name))}</span>' for name in message.data.get("files", ())]
        pictures = [
            f'<img class="tb-given" src="{picture_url(str(sha256))}" alt="{html.escape(str(name))}">'
            for name, sha256 in message.data.get("pictures", {}).items()
        ]
        st.html(_bubble(message.content, "".join((*files, *pictures))))
        if busy:
            return
        with st.container(horizontal=True, horizontal_alignment="right", gap="small", key=f"asked-row-{message.id}"):
            if len(message.siblings) > 1:
                _siblings(message)
            if not files:
                st.button(
                    t("edit"),
                    key=f"edit-{message.id}",
                    icon=":material/edit:",
                    type="tertiary",
                    help=t("edit_help"),
                    on_click=lambda: st.session_state.update(editing=message.id, edit_id=uuid4().hex),
                )


def _edit(message: Message) -> None:
    with st.form(f"edit-form-{message.id}", border=False):
        text = st.text_area(t("edit_label"), message.content, height=140)
        with st.container(horizontal=True):
            sent = st.form_submit_button(t("send_again"), type="primary")
            left = st.form_submit_button(t("cancel"))
    if sent or left:
        del st.session_state["editing"]
        if sent and text.strip():
            say(text, replacing=message.id, send_id=st.session_state["edit_id"])
        st.rerun()


def _siblings(message: Message) -> None:
    """The other ways in which this was said: each has its own line of the conversation, and its own board."""
    place = message.siblings.index(message.id)
    for step, icon, label in ((-1, "chevron_left", t("line_before")), (1, "chevron_right", t("line_after"))):
        st.button(
            label,
            key=f"line-{message.id}-{step}",
            icon=f":material/{icon}:",
            type="tertiary",
            disabled=not 0 <= place + step < len(message.siblings),
            on_click=partial(_switch_line, message.siblings[max(0, min(place + step, len(message.siblings) - 1))]),
        )
        if step < 0:
            st.html(f'<span class="tb-small">{place + 1} / {len(message.siblings)}</span>', width="content")


def _switch_line(message: int) -> None:
    conversations, history = services().conversations(owner()), services().history(owner())
    conversation = conversations.select(message).id
    told = [one for one in conversations.messages(conversation) if one.storyboard and one.version]
    if told:
        history.branch(str(told[-1].storyboard), int(told[-1].version or 1))


def _done_by_button(message: Message, *, last: bool) -> None:
    st.html(f'<div class="tb-act">{written(message.content or t("stopped"), "tb-act-words")}</div>')
    if last and unfinished(message):
        asked: Mapping[str, Any] = message.data["act"]
        st.button(t("try_again"), key="try-again", icon=":material/refresh:", on_click=act, args=(asked["name"],),
                  kwargs=dict(asked["args"]))  # fmt: skip


def _reply(message: Message, asked: Message | None, *, last: bool) -> None:
    with st.container(key=f"reply-{message.id}"):
        who = f'<span class="tb-hidden">{html.escape(t("answer"))}: </span>'
        st.html(who + written(message.content) + _trail(message.tool_calls))
        if unfinished(message):
            words = t("stopped") if message.status != "failed" else t("failed_reply")
            st.html(f'<p class="tb-small" role="status">{html.escape(words)}</p>')
            if last and asked is not None and not asked.data.get("files"):
                st.button(t("try_again"), key="try-again", icon=":material/refresh:", on_click=again, args=(message,))
            elif last and asked is not None:
                st.caption(t("attach_again"))
        elif last and asked is not None and asked.role == "user" and not asked.data.get("files"):
            _answer_again(message)
        for call in message.tool_calls:
            if last and call.get("name") == "export_board" and call.get("status") == "ok":
                _exported(message, str(call["args"].get("format")), call["args"].get("version"))
        if last and (pending := message.data.get("pending")):
            with st.container(horizontal=True, key="choices"):
                for number, choice in enumerate(pending.get("choices", ())):
                    st.button(plain(str(choice)), key=f"choice-{number}", on_click=say, args=(str(choice),),
                              kwargs={"send_id": id_of(message.conversation, message.id, number)})  # fmt: skip


def _answer_again(reply: Message) -> None:
    with st.container(horizontal=True, gap="small", key=f"reply-row-{reply.id}"):
        if len(reply.siblings) > 1:
            _siblings(reply)
        st.button(t("answer_again"), key="answer-again", icon=":material/refresh:", type="tertiary",
                  help=t("answer_again_help"), on_click=again, args=(reply,))  # fmt: skip


def _exported(reply: Message, format: str, number: int | None) -> None:
    """The file that was asked for in words, to be taken along: it is written anew when it is clicked."""
    if reply.storyboard is None or reply.version is None or format not in FORMATS:
        return
    version = services().history(owner()).version(reply.storyboard, number or reply.version)
    st.download_button(t("export_as", format=format.upper()), lambda: written_file(version, format)[0],
                       file_name(version.board.title, format), key=f"exported-{reply.id}-{format}",
                       icon=":material/download:", on_click="ignore")  # fmt: skip


def _folded(text: str) -> str:
    """A long text with only its beginning in view."""
    if len(text) <= LONG:
        return written(text)
    end = text.rfind(" ", 0, LONG - 120)
    end = LONG - 120 if end < LONG // 2 else end
    return (
        f'<details class="tb-fold"><summary>{written(text[:end] + " …")}'
        f'<span class="tb-more">{html.escape(t("show_all", count=f"{len(text):,}"))}</span></summary>'
        f"{written(text[end:].lstrip())}</details>"
    )


def _trail(calls: Sequence[Mapping[str, Any]]) -> str:
    """The steps of a reply, folded into one line."""
    if not calls:
        return ""
    steps = "".join(
        f'<li class="tb-{"ok" if call.get("status") == "ok" else "error"}"><code>{html.escape(str(call.get("name")))}'
        f"</code> {html.escape(str(call.get('summary', '')))}</li>"
        for call in calls
    )
    label = t("trail", count=len(calls))
    return f'<details class="tb-trail"><summary>{html.escape(label)}</summary><ol>{steps}</ol></details>'


def suggestions(version: Version, messages: Sequence[Message]) -> None:
    """Three or four things to do next, about the panels that were last talked of."""
    board = version.board
    known = messages[-1].data if messages else {}
    focus = [one for one in known.get("focus", {}).get("scenes", ()) if one in version.images]
    scene = board.scene(focus[-1]) if focus else board.scenes[0] if board.scenes else None
    offered: list[tuple[str, str, dict[str, Any]]] = []
    if version.parent is not None:
        offered.append((t("undo"), "undo", {}))
    if scene is not None and not scene.locked:
        number = board.position(scene.id)
        if version.images.get(scene.id):
            offered.append((t("suggest_redraw", number=number), "redraw", {"scenes": [scene.id]}))
        if "warm" not in scene.mood:
            offered.append(
                (t("suggest_warm", number=number), "edit_scenes", {"scenes": [scene.id], "mood": "warm light"})
            )
        if "night" not in scene.time:
            offered.append((t("suggest_night", number=number), "edit_scenes", {"scenes": [scene.id], "time": "night"}))
        if "close" not in scene.shot:
            offered.append(
                (t("suggest_close", number=number), "edit_scenes", {"scenes": [scene.id], "shot": "close-up"})
            )
    with st.container(horizontal=True, key="suggestions", gap="small"):
        for place, (label, tool, args) in enumerate(offered[:4]):
            st.button(label, key=f"suggest-{place}", on_click=act, args=(tool,), kwargs=args)
