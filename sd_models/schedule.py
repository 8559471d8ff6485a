"""The noise schedule: how much noise each training timestep has, and which timesteps a run of few steps visits.

Training (Ho et al., "Denoising Diffusion Probabilistic Models", 2020, eq. 4) mixes a picture x_0 with noise ε:

    x_t = √ᾱ_t · x_0 + √(1 − ᾱ_t) · ε,        ᾱ_t = ∏ (1 − β_s) for s ≤ t,        t = 0 … T − 1

`alphas_cumprod` is the table of ᾱ. Samplers that follow Karras et al. (2022) measure noise against a picture of scale
one instead: σ_t = √((1 − ᾱ_t) / ᾱ_t). `ScheduleConfig` holds what a model folder's `scheduler_config.json` says.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import torch
from torch import Tensor

from sd_models.errors import RequestError

__all__ = [
    "STABLE_DIFFUSION",
    "ScheduleConfig",
    "alphas_cumprod",
    "betas",
    "sigma_schedule",
    "sigma_to_timestep",
    "spaced_timesteps",
    "training_sigmas",
    "zero_terminal_snr",
]

Array = np.ndarray[Any, np.dtype[Any]]

# Settings that would change the mathematics and that no sampler here follows: naming another value is refused.
ONLY: dict[str, object] = {
    "thresholding": False,
    "use_flow_sigmas": False,
    "timestep_type": "discrete",
    "interpolation_type": "linear",
    "variance_type": "fixed_small",
}
CHOICES: dict[str, tuple[str, ...]] = {
    "beta_schedule": ("linear", "scaled_linear", "squaredcos_cap_v2"),
    "prediction_type": ("epsilon", "v_prediction", "sample"),
    "timestep_spacing": ("leading", "trailing", "linspace"),
    "final_sigmas_type": ("zero", "sigma_min"),
}


@dataclass(frozen=True, kw_only=True)
class ScheduleConfig:
    """A noise schedule and how samplers walk it; the names are those of `scheduler_config.json`."""

    num_train_timesteps: int = 1000
    beta_start: float = 0.0001
    beta_end: float = 0.02
    beta_schedule: str = "linear"
    trained_betas: tuple[float, ...] | None = None
    rescale_betas_zero_snr: bool = False
    prediction_type: str = "epsilon"
    timestep_spacing: str = "leading"
    steps_offset: int = 0
    clip_sample: bool = False
    clip_sample_range: float = 1.0
    set_alpha_to_one: bool = True
    skip_prk_steps: bool = False
    use_karras_sigmas: bool = False
    use_exponential_sigmas: bool = False
    use_beta_sigmas: bool = False
    use_lu_lambdas: bool = False
    final_sigmas_type: str = "zero"
    lower_order_final: bool = True
    lambda_min_clipped: float = -math.inf
    solver_order: int = 2
    original_inference_steps: int = 50
    timestep_scaling: float = 10.0

    def __post_init__(self) -> None:
        for name, choices in CHOICES.items():
            if getattr(self, name) not in choices:
                raise RequestError(f"{name}={getattr(self, name)!r} is unknown: choose from {', '.join(choices)}")
        spacings = ("use_karras_sigmas", "use_exponential_sigmas", "use_beta_sigmas", "use_lu_lambdas")
        if sum(bool(getattr(self, name)) for name in spacings) > 1:
            raise RequestError(f"choose one of {', '.join(spacings)}: they exclude each other")

    @classmethod
    def from_dict(cls, value: Mapping[str, Any], *, strict: bool = False) -> Self:
        """The schedule that `scheduler_config.json` says. Keys of other schedulers are passed over unless `strict`.
        Raises RequestError where it asks for something that no sampler here follows."""
        names = {field.name for field in dataclasses.fields(cls)}
        for name, only in ONLY.items():
            if value.get(name) not in (None, only):
                raise RequestError(f"schedules with {name}={value[name]!r} are not supported, only {only!r}")
        unknown = sorted(set(value) - names - set(ONLY))
        if strict and unknown:
            raise RequestError(f"no schedule has a setting {unknown[0]!r}: choose from {', '.join(sorted(names))}")
        known = {name: item for name, item in value.items() if name in names and item is not None}
        if "trained_betas" in known:
            known["trained_betas"] = tuple(float(beta) for beta in known["trained_betas"])
        return cls(**known)


# What Stable Diffusion was trained with; single files in the original layout do not say it.
STABLE_DIFFUSION: Mapping[str, Any] = {
    "num_train_timesteps": 1000,
    "beta_start": 0.00085,
    "beta_end": 0.012,
    "beta_schedule": "scaled_linear",
    "steps_offset": 1,
    "clip_sample": False,
    "set_alpha_to_one": False,
    "skip_prk_steps": True,
}


def betas(config: ScheduleConfig) -> Tensor:
    """β_t, the variance of the noise that training step t adds. Shape (T,), float32."""
    steps = config.num_train_timesteps
    if config.trained_betas is not None:
        values = torch.tensor(config.trained_betas, dtype=torch.float32)
    elif config.beta_schedule == "linear":  # Ho et al. 2020, section 4
        values = torch.linspace(config.beta_start, config.beta_end, steps, dtype=torch.float32)
    elif config.beta_schedule == "scaled_linear":  # Rombach et al. 2022: linear in √β
        values = torch.linspace(config.beta_start**0.5, config.beta_end**0.5, steps, dtype=torch.float32) ** 2
    else:  # Nichol & Dhariwal 2021, eq. 17

        def alpha_bar(time: float) -> float:
            return math.cos((time + 0.008) / 1.008 * math.pi / 2) ** 2

        ratios = (alpha_bar((step + 1) / steps) / alpha_bar(step / steps) for step in range(steps))
        values = torch.tensor([min(1 - ratio, 0.999) for ratio in ratios], dtype=torch.float32)
    return zero_terminal_snr(values) if config.rescale_betas_zero_snr else values


def zero_terminal_snr(values: Tensor) -> Tensor:
    """β rescaled so that the last timestep holds no trace of the picture (ᾱ = 0), which lets a model draw very dark and
    very bright pictures. Lin et al., "Common Diffusion Noise Schedules and Sample Steps are Flawed" (2024), alg. 1."""
    root = torch.cumprod(1 - values, dim=0).sqrt()
    root = (root - root[-1]) * (root[0] / (root[0] - root[-1]))
    alpha_bar = root**2
    return 1 - torch.cat([alpha_bar[:1], alpha_bar[1:] / alpha_bar[:-1]])


def alphas_cumprod(config: ScheduleConfig) -> Tensor:
    """ᾱ_t: what is left of the picture's variance after training step t. Shape (T,), float32, falling."""
    return torch.cumprod(1 - betas(config), dim=0)


def training_sigmas(alpha_bar: Tensor) -> Array:
    """σ_t = √((1 − ᾱ_t) / ᾱ_t) of every training timestep, rising. Where ᾱ is zero at the last one (zero terminal SNR)
    it is taken as 2⁻²⁴ so that σ stays finite. Shape (T,), float32."""
    alpha_bar = alpha_bar.clone()
    if alpha_bar[-1] == 0:
        alpha_bar[-1] = 2**-24
    return np.array(((1 - alpha_bar) / alpha_bar) ** 0.5)


def spaced_timesteps(
    config: ScheduleConfig, steps: int, *, points: int | None = None, last: int | None = None, whole: bool = True
) -> Array:
    """The `steps` training timesteps that a run visits, falling (Lin et al., table 2).

    | spacing  | rule, for T = 1000, 10 steps                                      |
    |----------|-------------------------------------------------------------------|
    | leading  | multiples of T // steps, plus `steps_offset`: 901, 801, …, 1      |
    | trailing | T, T − T/steps, …, less one: 999, 899, …, 99                      |
    | linspace | evenly from T − 1 down to 0, rounded if `whole`: 999, 888, …, 0   |

    DPM-Solver++ and UniPC divide into `points` = steps + 1 and leave the smallest out; `last` replaces T where the
    noisiest timesteps are clipped away. Shape (steps,), int64 if `whole`, else float32."""
    total = config.num_train_timesteps
    last, points = last or total, points or steps
    if config.timestep_spacing == "linspace":
        values = np.linspace(0, last - 1, points, dtype=np.float64 if whole else np.float32)
        values = (values.round() if whole else values)[::-1][:steps]
    elif config.timestep_spacing == "leading":
        values = (np.arange(points) * (last // points))[::-1][:steps] + config.steps_offset
    else:
        values = np.arange(last, 0, -total / steps).round()[:steps] - 1
    return np.minimum(values, total - 1).astype(np.int64 if whole else np.float32)


def sigma_schedule(config: ScheduleConfig, steps: int, high: float, low: float) -> Array | None:
    """σ from `high` down to `low` in `steps` values, where the schedule asks for a spacing of its own; else None.
    Karras et al. 2022, eq. 5 (ρ = 7); exponential; the beta distribution's quantiles (Lee et al., "Beta Sampling is
    All You Need", 2024, α = β = 0.6); or evenly in log-SNR (Lu et al., DPM-Solver, section 3). Shape (steps,)."""
    ramp = np.linspace(0, 1, steps)
    if config.use_karras_sigmas:
        rho = 7.0
        return np.asarray((high ** (1 / rho) + ramp * (low ** (1 / rho) - high ** (1 / rho))) ** rho)
    if config.use_exponential_sigmas or config.use_lu_lambdas:  # log σ = −λ, so these two are one
        return np.exp(np.linspace(math.log(high), math.log(low), steps))
    if config.use_beta_sigmas:
        return np.array([low + _beta_quantile(1 - time) * (high - low) for time in ramp])
    return None


def sigma_to_timestep(sigma: Array, training: Array) -> Array:
    """The (fractional) training timesteps whose noise is `sigma`, interpolated in log σ. Same shape as `sigma`."""
    log_training = np.log(training)
    return np.interp(np.log(np.maximum(sigma, 1e-10)), log_training, np.arange(len(training)))


def _beta_quantile(probability: float, shape: float = 0.6) -> float:
    """The x at which the symmetric beta distribution Beta(shape, shape) has accumulated `probability`."""
    if probability > 0.5:
        return 1.0 - _beta_quantile(1.0 - probability, shape)
    complete = math.gamma(shape) ** 2 / math.gamma(2 * shape)

    def cumulative(x: float) -> float:  # series of the incomplete beta function; x ≤ 1/2, so 64 terms are exact
        term, total = 1.0, 0.0
        for n in range(64):
            total += term / (shape + n)
            term *= (n + 1 - shape) / (n + 1) * x
        return float(x**shape * total / complete)

    low, high = 0.0, 0.5
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if cumulative(middle) < probability else (low, middle)
    return (low + high) / 2
