"""An engine for tests of the app that really draws, in an instant or as slowly as a test wants: bands of colour that
follow from the prompt and the seed. It is offered as other packages offer theirs, by an entry point."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from PIL import Image

from sd_models.engines import Drawn, DrawRequest, Step

__all__ = ["QuickEngine", "install"]


class QuickEngine:
    """QUICK_SECONDS in the environment is how long a step takes."""

    name, model, revision = "quick", "storybook", "1"

    def __init__(self, model: str, dtype: str = "auto", device: str = "auto") -> None:
        self.model = model

    def draw(self, requests: Sequence[DrawRequest], pictures: Callable[[str], Image.Image]) -> Iterator[Step | Drawn]:
        images = [self._picture(request) for request in requests]
        for index in range(1, requests[0].steps + 1):
            time.sleep(float(os.environ.get("QUICK_SECONDS", "0.01")))
            yield Step(index, requests[0].steps, lambda: [image.copy() for image in images])
        for number, image in enumerate(images):
            yield Drawn(number, image, {"engine": "quick"})

    @staticmethod
    def _picture(request: DrawRequest) -> Image.Image:
        shades = hashlib.sha256(f"{request.prompt}:{request.seed}".encode()).digest()
        bands = Image.frombytes("RGB", (3, 3), shades[:27])
        return bands.resize((request.width, request.height), Image.Resampling.BICUBIC)


def install(folder: Path) -> None:
    """Makes a folder which, on PYTHONPATH, offers this engine under the name `quick`."""
    about = folder / "quick_engine-1.dist-info"
    about.mkdir(parents=True, exist_ok=True)
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: quick-engine\nVersion: 1\n")
    (about / "entry_points.txt").write_text("[taleboard.engines]\nquick = tests.ui.browser.quick:QuickEngine\n")
