"""Full-size Stable Diffusion 1.5 on this CPU, beside diffusers: the same random weights, the same threads, one process,
taking turns; medians. The weights of ours are prepared for inference, which is exact (`sd_models/inference.py`)."""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable

import torch
from rich.console import Console
from rich.table import Table

from sd_models.checkpoints.load import build, fill
from sd_models.clip import CLIP
from sd_models.config import SD15
from sd_models.inference import prepare_for_inference
from sd_models.unet import UNet
from sd_models.vae import VAE
from tests.bench.ruler import matmul_gflops

TIMES = 5
# Multiply-adds counted as two, of the textbook forward; ours needs fewer.
GFLOP = {"guided UNet step, 512x512": 2 * 803.0, "VAE decode, 512x512": 2515.0, "text encoding, 2 prompts": 2 * 13.0}

Run = Callable[[], object]


def _unet(dtype: torch.dtype) -> tuple[Run, Run]:
    from diffusers import UNet2DConditionModel

    latents, hidden = torch.randn(2, 4, 64, 64, dtype=dtype), torch.randn(2, 77, 768, dtype=dtype)
    theirs = UNet2DConditionModel.from_config(SD15.unet.to_json()).eval().to(dtype)
    ours = fill(build(UNet, SD15.unet), theirs.state_dict(), "diffusers", dtype=dtype)
    prepare_for_inference(ours)
    context = ours.text_context(hidden)  # once for all steps of a picture
    return lambda: theirs(latents, 500, hidden).sample, lambda: ours(latents, 500, context)


def _vae(dtype: torch.dtype) -> tuple[Run, Run]:
    from diffusers import AutoencoderKL

    latents = torch.randn(1, 4, 64, 64, dtype=dtype)
    theirs = AutoencoderKL.from_config(SD15.vae.to_json()).eval().to(dtype)
    ours = fill(build(VAE, SD15.vae), theirs.state_dict(), "diffusers", dtype=dtype)
    prepare_for_inference(ours)
    return lambda: theirs.decode(latents).sample, lambda: ours.decode(latents)


def _text(dtype: torch.dtype) -> tuple[Run, Run]:
    from transformers import CLIPTextConfig, CLIPTextModel

    ids = torch.randint(0, 49406, (2, 77))
    theirs = CLIPTextModel(CLIPTextConfig(**SD15.text_encoder.to_json())).eval().to(dtype)
    ours = fill(build(CLIP, SD15.text_encoder), theirs.state_dict(), "transformers", dtype=dtype)
    prepare_for_inference(ours)
    return lambda: theirs(ids).last_hidden_state, lambda: ours(ids)


PARTS = dict(zip(GFLOP, (_unet, _vae, _text), strict=True))


def _seconds(run: Run) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def _peak_gigabytes(part: str, dtype: str, which: int) -> float:
    """Peak memory of one run in a process of its own: what holds the model alone, and runs it."""
    code = f"import tests.bench.bench_models as b; b._alone({part!r}, {dtype!r}, {which})"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return float(out.stdout.split()[-1])


def _alone(part: str, dtype: str, which: int) -> None:
    """Loads one implementation from a file, as a user does, and runs it once."""
    import tempfile
    from pathlib import Path

    from safetensors.torch import load_file, save_file

    from diffusers import AutoencoderKL, UNet2DConditionModel

    kinds = {"unet": (UNet, UNet2DConditionModel, SD15.unet), "vae": (VAE, AutoencoderKL, SD15.vae)}
    ours_kind, theirs_kind, config = kinds[part]
    torch_dtype = getattr(torch, dtype)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "diffusion_pytorch_model.safetensors"
        if (pid := __import__("os").fork()) == 0:
            model = theirs_kind.from_config(config.to_json()).to(torch_dtype)
            save_file(model.state_dict(), path)
            theirs_kind.save_config(model, folder)
            __import__("os")._exit(0)
        __import__("os").waitpid(pid, 0)
        latents, hidden = torch.randn(2, 4, 64, 64, dtype=torch_dtype), torch.randn(2, 77, 768, dtype=torch_dtype)
        with torch.inference_mode():
            if which == 0:
                theirs = theirs_kind.from_pretrained(folder, torch_dtype=torch_dtype)
                theirs(latents, 500, hidden) if part == "unet" else theirs.decode(latents[:1])
            else:
                ours = fill(build(ours_kind, config), load_file(path), path, dtype=torch_dtype)
                prepare_for_inference(ours)
                ours(latents, 500, ours.text_context(hidden)) if part == "unet" else ours.decode(latents[:1])
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20)


def run() -> None:
    table = Table(title=f"Stable Diffusion 1.5, full size, {torch.get_num_threads()} threads: median of {TIMES}, seconds")
    for column in ("part", "dtype", "diffusers", "ours", "ratio", "% of matmul peak", "largest difference"):
        table.add_column(column, justify="left" if column == "part" else "right")
    with torch.inference_mode():
        for part, make in PARTS.items():
            for dtype in (torch.float32, torch.bfloat16):
                torch.manual_seed(0)
                theirs, ours = make(dtype)
                expected, got = theirs(), ours()
                assert isinstance(expected, torch.Tensor) and isinstance(got, torch.Tensor)
                difference = float((expected - got).abs().max() / expected.abs().max())
                times = [(_seconds(theirs), _seconds(ours)) for _ in range(TIMES)]
                a, b = (statistics.median(column) for column in zip(*times, strict=True))
                name = str(dtype).removeprefix("torch.")
                share = 100 * GFLOP[part] / b / matmul_gflops(name)
                table.add_row(part, name, f"{a:.3f}", f"{b:.3f}", f"{a / b:.2f}x", f"{share:.0f}%", f"{difference:.1e}")
                del theirs, ours
    Console().print(table)
