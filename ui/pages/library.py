"""The library: everything that a person has, with covers, to find, open, rename, put away and delete."""

from __future__ import annotations

import html
from datetime import UTC, datetime
from pathlib import Path
from typing import get_args
from zoneinfo import ZoneInfo

import streamlit as st

from agent.session import ChatSession
from db.errors import DatabaseError
from db.library import Entry, Library, Order
from ui.parts.page import begin_page, board_of, leave_conversation, owner, plain, t
from ui.server import picture_url, recycle_bin

PAGE = 24

services = begin_page()
me = owner()
conversations, history = services.conversations(me), services.history(me)
library = Library(services.database, me)


def conversation_of(entry: Entry) -> str:
    """The conversation that shows this storyboard. One that was made without a conversation, or in one that has gone on
    to another storyboard, gets its own."""
    if entry.conversation is not None:
        version = board_of(entry.conversation)
        if entry.storyboard is None or (version is not None and version.storyboard == entry.storyboard):
            return entry.conversation
    assert entry.storyboard is not None
    conversation = conversations.create(entry.title).id
    history.attach(entry.storyboard, conversation)
    return conversation


def rename(entry: Entry, title: str) -> None:
    """Renames a storyboard, with the tool that words would use, and its conversation."""
    conversation = conversation_of(entry)
    if entry.storyboard is not None:
        for _ in ChatSession(services, conversation, owner=me, draw=False).act("set_title", {"title": title}):
            pass
    conversations.rename(conversation, title)


def delete(entry: Entry) -> None:
    """Puts an entry out of sight, and away for good when nobody took it back for a while."""

    def for_good() -> None:
        try:
            if entry.storyboard is not None:
                history.delete(entry.storyboard)
            if entry.conversation is not None and not history.storyboards(conversation=entry.conversation, limit=1):
                conversations.delete(entry.conversation)
        except DatabaseError:
            pass  # another window was quicker

    if entry.storyboard is not None:
        services.studio(me).cancel(entry.storyboard)
    if entry.conversation is not None and st.session_state.get("conversation") == entry.conversation:
        leave_conversation()
    recycle_bin().put(me, entry.key, entry.title, for_good)


def when(moment: datetime) -> str:
    """How long ago, or which day, in the person's own time zone."""
    minutes = int((datetime.now(UTC) - moment).total_seconds() // 60)
    if minutes < 1:
        return t("library_now")
    if minutes < 60:
        return t("library_minutes", count=minutes)
    if minutes < 24 * 60:
        return t("library_hours", count=minutes // 60)
    zone = st.context.timezone
    return moment.astimezone(ZoneInfo(zone) if zone else UTC).strftime("%Y-%m-%d")


def choose(name: str, entry: Entry) -> None:
    """What was chosen in an entry's menu."""
    chosen = st.session_state[name]
    if chosen == "rename":
        st.session_state["renaming"] = entry
    elif chosen == "archive":
        conversations.archive(conversation_of(entry), not entry.archived)
    elif chosen == "delete":
        delete(entry)


def rename_dialog(entry: Entry) -> None:
    """Asks for another title."""

    @st.dialog(t("library_rename"), on_dismiss=lambda: st.session_state.pop("renaming", None))
    def ask() -> None:
        with st.form("rename", border=False):
            title = st.text_input(t("library_title"), entry.title, max_chars=200)
            if st.form_submit_button(t("library_save"), type="primary"):
                del st.session_state["renaming"]
                if title.strip() and title.strip() != entry.title:
                    rename(entry, title.strip())
                st.rerun()

    ask()


def card(entry: Entry) -> None:
    """One entry: cover, title, what is in it, and its menu."""
    label = entry.title or t("library_untitled")
    with st.container(key=f"entry-{entry.key}"):
        if entry.cover:
            st.html(f'<img class="tb-cover" loading="lazy" alt="" src="{picture_url(entry.cover)}">')
        else:
            words = t("library_talk") if entry.storyboard is None else t("library_undrawn")
            st.html(f'<div class="tb-cover">{html.escape(words)}</div>')
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"row-{entry.key}"):
            if st.button(plain(label), key=f"name-{entry.key}", type="tertiary", width="stretch"):
                st.switch_page("pages/chat.py", query_params={"c": conversation_of(entry)})
            st.menu_button(
                t("library_menu", title=plain(label)),
                ["rename", "archive", "delete"],
                key=f"menu-{entry.key}",
                type="tertiary",
                icon=":material/more_horiz:",
                format_func=lambda choice: t(
                    "library_bring_back" if choice == "archive" and entry.archived else f"library_{choice}"
                ),
                on_click=choose,
                args=(f"menu-{entry.key}", entry),
            )
        st.html(f'<p class="tb-small">{html.escape(facts(entry))}</p>')
        if entry.found:
            st.html(f'<p class="tb-found" dir="auto">{html.escape(entry.found)}</p>')


def facts(entry: Entry) -> str:
    """What an entry holds, and when it was last changed."""
    parts = []
    if entry.storyboard is not None:
        parts.append(t("library_panels", count=entry.panels))
        if entry.drawn < entry.panels:
            parts.append(t("library_left", count=entry.panels - entry.drawn))
        if entry.versions > 1:
            parts.append(t("library_versions", count=entry.versions))
    if entry.archived:
        parts.append(t("library_is_archived"))
    return " · ".join([*parts, when(entry.updated_at)])


def deleted() -> None:
    """What was deleted a moment ago, and the way to take it back."""
    for key, title in list(recycle_bin().holds(me).items())[-3:]:
        with st.container(horizontal=True, vertical_alignment="center", border=True, key=f"deleted-{key}"):
            words = t("library_deleted", title=title or t("library_untitled"))
            st.html(f'<p role="status" style="margin:0">{html.escape(words)}</p>')
            undo = t("library_undo", title=plain(title))
            if st.button(undo, key=f"undo-{key}", icon=":material/undo:"):
                recycle_bin().take_back(me, key)
                st.rerun()


st.html(Path(__file__).parent.parent / "assets" / "pages.css")
st.title(t("page_library"))
deleted()
hidden = recycle_bin().holds(me)
with st.container(horizontal=True, vertical_alignment="bottom", key="library-bar"):
    wanted = st.text_input(t("library_search"), key="library-search", placeholder=t("library_search_in"))
    order: Order = st.selectbox(
        t("library_sort"),
        get_args(Order),
        format_func=lambda one: t(f"library_by_{one}"),
        key="library-sort",
        width=200,
    )
    archived = st.toggle(t("library_archived"), key="library-archived")

if wanted.strip():
    entries = library.search(wanted, hidden=hidden)
    st.html(f'<p class="tb-small" role="status">{t("library_hits", count=len(entries))}</p>')
    pages, page = 1, 1
else:
    total = library.count(archived=archived, hidden=hidden)
    pages = max(1, -(-total // PAGE))
    page = min(st.session_state.get("library-page", 1), pages)
    entries = library.page(archived=archived, order=order, limit=PAGE, offset=(page - 1) * PAGE, hidden=hidden)
    if not total:
        st.html(f'<p class="tb-empty">{html.escape(t("library_none_archived" if archived else "library_none"))}</p>')

with st.container(key="shelf"):
    for entry in entries:
        card(entry)
if pages > 1:
    with st.container(horizontal=True, horizontal_alignment="center"):
        st.pagination(pages, key="library-page")
if "renaming" in st.session_state:
    rename_dialog(st.session_state["renaming"])
