"""Pictures that people give: read whatever usual kind they are of, or refused in one line."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from agent.drawing.uploads import is_picture, plain_picture
from agent.errors import PictureError


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF"])
@pytest.mark.parametrize("named", [True, False])
def test_a_sketch_is_read_whatever_kind_of_file_it_is(kind: str, named: bool) -> None:
    file = io.BytesIO()
    Image.new("RGB", (40, 20), (200, 30, 30)).save(file, kind)
    name = f"sketch.{kind.lower()}" if named else "sketch"
    if named or kind != "BMP":  # two letters begin a BMP, as they may begin a story
        assert is_picture(name, file.getvalue())
    with Image.open(io.BytesIO(plain_picture(file.getvalue(), name))) as plain:
        assert (plain.format, plain.mode, plain.size) == ("PNG", "RGB", (40, 20))
        red, green, blue = plain.getpixel((5, 5))  # type: ignore[misc]
        assert red > 180 > 60 > green
        assert blue < 60


@pytest.mark.parametrize(
    ("name", "data"),
    [("IMG_1.HEIC", b"whatever"), ("photo", b"\0\0\0\x18ftypheic\0\0\0\0"), ("a.avif", b"\0\0\0\x1cftypavif")],
)
def test_a_telephones_own_kind_is_told_with_what_to_do(name: str, data: bytes) -> None:
    assert is_picture(name, data)
    with pytest.raises(PictureError, match="save it as JPEG or PNG"):
        plain_picture(data, name)


def test_a_story_is_no_picture() -> None:
    assert not is_picture("story.txt", b"BM was the name of the fox. It lived in the snow.")
