"""A picture dropped into the conversation: checked, kept with its message, and really drawn from."""

from __future__ import annotations

import dataclasses
import io
import struct
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from PIL import Image

from agent.drawing.renderers import LocalRenderer
from agent.services import Services
from agent.session import ChatSession
from db.board import Drawing
from sd_models.engines import Drawn, DrawRequest, Step
from tests.agent.drawing.toy import ToyEngine
from tests.agent.tales import STORY, Followed, receipt_of, tale, talking

SIZE = (64, 40)


class TracingEngine(ToyEngine):
    """Draws what a panel starts from, a little darker."""

    def draw(self, requests: Sequence[DrawRequest], pictures: Callable[[str], Image.Image]) -> Iterator[Step | Drawn]:
        for event in super().draw(requests, pictures):
            source = requests[event.index].source if isinstance(event, Drawn) else None
            if isinstance(event, Drawn) and source is not None:
                event = replace(event, image=pictures(source).point(lambda value: int(value * 0.9)))
            yield event


@pytest.fixture
def drawing(services: Services) -> Iterator[Services]:
    renderer = LocalRenderer(services.database, services.blobs, lambda name, model: TracingEngine())
    yield dataclasses.replace(services, renderer=renderer)
    renderer.close()


@pytest.fixture
def session(drawing: Services) -> ChatSession:
    """A conversation about a board of four drawn panels."""
    board = replace(tale(), drawing=Drawing("toy", "toy/toy", "ddim", 2, 1.0, SIZE))
    drawn = Followed(drawing, talking(drawing, board).conversation)
    receipt_of(drawn.act("edit_scenes", {"scenes": [1], "notes": "begin"}))
    return drawn


def sketch(size: tuple[int, int] = SIZE) -> Image.Image:
    """Black to the left, white to the right."""
    image = Image.new("RGB", size, "black")
    image.paste("white", (size[0] // 2, 0, *size))
    return image


def file_of(image: Image.Image, format: str = "PNG", **options: Any) -> bytes:
    file = io.BytesIO()
    image.save(file, format, **options)
    return file.getvalue()


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that claims to be this large."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


def shown(session: ChatSession, sha256: str) -> np.ndarray:
    """A stored picture's brightness, 0 to 255."""
    return np.asarray(Image.open(io.BytesIO(session.services.pictures().read(sha256))).convert("L"), dtype=int)


def images(receipt: dict[str, Any]) -> list[str]:
    return [scene["image"] for scene in receipt["board"]["scenes"]]


def drawn_like_the_sketch(session: ChatSession, receipt: dict[str, Any], position: int) -> bool:
    panel = shown(session, images(receipt)[position - 1])
    assert panel.shape == (SIZE[1], SIZE[0])
    return bool(panel[:, :28].mean() < 40 and panel[:, 36:].mean() > 200)


@pytest.mark.parametrize(
    "words",
    ["draw scene 2 like this", "use this as scene 2's picture", "use it as the starting point for scene 2", "scene 2"],
)
def test_a_panel_is_drawn_from_the_picture_and_undo_takes_it_back(session: ChatSession, words: str) -> None:
    before = images(receipt_of(session.act("describe_board")))
    receipt = receipt_of(session.turn(words, {"sketch.png": file_of(sketch())}))
    assert receipt["error"] is None
    assert [one["fields"] for one in receipt["changed"]] == [["image"]]
    assert receipt["version"] is not None
    assert "drawn from sketch.png" in receipt["reply"]
    assert drawn_like_the_sketch(session, receipt, 2)
    after = images(receipt)
    assert [after[0], *after[2:]] == [before[0], *before[2:]], "the others are the same pictures"
    assert images(receipt_of(session.turn("undo"))) == before


def test_the_composition_stays_when_the_scene_comes_to_show_something_else(session: ChatSession) -> None:
    first = receipt_of(session.turn("draw scene 2 like this, at night", {"sketch.png": file_of(sketch())}))
    assert first["board"]["scenes"][1]["time"] == "night"
    assert drawn_like_the_sketch(session, first, 2)
    second = receipt_of(session.turn("make scene 2 foggy"))
    assert "fog" in second["board"]["scenes"][1]["weather"]
    assert drawn_like_the_sketch(session, second, 2)
    last = receipt_of(session.turn("redraw 2 from scratch"))
    assert not drawn_like_the_sketch(session, last, 2)
    assert last["board"]["scenes"][1]["edit"] is None


@pytest.mark.parametrize("answer", ["3", "scene 3", "the third", "for scene 3 please"])
def test_a_picture_without_a_scene_is_asked_about_once(session: ChatSession, answer: str) -> None:
    asked = receipt_of(session.turn("", {"sketch.png": file_of(sketch())}))
    assert asked["clarify"]
    assert asked["version"] is None
    assert asked["reply"].startswith("For which scene?")
    receipt = receipt_of(Followed(session.services, session.conversation).turn(answer))
    assert not receipt["clarify"]
    assert drawn_like_the_sketch(session, receipt, 3)


def test_on_a_long_board_the_question_is_answered_too_and_may_be_answered_wrongly(drawing: Services) -> None:
    board = replace(tale(12), drawing=Drawing("toy", "toy/toy", "ddim", 2, 1.0, SIZE))
    session = Followed(drawing, talking(drawing, board).conversation)
    assert receipt_of(session.turn("draw it like this", {"a.png": file_of(sketch())}))["clarify"]
    assert "There is no scene 40" in receipt_of(session.turn("40"))["reply"]
    assert drawn_like_the_sketch(session, receipt_of(session.turn("11")), 11)


def test_another_request_instead_of_an_answer_leaves_the_picture_and_says_so(session: ChatSession) -> None:
    receipt_of(session.turn("", {"sketch.png": file_of(sketch())}))
    receipt = receipt_of(session.turn("make scene 1 night"))
    assert [one["position"] for one in receipt["changed"]] == [1]
    assert receipt["board"]["scenes"][0]["edit"] is None
    assert "The attached picture was not used" in receipt["reply"]


def test_the_picture_is_kept_with_its_message(session: ChatSession) -> None:
    receipt_of(session.turn("draw scene 2 like this", {"sketch.png": file_of(sketch())}))
    conversations = session.services.conversations()
    said, reply = list(conversations.messages(str(session.conversation)))[-2:]
    assert list(said.data["pictures"]) == ["sketch.png"]
    assert drawn_like_the_sketch(session, receipt_of(session.again(reply.id)), 2)
    otherwise = receipt_of(session.turn("draw scene 4 like this", replacing=said.id))
    assert drawn_like_the_sketch(session, otherwise, 4)
    assert otherwise["board"]["scenes"][1]["edit"] is None


def test_a_story_and_a_picture_come_together(drawing: Services) -> None:
    session = ChatSession(drawing, draw=False)
    receipt = receipt_of(session.turn("", {"tale.txt": STORY.encode(), "sketch.png": file_of(sketch())}))
    assert len(receipt["board"]["scenes"]) > 2
    assert "The attached picture was not used" in receipt["reply"]


def test_before_there_is_a_board_a_story_is_asked_for(drawing: Services) -> None:
    receipt = receipt_of(Followed(drawing).turn("draw scene 1 like this", {"sketch.png": file_of(sketch())}))
    assert "no storyboard yet" in receipt["reply"]
    assert receipt["board"] is None


def test_of_several_pictures_one_is_chosen(session: ChatSession) -> None:
    files = {"a.png": file_of(Image.new("RGB", SIZE, "red")), "b.png": file_of(sketch())}
    assert "- b.png" in receipt_of(session.turn("draw scene 2 like this", files))["reply"]
    assert drawn_like_the_sketch(session, receipt_of(session.turn("b.png")), 2)


def test_a_picture_of_another_shape_is_cut_and_never_squeezed(session: ChatSession) -> None:
    tall = Image.new("RGB", (64, 400), "black")
    tall.paste("white", (32, 0, 64, 400))
    tall.paste("red", (0, 0, 64, 100))
    receipt = receipt_of(session.turn("draw scene 2 like this", {"tall.png": file_of(tall)}))
    assert drawn_like_the_sketch(session, receipt, 2), "what is above is cut off"


def test_a_board_of_another_shape_cuts_the_picture_anew_and_never_squeezes_it(session: ChatSession) -> None:
    wide = Image.new("RGB", (160, 40), "black")
    wide.paste("white", (80, 0, 160, 40))
    wide.paste("red", (0, 0, 20, 40))
    receipt_of(session.turn("draw scene 2 like this", {"wide.png": file_of(wide)}))
    receipt = receipt_of(session.act("set_drawing", {"width": 256, "height": 64}))
    panel = shown(session, images(receipt)[1])
    assert panel.shape == (64, 256)
    assert panel[:, :28].mean() > 60, "what had been cut off is there again"
    assert panel[:, 36:124].mean() < 10
    assert panel[:, 132:].mean() > 200


def upside_down() -> bytes:
    exif = Image.Exif()
    exif[0x0112] = 3
    return file_of(sketch((640, 400)).rotate(180), "JPEG", quality=95, exif=exif)


def see_through() -> bytes:
    image = Image.new("RGBA", SIZE, (0, 0, 0, 255))
    image.paste((0, 0, 0, 0), (32, 0, *SIZE))
    return file_of(image)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("turned.jpg", upside_down()),
        ("clear.png", see_through()),
        ("palette.png", file_of(sketch().convert("P"))),
        ("grey16.png", file_of(sketch().convert("L").convert("I;16").point(lambda value: value * 257))),
        ("flat.webp", file_of(sketch(), "WEBP", lossless=True)),
        ("without an ending", file_of(sketch())),
        ("large.png", file_of(sketch((4000, 2500)))),
    ],
)
def test_any_common_picture_is_taken_upright_and_in_colour(session: ChatSession, name: str, data: bytes) -> None:
    receipt = receipt_of(session.turn("draw scene 2 like this", {name: data}))
    assert drawn_like_the_sketch(session, receipt, 2)


@pytest.mark.parametrize(
    ("name", "data", "complaint"),
    [
        ("bomb.png", bomb(60_000, 60_000), "bomb.png is too large"),
        ("bomb.png", bomb(9_000, 9_000), "9,000 x 9,000 pixels"),
        ("words.png", b"these are words", "words.png is not a picture that can be used"),
        ("half.png", file_of(Image.effect_noise(SIZE, 80))[:900], "half.png is not a picture that can be used"),
    ],
)
def test_what_is_no_picture_or_a_bomb_is_refused_in_one_line(
    session: ChatSession, name: str, data: bytes, complaint: str
) -> None:
    messages = len(session.services.conversations().messages(str(session.conversation)))
    receipt = receipt_of(session.turn("draw scene 2 like this", {name: data}))
    assert complaint in receipt["error"]
    assert "\n" not in receipt["error"]
    assert len(session.services.conversations().messages(str(session.conversation))) == messages
