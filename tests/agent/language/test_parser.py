"""English is read into clauses and noun phrases."""

from __future__ import annotations

import subprocess
import sys

import pytest

from agent.language import Clause, parse, parse_all, parser_digest, participle, singular, with_article


def clause(text: str, verb: str) -> Clause:
    return next(clause for clause in parse(text).clauses if clause.verb.text == verb)


def heads(phrases: tuple) -> list[str]:
    return [phrase.head.text for phrase in phrases]


def test_the_weights_are_those_that_the_reader_was_measured_with() -> None:
    assert parser_digest() == "7ec427a0d8c3de745c46318e9e76206ec02ecb38e810aaf4b4bb33d1d1663a6b"


def test_a_clause_has_its_subject_object_and_place() -> None:
    hid = clause("The two mice scampered off and hid a crumb in a narrow hole.", "hid")
    assert heads(hid.subjects) == ["mice"]
    assert heads(hid.objects) == ["crumb"]
    assert [(place.preposition, place.phrase.head.text) for place in hid.places] == [("in", "hole")]
    assert clause("The two mice scampered off.", "scampered").particle == "off"


def test_what_is_done_to_somebody_is_done_by_its_agent() -> None:
    carried = clause("The ass was carried by the miller and his son.", "carried")
    assert heads(carried.subjects) == ["miller", "son"]
    assert heads(carried.objects) == ["ass"]


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("He wanted to kill the fox.", "kill"),
        ("She would sing in the morning.", "sing"),
        ("If the bear came, he ran.", "came"),
        ("They never danced.", "danced"),
    ],
)
def test_what_is_wished_supposed_or_denied_does_not_happen(text: str, verb: str) -> None:
    assert not clause(text, verb).happens


@pytest.mark.parametrize(
    ("text", "verb"),
    [("Mira began to run.", "run"), ("We could see that she wept.", "see"), ("He ran and fell.", "fell")],
)
def test_what_begins_or_is_seen_happens(text: str, verb: str) -> None:
    assert clause(text, verb).happens


def test_a_noun_phrase_has_its_adjectives_and_attachments() -> None:
    phrase = next(p for p in parse("A tall pilot in a yellow jumpsuit smiled.").noun_phrases if p.head.text == "pilot")
    assert [word.text for word in phrase.adjectives] == ["tall"]
    ((preposition, jumpsuit),) = phrase.attachments
    assert (preposition, jumpsuit.head.text, jumpsuit.adjectives[0].text) == ("in", "jumpsuit", "yellow")


def test_many_texts_are_parsed_as_they_are_alone() -> None:
    texts = ["The fox ran.", "The crow sang.", "The fox ran."]
    assert parse_all(texts) == [parse(text) for text in texts]


def test_nothing_is_loaded_before_something_is_read() -> None:
    code = "import sys, agent.language; sys.exit('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    ("verb", "form"),
    [
        ("run", "running"),
        ("lie", "lying"),
        ("dance", "dancing"),
        ("open", "opening"),
        ("begin", "beginning"),
        ("see", "seeing"),
    ],
)
def test_participles(verb: str, form: str) -> None:
    assert participle(verb) == form


def test_articles_and_singulars() -> None:
    assert [with_article(noun) for noun in ("hour", "unicorn", "umbrella")] == ["an hour", "a unicorn", "an umbrella"]
    assert [singular(noun) for noun in ("mice", "fishermen", "foxes", "ladies")] == [
        "mouse",
        "fisherman",
        "fox",
        "lady",
    ]


@pytest.mark.parametrize(
    ("text", "verbs"), [("Mira waves at the sea.", ["wave"]), ("Summer nights.", []), ("Roses.", [])]
)
def test_a_name_before_what_can_be_a_verb_does_it_where_nothing_else_is_a_verb(text: str, verbs: list[str]) -> None:
    clauses = parse(text).clauses
    assert [clause.verb.lemma for clause in clauses] == verbs
    assert all(clause.subject is not None and clause.subject.head.text == "Mira" for clause in clauses)
