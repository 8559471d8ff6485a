"""The storyboard page: a story becomes a board, words change it, and nothing that was said is lost."""

from __future__ import annotations

from dataclasses import replace

import pytest

import ui.parts.conversation
from agent.services import Services
from db.board import Drawing
from tests.agent.drawing.toy import ToyEngine
from tests.agent.tales import STORY, tale
from tests.agent.test_session_pictures import file_of, sketch
from tests.db.written import add
from tests.ui.opening import Opened, begin, open_app, until
from ui.parts.page import live, plain


def test_a_sample_story_becomes_a_drawn_storyboard_at_a_click(drawing: Services) -> None:
    app = open_app()
    samples = [button for button in app.button if str(button.key).startswith("begin-")]
    assert len(samples) == 3
    samples[0].click().run()
    assert not app.exception
    (conversation,) = drawing.conversations().list()
    (line,) = drawing.history().storyboards(conversation=conversation.id)
    page = Opened(app, drawing, conversation.id, line.storyboard).drawn()
    for scene in page.board.scenes:
        assert str(page.head.images[scene.id]) in page.html
        assert page.has(f"redraw-{scene.id}")


def test_words_change_the_board_and_undo_takes_them_back(drawing: Services) -> None:
    page = begin(drawing, tale(4)).say("make scene 2 night")
    assert page.board.scenes[1].time == "night"
    assert "make scene 2 night" in page.html
    before = page.head.number
    page.drawn().click("suggest-0")  # "Undo"
    assert page.board.scenes[1].time == "dawn"
    assert page.head.number == before - 1


def test_an_earlier_message_said_otherwise_begins_another_line_and_both_stay(drawing: Services) -> None:
    page = begin(drawing, tale(3)).say("make scene 1 night").say("make scene 3 a wide shot")
    first = next(one for one in drawing.conversations().messages(page.conversation) if one.role == "user")
    page.click(f"edit-{first.id}")
    page.app.text_area[0].set_value("make scene 1 sunset")
    next(button for button in page.app.button if button.label == "Send again").click().run()
    page.checked()
    assert page.board.scenes[0].time == "sunset"
    assert page.board.scenes[2].shot == "close-up", "the second message was said after the first one"
    second = next(one for one in drawing.conversations().messages(page.conversation) if one.role == "user")
    assert second.siblings == (first.id, second.id)
    page.click(f"line-{second.id}--1")
    assert page.board.scenes[0].time == "night"
    assert page.board.scenes[2].shot == "wide shot"
    assert "make scene 1 night" in page.html
    assert "make scene 1 sunset" not in page.html


def test_an_answer_can_be_given_again(drawing: Services) -> None:
    page = begin(drawing, tale(3)).say("make scene 1 night")
    reply = drawing.conversations().messages(page.conversation)[-1]
    page.click("answer-again")
    other = drawing.conversations().messages(page.conversation)[-1]
    assert other.siblings == (reply.id, other.id)
    assert page.board.scenes[0].time == "night"


def test_a_question_is_answered_by_one_of_its_choices(drawing: Services) -> None:
    page = begin(drawing, tale(3)).say("delete this storyboard")
    assert page.has("choice-0")
    assert len(page.board.scenes) == 3
    page.click("choice-1")  # "no"
    assert len(page.board.scenes) == 3
    assert not page.has("choice-0")


def test_a_reply_that_a_dead_process_left_is_shown_as_stopped_and_can_be_tried_again(
    drawing: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = begin(drawing, tale(3))
    add(drawing.conversations(), page.conversation, "user", "make scene 1 night")
    left = add(drawing.conversations(), page.conversation, "assistant", status="streaming")
    monkeypatch.setattr(ui.parts.conversation, "STARTED", left.created_at.replace(year=left.created_at.year + 1))
    page.again()
    assert "This reply was stopped." in page.html
    page.click("try-again")
    assert page.board.scenes[0].time == "night"
    assert "This reply was stopped." not in page.html


def test_stopping_ends_the_drawing_and_the_rest_can_be_drawn_later(drawing: Services, engine: ToyEngine) -> None:
    engine.seconds_a_step = 0.4
    page = begin(drawing, tale(4), draw=False)
    page.click("draw-rest")
    assert page.has("stop")
    page.click("stop")
    until(lambda: drawing.jobs().counts().keys().isdisjoint({"queued", "running"}))
    page.again()
    assert "Not drawn yet" in page.html
    engine.seconds_a_step = 0.0
    page.click("draw-rest").drawn()
    assert "Not drawn yet" not in page.html


def test_while_it_draws_the_page_tells_how_many_panels_are_drawn_and_how_long_the_rest_takes(
    drawing: Services, engine: ToyEngine
) -> None:
    engine.seconds_a_step = 0.15
    page = begin(drawing, tale(4), draw=False).click("draw-rest")
    assert "of 4 drawn" in page.html
    until(lambda: page.again().html.count(" left</p>") == 1)
    until(lambda: "1 of 4 drawn" in page.again().html)
    engine.seconds_a_step = 0.0
    page.drawn()
    assert "of 4 drawn" not in page.html
    assert " left</p>" not in page.html


def test_a_panel_that_cannot_be_drawn_says_why(drawing: Services) -> None:
    any_words = Drawing("toy", "toy/toy", "ddim", 3, 1.0, (64, 40))
    page = begin(drawing, replace(tale(3), drawing=any_words))
    page.say("change the prompt of scene 2 to: an impossible staircase")
    request = page.head.requests["s2"]
    until(lambda: drawing.jobs().status("local", [request])[request].state == "failed")
    page.again()
    assert "the latents became NaN" in page.html
    assert page.has("draw-rest")


def test_a_turn_goes_on_when_the_page_is_closed(drawing: Services, engine: ToyEngine) -> None:
    engine.seconds_a_step = 0.05
    page = begin(drawing, tale(3), draw=False).say("make scene 1 night")
    del page.app
    until(lambda: all(drawing.history().head(page.storyboard).images.values()))
    found = Opened(open_app(c=page.conversation), drawing, page.conversation, page.storyboard).checked()
    assert "make scene 1 night" in found.html
    assert not found.has("stop")


def test_what_people_write_is_never_markup(drawing: Services) -> None:
    nasty = '<img src=x onerror="alert(1)"><script>alert(2)</script> **bold** [x](javascript:1)'
    board = tale(2)
    page = begin(drawing, board).say(f"call the board “{nasty[:60]}”").say(nasty)
    page.click("open-s1")
    assert "<script" not in page.html
    assert "<img src=x" not in page.html
    assert "&lt;script&gt;" in page.html
    assert all("**bold**" not in str(element.value) for element in page.app.markdown)


def test_signs_of_markdown_are_shown_as_they_were_written() -> None:
    assert plain("*a* [b](c) <d>") == r"\*a\* \[b\]\(c\) \<d\>"


def test_a_long_story_is_folded(drawing: Services) -> None:
    page = begin(drawing, tale(2))
    add(drawing.conversations(), page.conversation, "user", STORY * 3)
    page.again()
    assert f"Show all {len(STORY * 3):,} characters" in page.html


def test_what_cannot_be_taken_is_refused_in_one_line_and_nothing_is_stored(drawing: Services) -> None:
    page = begin(drawing, tale(2))
    messages = len(drawing.conversations().messages(page.conversation))
    page.say("x" * 2_000_001)
    assert "2,000,001 characters" in page.app.error[0].value.replace("\\", "")
    assert len(drawing.conversations().messages(page.conversation)) == messages


@pytest.mark.parametrize("owner", ["local", "somebody-else"])
def test_a_conversation_that_is_not_there_or_not_yours_is_not_found(drawing: Services, owner: str) -> None:
    theirs = drawing.conversations(owner).create("secret").id if owner != "local" else "0123456789ab"
    app = open_app(c=theirs)
    assert not app.exception
    assert "There is no such storyboard here" in app.warning[0].value.replace("\\", "")
    assert app.query_params.get("c", [""]) in ([""], "")


def test_a_conversation_deleted_in_words_leads_back_to_the_first_screen(drawing: Services) -> None:
    page = begin(drawing, tale(2)).say("delete this conversation").say("yes")
    assert not drawing.conversations().list()
    assert "deleted" in page.app.warning[0].value
    assert any(str(button.key).startswith("begin-") for button in page.app.button)


def test_a_conversation_deleted_in_another_tab_is_gone_here_too(drawing: Services) -> None:
    page = begin(drawing, tale(2))
    drawing.conversations().delete(page.conversation)
    page.again()
    assert "There is no such storyboard here" in page.app.warning[0].value.replace("\\", "")


def test_a_new_storyboard_leads_back_to_the_first_screen(drawing: Services) -> None:
    page = begin(drawing, tale(2)).click("new")
    assert any(str(button.key).startswith("begin-") for button in page.app.button)


def test_a_file_asked_for_in_words_can_be_downloaded(drawing: Services) -> None:
    page = begin(drawing, tale(2)).say("export it as csv")
    reply = drawing.conversations().messages(page.conversation)[-1]
    assert [call["name"] for call in reply.tool_calls] == ["export_board"]
    assert any(element.proto.id and "exported" in element.proto.id for element in page.app.get("download_button"))


def test_a_picture_dropped_into_the_conversation_is_shown_there_and_drawn_from(drawing: Services) -> None:
    page = begin(drawing, tale(3))
    page.app.chat_input(key="said").upload("sketch.png", file_of(sketch(), "PNG"))
    page.say("draw scene 2 like this")
    edit = page.board.scenes[1].edit
    assert edit is not None
    assert "drawn from sketch.png" in page.html
    assert 'class="tb-given"' in page.html
    page.drawn().click("suggest-0")  # "Undo"
    assert page.board.scenes[1].edit is None


def test_a_dropped_picture_without_a_scene_is_asked_about_and_a_click_answers(drawing: Services) -> None:
    page = begin(drawing, tale(3))
    page.app.chat_input(key="said").upload("sketch.png", file_of(sketch(), "PNG")).run()
    page.checked()
    assert "For which scene?" in page.html
    page.click("choice-2")
    assert [scene.edit is not None for scene in page.board.scenes] == [False, False, True]


def test_two_turns_at_once_are_answered_one_after_the_other(drawing: Services) -> None:
    page = begin(drawing, tale(3))
    turns = [
        live().say(drawing, "local", page.conversation, text) for text in ("make scene 1 night", "make scene 2 night")
    ]
    until(lambda: all(turn.done for turn in turns))
    assert [scene.time for scene in page.board.scenes[:2]] == ["night", "night"]
    assert page.head.number == 3
