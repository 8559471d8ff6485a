"""Where the rules of composition put people, told by the geometry of the picture world."""

from __future__ import annotations

import dataclasses
from itertools import combinations
from pathlib import Path

import pytest

import agent.story
from agent.drawing.models import drawing_defaults
from agent.drawing.requests import board_requests, panel_request, request_digest, request_from_json
from agent.staging import remarks, sequences, settled, stage, staged_panel
from agent.staging.looks import read_looks
from agent.story import load_story, read_story
from db.board import Board, Camera, Character, Figure, Scene, Staging
from db.errors import InvalidBoardError
from sd_models.world import boxes
from sd_models.world.values import Box, Worn

SAMPLES = ("the-lighthouse-fox", "the-moon-in-the-well", "the-robot-gardener")
SAMPLE_FOLDER = Path(agent.story.__file__).parent / "samples"
DRAFT = drawing_defaults("draft", "storybook")
SCRATCH = dataclasses.replace(drawing_defaults("scratch", "storybook"), sharing=0.0)


def board_of(*scenes: Scene, people: int = 2) -> Board:
    names = ("Mira", "Tom", "Sam", "Ilse", "Otto", "Paul", "Nora", "Kim", "Lea")
    cast = tuple(Character(f"c{k}", name, "a girl in a red coat") for k, name in enumerate(names[:people]))
    return Board(drawing=DRAFT, characters=cast, scenes=scenes)


@pytest.fixture(params=SAMPLES)
def sample(request: pytest.FixtureRequest) -> Board:
    path = SAMPLE_FOLDER / f"{request.param}.txt"
    return read_story(load_story(path.read_bytes(), path.name), drawing=DRAFT)


def covered(a: Box, b: Box) -> float:
    """The share of the smaller box that the other covers."""
    width = max(0.0, min(a[2], b[2]) - max(a[0], b[0]))
    height = max(0.0, min(a[3], b[3]) - max(a[1], b[1]))
    smaller = min((x[2] - x[0]) * (x[3] - x[1]) for x in (a, b))
    return width * height / smaller if smaller else 0.0


def test_everybody_is_in_the_frame_and_no_head_hides_another(sample: Board) -> None:
    for scene in sample.scenes:
        panel = staged_panel(sample, scene)
        assert {figure.who for figure in stage(sample, scene).staging.figures} == set(scene.characters)
        heads = [figure.head for figure in boxes(panel, (1280, 720))]
        for left, top, right, bottom in heads:
            assert min(right - left, bottom - top) > 0.01, f"a head of {scene.text!r} is outside"
        for a, b in combinations(heads, 2):
            assert covered(a, b) <= 1 / 3, scene.text


def test_sides_hold_within_a_sequence(sample: Board) -> None:
    for run in sequences(sample):
        order: dict[tuple[str, str], bool] = {}
        for scene in run:
            for a, b in combinations(sorted(stage(sample, scene).staging.figures, key=lambda one: one.who), 2):
                assert order.setdefault((a.who, b.who), a.x < b.x) == (a.x < b.x)


def test_the_same_board_gives_the_same_staging(sample: Board) -> None:
    again = Board.from_json(sample.to_json())
    assert [staged_panel(again, scene) for scene in again.scenes] == [
        staged_panel(sample, scene) for scene in sample.scenes
    ]


def test_who_speaks_faces_whom_they_speak_to() -> None:
    scene = Scene("s1", action="Mira tells Tom a story", characters=("c0", "c1"), setting="forest")
    mira, tom = stage(board_of(scene), scene).staging.figures
    assert (mira.facing, tom.facing) == (("right", "left") if mira.x < tom.x else ("left", "right"))


def test_an_action_gives_each_figure_its_pose_and_what_is_in_the_hand() -> None:
    scene = Scene("s1", action="Mira runs with a lantern, and Tom sits on the bench", characters=("c0", "c1"))
    mira, tom = stage(board_of(scene), scene).staging.figures
    assert (mira.pose, mira.holds, tom.pose, tom.holds) == ("running", "lantern", "sitting", "")


@pytest.mark.parametrize("size", ["extreme wide", "wide", "full", "medium wide", "medium", "close-up"])
@pytest.mark.parametrize("pose", ["standing", "sitting", "climbing", "jumping", "waving"])
def test_no_head_is_lost_or_too_small(size: str, pose: str) -> None:
    staging = Staging((Figure("c0", 0.4, 0.12, pose=pose),))
    scene = Scene("s1", characters=("c0",), camera=Camera(size), staging=staging, setting="forest")  # type: ignore[arg-type]
    (figure,) = boxes(staged_panel(board_of(scene), scene))
    _, top, _, bottom = figure.head
    assert bottom - top >= 0.06
    assert top > 0 or size == "close-up", "the top of a head is in the frame"


@pytest.mark.parametrize("size", ["medium wide", "medium", "medium close-up"])
def test_a_small_one_beside_a_tall_one_is_seen_whole_of_face(size: str) -> None:
    cast = (Character("c0", "Ilse", "an old woman"), Character("c1", "Baby", "a baby"))
    scene = Scene("s1", characters=("c0", "c1"), camera=Camera(size), setting="kitchen")  # type: ignore[arg-type]
    panel = staged_panel(Board(drawing=DRAFT, characters=cast, scenes=(scene,)), scene)
    for figure in boxes(panel):
        _, top, _, bottom = figure.head
        assert 0 < top < bottom < 1


def test_a_place_that_is_not_named_is_that_of_the_sequence_or_of_the_text() -> None:
    named = Scene("s1", setting="by the bed", text="He wakes.", characters=("c0",))
    silent = Scene("s2", text="He yawns.", characters=("c0",))
    board = board_of(named, silent)
    assert [staged_panel(board, scene).setting for scene in board.scenes] == ["bedroom", "bedroom"]
    told = Scene("s1", text="A robot stood in a quiet library.")
    assert staged_panel(board_of(told), told).setting == "library"


def test_too_many_people_stand_in_rows_and_it_is_said() -> None:
    scene = Scene("s1", characters=tuple(f"c{k}" for k in range(9)))
    staged = stage(board_of(scene, people=9), scene)
    assert len(staged.staging.figures) == 9
    (note,) = staged.notes
    assert note.startswith("9 people are a crowd")
    assert remarks(settled(board_of(scene, people=9), None), scene)[0] == note
    assert len({figure.depth for figure in staged.staging.figures}) > 1
    assert "9 people" in staged.notes[0]


def test_an_unknown_pose_stands() -> None:
    scene = Scene("s1", characters=("c0",), staging=Staging((Figure("c0", 0.5, 0.2, pose="blorping"),)))
    assert staged_panel(board_of(scene), scene).figures[0].pose == "standing"


def test_what_was_decided_by_hand_stays() -> None:
    scene = Scene(
        "s1", characters=("c0",), camera=Camera("close-up", "low"), staging=Staging((Figure("c0", 0.8, 0.4),))
    )
    staged = stage(board_of(scene), scene)
    assert (staged.camera.size, staged.camera.angle, staged.staging.figures[0].x) == ("close-up", "low", 0.8)


def test_looks_are_read_from_a_description() -> None:
    looks = read_looks("a girl of nine with long red hair in a striped blue coat", "Mira", "c1")
    assert (looks.subject, looks.age, looks.hair, looks.hair_colour) == ("girl", "child", "long", "red")
    assert looks.wears == (Worn("coat", "blue", "striped"),)
    assert read_looks("a girl", "Mira", "c1").seed == looks.seed


@pytest.mark.parametrize(
    ("field", "value"), [("x", 1.5), ("depth", "far"), ("facing", "up"), ("scale", 0.0), ("who", "")]
)
def test_nonsense_in_a_staging_is_refused_by_its_field(field: str, value: object) -> None:
    board = board_of(Scene("s1", characters=("c0",), staging=Staging((Figure("c0", 0.5, 0.2),)))).to_json()
    board["scenes"][0]["staging"]["figures"][0][field] = value
    with pytest.raises(InvalidBoardError, match=field):
        Board.from_json(board)


def test_a_board_that_nobody_staged_is_written_as_before() -> None:
    value = board_of(Scene("s1")).to_json()
    assert not {"camera", "staging"} & set(value["scenes"][0])
    assert "freedom" not in value["drawing"]


def test_a_request_without_layout_keeps_its_digest() -> None:
    scene = Scene("s1", prompt="a fox", characters=("c0",))
    board = dataclasses.replace(board_of(scene), drawing=SCRATCH)
    staged = Staging((Figure("c0", 0.9, 0.2),))
    moved = dataclasses.replace(scene, staging=staged)
    assert panel_request(board, scene).digest == panel_request(board, moved).digest
    free = dataclasses.replace(board, drawing=dataclasses.replace(SCRATCH, freedom=0.6))
    assert len({panel_request(one, two).digest for one in (board, free) for two in (scene, moved)}) == 3


def test_a_queued_layout_is_read_back() -> None:
    scene = Scene("s1", characters=("c0", "c1"), props=("a lantern",), setting="forest")
    board = board_of(scene)
    digest, request = board_requests(board)["s1"]
    assert request_digest(request_from_json(request.to_json())) == digest


@pytest.mark.parametrize(("channels", "given"), [(8, True), (4, False)])
def test_a_model_that_looks_at_layouts_is_given_one(tmp_path: Path, channels: int, given: bool) -> None:
    (tmp_path / "unet").mkdir()
    (tmp_path / "unet" / "config.json").write_text(f'{{"in_channels": {channels}, "out_channels": 4}}')
    scene = Scene("s1", prompt="a fox", characters=("c0",))
    drawing = dataclasses.replace(SCRATCH, model=str(tmp_path))
    request = panel_request(dataclasses.replace(board_of(scene), drawing=drawing), scene).request
    assert (request.layout is not None) == given
    assert request.strength is None


def test_what_cannot_be_drawn_is_a_marked_stand_in_and_is_said() -> None:
    scene = Scene("s1", characters=("c0",), setting="hills", props=("a zorb", "a lamp"))
    assert remarks(board_of(scene), scene) == ("Not in the catalogue, so only marked in the draft: zorb.",)
