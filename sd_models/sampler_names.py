"""The samplers by name, for whoever offers them without loading torch; `sd_models.samplers` has them themselves."""

from __future__ import annotations

__all__ = ["SAMPLER_NAMES"]

SAMPLER_NAMES = (
    *("ddpm", "ddim", "pndm", "euler", "euler_a", "heun", "lms"),
    *("dpmpp_2m", "dpmpp_2m_karras", "unipc", "lcm"),
)
