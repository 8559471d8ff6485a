"""The page of characters and style: what is carried into prompts, and editing through the tools."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import ui.server
from agent.services import Services
from agent.story import read_story
from db.history import Version
from tests.agent.tales import tale

APP = Path(ui.server.__file__).parent / "app.py"


@pytest.fixture
def services(own_home: Path) -> Iterator[Services]:
    yield ui.server.services()
    ui.server.close_services()


@pytest.fixture
def page(services: Services, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """The page with a board of four scenes; nothing is drawn."""
    monkeypatch.setenv("TALEBOARD_RENDERER", "queue")
    ui.server.change_settings()
    talk = services.conversations().create("The map").id
    services.history().create(tale(), conversation=talk)
    app = AppTest.from_file(str(APP), default_timeout=60)
    app.session_state["conversation"] = talk
    app.switch_page("pages/characters.py").run()
    assert not app.exception
    return app


def head(services: Services) -> Version:
    return services.history().head(services.history().storyboards()[0].storyboard)


def html_of(app: AppTest) -> str:
    return " ".join(str(part.proto.body) for part in app.get("html"))


def submit(app: AppTest, label: str, form: str = "") -> None:
    next(button for button in app.button if button.label == label and form in str(button.proto.form_id)).click().run()
    assert not app.exception


def test_shows_who_they_are_and_what_each_prompt_carries(page: AppTest) -> None:
    assert page.text_input(key="name-c1").value == "Mira"
    assert page.text_area(key="look-c2").value == "an old fisherman with a grey beard"
    assert "Scene 1–4" in html_of(page)


def test_shows_the_sentences_that_say_what_somebody_looks_like_while_it_is_claimed(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TALEBOARD_RENDERER", "queue")
    ui.server.change_settings()
    story = "Mira wore a red coat & a <b>hat</b>. She ran to the harbour. Mira had long black hair."
    talk = services.conversations().create("The coat").id
    services.history().create(read_story(story, drawing=tale().drawing), conversation=talk)
    app = AppTest.from_file(str(APP), default_timeout=60)
    app.session_state["conversation"] = talk
    app.switch_page("pages/characters.py").run()
    assert '<td dir="auto">a red coat</td><td dir="auto">Mira wore a red coat &amp; a &lt;b&gt;' in html_of(app)
    assert "Mira had long black hair." in html_of(app)
    app.text_area(key="look-c1").set_value("a woman in a red coat")
    submit(app, "Save Mira")
    assert "Mira wore a red coat" in html_of(app)
    assert "Mira had long black hair." not in html_of(app)


def test_a_description_is_carried_into_every_prompt(page: AppTest, services: Services) -> None:
    page.text_area(key="look-c1").set_value("a girl in a yellow raincoat")
    submit(page, "Save Mira")
    board = head(services).board
    assert all("yellow raincoat" in scene.prompt for scene in board.scenes if "c1" in scene.characters)
    assert head(services).number == 2


def test_name_and_description_are_changed_together(page: AppTest, services: Services) -> None:
    page.text_area(key="look-c1").set_value("a tall girl")
    page.text_input(key="name-c1").set_value("Mara")
    submit(page, "Save Mira")
    who = head(services).board.character("c1")
    assert (who.name, who.description) == ("Mara", "a tall girl")


def test_from_a_scene_on_somebody_looks_otherwise(page: AppTest, services: Services) -> None:
    page.selectbox(key="from-c1").select("s3")
    page.text_input(key="from-look-c1").set_value("a green coat")
    submit(page, "Set", form="from-form-c1")
    prompts = [scene.prompt for scene in head(services).board.scenes]
    assert ["green coat" in prompt for prompt in prompts] == [False, False, True, True]
    assert "Scene 1–2" in html_of(page)
    assert "Scene 3–4" in html_of(page)


def test_marked_scenes_are_the_ones_somebody_is_in(page: AppTest, services: Services) -> None:
    page.pills(key="in-c2").set_value(["s2", "s3"]).run()
    assert [scene.id for scene in head(services).board.scenes if "c2" in scene.characters] == ["s2", "s3"]
    page.pills(key="in-c2").set_value(["s3"]).run()
    assert [scene.id for scene in head(services).board.scenes if "c2" in scene.characters] == ["s3"]


def test_somebody_new_joins_and_somebody_leaves(page: AppTest, services: Services) -> None:
    page.text_input(key="new-name").set_value("Nell")
    page.text_input(key="new-look").set_value("a small dog")
    page.pills(key="new-in").set_value(["s1"])
    submit(page, "Add")
    assert "a small dog" in head(services).board.scenes[0].prompt
    page.button(key="remove-c3").click().run()
    assert "c3" not in {one.id for one in head(services).board.characters}


def test_a_style_of_the_catalogue_and_one_in_ones_own_words(page: AppTest, services: Services) -> None:
    page.text_input(key="style-find").set_value("noir").run()
    page.button(key="use-ink-noir").click().run()
    assert head(services).board.style == "ink noir"
    assert page.button(key="use-ink-noir").disabled
    page.text_input(key="own-style").set_value("faded tempera on wood")
    submit(page, "Set", form="own")
    assert head(services).board.style == "faded tempera on wood"
    assert all("faded tempera on wood" in scene.prompt for scene in head(services).board.scenes)


def test_what_cannot_be_done_is_said_and_changes_nothing(page: AppTest, services: Services) -> None:
    page.text_input(key="name-c1").set_value("Tom")
    submit(page, "Save Mira")
    assert any("choose another name" in warning.value for warning in page.warning)
    assert head(services).number == 1


def test_without_a_board_the_catalogue_is_still_there(services: Services) -> None:
    app = AppTest.from_file(str(APP), default_timeout=60).switch_page("pages/characters.py").run()
    assert not app.exception
    assert len([button for button in app.button if str(button.key).startswith("use-") and button.disabled]) > 20
