"""Attention: the one operation by which the places of a picture look at each other and at the words of the prompt.

    Attention(Q, K, V) = softmax(Q Kᵀ / √d) V          Vaswani et al. 2017, "Attention Is All You Need", equation 1

Every token asks a question (a row of Q), every token of the context offers a key (a row of K) and an answer (a row of
V). The softmax turns the match of a question with all keys into weights; the result is the weighted mean of the
answers. Several heads do this side by side, each in its own `head_dim` of the width.

The seam: each module calls its `attend` for equation 1 and nothing else. To share keys and values between pictures, or
to record which word drew what, put another function there for a while (`attending`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import torch.nn.functional as F
from torch import Tensor, nn

__all__ = ["Attend", "CrossAttention", "SelfAttention", "TextContext", "attend", "attending", "attention_weights"]

# (Q, K, V), each (batch, heads, tokens, head_dim), to (batch, heads, tokens of Q, head_dim)
Attend = Callable[[Tensor, Tensor, Tensor], Tensor]


def attend(q: Tensor, k: Tensor, v: Tensor) -> Tensor:
    """Equation 1 by torch's fused kernel, which never stores the (tokens x tokens) weights."""
    return F.scaled_dot_product_attention(q, k, v)


def attention_weights(q: Tensor, k: Tensor) -> Tensor:
    """softmax(Q Kᵀ / √d), of shape (batch, heads, tokens of Q, tokens of K). Q is scaled before the product, in
    float32, so that nothing overflows in half precision."""
    return (q.float() * q.shape[-1] ** -0.5 @ k.float().transpose(-1, -2)).softmax(dim=-1)


@dataclass(frozen=True, eq=False)
class TextContext:
    """What cross-attention looks at: the text encoder's output, (B, T, D). Where the same text serves every step of a
    run, `keys_values` holds each layer's keys and values, computed once."""

    hidden: Tensor
    keys_values: dict[CrossAttention, tuple[Tensor, Tensor]] = field(default_factory=dict)


class _Attention(nn.Module):
    """Multi-head attention from `query_dim` wide tokens to `context_dim` wide ones."""

    def __init__(self, query_dim: int, context_dim: int, heads: int, *, bias: bool = False) -> None:
        super().__init__()
        self.heads = heads
        self.to_q = nn.Linear(query_dim, query_dim, bias=bias)
        self.to_k = nn.Linear(context_dim, query_dim, bias=bias)
        self.to_v = nn.Linear(context_dim, query_dim, bias=bias)
        self.to_out = nn.ModuleList([nn.Linear(query_dim, query_dim)])
        self.attend: Attend = attend

    def _split(self, x: Tensor) -> Tensor:
        """(B, T, heads * d) to (B, heads, T, d)"""
        return x.unflatten(-1, (self.heads, -1)).transpose(1, 2)

    def _mix(self, q: Tensor, k: Tensor, v: Tensor) -> Tensor:
        """Attends, puts the heads side by side again, and mixes them: (B, heads, T, d) to (B, T, heads * d)."""
        x: Tensor = self.to_out[0](self.attend(q, k, v).transpose(1, 2).flatten(2))
        return x


class SelfAttention(_Attention):
    """Every token looks at every token of the same picture: (B, T, D) to (B, T, D)."""

    def __init__(self, dim: int, heads: int, *, bias: bool = False) -> None:
        super().__init__(dim, dim, heads, bias=bias)

    def forward(self, x: Tensor) -> Tensor:
        return self._mix(self._split(self.to_q(x)), self._split(self.to_k(x)), self._split(self.to_v(x)))


class CrossAttention(_Attention):
    """Every token of the picture looks at every token of the text: (B, T, D) and (B, L, D_text) to (B, T, D)."""

    def keys_values(self, hidden: Tensor) -> tuple[Tensor, Tensor]:
        """The text's keys and values, each (B, heads, L, d). They depend on neither the picture nor the timestep."""
        return self._split(self.to_k(hidden)), self._split(self.to_v(hidden))

    def forward(self, x: Tensor, text: TextContext) -> Tensor:
        k, v = text.keys_values.get(self) or self.keys_values(text.hidden)
        return self._mix(self._split(self.to_q(x)), k, v)


@contextmanager
def attending(
    model: nn.Module, choose: Callable[[str, SelfAttention | CrossAttention], Attend | None]
) -> Iterator[None]:
    """Within the block, each attention module of `model` uses `choose(name, module)` for equation 1, where that is not
    None. Names are those of the weights, such as `up_blocks.1.attentions.0.transformer_blocks.0.attn1`."""
    before: list[tuple[_Attention, Attend]] = []
    try:
        for name, module in model.named_modules():
            if isinstance(module, SelfAttention | CrossAttention) and (other := choose(name, module)) is not None:
                before.append((module, module.attend))
                module.attend = other
        yield
    finally:
        for module, original in before:
            module.attend = original
