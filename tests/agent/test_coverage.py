"""A scene in several shots: nothing is lost or told twice, who is seen is who the words are of, and one shot again."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.drawing.models import drawing_defaults
from agent.edits import COVERAGES, CoverageName, cover, fitting
from agent.errors import EditError
from agent.shots import read_shot
from agent.staging import check_board, settled, stage
from agent.story import parse_story, read_story, split_sentences
from db.board import Board

TALES = {
    "dialogue": "Mira and Tom sit in the kitchen. “Where is the map?” asked Mira. “I gave it to the fox,” said Tom. "
    "Mira laughed.",
    "chase": "In the forest the wolf chased Mira. Mira ran over the bridge. The wolf jumped after her.",
    "discovery": "Mira opened the chest in the attic. She found a golden key.",
    "entrance": "Tom entered the hotel lobby. He put down the suitcase.",
    "phone call": "The telephone rang in the office. “Is that you?” asked Mira. “It is me,” said Tom.",
}


def sentences(value: Board) -> list[str]:
    return [sentence.text for scene in value.scenes for sentence in split_sentences(scene.text)]


def board(text: str) -> Board:
    tale = f"{text}\n\nThe next day the sun shone on the sea."
    made = read_story(parse_story(tale), scenes=2, drawing=drawing_defaults("draft", "storybook"))
    return settled(made, None)


def covered(before: Board, name: CoverageName | None = None, shots: int | None = None) -> Board:
    return settled(cover(before, [before.scenes[0].id], name, shots), before)


@pytest.mark.parametrize("name", TALES)
def test_what_fits_is_proposed(name: str) -> None:
    before = board(TALES[name])
    assert fitting(before, before.scenes[0].id) == name


def test_a_dialogue_is_a_master_then_over_the_shoulders_of_those_who_speak() -> None:
    before = board(TALES["dialogue"])
    after = covered(before)
    names = {character.id: character.name for character in after.characters}
    assert [read_shot(scene.shot).size for scene in after.scenes[:3]] == ["wide", "medium", "medium close-up"]
    assert [read_shot(scene.shot).over_shoulder for scene in after.scenes[:4]] == [False, True, True, False]
    assert [names[scene.characters[0]] for scene in after.scenes[1:4]] == ["Mira", "Tom", "Mira"]
    assert stage(after, after.scenes[1]).camera.over == after.scenes[1].characters[1]
    assert [scene.number for scene in after.scenes] == ["1A", "1B", "1C", "1D", "2A"]
    assert not [fault for fault in check_board(after) if fault.rule in ("180-degree line", "30-degree rule")]
    assert after.scenes[-1] == before.scenes[-1], "the other scene is the same, byte for byte"


def test_a_shot_without_words_shows_a_thing_or_who_listens() -> None:
    insert = covered(board("Mira lays the golden key on the table."), "insert", 2)
    assert insert.scenes[1].props
    assert not insert.scenes[1].text
    assert not insert.scenes[1].characters
    reaction = covered(board("Mira and Tom look at the storm."), "reaction", 2)
    assert reaction.scenes[1].characters != reaction.scenes[0].characters
    assert reaction.scenes[1].summary.endswith("listening")


def test_shots_are_one_shot_again() -> None:
    before = board(TALES["chase"])
    after = covered(before)
    ids = [scene.id for scene in after.scenes[:-1]]
    again = settled(cover(after, ids, shots=1), after)
    assert len(again.scenes) == 2
    assert sentences(again) == sentences(before)
    assert again.scenes[0].number == "1A"
    assert again.sequences[0].omitted == ("1B", "1C")
    with pytest.raises(EditError, match="one shot already"):
        cover(again, ids[:1], shots=1)


@pytest.mark.slow
@settings(max_examples=30)
@given(st.sampled_from(sorted(TALES)), st.sampled_from(sorted(COVERAGES)), st.integers(2, 7))
def test_every_sentence_is_told_once_in_order_and_neighbours_differ(tale: str, name: CoverageName, shots: int) -> None:
    before = board(TALES[tale])
    after = covered(before, name, shots)
    assert len(after.scenes) == shots + 1
    assert sentences(after) == sentences(before)
    assert len({scene.number for scene in after.scenes}) == shots + 1
    for one, next_one in pairwise(after.scenes[:-1]):
        assert (one.shot, one.characters) != (next_one.shot, next_one.characters)
