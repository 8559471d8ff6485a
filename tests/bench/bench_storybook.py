"""What a panel costs with each shipped model at its default setting: part by part, alone and in a batch of six, and
beside diffusers, which draws the same requests by turns with ours, on one thread and on two."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table

from tests.bench.ruler import instruction_set

if TYPE_CHECKING:
    import numpy as np

    from sd_models.engines import Engine

PROMPT = "medium shot of a girl in a red coat with a lantern, waving, forest, night, snow, storybook"
TURNS = 7
MEMORY = """
from sd_models import StableDiffusion
from tests.bench.ruler import peak_mib
StableDiffusion.from_pretrained({name!r}, device="cpu").generate([{prompt!r}] * {count})
print(peak_mib())
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


def _memory(name: str, count: int) -> float:
    """Peak MiB of a fresh process that loads the model and draws `count` panels in one batch."""
    script = MEMORY.format(name=name, prompt=PROMPT, count=count)
    out = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return float(out.stdout.split()[-1])


def _measured(name: str) -> dict[str, str]:
    import torch

    from sd_models import StableDiffusion

    loading = _median(lambda: StableDiffusion.from_pretrained(name, device="cpu"), 3)
    model = StableDiffusion.from_pretrained(name, device="cpu")
    defaults = model.defaults
    latents = model.generate(PROMPT, output_type="latent").images
    prompts = [PROMPT, ""] if defaults.guidance > 1 else [PROMPT]
    with torch.inference_mode():
        ids = model.tokenizer(prompts)
        text = _median(lambda: model.text_encoder(ids))
        hidden = model.text_encoder(ids)
        together = torch.cat([latents] * len(prompts))
        step = _median(lambda: model.unet(together, 500, hidden))
        decoder = _median(lambda: model.vae.decode(latents))
    one = _median(lambda: model.generate(PROMPT))
    six = _median(lambda: model.generate([PROMPT] * 6), 3)
    return {
        "drawing": f"{defaults.sampler}, {defaults.steps} steps, guidance {defaults.guidance:g}",
        "size": f"{defaults.width}x{defaults.height}",
        "loading": f"{loading:.2f} s",
        "text encoder": f"{text * 1e3:.0f} ms",
        "UNet, all steps": f"{step * defaults.steps * 1e3:.0f} ms",
        "decoder": f"{decoder * 1e3:.0f} ms",
        "one panel": f"{one:.2f} s",
        "six panels, one after the other": f"{6 * one:.2f} s",
        "six panels in a batch": f"{six:.2f} s, ratio {6 * one / six:.2f}",
        "peak memory, one panel": f"{_memory(name, 1):.0f} MiB",
        "peak memory, six in a batch": f"{_memory(name, 6):.0f} MiB",
    }


@contextmanager
def _threads(count: int) -> Iterator[None]:
    import torch

    before = torch.get_num_threads()
    torch.set_num_threads(count)
    try:
        yield
    finally:
        torch.set_num_threads(before)


def _panel(engine: Engine, defaults: Any) -> tuple[float, np.ndarray]:
    """Seconds of one panel as the app asks for it, and the picture."""
    import numpy as np

    from sd_models.engines import Drawn, DrawRequest

    request = DrawRequest(
        engine=engine.name,
        model=engine.model,
        prompt=PROMPT,
        negative_prompt="",
        seed=4,
        steps=defaults.steps,
        guidance=defaults.guidance,
        sampler=defaults.sampler,
        width=defaults.width,
        height=defaults.height,
    )
    start = time.perf_counter()
    *_, last = engine.draw([request], lambda name: None)  # type: ignore[arg-type, return-value]
    assert isinstance(last, Drawn)
    return time.perf_counter() - start, np.asarray(last.image).astype(int)


def _beside_diffusers(names: list[str]) -> Table:
    """One panel with both engines, and how far their pictures are apart."""
    from sd_models.engines.loading import load_engine

    table = Table(
        "model", title=f"One panel beside diffusers, {instruction_set()}: median seconds of {TURNS}, by turns"
    )
    for column in ("threads", "diffusers", "ours", "ratio", "largest difference, of 255"):
        table.add_column(column, justify="right")
    for name in names:
        theirs, ours = (load_engine(engine, name, device="cpu") for engine in ("diffusers", "scratch"))
        defaults = ours.defaults  # type: ignore[attr-defined]
        for count in (1, 2):
            with _threads(count):
                apart = abs(_panel(theirs, defaults)[1] - _panel(ours, defaults)[1]).max()
                turns = [(_panel(theirs, defaults)[0], _panel(ours, defaults)[0]) for _ in range(TURNS)]
            a, b = (statistics.median(column) for column in zip(*turns, strict=True))
            table.add_row(name, str(count), f"{a:.2f}", f"{b:.2f}", f"{a / b:.2f}x", str(apart))
    return table


def run() -> None:
    from sd_models.shipped import SHIPPED

    columns = {name: _measured(name) for name, folder in SHIPPED.items() if folder.exists()}
    table = Table("what", title=f"The shipped models, each as it draws by itself, {instruction_set()}")
    for name in columns:
        table.add_column(name, justify="right")
    for what in next(iter(columns.values())):
        table.add_row(what, *(measured[what] for measured in columns.values()))
    Console().print(table)
    Console().print(_beside_diffusers(list(columns)))
