"""Continuity: what does not fit from one panel of a sequence to the next, by the rules of film. Pure.

Each fault names its rule and its panels, and carries the tool calls that mend it. Where the words of a scene account
for something (somebody turns back, comes in, hands over, dresses), it is no fault.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import Any

from agent.shots import nearer
from agent.staging.compose import Staged, stage
from agent.staging.doings import MOVING
from agent.staging.looks import looks_of
from agent.staging.sequences import places, sequences
from agent.story import look
from db.board import SIZES, Board, Facing, Figure, Scene

__all__ = ["RULES", "Fault", "Fix", "check_board", "too_alike"]

APART = 0.05
"""Two who stand nearer than this in x have no sides to keep."""
ALIKE = 0.1
"""Figures that moved less than this between two panels have not moved."""
_TURNS = (
    r"back|turn\w*|return\w*|retreat\w*|flee\w*|fled|away|home|around|round|circl\w+|change\w* sides?|past|cross\w*"
)
_ENTERS = (
    r"enter\w*|com(?:es?|ing)|came|arriv\w*|appear\w*|join\w*|approach\w*|return\w*|emerg\w*|meets?|met|meeting|finds?|"
    r"found|sees?|saw|spots?|spotted|there (?:is|was|are|were|stood|sat)|out of|steps?|stepped|runs?|ran|walk\w*|"
    r"knock\w*|opens?|opened|lands?|landed|wakes?|woke|calls?|called|hears?|heard|reach\w*|waits?|waiting|waited|"
    r"brings?|brought|climb\w*|jump\w*|fl(?:ies|ew|y)|swims?|swam|sits?|sat|stands?|stood|lives?|lived|lies|lay|"
    r"rush\w*|hurr\w+|leap\w*|leapt|greet\w*|visit\w*|follow\w*|gather\w*"
)
_GIVES = (
    r"g[ai]v\w*|hand\w*|t[ao]k\w*|took|pass\w*|pick\w*|drop\w*|throw\w*|threw|catch\w*|caught|steal\w*|stole|grab\w*|"
    r"snatch\w*|bring\w*|brought|fetch\w*|receiv\w*|lend\w*|lent|offer\w*|exchange\w*|trad\w*|s(?:old|ells?)|"
    r"bought|buys?|finds?|found|puts?|lays?|laid|l(?:ost|oses?)|seiz\w*|return\w*"
)
_DRESSES = (
    r"p[uo]ts? on|putting on|wear\w*|wore|dress\w*|undress\w*|takes? off|took off|chang\w*|clothe\w*|disguise\w*|"
    r"remov\w*|slips? (?:on|into|off)|wraps?|wrapped|tr(?:y|ies|ied) on|old|grown?|years"
)
_TIMES = (
    r"dawn|sunrise|morning|noon|midday|afternoon|evening|dusk|sunset|twilight|night\w*|midnight|moon\w*|dark\w*|"
    r"later|tomorrow|(?:next|following|same|that|one) (?:day|morning|evening|night|week|year)|hours?|days?|weeks?|"
    r"until|till|sun|stars?|lamps? (?:are|were)|meanwhile|breakfast|supper|bedtime|sleep\w*|slept"
)


@dataclass(frozen=True)
class Fix:
    """One call of a tool that mends a fault."""

    tool: str
    args: Mapping[str, Any]


@dataclass(frozen=True)
class Fault:
    """What does not fit. `scenes` are ids, the one to be mended last; `text` says it to a person, naming panels by
    their positions."""

    rule: str
    scenes: tuple[str, ...]
    text: str
    fixes: tuple[Fix, ...]


@dataclass(frozen=True)
class Panel:
    """A panel of a sequence as the rules look at it."""

    scene: Scene
    staged: Staged
    number: int

    @property
    def words(self) -> str:
        return " ".join((self.scene.title, self.scene.text, self.scene.action, self.scene.summary))

    def says(self, pattern: str) -> bool:
        return bool(re.search(rf"\b(?:{pattern})\b", self.words, re.IGNORECASE))

    def figure(self, who: str) -> Figure | None:
        return next((one for one in self.staged.staging.figures if one.who == who), None)

    @property
    def cast(self) -> tuple[str, ...]:
        return tuple(one.who for one in self.staged.staging.figures)


Rule = Callable[[Board, Sequence[Panel]], Iterator[Fault]]


def check_board(board: Board) -> tuple[Fault, ...]:
    """All faults of a board, in the order of its panels."""
    staged = {scene.id: stage(board, scene) for scene in board.scenes}
    positions = {scene.id: number for number, scene in enumerate(board.scenes, start=1)}
    faults: list[Fault] = []
    for rules, runs in ((RULES.values(), sequences(board)), ((_time,), places(board))):
        for run in runs:
            panels = [Panel(scene, staged[scene.id], positions[scene.id]) for scene in run]
            for rule in rules:
                faults += rule(board, panels)
    return tuple(sorted(faults, key=lambda fault: positions[fault.scenes[-1]]))


def _line(board: Board, panels: Sequence[Panel]) -> Iterator[Fault]:
    """The 180-degree line: of two who are seen together, the one on the left stays on the left."""
    last: dict[tuple[str, str], Panel] = {}
    for panel in panels:
        for a, b in combinations(sorted(panel.cast), 2):
            one, two = panel.figure(a), panel.figure(b)
            if one is None or two is None or abs(one.x - two.x) < APART:
                continue
            before = last.get((a, b))
            last[a, b] = panel
            if before is None or (one.x < two.x) == (_x(before, a) < _x(before, b)):
                continue
            if panel.says(_TURNS) or before.figure(a).pose in MOVING or before.figure(b).pose in MOVING:  # type: ignore[union-attr]
                continue
            yield Fault(
                "180-degree line",
                (before.scene.id, panel.scene.id),
                f"{_names(board, a, b)} have changed sides between {before.number} and {panel.number}: the camera has "
                "crossed the line between them",
                (Fix("trade_places", {"scenes": [panel.scene.id], "first": a, "second": b}),),
            )


def _eyelines(board: Board, panels: Sequence[Panel]) -> Iterator[Fault]:
    """Two who talk look at each other: in one panel, and from one single to the next."""
    for panel in panels:
        if len(panel.cast) != 2 or not panel.scene.dialogue:
            continue
        left, right = sorted(panel.staged.staging.figures, key=lambda one: one.x)
        if right.x - left.x >= APART and not {left.pose, right.pose} & MOVING:
            wrong = [one.who for one, facing in ((left, "left"), (right, "right")) if one.facing == facing]
            if wrong:
                yield Fault(
                    "eyelines",
                    (panel.scene.id,),
                    f"{_names(board, left.who, right.who)} talk in {panel.number}, and {_names(board, *wrong)} "
                    f"look{'s' if len(wrong) == 1 else ''} the other way",
                    tuple(
                        Fix("turn_to", {"scenes": [panel.scene.id], "who": [who],
                                        "toward": right.who if who == left.who else left.who})
                        for who in wrong
                    ),
                )  # fmt: skip
    for before, panel in pairwise(panels):
        if len(before.cast) != 1 or len(panel.cast) != 1 or before.cast == panel.cast:
            continue
        if not (before.scene.dialogue and panel.scene.dialogue):
            continue
        one, two = before.staged.staging.figures[0], panel.staged.staging.figures[0]
        if one.facing == two.facing and one.facing in ("left", "right") and not {one.pose, two.pose} & MOVING:
            yield Fault(
                "eyelines",
                (before.scene.id, panel.scene.id),
                f"{_names(board, one.who, two.who)} talk from {before.number} to {panel.number}, and both look to the "
                f"{one.facing}: their eyes do not meet",
                (Fix("turn_to", {"scenes": [panel.scene.id], "who": [two.who], "toward": _opposite(two.facing)}),),
            )


def _direction(board: Board, panels: Sequence[Panel]) -> Iterator[Fault]:
    """Who goes on goes the same way across the screen."""
    last: dict[str, Panel] = {}
    for panel in panels:
        for one in panel.staged.staging.figures:
            if one.pose not in MOVING or one.facing not in ("left", "right"):
                last.pop(one.who, None)
                continue
            before = last.get(one.who)
            last[one.who] = panel
            was = before.figure(one.who) if before else None
            if before is None or was is None or was.facing == one.facing or panel.says(_TURNS):
                continue
            yield Fault(
                "screen direction",
                (before.scene.id, panel.scene.id),
                f"{_names(board, one.who)} goes to the {was.facing} in {before.number} and to the {one.facing} in "
                f"{panel.number}, as if coming back",
                (Fix("turn_to", {"scenes": [panel.scene.id], "who": [one.who], "toward": was.facing}),),
            )


def too_alike(before: Staged, after: Staged) -> bool:
    """Whether two neighbouring panels show the same people in the same places from the same camera."""
    a, b = before.camera, after.camera
    old = {one.who: one for one in before.staging.figures}
    new = {one.who: one for one in after.staging.figures}
    same_camera = (a.size, a.angle, a.over) == (b.size, b.angle, b.over)
    return same_camera and bool(new) and set(old) == set(new) and not any(_moved(old[who], new[who]) for who in new)


def _cut(board: Board, panels: Sequence[Panel]) -> Iterator[Fault]:
    """The 30-degree rule: a cut needs another size, another angle, or somebody who has moved."""
    for before, panel in pairwise(panels):
        if not too_alike(before.staged, panel.staged):
            continue
        b = panel.staged.camera
        closer = nearer(b.size)
        fix = {"size": closer} if closer != b.size else {"size": SIZES[-3]}
        yield Fault(
            "30-degree rule",
            (before.scene.id, panel.scene.id),
            f"{before.number} and {panel.number} are too alike to cut: the same people in the same places, "
            f"{b.size} and {b.angle} in both",
            (Fix("set_camera", {"scenes": [panel.scene.id], **fix}),),
        )


def _entrances(board: Board, panels: Sequence[Panel]) -> Iterator[Fault]:
    """Who was not there comes in, or the words say how they are there."""
    known = set(panels[0].cast)
    for before, panel in pairwise(panels):
        for who in panel.cast:
            if who in known:
                continue
            known.add(who)
            one = panel.figure(who)
            mentioned = any(_mentions(board, other, who) for other in panels[: panels.index(panel) + 1])
            if mentioned or panel.says(_ENTERS) or (one is not None and one.pose in MOVING):
                continue
            yield Fault(
                "entrance",
                (before.scene.id, panel.scene.id),
                f"{_names(board, who)} is in {panel.number} without having come in",
                (Fix("set_pose", {"scenes": [panel.scene.id], "who": [who], "pose": "walking"}),),
            )


def _hands(board: Board, panels: Sequence[Panel]) -> Iterator[Fault]:
    """A thing that somebody holds is handed over before somebody else has it."""
    holders: dict[str, tuple[str, int]] = {}
    for place, panel in enumerate(panels):
        held = {one.holds: one.who for one in panel.staged.staging.figures if one.holds}
        for thing, who in held.items():
            holder, since = holders.get(thing, (who, place))
            holders[thing] = (who, place)
            if holder == who or any(other.says(_GIVES) for other in panels[since + 1 : place + 1]):
                continue
            both = sum(one.holds == thing for one in panel.staged.staging.figures) > 1
            if both:
                continue
            fixes = [Fix("set_pose", {"scenes": [panel.scene.id], "who": [who], "take_away": ["holds"]})]
            if holder in panel.cast:
                fixes.append(Fix("set_pose", {"scenes": [panel.scene.id], "who": [holder], "holds": thing}))
            holders[thing] = (holder, place)
            yield Fault(
                "things in hands",
                (panels[since].scene.id, panel.scene.id),
                f"{_names(board, holder)} holds the {thing} in {panels[since].number} and {_names(board, who)} in "
                f"{panel.number}, and nobody saw it handed over",
                tuple(fixes),
            )


def _wardrobe(board: Board, panels: Sequence[Panel]) -> Iterator[Fault]:
    """Clothes stay the same unless somebody dresses."""
    ids = {character.id: character for character in board.characters}
    last: dict[str, Panel] = {}
    for panel in panels:
        for who in panel.cast:
            if who not in ids:
                continue
            before = last.get(who)
            last[who] = panel
            if before is None or panel.says(_DRESSES):
                continue
            wears = looks_of(board, panel.scene, who).wears
            if looks_of(board, before.scene, who).wears == wears or any(panel.says(worn.what) for worn in wears):
                continue  # the same, or named where it is worn
            was = look(board, ids[who], before.scene.id)
            yield Fault(
                "wardrobe",
                (before.scene.id, panel.scene.id),
                f"{_names(board, who)} wears something else in {panel.number} than in {before.number}",
                (
                    Fix(
                        "describe_character",
                        {"character": who, "description": f"now {was}", "replace": True, "from_scene": panel.scene.id},
                    ),
                ),
            )


def _time(board: Board, panels: Sequence[Panel]) -> Iterator[Fault]:
    """In one place the time of day goes on, and goes on where the words say so. `panels` are those of one place."""
    for before, panel in pairwise(panels):
        was, now = before.scene.time.strip(), panel.scene.time.strip()
        if not was or not now or was.lower() == now.lower() or panel.says(_TIMES):
            continue
        yield Fault(
            "time",
            (before.scene.id, panel.scene.id),
            f"it is {was} in {before.number} and {now} in {panel.number}, in the same place, and nothing says "
            "that time has passed",
            (Fix("edit_scenes", {"scenes": [panel.scene.id], "time": was}),),
        )


RULES: Mapping[str, Rule] = {
    "180-degree line": _line,
    "eyelines": _eyelines,
    "screen direction": _direction,
    "30-degree rule": _cut,
    "entrance": _entrances,
    "things in hands": _hands,
    "wardrobe": _wardrobe,
}
"""The rules that hold within a sequence; that of time holds within a place."""


def _x(panel: Panel, who: str) -> float:
    figure = panel.figure(who)
    return figure.x if figure else 0.5


def _moved(was: Figure | None, now: Figure | None) -> bool:
    return was is None or now is None or abs(was.x - now.x) > ALIKE or abs(was.depth - now.depth) > ALIKE


def _mentions(board: Board, panel: Panel, who: str) -> bool:
    """Whether the words of a panel name somebody."""
    for character in board.characters:
        if character.id == who:
            names = [name for name in (character.name, *character.aliases) if name]
            return any(panel.says(re.escape(name)) for name in names)
    return panel.says(re.escape(who))


def _names(board: Board, *keys: str) -> str:
    named = {character.id: character.name for character in board.characters}
    return " and ".join(named.get(key, key) for key in keys)


def _opposite(facing: Facing) -> Facing:
    return "right" if facing == "left" else "left"
