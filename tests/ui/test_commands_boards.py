"""`taleboard boards`, `versions`, `show`, `diff`, `restore` and `db`, as a person or a script runs them."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from db.blobs import Blobs
from db.board import Board
from db.conversations import Conversations
from db.database import open_database
from db.history import History
from db.pictures import Pictures
from tests.db.examples import BOARD, requests_of
from tests.db.written import commit
from ui.cli import main

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command; returns its exit status, standard output and standard error."""

    def run_(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["taleboard", *arguments])
        status = 0
        try:
            main()
        except SystemExit as leave:
            status = int(leave.code or 0)
        told = capsys.readouterr()
        return status, told.out, told.err

    return run_


@pytest.fixture
def storyboard(own_home: Path) -> str:
    """The lantern keeper, made at version 1 and brought to night at version 2, half of its pictures drawn."""
    database = open_database(f"sqlite:///{own_home / 'taleboard.db'}")
    history = History(database)
    conversation = Conversations(database).create("Lantern").id
    first = history.create(
        BOARD, requests=requests_of(BOARD), conversation=conversation, message="[b]story[/b]", summary="4 scenes"
    )
    pictures = Pictures(database, Blobs((own_home / "images").as_uri()))
    pictures.add_drawn(first.requests["s1"], b"one")
    pictures.add_drawn(first.requests["s2"], b"two")
    s1, s2, _, s4 = BOARD.scenes
    night = replace(s2, prompt="wide shot, sentence 2, at night, watercolor", time="night")
    board = replace(BOARD, title="Night", scenes=(night, s1, s4))
    commit(history, first.storyboard, board, parent=1, requests=requests_of(board), message="make 2 night")
    database.close()
    return first.storyboard


def test_boards_lists_them_newest_first(run: Run, storyboard: str) -> None:
    status, out, err = run("boards", "--json")
    assert (status, err) == (0, "")
    (found,) = json.loads(out)
    assert list(found) == ["storyboard", "title", "conversation", "versions", "updated_at"]
    assert (found["storyboard"], found["title"], found["versions"]) == (storyboard, "Night", 2)
    status, out, _ = run("boards")
    assert storyboard in out
    assert "Night" in out


def test_boards_says_how_to_make_the_first_one(run: Run) -> None:
    assert run("boards") == (
        0,
        "No storyboards yet: make one with `taleboard draw STORY`, or in the chat app.\n",
        "",
    )
    assert run("boards", "--json")[1] == "[]\n"


def test_versions_lists_who_came_of_whom(run: Run, storyboard: str) -> None:
    found = json.loads(run("versions", storyboard[:6], "--json")[1])
    assert [list(version) for version in found] == [["number", "parent", "message", "summary", "created_at"]] * 2
    assert [(version["number"], version["parent"]) for version in found] == [(2, 1), (1, None)]
    assert "[b]story[/b]" in run("versions", "latest")[1]


def test_scripts_are_told_of_everything_and_people_of_the_newest(run: Run, own_home: Path) -> None:
    database = open_database(f"sqlite:///{own_home / 'taleboard.db'}")
    history = History(database)
    for number in range(51):
        storyboard = history.create(BOARD).storyboard
        if number == 50:
            for parent in range(1, 52):
                commit(history, storyboard, BOARD, parent=parent)
    database.close()
    for arguments, there in ((["boards"], 51), (["versions", "latest"], 52)):
        assert len(json.loads(run(*arguments, "--json")[1])) == there
        assert len(json.loads(run(*arguments, "--json", "--limit", "3")[1])) == 3
        assert run(*arguments)[::2] == (0, "These are the newest 50; --limit 100 shows more.\n")
        assert run(*arguments, "--limit", str(there))[::2] == (0, "")


def test_show_prints_board_json(run: Run, storyboard: str) -> None:
    value = json.loads(run("show", storyboard, "--json")[1])
    assert (value["storyboard"], value["version"], value["parent"], value["title"]) == (storyboard, 2, 1, "Night")
    assert [(scene["id"], scene["position"]) for scene in value["scenes"]] == [("s2", 1), ("s1", 2), ("s4", 3)]
    older = json.loads(run("show", "latest@1", "--json")[1])
    assert Board.from_json(older) == BOARD
    assert older["scenes"][0]["image"] == value["scenes"][1]["image"]
    assert older["scenes"][2]["image"] is None
    shown = run("show", "latest")[1]
    assert value["scenes"][1]["image"][:12] in shown
    assert "pending" in shown


def test_diff_has_the_form_that_scripts_rely_on(run: Run, storyboard: str) -> None:
    value: dict[str, Any] = json.loads(run("diff", storyboard, "1", "2", "--json")[1])
    changed = {change["scene"]: change["fields"] for change in value.pop("changed")}
    assert value == {
        "from": 1,
        "to": 2,
        "added": [],
        "removed": ["s3"],
        "moved": [{"scene": "s2", "from": 2, "to": 1}],
        "characters": [],
        "board": {"title": ["The Lantern Keeper", "Night"]},
    }
    assert changed.keys() == {"s2"}
    assert changed["s2"].keys() == {"prompt", "time", "image"}
    assert changed["s2"]["time"] == ["", "night"]


def test_diff_tells_a_person_what_happened(run: Run, storyboard: str) -> None:
    out = run("diff", "latest", "1", "2")[1]
    assert "version 1 → 2" in out
    assert "1 removed, 1 moved, 1 restyled, 1 redrawn, 2 untouched" in out
    assert "Scene 2  moved from 2 to 1, restyled, redrawn" in out
    assert "prompt: wide shot, sentence 2, {+at night, +}watercolor" in out
    assert "time: none → night" in out
    assert "→ pending" in out
    assert "Scene 3  removed, was 3" in out
    assert run("diff", "latest", "2", "2")[1].endswith("Nothing changed.\n")


def test_restore_makes_an_old_version_the_newest(run: Run, storyboard: str) -> None:
    assert run("restore", storyboard, "1") == (0, "Version 3 is version 1 again; 2 is kept.\n", "")
    value = json.loads(run("show", storyboard, "--json")[1])
    assert (value["version"], value["parent"]) == (3, 2)
    assert Board.from_json(value) == BOARD
    assert value["scenes"][0]["image"] is not None
    assert json.loads(run("restore", storyboard, "2", "--json")[1])["version"] == 4


@pytest.mark.parametrize(
    ("arguments", "status", "why"),
    [
        (["show", "nope"], 1, "there is no storyboard 'nope'"),
        (["versions", ""], 1, "there is no storyboard ''"),
        (["show", "latest@9"], 1, "has no version 9"),
        (["diff", "latest", "1", "9"], 1, "has no version 9"),
        (["restore", "latest", "9"], 1, "has no version 9"),
        (["show", "latest@x"], 2, "'x' is not the number of a version"),
        (["show", "latest@0"], 2, "'0' is not the number of a version"),
        (["diff", "latest", "1"], 2, "Missing argument 'B'"),
        (["boards", "--nonsense"], 2, "No such option"),
        (["db", "nonsense"], 2, "No such command"),
        (["db", "restore", "nowhere.zip"], 1, "nowhere.zip is not there"),
    ],
)
def test_mistakes_are_answered_in_one_line(
    run: Run, storyboard: str, arguments: list[str], status: int, why: str
) -> None:
    found, out, err = run(*arguments)
    assert (found, out) == (status, "")
    assert why in err
    assert "Traceback" not in err
    assert status == 2 or err.count("\n") == 1


def test_latest_of_nothing_is_answered_in_one_line(run: Run) -> None:
    assert run("show", "latest") == (
        1,
        "",
        "taleboard: there is no storyboard yet: make one with `taleboard draw STORY`\n",
    )


def test_text_from_stories_is_never_markup_or_control(run: Run, own_home: Path) -> None:
    nasty = "[red]x[/red] \x1b[2J\x07 [link=file:///etc]y[/link] \u202etxt"
    database = open_database(f"sqlite:///{own_home / 'taleboard.db'}")
    history = History(database)
    first = history.create(replace(BOARD, title=nasty), message=nasty)
    scenes = (replace(BOARD.scenes[0], title=nasty, prompt=nasty),)
    commit(history, first.storyboard, replace(BOARD, title=nasty, scenes=scenes), parent=1, summary=nasty)
    database.close()
    for arguments in (["boards"], ["versions", "latest"], ["show", "latest"], ["diff", "latest", "1", "2"]):
        out = run(*arguments)[1]
        assert "[red]x[/red]" in out
        assert not set(out) & set("\x1b\x07\u202e")


def test_db_looks_after_the_data(run: Run, storyboard: str, own_home: Path, tmp_path: Path) -> None:
    assert run("db", "upgrade")[1].endswith("is up to date (0002).\n")
    status, out, err = run("db", "check")
    assert (status, out) == (0, "Everything is whole.\n")
    assert "checking pictures" in err
    backup = tmp_path / "backup.zip"
    status, out, err = run("db", "backup", str(backup))
    assert (status, out.endswith("rows and 2 pictures.\n")) == (0, True)
    assert err == "writing tables\nwriting pictures\n"
    before = run("show", storyboard, "--json")[1]

    run("restore", storyboard, "1")
    status, out, err = run("db", "restore", str(backup))
    assert (status, out.startswith("Restored ")) == (0, True)
    assert err == "restoring pictures\nrestoring tables\n"
    assert run("show", storyboard, "--json")[1] == before
    assert len(list((own_home / "backups").iterdir())) == 1

    status, out, err = run("db", "gc", "--days", "0")
    assert (status, out.startswith("Removed 0 pictures")) == (0, True)
    steps = ["what is named", "what is named again", "pictures", "files"]
    assert err.splitlines() == [f"looking at {step}" for step in steps]
    picture = next((own_home / "images").glob("*/*"))
    picture.write_bytes(b"damaged")
    status, out, err = run("db", "check")
    assert (status, picture.name in out) == (1, True)
    assert "1 thing is wrong" in err


def test_the_command_line_starts_without_what_is_heavy(storyboard: str) -> None:
    """Not timed: it imports none of what would make it slow."""
    code = (
        "import sys; from ui.cli import main; sys.argv = ['taleboard', 'boards']; main(); "
        "print([name for name in ('torch', 'langchain', 'langchain_core', 'langgraph', 'streamlit', 'transformers', "
        "'diffusers', 'PIL', 'numpy', 'alembic', 'fsspec') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
