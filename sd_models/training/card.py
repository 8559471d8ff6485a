"""The model card, from what was measured: `README.md` and a contact sheet in the model's folder."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from PIL import Image

from sd_models.checkpoints.read import read_json
from sd_models.world import vocabulary

__all__ = ["card", "write_card"]

SHEET = "panels.webp"

_TEXT = """# {name}

A latent diffusion model of the Stable Diffusion family, small enough to ship with Taleboard: it draws storyboard
panels from scene prompts, offline, on a laptop's CPU. It learned from nothing but panels that a program of this
repository draws (`sd_models/world`).

It draws panels of {width}x{height} pixels. Its own defaults are in `drawing.json`: sampler `{sampler}`, {steps} steps,
guidance {guidance:g}.{few}{layout}{note}

![What the model drew (left of each pair), and the world's own panel of the same staging]({sheet})

## What it understands
Prompts such as these, one clause after the other; every word that it knows is in `vocabulary.json`, with synonyms.

{examples}

{classes}. A word that it does not know is passed over.

## How well
Measured on staged panels that training never had, {panels} of each kind, drawn from {told}, beside the world's own
panels of the same stagings. *train* are combinations of subject, colour and setting that training had, *heldout* those
that it never had. A small network that learns to tell drawn figures from real ones, cut out and made larger, has an
AUC of {auc} (0.5 would be guessing, 1 always right). The distance to the world's panel of the same staging, in what
the reader's layers see, is {distance}; that of another panel {other}. A reader that learned from {reader} panels of
the world in {steps_read} steps reads rightly:

{table}

It was printed by this command, with `--panels {panels} --reader-panels {reader_number} --reader-steps {steps_number}`:

    python -m sd_models.training.evaluate sd_models/{name} --card

## How it was made
| stage | steps | minutes |
|---|---|---|
{stages}

Noisy timesteps, where the subject is decided, come more often than clean ones, and an error in a figure counts three
times (`sd_models/training/diffusion.py`). The decoder learned from latents that were made a little rough, as the
UNet's are, and goes halfway with a critic of patches (`sd_models/training/vae.py` and `critic.py`). The sizes and
lengths are the recipe `{recipe}` in `sd_models/training/recipe.py`. The weights are the averaged ones, in half
precision; `hashes.json` has the SHA-256 of each weight file. Training goes on from these very weights (`--steps` is the
whole length, what is done included):

    python -m sd_models.training diffusion --recipe {recipe} --begin-from sd_models/storybook --steps {more}
    python -m sd_models.training distill --recipe {recipe}
    python -m sd_models.training layout --recipe {recipe}
    python -m sd_models.training export --recipe {recipe}

From nothing, on a GPU; started again, it goes on where it stopped (`--recipe cpu` makes a smaller model in some hours
of a CPU):

    python -m sd_models.training all --recipe gpu --device cuda --minutes 9.5 --workers 15
    python -m sd_models.training.evaluate training-runs/gpu/model --device cuda --card

It needs torch, numpy, pillow and safetensors.

## Limits
It knows the words above and draws in the manner of its world. Faces, hands and small things are simple; two figures
take on each other's colours at times; text and numbers cannot be drawn. People's skin, and hair that the prompt does
not name, are random.
"""

_FEW_STEPS = """

It is *storybook*, distilled until it draws in four steps what the other draws in twelve, with guidance built in
(`sd_models/training/distill.py`)."""

_LAYOUT = """

It paints after a layout: a plain picture of who and what is where, such as `sd_models.world.layout` draws, gives places
and looks, and the words give light, weather, style and feelings (`sd_models/training/layout.py`)."""


def card(
    drawing: Mapping[str, Any], training: Mapping[str, Any], scores: Mapping[str, Any], table: Iterable[str]
) -> str:
    """The card's text. `drawing` and `training` are the folder's own JSON files, `scores` what the evaluation wrote,
    `table` the lines of its table."""
    counts = {name: len(words) for name, words in vocabulary.CLASSES.items() if name != "hair"}
    width, height = drawing["size"]
    stages = [
        f"| {name} | {done['steps']:,} | {done['seconds'] / 60:.0f} |" for name, done in training["stages"].items()
    ]
    whole = scores["whole"].values()
    few_steps = "distilled" in training["stages"]
    return _TEXT.format(
        name="storybook-fast" if few_steps else "storybook",
        few=_FEW_STEPS if few_steps else "",
        layout=_LAYOUT if scores["layouts"] else "",
        width=width,
        height=height,
        sampler=drawing["sampler"],
        steps=drawing["steps"],
        guidance=drawing["guidance"],
        note=f"\n\n**Not finished:** {drawing['note']}." if "note" in drawing else "",
        sheet=SHEET,
        examples="\n".join(f"- {example}" for example in vocabulary.EXAMPLES),
        classes="It knows " + ", ".join(f"{count} {name}" for name, count in counts.items()),
        reader=f"{scores['reader_panels']:,}",
        steps_read=f"{scores['reader_steps']:,}",
        reader_number=scores["reader_panels"],
        steps_number=scores["reader_steps"],
        panels=scores["panels"],
        told="captions and layouts" if scores["layouts"] else "captions alone",
        auc=" and ".join(f"{numbers['AUC']:.2f}" for numbers in whole),
        distance=" and ".join(f"{numbers['distance']:.2f}" for numbers in whole),
        other=" and ".join(f"{numbers['distance of another panel']:.2f}" for numbers in whole),
        table="\n".join(table),
        stages="\n".join(stages),
        recipe=training["recipe"],
        more=3 * training["stages"]["diffusion"]["steps"] // 1_000 * 1_000,
    )


def write_card(folder: Path, scores: Mapping[str, Any], table: Iterable[str], sheet: Image.Image) -> None:
    """Writes `README.md` and the contact sheet into the model's folder."""
    text = card(read_json(folder / "drawing.json"), read_json(folder / "training.json"), scores, table)
    sheet.save(folder / SHEET, quality=80, method=6)
    part = folder / "README.md.part"
    part.write_text(text, encoding="utf-8")
    part.replace(folder / "README.md")
