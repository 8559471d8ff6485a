"""Settings: who answers, what draws, how this storyboard is drawn, where the data lives, and what is wrong."""

from __future__ import annotations

import html
import os
import time
from pathlib import Path
from typing import Any, get_args

import psutil
import streamlit as st

from agent.doctor import Finding, examine
from agent.errors import AgentError
from agent.model_trial import Trial, try_language_model
from agent.settings import CHANGEABLE, Settings, save_settings
from db.errors import DatabaseError
from db.history import Version
from sd_models.engines.loading import engine_names
from sd_models.sampler_names import SAMPLER_NAMES
from ui.everything import write_everything
from ui.identity import sign_in_is_configured
from ui.parts.page import begin_page, board_of, chosen_conversation, language, owner, plain, t
from ui.parts.talk import act_here, settle
from ui.server import EVERYTHING, change_settings, everything_file
from ui.words import LANGUAGES

services = begin_page()
me = owner()
# One person's machine is theirs to set up. Where many sign in, that is up to whoever runs the server.
IS_MINE = not sign_in_is_configured()


def field_of(name: str) -> Any:
    """The settings' field of this name."""
    return Settings.model_fields[name]


def save() -> None:
    """Keeps what was set, and goes on with it from the next request."""
    given = {
        name: str(st.session_state[f"set-{name}"]).strip() for name in CHANGEABLE if f"set-{name}" in st.session_state
    }
    now = services.settings
    try:
        save_settings(now.home, {name: value for name, value in given.items() if value != str(getattr(now, name))})
        change_settings()
        st.session_state["saved"] = ("ok", t("settings_saved"))
    except AgentError as error:
        st.session_state["saved"] = ("error", str(error))
    st.session_state.pop("trial", None)
    st.session_state.pop("findings", None)


def from_environment(name: str) -> bool:
    """Whether a variable of the environment decides, so that the page cannot."""
    return f"TALEBOARD_{name.upper()}" in os.environ


def text(name: str, label: str, **more: Any) -> None:
    """A field for one setting."""
    fixed = from_environment(name)
    st.text_input(
        label,
        str(getattr(services.settings, name)),
        key=f"set-{name}",
        help=t("settings_fixed", name=f"TALEBOARD_{name.upper()}") if fixed else plain(field_of(name).description),
        disabled=fixed,
        **more,
    )


def choice(name: str, label: str, options: list[str]) -> None:
    """A field for one setting that has few values."""
    fixed, now = from_environment(name), str(getattr(services.settings, name))
    options = options if now in options else [now, *options]
    st.selectbox(
        label,
        options,
        index=options.index(now),
        key=f"set-{name}",
        help=t("settings_fixed", name=f"TALEBOARD_{name.upper()}") if fixed else plain(field_of(name).description),
        disabled=fixed,
    )


def show_language() -> None:
    """The app's language, for as long as the page is open; the browser's own otherwise."""
    st.selectbox(
        t("settings_language"),
        list(LANGUAGES),
        index=list(LANGUAGES).index(language()),
        format_func=LANGUAGES.__getitem__,
        key="set-language",
        width=260,
        on_change=lambda: st.session_state.update(language=st.session_state["set-language"]),
    )


def show_models() -> None:
    """Who answers and what draws."""
    st.header(t("settings_models"))
    with st.form("models", border=True):
        left, right = st.columns(2, gap="large")
        with left:
            text("llm", t("settings_llm"))
            choice("reader", t("settings_reader"), list(get_args(field_of("reader").annotation)))
            text("summarizer", t("settings_summarizer"))
            choice("renderer", t("settings_renderer"), list(get_args(field_of("renderer").annotation)))
        with right:
            choice("engine", t("settings_engine"), engine_names())
            text("model", t("settings_model"))
            choice("dtype", t("settings_dtype"), list(get_args(field_of("dtype").annotation)))
        with st.container(horizontal=True):
            st.form_submit_button(t("settings_save"), type="primary", on_click=save)
            trying = st.form_submit_button(t("settings_test"), icon=":material/network_check:")
    if saved := st.session_state.pop("saved", None):
        (st.success if saved[0] == "ok" else st.error)(plain(saved[1]))
    if trying:
        with st.spinner(t("settings_testing")):
            st.session_state["trial"] = try_language_model(str(st.session_state["set-llm"]).strip())
    if trial := st.session_state.get("trial"):
        show_trial(trial)


def show_trial(trial: Trial) -> None:
    """How the language model's test went."""
    if trial.problem:
        st.error(plain(t("settings_test_failed", name=trial.name, problem=trial.problem)), icon=":material/error:")
    elif trial.name == "offline":
        st.success(t("settings_test_offline"), icon=":material/check_circle:")
    elif trial.calls_tools:
        words = t("settings_test_good", name=trial.name, seconds=f"{trial.seconds:.1f}")
        st.success(plain(words), icon=":material/check_circle:")
    else:
        st.warning(plain(t("settings_test_no_tools", name=trial.name)), icon=":material/warning:")


def draw_so(version: Version) -> None:
    """The storyboard's own drawing settings, with the tool that words would use."""
    drawing, state = version.board.drawing, st.session_state
    wanted = {
        "steps": int(state["draw-steps"]),
        "guidance": float(state["draw-guidance"]),
        "sampler": str(state["draw-sampler"]),
        "sharing": float(state["draw-sharing"]),
        "width": int(state["draw-width"]),
        "height": int(state["draw-height"]),
    }
    present = {
        "steps": drawing.steps,
        "guidance": drawing.guidance,
        "sampler": drawing.sampler,
        "sharing": drawing.sharing,
        "width": drawing.size[0],
        "height": drawing.size[1],
    }
    if changed := {name: value for name, value in wanted.items() if value != present[name]}:
        act_here("set_drawing", **changed)


def seed_all() -> None:
    """One seed for every panel."""
    act_here("redraw", scenes=["all"], seed=int(st.session_state["draw-seed"]))


def show_drawing(version: Version) -> None:
    """How the open storyboard is drawn."""
    drawing = version.board.drawing
    st.header(t("settings_drawing"))
    st.html(f'<p class="tb-small" dir="auto">{html.escape(version.board.title)}</p>')
    with st.form(f"drawing-{version.number}", border=True):
        first, second, third = st.columns(3, gap="large")
        samplers = list(dict.fromkeys([*SAMPLER_NAMES, drawing.sampler]))
        with first:
            st.number_input(t("settings_steps"), 1, 150, drawing.steps, key="draw-steps")
            st.number_input(t("settings_guidance"), 0.0, 30.0, float(drawing.guidance), 0.5, key="draw-guidance")
        with second:
            st.selectbox(t("settings_sampler"), samplers, index=samplers.index(drawing.sampler), key="draw-sampler")
            st.slider(t("settings_sharing"), 0.0, 1.0, float(drawing.sharing), 0.05, key="draw-sharing",
                      help=t("settings_sharing_help"))  # fmt: skip
        with third:
            st.number_input(t("settings_width"), 64, 2048, drawing.size[0], 16, key="draw-width")
            st.number_input(t("settings_height"), 64, 2048, drawing.size[1], 16, key="draw-height")
        st.form_submit_button(t("settings_draw_so"), type="primary", on_click=draw_so, args=(version,))
    with st.form("seeds", border=True), st.container(horizontal=True, vertical_alignment="bottom"):
        st.number_input(t("settings_seed"), 0, 2**32 - 1, version.board.scenes[0].seed if version.board.scenes else 0,
                        key="draw-seed", width=260)  # fmt: skip
        st.form_submit_button(t("settings_seed_all"), icon=":material/casino:", on_click=seed_all)


def table(rows: list[tuple[str, str]]) -> str:
    """Names and values; both are shown as they are written."""
    cells = "".join(
        f'<tr><th scope="row">{html.escape(name)}</th><td dir="auto">{html.escape(value)}</td></tr>'
        for name, value in rows
    )
    return f'<table class="tb-table"><tbody>{cells}</tbody></table>'


def show_data() -> None:
    """Where the data lives, how much of it there is in memory, and all of it to take away."""
    st.header(t("settings_data"))
    if IS_MINE:
        shown = services.settings.shown()
        free = psutil.virtual_memory().available / 2**30
        used = psutil.Process().memory_info().rss / 2**30
        st.html(
            table(
                [
                    (t("settings_home"), shown["TALEBOARD_HOME"]),
                    (t("settings_database"), shown["TALEBOARD_DATABASE_URL"]),
                    (t("settings_pictures"), shown["TALEBOARD_BLOBS"]),
                    (t("settings_memory"), t("settings_memory_is", used=f"{used:.1f}", free=f"{free:.1f}")),
                ]
            )
        )
    if st.button(t("settings_everything"), icon=":material/folder_zip:", key="everything"):
        bar = st.progress(0.0, text=t("settings_gathering"))

        def progress(done: int, total: int) -> None:
            bar.progress(done / total if total else 1.0, text=t("settings_gathering"))

        try:
            count = write_everything(services, me, everything_file(me), progress)
            st.session_state["everything-of"] = count
        except (OSError, DatabaseError) as error:
            st.error(plain(t("settings_not_gathered", reason=str(error))))
        bar.empty()
    if "everything-of" in st.session_state and everything_file(me).is_file():
        size = everything_file(me).stat().st_size / 1e6
        words = t("settings_download", count=st.session_state["everything-of"], size=f"{size:.1f}")
        st.html(f'<p><a href="{EVERYTHING}?{time.time_ns()}" download="taleboard.zip">{html.escape(words)}</a></p>')


def show_doctor() -> None:
    """What `taleboard doctor` says."""
    st.header(t("settings_doctor"))
    if st.button(t("settings_examine"), icon=":material/stethoscope:", key="examine"):
        with st.spinner(t("settings_examining")):
            st.session_state["findings"] = examine(services.settings)
    findings: list[Finding] = st.session_state.get("findings", [])
    if findings:
        rows = "".join(
            f'<tr><th scope="row">{html.escape(finding.name)}</th>'
            f'<td class="tb-state">{html.escape(t(f"settings_state_{finding.status}"))}</td>'
            f"<td>{html.escape(finding.value)}"
            + (f'<br><span class="tb-remedy">{html.escape(finding.remedy)}</span>' if finding.remedy else "")
            + "</td></tr>"
            for finding in findings
        )
        st.html(f'<table class="tb-table"><tbody>{rows}</tbody></table>')


st.html(Path(__file__).parent.parent / "assets" / "pages.css")
st.title(t("page_settings"))
settle()
with st.container(horizontal=True, vertical_alignment="bottom"):
    show_language()
    if not IS_MINE:
        st.button(t("settings_sign_out"), icon=":material/logout:", on_click=st.logout, key="sign-out")
if IS_MINE:
    show_models()
version = board_of(chosen_conversation())
if version is not None:
    show_drawing(version)
show_data()
if IS_MINE:
    show_doctor()
