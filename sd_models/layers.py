"""The blocks that both the UNet and the VAE are built of: residual block, down- and upsampling."""

from __future__ import annotations

import torch.nn.functional as F
from torch import Tensor, nn

__all__ = ["Downsample", "ResidualBlock", "Upsample"]


class ResidualBlock(nn.Module):
    """Two 3x3 convolutions and a way around them: (B, C_in, H, W) to (B, C_out, H, W).

        h = conv1(silu(norm1(x))) + W silu(t)          t: (B, time_dim), the same for every place; absent in the VAE
        y = x + conv2(silu(norm2(h)))                  x through a 1x1 convolution where the width changes

    He et al. 2016, "Identity Mappings in Deep Residual Networks", with group normalisation."""

    def __init__(
        self, in_channels: int, out_channels: int, *, groups: int, eps: float, time_dim: int | None = None
    ) -> None:
        super().__init__()
        self.norm1 = nn.GroupNorm(groups, in_channels, eps)
        self.conv1 = nn.Conv2d(in_channels, out_channels, 3, padding=1)
        self.time_emb_proj = nn.Linear(time_dim, out_channels) if time_dim else None
        self.norm2 = nn.GroupNorm(groups, out_channels, eps)
        self.conv2 = nn.Conv2d(out_channels, out_channels, 3, padding=1)
        self.conv_shortcut = nn.Conv2d(in_channels, out_channels, 1) if in_channels != out_channels else None

    def forward(self, x: Tensor, time: Tensor | None = None) -> Tensor:
        h = self.conv1(F.silu(self.norm1(x)))
        if self.time_emb_proj is not None:
            assert time is not None
            h = h + self.time_emb_proj(F.silu(time))[:, :, None, None]
        h = self.conv2(F.silu(self.norm2(h)))
        return (x if self.conv_shortcut is None else self.conv_shortcut(x)) + h


class Downsample(nn.Module):
    """(B, C, H, W) to (B, C, ceil(H/2), ceil(W/2)) by a convolution of stride 2. The VAE pads on the right and bottom
    only (`symmetric=False`), the UNet all around."""

    def __init__(self, channels: int, *, symmetric: bool = True) -> None:
        super().__init__()
        self.symmetric = symmetric
        self.conv = nn.Conv2d(channels, channels, 3, stride=2, padding=1 if symmetric else 0)

    def forward(self, x: Tensor) -> Tensor:
        y: Tensor = self.conv(x if self.symmetric else F.pad(x, (0, 1, 0, 1)))
        return y


class Upsample(nn.Module):
    """(B, C, H, W) to (B, C, 2H, 2W): every pixel four times, then a convolution. A level whose size was odd on the way
    down is one short of double; `size` says so."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.conv = nn.Conv2d(channels, channels, 3, padding=1)

    def forward(self, x: Tensor, size: tuple[int, int] | None = None) -> Tensor:
        y: Tensor = self.conv(F.interpolate(x, size=size or (2 * x.shape[-2], 2 * x.shape[-1]), mode="nearest"))
        return y
