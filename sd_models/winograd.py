"""3x3 convolution with 4/9 of the multiplications.

Lavin & Gray 2016, "Fast Algorithms for Convolutional Neural Networks", F(2x2, 3x3). Of every 4x4 patch d of the picture
(they overlap by two) and every 3x3 kernel g come 2x2 places of the output,

    Y = Aᵀ [(G g Gᵀ) ⊙ (Bᵀ d B)] A

and the ⊙, summed over the input's channels, is sixteen matrix products, one for each of the 4x4 positions. Equal to the
plain convolution up to the rounding of sums, of which there are fewer: in float32 it is the more accurate one.
"""

from __future__ import annotations

from functools import cache

import torch
import torch.nn.functional as F
from torch import Tensor

__all__ = ["convolve", "kernel_of", "pays", "taps_of"]

STRIP = 8  # rows of the picture that are transformed at once: what lies between stays in the processor's cache


def pays(x: Tensor, out_channels: int) -> bool:
    """Whether this is the faster way for a picture x (B, C, H, W): on a CPU in float32, with many places to spread the
    transformation of the kernels over, and channels enough to make the matrix products the most of it."""
    batch, channels, height, width = x.shape
    return (
        x.device.type == "cpu"
        and x.dtype == torch.float32
        and batch * height * width >= 1536
        and min(channels, out_channels) >= 128
        and height % 2 == width % 2 == 0
    )


def taps_of(weight: Tensor) -> Tensor:
    """(C_out, C_in, 3, 3) to (9, C_in, C_out), as `convolve` takes it."""
    return weight.permute(2, 3, 1, 0).flatten(0, 1).contiguous()


def kernel_of(taps: Tensor) -> Tensor:
    """(9, C_in, C_out) back to (C_out, C_in, 3, 3)."""
    return taps.unflatten(0, (3, 3)).permute(3, 2, 0, 1)


def convolve(x: Tensor, taps: Tensor, bias: Tensor | None = None) -> Tensor:
    """x (B, C_in, H, W), H and W even, with a border of one zero, to (B, C_out, H, W), channels last."""
    batch, c_in, height, width = x.shape
    c_out = taps.shape[2]
    kernels = (_of_kernels(x.dtype) @ taps.flatten(1)).view(16, c_in, c_out)
    x = x.permute(0, 2, 3, 1)
    y = x.new_empty(batch, height // 2, 2, width // 2, 2, c_out)
    for top in range(0, height, STRIP):
        rows = min(STRIP, height - top)
        at_top, at_bottom = top == 0, top + rows == height
        strip = x[:, top - (not at_top) : top + rows + (not at_bottom)]
        patches = _patches(F.pad(strip, (0, 0, 1, 1, at_top, at_bottom)))
        products = torch.bmm(patches.flatten(1, 3), kernels).view(4, 4, batch, rows // 2, width // 2, c_out)
        across = _outputs(*products.unbind(1))
        for j, column in enumerate(across):
            for i, places in enumerate(_outputs(*column.unbind(0))):
                target = y[:, top // 2 : (top + rows) // 2, i, :, j]
                target.copy_(places) if bias is None else torch.add(places, bias, out=target)
    return y.view(batch, height, width, c_out).permute(0, 3, 1, 2)


@cache
def _of_kernels(dtype: torch.dtype) -> Tensor:
    """G ⊗ G, (16, 9): the transformation of a kernel's nine taps."""
    g = torch.tensor([[1, 0, 0], [0.5, 0.5, 0.5], [0.5, -0.5, 0.5], [0, 0, 1]], dtype=dtype)
    return torch.kron(g, g)


def _patches(rows: Tensor) -> Tensor:
    """Bᵀ d B of every patch d in a strip (B, h + 2, W + 2, C): (16, B, h/2, W/2, C)."""
    batch, height, width, channels = rows.shape
    found = rows.new_empty(4, 4, batch, height // 2 - 1, width // 2 - 1, channels)
    for i, row in enumerate(_inputs(*(rows[:, k : height - 2 + k : 2] for k in range(3)), rows[:, 3::2])):
        columns = (*(row[:, :, k : width - 2 + k : 2] for k in range(3)), row[:, :, 3::2])
        for j, (a, sign, b) in enumerate(_DIFFERENCES):
            torch.add(columns[a], columns[b], alpha=sign, out=found[i, j])
    return found.flatten(0, 1)


_DIFFERENCES = ((0, -1, 2), (1, 1, 2), (2, -1, 1), (1, -1, 3))
"""Rows of Bᵀ: which two of four neighbours, and with which sign the second."""


def _inputs(*four: Tensor) -> list[Tensor]:
    """Bᵀ along one axis."""
    return [torch.add(four[a], four[b], alpha=sign) for a, sign, b in _DIFFERENCES]


def _outputs(a: Tensor, b: Tensor, c: Tensor, d: Tensor) -> tuple[Tensor, Tensor]:
    """Aᵀ along one axis: a + b + c and b - c - d."""
    return (b + c).add_(a), (b - c).sub_(d)
