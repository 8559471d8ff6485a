"""Training in miniature: every stage runs a few steps, goes on where it stopped, and ends in a folder that loads."""

from __future__ import annotations

import dataclasses
import json
import random
import shutil
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import psutil
import pytest
import torch
import torch.nn.functional as F
from PIL import Image
from torch import Tensor, nn

from sd_models import StableDiffusion, world
from sd_models.checkpoints.read import check_hashes
from sd_models.errors import CheckpointError, ModelError
from sd_models.schedule import ScheduleConfig, spaced_timesteps
from sd_models.training import __main__ as command
from sd_models.training import captions, evaluate
from sd_models.training import export as exporting
from sd_models.training.bpe import train_tokenizer
from sd_models.training.critic import Critic, adversarial
from sd_models.training.data import BLOCK, Growth, Pool, _with_unknown_word, batch_indices, draw_block, pictures
from sd_models.training.diffusion import (
    PROMPTS,
    Denoiser,
    draw,
    inside,
    jump,
    mix,
    noise_levels,
    timesteps,
    world_tokenizer,
)
from sd_models.training.fast import prepare
from sd_models.training.layout import widened
from sd_models.training.loop import Run, Stage, learning_rate, read_state, train
from sd_models.training.muon import Muon, orthogonal
from sd_models.training.panels import panel
from sd_models.training.reader import (
    FIRST,
    FigureSeen,
    Reader,
    Reading,
    figure_labels,
    panel_labels,
    read,
    train_reader,
)
from sd_models.training.recipe import RECIPES, SCHEDULER, Recipe
from sd_models.training.stagings import Pair, pair, stage, staged
from sd_models.training.vae import encode, normalise, picture_loss, trained_vae
from sd_models.vae import VAE
from sd_models.world import attributes, vocabulary

TINY = RECIPES["tiny"]
CPU = torch.device("cpu")


def run_stage(stage: str, folder: Path, *more: str) -> int:
    return command.main(
        [stage, "--recipe", "tiny", "--folder", str(folder), "--workers", "0", "--device", "cpu", *more]
    )


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of one whole training in miniature."""
    folder = tmp_path_factory.mktemp("training") / "run"
    assert run_stage("all", folder) == 0
    return folder


def log(folder: Path, stage: str) -> list[dict[str, Any]]:
    lines = [json.loads(line) for line in (folder / "log.jsonl").read_text().splitlines()]
    return [line for line in lines if line["stage"] == stage]


# The stages


@pytest.mark.parametrize("stage", ["vae", "decoder", "diffusion", "layout", "distilled"])
@pytest.mark.slow
def test_the_loss_of_every_stage_falls(trained: Path, stage: str) -> None:
    first, *_, last = log(trained, stage)
    # The critic, who joins while the decoder trains, adds to the loss what the pictures gain.
    name = "picture" if stage in ("vae", "decoder") else "loss"
    assert first["step"] == 1
    assert last[name] < first[name]


@pytest.mark.slow
def test_a_critic_joins_the_decoder_after_a_quarter(trained: Path) -> None:
    first, *_, last = log(trained, "decoder")
    assert "critic" not in first
    assert 0 < last["critic"] < 2


@pytest.mark.slow
def test_the_decoder_goes_halfway_with_the_critic(trained: Path) -> None:
    run = Run(folder=trained, device=CPU)
    state, vae = read_state(run, "decoder"), trained_vae(run, TINY)
    assert state is not None
    assert vae is not None
    name = "decoder.conv_out.weight"
    before, after = (state[kind][f"vae.{name}"] for kind in ("before", "average"))
    assert not torch.equal(before, after)
    assert torch.allclose(vae.state_dict()[name], (before + after) / 2)


@pytest.mark.slow
def test_every_stage_leaves_samples(trained: Path) -> None:
    names = {path.name.partition("-")[0] for path in (trained / "samples").glob("*.png")}
    assert names == {"vae", "decoder", "diffusion", "layout", "distilled"}


@pytest.mark.slow
def test_a_finished_stage_is_not_done_again(trained: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = (trained / "diffusion" / "state.pt").stat().st_mtime_ns
    assert run_stage("diffusion", trained) == 0
    assert (trained / "diffusion" / "state.pt").stat().st_mtime_ns == before


@pytest.mark.slow
def test_an_interrupted_stage_goes_on_to_the_same_numbers(
    trained: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("tokenizer", "vae", "decoder", "latents"):
        shutil.copytree(trained / name, tmp_path / name)
    interrupted_at: list[int] = [9, 23]

    class Interrupted(Run):
        @property
        def out_of_time(self) -> bool:
            state["steps"] += 1
            return state["steps"] > state["limit"]

    monkeypatch.setattr(command, "Run", Interrupted)
    for limit in interrupted_at:
        state = {"steps": 0, "limit": limit}
        assert run_stage("diffusion", tmp_path) == 3
    monkeypatch.undo()
    assert run_stage("diffusion", tmp_path) == 0
    run = Run(folder=tmp_path, device=CPU)
    resumed, whole = read_state(run, "diffusion"), read_state(dataclasses.replace(run, folder=trained), "diffusion")
    assert resumed is not None
    assert whole is not None
    for kind in ("weights", "average"):
        assert all(torch.equal(resumed[kind][name], value) for name, value in whole[kind].items())


def test_a_stage_says_which_one_it_needs_first(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_stage("diffusion", tmp_path) == 1
    assert "needs the vae" in capsys.readouterr().err


@pytest.mark.slow
def test_a_damaged_checkpoint_is_named(trained: Path, tmp_path: Path) -> None:
    (tmp_path / "vae").mkdir()
    whole = (trained / "vae" / "state.pt").read_bytes()
    (tmp_path / "vae" / "state.pt").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(CheckpointError, match=r"vae.state\.pt is damaged"):
        read_state(Run(folder=tmp_path, device=CPU), "vae")


def test_a_loss_that_is_no_number_stops_the_training(tmp_path: Path) -> None:
    layer = nn.Linear(2, 1)

    def loss(step: int) -> tuple[Tensor, dict[str, Tensor]]:
        return layer(torch.ones(1, 2)).sum() * (float("nan") if step == 3 else 1.0), {}

    stage = Stage(
        name="odd",
        modules={"layer": layer},
        batch=lambda step: (),
        loss=loss,
        steps=10,
        size=1,
        rate=1e-2,
        average=0.9,
    )
    with pytest.raises(ModelError, match="step 3"):
        train(Run(folder=tmp_path, device=CPU, say=lambda line: None), stage)
    state = read_state(Run(folder=tmp_path, device=CPU), "odd")
    assert state is not None
    assert state["step"] == 3


# The folder


@pytest.mark.slow
def test_the_folder_draws_the_same_picture_in_diffusers(trained: Path) -> None:
    diffusers = pytest.importorskip("diffusers")
    recipe, _, tokenizer, model, vae = exporting.load(trained / "model")
    run = Run(folder=trained, device=CPU)
    run.autocast = torch.no_grad  # type: ignore[method-assign]
    ours = draw(run, model, vae, tokenizer, PROMPTS[:2], recipe, steps=5, guidance=4.0)
    pipeline = diffusers.StableDiffusionPipeline.from_pretrained(trained / "model", torch_dtype=torch.float32)
    pipeline.set_progress_bar_config(disable=True)
    shape = (recipe.vae.latent_channels, *recipe.latent_size)
    noise = torch.stack([torch.randn(shape, generator=torch.Generator().manual_seed(k)) for k in range(2)])
    settings = {"num_inference_steps": 5, "guidance_scale": 4.0, "height": recipe.height, "width": recipe.width}
    theirs = pipeline(list(PROMPTS[:2]), latents=noise, output_type="pt", **settings).images
    difference = (theirs - (ours.clamp(-1, 1) + 1) / 2).abs().max().item() * 255
    assert difference <= 2


@pytest.mark.slow
@pytest.mark.parametrize("guidance", [1.0, 4.0])
def test_the_painter_of_layouts_paints_the_same_picture_in_diffusers(trained: Path, guidance: float) -> None:
    diffusers = pytest.importorskip("diffusers")
    staged = pair(3, "heldout", (TINY.width, TINY.height))
    layout, prompt = Image.fromarray(staged.layout), captions.plain(staged.attributes)
    ours = StableDiffusion.from_pretrained(trained / "model-layout", device="cpu", dtype="float32")
    assert ours.defaults.layout_guidance == 1.0
    pipeline = diffusers.StableDiffusionInstructPix2PixPipeline.from_pretrained(
        trained / "model-layout", torch_dtype=torch.float32
    )
    pipeline.set_progress_bar_config(disable=True)
    settings = {"num_inference_steps": 5, "guidance_scale": guidance}
    generator = torch.Generator().manual_seed(4)
    theirs = pipeline(prompt, image=layout, image_guidance_scale=1.0, generator=generator, **settings).images[0]
    painted = ours.generate(prompt, layout=layout, seed=4, sampler="ddim", **settings).images[0]
    words_alone = ours.generate(prompt, seed=4, sampler="ddim", **settings).images[0]
    assert np.abs(np.asarray(painted).astype(int) - np.asarray(theirs)).max() <= 2
    assert painted.tobytes() != words_alone.tobytes()


@pytest.mark.slow
def test_the_painter_begins_with_half_of_the_old_input_weights_for_the_layout(trained: Path) -> None:
    _, config, _, model, _ = exporting.load(trained / "model")
    seeing = TINY.config(config.text_encoder.vocab_size, layout=True)
    torch.manual_seed(0)
    x, ids = torch.randn(2, 4, *TINY.latent_size), torch.zeros(2, 77, dtype=torch.long)
    t = torch.tensor([300, 900])
    with torch.no_grad():
        blind = widened(model, seeing)(torch.cat([x, torch.zeros_like(x)], dim=1), t, ids)
        seen = widened(model, seeing)(torch.cat([x / 2, x], dim=1), t, ids)
        old = model(x, t, ids)
    torch.testing.assert_close(blind, old)
    torch.testing.assert_close(seen, old)


@pytest.mark.slow
def test_the_folder_tells_its_drawing_defaults_and_its_training(trained: Path) -> None:
    defaults = json.loads((trained / "model" / "drawing.json").read_text())
    assert defaults["size"] == [TINY.width, TINY.height]
    training = json.loads((trained / "model" / "training.json").read_text())
    assert training["stages"]["diffusion"]["steps"] == TINY.steps


@pytest.mark.slow
def test_the_few_step_variant_is_a_model_of_its_own_beside_its_teacher(trained: Path) -> None:
    fast, teacher = (StableDiffusion.from_pretrained(trained / name, device="cpu") for name in ("model-fast", "model"))
    assert (fast.defaults.steps, fast.defaults.guidance) == (4, 1.0)
    for name, same in (("text_encoder", True), ("vae", True), ("unet", False)):
        ours, theirs = (getattr(sd, name).state_dict() for sd in (fast, teacher))
        assert all(torch.equal(ours[key], theirs[key]) for key in ours) == same
    assert fast.generate("a fox").images[0].size == (TINY.width, TINY.height)


@pytest.mark.slow
def test_a_damaged_weight_file_is_named(trained: Path, tmp_path: Path) -> None:
    shutil.copytree(trained / "model", tmp_path / "model")
    check_hashes(tmp_path / "model")
    path = tmp_path / "model" / "unet" / "diffusion_pytorch_model.safetensors"
    path.write_bytes(path.read_bytes()[:-2] + b"xx")
    with pytest.raises(CheckpointError, match=r"unet.*diffusion_pytorch_model\.safetensors is damaged"):
        check_hashes(tmp_path / "model")


def test_large_weights_are_cut_into_shards_that_load(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporting, "SHARD", 1_000)
    weights = {f"w{k}": torch.full((100,), float(k)) for k in range(12)}
    files = exporting._save(tmp_path / "unet", "diffusion_pytorch_model", weights)
    assert len(files) == 3
    assert max(path.stat().st_size for path in files) < 2_000
    read = exporting._read(tmp_path, "unet")
    assert all(torch.equal(read[name], value) for name, value in weights.items())


@pytest.mark.slow
def test_training_goes_on_from_averaged_weights_alone(trained: Path, tmp_path: Path) -> None:
    folder = tmp_path / "run"
    more = ("--begin-from", str(trained / "model"), "--steps", str(TINY.steps + 2))
    assert run_stage("diffusion", folder, *more) == 0
    state = read_state(Run(folder=folder, device=CPU), "diffusion")
    assert state is not None
    assert state["step"] == TINY.steps + 2
    before = read_state(Run(folder=trained, device=CPU), "diffusion")
    assert before is not None
    name = "model.unet.conv_in.weight"
    assert torch.allclose(state["average"][name], before["average"][name], atol=0.05)


# The parts


def test_every_word_of_the_world_is_one_token() -> None:
    tokenizer = world_tokenizer()
    for word in vocabulary.words():
        if word.isalpha():
            assert len(tokenizer.encode(word)) == 1, word
    assert tokenizer("a fox").shape == (1, 77)


def test_the_tokenizer_is_one_that_transformers_reads_alike(tmp_path: Path) -> None:
    transformers = pytest.importorskip("transformers")
    tokenizer = train_tokenizer([*vocabulary.words(), *vocabulary.EXAMPLES])
    tokenizer.save(tmp_path)
    theirs = transformers.CLIPTokenizer.from_pretrained(tmp_path)
    texts = [*PROMPTS, *vocabulary.EXAMPLES, "A zebra's 12 hats, out of the vocabulary!", ""]
    assert theirs(texts, padding="max_length", truncation=True).input_ids == tokenizer(texts).tolist()


def test_captions_fit_into_the_text_encoder() -> None:
    tokenizer = world_tokenizer()
    longest = max(len(tokenizer.encode(captions.plain(panel(seed, size=(64, 40)).attributes))) for seed in range(100))
    assert longest <= 75


def test_an_unknown_word_is_put_in_now_and_then() -> None:
    rng = random.Random(1)
    told = [_with_unknown_word("a fox, forest", rng) for _ in range(500)]
    changed = [text for text in told if text != "a fox, forest"]
    assert 10 <= len(changed) <= 60
    assert all(len(text.split()) == 4 for text in changed)


def test_panels_and_captions_depend_on_the_seed_alone(tmp_path: Path) -> None:
    world_tokenizer().save(tmp_path)
    first, again = (draw_block(0, (64, 40), tmp_path, count=8) for _ in range(2))
    assert np.array_equal(first.images, again.images)
    assert first.ids is not None
    assert again.ids is not None
    assert np.array_equal(first.ids, again.ids)
    assert first.ids.shape == (8, 4, 77)


def test_fast_group_normalisation_is_group_normalisation() -> None:
    torch.manual_seed(0)
    plain = nn.GroupNorm(4, 24)
    nn.init.normal_(plain.weight)
    nn.init.normal_(plain.bias)
    fast = nn.GroupNorm(4, 24)
    fast.load_state_dict(plain.state_dict())
    prepare(nn.Sequential(fast), CPU)
    x = 3 + torch.randn(1, 24, 1, 1) + 2 * torch.randn(3, 24, 9, 7)
    towards = torch.randn_like(x)
    exact, rounded = x.clone().requires_grad_(), x.bfloat16().requires_grad_()
    (plain(exact) * towards).sum().backward()
    y = fast(rounded)
    assert y.dtype == torch.bfloat16
    (y.float() * towards).sum().backward()

    def distance(a: Tensor | None, b: Tensor | None) -> float:
        assert a is not None
        assert b is not None
        return ((a.float() - b.float()).norm() / b.norm()).item()

    assert distance(y, plain(x)) < 0.01
    assert distance(rounded.grad, exact.grad) < 0.02
    assert distance(fast.weight.grad, plain.weight.grad) < 0.02
    assert distance(fast.bias.grad, plain.bias.grad) < 0.02


def test_normalised_latents_have_unit_variance_and_decode_to_the_same_picture() -> None:
    torch.manual_seed(0)
    vae = VAE(TINY.vae).eval()
    run = Run(folder=Path(), device=CPU)
    run.autocast = torch.no_grad  # type: ignore[method-assign]
    images = np.random.default_rng(0).integers(0, 256, (6, 56, 96, 3), dtype=np.uint8)
    with torch.no_grad():
        before = vae.decode(latents := encode(run, vae, images))
        spread = vae.encode(torch.zeros(1, 3, 56, 96)).std / latents.std(dim=(0, 2, 3))[:, None, None]
        normalise(vae, latents)
        after = vae.decode(normal := encode(run, vae, images))
    assert torch.allclose(normal.mean(dim=(0, 2, 3)), torch.zeros(4), atol=1e-4)
    assert torch.allclose(normal.std(dim=(0, 2, 3)), torch.ones(4), atol=1e-4)
    assert torch.allclose(before, after, atol=1e-4)
    assert torch.allclose(vae.encode(torch.zeros(1, 3, 56, 96)).std, spread, rtol=1e-3)


def test_the_optimiser_moves_a_matrix_equally_far_in_every_direction() -> None:
    for shape in ((20, 50), (50, 20)):
        values = torch.linalg.svdvals(orthogonal(torch.randn(shape)))
        assert 0.6 < values.min() < values.max() < 1.25


def test_what_is_no_wide_matrix_is_moved_as_adamw_moves_it() -> None:
    ours, theirs = (nn.Parameter(torch.ones(5)) for _ in range(2))
    optimizers = [Muon([ours], lr=0.1), torch.optim.AdamW([theirs], lr=0.1, betas=(0.9, 0.98), weight_decay=0.01)]
    for _ in range(5):
        ours.grad = theirs.grad = torch.randn(5)
        for optimizer in optimizers:
            optimizer.step()
    torch.testing.assert_close(ours, theirs)


def test_the_picture_loss_sees_a_lost_edge() -> None:
    edge = torch.zeros(1, 3, 16, 16)
    edge[..., 8:] = 1
    blurred = nn.functional.avg_pool2d(edge, 5, 1, 2, count_include_pad=False)
    darker = edge - (blurred - edge).abs().mean()
    assert picture_loss(edge, edge) == 0
    assert picture_loss(blurred, edge) > 2 * picture_loss(darker, edge)


def test_the_losses_of_maker_and_critic_leave_the_other_alone() -> None:
    torch.manual_seed(0)
    critic, maker = Critic(8), nn.Conv2d(3, 3, 3, padding=1)
    real = torch.rand(4, 3, 32, 32) * 2 - 1
    made = maker(F.avg_pool2d(real, 3, stride=1, padding=1))
    distance = (made - real).abs().mean()
    fooled, judged = adversarial(critic, made, real, distance, maker.weight)
    own, others = list(critic.parameters()), list(maker.parameters())
    assert torch.autograd.grad(judged, others, retain_graph=True, allow_unused=True) == (None, None)
    assert all(part is None for part in torch.autograd.grad(fooled, own, retain_graph=True, allow_unused=True))
    towards_real, towards_fooled = (
        torch.autograd.grad(loss, maker.weight, retain_graph=True)[0] for loss in (distance, fooled)
    )
    assert towards_fooled.norm().item() == pytest.approx(0.5 * towards_real.norm().item(), rel=0.01)


def test_a_critic_learns_to_tell_blurred_panels_from_real_ones() -> None:
    torch.manual_seed(0)
    critic = Critic(8)
    images = np.stack([panel(k, size=(96, 56)).image for k in range(8)])
    real = pictures(images)
    blurred = F.avg_pool2d(real, 5, stride=1, padding=2)
    optimizer = torch.optim.Adam(critic.parameters(), 3e-3)
    for _ in range(60):
        last = nn.Parameter(torch.ones(()))
        made = last * blurred
        _, judged = adversarial(critic, made, real, (made - real).abs().mean(), last)
        optimizer.zero_grad()
        judged.backward()
        optimizer.step()
    assert critic(real).mean() > 0.5
    assert critic(blurred).mean() < -0.5


# The pairs


def test_a_layout_shows_the_places_of_its_target_in_plain_daylight() -> None:
    staged = pair(5, "heldout", forgiving=False)
    plain = dataclasses.replace(staged.panel, time="day", weather="clear", style="storybook")
    assert np.array_equal(staged.layout, np.asarray(world.draw(plain, (256, 144))))
    assert np.array_equal(staged.target, np.asarray(world.draw(staged.panel, (256, 144))))
    assert [figure.looks.subject for figure in staged.panel.figures] == [
        figure.subject for figure in staged.attributes.figures
    ]


def test_some_layouts_are_a_little_wrong_and_their_targets_are_not() -> None:
    size = (96, 54)
    wrong = 0
    for seed in range(40):
        forgiving, exact = pair(seed, size=size), pair(seed, size=size, forgiving=False)
        wrong += not np.array_equal(forgiving.layout, exact.layout)
        assert np.array_equal(forgiving.target, np.asarray(world.draw(forgiving.panel, size)))
    assert 4 <= wrong <= 25


def test_pairs_come_in_every_time_weather_and_style() -> None:
    panels = [stage(attributes.sample(rng := random.Random(seed)), rng) for seed in range(400)]
    for name, words in (("time", vocabulary.TIMES), ("weather", vocabulary.WEATHER), ("style", vocabulary.STYLES)):
        assert {getattr(panel, name) for panel in panels} == set(words)
    assert {figure.facing for panel in panels for figure in panel.figures} == {"camera", "left", "right", "away"}


def test_some_pairs_show_what_captions_cannot_name_and_are_told_by_words_that_they_can() -> None:
    pairs = [pair(seed, size=(96, 54)) for seed in range(60)]
    others = [each for each in pairs if each.panel.setting not in vocabulary.SETTINGS]
    assert others
    assert all(each.attributes.setting in ("", *vocabulary.SETTINGS) for each in others)
    figures = [figure for each in pairs for figure in each.panel.figures]
    assert any(figure.looks.subject not in vocabulary.KINDS for figure in figures)
    assert any(figure.pose not in vocabulary.ACTIONS for figure in figures)
    words = set(vocabulary.words())
    for each in others:
        assert set(captions.plain(each.attributes).replace(",", "").split()) <= words
        assert world.unknown(each.panel) == ()


def test_relations_hold_in_a_staged_panel() -> None:
    for seed in range(300):
        rng = random.Random(seed)
        shown = attributes.sample(rng)
        panel = stage(shown, rng)
        if shown.count == 2 and shown.relation in ("left of", "right of"):
            first, second = panel.figures
            assert (first.x < second.x) == (shown.relation == "left of")
        if shown.count == 2 and shown.relation == "behind":
            assert panel.figures[0].depth > panel.figures[1].depth


def test_a_pair_is_also_told_by_what_its_layout_leaves_open() -> None:
    figure = attributes.Figure("girl", mood="sad", garment="coat", garment_colour="red")
    shown = attributes.Attributes("wide shot", "forest", "night", "snow", "ink noir", (figure,))
    assert captions.beyond_layout(shown) == "sad girl, night, snow, ink noir"
    assert captions.beyond_layout(dataclasses.replace(shown, setting="space", figures=())) == "ink noir"


def test_the_last_timestep_is_pure_noise_and_the_true_v_leads_back_in_one_jump() -> None:
    levels = noise_levels()
    assert levels[-1] == 0
    assert float(levels[0]) > 0.99
    x0, noise = torch.randn(2, 4, 3, 5), torch.randn(2, 4, 3, 5)
    now, then = levels[[900, 999]], levels[[400, 100]]
    x, v = mix(x0, noise, now)
    assert torch.allclose(jump(x, v, now, then), mix(x0, noise, then)[0], atol=1e-5)
    assert torch.allclose(jump(x, v, now, torch.ones(2)), x0, atol=1e-5)


def test_noisier_timesteps_come_more_often_and_all_of_them_come() -> None:
    t = timesteps(torch.linspace(0, 1 - 1e-6, 200_000), 1000)
    shares = torch.bincount(t, minlength=1000) / len(t) * 1000
    assert shares[0] == pytest.approx(0.35, abs=0.1)
    assert shares[500] == pytest.approx(1.0, abs=0.1)
    assert shares[999] == pytest.approx(1.65, abs=0.1)


def test_a_place_is_inside_of_a_box_by_its_middle() -> None:
    boxes = torch.tensor([[[0.0, 0.5, 0.5, 1.0], [0.0] * 4], [[0.7, 0.0, 1.0, 0.3], [0.0, 0.0, 0.3, 1.0]]])
    found = inside(boxes, 2, 4).int()
    assert found[0, 0].tolist() == [[0, 0, 0, 0], [1, 1, 0, 0]]
    assert found[1, 0].tolist() == [[1, 0, 0, 1], [1, 0, 0, 0]]


def test_the_student_and_its_teacher_meet_at_the_same_timesteps() -> None:
    schedule = ScheduleConfig.from_dict(SCHEDULER)
    assert spaced_timesteps(schedule, 16)[::4].tolist() == spaced_timesteps(schedule, 4).tolist()


def test_the_learning_rate_rises_stays_and_falls() -> None:
    rates = [learning_rate(step, 1_000, 1.0) for step in range(1_000)]
    assert rates[0] < 0.02
    assert rates[300] == rates[499] == 1.0
    assert rates[999] < 0.03
    assert all(a >= b for a, b in pairwise(rates[500:]))


def test_a_pool_keeps_what_was_written_whole(tmp_path: Path) -> None:
    arrays = {"x": ((2,), np.int32)}
    pool = Pool(tmp_path, 3 * BLOCK, arrays)
    pool.append(x=np.full((BLOCK, 2), 1))
    pool.arrays["x"][BLOCK : BLOCK + 7] = 9  # killed in the middle of the next block
    again = Pool(tmp_path, 3 * BLOCK, arrays)
    assert again.count == BLOCK
    assert (again.arrays["x"][: again.count] == 1).all()
    assert Pool(tmp_path, 3 * BLOCK, {"x": ((3,), np.int32)}).count == 0


def test_a_step_chooses_from_what_must_be_there_whatever_the_speed() -> None:
    growth = Growth(start=500, total=2_000, full=100)
    counts = [growth.at(step) for step in range(150)]
    assert counts[0] == 2 * BLOCK
    assert counts[-1] == 2_000
    assert counts == sorted(counts)
    assert np.array_equal(batch_indices(1, 5, 400, 8), batch_indices(1, 5, 400, 8))
    assert not np.array_equal(batch_indices(1, 5, 400, 8), batch_indices(1, 6, 400, 8))


# The evaluation


def reading_of(example: Pair, **figure: str) -> Reading:
    """What a perfect reader sees, but for what is said otherwise of every figure."""
    labels = {name: said or "" for name, said in panel_labels(example.attributes).items()}
    said_of = figure_labels(example.attributes, example.panel)
    figures = [
        FigureSeen(boxes.body, {name: said or "" for name, said in labels_of.items()} | figure)
        for boxes, labels_of in zip(example.boxes, said_of, strict=True)
    ]
    return Reading(labels, tuple(figures))


def share(example: Pair, reading: Reading) -> dict[str, float]:
    found = evaluate.rows([example], [reading_of(example)], [reading])
    assert all(row.real == 1.0 for row in found)
    return {row.name: row.drawn for row in found}


DRESSED = next(
    example
    for seed in range(90_000_000, 90_000_200)
    if (shown := staged(seed)[0]).count == 2 and all(f.garment_colour for f in shown.figures)
    if (example := pair(seed, size=(96, 56), forgiving=False))
)


def test_a_panel_that_is_read_as_it_was_staged_is_all_right() -> None:
    assert set(share(DRESSED, reading_of(DRESSED)).values()) == {1.0}


def test_a_figure_too_many_or_too_few_is_a_wrong_count() -> None:
    right = reading_of(DRESSED)
    for figures in (right.figures[:1], (*right.figures, right.figures[0])):
        found = share(DRESSED, dataclasses.replace(right, figures=figures))
        assert found["count"] == found["all figures right: count, places, colours"] == 0.0


def test_a_colour_on_the_wrong_person_and_a_figure_in_the_wrong_place_are_seen() -> None:
    found = share(DRESSED, reading_of(DRESSED, colour="none of them"))
    assert found["colour of a figure"] == found["all figures right: count, places, colours"] == 0.0
    assert found["figure in its place"] == 1.0
    right = reading_of(DRESSED)
    small = [dataclasses.replace(figure, body=(0.0, 0.0, 0.05, 0.05)) for figure in right.figures]
    assert share(DRESSED, dataclasses.replace(right, figures=tuple(small)))["figure in its place"] == 0.0


def test_eyes_are_asked_for_where_the_world_shows_them() -> None:
    example = staged(0)
    girl = attributes.Figure("girl")
    for facing, action, eyes in (("camera", "standing", "yes"), ("away", "standing", "no"), ("left", "sleeping", "no")):
        figure = dataclasses.replace(girl, action=action)
        shown = attributes.Attributes("wide shot", "forest", "day", "clear", "storybook", (figure,))
        panel = stage(shown, random.Random(0))
        turned = dataclasses.replace(panel, figures=(dataclasses.replace(panel.figures[0], facing=facing),))
        assert figure_labels(shown, turned)[0]["eyes"] == eyes
    cat = attributes.Attributes("wide shot", "forest", "day", "clear", "storybook", (attributes.Figure("cat"),))
    assert figure_labels(cat, stage(cat, random.Random(0)))[0]["eyes"] is None
    assert len(figure_labels(*example)) == example[0].count


def test_boxes_overlap_and_each_is_matched_with_the_nearest() -> None:
    assert evaluate.overlap((0, 0, 0.5, 1), (0.25, 0, 0.75, 1)) == pytest.approx(1 / 3)
    assert evaluate.overlap((0, 0, 0.2, 1), (0.3, 0, 0.5, 1)) == 0
    left, right = (0.1, 0.2, 0.3, 0.9), (0.6, 0.2, 0.8, 0.9)
    assert evaluate.matched([right, left], [left, right]) == [1, 0]
    assert evaluate.matched([left, right], [right]) == [None, 0]


@pytest.mark.slow
def test_the_reader_learns_to_read_the_panels_that_it_sees(tmp_path: Path) -> None:
    run = Run(folder=tmp_path, device=CPU, workers=0, say=lambda line: None)
    reader = train_reader(run, TINY, panels=256, steps=60, batch=16)
    pairs = [pair(FIRST + k, size=(TINY.width, TINY.height), forgiving=False) for k in range(64)]
    readings = read(run, reader, pictures(np.stack([each.target for each in pairs])))
    found = {row.name: row.real for row in evaluate.rows(pairs, readings, readings)}
    assert found["style"] > 0.4
    assert found["shot"] > 0.4


@pytest.mark.slow
def test_the_judge_tells_blurred_figures_and_cannot_tell_equal_ones() -> None:
    torch.manual_seed(0)
    both = torch.rand(128, 3, 8, 8).repeat_interleave(8, dim=2).repeat_interleave(8, dim=3) * 2 - 1
    shapes, more = both.chunk(2)
    blurred = F.avg_pool2d(more, 9, 1, 4, count_include_pad=False)
    owners = torch.arange(64)
    assert evaluate.told_apart((shapes, owners), (blurred, owners), steps=30) > 0.9
    assert 0.3 < evaluate.told_apart((shapes, owners), (more, owners), steps=30) < 0.7


def test_the_curve_of_a_judge_who_is_always_right_has_an_area_of_one() -> None:
    assert evaluate.auc(torch.tensor([2.0, 3.0]), torch.tensor([0.0, 1.0])) == 1.0
    assert evaluate.auc(torch.tensor([0.0, 1.0]), torch.tensor([0.0, 1.0])) == 0.5


def test_the_distance_of_a_picture_from_itself_is_nothing_and_grows_with_blur() -> None:
    torch.manual_seed(0)
    run, reader = Run(folder=Path(), device=CPU), Reader(8)
    real = pictures(np.stack([pair(seed, size=(96, 56)).target for seed in range(4)]))
    soft, softer = (F.avg_pool2d(real, side, 1, side // 2) for side in (3, 7))
    apart = [evaluate.distance(run, reader, real, other) for other in (real, soft, softer)]
    assert apart[0] == 0
    assert apart == sorted(apart)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["model", "model-layout"])
def test_the_reader_learns_and_the_evaluation_runs(
    trained: Path, tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    small = ("--reader-panels", "256", "--reader-steps", "24", "--panels", "6", "--steps", "2", "--workers", "0")
    folder = ("--folder", str(tmp_path), "--device", "cpu", "--judge-steps", "3")
    shutil.copytree(trained / name, tmp_path / "model")
    assert evaluate.main([str(tmp_path / "model"), *folder, *small, "--card"]) == 0
    card = (tmp_path / "model" / "README.md").read_text()
    assert f"{TINY.width}x{TINY.height}" in card
    assert f"| diffusion | {TINY.steps} |" in card
    assert ("captions and layouts" in card) == (name == "model-layout")
    assert (tmp_path / "model" / "panels.webp").exists()
    first, *_, last = log(tmp_path, "reader")
    assert last["loss"] < first["loss"]
    scores = json.loads((tmp_path / "scores.json").read_text())
    assert list(scores["scores"]) == ["train", "heldout"]
    assert all(0 <= numbers["AUC"] <= 1 for numbers in scores["whole"].values())
    assert (tmp_path / "evaluation.png").exists()
    printed = capsys.readouterr().out
    assert "| setting |" in printed
    assert "has to learn for longer" in printed


def test_figures_are_cut_out_of_their_boxes() -> None:
    images = torch.zeros(2, 3, 40, 80)
    images[1, :, 10:30, 40:60] = 1.0
    cut, owners = evaluate.crops(images, [[], [(0.5, 0.25, 0.75, 0.75), (0.0, 0.0, 0.1, 0.1)]])
    assert owners.tolist() == [1, 1]
    assert cut[0].min() == 1.0
    assert cut[1].max() == 0.0


@pytest.mark.slow
def test_training_needs_only_torch_numpy_pillow_and_safetensors() -> None:
    others = ("huggingface_hub", "ftfy", "regex", "scipy", "transformers", "diffusers", "accelerate")
    script = f"""
import sys
sys.modules.update(dict.fromkeys({others!r}))
import sd_models.training.__main__, sd_models.training.evaluate
from sd_models.training.diffusion import PROMPTS, world_tokenizer
print(world_tokenizer()(PROMPTS).shape)
"""
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert found.stdout.strip() == f"torch.Size([{len(PROMPTS)}, 77])", found.stderr


@pytest.mark.slow
def test_a_training_told_to_end_saves_and_leaves_no_process_behind(tmp_path: Path) -> None:
    command_line = [sys.executable, "-m", "sd_models.training", "vae", "--recipe", "tiny", "--steps", "100000"]
    options = ["--folder", str(tmp_path), "--workers", "1", "--device", "cpu"]
    with subprocess.Popen([*command_line, *options], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline().startswith("vae 1/")
        workers = psutil.Process(process.pid).children(recursive=True)
        process.terminate()
        assert process.wait(60) == 3
    state = read_state(Run(folder=tmp_path, device=CPU), "vae")
    assert state is not None
    assert state["step"] >= 1
    assert not psutil.wait_procs(workers, timeout=30)[1]


@pytest.mark.parametrize("recipe", RECIPES.values(), ids=lambda recipe: recipe.name)
def test_every_recipe_makes_a_model_that_may_ship(recipe: Recipe) -> None:
    with torch.device("meta"):
        model, vae = Denoiser(recipe.config(len(world_tokenizer().vocabulary))), VAE(recipe.vae)
    weights = sum(parameter.numel() for module in (model, vae) for parameter in module.parameters())
    assert 2 * weights < 40_000_000  # bytes in half precision
    assert recipe.width % recipe.vae.downscale == recipe.height % recipe.vae.downscale == 0
    assert recipe.crop % recipe.vae.downscale == 0
    assert recipe.crop <= recipe.height
