"""Poses of an upright body: where hands, feet and hip are. Units of the body's height, y down, facing right."""

from __future__ import annotations

from dataclasses import dataclass

Point = tuple[float, float]


@dataclass(frozen=True)
class Pose:
    """Joints in order (elbow or knee, hand or foot); near is the side towards the viewer."""

    near_arm: tuple[Point, Point]
    far_arm: tuple[Point, Point]
    near_leg: tuple[Point, Point]
    far_leg: tuple[Point, Point]
    hip: Point = (0.0, -0.26)
    lean: float = 0.0
    """Degrees that the whole body turns."""
    lift: float = 0.0
    """How high above the ground it is."""
    turned: bool = False
    """Whether the head looks to the right rather than at the viewer."""


_STAND_LEGS: dict[str, tuple[Point, Point]] = {
    "near": ((0.07, -0.13), (0.08, 0.0)),
    "far": ((-0.07, -0.13), (-0.08, 0.0)),
}
_DOWN_NEAR: tuple[Point, Point] = ((0.185, -0.42), (0.2, -0.3))
_DOWN_FAR: tuple[Point, Point] = ((-0.185, -0.42), (-0.2, -0.3))

POSES: dict[str, Pose] = {
    "standing": Pose(_DOWN_NEAR, _DOWN_FAR, _STAND_LEGS["near"], _STAND_LEGS["far"]),
    "walking": Pose(
        ((-0.14, -0.42), (-0.24, -0.33)),
        ((0.15, -0.42), (0.25, -0.36)),
        ((0.12, -0.14), (0.18, -0.005)),
        ((-0.08, -0.13), (-0.19, -0.02)),
        turned=True,
    ),
    "running": Pose(
        ((-0.2, -0.46), (-0.31, -0.36)),
        ((0.2, -0.42), (0.31, -0.52)),
        ((0.2, -0.2), (0.3, -0.06)),
        ((-0.12, -0.16), (-0.33, -0.16)),
        lean=9,
        lift=0.03,
        turned=True,
    ),
    "sitting": Pose(
        ((0.17, -0.42), (0.15, -0.27)),
        ((-0.17, -0.42), (-0.15, -0.27)),
        ((0.2, -0.21), (0.24, -0.03)),
        ((-0.2, -0.21), (-0.24, -0.03)),
        hip=(0.0, -0.17),
    ),
    "waving": Pose(((0.25, -0.55), (0.32, -0.74)), _DOWN_FAR, _STAND_LEGS["near"], _STAND_LEGS["far"]),
    "reading": Pose(
        ((0.19, -0.4), (0.1, -0.36)),
        ((-0.19, -0.4), (-0.1, -0.36)),
        _STAND_LEGS["near"],
        _STAND_LEGS["far"],
    ),
    "pointing": Pose(((0.24, -0.5), (0.4, -0.52)), _DOWN_FAR, _STAND_LEGS["near"], _STAND_LEGS["far"], turned=True),
    "jumping": Pose(
        ((0.26, -0.56), (0.33, -0.74)),
        ((-0.26, -0.56), (-0.33, -0.74)),
        ((0.18, -0.2), (0.15, -0.05)),
        ((-0.18, -0.2), (-0.15, -0.05)),
        lift=0.2,
    ),
    "dancing": Pose(
        ((0.26, -0.56), (0.22, -0.76)),
        ((-0.24, -0.44), (-0.34, -0.54)),
        ((0.08, -0.13), (0.04, 0.0)),
        ((-0.18, -0.19), (-0.24, -0.07)),
        lean=-6,
    ),
    "flying": Pose(
        ((0.27, -0.56), (0.37, -0.7)),
        ((-0.2, -0.5), (-0.33, -0.5)),
        ((0.03, -0.12), (-0.04, 0.0)),
        ((-0.08, -0.13), (-0.17, -0.04)),
        lean=30,
        turned=True,
    ),
    "swimming": Pose(
        ((0.26, -0.54), (0.36, -0.44)),
        ((-0.26, -0.54), (-0.36, -0.44)),
        _STAND_LEGS["near"],
        _STAND_LEGS["far"],
    ),
    "sleeping": Pose(_DOWN_NEAR, _DOWN_FAR, _STAND_LEGS["near"], _STAND_LEGS["far"], lean=-86),
}
