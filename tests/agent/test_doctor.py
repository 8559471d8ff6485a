"""What doctor says of a machine that lacks something, and that it leaves everything as it was."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import torch
from huggingface_hub import constants
from sqlalchemy import text

from agent import doctor
from agent.doctor import Finding, examine
from agent.exports import fonts
from agent.settings import Settings, load_settings
from db.database import open_database
from tests.children import in_a_child, nobody

ROOT = Path(__file__).parents[2]


def find(name: str, look: Callable[[Settings], Iterator[Finding]]) -> Finding:
    """What one examination says of one thing."""
    (finding,) = (finding for finding in look(load_settings()) if finding.name == name)
    return finding


@pytest.fixture
def small_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """An old CPU and nothing else to compute with."""
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: False)
    monkeypatch.setattr(torch.cpu, "_is_avx512_bf16_supported", lambda: False)


@pytest.mark.usefixtures("small_machine")
def test_what_is_slow_is_named_where_it_matters(monkeypatch: pytest.MonkeyPatch) -> None:
    assert find("device", doctor._machine).value.endswith("(cpu), no GPU")
    assert find("bfloat16", doctor._machine) == Finding("bfloat16", "note", "not native (no AVX512-BF16)")
    assert find("device", doctor._machine).remedy == "", "the shipped model needs neither"
    monkeypatch.setenv("TALEBOARD_MODEL", "somebody/stable-diffusion")
    assert find("device", doctor._machine).remedy == "full-size models draw much faster on a GPU"
    assert (
        find("bfloat16", doctor._machine).remedy
        == "full-size models draw faster on a CPU that has it, or on a newer GPU"
    )


@pytest.mark.parametrize(("name", "remedy"), [("disk", "TALEBOARD_HOME"), ("memory", "close other programs")])
def test_what_runs_low_is_named_with_the_remedy(monkeypatch: pytest.MonkeyPatch, name: str, remedy: str) -> None:
    look = {"disk": doctor._disk, "memory": doctor._machine}[name]
    enough = find(name, look)
    assert (enough.status, enough.remedy) == ("ok", "")
    monkeypatch.setitem(doctor.NEEDED_GIB, name, 2**30)
    low = find(name, look)
    assert low.status == "warning"
    assert re.match(r"\d+\.\d GiB free", low.value)
    assert remedy in low.remedy


def test_scripts_without_a_font_are_named(tmp_path: Path) -> None:
    def look() -> None:
        fonts.FOLDERS = (str(tmp_path),)
        fonts._fonts_for.cache_clear()
        fonts._font_files.cache_clear()
        found = find("fonts", doctor._fonts)
        assert (found.status, found.value) == ("note", "none for Chinese, Japanese, Korean, Arabic, Hebrew, emoji")
        assert "Noto fonts" in found.remedy

    assert in_a_child(look) == "done"


def test_a_model_of_the_hub_is_downloaded_or_not(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path))
    monkeypatch.setenv("TALEBOARD_MODEL", "somebody/paints")
    missing = find("model", doctor._model)
    assert (missing.status, missing.value) == ("note", "somebody/paints (on the hub, not downloaded yet)")
    assert "internet" in missing.remedy
    snapshot = tmp_path / "models--somebody--paints" / "snapshots" / "1234"
    snapshot.mkdir(parents=True)
    (snapshot / "model_index.json").write_text("{}")
    (snapshot.parents[1] / "refs").mkdir()
    (snapshot.parents[1] / "refs" / "main").write_text("1234")
    downloaded = find("model", doctor._model)
    assert (downloaded.status, downloaded.value) == ("note", "somebody/paints (downloaded, not tried)")


def test_the_shipped_model_is_ok_when_it_drew() -> None:
    found = find("model", doctor._model)
    assert found.status == "ok"
    assert found.value.endswith("drew a picture")


def test_of_weights_that_are_there_and_were_not_tried_nothing_more_is_said(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "mine.safetensors"
    file.write_bytes(b"no weights")
    monkeypatch.setenv("TALEBOARD_MODEL", str(file))
    found = find("model", doctor._model)
    assert found.status == "note"
    assert "not tried" in found.value
    assert "taleboard generate" in found.remedy


@pytest.mark.parametrize(
    ("variable", "value", "name", "why"),
    [
        ("MODEL", "/no/such/model", "model", "/no/such/model is not there"),
        ("ENGINE", "crayons", "model", "there is no engine 'crayons': choose from scratch, diffusers"),
        ("LLM", "transformers:/no/such/model", "language model", "/no/such/model is not there"),
        ("LLM", "nobody:x", "language model", "TALEBOARD_LLM=nobody:x cannot be used"),
        pytest.param("LLM", "openai:x", "language model", "OPENAI_API_KEY", marks=pytest.mark.slow),
        ("SUMMARIZER", "/no/such/model", "summarizer", "/no/such/model is not there"),
    ],
)
def test_a_model_that_cannot_be_had_is_an_error(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str, name: str, why: str
) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    monkeypatch.setenv(f"TALEBOARD_{variable}", value)
    found = find(name, doctor._model if name == "model" else doctor._language_models)
    assert found.status == "error"
    assert why in found.value
    assert found.remedy


@pytest.mark.parametrize(
    ("extra", "module", "variable", "value"),
    [
        ("postgres", "psycopg", "DATABASE_URL", "postgresql://ann@127.0.0.1:1/tales"),
        ("ray", "ray", "RENDERER", "ray"),
        ("llm", "langchain_openai", "LLM", "openai:a-model"),
    ],
)
def test_an_extra_is_missing_only_where_it_is_needed(
    monkeypatch: pytest.MonkeyPatch, extra: str, module: str, variable: str, value: str
) -> None:
    spec = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == module else spec(name))
    assert extra not in [finding.name.removeprefix("extra ") for finding in doctor._extras(load_settings())]
    monkeypatch.setenv(f"TALEBOARD_{variable}", value)
    found = find(f"extra {extra}", doctor._extras)
    assert (found.status, found.value) == ("error", f"{module} is missing")
    command = shlex.split(found.remedy)
    assert command[:4] == [sys.executable, "-m", "pip", "install"]
    assert command[4:] == ["--constraint", str(ROOT / "requirements.lock"), "--editable", f"{ROOT}[{extra}]"]


def test_the_remedy_for_a_missing_extra_is_a_command_that_pip_takes(tmp_path: Path) -> None:
    """As it is printed, but told to install nothing, to ask no index, and to report what it would have installed."""
    report = tmp_path / "report"
    looks_only = ["--dry-run", "--no-deps", "--no-index", "--no-build-isolation", "--report", str(report)]
    command = [*shlex.split(doctor._install("llm")), *looks_only]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr
    assert "does not provide the extra" not in done.stderr
    (would,) = json.loads(report.read_text())["install"]
    assert would["metadata"]["name"] == "taleboard"
    assert would.get("requested_extras", ["llm"]) == ["llm"]  # the pip of Python 3.11.2 does not report them


def test_without_a_checkout_the_remedy_still_names_the_lock(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(doctor, "__file__", str(tmp_path / "agent" / "doctor.py"))
    assert "--constraint requirements.lock" in doctor._install("llm")


# Places


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder that others may reach, unlike pytest's own."""
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        yield Path(folder)
        os.chmod(folder, 0o755)


@pytest.mark.parametrize("mode", [0o555, 0o000])
@pytest.mark.parametrize(("elsewhere", "status"), [(False, "error"), (True, "warning")])
def test_a_home_that_may_not_be_written(
    monkeypatch: pytest.MonkeyPatch, place: Path, mode: int, elsewhere: bool, status: str
) -> None:
    """A warning only, where the database and the pictures are elsewhere."""
    monkeypatch.setattr(doctor, "EXAMINATIONS", (doctor._disk,))
    monkeypatch.setenv("TALEBOARD_HOME", f"{place}/home")
    if elsewhere:
        monkeypatch.setenv("TALEBOARD_DATABASE_URL", "postgresql://ann@database/tales")
        monkeypatch.setenv("TALEBOARD_BLOBS", "s3://tales")
    os.chmod(place, mode)

    def look() -> None:
        found, _ = examine(load_settings())
        why = f"nothing can be kept in {place}: Permission denied"
        assert found == Finding("home", status, why, "set TALEBOARD_HOME to a folder that may be written")

    assert in_a_child(look, nobody) == "done"


def test_pictures_and_a_database_that_may_only_be_read(monkeypatch: pytest.MonkeyPatch, place: Path) -> None:
    monkeypatch.setattr(doctor, "EXAMINATIONS", (doctor._database, doctor._pictures))
    monkeypatch.setenv("TALEBOARD_HOME", str(place))
    open_database(f"sqlite:///{place / 'taleboard.db'}").close()
    (place / "images").mkdir()
    assert [finding.status for finding in examine(load_settings())] == ["ok", "ok"]
    assert sorted(path.name for path in place.rglob("*")) == ["images", "taleboard.db"], "nothing was left behind"
    (place / "images").chmod(0o555)
    (place / "taleboard.db").chmod(0o444)

    def look() -> None:
        database, pictures = examine(load_settings())
        assert (database.status, pictures.status) == ("error", "error")
        assert "may not be written" in database.value
        assert pictures.value == f"pictures cannot be kept in file://{place}/images: Permission denied"
        assert database.remedy
        assert pictures.remedy

    assert in_a_child(look, nobody) == "done"


def test_a_place_for_pictures_elsewhere_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    import fsspec

    monkeypatch.setenv("TALEBOARD_BLOBS", "memory://doctors-pictures")
    assert find("pictures", doctor._pictures) == Finding("pictures", "ok", "memory://doctors-pictures")
    memory = fsspec.filesystem("memory")
    assert memory.find("/doctors-pictures") == [], "what was tried is gone again"

    def refuse(*arguments: object, **options: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(type(memory), "pipe_file", refuse)
    found = find("pictures", doctor._pictures)
    assert found.status == "error"
    assert "memory://doctors-pictures: Permission denied" in found.value


@pytest.mark.parametrize(
    ("revision", "status", "why"), [("0000", "note", "to be upgraded"), ("9999", "error", "newer Taleboard")]
)
def test_another_revisions_database_is_left_alone(
    own_home: Path, monkeypatch: pytest.MonkeyPatch, revision: str, status: str, why: str
) -> None:
    monkeypatch.setattr("db.database.revisions", lambda: ["0000", "0001"])
    database = open_database(f"sqlite:///{own_home / 'taleboard.db'}")
    with database.write() as connection:
        connection.execute(text("update alembic_version set version_num = :revision"), {"revision": revision})
    found = find("database", doctor._database)
    assert found.status == status
    assert why in found.value
    assert found.remedy
    assert database.revision() == revision
    database.close()
