"""The loop that every stage runs in: steps, averaged weights, checkpoints, progress, samples, and stopping in time.

A step depends on the seed and its own number alone, so a run that was interrupted goes on to the same numbers.
"""

from __future__ import annotations

import json
import math
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch
from PIL import Image
from torch import Tensor, nn

from sd_models.errors import CheckpointError, ModelError
from sd_models.training.muon import Muon

__all__ = ["Run", "Stage", "averaged", "learning_rate", "read_state", "train", "write_state"]


@dataclass
class Run:
    """One invocation: where its files are, what it computes on, when it stops (`deadline`, monotonic seconds)."""

    folder: Path
    device: torch.device
    deadline: float | None = None
    seed: int = 0
    workers: int = 1
    save_seconds: float = 50.0
    sample_seconds: float = 300.0
    say: Callable[[str], None] = field(default=lambda line: print(line, flush=True))

    @property
    def out_of_time(self) -> bool:
        return self.deadline is not None and time.monotonic() >= self.deadline

    def autocast(self) -> Any:
        """bfloat16 for what may be computed in it, where the device has it."""
        if self.device.type == "cpu" and not torch.cpu._is_avx512_bf16_supported():
            return nullcontext()
        return torch.autocast(self.device.type, torch.bfloat16)

    def generator(self, *of: int) -> torch.Generator:
        """Random numbers on the run's device that depend on the seed and `of` alone (and on the kind of device)."""
        key = self.seed
        for number in of:
            key = (key * 1_000_003 + number) % 2**62
        return torch.Generator(self.device).manual_seed(key)


@dataclass(frozen=True, kw_only=True)
class Stage:
    """One training. `batch(step)` gives the tensors of a step, on the run's device and always of the same shapes;
    `loss(step, *tensors)` the loss and what to report beside it. All chance is in the batch. A GPU records the loss and
    replays it, so what it computes may depend on the step only from one of `phases` to the next, and it may not look at
    a number. `sample(step)` draws a picture with the averaged weights in place."""

    name: str
    modules: Mapping[str, nn.Module]
    batch: Callable[[int], tuple[Tensor, ...]]
    loss: Callable[..., tuple[Tensor, dict[str, Tensor]]]
    steps: int
    size: int  # samples a step
    rate: float
    average: float
    sample: Callable[[int], Image.Image] | None = None
    frozen: tuple[str, ...] = ()  # beginnings of the names of parameters that stay as they are
    phases: tuple[int, ...] = ()  # steps from which the loss is another
    orthogonal: bool = True  # moves of matrices (Muon's); without it AdamW moves all


def learning_rate(step: int, steps: int, rate: float) -> float:
    """A short rise, constant for the first half, then a straight fall to a fiftieth."""
    rise = min(1.0, (step + 1) / min(200, max(1, steps // 10)))
    fall = 1.0 if step < steps / 2 else 1 - 0.98 * (step - steps / 2) / (steps / 2)
    return rate * rise * fall


def state_file(run: Run, stage: str) -> Path:
    return run.folder / stage / "state.pt"


def write_state(run: Run, stage: str, state: dict[str, Any]) -> None:
    """Saves a checkpoint; the one before stays whole until the new one is."""
    path = state_file(run, stage)
    path.parent.mkdir(parents=True, exist_ok=True)
    torch.save(state, path.with_suffix(".part"))
    path.with_suffix(".part").replace(path)


def read_state(run: Run, stage: str) -> dict[str, Any] | None:
    """The checkpoint of a stage, or None where it has not begun. Raises CheckpointError for a damaged one."""
    path = state_file(run, stage)
    if not path.exists():
        return None
    try:
        state: dict[str, Any] = torch.load(path, map_location=run.device, weights_only=True, mmap=False)
    except Exception as error:
        raise CheckpointError(
            f"{path} is damaged ({error.__class__.__name__}): remove it to begin the stage anew"
        ) from None
    return state


def train(run: Run, stage: Stage) -> bool:
    """Runs the stage from its checkpoint until it is done or the time is up; True when it is done. The modules are left
    with the averaged weights."""
    named = {
        f"{prefix}.{name}": parameter
        for prefix, module in stage.modules.items()
        for name, parameter in module.named_parameters()
        if not f"{prefix}.{name}".startswith(stage.frozen or ("\0",))
    }
    parameters = list(named.values())
    recorded = run.device.type == "cuda"
    rate = torch.tensor(stage.rate, device=run.device) if recorded else stage.rate
    optimizer = Muon(parameters, lr=rate, orthogonal=stage.orthogonal)
    update = (_RecordedUpdate if recorded else _Update)(stage, parameters, optimizer)
    average = [parameter.detach().clone() for parameter in parameters]
    before: dict[str, Tensor] = {}  # the averaged weights when the last phase began
    step, spent = 0, 0.0
    if (state := read_state(run, stage.name)) is not None:
        step, spent, before = state["step"], state["seconds"], state.get("before", {})
        for name, parameter in named.items():
            parameter.data.copy_(state["weights"].get(name, parameter))
        average = [state["average"].get(name, parameter).to(run.device).detach() for name, parameter in named.items()]
        # Weights alone begin with a fresh optimiser: an exported model's, or those of a stage that got new parts.
        if "optimizer" in state and state["weights"].keys() == named.keys() and step < stage.steps:
            optimizer.load_state_dict(state["optimizer"])
            for group in optimizer.param_groups:
                group["lr"] = rate
    began, began_at = time.monotonic(), step
    saved = sampled = reported = began
    recent: dict[str, float] = {}

    def save() -> None:
        state = {
            "step": step,
            "seconds": spent + time.monotonic() - began,
            "weights": {name: parameter.detach() for name, parameter in named.items()},
            "average": dict(zip(named, average, strict=True)),
            "before": before,
            "optimizer": optimizer.state_dict(),
        }
        write_state(run, stage.name, state)

    def report(now: float) -> None:
        speed = (step - began_at) / max(now - began, 1e-9)
        left = (stage.steps - step) / max(speed, 1e-9) / 60
        parts = " ".join(f"{name} {value:.4f}" for name, value in recent.items())
        run.say(f"{stage.name} {step}/{stage.steps} {parts} {speed * stage.size:.1f} samples/s, {left:.1f} min left")
        run.folder.mkdir(parents=True, exist_ok=True)
        with (run.folder / "log.jsonl").open("a") as file:
            line = {"stage": stage.name, "step": step, "seconds": spent + now - began, **recent}
            file.write(json.dumps(line) + "\n")

    while step < stage.steps and not run.out_of_time:
        if step in stage.phases:
            before = {name: mean.clone() for name, mean in zip(named, average, strict=True)}
        loss, parts = update(step, stage.batch(step))
        # Looking at a number waits for the GPU: not at every step.
        looked = not recorded or step % 10 == 0 or step + 1 == stage.steps
        if looked and not math.isfinite(loss.item()):
            if not recorded:  # else the weights may be spoilt by now, and the last checkpoint stays
                save()
            raise ModelError(f"{stage.name}: the loss is {loss.item()} at step {step}; lower the learning rate")
        decay = min(stage.average, (1 + step) / (10 + step))
        torch._foreach_lerp_(average, [parameter.detach() for parameter in parameters], 1 - decay)
        step += 1
        for name, number in ({"loss": loss.item()} | {n: p.item() for n, p in parts.items()} if looked else {}).items():
            recent[name] = number if name not in recent else recent[name] + 0.02 * (number - recent[name])
        now = time.monotonic()
        if now - reported > 10 or step in (1, stage.steps):
            report(now)
            reported = now
        if now - saved > run.save_seconds:
            save()
            saved = time.monotonic()
        if stage.sample is not None and (now - sampled > run.sample_seconds or step == stage.steps):
            with averaged(parameters, average):
                path = run.folder / "samples" / f"{stage.name}-{step:06d}.png"
                path.parent.mkdir(parents=True, exist_ok=True)
                stage.sample(step).save(path)
            sampled = time.monotonic()
    if step > began_at:
        save()
    for parameter, mean in zip(parameters, average, strict=True):
        parameter.data.copy_(mean)
    return step >= stage.steps


class _Update:
    """One step of the weights: `update(step, batch)` gives the loss and what to report beside it."""

    def __init__(self, stage: Stage, parameters: list[nn.Parameter], optimizer: Muon) -> None:
        self.stage, self.parameters, self.optimizer = stage, parameters, optimizer

    def __call__(self, step: int, batch: tuple[Tensor, ...]) -> tuple[Tensor, dict[str, Tensor]]:
        for group in self.optimizer.param_groups:
            group["lr"] = learning_rate(step, self.stage.steps, self.stage.rate)
        loss, parts = self.stage.loss(step, *batch)
        if math.isfinite(loss.item()):  # else the weights stay, and the training stops
            self.move(loss)
        self.optimizer.zero_grad(set_to_none=True)
        return loss.detach(), parts

    def move(self, loss: Tensor) -> None:
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.parameters, 1.0)
        self.optimizer.step()


class _RecordedUpdate(_Update):
    """The same on a GPU, recorded and then replayed: to launch its thousands of small kernels takes longer than to run
    them. Each phase of the loss is recorded anew, after some steps in which torch finds its fastest kernels."""

    WARM = 5

    def __init__(self, stage: Stage, parameters: list[nn.Parameter], optimizer: Muon) -> None:
        super().__init__(stage, parameters, optimizer)
        self.warm = 0
        self.graph: torch.cuda.CUDAGraph | None = None
        self.inputs: list[Tensor] = []
        self.result: tuple[Tensor, dict[str, Tensor]] = torch.zeros(()), {}

    def __call__(self, step: int, batch: tuple[Tensor, ...]) -> tuple[Tensor, dict[str, Tensor]]:
        for group in self.optimizer.param_groups:
            group["lr"].fill_(learning_rate(step, self.stage.steps, self.stage.rate))
        if step in self.stage.phases:
            self.graph, self.warm = None, 0
        if self.warm < self.WARM:
            self.warm += 1
            return self._launched(step, batch)
        if self.graph is None:
            self._record(step, batch)
        for own, given in zip(self.inputs, batch, strict=True):
            own.copy_(given)
        assert self.graph is not None
        self.graph.replay()
        return self.result

    def _launched(self, step: int, batch: tuple[Tensor, ...]) -> tuple[Tensor, dict[str, Tensor]]:
        """On a stream of its own, as recording is: torch ties a gradient to the stream that it first came on."""
        self.optimizer.zero_grad(set_to_none=True)
        beside = torch.cuda.Stream()
        beside.wait_stream(torch.cuda.current_stream())
        with torch.cuda.stream(beside):
            loss, parts = self.stage.loss(step, *batch)
            self.move(loss)
        torch.cuda.current_stream().wait_stream(beside)
        return loss.detach(), parts

    def _record(self, step: int, batch: tuple[Tensor, ...]) -> None:
        self.optimizer.zero_grad(set_to_none=True)
        self.inputs = [tensor.clone() for tensor in batch]
        self.graph = torch.cuda.CUDAGraph()
        # Panels are encoded meanwhile, on another thread.
        with torch.cuda.graph(self.graph, capture_error_mode="thread_local"):
            loss, parts = self.stage.loss(step, *self.inputs)
            self.move(loss)
        self.result = loss.detach(), parts


@contextmanager
def averaged(parameters: list[nn.Parameter], average: list[Tensor]) -> Iterator[None]:
    """Within the block the parameters are the averaged ones."""
    own = [parameter.detach().clone() for parameter in parameters]
    for parameter, mean in zip(parameters, average, strict=True):
        parameter.data.copy_(mean)
    try:
        with torch.no_grad():
            yield
    finally:
        for parameter, value in zip(parameters, own, strict=True):
            parameter.data.copy_(value)
