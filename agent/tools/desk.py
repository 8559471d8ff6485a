"""`Desk`: the table on which one turn works.

Its `draft` is a value: a tool replaces it by the next one, and by the one before where it fails; none of them writes to
the database. `wanted` is what the turn wants of the storyboard, and the turn's one commit does it. So several edits in
one sentence are one step to undo, a failed tool leaves nothing behind, and a question or a stop leaves everything as it
was. What is no change of the board (a file to be written) waits among the draft's effects until the commit is done.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from agent.context import Focus, Pending
from agent.drawing.requests import board_requests, with_anchor
from agent.edits import find_character, place_list
from agent.errors import AgentError, EditError
from agent.receipts import Receipt, receipt
from agent.services import Services
from agent.staging import settled
from agent.stopping import Stop
from agent.story import Fill, Summarizer
from agent.tools.draft import Candidates, Draft, Effect
from agent.tools.kit import CATALOGUE
from agent.wording import counted, shortened
from db.board import Board, Character
from db.errors import NotFoundError
from db.history import BoardChange, History, Version
from db.words import fold

if TYPE_CHECKING:
    from agent.tools.calling import Call

__all__ = ["Candidates", "Desk", "StoppedError"]


class StoppedError(AgentError):
    """The person stopped the turn."""


@dataclass
class Desk:
    """What tools work on. `start` is the version as the speaker saw it (None before there is a board): positions in
    arguments count in it for the whole turn. `files` are the attached stories by name, `pictures` the SHA-256 of
    attached pictures by theirs. `confirmed` names the destructive tool that the person has just said yes to. With
    `rewind` an earlier message is said anew: the head is to go to `start`."""

    services: Services
    owner: str
    conversation: str
    message: str = ""
    files: Mapping[str, bytes] = field(default_factory=dict)
    start: Version | None = None
    focus: Focus = field(default_factory=Focus)
    candidates: Candidates | None = None
    confirmed: str = ""
    pictures: Mapping[str, str] = field(default_factory=dict)
    stop: Stop = field(default_factory=Stop)
    rewind: bool = False

    def __post_init__(self) -> None:
        self.draft = Draft.of(self.start, self.candidates)
        self.newest = self.start.number if self.start else None
        if self.rewind and self.start is not None:
            self.newest = self.history.storyboard(self.start.storyboard).head
        self.calls: list[Call] = []
        self.lock = threading.RLock()
        self.sees = False  # whether who answers can look at pictures
        self.to_show: list[str] = []  # scenes whose pictures it is to see next
        self.expected_pictures: dict[str, None] = {}
        self.touched_scenes: list[str] = []
        self.touched_characters: list[str] = []
        self.touched_things: list[str] = []
        self.summarizer: Summarizer | None = None
        self.fill: Fill | None = None  # asks the language model that is to read stories

    @property
    def history(self) -> History:
        return self.services.history(self.owner)

    @property
    def board(self) -> Board:
        """The board as it is by now. Raises EditError where there is none."""
        if self.draft.board is None:
            raise EditError("There is no storyboard yet: paste a story, or attach a file.")
        return self.draft.board

    @property
    def version(self) -> Version:
        """The saved version that the desk stands on: the head as the turn started, or where it is to go. Raises
        EditError where there is none."""
        if self.draft.head is None:
            raise EditError("There is no saved version yet: paste a story, or attach a file.")
        return self.draft.head

    @property
    def pending(self) -> Pending | None:
        """The question that the turn ends with."""
        return self.draft.pending

    def put(self, **changes: Any) -> None:
        """Make the next draft of this one: the same but for some fields."""
        self.draft = replace(self.draft, **changes)

    def change(self, edit: Callable[[Board], Board]) -> Board:
        """Put the edited board on the desk."""
        board = edit(self.board)
        self.put(board=board)
        return board

    def begin(self, board: Board, base: Version | None = None) -> None:
        """Put a new storyboard in the place of the one on the desk (which stays in the library). Its pictures are those
        of `base`, where it begins with the board of a saved version."""
        self.put(storyboard=None, head=None, base=base, seen=board, board=board, origins={}, moved=frozenset())

    def delete(self, what: str) -> None:
        """Have the storyboard ("storyboard"), or the conversation with it ("conversation"), deleted."""
        self.put(deletes=what)

    def afterwards(self, effect: Effect) -> None:
        """Have something done with the saved version, after the commit: its sentence follows the reply."""
        self.put(effects=(*self.draft.effects, (len(self.calls), effect)))

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
            spelled = fold(reference.strip()).removeprefix("scene").removeprefix("panel").strip(" #.")
            place = {"first": 1, "last": -1}.get(spelled)
            if place is None and not re.fullmatch(r"-?\d+", spelled):
                has = counted(len(board.scenes), "scene")
                raise EditError(f"There is no scene “{reference}”; the board has {has}.")
            reference = int(spelled) if place is None else place
        seen = self.draft.seen or board
        count = len(seen.scenes)
        position = reference + count + 1 if reference < 0 else reference
        if not 1 <= position <= count:
            raise EditError(f"There is no scene {reference}; the board has {counted(count, 'scene')}.")
        scene_id = seen.scenes[position - 1].id
        if not any(scene.id == scene_id for scene in board.scenes):
            raise EditError(f"Scene {position} is no longer on the board.")
        return scene_id

    def scenes(self, references: Iterable[int | str]) -> list[str]:
        """The ids that an argument means, each once, in the order of the board."""
        found: set[str] = set()
        for reference in references:
            if isinstance(reference, str) and fold(reference.strip()) in ("all", "every", "everything"):
                found |= {scene.id for scene in self.board.scenes}
            else:
                found.add(self.scene(reference))
        return [scene.id for scene in self.board.scenes if scene.id in found]

    def unlocked(self, references: Sequence[int | str]) -> list[str]:
        """As `scenes`; where all scenes are meant, the locked ones are left out, and the receipt says so."""
        ids = self.scenes(references)
        if any(isinstance(reference, str) and fold(reference.strip()) == "all" for reference in references):
            locked = [scene_id for scene_id in ids if self.board.scene(scene_id).locked]
            if locked and len(locked) < len(ids):
                self.note(
                    f"{self.places(locked).capitalize()} {'is' if len(locked) == 1 else 'are'} locked and left alone."
                )
                return [scene_id for scene_id in ids if scene_id not in locked]
        return ids

    def place(self, scene_id: str) -> int:
        """The position by which the speaker knows a scene; a new scene's is its present one."""
        seen = self.draft.seen
        if seen is not None and any(scene.id == scene_id for scene in seen.scenes):
            return seen.position(scene_id)
        return self.board.position(scene_id)

    def places(self, ids: Iterable[str]) -> str:
        """ "scene 3", "scenes 1, 2 and 4 to 8", as the speaker knows them."""
        return place_list(self.place(scene_id) for scene_id in ids)

    def _renamed(self, reference: str) -> Character | None:
        """Who was called so on the board that the speaker saw, and still is there."""
        before = find_character(self.draft.seen, reference) if self.draft.seen else None
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
        board = self.draft.board
        alive = {scene.id for scene in board.scenes} if board else set()
        cast = {one.id for one in board.characters} if board else set()
        return Focus(
            tuple(one for one in self.touched_scenes or self.focus.scenes if one in alive),
            tuple(one for one in self.touched_characters or self.focus.characters if one in cast),
            tuple(self.touched_things or (() if self.touched_scenes else self.focus.things)),
        )

    def note(self, sentence: str) -> None:
        """Adds something to the receipt that the person would not expect."""
        if sentence not in self.draft.notes:
            self.put(notes=(*self.draft.notes, sentence))

    def note_handwritten(self, ids: Iterable[str]) -> None:
        """Says of which of these scenes the prompt was written by hand, and so was left alone."""
        kept = [scene_id for scene_id in ids if "prompt" in self.board.scene(scene_id).handwritten]
        if kept:
            self.note(f"The prompt of {self.places(kept)} was written by hand and left alone.")

    def expect_pictures(self, ids: Iterable[str]) -> None:
        """Remember scenes whose pictures the turn was to change: the receipt says what became of them."""
        self.expected_pictures |= dict.fromkeys(ids)

    def requests(self, board: Board | None = None) -> dict[str, str]:
        """Scene id -> request digest of the board on the desk. A scene that is as it was in the version that it comes
        from keeps the digest that it had there."""
        board = self.board if board is None else board
        base = self.draft.base
        kept = board_requests(board, base.board if base else None, base.requests if base else None)
        digests = {scene_id: digest for scene_id, (digest, _) in kept.items()}
        scenes = {scene.id: scene for scene in board.scenes}
        taken = {
            scene_id: digest
            for scene_id, (scene, digest) in self.draft.origins.items()
            if scenes.get(scene_id) == scene
        }
        return digests | taken

    def move_to(self, version: Version) -> None:
        """Have the head go to a saved version: undo or redo."""
        self.put(storyboard=version.storyboard, head=version, base=version, moves_head=True)
        self.put(board=version.board, origins={})

    def put_back(self, version: Version) -> None:
        """Put an old version's board on the desk, to be saved as a new version."""
        self.put(base=version, board=version.board, origins={})

    def ask(self, pending: Pending) -> None:
        """Leave a question. The turn ends, and what it had changed is dropped."""
        self.put(pending=replace(pending, request=pending.request or self.message))

    def confirm(self, name: str, question: str) -> None:
        """Ask before something that cannot be undone: only the person's own yes, in the next turn, lets it happen."""
        self.ask(Pending(question, ("yes", "no"), confirms=name))

    def check_stopped(self) -> None:
        if self.stop.is_set():
            raise StoppedError("Stopped.")

    @property
    def untouched(self) -> BoardChange:
        """What a turn wants that leaves the storyboard alone."""
        return BoardChange(self.start.storyboard, self.start.number) if self.start is not None else BoardChange()

    def wanted(self) -> BoardChange:
        """What the turn wants of the storyboard; nothing where it ends in a question."""
        draft = self.draft
        if draft.pending is not None:
            return self.untouched
        if draft.storyboard is None or draft.head is None:
            return self._written(BoardChange())
        change = BoardChange(draft.storyboard, self.newest, delete=bool(draft.deletes))
        if draft.deletes:
            return change
        if draft.head.number != self.newest:
            change = replace(change, move=draft.head.number, tip=None if draft.moves_head else draft.head.number)
        return self._written(change)

    def _written(self, change: BoardChange) -> BoardChange:
        """The change with the board to be written, where it differs from the saved one."""
        if not self.draft.edited:
            return change
        base, origins = self.draft.base, self.draft.origins
        board = self.change(lambda board: settled(with_anchor(board), base.board if base else None, origins))
        requests = self.requests()
        done = " ".join(call.summary for call in self.calls if call.changed)
        return replace(
            change,
            board=board,
            requests=requests,
            message=shortened(self.message or done, 200),
            summary=shortened(f"{done} {self.receipt(requests).text}", 1000),
        )

    def rebase(self) -> None:
        """Put the present head on the desk and make the turn's edits again. Positions still mean the board that the
        speaker saw. A move of the head is not made again but asked about. Raises AgentError, NotFoundError."""
        draft = self.draft
        assert draft.storyboard is not None
        head = self.history.head(draft.storyboard)
        self.newest = head.number
        if self.rewind:
            return  # the earlier version, from which the turn began, is where it was
        self.start = head
        self.draft = replace(Draft.of(head, draft.candidates), seen=draft.seen, effects=draft.effects)
        if draft.moves_head or draft.deletes:
            calls = tuple({"name": call.name, "args": call.args} for call in self.calls if call.status == "ok")
            what = f" ({head.message})" if head.message else ""
            self.ask(
                Pending(
                    f"Somebody made version {head.number} meanwhile{what}. Do it all the same, from there?",
                    ("do it", "look at the versions first"),
                    calls=(calls, ({"name": "list_versions", "args": {}},)),
                )
            )
            return
        for call in self.calls:
            if call.changed:
                CATALOGUE[call.name].call(self, call.args)
        self.put(draws_candidates=draft.draws_candidates)
        self.note(f"Somebody had made version {head.number} meanwhile; this is done on top of it.")

    def receipt(self, requests: Mapping[str, str] | None = None) -> Receipt:
        """What the turn changed by now, and what provably not."""
        draft = self.draft
        if draft.board is None or draft.deletes:
            return Receipt()
        same_board = self.start is not None and (draft.storyboard == self.start.storyboard)
        return receipt(
            self.start if same_board else None,
            draft.board,
            self.requests() if requests is None else requests,
            moved=draft.moved,
            notes=draft.notes,
            expected=self.expected_pictures,
        )
