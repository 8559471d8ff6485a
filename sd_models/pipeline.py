"""`StableDiffusion`: a prompt to a picture, with the parts of the model in their order.

    prompt ── tokenizer ── ids (B, 77) ── text encoder ── hidden (B, 77, D) ──┐
    noise (B, C, h, w) ── sampler ⇄ UNet(latents, timestep, hidden) ──────────┴── latents ── VAE decoder ── picture

Rombach et al., "High-Resolution Image Synthesis with Latent Diffusion Models" (2022). Picture to picture starts from a
noised picture (Meng et al., "SDEdit", 2022); inpainting puts the noised original back outside of the mask after every
step or, with a UNet of 9 channels, lets the model see mask and masked picture. A UNet of 8 channels looks at a layout,
or a picture to be changed (Brooks et al., "InstructPix2Pix", 2023).
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Self, TypedDict, Unpack

import torch
from PIL import Image
from torch import Tensor

from sd_models.checkpoints import Components, load_components, save_components
from sd_models.clip import CLIP
from sd_models.config import ModelConfig
from sd_models.defaults import Defaults
from sd_models.device import describe_device
from sd_models.errors import DrawingError, OutOfMemoryError, RequestError
from sd_models.guidance import Guidance, guidance_embedding
from sd_models.images import Picture, mask_to_tensor, picture_size, picture_to_tensor, tensor_to_pictures
from sd_models.inference import prepare_for_inference
from sd_models.noise import NoiseSource
from sd_models.preview import fit_colours, preview
from sd_models.prompt import encode_prompts, token_rows
from sd_models.run import Evaluation, Inpainting, Run
from sd_models.safety import SafetyChecker, load_safety_checker
from sd_models.samplers import Sampler, State, make_sampler
from sd_models.tokenizer import Tokenizer
from sd_models.unet import UNet
from sd_models.vae import VAE

__all__ = ["Result", "Settings", "StableDiffusion", "Step", "encode_texts", "readable_errors"]

DTYPES = {"float32": torch.float32, "bfloat16": torch.bfloat16, "float16": torch.float16}
MAX_SIDE = 4096
PROMPT_ROWS = 3
"""Rows of 75 tokens that a prompt may have; what goes beyond is cut and reported."""


class Options(TypedDict, total=False):
    """How to draw. What is left out, or None, is the model folder's own default, else the one named here."""

    strength: float | None
    """How much of a picture is redrawn, in (0, 1]. 0.8"""
    num_inference_steps: int | None
    """30"""
    guidance_scale: float | None
    """1 and less is no guidance, at half the cost. 7.5"""
    sampler: str | None
    """A name in `sd_models.samplers.SAMPLERS`. "dpmpp_2m" """
    height: int | None
    width: int | None
    """In pixels. The picture's own size where there is one, else what the model was trained on."""
    num_images: int
    """Pictures for each prompt. 1"""
    seed: int | Sequence[int]
    """Picture k of all has seed + k; or a seed for each prompt, and its further pictures one more each. 42"""
    latents: Tensor | None
    """The initial standard normal noise (B, C, h, w), for text to picture."""
    noise: Callable[[tuple[int, ...]], Tensor] | None
    """What every other standard normal draw comes from, in the order in which diffusers draws them."""
    variation: Sequence[tuple[int, float] | None] | None
    """For each picture (seed, amount in [0, 1]): its initial noise is turned that far towards the other seed's."""
    schedule_overrides: Mapping[str, Any] | None
    """Settings of scheduler_config.json to change for this run."""
    guidance_rescale: float
    """In [0, 1]. 0"""
    layout_guidance: float | None
    """How strongly the layout is followed; 1 saves a third of the time. 1.5"""
    guidance_interval: tuple[float, float]
    """The fractions of the run between which guidance applies. (0, 1)"""
    output_type: Literal["pil", "latent"]
    """With "latent", `Result.images` is the final latents."""
    resume: Mapping[str, Tensor] | None
    """What `Step.save` returned: goes on after that step, everything else given as before."""


class Settings(Options, total=False):
    """All of it: the options, and the pictures that a run starts from."""

    image: Picture | None
    """The picture to start from: PIL, or float (B, 3, H, W) in [0, 1]; one for all, or one for each prompt."""
    mask_image: Picture | None
    """Where to repaint: PIL, or float (B, 1, H, W); 1 (white) is repainted."""
    layout: Picture | None
    """What the picture is painted after, for models that were trained with one: who stands where, or the picture that
    the prompt says how to change. One for all, or one for each prompt; without it, they draw from words alone."""


@dataclass(frozen=True, eq=False)
class Result:
    """Finished pictures, prompt by prompt: a list of PIL images, or the final latents (B, C, h, w) float32.
    `truncated` has for each prompt the text that was cut because it was too long, mostly ''."""

    images: Any
    seeds: tuple[int, ...]
    truncated: tuple[str, ...]

    @property
    def seed(self) -> int:
        return self.seeds[0]

    @property
    def truncated_text(self) -> str:
        """The text that was cut, of the first prompt that was too long."""
        return next((text for text in self.truncated if text), "")


@dataclass(frozen=True, eq=False)
class Step:
    """A finished step: `index` of `total`, counted from 0; `latents` (B, C, h, w) float32 are those after it."""

    index: int
    total: int
    timestep: float
    latents: Tensor
    _evaluation: Evaluation
    _run: Run
    _pipeline: StableDiffusion

    @property
    def x0(self) -> Tensor:
        """The finished latents (B, C, h, w) that the model had in mind at this step."""
        return self._evaluation.x0

    def preview(self, picture: int = 0) -> Image.Image:
        """A small picture of what is forming, at next to no cost."""
        return preview(self.x0[picture], self._pipeline.colours, self._pipeline.config.vae.downscale)

    def save(self) -> dict[str, Tensor]:
        """All that `generate_steps(resume=…)` needs to go on after this step, as tensors on the CPU."""
        tensors = {**self._evaluation.state.to_tensors(), **self._run.draws.to_tensors()}
        return {name: tensor.detach().cpu().clone() for name, tensor in tensors.items()}


class StableDiffusion:
    """A loaded model: its parts `tokenizer`, `text_encoder`, `unet` and `vae`, and their sizes in `config`. Where the
    model brings a safety checker, what that would hide comes out black, with `info["hidden"]` set."""

    def __init__(self, components: Components, safety_checker: SafetyChecker | None = None) -> None:
        self.components = components
        self.safety_checker = safety_checker
        self.defaults = Defaults.of(components.config)
        self._colours: Tensor | None = None

    @classmethod
    def from_pretrained(
        cls,
        path: str | Path,
        device: str | torch.device = "auto",
        dtype: str | torch.dtype = "auto",
        config: str | Path | None = None,
        tokenizer: str | Path | None = None,
    ) -> Self:
        """Loads "storybook", a diffusers folder, a single file in the original layout, or a hub id. A single file
        carries no tokenizer: `tokenizer` is a folder with vocab.json and merges.txt (by default CLIP's own, from the
        hub or its cache), and `config` a diffusers folder that describes a file of non-standard size (by default
        inferred from the tensors). dtype "auto" is float32 on CPUs, float16 on GPUs. Raises CheckpointError."""
        where = torch.device(describe_device().kind if device == "auto" else device)
        if dtype == "auto":
            dtype = torch.float32 if where.type == "cpu" else torch.float16
        elif isinstance(dtype, str):
            if dtype not in DTYPES:
                raise RequestError(f"dtype {dtype!r} is unknown: choose auto, {', '.join(DTYPES)}")
            dtype = DTYPES[dtype]
        with readable_errors():
            components = load_components(path, device=where, dtype=dtype, config=config, tokenizer=tokenizer)
        if where.type == "cpu":  # the same numbers, sooner
            for part in (components.text_encoder, components.unet, components.vae):
                prepare_for_inference(part)
        source = components.source
        return cls(components, load_safety_checker(source, where) if source is not None and source.is_dir() else None)

    def save_pretrained(self, folder: str | Path) -> None:
        """Writes a folder that diffusers loads. Raises OSError; then what was there before is still whole."""
        save_components(self.components, folder)

    @property
    def config(self) -> ModelConfig:
        return self.components.config

    @property
    def tokenizer(self) -> Tokenizer:
        return self.components.tokenizer

    @property
    def text_encoder(self) -> CLIP:
        return self.components.text_encoder

    @property
    def unet(self) -> UNet:
        return self.components.unet

    @property
    def vae(self) -> VAE:
        return self.components.vae

    @property
    def device(self) -> torch.device:
        return self.unet.conv_in.weight.device

    @property
    def dtype(self) -> torch.dtype:
        return self.unet.conv_in.weight.dtype

    @property
    def colours(self) -> Tensor:
        """The map from latents to colours that previews are made with, fitted when first asked for."""
        if self._colours is None:
            weight, scale = self.unet.conv_in.weight, self.config.vae.scaling_factor
            self._colours = fit_colours(
                lambda image: self.vae.encode(image.to(weight)).mean * scale, self.config.vae.downscale
            )
        return self._colours

    def sampler(
        self, name: str | None = None, num_inference_steps: int | None = None, **schedule_overrides: Any
    ) -> Sampler:
        """A sampler on this model's schedule; overrides are named as in scheduler_config.json. As in diffusers' Stable
        Diffusion, `steps_offset` is 1 and `clip_sample` off whatever the file says, unless overridden.
        Raises RequestError."""
        schedule = {**self.config.scheduler, "steps_offset": 1, "clip_sample": False}
        steps = self.defaults.steps if num_inference_steps is None else num_inference_steps
        return make_sampler(name or self.defaults.sampler, schedule, steps, schedule_overrides)

    def generate(
        self,
        prompt: str | Sequence[str],
        negative_prompt: str | Sequence[str] = "",
        image: Picture | None = None,
        mask_image: Picture | None = None,
        layout: Picture | None = None,
        **options: Unpack[Options],
    ) -> Result:
        """Draws. A list of prompts makes a batch; `negative_prompt` is one for all, or a list as long.
        Raises RequestError for what cannot be drawn, DrawingError where drawing fails."""
        settings = Settings(image=image, mask_image=mask_image, layout=layout, **options)
        with readable_errors():
            batch = _Batch.of(prompt, negative_prompt, settings)
            run = self._prepare(batch, settings)
            latents = run.start.latents
            for evaluation in run.evaluations(self.unet):
                latents = evaluation.state.latents
            latents = latents.clone()  # an ordinary tensor: those of inference mode cannot be changed outside of it
            as_latents = settings.get("output_type") == "latent"
            truncated = tuple(self.truncated(prompt) for prompt in batch.prompts[:: batch.num_images])
            return Result(latents if as_latents else self.decode(latents), batch.seeds, truncated)

    def generate_steps(
        self,
        prompt: str | Sequence[str],
        negative_prompt: str | Sequence[str] = "",
        image: Picture | None = None,
        mask_image: Picture | None = None,
        layout: Picture | None = None,
        **options: Unpack[Options],
    ) -> Iterator[Step]:
        """As `generate`, a step at a time: stop iterating to stop drawing. `decode` makes pictures of the latents."""
        settings = Settings(image=image, mask_image=mask_image, layout=layout, **options)
        with readable_errors():
            batch = _Batch.of(prompt, negative_prompt, settings)
            run = self._prepare(batch, settings)
            for evaluation in run.evaluations(self.unet):
                state = evaluation.state
                done = state.index - state.begin - 1
                yield Step(done, run.total, evaluation.timestep, state.latents.clone(), evaluation, run, self)

    @torch.inference_mode()
    def decode(self, latents: Tensor) -> list[Image.Image]:
        """The pictures of finished latents (B, C, h, w), one after the other. Raises DrawingError."""
        scaled = (latents / self.config.vae.scaling_factor).to(self.unet.conv_in.weight)
        image = torch.cat([self._painted(one[None]) for one in scaled])
        if not bool(torch.isfinite(image).all()):
            kind = str(self.dtype).removeprefix("torch.")
            raise DrawingError(f"the decoder's numbers overflowed in {kind} (NaN): load the model with dtype=float32")
        pictures = tensor_to_pictures(image)
        if self.safety_checker is not None:
            for place, hidden in enumerate(self.safety_checker.hides(pictures)):
                if hidden:
                    pictures[place] = Image.new("RGB", pictures[place].size)
                    pictures[place].info["hidden"] = True
        return pictures

    def _painted(self, latents: Tensor) -> Tensor:
        """One picture (1, 3, H, W) of unscaled latents. What is too large for the memory is decoded in tiles, which is
        approximate."""
        try:
            with readable_errors():
                return self.vae.decode(latents).float().cpu()
        except OutOfMemoryError:
            with readable_errors():
                return self.vae.decode_tiled(latents).float().cpu()

    def truncated(self, prompt: str) -> str:
        """The part of a prompt that is too long to be drawn, mostly ''."""
        return token_rows(self.tokenizer, prompt, max_rows=PROMPT_ROWS).truncated

    @torch.inference_mode()
    def _prepare(self, batch: _Batch, settings: Settings) -> Run:
        scale = settings.get("guidance_scale")
        scale = self.defaults.guidance if scale is None else float(scale)
        width = self.config.unet.time_cond_proj_dim
        guidance = Guidance(
            scale=scale if width is None else 1.0,  # such models take the scale as an input instead
            rescale=settings.get("guidance_rescale", 0.0),
            interval=settings.get("guidance_interval", (0.0, 1.0)),
            layout=self.defaults.layout_guidance if (given := settings.get("layout_guidance")) is None else given,
        )
        if settings.get("output_type", "pil") not in ("pil", "latent"):
            raise RequestError(f"output_type={settings['output_type']!r} is unknown: choose pil or latent")
        overrides = dict(settings.get("schedule_overrides") or {})
        if settings.get("mask_image") is not None:  # as diffusers' inpainting pipeline insists
            overrides.setdefault("skip_prk_steps", True)
        sampler = self.sampler(settings.get("sampler"), settings.get("num_inference_steps"), **overrides)
        draws = NoiseSource(batch.seeds, settings.get("noise"), settings.get("variation"))
        start, inpainting = self._start(sampler, draws, settings)
        layout = self._layout(start, settings)
        if (saved := settings.get("resume")) is not None:
            draws.restore(saved)
            start = _resumed(saved, start)
        negatives = batch.negatives if guidance.scale > 1 else ()
        if settings.get("layout") is not None and guidance.layout > 1:
            negatives *= 2
        text = encode_texts(
            [*negatives, *batch.prompts], self.tokenizer, lambda ids: self.text_encoder(ids.to(self.device))
        )
        guided = prompts = self.unet.text_context(text)
        if negatives and guidance.interval != (0.0, 1.0):
            prompts = self.unet.text_context(text[len(negatives) :])
        return Run(
            sampler=sampler,
            start=start,
            guidance=guidance,
            guided=guided,
            prompts=prompts,
            embedding=None if width is None else guidance_embedding(scale, width).to(self.unet.conv_in.weight),
            draws=draws,
            inpainting=inpainting,
            layout=layout,
        )

    def _layout(self, start: State, settings: Settings) -> Tensor | None:
        """What a model that takes a layout is given beside the latents: the mean of the layout's, as the encoder makes
        them, without the scale. Raises RequestError for a model that takes none."""
        picture = settings.get("layout")
        if not self.config.unet.takes_layout:
            if picture is not None:
                raise RequestError("this model draws from words alone: leave the layout out, or choose another model")
            return None
        if picture is None:
            return torch.zeros_like(start.latents)
        height, width = (side * self.config.vae.downscale for side in start.latents.shape[2:])
        weight = self.unet.conv_in.weight
        means = [self.vae.encode(one[None].to(weight)).mean for one in picture_to_tensor(picture, height, width)]
        return _rows(torch.cat(means), len(start.latents), "layouts").float()

    def _start(self, sampler: Sampler, draws: NoiseSource, settings: Settings) -> tuple[State, Inpainting | None]:
        """The latents that the run starts from, and what inpainting keeps. Noise is drawn in diffusers' order:
        posterior of the picture, noise, posterior of the masked picture."""
        image, mask, latents = settings.get("image"), settings.get("mask_image"), settings.get("latents")
        sees_mask = self.config.unet.sees_mask
        if image is None and mask is not None:
            raise RequestError("a mask needs the picture to repaint: give image too")
        if sees_mask and mask is None:
            raise RequestError(
                "this is an inpainting model: give it a picture, and a mask that is white where to repaint"
            )
        if latents is not None and image is not None:
            raise RequestError("latents are for text to picture: leave them out where a picture is given")
        height, width = self._size(settings, image)
        downscale = self.config.vae.downscale
        shape = (self.config.vae.latent_channels, height // downscale, width // downscale)
        if image is None:
            noise = draws.initial(shape) if latents is None else latents.float()
            if tuple(noise.shape) != (draws.pictures, *shape):
                raise RequestError(f"latents have the shape {tuple(noise.shape)}, not {(draws.pictures, *shape)}")
            return State(0, noise.to(self.device) * sampler.init_noise_sigma), None

        strength = 0.8 if (given := settings.get("strength")) is None else given
        begin = _begin(sampler, strength)
        tensor = picture_to_tensor(image, height, width)
        fresh = mask is not None and strength == 1.0  # starts from noise alone
        original = None if fresh and sees_mask else self._sample(tensor, draws)
        noise = draws.initial(shape).to(self.device)
        if fresh or original is None:
            start = State(begin, noise * sampler.init_noise_sigma, begin)
        else:
            start = State(begin, sampler.add_noise(original, noise, begin), begin)
        if mask is None:
            return start, None
        binary = mask_to_tensor(mask, height, width)
        masked = self._sample(tensor * (1 - binary), draws)
        small = torch.nn.functional.interpolate(binary, size=shape[1:])
        small = _rows(small, draws.pictures, "masks").to(self.device)
        if sees_mask:
            return start, Inpainting(small, seen=torch.cat([small, masked], dim=1))
        return start, Inpainting(small, original=original, noise=noise)

    def _sample(self, image: Tensor, draws: NoiseSource) -> Tensor:
        """Scaled latents (B, C, h, w) float32 drawn from the posterior of pictures in [−1, 1]."""
        posteriors = [self.vae.encode(one[None].to(self.unet.conv_in.weight)) for one in image]
        mean = _rows(torch.cat([posterior.mean for posterior in posteriors]), draws.pictures, "pictures").float()
        std = _rows(torch.cat([posterior.std for posterior in posteriors]), draws.pictures, "pictures").float()
        noise = draws(tuple(mean.shape[1:])).to(self.device)
        return (mean + std * noise) * self.config.vae.scaling_factor

    def _size(self, settings: Settings, image: Picture | None) -> tuple[int, int]:
        """(height, width) of the picture to draw, in pixels. Raises RequestError."""
        downscale = self.config.vae.downscale
        if image is None and "size" not in self.config.defaults:
            image = settings.get("layout")
        if image is not None:
            height, width = picture_size(image, downscale)
        else:
            height, width = self.defaults.height, self.defaults.width
        asked_height, asked_width = settings.get("height"), settings.get("width")
        height = asked_height if asked_height is not None else height
        width = asked_width if asked_width is not None else width
        for name, side in (("height", height), ("width", width)):
            if not downscale <= side <= MAX_SIDE:
                raise RequestError(f"{name} {side} cannot be drawn: choose {downscale} to {MAX_SIDE} pixels")
            if side % downscale:
                below = side - side % downscale
                raise RequestError(
                    f"{name} {side} is not divisible by {downscale}: choose {below} or {below + downscale}"
                )
        return height, width


def encode_texts(texts: Sequence[str], tokenizer: Tokenizer, text_encoder: Callable[[Tensor], Tensor]) -> Tensor:
    """Hidden states of B texts, (B, T, D).

    Texts of different length are made equally long by repeating each as a whole: attention over keys that all occur n
    times is attention over each once, so that a picture does not depend on what is drawn beside it."""
    rows = {text: encode_prompts([text], tokenizer, text_encoder, max_rows=PROMPT_ROWS).hidden for text in set(texts)}
    length = math.lcm(*(hidden.shape[1] for hidden in rows.values()))
    return torch.cat([rows[text].repeat(1, length // rows[text].shape[1], 1) for text in texts])


@dataclass(frozen=True)
class _Batch:
    """Prompts, negative prompts and seeds, one of each for every picture."""

    prompts: tuple[str, ...]
    negatives: tuple[str, ...]
    seeds: tuple[int, ...]
    num_images: int

    @classmethod
    def of(cls, prompt: str | Sequence[str], negative: str | Sequence[str], settings: Settings) -> _Batch:
        if unknown := sorted(set(settings) - set(Settings.__annotations__)):
            raise TypeError(f"StableDiffusion.generate has no setting {unknown[0]!r}")
        prompts = [prompt] if isinstance(prompt, str) else list(prompt)
        negatives = [negative] * len(prompts) if isinstance(negative, str) else list(negative)
        count, seed = settings.get("num_images", 1), settings.get("seed", 42)
        if count < 1 or not prompts:
            raise RequestError("there is nothing to draw: give a prompt, and num_images of at least 1")
        if len(negatives) != len(prompts):
            raise RequestError(f"{len(negatives)} negative prompts were given for {len(prompts)} prompts")
        if not isinstance(seed, Sequence):
            seeds = [int(seed) + picture for picture in range(len(prompts) * count)]
        elif len(seed) == len(prompts):
            seeds = [first + picture for first in seed for picture in range(count)]
        else:
            raise RequestError(f"{len(seed)} seeds were given for {len(prompts)} prompts")
        if not all(0 <= one < 2**63 for one in seeds):
            raise RequestError("a seed is a whole number from 0 to 9223372036854775807")
        repeated = [text for text in prompts for _ in range(count)], [text for text in negatives for _ in range(count)]
        return cls(tuple(repeated[0]), tuple(repeated[1]), tuple(seeds), count)


def _begin(sampler: Sampler, strength: float) -> int:
    """The position where a picture of this strength enters the schedule."""
    if not 0 <= strength <= 1:
        raise RequestError(f"strength {strength} is outside of 0 to 1")
    steps = sampler.num_inference_steps
    drawn = min(int(steps * strength), steps)
    if drawn == 0:
        least = math.ceil(100 / steps) / 100
        raise RequestError(f"strength {strength} of {steps} steps leaves no step to draw: choose at least {least}")
    return (steps - drawn) * sampler.evaluations


def _rows(tensor: Tensor, count: int, what: str) -> Tensor:
    """One row for all pictures, or one for each prompt, as one for each picture."""
    if count % len(tensor):
        raise RequestError(f"{len(tensor)} {what} were given to draw {count}: give one, or one for each prompt")
    return tensor.repeat_interleave(count // len(tensor), dim=0)


def _resumed(saved: Mapping[str, Tensor], start: State) -> State:
    try:
        state = State.from_tensors(saved)
    except KeyError as error:
        raise RequestError(f"the saved run is incomplete: it has no {error.args[0]!r}") from None
    if state.latents.shape != start.latents.shape or state.begin != start.begin:
        raise RequestError("the saved run is of another size or strength: give what it was started with")
    device = start.latents.device
    return State(
        state.index,
        state.latents.to(device),
        state.begin,
        tuple(tensor.to(device) for tensor in state.history),
        tuple(tensor.to(device) for tensor in state.held),
    )


@contextmanager
def readable_errors() -> Iterator[None]:
    """Out of memory, as torch says it on each kind of device, as one line."""
    try:
        yield
    except (torch.OutOfMemoryError, MemoryError):
        raise OutOfMemoryError(_OUT_OF_MEMORY) from None
    except RuntimeError as error:
        if re.search("out of memory|not enough memory|t allocate memory", str(error)):
            raise OutOfMemoryError(_OUT_OF_MEMORY) from None
        raise


_OUT_OF_MEMORY = "there is too little memory for this: draw fewer pictures at once, or a smaller size"
