"""What every page begins with: who is there, in which language, and the look."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import streamlit as st

from agent.services import Services
from ui.identity import current_owner
from ui.live import Live
from ui.server import services
from ui.words import LANGUAGES, words

__all__ = ["begin_page", "language", "live", "owner", "services", "t"]


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
    return services()


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
