"""Noise schedules: what they leave of a picture at every timestep."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from diffusers import DDIMScheduler
from scipy.stats import beta as beta_distribution

from sd_models.errors import RequestError
from sd_models.schedule import (
    STABLE_DIFFUSION,
    ScheduleConfig,
    alphas_cumprod,
    betas,
    sigma_schedule,
    sigma_to_timestep,
    spaced_timesteps,
    training_sigmas,
)


@pytest.mark.parametrize("kind", ["linear", "scaled_linear", "squaredcos_cap_v2"])
@pytest.mark.parametrize("zero_snr", [False, True])
def test_betas_equal_those_of_diffusers(kind: str, zero_snr: bool) -> None:
    settings = {"beta_schedule": kind, "beta_start": 0.00085, "beta_end": 0.012, "rescale_betas_zero_snr": zero_snr}
    theirs = DDIMScheduler(**settings)
    config = ScheduleConfig(**settings)
    assert torch.allclose(betas(config), theirs.betas, rtol=1e-5, atol=1e-8)
    assert torch.allclose(alphas_cumprod(config), theirs.alphas_cumprod, rtol=1e-4, atol=1e-7)


def test_stable_diffusion_ends_with_a_trace_of_the_picture_and_zero_terminal_snr_with_none() -> None:
    config = ScheduleConfig.from_dict(STABLE_DIFFUSION)
    assert float(alphas_cumprod(config)[-1].sqrt()) == pytest.approx(0.0683, abs=1e-4)  # Lin et al. 2024, section 3.1
    zero = ScheduleConfig.from_dict({**STABLE_DIFFUSION, "rescale_betas_zero_snr": True})
    assert float(alphas_cumprod(zero)[-1]) == 0
    assert float(alphas_cumprod(zero)[0]) == pytest.approx(float(alphas_cumprod(config)[0]))
    assert np.isfinite(training_sigmas(alphas_cumprod(zero))).all()


@pytest.mark.parametrize(  # table 2 of Lin et al. 2024, less one as timesteps count from 0 here
    ("spacing", "expected"),
    [
        ("leading", [801, 601, 401, 201, 1]),
        ("linspace", [999, 749, 500, 250, 0]),
        ("trailing", [999, 799, 599, 399, 199]),
    ],
)
def test_spacings_are_those_of_the_paper(spacing: str, expected: list[int]) -> None:
    config = ScheduleConfig(timestep_spacing=spacing, steps_offset=1)
    assert spaced_timesteps(config, 5).tolist() == expected


def test_a_timestep_never_leaves_the_schedule() -> None:
    config = ScheduleConfig(timestep_spacing="leading", steps_offset=1)
    assert spaced_timesteps(config, 1000).max() == 999


def test_sigmas_lead_back_to_their_timesteps() -> None:
    sigmas = training_sigmas(alphas_cumprod(ScheduleConfig.from_dict(STABLE_DIFFUSION)))
    assert sigma_to_timestep(sigmas, sigmas) == pytest.approx(np.arange(1000))
    between = np.sqrt(sigmas[10] * sigmas[11])
    assert sigma_to_timestep(np.array([between]), sigmas) == pytest.approx([10.5], abs=1e-3)


def test_every_sigma_spacing_runs_from_high_to_low() -> None:
    for name in ("use_karras_sigmas", "use_exponential_sigmas", "use_beta_sigmas", "use_lu_lambdas"):
        sigmas = sigma_schedule(ScheduleConfig(**{name: True}), 12, 14.6, 0.03)
        assert sigmas is not None
        assert sigmas[[0, -1]] == pytest.approx([14.6, 0.03])
        assert (np.diff(sigmas) < 0).all()
    assert sigma_schedule(ScheduleConfig(), 12, 14.6, 0.03) is None


def test_beta_spacing_follows_the_beta_distribution() -> None:
    sigmas = sigma_schedule(ScheduleConfig(use_beta_sigmas=True), 33, 1.0, 0.0)
    assert sigmas is not None
    assert sigmas == pytest.approx(beta_distribution.ppf(np.linspace(1, 0, 33), 0.6, 0.6), abs=1e-9)


def test_what_a_file_leaves_out_or_adds_does_no_harm() -> None:
    said = {"_class_name": "PNDMScheduler", "_diffusers_version": "0.6.0", "trained_betas": None}
    assert ScheduleConfig.from_dict(said) == ScheduleConfig()


@pytest.mark.parametrize(
    ("setting", "value"), [("use_flow_sigmas", True), ("timestep_type", "continuous"), ("variance_type", "learned")]
)
def test_settings_that_nobody_follows_are_named(setting: str, value: object) -> None:
    with pytest.raises(RequestError, match=f"{setting}={value!r} are not supported"):
        ScheduleConfig.from_dict({setting: value})
