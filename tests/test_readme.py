"""Every command that the README shows is run as it stands there; links lead somewhere."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import anyio
import pytest
from mcp.client import Client
from mcp.client.stdio import StdioServerParameters, stdio_client

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.slow
def test_every_command_works(tmp_path: Path) -> None:
    """The blocks marked `sh`, in one home and in their order. Blocks without a mark need a network, a container engine
    or a language model; `make` is tried below."""
    (tmp_path / "agent").symlink_to(ROOT / "agent")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "TALEBOARD_HOME": str(tmp_path / "home"), "PYTHONPATH": str(ROOT)}
    blocks = re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
    assert len(blocks) >= 2
    for line in "".join(blocks).splitlines():
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", line],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            timeout=570,
            check=False,
        )
        assert done.returncode == 0, f"{line}\n{done.stderr}"
    for file in ("lighthouse/storyboard.png", "lighthouse/board.pdf", "fox.png", "tales.zip"):
        assert (tmp_path / file).stat().st_size > 1000


@pytest.mark.parametrize("target", ["run", "test", "check", "lint", "bench", "audit"])
def test_every_make_target_exists(target: str) -> None:
    done = subprocess.run(["make", "--dry-run", target], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.slow
def test_the_set_up_that_other_programs_are_given_starts_a_server_of_tools(tmp_path: Path) -> None:
    """The JSON block for Claude Desktop, with the path of this machine's command in place of the example's."""
    block = re.search(r"```json\n(.*?)```", README, re.DOTALL)
    assert block is not None
    server = json.loads(block[1])["mcpServers"]["taleboard"]
    assert server["command"].endswith("/taleboard")
    command = [sys.executable, "-m", "ui.cli", *server["args"]]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TALEBOARD_HOME": str(tmp_path)}

    async def visit() -> int:
        parameters = StdioServerParameters(command=command[0], args=command[1:], env=environment)
        async with Client(stdio_client(parameters)) as guest:
            return len((await guest.list_tools()).tools)

    assert anyio.run(visit) > 40


@pytest.mark.parametrize(
    "document", ["README.md", "CONTRIBUTING.md", "sd_models/README.md", "sd_models/storybook/README.md"]
)
def test_links_to_files_lead_somewhere(document: str) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")
    links = [link for link in re.findall(r"\]\(([^)#\s]+)", text) if "://" not in link]
    missing = [link for link in links if not ((ROOT / document).parent / link).exists()]
    assert missing == []
