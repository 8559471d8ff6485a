"""`taleboard generate`: one prompt in, one picture out."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ui.commands.common import note

if TYPE_CHECKING:
    from PIL import Image

    from agent.story.dialect import Phrased, Vocabulary
    from sd_models.defaults import Defaults
    from sd_models.engines import DrawRequest, Engine

__all__ = ["generate"]

SEED, STRENGTH = 42, 0.8


class Size(click.ParamType):
    """WIDTHxHEIGHT in pixels."""

    name = "WxH"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, int]:
        width, _, height = str(value).lower().partition("x")
        if not (width.isdecimal() and height.isdecimal()):
            self.fail(f"{value!r} is not a size: write WIDTHxHEIGHT, such as 512x288", param, ctx)
        return int(width), int(height)


@click.command()
@click.argument("prompt", required=False)
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="The PNG file to write; it carries its prompt and settings.",
)
@click.option(
    "--from",
    "from_file",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Draw a PNG of ours again, as it says that it was drawn; a prompt or option given besides replaces its own.",
)
@click.option("--negative", help="What the picture should not show.")
@click.option("--image", type=click.Path(path_type=Path), help="A picture to start from.")
@click.option(
    "--mask", type=click.Path(path_type=Path), help="White where --image is repainted; the rest stays exactly."
)
@click.option("--strength", type=float, help=f"How much of --image is redrawn, up to 1.  [default: {STRENGTH}]")
@click.option("--steps", type=int, help="Denoising steps.")
@click.option("--guidance", type=float, help="How closely to follow the prompt; 1 is not at all, and twice as fast.")
@click.option("--sampler", help="ddim, euler_a, dpmpp_2m_karras, unipc, …")
@click.option("--size", type=Size(), help="In pixels, such as 512x288.")
@click.option("--seed", type=click.IntRange(min=0), help=f"Same seed, same picture.  [default: {SEED}]")
@click.option("--engine", help="scratch or diffusers.")
@click.option("--model", help="storybook, a diffusers folder, a .safetensors or .ckpt file, or a hub id.")
def generate(
    prompt: str | None,
    output: Path,
    from_file: Path | None,
    negative: str | None,
    image: Path | None,
    mask: Path | None,
    strength: float | None,
    steps: int | None,
    guidance: float | None,
    sampler: str | None,
    size: tuple[int, int] | None,
    seed: int | None,
    engine: str | None,
    model: str | None,
) -> None:
    """Draw one picture.

    What is not given is the model's own default, or with --from what the picture was drawn with: the same engine and
    model then draw the same pixels.
    """
    if prompt is None and from_file is None:
        raise click.UsageError("Say what to draw, or with --from which picture to draw again.")
    _check_output(output)
    from agent.drawing.models import drawn_with
    from agent.settings import load_settings
    from sd_models.engines.loading import load_engine
    from sd_models.images import drawn_from, open_picture

    settings = load_settings()
    old, facts = drawn_from(from_file) if from_file is not None else (None, {})
    engine = engine or (old.engine if old else settings.engine)
    wanted = model or settings.model
    pictures = {name: open_picture(path) for name, path in (("image", image), ("mask", mask)) if path is not None}
    loaded = load_engine(engine, wanted, dtype=str(facts.get("dtype", settings.dtype)))
    known = drawn_with(wanted)
    revision = known.revision or loaded.revision
    if old is not None and from_file is not None:
        _check_again(from_file, old, wanted, revision, pictures, chosen=model is not None)
    else:
        old = _as_the_model_likes(loaded, pictures.get("image"), size)
    changes: dict[str, Any] = {"steps": steps, "guidance": guidance, "sampler": sampler, "seed": seed}
    about: dict[str, Any] = {name: facts[name] for name in ("said", "mapped", "dropped") if name in facts}
    if prompt is not None or negative is not None:
        phrased = _phrased(prompt or "", negative or "", known.vocabulary)
        if prompt is not None:
            changes["prompt"], about = phrased.prompt, _about(prompt, phrased)
        if negative is not None or from_file is None:
            changes["negative_prompt"] = phrased.negative
    if size is not None:
        changes["width"], changes["height"] = size
    if image is not None:
        kept = STRENGTH if old.strength is None else old.strength
        changes |= {"source": "image", "anchor": None, "strength": kept if strength is None else strength}
    if mask is not None:
        changes["mask"] = "mask"
    given = {name: value for name, value in changes.items() if value is not None or name == "anchor"}
    request = replace(old, engine=engine, model=wanted, revision=revision, **given)
    _draw(loaded, request, pictures, about, output)


def _check_output(output: Path) -> None:
    if output.suffix.lower() != ".png":
        raise click.BadParameter(f"{output} should end in .png: pictures are written as PNG", param_hint="--output")
    if not output.absolute().parent.is_dir():
        raise click.ClickException(f"there is no folder {output.absolute().parent}: make it first")


def _as_the_model_likes(engine: Engine, image: Image.Image | None, size: tuple[int, int] | None) -> DrawRequest:
    """A request for nothing yet, with the model's own defaults."""
    from sd_models.defaults import Defaults
    from sd_models.engines import DrawRequest

    defaults = getattr(engine, "defaults", None) or Defaults()
    width, height = size or _size(image, defaults)
    return DrawRequest(
        engine=engine.name,
        model=engine.model,
        prompt="",
        seed=SEED,
        steps=defaults.steps,
        guidance=defaults.guidance,
        sampler=defaults.sampler,
        width=width,
        height=height,
    )


def _check_again(
    file: Path, old: DrawRequest, model: str, revision: str, pictures: Mapping[str, object], *, chosen: bool
) -> None:
    """Whether a picture can be drawn again as it was: by the same weights, unless another model was `chosen`, and from
    the picture that it started from, which it does not carry."""
    same = old.revision == revision if old.revision and revision else old.model == model
    if not same and not chosen:
        raise click.ClickException(
            f"{file} was drawn with {old.model!r} ({old.revision or 'revision unknown'}) and this is {model!r} "
            f"({revision or 'revision unknown'}): name a model with --model to draw it all the same"
        )
    lacking = [name for name, was in (("image", old.source), ("mask", old.mask)) if was and name not in pictures]
    if lacking:
        raise click.ClickException(
            f"{file} was drawn from another picture, which it does not carry: give it with --{' and --'.join(lacking)}"
        )


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
        for word, why in zip(phrased.dropped, phrased.reasons, strict=True):
            note(f"left out: {word!r} ({why})")
    return phrased


def _about(prompt: str, phrased: Phrased) -> dict[str, Any]:
    """What became of a person's words on the way to the model, to be recorded with the picture."""
    about: dict[str, Any] = {"said": prompt}
    if phrased.mapped or phrased.dropped:
        about |= {"mapped": [list(pair) for pair in phrased.mapped], "dropped": list(phrased.dropped)}
    return about


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
    engine: Engine, request: DrawRequest, pictures: dict[str, Image.Image], about: Mapping[str, Any], output: Path
) -> None:
    from db.files import whole_file
    from sd_models.engines import Drawn
    from sd_models.images import encode_png

    with _progress() as show:
        for event in engine.draw([request], pictures.__getitem__):
            if not isinstance(event, Drawn):
                show(event.index, event.total)
                continue
            if cut := event.metadata.get("truncated"):
                note(f"the prompt is too long; not drawn: {cut}")
            if event.metadata.get("hidden"):
                note("the model's safety checker hid the picture: try another prompt or seed")
            with whole_file(output) as part:
                part.write_bytes(encode_png(event.image, request, {**event.metadata, **about}))
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
