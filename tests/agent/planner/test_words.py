"""Words: contractions, numbers, quotes, and slips, which are mended in the planner's own words and in nobody's name."""

from __future__ import annotations

import pytest

from agent.requests.lexicon import LEXICON, correct
from agent.requests.tokens import read_words
from agent.requests.words import read_text


def spoken(text: str) -> str:
    return " ".join(token.word for token in read_words(text))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("don't change it", "do not change it"),
        ("DONT, cant, it's, whats", "do not , can not , it is , what is"),
        ("Mira’s coat", "mira 's coat"),
        ("close-up", "close up"),
        ("gimme 3 pls", "give me 3 please"),
    ],
)
def test_contractions_are_opened(text: str, words: str) -> None:
    assert spoken(text) == words


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("7", 7),
        ("6.5", 6.5),
        ("twelve", 12),
        ("twenty-two", 22),
        ("3rd", 3),
        ("fifth", 5),
        ("twenty first", 21),
        ("last", -1),
        ("second to last", -2),
        ("last but one", -2),
        ("third from the end", -3),
    ],
)
def test_numbers_are_read(text: str, value: float) -> None:
    (token,) = read_words(text)
    assert token.value == value


@pytest.mark.parametrize("quote", ['"the door opened"', "“the door opened”", "'the door opened'", "‘the door opened’"])
def test_a_quote_is_one_token_whatever_its_marks(quote: str) -> None:
    tokens = read_words(f"split 6 after {quote}")
    assert [token.kind for token in tokens] == ["word", "number", "word", "quote"]
    assert tokens[-1].value == "the door opened"


@pytest.mark.parametrize(
    ("slip", "word"),
    [
        ("nihgt", "night"),
        ("delte", "delete"),
        ("panle", "panel"),
        ("teh", "the"),
        ("snwoy", "snowy"),
        ("darkre", "darker"),
        ("duplicte", "duplicate"),
        ("everthing", "everything"),
        ("swpa", "swap"),
    ],
)
def test_a_slip_is_mended(slip: str, word: str) -> None:
    assert correct(slip) == word


@pytest.mark.parametrize("word", [*sorted(LEXICON.commands)[::7], "lamp", "cuter", "older", "mover", "swan", "dress"])
def test_a_known_word_is_left_alone(word: str) -> None:
    assert correct(word) == word


def test_names_on_the_board_are_mended_to_and_never_away_from() -> None:
    assert correct("biscut", frozenset({"biscuit"})) == "biscuit"
    assert correct("mara", frozenset({"mara", "mira"})) == "mara"


def test_names_and_quotes_of_a_message_are_left_as_they_are() -> None:
    words = read_text("rename Mira to Nihgt and call the board 'teh lats boat'", frozenset(), frozenset()).words
    assert "nihgt" in [word.low for word in words]
    assert "teh lats boat" in [word.quote for word in words]
