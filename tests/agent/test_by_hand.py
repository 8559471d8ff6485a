"""What a person has set by hand stays when scenes are split, merged or told anew, or the reply says what did not."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from agent import edits
from agent.services import Services
from agent.session import ChatSession
from agent.settings import Settings
from agent.summarizing import configured_summarizer
from db.board import Board, Scene
from tests.agent.tales import STORY, receipt_of, tale, talking

SET = {"time": "midnight", "weather": "snow", "setting": "a lighthouse", "mood": "eerie", "shot": "close-up"}


def by_hand(board: Board, scene_id: str, **details: Any) -> Board:
    return edits.edit_scenes(board, [scene_id], **details)


def longer(board: Board, scene_id: str) -> Board:
    text = "The sun burned at noon. Mira ran over the meadow. Mira saw a butterfly."
    return edits.rewrite_text(board, scene_id, text)


def set_fields(scene: Scene) -> dict[str, Any]:
    return {name: getattr(scene, name) for name in SET}


def test_both_parts_of_a_split_scene_keep_what_was_set() -> None:
    board = by_hand(longer(tale(4), "s2"), "s2", **SET)
    first, second = edits.split_scene(board, "s2").scenes[1:3]
    assert set_fields(first) == set_fields(second) == SET


def test_whoever_was_put_into_a_scene_is_in_both_parts_and_whoever_was_taken_out_in_none() -> None:
    board = longer(tale(4), "s2")
    board = edits.add_character(board, "Grandma", ["s2"], "an old woman")
    board = edits.remove_character(board, "c1", ["s2"])
    grandma = board.characters[-1].id
    first, second = edits.split_scene(board, "s2").scenes[1:3]
    assert first.characters == second.characters == (grandma,)


def test_a_text_told_anew_keeps_who_was_put_in_and_shows_whom_it_names() -> None:
    board = edits.add_character(tale(4), "Grandma", ["s2"], "an old woman")
    after = edits.rewrite_text(board, "s2", "Mira stands by the sea.").scene("s2")
    assert set(after.characters) == {"c1", board.characters[-1].id}


def test_one_scene_made_of_two_has_what_was_set_in_either() -> None:
    board = edits.add_character(by_hand(tale(4), "s3", **SET), "Grandma", ["s3"], "an old woman")
    merged = edits.merge_scenes(board, ["s2", "s3"])
    assert set_fields(merged.scene("s2")) == SET
    assert board.characters[-1].id in merged.scene("s2").characters
    assert edits.lost_by_hand(board, merged) == []
    assert set_fields(edits.rewrite_text(merged, "s2", "Mira sleeps.").scene("s2")) == SET, "it stays set by hand"


def test_lines_and_things_set_in_both_come_together() -> None:
    board = by_hand(tale(4), "s2", dialogue=["Mira: Look!"], add_objects=["a lamp"], duration=3.0)
    board = by_hand(board, "s3", dialogue=["Mira: There!"], add_objects=["a rope"], duration=5.0)
    merged = edits.merge_scenes(board, ["s2", "s3"])
    scene = merged.scene("s2")
    assert scene.dialogue == ("Mira: Look!", "Mira: There!")
    assert {"a lamp", "a rope"} <= set(scene.props)
    assert scene.duration == 8.0
    assert edits.lost_by_hand(board, merged) == []


def test_of_two_that_contradict_each_other_the_first_stays_and_the_reply_tells_the_other(services: Services) -> None:
    board = by_hand(by_hand(tale(4), "s2", time="night"), "s3", time="noon")
    receipt = receipt_of(talking(services, board).act("merge_scenes", {"scenes": [2, 3]}))
    assert receipt["board"]["scenes"][1]["time"] == "night"
    assert "The time “noon” of scene 3, set by hand, was not kept." in receipt["reply"]


def test_the_reply_tells_who_is_seen_again_where_a_person_had_taken_them_out(services: Services) -> None:
    board = edits.remove_character(tale(4), "c1", ["s2"])
    receipt = receipt_of(talking(services, board).act("merge_scenes", {"scenes": [2, 3]}))
    assert "Mira, taken out of scene 2 by hand, is in it again." in receipt["reply"]


def test_as_many_scenes_as_wanted_keep_what_was_set() -> None:
    board = by_hand(tale(4), "s4", **SET)
    assert set_fields(edits.set_scene_count(board, 2).scenes[-1]) == SET


def test_every_scene_is_summarised_as_the_settings_say(services: Services) -> None:
    board = tale(4)

    def summarizer(texts: Any) -> list[str]:
        return [f"{len(text)} letters" for text in texts]

    told = edits.rewrite_text(board, "s1", "Mira sleeps.", summarizer)
    told = edits.insert_scene(told, "Tom waves.", "s1", "", summarizer)
    told = edits.merge_scenes(told, ["s3", "s4"], summarizer)
    assert [scene.summary for scene in told.scenes if scene not in board.scenes] == [
        "12 letters", "10 letters", f"{len(told.scene('s3').text)} letters",
    ]  # fmt: skip


@pytest.mark.parametrize("tool", ["new_story", "continue_story", "insert_scene", "rewrite_text"])
def test_no_tool_makes_a_scene_past_the_summarizer_that_is_set(services: Services, tool: str) -> None:
    settings = services.settings.model_copy(update={"summarizer": "llm"})
    session = ChatSession(dataclasses.replace(services, settings=settings), talking(services, tale()).conversation)
    args = {"text": STORY} | ({"scene": 1} if tool == "rewrite_text" else {})
    receipt = receipt_of(session.act(tool, args))
    assert "TALEBOARD_SUMMARIZER=llm needs a language model" in receipt["reply"], "there is none here"
    assert receipt["version"] is None


def test_only_a_summarizer_that_is_asked_for_is_used() -> None:
    assert configured_summarizer(Settings()) is None
    asked = configured_summarizer(Settings(summarizer="llm"), lambda prompt: "A girl and a map.")
    assert asked is not None
    assert asked(["Mira finds a map."]) == ["A girl and a map."]
