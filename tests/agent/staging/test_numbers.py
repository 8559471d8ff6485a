"""Sequences and the numbers of panels: given once, never moved, whatever is edited."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.drawing.models import drawing_defaults
from agent.staging import sequences
from agent.staging.numbers import numbered
from db.board import Board, Scene, new_id

PLACES = ("", "forest", "hotel lobby", "beach")
TIMES = ("", "night", "day")


def board(*panels: tuple[str, str]) -> Board:
    """A board with a panel for each place and time."""
    scenes = tuple(
        Scene(f"s{number}", text=f"It is {number}.", setting=place, time=time)
        for number, (place, time) in enumerate(panels, start=1)
    )
    return numbered(Board("A tale", drawing=drawing_defaults("draft", "storybook"), scenes=scenes), None)


STORY = board(("forest", "day"), ("", ""), ("hotel lobby", "night"), ("hotel lobby", "night"), ("hotel lobby", "night"))


def numbers(value: Board) -> list[str]:
    return [scene.number for scene in value.scenes]


def edited(value: Board, *scenes: Scene) -> Board:
    return numbered(replace(value, scenes=scenes), value)


def test_a_sequence_is_one_place_at_one_time() -> None:
    assert numbers(STORY) == ["1A", "1B", "2A", "2B", "2C"]
    forest, lobby = STORY.sequences
    assert (forest.number, forest.place, forest.time, forest.inside) == ("1", "forest", "day", False)
    assert (lobby.number, lobby.heading, lobby.inside) == ("2", "INT. HOTEL LOBBY - night".upper(), True)
    assert [len(run) for run in sequences(STORY)] == [2, 3]


def test_what_comes_in_between_gets_a_letter_more_and_nobody_else_another_number() -> None:
    one, two, three, four, five = STORY.scenes
    new = Scene("new", text="A knock.", setting="hotel lobby", time="night")
    assert numbers(edited(STORY, one, two, three, new, four, five)) == ["1A", "1B", "2A", "2AA", "2B", "2C"]
    assert numbers(edited(STORY, *STORY.scenes, new))[-1] == "2D"
    elsewhere = Scene("beach", text="The sea.", setting="beach", time="day")
    between = edited(STORY, one, two, elsewhere, three, four, five)
    assert numbers(between) == ["1A", "1B", "A2A", "2A", "2B", "2C"]
    assert [sequence.number for sequence in between.sequences] == ["1", "A2", "2"]


def test_a_number_that_is_gone_is_given_to_nobody_but_to_the_panel_that_had_it() -> None:
    one, two, three, four, five = STORY.scenes
    shorter = edited(STORY, one, two, three, four)
    assert shorter.sequences[1].omitted == ("2C",)
    longer = edited(shorter, *shorter.scenes, Scene("new", setting="hotel lobby", time="night"))
    assert numbers(longer)[-1] == "2D"
    back = edited(shorter, *shorter.scenes, five)
    assert numbers(back)[-1] == "2C"
    assert back.sequences[1].omitted == ()


def test_a_panel_that_moves_keeps_its_number_and_a_copy_gets_one_of_its_own() -> None:
    one, two, three, four, five = STORY.scenes
    assert numbers(edited(STORY, five, one, two, three, four)) == ["2C", "1A", "1B", "2A", "2B"]
    copied = edited(STORY, one, two, three, four, replace(four, id="copy"), five)
    assert numbers(copied) == ["1A", "1B", "2A", "2B", "2BA", "2C"]


def test_a_panel_at_another_time_leaves_its_sequence_and_a_whole_sequence_stays_one() -> None:
    one, two, three, four, five = STORY.scenes
    dawn = edited(STORY, one, two, three, replace(four, time="dawn"), five)
    assert numbers(dawn) == numbers(STORY)
    assert [len(run) for run in sequences(dawn)] == [2, 1, 1, 1]
    assert dawn.scenes[2].sequence == dawn.scenes[4].sequence
    assert dawn.scenes[4] == five
    changed = edited(STORY, one, two, *(replace(scene, time="dawn") for scene in (three, four, five)))
    assert [sequence.time for sequence in changed.sequences] == ["day", "dawn"]
    assert [scene.sequence for scene in changed.scenes] == [scene.sequence for scene in STORY.scenes]


def test_a_script_s_own_heading_names_the_sequence() -> None:
    text = "EXT. PIER - DAWN\n\nMira ties the boat."
    value = replace(STORY, scenes=(Scene("a", text=text, setting="pier", time="dawn"),), sequences=())
    assert numbered(value, None).sequences[0].heading == "EXT. PIER - DAWN"


def test_a_board_from_before_there_were_numbers_stays_as_it_was() -> None:
    old = replace(STORY, sequences=(), scenes=tuple(replace(scene, number="", sequence=None) for scene in STORY.scenes))
    shorter = replace(old, scenes=old.scenes[1:])
    assert numbered(shorter, old) == shorter
    assert "sequences" not in old.to_json()
    assert "number" not in old.to_json()["scenes"][0]


Edit = tuple[str, int, int, str, str]


@pytest.mark.slow
@given(
    st.lists(st.tuples(st.sampled_from(PLACES), st.sampled_from(TIMES)), min_size=1, max_size=6),
    st.lists(
        st.tuples(
            st.sampled_from(["insert", "delete", "move", "copy", "change"]),
            st.integers(0, 9),
            st.integers(0, 9),
            st.sampled_from(PLACES),
            st.sampled_from(TIMES),
        ),
        max_size=8,
    ),
)
def test_numbers_are_unique_and_stay_whatever_is_edited(panels: list[tuple[str, str]], edits: list[Edit]) -> None:
    value, given = board(*panels), {}
    for what, at, to, place, time in edits:
        given |= {scene.id: scene.number for scene in value.scenes}
        scenes = list(value.scenes)
        at, to = at % max(1, len(scenes)), to % (len(scenes) + 1)
        if what == "insert":
            scenes.insert(to, Scene(new_id("s", value, what, str(to)), setting=place, time=time))
        elif scenes and what == "delete":
            del scenes[at]
        elif scenes and what == "move":
            scenes.insert(min(to, len(scenes) - 1), scenes.pop(at))
        elif scenes and what == "copy":
            scenes.insert(to, replace(scenes[at], id=new_id("s", value, what, str(at))))
        elif scenes:
            scenes[at] = replace(scenes[at], setting=place, time=time)
        before, value = value, numbered(replace(value, scenes=tuple(scenes)), value)
        assert len(set(numbers(value))) == len(value.scenes)
        assert all(numbers(value))
        assert {scene.sequence for scene in value.scenes} <= {sequence.id for sequence in value.sequences}
        named = [sequence.number for sequence in value.sequences]
        assert len(set(named)) == len(named)
        for scene in value.scenes:
            assert given.get(scene.id, scene.number) == scene.number
            assert scene.id in given or scene.number not in given.values()
        untouched = {scene.id: scene for scene in before.scenes}
        for scene, wanted in zip(value.scenes, scenes, strict=True):
            if untouched.get(scene.id) == wanted:
                assert scene == wanted, "an untouched panel stays, byte for byte"
        assert numbered(value, value) == value
