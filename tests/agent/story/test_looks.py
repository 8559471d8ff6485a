"""What a description says of how somebody looks, as a value."""

from __future__ import annotations

import pytest

from agent.story.looks import Look, Piece, parse_look


def test_a_description_is_what_somebody_is_wears_has_and_holds() -> None:
    look = parse_look("a girl of nine with red hair and a striped scarf holding a lantern")
    assert look == Look(
        kind="girl",
        age="nine",
        hair="red hair",
        wears=(Piece("scarf", "", "striped", "a striped scarf"),),
        holds=("a lantern",),
    )


def test_what_is_worn_has_its_colour() -> None:
    look = parse_look("a tall pilot in a yellow jumpsuit")
    assert (look.kind, look.traits) == ("pilot", ("tall",))
    assert [(piece.what, piece.colour) for piece in look.wears] == [("jumpsuit", "yellow")]


def test_a_garment_takes_the_place_of_one_of_its_sort_and_others_stay() -> None:
    look = parse_look("a man in a blue coat and a red hat").wearing(Piece("coat", "green", "", "a green coat"))
    assert {piece.words for piece in look.wears} == {"a red hat", "a green coat"}
    assert {piece.words for piece in look.without("the red hat").wears} == {"a green coat"}


@pytest.mark.parametrize("words", ["a tall pilot in a yellow jumpsuit", "a robot", "three bears"])
def test_a_look_is_told_in_the_words_that_it_was_read_from(words: str) -> None:
    assert parse_look(words).text() == words


def test_nothing_is_nothing() -> None:
    assert parse_look("") == Look()
