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
    like: str = ""
    """The pose of the storybook model's vocabulary that animals on four legs take instead; "" is this one itself."""
    tool: str = ""
    """What the near hand holds when nothing else is said."""

    gaze: float = 0.0
    """Degrees that the head is turned up, for who looks at what is above."""

    @property
    def lies(self) -> bool:
        return self.lean < -80


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
"""The poses that the storybook model was trained on."""

_NEAR, _FAR = _STAND_LEGS["near"], _STAND_LEGS["far"]
_STEP_NEAR, _STEP_FAR = POSES["walking"].near_leg, POSES["walking"].far_leg
_KNEES: tuple[tuple[Point, Point], tuple[Point, Point]] = (
    ((0.12, -0.05), (-0.1, -0.02)),
    ((0.0, -0.05), (-0.2, -0.02)),
)
_SEAT_NEAR, _SEAT_FAR = POSES["sitting"].near_leg, POSES["sitting"].far_leg
_LOW = (0.0, -0.17)

POSES |= {
    "kneeling": Pose(_DOWN_NEAR, _DOWN_FAR, *_KNEES, hip=_LOW, like="sitting"),
    "praying": Pose(
        ((0.18, -0.42), (0.05, -0.47)), ((-0.18, -0.42), (-0.03, -0.47)), *_KNEES, hip=_LOW, like="sitting"
    ),
    "crouching": Pose(
        ((0.2, -0.4), (0.2, -0.26)),
        ((-0.2, -0.4), (-0.2, -0.26)),
        ((0.2, -0.17), (0.1, 0.0)),
        ((-0.2, -0.17), (-0.1, 0.0)),
        hip=(0.0, -0.13),
        like="sitting",
    ),
    "climbing": Pose(
        ((0.26, -0.6), (0.28, -0.82)),
        ((-0.25, -0.56), (-0.3, -0.72)),
        ((0.2, -0.24), (0.16, -0.1)),
        ((-0.1, -0.12), (-0.12, 0.0)),
        lift=0.04,
        like="jumping",
    ),
    "rowing": Pose(
        ((0.24, -0.42), (0.36, -0.38)),
        ((0.1, -0.42), (0.3, -0.42)),
        _SEAT_NEAR,
        _SEAT_FAR,
        hip=_LOW,
        like="sitting",
    ),
    "riding": Pose(
        ((0.22, -0.42), (0.28, -0.34)),
        ((0.06, -0.42), (0.22, -0.36)),
        ((0.14, -0.14), (0.12, 0.0)),
        ((-0.14, -0.14), (-0.12, 0.0)),
        hip=_LOW,
        like="sitting",
    ),
    "driving": Pose(
        ((0.22, -0.42), (0.26, -0.48)),
        ((0.04, -0.42), (0.2, -0.5)),
        _SEAT_NEAR,
        _SEAT_FAR,
        hip=_LOW,
        like="sitting",
    ),
    "looking up": Pose(_DOWN_NEAR, _DOWN_FAR, _NEAR, _FAR, like="standing", gaze=24.0),
    "looking down": Pose(_DOWN_NEAR, _DOWN_FAR, _NEAR, _FAR, like="standing", gaze=-18.0),
    "lifting": Pose(((0.27, -0.62), (0.26, -0.92)), ((-0.27, -0.62), (-0.26, -0.92)), _NEAR, _FAR, like="standing"),
    "cheering": Pose(((0.27, -0.56), (0.36, -0.78)), ((-0.27, -0.56), (-0.36, -0.78)), _NEAR, _FAR, like="jumping"),
    "carrying": Pose(
        ((0.22, -0.42), (0.27, -0.36)), ((0.1, -0.4), (0.24, -0.34)), _STEP_NEAR, _STEP_FAR, like="walking"
    ),
    "pushing": Pose(
        ((0.22, -0.48), (0.37, -0.5)),
        ((0.2, -0.44), (0.35, -0.44)),
        ((0.12, -0.15), (0.06, 0.0)),
        ((-0.14, -0.13), (-0.28, -0.02)),
        lean=12,
        turned=True,
        like="walking",
    ),
    "pulling": Pose(
        ((0.22, -0.46), (0.36, -0.46)),
        ((0.2, -0.42), (0.34, -0.4)),
        ((0.16, -0.14), (0.24, -0.01)),
        ((-0.02, -0.12), (0.02, 0.0)),
        lean=-12,
        turned=True,
        like="walking",
    ),
    "hugging": Pose(
        ((0.22, -0.5), (0.34, -0.5)), ((0.14, -0.46), (0.33, -0.42)), _NEAR, _FAR, turned=True, like="standing"
    ),
    "kissing": Pose(((0.21, -0.46), (0.28, -0.44)), _DOWN_FAR, _NEAR, _FAR, lean=7, turned=True, like="standing"),
    "crying": Pose(((0.26, -0.5), (0.15, -0.62)), ((-0.26, -0.5), (-0.15, -0.62)), _NEAR, _FAR, like="sitting"),
    "shouting": Pose(((0.28, -0.52), (0.2, -0.62)), ((-0.28, -0.52), (-0.2, -0.62)), _NEAR, _FAR, like="standing"),
    "fighting": Pose(
        ((0.24, -0.48), (0.38, -0.58)),
        ((0.12, -0.46), (0.28, -0.5)),
        ((0.15, -0.14), (0.22, 0.0)),
        ((-0.13, -0.13), (-0.22, 0.0)),
        turned=True,
        like="jumping",
    ),
    "throwing": Pose(
        ((0.26, -0.58), (0.18, -0.86)),
        ((-0.24, -0.5), (-0.34, -0.56)),
        _STEP_NEAR,
        _STEP_FAR,
        lean=-8,
        turned=True,
        like="jumping",
    ),
    "cooking": Pose(
        ((0.23, -0.42), (0.29, -0.36)), ((-0.17, -0.42), (-0.06, -0.34)), _NEAR, _FAR, like="standing", tool="pan"
    ),
    "digging": Pose(
        ((0.24, -0.42), (0.32, -0.32)),
        ((0.12, -0.4), (0.24, -0.44)),
        ((0.14, -0.15), (0.2, 0.0)),
        ((-0.08, -0.13), (-0.14, 0.0)),
        lean=12,
        turned=True,
        like="standing",
        tool="spade",
    ),
    "sweeping": Pose(
        ((0.23, -0.4), (0.3, -0.34)), ((0.1, -0.42), (0.24, -0.46)), _NEAR, _FAR, like="walking", tool="broom"
    ),
    "fishing": Pose(
        ((0.22, -0.42), (0.3, -0.42)), _DOWN_FAR, _SEAT_NEAR, _SEAT_FAR, hip=_LOW, like="sitting", tool="fishing rod"
    ),
    "writing": Pose(
        ((0.21, -0.4), (0.15, -0.34)), ((-0.19, -0.4), (-0.08, -0.34)), _NEAR, _FAR, like="standing", tool="pencil"
    ),
    "drinking": Pose(((0.27, -0.46), (0.17, -0.58)), _DOWN_FAR, _NEAR, _FAR, like="standing", tool="cup"),
    "eating": Pose(((0.27, -0.46), (0.17, -0.58)), _DOWN_FAR, _NEAR, _FAR, like="standing", tool="bread"),
    "phoning": Pose(((0.28, -0.52), (0.23, -0.7)), _DOWN_FAR, _NEAR, _FAR, like="standing", tool="phone"),
    "thinking": Pose(((0.24, -0.42), (0.12, -0.57)), ((-0.2, -0.4), (0.02, -0.42)), _NEAR, _FAR, like="sitting"),
    "arms crossed": Pose(((0.2, -0.42), (-0.06, -0.43)), ((-0.2, -0.42), (0.06, -0.4)), _NEAR, _FAR, like="standing"),
    "hands on hips": Pose(
        ((0.29, -0.44), (0.15, -0.33)), ((-0.29, -0.44), (-0.15, -0.33)), _NEAR, _FAR, like="standing"
    ),
    "bowing": Pose(_DOWN_NEAR, _DOWN_FAR, _NEAR, _FAR, lean=24, turned=True, like="standing"),
    "falling": Pose(
        ((0.27, -0.58), (0.36, -0.76)),
        ((-0.27, -0.56), (-0.36, -0.7)),
        ((0.18, -0.2), (0.26, -0.06)),
        ((-0.16, -0.16), (-0.26, -0.06)),
        lean=-34,
        lift=0.12,
        like="jumping",
    ),
    "lying": Pose(_DOWN_NEAR, _DOWN_FAR, _NEAR, _FAR, lean=-86, like="sleeping"),
}

ALSO: dict[str, tuple[str, ...]] = {
    "praying": ("meditating",),
    "crouching": ("squatting", "hiding", "ducking", "cowering"),
    "climbing": ("scrambling",),
    "riding": ("on horseback",),
    "driving": ("steering", "at the wheel"),
    "lifting": ("raising", "hoisting", "holding up"),
    "cheering": ("celebrating", "arms raised", "rejoicing"),
    "carrying": ("bringing", "holding out"),
    "pushing": ("shoving",),
    "pulling": ("dragging", "tugging"),
    "hugging": ("embracing", "cuddling"),
    "crying": ("weeping", "sobbing"),
    "shouting": ("yelling", "calling out", "screaming"),
    "fighting": ("boxing", "punching", "wrestling", "attacking", "striking"),
    "throwing": ("tossing", "hurling", "flinging"),
    "cooking": ("stirring", "frying", "baking"),
    "digging": ("shovelling", "shoveling", "burying", "planting"),
    "writing": ("drawing", "sketching", "signing"),
    "drinking": ("sipping",),
    "eating": ("chewing", "biting"),
    "phoning": ("telephoning", "on the phone"),
    "thinking": ("pondering", "wondering"),
    "arms crossed": ("arms folded", "folding arms"),
    "hands on hips": ("arms akimbo",),
    "bowing": ("stooping", "bending down", "bending"),
    "falling": ("stumbling", "tripping", "tumbling"),
    "lying": ("lying down", "fainting", "unconscious", "dead"),
}
"""Other names of poses beyond those in `vocabulary.ACTIONS`."""
