"""What a person writes is compared whatever its accents, apostrophes and Unicode form: names, answers, commands."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from agent import edits
from agent.context import Context, Pending
from agent.errors import EditError
from agent.planner.converse import respond
from agent.services import Services
from agent.story import find_style, parse_story, read_more, read_story, read_with_model
from agent.story.dialogue import speaking
from agent.tools import CATALOGUE
from agent.tools.telling import tell_thing
from db.board import Board, Character
from db.words import find_words, fold
from tests.agent.tales import receipt_of, tale, talking

ZOE = "Zoë"
SPELLED = [ZOE, unicodedata.normalize("NFD", ZOE), "zoe", "ZOË", "Zoe"]
OWN = "D’Artagnan"


def board() -> Board:
    """Mira is called Zoë here, and Tom D’Artagnan."""
    short = tale(4)
    cast = tuple(replace(one, name={"c1": ZOE, "c2": OWN}.get(one.id, one.name)) for one in short.characters)
    return replace(short, characters=cast)


def calls(text: str) -> list[tuple[str, dict[str, Any]]]:
    plan = respond(text, Context(board=board(), version=1), tools=CATALOGUE)
    return [(call["name"], call["args"]) for call in plan.calls]


@pytest.mark.parametrize("name", SPELLED)
def test_a_name_is_found_however_it_is_typed(services: Services, name: str) -> None:
    assert edits.find_character(board(), name) == board().character("c1")
    receipt = receipt_of(talking(services, board()).turn(f"give {name} a green hat"))
    assert receipt["changed"][0]["scene"] == "s1"
    assert "a green hat" in receipt["board"]["characters"][0]["description"]


@pytest.mark.parametrize("name", [OWN, "D'Artagnan", "dʼartagnan"])
def test_an_apostrophe_in_a_name_may_be_any(name: str) -> None:
    assert edits.find_character(board(), name) == board().character("c2")
    asked = calls(f"give {name} a green hat")[0][1]["character"]
    assert edits.find_character(board(), asked).name == OWN


def test_of_two_names_that_differ_by_an_accent_alone_the_written_one_is_meant() -> None:
    both = replace(board(), characters=(*board().characters, Character("c9", "Zoe", "a cat")))
    assert edits.find_character(both, "Zoe") == both.character("c9")
    assert edits.find_character(both, ZOE) == both.character("c1")
    with pytest.raises(EditError, match="several"):
        edits.find_character(both, "zoe")


@pytest.mark.parametrize("yes", ["yes, I’m sure", "Yes, I'm sure!", "yes, iʼm sure"])
def test_a_yes_is_a_yes_with_any_apostrophe(services: Services, yes: str) -> None:
    session = talking(services, tale())
    receipt_of(session.act("delete_storyboard"))
    assert receipt_of(session.turn(yes))["board"] is None


def test_an_answer_takes_a_choice_however_it_is_typed() -> None:
    call = {"name": "describe_character", "args": {"character": "c1", "description": "a hat"}}
    pending = Pending("Who?", (ZOE, OWN), "give her a hat", ((call,), ()))
    context = Context(board=board(), version=1, pending=pending)
    assert [respond(name, context, tools=CATALOGUE).calls for name in SPELLED] == [(call,)] * len(SPELLED)


@pytest.mark.parametrize("no", ["don’t", "don't", "donʼt"])
def test_a_no_is_a_no_with_any_apostrophe(no: str) -> None:
    pending = Pending("Who?", (ZOE, OWN), "give her a hat", ((), ()))
    plan = respond(no, Context(board=board(), version=1, pending=pending), tools=CATALOGUE)
    assert (plan.calls, plan.words) == ((), "All right, nothing was changed.")


def test_a_contraction_is_one_with_any_apostrophe() -> None:
    assert calls("what’s in scene 2?") == calls("what's in scene 2?") == calls("whatʼs in scene 2?")


def test_a_scene_is_split_where_the_quoted_words_begin_however_they_are_typed() -> None:
    first = replace(board().scenes[0], text="Zoë opens the café. She’s alone there.")
    told = replace(board(), scenes=(first, *board().scenes[1:]))
    after = edits.split_scene(told, first.id, at="she's alone")
    assert [scene.text for scene in after.scenes[:2]] == ["Zoë opens the café.", "She’s alone there."]


def test_a_thing_is_taken_away_without_its_accent() -> None:
    told = edits.edit_scenes(board(), ["s1"], add_objects=["a café sign"])
    assert edits.edit_scenes(told, ["s1"], remove_objects=["the cafe sign"]).scenes[0].props == board().scenes[0].props


def test_a_style_is_found_without_its_accent() -> None:
    assert find_style("naïve art") == find_style("naive art") is not None
    assert find_style("children’s book") == find_style("children's book")


def test_a_continuation_knows_a_name_without_its_accent() -> None:
    after = read_more(board(), "Zoe runs home. Zoe laughs at Zoe’s old dog. Zoe sleeps.", scenes=1)
    assert "c1" in after.scenes[-1].characters
    assert sum(fold(one.name) == "zoe" for one in after.characters) == 1


def test_a_cue_in_capitals_without_accents_is_who_speaks() -> None:
    assert speaking("ZOE\nGood morning.\n", board().characters) == (f"{ZOE}: Good morning.",)


def test_a_beat_without_accents_is_who_speaks() -> None:
    said = speaking("“Good morning,” said Zoe. “And you?”", board().characters)
    assert said == (f"{ZOE}: Good morning. And you?",)


@pytest.mark.parametrize(
    ("name", "typed"), [("Søren", "soren"), ("Łucja", "LUCJA"), ("Æsa", "Aesa"), ("Frau Groß", "frau gross")]
)
def test_letters_that_have_no_accent_to_leave_out_are_typed_by_their_likes(
    services: Services, name: str, typed: str
) -> None:
    cast = tuple(replace(one, name=name) if one.id == "c1" else one for one in tale().characters)
    told = replace(tale(), characters=cast)
    assert edits.find_character(told, typed) == told.character("c1")
    receipt = receipt_of(talking(services, told).act("describe_character", {"character": typed, "description": "tall"}))
    assert receipt["board"]["characters"][0]["description"].endswith(", tall")


def test_a_figure_is_turned_and_a_thing_is_found_without_their_accents(services: Services) -> None:
    told = edits.edit_scenes(board(), ["s2"], add_objects=["a café sign"])
    turned = receipt_of(talking(services, told).act("turn_to", {"scenes": [2], "who": ["zoe"], "toward": "D'ARTAGNAN"}))
    assert turned["tools"][0]["status"] == "ok", turned["reply"]
    assert tell_thing(told, ["s1", "s2"], "Cafe") == "“Cafe” is in scene 2."


def test_a_name_that_a_model_writes_without_its_accent_stands_in_the_story() -> None:
    story = parse_story("Zoë opens the café. She waits there.")
    claims = {"panels": [{"first": 1, "last": 2, "who": ["Zoe"]}], "cast": [{"name": "Zoe"}, {"name": "Zora"}]}
    reading = read_with_model(story, lambda prompt, form: claims, lambda cut: read_story(story, cut=cut))
    assert [one.name for one in reading.board.characters] == ["Zoe"]


@example("𝘈")
@given(st.text(max_size=40))
def test_what_is_folded_is_the_same_in_every_form_and_folding_it_again_changes_nothing(text: str) -> None:
    folded = fold(text)
    assert fold(folded) == folded
    assert {fold(unicodedata.normalize(form, text)) for form in ("NFC", "NFD")} == {folded}


@given(st.text("aeéÉxX’' \u0301", max_size=20), st.text("aeéÉxX’'", min_size=1, max_size=10))
def test_words_are_found_where_they_stand(before: str, wanted: str) -> None:
    text = f"{before}\n{wanted}"
    place = find_words(text, wanted)
    assert 0 <= place <= len(before) + 1
    assert fold(text[place:]).startswith(fold(wanted))
