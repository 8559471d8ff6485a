"""Opening the app in tests of its pages: a real database, a small engine that really draws."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from streamlit.testing.v1 import AppTest

import ui.server
from agent.drawing.requests import board_requests
from agent.services import Services
from db.board import Board
from db.history import Version
from ui.parts.page import live

__all__ = ["Opened", "begin", "open_app", "settled", "until"]

APP = Path(ui.server.__file__).parent / "app.py"


@dataclass
class Opened:
    """The app on a storyboard, as a person has it before them."""

    app: AppTest
    services: Services
    conversation: str
    storyboard: str

    def click(self, key: str) -> Opened:
        self.app.button(key=key).click().run()
        return self.checked()

    def say(self, text: str) -> Opened:
        self.app.chat_input(key="said").set_value(text).run()
        return self.checked()

    def again(self) -> Opened:
        self.app.run()
        return self.checked()

    def drawn(self) -> Opened:
        """When every panel of the present version has its picture."""
        until(lambda: all(self.head.images.values()))
        return self.again()

    def checked(self) -> Opened:
        assert not self.app.exception, self.app.exception
        return self

    @property
    def head(self) -> Version:
        return self.services.history().head(self.storyboard)

    @property
    def board(self) -> Board:
        return self.head.board

    @property
    def html(self) -> str:
        """All that the page shows as HTML."""
        return "\n".join(str(element.proto.body) for element in self.app.get("html"))

    def has(self, key: str) -> bool:
        return key in {button.key for button in self.app.button}


def open_app(page: str = "pages/chat.py", **query: str) -> AppTest:
    """The app on a page."""
    app = AppTest.from_file(str(APP), default_timeout=60)
    for name, value in query.items():
        app.query_params[name] = value
    return app.switch_page(page).run()


def begin(services: Services, board: Board, *, draw: bool = True, page: str = "pages/chat.py") -> Opened:
    """The app on a storyboard with this board, drawn."""
    conversation = services.conversations().create("a tale").id
    requests = {scene: digest for scene, (digest, _) in board_requests(board).items()}
    version = services.history().create(board, requests=requests, conversation=conversation, message="the story")
    if draw:
        services.studio().enqueue(version)
        until(lambda: all(services.history().head(version.storyboard).images.values()))
    return Opened(open_app(page, c=conversation), services, conversation, version.storyboard).checked()


def until(holds: Callable[[], bool], seconds: float = 60.0) -> None:
    """Waits until something is so."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it never came to be"
        time.sleep(0.02)


def settled() -> None:
    """Ends every turn under way, so that nothing works on a database that is about to be closed."""
    turns = [turn for known in list(live()._turns.values()) for turn in known]
    for turn in turns:
        turn.stop.set()
    until(lambda: all(turn.done for turn in turns))
