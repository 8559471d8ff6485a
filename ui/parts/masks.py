"""A mask that a person uploads: white where the picture is to be repainted."""

from __future__ import annotations

import io

import streamlit as st

from ui.parts.page import owner, services, t

__all__ = ["mask_upload", "read_mask"]

MAX_MEGABYTES = 10
MAX_PIXELS = 4096 * 4096


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
