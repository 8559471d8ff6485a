"""A small storyboard for tests, made by hand so that every word of it is known, and helpers to talk about it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from agent.drawing.models import drawing_defaults
from agent.events import Event, TurnFinished
from agent.following import with_pictures
from agent.services import Services, open_services
from agent.session import ChatSession
from agent.settings import Settings
from agent.story import refresh_prompts
from db.board import Board, Character, Scene

__all__ = ["STORY", "Followed", "finish", "receipt_of", "services_in", "tale"]

STORY = """\
Mira finds an old map in the attic. Dust dances in the light.

She runs to the harbour at dawn. Tom the fisherman mends his nets there.

That night a storm comes. The boat is thrown against the rocks. Mira holds on to the mast.

In the morning they reach an island. A wolf stands on the beach. It bows to Mira.
"""


def tale(scenes: int = 4) -> Board:
    """Four scenes (or more, the last one over and over), three characters."""
    girl = Character("c1", "Mira", "a girl in a red coat")
    man = Character("c2", "Tom", "an old fisherman with a grey beard", aliases=("the fisherman",))
    wolf = Character("c3", "the wolf", "a grey wolf")
    told = [
        Scene("s1", "The map", "Mira finds an old map in the attic. Dust dances in the light.",
              action="Mira finds an old map", setting="attic", time="day", shot="medium shot", characters=("c1",),
              props=("an old map",), seed=101),
        Scene("s2", "The harbour", "She runs to the harbour at dawn. Tom the fisherman mends his nets there.",
              action="Mira and Tom stand by the nets", setting="harbour", time="dawn", shot="wide shot",
              characters=("c1", "c2"), props=("nets",), seed=102),
        Scene("s3", "The storm", "A storm comes. The boat is thrown against the rocks. Mira holds on to the mast.",
              action="Mira holds on to the mast", setting="sea", time="night", weather="storm", shot="close-up",
              characters=("c1",), props=("a boat", "a lantern"), seed=103),
        Scene("s4", "The island", "In the morning they reach an island. A wolf stands on the beach.",
              action="the wolf stands on the beach", setting="beach", time="morning", shot="wide shot",
              characters=("c3", "c1"), seed=104),
    ]  # fmt: skip
    last = told[-1]
    more = [Scene(f"s{n}", f"Beach {n}", f"They walk on, mile {n}. The wolf leads them.", action="the wolf walks",
                  setting=last.setting, time="day", characters=("c3",), seed=100 + n)
            for n in range(5, scenes + 1)]  # fmt: skip
    return refresh_prompts(
        Board(
            "The map",
            "watercolour",
            drawing_defaults("scratch", "storybook"),
            (girl, man, wolf),
            (*told, *more)[:scenes],
        )
    )


def services_in(home: Path) -> Services:
    """Services of their own, in a folder."""
    return open_services(Settings(home=home))


def talking(services: Services, board: Board, **options: Any) -> ChatSession:
    """A session, without drawing, whose conversation has this board."""
    from agent.drawing.requests import board_requests

    conversation = services.conversations().create("a tale").id
    requests = {scene: digest for scene, (digest, _) in board_requests(board).items()}
    services.history().create(board, requests=requests, conversation=conversation, message="the story")
    return ChatSession(services, conversation, draw=False, **options)


class Followed(ChatSession):
    """A session whose turns end when their pictures are drawn, as on the command line."""

    def turn(self, *args: Any, **options: Any) -> Iterator[Event]:
        return with_pictures(self.services, super().turn(*args, **options), self.owner)

    def act(self, *args: Any, **options: Any) -> Iterator[Event]:
        return with_pictures(self.services, super().act(*args, **options), self.owner)


def finish(events: Iterator[Event]) -> tuple[list[Event], dict[str, Any]]:
    """All events of a turn, and its receipt."""
    told = list(events)
    assert isinstance(told[-1], TurnFinished)
    return told, told[-1].receipt


def receipt_of(events: Iterator[Event]) -> dict[str, Any]:
    """A turn's receipt."""
    return finish(events)[1]
