"""Where a run's noise comes from: the CPU, one generator for each picture, so that a picture depends on its own seed
and on nothing else: not on the device, nor on what is drawn beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import torch
from torch import Tensor

from sd_models.errors import RequestError

__all__ = ["NoiseSource", "spherical_mix"]

Variation = tuple[int, float]
"""(seed, amount in [0, 1])"""


class NoiseSource:
    """Standard normal noise for B pictures. `noise`, a callable `shape -> tensor`, replaces the generators."""

    def __init__(
        self,
        seeds: Sequence[int],
        noise: Callable[[tuple[int, ...]], Tensor] | None = None,
        variation: Sequence[Variation | None] | None = None,
    ) -> None:
        if variation is not None and len(variation) != len(seeds):
            raise RequestError(f"{len(variation)} variations were given for {len(seeds)} pictures")
        self._noise = noise
        self.pictures = len(seeds)
        self.generators = [torch.Generator().manual_seed(seed) for seed in seeds]
        self._variation = tuple(variation or (None,) * len(seeds))

    def __call__(self, shape: tuple[int, ...]) -> Tensor:
        """(B, *shape) float32, on the CPU."""
        if self._noise is not None:
            return _checked(self._noise((len(self.generators), *shape)), (len(self.generators), *shape))
        return torch.stack([torch.randn(shape, generator=generator) for generator in self.generators])

    def initial(self, shape: tuple[int, ...]) -> Tensor:
        """As a call, but each picture's noise turned towards another seed's where a variation is asked for."""
        noise = self(shape)
        for picture, variation in enumerate(self._variation):
            if variation is not None:
                seed, amount = variation
                other = torch.randn(shape, generator=torch.Generator().manual_seed(seed))
                noise[picture] = spherical_mix(noise[picture], other, amount)
        return noise

    def to_tensors(self) -> dict[str, Tensor]:
        """Where the generators are, as named tensors."""
        return {f"generator.{index}": generator.get_state() for index, generator in enumerate(self.generators)}

    def restore(self, tensors: Mapping[str, Tensor]) -> None:
        """Puts the generators where they were. Raises RequestError where the run had another number of pictures."""
        if sum(name.startswith("generator.") for name in tensors) != len(self.generators):
            raise RequestError(f"the saved run has another number of pictures than {len(self.generators)}")
        for index, generator in enumerate(self.generators):
            generator.set_state(tensors[f"generator.{index}"])


def spherical_mix(start: Tensor, end: Tensor, amount: float) -> Tensor:
    """`start` turned by `amount` of the angle towards `end` (Shoemake 1985), which keeps the noise's length, as a
    straight line between them would not."""
    if not 0 <= amount <= 1:
        raise RequestError(f"variation {amount} is outside of 0 to 1")
    cosine = float((start * end).sum() / (start.norm() * end.norm()))
    angle = torch.arccos(torch.tensor(min(1.0, max(-1.0, cosine))))
    if float(angle) < 1e-4:
        return torch.lerp(start, end, amount)
    return (torch.sin((1 - amount) * angle) * start + torch.sin(amount * angle) * end) / torch.sin(angle)


def _checked(noise: Tensor, shape: tuple[int, ...]) -> Tensor:
    if tuple(noise.shape) != shape:
        raise RequestError(f"the noise has the shape {tuple(noise.shape)}: it should be {shape}")
    return noise.detach().float().cpu()
