"""The tour speaks of files, names and pictures that are there."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

import sd_models
from sd_models import StableDiffusion
from sd_models.figures import __main__ as figures

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


def test_its_pictures_can_be_made_anew(reference_folder: Callable[[str], Path]) -> None:
    sd = StableDiffusion.from_pretrained(reference_folder("sd1"))
    object.__setattr__(sd.defaults, "steps", 4)
    assert figures.sigmas().size == (1000, 300)
    assert figures.denoising(sd).width == 1000
    assert figures.noise_schedule(sd).width == 1000
    names = [word for word in figures.WORDS if word in figures.PROMPT]
    assert len(names) == 5
    row = np.asarray(figures.attention(sd), dtype=int)
    each = row.shape[1] // 6
    fox, night = (row[:, place * (each + 1) : (place + 1) * each] for place in (1, 4))
    assert fox.any()
    assert night.any()
