"""Tools for who stands where in a panel, and from where it is seen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from agent import staging
from agent.edits import find_character, name_list
from agent.errors import EditError
from agent.language import without_article
from agent.shots import nearer, wider
from agent.staging import edits, moves
from agent.staging.doings import FEELINGS, KNOWN_POSES
from agent.staging.telling import tell_moves
from agent.staging.words import known_word
from agent.tools.desk import Desk
from agent.tools.kit import CATALOGUE, SceneRef, Scenes, as_words, reading_tool, tool
from db.board import Angle, Board, Camera, Scene, Size, Staging
from db.words import fold

Staged = Annotated[str, Field(description='somebody or something in the picture: "Mira", "the boat"')]
Several = Annotated[
    list[str],
    BeforeValidator(as_words),
    Field(description='characters or things in the picture: ["Mira", "the boat"]', min_length=1),
]
Share = Annotated[float | None, Field(ge=0, le=1)]
Pose = Annotated[str | None, Field(description=f'"sitting"; one of {", ".join(KNOWN_POSES)}')]
Feeling = Annotated[str | None, Field(description=f'the face: "happy"; one of {", ".join(FEELINGS)}')]
MOST_TOLD = 3
"""Of more scenes than these, who moved is not told one by one."""
WHOLE = ("all", "everyone", "everybody", "both", "they", "them")


@tool
def place_in_frame(
    desk: Desk,
    scenes: Scenes,
    who: Several,
    side: Annotated[moves.Side | None, Field(description="where in the frame")] = None,
    distance: Annotated[moves.Distance | None, Field(description="to the camera; away is back and aside")] = None,
    relation: Annotated[moves.Relation | None, Field(description="to whom or what is named as other")] = None,
    other: Annotated[str, Field(description='whom or what the relation is to: "Tom"')] = "",
    size: Annotated[float | None, Field(description="1.25 is bigger, 0.8 smaller, than now", ge=0.1, le=10)] = None,
    x: Annotated[Share, Field(description="where the foot stands, 0 left to 1 right")] = None,
    depth: Annotated[Share, Field(description="0 nearest to 1 farthest")] = None,
    flip: Annotated[bool | None, Field(description="true: a thing turned round")] = None,
) -> str:
    """Put people or things elsewhere in the picture: left, right, closer to the camera, farther, bigger, behind, in
    front of or next to somebody or something. Others make room; nobody else moves."""
    if (relation is None) != (not other):
        raise EditError("Say both: the relation, and whom or what it is to.")
    if all(value is None for value in (side, distance, relation, size, x, depth, flip)):
        raise EditError("Say where: a side, a distance, a size, or next to whom.")

    def moved(value: Staging, key: str, find: Callable[[str], str]) -> Staging:
        if relation is not None:
            value = moves.beside(value, key, relation, find(other))
        if side is not None:
            value = moves.side(value, key, side)
        if distance is not None:
            value = moves.distance(value, key, distance)
        given = {name: number for name, number in (("x", x), ("depth", depth)) if number is not None}
        if size is not None:
            given["scale"] = moves.placed(value, key).scale * size
        if flip is not None:
            return moves.flipped(moves.changed(value, key, **given), key, flip)
        return moves.changed(value, key, **given) if given else value

    return _edited(desk, scenes, who, moved)


@tool
def turn_to(
    desk: Desk,
    scenes: Scenes,
    who: Several,
    toward: Annotated[
        str, Field(description='"left", "right", "camera", "away", "each other", or somebody or something')
    ],
) -> str:
    """Turn people: to face each other, look at somebody or something, to the left or right, to the camera or away."""

    def turned(value: Staging, key: str, find: Callable[[str], str]) -> Staging:
        if fold(toward.strip()) in ("each other", "one another"):
            facing = [find(one) for one in who] if fold(who[0]) not in WHOLE else [f.who for f in value.figures]
            others = [other for other in facing if other != key] or [f.who for f in value.figures if f.who != key]
            if not others:
                raise EditError("There is nobody else in the picture to face.")
            here = moves.placed(value, key).x
            return moves.face(value, key, min(others, key=lambda other: abs(moves.placed(value, other).x - here)))
        ways = {"us": "camera", "the camera": "camera", "the viewer": "camera", "the back": "away"}
        way = ways.get(fold(toward.strip()), fold(toward.strip()))
        return moves.face(value, key, way if way in ("left", "right", "camera", "away") else find(toward))

    return _edited(desk, scenes, who, turned, people=True)


@tool
def set_pose(
    desk: Desk,
    scenes: Scenes,
    who: Several,
    pose: Pose = None,
    holds: Annotated[str | None, Field(description='what is in the hand: "a lantern"')] = None,
    feeling: Feeling = None,
    take_away: Annotated[
        list[Literal["holds", "feeling"]], BeforeValidator(as_words), Field(description="an empty hand, a calm face")
    ] = [],  # noqa: B006
) -> str:
    """Say how people are posed, what they hold, and what their faces show."""
    given = {name: value.strip() for name, value in (("pose", pose), ("holds", holds), ("feeling", feeling)) if value}
    given |= dict.fromkeys(take_away, "")
    if not given:
        raise EditError("Say a pose, a thing to hold, or a feeling.")
    if pose and not staging.pose_in(pose):
        desk.note(f"No pose is known for “{pose}”: who has it stands.")
    if pose:
        given["pose"] = staging.pose_in(pose) or "standing"
    return _edited(desk, scenes, who, lambda value, key, find: moves.changed(value, key, **given), people=True)


@tool
def trade_places(desk: Desk, scenes: Scenes, first: Staged, second: Staged) -> str:
    """Let two people or things trade places in the picture."""
    return _edited(desk, scenes, [first], lambda value, key, find: moves.swapped(value, key, find(second)))


@tool
def set_camera(
    desk: Desk,
    scenes: Scenes,
    size: Annotated[Size | None, Field(description="of the shot")] = None,
    angle: Annotated[Angle | None, Field(description="where it looks from")] = None,
    zoom: Annotated[int | None, Field(description="steps closer: 1; -1 is wider", ge=-7, le=7)] = None,
    over: Annotated[str | None, Field(description='over whose shoulder: "Tom"')] = None,
    move: Annotated[str | None, Field(description='"push in", "pan left", "tracking"')] = None,
    height: Annotated[float | None, Field(description="metres above the ground: 1.6", ge=0, le=10_000)] = None,
    lens: Annotated[float | None, Field(description="millimetres: 35", ge=1, le=10_000)] = None,
    take_away: Annotated[
        list[Literal["over", "move"]], BeforeValidator(as_words), Field(description="no shoulder, no move")
    ] = [],  # noqa: B006
) -> str:
    """Set the camera of scenes: shot size, angle, zoom in or out, over somebody's shoulder, a move, a lens."""
    if all(value is None for value in (size, angle, zoom, over, move, height, lens)) and not take_away:
        raise EditError("Say the shot's size, the angle, a zoom, or a move.")
    ids = desk.unlocked(scenes)

    def seen(camera: Camera) -> Camera:
        sized = size or camera.size
        for _ in range(abs(zoom or 0)):
            sized = nearer(sized) if (zoom or 0) > 0 else wider(sized)
        return Camera(
            sized,
            angle or camera.angle,
            camera.height if height is None else height,
            camera.lens if lens is None else lens,
            None if "move" in take_away else move or camera.move,
            camera.on,
            None if "over" in take_away else shoulder or camera.over,
        )

    shoulder = _shoulder(desk, ids, over) if over else None
    before = desk.board
    desk.change(lambda board: edits.set_camera(board, ids, seen))
    return _told(desk, before, ids)


@tool
def copy_staging(desk: Desk, scenes: Scenes, source: SceneRef) -> str:
    """Stage scenes as another one is staged: the same places and the same camera."""
    origin = desk.scene(source)
    ids = [one for one in desk.unlocked(scenes) if one != origin]
    if not ids:
        raise EditError("A scene is staged like itself already; say another one.")
    before = desk.board
    desk.change(lambda board: edits.copy_staging(board, ids, origin))
    return _told(desk, before, ids)


@tool
def compose_again(desk: Desk, scenes: Scenes) -> str:
    """Give up what was staged by hand, and compose scenes from their words again."""
    ids = desk.unlocked(scenes)
    before = desk.board
    desk.change(lambda board: edits.compose_again(board, ids))
    return _told(desk, before, ids)


@reading_tool
def check_continuity(
    desk: Desk, scenes: Annotated[Scenes | None, Field(description='["2", "3"]; by default all')] = None
) -> str:
    """Check whether panels fit each other: the 180-degree line, eyelines, screen direction, cuts that are too alike,
    entrances, things in hands, clothes, time."""
    faults = _faults(desk, scenes)
    if not faults:
        return "The continuity is right: no panel breaks a rule."
    lines = [f"{fault.rule}: {fault.text}." for fault in faults]
    return "\n".join([*lines, "Say “fix the continuity” to have it mended."])


@tool
def fix_continuity(
    desk: Desk,
    scenes: Annotated[Scenes | None, Field(description='["2", "3"]; by default all')] = None,
    rule: Annotated[str, Field(description='only this rule: "30-degree rule"')] = "",
) -> str:
    """Mend what check_continuity finds."""
    ids = None if scenes is None else desk.unlocked(scenes)
    done: list[str] = []
    tried: set[tuple[str, tuple[str, ...], str]] = set()
    while fault := next(
        (
            fault for fault in _faults(desk, ids)
            if (fault.rule, fault.scenes, fault.text) not in tried and (not rule or fault.rule == rule)
            and not desk.board.scene(fault.scenes[-1]).locked
        ),
        None,
    ):  # fmt: skip
        tried.add((fault.rule, fault.scenes, fault.text))
        for fix in fault.fixes:
            CATALOGUE[fix.tool].call(desk, fix.args)
        done.append(f"{fault.rule.capitalize()}, scene {desk.place(fault.scenes[-1])}: mended.")
    if not done:
        return "There was nothing to mend: the continuity is right."
    left = len([fault for fault in _faults(desk, ids) if not rule or fault.rule == rule])
    return " ".join([*done, f"{left} could not be mended." if left else ""]).strip()


def _faults(desk: Desk, scenes: Sequence[int | str] | None) -> list[staging.Fault]:
    ids = [scene.id for scene in desk.board.scenes] if scenes is None else desk.scenes(scenes)
    return [fault for fault in staging.check_board(desk.board) if fault.scenes[-1] in ids]


Move = Callable[[Staging, str, Callable[[str], str]], Staging]
"""One move: of a staging, for the key of who is moved, with a function from words to keys."""


def _edited(desk: Desk, scenes: Sequence[int | str], who: Sequence[str], move: Move, *, people: bool = False) -> str:
    """Make a move in scenes, for everybody who is meant, and say what it did."""
    ids = desk.unlocked(scenes)
    before = desk.board
    for scene_id in ids:
        scene = desk.board.scene(scene_id)

        def moved(value: Staging, scene: Scene = scene) -> Staging:
            def find(said: str) -> str:
                return _key(desk, scene, value, said, people=False)

            everybody = fold(who[0].strip()) in WHOLE
            keys = (
                [one.who for one in value.figures] if everybody
                else [_key(desk, scene, value, said, people=people) for said in who]
            )  # fmt: skip
            return reduce(lambda staged, key: move(staged, key, find), keys, value)

        desk.change(lambda board: edits.restage(board, [scene_id], moved))  # noqa: B023
    return _told(desk, before, ids)


def _key(desk: Desk, scene: Scene, value: Staging, said: str, *, people: bool) -> str:
    """Who or what in a staging words mean. Raises EditError, naming who is there."""
    words = said.strip()
    known = find_character(desk.board, words)
    if known is not None and any(one.who == known.id for one in value.figures):
        return desk.character(words)
    keys = [one.who for one in value.figures] + ([] if people else [one.what for one in value.props])
    bare = without_article(fold(words))
    for match in (
        lambda key: fold(key) in (fold(words), bare),
        lambda key: bare in fold(key).split() or fold(key) in bare.split(),
        lambda key: bool(known_word("objects", bare)) and known_word("objects", bare) == known_word("objects", key),
    ):
        if (key := next(filter(match, keys), None)) is not None:
            return key
    if known is None:
        by_kind = [
            one for one in desk.board.characters
            if any(figure.who == one.id for figure in value.figures)
            and bare in fold(f"{one.name} {' '.join(one.aliases)} {one.description}").split()
        ]  # fmt: skip
        if len(by_kind) == 1:
            return desk.character(by_kind[0].id)
    there = name_list([_name(desk.board, key) for key in keys])
    raise EditError(
        f"“{words}” is not in {desk.places([scene.id])}"
        + (f"; there are {there}." if there else ", which shows nobody.")
    )


def _name(board: Board, key: str) -> str:
    return next((one.name for one in board.characters if one.id == key), key)


def _shoulder(desk: Desk, ids: Sequence[str], words: str) -> str:
    scene = desk.board.scene(ids[0])
    return _key(desk, scene, staging.stage(desk.board, scene).staging, words, people=True)


def tell_draft(desk: Desk, before: Board, ids: Sequence[str]) -> str:
    """What other words of few scenes move in their drafts, and what stays; "" where nothing moves."""
    after = staging.settled(desk.board, before)
    told = [
        (scene_id, tell_moves(after, staging.stage(before, before.scene(scene_id)),
                              staging.stage(after, after.scene(scene_id))))
        for scene_id in ids
    ]  # fmt: skip
    several = len(ids) > 1
    parts = [f"{f'of {desk.places([one])} ' if several else ''}{said}" for one, said in told if said]
    return f" In the draft {'; '.join(parts)}." if parts and len(ids) <= MOST_TOLD else ""


def _told(desk: Desk, before: Board, ids: Sequence[str]) -> str:
    """What is different in each scene, and whether its picture shows it."""
    told = []
    for scene_id in ids:
        old, new = before.scene(scene_id), desk.board.scene(scene_id)
        said = tell_moves(desk.board, staging.stage(before, old), staging.stage(desk.board, new))
        told.append((scene_id, said))
    if not any(said for _, said in told):
        return f"{desk.places(ids).capitalize()}: all is staged like that already."
    if not edits.follows_staging(desk.board) and all(
        before.scene(one).prompt == desk.board.scene(one).prompt for one in ids
    ):
        desk.note(f"{desk.board.drawing.model} paints from the words alone, so its pictures stay; the drafts show it.")
    if len(told) > MOST_TOLD:
        changed = [scene_id for scene_id, said in told if said]
        return f"{desk.places(changed).capitalize()}: staged as you said."
    return " ".join(
        f"{desk.places([scene_id]).capitalize()}: {said or 'nothing is different'}." for scene_id, said in told
    )
