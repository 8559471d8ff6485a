"""Edits of a board: each changes what it was asked to change, and every other scene stays the very same object."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent import edits
from agent.errors import EditError
from agent.story import split_sentences
from db.board import Board, Change, PictureEdit
from tests.agent.tales import tale

BOARD = tale(8)
PICTURE = "ab" * 32


def ids(board: Board) -> list[str]:
    return [scene.id for scene in board.scenes]


def untouched(before: Board, after: Board) -> list[str]:
    """Ids of the scenes that are the same in both."""
    known = {scene.id: scene for scene in before.scenes}
    return [scene.id for scene in after.scenes if known.get(scene.id) == scene]


def only(after: Board, changed: Iterable[str], before: Board = BOARD) -> None:
    assert set(ids(before)) - set(untouched(before, after)) == set(changed)


# -- the order of the story


def test_moving_scenes_keeps_every_scene_and_their_own_order() -> None:
    assert ids(edits.move_scenes(BOARD, ["s3"], 1)) == ["s3", "s1", "s2", "s4", "s5", "s6", "s7", "s8"]
    assert ids(edits.move_scenes(BOARD, ["s1", "s2"], 7)) == ["s3", "s4", "s5", "s6", "s7", "s8", "s1", "s2"]
    assert ids(edits.move_scenes(BOARD, ["s2"], 99))[-1] == "s2"


def test_swapping_two_scenes_moves_no_other() -> None:
    after = edits.swap_scenes(BOARD, "s2", "s7")
    assert ids(after) == ["s1", "s7", "s3", "s4", "s5", "s6", "s2", "s8"]
    assert untouched(BOARD, after) == ids(after)


def test_a_deleted_scene_hands_its_wardrobe_change_to_the_next() -> None:
    dressed = edits.describe_character(BOARD, "c1", "a blue scarf", from_scene="s3")
    after = edits.delete_scenes(dressed, ["s3"])
    assert ids(after) == ["s1", "s2", "s4", "s5", "s6", "s7", "s8"]
    assert after.character("c1").changes == (Change("s4", "a blue scarf"),)


def test_the_last_scene_cannot_be_deleted() -> None:
    with pytest.raises(EditError, match="at least one scene"):
        edits.delete_scenes(BOARD, ids(BOARD))


def test_a_copy_stands_behind_its_scene_with_the_same_seed_and_prompt() -> None:
    after = edits.duplicate_scene(BOARD, "s2")
    copy = after.scenes[2]
    assert copy.id not in ids(BOARD)
    assert replace(copy, id="s2") == BOARD.scene("s2")
    only(after, [])


def test_splitting_keeps_every_sentence_and_the_first_part_keeps_the_scene() -> None:
    after = edits.split_scene(BOARD, "s3", 3)
    parts = after.scenes[2:5]
    assert parts[0].id == "s3"
    assert parts[0].seed == BOARD.scene("s3").seed
    assert " ".join(part.text for part in parts) == BOARD.scene("s3").text
    assert len({part.seed for part in parts}) == 3
    only(after, ["s3"])


def test_splitting_where_certain_words_begin() -> None:
    after = edits.split_scene(BOARD, "s3", at="the boat is thrown")
    assert after.scenes[2].text == "A storm comes."
    assert after.scenes[3].text == "The boat is thrown against the rocks. Mira holds on to the mast."


def test_a_scene_with_two_sentences_cannot_become_five() -> None:
    with pytest.raises(EditError, match="Scene 1 has 2 sentences"):
        edits.split_scene(BOARD, "s1", 5)
    with pytest.raises(EditError, match="no part that begins with"):
        edits.split_scene(BOARD, "s1", at="a dragon")


def test_merging_keeps_all_words_and_people_and_what_was_written_by_hand() -> None:
    noted = edits.edit_scenes(BOARD, ["s2"], notes="slow", shot="low angle")
    after = edits.merge_scenes(noted, ["s2", "s3"])
    merged = after.scene("s2")
    assert ids(after) == ["s1", "s2", "s4", "s5", "s6", "s7", "s8"]
    assert "mends his nets" in merged.text
    assert "holds on to the mast" in merged.text
    assert set(merged.characters) == {"c1", "c2"}
    assert merged.notes == "slow"
    assert merged.shot == "low angle"


def test_only_neighbours_can_be_merged() -> None:
    with pytest.raises(EditError, match="scenes 1 and 3 are not"):
        edits.merge_scenes(BOARD, ["s1", "s3"])


@settings(max_examples=12, deadline=None)
@given(st.integers(1, 24))
def test_any_number_of_panels_loses_no_sentence(count: int) -> None:
    def sentences(board: Board) -> list[str]:
        return " ".join(" ".join(scene.text for scene in board.scenes).split()).split(". ")

    if count > sum(len(split_sentences(scene.text)) for scene in BOARD.scenes):
        with pytest.raises(EditError, match="has sentences for"):
            edits.set_scene_count(BOARD, count)
        return
    after = edits.set_scene_count(BOARD, count)
    assert len(after.scenes) == count
    assert sentences(after) == sentences(BOARD)
    assert len(set(ids(after))) == count


def test_locked_scenes_are_neither_merged_nor_split_by_a_new_count() -> None:
    locked = edits.lock_scenes(BOARD, ["s1", "s2", "s3"], True, {})
    after = edits.set_scene_count(locked, 5)
    assert [after.scene(one) for one in ("s1", "s2", "s3")] == [locked.scene(one) for one in ("s1", "s2", "s3")]


def test_an_inserted_scene_knows_the_characters_that_its_text_names() -> None:
    after = edits.insert_scene(BOARD, "Tom gives Mira a silver compass.", after="s2", shot="close-up")
    new = after.scenes[2]
    assert set(new.characters) == {"c1", "c2"}
    assert "close" in new.prompt
    only(after, [])


def test_new_text_changes_what_follows_from_it_but_not_what_was_written_by_hand() -> None:
    by_hand = edits.edit_scenes(BOARD, ["s3"], weather="snow")
    after = edits.rewrite_text(by_hand, "s3", "The wolf howls at the moon.").scene("s3")
    assert after.text == "The wolf howls at the moon."
    assert after.characters == ("c3",)
    assert after.weather == "snow"
    assert after.seed == BOARD.scene("s3").seed


def test_a_scene_comes_back_from_an_older_board_with_the_characters_it_needs() -> None:
    later = edits.delete_scenes(edits.remove_character(BOARD, "c2"), ["s2"])
    after = edits.take_scene(later, BOARD, "s2")
    assert ids(after) == ids(BOARD)
    assert after.scene("s2") == BOARD.scene("s2")
    assert after.character("c2") == BOARD.character("c2")


def test_a_scene_taken_from_a_board_of_another_style_keeps_that_style() -> None:
    later = edits.set_style(BOARD, "ink noir")
    after = edits.take_scene(later, BOARD, "s4")
    assert after.scene("s4").prompt == BOARD.scene("s4").prompt
    assert after.scene("s4").style == BOARD.style


# -- the look of a scene


@pytest.mark.parametrize(
    ("detail", "words"),
    [
        ({"shot": "close-up"}, "close"),
        ({"time": "night"}, "night"),
        ({"weather": "snow"}, "snow"),
        ({"mood": "dark, dim light"}, "dim light"),
        ({"setting": "a cave"}, "cave"),
        ({"action": "Mira sleeps"}, "sleeps"),
        ({"add_objects": ["a red balloon"]}, "red balloon"),
    ],
)
def test_a_detail_reaches_the_prompt_of_its_scene_and_no_other(detail: dict[str, object], words: str) -> None:
    after = edits.edit_scenes(BOARD, ["s1"], **detail)  # type: ignore[arg-type]
    assert words in after.scene("s1").prompt.lower()
    assert after.scene("s1").seed == BOARD.scene("s1").seed
    assert after.scene("s1").text == BOARD.scene("s1").text
    only(after, ["s1"])


def test_a_removed_thing_is_in_neither_props_nor_prompt_and_is_not_wanted() -> None:
    after = edits.edit_scenes(BOARD, ["s3"], remove_objects=["the lantern"]).scene("s3")
    assert after.props == ("a boat",)
    assert "lantern" not in after.prompt
    assert "lantern" in after.negative_prompt
    again = edits.edit_scenes(replace(BOARD, scenes=(after,)), ["s3"], add_objects=["a lantern"]).scene("s3")
    assert "lantern" in again.prompt
    assert "lantern" not in again.negative_prompt


def test_what_is_not_wanted_stays_so_in_another_style() -> None:
    after = edits.set_style(edits.edit_scenes(BOARD, ["s3"], remove_objects=["lantern"]), "ink noir").scene("s3")
    assert "lantern" in after.negative_prompt


def test_notes_and_duration_change_no_prompt() -> None:
    after = edits.edit_scenes(BOARD, ["s1"], notes="pan left", duration=6.0)
    assert after.scene("s1").prompt == BOARD.scene("s1").prompt
    assert after.scene("s1").duration == 6.0


def test_an_edit_that_says_nothing_is_refused() -> None:
    with pytest.raises(EditError, match="What should change"):
        edits.edit_scenes(BOARD, ["s1"])


def test_a_prompt_written_by_hand_survives_style_and_character_edits() -> None:
    by_hand = edits.set_prompt(BOARD, ["s2"], "two figures on a pier, golden light")
    styled = edits.set_style(by_hand, "ink noir")
    described = edits.describe_character(styled, "c1", "a green coat")
    assert described.scene("s2").prompt.startswith("two figures on a pier, golden light")
    assert described.scene("s1").prompt != BOARD.scene("s1").prompt


def test_an_edit_is_added_to_a_prompt_written_by_hand() -> None:
    by_hand = edits.set_prompt(BOARD, ["s2"], "two figures on a pier")
    after = edits.edit_scenes(by_hand, ["s2"], time="night")
    assert after.scene("s2").prompt == "two figures on a pier, night"


def test_a_style_changed_twice_leaves_no_trace_of_the_first_in_a_prompt_written_by_hand() -> None:
    by_hand = edits.set_prompt(BOARD, ["s2"], "two figures on a pier")
    once = edits.set_style(by_hand, "ink noir").scene("s2").prompt
    twice = edits.set_style(edits.set_style(by_hand, "claymation"), "ink noir").scene("s2").prompt
    assert once == twice


def test_a_prompt_given_back_is_written_from_the_scene_again() -> None:
    by_hand = edits.set_prompt(BOARD, ["s2"], "two figures on a pier")
    assert edits.set_prompt(by_hand, ["s2"], "").scene("s2") == BOARD.scene("s2")


def test_a_style_for_one_scene_leaves_the_others() -> None:
    after = edits.set_style(BOARD, "ink noir", ["s4"])
    only(after, ["s4"])
    assert after.style == BOARD.style
    assert edits.set_style(after, "claymation").scene("s4") == after.scene("s4")


def test_a_locked_scene_keeps_its_style_and_prompt_when_the_board_changes() -> None:
    locked = edits.lock_scenes(BOARD, ["s4"], True, {"s4": PICTURE})
    after = edits.set_style(locked, "ink noir")
    assert after.scene("s4").prompt == BOARD.scene("s4").prompt
    assert after.scene("s4").picked == PICTURE
    assert after.scene("s1").prompt != BOARD.scene("s1").prompt


# -- characters


def test_a_description_reaches_exactly_the_scenes_with_that_character() -> None:
    after = edits.describe_character(BOARD, "c2", "a yellow hat")
    only(after, ["s2"])
    assert "yellow hat" in after.scene("s2").prompt
    assert "grey beard" in after.character("c2").description


def test_the_same_garment_is_exchanged_not_added() -> None:
    assert edits.describe_character(BOARD, "c1", "a green coat").character("c1").description == "a girl in a green coat"


def test_from_a_scene_on_means_not_before() -> None:
    after = edits.describe_character(BOARD, "c1", "a blue scarf", from_scene="s3")
    only(after, ["s3", "s4"])
    assert after.character("c1").description == BOARD.character("c1").description
    assert "blue scarf" in after.scene("s4").prompt


def test_renaming_says_the_new_name_everywhere_and_leaves_others_alone() -> None:
    after = edits.rename_character(BOARD, "c1", "Mara")
    told = " ".join(f"{scene.title} {scene.text} {scene.action} {scene.prompt}" for scene in after.scenes)
    assert "Mira" not in told
    assert after.scene("s3").text.endswith("Mara holds on to the mast.")
    assert after.scene("s5") == BOARD.scene("s5")


def test_two_characters_cannot_have_one_name() -> None:
    with pytest.raises(EditError, match="a Tom already"):
        edits.rename_character(BOARD, "c1", "Tom")


def test_another_takes_a_characters_place() -> None:
    after = edits.swap_character(BOARD, "c3", "the bear", description="a brown bear")
    only(after, ["s4", "s5", "s6", "s7", "s8"])
    assert [one.name for one in after.characters] == ["Mira", "Tom", "the bear"]
    assert "bear" in after.scene("s4").prompt
    assert "wolf" not in after.scene("s4").prompt + after.scene("s4").text


def test_two_in_one_scene_change_parts() -> None:
    after = edits.swap_character(BOARD, "c1", "Tom", ["s2"])
    assert after.scene("s2").characters == ("c2", "c1")
    assert after.scene("s2").action == "Tom and Mira stand by the nets"
    only(after, ["s2"])


def test_a_character_taken_out_of_one_scene_stays_in_the_others() -> None:
    after = edits.remove_character(BOARD, "c2", ["s2"])
    assert after.scene("s2").characters == ("c1",)
    assert "Tom" not in after.scene("s2").action
    assert "beard" not in after.scene("s2").prompt
    assert after.scene("s2").text == BOARD.scene("s2").text
    only(after, ["s2"])


def test_a_character_who_is_not_there_cannot_be_removed() -> None:
    with pytest.raises(EditError, match="Tom is not in that scene"):
        edits.remove_character(BOARD, "c2", ["s1"])


def test_two_of_one_name_are_told_apart_or_asked_about() -> None:
    twins = edits.add_character(BOARD, "the baker")
    twins = replace(twins, characters=(*twins.characters, replace(twins.characters[-1], id="c9")))
    with pytest.raises(EditError, match="several called the baker"):
        edits.find_character(twins, "the baker")
    assert edits.find_character(twins, "c9") is not None
    assert edits.find_character(BOARD, "The Fisherman") == BOARD.character("c2")


# -- drawing


def test_a_redraw_is_a_new_seed_with_the_same_prompt() -> None:
    after = edits.redraw(BOARD, {"s2": 7})
    assert after.scene("s2") == replace(BOARD.scene("s2"), seed=7)
    only(after, ["s2"])


def test_a_locked_panel_is_not_changed_by_name() -> None:
    locked = edits.lock_scenes(BOARD, ["s2"], True, {"s2": PICTURE})
    changes: list[Callable[[Board], Board]] = [
        lambda board: edits.redraw(board, {"s2": 7}),
        lambda board: edits.edit_scenes(board, ["s2"], time="night"),
        lambda board: edits.delete_scenes(board, ["s2"]),
        lambda board: edits.rewrite_text(board, "s2", "Nobody comes."),
        lambda board: edits.set_style(board, "ink noir", ["s2"]),
        lambda board: edits.set_prompt(board, ["s2"], "a pier"),
    ]
    for change in changes:
        with pytest.raises(EditError, match="Scene 2 is locked"):
            change(locked)
    assert edits.edit_scenes(locked, ["s2"], notes="lovely").scene("s2").notes == "lovely"


def test_other_drawing_settings_keep_only_locked_pictures() -> None:
    picked = replace(BOARD, scenes=tuple(replace(scene, picked=PICTURE) for scene in BOARD.scenes))
    locked = edits.lock_scenes(picked, ["s2"], True, {})
    after = edits.set_drawing(locked, steps=20, size=(256, 256))
    assert after.drawing == replace(BOARD.drawing, steps=20, size=(256, 256))
    assert [scene.id for scene in after.scenes if scene.picked] == ["s2"]


@pytest.mark.parametrize(
    ("given", "told"), [({"sampler": "magic"}, "no sampler magic"), ({"size": (250, 144)}, "248x144"), ({}, "Which")]
)
def test_drawing_settings_that_cannot_be_are_refused(given: dict[str, object], told: str) -> None:
    with pytest.raises(EditError, match=told):
        edits.set_drawing(BOARD, **given)


def test_a_picture_edit_ends_when_the_scene_comes_to_show_something_else() -> None:
    edit = PictureEdit(PICTURE, 0.6, "a hat")
    edited = edits.edit_picture(BOARD, {"s2": edit}, {"s2": 9})
    assert edited.scene("s2").edit == edit
    assert edits.edit_scenes(edited, ["s2"], time="night").scene("s2").edit is None
    assert edits.edit_scenes(edited, ["s2"], notes="fine").scene("s2").edit == edit


@pytest.mark.parametrize(
    ("places", "words"),
    [([3], "scene 3"), ([1, 2], "scenes 1 and 2"), ([8, 1, 2, 4, 5, 6, 7], "scenes 1, 2 and 4 to 8")],
)
def test_places_in_words(places: list[int], words: str) -> None:
    assert edits.place_list(places) == words


def test_a_description_that_says_anew_what_somebody_is_takes_the_place_of_what_it_says_otherwise() -> None:
    board = edits.describe_character(BOARD, "c1", "a girl with red hair in a yellow dress", instead=True)
    after = edits.describe_character(board, "c1", "a tall girl with red braids")
    assert after.character("c1").description == "a tall girl with red braids in a yellow dress"
