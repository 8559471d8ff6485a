"""What the drafts of whole stories look like, told by the geometry that draws them, in every shape of frame."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import combinations, pairwise
from pathlib import Path

import pytest

import agent.story
from agent.staging import check_board, settled, stage, staged_panel
from agent.story import load_story, read_story
from db.board import Board, Camera, Figure, Scene, Staging
from sd_models.world import Looks, StagedFigure, StagedPanel, StagedProp, View, boxes, draw, known, prop_boxes
from sd_models.world.composition import FACE, beside_face
from sd_models.world.figures.people import HEAD_Y
from sd_models.world.figures.poses import POSES
from sd_models.world.figures.wear import hand
from sd_models.world.objects import held_box
from sd_models.world.things.catalogue import THINGS
from sd_models.world.values import Box
from tests.agent.staging.test_stage import DRAFT, board_of, covered

SAMPLES = Path(agent.story.__file__).parent / "samples"
TALES = Path(__file__).parents[2] / "tales"
STORIES = sorted(path.name for folder in (SAMPLES, TALES) for path in folder.glob("*.txt"))
SHAPES = {"2.39": (956, 400), "16:9": (1280, 720), "4:3": (800, 600), "1:1": (600, 600), "9:16": (540, 960)}
LEAST_FACE = 0.06


@cache
def board(name: str) -> Board:
    """A new board of a story, as it is saved first."""
    path = next(folder / name for folder in (SAMPLES, TALES) if (folder / name).exists())
    return settled(read_story(load_story(path.read_bytes(), name), drawing=DRAFT), None)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("story", STORIES)
def test_in_every_shape_everybody_is_seen_and_no_head_is_cut_or_covered(story: str, shape: str) -> None:
    for scene in board(story).scenes:
        panel = staged_panel(board(story), scene)
        staged = stage(board(story), scene)
        assert {figure.who for figure in staged.staging.figures} == set(scene.characters)
        seen = boxes(panel, SHAPES[shape])
        where = f"{story}, {scene.id}"
        for figure, box in zip(staged.staging.figures, seen, strict=True):
            left, top, right, bottom = box.head
            assert top > 0, where
            if figure.who != staged.camera.over:  # whose shoulder is at the edge on purpose
                assert left > 0, where
                assert right < 1, where
            assert bottom - top >= LEAST_FACE or staged.camera.size == "extreme wide", where
        for a, b in combinations(seen, 2):
            assert covered(a.head, b.head) <= 1 / 3, where


@pytest.mark.parametrize("story", STORIES)
def test_no_thing_stands_before_a_face(story: str) -> None:
    for scene in board(story).scenes:
        panel = staged_panel(board(story), scene)
        things = prop_boxes(panel)
        for figure, box in zip(panel.figures, boxes(panel), strict=True):
            for prop, thing in zip(panel.props, things, strict=True):
                assert prop.depth >= figure.depth or covered(box.head, thing) <= 1 / 3, f"{prop.what} in {scene.id}"


@pytest.mark.parametrize("story", STORIES)
def test_a_new_board_cuts_by_the_30_degree_rule(story: str) -> None:
    assert [fault.text for fault in check_board(board(story)) if fault.rule == "30-degree rule"] == []


def test_a_cut_between_two_of_the_same_changes_the_shot_and_its_words() -> None:
    scenes = tuple(
        Scene(
            f"s{k}", text="Mira waits.", action="Mira waits", setting="forest", characters=("c0",), shot="medium shot"
        )
        for k in range(4)
    )
    new = settled(board_of(*scenes), None)
    sizes = [scene.camera.size for scene in new.scenes if scene.camera]
    assert all(a != b for a, b in pairwise(sizes))
    assert all(scene.shot.startswith(scene.camera.size) for scene in new.scenes if scene.camera)
    assert all(scene.shot in scene.prompt for scene in new.scenes[1:] if scene.shot != "medium shot")
    by_hand = tuple(replace(scene, handwritten=("shot",)) for scene in scenes)
    kept = settled(board_of(*by_hand), None)
    assert {scene.shot for scene in kept.scenes} == {"medium shot"}


@pytest.mark.parametrize("pose", POSES)
def test_a_held_thing_never_covers_a_face(pose: str) -> None:
    lies = POSES[pose].lies
    sag = POSES[pose].hip[1] + 0.26
    face: Box = (-FACE, HEAD_Y + sag - 0.15, FACE, HEAD_Y + sag + 0.15)
    for name in known().props:
        if THINGS[name].height > 1.2 or lies:
            continue
        x, y = hand(POSES[pose])
        x, scale = beside_face(POSES[pose], name, 1.0)
        left, top, right, bottom = held_box(name, x, y, scale)
        apart = left >= face[2] - 1e-6 or right <= face[0] or bottom <= face[1] or top >= face[3]
        assert apart, f"{name} of somebody {pose}"


@pytest.mark.parametrize("pose", POSES)
@pytest.mark.parametrize("size", ["wide", "full", "medium wide"])
def test_raised_hands_are_in_the_frame(pose: str, size: str) -> None:
    staging = Staging((Figure("c0", 0.36, 0.12, pose=pose),))
    scene = Scene("s1", characters=("c0",), camera=Camera(size), staging=staging, setting="forest")  # type: ignore[arg-type]
    (figure,) = boxes(staged_panel(board_of(scene), scene))
    assert figure.body[1] > 0


def test_a_door_a_lamp_and_steps_are_as_big_as_in_life() -> None:
    man = StagedFigure(Looks("man"), 0.3, 0.2)
    for what, metres in (("door", 2.0), ("lantern", 0.35), ("stairs", 1.6), ("chair", 0.9), ("table", 0.75)):
        panel = StagedPanel("hills", view=View("full"), figures=(man,), props=(StagedProp(what, 0.7, 0.2),))
        (_, top, _, bottom), grown = prop_boxes(panel)[0], boxes(panel)[0].body
        assert (bottom - top) / ((grown[3] - grown[1]) / 1.07) == pytest.approx(metres / 1.7, rel=0.35), what


@pytest.mark.parametrize("subject", ["girl", "man", "old woman", "wizard", "fox"])
def test_skin_hair_and_clothes_are_the_same_in_every_panel(subject: str) -> None:
    figure = StagedFigure(Looks(subject, seed=11), 0.5, 0.0)
    places = [("forest", 1), ("hills", 2), ("beach", 3)]
    colours = []
    for place, seed in places:
        others = (StagedFigure(Looks("king", seed=seed), 0.2, 0.9),) * (seed - 1)
        panel = StagedPanel(place, view=View("full"), figures=(figure, *others), seed=seed)
        picture = draw(panel, (640, 360))
        colours.append([picture.getpixel(spot) for spot in spots(panel)])
    assert colours[0] == colours[1] == colours[2]


def spots(panel: StagedPanel) -> list[tuple[int, int]]:
    """Pixels of the hair, the face and the clothes of a panel's first figure."""
    left, top, right, bottom = boxes(panel, (640, 360))[0].head
    x, y, tall = (left + right) / 2, (top + bottom) / 2, bottom - top
    return [(round(x * 640), round((y + share * tall) * 360)) for share in (-0.35, 0.03, 0.85)]


@pytest.mark.parametrize("subject", ["girl", "man", "king", "fox", "dog", "horse"])
def test_each_way_of_facing_is_seen(subject: str) -> None:
    def seen(facing: str) -> bytes:
        figure = StagedFigure(Looks(subject, seed=4), 0.5, 0.0, facing=facing)
        return draw(StagedPanel("hills", view=View("full"), figures=(figure,)), (320, 180)).tobytes()

    assert len({seen(facing) for facing in ("left", "right", "camera", "away")}) == 4


def test_looking_up_is_seen() -> None:
    scene = Scene("s1", action="Mira looks up at the castle", characters=("c0",), setting="hills")
    (mira,) = staged_panel(board_of(scene), scene).figures
    assert mira.pose == "looking up"
    up, level = (StagedPanel("hills", figures=(replace(mira, pose=pose),)) for pose in ("looking up", "standing"))
    assert draw(up, (320, 180)).tobytes() != draw(level, (320, 180)).tobytes()


def test_two_of_whom_nothing_is_said_wear_different_colours() -> None:
    scene = Scene("s1", characters=("c1", "c2"), setting="hills")
    cast = tuple(replace(board_of(people=1).characters[0], id=f"c{k}", description="a woman") for k in (1, 2))
    one, two = staged_panel(replace(board_of(scene), characters=cast), scene).figures
    picture = draw(StagedPanel("hills", view=View("full"), figures=(one, two)), (640, 360))
    chests = []
    for box in boxes(StagedPanel("hills", view=View("full"), figures=(one, two)), (640, 360)):
        left, top, right, bottom = box.head
        chests.append(picture.getpixel((round((left + right) * 320), round((bottom + 0.35 * (bottom - top)) * 360))))
    assert chests[0] != chests[1]
