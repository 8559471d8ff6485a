"""The catalogue of objects and animals: each has a painter, stays in its box and looks like itself only."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from sd_models.world import vocabulary as v
from sd_models.world.canvas import Raster
from sd_models.world.figures import animals, people, roles
from sd_models.world.figures.creatures import CREATURES
from sd_models.world.pen import Pen
from sd_models.world.things.bounds import bounds
from sd_models.world.things.catalogue import THINGS

PAINTERS = {name: (thing.paint, thing.colours[0]) for name, thing in THINGS.items()} | CREATURES


def picture(name: str) -> np.ndarray:
    """The object or animal in front of plain green, 3 units wide and 1.2 high."""
    image = Image.new("RGB", (192, 77), (200, 222, 200))
    paint, colour = PAINTERS[name]
    paint(Pen(Raster(image), 96, 70, 60), colour)
    return np.asarray(image, np.int16)


def test_every_object_and_animal_of_the_vocabulary_has_a_painter() -> None:
    assert len(THINGS) >= 220
    assert [name for name in v.OBJECTS if name not in THINGS] == []
    drawn = CREATURES.keys() | animals.SPECIES.keys() | roles.LOOKS.keys() | {"dragon"}
    assert [name for name in v.KINDS if name not in drawn and name not in people.OTHERS] == []


@pytest.mark.parametrize("name", sorted(PAINTERS))
def test_each_fills_its_box_and_stays_in_it(name: str) -> None:
    """One unit high, its foot on the ground line, no wider than it can be placed."""
    left, top, right, bottom = bounds(PAINTERS[name][0])
    assert -1.1 <= top <= -0.9
    assert -0.1 <= bottom <= 0.1
    assert -1.7 <= left < right <= 1.7


def test_no_two_look_alike() -> None:
    """Every second pixel each way is compared."""
    names = list(PAINTERS)
    drawn = np.stack([picture(name)[::2, ::2].reshape(-1, 3) for name in names])
    inked = (np.abs(drawn - np.array((200, 222, 200), np.int16)) > 12).any(-1)
    twins = []
    for k, name in enumerate(names):
        either = (inked[k] | inked[k + 1 :]).sum(-1)
        unlike = (np.abs(drawn[k] - drawn[k + 1 :]) > 24).any(-1).sum(-1)
        twins += [(name, names[k + 1 + j]) for j in np.flatnonzero(unlike < 0.2 * either)]
    assert twins == []


@pytest.mark.parametrize("name", ["boat", "owl", "ball"])
def test_drawing_again_gives_the_same_picture(name: str) -> None:
    assert np.array_equal(picture(name), picture(name))


def test_a_thing_takes_the_colour_that_is_asked_for() -> None:
    def share_of_blue(colour: tuple[int, int, int]) -> float:
        image = Image.new("RGB", (192, 77), (200, 222, 200))
        THINGS["car"].paint(Pen(Raster(image), 96, 70, 60), colour)
        pixels = np.asarray(image, np.int16)
        return float(((pixels[..., 2] > 150) & (pixels[..., 0] < 90)).mean())

    assert share_of_blue((40, 80, 220)) > share_of_blue((220, 60, 60)) + 0.05


def test_names_lead_to_one_thing_each() -> None:
    counted = Counter(name for thing in THINGS.values() for name in (thing.name, *thing.also))
    assert [name for name, count in counted.items() if count > 1] == []


def test_sizes_are_those_of_life() -> None:
    assert THINGS["ring"].height < THINGS["cup"].height < THINGS["chair"].height < THINGS["door"].height
    assert 1.9 < THINGS["door"].height < 2.3
    assert all(0 < thing.height < 60 for thing in THINGS.values())


def test_the_catalogue_has_a_sheet_for_each_kind(tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "sd_models.world", "--catalogue", str(tmp_path)],
        check=True,
        capture_output=True,
        text=True,
    )
    sheets = [Path(line) for line in run.stdout.splitlines()]
    assert {path.stem for path in sheets} >= {
        "settings",
        "people",
        "subjects",
        "garments",
        "poses",
        "feelings",
        "things",
    }
    for path in sheets:
        assert len(Image.open(path).getcolors(1 << 22) or ()) > 300, path.stem
