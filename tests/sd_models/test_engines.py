"""Both engines: the same request, the same picture; batches, previews, masks that keep the rest exactly, and errors."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image
from safetensors.torch import save_file

from sd_models.checkpoints import load_components
from sd_models.engines import Drawn, DrawRequest, Engine, Step
from sd_models.engines.draft import DraftEngine
from sd_models.engines.loading import engine_names, load_engine, precision, weights_revision
from sd_models.errors import CheckpointError, DrawingError, ModelError, OutOfMemoryError, RequestError
from sd_models.world import layout
from sd_models.world.values import Looks, StagedFigure, StagedPanel
from tests.sd_models.original import original_layout

ENGINES = ("scratch", "diffusers")


@pytest.fixture(scope="module")
def engines(reference_folder: Callable[[str], Path]) -> dict[str, Engine]:
    return {name: load_engine(name, str(reference_folder("sd1"))) for name in ENGINES}


@pytest.fixture(scope="module")
def pictures() -> dict[str, Image.Image]:
    source = Image.fromarray(np.random.default_rng(2).integers(0, 255, (9, 11, 3), dtype=np.uint8))
    mask = Image.new("L", (80, 64))
    mask.paste(255, (20, 10, 60, 50))
    return {"source": source.resize((88, 72), Image.Resampling.BICUBIC), "mask": mask}


def request(**changes: Any) -> DrawRequest:
    plain = {
        "engine": "scratch",
        "model": "sd1",
        "prompt": "a fox in a (red coat:1.2), forest",
        "negative_prompt": "blurry",
        "seed": 5,
        "steps": 4,
        "guidance": 5.0,
        "sampler": "dpmpp_2m_karras",
        "width": 80,
        "height": 64,
    }
    return DrawRequest(**{**plain, **changes})


def drawn(engine: Engine, requests: Sequence[DrawRequest], pictures: dict[str, Image.Image]) -> list[Image.Image]:
    events = engine.draw(requests, pictures.__getitem__)
    found = {event.index: event.image for event in events if isinstance(event, Drawn)}
    assert sorted(found) == list(range(len(requests)))
    return [found[index] for index in sorted(found)]


def difference(a: list[Image.Image], b: list[Image.Image]) -> int:
    return max(int(np.abs(np.asarray(x, int) - np.asarray(y, int)).max()) for x, y in zip(a, b, strict=True))


KINDS = [
    {},
    {"source": "source", "strength": 0.7},
    {"source": "source", "mask": "mask", "strength": 1.0},
    {"source": "source", "mask": "mask", "strength": 0.5},
]


@pytest.mark.parametrize(
    "sampler", ["dpmpp_2m_karras", *(pytest.param(name, marks=pytest.mark.slow) for name in ("ddim", "euler_a"))]
)
@pytest.mark.parametrize("kind", KINDS, ids=["text", "picture", "mask", "mask-half"])
def test_both_engines_draw_the_same(engines: Any, pictures: Any, kind: dict[str, Any], sampler: str) -> None:
    requests = [request(sampler=sampler, **kind), request(sampler=sampler, prompt="an owl", seed=99, **kind)]
    by_engine = [drawn(engines[name], requests, pictures) for name in ENGINES]
    assert difference(*by_engine) <= 1
    assert by_engine[0][0].size == (80, 64)


def test_both_engines_read_long_prompts_alike_and_vary_alike(engines: Any, pictures: Any) -> None:
    requests = [request(prompt="a castle on a hill, " * 25), request(variation_seed=3, variation_amount=0.4)]
    assert difference(*(drawn(engines[name], requests, pictures) for name in ENGINES)) <= 1


@pytest.mark.parametrize("model", ["sd1", "sd2"])
@pytest.mark.parametrize("prompt", ["“A fox’s” tail — ‘red’ &amp; warm", "stop! the fox!", "(age: 34) fox, ﬁsh!!"])
def test_both_engines_read_quotes_and_marks_alike(
    model: str, prompt: str, reference_folder: Callable[[str], Path], pictures: Any
) -> None:
    """Transformers' tokenizer cleans no text, and takes SD 2's "!" for padding."""
    wanted = [request(prompt=prompt, negative_prompt="blurry!", steps=2, sampler="ddim")]
    images = [drawn(load_engine(name, str(reference_folder(model))), wanted, pictures) for name in ENGINES]
    assert difference(*images) <= 1


@pytest.mark.parametrize("guidance", [1.0, 5.0])
def test_both_engines_paint_after_a_layout_and_from_words_alone(
    reference_folder: Callable[[str], Path], pictures: Any, guidance: float
) -> None:
    by_engine = {name: load_engine(name, str(reference_folder("layout"))) for name in ENGINES}
    fox, owl = (StagedPanel("forest", figures=(StagedFigure(Looks(who), 0.5, 0.2),)) for who in ("fox", "owl"))
    settings = {"steps": 3, "sampler": "ddim", "guidance": guidance}
    requests = [request(layout=layout, **settings) for layout in (fox, owl, None)]
    painted, theirs = (drawn(by_engine[name], requests, pictures) for name in ENGINES)
    assert difference(painted, theirs) <= 1
    assert len({image.tobytes() for image in painted}) == 3


def test_a_layout_is_what_a_painting_starts_from_where_a_model_does_not_look_at_it(engines: Any, pictures: Any) -> None:
    fox = StagedPanel("forest", figures=(StagedFigure(Looks("fox"), 0.5, 0.2),))
    given = {"source": layout(fox, (80, 64))}
    from_layout = drawn(engines["scratch"], [request(layout=fox, strength=0.6)], pictures)
    from_picture = drawn(engines["scratch"], [request(source="source", strength=0.6)], given)
    assert difference(from_layout, from_picture) <= 1


def test_diffusers_says_that_it_cannot_change_a_picture_with_a_model_of_layouts(
    reference_folder: Callable[[str], Path], pictures: Any
) -> None:
    engine = load_engine("diffusers", str(reference_folder("layout")))
    with pytest.raises(RequestError, match="choose the scratch engine"):
        drawn(engine, [request(source="source", strength=0.6)], pictures)


@pytest.mark.parametrize("name", ENGINES)
def test_outside_of_a_mask_every_pixel_is_the_sources(engines: Any, pictures: Any, name: str) -> None:
    [image] = drawn(engines[name], [request(source="source", mask="mask", strength=1.0)], pictures)
    source = np.asarray(pictures["source"].resize((80, 64), Image.Resampling.LANCZOS))
    outside = np.asarray(pictures["mask"]) == 0
    assert np.array_equal(np.asarray(image)[outside], source[outside])
    assert not np.array_equal(np.asarray(image)[~outside], source[~outside])


def test_a_mixed_batch_draws_each_request_as_alone(engines: Any, pictures: Any) -> None:
    requests = [
        request(),
        request(seed=8, source="source", strength=0.6),
        request(seed=6, negative_prompt=""),
        request(steps=3),
    ]
    together = drawn(engines["scratch"], requests, pictures)
    alone = [drawn(engines["scratch"], [one], pictures)[0] for one in requests]
    assert difference(together, alone) <= 1


@pytest.mark.parametrize("name", ENGINES)
def test_progress_counts_to_its_total_with_a_preview_for_every_request(engines: Any, pictures: Any, name: str) -> None:
    requests = [request(), request(seed=8), request(steps=3)]
    events = list(engines[name].draw(requests, pictures.__getitem__))
    steps = [event for event in events if isinstance(event, Step)]
    assert [step.index for step in steps] == list(range(1, 8))
    assert steps[-1].total == 7
    assert [len(step.previews()) for step in steps] == [3] * 7
    assert isinstance(events[-1], Drawn)
    assert {"truncated", "device", "dtype", "torch"} <= set(events[-1].metadata)


@pytest.mark.parametrize("name", ENGINES)
def test_to_stop_listening_is_to_stop_drawing(engines: Any, pictures: Any, name: str) -> None:
    events = engines[name].draw([request(steps=900, sampler="ddim")], pictures.__getitem__)
    assert isinstance(next(events), Step)
    events.close()
    assert drawn(engines[name], [request(steps=2)], pictures)  # and the engine is fit for the next


@pytest.mark.parametrize("name", ENGINES)
@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"steps": 0}, "0 steps cannot be drawn"),
        ({"sampler": "plms"}, "there is no sampler 'plms'"),
        ({"mask": "mask"}, "a mask needs the picture"),
        ({"variation_seed": 1, "variation_amount": 2.0}, "variation 2.0 is outside"),
    ],
)
def test_requests_that_cannot_be_drawn(
    engines: Any, pictures: Any, name: str, changes: dict[str, Any], complaint: str
) -> None:
    with pytest.raises(RequestError, match=complaint):
        drawn(engines[name], [request(**changes)], pictures)


@pytest.mark.parametrize("name", ENGINES)
def test_overflow_and_lack_of_memory_are_one_line(reference_folder: Any, pictures: Any, name: str) -> None:
    engine = load_engine(name, str(reference_folder("sd1")))
    unet = engine.pipeline.unet
    unet.conv_norm_out.weight.data.fill_(float("nan"))
    with pytest.raises(DrawingError, match="overflowed at step 1"):
        drawn(engine, [request()], pictures)

    def greedy(*_: Any, **__: Any) -> torch.Tensor:
        return torch.empty(2**50)

    unet.forward = greedy
    with pytest.raises(OutOfMemoryError, match="too little memory"):
        drawn(engine, [request()], pictures)


def test_an_engine_tells_what_it_drew_with(engines: Any, reference_folder: Any) -> None:
    for name in ENGINES:
        engine = engines[name]
        assert (engine.name, engine.model) == (name, str(reference_folder("sd1")))
        assert engine.revision == weights_revision(reference_folder("sd1")) != ""
        assert (engine.defaults.sampler, engine.defaults.steps, engine.defaults.width) == ("ddim", 30, 64)


def test_a_single_file_draws_the_same_in_both_engines(
    reference_folder: Any, engines: Any, pictures: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of standard size such a file needs no configuration; this small one is described by its folder."""
    folder = reference_folder("sd1")
    parts = load_components(folder)
    weights = [module.state_dict() for module in (parts.unet, parts.vae, parts.text_encoder)]
    tensors = original_layout(*weights, parts.config, openclip=False)
    save_file({key: tensor.contiguous() for key, tensor in tensors.items()}, tmp_path / "model.safetensors")
    described = partial(load_components, config=folder, tokenizer=folder / "tokenizer")
    monkeypatch.setattr("sd_models.pipeline.load_components", lambda path, **rest: described(path, dtype=rest["dtype"]))
    monkeypatch.setattr("sd_models.engines.diffusers.load_components", described)
    expected = drawn(engines["scratch"], [request()], pictures)
    for name in ENGINES:
        engine = load_engine(name, str(tmp_path / "model.safetensors"))
        assert difference(drawn(engine, [request()], pictures), expected) <= 1


# Loading


def test_precision_is_half_where_it_pays(reference_folder: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sd_models.engines.loading._is_full_size", lambda model: model == "large")
    for bfloat16, expected in ((True, torch.bfloat16), (False, torch.float32)):
        monkeypatch.setattr("sd_models.device.describe_device", lambda b=bfloat16: type("D", (), {"bfloat16": b})())
        assert precision("large", "auto", "cpu") == expected
    assert precision("large", "auto", "cuda") == torch.float16
    assert precision("storybook", "auto", "cuda") == torch.float32
    assert precision("large", "float32", "cuda") == torch.float32
    with pytest.raises(RequestError, match="dtype 'half' is unknown"):
        precision("large", "half", "cpu")


@pytest.mark.parametrize("name", ENGINES)
def test_what_is_no_model_is_named(name: str, tmp_path: Path) -> None:
    (tmp_path / "page.safetensors").write_text("<!DOCTYPE html><html>")
    for model in (str(tmp_path / "nowhere"), str(tmp_path), str(tmp_path / "page.safetensors")):
        with pytest.raises(CheckpointError) as refusal:
            load_engine(name, model)
        assert "\n" not in str(refusal.value)


class Sketch:
    """What another package might offer."""

    name, model, revision = "sketch", "", ""

    def __init__(self, model: str, dtype: str, device: str) -> None:
        self.model = model

    def draw(self, requests: Sequence[DrawRequest], pictures: Any) -> Any:
        for index, one in enumerate(requests):
            yield Drawn(index, Image.new("RGB", (one.width, one.height)), {})


def test_engines_of_other_packages_are_found_by_entry_point(monkeypatch: pytest.MonkeyPatch) -> None:
    points = [
        EntryPoint("sketch", f"{__name__}:Sketch", "taleboard.engines"),
        EntryPoint("broken", "no_such_package:engine", "taleboard.engines"),
    ]
    monkeypatch.setattr("sd_models.engines.loading.entry_points", lambda group: points)
    monkeypatch.setitem(__import__("sys").modules, __name__, __import__("types").SimpleNamespace(Sketch=Sketch))
    assert engine_names() == ["scratch", "diffusers", "draft", "broken", "sketch"]
    engine = load_engine("sketch", "any")
    assert next(iter(engine.draw([request()], {}.__getitem__))).image.size == (80, 64)
    with pytest.raises(ModelError, match="the engine 'broken' could not be imported"):
        load_engine("broken", "any")
    with pytest.raises(RequestError, match="there is no engine 'nothing': choose from scratch, diffusers"):
        load_engine("nothing", "any")


def test_the_draft_engine_draws_a_staging_at_any_shape() -> None:
    panel = StagedPanel("forest", figures=(StagedFigure(Looks("fox"), 0.5, 0.2),))
    plain = DrawRequest(
        engine="draft", model="world", prompt="", seed=0, steps=1, guidance=0, sampler="ddim", width=96, height=160
    )
    requests = [replace(plain, layout=panel), replace(plain, layout=panel, width=240, height=100)]
    drawn = list(DraftEngine().draw(requests, _no_pictures))
    assert [one.image.size for one in drawn if isinstance(one, Drawn)] == [(96, 160), (240, 100)]
    with pytest.raises(RequestError, match="has none"):
        list(DraftEngine().draw([plain], _no_pictures))


def _no_pictures(name: str) -> Image.Image:
    raise KeyError(name)
