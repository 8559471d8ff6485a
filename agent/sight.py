"""What a language model sees: which models can look at pictures, and panels as they are shown to one.

A picture goes with one request and is in no history: it costs as much as a page of text."""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from langchain_core.messages import BaseMessage, HumanMessage
from langchain_core.messages.content import create_image_block, create_text_block
from PIL import Image

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

__all__ = [
    "MAX_PICTURES",
    "PICTURE_TOKENS",
    "asked_to_look_at",
    "can_see",
    "may_refuse_pictures",
    "named_like_a_seeing_model",
    "picture_blocks",
    "picture_message",
    "pictures_of",
]

MAX_PICTURES = 4
"""Shown at once; more are named as left out."""
LONGEST_SIDE = 768
PICTURE_TOKENS = 1_601
"""What a picture takes of the window at most: Llama 3.2 Vision's count for a tile. Gemma 3 takes 256, Qwen 2.5 VL one
for 28x28 pixels (423 for 768x432), Claude one for 750 pixels."""

NAME = re.compile(
    r"llava|moondream|pixtral|minicpm-?[vo]|internvl|smolvlm|molmo|gemma-?3[-:](?:4|12|27)b|"
    r"(?<![a-z])(?:vl|vision|multimodal)(?![a-z])"
)
"""Names of models that see, for servers that do not say what theirs can do."""
REFUSALS = (400, 404, 415, 422, 500, 501)
"""With what a service answers a request that holds a picture, where its model takes none."""
LOOK_AT = re.compile(
    r"\blook (?:closely |again )?at (?:the )?(?:pictures? (?:of|in) )?(?:the )?(?:(?:scene|panel|picture|shot)s? )?"
    r"(?P<which>(?:\d{1,3}|first|last)(?:(?:, ?| and |, and )(?:scene |panel )?(?:\d{1,3}|first|last))*)\b",
    re.IGNORECASE,
)


def can_see(model: BaseChatModel) -> bool:
    """Whether a chat model takes pictures, as its LangChain profile says."""
    return bool((model.profile or {}).get("image_inputs"))


def named_like_a_seeing_model(name: str) -> bool:
    """Guess by its name whether a model can look at pictures."""
    return bool(NAME.search(name.lower()))


def may_refuse_pictures(error: BaseException) -> bool:
    """Whether a service's error can mean that its model takes no pictures."""
    return getattr(error, "status_code", 0) in REFUSALS


def asked_to_look_at(request: str) -> list[str]:
    """Find the scenes that a person asks to be looked at, as they named them: "look at 3 and 4"."""
    return [
        name for match in LOOK_AT.finditer(request) for name in re.findall(r"\d+|first|last", match["which"].lower())
    ]


def picture_message(pictures: Sequence[tuple[str, bytes]]) -> HumanMessage:
    """Show pictures, each after its caption; large ones are made smaller."""
    content: list[Any] = [create_text_block("(The program shows the pictures that were asked for.)")]
    for caption, data in pictures:
        picture = base64.b64encode(_small(data)).decode()
        content += [create_text_block(f"{caption}:"), create_image_block(base64=picture, mime_type="image/png")]
    return HumanMessage(content)


def picture_blocks(message: BaseMessage) -> list[dict[str, Any]]:
    """The blocks of a message's content that are pictures."""
    content = message.content if isinstance(message.content, list) else []
    return [block for block in content if isinstance(block, dict) and block.get("type") == "image"]


def pictures_of(message: BaseMessage) -> list[Image.Image]:
    """The pictures of a message, as `picture_message` put them in."""
    return [
        Image.open(io.BytesIO(base64.b64decode(block["base64"]))).convert("RGB") for block in picture_blocks(message)
    ]


def _small(data: bytes) -> bytes:
    with Image.open(io.BytesIO(data)) as picture:
        if max(picture.size) <= LONGEST_SIDE:
            return data
        picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        file = io.BytesIO()
        picture.convert("RGB").save(file, "PNG")
    return file.getvalue()
