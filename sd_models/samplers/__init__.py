"""Samplers: the ways of walking from noise to a picture. One file each, named after its paper's algorithm.

| name              | algorithm                                   | noise while it runs | evaluations a step |
|-------------------|---------------------------------------------|---------------------|--------------------|
| `ddpm`            | Ho et al. 2020, algorithm 2                 | every step          | 1                  |
| `ddim`            | Song et al. 2021, eq. 12, σ = 0             | none                | 1                  |
| `pndm`            | Liu et al. 2022, algorithm 2 (F-PNDM, PLMS) | none                | 1 (starts with more) |
| `euler`           | Karras et al. 2022, algorithm 1, first half | none                | 1                  |
| `euler_a`         | ancestral Euler (k-diffusion)               | every step          | 1                  |
| `heun`            | Karras et al. 2022, algorithm 1             | none                | 2                  |
| `lms`             | Adams-Bashforth (k-diffusion)               | none                | 1                  |
| `dpmpp_2m`        | Lu et al. 2022b, algorithm 2                | none                | 1                  |
| `dpmpp_2m_karras` | the same on Karras' σ                       | none                | 1                  |
| `unipc`           | Zhao et al. 2023, algorithms 1 and 2        | none                | 1                  |
| `lcm`             | Luo et al. 2023, algorithm 3                | all but the last    | 1                  |

A run, which `StableDiffusion.generate_steps` is in full:

    state = State(0, noise * sampler.init_noise_sigma)
    while state.index < len(sampler.timesteps):
        output = model(sampler.scale_model_input(state.latents, state.index), sampler.timesteps[state.index])
        state = sampler.step(state, output, draw)
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sd_models.errors import RequestError
from sd_models.samplers.base import Noise, Sampler, State
from sd_models.samplers.ddim import DDIM
from sd_models.samplers.ddpm import DDPM
from sd_models.samplers.dpmpp import DPMSolverPP2M, DPMSolverPP2MKarras
from sd_models.samplers.euler import Euler, EulerAncestral
from sd_models.samplers.heun import Heun
from sd_models.samplers.lcm import LCM
from sd_models.samplers.lms import LMS
from sd_models.samplers.pndm import PNDM
from sd_models.samplers.unipc import UniPC
from sd_models.schedule import ScheduleConfig

__all__ = ["SAMPLERS", "Noise", "Sampler", "State", "make_sampler", "sampler_for_scheduler"]

SAMPLERS: dict[str, type[Sampler]] = {
    kind.name: kind
    for kind in (DDPM, DDIM, PNDM, Euler, EulerAncestral, Heun, LMS, DPMSolverPP2M, DPMSolverPP2MKarras, UniPC, LCM)
}

SCHEDULE_SETTINGS = frozenset(
    {
        "num_train_timesteps",
        "beta_start",
        "beta_end",
        "beta_schedule",
        "trained_betas",
        "rescale_betas_zero_snr",
        "prediction_type",
        "timestep_spacing",
        "steps_offset",
    }
)
"""What every sampler heeds; `Sampler.reads` names the rest."""


def make_sampler(
    name: str, schedule: Mapping[str, Any], num_inference_steps: int, overrides: Mapping[str, Any] | None = None
) -> Sampler:
    """The sampler of this name on a model's schedule.

    `schedule` is the content of scheduler_config.json, whatever scheduler it was written for: settings that this
    sampler does not heed are passed over, and missing ones have the sampler's own defaults. `overrides` come on top and
    must be settings that exist. Raises RequestError for an unknown sampler, a number of steps out of range, or a
    schedule that the sampler does not work with."""
    kind = SAMPLERS.get(name)
    if kind is None:
        raise RequestError(f"there is no sampler {name!r}: choose from {', '.join(SAMPLERS)}")
    ScheduleConfig.from_dict(overrides or {}, strict=True)
    said = {setting: value for setting, value in {**schedule, **(overrides or {})}.items() if value is not None}
    heeded = SCHEDULE_SETTINGS | kind.reads
    told = {setting: value for setting, value in said.items() if setting in heeded}
    config = ScheduleConfig.from_dict({**kind.defaults, **told, **kind.fixed})
    return kind(config, num_inference_steps)


def sampler_for_scheduler(class_name: str | None, default: str = "dpmpp_2m") -> str:
    """The sampler that a scheduler_config.json's `_class_name` means, or `default` where there is none."""
    return next((kind.name for kind in SAMPLERS.values() if kind.scheduler == class_name), default)
