"""The command line starts at once, lists its commands, and answers mistakes with one line and a status."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from click.testing import CliRunner

from ui.cli import COMMANDS, cli

HEAVY = ("torch", "diffusers", "transformers", "langchain", "streamlit", "sqlalchemy")


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "ui.cli", *arguments],
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
