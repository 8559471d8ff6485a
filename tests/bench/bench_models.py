"""Full-size Stable Diffusion 1.5 on this CPU, beside diffusers: the same random weights, the same threads, one process,
taking turns; medians. The weights of ours are prepared for inference, which is exact (`sd_models/inference.py`).
Peak memory is that of a process that loads the part from a file and runs it once."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch
from rich.console import Console
from rich.table import Table

from sd_models.checkpoints import Components
from sd_models.checkpoints.load import build, fill
from sd_models.checkpoints.read import read_tensors
from sd_models.clip import CLIP
from sd_models.config import SD15
from sd_models.inference import prepare_for_inference
from sd_models.tokenizer import Tokenizer
from sd_models.unet import UNet
from sd_models.vae import VAE
from tests.bench.ruler import instruction_set, matmul_gflops, peak_mib

TIMES = 5
Run = Callable[[], object]


def _pair(part: str, dtype: torch.dtype) -> tuple[Any, Any]:
    """diffusers' part and ours, with the same weights."""
    from diffusers import AutoencoderKL, UNet2DConditionModel
    from transformers import CLIPTextConfig, CLIPTextModel

    if part == "text_encoder":
        theirs = CLIPTextModel(CLIPTextConfig(**SD15.text_encoder.to_json()))
    else:
        kind = UNet2DConditionModel if part == "unet" else AutoencoderKL
        theirs = kind.from_config(getattr(SD15, part).to_json())
    theirs = theirs.eval().requires_grad_(False).to(dtype)
    kinds = {"unet": UNet, "vae": VAE, "text_encoder": CLIP}
    ours = fill(build(kinds[part], getattr(SD15, part)), theirs.state_dict(), "diffusers", dtype=dtype)
    prepare_for_inference(ours)
    return theirs, ours


def _unet(dtype: torch.dtype) -> tuple[Run, Run]:
    latents, hidden = torch.randn(2, 4, 64, 64, dtype=dtype), torch.randn(2, 77, 768, dtype=dtype)
    theirs, ours = _pair("unet", dtype)
    text = ours.text_context(hidden)  # once for all steps of a picture
    return lambda: theirs(latents, 500, hidden).sample, lambda: ours(latents, 500, text)


def _vae(dtype: torch.dtype) -> tuple[Run, Run]:
    latents = torch.randn(1, 4, 64, 64, dtype=dtype)
    theirs, ours = _pair("vae", dtype)
    return lambda: theirs.decode(latents).sample, lambda: ours.decode(latents)


def _text(dtype: torch.dtype) -> tuple[Run, Run]:
    ids = torch.randint(0, 49406, (2, 77))
    theirs, ours = _pair("text_encoder", dtype)
    return lambda: theirs(ids).last_hidden_state, lambda: ours(ids)


def _picture(dtype: torch.dtype) -> tuple[Run, Run]:
    """Text to picture at 256x256, 4 guided steps of DPM-Solver++ 2M, from tokenizing to pixels."""
    from diffusers import DPMSolverMultistepScheduler, StableDiffusionPipeline

    from sd_models import StableDiffusion
    from tests.sd_models.reference import clip_tokenizer, write_clip_vocabulary

    pairs = {part: _pair(part, dtype) for part in ("text_encoder", "unet", "vae")}
    with tempfile.TemporaryDirectory() as folder:
        write_clip_vocabulary(Path(folder))
        tokenizer = Tokenizer.from_folder(folder)
    sd = StableDiffusion(Components(SD15, tokenizer, *(pairs[part][1] for part in pairs)))
    pipeline = StableDiffusionPipeline(
        **{part: theirs for part, (theirs, _) in pairs.items()},
        tokenizer=clip_tokenizer(),
        scheduler=DPMSolverMultistepScheduler.from_config(dict(SD15.scheduler)),
        safety_checker=None,
        feature_extractor=None,
        requires_safety_checker=False,
    )
    pipeline.set_progress_bar_config(disable=True)
    same = {"num_inference_steps": 4, "height": 256, "width": 256, "guidance_scale": 7.5}
    noise = torch.randn(1, 4, 32, 32)
    return (
        lambda: pipeline("a red fox", latents=noise.to(dtype), output_type="pt", **same).images,
        lambda: sd.generate("a red fox", latents=noise, sampler="dpmpp_2m", **same),
    )


# (how the parts are made, GFLOP of the textbook forward, a multiply-add counted as two; ours needs fewer)
PARTS: dict[str, tuple[Callable[[torch.dtype], tuple[Run, Run]], float]] = {
    "guided UNet step, 512x512": (_unet, 2 * 803.0),
    "VAE decode, 512x512": (_vae, 2515.0),
    "text encoding, 2 prompts": (_text, 2 * 13.0),
    "picture, 256x256, 4 steps": (_picture, 0.0),
}


def _seconds(run: Run) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def _in_a_process(call: str) -> str:
    code = f"import tests.bench.bench_models as b; b.{call}"
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout


def _write(part: str, dtype: str, folder: str) -> None:
    theirs, _ = _pair(part, getattr(torch, dtype))
    theirs.save_pretrained(folder)


def _alone(part: str, dtype: str, folder: str, whose: str) -> None:
    """Loads one implementation from a file, as a user does, runs it once, and prints its peak memory in GiB."""
    torch_dtype = getattr(torch, dtype)
    latents, hidden = torch.randn(2, 4, 64, 64, dtype=torch_dtype), torch.randn(2, 77, 768, dtype=torch_dtype)
    with torch.inference_mode():
        if whose == "diffusers":
            from diffusers import AutoencoderKL, UNet2DConditionModel

            kind = UNet2DConditionModel if part == "unet" else AutoencoderKL
            theirs = kind.from_pretrained(folder, torch_dtype=torch_dtype)
            theirs(latents, 500, hidden) if part == "unet" else theirs.decode(latents[:1])
        else:
            path = Path(folder) / "diffusion_pytorch_model.safetensors"
            module = build(UNet if part == "unet" else VAE, getattr(SD15, part))
            ours: Any = fill(module, read_tensors(path), path, dtype=torch_dtype)
            prepare_for_inference(ours)
            ours(latents, 500, ours.text_context(hidden)) if part == "unet" else ours.decode(latents[:1])
    print(peak_mib() / 1024)


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title)
    for number, column in enumerate(columns):
        table.add_column(column, justify="right" if number else "left")
    return table


def run() -> None:
    machine = f"{instruction_set()}, {torch.get_num_threads()} threads"
    title = f"Stable Diffusion 1.5, full size, {machine}: median seconds of {TIMES}"
    speed = _table(title, "part", "dtype", "diffusers", "ours", "ratio", "% of matmul peak", "largest difference")
    with torch.inference_mode():
        for part, (make, gflop) in PARTS.items():
            for dtype in (torch.float32, torch.bfloat16):
                torch.manual_seed(0)
                theirs, ours = make(dtype)
                expected, got = theirs(), ours()
                times = [(_seconds(theirs), _seconds(ours)) for _ in range(TIMES)]
                a, b = (statistics.median(column) for column in zip(*times, strict=True))
                name, peak, difference = str(dtype).removeprefix("torch."), "", ""
                if isinstance(expected, torch.Tensor) and isinstance(got, torch.Tensor):
                    difference = f"{float((expected - got).abs().max() / expected.abs().max()):.1e}"
                if gflop:
                    peak = f"{100 * gflop / b / matmul_gflops(name):.0f}%"
                row = (part, name, f"{a:.3f}", f"{b:.3f}", f"{a / b:.2f}x", peak, difference)
                speed.add_row(*row)
                print(*row, file=sys.stderr, flush=True)  # the whole table takes many minutes
                del theirs, ours
    Console().print(speed)
    memory = _table("Peak memory, GiB", "part", "dtype", "diffusers", "ours")
    for part in ("unet", "vae"):
        for dtype_name in ("float32", "bfloat16"):
            with tempfile.TemporaryDirectory() as folder:
                _in_a_process(f"_write({part!r}, {dtype_name!r}, {folder!r})")
                call = f"_alone({part!r}, {dtype_name!r}, {folder!r}, "
                peaks = [float(_in_a_process(f"{call}{whose!r})").split()[-1]) for whose in ("diffusers", "ours")]
            memory.add_row(part, dtype_name, *(f"{peak:.2f}" for peak in peaks))
    Console().print(memory)
