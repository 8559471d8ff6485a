"""The dialog of one panel: its picture, words, prompt, place and details, with everything that can be done to it."""

from __future__ import annotations

import html
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

import streamlit as st

from agent.drawing.candidates import candidates_version
from agent.tools.drawing import REGIONS
from db.board import Board, Scene
from db.history import Version
from ui.parts.board import alternative_text, faults_of, picture_html, shows_drafts
from ui.parts.masks import mask_painting, mask_upload
from ui.parts.page import chosen_conversation, owner, plain, services, t
from ui.parts.staging import show_staging
from ui.parts.talk import act_here, last_words
from ui.server import picture_url

__all__ = ["show_panel"]

SHOTS = ("establishing shot", "wide shot", "medium shot", "close-up", "extreme close-up", "high angle", "low angle")
TIMES = ("dawn", "morning", "day", "sunset", "evening", "night")
WEATHERS = ("sun", "clouds", "rain", "storm", "snow", "fog", "wind")
MOODS = ("cheerful", "warm light", "calm", "tense", "dark", "sad", "mysterious")
VARIATIONS = {"hardly": 0.1, "little": 0.3, "lot": 0.6}
REFRESH_SECONDS = 0.5


def show_panel(version: Version, scene_id: str) -> None:
    """The inside of the dialog. What was done last is said at the top."""
    scene = version.board.scene(scene_id)
    with st.container():  # there with or without words: what is below keeps its place, and so its open tab
        last_words()
    left, right = st.columns([5, 6], gap="large")
    with left:
        picture(version, scene)
        pick_from(version, scene)
    with right:
        names = ("picture", "staging", "words", "prompt", "place", "details")
        # What was staged is seen again after the reply, which may make the tabs anew.
        default = t("tab_staging") if "staged" in st.session_state else None
        tabs = st.tabs([t(f"tab_{name}") for name in names], default=default)
        for tab, show in zip(tabs, (_picture_tools, show_staging, _words, _prompt, _place, _details), strict=True):
            with tab:
                show(version, scene)


def picture(version: Version, scene: Scene) -> None:
    """The panel's picture, looked at again until it is drawn."""

    def show() -> None:
        now = services().history(owner()).version(version.storyboard, version.number)
        status = services().studio(owner()).statuses(now).get(scene.id)
        st.html(picture_html(now, scene, status, draft=shows_drafts()))

    pending = version.images.get(scene.id) is None
    st.fragment(show, run_every=REFRESH_SECONDS if pending else None)()
    st.html(f'<p class="tb-words" dir="auto">{html.escape(scene.text or scene.summary)}</p>')
    _continuity(version, scene)


def _continuity(version: Version, scene: Scene) -> None:
    """What does not fit in this panel, with a button that mends it."""
    for number, fault in enumerate(faults_of(version.board, scene.id)):
        st.warning(plain(f"{fault.rule}: {fault.text}"), icon=":material/report:")
        _button(t("continuity_fix"), "fix_continuity", f"fix-{scene.id}-{version.number}-{number}", icon="build",
                disabled=scene.locked, scenes=[scene.id], rule=fault.rule)  # fmt: skip


def pick_from(version: Version, scene: Scene) -> None:
    """The candidates, if some were drawn of this scene, each with a button to take it."""
    wanted = _candidates(scene.id)
    if wanted is None:
        return
    st.html(f'<h3 class="tb-heading">{html.escape(t("candidates"))}</h3>')
    board = candidates_version(version, scene.id, wanted)
    drawn = services().pictures(owner()).of_requests(board.requests.values())

    def show() -> None:
        studio, found = services().studio(owner()), services().pictures(owner())
        now = found.of_requests(board.requests.values())
        shown = replace(
            board,
            images={one: now[digest].sha256 if digest in now else None for one, digest in board.requests.items()},
        )
        statuses = studio.statuses(shown)
        for cell, panel in zip(st.columns(2) * len(board.board.scenes), board.board.scenes, strict=False):
            cell.html(picture_html(shown, panel, statuses.get(panel.id)))

    st.fragment(show, run_every=REFRESH_SECONDS if len(drawn) < len(wanted) else None)()
    with st.container(horizontal=True, gap="small"):
        for number in range(1, len(wanted) + 1):
            st.button(
                t("pick", number=number),
                key=f"pick-{scene.id}-{number}",
                on_click=act_here,
                args=("pick_candidate",),
                kwargs={"number": number, "scene": scene.id},
            )


def _candidates(scene: str) -> tuple[int, ...] | None:
    """Seeds of the candidates that were last asked for, if they are of this scene."""
    conversation = chosen_conversation()
    if conversation is None:
        return None
    line = services().conversations(owner()).messages(conversation)
    data: Mapping[str, Any] = next((one.data for one in reversed(line) if one.role == "assistant"), {})
    known = data.get("candidates")
    return tuple(known["seeds"]) if known and known["scene"] == scene else None


def _button(label: str, tool: str, key: str, *, icon: str | None = None, disabled: bool = False, **args: Any) -> None:
    st.button(
        label,
        key=key,
        icon=f":material/{icon}:" if icon else None,
        disabled=disabled,
        on_click=partial(act_here, tool, **args),
    )


def _picture_tools(version: Version, scene: Scene) -> None:
    key, locked = f"{scene.id}-{version.number}", scene.locked
    _button(
        t("unlock") if locked else t("lock"),
        "lock_scenes",
        f"lock-{key}",
        icon="lock_open" if locked else "lock",
        scenes=[scene.id],
        locked=not locked,
    )
    with st.container(horizontal=True, gap="small"):
        _button(t("redraw"), "redraw", f"again-{key}", icon="refresh", disabled=locked, scenes=[scene.id])
        _button(t("candidates_draw"), "draw_candidates", f"four-{key}", icon="grid_view", disabled=locked,
                scene=scene.id)  # fmt: skip
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        amount = st.segmented_control(
            t("vary_amount"),
            list(VARIATIONS),
            default="little",
            required=True,
            format_func=lambda name: t(f"vary_{name}"),
            key=f"amount-{key}",
        )
        _button(t("vary"), "vary", f"vary-{key}", icon="auto_fix_high", disabled=locked, scenes=[scene.id],
                amount=VARIATIONS[amount or "little"])  # fmt: skip
    st.divider()
    if scene.edit is not None:
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            st.html(f'<p class="tb-small">{html.escape(t("starts_from"))}</p>'
                    f'<img class="tb-given" src="{picture_url(scene.edit.source)}" alt="">')  # fmt: skip
            _button(t("start_afresh"), "redraw", f"afresh-{key}", icon="restart_alt", disabled=locked,
                    scenes=[scene.id], from_scratch=True)  # fmt: skip
    _picture_edit(version, scene, key)


def _picture_edit(version: Version, scene: Scene, key: str) -> None:
    """A part of the picture, or all of it, and what is to change in it."""
    prompt = st.text_input(t("picture_change"), key=f"picture-prompt-{key}", placeholder=t("picture_change_example"))
    kinds = [*REGIONS, "paint", "box", "mask"]
    where = st.selectbox(
        t("region"), kinds, index=kinds.index("all"), key=f"region-{key}",
        format_func=lambda kind: t("region_" + kind.replace(" ", "_")),
    )  # fmt: skip
    args: dict[str, Any] = {"scenes": [scene.id], "prompt": prompt}
    ready = bool(prompt.strip())
    if where == "box":
        across = st.slider(t("box_across"), 0, 100, (25, 75), step=5, format="%d%%", key=f"box-across-{key}")
        down = st.slider(t("box_down"), 0, 100, (25, 75), step=5, format="%d%%", key=f"box-down-{key}")
        box = (across[0] / 100, down[0] / 100, across[1] / 100, down[1] / 100)
        args["box"] = box
        ready = ready and box[0] < box[2] and box[1] < box[3]
        _boxed(version, scene, box)
    elif where in ("paint", "mask"):
        mask = _mask(version, scene, key, by_hand=where == "paint")
        args["mask"] = mask
        ready = ready and mask is not None
    else:
        args["region"] = where
    args["strength"] = st.slider(t("strength"), 0.1, 1.0, 0.6 if where == "all" else 0.9, 0.05,
                                 key=f"strength-{key}-{where == 'all'}", help=t("strength_help"))  # fmt: skip
    drawn = version.images.get(scene.id) is not None
    if not drawn:
        st.caption(t("no_picture_yet"))
    _button(t("picture_do"), "edit_picture", f"picture-{key}", icon="brush",
            disabled=scene.locked or not (ready and drawn), **args)  # fmt: skip


def _mask(version: Version, scene: Scene, key: str, *, by_hand: bool) -> str | None:
    """A stored mask's SHA-256, painted or uploaded, once there is one."""
    size, image = version.board.drawing.size, version.images.get(scene.id)
    if not by_hand:
        return mask_upload(size, key)
    if image is None:
        return None
    return mask_painting(picture_url(image), alternative_text(version.board, scene), size, key)


def _boxed(version: Version, scene: Scene, box: tuple[float, float, float, float]) -> None:
    """The picture with the box over it."""
    left, top, right, bottom = (round(side * 100) for side in box)
    place = f"left:{left}%;top:{top}%;width:{right - left}%;height:{bottom - top}%"
    st.html(f'<div class="tb-boxed">{picture_html(version, scene)}<div class="tb-box" style="{place}"></div></div>')


def _words(version: Version, scene: Scene) -> None:
    key, board = f"{scene.id}-{version.number}", version.board
    with st.form(f"text-{key}", border=False):
        text = st.text_area(t("scene_text"), scene.text, height=140, key=f"scene-text-{key}")
        sent = st.form_submit_button(t("text_save"), disabled=scene.locked)
    if sent and text.strip() and text.strip() != scene.text:
        act_here("rewrite_text", scene=scene.id, text=text)
        st.rerun()
    with st.form(f"look-{key}", border=False):
        given = {
            "shot": _choice(t("shot"), SHOTS, scene.shot, f"shot-{key}"),
            "time": _choice(t("time"), TIMES, scene.time, f"time-{key}"),
            "weather": _choice(t("weather"), WEATHERS, scene.weather, f"weather-{key}"),
            "mood": _choice(t("mood"), MOODS, scene.mood, f"mood-{key}"),
            "setting": st.text_input(t("setting"), scene.setting, key=f"setting-{key}"),
            "action": st.text_input(t("action"), scene.action, key=f"action-{key}"),
            "notes": st.text_area(t("notes"), scene.notes, key=f"notes-{key}", height=80),
        }
        spoken = st.text_area(
            t("dialogue"), "\n".join(scene.dialogue), key=f"dialogue-{key}", height=80, help=t("dialogue_help")
        )
        duration = st.number_input(t("duration"), 0.5, 600.0, float(scene.duration), 0.5, key=f"duration-{key}")
        sent = st.form_submit_button(t("look_save"), disabled=scene.locked)
    if sent and (changed := _changed(board, scene, given, spoken, duration)):
        act_here("edit_scenes", scenes=[scene.id], **changed)
        st.rerun()


def _choice(label: str, choices: tuple[str, ...], value: str, key: str) -> str:
    options = list(choices) if value in choices or not value else [value, *choices]
    chosen = st.selectbox(label, options, index=options.index(value) if value else None, key=key,
                          accept_new_options=True, placeholder=t("not_said"))  # fmt: skip
    return str(chosen or "")


def _changed(board: Board, scene: Scene, given: Mapping[str, str], spoken: str, duration: float) -> dict[str, Any]:
    """Only what the person changed: the rest of the scene stays as it is."""
    changed: dict[str, Any] = {
        name: value.strip() for name, value in given.items() if value.strip() != getattr(scene, name)
    }
    lines = [line.strip() for line in spoken.splitlines() if line.strip()]
    if lines != list(scene.dialogue):
        changed["dialogue"] = lines
    changed = _taken_away(changed)
    if duration != scene.duration:
        changed["duration"] = duration
    return changed


def _taken_away(changed: Mapping[str, Any]) -> dict[str, Any]:
    """The same with what was emptied named as what is to be taken away, as the tools want it."""
    kept = {name: value for name, value in changed.items() if value}
    emptied = [name for name in changed if name not in kept]
    return {**kept, "take_away": emptied} if emptied else kept


def _prompt(version: Version, scene: Scene) -> None:
    key = f"{scene.id}-{version.number}"
    by_hand = "prompt" in scene.handwritten
    with st.form(f"prompt-form-{key}", border=False):
        prompt = st.text_area(t("prompt"), scene.prompt, height=140, key=f"prompt-{key}")
        negative = st.text_area(t("negative_prompt"), scene.negative_prompt, height=80, key=f"negative-{key}")
        sent = st.form_submit_button(t("prompt_save"), disabled=scene.locked)
    if sent:
        given = {
            name: value.strip()
            for name, value in (("prompt", prompt), ("negative_prompt", negative))
            if value.strip() != getattr(scene, name)
        }
        if given:
            act_here("set_prompt", scenes=[scene.id], **_taken_away(given))
            st.rerun()
    if by_hand:
        st.caption(t("by_hand"))
        _button(t("prompt_free"), "set_prompt", f"free-{key}", scenes=[scene.id], take_away=["prompt"],
                disabled=scene.locked)  # fmt: skip


def _place(version: Version, scene: Scene) -> None:
    key, board = f"{scene.id}-{version.number}", version.board
    position, count = board.position(scene.id), len(board.scenes)
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        to = st.number_input(t("move_to"), 1, count, position, key=f"to-{key}")
        _button(t("move"), "move_scenes", f"move-{key}", icon="swap_vert", disabled=to == position,
                scenes=[scene.id], to=int(to))  # fmt: skip
    with st.container(horizontal=True, gap="small"):
        _button(t("split"), "split_scene", f"split-{key}", icon="call_split", scene=scene.id)
        _button(t("duplicate"), "duplicate_scene", f"duplicate-{key}", icon="content_copy", scene=scene.id)
        if position < count:
            after = board.scenes[position].id
            _button(t("merge"), "merge_scenes", f"merge-{key}", icon="call_merge", scenes=[scene.id, after])
        _button(t("delete"), "delete_scenes", f"delete-{key}", icon="delete", disabled=count == 1, scenes=[scene.id])
    st.caption(t("delete_help"))
    with st.form(f"insert-{key}", border=False, clear_on_submit=True):
        text = st.text_area(t("insert_text"), key=f"insert-text-{key}", height=100)
        sent = st.form_submit_button(t("insert"), icon=":material/add:")
    if sent and text.strip():
        act_here("insert_scene", text=text, after=scene.id)
        st.rerun()


def _details(version: Version, scene: Scene) -> None:
    """How the picture was made: what the model was asked for, with which settings, how long it took."""
    drawing = version.board.drawing
    digest = version.requests.get(scene.id, "")
    found = services().pictures(owner()).of_requests([digest]) if digest else {}
    made = dict(found[digest].metadata) if digest in found else {}
    request: Mapping[str, Any] = made.get("request", {})
    mapped = ", ".join(f"{said} → {drawn}" for said, drawn in made.get("mapped", ()))
    rows = {
        "detail_seed": request.get("seed", scene.seed),
        "detail_engine": request.get("engine", drawing.engine),
        "detail_model": request.get("model", drawing.model),
        "detail_sampler": request.get("sampler", drawing.sampler),
        "detail_steps": request.get("steps", drawing.steps),
        "detail_guidance": request.get("guidance", drawing.guidance),
        "detail_size": f"{request.get('width', drawing.size[0])} × {request.get('height', drawing.size[1])}",
        "detail_seconds": f"{made['seconds']:.1f}" if "seconds" in made else "",
        "detail_prompt": request.get("prompt", ""),
        "detail_negative": request.get("negative_prompt", ""),
        "detail_mapped": mapped,
        "detail_dropped": ", ".join(made.get("dropped", ())),
        "detail_truncated": made.get("truncated_text") or made.get("truncated") or "",
        "detail_image": version.images.get(scene.id) or "",
    }
    shown = "".join(
        f"<dt>{html.escape(t(name))}</dt><dd>{html.escape(str(value))}</dd>"
        for name, value in rows.items()
        if value != ""
    )
    st.html(f'<dl class="tb-facts">{shown}</dl>')
