"""Cover a scene with several shots, as film does. Every sentence of it is in exactly one shot.

A coverage is a row of `COVERAGES`: what each shot is of, how large, and when the whole fits. Shots take their share of
the text in order; where there are more shots than sentences, those at the end show a reaction or a thing without words
of the story. Who a shot is on is who its own sentences are about.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from agent.edits.common import locked_out, reprompt
from agent.edits.order import OF_ONE_SCENE, merge_scenes, next_seed, room_for, split_scene
from agent.errors import EditError
from agent.shots import shot_words
from agent.story import Summarizer, split_sentences
from db.board import Board, Camera, Scene, Size, new_id

__all__ = ["COVERAGES", "Coverage", "CoverageName", "Setup", "cover", "fitting"]

CoverageName = Literal[
    "phone call", "dialogue", "chase", "discovery", "entrance", "crowd", "insert", "reaction", "singles"
]
Subject = Literal["all", "one", "over", "other", "thing"]


@dataclass(frozen=True)
class Setup:
    """One shot of a coverage: of `all`, of the one who acts, of that one over the `other`'s shoulder ("over"), of
    another one, or of a thing alone."""

    size: Size
    of: Subject
    move: str | None = None


@dataclass(frozen=True)
class Coverage:
    """The shots in their order, and the words and the numbers of people for which it fits."""

    shots: tuple[Setup, ...]
    words: str = ""
    people: int = 1
    talk: bool = False
    thing: bool = False


WIDE, MASTER = Setup("extreme wide", "all"), Setup("wide", "all")
COVERAGES: Final[dict[CoverageName, Coverage]] = {
    "phone call": Coverage(
        (Setup("medium", "one"), Setup("medium close-up", "other"), Setup("close-up", "one")),
        r"(?:tele)?phones?|phoned|rings?|rang|calls? (?:him|her|them)|receiver",
        people=2, talk=True,
    ),
    "dialogue": Coverage(
        (MASTER, Setup("medium", "over"), Setup("medium close-up", "over"), Setup("close-up", "one"),
         Setup("medium close-up", "other")),
        people=2, talk=True,
    ),
    "chase": Coverage(
        (WIDE, Setup("medium wide", "one", "tracking"), Setup("medium", "other", "tracking"), Setup("close-up", "one")),
        r"chas\w+|pursu\w+|flee\w*|fled|race[ds]?|runs? after|ran after|hunt\w*", people=2,
    ),
    "discovery": Coverage(
        (Setup("medium", "one"), Setup("extreme close-up", "thing"), Setup("close-up", "one")),
        r"finds?|found|discover\w*|notic\w+|uncover\w*|opens?|opened|spots?|spotted", thing=True,
    ),
    "entrance": Coverage(
        (MASTER, Setup("full", "one"), Setup("medium wide", "all")),
        r"enter\w*|arriv\w+|comes? in|came in|steps? in\w*|stepped in\w*|burst\w*",
    ),
    "crowd": Coverage(
        (WIDE, Setup("medium wide", "all"), Setup("medium", "other"), Setup("close-up", "one")), people=5
    ),
    "insert": Coverage((Setup("medium", "all"), Setup("extreme close-up", "thing")), thing=True),
    "reaction": Coverage((Setup("medium", "one"), Setup("close-up", "other")), people=2),
    "singles": Coverage((MASTER, Setup("medium", "one"), Setup("medium close-up", "other"), Setup("close-up", "one"))),
}  # fmt: skip
"""From the particular to the general: the first that fits is proposed."""
FURTHER: Final = (Setup("medium", "one"), Setup("medium close-up", "other"))
"""By turns, where more shots are wanted than a coverage has. No coverage ends with the size that these begin with."""
PHRASES: Final[dict[Subject, str]] = {"thing": "the {what}, close", "other": "{who}, listening", "one": "{who}, close"}


def fitting(board: Board, scene_id: str) -> CoverageName:
    """The name of the coverage that fits a scene: by its talk, its people, its things and what happens."""
    scene = board.scene(scene_id)
    talk = len(scene.dialogue) > 1 or len(re.findall(r"[“\"][^”\"]+[”\"]", scene.text)) > 1
    for name, coverage in COVERAGES.items():
        if len(scene.characters) < coverage.people or (coverage.talk and not talk):
            continue
        if coverage.words and not re.search(rf"\b(?:{coverage.words})\b", scene.text, re.IGNORECASE):
            continue
        if coverage.thing and not scene.props:
            continue
        return name
    return "singles"


def cover(
    board: Board,
    ids: Sequence[str],
    name: CoverageName | None = None,
    shots: int | None = None,
    summarizer: Summarizer | None = None,
) -> Board:
    """Cover a scene, or neighbouring ones that are taken together, with the shots of a coverage (by default what
    fits). `shots` is how many; by default one for each sentence, as far as the coverage goes. The first keeps the
    scene's id."""
    locked_out(board, ids)
    if len(ids) > 1:
        board = merge_scenes(board, ids, summarizer)
    first = next(scene for scene in board.scenes if scene.id in ids)
    if shots == 1:
        if len(ids) < 2:
            raise EditError(f"Scene {board.position(first.id)} is one shot already.")
        return board
    coverage = COVERAGES[name or fitting(board, first.id)]
    sentences = len(split_sentences(first.text))
    count = shots or max(2, min(sentences, len(coverage.shots)))
    room_for(board, count - 1)
    told = min(count, max(1, sentences))
    covered = split_scene(board, first.id, told, summarizer=summarizer) if told > 1 else board
    at = covered.position(first.id) - 1
    pieces = [*covered.scenes[at : at + told], *(_silent(board, first, number) for number in range(told, count))]
    staged: list[Scene] = []
    for number, piece in enumerate(pieces):
        staged.append(_framed(board, piece, first, _setup(coverage, number), staged))
    made = replace(covered, scenes=(*covered.scenes[:at], *staged, *covered.scenes[at + told :]))
    return reprompt(covered, made, [scene.id for scene in staged])


def _setup(coverage: Coverage, number: int) -> Setup:
    shots = coverage.shots
    return shots[number] if number < len(shots) else FURTHER[(number - len(shots)) % len(FURTHER)]


def _silent(board: Board, first: Scene, number: int) -> Scene:
    """A shot without words of the story."""
    own = tuple(name for name in first.handwritten if name not in OF_ONE_SCENE)
    return replace(
        first, id=new_id("s", board, "cover", first.id, str(number)), text="", title="", summary="", action="",
        dialogue=(), handwritten=own, edit=None, picked=None, seed=next_seed(first, number), duration=2.5,
    )  # fmt: skip


def _framed(board: Board, piece: Scene, whole: Scene, setup: Setup, before: Sequence[Scene]) -> Scene:
    """The panel of one shot: its camera in words, and who and what is in it."""
    cast = whole.characters
    there = piece.characters if piece.text else ()
    last = before[-1].characters[:1] if before else ()
    lead = there[:1] or tuple(one for one in cast if one not in last)[:1] or cast[:1]
    others = tuple(one for one in cast if one not in lead)
    of = setup.of
    if (of == "thing" and not whole.props) or (of in ("over", "other") and not others):
        of = "one"
    people = {"all": (*lead, *others), "over": (*lead, *others[:1]), "thing": ()}.get(of, lead)
    over = people[1] if of == "over" and len(people) > 1 else None
    camera = Camera(setup.size, move=setup.move, over=over)
    shown = replace(
        piece, characters=people, shot=shot_words(camera), camera=None, staging=None,
        props=whole.props[:1] if of == "thing" else piece.props,
    )  # fmt: skip
    if piece.text:
        return shown
    names = {character.id: character.name for character in board.characters}
    who = names.get(lead[0], "") if lead else ""
    summary = PHRASES.get(of, "{who}").format(who=who or "The place", what=whole.props[0] if whole.props else "")
    return replace(shown, summary=summary[:1].upper() + summary[1:], action="listening" if of == "other" else "")
