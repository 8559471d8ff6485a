"""The whole journey through the commands that people type: a story in, its board drawn, edits by conversation, undo, a
branch, old versions, every export, restarts. With each engine, with a language model, and on PostgreSQL with two
workers."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest

from agent.exports.formats import FORMATS
from tests.agent.llm_server import Say, call, serve
from tests.postgresql import postgresql_database

STORY = """The Lantern

Anna was a girl in a red coat. One evening she found a small grey cat in the forest. The cat was cold and hungry.

In the morning they walked to the harbour together. The sea was blue and the sun was bright. "I will call you Smoke,"
said Anna.

That night it began to rain. Anna lit a lantern in the kitchen, and the cat fell asleep beside the fire.
"""

EDITS = {
    "make scene 2 night": call("edit_scenes", scenes=[2], time="night"),
    "Anna wears a yellow scarf from scene 2 on": call(
        "describe_character", character="Anna", description="a yellow scarf", from_scene=2
    ),
    "redraw 1 closer": call("edit_scenes", scenes=[1], shot="close-up"),
    "swap 1 and 2": call("swap_scenes", first=1, second=2),
    "make everything watercolour": call("set_style", style="watercolour"),
}
TURNS = {
    "3 panels please": call("new_story", scenes=3),
    **EDITS,
    "undo": call("undo"),
    "branch from version 4": call("branch", version=4),
    "make scene 3 dawn": call("edit_scenes", scenes=[3], time="dawn"),
    "compare 1 and 2": call("compare_versions", first=1, second=2),
    "redraw 3": call("redraw", scenes=[3]),
}
"""What is said on the way, and the call that a good language model answers it with."""


class Journey:
    """A person at a command line: a home of their own, and what the commands answer."""

    def __init__(self, home: Path, **environment: str) -> None:
        self.home = home
        self.environment = {**os.environ, "TALEBOARD_HOME": str(home), "OMP_NUM_THREADS": "1", **environment}
        self.conversation = ""

    def run(self, *arguments: str, said: str = "") -> str:
        done = subprocess.run(
            [sys.executable, "-m", "ui.cli", *arguments],
            input=said,
            capture_output=True,
            text=True,
            env=self.environment,
            timeout=570,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def read(self, *arguments: str) -> Any:
        return json.loads(self.run(*arguments, "--json"))

    def say(self, *turns: str) -> list[dict[str, Any]]:
        """Turns of one `taleboard chat`; the next call is a restart of the program that goes on."""
        goes_on = ["--conversation", self.conversation] if self.conversation else []
        answers = [
            json.loads(line) for line in self.run("chat", "--json", *goes_on, said="\n".join(turns) + "\n").splitlines()
        ]
        assert len(answers) == len(turns)
        for answer in answers:
            assert answer["error"] is None, answer
        self.conversation = answers[-1]["conversation"]
        return answers

    @contextmanager
    def worker(self) -> Iterator[None]:
        process = subprocess.Popen(
            [sys.executable, "-m", "ui.cli", "worker"],
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            yield
        finally:
            process.terminate()
            assert process.wait(timeout=120) == 0


def images(board: dict[str, Any]) -> dict[str, str]:
    return {scene["id"]: scene["image"] for scene in board["scenes"]}


def travel(journey: Journey, story: Path, out: Path) -> None:
    """All of it. Every picture that an answer shows must be there."""
    begun = journey.say(f"@{story} 3 panels please")[0]
    first, storyboard = begun["board"], begun["board"]["storyboard"]
    assert [scene["position"] for scene in first["scenes"]] == [1, 2, 3]
    assert all(images(first).values())

    edited = journey.say(*EDITS)
    for before, after in zip([begun, *edited], edited, strict=False):
        assert after["version"]["parent"] == before["board"]["version"]
        assert all(images(after["board"]).values())
    assert [change["position"] for change in edited[0]["changed"]] == [2]
    second = edited[0]["board"]
    assert [scene for scene in images(first) if images(first)[scene] != images(second)[scene]] == ["s2"]

    undone = journey.say("undo")[0]
    assert images(undone["board"]) == images(edited[-2]["board"])

    branched, changed, compared = journey.say("branch from version 4", "make scene 3 dawn", "compare 1 and 2")
    branch = branched["board"]["storyboard"]
    assert branch != storyboard
    assert images(branched["board"]) == images(edited[2]["board"])
    assert changed["version"] == {"number": 2, "parent": 1}
    assert [change["position"] for change in changed["changed"]] == [3]
    assert compared["version"] is None
    assert [tool["name"] for tool in compared["tools"]] == ["compare_versions"]
    assert {board["storyboard"]: board["versions"] for board in journey.read("boards")} == {storyboard: 6, branch: 2}
    assert journey.read("show", storyboard) == undone["board"], "the branch left its origin alone"

    versions = journey.read("versions", storyboard)
    assert [version["number"] for version in versions] == [6, 5, 4, 3, 2, 1]
    difference = journey.read("diff", storyboard, "1", "2")
    assert [change["scene"] for change in difference["changed"]] == ["s2"]
    assert journey.read("diff", branch, "1", "2")["changed"][0]["fields"]["time"][1] == "dawn"

    restored = journey.read("restore", storyboard, "1")
    assert images(restored) == images(first)
    assert restored["version"] == 7

    out.mkdir()
    for format, ending in FORMATS.items():
        file = out / f"board-{format}{ending}"
        journey.run("export", storyboard, "--format", format, "-o", str(file))
        assert file.stat().st_size > 100
    again = journey.read("import", str(out / "board-zip.zip"))
    assert images(again) == images(first)

    went_on = journey.say("redraw 3")[0]
    assert went_on["board"]["storyboard"] == branch
    assert went_on["version"] == {"number": 3, "parent": 2}
    assert [change["position"] for change in went_on["changed"]] == [3]
    assert journey.read("show", f"{storyboard}@7") == restored
    assert journey.run("db", "check")


@pytest.fixture
def story(tmp_path: Path) -> Path:
    file = tmp_path / "lantern.txt"
    file.write_text(STORY, encoding="utf-8")
    return file


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["scratch", "diffusers"])
def test_with_each_engine(engine: str, story: Path, tmp_path: Path) -> None:
    travel(Journey(tmp_path / "home", TALEBOARD_ENGINE=engine), story, tmp_path / "out")


@pytest.mark.slow
@pytest.mark.postgres
def test_on_postgresql_with_two_workers(story: Path, tmp_path: Path) -> None:
    with postgresql_database() as database, ExitStack() as workers:
        url = database.render_as_string(hide_password=False)
        journey = Journey(tmp_path / "home", TALEBOARD_DATABASE_URL=url, TALEBOARD_RENDERER="queue")
        journey.run("db", "upgrade")
        for _ in range(2):
            workers.enter_context(journey.worker())
        travel(journey, story, tmp_path / "out")


@pytest.mark.slow
def test_with_a_language_model(story: Path, tmp_path: Path) -> None:
    """The model says what a good one would; the tools, the versions and the receipts are the same."""
    script = [said for tool_call in TURNS.values() for said in (Say(calls=(tool_call,)), Say("Here you are."))]
    with serve(script) as server:
        journey = Journey(
            tmp_path / "home",
            TALEBOARD_LLM="openai:a-model",
            TALEBOARD_READER="parser",  # the model's script has no answers to a reader's questions
            OPENAI_BASE_URL=server.url,
            OPENAI_API_KEY="none",
        )
        travel(journey, story, tmp_path / "out")
