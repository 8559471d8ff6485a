"""From pending panels to pictures: only what is pending is drawn, once, in batches that fit, and can be stopped."""

from __future__ import annotations

import io
import json
import multiprocessing
import random
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest
from PIL import Image

from agent.drawing import worker
from agent.drawing.batches import LARGEST, BatchSize
from agent.drawing.renderers import LocalRenderer, QueueRenderer
from agent.drawing.requests import board_requests, panel_request
from agent.drawing.studio import Studio
from agent.drawing.worker import Worker
from agent.events import PanelFailed, PanelProgress, PanelReady
from db.blobs import Blobs
from db.board import Board, PictureEdit
from db.database import Database, open_database
from db.history import History, Version
from db.jobs import Jobs
from sd_models.engines import Drawn, DrawRequest, Step
from tests.agent.drawing.toy import ToyEngine, colour, toy_board
from tests.db.written import commit, redo, undo


class Room:
    """A database, a studio on it, and a worker with the toy engine."""

    def __init__(self, home: Path, engine: ToyEngine | None = None) -> None:
        self.database: Database = open_database(f"sqlite:///{home / 'taleboard.db'}")
        self.blobs = Blobs((home / "images").as_uri())
        self.engine = engine or ToyEngine()
        self.worker = Worker(self.database, self.blobs, lambda *_: self.engine)
        self.studio = Studio(self.database, self.blobs, QueueRenderer())
        self.history = History(self.database)

    def create(self, board: Board) -> Version:
        return self.history.create(board, requests=digests(board))

    def draw(self) -> int:
        return self.worker.run(threading.Event(), until_idle=True)

    def again(self, version: Version) -> Version:
        return self.history.version(version.storyboard, version.number)


def digests(board: Board) -> dict[str, str]:
    return {scene: digest for scene, (digest, _) in board_requests(board).items()}


@pytest.fixture
def room(own_home: Path) -> Room:
    return Room(own_home)


def test_pending_panels_are_drawn_and_stored(room: Room) -> None:
    version = room.create(toy_board())
    queued = room.studio.enqueue(version)
    assert [event.position for event in queued] == [1, 2, 3, 4]
    assert room.draw() == 4
    after = room.again(version)
    for scene in version.board.scenes:
        sha256 = after.images[scene.id]
        assert sha256 is not None
        with Image.open(io.BytesIO(room.studio.pictures.read(sha256))) as image:
            assert image.size == (64, 40)
            assert image.getpixel((5, 5)) == colour(panel_request(version.board, scene).request)


def test_a_picture_says_how_it_was_drawn(room: Room) -> None:
    version = room.create(toy_board(1))
    room.studio.enqueue(version)
    room.draw()
    sha256 = room.again(version).images["s1"]
    assert sha256 is not None
    request = version.requests["s1"]
    known = room.studio.pictures.of_requests([request])[request]
    assert known.metadata["request"]["seed"] == 1
    assert known.metadata["toy"] is True
    with Image.open(io.BytesIO(room.studio.pictures.read(sha256))) as image:
        assert "Steps: 3" in image.text["parameters"]  # type: ignore[attr-defined]
        assert json.loads(image.text["taleboard"])["seed"] == 1  # type: ignore[attr-defined]


def test_an_edit_of_one_scene_draws_one_panel_and_an_undo_none(room: Room) -> None:
    version = room.create(toy_board())
    room.studio.enqueue(version)
    room.draw()
    first, second, third, fourth = version.board.scenes
    board = replace(version.board, scenes=(first, second, replace(third, seed=50), fourth))
    edited = commit(room.history, version.storyboard, board, parent=1, requests=digests(board))
    assert [event.scene for event in room.studio.enqueue(edited)] == ["s3"]
    assert room.draw() == 1
    undone = undo(room.history, version.storyboard)
    assert room.studio.enqueue(undone) == []
    redone = redo(room.history, version.storyboard)
    assert room.studio.enqueue(redone) == []
    assert room.draw() == 0


def test_the_same_request_again_comes_from_the_store(room: Room) -> None:
    room.studio.enqueue(room.create(toy_board()))
    room.draw()
    assert room.studio.enqueue(room.create(toy_board())) == []


def test_batches_grow_while_memory_is_plenty(room: Room) -> None:
    room.studio.enqueue(room.create(toy_board(12)))
    assert room.draw() == 12
    assert room.engine.batches[:3] == [1, 2, 4]
    assert max(room.engine.batches) <= LARGEST


def test_out_of_memory_tries_a_smaller_batch_and_remembers(own_home: Path) -> None:
    room = Room(own_home, ToyEngine(fits=2))
    version = room.create(toy_board(11))
    room.studio.enqueue(version)
    assert room.draw() == 11
    assert room.engine.batches.count(4) == 1
    assert all(sha256 is not None for sha256 in room.again(version).images.values())


def test_out_of_memory_with_one_panel_is_a_clear_failure(own_home: Path) -> None:
    room = Room(own_home, ToyEngine(fits=0))
    version = room.create(toy_board(1))
    room.studio.enqueue(version)
    room.draw()
    (failed,) = room.studio.follow(version)
    assert isinstance(failed, PanelFailed)
    assert failed.reason == "1 panels do not fit"


def test_a_panel_that_cannot_be_drawn_fails_with_its_reason_and_the_rest_goes_on(room: Room) -> None:
    board = toy_board(3)
    board = replace(board, scenes=(board.scenes[0], replace(board.scenes[1], prompt="impossible"), board.scenes[2]))
    version = room.create(board)
    room.studio.enqueue(version)
    room.draw()
    events = {event.position: event for event in room.studio.follow(version) if not isinstance(event, PanelProgress)}
    assert isinstance(events[2], PanelFailed)
    assert "NaN" in events[2].reason
    assert room.again(version).images["s1"] is not None


def test_a_picture_edit_starts_from_its_source(room: Room) -> None:
    board = toy_board(1)
    missing = replace(board, scenes=(replace(board.scenes[0], edit=PictureEdit("0" * 64, 0.5)),))
    version = room.create(missing)
    room.studio.enqueue(version)
    room.draw()
    (failed,) = room.studio.follow(version)
    assert isinstance(failed, PanelFailed)
    assert "is gone" in failed.reason


class LookingEngine(ToyEngine):
    """Keeps what its panels start from."""

    def draw(self, requests: Sequence[DrawRequest], pictures: Callable[[str], Image.Image]) -> Iterator[Step | Drawn]:
        names = [name for request in requests for name in (request.source, request.mask) if name]
        self.given = [pictures(name) for name in names]
        yield from super().draw(requests, pictures)


def test_a_picture_of_another_shape_and_its_mask_are_cut_alike_and_never_squeezed(own_home: Path) -> None:
    """As when the board was given another shape after its pictures were drawn."""
    engine = LookingEngine()
    room = Room(own_home, engine)
    files = []
    for mode in ("RGB", "L"):
        image = Image.new(mode, (128, 40), "black")
        image.paste("white", (32, 0, 64, 40))
        file = io.BytesIO()
        image.save(file, "PNG")
        files.append(room.studio.pictures.add(file.getvalue()))
    board = toy_board(1)
    scene = replace(board.scenes[0], edit=PictureEdit(files[0], 0.5, mask=files[1]))
    room.studio.enqueue(room.create(replace(board, scenes=(scene,))))
    assert room.draw() == 1
    for given in engine.given:
        assert given.size == (64, 40)
        assert given.convert("L").getcolors() == [(32 * 40, 0), (32 * 40, 255)], "half of it, as wide as before"


def test_following_tells_of_steps_with_previews_and_then_the_picture(own_home: Path) -> None:
    room = Room(own_home, ToyEngine(seconds_a_step=0.15))
    renderer = LocalRenderer(room.database, room.blobs, lambda *_: room.engine)
    studio = Studio(room.database, room.blobs, renderer)
    version = room.create(toy_board(2, steps=4))
    studio.enqueue(version)
    events = list(studio.follow(version))
    renderer.close()
    ready = [event for event in events if isinstance(event, PanelReady)]
    assert sorted(event.position for event in ready) == [1, 2]
    assert {event.scene: event.image for event in ready} == room.again(version).images
    steps = [event for event in events if isinstance(event, PanelProgress) and event.preview]
    assert steps
    with Image.open(io.BytesIO(steps[-1].preview or b"")) as preview:
        assert preview.size == (64, 40)
    assert steps[-1].seconds_left is not None


def test_cancel_stops_within_a_step_and_keeps_what_is_finished(own_home: Path) -> None:
    room = Room(own_home, ToyEngine(seconds_a_step=0.1))
    renderer = LocalRenderer(room.database, room.blobs, lambda *_: room.engine)
    studio = Studio(room.database, room.blobs, renderer)
    version = room.create(toy_board(6, steps=10))
    studio.enqueue(version)
    for event in studio.follow(version):
        if isinstance(event, PanelReady):
            break
    assert studio.cancel(version.storyboard) >= 1
    rest = [event for event in studio.follow(version) if not isinstance(event, PanelProgress)]
    renderer.close()
    assert {type(event) for event in rest} <= {PanelFailed, PanelReady}
    images = room.again(version).images
    assert images["s1"] is not None
    assert images["s6"] is None
    assert Jobs(room.database).counts().get("running", 0) == 0


def test_closing_gives_unfinished_panels_back_and_another_worker_goes_on(own_home: Path) -> None:
    room = Room(own_home, ToyEngine(seconds_a_step=0.05))
    renderer = LocalRenderer(room.database, room.blobs, lambda *_: room.engine)
    studio = Studio(room.database, room.blobs, renderer)
    version = room.create(toy_board(4, steps=20))
    studio.enqueue(version)
    time.sleep(0.3)
    renderer.close()
    assert Jobs(room.database).counts().get("running", 0) == 0
    room.engine.seconds_a_step = 0
    room.draw()
    assert all(room.again(version).images.values())


def test_memory_decides_the_next_batch() -> None:
    size = BatchSize()
    with size.measured(1):
        pass
    assert size.size == 2
    assert size.shrink(2)
    assert size.size == 1
    assert not size.shrink(1)


def test_an_idle_worker_lets_go_of_its_model_when_memory_runs_short(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded: list[str] = []
    room.worker._load = lambda engine, model: loaded.append(model) or room.engine  # type: ignore[func-returns-value]
    free = [0.5]
    monkeypatch.setattr(
        psutil, "virtual_memory", lambda: SimpleNamespace(total=1000, available=int(1000 * free[0]), percent=0)
    )

    def draw(prompt: str) -> None:
        room.studio.enqueue(room.create(toy_board(1, prompt=prompt)))
        room.draw()
        room.worker._rest(threading.Event(), None)

    draw("a fox")
    draw("an owl")
    assert len(loaded) == 1, "the model is loaded once and kept"
    free[0] = worker.SHORT_OF_MEMORY / 2
    draw("a bear")
    draw("a hare")
    assert len(loaded) == 2


def test_a_full_disk_fails_the_panel_in_one_line_and_leaves_no_half_file(
    own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = Room(own_home)
    version = room.create(toy_board(2))
    room.studio.enqueue(version)
    put = Blobs.put

    def full(self: Blobs, data: bytes) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Blobs, "put", full)
    room.draw()
    failed = list(room.studio.follow(version))
    assert all(isinstance(event, PanelFailed) and "No space left on device" in event.reason for event in failed)
    assert len(failed) == 2
    assert not [path for path in (own_home / "images").rglob("*") if path.is_file()]
    monkeypatch.setattr(Blobs, "put", put)
    room.studio.enqueue(version)
    assert room.draw() == 2


def _draw_until_killed(home: Path) -> None:
    """What a worker process does, with short leases so that its successors need not wait."""
    worker.LEASE_SECONDS = 0.5
    Room(home, ToyEngine(seconds_a_step=0.004)).worker.run(threading.Event())


@pytest.mark.slow
def test_kill_9_of_workers_loses_nothing_and_draws_nothing_twice(own_home: Path) -> None:
    """Fifty workers are killed while they draw 12-panel boards; in the end every panel is there, once in the store."""
    multiprocessing.get_context("forkserver").set_forkserver_preload([__name__])
    room = Room(own_home)
    version = room.create(toy_board(12, steps=12))
    room.studio.enqueue(version)
    chance = random.Random(0)
    killed = 0
    while killed < 50:
        if not Jobs(room.database).counts().keys() & {"queued", "running"}:
            board = toy_board(12, steps=12, prompt=f"a bear {killed}")
            version = room.create(board)
            room.studio.enqueue(version)
        process = multiprocessing.get_context("forkserver").Process(target=_draw_until_killed, args=(own_home,))
        process.start()
        time.sleep(0.1 + chance.random() * 0.3)
        process.kill()
        process.join()
        killed += 1
    deadline = time.monotonic() + 120
    while Jobs(room.database).counts().keys() & {"queued", "running"} and time.monotonic() < deadline:
        room.draw()
        time.sleep(0.2)
    assert Jobs(room.database).counts().get("failed", 0) == 0
    pictures: set[str | None] = set()
    for board in room.history.storyboards(limit=100):
        whole = room.history.version(board.storyboard)
        assert all(whole.images.values())
        pictures.update(whole.images.values())
        for sha256 in whole.images.values():
            assert sha256 is not None
            Image.open(io.BytesIO(room.studio.pictures.read(sha256))).verify()
    assert not list((own_home / "images").rglob("*.part*"))
    assert {blob.name for blob in room.studio.pictures.blobs} == pictures, "no panel has two pictures in the store"
