"""What is installed is pinned, its licences are listed, and known weaknesses are looked up where that can be done."""

from __future__ import annotations

import importlib.metadata as metadata
import json
import os
import re
import subprocess
import sys
import threading
import tomllib
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PROJECT = PYPROJECT["project"]
PINNED = {
    canonicalize_name(name): version
    for name, _, version in (line.partition("==") for line in (ROOT / "requirements.lock").read_text().splitlines())
}


def needed() -> set[str]:
    """Every package that an installation with all optional parts brings, as the installed packages themselves say."""
    asked = [*PROJECT["dependencies"], *(line for lines in PROJECT["optional-dependencies"].values() for line in lines)]
    waiting = [Requirement(line) for line in asked if not line.startswith("taleboard[")]
    found: set[tuple[str, frozenset[str]]] = set()
    while waiting:
        wanted = waiting.pop()
        name, extras = canonicalize_name(wanted.name), frozenset({"", *wanted.extras})
        if (name, extras) not in found:
            found.add((name, extras))
            inner = map(Requirement, metadata.requires(name) or ())
            waiting += [r for r in inner if not r.marker or any(r.marker.evaluate({"extra": e}) for e in extras)]
    return {name for name, _ in found} - {"pip"}


def test_every_package_is_pinned_and_nothing_else_is() -> None:
    installed = {canonicalize_name(package.name): package.version for package in metadata.distributions()}
    other = {name for name, version in PINNED.items() if installed.get(name, "").partition("+")[0] != version}
    if other:
        pytest.skip(f"this environment has other versions than the pinned ones: {', '.join(sorted(other))}")
    assert needed() == set(PINNED)


def test_every_package_runs_on_the_oldest_python_that_is_promised() -> None:
    """Debian's Python 3.11 is 3.11.2, where a lock made with a newer one may ask for what cannot be installed."""
    oldest = PROJECT["requires-python"].removeprefix(">=") + ".0"
    asked = {package.name: package.metadata["Requires-Python"] for package in metadata.distributions()}
    assert {name: asks for name, asks in asked.items() if asks and oldest not in SpecifierSet(asks)} == {}


def test_no_library_reports_home() -> None:
    """Asked of the libraries themselves, after the command line has started."""
    code = (
        "import contextlib, sys, ui.cli\n"
        "sys.argv = ['taleboard', '--version']\n"
        "with contextlib.suppress(SystemExit):\n"
        "    ui.cli.main()\n"
        "from huggingface_hub import constants\n"
        "from ray._common.usage import usage_lib\n"
        "print(constants.HF_HUB_DISABLE_TELEMETRY, usage_lib.usage_stats_enabled())\n"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT).stdout
    assert said.splitlines()[-1] == "True False"
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert config["browser"]["gatherUsageStats"] is False


def test_what_builds_the_package_is_pinned_alike() -> None:
    (build,) = PYPROJECT["build-system"]["requires"]
    assert build == f"setuptools=={PINNED['setuptools']}"


def test_the_licence_of_every_pinned_package_is_listed() -> None:
    rows = re.findall(r"^\| (\S+) \| (\S+) \| (.+) \|$", (ROOT / "NOTICE.md").read_text(encoding="utf-8"), re.MULTILINE)
    listed = {canonicalize_name(name): version for name, version, licence in rows if licence.strip("- ")}
    del listed["package"]
    assert listed == PINNED


# Known weaknesses


class Advisories(BaseHTTPRequestHandler):
    """An index that knows one weakness, of version 1.0 of the package `leaky`."""

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        package = asked["package"]
        ranges = [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "1.1"}]}]
        weakness = {"id": "TEST-1", "summary": "leaks", "affected": [{"package": package, "ranges": ranges}]}
        answer = json.dumps({"vulns": [weakness]} if (package["name"], asked["version"]) == ("leaky", "1.0") else {})
        self.send_response(200)
        self.end_headers()
        self.wfile.write(answer.encode())

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def index() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Advisories)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/v1/query"
    server.shutdown()
    server.server_close()


def audit(lock: Path, index: str) -> tuple[int, str]:
    service = {"PIP_AUDIT_VULNERABILITY_SERVICE": "osv", "PIP_AUDIT_OSV_URL": index}
    done = subprocess.run(
        [sys.executable, ROOT / ".ci" / "audit", lock],
        capture_output=True,
        text=True,
        env={**os.environ, **service},
        check=False,
        timeout=120,
    )
    assert done.stderr == ""
    return done.returncode, done.stdout


@pytest.mark.parametrize(
    ("version", "status", "said"),
    [
        ("1.0", 1, "leaky 1.0: TEST-1, mended in 1.1\n2 of 2 pinned packages were looked up: 1 known weaknesses.\n"),
        ("1.1", 0, "2 of 2 pinned packages were looked up: 0 known weaknesses.\n"),
    ],
)
def test_a_known_weakness_is_named(index: str, tmp_path: Path, version: str, status: int, said: str) -> None:
    lock = tmp_path / "requirements.lock"
    lock.write_text(f"leaky=={version}\nsound==2.0\n")
    assert audit(lock, index) == (status, said)


def test_an_index_that_cannot_be_reached_is_not_called_free_of_weaknesses(tmp_path: Path) -> None:
    lock = tmp_path / "requirements.lock"
    lock.write_text("leaky==1.0\n")
    status, said = audit(lock, "http://127.0.0.1:1/v1/query")
    assert status == 0
    assert said.startswith("Nothing was audited: no list of known weaknesses could be reached (")
