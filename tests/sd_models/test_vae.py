"""The autoencoder: equal to diffusers' for the same weights, in the memory of a tile where that is wanted."""

from __future__ import annotations

import pytest
import torch
from diffusers import AutoencoderKL

from sd_models.checkpoints.load import build, fill
from sd_models.config import SD15, VAEConfig
from sd_models.errors import CheckpointError
from sd_models.inference import prepare_for_inference
from sd_models.vae import VAE, DiagonalGaussian
from tests.sd_models.reference import CONFIGS, relative_error


def pair(config: VAEConfig) -> tuple[VAE, AutoencoderKL]:
    torch.manual_seed(0)
    theirs = AutoencoderKL.from_config(config.to_json()).eval().requires_grad_(False)
    return fill(build(VAE, VAEConfig.from_json(dict(theirs.config))), theirs.state_dict(), "diffusers"), theirs


CASES = {name: CONFIGS[name].vae for name in ("sd1", "odd")}
CASES["two halvings"] = VAEConfig(latent_channels=3, block_out_channels=(16, 32, 48), norm_num_groups=16)


@pytest.mark.parametrize("name", CASES)
def test_equal_to_diffusers(name: str) -> None:
    ours, theirs = pair(CASES[name])
    assert ours.config == CASES[name]
    image = torch.rand(2, 3, 64, 96) * 2 - 1
    expected = theirs.encode(image).latent_dist
    posterior = ours.encode(image)
    noise = torch.randn_like(posterior.mean)
    assert relative_error(posterior.mean, expected.mean) < 1e-5
    assert relative_error(posterior.logvar, expected.logvar) < 1e-5
    assert relative_error(posterior.sample(noise), expected.mean + expected.std * noise) < 1e-5
    assert relative_error(posterior.kl(), expected.kl()) < 1e-5
    decoded = theirs.decode(expected.mean).sample
    assert relative_error(ours.decode(expected.mean), decoded) < 1e-5
    prepare_for_inference(ours)
    assert relative_error(ours.decode(expected.mean), decoded) < 1e-5
    assert relative_error(ours.encode(image).mean, expected.mean) < 1e-5


def test_published_sizes_have_diffusers_names_and_shapes() -> None:
    with torch.device("meta"):
        theirs = AutoencoderKL.from_config(SD15.vae.to_json()).state_dict()
        ours = VAE(SD15.vae).state_dict()
    assert {name: t.shape for name, t in ours.items()} == {name: t.shape for name, t in theirs.items()}


@pytest.mark.parametrize("size", [(8, 8), (19, 22), (5, 30)])
def test_tiles_are_those_of_diffusers(size: tuple[int, int]) -> None:
    ours, theirs = pair(CASES["sd1"])  # trained on 64 x 64, so that a tile is 8 x 8 latents
    latents = torch.randn(1, 4, *size)
    theirs.enable_tiling()
    assert relative_error(ours.decode_tiled(latents, tile=8), theirs.decode(latents).sample) < 1e-5


def test_tiles_bound_the_memory() -> None:
    """Whatever the size of the picture, no layer ever sees more than one tile."""
    ours, _ = pair(CASES["sd1"])
    seen: list[int] = []
    for module in ours.decoder.modules():
        module.register_forward_hook(lambda module, args, out: seen.append(out.numel()))
    ours.decode(torch.randn(1, 4, 8, 8))
    tile = max(seen)
    ours.decode_tiled(torch.randn(1, 4, 24, 40), tile=8)
    assert max(seen) == tile


def test_sampling_needs_the_noise_that_it_is_given() -> None:
    posterior = DiagonalGaussian(torch.full((1, 1, 2, 2), 3.0), torch.zeros(1, 1, 2, 2))
    assert torch.equal(posterior.sample(torch.ones(1, 1, 2, 2)), torch.full((1, 1, 2, 2), 4.0))
    assert posterior.kl().item() == pytest.approx(0.5 * 4 * 9)


def test_every_weight_learns() -> None:
    vae = VAE(CASES["odd"])
    image = torch.randn(1, 3, 32, 32)
    posterior = vae.encode(image)
    (vae.decode(posterior.sample()) - image).square().mean().add(posterior.kl().mean()).backward()
    assert [name for name, p in vae.named_parameters() if p.grad is None or not p.grad.isfinite().all()] == []


def test_other_families_are_refused_by_name() -> None:
    with pytest.raises(CheckpointError, match="SD 3 or Flux"):
        VAEConfig.from_json({"use_quant_conv": False})


def test_group_normalisation_of_large_pictures_keeps_its_digits() -> None:
    """Torch's own, of a channels-last picture of this size, is off by more than 1e-5."""
    torch.manual_seed(0)
    norm = torch.nn.GroupNorm(4, 8, eps=1e-6).requires_grad_(False)
    norm.weight.normal_()
    norm.bias.normal_()
    image = (torch.randn(1, 8, 384, 512) * 3 + 1).to(memory_format=torch.channels_last)
    exact = norm.double()(image.double())
    norm.float()
    prepare_for_inference(norm)
    assert relative_error(norm(image).double(), exact) < 1e-6
    assert norm(image).is_contiguous(memory_format=torch.channels_last)
