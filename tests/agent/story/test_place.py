"""Where, when and in what weather the panels of a text are."""

from __future__ import annotations

import pytest

from agent.story import parse_story, read_story
from agent.story.place import NOWHERE, Surroundings, read_surroundings
from agent.story.readers import Heading

KITCHEN = Surroundings("kitchen", True, "evening", "rain")


def place(text: str, before: Surroundings = NOWHERE) -> str:
    return read_surroundings(text, before)[1].place


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Anna sat in the dark cellar.", "dark cellar"),
        ("The clerk was waiting inside his office.", "office"),
        ("They stopped at the edge of the forest.", "forest"),
        ("She entered the lobby.", "lobby"),
        ("The portico of the old church, towards midnight.", "portico"),
        ("The door of the pantry opened.", "pantry"),
        ("A green sky hung over them.", ""),
        ("The child stood in the corner.", ""),
        ("Not a house was to be seen.", ""),
        ("He wished that he were in the garden.", ""),
        ("She was born in April.", ""),
        ('"I left it in the barn," said Tom.', ""),
        ("The farmer was driving his ox to market.", ""),
        ("They sat on the rocks.", "rocks"),
        ("She trusted in the good God.", ""),
        ("There stood a trunk, which their uncle had brought home.", ""),
    ],
)
def test_a_place_is_where_the_text_says_that_somebody_is(text: str, expected: str) -> None:
    assert place(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Anna cut the bread.", "kitchen"),
        ("She sat down by the fire.", "kitchen"),
        ("She thought of the garden and sighed.", "kitchen"),
        ("She went out into the garden.", "garden"),
        ("She ran to the stable and hid.", "stable"),
    ],
)
def test_a_place_holds_until_somebody_moves(text: str, expected: str) -> None:
    assert place(text, KITCHEN) == expected


def test_who_enters_is_where_they_meant_to_go() -> None:
    _, after = read_surroundings("Anna was ready to go down to the library.", KITCHEN)
    assert (after.place, after.ahead) == ("kitchen", "library")
    assert place("A stranger rose as they entered.", after) == "library"


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("Covent Garden at 11.15 p.m.", "night"),
        ("At four o'clock in the afternoon the bell rang.", "afternoon"),
        ("She came in evening dress.", ""),
        ("He had slept badly every night.", ""),
        ("At dawn he rode away.", "dawn"),
    ],
)
def test_a_time_is_the_panels_own(text: str, time: str) -> None:
    assert read_surroundings(text)[0].time == time


def test_time_and_weather_go_on_until_the_text_says_otherwise() -> None:
    assert read_surroundings("Anna cut the bread.", KITCHEN)[0] == KITCHEN
    assert read_surroundings("The rain had stopped.", KITCHEN)[0].weather == ""
    assert read_surroundings("The next morning Anna cut the bread.", KITCHEN)[0].time == "morning"


def test_a_heading_decides_and_the_prose_below_it_does_not() -> None:
    _, after = read_surroundings("Anna looks at the sea in the window.", heading=Heading(True, "tower", "night"))
    shown, _ = read_surroundings("She walks to the garden of her dreams.", after)
    assert (shown.place, shown.inside, shown.time) == ("tower", True, "night")


def test_a_scripts_headings_give_place_and_time_and_tell_inside_from_outside() -> None:
    script = "EXT. INN - NIGHT\n\nRain. Anna waits.\n\nINT. INN - DAY\n\nAnna drinks.\n\n.ROOF\n\nAnna jumps.\n"
    scenes = read_story(parse_story(script), scenes=3).scenes
    assert [(scene.setting, scene.time) for scene in scenes] == [("outside inn", "night"), ("inn", "day"), ("roof", "")]
    assert [scene.weather for scene in scenes] == ["rain", "", ""]


def test_a_printed_play_is_read_by_its_speakers() -> None:
    play = (
        "ACT I\n\nA parlour at midnight. MRS. GREY, an old woman, knits.\n\nMRS. GREY. Who is there? The pirate from"
        " the castle?\n\nTHE BOY [at the door] Only I, ma'am. [He drops his cap]\n\nMRS. GREY. Come in, then.\n"
    )
    story = parse_story(play)
    assert [line.text for line in story.lines if line.kind == "cue"] == ["Mrs. Grey", "The Boy", "Mrs. Grey"]
    assert [line.text for line in story.lines if line.kind == "parenthetical"] == ["at the door"]
    assert [line.text for line in story.lines if line.kind == "action"][1:] == ["He drops his cap"]
    assert {(scene.setting, scene.time) for scene in read_story(story).scenes} == {("parlour", "night")}


def test_a_counter_and_a_nights_bed_do_not_become_the_place_of_what_comes_after() -> None:
    assert place("The landlady counted pennies at the bar.", Surroundings("parlour", True)) == "parlour"
    night = read_surroundings("He went to bed.")[1]
    assert (night.place, place("One evening he sat over the fire.", night)) == ("bedroom", "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("By nightfall the waves came over the bows.", "night"),
        ("It had to be done by nightfall.", ""),
        ("The sun was going down behind the trees.", "sunset"),
        ("The sun had risen.", "dawn"),
        ("It had already become dark.", "night"),
        ("It was dark in the cellar.", ""),
    ],
)
def test_the_sun_and_the_dark_tell_the_time(text: str, expected: str) -> None:
    assert read_surroundings(text)[1].time == expected


def test_what_something_is_only_as_quick_as_is_no_weather() -> None:
    assert read_surroundings("They were as quick as lightning. He came in like a storm.")[1].weather == ""
