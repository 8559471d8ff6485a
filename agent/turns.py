"""One turn, from its work to its receipt: the words, the commit, what is done after it.

A turn reads until its commit, and ends with it: the board, the head and the reply are written in one transaction, or
none of them is. Then come its effects (a file that was asked for, panels for the queue); it draws nothing itself.
"""

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
from agent.errors import AgentError
from agent.events import Event, Failure, Instead, Question, ToolFinished, TurnFinished, VersionSaved, Words
from agent.model_errors import explain
from agent.receipts import Receipt
from agent.stopping import Stop
from agent.tools.desk import Desk, StoppedError
from agent.wording import cut
from db.board_json import board_json
from db.conversations import Status
from db.errors import DatabaseError, HeadMovedError, LostTurnError, NotFoundError
from db.history import BoardChange, Version
from db.turns import Begun, Reply, Turns

__all__ = ["Turn"]

RENEW_SECONDS = 5.0
"""How often a turn that waits for words shows that it is still there."""
MAX_REBASES = 5

log = logging.getLogger(__name__)

Work = Callable[[Callable[[Event], None]], None]
"""What a turn does, given where to tell its events."""


class Turn:
    """What happens between a message and its receipt. `begun` is the turn's hold on its conversation, `act` the call
    that a button asked for, `number` counts the turns of the conversation from 1."""

    def __init__(self, desk: Desk, begun: Begun, number: int, act: dict[str, Any] | None, draw: bool) -> None:
        self.desk, self.begun, self.number, self.act, self.draw = desk, begun, number, act, draw
        self.turns = Turns(desk.services.database, desk.owner)
        self.words: list[str] = []
        self.error: str | None = None
        self.open = True

    def run(self, work: Work) -> Iterator[Event]:
        """Do the work, commit what came of it, do what is to be done after that; the last event is `TurnFinished`."""
        desk = self.desk
        for event in in_thread(work, desk.stop, self._renew):
            if isinstance(event, Words):
                self.words.append(event.text)
            if isinstance(event, Instead):
                self.words = [event.text]
            if isinstance(event, Failure):
                self.error = event.message
            yield event
        if not desk.stop.decide():
            self.error = "Stopped; nothing of this turn was saved."
            yield Failure(self.error)
        said = len(self.words)
        version, receipt = self._commit()
        yield from (Words(words) for words in self.words[said:])
        if desk.pending is not None:
            yield Question(desk.pending.question, desk.pending.choices)
        moved = version if version is not None and not self._is_start(version) else None
        if moved is not None:
            yield VersionSaved(moved.storyboard, moved.number, moved.parent, receipt.changed)
        if version is not None:
            yield from self._effects(version, receipt)
        drawing: tuple[Version, ...] = ()
        if version is not None and self.draw and not desk.stop.is_set():
            try:
                drawing = self._wanted(version)
                yield from self._enqueue(drawing)
            except NotFoundError:  # the storyboard was deleted elsewhere since: there is nothing to draw
                drawing, version = (), None
            except DatabaseError as error:
                self.error = f"What was changed is saved; its panels could not be put on the queue: {error}"
                drawing = ()
                yield Failure(self.error)
        yield TurnFinished(self._receipt(moved, version, receipt), drawing)

    def close(self) -> None:
        """Whoever listened is gone: a reply that is not stored yet is stored as stopped."""
        if self.open:
            self.open = False
            with suppress(LostTurnError):
                self.turns.finish(self.begun, self._reply("stopped", {}))

    def _renew(self) -> None:
        self.turns.renew(self.begun)

    def _commit(self) -> tuple[Version | None, Receipt]:
        """Save what the turn changed together with its reply. Where the head was moved meanwhile, the turn's edits are
        made again on what it is now; where the storyboard is gone, or cannot be written, the reply says so."""
        desk, said = self.desk, len(self.words)
        dropped, gone = not desk.stop.decide(), False
        for _ in range(MAX_REBASES):
            change = BoardChange() if gone else desk.untouched if dropped else desk.wanted()
            receipt = Receipt() if dropped or desk.pending is not None else desk.receipt(change.requests or None)
            del self.words[said:]
            self._say(self._closing(receipt))
            try:
                return self._write(change, receipt, deletes="" if dropped else desk.draft.deletes), receipt
            except HeadMovedError:
                try:
                    desk.rebase()
                except (AgentError, DatabaseError) as error:
                    return self._not_saved(said, str(error))
            except LostTurnError as error:
                self.open = False
                return self._not_saved(said, str(error), store=False)
            except NotFoundError:
                if change.writes or gone:
                    return self._not_saved(said, "the storyboard was deleted elsewhere meanwhile")
                gone = True
            except DatabaseError as error:
                return self._not_saved(said, str(error))
        return self._not_saved(said, "it is being changed elsewhere all the time; try again in a moment")

    def _write(self, change: BoardChange, receipt: Receipt, *, deletes: str) -> Version | None:
        desk = self.desk
        if deletes == "conversation":
            self.turns.commit_deletion(self.begun, change)
            self.open = False
            return None
        title = change.board.title if self.number == 1 and desk.start is None and change.board else ""
        status = self._status() if not self._waiting else "streaming"
        version = self.turns.commit(self.begun, change, self._reply(status, self._data(change, receipt)), title=title)
        self.open = status == "streaming"
        return version

    @property
    def _waiting(self) -> bool:
        """Whether something is left to be done after the commit that the reply will tell of."""
        return bool(self.desk.draft.effects) and self.desk.pending is None and not self.error

    def _status(self) -> Status:
        return "stopped" if not self.desk.stop.decide() else "failed" if self.error else "complete"

    def _not_saved(self, said: int, reason: str, *, store: bool = True) -> tuple[Version | None, Receipt]:
        """End the reply of a turn that could not be saved."""
        del self.words[said:]
        self.error = f"The change could not be saved: {reason.rstrip('.')}."
        self._say(self.error)
        self.desk.put(effects=())
        if store:
            with suppress(LostTurnError):
                self.turns.finish(self.begun, self._reply("failed", {}))
            self.open = False
        return None, Receipt()

    def _effects(self, version: Version, receipt: Receipt) -> Iterator[Event]:
        """Do what was asked for besides, with the saved version; the reply is whole after it."""
        desk = self.desk
        if not self._waiting:
            return
        for place, effect in desk.draft.effects:
            call = desk.calls[place]
            sentences: list[str] = []

            def work(emit: Callable[[Event], None], effect: Any = effect, sentences: list[str] = sentences) -> None:
                sentences.append(effect(version))

            failures = [
                event.message for event in in_thread(work, desk.stop, self._renew) if isinstance(event, Failure)
            ]
            if desk.stop.is_set():
                self.error = "Stopped; what was changed is saved, but the file may not be there."
                failures = [self.error]
            summary = (failures or sentences)[0]
            desk.calls[place] = dataclasses.replace(call, summary=summary, status="error" if failures else "ok")
            yield ToolFinished(call.id, call.name, desk.calls[place].status, summary)
            said = len(self.words)
            self._say(summary)
            yield from (Words(words) for words in self.words[said:])
            if self.error:
                yield Failure(self.error)
                break
        status: Status = "stopped" if desk.stop.is_set() else "complete"
        with suppress(LostTurnError):
            self.turns.finish(self.begun, self._reply(status, self._data(BoardChange(), receipt, version)))
        self.open = False

    def _wanted(self, version: Version) -> tuple[Version, ...]:
        """The versions whose panels are to be drawn now: the saved one and, where pictures to choose from were asked
        for, one that holds those."""
        desk = self.desk
        candidates = desk.draft.candidates
        if not desk.draft.draws_candidates or candidates is None:
            return (version,)
        return (version, candidates_version(version, candidates.scene, candidates.seeds))

    def _enqueue(self, drawing: tuple[Version, ...]) -> Iterator[Event]:
        """Put what is pending on the queue."""
        studio, version = self.desk.services.studio(self.desk.owner), drawing[0]
        for other in drawing[1:]:
            studio.enqueue_candidates(
                version.storyboard, [panel_request(other.board, scene) for scene in other.board.scenes]
            )
        yield from studio.enqueue(version)
        if self.desk.stop.is_set():
            studio.cancel(version.storyboard)

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

    def _say(self, text: str) -> None:
        if text:
            self.words.append(("\n\n" if "".join(self.words).strip() else "") + text)

    def _is_start(self, version: Version) -> bool:
        start = self.desk.start
        return start is not None and (version.storyboard, version.number) == (start.storyboard, start.number)

    def _data(self, change: BoardChange, receipt: Receipt, version: Version | None = None) -> dict[str, Any]:
        """What the next turns need to know of this one."""
        desk = self.desk
        data: dict[str, Any] = {"focus": dataclasses.asdict(desk.new_focus())}
        if self.act is not None:
            data["act"] = self.act
        if desk.pending is not None:
            data["pending"] = dataclasses.asdict(desk.pending)
            data["pictures"] = dict(desk.pictures)
        if desk.draft.candidates is not None:
            data["candidates"] = dataclasses.asdict(desk.draft.candidates)
        if change.writes or (version is not None and not self._is_start(version)):
            data["last_request"] = desk.message[:500]
            done = [call for call in desk.calls if call.status == "ok"]
            data["last_calls"] = [{"name": call.name, "args": _shortened(call.args)} for call in done]
            data["changed"] = list(receipt.changed)
        return data

    def _reply(self, status: Status, data: dict[str, Any]) -> Reply:
        calls = [dataclasses.asdict(call) | {"args": _shortened(call.args)} for call in self.desk.calls]
        return Reply("".join(self.words), status, calls, data)

    def _receipt(self, moved: Version | None, version: Version | None, receipt: Receipt) -> dict[str, Any]:
        """The contract's "chat turn"."""
        desk = self.desk
        return {
            "turn": self.number,
            "user": desk.message,
            "reply": "".join(self.words),
            "conversation": desk.conversation,
            "tools": [{"name": call.name, "args": call.args, "status": call.status} for call in desk.calls],
            "version": {"number": moved.number, "parent": moved.parent} if moved else None,
            "changed": list(receipt.changed) if moved else [],
            "clarify": desk.pending is not None,
            "error": self.error,
            "board": board_json(version) if version is not None else None,
        }


def in_thread(work: Work, stop: Stop, renew: Callable[[], None]) -> Iterator[Event]:
    """Do the work in a thread and tell its events, until it ends or is stopped; `renew` is called now and then."""
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
    stop.on_set(lambda: events.put(None))
    while True:
        try:
            event = events.get(timeout=RENEW_SECONDS)
        except queue.Empty:
            try:
                renew()
            except DatabaseError as error:
                log.warning("a turn could not show itself: %s", error)
            continue
        if event is None:
            return
        yield event


def _shortened(value: Any, length: int = 400) -> Any:
    """Arguments as they are kept: a story among them is on the board already."""
    if isinstance(value, str):
        return cut(value, length)
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
