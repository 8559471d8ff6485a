"""The storyboard page: the conversation left, the board right; before there is one, the first screen."""

from __future__ import annotations

import html

import streamlit as st

from ui.parts.dialogs import show_open_dialog
from ui.parts.first import first_screen
from ui.parts.page import begin_page, board_of, chosen_conversation, leave_conversation, t
from ui.parts.sends import take_sends
from ui.parts.talk import notices
from ui.parts.workspace import ask_box, show_workspace

begin_page()
take_sends()
conversation = chosen_conversation()
# The first screen has a place of its own: emptied before the reply is waited for, it is gone at once.
first = st.empty()
if conversation is None:
    with first.container(key="first"):
        st.title("Taleboard")
        st.html(f'<p class="tb-tagline">{html.escape(t("tagline"))}</p>')
        notices()
        ask_box(t("input_first"))
        first_screen()
else:
    with st.container(key="top"):
        st.button(t("new_board"), key="new", icon=":material/add:", type="tertiary", on_click=leave_conversation)
    version = board_of(conversation)
    show_workspace(conversation, version)
    show_open_dialog(version)
