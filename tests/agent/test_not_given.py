"""An argument that a model writes as nothing is not given; taking something away is a word of its own."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pydantic import ValidationError

from agent.services import Services
from agent.tools import CATALOGUE, Tool
from agent.tools.desk import Desk
from tests.agent.tales import receipt_of, tale, talking

NOTHINGS = ("", "  ", "null", "None", "none", "N/A", None, [], ["null"])


@pytest.mark.parametrize("tool", CATALOGUE.values(), ids=CATALOGUE)
def test_nothing_in_any_spelling_is_the_same_as_leaving_an_argument_out(tool: Tool) -> None:
    fields = tool.arguments.model_fields
    examples = {"scenes": ["1"], "calls": [[{"name": "undo", "args": {}}]], "format": "pdf", "count": 3, "number": 1}
    needed = {name: examples.get(name, "2") for name, field in fields.items() if field.is_required()}
    left_out = tool.arguments.model_validate(needed)
    for name, field in fields.items():
        for nothing in NOTHINGS:
            given = {**needed, name: nothing}
            if field.is_required():
                with pytest.raises(ValidationError, match="Field required"):
                    tool.arguments.model_validate(given)
            else:
                assert tool.arguments.model_validate(given) == left_out, f"{name}={nothing!r}"


@pytest.mark.parametrize("nothing", NOTHINGS)
def test_a_detail_that_is_not_given_stays(services: Services, nothing: object) -> None:
    board = tale()
    scenes = (replace(board.scenes[0], weather="rain", mood="dark", setting="harbor"), *board.scenes[1:])
    details = {"time": "night", "weather": nothing, "mood": nothing, "setting": nothing, "dialogue": nothing}
    session = talking(services, replace(board, scenes=scenes))
    after = receipt_of(session.act("edit_scenes", {"scenes": ["1"], **details}))["board"]["scenes"][0]
    assert (after["time"], after["weather"], after["mood"], after["setting"]) == ("night", "rain", "dark", "harbor")


@pytest.mark.parametrize("words", [["weather", "mood"], '["weather", "mood"]'])
def test_details_are_taken_away_by_name(services: Services, words: object) -> None:
    board = tale()
    scenes = (replace(board.scenes[0], weather="rain", mood="dark", notes="slow"), *board.scenes[1:])
    session = talking(services, replace(board, scenes=scenes))
    receipt = receipt_of(session.act("edit_scenes", {"scenes": ["1"], "take_away": words}))
    after = receipt["board"]["scenes"][0]
    assert (after["weather"], after["mood"], after["notes"]) == ("", "", "slow")
    assert "weather none" in receipt["reply"]


def test_a_detail_cannot_be_given_and_taken_away_at_once(services: Services) -> None:
    arguments = {"scenes": ["1"], "weather": "snow", "take_away": ["weather"]}
    receipt = receipt_of(talking(services, tale()).act("edit_scenes", arguments))
    assert receipt["version"] is None
    assert "not both" in receipt["reply"]


def test_a_prompt_written_by_hand_is_given_back(services: Services) -> None:
    session = talking(services, tale())
    before = receipt_of(session.turn("show the prompt of scene 1"))["board"]["scenes"][0]["prompt"]
    receipt_of(session.act("set_prompt", {"scenes": ["1"], "prompt": "a pier", "negative_prompt": "unicorns"}))
    after = receipt_of(session.act("set_prompt", {"scenes": ["1"], "take_away": ["prompt"], "prompt": "None"}))
    assert after["board"]["scenes"][0]["prompt"] == before
    assert "unicorns" in after["board"]["scenes"][0]["negative_prompt"]


def test_words_and_lists_are_read_as_models_write_them(services: Services) -> None:
    session = talking(services, tale())
    for written in ("a lantern", '["a lantern"]', ["a lantern"]):
        read = CATALOGUE["edit_scenes"].arguments.model_validate({"scenes": "[1, 2]", "add_objects": written})
        assert (read.add_objects, read.scenes) == (["a lantern"], ["1", "2"])  # type: ignore[attr-defined]
    desk = Desk(services, "local", session.conversation or "", start=services.history().head(_board(services)))
    assert len(desk.scenes(["1", "2"])) == 2


def _board(services: Services) -> str:
    return services.history().storyboards()[0].storyboard
