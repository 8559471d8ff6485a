"""The server dies; uploads are bad. Nothing that was saved is lost, and a person is told what to do."""

from __future__ import annotations

import re
import signal
import sqlite3
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.agent.llm_server import Say, call, serve
from tests.agent.test_session_pictures import bomb
from tests.ui.browser.driving import PATIENCE, STORY, App, Person, newcomer


def versions(home: Path) -> int:
    with sqlite3.connect(home / "taleboard.db") as database:
        return int(database.execute("select count(*) from versions").fetchone()[0])


def test_killed_while_it_draws_it_goes_on_by_itself_after_the_restart(browser: Browser, tmp_path: Path) -> None:
    app = App(tmp_path / "home", QUICK_SECONDS="0.3")
    with app, newcomer(app, browser) as person:
        person.open()
        person.say(STORY)
        expect(person.panels).to_have_count(3, timeout=PATIENCE)
        address = person.conversation
        app.stop(signal.SIGKILL)
        app.start()
        person.open(f"?c={address}")
        expect(person.panels).to_have_count(3, timeout=PATIENCE)
        person.wait_until_drawn()
        assert versions(app.home) == 1


def test_killed_while_it_answers_the_reply_is_shown_as_stopped_and_can_be_had_again(
    browser: Browser, tmp_path: Path
) -> None:
    script = [
        Say(calls=(call("new_story"),)),
        Say("Here is your storyboard."),
        Say("I am thinking about it, slowly and with care, and much more", piece=2, delay=0.5),
        Say("Mira is the one with the lantern."),
    ]
    with serve(script) as model:
        app = App(
            tmp_path / "home",
            TALEBOARD_LLM="openai:careful",
            TALEBOARD_READER="parser",
            OPENAI_BASE_URL=model.url,
            OPENAI_API_KEY="none of yours",
        )
        with app, newcomer(app, browser) as person:
            person.open()
            person.tell()
            address, pictures = person.conversation, person.sources()
            person.say("Who has the lantern?")
            person.page.get_by_text("I am thinking").first.wait_for()
            app.stop(signal.SIGKILL)
            app.start()
            person.open(f"?c={address}")
            person.page.get_by_text("This reply was stopped.").wait_for()
            person.wait_until_drawn()
            assert person.sources() == pictures, "what was saved is there"
            person.button("Try again").click()
            person.page.get_by_text("Mira is the one with the lantern.").wait_for()
            assert versions(app.home) == 1


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("broken.docx", b"PK\x03\x04 this is no document", "damaged"),
        ("locked.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "password"),
        ("bomb.png", bomb(60_000, 60_000), "bomb.png is too large"),
        ("words.png", b"these are words", "words.png is not a picture that can be used"),
    ],
)
def test_a_bad_upload_is_explained_and_the_conversation_goes_on(
    person: Person, name: str, data: bytes, words: str
) -> None:
    person.open()
    person.send_file({"name": name, "mimeType": "application/octet-stream", "buffer": data})
    person.page.get_by_text(words).first.wait_for()
    person.tell()


def test_a_file_of_60_megabytes_is_refused_in_words(person: Person, tmp_path: Path) -> None:
    file = tmp_path / "long.txt"
    with file.open("wb") as big:
        big.truncate(60_000_000)
    person.open()
    person.send_file(file)
    person.page.get_by_text(re.compile("a file may have|larger than")).first.wait_for()
