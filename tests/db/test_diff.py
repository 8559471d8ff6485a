"""What changed between two boards."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from db.board import Board, Character, Scene
from db.diff import Diff, diff
from tests.db.examples import BOARD, boards


def board(ids: str, **changes: object) -> Board:
    return replace(Board(scenes=tuple(Scene(id_) for id_ in ids)), **changes)


def changed(scene_id: str, **fields: object) -> Board:
    scenes = tuple(replace(scene, **fields) if scene.id == scene_id else scene for scene in BOARD.scenes)
    return replace(BOARD, scenes=scenes)


def moves(old: str, new: str) -> list[tuple[str, int, int]]:
    return [(move.scene, move.origin, move.target) for move in diff(board(old), board(new)).moved]


def test_equal_boards_differ_in_nothing() -> None:
    assert not diff(BOARD, BOARD)
    assert diff(BOARD, BOARD) == Diff()


def test_scenes_that_came_and_went() -> None:
    found = diff(board("abc"), board("xbcy"))
    assert (found.added, found.removed, found.moved) == (("x", "y"), ("a",), ())


def test_what_others_coming_and_going_shifts_has_not_moved() -> None:
    assert moves("abcd", "bcd") == []
    assert moves("bcd", "abcd") == []


def test_the_fewest_scenes_that_explain_the_new_order_have_moved() -> None:
    assert moves("abcd", "dabc") == [("d", 4, 1)]
    assert moves("abcd", "bcda") == [("a", 1, 4)]
    assert moves("abcdef", "abedcf") == [("e", 5, 3), ("c", 3, 5)]
    assert moves("abc", "cba") == [("c", 3, 1), ("a", 1, 3)]
    assert len(moves("ab", "ba")) == 1


def test_fields_have_their_values_before_and_after() -> None:
    after = changed("s3", prompt="at night", characters=("c1",))
    assert diff(BOARD, after).to_json() == {
        "from": None,
        "to": None,
        "added": [],
        "removed": [],
        "moved": [],
        "changed": [
            {
                "scene": "s3",
                "fields": {"prompt": [BOARD.scenes[2].prompt, "at night"], "characters": [["c1", "c2"], ["c1"]]},
            }
        ],
        "characters": [],
        "board": {},
    }


def test_characters_and_the_boards_own_fields() -> None:
    mara = replace(BOARD.characters[0], name="Mara")
    after = replace(BOARD, style="ink", characters=(mara, Character("c3", "Gull")), scenes=())
    found = diff(BOARD, after).to_json()
    cast = {change["character"]: change["fields"] for change in found["characters"]}
    assert cast["c1"] == {"name": ["Mira", "Mara"]}
    assert cast["c2"]["name"] == ["Fennel", None]
    assert cast["c3"]["name"] == [None, "Gull"]
    assert found["board"] == {"style": ["watercolor", "ink"]}


def test_kinds_of_change() -> None:
    def kinds(after: Board) -> tuple[str, ...]:
        return diff(BOARD, after).kinds().get("s2", ())

    assert kinds(changed("s2", text="other words", prompt="other words")) == ("reworded",)
    assert kinds(changed("s2", prompt="by hand")) == ("reworded",)
    assert kinds(changed("s2", time="night", prompt="…, at night")) == ("restyled",)
    assert kinds(changed("s2", seed=99)) == ("redrawn",)
    assert kinds(changed("s2", weather="rain", picked="ab" * 32)) == ("restyled", "redrawn")
    assert kinds(changed("s2", locked=True)) == ()


def test_a_prompt_that_follows_the_boards_style_or_a_character_is_restyled() -> None:
    ink = replace(changed("s2", prompt="…, ink"), style="ink")
    assert diff(BOARD, ink).kinds() == {"s2": ("restyled",)}
    fox = replace(changed("s2", prompt="a big fox"), characters=(BOARD.characters[0], Character("c2", "Fennel", "big")))
    assert diff(BOARD, fox).kinds() == {"s2": ("restyled",)}


def test_a_new_picture_of_the_same_words_is_redrawn() -> None:
    found = diff(BOARD, BOARD, images=({"s1": "aa", "s2": "bb"}, {"s1": "aa", "s2": "cc"}))
    assert found.kinds() == {"s2": ("redrawn",)}
    assert found.to_json()["changed"] == [{"scene": "s2", "fields": {"image": ["bb", "cc"]}}]


def test_another_order_of_the_cast_is_a_change_of_the_board() -> None:
    board = replace(BOARD, characters=(Character("c1", "Mira"), Character("c2", "Fennel"), Character("c3", "Tom")))
    first, second, third = board.characters
    found = diff(board, replace(board, characters=(third, replace(first, description="a girl"), second)))
    assert found.board == {"cast": ("Mira, Fennel, Tom", "Tom, Mira, Fennel")}
    assert [change.character for change in found.characters] == ["c1"]
    assert "cast" not in diff(board, replace(board, characters=(first, third))).board


@given(boards(), boards())
def test_a_diff_says_all_it_takes_to_make_the_other_board(a: Board, b: Board) -> None:
    found = diff(a, b)
    assert bool(found) == (a != b or [scene.id for scene in a.scenes] != [scene.id for scene in b.scenes])
    before, after = a.to_json(), b.to_json()
    scenes = {scene["id"]: dict(scene) for scene in before["scenes"]}
    for change in found.changed:
        assert all(scenes[change.scene][name] == old for name, (old, _) in change.fields.items())
        scenes[change.scene].update({name: new for name, (_, new) in change.fields.items()})
    # Take out what was removed or moved, then put in, in the new order, what was added or moved.
    out = {*found.removed, *(move.scene for move in found.moved)}
    order = [scene.id for scene in a.scenes if scene.id not in out]
    put_in = {scene: b.position(scene) for scene in (*found.added, *(move.scene for move in found.moved))}
    for scene, position in sorted(put_in.items(), key=lambda item: item[1]):
        order.insert(position - 1, scene)
    assert order == [scene.id for scene in b.scenes]
    for scene in after["scenes"]:
        assert scene["id"] in found.added or scenes[scene["id"]] == scene


@given(st.permutations("abcdefg"))
def test_no_fewer_moves_would_do(order: list[str]) -> None:
    def longest(rest: str, last: str = "") -> int:
        return max((1 + longest(rest[i + 1 :], c) for i, c in enumerate(rest) if c > last), default=0)

    assert len(moves("abcdefg", "".join(order))) == 7 - longest("".join(order))
