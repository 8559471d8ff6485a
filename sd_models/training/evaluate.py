"""How well the model draws what it is told: `python -m sd_models.training.evaluate FOLDER`.

A reader of attributes, a small convolutional network, learns from panels of the world what is in them. Then it reads
panels that the model drew from captions, beside the world's own panels of the same captions, for combinations of
subject, colour and setting that training had, and for those that it never had.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from sd_models.errors import ModelError
from sd_models.tokenizer import Tokenizer
from sd_models.training import captions
from sd_models.training import panels as world
from sd_models.training.card import write_card
from sd_models.training.data import Array, Growth, Pool, batch_indices, labelled_blocks, pictures
from sd_models.training.diffusion import Denoiser, draw
from sd_models.training.export import load
from sd_models.training.fast import prepare
from sd_models.training.loop import Run, Stage, train
from sd_models.training.recipe import Recipe
from sd_models.training.vae import sheet
from sd_models.vae import VAE
from sd_models.world import vocabulary as v

__all__ = ["CLASSES", "Reader", "Score", "drawn_and_real", "read", "score", "train_reader"]

FIRST = 50_000_000  # seeds from here on are the reader's; no stage of training uses them
CHECK = 90_000_000  # seeds from here on are what the scores are measured on


def _classes() -> dict[str, tuple[str, ...]]:
    """What each attribute can be, in a fixed order."""
    colours = tuple(v.COLOURS)
    return {
        "subject": (*v.PEOPLE, *v.CREATURES, *v.ANIMALS),
        "colour": colours,
        "setting": tuple(v.SETTINGS),
        "time": tuple(v.TIMES),
        "weather": tuple(v.WEATHER),
        "shot": tuple(v.SHOTS),
        "style": tuple(v.STYLES),
        "count": ("0", "1", "2", "3"),
        "relation": tuple(v.RELATIONS),
    }


CLASSES = _classes()


def label_row(labels: dict[str, str]) -> list[int]:
    """The labels of a panel as numbers, in the order of CLASSES; -1 where an attribute does not apply."""
    return [classes.index(labels[name]) if labels[name] in classes else -1 for name, classes in CLASSES.items()]


class Reader(nn.Module):
    """Panels (B, 3, H, W) in [-1, 1] to the scores of each attribute's classes, {name: (B, classes)}."""

    def __init__(self, width: int = 24) -> None:
        super().__init__()
        widths = [width, 2 * width, 4 * width, 6 * width, 8 * width]
        layers: list[nn.Module] = []
        for c_in, c_out in zip([3, *widths], widths, strict=False):
            layers += [nn.Conv2d(c_in, c_out, 3, stride=2, padding=1), nn.GroupNorm(8, c_out), nn.SiLU()]
            if c_in != 3:
                layers += [nn.Conv2d(c_out, c_out, 3, padding=1), nn.GroupNorm(8, c_out), nn.SiLU()]
        self.body = nn.Sequential(*layers)
        # Strongest and mean answer over the panel, and means over its left, middle and right thirds, for relations.
        self.heads = nn.ModuleDict({name: nn.Linear(5 * widths[-1], len(c)) for name, c in CLASSES.items()})

    def forward(self, x: Tensor) -> dict[str, Tensor]:
        x = self.body(x)
        thirds = F.adaptive_avg_pool2d(x, (1, 3)).flatten(1)
        found = torch.cat([x.amax(dim=(2, 3)), x.mean(dim=(2, 3)), thirds], dim=1)
        return {name: head(found) for name, head in self.heads.items()}


def train_reader(run: Run, recipe: Recipe, *, panels: int, steps: int, batch: int = 64) -> Reader:
    """The reader for panels of the recipe's size. Raises ModelError where the time was too short."""
    torch.manual_seed(run.seed)
    reader = prepare(Reader(), run.device).train()
    arrays = {"images": ((recipe.height, recipe.width, 3), np.uint8), "labels": ((len(CLASSES),), np.int16)}
    pool = Pool(run.folder / "reader-panels", panels, arrays)
    size = (recipe.width, recipe.height)
    blocks = labelled_blocks(FIRST + pool.count, FIRST + panels, size, label_row, run.workers)
    growth = Growth(min(panels, 4_096), panels, steps * 2 // 3)

    def fill(count: int) -> None:
        while pool.count < min(count, pool.total):
            images, labels = next(blocks)
            pool.append(images=images, labels=labels)

    def prepared(step: int) -> tuple[Tensor, ...]:
        count = growth.at(step)
        fill(count)
        rows = batch_indices(run.seed + 11, step, count, batch)
        x = pictures(pool.arrays["images"][rows], run.device)
        # Noise and softness, so that it reads what is shown rather than the fine grain of the world's drawing.
        generator = run.generator(step, 4)
        if step % 2:
            x = F.interpolate(F.avg_pool2d(x, 2), size=x.shape[2:], mode="bilinear", align_corners=False)
        x = x + 0.05 * torch.randn(x.shape, generator=generator, device=run.device)
        return x, torch.from_numpy(pool.arrays["labels"][rows].astype(np.int64)).to(run.device)

    def loss(step: int, x: Tensor, labels: Tensor) -> tuple[Tensor, dict[str, Tensor]]:
        with run.autocast():
            scores = reader(x)
        total = torch.zeros((), device=run.device)
        for of, name in zip(labels.unbind(dim=1), CLASSES, strict=True):
            known = F.cross_entropy(scores[name].float(), of, ignore_index=-1, reduction="sum")
            total = total + known / (of >= 0).sum().clamp(min=1)
        return total, {}

    stage = Stage(
        name="reader",
        modules={"reader": reader},
        batch=prepared,
        loss=loss,
        steps=steps,
        size=batch,
        rate=2e-3,
        average=recipe.average,
    )
    if not train(run, stage):
        raise ModelError("the time was too short to train the reader; start again to go on")
    return reader.eval()


@torch.no_grad()
def read(run: Run, reader: Reader, images: Tensor) -> Array:
    """What the reader sees in pictures (N, 3, H, W): the class of each attribute, (N, attributes)."""
    found = []
    for part in images.split(64):
        with run.autocast():
            scores = reader(part.to(run.device).contiguous(memory_format=torch.channels_last))
        found.append(torch.stack([scores[name].float().argmax(dim=1).cpu() for name in CLASSES], dim=1))
    return torch.cat(found).numpy()


@dataclass(frozen=True)
class Score:
    """Shares read rightly, for each attribute: of the world's own panels, and of drawn ones of the same captions."""

    split: str
    real: dict[str, float]
    drawn: dict[str, float]
    asked: dict[str, int]  # in how many panels the attribute applies


def drawn_and_real(
    run: Run, recipe: Recipe, model: Denoiser, vae: VAE, tokenizer: Tokenizer, split: str, count: int, **drawing: Any
) -> tuple[Tensor, Tensor, Array, list[str]]:
    """`count` panels of the split: as drawn by the model from their plain captions, as drawn by the world, their labels
    and the captions."""
    panels = [world.panel(CHECK + k, split, size=(recipe.width, recipe.height)) for k in range(count)]
    prompts = [captions.plain(panel.attributes) for panel in panels]
    real = pictures(np.stack([panel.image for panel in panels]))
    parts = []
    for start in range(0, count, 32):
        parts.append(draw(run, model, vae, tokenizer, prompts[start : start + 32], recipe, seed=start, **drawing))
        run.say(f"drawn {min(start + 32, count)}/{count} of the split {split}")
    labels = np.array([label_row(panel.attributes.labels()) for panel in panels])
    return torch.cat(parts), real, labels, prompts


def score(split: str, labels: Array, of_real: Array, of_drawn: Array) -> Score:
    """Compares what was read with what is there; attributes that do not apply to a panel are left out."""
    real, drawn, asked = {}, {}, {}
    for index, name in enumerate(CLASSES):
        known = labels[:, index] >= 0
        asked[name] = int(known.sum())
        if asked[name]:
            real[name] = float((of_real[known, index] == labels[known, index]).mean())
            drawn[name] = float((of_drawn[known, index] == labels[known, index]).mean())
    return Score(split, real, drawn, asked)


def sharpness(images: Tensor) -> float:
    """Mean absolute difference of neighbouring pixels: what blur takes away."""
    return float((images.diff(dim=2).abs().mean() + images.diff(dim=3).abs().mean()) / 2)


def diversity(images: Tensor) -> float:
    """Mean absolute difference between pictures (N, 3, H, W), pair by pair."""
    return float(F.pdist(images.flatten(1), p=1).mean() / images[0].numel())


def table(scores: Sequence[Score]) -> Iterator[str]:
    """The scores as a table in Markdown."""
    yield "| attribute | panels | " + " | ".join(f"real, {s.split} | drawn, {s.split} | of real" for s in scores) + " |"
    yield "|---|---|" + "---|---|---|" * len(scores)
    for name in CLASSES:
        cells = []
        for s in scores:
            if name in s.real:
                cells.append(
                    f"{s.real[name]:.1%} | {s.drawn[name]:.1%} | {s.drawn[name] / max(s.real[name], 1e-9):.0%}"
                )
            else:
                cells.append("- | - | -")
        yield f"| {name} | {'/'.join(str(s.asked[name]) for s in scores)} | " + " | ".join(cells) + " |"


def main(arguments: list[str] | None = None) -> int:
    """Prints the table; writes scores.json and a contact sheet beside the run, and with --card the model card."""
    parser = argparse.ArgumentParser(prog="python -m sd_models.training.evaluate", description=__doc__.split("\n")[0])
    parser.add_argument("model", type=Path, help="the model's folder")
    parser.add_argument("--folder", type=Path, help="the reader's checkpoint (default: training-runs/RECIPE)")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--panels", type=int, default=512, help="of each split")
    parser.add_argument("--reader-panels", type=int, default=30_720)
    parser.add_argument("--reader-steps", type=int, default=6_000)
    parser.add_argument("--steps", type=int, help="of the sampler (default: the model's own)")
    parser.add_argument("--minutes", type=float)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--threads", type=int)
    parser.add_argument("--reader-only", action="store_true", help="train and check the reader, draw nothing")
    parser.add_argument("--card", action="store_true", help="write the model card into the folder")
    options = parser.parse_args(arguments)
    if options.threads:
        torch.set_num_threads(options.threads)
    try:
        recipe, _, tokenizer, model, vae = load(options.model)
        defaults = json.loads((options.model / "drawing.json").read_text())
        run = Run(
            folder=options.folder or Path("training-runs") / recipe.name,
            device=torch.device(options.device),
            deadline=time.monotonic() + 60 * options.minutes if options.minutes else None,
            workers=options.workers,
        )
        reader = train_reader(run, recipe, panels=options.reader_panels, steps=options.reader_steps)
        if options.reader_only:
            return 0
        prepare(model, run.device).eval()
        prepare(vae, run.device).eval()
        drawing = {"steps": options.steps or defaults["steps"], "guidance": defaults["guidance"]}
        scores, pages = [], []
        for split in ("train", "heldout"):
            drawn, real, labels, prompts = drawn_and_real(
                run, recipe, model, vae, tokenizer, split, options.panels, **drawing
            )
            scores.append(score(split, labels, read(run, reader, real), read(run, reader, drawn)))
            pages.append((drawn, real, prompts))
    except ModelError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    drawn, real = pages[0][0], pages[0][1]
    same = [pages[0][2][0]] * 8
    seeds = draw(run, model, vae, tokenizer, same, recipe, **drawing)
    figures = {
        "sharpness": {"drawn": sharpness(drawn), "real": sharpness(real)},
        "diversity": {"drawn": diversity(drawn), "real": diversity(real), "one caption, eight seeds": diversity(seeds)},
        "drawing": drawing,
        "panels": options.panels,
        "reader_panels": options.reader_panels,
        "chance": {name: 1 / len(classes) for name, classes in CLASSES.items()},
        "scores": [dataclasses.asdict(s) for s in scores],
    }
    (run.folder / "scores.json").write_text(json.dumps(figures, indent=1) + "\n")
    both = [image for pair in zip(drawn[:12], real[:12], strict=True) for image in pair]
    page = sheet(both, columns=4)
    page.save(run.folder / "evaluation.png")
    print("\n".join(table(scores)))
    if options.card:
        write_card(options.model, figures, table(scores), page)
    for name in ("sharpness", "diversity"):
        print(name, *(f"{key} {value:.4f}" for key, value in figures[name].items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
