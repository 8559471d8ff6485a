"""The compare page: what was added, removed, moved, reworded, given another look, redrawn."""

from __future__ import annotations

import json

import pytest

from agent.services import Services
from tests.agent.tales import tale
from tests.ui.opening import Opened, begin, open_app
from ui.parts.comparing import order_of

PAGE = "pages/compare.py"


def compared(page: Opened, first: int, second: int) -> Opened:
    page.app = open_app(PAGE, c=page.conversation, a=str(first), b=str(second))
    return page.checked()


@pytest.fixture
def page(drawing: Services) -> Opened:
    page = begin(drawing, tale(4))
    page.say("delete scene 4").say("move scene 3 to the front").say("make scene 2 night")
    page.say("add a scene at the end: Mira waves goodbye.").say("redraw 3")
    return page.drawn()


def test_every_kind_of_change_is_marked(page: Opened) -> None:
    compared(page, 1, page.head.number)
    for mark in ("added", "removed", "moved from 3 to 1", "another look", "redrawn"):
        assert f">{mark}</span>" in page.html, mark


def test_fields_are_shown_before_and_after_in_the_page_s_words(page: Opened) -> None:
    compared(page, 1, page.head.number)
    changed = next(one for one in page.board.scenes if one.time == "night" and one.id != "s3")
    before = page.services.history().version(page.storyboard, 1).board.scene(changed.id).time
    assert f"<th scope='row'>time of day</th><td dir='auto'>{before}</td><td dir='auto'>night</td>" in page.html


def test_two_pictures_of_a_panel_lie_over_each_other_with_a_handle(page: Opened) -> None:
    compared(page, page.head.number - 1, page.head.number)
    (slider,) = page.app.get("bidi_component")
    old = page.services.history().version(page.storyboard, page.head.number - 1)
    shown = json.loads(slider.proto.json)
    scene = next(one for one in page.head.images if page.head.images[one] != old.images[one])
    assert shown["before"].endswith(f"{old.images[scene]}.png")
    assert shown["after"].endswith(f"{page.head.images[scene]}.png")
    assert shown["label"] == "Slide between the two pictures of panel 3"
    assert "the same" in page.html


def test_a_version_is_the_same_as_itself(page: Opened) -> None:
    compared(page, 2, 2)
    assert any("the same" in element.value for element in page.app.markdown)


def test_by_default_the_last_change_is_compared_and_others_can_be_chosen(page: Opened) -> None:
    page.app = open_app(PAGE, c=page.conversation)
    page.checked()
    number = page.head.number
    assert [box.value for box in page.app.selectbox] == [number - 1, number]
    page.app.selectbox[0].select(1).run()
    assert ">removed</span>" in page.checked().html


def test_one_version_has_nothing_to_be_compared_with(drawing: Services) -> None:
    page = begin(drawing, tale(2), draw=False, page=PAGE)
    assert any("nothing to compare" in element.value for element in page.app.markdown)


def test_what_was_removed_is_shown_where_it_was() -> None:
    assert order_of(["a", "b", "c"], ["a", "c"]) == ["a", "b", "c"]
    assert order_of(["a", "b", "c"], ["c", "b"]) == ["a", "c", "b"]
    assert order_of(["a", "b"], ["n", "b", "m"]) == ["a", "n", "b", "m"]
