"""Pictures in and out: PIL to tensors and back, masks, and PNG files that carry their parameters."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, get_type_hints

import numpy as np
import torch
from PIL import Image, ImageOps, PngImagePlugin, UnidentifiedImageError
from torch import Tensor

from sd_models.errors import RequestError

if TYPE_CHECKING:
    from sd_models.engines import DrawRequest

__all__ = [
    "Picture",
    "composite",
    "drawn_from",
    "encode_png",
    "mask_to_tensor",
    "open_picture",
    "picture_size",
    "picture_to_tensor",
    "tensor_to_pictures",
    "upright",
]

Picture = Image.Image | Tensor | Sequence[Image.Image]
"""A picture, or one for each prompt: PIL, or float (B, C, H, W) in [0, 1]."""

MAX_PIXELS: Final = 100_000_000
JSON_CHUNK: Final = "taleboard"


def open_picture(path: Path | str) -> Image.Image:
    """The picture in a file, read whole. Raises RequestError where it is none."""
    try:
        with Image.open(path) as image:
            if image.width * image.height > MAX_PIXELS:
                raise RequestError(
                    f"{path} is too large ({image.width}x{image.height}): use at most 100 million pixels"
                )
            image.load()
            return image.copy()
    except FileNotFoundError:
        raise RequestError(f"there is no picture {path}") from None
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError) as error:
        raise RequestError(f"{path} is not a picture that can be read ({_line(error)})") from None


def upright(image: Image.Image) -> Image.Image:
    """The picture as a viewer shows it, in RGB: turned as its EXIF orientation says, palettes resolved, 16-bit greys
    scaled, what is transparent on white."""
    image = ImageOps.exif_transpose(image)
    if image.mode.startswith("I"):
        grey = np.asarray(image, dtype=np.float64) / 257.0
        image = Image.fromarray(grey.clip(0, 255).round().astype(np.uint8))
    if image.has_transparency_data:
        image = image.convert("RGBA")
        return Image.alpha_composite(Image.new("RGBA", image.size, "white"), image).convert("RGB")
    return image.convert("RGB")


def picture_size(picture: Picture, multiple: int) -> tuple[int, int]:
    """(height, width) of a picture, rounded down to multiples of what one latent stands for. Raises RequestError for a
    picture smaller than that."""
    if isinstance(picture, Tensor):
        height, width = picture.shape[-2:]
    else:
        first = _listed(picture)[0]
        width, height = first.size
        if first.getexif().get(0x0112, 1) in (5, 6, 7, 8):  # lies on its side
            width, height = height, width
    if min(height, width) < multiple:
        raise RequestError(f"a picture of {width}x{height} pixels is too small: use at least {multiple}x{multiple}")
    return height - height % multiple, width - width % multiple


def picture_to_tensor(picture: Picture, height: int, width: int) -> Tensor:
    """Pictures as the VAE's encoder takes them: (B, 3, height, width) float32 in [−1, 1], resized where needed."""
    if isinstance(picture, Tensor):
        tensor = _checked(picture, "image", (3,))
        tensor = torch.nn.functional.interpolate(tensor, size=(height, width))
    else:
        images = [upright(image).resize((width, height), Image.Resampling.LANCZOS) for image in _listed(picture)]
        tensor = torch.stack([_array_to_tensor(image) for image in images])
    return 2.0 * tensor - 1.0


def mask_to_tensor(mask: Picture, height: int, width: int) -> Tensor:
    """Masks as (B, 1, height, width) float32 of 0 and 1, where 1 is repainted: brightness of one half and more. A mask
    of another size is resized. Where a mask has transparency, what is transparent is kept."""
    if isinstance(mask, Tensor):
        tensor = _checked(mask, "mask_image", (1, 3)).mean(dim=1, keepdim=True)
        tensor = torch.nn.functional.interpolate(tensor, size=(height, width))
    else:
        images = [_grey(image).resize((width, height), Image.Resampling.LANCZOS) for image in _listed(mask)]
        tensor = torch.stack([_array_to_tensor(image) for image in images])
    return (tensor >= 0.5).float()


def tensor_to_pictures(tensor: Tensor) -> list[Image.Image]:
    """What the VAE's decoder made, (B, 3, H, W) about in [−1, 1], as pictures."""
    values = (tensor.float() * 0.5 + 0.5).clamp(0, 1) * 255
    arrays = values.round().to(torch.uint8).permute(0, 2, 3, 1).cpu().numpy()
    return [Image.fromarray(array) for array in arrays]


def composite(painted: Image.Image, source: Image.Image, mask: Image.Image) -> Image.Image:
    """`painted` where `mask` is white, and `source` everywhere else, where every pixel is exactly the source's (in RGB,
    upright). Source and mask are resized to `painted` where they differ."""
    size = painted.size
    below = upright(source)
    below = below if below.size == size else below.resize(size, Image.Resampling.LANCZOS)
    repaint = mask_to_tensor(mask, size[1], size[0])[0, 0].bool().numpy()
    return Image.fromarray(np.where(repaint[..., None], np.asarray(painted.convert("RGB")), np.asarray(below)))


def encode_png(
    image: Image.Image,
    request: DrawRequest | Mapping[str, Any] | None = None,
    metadata: Mapping[str, Any] | None = None,
) -> bytes:
    """The picture as a PNG that carries how it was drawn: the text chunk `parameters` in the form that AUTOMATIC1111's
    web UI writes and most tools read, and everything as JSON in the chunk `taleboard`."""
    info = PngImagePlugin.PngInfo()
    if request is not None:
        value: dict[str, Any] = dict(request) if isinstance(request, Mapping) else asdict(request)
        info.add_itxt("parameters", _parameters(value))
        info.add_itxt(JSON_CHUNK, json.dumps({**value, **(metadata or {})}, ensure_ascii=False, sort_keys=True))
    data = io.BytesIO()
    image.save(data, "PNG", pnginfo=info)
    return data.getvalue()


def drawn_from(path: Path | str) -> tuple[DrawRequest, dict[str, Any]]:
    """The request that a PNG of ours carries, and what else was recorded with it. Raises RequestError where there is
    none."""
    from sd_models.engines import Anchor, DrawRequest

    text = open_picture(path).info.get(JSON_CHUNK)
    if text is None:
        raise RequestError(f"{path} does not say how it was drawn: it is no picture of ours, or was saved anew")
    try:
        value = json.loads(text)
        kinds = get_type_hints(DrawRequest)
        asked = {name: item for name, item in value.items() if name in kinds}
        if asked.get("anchor") is not None:
            asked["anchor"] = Anchor(**asked["anchor"])
        for name, item in asked.items():
            if not isinstance(item, (int, float) if kinds[name] is float else kinds[name]):
                raise TypeError(f"{name} is {item!r}")
        return DrawRequest(**asked), {name: item for name, item in value.items() if name not in kinds}
    except (ValueError, TypeError, AttributeError) as error:
        raise RequestError(f"what {path} says of how it was drawn is damaged ({_line(error)})") from None


def _parameters(value: Mapping[str, Any]) -> str:
    """Prompt, negative prompt and settings, a line each."""
    settings = {
        "Steps": value.get("steps"),
        "Sampler": value.get("sampler"),
        "CFG scale": value.get("guidance"),
        "Seed": value.get("seed"),
        "Size": f"{value['width']}x{value['height']}" if value.get("width") else None,
        "Model": Path(str(value.get("model", ""))).stem or None,
        "Model hash": value.get("revision") or None,
        "Denoising strength": value.get("strength"),
        "Variation seed": value.get("variation_seed"),
        "Variation seed strength": value.get("variation_amount") or None,
        "Version": "taleboard",
    }
    lines = [str(value.get("prompt", ""))]
    if negative := value.get("negative_prompt"):
        lines.append(f"Negative prompt: {negative}")
    lines.append(", ".join(f"{name}: {item}" for name, item in settings.items() if item is not None))
    return "\n".join(lines)


def _listed(picture: Image.Image | Sequence[Image.Image]) -> list[Image.Image]:
    images = [picture] if isinstance(picture, Image.Image) else list(picture)
    if not images or not all(isinstance(image, Image.Image) for image in images):
        raise RequestError("a picture must be a PIL image, or a float tensor (B, C, H, W) in [0, 1]")
    return images


def _checked(tensor: Tensor, name: str, channels: tuple[int, ...]) -> Tensor:
    shape = tuple(tensor.shape)
    if tensor.ndim != 4 or shape[1] not in channels:
        wanted = " or ".join(map(str, channels))
        raise RequestError(f"{name} has the shape {shape}: it should be (B, C, H, W) with {wanted} channels")
    tensor = tensor.detach().float().cpu()
    if not bool(torch.isfinite(tensor).all()) or float(tensor.min()) < 0 or float(tensor.max()) > 1:
        raise RequestError(f"{name} has values outside of 0 to 1")
    return tensor


def _grey(mask: Image.Image) -> Image.Image:
    mask = ImageOps.exif_transpose(mask)
    if mask.has_transparency_data:
        mask = mask.convert("RGBA")
        mask = Image.alpha_composite(Image.new("RGBA", mask.size, "black"), mask)
    elif mask.mode.startswith("I"):
        mask = upright(mask)
    return mask.convert("L")


def _array_to_tensor(image: Image.Image) -> Tensor:
    array = np.asarray(image, dtype=np.float32) / 255.0
    return torch.from_numpy(array.reshape(*array.shape[:2], -1)).permute(2, 0, 1)


def _line(error: BaseException) -> str:
    return " ".join(str(error).split())[:200] or error.__class__.__name__
