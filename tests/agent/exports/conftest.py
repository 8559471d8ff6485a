"""A board with pictures in a real database, as every export test needs it."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from agent.drawing.models import drawing_defaults
from db.blobs import Blobs
from db.board import Board, Character, Scene, digest
from db.database import open_database
from db.history import History, Version
from db.pictures import Pictures

DRAWING = drawing_defaults("scratch", "storybook")
HOSTILE = "<script>alert('fox')</script> & \"quotes\" =1+1 [[note]]"


def picture(number: int) -> bytes:
    """A PNG whose colour tells panels apart: red grows with the number."""
    data = io.BytesIO()
    Image.new("RGB", (256, 144), (20 * number, 90, 160)).save(data, "PNG")
    return data.getvalue()


def board(panels: int = 7) -> Board:
    texts = [
        "The fox found a red scarf in the snow.",
        "“Where are you going?” asked the owl.",
        f"A sign said {HOSTILE}.",
        "狐は森へ帰りました。 Привет, мир. 🦊",
    ]
    scenes = tuple(
        Scene(
            id=f"s{number}",
            title=f"Scene {number}",
            text=texts[(number - 1) % 4],
            summary=f"{number}: {texts[(number - 1) % 4]}",
            prompt=f"a fox in a red scarf, forest, panel {number}",
            shot="wide shot",
            setting="forest",
            time="night",
            characters=("c1",),
            dialogue=("Owl: Where are you going?",),
            notes="slowly",
            duration=0.5,
            seed=100 + number,
        )
        for number in range(1, panels + 1)
    )
    cast = (Character("c1", "Mira the fox", "a fox in a red scarf"),)
    return Board("The fox / and ../ the scarf", "watercolour", DRAWING, cast, scenes)


class Shelf:
    """A database with one storyboard whose panels are all drawn but the third."""

    def __init__(self, home: Path) -> None:
        self.database = open_database(f"sqlite:///{home / 'taleboard.db'}")
        self.pictures = Pictures(self.database, Blobs((home / "images").as_uri()))
        self.history = History(self.database)
        value = board()
        requests = {scene.id: digest(scene.prompt) for scene in value.scenes}
        for number, scene in enumerate(value.scenes, start=1):
            if number != 3:
                self.pictures.add_drawn(requests[scene.id], picture(number))
        created = self.history.create(value, requests=requests)
        self.version: Version = self.history.version(created.storyboard)


@pytest.fixture
def shelf(own_home: Path) -> Shelf:
    return Shelf(own_home)
