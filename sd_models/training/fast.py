"""Group normalisation whose backward pass is fast on CPUs in bfloat16.

On a CPU, torch's own backward of group normalisation takes half of a training step: it goes through a channels-last
feature map once for each channel. Here every pass over the feature map is one matrix product or one multiply-add, which
CPUs with bfloat16 units do at full rate. The weights, the names and the result are those of `torch.nn.GroupNorm`, up to
the rounding of bfloat16.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.nn.attention import SDPBackend, sdpa_kernel

from sd_models.attention import attending

__all__ = ["FastGroupNorm", "fast_attention", "prepare"]

Model = TypeVar("Model", bound=nn.Module)


class _GroupNorm(torch.autograd.Function):
    """y = (x - μ) / √(σ² + ε) · γ + β with μ and σ² over each group of channels. Wu & He 2018, "Group Normalization".

    x: (B, P, C) bfloat16, P places; γ, β: (C,) float32."""

    @staticmethod
    def forward(ctx: Any, x: Tensor, weight: Tensor, bias: Tensor, groups: int, eps: float) -> Tensor:
        batch, places, channels = x.shape
        # Each channel's mean, rounded, comes off before the squaring, so that nothing cancels.
        rough = x.sum(dim=1, keepdim=True) / places
        centred = x - rough
        square = _dot(centred, centred) / places
        rough = rough.float().squeeze(1)
        by_group = (batch, groups, channels // groups)
        mean = rough.view(by_group).mean(dim=2, keepdim=True)
        spread = square.view(by_group) + (rough.view(by_group) - mean) ** 2
        rstd = (spread.mean(dim=2, keepdim=True) + eps).rsqrt()
        scale = (rstd * weight.view(1, groups, -1)).view(batch, 1, channels)
        shift = bias - mean.expand(by_group).reshape(batch, 1, channels) * scale
        ctx.save_for_backward(x, weight, mean, rstd)
        return torch.addcmul(shift.to(x.dtype), x, scale.to(x.dtype))

    @staticmethod
    def backward(ctx: Any, *grads: Tensor) -> tuple[Tensor, Tensor, Tensor, None, None]:
        x, weight, mean, rstd = ctx.saved_tensors
        dy = grads[0].contiguous()
        batch, places, channels = x.shape
        groups = mean.shape[1]
        by_group = (batch, groups, channels // groups)
        total = dy.sum(dim=1).float().view(by_group)
        along = (_dot(dy, x).view(by_group) - mean * total) * rstd  # Σ dy · x̂ of each channel
        gamma = weight.view(1, groups, -1)
        count = places * by_group[2]
        a = (total * gamma).sum(dim=2, keepdim=True) / count
        b = (along * gamma).sum(dim=2, keepdim=True) / count
        # dx = rstd · (γ dy - a - x̂ b), as one line in dy and x
        of_dy = (rstd * gamma).reshape(batch, 1, channels)
        of_x = (-rstd * rstd * b).expand(by_group).reshape(batch, 1, channels)
        rest = (rstd * (mean * rstd * b - a)).expand(by_group).reshape(batch, 1, channels)
        dx = torch.addcmul(torch.addcmul(rest.to(x.dtype), x, of_x.to(x.dtype)), dy, of_dy.to(x.dtype))
        return dx, along.sum(dim=0).flatten(), total.sum(dim=0).flatten(), None, None


def _dot(a: Tensor, b: Tensor) -> Tensor:
    """Σ over places of a · b: two (B, P, C) to (B, C) float32, as the diagonal of a matrix product."""
    return torch.bmm(a.transpose(1, 2), b).diagonal(dim1=1, dim2=2).float()


class FastGroupNorm(nn.GroupNorm):
    """`torch.nn.GroupNorm`, by the functions above where they are the faster ones: bfloat16 on a CPU. On a GPU,
    bfloat16 stays bfloat16 (autocast would make it float32, twice the memory to go through)."""

    def forward(self, input: Tensor) -> Tensor:
        if input.dtype != torch.bfloat16:
            return F.group_norm(input, self.num_groups, self.weight, self.bias, self.eps)
        if input.device.type != "cpu":
            with torch.autocast(input.device.type, enabled=False):
                weight, bias = self.weight.to(input.dtype), self.bias.to(input.dtype)
                return F.group_norm(input, self.num_groups, weight, bias, self.eps)
        with torch.autocast("cpu", enabled=False):
            places = input.permute(0, 2, 3, 1).flatten(1, 2)
            y: Tensor = _GroupNorm.apply(places, self.weight, self.bias, self.num_groups, self.eps)
        return y.unflatten(1, input.shape[2:]).permute(0, 3, 1, 2)


def prepare(model: Model, device: torch.device) -> Model:
    """Moves `model` to the device, feature maps channels last, with every group normalisation a `FastGroupNorm`; in
    place. Weights and their names stay."""
    for module in model.modules():
        if type(module) is nn.GroupNorm:
            module.__class__ = FastGroupNorm
    for parameter in model.to(device).parameters():
        if parameter.dim() == 4:
            parameter.data = parameter.data.contiguous(memory_format=torch.channels_last)
    return model


@contextmanager
def fast_attention(model: nn.Module, device: torch.device) -> Iterator[None]:
    """On a CPU, attention as plain matrix products: the backward pass of torch's fused kernel is slower there."""
    if device.type == "cpu":
        with attending(model, lambda name, module: _plain), sdpa_kernel([SDPBackend.MATH]):
            yield
    else:
        yield


def _plain(q: Tensor, k: Tensor, v: Tensor) -> Tensor:
    """softmax(Q Kᵀ / √d) V"""
    return ((q * q.shape[-1] ** -0.5) @ k.transpose(-1, -2)).softmax(dim=-1) @ v
