"""Drawing faster with the same numbers: what a trained model can have changed that a model in training cannot.

`prepare_for_inference(module)` gives the modules of a UNet, VAE or text encoder another `forward`; weights keep their
names and values, and `undo_preparation` takes it back. Every saving is exact up to the rounding of sums:

- channels-last: a place's channels lie side by side, so that a feature map is a list of tokens without being copied,
- packed weights (CPU): kept in the order in which the matrix unit reads them, instead of put in order at every call
  (those of 3x3 convolutions with AVX512 only: without it, the plain ones are faster),
- a convolution of 1x1 as the linear layer of every place's channels that it is (CPU),
- fused epilogues (CPU): the sum with the way around a block, and the gate of the feed-forward, are applied to a result
  while it is in the cache; the time embedding is added to a convolution's bias,
- upsampling folded into its convolution: after every pixel is written four times, a 3x3 convolution sees only 2x2
  different ones, so it equals four 2x2 convolutions of the small picture with summed weights, 16/36 of the work (by
  strips, and after giving free memory back, so that the peak of memory, which is there, stays low),
- Winograd's convolution (CPU, float32, large feature maps): 4/9 of the multiplications (`winograd.py`),
- in-place activations.

A prepared model draws, and does not train.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any, Final

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from sd_models import winograd
from sd_models.attention import TextContext
from sd_models.layers import ResidualBlock, Upsample
from sd_models.unet import AttentionBlock, GatedGELU, TransformerBlock, places, tokens

__all__ = ["prepare_for_inference", "undo_preparation", "unprepared"]


def prepare_for_inference(model: nn.Module) -> None:
    """Changes a UNet, VAE or text encoder, in eval mode and without gradients, as the page above says. Moving it to
    another device or precision, or changing its weights, comes before. A model that is prepared stays as it is."""
    if _is_prepared(model):
        return
    model.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    for module in list(model.modules()):
        if (fast := _FAST.get(type(module))) is not None:
            module.__class__ = fast
        if isinstance(module, GatedGELU):
            module.proj.__class__ = _PackedGate
        if isinstance(module, _Packed | _FoldedUpsample):
            module.prepare()


def undo_preparation(model: nn.Module) -> None:
    """The modules as they were before `prepare_for_inference`."""
    plain: dict[type, type] = {fast: kind for kind, fast in _FAST.items()} | {_PackedGate: nn.Linear}
    for module in list(model.modules()):
        if isinstance(module, _Packed | _FoldedUpsample):
            module.undo()
        if (kind := plain.get(type(module))) is not None:
            module.__class__ = kind
    model.to(memory_format=torch.contiguous_format)  # type: ignore[call-overload]


@contextmanager
def unprepared(model: nn.Module) -> Iterator[None]:
    """Within the block, the modules as they were before `prepare_for_inference`, if they were prepared."""
    prepared = _is_prepared(model)
    if prepared:
        undo_preparation(model)
    try:
        yield
    finally:
        if prepared:
            prepare_for_inference(model)


def _is_prepared(model: nn.Module) -> bool:
    return any(type(module) in _FAST.values() for module in model.modules())


# Convolutions and linear layers ---------------------------------------------------------------------------------------


class _Packed(nn.Module):
    """Keeps `weight` in oneDNN's own order, losslessly, where the CPU can use it; else it is the plain layer."""

    packed: Tensor | None

    @property
    def weight(self) -> Tensor:
        """The weight in its plain order; unpacked at every look, so not for use in `forward`."""
        plain = self._parameters.get("weight")
        return self.unpack() if plain is None else plain

    def prepare(self) -> None:
        weight = self.weight.detach()
        self.packed = None
        if weight.device.type == "cpu" and self.packs(weight.dtype):
            self.packed = self.pack(weight)
            self._parameters.pop("weight", None)
        elif "weight" not in self._parameters:
            self._parameters["weight"] = nn.Parameter(weight, requires_grad=False)

    def undo(self) -> None:
        self._parameters["weight"] = nn.Parameter(self.weight, requires_grad=False)
        del self.packed

    def packs(self, dtype: torch.dtype) -> bool:
        """Whether packed weights of this precision are the faster ones on this CPU."""
        return _has_packing(dtype)

    def pack(self, weight: Tensor) -> Tensor:
        raise NotImplementedError

    def unpack(self) -> Tensor:
        assert self.packed is not None
        return self.packed.to_dense()

    def _save_to_state_dict(self, destination: dict[str, Any], prefix: str, keep_vars: bool) -> None:
        destination[prefix + "weight"] = self.weight.detach()
        super()._save_to_state_dict(destination, prefix, keep_vars)


class _PackedConv2d(_Packed, nn.Conv2d):  # type: ignore[override]
    """`packed` is in oneDNN's order, or tap by tap where the last picture was one for Winograd's convolution. oneDNN's
    packed 1x1 convolution can be many times slower than its linear layer, so such a one is computed as that."""

    def pack(self, weight: Tensor) -> Tensor:
        if self._is_linear:
            return torch.ops.mkldnn._reorder_linear_weight(weight.flatten(1).contiguous())
        shape: Any = (self.padding, self.stride, self.dilation, self.groups)
        return torch._C._nn.mkldnn_reorder_conv2d_weight(weight.to_mkldnn(), *shape)

    def unpack(self) -> Tensor:
        assert self.packed is not None
        plain = super().unpack() if self.packed.is_mkldnn else winograd.kernel_of(self.packed).contiguous()
        return plain[:, :, None, None] if self._is_linear else plain

    def packs(self, dtype: torch.dtype) -> bool:
        return super().packs(dtype) and (self._is_linear or _packs_convolutions())

    @property
    def _is_linear(self) -> bool:
        return self.kernel_size == self.stride == (1, 1) and self.padding == (0, 0)

    @property
    def _by_nine_taps(self) -> bool:
        return self.kernel_size == (3, 3) and self.stride == self.padding == (1, 1)

    def forward(self, x: Tensor, bias: Tensor | None = None, plus: Tensor | None = None) -> Tensor:
        """The convolution, with another bias and a summand where they are given."""
        bias = self.bias if bias is None else bias
        if self._by_nine_taps and winograd.pays(x, self.out_channels):
            if self.packed is None or self.packed.is_mkldnn:
                self.packed = winograd.taps_of(self.weight)
                self._parameters.pop("weight", None)
            y = winograd.convolve(x, self.packed, bias)
            return y if plus is None else y.add_(plus)
        if self.packed is not None and not self.packed.is_mkldnn:
            self.prepare()
        if self.packed is None:
            weight = self._parameters["weight"]
            assert weight is not None
            y = F.conv2d(x, weight, bias, self.stride, self.padding)
            return y if plus is None else y.add_(plus)
        if self._is_linear:
            around = None if plus is None else plus.permute(0, 2, 3, 1)
            return _linear(x.permute(0, 2, 3, 1), self.packed, bias, around).permute(0, 3, 1, 2)
        shape = (self.padding, self.stride, self.dilation, self.groups)
        if plus is None:
            return torch.ops.mkldnn._convolution_pointwise(x, self.packed, bias, *shape, "none", [], "")
        plus = plus.contiguous(memory_format=torch.channels_last)
        conv = torch.ops.mkldnn._convolution_pointwise.binary
        return conv(x, plus, self.packed, bias, *shape, "add", 1.0, None, [], None)


class _PackedLinear(_Packed, nn.Linear):  # type: ignore[override]
    def pack(self, weight: Tensor) -> Tensor:
        return torch.ops.mkldnn._reorder_linear_weight(weight)

    def forward(self, x: Tensor, plus: Tensor | None = None) -> Tensor:
        """The linear layer, with a summand where it is given."""
        if self.packed is None:
            y = F.linear(x, self.weight, self.bias)
            return y if plus is None else y.add_(plus)
        return _linear(x, self.packed, self.bias, plus)


def _linear(x: Tensor, packed: Tensor, bias: Tensor | None, plus: Tensor | None) -> Tensor:
    if plus is None:
        return torch.ops.mkldnn._linear_pointwise(x, packed, bias, "none", [], "")
    return torch.ops.mkldnn._linear_pointwise.binary(x, plus, packed, bias, "add")


@cache
def _has_packing(dtype: torch.dtype) -> bool:
    """Whether this build of torch has the operators that its own compiler uses for CPUs, for numbers of this kind."""
    names = ("_convolution_pointwise", "_linear_pointwise", "_reorder_linear_weight")
    if not torch.backends.mkldnn.is_available() or not all(hasattr(torch.ops.mkldnn, name) for name in names):
        return False
    return dtype == torch.float32 or (dtype == torch.bfloat16 and torch.ops.mkldnn._is_mkldnn_bf16_supported())


@cache
def _packs_convolutions() -> bool:
    """Whether a packed 3x3 convolution is faster than a plain one. With AVX512 its order suits pictures of every size.
    Without, oneDNN packs for a picture of a size of its own, and where another one needs another order, its packed
    convolution is up to 40 times slower than the plain one, which puts its weights in order at every call."""
    return "AVX512" in torch.backends.cpu.get_cpu_capability()


class _ExactGroupNorm(nn.GroupNorm):
    """Torch sums a channels-last feature map place by place in float32, which at 512x512 loses two digits. Here strips
    of at most `PLACES` places are normalised each by itself, and their statistics, put together in double precision,
    turn that into the normalisation of the whole: y = (y_strip σ_strip + μ_strip - μ) / σ · γ + β."""

    PLACES = 4096

    def forward(self, x: Tensor) -> Tensor:
        batch, channels, height, width = x.shape
        if x.dtype != torch.float32 or x.device.type != "cpu" or height * width <= self.PLACES:
            return super().forward(x)
        rows = next(n for n in range(max(self.PLACES // width, 1), 0, -1) if height % n == 0)
        x = x.contiguous(memory_format=torch.channels_last).permute(0, 2, 3, 1)
        strips = x.view(-1, rows, width, channels).permute(0, 3, 1, 2)
        y, mean, rstd = torch.native_group_norm(
            strips, None, None, len(strips), channels, rows * width, self.num_groups, self.eps
        )
        mean, rstd = (v.double().view(batch, -1, self.num_groups) for v in (mean, rstd))
        centre = mean.mean(dim=1, keepdim=True)
        variance = (rstd**-2 - self.eps + (mean - centre) ** 2).mean(dim=1, keepdim=True)
        whole = (variance + self.eps).rsqrt()
        per_channel = channels // self.num_groups
        scale = (whole / rstd).repeat_interleave(per_channel, dim=2).view(-1, channels) * self.weight
        shift = ((mean - centre) * whole).repeat_interleave(per_channel, dim=2).view(-1, channels) * self.weight
        scale, shift = (v.to(x.dtype)[:, :, None, None] for v in (scale, shift + self.bias))
        y = torch.addcmul(shift, y, scale, out=y)
        return y.permute(0, 2, 3, 1).reshape(batch, height, width, channels).permute(0, 3, 1, 2)


# Blocks ---------------------------------------------------------------------------------------------------------------


class _FastResidualBlock(ResidualBlock):
    def forward(self, x: Tensor, time: Tensor | None = None) -> Tensor:
        bias = None
        if self.time_emb_proj is not None:
            assert time is not None
            shift = self.time_emb_proj(F.silu(time))
            if len(shift) == 1:
                bias = self.conv1.bias + shift[0]
        h = self.conv1(F.silu(self.norm1(x), inplace=True), bias)
        if self.time_emb_proj is not None and bias is None:
            h += shift[:, :, None, None]
        around = x if self.conv_shortcut is None else self.conv_shortcut(x)
        y: Tensor = self.conv2(F.silu(self.norm2(h), inplace=True), plus=around)
        return y


class _FoldedUpsample(Upsample):
    """Upsampling and convolution as one: phase (a, b) of the output, its rows 2i + a and columns 2j + b, is a 2x2
    convolution of the small picture. Along one axis, phase 0 sees x[i-1] by k₀ and x[i] by k₁ + k₂; phase 1 sees x[i]
    by k₀ + k₁ and x[i+1] by k₂."""

    PLACES = 16384
    """Of the small picture, at a time."""
    LARGE = 2**22
    """Numbers in a result for which giving memory back is worth its time; in a small model it would be a tenth."""

    def prepare(self) -> None:
        weight = self.conv.weight.detach()
        axis = torch.tensor([[[1, 0, 0], [0, 1, 1]], [[1, 1, 0], [0, 0, 1]]], device=weight.device, dtype=torch.float64)
        channels = self.conv.out_channels
        conv = nn.Conv2d(channels, 4 * channels, 2, padding=1, device="meta")
        folded = weight.new_empty(4, channels, 2, 2, channels)
        for part in torch.arange(channels).split(64):  # in double precision, a part at a time
            kernels = weight[part].double()
            folded[:, part] = torch.einsum("auk,bvl,oikl->abouvi", axis, axis, kernels).flatten(0, 1).to(weight.dtype)
        conv.weight = nn.Parameter(folded.flatten(0, 1).permute(0, 3, 1, 2), False)
        del folded, weight
        conv.bias = None if self.conv.bias is None else nn.Parameter(self.conv.bias.repeat(4), False)
        conv.__class__ = _PackedConv2d
        conv.prepare()  # type: ignore[operator]
        self.__dict__["folded"] = conv  # not a submodule: its weights are no weights of the model

    def undo(self) -> None:
        del self.__dict__["folded"]

    def forward(self, x: Tensor, size: tuple[int, int] | None = None) -> Tensor:
        batch, channels, height, width = x.shape
        if size is not None and tuple(size) != (2 * height, 2 * width):  # one row or column less: its end is cut
            return super().forward(x, size)
        if x.device.type == "cpu" and 4 * x.numel() >= self.LARGE:
            _return_free_memory()  # none of what maps of this size have left is large enough for the next ones
        folded: nn.Module = self.__dict__["folded"]
        y = x.new_empty(batch, height, 2, width, 2, channels)
        rows = max(1, self.PLACES // width)
        for top in range(0, height, rows):  # a strip at a time, with its neighbours above and below
            end, above = min(top + rows, height), max(top - 1, 0)
            phases = folded(x[:, :, above : end + 1]).permute(0, 2, 3, 1).unflatten(-1, (2, 2, channels))
            for a in (0, 1):
                for b in (0, 1):
                    y[:, top:end, a, :, b] = phases[:, top + a - above : end + a - above, b : b + width, a, b]
        return y.view(batch, 2 * height, 2 * width, channels).permute(0, 3, 1, 2)


@cache
def _malloc_trim() -> Callable[[int], int] | None:
    """glibc's way to give free memory back to the system, where this is glibc."""
    return getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None


def _return_free_memory() -> None:
    if (trim := _malloc_trim()) is not None:
        trim(0)


class _PackedGate(_Packed, nn.Linear):  # type: ignore[override]
    """The first layer of a feed-forward and its gate, a ⊙ gelu(b), as two linear layers: b goes through its gelu, and a
    is multiplied by it, before either is written."""

    def pack(self, weight: Tensor) -> Tensor:
        a, self.packed_b = (torch.ops.mkldnn._reorder_linear_weight(half.contiguous()) for half in weight.chunk(2))
        return a

    def undo(self) -> None:
        super().undo()
        self.__dict__.pop("packed_b", None)

    def unpack(self) -> Tensor:
        return torch.cat([super().unpack(), self.packed_b.to_dense()])

    def forward(self, x: Tensor) -> Tensor:
        if self.packed is None:
            a, b = F.linear(x, self.weight, self.bias).chunk(2, dim=-1)
            return a * F.gelu(b)
        bias_a, bias_b = self.bias.chunk(2)
        gate = torch.ops.mkldnn._linear_pointwise(x, self.packed_b, bias_b, "gelu", [], "none")
        return torch.ops.mkldnn._linear_pointwise.binary(x, gate, self.packed, bias_a, "mul")


class _FastGatedGELU(GatedGELU):
    def forward(self, x: Tensor) -> Tensor:
        y: Tensor = self.proj(x)
        return y


class _FastTransformerBlock(TransformerBlock):
    def forward(self, x: Tensor, text: TextContext) -> Tensor:
        x = self.attn1(self.norm1(x)).add_(x)
        x = self.attn2(self.norm2(x), text).add_(x)
        y: Tensor = self.ff.net[2](self.ff.net[0](self.norm3(x)), plus=x)
        return y


class _FastAttentionBlock(AttentionBlock):
    def forward(self, x: Tensor, text: TextContext) -> Tensor:
        h = self.norm(x)
        h = self.proj_in(tokens(h)) if self.linear else tokens(self.proj_in(h))
        h = self.transformer_blocks[0](h, text)
        if self.linear:
            return places(self.proj_out(h, plus=tokens(x)), x)
        y: Tensor = self.proj_out(places(h, x), plus=x)
        return y


_FAST: Final[dict[type[nn.Module], type[nn.Module]]] = {
    nn.Conv2d: _PackedConv2d,
    nn.Linear: _PackedLinear,
    nn.GroupNorm: _ExactGroupNorm,
    ResidualBlock: _FastResidualBlock,
    Upsample: _FoldedUpsample,
    GatedGELU: _FastGatedGELU,
    TransformerBlock: _FastTransformerBlock,
    AttentionBlock: _FastAttentionBlock,
}
