"""The settings page: what is kept, what is tried, what is examined, and everything in one ZIP."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import ui.server
from agent.model_trial import try_language_model
from agent.services import Services
from agent.session import ChatSession
from agent.settings import load_settings
from tests.agent.llm_server import Fail, Say, call, serve
from tests.agent.tales import STORY, tale
from ui.everything import write_everything

APP = Path(ui.server.__file__).parent / "app.py"


@pytest.fixture
def services(own_home: Path) -> Iterator[Services]:
    yield ui.server.services()
    ui.server.close_services()


def opened(conversation: str | None = None) -> AppTest:
    app = AppTest.from_file(str(APP), default_timeout=120)
    if conversation:
        app.session_state["conversation"] = conversation
    app.switch_page("pages/settings.py").run()
    assert not app.exception
    return app


def press(app: AppTest, label: str) -> None:
    next(button for button in app.button if button.label == label).click().run()
    assert not app.exception


def test_what_is_saved_holds_at_once_and_the_next_time(services: Services) -> None:
    app = opened()
    app.text_input(key="set-model").set_value("/models/of/mine")
    app.selectbox(key="set-renderer").select("queue")
    press(app, "Save")
    assert [one.value for one in app.success]
    assert ui.server.services().settings.model == "/models/of/mine"
    assert type(ui.server.services().renderer).__name__ == "QueueRenderer"
    assert load_settings().model == "/models/of/mine"


def test_a_variable_of_the_environment_goes_before_and_cannot_be_changed_here(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened()
    app.text_input(key="set-model").set_value("saved")
    press(app, "Save")
    monkeypatch.setenv("TALEBOARD_MODEL", "from the environment")
    ui.server.change_settings()
    app = opened()
    assert app.text_input(key="set-model").disabled
    assert app.text_input(key="set-model").value == "from the environment"
    assert ui.server.services().settings.model == "from the environment"


def test_a_mistake_is_explained_and_nothing_is_kept(services: Services) -> None:
    app = opened()
    app.text_input(key="set-llm").set_value("nonsense")
    press(app, "Save")
    assert any("should be offline" in error.value for error in app.error)
    assert not (services.settings.home / "settings.json").exists()
    assert ui.server.services().settings.llm == "offline"


def test_a_language_model_is_tried_with_a_tool(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "none")
    with serve([Say(calls=(call("set_number_of_scenes", count=4),)), Say("I would rather talk."), Fail(401)]) as model:
        monkeypatch.setenv("OPENAI_BASE_URL", model.url)
        assert try_language_model("openai:good").calls_tools
        chatty = try_language_model("openai:chatty")
        assert (chatty.calls_tools, chatty.problem) == (False, "")
        assert "401" in try_language_model("openai:locked").problem
    assert "nonsense" in try_language_model("nonsense:model").problem


def test_the_button_tries_the_model_that_is_written_there(services: Services) -> None:
    app = opened()
    press(app, "Test the language model")
    assert any("offline planner" in one.value for one in app.success)


def test_how_the_board_is_drawn_is_a_version_of_it(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TALEBOARD_RENDERER", "queue")
    ui.server.change_settings()
    talk = services.conversations().create("x").id
    board = services.history().create(tale(), conversation=talk).storyboard
    app = opened(talk)
    app.number_input(key="draw-steps").set_value(15)
    app.selectbox(key="draw-sampler").select("euler")
    press(app, "Draw it so")
    drawing = services.history().head(board).board.drawing
    assert (drawing.steps, drawing.sampler, drawing.guidance) == (15, "euler", tale().drawing.guidance)
    app.number_input(key="draw-seed").set_value(7)
    press(app, "Draw every panel with this seed")
    assert {scene.seed for scene in services.history().head(board).board.scenes} == {7}


def test_what_doctor_says_is_shown(services: Services) -> None:
    app = opened()
    app.button(key="examine").click().run()
    shown = " ".join(str(part.proto.body) for part in app.get("html"))
    assert "python" in shown
    assert str(services.settings.home) in shown


def test_everything_is_in_the_zip_and_can_be_imported_again(services: Services, tmp_path: Path) -> None:
    told = ChatSession(services, draw=False)
    list(told.turn(STORY))
    list(told.turn("make scene 1 night"))
    services.history().create(tale())
    services.history("somebody else").create(tale())
    steps: list[tuple[int, int]] = []
    file = tmp_path / "all.zip"
    assert write_everything(services, "local", file, lambda done, total: steps.append((done, total))) == 2
    assert steps[-1] == (2, 2)
    with zipfile.ZipFile(file) as archive:
        names = archive.namelist()
        boards = [name for name in names if name.startswith("storyboards/")]
        assert len(boards) == 2
        with zipfile.ZipFile(io.BytesIO(archive.read(boards[0]))) as inner:
            assert json.loads(inner.read("board.json"))["scenes"]
        versions = [json.loads(archive.read(name)) for name in names if name.startswith("versions/")]
        assert sorted(len(one) for one in versions) == [1, 2]
        talks = [json.loads(archive.read(name)) for name in names if name.startswith("conversations/")]
        assert "make scene 1 night" in [message["content"] for message in talks[0]["messages"]]


def test_the_page_gathers_everything_and_offers_it(services: Services) -> None:
    services.history().create(tale())
    app = opened()
    app.button(key="everything").click().run()
    shown = " ".join(str(part.proto.body) for part in app.get("html"))
    assert "Download everything: 1 storyboards" in shown
    assert ui.server.everything_file("local").is_file()
    ui.server.close_services()
    assert not ui.server.everything_file("local").exists(), "it is as private as the database, and only to take away"
