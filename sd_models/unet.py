"""The UNet: looks at noisy latents, the timestep and the text, and predicts the noise (or v, or the clean latents).

Ho et al. 2020 gave it residual blocks and a time embedding; Rombach et al. 2022, "High-Resolution Image Synthesis with
Latent Diffusion Models" (section 3.3), the cross-attention to text. For SD 1.5 at 512x512:

    stage            blocks                                         out
    conv_in          3x3 convolution                                320 x 64 x 64
    down_blocks.0    2 x (residual + attention), downsample         320 x 32 x 32
    down_blocks.1    2 x (residual + attention), downsample         640 x 16 x 16
    down_blocks.2    2 x (residual + attention), downsample        1280 x  8 x  8
    down_blocks.3    2 x  residual                                 1280 x  8 x  8
    mid_block        residual + attention + residual               1280 x  8 x  8
    up_blocks.0      3 x  residual, upsample                       1280 x 16 x 16
    up_blocks.1      3 x (residual + attention), upsample          1280 x 32 x 32
    up_blocks.2      3 x (residual + attention), upsample           640 x 64 x 64
    up_blocks.3      3 x (residual + attention)                     320 x 64 x 64
    conv_out         norm, SiLU, 3x3 convolution                      4 x 64 x 64

Each of the 12 outputs on the way down (conv_in, every block, every downsample) is kept and concatenated, last in first
out, to the input of one residual block on the way up.
"""

from __future__ import annotations

import math
from itertools import pairwise

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from sd_models.attention import CrossAttention, SelfAttention, TextContext
from sd_models.config import UNetConfig
from sd_models.layers import Downsample, ResidualBlock, Upsample

__all__ = [
    "AttentionBlock",
    "GatedGELU",
    "TimeEmbedding",
    "TransformerBlock",
    "UNet",
    "places",
    "sinusoids",
    "tokens",
]


def sinusoids(positions: Tensor, dim: int) -> Tensor:
    """(B,) numbers to (B, dim) float32: [cos(p ω), sin(p ω)] with ω_i = 10000^(-i / (dim/2)).

    The position embedding of Vaswani et al. 2017, section 3.5, used by Ho et al. 2020 for the timestep."""
    half = dim // 2
    frequencies = torch.exp(-math.log(10000) * torch.arange(half, dtype=torch.float32, device=positions.device) / half)
    angles = positions.float()[:, None] * frequencies
    return torch.cat([angles.cos(), angles.sin()], dim=-1)


class TimeEmbedding(nn.Module):
    """(B, C) sinusoids of the timestep to (B, 4C), by two linear layers. `condition` is added before the first
    (guidance-distilled models tell the guidance scale here)."""

    def __init__(self, channels: int, time_dim: int, condition_dim: int | None = None) -> None:
        super().__init__()
        self.linear_1 = nn.Linear(channels, time_dim)
        self.linear_2 = nn.Linear(time_dim, time_dim)
        self.cond_proj = nn.Linear(condition_dim, channels, bias=False) if condition_dim else None

    def forward(self, x: Tensor, condition: Tensor | None = None) -> Tensor:
        if condition is not None and self.cond_proj is not None:
            x = x + self.cond_proj(condition)
        y: Tensor = self.linear_2(F.silu(self.linear_1(x)))
        return y


class GatedGELU(nn.Module):
    """(…, D) to (…, D_out): a ⊙ gelu(b), where a and b are the halves of a linear layer. Shazeer 2020, GLU Variants."""

    def __init__(self, dim: int, dim_out: int) -> None:
        super().__init__()
        self.proj = nn.Linear(dim, 2 * dim_out)

    def forward(self, x: Tensor) -> Tensor:
        a, b = self.proj(x).chunk(2, dim=-1)
        return a * F.gelu(b)


class _FeedForward(nn.Module):
    """(B, T, D) to (B, T, D) through a width of 4D."""

    def __init__(self, dim: int) -> None:
        super().__init__()
        # The empty place in the middle is a dropout in the original, and keeps the names of the weights.
        self.net = nn.Sequential(GatedGELU(dim, 4 * dim), nn.Identity(), nn.Linear(4 * dim, dim))

    def forward(self, x: Tensor) -> Tensor:
        y: Tensor = self.net(x)
        return y


class TransformerBlock(nn.Module):
    """Looks at the picture, looks at the text, thinks: (B, T, D) to (B, T, D)."""

    def __init__(self, dim: int, heads: int, text_dim: int) -> None:
        super().__init__()
        self.norm1 = nn.LayerNorm(dim)
        self.attn1 = SelfAttention(dim, heads)
        self.norm2 = nn.LayerNorm(dim)
        self.attn2 = CrossAttention(dim, text_dim, heads)
        self.norm3 = nn.LayerNorm(dim)
        self.ff = _FeedForward(dim)

    def forward(self, x: Tensor, text: TextContext) -> Tensor:
        x = x + self.attn1(self.norm1(x))
        x = x + self.attn2(self.norm2(x), text)
        return x + self.ff(self.norm3(x))


class AttentionBlock(nn.Module):
    """A transformer block on the places of a feature map: (B, C, H, W) to (B, H*W, C) and back, and a way around it."""

    def __init__(self, channels: int, heads: int, config: UNetConfig) -> None:
        super().__init__()
        self.linear = config.use_linear_projection
        self.norm = nn.GroupNorm(config.norm_num_groups, channels, eps=1e-6)
        self.proj_in = nn.Linear(channels, channels) if self.linear else nn.Conv2d(channels, channels, 1)
        self.transformer_blocks = nn.ModuleList([TransformerBlock(channels, heads, config.cross_attention_dim)])
        self.proj_out = nn.Linear(channels, channels) if self.linear else nn.Conv2d(channels, channels, 1)

    def forward(self, x: Tensor, text: TextContext) -> Tensor:
        h = self.norm(x)
        h = self.proj_in(tokens(h)) if self.linear else tokens(self.proj_in(h))
        h = self.transformer_blocks[0](h, text)
        h = places(self.proj_out(h), x) if self.linear else self.proj_out(places(h, x))
        return x + h


def tokens(x: Tensor) -> Tensor:
    """(B, C, H, W) to (B, H*W, C)"""
    return x.permute(0, 2, 3, 1).flatten(1, 2)


def places(tokens: Tensor, like: Tensor) -> Tensor:
    """(B, H*W, C) to (B, C, H, W), the shape of `like`"""
    return tokens.unflatten(1, like.shape[2:]).permute(0, 3, 1, 2)


class _Level(nn.Module):
    """Residual blocks, each followed by attention where the level has it. `widths` are (in, out) of each block."""

    def __init__(self, widths: list[tuple[int, int]], attention: bool, heads: int, config: UNetConfig) -> None:
        super().__init__()
        self.resnets = nn.ModuleList(_residual(c_in, c_out, config) for c_in, c_out in widths)
        if attention:
            self.attentions = nn.ModuleList(AttentionBlock(c_out, heads, config) for _, c_out in widths)
        self.has_attention = attention

    def block(self, index: int, x: Tensor, time: Tensor, text: TextContext) -> Tensor:
        x = self.resnets[index](x, time)
        return self.attentions[index](x, text) if self.has_attention else x


class _DownLevel(_Level):
    def __init__(
        self, widths: list[tuple[int, int]], attention: bool, heads: int, config: UNetConfig, last: bool
    ) -> None:
        super().__init__(widths, attention, heads, config)
        self.downsamplers = None if last else nn.ModuleList([Downsample(widths[-1][1])])

    def forward(self, x: Tensor, time: Tensor, text: TextContext) -> tuple[Tensor, list[Tensor]]:
        """Returns the output, and every output on the way to it, to be kept."""
        kept = []
        for index in range(len(self.resnets)):
            x = self.block(index, x, time, text)
            kept.append(x)
        if self.downsamplers is not None:
            x = self.downsamplers[0](x)
            kept.append(x)
        return x, kept


class _UpLevel(_Level):
    def __init__(
        self, widths: list[tuple[int, int]], attention: bool, heads: int, config: UNetConfig, last: bool
    ) -> None:
        super().__init__(widths, attention, heads, config)
        self.upsamplers = None if last else nn.ModuleList([Upsample(widths[-1][1])])

    def forward(self, x: Tensor, time: Tensor, text: TextContext, kept: list[Tensor]) -> Tensor:
        """Takes its inputs from the end of `kept`."""
        for index in range(len(self.resnets)):
            x = self.block(index, torch.cat([x, kept.pop()], dim=1), time, text)
        if self.upsamplers is not None:
            x = self.upsamplers[0](x, kept[-1].shape[2:])
        return x


class _Middle(_Level):
    def __init__(self, channels: int, heads: int, config: UNetConfig) -> None:
        nn.Module.__init__(self)
        self.resnets = nn.ModuleList(_residual(channels, channels, config) for _ in range(2))
        self.attentions = nn.ModuleList([AttentionBlock(channels, heads, config)])

    def forward(self, x: Tensor, time: Tensor, text: TextContext) -> Tensor:
        x = self.attentions[0](self.resnets[0](x, time), text)
        y: Tensor = self.resnets[1](x, time)
        return y


def _residual(in_channels: int, out_channels: int, config: UNetConfig) -> ResidualBlock:
    return ResidualBlock(
        in_channels,
        out_channels,
        groups=config.norm_num_groups,
        eps=config.norm_eps,
        time_dim=config.time_embed_dim,
    )


class UNet(nn.Module):
    """Predicts from noisy latents, timestep and text. Weights have the names of diffusers' UNet2DConditionModel."""

    def __init__(self, config: UNetConfig) -> None:
        super().__init__()
        self.config = config
        channels, layers = config.block_out_channels, config.layers_per_block
        last = len(channels) - 1
        self.conv_in = nn.Conv2d(config.in_channels, channels[0], 3, padding=1)
        self.time_embedding = TimeEmbedding(channels[0], config.time_embed_dim, config.time_cond_proj_dim)

        self.down_blocks = nn.ModuleList()
        kept = [channels[0]]  # widths of what is kept on the way down
        width = channels[0]
        for level, c in enumerate(channels):
            widths = list(pairwise([width] + [c] * layers))
            attention, heads = config.attention_levels[level], config.num_heads[level]
            self.down_blocks.append(_DownLevel(widths, attention, heads, config, last=level == last))
            kept += [c] * (layers if level == last else layers + 1)
            width = c

        self.mid_block = _Middle(width, config.num_heads[last], config)

        self.up_blocks = nn.ModuleList()
        for level in reversed(range(len(channels))):
            c = channels[level]
            ins = [width] + [c] * layers
            widths = [(c_in + kept.pop(), c) for c_in in ins]
            attention, heads = config.attention_levels[level], config.num_heads[level]
            self.up_blocks.append(_UpLevel(widths, attention, heads, config, last=level == 0))
            width = c

        self.conv_norm_out = nn.GroupNorm(config.norm_num_groups, width, config.norm_eps)
        self.conv_out = nn.Conv2d(width, config.out_channels, 3, padding=1)

    def embed_time(self, timestep: Tensor | float, condition: Tensor | None = None) -> Tensor:
        """(B,) timesteps to (B, 4C); a number to (1, 4C), the same for the whole batch."""
        like = self.conv_norm_out.weight
        positions = torch.as_tensor(timestep, device=like.device).reshape(-1)
        x = sinusoids(positions, self.config.block_out_channels[0]).to(like.dtype)
        time: Tensor = self.time_embedding(x, condition)
        return time

    def forward(
        self,
        latents: Tensor,
        timestep: Tensor | float,
        text: Tensor | TextContext,
        guidance_embedding: Tensor | None = None,
    ) -> Tensor:
        """latents (B, C_in, H, W), any H and W; timestep a number or (B,); text (B, T, D), the text encoder's output,
        or a `TextContext`; guidance_embedding (B, time_cond_proj_dim), for guidance-distilled models.
        Returns (B, C_out, H, W)."""
        if not isinstance(text, TextContext):
            text = TextContext(text)
        time = self.embed_time(timestep, guidance_embedding)
        x = self.conv_in(latents)
        kept = [x]
        for down in self.down_blocks:
            x, outputs = down(x, time, text)
            kept += outputs
        x = self.mid_block(x, time, text)
        for up in self.up_blocks:
            x = up(x, time, text, kept)
        out: Tensor = self.conv_out(F.silu(self.conv_norm_out(x)))
        return out

    def text_context(self, hidden: Tensor) -> TextContext:
        """The text encoder's output (B, T, D) with every layer's keys and values, for the many steps of one run."""
        layers = [module for module in self.modules() if isinstance(module, CrossAttention)]
        return TextContext(hidden, {layer: layer.keys_values(hidden) for layer in layers})
