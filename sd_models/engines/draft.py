"""The engine `draft`: a panel's staging drawn as it is, by the picture world. No model, no torch."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from PIL import Image

from sd_models.engines import Drawn, DrawRequest, Step
from sd_models.errors import RequestError

__all__ = ["DraftEngine"]


class DraftEngine:
    """Draws the layout that a request carries, at any size and shape."""

    name = "draft"

    def __init__(self, model: str = "world") -> None:
        self.model = model
        self.revision = ""

    def draw(self, requests: Sequence[DrawRequest], pictures: Callable[[str], Image.Image]) -> Iterator[Step | Drawn]:
        """Draw each request's layout. Raises RequestError for a request without one."""
        from sd_models.world import draw

        for index, request in enumerate(requests):
            if request.layout is None:
                raise RequestError("the draft engine draws a staging, and this request has none: stage the panel first")
            yield Drawn(index, draw(request.layout, (request.width, request.height)), {"device": "cpu"})
