"""A file is whole or not there, and nothing else of the process changes for it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from db.files import whole_file


def write(file: Path, data: bytes) -> None:
    with whole_file(file) as part:
        part.write_bytes(data)


def test_a_failure_leaves_the_old_file_and_nothing_beside_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "fox.png"
    write(file, b"old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write(file, b"new")
    assert file.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["fox.png"]


def test_a_new_file_may_be_read_by_whoever_the_processs_umask_lets(tmp_path: Path) -> None:
    script = "import os, sys, pathlib; os.umask(0o027); from tests.db.test_files import write; "
    script += "real = os.umask; os.umask = None; write(pathlib.Path(sys.argv[1]), b'x'); real(0)"
    subprocess.run([sys.executable, "-c", script, str(tmp_path / "x")], check=True)
    assert (tmp_path / "x").stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("name", ["a" * 250 + ".pdf", "\u72d0" * 80 + ".pdf", "plain"])
def test_names_of_any_length_that_the_file_system_takes(tmp_path: Path, name: str) -> None:
    write(tmp_path / name, b"x")
    assert os.listdir(tmp_path) == [name]
