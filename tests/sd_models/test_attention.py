"""Attention and its seam: what is shared between pictures, and which word drew what."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor

from sd_models.attention import CrossAttention, SelfAttention, TextContext, attend, attending, attention_weights
from sd_models.unet import UNet
from tests.sd_models.reference import CONFIGS, relative_error


@pytest.fixture(scope="module")
def unet() -> UNet:
    torch.manual_seed(0)
    return UNet(CONFIGS["sd1"].unet).eval().requires_grad_(False)


def test_the_fused_kernel_is_equation_1() -> None:
    q, k, v = torch.randn(2, 3, 5, 8), torch.randn(2, 3, 7, 8), torch.randn(2, 3, 7, 8)
    weights = attention_weights(q, k)
    assert torch.allclose(weights.sum(-1), torch.ones(2, 3, 5), atol=1e-6)
    assert relative_error(attend(q, k, v), weights @ v) < 1e-5


def test_attention_weights_survive_half_precision() -> None:
    q = torch.full((1, 1, 2, 64), 200.0, dtype=torch.float16)  # the logits, 320,000, are beyond float16
    assert attention_weights(q, q).isfinite().all()


def test_keys_and_values_of_the_text_computed_once_give_the_same_picture(unet: UNet) -> None:
    latents, hidden = torch.randn(2, 4, 8, 8), torch.randn(2, 77, 32)
    assert torch.equal(unet(latents, 3, hidden), unet(latents, 3, unet.text_context(hidden)))


def test_recording_which_word_drew_what_changes_nothing(unet: UNet) -> None:
    latents, hidden = torch.randn(2, 4, 8, 8), torch.randn(2, 77, 32)
    maps: dict[str, Tensor] = {}

    def record(name: str, module: SelfAttention | CrossAttention):
        def recording(q: Tensor, k: Tensor, v: Tensor) -> Tensor:
            maps[name] = attention_weights(q, k)
            return maps[name] @ v

        return recording if isinstance(module, CrossAttention) else None

    plain = unet(latents, 3, hidden)
    with attending(unet, record):
        recorded = unet(latents, 3, hidden)
    assert relative_error(recorded, plain) < 1e-5
    assert len(maps) == 16  # two blocks on three levels down, one in the middle, three blocks on three levels up
    assert maps["down_blocks.0.attentions.1.transformer_blocks.0.attn2"].shape == (2, 4, 64, 77)
    assert torch.equal(unet(latents, 3, hidden), plain)


def test_pictures_that_share_keys_and_values_see_each_other(unet: UNet) -> None:
    latents, hidden = torch.randn(2, 4, 8, 8), torch.randn(1, 77, 32).expand(2, -1, -1)

    def anchored(name: str, module: SelfAttention | CrossAttention):
        def see_the_first(q: Tensor, k: Tensor, v: Tensor) -> Tensor:
            k, v = (torch.cat([x, x[:1].expand_as(x)], dim=2) for x in (k, v))
            return attend(q, k, v)

        return see_the_first if isinstance(module, SelfAttention) and name.startswith("up_blocks") else None

    with attending(unet, anchored):
        shared, other = unet(latents, 3, hidden), unet(latents.flip(0), 3, hidden)
    plain = unet(latents, 3, hidden)
    assert relative_error(shared[:1], plain[:1]) < 1e-5  # the anchor sees its own tokens twice, which changes nothing
    assert relative_error(shared[1:], plain[1:]) > 1e-4
    assert relative_error(other[:1], plain[1:]) < 1e-5


def test_the_seam_is_closed_again_after_an_error(unet: UNet) -> None:
    with pytest.raises(ZeroDivisionError), attending(unet, lambda name, module: lambda q, k, v: q * 0):
        raise ZeroDivisionError
    assert all(m.attend is attend for m in unet.modules() if isinstance(m, SelfAttention | CrossAttention))


def test_text_context_holds_a_layer_s_keys_and_values_by_layer() -> None:
    layer = CrossAttention(16, 8, heads=2)
    x, hidden = torch.randn(1, 5, 16), torch.randn(1, 7, 8)
    other = layer.keys_values(hidden + 1)
    assert torch.equal(layer(x, TextContext(hidden, {layer: other})), layer(x, TextContext(hidden + 1)))
