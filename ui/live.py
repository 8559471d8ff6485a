"""Turns that are under way. A turn runs in a thread of the process, never in a page's script, so that it goes on when
the tab is closed and is found again, by any tab, when it is opened."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from agent.events import (
    Event,
    Failure,
    Instead,
    PanelFailed,
    PanelProgress,
    PanelQueued,
    PanelReady,
    ToolFinished,
    ToolStarted,
    TurnFinished,
    Words,
)
from agent.services import Services
from agent.session import ChatSession

__all__ = ["Live", "RunningTurn"]

BEGIN_SECONDS = 10.0


@dataclass
class RunningTurn:
    """What is known of a turn so far. Written by its thread alone; `changes` grows with everything that happens.
    `replied` is whether the reply is whole and stored; drawing may go on after that."""

    session: ChatSession
    asked: str
    replacing: int | None = None
    begun: datetime = field(default_factory=lambda: datetime.now(UTC))
    words: str = ""
    tools: dict[str, ToolStarted | ToolFinished] = field(default_factory=dict)
    progress: dict[str, PanelProgress] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)
    waiting: set[str] = field(default_factory=set)
    failure: str | None = None
    receipt: Mapping[str, Any] | None = None
    replied: bool = False
    done: bool = False
    changes: int = 0

    @property
    def refused(self) -> str | None:
        """Why the turn was not even begun: then nothing of it is in the conversation. A turn that was begun and failed
        says so in its words."""
        return self.failure if self.done and not self.words else None

    @property
    def conversation(self) -> str | None:
        return self.session.conversation

    def take(self, event: Event) -> None:
        """Notes one event."""
        match event:
            case Words(text):
                self.words += text
            case Instead(text):
                self.words = text
            case ToolStarted(call) | ToolFinished(call):
                self.tools[call] = event
            case PanelQueued(scene):
                self.replied = True
                self.waiting.add(scene)
            case PanelProgress(scene):
                self.progress[scene] = event
            case PanelReady(scene):
                self.progress.pop(scene, None)
                self.waiting.discard(scene)
            case PanelFailed(scene, _, reason):
                self.progress.pop(scene, None)
                self.waiting.discard(scene)
                self.failed[scene] = reason
            case Failure(message):
                self.failure = message
            case TurnFinished(receipt):
                self.replied = True
                self.receipt = receipt
        self.changes += 1


class Live:
    """The turns of this process, by conversation, the latest of each."""

    def __init__(self) -> None:
        self._turns: dict[tuple[str, str], RunningTurn] = {}
        self._lock = threading.Lock()

    def say(
        self,
        services: Services,
        owner: str,
        conversation: str | None,
        text: str,
        files: Mapping[str, bytes] | None = None,
        *,
        replacing: int | None = None,
    ) -> RunningTurn:
        """Begins a turn with what a person said. Returns once the conversation is known."""
        session = ChatSession(services, conversation, owner=owner)
        return self._begin(owner, session, text, lambda: session.turn(text, files, replacing=replacing), replacing)

    def act(
        self, services: Services, owner: str, conversation: str | None, tool: str, args: Mapping[str, Any] | None = None
    ) -> RunningTurn:
        """Begins a turn with what a button asks."""
        session = ChatSession(services, conversation, owner=owner)
        return self._begin(owner, session, "", lambda: session.act(tool, args))

    def again(self, services: Services, owner: str, conversation: str, reply: int) -> RunningTurn:
        """Begins to answer anew what this reply answered."""
        session = ChatSession(services, conversation, owner=owner)
        return self._begin(owner, session, "", lambda: session.again(reply), reply)

    def of(self, owner: str, conversation: str | None) -> RunningTurn | None:
        """The turn under way in a conversation, if there is one."""
        turn = self._turns.get((owner, conversation or ""))
        return turn if turn is not None and not turn.done else None

    def _begin(
        self,
        owner: str,
        session: ChatSession,
        asked: str,
        start: Callable[[], Iterator[Event]],
        replacing: int | None = None,
    ) -> RunningTurn:
        turn = RunningTurn(session, asked, replacing)
        begun = threading.Event()
        before = self.of(owner, session.conversation)

        def run() -> None:
            # What is said while a reply is still being written waits for it; drawing goes on beside it.
            while before is not None and not (before.replied or before.done):
                time.sleep(0.02)
            try:
                for event in start():
                    turn.take(event)
                    begun.set()
            except Exception as error:  # a turn's own failures are events; this is a mistake of ours
                turn.failure = f"{type(error).__name__}: {error}"
                raise
            finally:
                turn.done = True
                turn.changes += 1
                begun.set()

        thread = threading.Thread(target=run, name="conversation", daemon=True)
        thread.start()
        self._know(owner, session, turn, begun)
        return turn

    def _know(self, owner: str, session: ChatSession, turn: RunningTurn, begun: threading.Event) -> None:
        """Files the turn under its conversation, which a first turn makes as it begins."""
        deadline = time.monotonic() + BEGIN_SECONDS
        while session.conversation is None and not begun.wait(0.005) and time.monotonic() < deadline:
            continue
        if session.conversation is not None:
            with self._lock:
                self._turns[owner, session.conversation] = turn
                for key in [key for key, other in self._turns.items() if other.done and other is not turn]:
                    del self._turns[key]
