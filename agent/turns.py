"""One turn, from its work to its receipt: the words, the version, what is stored of it, the pictures."""

from __future__ import annotations

import dataclasses
import logging
import queue
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

from agent.drawing.candidates import candidates_version
from agent.drawing.requests import panel_request
from agent.drawing.studio import Studio
from agent.errors import AgentError
from agent.events import Event, Failure, Instead, PanelFailed, PanelReady, Question, TurnFinished, VersionSaved, Words
from agent.model_errors import explain
from agent.receipts import Receipt
from agent.tools.desk import Desk, StoppedError
from db.board_json import board_json
from db.conversations import Message
from db.errors import DatabaseError, NotFoundError
from db.history import Version

__all__ = ["Turn"]

LOOK_SECONDS = 0.05
"""How often a turn that waits for words looks whether it was stopped."""
DROP_SECONDS = 0.1
"""How long a turn that was stopped waits for the tool that is at work."""

log = logging.getLogger(__name__)

Work = Callable[[Callable[[Event], None]], None]
"""What a turn does, given where to tell its events."""


class Turn:
    """What happens between a message and its receipt. `reply` is the message that the answer is written to, `act` the
    call that a button asked for, `number` counts the turns of the conversation from 1."""

    def __init__(self, desk: Desk, reply: Message, number: int, act: dict[str, Any] | None, draw: bool) -> None:
        self.desk, self.reply, self.number, self.act, self.draw = desk, reply, number, act, draw
        self.words: list[str] = []
        self.error: str | None = None
        self.open = True

    def run(self, work: Work) -> Iterator[Event]:
        desk = self.desk
        for event in _in_thread(work, desk.stop):
            if isinstance(event, Words):
                self.words.append(event.text)
            if isinstance(event, Instead):
                self.words = [event.text]
            if isinstance(event, Failure):
                self.error = event.message
            yield event
        if desk.stop.is_set():
            self.error = "Stopped; nothing of this turn was saved."
            yield Failure(self.error)
        version, receipt = self._settle()
        yield from self._say(self._closing(receipt))
        if desk.pending is not None:
            yield Question(desk.pending.question, desk.pending.choices)
        moved = version if version is not None and not self._is_start(version) else None
        if moved is not None:
            yield VersionSaved(moved.storyboard, moved.number, moved.parent, receipt.changed)
        self._store(version, receipt)
        candidates: list[dict[str, Any]] = []
        if self.draw and version is not None:
            studio = desk.services.studio(desk.owner)
            yield from self._draw(studio, version, candidates)
        yield TurnFinished(self._receipt(moved, receipt, candidates))

    def close(self) -> None:
        """Whoever listened is gone: what was not stored yet is stored as stopped."""
        if self.open:
            self.open = False
            if self.desk.lock.acquire(timeout=DROP_SECONDS):
                self.desk.drop()
                self.desk.lock.release()
            self._update("stopped", self.desk.start, {})

    def _settle(self) -> tuple[Version | None, Receipt]:
        """Saves what the turn changed, or drops it where it was stopped or ended in a question."""
        desk = self.desk
        if desk.pending is not None or desk.stop.is_set():
            if desk.lock.acquire(timeout=DROP_SECONDS):
                desk.drop()
                desk.lock.release()
            return desk.start, Receipt()
        try:
            version = desk.save()
            return version, desk.receipt(version.requests) if version is not None else Receipt()
        except NotFoundError:
            self.error = "The change could not be saved: the storyboard was deleted elsewhere meanwhile."
            desk.head = None
            return None, Receipt()
        except (AgentError, DatabaseError) as error:
            self.error = f"The change could not be saved: {error}"
            desk.drop()
            return desk.start, Receipt()

    def _closing(self, receipt: Receipt) -> str:
        """What follows the model's words: the question, or the true receipt."""
        desk = self.desk
        said = "".join(self.words)
        if self.error is not None:
            kept = receipt.text if receipt else ""
            return " ".join(part for part in ("" if said.strip() else self.error, kept) if part)
        if desk.pending is not None:
            question = desk.pending.question
            choices = "".join(f"\n- {choice}" for choice in desk.pending.choices)
            return f"{question}{choices}"
        return receipt.text if receipt else ""

    def _say(self, text: str) -> Iterator[Event]:
        if text:
            gap = "\n\n" if "".join(self.words).strip() else ""
            self.words.append(gap + text)
            yield Words(gap + text)

    def _is_start(self, version: Version) -> bool:
        start = self.desk.start
        return start is not None and (version.storyboard, version.number) == (start.storyboard, start.number)

    def _store(self, version: Version | None, receipt: Receipt) -> None:
        self.open = False
        desk = self.desk
        if desk.deleted:
            desk.services.conversations(desk.owner).delete(desk.conversation)
            return
        changed = version is not None and not self._is_start(version)
        data: dict[str, Any] = {"focus": dataclasses.asdict(desk.new_focus())}
        if self.act is not None:
            data["act"] = self.act
        if desk.pending is not None:
            data["pending"] = dataclasses.asdict(desk.pending)
            data["pictures"] = dict(desk.pictures)
        if desk.candidates is not None:
            data["candidates"] = dataclasses.asdict(desk.candidates)
        if changed:
            data["last_request"] = desk.message[:500]
            done = [call for call in desk.calls if call.status == "ok"]
            data["last_calls"] = [{"name": call.name, "args": _shortened(call.args)} for call in done]
            data["changed"] = list(receipt.changed)
        status = "stopped" if desk.stop.is_set() else "failed" if self.error else "complete"
        self._update(status, version, data)
        if self.number == 1 and desk.start is None and version is not None and version.board.title:
            desk.services.conversations(desk.owner).rename(desk.conversation, version.board.title)

    def _update(self, status: Any, version: Version | None, data: dict[str, Any]) -> None:
        reply: dict[str, Any] = {
            "content": "".join(self.words),
            "status": status,
            "tool_calls": [dataclasses.asdict(call) | {"args": _shortened(call.args)} for call in self.desk.calls],
            "data": data,
        }
        conversations = self.desk.services.conversations(self.desk.owner)
        if version is not None:
            with suppress(NotFoundError):  # the storyboard was deleted elsewhere: the reply ends without it
                conversations.update(self.reply.id, **reply, storyboard=version.storyboard, version=version.number)
                return
        conversations.update(self.reply.id, **reply)

    def _draw(self, studio: Studio, version: Version, candidates: list[dict[str, Any]]) -> Iterator[Event]:
        """Queues what is pending and tells of it until it is drawn, or until the turn is stopped."""
        desk = self.desk
        wanted = [version]
        if desk.candidates_wanted and desk.candidates is not None:
            wanted.append(candidates_version(version, desk.candidates.scene, desk.candidates.seeds))
            requests = [panel_request(wanted[1].board, scene) for scene in wanted[1].board.scenes]
            studio.enqueue_candidates(version.storyboard, requests)
        yield from studio.enqueue(version)
        try:
            for one in wanted:
                for event in studio.follow(one, desk.stop):
                    if one is not version and isinstance(event, PanelReady | PanelFailed):
                        image = event.image if isinstance(event, PanelReady) else None
                        candidates.append({"number": event.position, "image": image})
                    yield event
        finally:
            if desk.stop.is_set():
                studio.cancel(version.storyboard)

    def _receipt(self, moved: Version | None, receipt: Receipt, candidates: list[dict[str, Any]]) -> dict[str, Any]:
        """The contract's "chat turn"."""
        desk = self.desk
        board = None
        if desk.head is not None:
            with suppress(NotFoundError):  # it was deleted while it was drawn
                board = board_json(desk.history.version(desk.head.storyboard, desk.head.number))
        value = {
            "turn": self.number,
            "user": desk.message,
            "reply": "".join(self.words),
            "conversation": desk.conversation,
            "tools": [{"name": call.name, "args": call.args, "status": call.status} for call in desk.calls],
            "version": {"number": moved.number, "parent": moved.parent} if moved else None,
            "changed": list(receipt.changed) if moved else [],
            "clarify": desk.pending is not None,
            "error": self.error,
            "board": board,
        }
        return value | ({"candidates": candidates} if candidates else {})


def _in_thread(work: Work, stop: threading.Event) -> Iterator[Event]:
    """Does the work in a thread and tells its events, until it ends or `stop` is set."""
    events: queue.SimpleQueue[Event | None] = queue.SimpleQueue()

    def run() -> None:
        try:
            work(events.put)
        except StoppedError:
            pass
        except Exception as error:
            log.warning("a turn failed", exc_info=error)
            events.put(Failure(_explained(error)))
        finally:
            events.put(None)

    threading.Thread(target=run, name="turn", daemon=True).start()
    while not stop.is_set():
        try:
            event = events.get(timeout=LOOK_SECONDS)
        except queue.Empty:
            continue
        if event is None:
            return
        yield event


def _shortened(value: Any, length: int = 400) -> Any:
    """Arguments as they are kept: a story among them is on the board already."""
    if isinstance(value, str):
        return value if len(value) <= length else value[: length - 1] + "…"
    if isinstance(value, dict):
        return {name: _shortened(item) for name, item in value.items()}
    return [_shortened(item) for item in value] if isinstance(value, list) else value


def _explained(error: Exception) -> str:
    """One line for a person about a turn that failed."""
    if isinstance(error, (AgentError, DatabaseError)):
        return str(error)
    if type(error).__name__ == "ModelCallLimitExceededError":
        return "The language model went round in circles and was stopped; say it in smaller steps."
    return explain(error)
