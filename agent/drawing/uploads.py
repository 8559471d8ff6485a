"""Pictures that people give: found among the files of a message, checked, and made plain."""

from __future__ import annotations

import io
from pathlib import PurePath
from typing import TYPE_CHECKING

from agent.errors import PictureError

if TYPE_CHECKING:
    from PIL import Image

__all__ = ["KINDS", "UNREAD", "framed", "is_picture", "plain_picture", "size_of"]

KINDS = {
    ".png": "PNG",
    ".jpg": "JPEG",
    ".jpeg": "JPEG",
    ".webp": "WEBP",
    ".bmp": "BMP",
    ".gif": "GIF",
    ".tif": "TIFF",
    ".tiff": "TIFF",
}
"""Endings of picture files, and the decoders that are let at what strangers send. Of several pictures in a file the
first is taken."""
SIGNS = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*")
UNREAD = (".heic", ".heif", ".avif")
"""Endings of pictures, as telephones make them, whose decoders do not come along: said in one line."""
UNREAD_BRANDS = (b"heic", b"heix", b"heif", b"mif1", b"msf1", b"avif")
MAX_PIXELS = 50_000_000
KEPT_SIDE = 1536
"""Pixels of the longer side that are kept: more than any panel is drawn with."""


def is_picture(name: str, data: bytes) -> bool:
    """Whether a file is given as a picture, by its name or by how it begins."""
    webp = data[:4] == b"RIFF" and data[8:12] == b"WEBP"
    return PurePath(name).suffix.lower() in KINDS or data.startswith(SIGNS) or webp or _is_unread(name, data)


def _is_unread(name: str, data: bytes) -> bool:
    """Whether it is HEIF or AVIF (ISO/IEC 23008-12): the first box is `ftyp`, and names a brand."""
    return PurePath(name).suffix.lower() in UNREAD or (data[4:8] == b"ftyp" and data[8:12] in UNREAD_BRANDS)


def plain_picture(data: bytes, name: str) -> bytes:
    """The picture as a PNG of at most `KEPT_SIDE` pixels a side: upright, RGB, and without whatever else the file says.
    Raises PictureError for what is no picture, or unpacks to more than `MAX_PIXELS`."""
    from PIL import Image

    from sd_models.images import upright

    if _is_unread(name, data):
        raise PictureError(f"{name} is a HEIC or AVIF picture, which is not read here; save it as JPEG or PNG.")
    try:
        with Image.open(io.BytesIO(data), formats=tuple(set(KINDS.values()))) as image:
            width, height = image.size
            if width * height > MAX_PIXELS:
                raise PictureError(_too_large(name, f"it is {width:,} x {height:,} pixels"))
            image.draft("RGB", (KEPT_SIDE, KEPT_SIDE))
            plain = upright(image)
    except PictureError:
        raise
    except Image.DecompressionBombError:  # Pillow's own, larger limit
        raise PictureError(_too_large(name, "it unpacks to far more")) from None
    except Exception as error:  # what decoders make of damaged files is of any kind
        raise PictureError(
            f"{name} is not a picture that can be used; take a whole PNG, JPEG, WebP, GIF, BMP or TIFF file."
        ) from error
    plain.thumbnail((KEPT_SIDE, KEPT_SIDE), Image.Resampling.LANCZOS)
    file = io.BytesIO()
    plain.save(file, "PNG")
    return file.getvalue()


def size_of(data: bytes) -> tuple[int, int]:
    """The width and height of a plain picture."""
    from PIL import Image

    with Image.open(io.BytesIO(data)) as image:
        return image.size


def framed(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    """A picture, or a mask, as a panel of (width, height) pixels: scaled, and cut evenly where it has another shape."""
    from PIL import Image, ImageOps

    return image if image.size == size else ImageOps.fit(image, size, Image.Resampling.LANCZOS)


def _too_large(name: str, why: str) -> str:
    return f"{name} is too large: {why}, and a picture may have {MAX_PIXELS:,} pixels. Make it smaller."
