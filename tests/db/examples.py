"""Boards to test with, and how Hypothesis makes more."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from db.board import Board, Change, Character, Drawing, PictureEdit, Scene, Variation, digest

__all__ = ["BOARD", "DRAWING", "board_edits", "boards", "requests_of"]

MIRA = Character("c1", "Mira", "a girl in a red coat", ("the girl",), (Change("s3", "with a lantern"),))
FOX = Character("c2", "Fennel", "a small fox")
DRAWING = Drawing("scratch", "storybook", "ddim", 8, 4.0, (256, 144))

BOARD = Board(
    title="The Lantern Keeper",
    style="watercolor",
    drawing=DRAWING,
    characters=(MIRA, FOX),
    scenes=tuple(
        Scene(
            f"s{number}",
            title=f"Scene {number}",
            text=f"“Sentence {number}”, she said — d’accord?",
            prompt=f"wide shot, sentence {number}, watercolor",
            characters=("c1", "c2") if number == 3 else ("c1",),
            seed=number,
        )
        for number in range(1, 5)
    ),
)


def requests_of(board: Board) -> dict[str, str]:
    """Request digests as something above would compute them: from what is drawn, not from where it stands."""
    return {scene.id: digest([scene.prompt, scene.seed, board.drawing.model]) for scene in board.scenes}


words = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"], exclude_characters="\x00"), max_size=30)
sha256s = st.binary(min_size=1, max_size=4).map(lambda data: digest(data.hex()))
scene_fields = {
    "title": words,
    "text": words,
    "prompt": words,
    "time": words,
    "dialogue": st.lists(words, max_size=2).map(tuple),
    "duration": st.floats(0.1, 100, allow_nan=False),
    "locked": st.booleans(),
    "style": st.none() | words,
    "seed": st.integers(0, 2**63 - 1),
    "variation": st.none() | st.builds(Variation, st.integers(0, 9), st.floats(0.01, 1)),
    "edit": st.none() | st.builds(PictureEdit, sha256s, st.floats(0.01, 1), words, st.none() | sha256s),
    "picked": st.none() | sha256s,
}


@st.composite
def boards(draw: st.DrawFn, max_scenes: int = 6) -> Board:
    """Any board: scenes and characters with ids of their own, scenes showing some of the characters."""
    cast = draw(st.lists(st.sampled_from([MIRA, FOX, Character("c3", "Ö\u0301", "")]), unique=True))
    ids = draw(st.lists(st.sampled_from([f"s{number}" for number in range(1, 9)]), unique=True, max_size=max_scenes))
    shown = st.lists(st.sampled_from([character.id for character in cast]), unique=True) if cast else st.just([])
    scenes = [draw(st.builds(Scene, st.just(id_), characters=shown.map(tuple), **scene_fields)) for id_ in ids]
    drawing = replace(DRAWING, steps=draw(st.integers(1, 50)), size=(draw(st.sampled_from([256, 512])), 144))
    return Board(draw(words), draw(words), drawing, tuple(cast), tuple(scenes))


@st.composite
def board_edits(draw: st.DrawFn, board: Board) -> Board:
    """A board one edit away: something reworded, moved, removed or added."""
    kind = draw(st.sampled_from(["title", "scene", "move", "remove", "add"]))
    scenes = list(board.scenes)
    if kind == "add" or not scenes:
        taken = {scene.id for scene in scenes}
        new = next(f"n{number}" for number in range(100) if f"n{number}" not in taken)
        scenes.insert(draw(st.integers(0, len(scenes))), Scene(new, prompt=draw(words)))
    elif kind == "title":
        return replace(board, title=draw(words))
    else:
        scene = scenes.pop(draw(st.integers(0, len(scenes) - 1)))
        if kind == "scene":
            field = draw(st.sampled_from(sorted(scene_fields)))
            scene = replace(scene, **{field: draw(scene_fields[field])})
        if kind != "remove":
            scenes.insert(draw(st.integers(0, len(scenes))), scene)
    return replace(board, scenes=tuple(scenes))
