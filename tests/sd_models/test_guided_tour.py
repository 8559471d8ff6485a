"""The tour speaks of files, names and pictures that are there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import sd_models

ROOT = Path(sd_models.__file__).parent
TOUR = (ROOT / "README.md").read_text(encoding="utf-8")
COMPONENTS = re.findall(
    r"^\| [\w ]+ \| `([\w/.]+\.py)`[^|]*\| `([\w.]+)`", TOUR.split("## Where everything lives")[1], re.M
)


def test_every_link_and_picture_is_there() -> None:
    links = re.findall(r"\]\(([^)]+)\)", TOUR)
    assert len(links) >= 5
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_every_file_that_is_named_is_there() -> None:
    names = set(re.findall(r"`([\w/.]+\.py)`", TOUR))
    places = [ROOT, ROOT / "checkpoints"]
    assert [name for name in names if not any((place / name).exists() for place in places)] == []


@pytest.mark.parametrize(("file", "name"), COMPONENTS)
def test_every_component_is_where_the_table_says(file: str, name: str) -> None:
    source = (ROOT / file).read_text(encoding="utf-8")
    for part in name.split("."):
        assert re.search(rf"(class|def) {part}\b", source), f"{part} is not in {file}"


def test_the_table_is_whole() -> None:
    assert len(COMPONENTS) >= 15
