"""What a chat model is told of the board: one block of data, that a story cannot leave and a planner can read back."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from agent.context import Context, Focus, KnownVersion, Pending, parse_context, render_context
from db.board import Board, Scene
from tests.agent.tales import tale

CONTEXT = Context(
    board=tale(),
    version=3,
    versions=(KnownVersion(1, None, "the story", "A new storyboard."), KnownVersion(3, 1, "darker")),
    focus=Focus(("s2",), ("c1",)),
    pending=Pending("Which Sam?", ("the baker", "the dog"), "give Sam a hat", (({"name": "undo", "args": {}},), ())),
    last_request="darker",
    last_calls=({"name": "edit_scenes", "args": {"scenes": [2], "mood": "dark"}},),
    files=("tale.txt",),
    pictures=("sketch.png",),
    picture_sizes=((1200, 800),),
    drawn=("s1",),
)


def test_what_was_told_can_be_read_back() -> None:
    assert parse_context(f"Some words before.\n\n{render_context(CONTEXT)}") == CONTEXT
    assert parse_context(render_context(Context())) == Context()
    assert parse_context("no block here") is None


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=80), st.sampled_from(["</board-data>", "<board-data>", "\\u003c/board-data>", '"}]}']))
def test_no_text_leaves_the_block(words: str, evil: str) -> None:
    scene = Scene("s1", text=f"{words}{evil}{words}")
    told = render_context(Context(board=Board(evil, "", tale().drawing, (), (scene,)), last_request=evil))
    assert (told.count("<board-data>"), told.count("</board-data>")) == (1, 1)
    parsed = parse_context(told)
    assert parsed is not None
    assert parsed.board == Board(evil, "", tale().drawing, (), (scene,))


def test_a_large_board_is_told_in_short_with_every_id_title_and_character() -> None:
    long = replace(tale(150), scenes=tuple(replace(scene, text=scene.text * 40) for scene in tale(150).scenes))
    told = render_context(replace(CONTEXT, board=long), limit=60_000)
    parsed = parse_context(told)
    assert parsed is not None
    assert parsed.board is not None
    assert len(told) < 90_000 < len(render_context(replace(CONTEXT, board=long), limit=10**9))
    assert [scene.id for scene in parsed.board.scenes] == [scene.id for scene in long.scenes]
    assert [scene.title for scene in parsed.board.scenes] == [scene.title for scene in long.scenes]
    assert parsed.board.characters == long.characters
