"""Winograd's convolution gives what the plain one gives, and a prepared layer keeps its weights exactly."""

from __future__ import annotations

import pytest
import torch
import torch.nn.functional as F
from torch import nn

from sd_models import winograd
from sd_models.inference import prepare_for_inference, undo_preparation

LARGE, SMALL = (1, 130, 44, 36), (1, 130, 6, 10)


@pytest.mark.parametrize("shape", [LARGE, (2, 128, 32, 32), (1, 256, 2, 1024), SMALL, (1, 3, 2, 2)])
@pytest.mark.parametrize("with_bias", [True, False])
def test_it_equals_the_plain_convolution(shape: tuple[int, ...], with_bias: bool) -> None:
    x, weight = torch.randn(shape), torch.randn(140, shape[1], 3, 3) / shape[1] ** 0.5
    bias = torch.randn(140) if with_bias else None
    expected = F.conv2d(x.double(), weight.double(), None if bias is None else bias.double(), padding=1)
    got = winograd.convolve(x, winograd.taps_of(weight), bias)
    assert (got - expected).abs().max() <= 1e-6 * expected.abs().max()


def test_a_kernel_survives_its_other_order_bit_for_bit() -> None:
    weight = torch.randn(5, 7, 3, 3)
    assert torch.equal(winograd.kernel_of(winograd.taps_of(weight)), weight)


def test_a_prepared_layer_draws_large_and_small_pictures_in_turn_and_gives_its_weights_back() -> None:
    layer = nn.Sequential(nn.Conv2d(130, 140, 3, padding=1)).eval().requires_grad_(False)
    weights = {name: value.clone() for name, value in layer.state_dict().items()}
    assert winograd.pays(torch.empty(LARGE), 140)
    assert not winograd.pays(torch.empty(SMALL), 140)
    pictures = [torch.randn(shape) for shape in (LARGE, SMALL, LARGE)]
    expected = [layer(x) for x in pictures]
    prepare_for_inference(layer)
    for x, y in zip(pictures, expected, strict=True):
        torch.testing.assert_close(layer(x), y, rtol=1e-5, atol=1e-5)
        for name, value in layer.state_dict().items():
            assert torch.equal(value, weights[name])
    undo_preparation(layer)
    assert torch.equal(layer[0].weight, weights["0.weight"])
