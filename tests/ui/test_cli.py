"""The command line starts at once, lists its commands, and answers mistakes with one line and a status."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from ui.cli import COMMANDS, cli, main

HEAVY = ("torch", "diffusers", "transformers", "langchain", "streamlit", "sqlalchemy")


def run(*arguments: str, said: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "ui.cli", *arguments],
        input=said,
        capture_output=True,
        text=True,
        env={**os.environ, **environment},
        check=False,
        timeout=120,
    )


def test_help_imports_nothing_heavy() -> None:
    script = f"""
import sys
from click.testing import CliRunner
from ui.cli import cli
assert CliRunner().invoke(cli, ["--help"]).exit_code == 0
print([name for name in {HEAVY!r} if name in sys.modules])
"""
    assert subprocess.check_output([sys.executable, "-c", script], text=True).strip() == "[]"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command: str) -> None:
    result = CliRunner().invoke(cli, [command, "--help"])
    assert result.exit_code == 0, result.output
    assert "Usage:" in result.output


def test_bad_arguments_exit_with_2() -> None:
    assert run("boards", "--sideways").returncode == 2
    assert run("fly").returncode == 2


def test_a_failure_is_one_line_without_a_traceback() -> None:
    result = run("boards", TALEBOARD_RENDERER="cloud")
    assert result.returncode == 1
    assert result.stdout == ""
    assert result.stderr.startswith("taleboard: TALEBOARD_RENDERER=cloud: ")
    assert len(result.stderr.splitlines()) == 1


def test_an_engine_that_is_not_there_is_said_before_anything_is_saved(tmp_path: Path) -> None:
    story = tmp_path / "story.txt"
    story.write_text("A fox runs along the beach.")
    result = run("draw", str(story), "--engine", "crayons", "--no-draw")
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr.startswith("taleboard: there is no engine 'crayons': choose from scratch, diffusers")
    assert len(result.stderr.splitlines()) == 1
    assert json.loads(run("boards", "--json").stdout) == []


def test_a_chat_model_that_cannot_be_used_is_said_without_a_traceback() -> None:
    result = run("chat", "--json", said="hello\n", TALEBOARD_LLM="nobody:x")
    (turn,) = map(json.loads, result.stdout.splitlines())
    assert turn["error"].startswith("TALEBOARD_LLM=nobody:x cannot be used")
    assert result.stderr == ""


def test_a_mistake_of_ours_is_one_line_too(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setitem(COMMANDS, "boards", ("ui.commands.boards:nothing_of_the_sort", ""))
    monkeypatch.setattr(sys, "argv", ["taleboard", "boards"])
    with pytest.raises(SystemExit, match="1"):
        main()
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("taleboard: a mistake in the program: AttributeError")


def test_doctor_prints_nothing_but_json() -> None:
    result = run("doctor", "--json")
    report = json.loads(result.stdout)
    assert {"python", "device", "disk", "model"} <= {finding["name"] for finding in report["findings"]}
    assert report["settings"]["TALEBOARD_ENGINE"] == "scratch"


def test_doctor_names_what_is_broken_and_the_remedy() -> None:
    result = run("doctor", "--json", TALEBOARD_MODEL=os.path.dirname(__file__))
    finding = next(item for item in json.loads(result.stdout)["findings"] if item["name"] == "model")
    assert finding["status"] == "error"
    assert finding["remedy"]
    assert result.returncode == 1


@pytest.mark.slow
@pytest.mark.parametrize(
    ("variable", "value", "name", "why"),
    [
        ("TALEBOARD_BLOBS", "nonsense://pictures", "pictures", "TALEBOARD_BLOBS=nonsense://pictures cannot be used"),
        ("TALEBOARD_DATABASE_URL", "postgresql://ann@127.0.0.1:1/none", "database", "cannot be reached"),
    ],
)
def test_doctor_names_a_place_that_cannot_be_used(variable: str, value: str, name: str, why: str) -> None:
    result = run("doctor", "--json", **{variable: value})
    finding = next(item for item in json.loads(result.stdout)["findings"] if item["name"] == name)
    assert (result.returncode, finding["status"]) == (1, "error")
    assert why in finding["value"]
    assert finding["remedy"]


def test_models_are_listed_added_and_removed(own_home: Path) -> None:
    assert run("models", "add", "someone/some-model").returncode == 0
    assert run("models").stdout.splitlines() == ["storybook (in force)", "storybook-fast", "someone/some-model"]
    assert run("models", "remove", "someone/some-model").returncode == 0
    listed = json.loads(run("models", "--json").stdout)
    assert [entry["model"] for entry in listed] == ["storybook", "storybook-fast"]
    refused = run("models", "remove", "storybook")
    assert (refused.returncode, refused.stderr) == (1, "taleboard: storybook comes with Taleboard and stays\n")
