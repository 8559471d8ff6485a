"""Trains the storybook model: `python -m sd_models.training all --recipe cpu`.

Every stage saves as it goes, stops in time (`--minutes`), and goes on where it was when it is started again. `all` runs
the stages in order and writes the model's folder at the end, also when the time is up; the painter of
layouts lies beside it, with `-layout` after its name, and the few-step variant, with `-fast`.
"""

from __future__ import annotations

import argparse
import dataclasses
import os
import signal
import sys
import time
from pathlib import Path

import torch

from sd_models.errors import ModelError
from sd_models.tokenizer import Tokenizer
from sd_models.training import export as exporting
from sd_models.training.diffusion import PROMPTS, denoiser, draw, train_diffusion, trained_denoiser, world_tokenizer
from sd_models.training.distill import STEPS, train_distilled
from sd_models.training.layout import train_layout, trained_painter
from sd_models.training.loop import Run, state_file
from sd_models.training.recipe import RECIPES, Recipe
from sd_models.training.vae import sheet, train_decoder, train_vae, trained_vae
from sd_models.vae import VAE

STAGES = ("vae", "decoder", "diffusion", "layout", "distill", "export")
GUIDANCE = 3.0  # that the few-step variant has built in
DEFAULTS = {"sampler": "dpmpp_2m", "steps": 12, "guidance": GUIDANCE}
LAYOUT = {"layout_guidance": 1.0}  # the painter keeps to its layout without a third evaluation a step
FAST = {"sampler": "ddim", "steps": STEPS, "guidance": 1.0}  # the few-step variant's
NOTES = {
    "miniature": {"note": "a miniature, trained for minutes: it shows colours and light, not yet things"},
    "cpu": {"note": "trained on a CPU so far: small figures are hard to tell"},
}


def main(arguments: list[str] | None = None) -> int:
    """Exit status: 0 done, 1 failed, 2 bad arguments, 3 stopped because the time was up (start it again to go on)."""
    parser = argparse.ArgumentParser(prog="python -m sd_models.training", description=__doc__.split("\n")[0])
    parser.add_argument("stage", choices=("all", *STAGES, "sample"))
    parser.add_argument("--recipe", choices=tuple(RECIPES), default="cpu", help="sizes and lengths (default: cpu)")
    parser.add_argument("--folder", type=Path, help="checkpoints, samples and log (default: training-runs/RECIPE)")
    parser.add_argument("--out", type=Path, help="where the model's folder is written (default: FOLDER/model)")
    parser.add_argument("--begin-from", type=Path, help="a model's folder whose averaged weights to go on from")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--minutes", type=float, help="save and stop in time")
    parser.add_argument("--steps", type=int, help="another length of this stage than the recipe's")
    parser.add_argument("--workers", type=int, default=max(1, (os.cpu_count() or 2) - 1), help="that draw panels")
    parser.add_argument("--threads", type=int, help="of torch on the CPU")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args(arguments)
    if options.threads:
        torch.set_num_threads(options.threads)
    recipe = RECIPES[options.recipe]
    if options.steps is not None:
        field = {
            "vae": "vae_steps",
            "decoder": "decoder_steps",
            "diffusion": "steps",
            "layout": "layout_steps",
            "distill": "distill_steps",
        }
        if options.stage not in field:
            parser.error("--steps needs one stage of training")
        recipe = dataclasses.replace(recipe, **{field[options.stage]: options.steps})
    run = Run(
        folder=options.folder or Path("training-runs") / recipe.name,
        device=torch.device(options.device),
        deadline=time.monotonic() + 60 * options.minutes if options.minutes else None,
        seed=options.seed,
        workers=options.workers,
    )
    signal.signal(signal.SIGTERM, lambda *_: setattr(run, "deadline", time.monotonic()))  # save and stop
    if run.device.type == "cuda":
        torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = torch.backends.cudnn.benchmark = True
    try:
        if options.begin_from is not None:
            exporting.begin_from(run, options.begin_from)
        done = _run(run, recipe, STAGES if options.stage == "all" else (options.stage,), options.out)
    except ModelError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    return 0 if done else 3


def _run(run: Run, recipe: Recipe, stages: tuple[str, ...], out: Path | None) -> bool:
    done = True
    for stage in stages:
        # What there is is written at the end, also when the time is up.
        if done or (stage == "export" and state_file(run, "diffusion").exists()):
            done = _stage(run, recipe, stage, out) and done
            run.say(f"{stage}: {'done' if done else 'not done yet'}")
    return done


def _stage(run: Run, recipe: Recipe, stage: str, out: Path | None) -> bool:
    torch.manual_seed(run.seed)
    if stage == "vae":
        return (run.folder / "vae" / "normalised.pt").exists() or train_vae(run, recipe, VAE(recipe.vae))
    vae = trained_vae(run, recipe)
    if vae is None:
        raise ModelError(f"the stage {stage} needs the vae, which is not finished in {run.folder}")
    if stage == "decoder":
        return train_decoder(run, recipe, vae)
    tokenizer = _tokenizer(run)
    config = recipe.config(len(tokenizer.vocabulary))
    if stage == "diffusion":
        return train_diffusion(run, recipe, denoiser(config, run.seed), vae, tokenizer)
    trained = trained_denoiser(run, config)
    if trained is None:
        raise ModelError(f"the stage {stage} needs the diffusion stage, which has not begun in {run.folder}")
    model, step = trained
    seeing = recipe.config(len(tokenizer.vocabulary), layout=True)
    if stage == "layout":
        return not recipe.layout_steps or train_layout(run, recipe, seeing, model, vae, tokenizer)[0]
    if stage == "distill":
        return train_distilled(run, recipe, model, vae, tokenizer, guidance=GUIDANCE)[0]
    if stage == "sample":
        images = draw(run, model, vae, tokenizer, PROMPTS, recipe, steps=12, guidance=GUIDANCE)
        path = run.folder / "samples" / f"sample-{step:06d}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        sheet(list(images), columns=4).save(path)
        run.say(str(path))
        return True
    out = out or run.folder / "model"
    stages = exporting.stages(run)
    of_its_own = ("layout", "distilled")
    training = {"stages": {name: done for name, done in stages.items() if name not in of_its_own}, "seed": run.seed}
    defaults = {**DEFAULTS, "size": [recipe.width, recipe.height], **NOTES.get(recipe.name, {})}
    exporting.export(out, recipe, config, tokenizer, model, vae, defaults=defaults, training=training)
    if (painter := trained_painter(run, seeing)) is not None:
        more = training | {"stages": {name: done for name, done in stages.items() if name != "distilled"}}
        beside = out.with_name(f"{out.name}-layout")
        exporting.export(beside, recipe, seeing, tokenizer, painter[0], vae, defaults=defaults | LAYOUT, training=more)
    if (distilled := trained_denoiser(run, config, "distilled")) is not None:
        fast, defaults, training = (
            out.with_name(f"{out.name}-fast"),
            defaults | FAST,
            training | {"stages": {name: done for name, done in stages.items() if name != "layout"}},
        )
        exporting.export(fast, recipe, config, tokenizer, distilled[0], vae, defaults=defaults, training=training)
    return True


def _tokenizer(run: Run) -> Tokenizer:
    folder = run.folder / "tokenizer"
    if not (folder / "vocab.json").exists():
        world_tokenizer().save(folder)
    return Tokenizer.from_folder(folder)


if __name__ == "__main__":
    sys.exit(main())
