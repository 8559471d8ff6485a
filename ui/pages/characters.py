"""Who is in the story, what every prompt carries of them, and the catalogue of styles."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from pathlib import Path

import streamlit as st

from agent.story import find_style, look, styles
from agent.story.cast import holding_evidence
from agent.story.styles import Style
from db.board import Board, Character
from db.history import Version
from db.words import fold
from ui.parts.page import begin_page, board_of, chosen_conversation, plain, t
from ui.parts.talk import act_here, settle
from ui.server import style_url

ASSETS = Path(__file__).parent.parent / "assets"

services = begin_page()


def runs(positions: Iterable[int]) -> str:
    """ "1, 3–5"."""
    found: list[list[int]] = []
    for position in positions:
        if found and found[-1][-1] == position - 1:
            found[-1].append(position)
        else:
            found.append([position])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in found)


def carried(board: Board, character: Character) -> str:
    """A table: the scenes a character is in, and the words that the prompts of those scenes carry of them."""
    looks: dict[str, list[int]] = {}
    for position, scene in enumerate(board.scenes, start=1):
        if character.id in scene.characters:
            looks.setdefault(look(board, character, scene.id), []).append(position)
    rows = "".join(
        f"<tr><td>{html.escape(t('cast_scenes', scenes=runs(positions)))}</td>"
        f'<td dir="auto">{html.escape(words or character.name)}</td></tr>'
        for words, positions in looks.items()
    )
    return f'<table class="tb-carried"><tbody>{rows}</tbody></table>' if rows else ""


def told(character: Character) -> str:
    """The sentences of the story that say what is claimed of a character's looks; "" where there are none."""
    rows = "".join(
        f'<tr><td dir="auto">{html.escape(one.fact)}</td><td dir="auto">{html.escape(one.sentence)}</td></tr>'
        for one in holding_evidence(character)
    )
    return f'<table class="tb-carried"><tbody>{rows}</tbody></table>' if rows else ""


def save(board: Board, character: Character) -> None:
    """What was written in a character's form: the description, then the name."""
    described = str(st.session_state[f"look-{character.id}"]).strip()
    name = str(st.session_state[f"name-{character.id}"]).strip()
    if described and described != character.description:
        act_here("describe_character", character=character.id, description=described, replace=True)
    if name and name != character.name:
        act_here("rename_character", character=character.id, name=name)


def change_from(character: Character) -> None:
    """From one scene on a character looks otherwise."""
    words = str(st.session_state[f"from-look-{character.id}"]).strip()
    if words:
        start = st.session_state[f"from-{character.id}"]
        act_here("describe_character", character=character.id, description=words, from_scene=start)


def cast_in(board: Board, character: Character) -> None:
    """Puts a character into the scenes that are marked, and takes them out of the others."""
    wanted = set(st.session_state[f"in-{character.id}"])
    present = {scene.id for scene in board.scenes if character.id in scene.characters}
    if added := [scene.id for scene in board.scenes if scene.id in wanted - present]:
        act_here("add_character", name=character.id, scenes=added)
    if removed := [scene.id for scene in board.scenes if scene.id in present - wanted]:
        act_here("remove_character", character=character.id, scenes=removed)


def add() -> None:
    """A new character."""
    name, description = (str(st.session_state[key]).strip() for key in ("new-name", "new-look"))
    if name:
        act_here("add_character", name=name, description=description, scenes=st.session_state["new-in"] or None)


def show_character(version: Version, character: Character) -> None:
    """One character's card."""
    board, key = version.board, character.id
    numbers = {scene.id: str(position) for position, scene in enumerate(board.scenes, start=1)}
    titles = {scene.id: f"{numbers[scene.id]} · {(scene.title or scene.summary)[:60]}" for scene in board.scenes}
    with st.container(border=True, key=f"cast-{key}"):
        left, right = st.columns(2, gap="large")
        with left, st.form(f"form-{key}-{version.number}", border=False):
            st.text_input(t("cast_name"), character.name, key=f"name-{key}", max_chars=100)
            st.text_area(t("cast_look"), character.description, key=f"look-{key}", height=90, max_chars=500)
            st.form_submit_button(t("cast_save", name=plain(character.name)), on_click=save, args=(board, character))
        with right:
            st.html(
                f'<p class="tb-small">{html.escape(t("cast_carried"))}</p>'
                + (carried(board, character) or f"<p>{html.escape(t('cast_nowhere'))}</p>")
            )
            if evidence := told(character):
                with st.expander(t("cast_told")):
                    st.html(evidence)
            st.pills(
                t("cast_in", name=plain(character.name)),
                list(numbers),
                selection_mode="multi",
                default=[scene.id for scene in board.scenes if key in scene.characters],
                format_func=lambda scene: numbers.get(scene, scene),
                key=f"in-{key}",
                on_change=cast_in,
                args=(board, character),
            )
        with st.container(horizontal=True, key=f"cast-row-{key}"):
            with (
                st.popover(t("cast_from", name=plain(character.name)), icon=":material/schedule:"),
                st.form(f"from-form-{key}", border=False, clear_on_submit=True),
            ):
                st.selectbox(
                    t("cast_from_scene"),
                    list(titles),
                    key=f"from-{key}",
                    format_func=lambda scene: plain(titles.get(str(scene), "")),
                )
                st.text_input(t("cast_from_look"), key=f"from-look-{key}", placeholder=t("cast_from_example"))
                st.form_submit_button(t("cast_set"), type="primary", on_click=change_from, args=(character,))
            st.button(
                t("cast_remove", name=plain(character.name)),
                key=f"remove-{key}",
                icon=":material/person_remove:",
                type="tertiary",
                on_click=act_here,
                args=("remove_character",),
                kwargs={"character": key},
            )


def show_cast(version: Version) -> None:
    """Everybody on the board, and a form for somebody new."""
    board = version.board
    if not board.characters:
        st.html(f"<p>{html.escape(t('cast_none'))}</p>")
    for character in board.characters:
        show_character(version, character)
    numbers = {scene.id: str(position) for position, scene in enumerate(board.scenes, start=1)}
    with (
        st.expander(t("cast_new"), icon=":material/person_add:"),
        st.form("new-character", border=False, clear_on_submit=True),
    ):
        st.text_input(t("cast_name"), key="new-name", max_chars=100)
        st.text_input(t("cast_look"), key="new-look", max_chars=500)
        st.pills(
            t("cast_new_in"),
            list(numbers),
            selection_mode="multi",
            format_func=lambda scene: numbers.get(scene, scene),
            key="new-in",
        )
        st.form_submit_button(t("cast_add"), type="primary", on_click=add)


def style_card(style: Style, current: Style | None, version: Version | None) -> None:
    """A style: how the shipped model draws it, or its words where it was not drawn."""
    slug = re.sub(r"[^a-z0-9]+", "-", style.name.lower())
    with st.container(key=f"style-{slug}"):
        if (ASSETS / "styles" / f"{slug}.webp").is_file():
            alternative = html.escape(t("style_picture", style=style.name))
            st.html(f'<img class="tb-style" loading="lazy" src="{style_url(slug)}" alt="{alternative}">')
        chosen = current is not None and style.name == current.name
        st.button(
            t("style_current", style=style.name) if chosen else t("style_use", style=style.name),
            key=f"use-{slug}",
            icon=":material/check:" if chosen else None,
            disabled=chosen or version is None,
            type="tertiary",
            on_click=act_here,
            args=("set_style",),
            kwargs={"style": style.name},
        )
        st.html(f'<p class="tb-style-words">{html.escape(style.description or style.keywords)}</p>')


def own_style() -> None:
    """A style in the person's own words."""
    if words := str(st.session_state["own-style"]).strip():
        act_here("set_style", style=words)


st.html(ASSETS / "pages.css")
st.title(t("page_characters"))
settle()
version = board_of(chosen_conversation())
if version is None:
    st.html(f"<p>{html.escape(t('cast_no_board'))}</p>")
    st.page_link("pages/library.py", label=t("page_library"), icon=":material/grid_view:")
else:
    st.html(f'<p class="tb-small" dir="auto">{html.escape(version.board.title)}</p>')
    show_cast(version)

st.header(t("style"), divider=False)
board_style = version.board.style if version else ""
with st.container(horizontal=True, vertical_alignment="bottom", key="style-bar"):
    wanted = st.text_input(t("style_find"), key="style-find")
    if version is not None:
        with (
            st.form("own", border=False, enter_to_submit=True),
            st.container(horizontal=True, vertical_alignment="bottom"),
        ):
            st.text_input(t("style_own"), key="own-style", max_chars=300, placeholder=t("style_own_example"))
            st.form_submit_button(t("cast_set"), on_click=own_style)
found = [
    style
    for style in styles()
    if fold(wanted).strip() in fold(" ".join([style.name, style.keywords, style.description, *style.aliases]))
]
if board_style and find_style(board_style) is None:
    st.html(f'<p class="tb-small">{html.escape(t("style_now", style=board_style))}</p>')
with st.container(key="styles"):
    for style in found:
        style_card(style, find_style(board_style) if board_style else None, version)
