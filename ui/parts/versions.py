"""A storyboard's versions as a timeline: the words that made each one, small pictures, and what to do with it."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

import streamlit as st

from agent.wording import shortened
from db.history import Version, VersionInfo
from ui.parts.board import alternative_text, panel_html
from ui.parts.page import owner, services, t
from ui.parts.talk import act_here
from ui.server import picture_url

__all__ = ["lines_of", "show_timeline", "show_version", "when"]

PAGE = 15
SMALL_PICTURES = 4
SHOWN = 160
"""Characters of a version's words."""


def when(moment: datetime) -> str:
    """A moment, in the time of this machine, to the minute."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return aware.astimezone().strftime("%Y-%m-%d %H:%M")


def lines_of(infos: Sequence[VersionInfo], head: int) -> set[int]:
    """Which versions lead to the present one; the others are on lines of their own. Pure."""
    parents = {info.number: info.parent for info in infos}
    found: set[int] = set()
    number: int | None = head
    while number is not None and number not in found:
        found.add(number)
        number = parents.get(number)
    return found


def show_timeline(head: Version, looked_at: int) -> None:
    """The versions, newest first."""
    count = st.session_state.get("versions_shown", PAGE)
    history = services().history(owner())
    infos = history.versions(head.storyboard, limit=count + 1)
    line = lines_of(infos, head.number)
    known: dict[int, Version] = {head.number: head}
    for info in infos[:count]:
        version = known.setdefault(info.number, history.version(head.storyboard, info.number))
        before = None
        if info.parent is not None:
            before = known.get(info.parent) or known.setdefault(
                info.parent, history.version(head.storyboard, info.parent)
            )
        with st.container(key=f"version-{info.number}"):
            st.html(_entry(version, before, here=info.number == head.number, aside=info.number not in line))
            st.button(
                t("version_look", number=info.number),
                key=f"look-{info.number}",
                type="primary" if info.number == looked_at else "secondary",
                on_click=lambda number=info.number: st.query_params.update(v=str(number)),
            )
    if len(infos) > count:
        st.button(t("version_older"), key="older",
                  on_click=lambda: st.session_state.update(versions_shown=count + PAGE))  # fmt: skip


def _entry(version: Version, before: Version | None, *, here: bool, aside: bool) -> str:
    words = version.message or (t("version_made_first") if version.parent is None else version.summary)
    notes = [when(version.created_at)]
    if here:
        notes.append(t("version_here"))
    if version.parent is not None and version.parent != version.number - 1:
        notes.append(t("version_from", number=version.parent))
    kind = "tb-entry tb-aside" if aside else "tb-entry"
    summary = shortened(version.summary, SHOWN) if version.message else ""
    return (
        f'<div class="{kind}"><p class="tb-details"><b>{version.number}</b> {html.escape(" · ".join(notes))}</p>'
        f'<p class="tb-words" dir="auto">{html.escape(shortened(words, SHOWN))}</p>'
        f'<p class="tb-small" dir="auto">{html.escape(summary)}</p>'
        f'<div class="tb-strip">{_strip(version, before)}</div></div>'
    )


def _strip(version: Version, before: Version | None) -> str:
    """Small pictures: of the panels that this version drew, or else of its first ones."""
    drawn: Mapping[str, str | None] = version.images
    new = [one for one in drawn if before is not None and drawn[one] != before.images.get(one)] or list(drawn)
    shown = [(scene, drawn[scene]) for scene in new if drawn[scene]][:SMALL_PICTURES]
    return "".join(
        f'<img loading="lazy" src="{picture_url(str(image))}" '
        f'alt="{html.escape(alternative_text(version.board, version.board.scene(scene)))}">'
        for scene, image in shown
    )


def show_version(version: Version, head: Version) -> None:
    """One version, with the ways to go back to it, or to take something of it."""
    title = t("version_looking", number=version.number, when=when(version.created_at))
    st.html(f'<h2 class="tb-heading">{html.escape(title)}</h2><p class="tb-words">{html.escape(version.message)}</p>')
    here = version.number == head.number
    with st.container(horizontal=True, gap="small"):
        st.button(t("version_restore"), key="restore", icon=":material/history:", type="primary", disabled=here,
                  help=t("version_restore_help"), on_click=act_here, args=("restore",),
                  kwargs={"version": version.number})  # fmt: skip
        st.button(t("version_copy"), key="copy", icon=":material/fork_right:", on_click=act_here, args=("branch",),
                  kwargs={"version": version.number})  # fmt: skip
        if not here:
            st.page_link("pages/compare.py", label=t("version_compare"), icon=":material/compare:",
                         query_params={"a": str(version.number), "b": str(head.number)})  # fmt: skip
    with st.container(key="panels"):
        for position, scene in enumerate(version.board.scenes, start=1):
            with st.container(key=f"old-{scene.id}"):
                st.html(panel_html(version, scene, None))
                if here or _is_same(version, head, scene.id):
                    continue
                st.button(t("version_take", number=position), key=f"take-{scene.id}", icon=":material/input:",
                          type="tertiary", on_click=act_here, args=("take_scenes",),
                          kwargs={"scenes": [scene.id], "version": version.number})  # fmt: skip


def _is_same(version: Version, head: Version, scene: str) -> bool:
    return (
        scene in head.images
        and head.board.scene(scene) == version.board.scene(scene)
        and head.requests.get(scene) == version.requests.get(scene)
    )
