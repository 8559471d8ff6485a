"""References: which scenes and characters words point at, on a board of eight scenes."""

from __future__ import annotations

import pytest

from agent.requests.board_index import BoardIndex
from agent.requests.people import People, mark_people
from agent.requests.scenes import SceneReader, mark_scenes
from agent.requests.words import Word, read_text
from tests.agent.planner.boards import context


def marked(text: str, *focus: int, character: str | None = None) -> list[Word]:
    index = BoardIndex(context(*focus, character=character))
    people = People(index)
    read = read_text(text, index.names, people.words)
    return list(mark_scenes(SceneReader(read, mark_people(read.words, people), index, people, placed=True)))


def named(text: str, *focus: int) -> tuple[int, ...] | None:
    found = [word.scope for word in marked(text, *focus) if word.scope is not None]
    assert len(found) <= 1, [scope.positions for scope in found]
    return found[0].positions or None if found else None


@pytest.mark.parametrize(
    ("text", "positions"),
    [
        ("make 3 darker", (3,)),
        ("make #3 darker", (3,)),
        ("panel number 4 at night", (4,)),
        ("scene three", (3,)),
        ("the third one", (3,)),
        ("the second to last scene", (7,)),
        ("the last two", (7, 8)),
        ("the first three panels", (1, 2, 3)),
        ("2-4", (2, 3, 4)),
        ("the two forest scenes", (3, 4)),
        ("the cave bit", (6,)),
        ("the whole second half", (5, 6, 7, 8)),
        ("scenes 2 to 4", (2, 3, 4)),
        ("scenes 2 through 4", (2, 3, 4)),
        ("2, 4 and 6", (2, 4, 6)),
        ("panels 1-3 and 7", (1, 2, 3, 7)),
        ("the first and the last", (1, 8)),
        ("scene 1 and the last one", (1, 8)),
        ("everything", (1, 2, 3, 4, 5, 6, 7, 8)),
        ("all of them", (1, 2, 3, 4, 5, 6, 7, 8)),
        ("all but the first", (2, 3, 4, 5, 6, 7, 8)),
        ("everything except 2 and 3", (1, 4, 5, 6, 7, 8)),
        ("all the scenes apart from the last two", (1, 2, 3, 4, 5, 6)),
        ("make all of them foggy except the last", (1, 2, 3, 4, 5, 6, 7)),
        ("every scene with the wolf", (4, 5)),
        ("the scenes without the dog", (1, 2, 6, 7)),
        ("the night scenes", (5, 6)),
        ("the forest scenes", (3, 4)),
        ("wolf scenes", (4, 5)),
        ("the bridge one", (5,)),
        ("the one where she finds the map", (1,)),
        ("the scene with the baker", (2,)),
        ("the panel in which Otto lights a lantern", (8,)),
        ("everything after 6", (7, 8)),
        ("5 onwards", (5, 6, 7, 8)),
        ("from scene 5 on", (5, 6, 7, 8)),
        ("the middle scenes", (4, 5)),
        ("the first half", (1, 2, 3, 4)),
        ("every scene the wolf is in", (4, 5)),
        ("Otto in every scene he is in", (8,)),
        ("the fox in all her scenes", (5, 6)),
        ("the fox wherever she appears", (5, 6)),
        ("all the scenes where Biscuit is", (3, 4, 5, 8)),
        ("Otto in each scene with him", (8,)),
        ("the scene where she finds the map", (1,)),
    ],
)
def test_scenes(text: str, positions: tuple[int, ...]) -> None:
    assert named(text) == positions


@pytest.mark.parametrize(
    ("text", "positions"),
    [
        ("that one", (3,)),
        ("this scene", (3,)),
        ("the next one", (4,)),
        ("the scene before that", (2,)),
        ("the rest", (1, 2, 4, 5, 6, 7, 8)),
        ("all the others", (1, 2, 4, 5, 6, 7, 8)),
    ],
)
def test_what_was_last_talked_of(text: str, positions: tuple[int, ...]) -> None:
    assert named(text, 3) == positions


@pytest.mark.parametrize("text", ["the dinosaur panel", "the one where a comet falls", "scenes with a piano"])
def test_what_is_not_there_is_not_guessed(text: str) -> None:
    assert named(text) is None


@pytest.mark.parametrize(
    "text", ["6 panels please", "use 12 steps", "three versions", "guidance 7", "version 2", "16:9", "a new scene"]
)
def test_other_numbers_are_no_scenes(text: str) -> None:
    assert not any(word.kind == "scenes" for word in marked(text))


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        ("Mira", ("c1",)),
        ("the dog", ("c3",)),
        ("the old fisherman", ()),
        ("fisherman", ("c7",)),
        ("the baker", ("c2",)),
        ("Sam", ("c2", "c6")),
        ("Sam the sailor", ("c6",)),
        ("nobody", ()),
    ],
)
def test_characters(words: str, ids: tuple[str, ...]) -> None:
    assert BoardIndex(context()).named_character(words.lower().split()) == ids


@pytest.mark.parametrize(
    "text", ["merge the scenes", "delete the pictures", "the order of the scenes", "how many scenes"]
)
def test_a_plural_is_not_all_where_something_is_undone_by_it(text: str) -> None:
    assert named(text) is None


def test_she_is_who_was_last_talked_of_or_named_just_before() -> None:
    def who(text: str, character: str | None) -> list[tuple[str, ...]]:
        return [word.people for word in marked(text, character=character) if word.people]

    assert who("give her a hat", "c1") == [("c1",)]
    assert who("move Otto and give him a hat", "c1")[-1] == ("c7",)
