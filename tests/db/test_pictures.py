"""Pictures: by request and by content, whole or not at all, and never collected while something names them."""

from __future__ import annotations

import hashlib
import os
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from db.blobs import Blob, Blobs
from db.board import PictureEdit, digest
from db.conversations import Conversations
from db.database import Database
from db.errors import DamagedPictureError, NotFoundError, StorageError
from db.history import History
from db.jobs import Jobs, NewJob
from db.maintenance import LONGEST_HOLD, check, collect_garbage
from db.pictures import Pictures
from db.tables import RequestRow
from tests.db.examples import BOARD, requests_of
from tests.db.written import add, commit, undo

AT_ONCE = timedelta(0)


@pytest.fixture
def pictures(database: Database, blobs: Blobs) -> Pictures:
    return Pictures(database, blobs)


# The store


@pytest.fixture(params=["file", "memory"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Blobs:
    """A folder, and a store that is no folder, as one in a cloud."""
    return Blobs(tmp_path.joinpath("store").as_uri() if request.param == "file" else f"memory://{tmp_path}")


def test_bytes_come_back_by_their_digest(store: Blobs) -> None:
    data = b"\x89PNG\r\n"
    sha256 = store.put(data)
    assert sha256 == hashlib.sha256(data).hexdigest()
    assert store.get(sha256) == data
    assert store.size(sha256) == len(data)
    assert store.put(data) == sha256
    assert [(blob.name, blob.size, blob.unfinished) for blob in store] == [(sha256, len(data), False)]
    store.delete(sha256)
    assert store.size(sha256) is None
    assert list(store) == []
    store.delete(sha256)


def test_an_empty_or_missing_store_is_empty(store: Blobs) -> None:
    assert list(store) == []
    with pytest.raises(DamagedPictureError, match="missing"):
        store.get("ab" * 32)


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "AB" * 32, "ab" * 31 + "/x", "ab" * 32 + "\n"])
def test_a_name_that_is_no_digest_leads_nowhere(store: Blobs, name: str) -> None:
    for attempt in (store.get, store.size, store.path):
        with pytest.raises(DamagedPictureError):
            attempt(name)


def test_a_folder_tells_where_its_files_are_and_a_cloud_does_not(tmp_path: Path) -> None:
    folder = Blobs((tmp_path / "a b#c").as_uri())
    sha256 = folder.put(b"x")
    path = folder.path(sha256)
    assert path is not None
    assert path == tmp_path / "a b#c" / sha256[:2] / sha256
    assert path.read_bytes() == b"x"
    assert Blobs("memory://x").path(sha256) is None


def test_a_store_that_nothing_can_open_says_so() -> None:
    with pytest.raises(StorageError, match="TALEBOARD_BLOBS=nonsense://x cannot be used"):
        Blobs("nonsense://x").put(b"x")


def test_a_file_cut_short_is_mended_by_putting_it_again(tmp_path: Path) -> None:
    store = Blobs(tmp_path.as_uri())
    sha256 = store.put(b"a whole picture")
    path = store.path(sha256)
    assert path is not None
    path.write_bytes(b"a who")
    with pytest.raises(DamagedPictureError, match=sha256):
        store.get(sha256)
    store.put(b"a whole picture")
    assert store.get(sha256) == b"a whole picture"


def test_bytes_that_changed_are_mended_by_putting_them_again(store: Blobs) -> None:
    sha256 = store.put(b"a whole picture")
    fs, root = store._place
    fs.pipe_file(f"{root}/{sha256[:2]}/{sha256}", b"a holed picture")
    with pytest.raises(DamagedPictureError, match="damaged"):
        store.get(sha256)
    store.put(b"a whole picture")
    assert store.get(sha256) == b"a whole picture"


# By request


def test_a_drawn_picture_is_found_by_its_request(pictures: Pictures) -> None:
    sha256 = pictures.add_drawn("r1", b"drawn", metadata={"seconds": 1.5})
    found = pictures.of_requests(["r1", "r2"])
    assert found.keys() == {"r1"}
    assert (found["r1"].sha256, found["r1"].size, found["r1"].metadata) == (sha256, 5, {"seconds": 1.5})
    assert pictures.read(sha256) == b"drawn"
    assert pictures.get(sha256).media_type == "image/png"


def test_the_first_picture_of_a_request_stays(pictures: Pictures) -> None:
    first = pictures.add_drawn("r1", b"first")
    assert pictures.add_drawn("r1", b"second") == first
    with pytest.raises(IntegrityError), pictures.database.write() as connection:
        connection.execute(update(RequestRow).values(sha256=None))
    assert pictures.of_requests(["r1"])["r1"].sha256 == first


def test_two_requests_may_draw_the_same_picture(pictures: Pictures, blobs: Blobs) -> None:
    assert pictures.add_drawn("r1", b"fog") == pictures.add_drawn("r2", b"fog", metadata={"n": 2})
    assert pictures.of_requests(["r2"])["r2"].metadata == {"n": 2}
    assert len(list(blobs)) == 1


def test_a_lost_picture_that_is_drawn_again_to_the_byte_is_there_again(pictures: Pictures, blobs: Blobs) -> None:
    sha256 = pictures.add_drawn("r1", b"drawn")
    blobs.delete(sha256)
    with pytest.raises(DamagedPictureError):
        pictures.read(sha256)
    pictures.add_drawn("r1", b"drawn")
    assert pictures.read(sha256) == b"drawn"


def test_a_picture_nobody_gave_is_not_found(pictures: Pictures) -> None:
    with pytest.raises(NotFoundError):
        pictures.read("ab" * 32)


# Checking


def test_check_finds_nothing_wrong_where_nothing_is(pictures: Pictures, blobs: Blobs) -> None:
    history = History(pictures.database)
    version = history.create(BOARD, requests=requests_of(BOARD))
    undo(history, commit(history, version.storyboard, replace(BOARD, title="2"), parent=1).storyboard)
    pictures.add_drawn(version.requests["s1"], b"one")
    conversations = Conversations(pictures.database)
    add(conversations, conversations.create().id, "user", "hello")
    assert check(pictures.database, blobs) == []


@pytest.mark.parametrize("damage", ["changed", "cut", "gone"])
def test_check_names_a_damaged_picture_and_where_it_is_shown(pictures: Pictures, blobs: Blobs, damage: str) -> None:
    history = History(pictures.database)
    version = history.create(BOARD, requests=requests_of(BOARD))
    sha256 = pictures.add_drawn(version.requests["s2"], b"a picture")
    pictures.add_drawn(version.requests["s1"], b"another")
    path = blobs.path(sha256)
    assert path is not None
    if damage == "gone":
        path.unlink()
    else:
        path.write_bytes({"changed": b"a pictura", "cut": b"a pic"}[damage])
    (problem,) = check(pictures.database, blobs)
    assert sha256 in problem
    assert f"scene s2 of storyboard {version.storyboard}, versions 1 to 1" in problem


@pytest.mark.parametrize("url", ["nonsense://x", "file:///dev/null/images"])
def test_check_names_a_store_that_cannot_be_used_before_it_holds_any_picture(database: Database, url: str) -> None:
    (problem,) = check(database, Blobs(url))
    assert url in problem


# Garbage collection


def test_gc_takes_what_nothing_names_and_nothing_else(pictures: Pictures, blobs: Blobs) -> None:
    database = pictures.database
    history, conversations, jobs = History(database), Conversations(database), Jobs(database)
    names = ("drawn", "candidate", "picked", "source", "mask", "said", "attached", "queued", "nothing")
    sha256s = {
        name: pictures.add_drawn(digest(name), name.encode())
        if name in ("drawn", "candidate")
        else pictures.add(name.encode())
        for name in names
    }
    scenes = (
        replace(BOARD.scenes[0], picked=sha256s["picked"]),
        replace(BOARD.scenes[1], edit=PictureEdit(sha256s["source"], 0.5, mask=sha256s["mask"])),
        BOARD.scenes[2],
    )
    version = history.create(replace(BOARD, scenes=scenes), requests={"s3": digest("drawn")})
    conversation = conversations.create().id
    add(conversations, conversation, "user", f"like {sha256s['said']}!", data={"files": [{"sha": sha256s["attached"]}]})
    jobs.enqueue("local", [NewJob("r", {"deep": {"source": sha256s["queued"]}})])
    commit(history, version.storyboard, BOARD, parent=1)  # old versions count, too

    assert collect_garbage(database, blobs).pictures == 0  # all of them are new
    assert collect_garbage(database, blobs, older_than=AT_ONCE).pictures == 2
    left = {blob.name for blob in blobs}
    assert left == set(sha256s.values()) - {sha256s["nothing"], sha256s["candidate"]}
    assert check(database, blobs) == []
    with pytest.raises(NotFoundError):
        pictures.get(sha256s["nothing"])
    assert pictures.of_requests([digest("candidate")]) == {}

    history.delete(version.storyboard)
    conversations.delete(conversation)
    jobs.cancel("local")
    collect_garbage(database, blobs, older_than=AT_ONCE)
    assert list(blobs) == []
    assert pictures.of_requests([digest("drawn")]) == {}


def test_gc_clears_away_what_interrupted_writes_left(pictures: Pictures, blobs: Blobs, tmp_path: Path) -> None:
    sha256 = pictures.add_drawn(digest("r1"), b"kept")
    History(pictures.database).create(BOARD, requests={"s1": digest("r1")})
    path = blobs.path(sha256)
    assert path is not None
    part = path.with_name(f"{path.name}.0123abcd.part")
    part.write_bytes(b"ha")
    blobs.put(b"its row was never written")
    assert collect_garbage(pictures.database, blobs).bytes == 0
    os.utime(part, (0, 0))  # a younger one may be being written, whatever is asked for
    collected = collect_garbage(pictures.database, blobs, older_than=AT_ONCE)
    assert (collected.pictures, collected.bytes) == (1, 2 + 25)
    assert [blob.name for blob in blobs] == [sha256]


class BusyBlobs(Blobs):
    """A store that somebody writes to the database beside whenever it lists a file, and that deletes slowly, as one in
    a cloud does."""

    database: Database
    writes = 0

    def __iter__(self) -> Iterator[Blob]:
        for blob in super().__iter__():
            before, writer = self.writes, threading.Thread(target=self._write, daemon=True)
            writer.start()
            writer.join(60)
            assert self.writes == before + 1, "whoever writes had to wait for the files"
            yield blob

    def delete(self, name: str) -> None:
        time.sleep(LONGEST_HOLD)
        super().delete(name)

    def _write(self) -> None:
        with self.database.write():
            self.writes += 1


def test_gc_keeps_nobody_waiting_for_the_files(
    pictures: Pictures, blobs: Blobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever writes waits for the deletion of a file at most, never for all of them."""
    count, held = 12, list[bool]()
    for number in range(count):
        blobs.put(f"picture {number}".encode())
    busy = BusyBlobs(blobs.url)
    busy.database = pictures.database
    write = Database.write

    def counted(database: Database, *names: str, alone: bool = False, **options: bool) -> Any:
        held.append(alone)
        return write(database, *names, alone=alone, **options)

    monkeypatch.setattr(Database, "write", counted)
    assert collect_garbage(pictures.database, busy, older_than=AT_ONCE).pictures == count
    assert busy.writes == count
    assert sum(held) >= count, "the lock is let go after each file that took long"


def test_gc_leaves_what_is_named_while_it_looks(pictures: Pictures, blobs: Blobs) -> None:
    """A picture that nothing named when the collection began, and that a message names before it ends."""
    sha256 = pictures.add(b"an upload")
    conversations = Conversations(pictures.database)
    conversation = conversations.create("a tale").id

    def name_it(step: str, done: int, total: int) -> None:
        if step == "what is named again":
            add(conversations, conversation, "user", "look", data={"pictures": [sha256]})

    assert collect_garbage(pictures.database, blobs, older_than=AT_ONCE, progress=name_it).pictures == 0
    assert pictures.read(sha256) == b"an upload"


def test_gc_leaves_alone_what_is_drawn_while_it_works(pictures: Pictures, blobs: Blobs) -> None:
    """Even one that keeps nothing for a while, and comes between the writing of the bytes and that of the row."""
    done = threading.Event()

    def collect() -> None:
        while not done.is_set():
            collect_garbage(pictures.database, blobs, older_than=AT_ONCE)
            time.sleep(0.005)

    collector = threading.Thread(target=collect)
    collector.start()
    try:
        history = History(pictures.database)
        for number in range(25):
            version = history.create(BOARD, requests={"s1": digest(number)})
            sha256 = pictures.add_drawn(digest(number), f"picture {number}".encode())
            assert history.head(version.storyboard).images["s1"] == sha256
    finally:
        done.set()
        collector.join()
    assert check(pictures.database, blobs) == []
    assert len(list(blobs)) == 25


def test_a_picture_that_was_collected_can_be_given_again(pictures: Pictures, blobs: Blobs) -> None:
    sha256 = pictures.add(b"x")
    collect_garbage(pictures.database, blobs, older_than=AT_ONCE)
    assert pictures.add(b"x") == sha256
    assert pictures.read(sha256) == b"x"


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_gc_never_removes_a_named_picture(
    open_again: Callable[[], Database], tmp_path: Path, data: st.DataObject
) -> None:
    """Whatever is drawn, named, committed, undone, branched and deleted, in any order."""
    database, blobs = open_again(), Blobs((tmp_path / "images").as_uri())
    history, pictures = History(database), Pictures(database, blobs)
    storyboards: list[str] = []
    steps = st.sampled_from(["create", "draw", "give", "pick", "commit", "undo", "restore", "delete", "gc"])
    request = st.integers(0, 5).map(lambda number: digest(f"request {number}"))
    given_pictures: list[str] = []
    for step in data.draw(st.lists(steps, max_size=15)):
        storyboard = data.draw(st.sampled_from(storyboards)) if storyboards else None
        if step == "create":
            requests = {scene.id: data.draw(request) for scene in BOARD.scenes[:2]}
            storyboards.append(history.create(BOARD, requests=requests).storyboard)
        elif step == "draw":
            drawn = data.draw(request)
            pictures.add_drawn(drawn, data.draw(st.binary(max_size=1)))
        elif step == "give":
            given_pictures.append(pictures.add(data.draw(st.binary(max_size=1))))
        elif step == "gc":
            collect_garbage(database, blobs, older_than=AT_ONCE)
            known = {blob.name for blob in blobs}
            given_pictures = [sha256 for sha256 in given_pictures if sha256 in known]
        elif storyboard is not None:
            head = history.head(storyboard)
            if step == "delete":
                history.delete(storyboard)
                storyboards.remove(storyboard)
            elif step == "undo" and head.parent is not None:
                undo(history, storyboard)
            elif step == "restore":
                history.restore(storyboard, 1)
            elif step == "commit":
                commit(history, storyboard, BOARD, parent=head.number, requests={"s3": data.draw(request)})
            elif step == "pick" and given_pictures:
                picked = data.draw(st.sampled_from(given_pictures))
                scenes = (replace(head.board.scenes[0], picked=picked), *head.board.scenes[1:])
                commit(history, storyboard, replace(head.board, scenes=scenes), parent=head.number)
        for storyboard in storyboards:
            for info in history.versions(storyboard):
                for image in history.version(storyboard, info.number).images.values():
                    assert image is None or pictures.read(image) is not None
    assert check(database, blobs) == []
    for storyboard in storyboards:
        history.delete(storyboard)
    database.close()
