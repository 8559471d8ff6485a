"""Continuity: faults that are planted into boards which follow the rules are found, and nothing else is."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

import pytest

from agent.drawing.models import drawing_defaults
from agent.services import Services
from agent.staging import check_board
from db.board import Board, Camera, Change, Character, Facing, Figure, Scene, Size, Staging
from tests.agent.tales import receipt_of, talking

PLACES = ("forest", "kitchen", "harbour", "village square", "library", "castle hall", "beach", "market")
NAMES = ("Mira", "Tom", "Ilse", "Otto", "Nora", "Kim")
SIZES: tuple[Size, ...] = ("wide", "medium", "full", "close-up", "medium wide", "medium close-up")
THINGS = ("lantern", "book", "basket", "map", "umbrella")
SEEDS = range(40)


def board_of(seed: int) -> Board:
    """A board that follows the rules: sequences in which everybody is there from the first panel, keeps a side, a thing
    and a direction, at one time of day, and no two neighbouring cameras are alike."""
    rng = random.Random(seed)
    people = rng.sample(NAMES, rng.randint(3, 5))
    cast = tuple(Character(f"c{k}", name, f"a girl in a {rng.choice(('red', 'green'))} coat")
                 for k, name in enumerate(people))  # fmt: skip
    scenes: list[Scene] = []
    for place in rng.sample(PLACES, rng.randint(2, 4)):
        who = rng.sample([one.id for one in cast], rng.randint(2, 3))
        columns = dict(zip(who, sorted(rng.uniform(0.15 + 0.25 * k, 0.25 + 0.25 * k) for k in range(3)), strict=False))
        time = rng.choice(("day", "night", "dawn"))
        walking = rng.choice((True, False))
        held = {rng.choice(who): rng.choice(THINGS)}
        size = rng.randrange(len(SIZES))
        for number in range(rng.randint(3, 6)):
            size = (size + rng.randint(1, len(SIZES) - 1)) % len(SIZES)
            seen = who if number == 0 else sorted(rng.sample(who, rng.randint(2, len(who))))
            figures = tuple(
                Figure(one, round(columns[one], 3), 0.15, _facing(columns, one, seen, walking),
                       "walking" if walking else "standing", held.get(one, ""))
                for one in seen
            )  # fmt: skip
            scenes.append(
                Scene(f"s{len(scenes) + 1}", text="They are there together.", action="They are there together",
                      setting=place, time=time, characters=tuple(seen), camera=Camera(SIZES[size]),
                      staging=Staging(figures), dialogue=() if walking else ("Mira: Good day.",))
            )  # fmt: skip
    return Board(f"Board {seed}", "", drawing_defaults("draft", "storybook"), cast, tuple(scenes))


def _facing(columns: dict[str, float], who: str, seen: list[str], walking: bool) -> Facing:
    """On, where all walk; else into the middle of those who are seen."""
    middle = sum(columns[one] for one in seen) / len(seen)
    return "right" if walking or columns[who] < middle else "left"


@pytest.mark.parametrize("seed", SEEDS)
def test_a_board_that_follows_the_rules_has_no_fault(seed: int) -> None:
    assert check_board(board_of(seed)) == ()


def with_scene(board: Board, number: int, **values: object) -> Board:
    scene = replace(board.scenes[number], **values)  # type: ignore[arg-type]
    return replace(board, scenes=tuple(scene if one.id == scene.id else one for one in board.scenes))


def same_place(board: Board) -> list[int]:
    """The numbers of the panels whose neighbour before them is in the same place."""
    return [k for k in range(1, len(board.scenes)) if board.scenes[k].setting == board.scenes[k - 1].setting]


def refigured(board: Board, number: int, change: Callable[[Figure], Figure], **values: object) -> Board:
    staging = board.scenes[number].staging
    assert staging is not None
    return with_scene(board, number, staging=Staging(tuple(map(change, staging.figures))), **values)


def calm(board: Board) -> Board:
    """The board with everybody standing, so that who changes sides has not walked there."""
    for number in range(len(board.scenes)):
        board = refigured(board, number, lambda one: replace(one, pose="standing"), dialogue=())
    return board


def cross_the_line(board: Board, rng: random.Random) -> tuple[Board, int]:
    board, number = calm(board), rng.choice(same_place(board))
    earlier = board.scenes[number - 1]
    both = [one for one in board.scenes[number].characters if one in earlier.characters]
    if len(both) < 2:
        return cross_the_line(board, rng)
    return refigured(board, number, lambda one: replace(one, x=round(1 - one.x, 3)), characters=tuple(both)), number


def look_away(board: Board, rng: random.Random) -> tuple[Board, int]:
    board, number = calm(board), rng.choice(same_place(board))
    a, b = board.scenes[number].staging.figures[:2]  # type: ignore[union-attr]
    left, right = sorted((a, b), key=lambda one: one.x)
    staging = Staging((replace(left, facing="left"), replace(right, facing="left")))
    return with_scene(board, number, staging=staging, characters=(left.who, right.who), dialogue=("Mira: No.",)), number


def eyes_do_not_meet(board: Board, rng: random.Random) -> tuple[Board, int]:
    board, number = calm(board), rng.choice(same_place(board))
    one = board.scenes[number - 1].staging.figures[0]  # type: ignore[union-attr]
    other = next(x for x in board.scenes[number].staging.figures if x.who != one.who)  # type: ignore[union-attr]
    said = ("Tom: Hm.",)
    board = with_scene(board, number - 1, staging=Staging((replace(one, facing="right"),)), characters=(one.who,),
                       dialogue=said, text=f"{' '.join(NAMES)} talk.")  # fmt: skip
    return with_scene(board, number, staging=Staging((replace(other, facing="right"),)), characters=(other.who,),
                      dialogue=said), number  # fmt: skip


def walk_the_other_way(board: Board, rng: random.Random) -> tuple[Board, int]:
    for k in range(len(board.scenes)):
        board = refigured(board, k, lambda one: replace(one, pose="running", facing="right"), dialogue=())
    last = [k for k in same_place(board) if k + 1 not in same_place(board)]
    number = rng.choice(last)  # the last of its place, so that the way back is no second fault
    while not set(board.scenes[number].characters) & set(board.scenes[number - 1].characters):
        number = rng.choice(last)
    return refigured(board, number, lambda one: replace(one, facing="left")), number


def cut_too_alike(board: Board, rng: random.Random) -> tuple[Board, int]:
    number = rng.choice(same_place(board))
    earlier = board.scenes[number - 1]
    return with_scene(board, number, camera=earlier.camera, staging=earlier.staging, characters=earlier.characters), (
        number
    )


def come_from_nowhere(board: Board, rng: random.Random) -> tuple[Board, int]:
    board, number = calm(board), rng.choice(same_place(board))
    here = board.scenes[number].setting
    there = {one for scene in board.scenes if scene.setting == here for one in scene.characters}
    stranger = Character("c99", "Zora", "an old woman")
    board = replace(board, characters=(*board.characters, stranger))
    assert "c99" not in there
    scene = board.scenes[number]
    staging = Staging((*scene.staging.figures, Figure("c99", 0.9, 0.3, "left")))  # type: ignore[union-attr]
    return with_scene(board, number, staging=staging, characters=(*scene.characters, "c99")), number


def change_hands(board: Board, rng: random.Random) -> tuple[Board, int]:
    for k in range(len(board.scenes)):
        board = refigured(board, k, lambda one: replace(one, holds=""))
    number = rng.choice(same_place(board))
    giver, taker = board.scenes[number - 1].characters[0], board.scenes[number].characters[-1]
    if giver == taker:
        taker = board.scenes[number].characters[0]
    board = refigured(board, number - 1, lambda one: replace(one, holds="key" if one.who == giver else ""))
    return refigured(board, number, lambda one: replace(one, holds="key" if one.who == taker else "")), number


def dress_otherwise(board: Board, rng: random.Random) -> tuple[Board, int]:
    number = rng.choice(same_place(board))
    both = [one for one in board.scenes[number].characters if one in board.scenes[number - 1].characters]
    if not both:
        return dress_otherwise(board, rng)
    cast = tuple(
        replace(one, changes=(Change(board.scenes[number].id, "a yellow coat"),)) if one.id == both[0] else one
        for one in board.characters
    )
    return replace(board, characters=cast), number


def jump_in_time(board: Board, rng: random.Random) -> tuple[Board, int]:
    last = [k for k in same_place(board) if k + 1 not in same_place(board)]
    number = rng.choice(last)
    board = calm(board)
    return with_scene(board, number, time="sunset"), number


FAULTS = {
    "180-degree line": cross_the_line,
    "eyelines": look_away,
    "screen direction": walk_the_other_way,
    "30-degree rule": cut_too_alike,
    "entrance": come_from_nowhere,
    "things in hands": change_hands,
    "wardrobe": dress_otherwise,
    "time": jump_in_time,
}
PLANTED = [(rule, plant, seed) for seed in range(5) for rule, plant in FAULTS.items()]


@pytest.mark.parametrize(("rule", "plant", "seed"), PLANTED, ids=[f"{rule}-{seed}" for rule, _, seed in PLANTED])
def test_a_planted_fault_is_found_in_its_panel_and_can_be_mended(
    services: Services, rule: str, plant: Callable[[Board, random.Random], tuple[Board, int]], seed: int
) -> None:
    board, number = plant(board_of(seed), random.Random(seed))
    found = [fault for fault in check_board(board) if fault.rule == rule]
    assert [fault.scenes[-1] for fault in found[:1]] == [board.scenes[number].id]
    if seed == 0:
        receipt = receipt_of(talking(services, board).act("fix_continuity", {"rule": rule}))
        assert "mended" in receipt["reply"], receipt["reply"]
        assert not [fault for fault in check_board(Board.from_json(receipt["board"])) if fault.rule == rule]


def test_eyes_of_two_singles_that_do_not_meet_are_found() -> None:
    board, number = eyes_do_not_meet(board_of(1), random.Random(1))
    found = [fault for fault in check_board(board) if fault.rule == "eyelines"]
    assert [fault.scenes[-1] for fault in found] == [board.scenes[number].id]


@pytest.mark.parametrize(
    ("words", "plant"),
    [
        ("They turn back.", walk_the_other_way),
        ("They turn round the table.", cross_the_line),
        ("Zora comes in.", come_from_nowhere),
        ("She gives the key to her friend.", change_hands),
        ("She puts on a yellow coat.", dress_otherwise),
        ("The sun goes down.", jump_in_time),
    ],
)
def test_what_the_words_account_for_is_no_fault(
    words: str, plant: Callable[[Board, random.Random], tuple[Board, int]]
) -> None:
    board, number = plant(board_of(3), random.Random(3))
    assert check_board(board)
    assert check_board(with_scene(board, number, text=words)) == ()


def test_continuity_is_told_in_words_with_rule_and_panels(services: Services) -> None:
    board, number = cut_too_alike(board_of(2), random.Random(2))
    reply = receipt_of(talking(services, board).act("check_continuity", {}))["reply"]
    assert "30-degree rule" in reply
    assert f"{number} and {number + 1}" in reply
