"""Masks that a person paints over a picture, or uploads: white where the picture is to be repainted."""

from __future__ import annotations

import base64
import io
from pathlib import Path

import streamlit as st

from ui.parts.page import owner, services, t

__all__ = ["mask_painting", "mask_upload", "painted", "read_mask"]

ASSETS = Path(__file__).parent.parent / "assets"
PNG_URL = "data:image/png;base64,"

MAX_MEGABYTES = 10
MAX_PIXELS = 4096 * 4096


def mask_painting(src: str, alt: str, size: tuple[int, int], key: str) -> str | None:
    """Lets the person paint over the picture at an address; returns the SHA-256 under which the mask is stored, or None
    while nothing is painted."""
    component = st.components.v2.component(
        "taleboard_paint",
        html='<div class="paint"><img><canvas></canvas></div><button type="button"></button>',
        css=(ASSETS / "paint.css").read_text("utf-8"),
        js=(ASSETS / "paint.js").read_text("utf-8"),
    )
    width, height = size
    data = {
        "src": src,
        "alt": alt,
        "width": width,
        "height": height,
        "label": t("paint_label"),
        "clear": t("paint_clear"),
    }
    result = component(key=f"paint-{key}", data=data, default={"mask": None}, on_mask_change=lambda: None)
    mask = painted(result.get("mask"), size)
    return services().pictures(owner()).add(mask) if mask is not None else None


def painted(url: object, size: tuple[int, int]) -> bytes | None:
    """The mask in what the browser sent, or None where nothing (or nothing usable) was painted. Pure."""
    if not isinstance(url, str) or not url.startswith(PNG_URL) or len(url) > MAX_MEGABYTES * 1_000_000:
        return None
    try:
        return read_mask(base64.b64decode(url.removeprefix(PNG_URL), validate=True), size)
    except ValueError:
        return None


def mask_upload(size: tuple[int, int], key: str) -> str | None:
    """Asks for a mask; returns the SHA-256 under which it is stored, or None while there is none."""
    file = st.file_uploader(
        t("mask_file"), type=["png", "jpg", "jpeg", "webp"], key=f"mask-{key}", max_upload_size=MAX_MEGABYTES
    )
    if file is None:
        return None
    try:
        mask = read_mask(file.getvalue(), size)
    except ValueError:
        st.error(t("mask_broken"))
        return None
    return services().pictures(owner()).add(mask)


def read_mask(data: bytes, size: tuple[int, int]) -> bytes:
    """A picture file as a PNG mask of (width, height) pixels, grey. Raises ValueError for what is no picture, or is
    larger than `MAX_PIXELS` (a small file may hold a huge picture)."""
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "WEBP")) as image:
            if image.width * image.height > MAX_PIXELS:
                raise ValueError("the picture is too large")
            mask = image.convert("L").resize(size)
    except (OSError, SyntaxError, UnidentifiedImageError, Image.DecompressionBombError) as error:
        raise ValueError("this is not a picture") from error
    file = io.BytesIO()
    mask.save(file, "PNG")
    return file.getvalue()
