"""`taleboard generate`: one prompt in, one picture out."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ui.commands.common import note

if TYPE_CHECKING:
    from PIL import Image

    from agent.story.dialect import Phrased, Vocabulary
    from sd_models.defaults import Defaults
    from sd_models.engines import DrawRequest

__all__ = ["generate"]


class Size(click.ParamType):
    """WIDTHxHEIGHT in pixels."""

    name = "WxH"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, int]:
        width, _, height = str(value).lower().partition("x")
        if not (width.isdecimal() and height.isdecimal()):
            self.fail(f"{value!r} is not a size: write WIDTHxHEIGHT, such as 512x288", param, ctx)
        return int(width), int(height)


@click.command()
@click.argument("prompt")
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="The PNG file to write; it carries its prompt and settings.",
)
@click.option("--negative", default="", help="What the picture should not show.")
@click.option("--image", type=click.Path(path_type=Path), help="A picture to start from.")
@click.option(
    "--mask", type=click.Path(path_type=Path), help="White where --image is repainted; the rest stays exactly."
)
@click.option("--strength", type=float, default=0.8, show_default=True, help="How much of --image is redrawn, up to 1.")
@click.option("--steps", type=int, help="Denoising steps.")
@click.option("--guidance", type=float, help="How closely to follow the prompt; 1 is not at all, and twice as fast.")
@click.option("--sampler", help="ddim, euler_a, dpmpp_2m_karras, unipc, …")
@click.option("--size", type=Size(), help="In pixels, such as 512x288.")
@click.option("--seed", type=click.IntRange(min=0), default=42, show_default=True, help="Same seed, same picture.")
@click.option("--engine", help="scratch or diffusers.")
@click.option("--model", help="storybook, a diffusers folder, a .safetensors or .ckpt file, or a hub id.")
def generate(
    prompt: str,
    output: Path,
    negative: str,
    image: Path | None,
    mask: Path | None,
    strength: float,
    steps: int | None,
    guidance: float | None,
    sampler: str | None,
    size: tuple[int, int] | None,
    seed: int,
    engine: str | None,
    model: str | None,
) -> None:
    """Draw one picture.

    What is not given is the model's own default.
    """
    _check_output(output)
    from agent.drawing.models import drawn_with
    from agent.settings import load_settings
    from sd_models.defaults import Defaults
    from sd_models.engines import DrawRequest
    from sd_models.engines.loading import load_engine
    from sd_models.images import open_picture

    settings = load_settings()
    engine, model = engine or settings.engine, model or settings.model
    pictures = {name: open_picture(path) for name, path in (("image", image), ("mask", mask)) if path is not None}
    loaded = load_engine(engine, model, dtype=settings.dtype)
    known = drawn_with(model)
    phrased = _phrased(prompt, negative, known.vocabulary)
    defaults = getattr(loaded, "defaults", None) or Defaults()
    width, height = size or _size(pictures.get("image"), defaults)
    request = DrawRequest(
        engine=engine,
        model=model,
        revision=known.revision or loaded.revision,
        prompt=phrased.prompt,
        negative_prompt=phrased.negative,
        seed=seed,
        steps=defaults.steps if steps is None else steps,
        guidance=defaults.guidance if guidance is None else guidance,
        sampler=sampler or defaults.sampler,
        width=width,
        height=height,
        source="image" if image is not None else None,
        mask="mask" if mask is not None else None,
        strength=strength if image is not None else None,
    )
    _draw(loaded, request, pictures, prompt, phrased, output)


def _check_output(output: Path) -> None:
    if output.suffix.lower() != ".png":
        raise click.BadParameter(f"{output} should end in .png: pictures are written as PNG", param_hint="--output")
    if not output.absolute().parent.is_dir():
        raise click.ClickException(f"there is no folder {output.absolute().parent}: make it first")


def _phrased(prompt: str, negative: str, vocabulary: Vocabulary | None) -> Phrased:
    """The prompt as it was written; for a model that knows a vocabulary of its own, in its words, and what became of
    each that it does not know is said."""
    from agent.story.dialect import Phrased, phrase
    from db.board import Board, Scene

    if vocabulary is None:
        return Phrased(prompt, negative)
    scene = Scene("s1", prompt=prompt, negative_prompt=negative, handwritten=("prompt", "negative_prompt"))
    phrased = phrase(Board(scenes=(scene,)), scene, vocabulary)
    if phrased.mapped:
        note("drawn as " + ", ".join(f"{theirs!r} for {said!r}" for said, theirs in phrased.mapped))
    if phrased.dropped:
        note("left out, for the model has no word for it: " + ", ".join(repr(word) for word in phrased.dropped))
    return phrased


def _size(image: Image.Image | None, defaults: Defaults) -> tuple[int, int]:
    """The picture's own size, brought down to about what the model draws where it is much larger; else the model's."""
    from sd_models.images import picture_size

    if image is None:
        return defaults.width, defaults.height
    height, width = picture_size(image, defaults.multiple)
    if width * height <= 2 * defaults.width * defaults.height:
        return width, height
    scale = (defaults.width * defaults.height / (width * height)) ** 0.5
    smaller = [max(1, round(side * scale / defaults.multiple)) * defaults.multiple for side in (width, height)]
    note(f"the picture is brought from {width}x{height} to {smaller[0]}x{smaller[1]} (--size decides otherwise)")
    return smaller[0], smaller[1]


def _draw(
    engine: Any, request: DrawRequest, pictures: dict[str, Image.Image], said: str, phrased: Phrased, output: Path
) -> None:
    from sd_models.engines import Drawn
    from sd_models.images import encode_png, write_png

    with _progress() as show:
        for event in engine.draw([request], pictures.__getitem__):
            if not isinstance(event, Drawn):
                show(event.index, event.total)
                continue
            if cut := event.metadata.get("truncated"):
                note(f"the prompt is too long; not drawn: {cut}")
            if event.metadata.get("hidden"):
                note("the model's safety checker hid the picture: try another prompt or seed")
            facts: dict[str, object] = {**event.metadata, "said": said}
            if phrased.mapped or phrased.dropped:
                facts |= {"mapped": [list(pair) for pair in phrased.mapped], "dropped": list(phrased.dropped)}
            write_png(encode_png(event.image, request, facts), output)
    note(f"{output} ({request.width}x{request.height}, seed {request.seed})")


@contextmanager
def _progress() -> Iterator[Any]:
    """A bar on a terminal, a line a step elsewhere."""
    if not sys.stderr.isatty():
        yield lambda index, total: note(f"step {index} of {total}")
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("drawing"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("drawing", total=None)
        yield lambda index, total: progress.update(task, completed=index, total=total)
