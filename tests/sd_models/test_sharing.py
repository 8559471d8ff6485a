"""Panels that share the anchor's self-attention: reproducible, the same in both engines, and off when it is off."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from sd_models.engines import Anchor, Drawn, DrawRequest, Engine
from sd_models.engines.loading import load_engine
from sd_models.errors import RequestError

ANCHOR = Anchor("a fox in a red scarf", "", 1)


@pytest.fixture(scope="module", params=["scratch", "diffusers"])
def engine(request: Any, reference_folder: Callable[[str], Path]) -> Engine:
    return load_engine(request.param, str(reference_folder("sd1")), "float32", "cpu")


def panel(seed: int, **changes: Any) -> DrawRequest:
    return DrawRequest(
        **{
            "engine": "scratch",
            "model": "m",
            "prompt": f"an owl in a wood, {seed}",
            "seed": seed,
            "steps": 3,
            "guidance": 3.0,
            "sampler": "ddim",
            "width": 64,
            "height": 64,
            **changes,
        }
    )


def draw(engine: Engine, *requests: DrawRequest) -> list[np.ndarray]:
    drawn = {event.index: event.image for event in engine.draw(requests, nothing) if isinstance(event, Drawn)}
    return [np.asarray(drawn[number]).astype(int) for number in range(len(requests))]


def nothing(sha256: str) -> Image.Image:
    raise AssertionError("no picture is asked for")


def shared(seed: int, strength: float = 0.5) -> DrawRequest:
    return panel(seed, anchor=ANCHOR, sharing=strength)


def difference(a: np.ndarray, b: np.ndarray) -> int:
    return int(np.abs(a - b).max())


def fraction(a: np.ndarray, b: np.ndarray) -> float:
    """How many of the colours differ."""
    return float((a != b).mean())


def test_sharing_changes_the_panel_and_no_strength_is_the_plain_model(engine: Engine) -> None:
    (plain,) = draw(engine, panel(5))
    (half,) = draw(engine, shared(5))
    (none,) = draw(engine, shared(5, 0.0))
    # The weights are random, so that attention matters little; rounding alone moves next to no pixel.
    assert fraction(plain, half) > 0.02
    assert fraction(plain, none) < 0.002


def test_a_panel_is_the_same_whatever_is_drawn_beside_it(engine: Engine) -> None:
    together = draw(engine, shared(5), shared(6), shared(7))
    for seed, image in zip((5, 6, 7), together, strict=True):
        assert fraction(draw(engine, shared(seed))[0], image) < 0.002


def test_sharing_leaves_nothing_behind(engine: Engine) -> None:
    (before,) = draw(engine, panel(5))
    draw(engine, shared(5))
    (after,) = draw(engine, panel(5))
    assert difference(before, after) == 0


def test_both_engines_share_alike(reference_folder: Callable[[str], Path]) -> None:
    images = [
        draw(load_engine(name, str(reference_folder("sd1")), "float32", "cpu"), shared(5), shared(6))
        for name in ("scratch", "diffusers")
    ]
    for ours, theirs in zip(*images, strict=True):
        assert difference(ours, theirs) <= 1
        assert fraction(ours, theirs) < 0.002


def test_a_picture_edit_shares_nothing(engine: Engine) -> None:
    with pytest.raises(RequestError, match="shares no anchor"):
        draw(engine, replace(shared(5), source="a" * 64, strength=0.5))
