"""A language model of the hub is downloaded when a person says so, and then answers."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from agent.errors import SettingsError
from agent.models import chat_model
from tests.agent.hub import serve_hub

ROOT = Path(__file__).parents[2]
NAME = "somebody/tiny-talker"


def fetch(address: str, home: Path, *options: str, said: str = "") -> subprocess.CompletedProcess[str]:
    """Run the command with a hub at this address and a cache of its own."""
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "HF_ENDPOINT": address,
        "HF_HOME": str(home),
        "HF_HUB_OFFLINE": "0",
        "HF_HUB_DISABLE_XET": "1",
    }
    return subprocess.run(
        [sys.executable, "-m", "ui.cli", "fetch", *options],
        input=said,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_it_says_the_size_asks_first_and_then_downloads(byte_folder: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(byte_folder, tmp_path / "model")
    (folder / "pytorch_model.bin").write_bytes(b"may run code")
    with serve_hub(NAME, folder) as (address, asked):
        refused = fetch(address, tmp_path, NAME, said="n\n")
        assert refused.returncode == 1
        assert "to download" in refused.stderr
        assert "of memory" in refused.stderr
        assert asked == []
        done = fetch(address, tmp_path, f"transformers:{NAME}", said="y\n")
        assert done.returncode == 0, done.stderr
        assert "model.safetensors" in asked
        assert "pytorch_model.bin" not in asked
        count = len(asked)
        again = fetch(address, tmp_path, NAME)
        assert "is on this machine" in again.stderr
        assert len(asked) == count


def test_a_model_that_the_hub_does_not_have_is_one_line(byte_folder: Path, tmp_path: Path) -> None:
    with serve_hub(NAME, byte_folder) as (address, _):
        done = fetch(address, tmp_path, "somebody/else", "--yes")
    assert done.returncode == 1
    assert "somebody/else cannot be looked up" in done.stderr
    assert "Traceback" not in done.stderr


def test_nothing_is_downloaded_without_asking() -> None:
    with pytest.raises(SettingsError, match=f"taleboard fetch {NAME}"):
        chat_model(f"transformers:{NAME}")
