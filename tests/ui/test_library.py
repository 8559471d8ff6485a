"""The library page: what is listed, found, opened, renamed, put away and deleted."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import ui.server
from agent.services import Services
from agent.session import ChatSession
from db.library import Library
from tests.agent.tales import STORY, tale
from tests.db.written import add, commit
from ui.bin import Bin

APP = Path(ui.server.__file__).parent / "app.py"


@pytest.fixture
def services(own_home: Path) -> Iterator[Services]:
    """The app's own services, in the test's home."""
    yield ui.server.services()
    ui.server.close_services()


def opened(services: Services) -> AppTest:
    """The library page."""
    app = AppTest.from_file(str(APP), default_timeout=60).switch_page("pages/library.py").run()
    assert not app.exception
    return app


def titles(app: AppTest) -> list[str]:
    return [button.label for button in app.button if str(button.key).startswith("name-")]


def make(services: Services, title: str, conversation: str | None = None) -> str:
    board = replace(tale(3), title=title)
    return services.history().create(board, conversation=conversation).storyboard


def test_lists_storyboards_with_and_without_a_conversation_and_conversations_without_a_storyboard(
    services: Services,
) -> None:
    make(services, "Drawn from a file")
    talk = services.conversations().create("Just talk")
    add(services.conversations(), talk.id, "user", "hello")
    services.conversations().create("Never said a word")
    told = ChatSession(services, draw=False)
    list(told.turn(STORY))
    app = opened(services)
    shown = titles(app)
    assert {"Drawn from a file", "Just talk"} <= set(shown)
    assert len(shown) == 3


def test_pages_through_many_boards_in_the_order_that_was_chosen(services: Services) -> None:
    for number in range(30):
        make(services, f"Board {number:02d}")
    app = opened(services)
    assert titles(app) == [f"Board {number:02d}" for number in range(29, 5, -1)]
    app.selectbox(key="library-sort").select("title").run()
    assert titles(app)[:2] == ["Board 00", "Board 01"]
    app.session_state["library-page"] = 2
    app.run()
    assert titles(app) == [f"Board {number:02d}" for number in range(24, 30)]


def test_search_finds_titles_stories_and_messages_whatever_the_accents(services: Services) -> None:
    make(services, "Café on the pier")
    plain = make(services, "Another")
    talk = services.conversations().create("A talk")
    add(services.conversations(), talk.id, "user", "what about a giraffe?")
    app = opened(services)
    app.text_input(key="library-search").set_value("cafe").run()
    assert titles(app) == ["Café on the pier"]
    app.text_input(key="library-search").set_value("giraffe").run()
    assert titles(app) == ["A talk"]
    app.text_input(key="library-search").set_value("lantern nowhere").run()
    assert titles(app) == []
    app.text_input(key="library-search").set_value("attic dust").run()
    assert len(titles(app)) == 2, "both tell of it"
    assert plain in [entry.key for entry in Library(services.database).search("attic dust")]


def test_renaming_is_a_version_of_the_storyboard_and_renames_its_conversation(services: Services) -> None:
    talk = services.conversations().create("Old").id
    board = make(services, "Old", talk)
    app = opened(services)
    app.session_state["renaming"] = Library(services.database).page()[0]
    app.run()
    title = next(field for field in app.text_input if field.label == "Title")
    title.set_value("New *name*")
    next(button for button in app.button if button.label == "Save").click().run()
    assert services.history().head(board).board.title == "New *name*"
    assert services.history().head(board).number == 2
    assert services.conversations().get(talk).title == "New *name*"
    assert titles(app) == ["New \\*name\\*"], "a title is text, not Markdown"


def test_a_board_of_a_conversation_that_went_on_to_another_gets_its_own(services: Services) -> None:
    talk = services.conversations().create("Two stories").id
    first, second = make(services, "First", talk), make(services, "Second", talk)
    add(services.conversations(), talk, "assistant", "here", storyboard=second, version=1)
    app = opened(services)
    app.button(key=f"name-{first}").click().run()
    own = services.history().storyboard(first).conversation
    assert own not in (None, talk)
    assert services.history().storyboard(second).conversation == talk
    assert app.session_state["conversation"] == own


def test_deleting_can_be_undone_and_is_for_good_later(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    talk = services.conversations().create("Gone").id
    board = make(services, "Gone", talk)
    kept = make(services, "Kept")
    app = opened(services)
    entry = next(one for one in Library(services.database).page() if one.key == board)

    choose(app, board, "delete")
    assert titles(app) == ["Kept"]
    assert services.history().head(board).number == 1, "it is still there"
    app.button(key=f"undo-{board}").click().run()
    assert set(titles(app)) == {"Kept", "Gone"}

    choose(app, board, "delete")
    ui.server.recycle_bin().empty()
    app.run()
    left = Library(services.database)
    assert [one.key for one in left.page()] == [kept]
    assert entry.conversation is not None
    assert left.search("Gone") == []


def choose(app: AppTest, key: str, option: str) -> None:
    """Chooses in an entry's menu."""
    app.menu_button(key=f"menu-{key}").click(option).run()


def test_archived_entries_are_out_of_the_list_and_come_back(services: Services) -> None:
    board = make(services, "Old times")
    app = opened(services)
    choose(app, board, "archive")
    assert titles(app) == []
    app.toggle(key="library-archived").set_value(True).run()
    assert titles(app) == ["Old times"]
    choose(app, board, "archive")
    app.toggle(key="library-archived").set_value(False).run()
    assert titles(app) == ["Old times"]


def test_nobody_sees_what_another_owns(services: Services) -> None:
    make(services, "Mine")
    services.history("somebody").create(replace(tale(2), title="Theirs"))
    mine = Library(services.database)
    assert [entry.title for entry in mine.page()] == ["Mine"]
    assert mine.count() == 1
    assert mine.search("theirs") == []
    assert len(mine.search("attic")) == 1


def test_a_cover_is_the_first_picture_that_is_drawn_or_was_picked(services: Services) -> None:
    pictures, history = services.pictures(), services.history()
    first = pictures.add_drawn("d2", b"second panel")
    board = tale(3)
    made = history.create(board, requests={"s1": "d1", "s2": "d2", "s3": "d3"})
    entry = Library(services.database).page()[0]
    assert (entry.cover, entry.drawn, entry.panels) == (first, 1, 3)
    picked = pictures.add(b"picked")
    scenes = (replace(board.scenes[0], picked=picked), *board.scenes[1:])
    commit(history, made.storyboard, replace(board, scenes=scenes), parent=1, requests={"s2": "d2"})
    assert Library(services.database).page()[0].cover == picked


def test_the_bin_deletes_when_its_time_is_over_and_not_before() -> None:
    done: list[str] = []
    bin_ = Bin(grace_seconds=0.05)
    bin_.put("me", "a", "A", lambda: done.append("a"))
    assert bin_.holds("me") == {"a": "A"}
    assert bin_.holds("you") == {}
    assert bin_.take_back("me", "a")
    assert not bin_.take_back("me", "a")
    bin_.put("me", "b", "B", lambda: done.append("b"))
    deadline = time.monotonic() + 30
    while not done and time.monotonic() < deadline:
        time.sleep(0.01)
    assert done == ["b"]
