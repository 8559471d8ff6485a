"""A conversation about a storyboard: `ChatSession.turn` for what a person says, `.act` for what a button asks.

Both go the same way: the tools work on a `Desk`, all that they changed is saved as one version with one receipt, the
panels whose request changed are queued, and events tell of it. A turn's work is done in a thread of its own, so that
whoever listens can stop it at once.
"""

from __future__ import annotations

import dataclasses
import queue
import re
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from agent.context import Context, Focus, KnownVersion, pending_from_json
from agent.drawing.requests import panel_request
from agent.drawing.studio import Studio
from agent.errors import AgentError
from agent.events import (
    Event,
    Failure,
    PanelFailed,
    PanelReady,
    Question,
    TurnFinished,
    VersionSaved,
    Words,
)
from agent.receipts import Receipt
from agent.services import Services
from agent.story import Summarizer, load_summarizer
from agent.tools import CATALOGUE
from agent.tools.calling import call_tool
from agent.tools.desk import Candidates, Desk, StoppedError
from db.board_json import board_json
from db.conversations import Message
from db.errors import DatabaseError, NotFoundError
from db.history import LOCAL_OWNER, Version

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

__all__ = ["ChatSession"]

MAX_CHARACTERS = 2_000_000
MAX_FILE_BYTES = 20_000_000
LOOK_SECONDS = 0.05
"""How often a turn that waits for words looks whether it was stopped."""

YES = re.compile(r"(yes|yeah|yep|sure|ok|okay|confirm(ed)?|do it|go ahead|delete (it|them))\b[^?]{0,40}", re.IGNORECASE)
DEED = (
    "changed|made|moved|deleted|removed|added|redrew|redrawn|swapped|merged|split|renamed|restored|undone|updated|set|"
    "replaced|locked|exported"
)
CLAIM = re.compile(
    rf"\b(?:i|i['’]ve|i have|we|we['’]ve)\s+(?:have\s+)?(?:just\s+|also\s+|now\s+)?(?:{DEED})\b|"
    rf"\b(?:has|have) been (?:{DEED})\b|^done\b",
    re.IGNORECASE,
)
"""What a reply says when it claims to have done something."""


class ChatSession:
    """One conversation of one owner. `conversation` None begins a new one with the first turn. With `draw` False
    nothing is queued and pictures stay pending. `model` is for a chat model of one's own; by default the settings
    name it. A session may be made anew for every turn: everything it knows is in the database."""

    def __init__(
        self,
        services: Services,
        conversation: str | None = None,
        *,
        owner: str = LOCAL_OWNER,
        draw: bool = True,
        model: BaseChatModel | None = None,
    ) -> None:
        self.services = services
        self.owner = owner
        self.draw = draw
        self._model = model
        self._stop = threading.Event()
        self._conversations = services.conversations(owner)
        self._history = services.history(owner)
        self.conversation = conversation and self._conversations.get(conversation).id

    def turn(
        self, text: str, files: Mapping[str, bytes] | None = None, *, replacing: int | None = None
    ) -> Iterator[Event]:
        """What a person says, with attached files by name. `replacing` is the id of a message of theirs that this one
        takes the place of: the turn starts from the board as it was then. The last event is `TurnFinished`."""
        files = dict(files or {})
        refusal = _refusal(text, files)
        if refusal:
            yield from self._refuse(text[:200], refusal)
            return
        yield from self._go(
            text,
            files,
            replacing,
            lambda desk, context, emit: self._answer(desk, context, text, emit),
        )

    def again(self, reply: int) -> Iterator[Event]:
        """Answers a message anew: `reply` is the id of the answer that this one takes the place of. The turn starts
        from the board as it was before that answer. Attached files are not kept: such a message is to be sent again."""
        line = self._conversations.messages(self._conversations.message(reply).conversation)
        asked = next((before for before, after in pairwise(line) if after.id == reply), None)
        if asked is None or asked.role != "user":
            yield from self._refuse("", "Only an answer to a message can be given again.")
        elif asked.data.get("files"):
            yield from self._refuse(asked.content, "Attach the file again, with the same words.")
        else:
            text = asked.content
            yield from self._go(
                text,
                {},
                None,
                lambda desk, context, emit: self._answer(desk, context, text, emit),
                instead_of=reply,
            )

    def act(self, tool: str, args: Mapping[str, Any] | None = None) -> Iterator[Event]:
        """What a button asks: one tool, with the same version and receipt as in a turn, and no chat model."""
        if tool not in CATALOGUE:
            yield from self._refuse("", f"There is no tool called {tool}.")
            return
        given = dict(args or {})

        def run(desk: Desk, context: Context, emit: Callable[[Event], None]) -> None:
            emit(Words(_ended(call_tool(desk, tool, given, "act", emit).summary)))

        yield from self._go("", {}, None, run, act={"name": tool, "args": given})

    def stop(self) -> None:
        """Ends the reply at once and drawing at its next step; may be called from any thread. What the turn had not
        saved yet is dropped."""
        self._stop.set()

    # -- one turn, from the message to the receipt

    def _go(
        self,
        text: str,
        files: Mapping[str, bytes],
        replacing: int | None,
        work: Callable[[Desk, Context, Callable[[Event], None]], None],
        act: dict[str, Any] | None = None,
        instead_of: int | None = None,
    ) -> Iterator[Event]:
        self._stop = stop = threading.Event()
        if self.conversation is None:
            self.conversation = self._conversations.create(_title(text, files)).id
        data = {"files": sorted(files)} if files else {}
        if instead_of is not None:
            reply = self._conversations.regenerate(instead_of)
        elif replacing is not None:
            self._conversations.edit(replacing, text, data=data)
        elif act is None:
            self._conversations.add(self.conversation, "user", text, data=data)
        line = list(self._conversations.messages(self.conversation))
        before = line[:-2] if instead_of is not None else line if act is not None else line[:-1]
        desk, context = self._set_out(text, files, before, stop, rewind=bool(replacing or instead_of))
        if instead_of is None:
            reply = self._conversations.add(self.conversation, "assistant", status="streaming")
        desk.message_id = reply.id
        turn = _Turn(self, desk, reply, act, number=sum(message.role == "assistant" for message in before) + 1)
        try:
            yield from turn.run(lambda emit: work(desk, context, emit))
        finally:
            stop.set()
            turn.close()

    def _set_out(
        self, text: str, files: Mapping[str, bytes], before: Sequence[Message], stop: threading.Event, rewind: bool
    ) -> tuple[Desk, Context]:
        """The desk and what a model is told, from what the conversation has come to."""
        assert self.conversation is not None
        replies = [message for message in before if message.role == "assistant" and message.status != "streaming"]
        last = replies[-1] if replies else None
        known = dict(last.data) if last else {}
        start = self._start(before, rewind)
        focus = Focus(**{name: tuple(ids) for name, ids in known.get("focus", {}).items()})
        candidates = known.get("candidates")
        desk = Desk(
            self.services,
            self.owner,
            self.conversation,
            text,
            files,
            start,
            focus,
            Candidates(candidates["scene"], tuple(candidates["seeds"])) if candidates else None,
            stop=stop,
        )
        if self.services.settings.summarizer != "extractive":
            desk.summarizer = self._summarise
        context = Context(
            board=start.board if start else None,
            version=start.number if start else None,
            versions=self._known_versions(start),
            focus=focus,
            pending=pending_from_json(known["pending"]) if known.get("pending") else None,
            last_request=known.get("last_request", ""),
            last_calls=tuple(known.get("last_calls", ())),
            files=tuple(sorted(files)),
            drawn=tuple(scene for scene, image in start.images.items() if image) if start else (),
        )
        return desk, context

    def _start(self, before: Sequence[Message], rewind: bool) -> Version | None:
        """The version that the speaker sees: the head of the conversation's storyboard, or, where an earlier message
        is said anew, the version that the board had then."""
        told = next((message for message in reversed(before) if message.storyboard is not None), None)
        if rewind:
            if told is not None and told.storyboard is not None and told.version is not None:
                return self._history.branch(told.storyboard, told.version)
            return self._brought()
        boards = [told.storyboard] if told is not None and told.storyboard is not None else []
        if self.conversation is not None:
            boards += [one.storyboard for one in self._history.storyboards(conversation=self.conversation, limit=1)]
        for storyboard in boards:
            try:
                return self._history.head(storyboard)
            except NotFoundError:
                continue  # it was deleted
        return None

    def _brought(self) -> Version | None:
        """The board that the conversation began with, where it was not made in it (drawn or imported before)."""
        for board in self._history.storyboards(conversation=self.conversation, limit=1):
            versions = self._history.versions(board.storyboard, limit=1000)
            brought = [version.number for version in versions if version.message_id is None]
            if brought:
                return self._history.branch(board.storyboard, max(brought))
        return None

    def _known_versions(self, start: Version | None) -> tuple[KnownVersion, ...]:
        if start is None:
            return ()
        versions = self._history.versions(start.storyboard, limit=50)
        return tuple(KnownVersion(one.number, one.parent, one.message, one.summary) for one in reversed(versions))

    def _answer(self, desk: Desk, context: Context, text: str, emit: Callable[[Event], None]) -> None:
        pending = context.pending
        if pending is not None and pending.confirms:
            if YES.fullmatch(text.strip(" .!")):
                desk.confirmed = pending.confirms
                emit(Words(_ended(call_tool(desk, pending.confirms, {}, "confirmed", emit).summary)))
                return
            if re.match(r"no\b|don'?t\b|keep\b|cancel\b|stop\b", text.strip(), re.IGNORECASE):
                emit(Words("Nothing was deleted."))
                return
        from agent.graph import history_messages

        line = self._conversations.messages(desk.conversation)[:-2]
        _run_agent(_agent(self._chat_model()), desk, context, history_messages(line, text), emit)

    def _chat_model(self) -> BaseChatModel:
        if self._model is None:
            self._model = _chat_model(self.services.settings.llm)
        return self._model

    def _summarise(self, texts: Sequence[str]) -> list[str]:
        name = self.services.settings.summarizer
        return load_summarizer(name, self._ask_model)(texts) if name == "llm" else _summarizer(name)(texts)

    def _ask_model(self, prompt: str) -> str:
        return str(self._chat_model().invoke(prompt).text)

    def _refuse(self, text: str, reason: str) -> Iterator[Event]:
        """A turn that is not begun: nothing is stored, nothing changed."""
        version = None
        if self.conversation is not None:
            version = self._start(list(self._conversations.messages(self.conversation)), rewind=False)
        yield Failure(reason)
        yield TurnFinished(
            {
                "turn": 0,
                "user": text,
                "reply": reason,
                "conversation": self.conversation,
                "tools": [],
                "version": None,
                "changed": [],
                "clarify": False,
                "error": reason,
                "board": board_json(version) if version else None,
            }
        )


class _Turn:
    """What happens between the message and the receipt."""

    def __init__(
        self, session: ChatSession, desk: Desk, message: Message, act: dict[str, Any] | None, number: int
    ) -> None:
        self.session, self.desk, self.message, self.act, self.number = session, desk, message, act, number
        self.words: list[str] = []
        self.error: str | None = None
        self.open = True

    def run(self, work: Callable[[Callable[[Event], None]], None]) -> Iterator[Event]:
        desk = self.desk
        for event in _in_thread(work, desk.stop):
            if isinstance(event, Words):
                self.words.append(event.text)
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
        if self.session.draw and version is not None:
            studio = self.session.services.studio(self.session.owner)
            yield from self._draw(studio, version, candidates)
        yield TurnFinished(self._receipt(moved, receipt, candidates))

    def close(self) -> None:
        """Whoever listened is gone: what was not stored yet is stored as stopped."""
        if self.open:
            self.open = False
            if self.desk.lock.acquire(timeout=0.1):
                self.desk.drop()
                self.desk.lock.release()
            self._update("stopped", self.desk.start, {})

    def _settle(self) -> tuple[Version | None, Receipt]:
        """Saves what the turn changed, or drops it where it was stopped or ended in a question."""
        desk = self.desk
        if desk.pending is not None or desk.stop.is_set():
            if desk.lock.acquire(timeout=0.1):
                desk.drop()
                desk.lock.release()
            return desk.start, Receipt()
        try:
            version = desk.save()
            return version, desk.receipt(version.requests) if version is not None else Receipt()
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
        if receipt:
            return receipt.text
        if desk.deleted or any(call.status == "ok" and call.name in ACTS for call in desk.calls):
            return ""
        return "Nothing was changed." if CLAIM.search(said) else ""

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
            self.session._conversations.delete(desk.conversation)
            self.session.conversation = None
            return
        changed = version is not None and not self._is_start(version)
        data: dict[str, Any] = {"focus": dataclasses.asdict(desk.new_focus())}
        if self.act is not None:
            data["act"] = self.act
        if desk.pending is not None:
            data["pending"] = dataclasses.asdict(desk.pending)
        if desk.candidates is not None:
            data["candidates"] = dataclasses.asdict(desk.candidates)
        if changed:
            data["last_request"] = desk.message[:500]
            data["last_calls"] = [{"name": call.name, "args": call.args} for call in desk.calls if call.status == "ok"]
            data["changed"] = list(receipt.changed)
        status = "stopped" if desk.stop.is_set() else "failed" if self.error else "complete"
        self._update(status, version, data)

    def _update(self, status: Any, version: Version | None, data: dict[str, Any]) -> None:
        self.session._conversations.update(
            self.message.id,
            content="".join(self.words),
            status=status,
            tool_calls=[dataclasses.asdict(call) for call in self.desk.calls],
            data=data,
            storyboard=version.storyboard if version else None,
            version=version.number if version else None,
        )

    def _draw(self, studio: Studio, version: Version, candidates: list[dict[str, Any]]) -> Iterator[Event]:
        """Queues what is pending and tells of it until it is drawn, or until the turn is stopped."""
        desk = self.desk
        wanted = [version]
        if desk.candidates_wanted and desk.candidates is not None:
            wanted.append(_candidates_version(version, desk.candidates))
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
            board = board_json(self.session._history.version(desk.head.storyboard, desk.head.number))
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


ACTS = frozenset({"export_board", "draw_candidates", "pick_candidate"})
"""Tools that do something and change no board."""


def _in_thread(work: Callable[[Callable[[Event], None]], None], stop: threading.Event) -> Iterator[Event]:
    """Does the work in a thread and tells its events, until it ends or `stop` is set."""
    events: queue.SimpleQueue[Event | None] = queue.SimpleQueue()

    def run() -> None:
        try:
            work(events.put)
        except StoppedError:
            pass
        except Exception as error:
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


def _run_agent(agent: Any, desk: Desk, context: Context, messages: list[Any], emit: Callable[[Event], None]) -> None:
    """Runs the graph; the model's words become events as they come, its tool calls through the middleware."""
    from langchain_core.messages import AIMessage

    from agent.graph import Run

    spoken = False
    last_id = None
    run = Run(desk, context, emit)
    for message, metadata in agent.stream({"messages": messages}, context=run, stream_mode="messages"):
        desk.check_stopped()
        if metadata.get("langgraph_node") != "model" or not isinstance(message, AIMessage):
            continue
        text = str(message.text)
        if not text or desk.pending is not None:
            continue
        if spoken and message.id != last_id:
            text = f"\n\n{text}"
        spoken, last_id = True, message.id
        emit(Words(text))


@lru_cache(maxsize=4)
def _chat_model(name: str) -> BaseChatModel:
    from agent.models import chat_model

    return chat_model(name)


@lru_cache(maxsize=1)
def _summarizer(name: str) -> Summarizer:
    return load_summarizer(name)


_agents: dict[int, tuple[Any, Any]] = {}


def _agent(model: BaseChatModel) -> Any:
    """The compiled agent of a chat model, made once."""
    from agent.graph import build_agent

    known = _agents.get(id(model))
    if known is None or known[0] is not model:
        known = _agents[id(model)] = (model, build_agent(model))
    return known[1]


def _candidates_version(version: Version, candidates: Candidates) -> Version:
    """The candidates as if they were the panels of a version: `s3#1`, `s3#2` …"""
    scene = version.board.scene(candidates.scene)
    panels = tuple(
        dataclasses.replace(scene, id=f"{scene.id}#{number}", seed=seed, variation=None, picked=None)
        for number, seed in enumerate(candidates.seeds, start=1)
    )
    board = dataclasses.replace(version.board, scenes=panels)
    requests = {panel.id: panel_request(board, panel).digest for panel in panels}
    return dataclasses.replace(version, board=board, requests=requests, images=dict.fromkeys(requests))


def _refusal(text: str, files: Mapping[str, bytes]) -> str:
    if not text.strip() and not files:
        return "Say something, or attach a story."
    if len(text) > MAX_CHARACTERS:
        return f"That is {len(text):,} characters; a message may have {MAX_CHARACTERS:,}. Attach the story in parts."
    for name, data in files.items():
        if len(data) > MAX_FILE_BYTES:
            return f"{name} has {len(data):,} bytes; a file may have {MAX_FILE_BYTES:,}."
    return ""


def _title(text: str, files: Mapping[str, bytes]) -> str:
    words = " ".join(text.split()) or ", ".join(files) or "Storyboard"
    return words if len(words) <= 60 else words[:59] + "…"


def _ended(text: str) -> str:
    return text if not text or text[-1] in ".!?…" else text + "."


def _explained(error: Exception) -> str:
    """One line for a person about a turn that failed."""
    if isinstance(error, (AgentError, DatabaseError)):
        return str(error)
    name = type(error).__name__
    status = getattr(error, "status_code", None)
    if name == "ModelCallLimitExceededError":
        return "The language model went round in circles and was stopped; say it in smaller steps."
    if status == 429:
        return "The language model is busy (too many requests); try again in a while."
    if isinstance(status, int) and status >= 500:
        return f"The language model's service failed (status {status}); try again in a while."
    if status in (401, 403):
        return (
            f"The language model's service refused the key (status {status}); check it, or set TALEBOARD_LLM=offline."
        )
    lines = str(error).strip().splitlines()
    return f"The language model did not answer ({name}{f': {lines[0][:200]}' if lines else ''}); try again."
