"""What a scene's words say of place, time, weather and mood, and of what is seen."""

from __future__ import annotations

import pytest

from agent.story.details import Details, scene_details
from db.board import Character, Scene

NINA = Character("c1", "Nina", "a girl of ten in a blue coat")
GRANDFATHER = Character("c2", "Grandfather", "an old man")
ROOF = Scene("s1", characters=("c1",), setting="roof", time="night")


def test_another_day_with_other_people_is_not_where_the_night_was() -> None:
    text = "The next morning her grandfather woke up. Nina smiled."
    assert scene_details(text, [NINA, GRANDFATHER], ROOF).setting == ""
    assert scene_details("The next morning Nina looked down.", [NINA], ROOF).setting == "roof"
    assert scene_details("The next morning Grandfather sat in the kitchen.", [GRANDFATHER], ROOF).setting == "kitchen"


@pytest.mark.parametrize(
    ("text", "setting"),
    [
        ("Nina slept in her armchair.", ""),
        ("Nina lived at the edge of the city.", "city"),
        ("Nina ran home.", ""),
        ("Nina sat in her home.", "home"),
        ("At last Nina came home.", "home"),
    ],
)
def test_the_setting_is_a_place_where_somebody_is(text: str, setting: str) -> None:
    assert scene_details(text, [NINA]).setting == setting


@pytest.mark.parametrize(
    ("text", "mood", "weather"),
    [
        ("Nina laughed in the rain.", "joyful", "rain"),
        ("Nina did not laugh. The rain had stopped.", "", ""),
        ("Nina wasn't happy, and there was no snow.", "", ""),
        ("Without any fear Nina walked on.", "", ""),
    ],
)
def test_what_the_text_denies_is_not_so(text: str, mood: str, weather: str) -> None:
    details: Details = scene_details(text, [NINA])
    assert (details.mood, details.weather) == (mood, weather)
