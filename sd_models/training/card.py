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
guidance {guidance:g}.{few}{note}

![What the model drew (left of each pair), and the world's own panel of the same caption]({sheet})

## What it understands
Prompts such as these, one clause after the other; every word that it knows is in `vocabulary.json`, with synonyms.

{examples}

{classes}. A word that it does not know is passed over.

## How well
A reader of attributes, trained on {reader} other panels of the world, reads panels that the model drew from captions,
beside the world's own panels of the same captions; {panels} of each kind. *train* are combinations of subject, colour
and setting that training had, *heldout* those that it never had. Guessing would read {chance}.

{table}

Sharpness (mean difference of neighbouring pixels): drawn {sharp_drawn:.3f}, real {sharp_real:.3f}.
Diversity (mean difference of two panels): drawn {div_drawn:.3f}, real {div_real:.3f}, drawn from one caption with eight
seeds {div_seeds:.3f}.

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
    sharp, div = scores["sharpness"], scores["diversity"]
    few_steps = "distilled" in training["stages"]
    return _TEXT.format(
        name="storybook-fast" if few_steps else "storybook",
        few=_FEW_STEPS if few_steps else "",
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
        panels=scores["panels"],
        chance=", ".join(f"{name} {share:.0%}" for name, share in scores["chance"].items()),
        table="\n".join(table),
        sharp_drawn=sharp["drawn"],
        sharp_real=sharp["real"],
        div_drawn=div["drawn"],
        div_real=div["real"],
        div_seeds=div["one caption, eight seeds"],
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
