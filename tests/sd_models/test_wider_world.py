"""The world draws more than the storybook model has met: settings, poses, feelings and garments of stories."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sd_models.world import Looks, StagedFigure, StagedPanel, View, Worn, boxes, draw, known, unknown
from sd_models.world import vocabulary as v
from sd_models.world.figures.wardrobe import PIECES
from sd_models.world.places import PLACES

WOMAN = StagedFigure(Looks("woman", seed=5), x=0.5, depth=0.0)
PANEL = StagedPanel("hills", view=View("full"), figures=(WOMAN,))
SIZE = (96, 54)
FURTHER_ROLES = sorted(set(known().subjects) - set(v.CLASSES["subjects"]))
FURTHER_POSES = sorted(set(known().poses) - set(v.ACTIONS))


def pixels(panel: StagedPanel, size: tuple[int, int] = SIZE) -> np.ndarray:
    return np.asarray(draw(panel, size)).astype(np.int16)


def wearing(*worn: Worn, subject: str = "woman") -> StagedPanel:
    return replace(PANEL, figures=(replace(WOMAN, looks=Looks(subject, wears=worn, seed=5)),))


def test_it_is_as_broad_as_promised() -> None:
    words = known()
    assert len(words.subjects) >= 140
    assert len(words.settings) >= 70
    assert len(words.props) >= 220
    assert len(words.garments) >= 40
    assert len(words.feelings) == 8
    assert {"kneeling", "climbing", "rowing", "lifting", "pushing", "hugging", "crying", "fighting"} < set(words.poses)
    assert {"pointing", "kissing", "driving", "cooking", "digging"} < set(words.poses)


def test_every_setting_is_a_picture_of_its_own() -> None:
    drawn = {name: pixels(StagedPanel(name)) for name in PLACES}
    alike = [(a, b) for a in drawn for b in drawn if a < b and (np.abs(drawn[a] - drawn[b]).max(-1) > 24).mean() < 0.1]
    assert not alike


@pytest.mark.parametrize("time", ["day", "night"])
def test_inside_it_stays_dry_and_outside_it_rains(time: str) -> None:
    for setting, wet in (("church", False), ("lift", False), ("rooftop", True), ("pier", True)):
        clear, rain = (pixels(StagedPanel(setting, time=time, weather=weather)) for weather in ("clear", "rain"))
        assert ((np.abs(clear - rain).max(-1) > 8).mean() > 0.2) == wet


def test_a_word_that_names_a_setting_itself_goes_before_anothers_other_name() -> None:
    assert np.array_equal(pixels(StagedPanel("court of law")), pixels(StagedPanel("courtroom")))
    assert not np.array_equal(pixels(StagedPanel("courtroom")), pixels(StagedPanel("office")))
    assert not unknown(StagedPanel("hotel lobby"))


@pytest.mark.parametrize("pose", FURTHER_POSES)
def test_every_pose_is_its_own(pose: str) -> None:
    standing, posed = PANEL, replace(PANEL, figures=(replace(WOMAN, pose=pose),))
    assert (np.abs(pixels(standing) - pixels(posed)).max(-1) > 24).mean() > 0.002
    assert not unknown(posed)


@pytest.mark.parametrize("role", FURTHER_ROLES)
def test_every_role_is_dressed_as_its_trade(role: str) -> None:
    drawn = replace(PANEL, figures=(replace(WOMAN, looks=Looks(role, seed=5)),))
    plain = replace(PANEL, figures=(replace(WOMAN, looks=Looks("man", seed=5)),))
    assert (np.abs(pixels(drawn) - pixels(plain)).max(-1) > 24).mean() > 0.01
    assert not unknown(drawn)


def test_an_animal_takes_the_pose_that_four_legs_can_take() -> None:
    fox = replace(PANEL, figures=(StagedFigure(Looks("fox"), 0.5, 0.0, pose="kneeling"),))
    sitting = replace(fox, figures=(replace(fox.figures[0], pose="sitting"),))
    assert np.array_equal(pixels(fox), pixels(sitting))


def test_who_kneels_is_lower_than_who_stands() -> None:
    kneeling = replace(PANEL, figures=(replace(WOMAN, pose="kneeling"),))
    assert boxes(kneeling)[0].head[1] > boxes(PANEL)[0].head[1]


def test_each_feeling_has_a_face() -> None:
    near = replace(PANEL, view=View("close-up"))
    faces = [pixels(near)] + [
        pixels(replace(near, figures=(replace(WOMAN, feeling=feeling),))) for feeling in known().feelings
    ]
    assert len({face.tobytes() for face in faces}) == 9


@pytest.mark.parametrize("name", [name for name in PIECES if name not in ("dress", "gown")])
def test_every_garment_is_seen(name: str) -> None:
    assert not np.array_equal(pixels(PANEL, (192, 108)), pixels(wearing(Worn(name, "orange")), (192, 108)))


def test_everything_that_is_worn_is_drawn_in_its_colour_and_pattern() -> None:
    one = wearing(Worn("jumpsuit", "yellow"))
    more = wearing(Worn("jumpsuit", "yellow"), Worn("scarf", "red"), Worn("top hat", "black"), Worn("boots", "green"))
    assert (np.abs(pixels(one) - pixels(more)).max(-1) > 24).mean() > 0.01
    yellow = pixels(one)
    assert ((yellow[..., 0] > 220) & (yellow[..., 2] < 90)).mean() > 0.02
    striped = wearing(Worn("shirt", "blue", "striped"))
    assert not np.array_equal(pixels(striped), pixels(wearing(Worn("shirt", "blue"))))


def test_a_dressed_animal_walks_upright_in_its_garment_and_hat() -> None:
    plain = wearing(Worn("waistcoat"), subject="fox")
    upright = wearing(Worn("jacket", "blue"), Worn("top hat", "black"), subject="fox")
    assert boxes(upright)[0].body[1] < boxes(plain)[0].body[1]
