"""A conversation about a storyboard: `ChatSession.turn` for what a person says, `.act` for what a button asks.

Both go the same way: the tools work on a `Desk`, all that they changed is saved with the reply in one transaction, the
panels whose request changed are queued, and events tell of it. A turn's work is done in a thread of its own, so that
whoever listens can stop it at once. A conversation takes one turn at a time; another one waits.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from agent.answering import Answerer, answerer
from agent.context import Context, Focus, KnownVersion, pending_from_json
from agent.drawing.uploads import is_picture, plain_picture, size_of
from agent.errors import AgentError, PictureError, StoryError
from agent.events import Event, Failure, TurnFinished, Words
from agent.model_errors import explain
from agent.services import Services
from agent.stopping import Stop
from agent.summarizing import configured_summarizer
from agent.tools import CATALOGUE
from agent.tools.calling import call_tool, clean_text
from agent.tools.desk import Candidates, Desk
from agent.tracing import traced
from agent.turns import Turn
from agent.wording import cut
from db.board_json import board_json
from db.conversations import Message
from db.errors import AlreadySentError, BusyError, NotFoundError
from db.history import LOCAL_OWNER, Version
from db.turns import Begun, Reply, Turns
from db.words import fold

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from pydantic import BaseModel

__all__ = ["ALREADY_SENT", "ChatSession"]

ALREADY_SENT = "This message was sent already."
WAIT_SECONDS = 0.05
"""How often a turn that waits for the one before it looks whether that is done."""
MAX_CHARACTERS = 2_000_000
MAX_FILE_BYTES = 20_000_000
AGREE = r"yes|yeah|yep|sure|ok|okay|confirm|confirmed|do it|go ahead|i am sure|i'm sure|please|please do|for good"
DELETE = r"(?:please )?delete (?:it|this|them|all|everything|(?:the|this) (?:whole )?(?:storyboard|board|conversation))"
YES = re.compile(rf"(?:{AGREE}|{DELETE})(?:[,.! ]+(?:{AGREE}|{DELETE}))*", re.IGNORECASE)
"""The person's own yes, and nothing besides: "ok, but first …" is none."""


@dataclass(frozen=True)
class Attached:
    """What comes with a message, by name: the bytes of stories, and the SHA-256 of pictures, which are kept with it."""

    stories: Mapping[str, bytes] = field(default_factory=dict)
    pictures: Mapping[str, str] = field(default_factory=dict)


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
        self._own = Answerer(model) if model is not None else None
        self._stop = Stop()
        self._saved: str | None = None
        self._turns = Turns(services.database, owner)
        self._conversations = services.conversations(owner)
        self._history = services.history(owner)
        self.conversation = conversation and self._conversations.get(conversation).id

    def turn(
        self,
        text: str,
        files: Mapping[str, bytes] | None = None,
        *,
        replacing: int | None = None,
        send_id: str | None = None,
        stop: Stop | None = None,
    ) -> Iterator[Event]:
        """What a person says, with attached files by name. `replacing` is the id of a message of theirs that this one
        takes the place of: the turn starts from the board as it was then. `send_id` is made where the message is typed;
        a second message with it is refused. `stop` is the turn's own (by default one that the method `stop` sets). The
        last event is `TurnFinished`; it comes at the commit, and what is drawn then is followed by
        `agent.following`."""
        stop = self._stop = stop or Stop()
        files = {clean_text(name): data for name, data in (files or {}).items()}
        return self._said(clean_text(text), files, replacing, send_id, stop)

    def _said(
        self, text: str, files: Mapping[str, bytes], replacing: int | None, send_id: str | None, stop: Stop
    ) -> Iterator[Event]:
        refusal = _refusal(text, files)
        if refusal:
            yield from self._refuse(text[:200], refusal)
            return
        try:
            attached = self._attached(files)
        except PictureError as error:
            yield from self._refuse(text[:200], str(error))
            return
        if replacing is not None and not attached.pictures:
            attached = replace(attached, pictures=_pictures_of(self._conversations.message(replacing)))
        yield from self._go(
            text,
            attached,
            stop,
            lambda desk, context, emit: self._answer(desk, context, text, emit),
            replacing=replacing,
            send_id=send_id,
        )

    def again(self, reply: int, *, stop: Stop | None = None) -> Iterator[Event]:
        """Answers a message anew: `reply` is the id of the answer that this one takes the place of. The turn starts
        from the board as it was before that answer. Attached pictures are kept, and stories are not: a message that
        brought one is to be sent again."""
        stop = self._stop = stop or Stop()
        return self._once_more(reply, stop)

    def _once_more(self, reply: int, stop: Stop) -> Iterator[Event]:
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
                Attached(pictures=_pictures_of(asked)),
                stop,
                lambda desk, context, emit: self._answer(desk, context, text, emit),
                instead_of=reply,
            )

    def act(
        self,
        tool: str,
        args: Mapping[str, Any] | None = None,
        files: Mapping[str, bytes] | None = None,
        *,
        stop: Stop | None = None,
    ) -> Iterator[Event]:
        """What a button or a command asks: one tool, with the same version and receipt as in a turn, and no chat model.
        `files` are stories by name, for a tool that reads one."""
        stop = self._stop = stop or Stop()
        if tool not in CATALOGUE:
            return self._refuse("", f"There is no tool called {tool}.")
        given = dict(args or {})

        def run(desk: Desk, context: Context, emit: Callable[[Event], None]) -> None:
            emit(Words(_ended(call_tool(desk, tool, given, "act", emit).summary)))

        return self._go("", Attached(files or {}), stop, run, act={"name": tool, "args": given})

    def stop(self) -> None:
        """Ends the reply at once, and the drawing of what it saved at its next step; may be called from any thread.
        What the turn had not saved yet is dropped."""
        self._stop.set()
        if self._saved is not None:
            self.services.studio(self.owner).cancel(self._saved)

    # -- one turn, from the message to the receipt

    def _go(
        self,
        text: str,
        attached: Attached,
        stop: Stop,
        work: Callable[[Desk, Context, Callable[[Event], None]], None],
        *,
        act: dict[str, Any] | None = None,
        replacing: int | None = None,
        instead_of: int | None = None,
        send_id: str | None = None,
    ) -> Iterator[Event]:
        self._saved = None
        data: dict[str, Any] = {"files": sorted(attached.stories)} if attached.stories else {}
        if attached.pictures:
            data["pictures"] = dict(attached.pictures)
        begun = None
        while begun is None:
            if stop.is_set():
                yield from self._refuse(text[:200], "Stopped before it was begun; nothing was changed.")
                return
            try:
                begun = self._turns.begin(
                    self.conversation,
                    title=_title(text, attached),
                    content=text if act is None and instead_of is None else None,
                    data=data,
                    send_id=send_id,
                    replacing=replacing,
                    instead_of=instead_of,
                )
            except BusyError:
                while self._turns.is_taken(self.conversation or "") and not stop.wait(WAIT_SECONDS):
                    continue
            except AlreadySentError:
                yield from self._refuse(text[:200], ALREADY_SENT)
                return
        self.conversation = begun.conversation
        turn = None
        try:
            rewind = bool(replacing or instead_of)
            desk, context = self._set_out(text, attached, begun, stop, rewind=rewind)
            number = sum(message.role == "assistant" for message in begun.before) + 1
            turn = Turn(desk, begun, number, act, self.draw)

            def work_traced(emit: Callable[[Event], None]) -> None:
                with traced("invoke_agent taleboard", _about_turn(desk.conversation, number)):
                    work(desk, context, emit)

            for event in turn.run(work_traced):
                if isinstance(event, TurnFinished):
                    self._saved = desk.draft.storyboard if event.drawing else None
                    if desk.draft.deletes == "conversation":
                        self.conversation = None
                yield event
        finally:
            if turn is not None:
                turn.close()
            else:
                self._turns.finish(begun, Reply("", "failed"))

    def _attached(self, files: Mapping[str, bytes]) -> Attached:
        """Files by what they are; pictures are stored at once. Raises PictureError for one that cannot be used."""
        plain = {name: plain_picture(data, name) for name, data in files.items() if is_picture(name, data)}
        stories = {name: data for name, data in files.items() if name not in plain}
        pictures = self.services.pictures(self.owner)
        return Attached(stories, {name: pictures.add(data) for name, data in plain.items()})

    def _set_out(self, text: str, attached: Attached, begun: Begun, stop: Stop, rewind: bool) -> tuple[Desk, Context]:
        """The desk and what a model is told, from what the conversation has come to."""
        before = begun.before
        replies = [message for message in before if message.role == "assistant" and message.status != "streaming"]
        last = replies[-1] if replies else None
        known = dict(last.data) if last else {}
        start = self._start(before, rewind)
        focus = Focus(**{name: tuple(ids) for name, ids in known.get("focus", {}).items()})
        candidates = known.get("candidates")
        # A message that brings a picture is a new request; the answer to a question still has the one asked about.
        pending = known.get("pending") if not attached.pictures else None
        pictures = attached.pictures or (known.get("pictures", {}) if pending else {})
        desk = Desk(
            self.services,
            self.owner,
            begun.conversation,
            text,
            attached.stories,
            start,
            focus,
            Candidates(candidates["scene"], tuple(candidates["seeds"])) if candidates else None,
            pictures=pictures,
            stop=stop,
            rewind=rewind,
        )
        settings = self.services.settings
        connected = self._own is not None or settings.llm != "offline"
        desk.summarizer = configured_summarizer(settings, partial(self._ask, desk) if connected else None)
        if settings.reader == "llm" or (settings.reader == "auto" and settings.llm != "offline"):
            desk.fill = partial(self._fill, desk)
        context = Context(
            board=start.board if start else None,
            version=start.number if start else None,
            versions=self._known_versions(start),
            focus=focus,
            pending=pending_from_json(pending) if pending else None,
            last_request=known.get("last_request", ""),
            last_calls=tuple(known.get("last_calls", ())),
            files=tuple(sorted(attached.stories)),
            pictures=tuple(sorted(pictures)),
            drawn=tuple(scene for scene, image in start.images.items() if image) if start else (),
        )
        return desk, context

    def _start(self, before: Sequence[Message], rewind: bool) -> Version | None:
        """The version that the speaker sees: the head of the conversation's storyboard, or, where an earlier message
        is said anew, the version that the board had then."""
        told = next((message for message in reversed(before) if message.storyboard is not None), None)
        if rewind:
            if told is not None and told.storyboard is not None and told.version is not None:
                return self._history.version(told.storyboard, told.version)
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
                return self._history.version(board.storyboard, max(brought))
        return None

    def _known_versions(self, start: Version | None) -> tuple[KnownVersion, ...]:
        if start is None:
            return ()
        versions = self._history.versions(start.storyboard, limit=50)
        return tuple(KnownVersion(one.number, one.parent, one.message, one.summary) for one in reversed(versions))

    def _answer(self, desk: Desk, context: Context, text: str, emit: Callable[[Event], None]) -> None:
        pending = context.pending
        if pending is not None and pending.confirms:
            plain = fold(text).strip(" .!")
            if YES.fullmatch(plain):
                desk.confirmed = pending.confirms
                emit(Words(_ended(call_tool(desk, pending.confirms, {}, "confirmed", emit).summary)))
                return
            if re.match(r"no\b|don'?t\b|keep\b|cancel\b|stop\b", plain, re.IGNORECASE):
                emit(Words("Nothing was deleted."))
                return
        from agent.graph import history_messages

        shelf = self.services.pictures(self.owner)
        sizes = tuple(size_of(shelf.read(desk.pictures[name])) for name in context.pictures)
        context = replace(context, picture_sizes=sizes)
        line = self._conversations.messages(desk.conversation)[:-2]
        self._answerer().answer(desk, context, history_messages(line, text), emit)
        if desk.pictures and desk.pending is None and all(call.name != "draw_from_picture" for call in desk.calls):
            desk.note("The attached picture was not used; drop it again, and say for which scene it is.")

    def _answerer(self) -> Answerer:
        if self._own is None:
            return answerer(self.services.settings.llm, self.services.settings.llm_window)
        return self._own

    def _ask(self, desk: Desk, prompt: str) -> str:
        """The language model's answer to one prompt. Raises StoppedError when it is to stop."""
        return self._answerer().ask(prompt, desk)

    def _fill(self, desk: Desk, prompt: str, form: type[BaseModel]) -> Mapping[str, Any]:
        """Have the language model fill a form. Raises StoryError where it cannot, StoppedError when it is to stop."""
        desk.check_stopped()
        if self._own is None and self.services.settings.llm == "offline":
            raise StoryError("no language model is connected (TALEBOARD_LLM is offline)")
        try:
            return self._answerer().fill(prompt, form, desk)
        except AgentError:
            raise
        except Exception as error:
            raise StoryError(explain(error)) from error

    def _refuse(self, text: str, reason: str) -> Iterator[Event]:
        """A turn that is not begun: nothing is stored, nothing changed."""
        version, number = None, 1
        if self.conversation is not None:
            line = list(self._conversations.messages(self.conversation))
            version, number = self._start(line, rewind=False), 1 + sum(one.role == "assistant" for one in line)
        yield Failure(reason)
        yield TurnFinished(
            {
                "turn": number,
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


def _about_turn(conversation: str, number: int) -> dict[str, str | int]:
    """Attributes of a turn's span."""
    return {
        "gen_ai.operation.name": "invoke_agent",
        "gen_ai.agent.name": "taleboard",
        "gen_ai.conversation.id": conversation,
        "taleboard.turn": number,
    }


def _refusal(text: str, files: Mapping[str, bytes]) -> str:
    if not text.strip() and not files:
        return "Say something, or attach a story."
    if len(text) > MAX_CHARACTERS:
        return f"That is {len(text):,} characters; a message may have {MAX_CHARACTERS:,}. Attach the story in parts."
    for name, data in files.items():
        if len(data) > MAX_FILE_BYTES:
            return f"{name} has {len(data):,} bytes; a file may have {MAX_FILE_BYTES:,}."
    return ""


def _pictures_of(message: Message) -> Mapping[str, str]:
    """The pictures that came with a message."""
    return dict(message.data.get("pictures", {}))


def _title(text: str, attached: Attached) -> str:
    words = " ".join(text.split()) or ", ".join((*attached.stories, *attached.pictures)) or "Storyboard"
    return cut(words, 60)


def _ended(text: str) -> str:
    return text if not text or text[-1] in ".!?…" else text + "."
