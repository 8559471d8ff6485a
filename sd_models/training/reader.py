"""A small network that reads panels: setting, light and style, and every figure with its place, colour and face.

Figures are found as in Zhou et al. 2019, "Objects as Points": a map says in which cell a head's middle is, and what is
read in that cell is about that figure. It learns from staged panels of the world; now and then a face is smeared, and
then it has no eyes, so that "eyes" means eyes that can be seen, as training's own pictures often lack them.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from sd_models import world
from sd_models.errors import ModelError
from sd_models.training.data import BLOCK, FIGURES, Array, Growth, Pool, batch_indices, in_order, pictures
from sd_models.training.fast import prepare
from sd_models.training.loop import Run, Stage, train
from sd_models.training.recipe import Recipe
from sd_models.training.stagings import staged
from sd_models.world import vocabulary as v
from sd_models.world.attributes import Attributes
from sd_models.world.figures.people import is_upright
from sd_models.world.values import Box, FigureBoxes, StagedPanel

__all__ = [
    "FIGURE",
    "PANEL",
    "FigureSeen",
    "Reader",
    "Reading",
    "figure_labels",
    "panel_labels",
    "read",
    "train_reader",
]

FIRST = 50_000_000  # seeds from here on are the reader's; no stage of training uses them
SMEARED = 0.3
"""How often a face is smeared while the reader learns."""
CERTAIN = 0.35
"""From which height on a peak of the map is a figure."""

PANEL: dict[str, tuple[str, ...]] = {
    "setting": tuple(v.SETTINGS),
    "time": tuple(v.TIMES),
    "weather": tuple(v.WEATHER),
    "shot": tuple(v.SHOTS),
    "style": tuple(v.STYLES),
}
FIGURE: dict[str, tuple[str, ...]] = {
    "subject": (*v.PEOPLE, *v.CREATURES, *v.ANIMALS),
    "colour": tuple(v.COLOURS),
    "feeling": ("", *v.MOODS),
    "eyes": ("no", "yes"),
}
_EYES = tuple(FIGURE).index("eyes")
_FEELING = tuple(FIGURE).index("feeling")


def panel_labels(attributes: Attributes) -> dict[str, str | None]:
    """What is to be read of a whole panel; None where it does not apply."""
    said = attributes.labels()
    return {name: said[name] or None for name in PANEL}


def figure_labels(attributes: Attributes, panel: StagedPanel) -> list[dict[str, str | None]]:
    """What is to be read of each figure; faces are asked for where somebody stands upright."""
    labels: list[dict[str, str | None]] = []
    for figure, in_place in zip(attributes.figures, panel.figures, strict=True):
        seen = in_place.facing != "away" and figure.action != "sleeping"
        labels.append(
            {
                "subject": figure.subject,
                "colour": figure.colour or None,
                "feeling": figure.mood if seen and is_upright(figure) else None,
                "eyes": ("yes" if seen else "no") if is_upright(figure) else None,
            }
        )
    return labels


def _numbers(labels: dict[str, str | None], classes: dict[str, tuple[str, ...]]) -> list[int]:
    """The place of each label among its classes; -1 where it does not apply."""
    return [-1 if (said := labels[name]) not in known else known.index(said or "") for name, known in classes.items()]


def examples(first: int, size: tuple[int, int]) -> dict[str, Array]:
    """Staged panels `first` to `first + BLOCK` with all that is to be read of them."""
    images, of_panel = [], []
    places = np.zeros((BLOCK, FIGURES, 6), np.float16)  # the middle of the head, and the box of the body
    of_figures = np.full((BLOCK, FIGURES, len(FIGURE)), -1, np.int16)
    for row, seed in enumerate(range(first, first + BLOCK)):
        attributes, panel = staged(seed)
        images.append(np.asarray(world.draw(panel, size)))
        of_panel.append(_numbers(panel_labels(attributes), PANEL))
        labels = figure_labels(attributes, panel)
        for index, (boxes, said) in enumerate(zip(world.boxes(panel, size), labels, strict=True)):
            if _is_seen(boxes):
                places[row, index] = (*_middle(boxes.head), *boxes.body)
                of_figures[row, index] = _numbers(said, FIGURE)
    return {
        "images": np.stack(images),
        "panels": np.array(of_panel, np.int16),
        "places": places,
        "figures": of_figures,
    }


def _middle(box: Box) -> tuple[float, float]:
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2


def _is_seen(boxes: FigureBoxes) -> bool:
    """Whether the head is in the frame."""
    left, top, right, bottom = boxes.head
    return right - left > 0.01 and bottom - top > 0.01


class Reader(nn.Module):
    """Panels (B, 3, H, W) in [-1, 1] to the scores of each attribute's classes, {name: (B, classes)}, and a map
    (B, 5 + classes of FIGURE, H/8, W/8): whether a head is there, the body's box, and what the figure is."""

    def __init__(self, width: int = 24) -> None:
        super().__init__()

        def layer(c_in: int, c_out: int, kernel: int = 3, stride: int = 1) -> nn.Module:
            conv = nn.Conv2d(c_in, c_out, kernel, stride, kernel // 2)
            return nn.Sequential(conv, nn.GroupNorm(8, c_out), nn.SiLU())

        wide, wider = 2 * width, 4 * width
        self.fine = nn.Sequential(layer(3, width, 7, 4), layer(width, wide, 3, 2), layer(wide, wide))
        self.coarse = nn.Sequential(layer(wide, wider, 3, 2), layer(wider, wider), layer(wider, wider))
        self.joined = nn.Conv2d(wider, wide, 1)
        self.map = nn.Sequential(layer(wide, wider), nn.Conv2d(wider, 5 + sum(map(len, FIGURE.values())), 1))
        # The strongest and the mean answer over the panel.
        self.heads = nn.ModuleDict({name: nn.Linear(2 * wider, len(known)) for name, known in PANEL.items()})

    def features(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """What it sees at an eighth and at a sixteenth of the panel's size."""
        fine = self.fine(x)
        return fine, self.coarse(fine)

    def forward(self, x: Tensor) -> tuple[dict[str, Tensor], Tensor]:
        fine, coarse = self.features(x)
        around = F.interpolate(self.joined(coarse), size=fine.shape[2:], mode="nearest")
        found = torch.cat([coarse.amax(dim=(2, 3)), coarse.mean(dim=(2, 3))], dim=1)
        return {name: head(found) for name, head in self.heads.items()}, self.map(fine + around)


def _smear(x: Tensor, places: Tensor, figures: Tensor, rng: random.Random) -> None:
    """Takes the eyes, and what a face feels, from the first figure of some panels; in place."""
    height, width = x.shape[2:]
    for row in range(len(x)):
        if figures[row, 0, _EYES] != 1 or rng.random() >= SMEARED:
            continue
        (across, down), tall = places[row, 0, :2].tolist(), float(places[row, 0, 5] - places[row, 0, 3])
        half = max(4, round(0.2 * tall * height))
        top, left = max(0, round(down * height) - half), max(0, round(across * width) - half)
        face = x[row : row + 1, :, top : top + 2 * half, left : left + 2 * half]
        coarse = F.adaptive_avg_pool2d(face, rng.choice((2, 3)))
        face.copy_(F.interpolate(coarse, size=face.shape[2:], mode="bilinear"))
        figures[row, 0, _EYES], figures[row, 0, _FEELING] = 0, -1


def reading_loss(
    panel: dict[str, Tensor], figure_map: Tensor, of_panel: Tensor, places: Tensor, of_figures: Tensor
) -> Tensor:
    """Cross-entropy of all classes, the focal loss of the map (Zhou et al. 2019, equation 1), and the boxes' absolute
    error. `of_panel` (B, 5), `places` (B, FIGURES, 6), `of_figures` (B, FIGURES, 4)."""
    total = figure_map.sum() * 0
    for of, scores in zip(of_panel.unbind(dim=1), panel.values(), strict=True):
        total = total + _cross_entropy(scores, of)
    batch, _, height, width = figure_map.shape
    there = of_figures[..., 0] >= 0
    columns = (places[..., 0] * width).long().clamp(0, width - 1)
    rows = (places[..., 1] * height).long().clamp(0, height - 1)
    y = torch.arange(height, device=figure_map.device)[:, None]
    x = torch.arange(width, device=figure_map.device)
    far = (y - rows[..., None, None]) ** 2 + (x - columns[..., None, None]) ** 2
    wanted = (torch.exp(-far / 2) * there[..., None, None]).amax(dim=1)
    p = figure_map[:, 0].float().sigmoid().clamp(1e-4, 1 - 1e-4)
    focal = torch.where(wanted == 1, (1 - p) ** 2 * p.log(), (1 - wanted) ** 4 * p**2 * (1 - p).log())
    total = total - focal.sum() / there.sum().clamp(min=1)
    of_heads = figure_map[torch.arange(batch, device=p.device)[:, None], :, rows, columns].float()
    error = (of_heads[..., 1:5] - places[..., 2:]).abs().mean(dim=-1)
    total = total + 5 * (error * there).sum() / there.sum().clamp(min=1)
    groups = of_heads[..., 5:].split([len(known) for known in FIGURE.values()], dim=-1)
    for scores, of in zip(groups, of_figures.unbind(dim=-1), strict=True):
        total = total + _cross_entropy(scores.flatten(0, 1), of.flatten())
    return total


def _cross_entropy(scores: Tensor, of: Tensor) -> Tensor:
    known = F.cross_entropy(scores.float(), of, ignore_index=-1, reduction="sum")
    return known / (of >= 0).sum().clamp(min=1)


def train_reader(run: Run, recipe: Recipe, *, panels: int, steps: int, batch: int = 32) -> Reader:
    """The reader for panels of the recipe's size. Raises ModelError where the time was too short."""
    torch.manual_seed(run.seed)
    reader = prepare(Reader(), run.device).train()
    size = (recipe.width, recipe.height)
    arrays = {
        "images": ((recipe.height, recipe.width, 3), np.uint8),
        "panels": ((len(PANEL),), np.int16),
        "places": ((FIGURES, 6), np.float16),
        "figures": ((FIGURES, len(FIGURE)), np.int16),
    }
    pool = Pool(run.folder / "reader-panels", panels, arrays)
    blocks = in_order(_Examples(size), FIRST + pool.count, FIRST + panels, run.workers)
    growth = Growth(min(panels, 1_024), panels, steps // 2)

    def prepared(step: int) -> tuple[Tensor, ...]:
        count = growth.at(step)
        while pool.count < min(count, pool.total):
            pool.append(**next(blocks))
        rows = batch_indices(run.seed + 11, step, count, batch)
        x = pictures(pool.arrays["images"][rows], run.device)
        of_panel, places, of_figures = (
            torch.from_numpy(pool.arrays[name][rows].astype(kind))
            for name, kind in (("panels", np.int64), ("places", np.float32), ("figures", np.int64))
        )
        _smear(x, places, of_figures, random.Random(f"smeared {run.seed} {step}"))
        # Softness and noise, so that it reads what is shown rather than the fine grain of the world's drawing.
        generator = run.generator(step, 4)
        if step % 2:
            x = F.interpolate(F.avg_pool2d(x, 2), size=x.shape[2:], mode="bilinear", align_corners=False)
        x = x + 0.05 * torch.randn(x.shape, generator=generator, device=run.device)
        return x, *(part.to(run.device) for part in (of_panel, places, of_figures))

    def loss(
        step: int, x: Tensor, of_panel: Tensor, places: Tensor, of_figures: Tensor
    ) -> tuple[Tensor, dict[str, Tensor]]:
        with run.autocast():
            panel, figure_map = reader(x)
        return reading_loss(panel, figure_map, of_panel, places, of_figures), {}

    stage = Stage(
        name="reader",
        modules={"reader": reader},
        batch=prepared,
        loss=loss,
        steps=steps,
        size=batch,
        rate=2e-3,
        average=min(recipe.average, 0.99),
        orthogonal=False,
    )
    if not train(run, stage):
        raise ModelError("the time was too short to train the reader; start again to go on")
    return reader.eval()


@dataclass(frozen=True)
class _Examples:
    """`examples` of one size, in a form that another process can be sent."""

    size: tuple[int, int]

    def __call__(self, first: int) -> dict[str, Array]:
        return examples(first, self.size)


@dataclass(frozen=True)
class FigureSeen:
    """A figure that was read, with its `body` as shares of the frame."""

    body: Box
    labels: dict[str, str]


@dataclass(frozen=True)
class Reading:
    """All that was read of a panel."""

    labels: dict[str, str]
    figures: tuple[FigureSeen, ...]


@torch.no_grad()
def read(run: Run, reader: Reader, images: Tensor) -> list[Reading]:
    """What the reader sees in pictures (N, 3, H, W)."""
    readings: list[Reading] = []
    for part in images.split(32):
        with run.autocast():
            panel, figure_map = reader(part.to(run.device).contiguous(memory_format=torch.channels_last))
        of_panel = {name: scores.float().argmax(dim=1).tolist() for name, scores in panel.items()}
        figure_map = figure_map.float().cpu()
        heat = figure_map[:, :1].sigmoid()
        peaks = (heat == F.max_pool2d(heat, 3, 1, 1)) & (heat > CERTAIN)
        for row in range(len(part)):
            places = peaks[row, 0].nonzero().tolist()
            places.sort(key=lambda place: -float(heat[row, 0, place[0], place[1]]))
            labels = {name: PANEL[name][found[row]] for name, found in of_panel.items()}
            figures = tuple(_figure_at(figure_map[row, :, y, x]) for y, x in places[: 2 * FIGURES])
            readings.append(Reading(labels, figures))
    return readings


def _figure_at(cell: Tensor) -> FigureSeen:
    left, top, right, bottom = cell[1:5].clamp(0, 1).tolist()
    groups: Sequence[Tensor] = cell[5:].split([len(known) for known in FIGURE.values()])
    labels = {name: known[int(scores.argmax())] for (name, known), scores in zip(FIGURE.items(), groups, strict=True)}
    return FigureSeen((left, top, max(right, left), max(bottom, top)), labels)
