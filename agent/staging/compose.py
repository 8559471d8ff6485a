"""Rules of composition: from the words of a scene and its sequence to a camera and a staging. Pure and deterministic.

- Within a sequence everybody keeps a side: who comes first has the left third, the next the right, others between.
- One figure stands on a third and looks into the frame; who speaks faces whom they speak to; who walks walks to the
  right, who goes back, to the left.
- Who acts stands nearer than who looks on. More than `FRONT_ROW` people stand in two rows, which is said.
- The nearer the camera, the fewer fit: a camera that would cut somebody off stands farther away.
- The lower edge is left to captions: nobody stands nearer than `NEAREST`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from agent.shots import camera_in, wider
from agent.staging.doings import Doing, doings, feeling_in, scale_in
from agent.staging.moves import over_shoulder
from agent.staging.sequences import sequence_of
from agent.staging.words import head_noun, known_word
from db.board import Board, Camera, Facing, Figure, Prop, Scene, Size, Staging
from sd_models.world.things.catalogue import THINGS

__all__ = ["Staged", "stage"]

FRONT_ROW = 4
NEAREST = 0.12
ROW_GAP = 0.45
MOST_PROPS = 4
PARTS = frozenset(
    """window wall floor roof ceiling room sky cloud ground air sea ocean river road street field sun moon rain
    snow wind storm fog light night day corner voice noise sound""".split()  # noqa: SIM905
)
"""What belongs to the place itself, and is painted with it."""
SEATS: dict[Size, int] = {
    "extreme close-up": 1, "close-up": 1, "medium close-up": 2, "medium": 3, "medium wide": 3, "full": 4
}  # fmt: skip
"""How many stand side by side in a frame of this size without covering each other."""
COLUMNS = {1: (0.36,), 2: (0.3, 0.7), 3: (0.2, 0.5, 0.8), 4: (0.15, 0.38, 0.62, 0.85)}
SIDES = (0.3, 0.7, 0.5, 0.15, 0.85)
"""The side that the first, second … to appear in a sequence gets; later ones stand in the middle."""


@dataclass(frozen=True)
class Staged:
    """A panel's camera and staging, and what has to be said about them."""

    camera: Camera
    staging: Staging
    notes: tuple[str, ...] = ()


def stage(board: Board, scene: Scene, before: Camera | None = None) -> Staged:
    """The camera and the staging of a scene of this board: as decided, else by the rules. `before` is the camera that
    words such as "closer" start from."""
    names = {character.id: character for character in board.characters}
    present = tuple(dict.fromkeys(who for who in scene.characters if who in names))
    camera = scene.camera or _camera(board, scene, present, before)
    notes: tuple[str, ...] = ()
    if len(present) > FRONT_ROW:
        notes = (f"{len(present)} people are a crowd: those who matter less stand in rows behind the others.",)
    if scene.staging is not None:
        return Staged(camera, scene.staging, notes)
    acts = doings(
        scene.action or scene.summary, {who: _names_of(names[who].name, names[who].aliases) for who in present}
    )
    sides = _sides(board, scene)
    figures = _figures(scene, present, acts, sides)
    staging = Staging(figures, _props(scene, figures, acts))
    return Staged(camera, over_shoulder(staging, camera.over) if camera.over else staging, notes)


def _camera(board: Board, scene: Scene, present: Sequence[str], before: Camera | None) -> Camera:
    """What the shot asks for; without words, the first panel of a sequence is wide and the others medium."""
    asked = camera_in(scene.shot, before)
    first = run_of(board, scene)[0].id == scene.id
    camera = asked or Camera("wide" if first or not present else "medium wide")
    size = camera.size
    on = tuple(present[:1])
    if len(present) > 1:
        while len(present) > SEATS.get(size, FRONT_ROW) and size != "wide":
            size = wider(size)
    over = present[1] if len(present) == 2 and "shoulder" in scene.shot.lower() else None
    if over and before is not None and before.over in present:
        over = before.over
    return replace(camera, size=size, on=on, over=over)


def _names_of(name: str, aliases: Sequence[str]) -> list[str]:
    """What somebody is called in an action: the name, its parts that are no titles, and the other names."""
    parts = [part for part in name.split() if len(part) > 2 and part[:1].isupper() and part.lower() not in TITLES]
    return [name, *aliases, *(parts if len(parts) < 3 else parts[:1]), head_noun(name)]


TITLES = frozenset(("the", "old", "little", "mrs", "miss", "sir", "king", "queen", "doctor", "captain", "mister"))


def _sides(board: Board, scene: Scene) -> dict[str, float]:
    """The side of everybody in the scene's sequence: where they stand already in it, else by the order in which they
    first appear."""
    run = run_of(board, scene)
    order = dict.fromkeys(who for panel in run for who in panel.characters)
    sides = {who: SIDES[number] if number < len(SIDES) else 0.5 + 0.01 * number for number, who in enumerate(order)}
    for panel in reversed(run):
        if panel.staging is not None and panel.id != scene.id and "staging" not in panel.handwritten:
            sides |= {one.who: one.x for one in panel.staging.figures if one.who in sides}
    return sides


def run_of(board: Board, scene: Scene) -> Sequence[Scene]:
    """The sequence that a scene is in; a scene that is not on the board is one of its own."""
    return sequence_of(board, scene.id) if any(one.id == scene.id for one in board.scenes) else (scene,)


def _figures(
    scene: Scene, present: Sequence[str], acts: dict[str, Doing], sides: dict[str, float]
) -> tuple[Figure, ...]:
    front, behind = present[:FRONT_ROW], present[FRONT_ROW:]
    ordered = sorted(front, key=lambda who: sides[who])
    columns: Sequence[float] = COLUMNS.get(len(ordered), ())
    if len(ordered) == 1 and sides[ordered[0]] >= 0.5:
        columns = (1 - COLUMNS[1][0],)
    placed = dict(zip(ordered, columns, strict=True))
    together = {acts[who].heading for who in front if acts[who].heading}
    heading = "back" if together == {"back"} else "on"
    mood = feeling_in(scene.mood)
    figures = []
    for who in front:
        doing, x = acts[who], placed[who]
        depth = NEAREST + (0.0 if doing.acts or len(front) == 1 else 0.1)
        if any(how == "behind" for how, _ in doing.where):
            depth += 0.3
        figures.append(
            Figure(
                who, x, round(depth, 3), _facing(who, doing, placed, acts, heading), doing.pose,
                doing.holds, doing.feeling or mood, doing.scale,
            )
        )  # fmt: skip
    for row in range(0, len(behind), FRONT_ROW + 1):
        people = sorted(behind[row : row + FRONT_ROW + 1], key=lambda who: sides[who])
        depth = min(0.95, NEAREST + ROW_GAP + 0.14 * (row // (FRONT_ROW + 1)))
        offset = 0.0 if (row // (FRONT_ROW + 1)) % 2 else 0.04
        for number, who in enumerate(people):
            x = (number + 0.5) / len(people)
            x = 0.1 + 0.76 * x + offset
            figures.append(Figure(who, round(x, 3), round(depth, 3), "camera", "standing", acts[who].holds, mood))
    return tuple(figures)


def _facing(who: str, doing: Doing, placed: dict[str, float], acts: dict[str, Doing], heading: str) -> Facing:
    """Who goes looks where they go; who speaks, at the one who is nearest; alone, into the frame."""
    if doing.heading:
        return "left" if (doing.heading if not doing.talks else heading) == "back" else "right"
    others = [other for other in placed if other != who]
    if not others:
        return "right" if placed[who] < 0.5 else "left"
    nearest = min(others, key=lambda other: abs(placed[other] - placed[who]))
    if len(others) > 1 and not doing.talks and not any(acts[other].acts for other in others):
        return "camera"
    return "right" if placed[nearest] > placed[who] else "left"


def _hides(what: str) -> bool:
    """Whether a thing is so tall that a face behind it would not be seen: who is behind that looks out beside it."""
    thing = THINGS.get(known_word("objects", what))
    return thing is not None and thing.height > 0.85


def _props(scene: Scene, figures: Sequence[Figure], acts: dict[str, Doing]) -> tuple[Prop, ...]:
    """The things of the scene that nobody holds: where the action says somebody is in, on, at or behind them, there;
    else on the free places, farther away."""
    held = {known_word("objects", figure.holds) or figure.holds for figure in figures}
    taken = [figure.x for figure in figures]
    free = [x for x in (0.82, 0.18, 0.5, 0.66, 0.34) if all(abs(x - other) > 0.12 for other in taken)] or [0.5]
    props: list[Prop] = []
    most = len(scene.props) if "props" in scene.handwritten else MOST_PROPS
    named = [*scene.props[: most + len(held)], *(thing for act in acts.values() for _, thing in act.where)]
    for number, said in enumerate(dict.fromkeys(named)):
        what = known_word("objects", said) or head_noun(said)
        if said not in scene.props and not known_word("objects", said):
            continue  # where somebody is may be a place as well as a thing
        if what in held or known_word("subjects", said) or len(props) == most or not what or what in PARTS:
            continue
        if any(prop.what == what for prop in props):
            props = [replace(prop, scale=scale_in(said)) if prop.what == what else prop for prop in props]
            continue
        at = next(
            (
                (how, figure)
                for figure in figures
                for how, thing in acts.get(figure.who, Doing()).where
                if thing == head_noun(said)
            ),
            None,
        )
        if at is None:
            props.append(Prop(what, free[number % len(free)], 0.5, scale_in(said)))
        else:
            how, figure = at
            nearer = how == "behind" and not _hides(what)
            aside = 0.0 if how in ("on", "onto", "in", "inside", "into", "under", "beneath") or nearer else 0.16
            x = figure.x + (aside if figure.x < 0.5 else -aside)
            behind = max((one.depth for one in figures), default=0.0) if aside else figure.depth
            depth = max(0.0, figure.depth - 0.15) if nearer else min(1.0, behind + 0.06)
            props.append(Prop(what, round(x, 3), round(depth, 3), scale_in(said)))
    return tuple(props)
