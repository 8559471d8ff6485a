"""Stable Diffusion from scratch, in plain PyTorch: what draws. `README.md` beside this file is a guided tour.

Importing this package is cheap; torch is imported with the first name that needs it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sd_models.pipeline import StableDiffusion

__all__ = ["StableDiffusion"]


def __getattr__(name: str) -> Any:
    if name in __all__:
        from sd_models import pipeline

        return getattr(pipeline, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
