"""The storyboard that every request is made on: eight scenes, two characters called Sam, five versions."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from agent import edits
from agent.drawing.models import drawing_defaults
from agent.drawing.requests import board_requests
from agent.services import Services
from db.board import Board, Character, Scene
from tests.db.written import commit

__all__ = ["begin", "first_board"]

CHARACTERS = (
    Character("c1", "Mira", "a girl with long brown hair in a red coat"),
    Character("c2", "Sam the baker", "a round man in a white apron", aliases=("Sam",)),
    Character("c3", "Biscuit", "a small brown dog"),
    Character("c4", "the wolf", "a large grey wolf"),
    Character("c5", "the fox", "a clever orange fox"),
    Character("c6", "Sam the sailor", "a thin man in a blue jersey", aliases=("Sam",)),
    Character("c7", "Otto", "an old fisherman with a grey beard"),
)

SCENES = (
    Scene(
        "s1",
        title="A bottle on the beach",
        text="Mira walked along the beach. She found a map in an old bottle.",
        setting="beach",
        time="morning",
        weather="sun",
        action="Mira finds a map in a bottle",
        props=("bottle", "map"),
        characters=("c1",),
    ),
    Scene(
        "s2",
        title="Fresh bread",
        text="Sam the baker gave Mira warm bread in his bakery.",
        setting="bakery",
        time="morning",
        action="Sam the baker gives Mira bread",
        props=("bread",),
        characters=("c1", "c2"),
    ),
    Scene(
        "s3",
        title="Into the woods",
        text="Mira and Biscuit walked into the forest. The path was narrow.",
        setting="forest",
        time="day",
        weather="sun",
        action="Mira walks along a path",
        props=("path",),
        characters=("c1", "c3"),
    ),
    Scene(
        "s4",
        title="The storm",
        text="A wind rose among the trees. A wolf watched from behind an oak. Mira held Biscuit tight.",
        setting="forest",
        time="evening",
        action="the wolf watches from behind an oak",
        props=("oak",),
        characters=("c1", "c3", "c4"),
    ),
    Scene(
        "s5",
        title="The old bridge",
        text="A fox led them over the old rope bridge. Far away the wolf howled.",
        setting="bridge",
        time="night",
        action="the fox leads Mira over the bridge",
        props=("rope",),
        characters=("c5", "c1", "c3", "c4"),
    ),
    Scene(
        "s6",
        title="In the cave",
        text="Mira turned the key. The door opened. Inside, golden lanterns shone on the walls.",
        setting="cave",
        time="night",
        action="Mira opens a door",
        props=("key", "door", "lanterns"),
        characters=("c1", "c5"),
    ),
    Scene(
        "s7",
        title="Across the lake",
        text="At dawn Sam the sailor rowed Mira over the lake.",
        setting="lake",
        time="dawn",
        weather="fog",
        action="Sam the sailor rows Mira",
        props=("boat",),
        characters=("c6", "c1"),
    ),
    Scene(
        "s8",
        title="Home again",
        text="Everyone was waiting at the harbor. Otto lit a lantern. Biscuit barked at Mira.",
        setting="harbor",
        time="evening",
        action="Otto lights a lantern",
        props=("lantern",),
        characters=("c1", "c7", "c3"),
    ),
)


def first_board() -> Board:
    """Version 1, every prompt as it is written from its scene."""
    scenes = tuple(replace(scene, seed=100 + place) for place, scene in enumerate(SCENES, start=1))
    board = Board("The Lantern Map", "storybook", drawing_defaults("scratch", "storybook"), CHARACTERS, scenes)
    return edits.set_style(board, "storybook")


def begin(services: Services) -> tuple[str, dict[int, Board]]:
    """A new conversation about the board with its five versions; its id, and the boards by version."""
    conversation = services.conversations().create("The Lantern Map").id
    history = services.history()
    (board, digests, message), *later = _versions()
    version = history.create(
        board, requests=digests, conversation=conversation, message=message, summary=f"{len(board.scenes)} scenes"
    )
    boards = {version.number: board}
    for board, digests, message in later:
        version = commit(
            history,
            version.storyboard,
            board,
            parent=version.number,
            requests=digests,
            message=message,
            summary=message,
        )
        boards[version.number] = board
    return conversation, boards


@cache
def _versions() -> tuple[tuple[Board, dict[str, str], str], ...]:
    """Each version's board, the digests of its scenes' drawing requests, and what was asked for. They are the same for
    every request, so they are worked out once."""
    steps = (
        ("let it snow in 3", lambda b: edits.edit_scenes(b, ["s3"], weather="snow")),
        (
            "sunny again, and everything as ink noir",
            lambda b: edits.set_style(edits.edit_scenes(b, ["s3"], weather="sun"), "ink noir"),
        ),
        ("make it rain in 4", lambda b: edits.edit_scenes(b, ["s4"], weather="rain")),
        ("a wide shot in 5", lambda b: edits.edit_scenes(b, ["s5"], shot="wide shot")),
    )
    board = first_board()
    digests = {scene: digest for scene, (digest, _) in board_requests(board).items()}
    versions = [(board, digests, "the story")]
    for message, step in steps:
        before, board = board, step(board)
        digests = {scene: digest for scene, (digest, _) in board_requests(board, before, digests).items()}
        versions.append((board, digests, message))
    return tuple(versions)
