"""Every sampler takes the same steps as its diffusers counterpart, and a run can be saved and resumed."""

from __future__ import annotations

import inspect
from itertools import product
from typing import Any

import diffusers
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import Tensor

from sd_models.errors import RequestError
from sd_models.sampler_names import SAMPLER_NAMES
from sd_models.samplers import SAMPLERS, Sampler, State, make_sampler, sampler_for_scheduler
from sd_models.schedule import STABLE_DIFFUSION

BETAS = {"beta_start": 0.00085, "beta_end": 0.012, "beta_schedule": "scaled_linear", "clip_sample": False}
SPACINGS = ("leading", "trailing", "linspace")
PREDICTIONS = ("epsilon", "v_prediction", "sample")
FINAL_ERROR = 3e-5
"""As a part of the largest value. Both run in float32; LMS sums large coefficients of either sign."""


def counterpart(name: str, schedule: dict[str, Any]) -> Any:
    """The diffusers scheduler of the same algorithm, on the same schedule."""
    kind = getattr(diffusers, SAMPLERS[name].scheduler)
    takes = inspect.signature(kind.__init__).parameters
    return kind(**{key: value for key, value in {**schedule, **SAMPLERS[name].fixed}.items() if key in takes})


def model(x: Tensor, timestep: Any) -> Tensor:
    """Stands for the UNet: bounded, different at every timestep, mixing channels."""
    return torch.tanh(x.roll(1, dims=1) * 0.7 - x * 0.2 + float(timestep) / 1000)


def worst_difference(name: str, schedule: dict[str, Any], steps: int, begin: int = 0) -> float:
    """Both walk from the same latents with the same noise; the largest difference at any step, relative."""
    ours, theirs = make_sampler(name, schedule, steps), counterpart(name, schedule)
    theirs.set_timesteps(steps)
    assert ours.timesteps.tolist() == pytest.approx(theirs.timesteps.tolist(), abs=2e-4)
    if hasattr(theirs, "sigmas"):
        assert torch.allclose(ours.sigmas, theirs.sigmas, rtol=1e-5)
    assert ours.init_noise_sigma == pytest.approx(float(theirs.init_noise_sigma))
    draw = torch.Generator().manual_seed(0)
    picture, noise = (torch.randn((2, 4, 6, 5), generator=draw) for _ in range(2))
    begin *= ours.evaluations
    looked_up = int((theirs.timesteps == theirs.timesteps[begin]).sum())
    if hasattr(theirs, "set_begin_index") and (begin or looked_up > 1):  # of two alike, diffusers finds the second
        theirs.set_begin_index(begin)
    if begin:
        x = theirs.add_noise(picture, noise, theirs.timesteps[begin : begin + 1])
        state = State(begin, ours.add_noise(picture, noise, begin), begin)
    else:
        x = noise * theirs.init_noise_sigma
        state = State(0, noise * ours.init_noise_sigma)
    our_noise, their_noise = torch.Generator().manual_seed(1), torch.Generator().manual_seed(1)
    draws = {"generator": their_noise} if "generator" in inspect.signature(theirs.step).parameters else {}
    worst = 0.0
    for timestep in theirs.timesteps[begin:]:
        x = theirs.step(model(theirs.scale_model_input(x, timestep), timestep), timestep, x, **draws).prev_sample
        state = step(ours, state, our_noise)
        worst = max(worst, float((state.latents - x).abs().max() / x.abs().max()))
    assert state.index == len(ours.timesteps)
    assert torch.isfinite(x).all()
    return worst


def step(sampler: Sampler, state: State, noise: torch.Generator) -> State:
    seen = sampler.scale_model_input(state.latents, state.index)
    output = model(seen, sampler.timesteps[state.index])
    return sampler.step(state, output, lambda: torch.randn(state.latents.shape, generator=noise))


@pytest.mark.parametrize("spacing", SPACINGS)
@pytest.mark.parametrize(
    ("name", "prediction"),
    [
        pytest.param(name, prediction, marks=[pytest.mark.slow] if prediction != "epsilon" else [])
        for name, prediction in product(SAMPLERS, PREDICTIONS)
        if prediction != "sample" or name not in ("pndm", "euler_a")  # diffusers has no such schedulers
    ],
)
def test_equals_diffusers_step_by_step(name: str, spacing: str, prediction: str) -> None:
    schedule = {
        **BETAS,
        "timestep_spacing": spacing,
        "prediction_type": prediction,
        "steps_offset": 1,
        "skip_prk_steps": True,
    }
    for steps in (1, 4, 20, 50):
        assert worst_difference(name, schedule, steps) < FINAL_ERROR, steps


@pytest.mark.parametrize("spacing", SPACINGS)
@pytest.mark.parametrize("name", SAMPLERS)
def test_equals_diffusers_at_zero_terminal_snr(name: str, spacing: str) -> None:
    schedule = {**BETAS, "timestep_spacing": spacing, "prediction_type": "v_prediction", "rescale_betas_zero_snr": True}
    if not SAMPLERS[name].allows_zero_terminal_snr:
        with pytest.raises(RequestError, match=f"{name} does not work with this model's schedule"):
            make_sampler(name, schedule, 4)
        return
    for steps in (1, 4, 20):
        assert worst_difference(name, schedule, steps) < FINAL_ERROR, steps


@pytest.mark.parametrize(
    "settings",
    [
        {"use_karras_sigmas": True},
        {"use_exponential_sigmas": True},
        {"use_beta_sigmas": True},
        {"use_lu_lambdas": True},
        {"final_sigmas_type": "sigma_min"},
        {"lower_order_final": False, "final_sigmas_type": "sigma_min"},
        {"set_alpha_to_one": False},
        {"clip_sample": True},
        {"skip_prk_steps": False},
        {"beta_schedule": "squaredcos_cap_v2", "lambda_min_clipped": -5.1, "timestep_spacing": "leading"},
        {"beta_schedule": "linear", "beta_start": 0.0001, "beta_end": 0.02},
        {"trained_betas": [0.001 + 0.00001 * step for step in range(1000)]},
    ],
    ids=lambda settings: "-".join(settings),
)
@pytest.mark.slow
@pytest.mark.parametrize("name", SAMPLERS)
def test_follows_every_setting_of_a_scheduler_config_as_diffusers_does(name: str, settings: dict[str, Any]) -> None:
    schedule = {**BETAS, "prediction_type": "epsilon", "timestep_spacing": "linspace", **settings}
    if name == "dpmpp_2m_karras" and {"use_exponential_sigmas", "use_beta_sigmas", "use_lu_lambdas"} & set(settings):
        with pytest.raises(RequestError, match="exclude each other"):
            make_sampler(name, schedule, 10)
        return
    assert worst_difference(name, schedule, 20) < FINAL_ERROR


@pytest.mark.parametrize("order", [1, 2, 3])
def test_unipc_of_each_order_equals_diffusers(order: int) -> None:
    schedule = {**BETAS, "prediction_type": "epsilon", "solver_order": order}
    assert worst_difference("unipc", schedule, 12) < FINAL_ERROR


@pytest.mark.parametrize("name", SAMPLERS)
def test_equals_diffusers_when_a_run_starts_from_a_picture(name: str) -> None:
    schedule = {**BETAS, "prediction_type": "epsilon", "steps_offset": 1, "skip_prk_steps": True}
    for begin in (1, 4, 9):
        assert worst_difference(name, schedule, 10, begin) < FINAL_ERROR


LINEAR = {"beta_start": 0.0001, "beta_end": 0.02, "beta_schedule": "linear"}
LONG = {**LINEAR, "num_train_timesteps": 1100, "timestep_spacing": "linspace"}
CLIPPED = {**LINEAR, "clip_sample": True}
UNIPC = {**LINEAR, "final_sigmas_type": "sigma_min", "timestep_spacing": "linspace"}
V = {"prediction_type": "v_prediction"}

# Sums and means of absolute values at the end of full loops, as diffusers publishes them in its tests/schedulers.
PUBLISHED: list[tuple[str, dict[str, Any], int, float | None, float]] = [
    ("ddpm", CLIPPED, 1000, 258.9606, 0.3372),
    ("ddpm", {**CLIPPED, **V}, 1000, 202.0296, 0.2631),
    ("ddim", CLIPPED, 10, 172.0067, 0.223967),
    ("ddim", {**CLIPPED, **V}, 10, 52.5302, 0.0684),
    ("ddim", {**CLIPPED, "beta_start": 0.01, "set_alpha_to_one": True}, 10, 149.8295, 0.1951),
    ("ddim", {**CLIPPED, "beta_start": 0.01, "set_alpha_to_one": False}, 10, 149.0784, 0.1941),
    ("pndm", LINEAR, 10, 198.1318, 0.2580),
    ("pndm", {**LINEAR, **V}, 10, 67.3986, 0.0878),
    ("pndm", {**LINEAR, "beta_start": 0.01, "set_alpha_to_one": True}, 10, 230.0399, 0.2995),
    ("pndm", {**LINEAR, "beta_start": 0.01, "set_alpha_to_one": False}, 10, 186.9482, 0.2434),
    ("euler", LONG, 10, 10.0807, 0.0131),
    ("euler", {**LONG, "use_karras_sigmas": True}, 10, 124.52299499511719, 0.16213932633399963),
    ("euler_a", LONG, 10, 152.3192, 0.1983),
    ("euler_a", {**LONG, **V}, 10, 108.4439, 0.1412),
    ("heun", LONG, 10, 0.1233, 0.0002),
    ("lms", LONG, 10, 1006.388, 1.31),
    ("lms", {**LONG, "use_karras_sigmas": True}, 10, 3812.9927, 4.9648),
    ("unipc", UNIPC, 10, None, 0.2464),
    ("unipc", {**UNIPC, "use_karras_sigmas": True}, 10, None, 0.2925),
    ("unipc", {**UNIPC, **V}, 10, None, 0.1014),
    ("unipc", {**UNIPC, **V, "use_karras_sigmas": True}, 10, None, 0.1966),
    ("lcm", BETAS, 1, 18.7097, 0.0244),
    ("lcm", BETAS, 10, 197.7616, 0.2575),
]


@pytest.mark.parametrize(("name", "schedule", "steps", "total", "mean"), PUBLISHED)
def test_reaches_the_figures_that_diffusers_publishes(
    name: str, schedule: dict[str, Any], steps: int, total: float | None, mean: float
) -> None:
    sampler = make_sampler(name, schedule, steps)
    noise = torch.Generator().manual_seed(0)
    ramp = torch.arange(768).reshape(3, 8, 8, 4).permute(3, 0, 1, 2) / 768  # counted through the batch first
    state = State(0, ramp * sampler.init_noise_sigma)
    while state.index < len(sampler.timesteps):
        # these loops hand the scaled latents on to the step
        seen = sampler.scale_model_input(state.latents, state.index)
        timestep = float(sampler.timesteps[state.index])
        state = State(state.index, seen, state.begin, state.history, state.held)
        output = seen * timestep / (timestep + 1)
        state = sampler.step(state, output, lambda: torch.randn(ramp.shape, generator=noise))
    if total is not None:
        assert float(state.latents.abs().sum()) == pytest.approx(total, abs=1e-2)
    assert float(state.latents.abs().mean()) == pytest.approx(mean, abs=1e-3)


@pytest.mark.parametrize("name", SAMPLERS)
def test_a_run_that_was_saved_after_any_step_goes_on_as_if_it_had_not_been(name: str) -> None:
    sampler = make_sampler(name, STABLE_DIFFUSION, 6)
    draw = torch.Generator().manual_seed(3)
    start = State(0, torch.randn((1, 4, 5, 5), generator=draw) * sampler.init_noise_sigma)
    noise = torch.Generator().manual_seed(4)
    uninterrupted = start
    saved = []
    while uninterrupted.index < len(sampler.timesteps):
        uninterrupted = step(sampler, uninterrupted, noise)
        saved.append((uninterrupted.to_tensors(), noise.get_state()))
    for tensors, noise_state in saved[:-1]:
        state = State.from_tensors(tensors)
        noise.set_state(noise_state)
        while state.index < len(sampler.timesteps):
            state = step(sampler, state, noise)
        assert torch.equal(state.latents, uninterrupted.latents)


def test_a_step_leaves_what_the_caller_holds_alone() -> None:
    for name in SAMPLERS:
        sampler = make_sampler(name, STABLE_DIFFUSION, 6)
        state = State(0, torch.ones((1, 4, 5, 5)))
        for _ in range(3):
            before = {key: tensor.clone() for key, tensor in state.to_tensors().items()}
            after = step(sampler, state, torch.Generator())
            assert all(torch.equal(tensor, before[key]) for key, tensor in state.to_tensors().items()), name
            state = after


@given(
    name=st.sampled_from(sorted(SAMPLERS)),
    steps=st.integers(1, 50),
    spacing=st.sampled_from(SPACINGS),
    offset=st.integers(0, 1),
)
def test_timesteps_fall_within_the_schedule_and_noise_falls_with_them(
    name: str, steps: int, spacing: str, offset: int
) -> None:
    schedule = {**STABLE_DIFFUSION, "timestep_spacing": spacing, "steps_offset": offset}
    sampler = make_sampler(name, schedule, steps)
    timesteps = sampler.timesteps.tolist()
    assert len(timesteps) >= steps
    assert all(0 <= timestep <= 999 for timestep in timesteps)
    assert timesteps == sorted(timesteps, reverse=True)
    assert torch.all(sampler.sigmas.diff() <= 0)
    assert len(sampler.sigmas) == len(timesteps) + 1


@pytest.mark.parametrize(
    ("name", "schedule", "steps", "complaint"),
    [
        ("dpm++", {}, 20, "there is no sampler 'dpm\\+\\+': choose from ddpm, ddim"),
        ("ddim", {}, 0, "0 steps cannot be drawn: choose 1 to 1000"),
        ("ddim", {}, -3, "-3 steps"),
        ("ddim", {}, 1001, "1001 steps"),
        ("lcm", {}, 51, "51 steps are too many for lcm on this model: choose 1 to 50"),
        ("pndm", {"skip_prk_steps": False}, 3, "choose 4 steps or more"),
        ("ddim", {"prediction_type": "flow"}, 20, "prediction_type='flow' is unknown"),
        ("ddim", {"beta_schedule": "quadratic"}, 20, "beta_schedule='quadratic' is unknown"),
        ("ddim", {"thresholding": True}, 20, "thresholding=True are not supported"),
        ("euler", {"use_karras_sigmas": True, "use_beta_sigmas": True}, 20, "exclude each other"),
        ("ddim", {"rescale_betas_zero_snr": True, "timestep_spacing": "trailing"}, 20, "cannot start at zero terminal"),
    ],
)
def test_refuses_in_one_line(name: str, schedule: dict[str, Any], steps: int, complaint: str) -> None:
    with pytest.raises(RequestError, match=complaint) as refusal:
        make_sampler(name, {**STABLE_DIFFUSION, **schedule}, steps)
    assert "\n" not in str(refusal.value)


def test_an_override_that_no_schedule_has_is_refused() -> None:
    with pytest.raises(RequestError, match="no schedule has a setting 'steps_ofset'"):
        make_sampler("ddim", STABLE_DIFFUSION, 20, {"steps_ofset": 1})


def test_every_scheduler_class_is_recognised() -> None:
    for name, kind in SAMPLERS.items():
        assert sampler_for_scheduler(kind.scheduler) == name.removesuffix("_karras")
    assert sampler_for_scheduler("KDPM2DiscreteScheduler") == "dpmpp_2m"
    assert sampler_for_scheduler(None) == "dpmpp_2m"


def test_the_names_that_are_offered_without_torch_are_the_samplers() -> None:
    assert tuple(SAMPLERS) == SAMPLER_NAMES
