"""The UNet: equal to diffusers' for the same weights, trainable, and equal to itself when prepared for drawing."""

from __future__ import annotations

import time
from copy import deepcopy

import pytest
import torch
from diffusers import UNet2DConditionModel
from torch import nn

from sd_models import inference
from sd_models.checkpoints.load import build, fill
from sd_models.config import SD15, SD15_INPAINTING, SD21, UNetConfig
from sd_models.errors import CheckpointError
from sd_models.inference import prepare_for_inference, undo_preparation
from sd_models.layers import Upsample
from sd_models.unet import UNet, sinusoids
from tests.sd_models.reference import CONFIGS, relative_error


def pair(config: UNetConfig) -> tuple[UNet, UNet2DConditionModel]:
    torch.manual_seed(0)
    theirs = UNet2DConditionModel.from_config(config.to_json()).eval().requires_grad_(False)
    return fill(build(UNet, UNetConfig.from_json(dict(theirs.config))), theirs.state_dict(), "diffusers"), theirs


@pytest.mark.parametrize("name", CONFIGS)
@pytest.mark.parametrize("size", [(8, 8), (18, 32), (9, 13)])
def test_equal_to_diffusers(name: str, size: tuple[int, int]) -> None:
    """Also where a size is odd at some level, as 18x32 is (9x16, 5x8): upsampling then meets the kept features."""
    config = CONFIGS[name].unet
    ours, theirs = pair(config)
    assert ours.config == config
    latents, hidden = torch.randn(2, config.in_channels, *size), torch.randn(2, 77, config.cross_attention_dim)
    for timestep in (0, 999, torch.tensor([3, 500])):
        assert relative_error(ours(latents, timestep, hidden), theirs(latents, timestep, hidden).sample) < 1e-5


def test_the_guidance_embedding_of_distilled_models_is_equal() -> None:
    ours, theirs = pair(CONFIGS["odd"].unet)
    latents, hidden, guidance = torch.randn(2, 8, 8, 8), torch.randn(2, 77, 32), torch.randn(2, 16)
    expected = theirs(latents, 7, hidden, timestep_cond=guidance).sample
    assert relative_error(ours(latents, 7, hidden, guidance), expected) < 1e-5
    assert relative_error(ours(latents, 7, hidden), expected) > 1e-4


@pytest.mark.slow
def test_equal_to_diffusers_in_full_size() -> None:
    ours, theirs = pair(SD15.unet)
    assert sum(p.numel() for p in ours.parameters()) == 859_520_964
    latents, hidden = torch.randn(1, 4, 8, 8), torch.randn(1, 77, 768)
    expected = theirs(latents, 321, hidden).sample
    assert relative_error(ours(latents, 321, hidden), expected) < 1e-5
    prepare_for_inference(ours)
    assert relative_error(ours(latents, 321, hidden), expected) < 1e-5


@pytest.mark.parametrize("config", [SD15, SD15_INPAINTING, SD21])
def test_published_sizes_have_diffusers_names_and_shapes(config: object) -> None:
    with torch.device("meta"):
        theirs = UNet2DConditionModel.from_config(config.unet.to_json()).state_dict()
        ours = UNet(config.unet).state_dict()
    assert {name: t.shape for name, t in ours.items()} == {name: t.shape for name, t in theirs.items()}


def test_the_time_embedding_is_cosines_then_sines() -> None:
    x = sinusoids(torch.tensor([0, 10]), 4)
    assert torch.equal(x[0], torch.tensor([1.0, 1.0, 0.0, 0.0]))
    angles = torch.tensor([10.0, 0.1])  # frequencies 1 and 1/100
    assert torch.allclose(x[1], torch.cat([angles.cos(), angles.sin()]))


def test_every_weight_learns() -> None:
    unet = UNet(CONFIGS["odd"].unet)
    latents, hidden = torch.randn(2, 8, 9, 16), torch.randn(2, 5, 32)
    unet(latents, torch.tensor([1, 900]), hidden, torch.randn(2, 16)).square().mean().backward()
    assert [name for name, p in unet.named_parameters() if p.grad is None or not p.grad.isfinite().all()] == []


@pytest.mark.parametrize("name", CONFIGS)
@pytest.mark.parametrize("dtype", [torch.float32, pytest.param(torch.bfloat16, marks=pytest.mark.slow)])
def test_preparation_for_inference_is_exact_and_keeps_the_weights(name: str, dtype: torch.dtype) -> None:
    ours, _ = pair(CONFIGS[name].unet)
    config = ours.config
    latents, hidden = torch.randn(2, config.in_channels, 18, 32), torch.randn(2, 77, config.cross_attention_dim)
    cases = [(latents, 7, hidden), (latents, torch.tensor([1, 800]), hidden)]
    exact = [ours(*case) for case in cases]
    ours.to(dtype)
    weights = {key: tensor.clone() for key, tensor in ours.state_dict().items()}
    plain = [ours(x.to(dtype), t, h.to(dtype)) for x, t, h in cases]
    prepare_for_inference(ours)
    fast = [ours(x.to(dtype), t, h.to(dtype)) for x, t, h in cases]
    kept = ours.state_dict()
    assert kept.keys() == weights.keys()
    assert all(torch.equal(kept[key], weights[key]) for key in kept)
    for right, before, after in zip(exact, plain, fast, strict=True):
        error = relative_error(before.float(), right)
        assert relative_error(after.float(), right) < (1e-5 if dtype == torch.float32 else 1.5 * error)
    undo_preparation(ours)
    assert all(torch.equal(ours(x.to(dtype), t, h.to(dtype)), y) for (x, t, h), y in zip(cases, plain, strict=True))


@pytest.mark.parametrize(("channels", "height", "width"), [(128, 9, 16), (96, 18, 32), (160, 5, 8)])
def test_no_prepared_convolution_is_much_slower_than_a_plain_one(channels: int, height: int, width: int) -> None:
    """The best of many turns taken side by side, in processor time. On CPUs without AVX512 the packed kernel loses by
    20 times."""
    plain = nn.Conv2d(channels, channels, 3, padding=1).requires_grad_(False)
    prepared = nn.Sequential(deepcopy(plain))
    prepare_for_inference(prepared)
    x = torch.randn(2, channels, height, width).contiguous(memory_format=torch.channels_last)
    fastest = {plain: float("inf"), prepared: float("inf")}
    for _ in range(15):
        for module in fastest:
            start = time.process_time()
            module(x)
            fastest[module] = min(fastest[module], time.process_time() - start)
    assert fastest[prepared] < 4 * fastest[plain]


@pytest.mark.parametrize("places", [1, 14, 10_000])
def test_upsampling_folds_into_its_convolution(places: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """By strips of one row, of two, and at once; in double precision, to show that the folding is an identity and not
    an approximation."""
    monkeypatch.setattr(inference._FoldedUpsample, "PLACES", places)
    plain = Upsample(6).double().requires_grad_(False)
    x = torch.randn(2, 6, 5, 7, dtype=torch.float64)
    expected = plain(x)
    odd = plain(x, (9, 14))
    prepare_for_inference(plain)
    assert relative_error(plain(x), expected) < 1e-14
    assert relative_error(plain(x, (9, 14)), odd) < 1e-14


def test_other_families_are_refused_by_name() -> None:
    for change, family in (
        ({"addition_embed_type": "text_time"}, "SDXL"),
        ({"transformer_layers_per_block": [1, 2, 10]}, "SDXL"),
        ({"class_embed_type": "projection"}, "class conditioning"),
        ({"down_block_types": ["SimpleCrossAttnDownBlock2D"] * 4}, "blocks"),
    ):
        with pytest.raises(CheckpointError, match=family):
            UNetConfig.from_json({**SD15.unet.to_json(), **change})
