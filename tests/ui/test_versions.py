"""The versions page: what made each version, and going back to it or taking something of it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from agent.services import Services
from db.versions import VersionInfo
from tests.agent.tales import tale
from tests.db.written import commit
from tests.ui.opening import Opened, begin, open_app
from ui.parts.versions import lines_of

PAGE = "pages/versions.py"


@pytest.fixture
def page(drawing: Services) -> Opened:
    """Three versions of a board, seen on the versions page."""
    page = begin(drawing, tale(3)).say("make scene 1 night").say("make scene 2 a close-up").drawn()
    page.app = open_app(PAGE, c=page.conversation)
    return page.checked()


def test_each_version_shows_the_words_that_made_it_and_what_it_drew(page: Opened) -> None:
    for words in ("the story", "make scene 1 night", "make scene 2 a close-up"):
        assert words in page.html
    assert [button.label for button in page.app.button if str(button.key).startswith("look-")] == [
        "Look at version 3",
        "Look at version 2",
        "Look at version 1",
    ]
    second = page.services.history().version(page.storyboard, 2)
    assert f'loading="lazy" src="/app/static/pictures/{second.images["s1"]}.png"' in page.html


def test_looking_at_a_version_changes_nothing(page: Opened) -> None:
    page.click("look-1")
    assert "Version 1, " in page.html
    assert page.head.number == 3
    old = page.services.history().version(page.storyboard, 1)
    assert page.html.count(str(old.images["s2"])) >= 1


def test_restoring_makes_the_old_version_the_newest(page: Opened) -> None:
    page.click("look-1").click("restore")
    assert page.head.number == 4
    assert page.board == page.services.history().version(page.storyboard, 1).board
    assert page.app.success
    assert page.app.button(key="look-4")


def test_a_storyboard_of_its_own_begins_at_a_version(page: Opened) -> None:
    page.click("look-2").click("copy")
    boards = page.services.history().storyboards(conversation=page.conversation)
    assert len(boards) == 2
    new = next(one.storyboard for one in boards if one.storyboard != page.storyboard)
    old = page.services.history().version(page.storyboard, 2)
    assert page.services.history().head(new).images == old.images
    assert page.head.number == 3


def test_one_panel_is_taken_from_another_version(page: Opened) -> None:
    page.click("look-1")
    offered = [button.key for button in page.app.button if str(button.key).startswith("take-")]
    assert offered == ["take-s1", "take-s2"], "what is as it was is not offered"
    page.click("take-s1")
    old = page.services.history().version(page.storyboard, 1)
    assert page.head.number == 4
    assert page.board.scene("s1") == old.board.scene("s1")
    assert page.head.images["s1"] == old.images["s1"]
    assert page.board.scene("s2").shot == "close-up"


def test_many_versions_come_in_pages(drawing: Services) -> None:
    page = begin(drawing, tale(2), draw=False)
    for number in range(16):
        commit(drawing.history(), page.storyboard, tale(2), parent=page.head.number, message=f"change {number}")
    page.app = open_app(PAGE, c=page.conversation)
    assert len([button for button in page.app.button if str(button.key).startswith("look-")]) == 15
    page.click("older")
    assert len([button for button in page.app.button if str(button.key).startswith("look-")]) == 17
    assert not page.has("older")


def test_without_a_storyboard_the_page_says_so(drawing: Services) -> None:
    app = open_app(PAGE)
    assert not app.exception
    assert "no storyboard yet" in app.markdown[0].value


def test_the_line_of_the_present_version_is_told_from_the_others() -> None:
    def info(number: int, parent: int | None) -> VersionInfo:
        return VersionInfo("b", number, parent, "", "", None, datetime.now(UTC))

    assert lines_of([info(4, 2), info(3, 2), info(2, 1), info(1, None)], 4) == {4, 2, 1}
    assert lines_of([info(4, 2)], 4) == {4, 2}, "a parent that is not on this page counts too"
