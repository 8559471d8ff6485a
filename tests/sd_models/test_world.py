"""The picture world: panels made at random that say exactly what they show."""

from __future__ import annotations

import dataclasses
import json
import random
import subprocess
import sys
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from sd_models.training import captions
from sd_models.training.panels import draw, panel
from sd_models.world import vocabulary as v
from sd_models.world.attributes import Attributes, Figure, held_out, sample
from sd_models.world.figures import animals, people, roles
from sd_models.world.figures.poses import POSES

SMALL = (128, 72)
CLASSES = {"setting": "settings", "time": "times", "weather": "weather", "style": "styles", "shot": "shots"}


def scene(figure: Figure | None = None, **changes: str) -> Attributes:
    """A girl on a hill in plain daylight, or what a test wants otherwise."""
    plain = {"shot": "medium shot", "setting": "hills", "time": "day", "weather": "clear", "style": "storybook"}
    return Attributes(**{**plain, **changes}, figures=(figure or Figure("girl"),))  # type: ignore[arg-type]


def pixels(attributes: Attributes, seed: int = 3) -> np.ndarray:
    return draw(attributes, seed, SMALL).image.astype(np.int16)


def difference(a: np.ndarray, b: np.ndarray) -> float:
    """Share of pixels that differ visibly."""
    return float((np.abs(a - b).max(-1) > 24).mean())


def test_a_seed_is_one_panel() -> None:
    first, again, other = panel(41), panel(41), panel(42)
    assert first.image.shape == (144, 256, 3)
    assert first.image.dtype == np.uint8
    assert np.array_equal(first.image, again.image)
    assert (first.caption, first.attributes) == (again.caption, again.attributes)
    assert not np.array_equal(first.image, other.image)


@pytest.mark.parametrize("shot", ["wide shot", "medium shot", "close-up"])
def test_boxes_are_where_the_figures_are(shot: str) -> None:
    """What a figure wears changes its own box and nothing else."""
    girl, fox = Figure("girl", garment="coat", garment_colour="red"), Figure("fox")
    attributes = dataclasses.replace(scene(shot=shot), figures=(girl, fox))
    dressed = dataclasses.replace(attributes, figures=(dataclasses.replace(girl, garment_colour="blue"), fox))
    boxes = draw(attributes, 3, SMALL).boxes
    assert len(boxes) == 2
    changed = np.argwhere(np.abs(pixels(attributes) - pixels(dressed)).max(-1) > 24)
    assert len(changed)
    left, top, right, bottom = (share * side for share, side in zip(boxes[0], (*SMALL, *SMALL), strict=True))
    rows, columns = changed.T
    assert left - 1 <= columns.min()
    assert columns.max() <= right + 1
    assert top - 1 <= rows.min()
    assert rows.max() <= bottom + 1


def test_another_process_makes_the_same_panel() -> None:
    """Neither the hash seed nor what was drawn before decides a pixel."""
    code = "import zlib; from sd_models.training.panels import panel as p; print(zlib.crc32(p(5).image), p(5).caption)"
    seen = {
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": seed}
        ).stdout
        for seed in ("1", "2")
    }
    assert seen.pop().strip()
    assert not seen


def test_a_seed_shows_the_same_at_every_size() -> None:
    large, small = panel(7), panel(7, size=(192, 108))
    assert small.image.shape == (108, 192, 3)
    assert (large.caption, large.attributes) == (small.caption, small.attributes)
    shrunk = np.asarray(Image.fromarray(large.image).resize((192, 108), Image.Resampling.BOX), np.int16)
    assert np.abs(shrunk - small.image).mean() < 24


def test_the_world_is_as_broad_as_promised() -> None:
    sizes = {name: len(table) for name, table in v.CLASSES.items()}
    assert sizes["subjects"] >= 60
    assert sizes["objects"] >= 60
    assert sizes["settings"] >= 24
    assert sizes["styles"] >= 8
    assert set(v.TIMES) == {"dawn", "day", "sunset", "night"}
    assert set(v.WEATHER) == {"clear", "rain", "snow", "fog", "storm"}
    assert set(v.MOODS) == {"happy", "sad", "angry", "scared"}
    assert set(v.ACTIONS) < set(POSES)


@pytest.mark.parametrize("kind", ["settings", "styles", "shots"])
def test_no_two_words_of_a_class_look_alike(kind: str) -> None:
    field = {k: c for c, k in CLASSES.items()}[kind]
    drawn = {word: pixels(scene(**{field: word})) for word in v.CLASSES[kind]}
    alike = [(a, b) for a in drawn for b in drawn if a < b and difference(drawn[a], drawn[b]) < 0.1]
    assert not alike


def test_every_subject_is_drawn_and_looks_like_itself_only() -> None:
    empty = draw(Attributes("medium shot", "hills", "day", "clear", "storybook"), 3, SMALL).image.astype(np.int16)
    drawn = {name: pixels(scene(Figure(name))) for name in v.KINDS}
    invisible = [name for name, picture in drawn.items() if difference(picture, empty) < 0.03]
    assert not invisible
    names = list(drawn)
    twins = [(a, b) for k, a in enumerate(names) for b in names[k + 1 :] if difference(drawn[a], drawn[b]) < 0.004]
    assert not twins


def test_every_subject_is_large_enough_to_be_learned() -> None:
    """A wide shot's figure covers a good part of the frame's height, a medium one more."""
    for shot, least in (("wide shot", 0.35), ("medium shot", 0.55)):
        empty = draw(Attributes(shot, "theatre", "day", "clear", "storybook"), 3, SMALL).image.astype(np.int16)
        for name in v.KINDS:
            changed = np.abs(pixels(scene(Figure(name), shot=shot, setting="theatre")) - empty).max(-1) > 24
            rows = np.flatnonzero(changed.any(1))
            assert (rows[-1] - rows[0] + 1) / SMALL[1] >= least, (shot, name)
            assert rows[0] > 0, f"{name} is cut off at the top of a {shot}"


def test_every_object_is_drawn() -> None:
    without = pixels(scene())
    for name in v.OBJECTS:
        if name in v.HELD:
            with_it = pixels(scene(Figure("girl", held=name)))
        else:
            with_it = pixels(scene(thing=name, relation="left of"))
        assert difference(with_it, without) > 0.004, name


@pytest.mark.parametrize("subject", ["girl", "king", "fox", "horse"])
def test_clothes_hair_faces_and_actions_show(subject: str) -> None:
    person = subject in v.PEOPLE
    plain = pixels(scene(Figure(subject), shot="close-up"))
    for mood in v.MOODS:
        assert difference(pixels(scene(Figure(subject, mood=mood), shot="close-up")), plain) > 0.002, mood
    plain = pixels(scene(Figure(subject)))
    for colour in v.COLOURS:
        for change in (
            {"garment": "coat", "garment_colour": colour},
            {"accessory": "scarf", "accessory_colour": colour},
        ):
            assert difference(pixels(scene(Figure(subject, **change))), plain) > 0.005, (change, colour)
    for accessory in v.ACCESSORIES:
        worn = Figure(subject, accessory=accessory, accessory_colour="" if accessory in v.COLOURLESS else "blue")
        if (subject, accessory) != ("king", "crown"):  # he wears one anyway
            assert difference(pixels(scene(worn)), plain) > 0.004, accessory
    if person:
        shades = {hair: pixels(scene(Figure(subject, hair=hair), shot="close-up")) for hair in v.HAIR}
        assert all(difference(shades["black"], shades[hair]) > 0.01 for hair in shades if hair != "black")
        for action in set(v.ACTIONS) - {"standing"}:
            assert difference(pixels(scene(Figure(subject, action=action))), plain) > 0.01, action


@pytest.mark.parametrize("coated", sorted(v.COATS))
def test_coats_show(coated: str) -> None:
    drawn = [pixels(scene(Figure(coated, coat=coat))) for coat in v.COATS[coated]]
    assert all(difference(drawn[0], other) > 0.01 for other in drawn[1:])


def test_night_is_dark_and_snow_is_white() -> None:
    day, night = pixels(scene(setting="village")), pixels(scene(setting="village", time="night"))
    snow = pixels(scene(setting="village", weather="snow"))
    assert night.mean() < 0.6 * day.mean()
    ground = np.s_[60:, 4:24]
    assert snow[ground].mean() > 195 > day[ground].mean()


def test_left_and_right_are_where_they_should_be() -> None:
    """A red knight and a blue one change places."""
    red, blue = (Figure("boy", garment="robe", garment_colour=colour) for colour in ("red", "blue"))
    for seed in range(6):
        for relation, sign in (("left of", 1), ("right of", -1)):
            picture = Attributes("medium shot", "desert", "day", "clear", "storybook", (red, blue), "", relation)
            image = pixels(picture, seed)
            is_red = (image[..., 0] > 170) & (image[..., 1] < 80) & (image[..., 2] < 80)
            is_blue = (image[..., 2] > 170) & (image[..., 0] < 80)
            x_red, x_blue = np.nonzero(is_red)[1].mean(), np.nonzero(is_blue)[1].mean()
            assert (x_blue - x_red) * sign > 20, (relation, seed)


def test_what_is_held_out_is_never_trained_on() -> None:
    for seed in range(3000):
        trained = sample(random.Random(seed), "train")
        assert not any(held_out(figure, trained.setting) for figure in trained.figures)
        if seed < 800:
            kept = sample(random.Random(seed), "heldout")
            assert held_out(kept.figures[0], kept.setting)
    with pytest.raises(ValueError, match="train or heldout"):
        panel(0, split="test")


def test_training_meets_every_word() -> None:
    met: Counter[str] = Counter()
    for seed in range(12_000):
        attributes = sample(random.Random(seed))
        met.update((attributes.shot, attributes.setting, attributes.time, attributes.weather, attributes.style))
        met.update((attributes.thing, attributes.relation))
        for figure in attributes.figures:
            met.update(value for value in figure.__dict__.values())
    missing = [word for kind, table in v.CLASSES.items() for word in table if met[word] < 5 and kind != "hair"]
    assert not missing


def test_figures_do_only_what_they_can() -> None:
    for seed in range(3000):
        for figure in sample(random.Random(seed)).figures:
            assert figure.subject in v.WEARS or not (figure.garment or figure.accessory or figure.mood)
            assert not figure.coat or figure.coat in v.COATS[figure.subject]
            assert not figure.held or people.is_upright(figure)
            assert not figure.hair or figure.subject in roles.LOOKS


def test_captions_have_only_words_of_the_vocabulary() -> None:
    known, said = set(v.words()), set()
    for seed in range(12_000):
        rng = random.Random(seed)
        said.update(captions.caption(sample(rng), rng).replace(",", " ,").split())
    assert said <= known
    assert len(known - said) <= 3


def test_the_full_caption_says_everything() -> None:
    girl = Figure("girl", hair="red", garment="coat", garment_colour="green", accessory="hat", accessory_colour="blue",
                  held="lantern", mood="happy", action="waving")  # fmt: skip
    attributes = Attributes("medium shot", "forest", "night", "snow", "watercolour", (girl,), "well", "left of")
    assert captions.plain(attributes) == (
        "medium shot of a happy girl with red hair in a green coat and a blue hat with a lantern, waving,"
        " left of a well, forest, night, snow, watercolour"
    )


def test_captions_vary() -> None:
    attributes = scene(Figure("dog", coat="brown", action="running"), setting="village", weather="rain")
    said = {captions.caption(attributes, random.Random(seed)) for seed in range(60)}
    assert len(said) > 20
    assert any("hound" in caption for caption in said)


def test_synonyms_lead_to_one_word_each() -> None:
    for kind, table in v.CLASSES.items():
        counted = Counter([*table, *(synonym for synonyms in table.values() for synonym in synonyms)])
        assert [word for word, count in counted.items() if count > 1] == [], kind
    assert set(v.WEARS) <= set(v.KINDS)
    assert set(v.HELD) <= set(v.OBJECTS)
    assert set(v.INDOORS) <= set(v.SETTINGS)
    assert set(animals.SPECIES) <= set(v.ANIMALS) | {"unicorn"}


def test_the_written_vocabulary_is_the_one_in_use(tmp_path: Path) -> None:
    import sd_models

    shipped = Path(sd_models.__file__).parent / "storybook" / "vocabulary.json"
    v.write(tmp_path / "vocabulary.json")
    assert json.loads((tmp_path / "vocabulary.json").read_text()) == json.loads(shipped.read_text())


def test_the_contact_sheet(tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.png"
    command = [sys.executable, "-m", "sd_models.training.panels", "--sheet", str(sheet), "--grid", "3x2", "--captions"]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert printed.count(": ") >= 6
    assert Image.open(sheet).size == (3 * 260 - 4, 2 * 148 - 4)
