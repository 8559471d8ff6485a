"""What the memory costs: 10,000 versions of 12 scenes in 1,000 conversations, on SQLite, beside the plain way.

The plain way is one table with a row per version that holds the whole board as JSON, in the same file with the same
pragmas, and a scan with LIKE for search."""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from sqlalchemy import event, insert, text

from db.board import Board, Character, Drawing, Scene, digest
from db.conversations import Conversations
from db.database import Database, open_database
from db.history import History
from db.jobs import Jobs, NewJob
from db.tables import MessageRow
from db.words import words
from tests.bench.ruler import fsync_seconds
from tests.db.written import add, commit

CONVERSATIONS, VERSIONS, SCENES = 1_000, 10_000, 12
LONGEST = 1_000
"""Versions of the storyboard that most was done to; the others share the rest."""

MESSAGES = 20
"""Messages of a conversation: a question and an answer to each of about ten versions."""

PLACES = ("harbour", "lighthouse", "forest", "market", "attic", "island")


def _vocabulary(words: int = 5_000) -> tuple[list[str], list[float]]:
    """Made-up words, and how often each is said (Zipf's law), as in a real text."""
    chance = random.Random(1)
    syllables = [a + b for a in "bdfgklmnprstv" for b in ("a", "e", "i", "o", "u", "an", "er", "il")]
    made = ["".join(chance.choices(syllables, k=chance.randint(1, 4))) for _ in range(words)]
    return made, [1 / rank for rank in range(1, words + 1)]


WORDS, WEIGHTS = _vocabulary()


def run() -> None:
    chance = random.Random(7)
    with tempfile.TemporaryDirectory(dir=os.environ.get("TALEBOARD_BENCH_FOLDER")) as folder:
        home = Path(folder)
        database = open_database(f"sqlite:///{home / 'taleboard.db'}")
        table = Table(
            title=f"Memory: {VERSIONS:,} versions of {SCENES} scenes, {CONVERSATIONS:,} conversations, SQLite"
        )
        for column in ("what", "goal", "median", "p95", "CPU", "plain way p95", "ratio"):
            table.add_column(column, justify="left" if column == "what" else "right")
        with _without_fsync(database):
            busiest, conversation = _fill(database, chance)
        plain = _plain_way(database, busiest)
        _commits(table, database, plain, busiest, chance)
        _lists(table, database, busiest, conversation)
        _search(table, database, chance)
        Console().print(table)
        _growth(database, plain, busiest, chance)
        _command_line(home)
        _claims(database)
        database.close()


# Filling


def _sentence(chance: random.Random, words: int = 18) -> str:
    return " ".join(chance.choices(WORDS, WEIGHTS, k=words)).capitalize() + "."


def _scene(number: int, chance: random.Random) -> Scene:
    text_ = " ".join(_sentence(chance) for _ in range(3))
    return Scene(
        f"s{number}",
        title=_sentence(chance, 3),
        text=text_,
        summary=_sentence(chance),
        prompt=f"wide shot, {text_}, watercolor",
        negative_prompt="blurry, text",
        shot="wide shot",
        setting=chance.choice(PLACES),
        time="night",
        weather="rain",
        characters=("c1",),
        seed=chance.getrandbits(31),
    )


def _board(chance: random.Random) -> Board:
    scenes = tuple(_scene(number, chance) for number in range(1, SCENES + 1))
    drawing = Drawing("scratch", "storybook", "ddim", 8, 4.0, (256, 144))
    return Board(_sentence(chance, 4), "watercolor", drawing, (Character("c1", "Mira", "a red coat"),), scenes)


def _edited(board: Board, chance: random.Random) -> Board:
    place = chance.randrange(SCENES)
    scene = replace(board.scenes[place], prompt=_sentence(chance, 40), seed=chance.getrandbits(31))
    return replace(board, scenes=(*board.scenes[:place], scene, *board.scenes[place + 1 :]))


def _requests(board: Board) -> dict[str, str]:
    return {scene.id: digest([scene.prompt, scene.seed]) for scene in board.scenes}


def _fill(database: Database, chance: random.Random) -> tuple[str, str]:
    history, conversations = History(database), Conversations(database)
    each = (VERSIONS - LONGEST) // (CONVERSATIONS - 1)
    for number in range(CONVERSATIONS):
        conversation = conversations.create(_sentence(chance, 4)).id
        board = _board(chance)
        question = add(conversations, conversation, "user", " ".join(scene.text for scene in board.scenes))
        _talk(database, conversation, question.id, chance)
        version = history.create(
            board, requests=_requests(board), conversation=conversation, message="story", message_id=question.id
        )
        last = number == CONVERSATIONS - 1
        for _ in range(LONGEST + (VERSIONS - LONGEST) % (CONVERSATIONS - 1) if last else each):
            version = _commit(history, version.storyboard, _edited(version.board, chance), version.number)
    return version.storyboard, conversation


def _talk(database: Database, conversation: str, first: int, chance: random.Random) -> None:
    """The rest of a conversation, written at once."""
    now = datetime.now(UTC)
    with database.write() as connection:
        contents = [_sentence(chance, chance.choice((8, 60))) for _ in range(MESSAGES - 1)]
        rows = [
            {
                "conversation_id": conversation,
                "parent_id": first,
                "role": "user" if number % 2 else "assistant",
                "content": content,
                "words": " ".join(words(content)),
                "status": "complete",
                "tool_calls": [],
                "data": {},
                "created_at": now,
                "updated_at": now,
            }
            for number, content in enumerate(contents)
        ]
        connection.execute(insert(MessageRow), rows)


def _commit(history: History, storyboard: str, board: Board, parent: int) -> Any:
    return commit(
        history,
        storyboard,
        board,
        parent=parent,
        requests=_requests(board),
        message="make it darker",
        summary="Changed 1",
    )


@contextmanager
def _without_fsync(database: Database) -> Iterator[None]:
    """Filling is not what is measured."""

    def off(connection: Any, *_: Any) -> None:
        connection.execute("pragma synchronous = off")

    event.listen(database.engine, "checkout", off)
    yield
    event.remove(database.engine, "checkout", off)
    database.engine.dispose()


def _plain_way(database: Database, storyboard: str) -> Callable[[Board], None]:
    """Commits a board the plain way."""
    with database.write() as connection:
        connection.execute(text("create table plain (id integer primary key, storyboard text, body text)"))
        connection.execute(text("create index plain_storyboard on plain (storyboard, id)"))

    def commit(board: Board) -> None:
        with database.write() as connection:
            connection.execute(
                text("insert into plain (storyboard, body) values (:storyboard, :body)"),
                {"storyboard": storyboard, "body": json.dumps({**board.to_json(), "requests": _requests(board)})},
            )

    return commit


# Measuring


def _times(work: Callable[[int], Any], times: int) -> list[float]:
    return [seconds for seconds, _ in _measured(work, times)]


def _measured(work: Callable[[int], Any], times: int) -> list[tuple[float, float]]:
    """Seconds by the clock, and of this process's CPU time, of each of `times` calls."""
    seconds = []
    for number in range(times):
        start, cpu = time.perf_counter(), time.process_time()
        work(number)
        seconds.append((time.perf_counter() - start, time.process_time() - cpu))
    return seconds


def _row(table: Table, what: str, goal: float, ours: list[tuple[float, float]], plain: list[float]) -> None:
    clock = [seconds for seconds, _ in ours]
    p95, other = (statistics.quantiles(seconds, n=20)[-1] for seconds in (clock, plain))
    shown = f"{p95 * 1e3:.1f} ms"
    table.add_row(
        what,
        f"{goal * 1e3:.0f} ms",
        f"{statistics.median(clock) * 1e3:.1f} ms",
        f"[green]{shown}" if p95 <= goal else f"[red]{shown}",
        f"{statistics.median(cpu for _, cpu in ours) * 1e3:.1f} ms",
        f"{other * 1e3:.1f} ms",
        f"{p95 / other:.2f}",
    )


def _commits(
    table: Table, database: Database, plain: Callable[[Board], None], storyboard: str, chance: random.Random
) -> None:
    history = History(database)
    state = [history.head(storyboard)]

    def ours(_: int) -> None:
        head = state[0]
        state[0] = _commit(history, storyboard, _edited(head.board, chance), head.number)

    plain_seconds = _times(lambda _: plain(_edited(state[0].board, chance)), 300)
    _row(table, "commit of one edited scene", 0.010, _measured(ours, 300), plain_seconds)


def _lists(table: Table, database: Database, storyboard: str, conversation: str) -> None:
    history, conversations = History(database), Conversations(database)

    def versions(_: int) -> None:
        (found,) = history.storyboards(conversation=conversation)
        assert len(history.versions(found.storyboard)) == 50

    def plain_versions(_: int) -> None:
        with database.read() as connection:
            query = text("select body from plain where storyboard = :storyboard order by id desc limit 50")
            assert len([json.loads(row.body) for row in connection.execute(query, {"storyboard": storyboard})]) == 50

    _row(table, "a conversation's versions, page of 50", 0.020, _measured(versions, 200), _times(plain_versions, 200))

    def page(_: int) -> None:
        assert len(conversations.list()) == 50

    def plain_page(_: int) -> None:
        with database.read() as connection:
            rows = connection.execute(text("select * from conversations order by updated_at desc")).all()
            assert len(rows[:50]) == 50

    _row(table, "conversations, page of 50", 0.020, _measured(page, 200), _times(plain_page, 200))


def _search(table: Table, database: Database, chance: random.Random) -> None:
    conversations = Conversations(database)
    queries = [" ".join(chance.sample(WORDS, 2)) for _ in range(100)] + [_sentence(chance, 2)[:-1] for _ in range(100)]

    def plain(number: int) -> None:
        wanted = queries[number].split()
        where = " and ".join(f"content like :w{place}" for place in range(len(wanted)))
        with database.read() as connection:
            query = text(f"select id, content from messages where {where} order by id desc limit 20")
            connection.execute(query, {f"w{place}": f"%{word}%" for place, word in enumerate(wanted)}).all()

    ours = _measured(lambda number: conversations.search(queries[number]), len(queries))
    _row(table, "search in the messages", 0.050, ours, _times(plain, len(queries)))


def _size(database: Database) -> int:
    """Bytes in use in the file: pages, less those that are free."""
    with database.read() as connection:
        used = [connection.exec_driver_sql(f"pragma {name}").scalar() for name in ("page_count", "freelist_count")]
        return (used[0] - used[1]) * connection.exec_driver_sql("pragma page_size").scalar()


def _growth(database: Database, plain: Callable[[Board], None], storyboard: str, chance: random.Random) -> None:
    history, times = History(database), 300
    head = history.head(storyboard)
    before = _size(database)
    for _ in range(times):
        board = _edited(head.board, chance)
        head = _commit(history, storyboard, board, head.number)
    ours = (_size(database) - before) / times
    before = _size(database)
    for _ in range(times):
        plain(board)
    whole = (_size(database) - before) / times
    scene = len(json.dumps(board.to_json()["scenes"][0]))
    table = Table(title="What one commit of one edited scene adds to the database")
    for column in ("ours", "one scene as JSON", "ours / one scene", "plain way", "ours / plain way"):
        table.add_column(column, justify="right")
    row = (f"{ours:,.0f} B", f"{scene:,} B", f"{ours / scene:.2f}", f"{whole:,.0f} B", f"{ours / whole:.2f}")
    table.add_row(*row)
    Console().print(table)


def _command_line(home: Path) -> None:
    table = Table(title="Starting the command line (median of 7, in a new process)")
    for column in ("what", "goal", "seconds", "python -c pass", "ratio"):
        table.add_column(column, justify="left" if column == "what" else "right")
    environment = {**os.environ, "TALEBOARD_HOME": str(home)}

    def seconds(*command: str) -> float:
        return statistics.median(
            _times(lambda _: subprocess.run(command, env=environment, check=True, capture_output=True), 7)
        )

    python = seconds(sys.executable, "-c", "pass")
    for arguments, goal in ((["--help"], 0.4), (["boards"], 0.8), (["versions", "latest"], 0.8)):
        took = seconds(sys.executable, "-m", "ui.cli", *arguments)
        shown = f"{took:.2f} s"
        row = ("taleboard " + " ".join(arguments), f"{goal} s", f"[green]{shown}" if took <= goal else f"[red]{shown}")
        table.add_row(*row, f"{python:.2f} s", f"{took / python:.1f}")
    Console().print(table)


def _worker(url: str, name: str, barrier: Any, results: Any) -> None:
    database = open_database(url)
    jobs, claimed = Jobs(database), []
    jobs.counts()
    barrier.wait()
    while held := jobs.claim(name):
        claimed += [job.request for job in held]
        for job in held:
            jobs.finish(job)
    results.put(claimed)
    database.close()


def _claims(database: Database) -> None:
    total, workers = 1_000, 8
    Jobs(database).enqueue("local", [NewJob(str(number), {}) for number in range(total)])
    context = multiprocessing.get_context("spawn")
    barrier, results = context.Barrier(workers + 1), context.Queue()
    url = f"sqlite:///{database.file}"
    processes = [
        context.Process(target=_worker, args=(url, str(number), barrier, results)) for number in range(workers)
    ]
    for process in processes:
        process.start()
    barrier.wait()
    start = time.perf_counter()
    shares = [results.get() for _ in processes]
    seconds = time.perf_counter() - start
    for process in processes:
        process.join()
    claimed = [request for share in shares for request in share]
    twice, lost = len(claimed) - len(set(claimed)), total - len(set(claimed))
    table = Table(title=f"{workers} processes claiming and finishing {total:,} jobs one at a time")
    for column in (
        "claimed twice",
        "lost",
        "smallest and largest share",
        "seconds",
        "jobs a second",
        "fsyncs a second",
    ):
        table.add_column(column, justify="right")
    sizes = sorted(map(len, shares))
    rates = (f"{seconds:.1f}", f"{total / seconds:.0f}", f"{1 / fsync_seconds():.0f}")
    table.add_row(str(twice), str(lost), f"{sizes[0]} and {sizes[-1]}", *rates)
    Console().print(table)


if __name__ == "__main__":
    run()
