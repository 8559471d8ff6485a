"""Turns that are under way. A turn runs in a thread of the process, never in a page's script, so that it goes on when
the tab is closed and is found again, by any tab, when it is opened."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from agent.events import Event, Failure, Instead, ToolFinished, ToolStarted, TurnFinished, Words
from agent.services import Services
from agent.session import ALREADY_SENT, ChatSession
from agent.stopping import Stop

__all__ = ["Live", "RunningTurn"]

BEGIN_SECONDS = 10.0
SENT = 50
"""How many of the latest messages are known by their ids here; the database knows them all."""


@dataclass
class RunningTurn:
    """What is known of a turn so far. Written by its thread alone. It is done at its commit; what is drawn then is on
    the queue. `stop` is its own, and there before it begins."""

    session: ChatSession
    asked: str
    replacing: int | None = None
    begun: datetime = field(default_factory=lambda: datetime.now(UTC))
    words: str = ""
    tools: dict[str, ToolStarted | ToolFinished] = field(default_factory=dict)
    failure: str | None = None
    receipt: Mapping[str, Any] | None = None
    stop: Stop = field(default_factory=Stop)
    known: threading.Event = field(default_factory=threading.Event)
    """Set once its conversation is known, or it has ended without one."""
    ended: threading.Event = field(default_factory=threading.Event)

    @property
    def done(self) -> bool:
        return self.ended.is_set()

    @property
    def refused(self) -> str | None:
        """Why the turn was not even begun: then nothing of it is in the conversation. A turn that was begun and failed
        says so in its words; of a message that came twice, the first is answered, and nothing need be said."""
        return self.failure if self.done and not self.words and self.failure != ALREADY_SENT else None

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
            case Failure(message):
                self.failure = message
            case TurnFinished(receipt):
                self.receipt = receipt


class Live:
    """The turns of this process, by conversation, in the order in which they were asked for."""

    def __init__(self) -> None:
        self._turns: dict[tuple[str, str], list[RunningTurn]] = {}
        self._sent: dict[tuple[str, str], RunningTurn] = {}
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
        send_id: str | None = None,
    ) -> RunningTurn:
        """Begins a turn with what a person said, or finds the one that a message with this id has begun already.
        Returns once the conversation is known."""
        session = ChatSession(services, conversation, owner=owner)
        turn = RunningTurn(session, text, replacing)
        if send_id is not None:
            with self._lock:
                sent = self._sent.setdefault((owner, send_id), turn)
                if sent.refused:
                    self._sent[owner, send_id] = sent = turn
                for key in list(self._sent)[:-SENT]:
                    del self._sent[key]
            if sent is not turn:
                sent.known.wait(BEGIN_SECONDS)
                return sent
        return self._begin(
            owner, turn, lambda: session.turn(text, files, replacing=replacing, send_id=send_id, stop=turn.stop)
        )

    def act(
        self, services: Services, owner: str, conversation: str | None, tool: str, args: Mapping[str, Any] | None = None
    ) -> RunningTurn:
        """Begins a turn with what a button asks."""
        session = ChatSession(services, conversation, owner=owner)
        turn = RunningTurn(session, "")
        return self._begin(owner, turn, lambda: session.act(tool, args, stop=turn.stop))

    def again(self, services: Services, owner: str, conversation: str, reply: int) -> RunningTurn:
        """Begins to answer anew what this reply answered."""
        session = ChatSession(services, conversation, owner=owner)
        turn = RunningTurn(session, "", reply)
        return self._begin(owner, turn, lambda: session.again(reply, stop=turn.stop))

    def of(self, owner: str, conversation: str | None) -> RunningTurn | None:
        """The latest turn under way in a conversation, if there is one."""
        turns = self.all_of(owner, conversation)
        return turns[-1] if turns else None

    def all_of(self, owner: str, conversation: str | None) -> list[RunningTurn]:
        """The turns under way in a conversation, those that wait among them."""
        with self._lock:
            return [turn for turn in self._turns.get((owner, conversation or ""), ()) if not turn.done]

    def stop(self, owner: str, conversation: str | None) -> None:
        """Stops what is under way in a conversation, and what waits there."""
        for turn in self.all_of(owner, conversation):
            turn.stop.set()

    def _begin(self, owner: str, turn: RunningTurn, start: Callable[[], Iterator[Event]]) -> RunningTurn:
        session = turn.session
        with self._lock:
            before = list(self._turns.get((owner, session.conversation or ""), ()))
            if session.conversation is not None:
                self._file(owner, session.conversation, turn)

        def run() -> None:
            for other in before:  # in the order in which they were asked for
                other.ended.wait()
            try:
                for event in start():
                    turn.take(event)
                    turn.known.set()
            except Exception as error:  # a turn's own failures are events; this is a mistake of ours
                turn.failure = f"{type(error).__name__}: {error}"
                raise
            finally:
                turn.ended.set()
                turn.known.set()

        new = session.conversation is None
        threading.Thread(target=run, name="conversation", daemon=True).start()
        if new:
            deadline = time.monotonic() + BEGIN_SECONDS
            while session.conversation is None and not turn.known.wait(0.005) and time.monotonic() < deadline:
                continue
            with self._lock:
                if session.conversation is not None:
                    self._file(owner, session.conversation, turn)
        turn.known.set()
        return turn

    def _file(self, owner: str, conversation: str, turn: RunningTurn) -> None:
        """Put the turn under its conversation, and forget turns that are done."""
        for key, turns in list(self._turns.items()):
            self._turns[key] = [other for other in turns if not other.done]
            if not self._turns[key]:
                del self._turns[key]
        self._turns.setdefault((owner, conversation), []).append(turn)
