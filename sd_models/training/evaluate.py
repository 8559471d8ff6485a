"""How well the model draws what it is told: `python -m sd_models.training.evaluate FOLDER`.

Staged panels that training never had are drawn by the model, from their captions and, where it looks at them, from
their layouts, and are compared with the world's own panels of the same stagings:

- told apart: a small network learns on one half of the figures, cut out and made larger, to tell drawn ones from real
  ones, and is asked about the other half. The area under its curve (AUC) is 0.5 where it can only guess, 1 where it is
  always right;
- a reader (`reader.py`) says which figures it sees, where, in which colours and with which faces, and tells setting,
  light and style;
- distance: how far drawn and real panels are apart in what the reader's layers see, as in Zhang et al. 2018, "The
  Unreasonable Effectiveness of Deep Features as a Perceptual Metric", equation 1, all channels alike.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from sd_models.errors import ModelError
from sd_models.tokenizer import Tokenizer
from sd_models.training import captions
from sd_models.training.card import write_card
from sd_models.training.data import pictures
from sd_models.training.diffusion import Denoiser, draw
from sd_models.training.export import load
from sd_models.training.fast import prepare
from sd_models.training.loop import Run
from sd_models.training.reader import Reader, Reading, figure_labels, panel_labels, read, train_reader
from sd_models.training.recipe import Recipe
from sd_models.training.stagings import Pair, pair
from sd_models.training.vae import sheet
from sd_models.vae import VAE
from sd_models.world.values import Box

__all__ = ["Row", "auc", "distance", "main", "matched", "overlap", "rows", "told_apart"]

CHECK = 90_000_000  # seeds from here on are what the scores are measured on
CROP = 64  # pixels of a figure that is to be told apart
IN_PLACE = 0.5  # of overlap
RELIABLE = 0.8  # of what real panels show is read rightly by a reader that may judge


@dataclass(frozen=True)
class Row:
    """One line of the score: in how many cases it is asked, and the shares read rightly in real and drawn panels."""

    name: str
    asked: int
    real: float
    drawn: float


def draw_pairs(
    run: Run, recipe: Recipe, model: Denoiser, vae: VAE, tokenizer: Tokenizer, pairs: Sequence[Pair], **drawing: float
) -> Tensor:
    """The pairs' panels as the model draws them, (N, 3, H, W)."""
    parts = []
    for start in range(0, len(pairs), 16):
        some = pairs[start : start + 16]
        layouts = np.stack([each.layout for each in some]) if model.unet.config.takes_layout else None
        prompts = [captions.plain(each.attributes) for each in some]
        steps, guidance = int(drawing["steps"]), drawing["guidance"]
        images = draw(
            run, model, vae, tokenizer, prompts, recipe, steps=steps, guidance=guidance, seed=start, layouts=layouts
        )
        parts.append(images)
        run.say(f"drawn {start + len(some)}/{len(pairs)}")
    return torch.cat(parts)


def overlap(a: Box, b: Box) -> float:
    """Intersection over union of two boxes."""
    across, down = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
    if across <= 0 or down <= 0:
        return 0.0
    areas = [(right - left) * (bottom - top) for left, top, right, bottom in (a, b)]
    return across * down / (sum(areas) - across * down)


def matched(wanted: Sequence[Box], seen: Sequence[Box]) -> list[int | None]:
    """For each wanted box the index of the seen one that is taken for it, the nearest first; None for none."""

    def apart(pair: tuple[int, int]) -> float:
        a, b = wanted[pair[0]], seen[pair[1]]
        return abs(a[0] + a[2] - b[0] - b[2]) + abs(a[1] + a[3] - b[1] - b[3])

    found: list[int | None] = [None] * len(wanted)
    for w, s in sorted(((w, s) for w in range(len(wanted)) for s in range(len(seen))), key=apart):
        if found[w] is None and s not in found:
            found[w] = s
    return found


def answers(example: Pair, reading: Reading) -> dict[str, list[bool]]:
    """What was read rightly of one panel, by the names of the rows; nothing where a question does not apply."""
    rightly: dict[str, list[bool]] = {}
    for name, said in panel_labels(example.attributes).items():
        if said is not None:
            rightly[name] = [reading.labels[name] == said]
    wanted, figures = [boxes.body for boxes in example.boxes], reading.figures
    found = matched(wanted, [figure.body for figure in figures])
    right = len(figures) == len(wanted)
    rightly["count"] = [right]
    for box, labels, index in zip(wanted, figure_labels(example.attributes, example.panel), found, strict=True):
        seen = None if index is None else figures[index]
        placed = seen is not None and overlap(box, seen.body) >= IN_PLACE
        rightly.setdefault("figure in its place", []).append(placed)
        for name, said in labels.items():
            if said is None or (name == "eyes" and said == "no"):
                continue
            read_so = seen is not None and seen.labels[name] == said
            rightly.setdefault(f"{name} of a figure", []).append(read_so)
            right = right and (read_so or name != "colour")
        right = right and placed
    if wanted:
        rightly["all figures right: count, places, colours"] = [right]
    return rightly


def rows(pairs: Sequence[Pair], of_real: Sequence[Reading], of_drawn: Sequence[Reading]) -> list[Row]:
    """The lines of the score that the reader gives."""
    counted: dict[str, list[list[bool]]] = {}
    for example, real, drawn in zip(pairs, of_real, of_drawn, strict=True):
        for which, reading in enumerate((real, drawn)):
            for name, right in answers(example, reading).items():
                counted.setdefault(name, [[], []])[which] += right
    return [
        Row(name, len(real), float(np.mean(real)), float(np.mean(drawn))) for name, (real, drawn) in counted.items()
    ]


def crops(images: Tensor, boxes: Sequence[Sequence[Box]]) -> tuple[Tensor, Tensor]:
    """What is in the boxes of each image, cut out as squares and made as large as each other (M, 3, CROP, CROP), and
    the image that each is from (M,)."""
    height, width = images.shape[2:]
    cut, owners = [], []
    for number, (image, of_image) in enumerate(zip(images, boxes, strict=True)):
        for left, top, right, bottom in of_image:
            half = max((right - left) * width, (bottom - top) * height, 16) / 2
            x, y = (left + right) / 2 * width, (top + bottom) / 2 * height
            square = image[:, max(0, round(y - half)) : round(y + half), max(0, round(x - half)) : round(x + half)]
            cut.append(F.interpolate(square[None], size=(CROP, CROP), mode="bilinear", align_corners=False))
            owners.append(number)
    if not cut:
        return torch.zeros(0, 3, CROP, CROP), torch.zeros(0, dtype=torch.long)
    return torch.cat(cut), torch.tensor(owners)


def judge(width: int = 24) -> nn.Module:
    """Crops (B, 3, CROP, CROP) to how real each looks, (B, 1)."""
    layers: list[nn.Module] = []
    channels = 3
    for wide in (width, 2 * width, 3 * width, 4 * width):
        layers += [nn.Conv2d(channels, wide, 3, 2, 1), nn.GroupNorm(8, wide), nn.SiLU()]
        channels = wide
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(channels, 1))


def auc(of_real: Tensor, of_drawn: Tensor) -> float:
    """How often a real one gets the higher mark of two; draws count half."""
    above = (of_real[:, None] > of_drawn).float().mean() + 0.5 * (of_real[:, None] == of_drawn).float().mean()
    return float(above)


def told_apart(real: tuple[Tensor, Tensor], drawn: tuple[Tensor, Tensor], *, steps: int, seed: int = 0) -> float:
    """The AUC of a judge on figures of panels that it did not learn from, the mean of both halves. `real` and `drawn`
    are crops with the panels that they are from; a panel's real and drawn figures are in the same half."""
    results = []
    for half in (0, 1):
        torch.manual_seed(seed)
        network = judge()
        optimizer = torch.optim.AdamW(network.parameters(), 2e-3, weight_decay=0.05)
        learnt = [crop[owner % 2 == half] for crop, owner in (real, drawn)]
        asked = [crop[owner % 2 != half] for crop, owner in (real, drawn)]
        if min(map(len, (*learnt, *asked))) == 0:
            return 1.0  # no figures are drawn, which nobody could take for real ones
        for step in range(steps):
            some = [crop[torch.randint(len(crop), (24,))] for crop in learnt]
            x = torch.cat(some).roll((int(torch.randint(-4, 5, ())), int(torch.randint(-4, 5, ()))), dims=(2, 3))
            x = x.flip(3) if step % 2 else x
            marks = network(x)[:, 0]
            wanted = torch.cat([torch.ones(24), torch.zeros(24)])
            optimizer.zero_grad()
            F.binary_cross_entropy_with_logits(marks, wanted).backward()
            optimizer.step()
        with torch.no_grad():
            marks_of_real, marks_of_drawn = (network.eval()(crop)[:, 0] for crop in asked)
        results.append(auc(marks_of_real, marks_of_drawn))
    return float(np.mean(results))


@torch.no_grad()
def distance(run: Run, reader: Reader, a: Tensor, b: Tensor) -> float:
    """The mean distance of pictures, pair by pair, in the reader's layers: 0 for the same picture."""
    sums = []
    for x, y in zip(a.split(32), b.split(32), strict=True):
        layers = zip(reader.features(x.to(run.device)), reader.features(y.to(run.device)), strict=True)
        apart = [
            (F.normalize(p, dim=1) - F.normalize(q, dim=1)).square().sum(dim=1).mean(dim=(1, 2)) for p, q in layers
        ]
        sums.append(torch.stack(apart).sum(dim=0).cpu())
    return float(torch.cat(sums).mean())


def table(scores: Mapping[str, Sequence[Row]]) -> Iterator[str]:
    """The rows of each split, side by side, as a table in Markdown."""
    yield "| | asked | " + " | ".join(f"real, {split} | drawn, {split}" for split in scores) + " |"
    yield "|---|---|" + "---|---|" * len(scores)
    by_name = {split: {row.name: row for row in of_split} for split, of_split in scores.items()}
    for name in dict.fromkeys(row.name for of_split in scores.values() for row in of_split):
        found = [by_name[split].get(name, Row(name, 0, float("nan"), float("nan"))) for split in scores]
        cells = " | ".join(f"{row.real:.0%} | {row.drawn:.0%}" if row.asked else "- | -" for row in found)
        yield f"| {name} | {'/'.join(str(row.asked) for row in found)} | {cells} |"


def main(arguments: list[str] | None = None) -> int:
    """Prints the score; writes scores.json and a contact sheet beside the run, and with --card the model card."""
    parser = argparse.ArgumentParser(prog="python -m sd_models.training.evaluate", description=__doc__.split("\n")[0])
    parser.add_argument("model", type=Path, help="the model's folder")
    parser.add_argument("--folder", type=Path, help="the reader's checkpoint (default: training-runs/score-RECIPE)")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--panels", type=int, default=256, help="of each split")
    parser.add_argument("--reader-panels", type=int, default=12_288)
    parser.add_argument("--reader-steps", type=int, default=4_000)
    parser.add_argument("--judge-steps", type=int, default=400)
    parser.add_argument("--steps", type=int, help="of the sampler (default: the model's own)")
    parser.add_argument("--minutes", type=float)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--threads", type=int)
    parser.add_argument("--card", action="store_true", help="write the model card into the folder")
    options = parser.parse_args(arguments)
    if options.threads:
        torch.set_num_threads(options.threads)
    began = time.monotonic()
    try:
        recipe, _, tokenizer, model, vae = load(options.model)
        defaults = json.loads((options.model / "drawing.json").read_text())
        run = Run(
            folder=options.folder or Path("training-runs") / f"score-{recipe.name}",
            device=torch.device(options.device),
            deadline=began + 60 * options.minutes if options.minutes else None,
            workers=options.workers,
        )
        reader = train_reader(run, recipe, panels=options.reader_panels, steps=options.reader_steps)
    except ModelError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    prepare(model, run.device).eval()
    prepare(vae, run.device).eval()
    drawing = {"steps": options.steps or defaults["steps"], "guidance": defaults["guidance"]}
    scores: dict[str, list[Row]] = {}
    whole: dict[str, dict[str, float]] = {}
    pages: list[Tensor] = []
    figures_in_place = model.unet.config.takes_layout
    for split in ("train", "heldout"):
        size = (recipe.width, recipe.height)
        pairs = [pair(CHECK + k, split, size, forgiving=False) for k in range(options.panels)]
        real = pictures(np.stack([each.target for each in pairs]))
        drawn = draw_pairs(run, recipe, model, vae, tokenizer, pairs, **drawing).clamp(-1, 1)
        of_real, of_drawn = (read(run, reader, images) for images in (real, drawn))
        scores[split] = rows(pairs, of_real, of_drawn)
        places = [[boxes.body for boxes in each.boxes] for each in pairs]
        # Without a layout a model puts its figures where it likes.
        seen = places if figures_in_place else [[figure.body for figure in each.figures] for each in of_drawn]
        whole[split] = {
            "AUC": told_apart(crops(real, places), crops(drawn, seen), steps=options.judge_steps),
            "distance": distance(run, reader, drawn, real),
            "distance of another panel": distance(run, reader, real.roll(1, dims=0), real),
        }
        pages += [image for both in zip(drawn[:6], real[:6], strict=True) for image in both]
    figures = {
        "drawing": drawing,
        "panels": options.panels,
        "reader_panels": options.reader_panels,
        "reader_steps": options.reader_steps,
        "minutes": round((time.monotonic() - began) / 60, 1),
        "layouts": figures_in_place,
        "whole": whole,
        "scores": {split: [asdict(row) for row in of_split] for split, of_split in scores.items()},
    }
    (run.folder / "scores.json").write_text(json.dumps(figures, indent=1) + "\n")
    page = sheet(pages, columns=4)
    page.save(run.folder / "evaluation.png")
    print("\n".join(table(scores)))
    for split, numbers in whole.items():
        print(f"{split}: " + ", ".join(f"{name} {value:.2f}" for name, value in numbers.items()))
    known = float(np.mean([row.real for of_split in scores.values() for row in of_split]))
    if known < RELIABLE:
        print(f"The reader reads {known:.0%} of what real panels show: it has to learn for longer (--reader-steps).")
    if options.card:
        write_card(options.model, figures, table(scores), page)
    return 0


if __name__ == "__main__":
    sys.exit(main())
