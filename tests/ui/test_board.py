"""The board and a panel's dialog: everything that can be done to a panel at a click."""

from __future__ import annotations

import base64
import io
import re
import time
from dataclasses import replace

import pytest
from PIL import Image

from agent.services import Services
from db.board import Drawing
from tests.agent.drawing.toy import ToyEngine
from tests.agent.tales import tale
from tests.agent.test_session_pictures import file_of, sketch
from tests.ui.opening import Opened, begin, until
from ui.parts.masks import painted, read_mask
from ui.parts.workspace import shown


@pytest.fixture
def page(drawing: Services) -> Opened:
    """A drawn board of four panels."""
    return begin(drawing, tale(4))


def opened(page: Opened, scene: str = "s2") -> Opened:
    return page.click(f"open-{scene}")


def key(page: Opened, name: str, scene: str = "s2") -> str:
    return f"{name}-{scene}-{page.head.number}"


def submit(page: Opened, label: str) -> Opened:
    next(button for button in page.app.button if button.label == label).click().run()
    return page.checked()


def others_stay(page: Opened, before: dict[str, str | None], *but: str) -> bool:
    return all(page.head.images[scene] == image for scene, image in before.items() if scene not in but)


def test_a_panel_shows_picture_number_shot_cast_and_words(page: Opened) -> None:
    for position, scene in enumerate(page.board.scenes, start=1):
        assert f'src="/app/static/pictures/{page.head.images[scene.id]}.png"' in page.html
        assert f"<b>{position}</b> {scene.shot}" in page.html
    assert "Mira, Tom" in page.html
    assert 'alt="1. Mira finds an old map (attic, day)"' in page.html


def test_a_page_that_was_made_of_an_older_version_knows_that_there_is_a_newer_one(page: Opened) -> None:
    """A turn may commit between the reading of the board and that of the messages: then the page is made anew."""
    older = page.head
    page.click("redraw-s2").drawn()
    pages = [shown((), version, writing=False, drawing=False) for version in (older, page.head)]
    assert pages[0] != pages[1]
    assert pages[1].version == page.head.number


def test_redraw_draws_that_panel_and_no_other(page: Opened) -> None:
    before = dict(page.head.images)
    page.click("redraw-s2").drawn()
    assert page.head.images["s2"] != before["s2"]
    assert others_stay(page, before, "s2")


def test_pending_panels_have_a_place_and_then_a_picture(drawing: Services, engine: ToyEngine) -> None:
    engine.seconds_a_step = 0.3
    page = begin(drawing, tale(3), draw=False)
    assert page.html.count("Not drawn yet") == 3
    page.click("draw-rest")
    assert page.html.count("/app/static/drafts/") == 3, "each is seen as its draft until it is painted"
    until(lambda: any(status.preview for status in drawing.studio().statuses(page.head).values()))
    page.again()
    assert "data:image/png;base64," in page.html
    assert re.search(r"step [1-9]\d* of", page.html)
    engine.seconds_a_step = 0.0
    page.drawn()
    assert "/app/static/drafts/" not in page.html
    assert "data:image" not in page.html


def test_the_board_shows_drafts_or_paintings(page: Opened) -> None:
    page.app.session_state["shown"] = "draft"
    page.again()
    assert page.html.count("/app/static/drafts/") == 4
    page.app.session_state["shown"] = "painted"
    page.again()
    assert "/app/static/drafts/" not in page.html


def test_a_fault_of_continuity_is_marked_and_mended_at_a_click(drawing: Services) -> None:
    board = tale(2)
    first = replace(board.scenes[1], id="s1")
    second = replace(first, id="s2", text="They go on.", camera=None)
    page = begin(drawing, replace(board, scenes=(first, second)), draw=False)
    assert page.html.count('class="tb-fault"') == 1
    opened(page).click(f"fix-s2-{page.head.number}-0")
    assert 'class="tb-fault"' not in page.html
    assert page.board.scene("s2").camera is not None


def test_lock_keeps_a_panel_as_it_is(page: Opened) -> None:
    opened(page).click(key(page, "lock"))
    assert page.board.scene("s2").locked
    assert page.app.button(key="redraw-s2").disabled
    page.click(key(page, "lock"))
    assert not page.board.scene("s2").locked


def test_redraw_and_vary_in_the_dialog(page: Opened) -> None:
    before = dict(page.head.images)
    opened(page).click(key(page, "again")).drawn()
    assert page.head.images["s2"] != before["s2"]
    page.click(key(page, "vary")).drawn()
    variation = page.board.scene("s2").variation
    assert variation is not None
    assert variation.amount == 0.3
    assert others_stay(page, before, "s2")


def test_candidates_are_drawn_and_one_is_taken(page: Opened) -> None:
    number = page.head.number
    opened(page).click(key(page, "four"))
    assert page.head.number == number, "candidates change nothing until one is taken"
    data = page.services.conversations().messages(page.conversation)[-1].data["candidates"]
    until(lambda: page.services.jobs().counts().keys().isdisjoint({"queued", "running"}))
    page.again().click("pick-s2-3").drawn()
    assert page.board.scene("s2").seed == data["seeds"][2]


def test_a_region_of_the_picture_is_changed(page: Opened) -> None:
    before = dict(page.head.images)
    opened(page)
    page.app.text_input(key=key(page, "picture-prompt")).set_value("a red balloon").run()
    page.app.selectbox(key=key(page, "region")).select("top left").run()
    page.click(key(page, "picture")).drawn()
    edit = page.board.scene("s2").edit
    assert edit is not None
    assert (edit.source, edit.prompt) == (before["s2"], "a red balloon")
    mask = Image.open(io.BytesIO(page.services.pictures().read(str(edit.mask))))
    assert (mask.getpixel((2, 2)), mask.getpixel((mask.width - 2, mask.height - 2))) == (255, 0)


def test_a_panel_lets_go_of_the_picture_that_it_is_drawn_from(page: Opened) -> None:
    page.app.chat_input(key="said").upload("sketch.png", file_of(sketch()))
    page.say("draw scene 2 like this").drawn()
    edit = page.board.scene("s2").edit
    assert edit is not None
    opened(page)
    assert f"{edit.source}.png" in page.html
    page.click(key(page, "afresh")).drawn()
    assert page.board.scene("s2").edit is None


def test_a_box_of_ones_own_is_changed(page: Opened) -> None:
    opened(page)
    page.app.text_input(key=key(page, "picture-prompt")).set_value("a red balloon").run()
    page.app.selectbox(key=key(page, "region")).select("box").run()
    page.app.slider(key=key(page, "box-across")).set_range(50, 100).run()
    assert "left:50%;top:25%;width:50%;height:50%" in page.html
    page.click(key(page, "picture"))
    edit = page.board.scene("s2").edit
    assert edit is not None
    mask = Image.open(io.BytesIO(page.services.pictures().read(str(edit.mask))))
    middle = mask.height // 2
    assert (mask.getpixel((2, middle)), mask.getpixel((mask.width - 2, middle))) == (0, 255)


def test_a_picture_that_is_not_there_cannot_be_changed(drawing: Services) -> None:
    page = opened(begin(drawing, tale(2), draw=False))
    page.app.text_input(key=key(page, "picture-prompt")).set_value("a red balloon").run()
    assert page.app.button(key=key(page, "picture")).disabled


def test_a_mask_must_be_a_picture_of_bearable_size() -> None:
    file = io.BytesIO()
    Image.new("RGB", (10, 10), "white").save(file, "PNG")
    mask = Image.open(io.BytesIO(read_mask(file.getvalue(), (64, 40))))
    assert (mask.mode, mask.size) == ("L", (64, 40))
    with pytest.raises(ValueError, match="not a picture"):
        read_mask(b"GIF89a, or so it says", (64, 40))
    bomb = io.BytesIO()
    Image.new("1", (5_000, 5_000)).save(bomb, "PNG")
    assert len(bomb.getvalue()) < 1_000_000
    with pytest.raises(ValueError, match="too large"):
        read_mask(bomb.getvalue(), (64, 40))


def test_what_is_painted_over_becomes_a_mask_and_anything_else_none() -> None:
    file = io.BytesIO()
    Image.new("L", (64, 40), 255).save(file, "PNG")
    sent = "data:image/png;base64," + base64.b64encode(file.getvalue()).decode()
    mask = painted(sent, (64, 40))
    assert mask is not None
    assert Image.open(io.BytesIO(mask)).getextrema() == (255, 255)
    for nothing in (None, "", 7, "https://example.org/x.png", sent[:40], "data:image/png;base64,!!!"):
        assert painted(nothing, (64, 40)) is None


def test_painting_is_offered_over_a_drawn_picture(page: Opened) -> None:
    opened(page)
    page.app.selectbox(key=key(page, "region")).select("paint").run()
    (brush,) = (
        one for one in page.checked().app.get("bidi_component") if one.proto.component_name == "taleboard_paint"
    )
    assert str(page.head.images["s2"]) in brush.proto.json
    assert page.app.button(key=key(page, "picture")).disabled, "nothing is painted yet"


def test_the_story_s_words_are_rewritten(page: Opened) -> None:
    opened(page)
    page.app.text_area(key=key(page, "scene-text")).set_value("Mira runs to the mill. It is raining.")
    submit(page, "Save the words")
    assert page.board.scene("s2").text == "Mira runs to the mill. It is raining."


def test_only_the_fields_that_were_changed_are_saved(page: Opened) -> None:
    before = page.board.scene("s2")
    opened(page)
    page.app.selectbox(key=key(page, "time")).select("night")
    page.app.text_area(key=key(page, "dialogue")).set_value("Tom: Who goes there?")
    page.app.number_input(key=key(page, "duration")).set_value(7.5)
    submit(page, "Save")
    after = page.board.scene("s2")
    assert (after.time, after.dialogue, after.duration) == ("night", ("Tom: Who goes there?",), 7.5)
    assert (after.weather, after.shot, after.text, after.seed) == (
        before.weather,
        before.shot,
        before.text,
        before.seed,
    )


def test_a_prompt_is_written_by_hand_and_given_back(page: Opened) -> None:
    own = page.board.scene("s2").prompt
    opened(page)
    page.app.text_area(key=key(page, "prompt")).set_value("a boat at night")
    submit(page, "Save the prompt")
    assert page.board.scene("s2").prompt == "a boat at night"
    page.click(key(page, "free"))
    assert page.board.scene("s2").prompt == own


def test_a_panel_is_moved(page: Opened) -> None:
    opened(page)
    page.app.number_input(key=key(page, "to")).set_value(1).run()
    page.click(key(page, "move"))
    assert [scene.id for scene in page.board.scenes] == ["s2", "s1", "s3", "s4"]


def test_panels_are_split_merged_and_duplicated(page: Opened) -> None:
    opened(page).click(key(page, "split"))
    assert len(page.board.scenes) == 5
    page.click(key(page, "merge"))
    assert len(page.board.scenes) == 4
    page.click(key(page, "duplicate"))
    assert page.board.scenes[2].text == page.board.scene("s2").text


def test_a_deleted_panel_closes_its_dialog_and_undo_brings_it_back(page: Opened) -> None:
    opened(page).click(key(page, "delete"))
    assert [scene.id for scene in page.board.scenes] == ["s1", "s3", "s4"]
    assert "open" not in page.app.session_state
    page.click("undo")
    assert [scene.id for scene in page.board.scenes] == ["s1", "s2", "s3", "s4"]


def test_a_panel_is_inserted_after_this_one(page: Opened) -> None:
    opened(page)
    page.app.text_area(key=key(page, "insert-text")).set_value("Tom waves from the pier.")
    submit(page, "Insert")
    assert page.board.scenes[2].text == "Tom waves from the pier."


def test_details_say_how_the_picture_was_made(drawing: Services) -> None:
    page = opened(begin(drawing, replace(tale(2), drawing=Drawing("toy", "toy/toy", "ddim", 3, 1.0, (64, 40)))))
    for fact in ("toy/toy", "ddim", "64 × 40", str(page.board.scene("s2").seed), str(page.head.images["s2"])):
        assert f"<dd>{fact}</dd>" in page.html
    assert "Seconds to draw" in page.html


def test_a_button_that_failed_says_why(page: Opened) -> None:
    opened(page)
    page.app.text_area(key=key(page, "scene-text")).set_value("One sentence only.")
    submit(page, "Save the words")
    page.click(key(page, "split"))
    assert page.app.warning, "a scene of one sentence cannot be split"


def test_title_and_style_are_changed_in_the_heading(page: Opened) -> None:
    board = f"{page.storyboard}-{page.head.number}"
    page.app.text_input(key=f"title-{board}").set_value("The Wolf's Bow").run()
    assert page.checked().board.title == "The Wolf's Bow"
    page.app.selectbox(key=f"style-{page.storyboard}-{page.head.number}").select("pencil sketch").run()
    assert page.checked().board.style == "pencil sketch"


def test_undo_and_redo(page: Opened) -> None:
    assert page.app.button(key="undo").disabled
    page.click("redraw-s1")
    assert not page.app.button(key="undo").disabled
    page.click("undo")
    assert page.head.number == 1
    page.click("redo")
    assert page.head.number == 2
    assert page.app.button(key="redo").disabled


def test_the_story_can_be_read_and_shown_as_slides(page: Opened) -> None:
    page.click("reading")
    assert all(scene.text.split(".")[0] in page.html for scene in page.board.scenes)
    page.app.session_state["open"] = ("slides", "")
    page.again()
    assert "1 / 4" in page.html
    page.click("slide-next").click("slide-next")
    assert "3 / 4" in page.html
    page.click("slide-back")
    assert "2 / 4" in page.html
    page.click("slide-play")
    assert page.app.button(key="slide-play").label == "Pause"


def test_a_slide_show_turns_the_page_when_a_panel_s_time_is_over(drawing: Services) -> None:
    board = tale(2)
    page = begin(drawing, replace(board, scenes=tuple(replace(scene, duration=0.5) for scene in board.scenes)))
    page.click("slides").click("slide-play")
    assert "1 / 2" in page.html
    time.sleep(0.6)
    assert "2 / 2" in page.again().html
    time.sleep(0.6)
    assert page.again().app.button(key="slide-play").label == "Play", "it stops at the end"


def test_what_the_last_change_touched_is_marked(page: Opened) -> None:
    assert "tb-panel tb-fresh" not in page.html
    page.say("make scene 1 night")
    assert page.html.count("tb-panel tb-fresh") == 1
