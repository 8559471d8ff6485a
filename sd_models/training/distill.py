"""The fourth stage: a UNet that draws in four steps without guidance.

The student's one step from timestep t to the next of its four is taught to arrive where the teacher arrives in several
guided steps: Salimans & Ho 2022, "Progressive Distillation", algorithm 2, with guidance as in Meng et al. 2023, "On
Distillation of Guided Diffusion Models". Student and teacher share the text encoder, so the folder holds it once.
"""

from __future__ import annotations

import copy
from contextlib import closing

import torch
from PIL import Image
from torch import Tensor

from sd_models.schedule import ScheduleConfig, spaced_timesteps
from sd_models.tokenizer import Tokenizer
from sd_models.training.diffusion import PROMPTS, Denoiser, Latents, draw, guided, jump, mix, noise_levels
from sd_models.training.fast import fast_attention
from sd_models.training.loop import Run, Stage, train
from sd_models.training.recipe import SCHEDULER, Recipe
from sd_models.training.vae import sheet
from sd_models.vae import VAE

__all__ = ["STEPS", "train_distilled"]

STEPS = 4
TEACHER_STEPS = 4  # of the teacher, for one of the student's


def train_distilled(
    run: Run, recipe: Recipe, teacher: Denoiser, vae: VAE, tokenizer: Tokenizer, *, guidance: float
) -> tuple[bool, Denoiser]:
    """Whether it is done, and the student with its averaged weights."""
    student = copy.deepcopy(teacher).train()
    student.text_encoder.requires_grad_(False)
    teacher.eval().requires_grad_(False)
    latents = Latents(run, recipe, vae, tokenizer)
    alpha_bars = noise_levels().to(run.device)
    schedule = ScheduleConfig.from_dict(SCHEDULER)
    student_times = torch.from_numpy(spaced_timesteps(schedule, STEPS)).to(run.device)
    fine = torch.from_numpy(spaced_timesteps(schedule, STEPS * TEACHER_STEPS)).to(run.device)
    fine_levels = torch.cat([alpha_bars[fine], torch.ones(1, device=run.device)])
    empty = tokenizer("").to(run.device)

    which = (torch.arange(recipe.distill_batch) % STEPS).to(run.device)
    start = fine_levels[which * TEACHER_STEPS]

    def batch(step: int) -> tuple[Tensor, ...]:
        x0, ids, _ = latents.batch(step, latents.pool.count or recipe.start, recipe.distill_batch, dropped=0.0)
        return x0, ids, torch.randn(x0.shape, generator=run.generator(step, 3), device=run.device)

    def loss(step: int, x0: Tensor, ids: Tensor, noise: Tensor) -> tuple[Tensor, dict[str, Tensor]]:
        x, _ = mix(x0, noise, start)
        with run.autocast(), fast_attention(student, run.device), fast_attention(teacher, run.device):
            with torch.no_grad():
                goal = x
                for k in range(TEACHER_STEPS):
                    at = which * TEACHER_STEPS + k
                    v = guided(teacher, goal, fine[at], ids, empty, guidance)
                    goal = jump(goal, v, fine_levels[at], fine_levels[at + 1])
            v = student(x, student_times[which], ids).float()
        arrived = jump(x, v, start, fine_levels[(which + 1) * TEACHER_STEPS])
        # A step from pure noise is not to be lost among the small last ones: each is measured by how far it goes.
        distance = (goal - x).square().mean(dim=(1, 2, 3)).clamp(min=1e-3)
        error = (arrived - goal).square().mean(dim=(1, 2, 3))
        return (error / distance).mean(), {"error": error.mean().detach()}

    def sample(step: int) -> Image.Image:
        images = draw(run, student, vae, tokenizer, PROMPTS, recipe, steps=STEPS, guidance=1.0)
        return sheet(list(images), columns=4)

    stage = Stage(
        name="distilled",
        modules={"model": student},
        batch=batch,
        loss=loss,
        steps=recipe.distill_steps,
        size=recipe.distill_batch,
        rate=recipe.distill_rate,
        average=min(recipe.average, 0.998),
        sample=sample,
        frozen=("model.text_encoder.",),
    )
    with closing(latents):
        return train(run, stage), student
