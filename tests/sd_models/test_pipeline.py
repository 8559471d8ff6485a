"""Whole pictures: equal to the diffusers pipelines on the same noise, whatever they are drawn beside, and resumable."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

import diffusers
import numpy as np
import pytest
import torch
from PIL import Image
from safetensors.torch import load_file, save_file
from torch import Tensor

from sd_models import StableDiffusion
from sd_models.errors import CheckpointError, DrawingError, OutOfMemoryError, RequestError
from sd_models.images import tensor_to_pictures
from sd_models.pipeline import readable_errors
from sd_models.preview import fit_colours, preview
from sd_models.samplers import SAMPLERS

PROMPT, NEGATIVE = "a fox in a red coat, snowy forest", "blurry"
RGB = np.random.default_rng(0)


def slow_but(*fast: Any, among: Iterable[Any]) -> list[Any]:
    """Parameters of which all but a few are left out of the quick check."""
    return [value if value in fast else pytest.param(value, marks=pytest.mark.slow) for value in among]


@pytest.fixture(scope="module")
def folder(reference_folder: Callable[[str], Path]) -> Callable[[str], Path]:
    return reference_folder


@pytest.fixture(scope="module")
def ours(folder: Callable[[str], Path]) -> Callable[[str], StableDiffusion]:
    return lru_cache(lambda name: StableDiffusion.from_pretrained(folder(name)))


@pytest.fixture(scope="module")
def sd(ours: Callable[[str], StableDiffusion]) -> StableDiffusion:
    return ours("sd1")


@pytest.fixture(scope="module")
def theirs(folder: Callable[[str], Path]) -> Callable[[str, str], Any]:
    """A diffusers pipeline of a model: `theirs("sd1", "Img2Img")`."""

    @lru_cache
    def base(name: str) -> Any:
        return diffusers.StableDiffusionPipeline.from_pretrained(folder(name), safety_checker=None)

    def make(name: str, kind: str = "") -> Any:
        parts = {**base(name).components, "requires_safety_checker": False}
        pipeline = getattr(diffusers, f"StableDiffusion{kind}Pipeline")(**parts)
        pipeline.set_progress_bar_config(disable=True)
        return pipeline

    return make


@pytest.fixture
def picture() -> Image.Image:
    small = Image.fromarray(RGB.integers(0, 255, (8, 9, 3), dtype=np.uint8))
    return small.resize((72, 64), Image.Resampling.BICUBIC)


@pytest.fixture
def mask() -> Image.Image:
    white = np.zeros((64, 72), np.uint8)
    white[16:50, 12:48] = 255
    return Image.fromarray(white)


def generators(seed: int, count: int) -> list[torch.Generator]:
    return [torch.Generator().manual_seed(seed + picture) for picture in range(count)]


def difference(a: list[Image.Image], b: list[Image.Image]) -> int:
    """The largest difference of any pixel, of 255."""
    assert len(a) == len(b)
    return max(int(np.abs(np.asarray(x, int) - np.asarray(y, int)).max()) for x, y in zip(a, b, strict=True))


# Equal to diffusers


@pytest.mark.parametrize("name", ["sd1", "sd2", "odd"])
@pytest.mark.parametrize("guidance", slow_but(6.0, among=[1.0, 6.0]))
def test_text_to_picture_equals_diffusers(ours: Any, theirs: Any, name: str, guidance: float) -> None:
    result = ours(name).generate(
        PROMPT, NEGATIVE, num_inference_steps=4, guidance_scale=guidance, num_images=2, seed=5, sampler="ddim"
    )
    expected = theirs(name)(
        PROMPT,
        negative_prompt=NEGATIVE,
        num_inference_steps=4,
        guidance_scale=guidance,
        num_images_per_prompt=2,
        generator=generators(5, 2),
    ).images
    assert difference(result.images, expected) <= 1
    assert (result.seed, result.seeds, result.truncated_text) == (5, (5, 6), "")


@pytest.mark.parametrize("sampler", slow_but("euler_a", "dpmpp_2m_karras", among=SAMPLERS))
def test_every_sampler_draws_the_picture_that_its_scheduler_draws(sd: Any, theirs: Any, sampler: str) -> None:
    pipe = theirs("sd1")
    kind = SAMPLERS[sampler]
    pipe.scheduler = getattr(diffusers, kind.scheduler).from_config(pipe.scheduler.config, **kind.fixed)
    expected = pipe(PROMPT, num_inference_steps=4, guidance_scale=6.0, generator=generators(1, 1)).images
    result = sd.generate(PROMPT, num_inference_steps=4, guidance_scale=6.0, seed=1, sampler=sampler)
    assert difference(result.images, expected) <= 1


@pytest.mark.parametrize(
    "sampler", slow_but("ddim", among=["ddim", "euler_a", "dpmpp_2m", "heun", "lms", "pndm", "unipc"])
)
def test_picture_to_picture_equals_diffusers(sd: Any, theirs: Any, picture: Image.Image, sampler: str) -> None:
    pipe = theirs("sd1", "Img2Img")
    pipe.scheduler = getattr(diffusers, SAMPLERS[sampler].scheduler).from_config(pipe.scheduler.config)
    settings = {"num_inference_steps": 7, "strength": 0.6, "guidance_scale": 4.0}
    expected = pipe(PROMPT, image=picture, generator=generators(2, 1), **settings).images
    result = sd.generate(PROMPT, image=picture, seed=2, sampler=sampler, **settings)
    assert result.images[0].size == (72, 64)
    assert difference(result.images, expected) <= 1


@pytest.mark.parametrize("name", ["sd1", "inpainting"])
@pytest.mark.parametrize("strength", [1.0, 0.6])
@pytest.mark.parametrize("sampler", slow_but("ddim", among=["ddim", "euler"]))
def test_inpainting_equals_diffusers(
    ours: Any, theirs: Any, picture: Image.Image, mask: Image.Image, name: str, strength: float, sampler: str
) -> None:
    pipe = theirs(name, "Inpaint")
    pipe.scheduler = getattr(diffusers, SAMPLERS[sampler].scheduler).from_config(pipe.scheduler.config)
    settings = {"image": picture, "mask_image": mask, "num_inference_steps": 5, "strength": strength}
    settings |= {"guidance_scale": 4.0, "height": 64, "width": 72}
    expected = pipe(PROMPT, generator=generators(3, 1), **settings).images
    result = ours(name).generate(PROMPT, seed=3, sampler=sampler, **settings)
    assert difference(result.images, expected) <= 1


@pytest.mark.parametrize("sampler", slow_but("ddim", among=["ddim", "euler_a", "dpmpp_2m"]))
@pytest.mark.parametrize(("guidance", "towards_layout"), [(4.0, 2.5), (4.0, 1.0), (1.0, 1.5)])
def test_painting_after_a_layout_equals_diffusers(
    ours: Any, theirs: Any, picture: Image.Image, sampler: str, guidance: float, towards_layout: float
) -> None:
    pipe = theirs("layout", "InstructPix2Pix")
    pipe.scheduler = getattr(diffusers, SAMPLERS[sampler].scheduler).from_config(pipe.scheduler.config)
    settings = {"num_inference_steps": 4, "guidance_scale": guidance, "negative_prompt": NEGATIVE}
    fitted = picture.resize((72, 64), Image.Resampling.LANCZOS)
    expected = pipe(
        PROMPT, image=fitted, image_guidance_scale=towards_layout, generator=generators(4, 1), **settings
    ).images
    result = ours("layout").generate(
        PROMPT, layout=fitted, layout_guidance=towards_layout, seed=4, sampler=sampler, **settings
    )
    assert result.images[0].size == (72, 64)
    assert difference(result.images, expected) <= 1


def test_a_model_with_layouts_draws_from_words_alone_and_takes_a_layout_for_each_prompt(
    ours: Any, picture: Image.Image
) -> None:
    sd, other = ours("layout"), picture.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    settings = {"num_inference_steps": 3, "height": 64, "width": 72}
    alone = [sd.generate(PROMPT, layout=layout, seed=1, **settings).images[0] for layout in (picture, other, None)]
    assert len({image.tobytes() for image in alone}) == 3
    together = sd.generate([PROMPT] * 2, layout=[picture, other], seed=[1, 1], **settings).images
    assert difference(together, alone[:2]) <= 1


def test_a_layout_stays_where_a_picture_is_changed(ours: Any, picture: Image.Image, mask: Image.Image) -> None:
    sd, settings = ours("layout"), {"num_inference_steps": 4, "image": picture, "mask_image": mask, "strength": 0.6}
    plain, after = (sd.generate(PROMPT, layout=layout, **settings).images for layout in (None, picture))
    assert difference(plain, after) > 1


def test_tensors_do_as_pictures_do(sd: Any, picture: Image.Image, mask: Image.Image) -> None:
    image = torch.from_numpy(np.asarray(picture).astype(np.float32) / 255).permute(2, 0, 1)[None]
    area = torch.from_numpy(np.asarray(mask).astype(np.float32) / 255)[None, None]
    settings = {"num_inference_steps": 3, "strength": 0.8}
    as_pictures = sd.generate(PROMPT, image=picture, mask_image=mask, **settings)
    as_tensors = sd.generate(PROMPT, image=image, mask_image=area, **settings)
    assert difference(as_pictures.images, as_tensors.images) == 0


def test_given_noise_is_drawn_in_the_order_of_diffusers(
    sd: Any, theirs: Any, picture: Image.Image, mask: Image.Image, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[tuple[int, ...]] = []
    source = torch.Generator()

    def noise(shape: tuple[int, ...]) -> Tensor:
        drawn.append(tuple(shape))
        return torch.randn(shape, generator=source)

    def theirs_too(shape: tuple[int, ...], **_: Any) -> Tensor:
        return noise(shape)

    for module in (
        "models.autoencoders.vae",
        "schedulers.scheduling_euler_ancestral_discrete",
        "pipelines.stable_diffusion.pipeline_stable_diffusion_inpaint",
    ):
        monkeypatch.setattr(f"diffusers.{module}.randn_tensor", theirs_too)
    pipe = theirs("sd1", "Inpaint")
    pipe.scheduler = diffusers.EulerAncestralDiscreteScheduler.from_config(pipe.scheduler.config)
    settings = {"image": picture, "mask_image": mask, "num_inference_steps": 4, "strength": 0.5, "guidance_scale": 3.0}
    source.manual_seed(1)
    expected = pipe(PROMPT, height=64, width=72, **settings).images
    their_draws = drawn.copy()
    drawn.clear()
    source.manual_seed(1)
    result = sd.generate(PROMPT, noise=noise, sampler="euler_a", **settings)
    assert drawn == their_draws
    assert difference(result.images, expected) <= 1


def test_given_latents_are_the_initial_noise(sd: Any, theirs: Any) -> None:
    latents = torch.randn((1, 4, 8, 8), generator=torch.Generator().manual_seed(8))
    before = latents.clone()
    result = sd.generate(PROMPT, latents=latents, num_inference_steps=3, sampler="euler", output_type="latent")
    pipe = theirs("sd1")
    pipe.scheduler = diffusers.EulerDiscreteScheduler.from_config(pipe.scheduler.config)
    expected = pipe(PROMPT, latents=latents.clone(), num_inference_steps=3, output_type="latent").images
    assert torch.equal(latents, before)
    assert result.images.dtype == torch.float32
    assert torch.allclose(result.images, expected, atol=1e-4 * float(expected.abs().max()))
    drawn_alike = sd.generate(PROMPT, seed=8, num_inference_steps=3, sampler="euler", output_type="latent")
    assert torch.equal(drawn_alike.images, result.images)
    result.images.mul_(0.5)  # what is handed out is an ordinary tensor, the caller's own


def test_schedule_overrides_and_guidance_rescale_do_as_in_diffusers(sd: Any, theirs: Any) -> None:
    overrides = {"timestep_spacing": "trailing", "beta_schedule": "linear"}
    pipe = theirs("sd1")
    pipe.scheduler = diffusers.DDIMScheduler.from_config(pipe.scheduler.config, **overrides)
    expected = pipe(PROMPT, num_inference_steps=4, guidance_rescale=0.7, generator=generators(42, 1)).images
    result = sd.generate(
        PROMPT, num_inference_steps=4, guidance_rescale=0.7, sampler="ddim", schedule_overrides=overrides
    )
    assert difference(result.images, expected) <= 1
    assert sd.sampler("ddim", 4, **overrides).timesteps.tolist() == [999, 749, 499, 249]


# Whatever it is drawn beside


@pytest.mark.parametrize("sampler", ["ddim", "euler_a"])
def test_a_picture_of_a_batch_equals_the_picture_alone(sd: Any, sampler: str) -> None:
    settings = {"num_inference_steps": 3, "sampler": sampler}
    long = "a knight on a horse, " * 30  # more rows of tokens than its neighbours
    prompts, seeds = [PROMPT, long, "an owl"], [7, 1, 900]
    batch = sd.generate(prompts, [NEGATIVE, "", "grey"], seed=seeds, **settings)
    alone = [
        sd.generate(prompt, negative, seed=seed, **settings).images[0]
        for prompt, negative, seed in zip(prompts, [NEGATIVE, "", "grey"], seeds, strict=True)
    ]
    assert difference(batch.images, alone) <= 1
    many = sd.generate(PROMPT, NEGATIVE, num_images=3, seed=6, **settings)
    assert many.seeds == (6, 7, 8)
    assert difference(many.images[1:2], alone[:1]) <= 1


def test_seeds_differ_and_variations_lie_between_them(sd: Any) -> None:
    def latents(**settings: Any) -> Tensor:
        tensor: Tensor = sd.generate(PROMPT, num_inference_steps=2, output_type="latent", **settings).images
        return tensor

    first, second = latents(seed=1), latents(seed=2)
    little = latents(seed=1, variation=[(2, 0.1)])
    assert torch.equal(latents(seed=1, variation=[(2, 0.0)]), first)
    assert torch.allclose(latents(seed=1, variation=[(2, 1.0)]), second, atol=1e-4)
    assert 0 < float((little - first).norm()) < float((little - second).norm())


def test_guidance_may_be_kept_to_an_interval(sd: Any) -> None:
    def drawn(**settings: Any) -> Tensor:
        tensor: Tensor = sd.generate(PROMPT, num_inference_steps=5, output_type="latent", **settings).images
        return tensor

    asked: list[int] = []
    original = sd.unet.forward

    def counted(latents: Tensor, *rest: Any) -> Tensor:
        asked.append(len(latents))
        tensor: Tensor = original(latents, *rest)
        return tensor

    assert torch.equal(drawn(guidance_interval=(0.0, 1.0)), drawn())
    assert torch.allclose(drawn(guidance_interval=(0.4, 0.4)), drawn(guidance_scale=1.0))
    sd.unet.forward = counted
    try:
        drawn(guidance_interval=(0.2, 0.8))
    finally:
        del sd.unet.forward
    assert asked == [1, 2, 2, 2, 1]


# A step at a time


def test_steps_tell_where_they_are_and_what_is_forming(sd: Any) -> None:
    steps = list(sd.generate_steps(PROMPT, num_inference_steps=3, sampler="ddim", num_images=2))
    assert [(step.index, step.total) for step in steps] == [(0, 3), (1, 3), (2, 3)]
    assert [step.timestep for step in steps] == [667, 334, 1]
    assert steps[-1].latents.shape == (2, 4, 8, 8)
    assert steps[0].preview().size == steps[0].preview(1).size == (32, 32)
    finished = sd.generate(PROMPT, num_inference_steps=3, sampler="ddim", num_images=2).images
    assert difference(sd.decode(steps[-1].latents), finished) == 0


def test_a_batch_is_decoded_in_the_memory_of_one_picture(sd: Any) -> None:
    """And exactly: the slices are what the decoder makes of all at once."""
    latents = torch.randn(3, 4, 8, 8, generator=torch.Generator().manual_seed(0))
    seen: list[int] = []
    hook = sd.vae.decoder.register_forward_hook(lambda module, args, out: seen.append(len(out)))
    try:
        sliced = sd.decode(latents)
    finally:
        hook.remove()
    assert seen == [1, 1, 1]
    with torch.inference_mode():
        whole = sd.vae.decode(latents / sd.config.vae.scaling_factor)
    assert difference(sliced, tensor_to_pictures(whole)) <= 1


def test_nobody_who_stops_listening_waits_for_the_rest(sd: Any) -> None:
    steps = sd.generate_steps(PROMPT, num_inference_steps=500, sampler="ddim")
    assert next(steps).total == 500
    steps.close()


@pytest.mark.parametrize("sampler", ["ddpm", "heun", "pndm", "unipc"])
def test_a_saved_run_goes_on(sd: Any, sampler: str, tmp_path: Path, picture: Any, mask: Any) -> None:
    settings = {"num_inference_steps": 4, "sampler": sampler, "image": picture, "mask_image": mask, "num_images": 2}
    steps = list(sd.generate_steps(PROMPT, **settings))
    save_file(steps[1].save(), tmp_path / "run.safetensors")
    resumed = list(sd.generate_steps(PROMPT, **settings, resume=load_file(tmp_path / "run.safetensors")))
    assert [step.index for step in resumed] == [step.index for step in steps[2:]]
    assert torch.equal(resumed[-1].latents, steps[-1].latents)
    with pytest.raises(RequestError, match="another number of pictures"):
        next(sd.generate_steps(PROMPT, **{**settings, "num_images": 1}, resume=steps[1].save()))


def test_previews_show_the_colours_that_the_encoder_gave_latents() -> None:
    """The map is fitted, so an encoder that is a map of colours is undone exactly."""
    matrix = torch.tensor([[0.5, 1.0, -0.3], [0.2, -0.7, 0.9], [-1.1, 0.1, 0.4], [0.3, 0.3, 0.3]])

    def encode(image: Tensor) -> Tensor:
        return torch.einsum("cd,bdhw->bchw", matrix, torch.nn.functional.avg_pool2d(image, 8)) + 0.25

    colours = fit_colours(encode, 8)
    halves = torch.tensor([0.8, -0.6, 0.2])[:, None, None].repeat(1, 64, 64)
    halves[:, :, 32:] = torch.tensor([-0.9, 0.5, 0.0])[:, None, None]
    shown = preview(encode(halves[None])[0], colours, 8)
    assert shown.size == (32, 32)
    assert shown.getpixel((4, 16)) == pytest.approx((230, 51, 153), abs=2)
    assert shown.getpixel((28, 16)) == pytest.approx((13, 191, 128), abs=2)


# Bad input, and limits


@pytest.mark.parametrize(
    ("settings", "complaint"),
    [
        ({"height": 60}, "height 60 is not divisible by 8: choose 56 or 64"),
        ({"width": 0}, "width 0 cannot be drawn"),
        ({"width": 8192}, "width 8192 cannot be drawn: choose 8 to 4096"),
        ({"num_inference_steps": 0}, "0 steps cannot be drawn"),
        ({"sampler": "plms"}, "there is no sampler 'plms': choose from"),
        ({"guidance_scale": float("nan")}, "guidance nan cannot be used"),
        ({"guidance_rescale": 2.0}, "guidance_rescale=2.0 is outside of 0 to 1"),
        ({"guidance_interval": (0.8, 0.2)}, "should be fractions"),
        ({"layout_guidance": 0.5}, "layout_guidance=0.5 cannot be used: choose a number from 1 on"),
        ({"layout": Image.new("RGB", (64, 64))}, "draws from words alone: leave the layout out"),
        ({"num_images": 0}, "nothing to draw"),
        ({"seed": -1}, "a seed is a whole number"),
        ({"seed": [1, 2]}, "2 seeds were given for 1 prompts"),
        ({"latents": torch.zeros(1, 4, 4, 4)}, r"latents have the shape \(1, 4, 4, 4\), not \(1, 4, 8, 8\)"),
        ({"noise": lambda shape: torch.zeros(3)}, r"the noise has the shape \(3,\)"),
        ({"output_type": "np"}, "output_type='np' is unknown"),
        ({"schedule_overrides": {"beta_strat": 1}}, "no schedule has a setting 'beta_strat'"),
        ({"variation": [(1, 1.5)]}, "variation 1.5 is outside of 0 to 1"),
        ({"mask_image": Image.new("L", (64, 64))}, "a mask needs the picture"),
        ({"image": Image.new("RGB", (64, 64)), "strength": 1.2}, "strength 1.2 is outside of 0 to 1"),
        ({"image": Image.new("RGB", (64, 64)), "strength": 0.01}, "leaves no step to draw: choose at least"),
        ({"image": Image.new("RGB", (7, 64))}, "7x64 pixels is too small"),
        ({"image": torch.zeros(1, 3, 64, 64) - 0.5}, "image has values outside of 0 to 1"),
        ({"image": torch.zeros(3, 64, 64)}, r"image has the shape \(3, 64, 64\)"),
        ({"image": [Image.new("RGB", (64, 64))] * 2}, "2 pictures were given to draw 1"),
        ({"image": "picture.png"}, "a picture must be a PIL image"),
        ({"image": Image.new("RGB", (64, 64)), "latents": torch.zeros(1, 4, 8, 8)}, "latents are for text to picture"),
    ],
)
def test_what_cannot_be_drawn_is_refused_in_one_line(sd: Any, settings: dict[str, Any], complaint: str) -> None:
    with pytest.raises(RequestError, match=complaint) as refusal:
        sd.generate(PROMPT, **settings)
    assert "\n" not in str(refusal.value)


def test_an_inpainting_model_asks_for_picture_and_mask(ours: Any, picture: Image.Image) -> None:
    for given in ({}, {"image": picture}):
        with pytest.raises(RequestError, match="this is an inpainting model: give it a picture, and a mask"):
            ours("inpainting").generate(PROMPT, **given)


def test_a_setting_that_does_not_exist_is_a_mistake_of_the_caller(sd: Any) -> None:
    with pytest.raises(TypeError, match="no setting 'steps'"):
        sd.generate(PROMPT, steps=4)


def test_an_empty_prompt_draws_and_a_very_long_one_tells_what_was_cut(sd: Any) -> None:
    settings = {"num_inference_steps": 1}
    assert sd.generate("", **settings).truncated_text == ""
    text = " ".join(["the", "fox", "and", "the", "owl"] * 1000)
    cut = sd.generate(text, **settings).truncated_text
    assert text.endswith(cut)
    assert 0 < len(cut) < len(text)


def test_numbers_that_overflow_are_reported(ours: Any, folder: Any) -> None:
    broken = StableDiffusion.from_pretrained(folder("sd1"))
    broken.unet.conv_norm_out.weight.data.fill_(float("inf"))
    with pytest.raises(DrawingError, match="overflowed at step 1 of 3 \\(NaN\\): use dtype=float32"):
        broken.generate(PROMPT, num_inference_steps=3)
    broken = StableDiffusion.from_pretrained(folder("sd1"))
    broken.vae.decoder.conv_norm_out.weight.data.fill_(float("nan"))
    with pytest.raises(DrawingError, match="the decoder's numbers overflowed"):
        broken.generate(PROMPT, num_inference_steps=1)


def test_too_little_memory_is_reported() -> None:
    with pytest.raises(OutOfMemoryError, match="too little memory"), readable_errors():
        torch.empty(2**50)
    with pytest.raises(RuntimeError, match="something else"), readable_errors():
        raise RuntimeError("something else")


def test_half_precision_draws_about_the_same(folder: Any, sd: Any) -> None:
    half = StableDiffusion.from_pretrained(folder("sd1"), dtype="bfloat16")
    assert (half.dtype, sd.dtype) == (torch.bfloat16, torch.float32)
    settings = {"num_inference_steps": 3, "sampler": "ddim", "output_type": "latent"}
    ours, whole = half.generate(PROMPT, **settings).images, sd.generate(PROMPT, **settings).images
    assert ours.dtype == torch.float32
    assert float((ours - whole).norm() / whole.norm()) < 0.05
    with pytest.raises(RequestError, match="dtype 'float8' is unknown"):
        StableDiffusion.from_pretrained(folder("sd1"), dtype="float8")


def test_a_saved_folder_draws_the_same_in_diffusers(sd: Any, theirs: Any, tmp_path: Path) -> None:
    sd.save_pretrained(tmp_path / "saved")
    again = StableDiffusion.from_pretrained(tmp_path / "saved")
    pipe = diffusers.StableDiffusionPipeline.from_pretrained(tmp_path / "saved")
    pipe.set_progress_bar_config(disable=True)
    settings = {"num_inference_steps": 2, "guidance_scale": 5.0}
    result = again.generate(PROMPT, seed=4, **settings)
    assert difference(result.images, sd.generate(PROMPT, seed=4, **settings).images) == 0
    assert difference(result.images, pipe(PROMPT, generator=generators(4, 1), **settings).images) <= 1


def test_defaults_are_the_folders_own(folder: Any, tmp_path: Path) -> None:
    import shutil

    own = shutil.copytree(folder("sd1"), tmp_path / "own")
    (own / "drawing.json").write_text('{"sampler": "euler", "steps": 3, "guidance": 2.0, "size": [72, 40]}')
    model = StableDiffusion.from_pretrained(own)
    assert model.generate(PROMPT).images[0].size == (72, 40)
    steps = list(model.generate_steps(PROMPT))
    assert (len(steps), model.sampler().name) == (3, "euler")
    (own / "drawing.json").write_text('{"steps": "many"}')
    with pytest.raises(CheckpointError, match=r"drawing\.json is damaged"):
        StableDiffusion.from_pretrained(own)


def test_a_missing_shipped_model_is_said_to_be_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sd_models.checkpoints.load.SHIPPED", {"storybook": tmp_path})
    with pytest.raises(CheckpointError, match="storybook is missing from this installation"):
        StableDiffusion.from_pretrained("storybook")
