"""`Desk`: the table on which one turn works.

Tools change the board on the desk; nothing is saved until the turn ends, when `finish` commits all of it as one
version. So several edits in one sentence are one step to undo, a failed tool leaves nothing behind, and a question
leaves the board as it was.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from agent.context import Focus, Pending
from agent.drawing.requests import board_requests, panel_request, with_anchor
from agent.edits import find_character, place_list
from agent.errors import AgentError, EditError
from agent.receipts import Receipt, receipt
from agent.services import Services
from agent.story import Summarizer
from agent.tools.kit import CATALOGUE
from db.board import Board, Character, Scene
from db.errors import HeadMovedError, NotFoundError
from db.history import History, Version

if TYPE_CHECKING:
    from agent.tools.calling import Call

__all__ = ["Candidates", "Desk", "StoppedError"]

MAX_REBASES = 5


class StoppedError(AgentError):
    """The person stopped the turn."""


@dataclass(frozen=True)
class Candidates:
    """Pictures of one scene to choose from, by their seeds."""

    scene: str
    seeds: tuple[int, ...]


@dataclass
class Desk:
    """What tools work on. `start` is the version as the speaker saw it (None before there is a board): positions in
    arguments count in it for the whole turn. `files` are the attached stories by name, `pictures` the SHA-256 of
    attached pictures by theirs. `confirmed` names the destructive tool that the person has just said yes to."""

    services: Services
    owner: str
    conversation: str
    message: str = ""
    files: Mapping[str, bytes] = field(default_factory=dict)
    start: Version | None = None
    focus: Focus = field(default_factory=Focus)
    candidates: Candidates | None = None
    confirmed: str = ""
    message_id: int | None = None
    pictures: Mapping[str, str] = field(default_factory=dict)
    stop: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.storyboard = self.start.storyboard if self.start else None
        self.head = self.start
        self.base = self.start
        self.seen = self.start.board if self.start else None
        self.working = self.seen
        self.origins: dict[str, tuple[Scene, str]] = {}
        self.moved: set[str] = set()
        self.notes: list[str] = []
        self.pending: Pending | None = None
        self.restored: int | None = None
        self.candidates_wanted = False
        self.calls: list[Call] = []
        self.lock = threading.RLock()
        self.touched_scenes: list[str] = []
        self.touched_characters: list[str] = []
        self.touched_things: list[str] = []
        self.summarizer: Summarizer | None = None
        self.deleted = False

    @property
    def history(self) -> History:
        return self.services.history(self.owner)

    @property
    def board(self) -> Board:
        """The board as it is by now. Raises EditError where there is none."""
        if self.working is None:
            raise EditError("There is no storyboard yet: paste a story, or attach a file.")
        return self.working

    @property
    def version(self) -> Version:
        """The version that was the newest when the turn started. Raises EditError where there is none."""
        if self.head is None:
            raise EditError("There is no saved version yet: paste a story, or attach a file.")
        return self.head

    def change(self, edit: Callable[[Board], Board]) -> Board:
        """Puts the edited board on the desk."""
        self.working = edit(self.board)
        return self.working

    def begin(self, board: Board) -> None:
        """A new storyboard takes the place of the one on the desk (which stays in the library)."""
        self.storyboard, self.head, self.base = None, None, None
        self.seen = self.working = board
        self.origins, self.moved = {}, set()

    def fork(self, source: Version, board: Board) -> None:
        """A new storyboard that begins with the board of a version, and so with its pictures."""
        self.begin(board)
        self.base = source

    def forget(self) -> None:
        """There is no storyboard any more."""
        self.storyboard = self.head = self.base = self.start = self.seen = self.working = None

    def saved(self, number: int) -> Version:
        """A saved version of this storyboard. Raises EditError where there is none."""
        storyboard = self.version.storyboard
        try:
            return self.history.version(storyboard, number)
        except NotFoundError:
            count = self.history.storyboard(storyboard).versions
            raise EditError(f"There is no version {number}; there are 1 to {count}.") from None

    def scene(self, reference: int | str) -> str:
        """The id of the scene that an argument means. Raises EditError where there is none."""
        scene_id = self._scene(reference)
        self.touch(scene_id)
        return scene_id

    def _scene(self, reference: int | str) -> str:
        board = self.board
        if isinstance(reference, str):
            if any(scene.id == reference for scene in board.scenes):
                return reference
            spelled = reference.strip().lower().removeprefix("scene").removeprefix("panel").strip(" #.")
            place = {"first": 1, "last": -1}.get(spelled)
            if place is None and not re.fullmatch(r"-?\d+", spelled):
                raise EditError(f"There is no scene “{reference}”; the board has {_counted(board)}.")
            reference = int(spelled) if place is None else place
        seen = self.seen or board
        count = len(seen.scenes)
        position = reference + count + 1 if reference < 0 else reference
        if not 1 <= position <= count:
            raise EditError(f"There is no scene {reference}; the board has {_counted(seen)}.")
        scene_id = seen.scenes[position - 1].id
        if not any(scene.id == scene_id for scene in board.scenes):
            raise EditError(f"Scene {position} is no longer on the board.")
        return scene_id

    def scenes(self, references: Iterable[int | str]) -> list[str]:
        """The ids that an argument means, each once, in the order of the board."""
        found: set[str] = set()
        for reference in references:
            if isinstance(reference, str) and reference.strip().lower() in ("all", "every", "everything"):
                found |= {scene.id for scene in self.board.scenes}
            else:
                found.add(self.scene(reference))
        return [scene.id for scene in self.board.scenes if scene.id in found]

    def unlocked(self, references: Sequence[int | str]) -> list[str]:
        """As `scenes`; where all scenes are meant, the locked ones are left out, and the receipt says so."""
        ids = self.scenes(references)
        if any(isinstance(reference, str) and reference.strip().lower() == "all" for reference in references):
            locked = [scene_id for scene_id in ids if self.board.scene(scene_id).locked]
            if locked and len(locked) < len(ids):
                self.note(
                    f"{self.places(locked).capitalize()} {'is' if len(locked) == 1 else 'are'} locked and left alone."
                )
                return [scene_id for scene_id in ids if scene_id not in locked]
        return ids

    def place(self, scene_id: str) -> int:
        """The position by which the speaker knows a scene; a new scene's is its present one."""
        if self.seen is not None and any(scene.id == scene_id for scene in self.seen.scenes):
            return self.seen.position(scene_id)
        return self.board.position(scene_id)

    def places(self, ids: Iterable[str]) -> str:
        """ "scene 3", "scenes 1, 2 and 4 to 8", as the speaker knows them."""
        return place_list(self.place(scene_id) for scene_id in ids)

    def _renamed(self, reference: str) -> Character | None:
        """Who was called so on the board that the speaker saw, and still is there."""
        before = find_character(self.seen, reference) if self.seen else None
        return next((one for one in self.board.characters if before and one.id == before.id), None)

    def character(self, reference: str) -> str:
        """The id of the character that an argument means. Raises EditError where none or several are meant."""
        found = find_character(self.board, reference) or self._renamed(reference)
        if found is None:
            known = ", ".join(character.name for character in self.board.characters)
            raise EditError(f"There is no {reference.strip()} here; the characters are {known or 'none yet'}.")
        self.touched_characters = [*(one for one in self.touched_characters if one != found.id), found.id]
        return found.id

    def touch(self, scene_id: str) -> None:
        """Remembers a scene as last talked of."""
        self.touched_scenes = [*(one for one in self.touched_scenes if one != scene_id), scene_id]

    def new_focus(self) -> Focus:
        """What was last talked of, after the turn: of each kind what the turn named, else what it was before. A thing
        is forgotten once scenes are talked of without it."""
        alive = {scene.id for scene in self.working.scenes} if self.working else set()
        cast = {one.id for one in self.working.characters} if self.working else set()
        return Focus(
            tuple(one for one in self.touched_scenes or self.focus.scenes if one in alive),
            tuple(one for one in self.touched_characters or self.focus.characters if one in cast),
            tuple(self.touched_things or (() if self.touched_scenes else self.focus.things)),
        )

    def note(self, sentence: str) -> None:
        """Adds something to the receipt that the person would not expect."""
        if sentence not in self.notes:
            self.notes.append(sentence)

    def note_handwritten(self, ids: Iterable[str]) -> None:
        """Says of which of these scenes the prompt was written by hand, and so was left alone."""
        kept = [scene_id for scene_id in ids if "prompt" in self.board.scene(scene_id).handwritten]
        if kept:
            self.note(f"The prompt of {self.places(kept)} was written by hand and left alone.")

    def note_unseen(self, before: Board, ids: Iterable[str]) -> None:
        """Says where a change of these scenes since `before` asks the model for nothing else than before, since it has
        no word for it."""
        unseen = []
        for scene_id in ids:
            old, new = before.scene(scene_id), self.board.scene(scene_id)
            if old.prompt != new.prompt:
                was, now = panel_request(before, old), panel_request(self.board, new)
                if was.digest == now.digest:
                    unseen.append(scene_id)
        if unseen:
            self.note(
                f"{self.board.drawing.model} has no words for that, so the picture of {self.places(unseen)} stays; "
                "say it otherwise, or use another model."
            )

    def requests(self, board: Board | None = None) -> dict[str, str]:
        """Scene id -> request digest of the board on the desk. A scene that is as it was in the version that it comes
        from keeps the digest that it had there."""
        board = self.board if board is None else board
        kept = board_requests(board, self.base.board if self.base else None, self.base.requests if self.base else None)
        digests = {scene_id: digest for scene_id, (digest, _) in kept.items()}
        scenes = {scene.id: scene for scene in board.scenes}
        taken = {
            scene_id: digest for scene_id, (scene, digest) in self.origins.items() if scenes.get(scene_id) == scene
        }
        return digests | taken

    def move_to(self, version: Version) -> None:
        """The desk after undo or redo."""
        self.head = self.base = version
        self.storyboard, self.working, self.origins = version.storyboard, version.board, {}

    def put_back(self, version: Version) -> None:
        """The desk with an old version's board on it, to be saved as a new version."""
        self.base, self.working, self.origins, self.restored = version, version.board, {}, version.number

    def ask(self, pending: Pending) -> None:
        """Leaves a question. The turn ends, and what it had changed is dropped."""
        self.pending = replace(pending, request=pending.request or self.message)

    def confirm(self, name: str, question: str) -> None:
        """Asks before something that cannot be undone: only the person's own yes, in the next turn, lets it happen."""
        self.ask(Pending(question, ("yes", "no"), confirms=name))

    def check_stopped(self) -> None:
        if self.stop.is_set():
            raise StoppedError("StoppedError.")

    def save(self) -> Version | None:
        """Commits what is on the desk, if it differs from the head; returns the version that is now the newest. Where
        somebody else changed the storyboard meanwhile, the turn's edits are made again on what it is now."""
        for _ in range(MAX_REBASES):
            try:
                return self._save()
            except HeadMovedError:
                self._rebase()
        raise EditError("The storyboard is being changed elsewhere all the time; try again in a moment.")

    def _save(self) -> Version | None:
        if self.working is None or (self.head is not None and self.working == self.head.board):
            return self.head
        self.working = with_anchor(self.working)
        requests = self.requests()
        done = " ".join(call.summary for call in self.calls if call.changed)
        words: dict[str, Any] = {
            "message": _line(self.message or done),
            "summary": _line(f"{done} {self.receipt(requests).text}".strip(), 1000),
            "message_id": self.message_id,
        }
        if self.storyboard is None or self.head is None:
            version = self.history.create(self.working, requests=requests, conversation=self.conversation, **words)
        elif self.restored is not None and self.base is not None and self.working == self.base.board:
            version = self.history.restore(self.storyboard, self.restored, **words)
        else:
            version = self.history.commit(
                self.storyboard, self.working, parent=self.head.number, requests=requests, require_head=True, **words
            )
        self.storyboard, self.head, self.base = version.storyboard, version, version
        self.origins, self.restored = {}, None
        return version

    def _rebase(self) -> None:
        """Makes the turn's edits again, on the present head. Positions still mean the board that the speaker saw."""
        assert self.storyboard is not None
        self.start = self.head = self.base = head = self.history.head(self.storyboard)
        self.working, self.origins, self.restored, self.notes = head.board, {}, None, []
        for call in self.calls:
            if call.changed:
                tool = CATALOGUE[call.name]
                arguments = tool.arguments.model_validate(call.args)
                tool.run(self, **{name: getattr(arguments, name) for name in type(arguments).model_fields})
        self.note(f"Somebody had made version {head.number} meanwhile; this is done on top of it.")

    def drop(self) -> None:
        """Puts everything back as it was when the turn started."""
        if self.start is not None and self.head is not None and self.head.number != self.start.number:
            self.history.branch(self.start.storyboard, self.start.number)
        self.storyboard = self.start.storyboard if self.start else None
        self.head = self.base = self.start
        self.working = self.start.board if self.start else None
        self.origins, self.restored = {}, None

    def receipt(self, requests: Mapping[str, str] | None = None) -> Receipt:
        """What the turn changed by now, and what provably not."""
        if self.working is None:
            return Receipt()
        same_board = self.start is not None and (self.storyboard == self.start.storyboard)
        return receipt(
            self.start if same_board else None,
            self.working,
            self.requests() if requests is None else requests,
            moved=self.moved,
            notes=self.notes,
        )


def _counted(board: Board) -> str:
    return f"{len(board.scenes)} scene{'' if len(board.scenes) == 1 else 's'}"


def _line(text: str, length: int = 200) -> str:
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1] + "…"
