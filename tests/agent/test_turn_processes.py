"""Turns in many processes: two that answer one conversation, and hundreds that are killed in the middle of one."""

from __future__ import annotations

import os
import random
import signal
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import select

from agent.drawing.renderers import LocalRenderer
from agent.events import Event, TurnFinished
from agent.services import Services, open_services
from agent.session import ChatSession
from agent.settings import Settings
from db.maintenance import check
from db.tables import MessageRow, VersionRow
from tests.agent.drawing.toy import ToyEngine
from tests.agent.tales import receipt_of, tale, talking
from tests.agent.test_session import Scripted
from tests.agent.test_turns import let_time_pass

pytestmark = pytest.mark.slow

SENDS, KILLS = 50, 200


def child(work: Callable[[Callable[[], object]], None]) -> tuple[int, int]:
    """Begin `work(tell)` in a process of its own; returns its id, and where each call of `tell` puts a byte."""
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            os.close(reader)
            work(lambda: os.write(writer, b"."))
            os._exit(0)
        finally:
            os._exit(1)
    os.close(writer)
    return pid, reader


def told(reader: int, bytes_: int) -> int:
    """Wait until so many bytes were told, or none can come any more; returns how many there were."""
    seen = 0
    while seen < bytes_ and (part := os.read(reader, bytes_ - seen)):
        seen += len(part)
    return seen


def queueing(home: Path) -> Services:
    """Services that leave the drawing to others."""
    return open_services(Settings(home=home, renderer="queue"))


def say(home: Path, conversation: str, sends: Iterable[str], also: str) -> Iterator[tuple[str, Event]]:
    """Say some words in a conversation, one turn after the other; they are written under scene 1, and another tool is
    called besides."""
    services, model = queueing(home), Scripted(calls=[])
    session = ChatSession(services, conversation, model=model)
    args = {"format": "json"} if also == "export_board" else {"scenes": [1]}
    for words in sends:
        model.calls = [[("edit_scenes", {"scenes": [1], "notes": words}), (also, args)]]
        for event in session.turn(words, send_id=words):
            yield words, event


def test_what_two_processes_send_while_panels_are_drawn_is_answered_once_and_in_order(services: Services) -> None:
    conversation, home = talking(services, tale()).conversation or "", services.settings.home
    drawing = LocalRenderer(services.database, services.blobs, lambda *_: ToyEngine())
    sends = [f"note {number}" for number in range(SENDS)]

    def work(tell: Callable[[], object]) -> None:
        for _ in say(home, conversation, sends, "redraw"):
            tell()

    try:
        children = [child(work), child(work)]
        told(children[0][1], 1)
        drawing.wake()
        for pid, reader in children:
            told(reader, 10**9)
            assert os.waitpid(pid, 0)[1] == 0
            os.close(reader)
    finally:
        drawing.close()
    line = services.conversations().messages(conversation)
    assert [message.role for message in line] == ["user", "assistant"] * SENDS
    assert sorted(message.content for message in line[::2]) == sorted(sends)
    assert {message.status for message in line} == {"complete"}
    (board,) = services.history().storyboards(conversation=conversation)
    assert board.versions == 1 + SENDS


def test_processes_killed_in_the_middle_of_turns_leave_each_turn_whole_or_not_begun(services: Services) -> None:
    """A process says one thing after the other, and is killed after a random number of events. What it had said last
    is sent again, since nobody knows whether it was stored."""
    conversation, home = talking(services, tale()).conversation or "", services.settings.home
    chance = random.Random(7)
    finished: set[str] = set()
    log = home / "finished"

    def work(tell: Callable[[], object]) -> None:
        sends = (f"note {number}" for number in count(len(finished)))
        with open(log, "ab", buffering=0) as written:
            for words, event in say(home, conversation, sends, "export_board"):
                tell()
                if isinstance(event, TurnFinished):
                    written.write(f"{words}\n".encode())

    for _ in say(home, conversation, ["before"], "export_board"):  # loads what every child would load
        pass
    for _ in range(KILLS):
        pid, reader = child(work)
        assert told(reader, chance.randint(1, 20)), "it died before it began"
        os.kill(pid, signal.SIGKILL)
        assert os.WIFSIGNALED(os.waitpid(pid, 0)[1])
        os.close(reader)
        finished = set(log.read_text().split("\n")) - {""} if log.exists() else set()
        let_time_pass(services.database, conversation)
    receipt_of(ChatSession(services, conversation, draw=False).act("list_styles"))

    line = services.conversations().messages(conversation)
    words = [message.content for message in line if message.role == "user"]
    assert max(Counter(words).values()) == 1, "nothing is said twice"
    assert finished <= set(words), "what was told to be done is there"
    assert "streaming" not in {message.status for message in line}, "every reply ends"
    with services.database.read() as connection:
        made = dict(connection.execute(select(VersionRow.message_id, VersionRow.number)).tuples().all())
        replies = dict(connection.execute(select(MessageRow.id, MessageRow.version)).tuples().all())
    made.pop(None)  # the board with which the conversation began
    assert {message: replies[message] for message in made} == made, "a version and the reply that tells of it are one"
    assert check(services.database, services.blobs) == []
