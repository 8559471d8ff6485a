"""The one seam through which everything above asks for pictures: `DrawRequest` and `Engine`; `loading.py`
finds an engine by name.

An engine holds one loaded model. It draws a batch of requests of one size and number of steps as a generator, so that
progress, preview and cancellation (just stop iterating) need no callback.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from sd_models.world.values import StagedPanel

if TYPE_CHECKING:
    from PIL.Image import Image

__all__ = ["Anchor", "DrawRequest", "Drawn", "Engine", "Step"]


@dataclass(frozen=True)
class Anchor:
    """The picture that all panels of a board look at: drawn like the panel itself, with these prompts and this seed."""

    prompt: str
    negative_prompt: str
    seed: int


@dataclass(frozen=True, kw_only=True)
class DrawRequest:
    """Everything that decides a panel's pixels. Prompts are in the model's own dialect. Source and mask pictures are
    named by SHA-256 and looked up by the engine's caller when it draws. `sharing` in [0, 1] is how much of the anchor's
    self-attention the panel sees (`sd_models/sharing.py`). `layout` is who stands where: what the draft engine draws,
    what a model of layouts looks at, and what other paintings start from at `strength`, where no source picture is
    given."""

    engine: str
    model: str
    revision: str = ""
    prompt: str
    negative_prompt: str = ""
    seed: int
    steps: int
    guidance: float
    sampler: str
    width: int
    height: int
    source: str | None = None
    mask: str | None = None
    strength: float | None = None
    variation_seed: int | None = None
    variation_amount: float = 0.0
    anchor: Anchor | None = None
    sharing: float = 0.0
    layout: StagedPanel | None = None


@dataclass(frozen=True)
class Step:
    """A finished denoising step of a batch: `index` of `total`, from 1. `previews()` makes one small picture per
    request, cheaply."""

    index: int
    total: int
    previews: Callable[[], list[Image]]


@dataclass(frozen=True)
class Drawn:
    """The finished picture of request number `index` of the batch, and facts to record with it (what was cut, time)."""

    index: int
    image: Image
    metadata: dict[str, object]


class Engine(Protocol):
    """A loaded model that draws."""

    name: str
    model: str
    revision: str

    def draw(self, requests: Sequence[DrawRequest], pictures: Callable[[str], Image]) -> Iterator[Step | Drawn]:
        """Draws the requests as one batch; `pictures` returns a stored picture by its SHA-256.
        Raises `sd_models.errors.ModelError`."""
        ...
