"""The other engine: the same requests through the diffusers library, on the same noise. Nothing else in this package
imports diffusers or transformers."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import torch
from diffusers import (
    AutoencoderKL,
    StableDiffusionImg2ImgPipeline,
    StableDiffusionInpaintPipeline,
    StableDiffusionInstructPix2PixPipeline,
    StableDiffusionPipeline,
    UNet2DConditionModel,
    schedulers,
)
from diffusers.utils import logging as diffusers_logging
from PIL import Image
from torch import Tensor
from transformers import CLIPTextConfig, CLIPTextModel
from transformers.utils import logging as transformers_logging

from sd_models.checkpoints import describe_folder, load_components, locate
from sd_models.config import ModelConfig
from sd_models.defaults import Defaults
from sd_models.engines import Drawn
from sd_models.engines.groups import Group, GroupEngine, Progress, shared_attention
from sd_models.engines.loading import weights_revision
from sd_models.errors import CheckpointError, DrawingError, ModelError, RequestError
from sd_models.images import mask_to_tensor
from sd_models.noise import NoiseSource
from sd_models.pipeline import PROMPT_ROWS, encode_texts, readable_errors
from sd_models.preview import fit_colours, preview
from sd_models.prompt import token_rows
from sd_models.samplers import SAMPLERS, make_sampler
from sd_models.sharing import SharedAttention
from sd_models.tokenizer import Tokenizer

__all__ = ["DiffusersEngine", "load_diffusers_engine"]

OPTIONAL = ("safety_checker", "feature_extractor", "image_encoder")


def load_diffusers_engine(model: str, *, dtype: torch.dtype, device: str) -> DiffusersEngine:
    """Loads the shipped model, a folder or a hub id with diffusers; a single file, which diffusers would need the hub
    for, with this package's reader. Raises CheckpointError."""
    for log in (diffusers_logging, transformers_logging):  # their progress bars and advice are not for our readers
        log.set_verbosity_error()
        log.disable_progress_bar()
    with readable_errors():
        path = locate(model)
        pipeline, config = _from_file(path, dtype) if path.is_file() else _from_folder(path, dtype)
        pipeline.to(device)
    return DiffusersEngine(pipeline, config, model, weights_revision(path))


def _from_folder(folder: Path, dtype: torch.dtype) -> tuple[Any, ModelConfig]:
    if not (folder / "model_index.json").is_file():
        raise CheckpointError(f"{folder} is not a model folder: model_index.json is missing")
    config = describe_folder(folder)
    absent = {part: None for part in OPTIONAL if not (folder / part).is_dir()}
    try:
        pipeline = StableDiffusionPipeline.from_pretrained(folder, dtype=dtype, local_files_only=True, **absent)
    except (OSError, ValueError, RuntimeError, KeyError) as error:
        raise CheckpointError(f"{folder} could not be loaded by diffusers: {' '.join(str(error).split())}") from error
    return pipeline, config


def _from_file(path: Path, dtype: torch.dtype) -> tuple[Any, ModelConfig]:
    """The parts that diffusers and transformers build from the configuration, with the weights that our reader found:
    both name them alike."""
    components = load_components(path, dtype=dtype)
    config = components.config
    parts = {
        "unet": (UNet2DConditionModel.from_config(config.unet.to_json()), components.unet),
        "vae": (AutoencoderKL.from_config(config.vae.to_json()), components.vae),
        "text_encoder": (CLIPTextModel(CLIPTextConfig(**config.text_encoder.to_json())), components.text_encoder),
    }
    for theirs, ours in parts.values():
        theirs.load_state_dict(ours.state_dict())
        theirs.to(dtype).eval()
    scheduler = schedulers.DDIMScheduler.from_config(dict(config.scheduler))
    pipeline = StableDiffusionPipeline(
        **{name: theirs for name, (theirs, _) in parts.items()},
        tokenizer=components.tokenizer,
        scheduler=scheduler,
        safety_checker=None,
        feature_extractor=None,
        requires_safety_checker=False,
    )
    return pipeline, config


class DiffusersEngine(GroupEngine):
    """Draws with diffusers' pipelines. Prompts are read by `sd_models.prompt`, so that weights and long prompts mean
    the same in both engines; the text encoder, UNet, VAE, schedulers and their order are diffusers' own."""

    name = "diffusers"

    def __init__(self, pipeline: Any, config: ModelConfig, model: str, revision: str = "") -> None:
        self.pipeline, self.model, self.revision = pipeline, model, revision
        self.defaults = Defaults.of(config)
        self.takes_layout = config.unet.takes_layout
        self._schedule = {key: value for key, value in pipeline.scheduler.config.items() if not key.startswith("_use")}
        self._colours: Tensor | None = None
        self._tokenizer = pipeline.tokenizer if isinstance(pipeline.tokenizer, Tokenizer) else _tokenizer(pipeline)

    def draw_group(self, group: Group) -> Iterator[Progress | Drawn]:
        run, arguments = self._prepared(group)
        first = len(group.batch) - len(group.requests)
        latents: Tensor | None = None
        with _sharing(self.pipeline.unet, shared_attention(group)) as shared:
            for done, total, latents in _steps(run, arguments):
                if shared is not None:
                    shared.active = True
                yield Progress(done, total, partial(self._preview, latents[first:]))
        assert latents is not None
        for number, request in enumerate(group.requests):
            painted = self._decoded(latents[first + number : first + number + 1])
            facts: dict[str, object] = {
                "hidden": painted.info.get("hidden", False),
                "truncated": token_rows(self._tokenizer, request.prompt, max_rows=PROMPT_ROWS).truncated,
                "device": self.pipeline.device.type,
                "dtype": str(self.pipeline.unet.dtype).removeprefix("torch."),
                "torch": torch.__version__,
            }
            yield Drawn(number, group.finished(number, painted), facts)

    def _prepared(self, group: Group) -> tuple[Any, dict[str, Any]]:
        """The pipeline for this group, and what to call it with."""
        pipe, first, requests = self.pipeline, group.first, group.batch
        pipe.scheduler = self._scheduler(first.sampler, first.steps)
        variation = [
            None if request.variation_seed is None else (request.variation_seed, request.variation_amount)
            for request in requests
        ]
        draws = NoiseSource([request.seed for request in requests], variation=variation)
        arguments: dict[str, Any] = {
            **self._encoded(group, guided=first.guidance > 1),
            "num_inference_steps": first.steps,
            "guidance_scale": first.guidance,
            "generator": draws.generators,
            "output_type": "latent",
        }
        if not group.sources:
            shape = (pipe.vae.config.latent_channels, first.height // self._downscale, first.width // self._downscale)
            noise = draws.initial(shape).to(pipe.device, pipe.unet.dtype)
            arguments |= {"latents": noise}
            if self.takes_layout:
                return self._painting(group, arguments)
            return pipe, {**arguments, "height": first.height, "width": first.width}
        if self.takes_layout:
            raise RequestError("diffusers cannot change a picture with a model of layouts: choose the scratch engine")
        if any(variation):
            raise RequestError("diffusers cannot vary a picture edit: choose the scratch engine, or a new seed")
        parts = {**pipe.components, "requires_safety_checker": False}
        arguments |= {
            "image": list(group.sources),
            "strength": 0.8 if first.strength is None else first.strength,
        }
        if not group.masks:
            return StableDiffusionImg2ImgPipeline(**parts), arguments
        masks = torch.cat([mask_to_tensor(mask, first.height, first.width) for mask in group.masks])
        size = {"height": first.height, "width": first.width}
        return StableDiffusionInpaintPipeline(**parts), {**arguments, **size, "mask_image": masks}

    def _painting(self, group: Group, arguments: dict[str, Any]) -> tuple[Any, dict[str, Any]]:
        """The pipeline for a model that looks at layouts, and what to call it with."""
        first, layouts = group.first, list(group.layouts)
        kind = StableDiffusionInstructPix2PixPipeline if layouts else _FromWordsAlone
        blank = [Image.new("RGB", (first.width, first.height))] * len(group.batch)
        parts = {**self.pipeline.components, "requires_safety_checker": False}
        towards = self.defaults.layout_guidance if layouts else 1.0
        return kind(**parts), {**arguments, "image": layouts or blank, "image_guidance_scale": towards}

    def _scheduler(self, name: str, steps: int) -> Any:
        """The scheduler that our sampler of this name stands for. Raises RequestError where that one would."""
        schedule = {**self._schedule, "steps_offset": 1, "clip_sample": False}
        make_sampler(name, schedule, steps)
        kind = SAMPLERS[name]
        fixed = {**kind.fixed}
        if kind.scheduler == "DPMSolverMultistepScheduler":  # what "2M" says
            fixed |= {"algorithm_type": "dpmsolver++", "solver_order": 2, "solver_type": "midpoint"}
        return getattr(schedulers, kind.scheduler).from_config(schedule, **fixed)

    def _encoded(self, group: Group, *, guided: bool) -> dict[str, Tensor]:
        """Hidden states of the prompts, and of the negative prompts where they are needed, each (B, T, D)."""
        pipe = self.pipeline
        negatives = [request.negative_prompt for request in group.batch] if guided else []
        texts = [*negatives, *(request.prompt for request in group.batch)]
        with torch.inference_mode():
            hidden = encode_texts(texts, self._tokenizer, lambda ids: pipe.text_encoder(ids.to(pipe.device))[0])
        if not guided:
            return {"prompt_embeds": hidden}
        negative, positive = hidden.chunk(2)
        return {"negative_prompt_embeds": negative, "prompt_embeds": positive}

    @property
    def _downscale(self) -> int:
        return 2 ** (len(self.pipeline.vae.config.block_out_channels) - 1)

    def _preview(self, latents: Tensor, number: int) -> Image.Image:
        pipe = self.pipeline
        if self._colours is None:
            scale = pipe.vae.config.scaling_factor

            def encode(image: Tensor) -> Tensor:
                encoded: Tensor = pipe.vae.encode(image.to(pipe.device, pipe.vae.dtype)).latent_dist.mean
                return encoded * scale

            self._colours = fit_colours(encode, self._downscale)
        shown = latents[number].float()
        return preview(shown / max(1.0, float(shown.std())), self._colours, self._downscale)

    @torch.inference_mode()
    def _decoded(self, latents: Tensor) -> Image.Image:
        pipe = self.pipeline
        with readable_errors():
            image = pipe.vae.decode(latents / pipe.vae.config.scaling_factor, return_dict=False)[0]
        if not bool(torch.isfinite(image).all()):
            raise DrawingError("the decoder's numbers overflowed (NaN): load the model with dtype=float32")
        image, flags = pipe.run_safety_checker(image, pipe.device, pipe.unet.dtype)
        if flags and flags[0]:
            hidden = Image.new("RGB", (image.shape[-1], image.shape[-2]))
            hidden.info["hidden"] = True
            return hidden
        picture: Image.Image = pipe.image_processor.postprocess(image, output_type="pil")[0]
        return picture


class _FromWordsAlone(StableDiffusionInstructPix2PixPipeline):
    """Draws as if no layout were given: its latents are zeros, which training showed the model too."""

    def prepare_image_latents(self, *args: Any, **kwargs: Any) -> Tensor:
        return torch.zeros_like(super().prepare_image_latents(*args, **kwargs))  # type: ignore[misc]


def _tokenizer(pipeline: Any) -> Tokenizer:
    return Tokenizer.from_folder(Path(pipeline.tokenizer.name_or_path))


@contextmanager
def _sharing(unet: Any, shared: SharedAttention | None) -> Iterator[SharedAttention | None]:
    """Within the block, the UNet's self-attention in the up-blocks is the shared one."""
    if shared is None:
        yield None
        return
    before = dict(unet.attn_processors)
    chosen = {
        name: _SharedProcessor(shared) if name.startswith("up_blocks") and ".attn1." in name else processor
        for name, processor in before.items()
    }
    unet.set_attn_processor(chosen)
    try:
        yield shared
    finally:
        unet.set_attn_processor(before)


class _SharedProcessor:
    """`SharedAttention` in the place where diffusers wants attention to be replaced."""

    def __init__(self, shared: SharedAttention) -> None:
        self.shared = shared

    def __call__(self, attn: Any, hidden_states: Tensor, *_: Any, **__: Any) -> Tensor:
        def heads(x: Tensor) -> Tensor:
            return x.unflatten(-1, (attn.heads, -1)).transpose(1, 2)

        q, k, v = (heads(project(hidden_states)) for project in (attn.to_q, attn.to_k, attn.to_v))
        mixed = self.shared.attend(q, k, v).transpose(1, 2).flatten(2)
        out: Tensor = attn.to_out[0](mixed)
        return out


class _Stopped(BaseException):
    """Nobody listens any more."""


def _steps(run: Any, arguments: dict[str, Any]) -> Iterator[tuple[int, int, Tensor]]:
    """(done, total, latents) after each step of a pipeline. It runs in a thread that waits for the listener after
    every step, so that to stop iterating is to stop drawing."""
    events: queue.Queue[tuple[int, int, Tensor] | BaseException | None] = queue.Queue()
    go_on = threading.Semaphore(0)
    stopped = threading.Event()

    def after_step(pipe: Any, index: int, timestep: Any, values: dict[str, Tensor]) -> dict[str, Tensor]:
        latents = values["latents"]
        if not bool(torch.isfinite(latents).all()):
            raise DrawingError(f"the numbers overflowed at step {index + 1} (NaN): use dtype=float32")
        events.put((index + 1, pipe.num_timesteps, latents))
        go_on.acquire()
        if stopped.is_set():
            raise _Stopped
        return {}

    def work() -> None:
        try:
            with readable_errors():
                run.set_progress_bar_config(disable=True)
                run(**arguments, callback_on_step_end=after_step)
            events.put(None)
        except BaseException as error:
            events.put(error)

    thread = threading.Thread(target=work, name="diffusers", daemon=True)
    thread.start()
    try:
        while (event := events.get()) is not None:
            if isinstance(event, ModelError):
                raise event
            if isinstance(event, BaseException):
                raise DrawingError(f"diffusers failed: {' '.join(str(event).split())}") from event
            yield event
            go_on.release()
    finally:
        stopped.set()
        go_on.release()
        thread.join()
