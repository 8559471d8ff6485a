"""A small engine that really draws something: flat pictures whose colour follows from the request, in a few steps. For
tests of what surrounds an engine (queue, worker, studio); the real engines have tests of their own."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from PIL import Image

from db.board import Board, Drawing, Scene
from sd_models.engines import Drawn, DrawRequest, Step
from sd_models.errors import DrawingError, OutOfMemoryError

__all__ = ["ToyEngine", "toy_board"]


def colour(request: DrawRequest) -> tuple[int, int, int]:
    """What a request's picture looks like."""
    red, green, blue = hashlib.sha256(f"{request.prompt}:{request.seed}".encode()).digest()[:3]
    return red, green, blue


class ToyEngine:
    """`batches` records how many panels each batch had. It fits `fits` panels at once; a prompt with the word
    "impossible" cannot be drawn."""

    name, model, revision = "toy", "toy", "1"

    def __init__(self, seconds_a_step: float = 0.0, fits: int = 100) -> None:
        self.seconds_a_step = seconds_a_step
        self.fits = fits
        self.batches: list[int] = []

    def draw(self, requests: Sequence[DrawRequest], pictures: Callable[[str], Image.Image]) -> Iterator[Step | Drawn]:
        self.batches.append(len(requests))
        if len(requests) > self.fits:
            raise OutOfMemoryError(f"{len(requests)} panels do not fit")
        for request in requests:
            if "impossible" in request.prompt:
                raise DrawingError("the latents became NaN; try another sampler")
            if request.source is not None:
                pictures(request.source)
        images = [Image.new("RGB", (request.width, request.height), colour(request)) for request in requests]
        for index in range(1, requests[0].steps + 1):
            time.sleep(self.seconds_a_step)
            yield Step(index, requests[0].steps, lambda: [image.copy() for image in images])
        for number, image in enumerate(images):
            yield Drawn(number, image, {"toy": True})


def toy_board(panels: int = 4, steps: int = 3, prompt: str = "a fox") -> Board:
    """A board that the toy engine draws; scene n has seed n."""
    scenes = tuple(
        Scene(id=f"s{number}", text=f"Scene {number}.", prompt=f"{prompt} {number}", seed=number)
        for number in range(1, panels + 1)
    )
    return replace(Board(), drawing=Drawing("toy", "toy/toy", "ddim", steps, 1.0, (64, 40)), scenes=scenes)
