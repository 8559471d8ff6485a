"""Which sequence a panel is in, and its own number: given once, never moved. Pure.

A sequence is one place at one time. Its number is that of a script's scene, and its panels add a letter: 4A, 4B … A
panel that comes in between 4A and 4B is 4AA, a sequence between 4 and 5 is A5, as scripts number what is added. The
letters I and O are left out, as on a slate: they look like digits. Numbers of panels that are gone stay with their
sequence as omitted. A board from before there were numbers stays without.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import count

from agent.staging.sequences import bare, whereabouts
from agent.staging.words import known_word
from agent.story.readers import is_slug
from db import board as values
from db.board import Board, Scene, new_id
from sd_models.world.places import PLACES

__all__ = ["numbered"]

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
Places = Mapping[str, tuple[str, str]]
"""Scene id -> where and when it is."""


def numbered(board: Board, before: Board | None) -> Board:
    """Give every panel that is new since `before` its sequence and its number; all others keep theirs. A panel whose
    own place or time changed goes to the sequence that is there, or to a new one, and keeps its number."""
    if before is not None and before.scenes and not before.sequences:
        return board
    old = {scene.id: scene for scene in before.scenes} if before is not None else {}
    homes = _homes(board, old)
    scenes = tuple(
        scene if scene.sequence == homes[scene.id] else replace(scene, sequence=homes[scene.id])
        for scene in board.scenes
    )
    sequences = _sequences(replace(board, scenes=scenes), old)
    numbers = _numbers(scenes, sequences, old)
    scenes = tuple(
        scene if scene.number == numbers[scene.id] else replace(scene, number=numbers[scene.id]) for scene in scenes
    )
    return replace(board, scenes=scenes, sequences=_with_omitted(sequences, scenes, old))


def _homes(board: Board, old: Mapping[str, Scene]) -> dict[str, str]:
    """Scene id -> the sequence that it is in. Who moved or is new joins the neighbour that is where they are."""
    places = whereabouts(board)
    known = {sequence.id for sequence in board.sequences}
    together: dict[str, set[tuple[str, str]]] = {}
    for scene in board.scenes:
        if scene.id in old:
            together.setdefault(scene.sequence or "", set()).add(places[scene.id])

    def stays(scene: Scene) -> bool:
        was = old.get(scene.id)
        if was is None or scene.sequence not in known:
            return False
        return (was.setting, was.time) == (scene.setting, scene.time) or len(together[scene.sequence or ""]) == 1

    homes: dict[str, str] = {}
    for index, scene in enumerate(board.scenes):
        last, following = board.scenes[index - 1 : index], board.scenes[index + 1 : index + 2]
        if stays(scene):
            homes[scene.id] = scene.sequence or ""
        elif last and _agree(places[last[0].id], places[scene.id]):
            homes[scene.id] = homes[last[0].id]
        elif following and stays(following[0]) and _agree(places[following[0].id], places[scene.id]):
            homes[scene.id] = following[0].sequence or ""
        else:
            homes[scene.id] = new_id("q", board, "sequence", scene.id)
    return homes


def _agree(one: tuple[str, str], other: tuple[str, str]) -> bool:
    return all(a == b or not a or not b for a, b in zip(one, other, strict=True))


def _sequences(board: Board, old: Mapping[str, Scene]) -> tuple[values.Sequence, ...]:
    """The sequences in the order in which the board shows them, new ones numbered; those without a panel stay where
    they were, at the end."""
    known = {sequence.id: sequence for sequence in board.sequences}
    order = dict.fromkeys(scene.sequence or "" for scene in board.scenes)
    taken = {sequence.number for sequence in board.sequences}
    made: list[values.Sequence] = []
    for index, name in enumerate(order):
        panels = [scene for scene in board.scenes if scene.sequence == name]
        if name in known:
            number, omitted = known[name].number, known[name].omitted
        else:
            later = next((known[other].number for other in list(order)[index + 1 :] if other in known), None)
            number, omitted = _free_number(later, taken), ()
            taken.add(number)
        made.append(_described(values.Sequence(name, number, omitted=omitted), panels, known.get(name)))
    return (*made, *(sequence for sequence in board.sequences if sequence.id not in order))


def _free_number(later: str | None, taken: set[str]) -> str:
    """A number for a sequence: the next one at the end, else that of the `later` one with a letter before it."""
    if later is not None:
        return next(number for letter in _letters() if (number := f"{letter}{later}") not in taken)
    largest = max((int(digits) for number in taken for digits in re.findall(r"\d+", number)), default=0)
    return str(largest + 1)


def _described(sequence: values.Sequence, panels: Sequence[Scene], known: values.Sequence | None) -> values.Sequence:
    """A sequence with its place, time and heading: as it was while any of its panels is there, else as they say."""
    place = next((scene.setting for scene in panels if scene.setting), "")
    time = next((scene.time for scene in panels if scene.time), "")
    if known is not None and (
        not panels
        or any((bare(scene.setting), bare(scene.time)) == (bare(known.place), bare(known.time)) for scene in panels)
    ):
        return replace(known, number=sequence.number)
    word = known_word("settings", place)
    inside = PLACES[word].inside if word in PLACES else None
    opening = panels[0].text.strip().split("\n", 1)[0] if panels else ""
    if is_slug(opening):
        heading = " ".join(opening.split())
        inside = inside if inside is not None else heading.upper().startswith("INT")
    else:
        side = "" if inside is None else "INT. " if inside else "EXT. "
        heading = side + " - ".join(part for part in (bare(place).upper(), time.upper()) if part) if place else ""
    return replace(sequence, heading=heading, place=place, inside=inside, time=time)


def _numbers(scenes: Sequence[Scene], sequences: Sequence[values.Sequence], old: Mapping[str, Scene]) -> dict[str, str]:
    """Scene id -> its number. Numbers of old panels stay, a panel that comes back gets its own again."""
    named = {sequence.id: sequence for sequence in sequences}
    omitted = {number for sequence in sequences for number in sequence.omitted}
    numbers = {
        scene.id: scene.number for scene in scenes if scene.number and (scene.id in old or scene.number in omitted)
    }
    taken = {*numbers.values(), *omitted, *(scene.number for scene in old.values())}
    for scene in scenes:
        if scene.id in numbers:
            continue
        own = [other for other in scenes if other.sequence == scene.sequence]
        following = any(other.id in numbers for other in own[own.index(scene) + 1 :])
        last = next((numbers[other.id] for other in reversed(own[: own.index(scene)]) if other.id in numbers), None)
        base = last if following and last else named[scene.sequence or ""].number
        letters = _letters() if following and last else _letters(after=_last_letter(base, taken))
        numbers[scene.id] = next(number for letter in letters if (number := base + letter) not in taken)
        taken.add(numbers[scene.id])
    return numbers


def _with_omitted(
    sequences: Sequence[values.Sequence], scenes: Sequence[Scene], old: Mapping[str, Scene]
) -> tuple[values.Sequence, ...]:
    """The sequences with the numbers that are gone since, and without those that came back."""
    shown = {scene.number for scene in scenes}
    gone = [(scene.sequence, scene.number) for scene in old.values() if scene.number and scene.number not in shown]
    return tuple(
        replace(
            sequence,
            omitted=tuple(
                dict.fromkeys(
                    number
                    for number in (*sequence.omitted, *(number for home, number in gone if home == sequence.id))
                    if number not in shown
                )
            ),
        )
        for sequence in sequences
    )


def _letters(after: int = -1) -> Iterator[str]:
    """A, B … Z, AA, AB …, from the place after `after` on."""
    for place in count(after + 1):
        letters, rest = "", place
        while rest >= 0:
            letters = LETTERS[rest % len(LETTERS)] + letters
            rest = rest // len(LETTERS) - 1
        yield letters


def _last_letter(base: str, taken: set[str]) -> int:
    """The place in the alphabet of the last letter that a sequence has given; -1 where it has none."""
    given = [number.removeprefix(base) for number in taken if number.startswith(base)]
    return max((LETTERS.index(letter) for letter in given if len(letter) == 1 and letter in LETTERS), default=-1)
