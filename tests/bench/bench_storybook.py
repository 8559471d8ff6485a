"""What a panel costs with the shipped model at its default setting, part by part, alone and in a batch of six."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable

from rich.console import Console
from rich.table import Table

PROMPT = "medium shot of a girl in a red coat with a lantern, waving, forest, night, snow, storybook"
MEMORY = """
import resource
from sd_models import StableDiffusion
StableDiffusion.from_pretrained("storybook", device="cpu").generate([{prompt!r}] * {count})
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def _median(work: Callable[[], object], times: int = 5) -> float:
    """Median seconds of `work`, after one call that does not count."""
    work()
    seconds = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds)


def _memory(count: int) -> float:
    """Peak MiB of a fresh process that loads the model and draws `count` panels in one batch."""
    script = MEMORY.format(prompt=PROMPT, count=count)
    out = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return float(out.stdout.split()[-1])


def run() -> None:
    import torch

    from sd_models import StableDiffusion

    loading = _median(lambda: StableDiffusion.from_pretrained("storybook", device="cpu"), 3)
    model = StableDiffusion.from_pretrained("storybook", device="cpu")
    defaults = model.defaults
    latents = model.generate(PROMPT, output_type="latent").images
    with torch.inference_mode():
        ids = model.tokenizer([PROMPT, ""])
        text = _median(lambda: model.text_encoder(ids))
        hidden = model.text_encoder(ids)
        both = torch.cat([latents, latents])
        step = _median(lambda: model.unet(both, 500, hidden))
        decoder = _median(lambda: model.vae.decode(latents))
    one = _median(lambda: model.generate(PROMPT))
    six = _median(lambda: model.generate([PROMPT] * 6), 3)
    size = f"{defaults.width}x{defaults.height}"
    table = Table(title=f"storybook, {size}, {defaults.sampler}, {defaults.steps} steps, guidance {defaults.guidance}")
    table.add_column("what")
    table.add_column("measured", justify="right")
    rows = {
        "loading": f"{loading:.2f} s",
        "text encoder, prompt and empty prompt": f"{text * 1e3:.0f} ms",
        f"UNet, {defaults.steps} guided steps": f"{step * defaults.steps * 1e3:.0f} ms",
        "decoder": f"{decoder * 1e3:.0f} ms",
        "one panel": f"{one:.2f} s",
        "six panels, one after the other": f"{6 * one:.2f} s",
        "six panels in a batch": f"{six:.2f} s, ratio {6 * one / six:.2f}",
        "peak memory, one panel": f"{_memory(1):.0f} MiB",
        "peak memory, six in a batch": f"{_memory(6):.0f} MiB",
    }
    for name, measured in rows.items():
        table.add_row(name, measured)
    Console().print(table)
