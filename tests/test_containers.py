"""What can be proved of the containers without a container engine."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

DOCKER = Path(__file__).parents[1] / "docker"


def compose(name: str) -> dict[str, Any]:
    value = yaml.safe_load((DOCKER / name).read_text(encoding="utf-8"))
    assert isinstance(value, dict)
    return value


def test_the_dockerfile_has_no_lint() -> None:
    hadolint = Path(sys.executable).parent / "hadolint"
    if not hadolint.exists():
        pytest.skip("hadolint is not installed in this environment")
    done = subprocess.run([hadolint, DOCKER / "Dockerfile"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_the_image_runs_as_nobody_special_and_says_how_it_is() -> None:
    lines = (DOCKER / "Dockerfile").read_text(encoding="utf-8").splitlines()
    assert "USER 10001" in lines
    assert any(line.startswith("HEALTHCHECK") for line in lines)
    assert "VOLUME /data" in lines


@pytest.mark.parametrize("name", ["compose.yaml", "compose.postgres.yaml"])
def test_services_are_confined_and_ports_stay_on_loopback(name: str) -> None:
    value = compose(name)
    for service, what in value["services"].items():
        assert all(str(port).startswith("127.0.0.1:") for port in what.get("ports", []))
        if service != "postgres":
            assert what["read_only"] is True
            assert what["cap_drop"] == ["ALL"]
            assert what["build"]["dockerfile"] == "docker/Dockerfile"
    named = {volume.split(":")[0] for what in value["services"].values() for volume in what.get("volumes", [])}
    assert named <= set(value["volumes"])


def test_workers_and_app_share_one_database_and_one_volume() -> None:
    services = compose("compose.postgres.yaml")["services"]
    app, worker = services["app"], services["worker"]
    assert app["environment"] == worker["environment"]
    assert app["environment"]["TALEBOARD_RENDERER"] == "queue"
    assert app["volumes"] == worker["volumes"]
    assert worker["command"] == ["taleboard", "worker"]


def test_everything_that_the_image_copies_is_let_through() -> None:
    copied = [
        word
        for line in (DOCKER / "Dockerfile").read_text(encoding="utf-8").splitlines()
        if line.startswith("COPY ") and "--from" not in line
        for word in line.split()[1:-1]
    ]
    let_through = (DOCKER.parent / ".dockerignore").read_text(encoding="utf-8").split()
    assert {f"!{word}" for word in copied} <= set(let_through)
