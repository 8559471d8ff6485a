"""The autoencoder: pictures to latents, an eighth as high and wide, and back.

Kingma & Welling 2014, "Auto-Encoding Variational Bayes", in the form of Rombach et al. 2022, section 3.1. The encoder
gives for each place of the latents a normal distribution; the decoder paints a picture from latents. For SD 1 and 2:

    encoder  picture 3 x 512 x 512 → 128 → 128, 256, 512, 512 with three downsamplings → 512 x 64 x 64 → 8 x 64 x 64
    decoder  latents 4 x 64 x 64 → 512 → 512, 512, 256, 128 with three upsamplings → 128 x 512 x 512 → 3 x 512 x 512
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from sd_models.attention import SelfAttention
from sd_models.config import VAEConfig
from sd_models.layers import Downsample, ResidualBlock, Upsample

__all__ = ["VAE", "Decoder", "DiagonalGaussian", "Encoder"]

EPS = 1e-6  # of every group normalisation here; the UNet's residual blocks have 1e-5


@dataclass(frozen=True)
class DiagonalGaussian:
    """A normal distribution for each element of the latents: q(z|x) = N(mean, exp(logvar)). Both (B, C, h, w)."""

    mean: Tensor
    logvar: Tensor

    @property
    def std(self) -> Tensor:
        return torch.exp(0.5 * self.logvar)

    def sample(self, noise: Tensor | None = None) -> Tensor:
        """mean + std · noise; `noise` (B, C, h, w) is standard normal, by default drawn from torch's generator."""
        return self.mean + self.std * (torch.randn_like(self.mean) if noise is None else noise)

    def kl(self) -> Tensor:
        """(B,): KL(q(z|x) || N(0, 1)) = ½ Σ (mean² + var - 1 - logvar)"""
        return 0.5 * (self.mean**2 + self.logvar.exp() - 1 - self.logvar).flatten(1).sum(dim=1)


class _PlaceAttention(SelfAttention):
    """Self-attention of one head between all places of a feature map: (B, C, H, W) to (B, C, H, W)."""

    def __init__(self, channels: int, groups: int) -> None:
        super().__init__(channels, heads=1, bias=True)
        self.group_norm = nn.GroupNorm(groups, channels, EPS)

    def forward(self, x: Tensor) -> Tensor:
        tokens = self.group_norm(x).permute(0, 2, 3, 1).flatten(1, 2)
        return x + super().forward(tokens).unflatten(1, x.shape[2:]).permute(0, 3, 1, 2)


class _Level(nn.Module):
    """Residual blocks at one resolution, then a change of resolution where there is one."""

    def __init__(
        self, c_in: int, c_out: int, layers: int, groups: int, *, down: bool = False, up: bool = False
    ) -> None:
        super().__init__()
        widths = [c_in] + [c_out] * (layers - 1)
        self.resnets = nn.ModuleList(ResidualBlock(width, c_out, groups=groups, eps=EPS) for width in widths)
        if down:
            self.downsamplers = nn.ModuleList([Downsample(c_out, symmetric=False)])
        if up:
            self.upsamplers = nn.ModuleList([Upsample(c_out)])

    def forward(self, x: Tensor) -> Tensor:
        for stage in (stage for stages in self.children() for stage in stages):  # type: ignore[attr-defined]
            x = stage(x)
        return x


class _Middle(nn.Module):
    """residual, attention, residual: (B, C, h, w) to (B, C, h, w)"""

    def __init__(self, channels: int, groups: int, attention: bool) -> None:
        super().__init__()
        self.attentions = nn.ModuleList([_PlaceAttention(channels, groups)] if attention else [])
        self.resnets = nn.ModuleList(ResidualBlock(channels, channels, groups=groups, eps=EPS) for _ in range(2))

    def forward(self, x: Tensor) -> Tensor:
        x = self.resnets[0](x)
        for attention in self.attentions:
            x = attention(x)
        y: Tensor = self.resnets[1](x)
        return y


class Encoder(nn.Module):
    """(B, 3, H, W) to (B, 2 * latent_channels, H/8, W/8): mean and log-variance."""

    def __init__(self, config: VAEConfig) -> None:
        super().__init__()
        channels, groups = config.block_out_channels, config.norm_num_groups
        last = len(channels) - 1
        self.conv_in = nn.Conv2d(config.in_channels, channels[0], 3, padding=1)
        self.down_blocks = nn.ModuleList(
            _Level(channels[max(i - 1, 0)], c, config.layers_per_block, groups, down=i < last)
            for i, c in enumerate(channels)
        )
        self.mid_block = _Middle(channels[-1], groups, config.mid_block_attention)
        self.conv_norm_out = nn.GroupNorm(groups, channels[-1], EPS)
        self.conv_out = nn.Conv2d(channels[-1], 2 * config.latent_channels, 3, padding=1)

    def forward(self, x: Tensor) -> Tensor:
        x = self.conv_in(x)
        for level in self.down_blocks:
            x = level(x)
        x = self.mid_block(x)
        y: Tensor = self.conv_out(F.silu(self.conv_norm_out(x)))
        return y


class Decoder(nn.Module):
    """(B, latent_channels, h, w) to (B, 3, 8h, 8w)"""

    def __init__(self, config: VAEConfig) -> None:
        super().__init__()
        channels, groups = config.block_out_channels[::-1], config.norm_num_groups
        last = len(channels) - 1
        self.conv_in = nn.Conv2d(config.latent_channels, channels[0], 3, padding=1)
        self.mid_block = _Middle(channels[0], groups, config.mid_block_attention)
        self.up_blocks = nn.ModuleList(
            _Level(channels[max(i - 1, 0)], c, config.layers_per_block + 1, groups, up=i < last)
            for i, c in enumerate(channels)
        )
        self.conv_norm_out = nn.GroupNorm(groups, channels[-1], EPS)
        self.conv_out = nn.Conv2d(channels[-1], config.out_channels, 3, padding=1)

    def forward(self, x: Tensor) -> Tensor:
        x = self.mid_block(self.conv_in(x))
        for level in self.up_blocks:
            x = level(x)
        y: Tensor = self.conv_out(F.silu(self.conv_norm_out(x)))
        return y


class VAE(nn.Module):
    """Encoder and decoder. Latents are unscaled here; the UNet's are `config.scaling_factor` times these. Weights have
    the names of diffusers' AutoencoderKL."""

    def __init__(self, config: VAEConfig) -> None:
        super().__init__()
        self.config = config
        self.encoder = Encoder(config)
        self.decoder = Decoder(config)
        self.quant_conv = nn.Conv2d(2 * config.latent_channels, 2 * config.latent_channels, 1)
        self.post_quant_conv = nn.Conv2d(config.latent_channels, config.latent_channels, 1)

    def encode(self, image: Tensor) -> DiagonalGaussian:
        """image (B, 3, H, W) in [-1, 1] to a distribution over latents (B, C, H/8, W/8), unscaled."""
        mean, logvar = self.quant_conv(self.encoder(image)).chunk(2, dim=1)
        return DiagonalGaussian(mean, logvar.clamp(-30.0, 20.0))

    def decode(self, latents: Tensor) -> Tensor:
        """Unscaled latents (B, C, h, w) to a picture (B, 3, 8h, 8w), about in [-1, 1]."""
        image: Tensor = self.decoder(self.post_quant_conv(latents))
        return image

    def decode_tiled(self, latents: Tensor, tile: int = 64) -> Tensor:
        """`decode` in square tiles of `tile` latents that overlap by a quarter and fade into each other: the memory of
        one tile and the picture, whatever its size. Approximate, for each tile is normalised and attends by itself."""
        if max(latents.shape[2:]) <= tile:
            return self.decode(latents)
        scale, step = self.config.downscale, tile - tile // 4
        fade = tile // 4 * scale  # pixels over which a tile takes over from the one before
        size = step * scale
        rows: list[list[Tensor]] = []
        for top in range(0, latents.shape[2], step):
            row: list[Tensor] = []
            for left in range(0, latents.shape[3], step):
                part = self.decode(latents[:, :, top : top + tile, left : left + tile])
                if rows:
                    part = _faded(rows[-1][len(row)], part, fade, dim=2)
                if row:
                    part = _faded(row[-1], part, fade, dim=3)
                row.append(part)
            rows.append(row)
        return torch.cat([torch.cat([part[..., :size, :size] for part in row], dim=3) for row in rows], dim=2)


def _faded(before: Tensor, after: Tensor, extent: int, dim: int) -> Tensor:
    """`after`, its first `extent` rows (dim 2) or columns (dim 3) turning from the last of `before` into its own."""
    extent = min(extent, before.shape[dim], after.shape[dim])
    ramp = torch.arange(extent, device=after.device, dtype=after.dtype) / extent
    ramp = ramp[:, None] if dim == 2 else ramp
    start = before.narrow(dim, before.shape[dim] - extent, extent)
    mixed = start * (1 - ramp) + after.narrow(dim, 0, extent) * ramp
    return torch.cat([mixed, after.narrow(dim, extent, after.shape[dim] - extent)], dim=dim)
