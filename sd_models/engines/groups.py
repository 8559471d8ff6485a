"""What both engines do alike: requests that can share a batch, their pictures, and progress over all of them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from PIL import Image

from sd_models.defaults import Defaults
from sd_models.engines import Drawn, DrawRequest, Step
from sd_models.errors import RequestError
from sd_models.images import composite, upright
from sd_models.sharing import SharedAttention

__all__ = ["Group", "GroupEngine", "Progress", "shared_attention"]

PREVIEW_SIDE = 256


@dataclass(frozen=True, eq=False)
class Group:
    """Requests that are drawn as one batch: they differ in prompts, seeds, source pictures, masks and variation only.
    With an anchor, it is drawn before them as one more picture of the batch, and thrown away.
    `places` are their indices among all requests; pictures are upright, in RGB, and of the requests' size."""

    places: tuple[int, ...]
    requests: tuple[DrawRequest, ...]
    sources: tuple[Image.Image, ...]
    masks: tuple[Image.Image, ...]
    layouts: tuple[Image.Image, ...] = ()
    """For a model that looks at them."""

    @property
    def first(self) -> DrawRequest:
        return self.requests[0]

    @property
    def batch(self) -> tuple[DrawRequest, ...]:
        """All that is drawn together: the anchor first, where there is one, then the requests."""
        anchor = self.first.anchor
        if anchor is None:
            return self.requests
        prompts = {"prompt": anchor.prompt, "negative_prompt": anchor.negative_prompt, "seed": anchor.seed}
        return (replace(self.first, **prompts, anchor=None, variation_seed=None), *self.requests)  # type: ignore[arg-type]

    def finished(self, number: int, painted: Image.Image) -> Image.Image:
        """The picture of request `number` of the group: with a mask, every pixel outside of it is the source's."""
        if not self.masks:
            return painted
        return composite(painted, self.sources[number], self.masks[number])


@dataclass(frozen=True, eq=False)
class Progress:
    """Evaluation `index` of `total` of a group is done, from 1; `preview(k)` is a small picture of its k-th request."""

    index: int
    total: int
    preview: Callable[[int], Image.Image]


class GroupEngine(ABC):
    """An engine that draws group by group. Subclasses draw one group."""

    name: str
    model: str
    revision: str
    defaults: Defaults
    """What to draw with where a request's maker has nothing to say."""
    takes_layout: bool
    """Whether the model looks at a layout. With others, a layout is what a painting starts from."""

    @abstractmethod
    def draw_group(self, group: Group) -> Iterator[Progress | Drawn]:
        """Draws a group as one batch; the index of `Drawn` counts within the group."""

    def draw(self, requests: Sequence[DrawRequest], pictures: Callable[[str], Image.Image]) -> Iterator[Step | Drawn]:
        """Draws all requests, those that can share a batch together. A picture is yielded as soon as it is decoded.
        Raises ModelError."""
        groups = grouped(requests, pictures, takes_layout=self.takes_layout)
        blank = Image.new("RGB", (16, 9), (128, 128, 128))
        shown: list[Image.Image] = [blank] * len(requests)
        before = 0
        for number, group in enumerate(groups):
            total = 0
            for event in self.draw_group(group):
                if isinstance(event, Drawn):
                    place = group.places[event.index]
                    shown[place] = event.image.copy()
                    shown[place].thumbnail((PREVIEW_SIDE, PREVIEW_SIDE))
                    yield Drawn(place, event.image, event.metadata)
                else:
                    total = event.total
                    # Groups to come are taken to need as many evaluations as this one.
                    yield Step(
                        before + event.index,
                        before + total * (len(groups) - number),
                        _previews(group, event.preview, shown),
                    )
            before += total


def grouped(
    requests: Sequence[DrawRequest], pictures: Callable[[str], Image.Image], *, takes_layout: bool = False
) -> list[Group]:
    """The requests in groups, in the order of each group's first. Raises RequestError."""
    together: dict[tuple[object, ...], list[int]] = {}
    for place, request in enumerate(requests):
        _check(request)
        key = (
            request.steps,
            request.guidance,
            request.sampler,
            request.width,
            request.height,
            (request.source is not None, request.layout is not None, request.strength),
            request.mask is not None,
            request.anchor,
            request.sharing,
        )
        together.setdefault(key, []).append(place)
    return [
        _group(places, [requests[place] for place in places], pictures, takes_layout) for places in together.values()
    ]


def _group(
    places: list[int], requests: list[DrawRequest], pictures: Callable[[str], Image.Image], takes_layout: bool
) -> Group:
    size = (requests[0].width, requests[0].height)

    def source(name: str) -> Image.Image:
        image = upright(pictures(name))
        return image if image.size == size else image.resize(size, Image.Resampling.LANCZOS)

    layouts = _layouts(requests)
    starts = () if takes_layout else layouts
    return Group(
        places=tuple(places),
        requests=tuple(requests),
        sources=tuple(source(request.source) for request in requests if request.source is not None) or starts,
        masks=tuple(pictures(request.mask) for request in requests if request.mask is not None),
        layouts=layouts if takes_layout else (),
    )


def _layouts(requests: list[DrawRequest]) -> tuple[Image.Image, ...]:
    if requests[0].layout is None:
        return ()
    from sd_models.world import layout

    return tuple(layout(each.layout, (each.width, each.height)) for each in requests if each.layout is not None)


def shared_attention(group: Group) -> SharedAttention | None:
    """The self-attention of a group with an anchor."""
    anchor = group.first.anchor
    return None if anchor is None else SharedAttention(len(group.batch), group.first.sharing, anchor.seed)


def _check(request: DrawRequest) -> None:
    if request.mask is not None and request.source is None:
        raise RequestError("a mask needs the picture to repaint: give a source picture too")
    if request.anchor is not None and (request.source is not None or request.layout is not None):
        raise RequestError("a picture that starts from another one shares no anchor: leave one of them out")
    if not 0 <= request.variation_amount <= 1:
        raise RequestError(f"variation {request.variation_amount} is outside of 0 to 1")


def _previews(
    group: Group, preview: Callable[[int], Image.Image], shown: list[Image.Image]
) -> Callable[[], list[Image.Image]]:
    def previews() -> list[Image.Image]:
        for number, place in enumerate(group.places):
            shown[place] = preview(number)
        return [image.copy() for image in shown]

    return previews
