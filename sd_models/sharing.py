"""Characters that stay themselves: panels that look at one anchor picture while they are drawn.

In StoryDiffusion (Zhou et al. 2024, "Consistent Self-Attention for Long-Range Image and Video Generation", section 3.1)
a picture's self-attention in the up-blocks also sees a random half of the tokens of the other pictures of its batch.
Here all panels see one picture, the anchor, which is drawn along with them and sees only itself: a panel then depends
on nothing that is drawn beside it, and the same panel comes out whenever it is drawn again. Only layers of at most
32x32 tokens share, where it costs little; the first step is plain, so that the composition stays the panel's own.
"""

from __future__ import annotations

import torch
from torch import Tensor

from sd_models.attention import Attend, CrossAttention, SelfAttention, attend

__all__ = ["MOST_TOKENS", "SharedAttention"]

MOST_TOKENS = 32 * 32


class SharedAttention:
    """Self-attention for a batch whose first picture is the anchor. `strength` in [0, 1] is the part of the anchor's
    tokens that panels see, chosen by `seed`. Plain until `active` is set."""

    def __init__(self, pictures: int, strength: float, seed: int) -> None:
        self.pictures = pictures
        self.strength = strength
        self.seed = seed
        self.active = False
        self._tokens: dict[int, Tensor] = {}

    def choose(self, name: str, module: SelfAttention | CrossAttention) -> Attend | None:
        """For `attention.attending`: the self-attention of the up-blocks."""
        return self.attend if isinstance(module, SelfAttention) and name.startswith("up_blocks") else None

    def attend(self, q: Tensor, k: Tensor, v: Tensor) -> Tensor:
        """Equation 1 of `attention.py`, (batch, heads, T, d) each. The batch is pictures, or under guidance all of them
        with the negative prompts and then all with the prompts: each half shares within itself."""
        length = q.shape[2]
        if not self.active or length > MOST_TOKENS:
            return attend(q, k, v)
        tokens = self._chosen(length).to(k.device)
        out = torch.empty_like(q)
        for first in range(0, len(q), self.pictures):
            panels = slice(first + 1, first + self.pictures)
            out[first : first + 1] = attend(q[first : first + 1], k[first : first + 1], v[first : first + 1])
            out[panels] = attend(q[panels], _with(k, first, panels, tokens), _with(v, first, panels, tokens))
        return out

    def _chosen(self, length: int) -> Tensor:
        """Which of the anchor's tokens panels see in layers of this length; the same in every step."""
        if length not in self._tokens:
            generator = torch.Generator().manual_seed(self.seed + length)
            order = torch.randperm(length, generator=generator)
            self._tokens[length] = order[: round(self.strength * length)].sort().values
        return self._tokens[length]


def _with(x: Tensor, first: int, panels: slice, tokens: Tensor) -> Tensor:
    """The panels' own tokens and then the anchor's chosen ones, (panels, heads, T + chosen, d)."""
    own = x[panels]
    anchor = x[first : first + 1, :, tokens].expand(len(own), -1, -1, -1)
    return torch.cat([own, anchor], dim=2)
