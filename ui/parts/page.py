"""What every page begins with: who is there, in which language, which conversation, and the look."""

from __future__ import annotations

import html
from functools import cache
from pathlib import Path
from typing import NoReturn

import streamlit as st

from agent.services import Services
from db.errors import NotFoundError
from db.history import Version
from ui.identity import current_owner
from ui.live import Live, RunningTurn
from ui.server import services
from ui.words import LANGUAGES, words

__all__ = [
    "begin_page",
    "board_here",
    "board_of",
    "chosen_conversation",
    "language",
    "leave_conversation",
    "live",
    "nothing_here",
    "owner",
    "plain",
    "services",
    "t",
    "written",
]


@cache
def live() -> Live:
    """The process's turns under way."""
    return Live()


def begin_page() -> Services:
    """The services, once the person is signed in; the page stops here otherwise."""
    st.html(Path(__file__).parent.parent / "assets" / "style.css")
    if current_owner() is None:
        st.write(t("sign_in_first"))
        if st.button(t("sign_in"), type="primary"):
            st.login()
        st.stop()
    _tidy(owner())
    return services()


@cache
def _tidy(whose: str) -> None:
    """Marks, once per person and process, what an earlier process left unfinished."""
    services().conversations(whose).stop_abandoned()


def owner() -> str:
    """Whose page this is."""
    found = current_owner()
    if found is None:
        st.stop()
    return found


def language() -> str:
    """The language that was chosen, or the browser's, or English."""
    chosen = st.session_state.get("language") or (st.context.locale or "en")[:2]
    return chosen if chosen in LANGUAGES else "en"


def t(key: str, **values: object) -> str:
    """The app's word for `key` in the page's language."""
    return words(key, language(), **values)


def chosen_conversation() -> str | None:
    """The conversation in the address, or else the one that this tab last looked at, if it is this person's. It is put
    into the address, so that reloading and sharing the address lead back to it."""
    wanted = st.query_params.get("c") or st.session_state.get("conversation")
    if not wanted:
        return None
    try:
        found = services().conversations(owner()).get(wanted).id
    except NotFoundError:
        if "c" in st.query_params:
            st.session_state["notice"] = _deleted_by_turn() or t("not_found")
        leave_conversation()
        return None
    st.session_state["conversation"] = found
    if st.query_params.get("c") != found:
        st.query_params["c"] = found
    return found


def _deleted_by_turn() -> str:
    """What the last turn said, if it deleted the conversation that it was in."""
    turn: RunningTurn | None = st.session_state.get("turn")
    return turn.words if turn is not None and turn.done and turn.conversation is None else ""


def leave_conversation() -> None:
    """Back to the first screen."""
    st.session_state.pop("conversation", None)
    if "c" in st.query_params:
        del st.query_params["c"]


def board_of(conversation: str | None) -> Version | None:
    """The version that is looked at in a conversation: the head of the storyboard that it last spoke of."""
    if conversation is None:
        return None
    me = owner()
    history = services().history(me)
    line = services().conversations(me).messages(conversation)
    spoken_of = [message.storyboard for message in reversed(line) if message.storyboard]
    boards = [one.storyboard for one in history.storyboards(conversation=conversation, limit=1)]
    for storyboard in [*spoken_of[:1], *boards]:
        try:
            return history.head(storyboard)
        except NotFoundError:
            continue
    return None


def board_here() -> Version:
    """The version that is looked at, on a page that is about a storyboard: without one the page ends here."""
    return board_of(chosen_conversation()) or nothing_here(t("versions_none"))


def nothing_here(words: str) -> NoReturn:
    """Ends a page that has nothing to show: says so, and leads to the conversation."""
    st.write(words)
    st.page_link("pages/chat.py", label=t("page_chat"), icon=":material/forum:")
    st.stop()


def plain(text: str) -> str:
    """Text that a person or a model wrote, with Markdown's own signs escaped, for the places where only Markdown goes
    (labels, notices): it is shown as it was written."""
    escaped = "".join(f"\\{character}" if character in "\\`*_{}[]<>()#+-.!|~:$&" else character for character in text)
    return escaped.replace("\n", "  \n")


def written(text: str, kind: str = "tb-text") -> str:
    """HTML that shows a text as it was written, line breaks too; nothing in it is markup."""
    return f'<div class="{kind}" dir="auto">{html.escape(text)}</div>'
