"""A whole picture with full-size Stable Diffusion 1.5 on this CPU, 256x256 in 4 guided steps, beside diffusers: the
same random weights, noise and threads, one process, taking turns; medians. Text encoding and decoding included."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import torch
from PIL import Image
from rich.console import Console
from rich.table import Table

from sd_models.checkpoints import Components
from sd_models.checkpoints.load import build, fill
from sd_models.clip import CLIP
from sd_models.config import SD15, ModelConfig
from sd_models.inference import prepare_for_inference
from sd_models.pipeline import StableDiffusion
from sd_models.tokenizer import Tokenizer
from sd_models.unet import UNet
from sd_models.vae import VAE

TIMES = 5
SIZE, STEPS, GUIDANCE, SEED = 256, 4, 7.5, 1
PROMPT = "a fox in a red scarf, snowy forest, night"


def pipelines(config: ModelConfig, dtype: torch.dtype) -> tuple[StableDiffusion, Any]:
    """Ours and diffusers', with the same random weights."""
    from diffusers import (
        AutoencoderKL,
        DPMSolverMultistepScheduler,
        StableDiffusionPipeline,
        UNet2DConditionModel,
    )
    from diffusers.utils import logging as diffusers_logging
    from transformers import CLIPTextConfig, CLIPTextModel

    from tests.sd_models.reference import clip_tokenizer

    diffusers_logging.set_verbosity_error()
    torch.manual_seed(0)
    tokenizer = clip_tokenizer()
    theirs = StableDiffusionPipeline(
        unet=UNet2DConditionModel.from_config(config.unet.to_json()).eval().to(dtype),
        vae=AutoencoderKL.from_config(config.vae.to_json()).eval().to(dtype),
        text_encoder=CLIPTextModel(CLIPTextConfig(**config.text_encoder.to_json())).eval().to(dtype),
        tokenizer=tokenizer,
        scheduler=DPMSolverMultistepScheduler.from_config(dict(config.scheduler), use_karras_sigmas=True),
        safety_checker=None,
        feature_extractor=None,
        requires_safety_checker=False,
    )
    theirs.set_progress_bar_config(disable=True)
    with tempfile.TemporaryDirectory() as folder:
        tokenizer.save_pretrained(folder)
        ours = Components(
            config,
            Tokenizer.from_folder(Path(folder)),
            fill(build(CLIP, config.text_encoder), theirs.text_encoder.state_dict(), "transformers", dtype=dtype),
            fill(build(UNet, config.unet), theirs.unet.state_dict(), "diffusers", dtype=dtype),
            fill(build(VAE, config.vae), theirs.vae.state_dict(), "diffusers", dtype=dtype),
        )
    for part in (ours.text_encoder, ours.unet, ours.vae):
        prepare_for_inference(part)
    return StableDiffusion(ours), theirs


def run(config: ModelConfig = SD15, size: int = SIZE) -> None:
    table = Table(title=f"A whole picture: SD 1.5, {size}x{size}, {STEPS} guided steps, CPU, {TIMES} times each")
    for column in ("precision", "ours", "diffusers", "diffusers / ours", "largest difference"):
        table.add_column(column, justify="right")
    kinds = [torch.float32, torch.bfloat16] if torch.cpu._is_avx512_bf16_supported() else [torch.float32]
    medians: dict[torch.dtype, float] = {}
    for dtype in kinds:
        sd, pipe = pipelines(config, dtype)
        settings = {"num_inference_steps": STEPS, "guidance_scale": GUIDANCE, "height": size, "width": size}

        def ours(sd: StableDiffusion = sd, settings: dict[str, Any] = settings) -> Image.Image:
            image: Image.Image = sd.generate(PROMPT, sampler="dpmpp_2m_karras", seed=SEED, **settings).images[0]
            return image

        def theirs(pipe: Any = pipe, settings: dict[str, Any] = settings, dtype: torch.dtype = dtype) -> Image.Image:
            shape = (1, config.vae.latent_channels, size // config.vae.downscale, size // config.vae.downscale)
            noise = torch.randn(shape, generator=torch.Generator().manual_seed(SEED)).to(dtype)
            image: Image.Image = pipe(PROMPT, latents=noise, **settings).images[0]
            return image

        pictures = ours(), theirs()  # warm
        difference = np.abs(np.asarray(pictures[0], int) - np.asarray(pictures[1], int)).max()
        seconds = _in_turns([ours, theirs])
        medians[dtype] = seconds[0]
        name = str(dtype).removeprefix("torch.")
        ratio = f"{seconds[1] / seconds[0]:.2f}x"
        table.add_row(name, f"{seconds[0]:.2f} s", f"{seconds[1]:.2f} s", ratio, f"{difference} of 255")
        del sd, pipe
    Console().print(table)
    if len(medians) == 2:
        gain = medians[torch.float32] / medians[torch.bfloat16]
        Console().print(f"ours in bfloat16 takes 1/{gain:.2f} of ours in float32")


def _in_turns(runs: list[Callable[[], Image.Image]]) -> list[float]:
    seconds: list[list[float]] = [[] for _ in runs]
    for _ in range(TIMES):
        for place, one in enumerate(runs):
            start = time.perf_counter()
            one()
            seconds[place].append(time.perf_counter() - start)
    return [statistics.median(values) for values in seconds]


if __name__ == "__main__":
    run()
