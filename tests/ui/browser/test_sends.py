"""Messages that are sent while the page is busy: each arrives, once."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, expect

from agent.services import open_services
from agent.settings import Settings
from tests.ui.browser.driving import PATIENCE, STORY, App, newcomer
from tests.ui.opening import until

SENDS = 50


def test_fifty_messages_sent_while_panels_are_drawn_are_each_answered_once_and_in_order(
    tmp_path: Path, browser: Browser
) -> None:
    """The page is made anew all the time then. Half of the messages have the words of the one before; in every other
    ten they are typed without looking whether the page has taken the one before."""
    words = [f"redraw scene {1 + number // 2 % 3}" for number in range(SENDS)]
    with App(tmp_path / "home", QUICK_SECONDS="0.1") as app, newcomer(app, browser) as person:
        person.open()
        person.say(STORY)
        person.panels.first.wait_for()
        for number, text in enumerate(words):
            person.say(text)
            if number // 10 % 2:
                expect(person.page.locator(".tb-said").last).to_contain_text(text, timeout=PATIENCE)
        services = open_services(Settings(home=app.home, renderer="queue"))
        try:
            conversations = services.conversations()
            conversation = person.conversation

            def is_answered() -> bool:
                line = conversations.messages(conversation)
                return len(line) >= 2 * (SENDS + 1) and line[-1].status != "streaming"

            until(is_answered, 400)
            line = conversations.messages(conversation)
            assert [message.role for message in line] == ["user", "assistant"] * (SENDS + 1)
            assert [message.content for message in line if message.role == "user"][1:] == words
            (board,) = services.history().storyboards(conversation=conversation)
            assert board.versions == 1 + SENDS
        finally:
            services.close()
        assert person.troubles == []
