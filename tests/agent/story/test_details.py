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


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("While her grandfather slept in his chair, Nina opened the little door.", "Nina opening the little door"),
        ("Nina lived at the edge of the city with her grandfather, an old clockmaker with a white beard.", ""),
        ("Nina wore a blue coat and asked too many questions.", ""),
        ("Nina opened the sack and the minutes flew out like moths over the city.", "Nina opening the sack"),
        ("Nina climbed the tower, a lamp in her hand.", "Nina climbing the tower"),
        ("Nina never ran. Nina did not jump. Nina climbed the tree.", "Nina climbing the tree"),
        ("Nina carried bread, cheese and apples.", "Nina carrying bread, cheese and apples"),
        ("Nina ran home through the forest.", "Nina running home through the forest"),
        (
            "Nina ran along the beach, jumping over the waves and chasing the gulls.",
            "Nina running along the beach",
        ),
    ],
)
def test_the_action_is_one_short_deed_that_can_be_seen(text: str, action: str) -> None:
    assert scene_details(text, [NINA, GRANDFATHER]).action == action


def test_a_pronoun_for_one_is_never_a_group() -> None:
    wolves = Character("c3", "Wolves", "wolves")
    assert scene_details("The wolves were near. She climbed a tree.", [wolves, NINA]).action == "Nina climbing a tree"


def test_children_who_are_not_in_the_cast_do_not_lend_their_deeds() -> None:
    mayor, giant = Character("c1", "Mayor", "a fat man"), Character("c2", "Bodo", "a giant")
    assert scene_details("Bodo came. The children climbed on his shoulders.", [mayor, giant]).action == "Bodo coming"
    tom = Character("c3", "Tom", "a boy")
    assert scene_details("The children climbed a tree.", [NINA, tom]).action == "Nina and Tom climbing a tree"


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("Ben holds up the lantern and Mara laughs.", "Ben holding up the lantern"),
        ("Ben lifted the lantern, and Mara gave him half of the map.", "Ben lifting the lantern"),
    ],
)
def test_what_another_does_is_no_part_of_an_action(text: str, action: str) -> None:
    ben = Character("c1", "Ben", "a man")
    assert scene_details(text, [ben], None).action == action


def test_what_rose_is_no_rose() -> None:
    assert scene_details("Nina lost her balloon. It rose to the roof.", [NINA], None).props == ("balloon",)
    assert "rose" in scene_details("Nina found a rose on the stairs.", [NINA], None).props


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("The door opened, and out rushed Nina.", "Nina rushing"),
        ("Nina felled nothing. Nina fell a tree.", "Nina felling a tree"),
        ("Nina stood on the bank, when her hat blew off and fell into the river.", "Nina standing on the bank"),
        ("Nina stood by the stove. She had let the cup fall.", "Nina standing by the stove"),
    ],
)
def test_a_deed_is_its_doers_own(text: str, action: str) -> None:
    assert scene_details(text, [NINA]).action == action
