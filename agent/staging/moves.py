"""Moves within a frame: pure functions from one staging to the next, with nobody left standing on another.

Somebody is addressed by `key`: a character's id, or the words of a figure or a prop. Functions raise KeyError for a
key that is not staged.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Literal, get_args

from db.board import Facing, Figure, Prop, Staging

__all__ = [
    "RELATIONS",
    "SIDES",
    "Distance",
    "Relation",
    "Side",
    "beside",
    "changed",
    "distance",
    "everything",
    "face",
    "flipped",
    "key_of",
    "over_shoulder",
    "placed",
    "side",
    "side_of",
    "swapped",
]

Side = Literal["far left", "left", "middle", "right", "far right"]
Distance = Literal["closer", "farther", "front", "back", "away"]
Relation = Literal["behind", "in front of", "next to", "left of", "right of", "on"]
SIDES: tuple[Side, ...] = get_args(Side)
RELATIONS: tuple[Relation, ...] = get_args(Relation)

SIDE_X: Mapping[Side, float] = {"far left": 0.12, "left": 0.28, "middle": 0.5, "right": 0.72, "far right": 0.88}
EDGE = 0.1
"""Nobody is moved nearer to the edge than this by a rule."""
GAP = 0.2
"""How far apart two stand who stand side by side, where there is room."""
ROW = 0.25
"""Who differs less than this in depth stands side by side."""
STEP = 0.2
"""How much nearer or farther one step is."""
GROWTH = 1.25
"""How much larger somebody becomes who cannot come any nearer."""

Placed = Figure | Prop


def key_of(placed: Placed) -> str:
    """The key of a figure or a prop."""
    return placed.who if isinstance(placed, Figure) else placed.what


def everything(staging: Staging) -> list[Placed]:
    """All figures and props."""
    return [*staging.figures, *staging.props]


def placed(staging: Staging, key: str) -> Placed:
    """The figure or prop of this key. Raises KeyError."""
    for one in everything(staging):
        if key_of(one) == key:
            return one
    raise KeyError(key)


def changed(staging: Staging, key: str, **values: Any) -> Staging:
    """The staging with other values for one figure or prop; positions are kept within the frame."""
    placed(staging, key)
    for name in ("x", "depth"):
        if name in values:
            values[name] = round(min(1.0, max(0.0, values[name])), 3)
    if "scale" in values:
        values["scale"] = round(min(10.0, max(0.1, values["scale"])), 3)
    return Staging(
        tuple(replace(one, **values) if one.who == key else one for one in staging.figures),
        tuple(replace(one, **values) if one.what == key else one for one in staging.props),
    )


def side_of(x: float) -> Side:
    """The side of the frame in which somebody stands."""
    return next((name for limit, name in ((0.18, SIDES[0]), (0.42, SIDES[1]), (0.58, SIDES[2]), (0.82, SIDES[3]))
                 if x < limit), SIDES[4])  # fmt: skip


def side(staging: Staging, key: str, to: Side) -> Staging:
    """Put somebody on a side of the frame. Others who stand there make room and keep their order."""
    mover = placed(staging, key)
    x = SIDE_X[to]
    return _with_room(changed(staging, key, x=x), key, leftward=mover.x > x)


def distance(staging: Staging, key: str, to: Distance) -> Staging:
    """Bring somebody a step closer, send them a step back, or all the way; "away" is back and to the nearer edge."""
    one = placed(staging, key)
    if to == "closer" and one.depth < 0.02:
        return changed(staging, key, scale=one.scale * GROWTH)
    if to == "away":
        return changed(staging, key, depth=max(0.6, one.depth + STEP), x=EDGE if one.x < 0.5 else 1 - EDGE)
    depth = {"closer": one.depth - STEP, "farther": one.depth + STEP, "front": 0.0, "back": 0.8}[to]
    return changed(staging, key, depth=depth)


def beside(staging: Staging, key: str, relation: Relation, other: str) -> Staging:
    """Put somebody behind, in front of, next to or on somebody or something else, which stays if there is room."""
    mover, there = placed(staging, key), placed(staging, other)
    if relation in ("behind", "in front of"):
        sign = 1 if relation == "behind" else -1
        depth = there.depth + sign * (ROW + 0.05)
        if not 0 <= depth <= 1:  # no room on that side of the other, who makes some
            staging = changed(staging, other, depth=min(1.0, max(0.0, there.depth + (0.05 - sign * (ROW + 0.05)))))
            depth = 0.0 if relation == "in front of" else 1.0
        # A little aside, so that a face is seen beside whoever is in front; a thing hides only the legs.
        aside = 0.08 if isinstance(there, Figure) and isinstance(mover, Figure) else 0.0
        return changed(staging, key, x=there.x + (aside if there.x < 0.5 else -aside), depth=depth)
    if relation == "on":
        pose = {"pose": "sitting"} if isinstance(mover, Figure) and mover.pose == "standing" else {}
        return changed(staging, key, x=there.x, depth=max(0.0, there.depth - 0.02), **pose)
    left = mover.x <= there.x if relation == "next to" else relation == "left of"
    x = there.x + (-GAP if left else GAP)
    if not EDGE <= x <= 1 - EDGE:
        if relation == "next to":
            x = there.x + (GAP if left else -GAP)
        else:
            x = EDGE if left else 1 - EDGE
            staging = changed(staging, other, x=x + (GAP if left else -GAP))
    return _with_room(changed(staging, key, x=x, depth=there.depth), key, leftward=left, fixed=other)


def swapped(staging: Staging, key: str, other: str) -> Staging:
    """Let two change places; each then looks as the other did, so that who faced each other still do."""
    one, two = placed(staging, key), placed(staging, other)
    staging = changed(changed(staging, key, x=two.x, depth=two.depth), other, x=one.x, depth=one.depth)
    if isinstance(one, Figure) and isinstance(two, Figure):
        staging = changed(changed(staging, key, facing=two.facing), other, facing=one.facing)
    return staging


def over_shoulder(staging: Staging, key: str) -> Staging:
    """The staging as it is seen over somebody's shoulder: theirs is large at the edge, seen from behind; the others are
    a little farther, beside it, with their faces to us."""
    near = placed(staging, key)
    left = near.x < 0.5
    staging = changed(staging, key, x=0.16 if left else 0.84, depth=0.0, facing="away")
    others = sorted((one for one in staging.figures if one.who != key), key=_x)
    for number, one in enumerate(others, start=1):
        x = number / (len(others) + 1)
        x = 0.32 + 0.6 * x if left else 0.08 + 0.6 * x
        staging = changed(staging, one.who, x=x, depth=max(one.depth, 0.3), facing="camera")
    return staging


def flipped(staging: Staging, key: str, flip: bool) -> Staging:
    """Turn a thing round; a figure, which has no mirror, to the other side."""
    if isinstance(placed(staging, key), Figure):
        return changed(staging, key, facing="left" if flip else "right")
    return changed(staging, key, flip=flip)


def face(staging: Staging, key: str, toward: str) -> Staging:
    """Turn a figure to "left", "right", "camera" or "away", or to somebody or something staged."""
    one = placed(staging, key)
    if not isinstance(one, Figure):
        return changed(staging, key, flip=toward == "left")
    facing: Facing
    if toward in ("left", "right", "camera", "away"):
        facing = toward  # type: ignore[assignment]
    else:
        there = placed(staging, toward)
        if abs(there.x - one.x) >= 0.05:
            facing = "right" if there.x > one.x else "left"
        else:
            facing = "away" if there.depth > one.depth else "camera"
    return changed(staging, key, facing=facing)


def _with_room(staging: Staging, key: str, *, leftward: bool, fixed: str = "") -> Staging:
    """Move those who stand side by side with `key` out of its place: who was passed goes to where it came from."""
    mover = placed(staging, key)
    row = [
        one for one in staging.figures
        if one.who not in (key, fixed) and abs(one.depth - mover.depth) < ROW and isinstance(mover, Figure)
    ]  # fmt: skip
    gap = min(GAP, (1 - 2 * EDGE) / max(1, len(row)))
    before = sorted((one for one in row if one.x < mover.x or (one.x == mover.x and not leftward)), key=_x)
    after = sorted((one for one in row if one not in before), key=_x)
    if mover.x <= SIDE_X["left"]:
        before, after = [], sorted(row, key=_x)
    elif mover.x >= SIDE_X["right"]:
        before, after = sorted(row, key=_x), []
    staging = _spread(staging, [*reversed(before)], mover.x, -gap, lambda x, limit: min(x, limit))
    return _spread(staging, after, mover.x, gap, lambda x, limit: max(x, limit))


def _spread(
    staging: Staging, row: list[Figure], x: float, gap: float, kept: Callable[[float, float], float]
) -> Staging:
    """Keep each of a row at least `gap` from the one before it, the first from `x`; the frame's edge presses them
    together."""
    room = (x - EDGE) if gap < 0 else (1 - EDGE - x)
    gap = min(abs(gap), room / len(row)) * (-1 if gap < 0 else 1) if row else gap
    limit = x
    for number, one in enumerate(row):
        limit += gap
        x = kept(one.x, limit)
        rest = abs(gap) * (len(row) - number - 1)
        limit = min(1 - EDGE - rest, x) if gap > 0 else max(EDGE + rest, x)
        staging = changed(staging, one.who, x=limit)
    return staging


def _x(one: Placed) -> float:
    return one.x
