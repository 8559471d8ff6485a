"""`taleboard generate`: the real command on real files, with a small model and the shipped one."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from PIL import Image, PngImagePlugin

from tests.sd_models.reference import save_reference
from ui.cli import cli, main

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(save_reference("sd1", tmp_path_factory.mktemp("model") / "sd1"))


@pytest.fixture
def run(model: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """Runs the console script in this process: (exit status, stdout, stderr)."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TALEBOARD_MODEL", model)

    def command(*arguments: object) -> tuple[int, str, str]:
        capfd.readouterr()
        monkeypatch.setattr("sys.argv", ["taleboard", "generate", *map(str, arguments)])
        status = 0
        try:
            main()
        except SystemExit as leave:
            status = int(leave.code or 0)
        out, err = capfd.readouterr()
        return status, out, err

    return command


def pixels(path: Path) -> np.ndarray:
    return np.asarray(Image.open(path).convert("RGB"), dtype=int)


def test_draws_a_picture_that_tells_how_it_was_drawn(run: Run, tmp_path: Path) -> None:
    status, out, err = run("a red fox", "-o", "fox.png", "--negative", "blurry", "--steps", 3, "--seed", 11)
    assert (status, out) == (0, "")
    assert err.splitlines() == ["step 1 of 3", "step 2 of 3", "step 3 of 3", "fox.png (64x64, seed 11)"]
    image = Image.open(tmp_path / "fox.png")
    assert image.size == (64, 64)
    settings = "a red fox\nNegative prompt: blurry\nSteps: 3, Sampler: ddim, CFG scale: 7.5, Seed: 11, Size: 64x64"
    assert image.text["parameters"].startswith(settings)
    value = json.loads(image.text["taleboard"])
    assert (value["prompt"], value["seed"], value["truncated"], value["device"]) == ("a red fox", 11, "", "cpu")


def test_the_same_seed_gives_the_same_picture_in_both_engines(run: Run, tmp_path: Path) -> None:
    for name, options in {"a": (), "b": (), "c": ("--engine", "diffusers"), "d": ("--seed", 12)}.items():
        assert run("a red fox", "-o", f"{name}.png", "--steps", 2, "--seed", 11, *options)[0] == 0
    first = pixels(tmp_path / "a.png")
    assert np.array_equal(first, pixels(tmp_path / "b.png"))
    assert np.abs(first - pixels(tmp_path / "c.png")).max() <= 1
    assert np.abs(first - pixels(tmp_path / "d.png")).max() > 5


def test_starts_from_a_picture_and_repaints_under_a_mask(run: Run, tmp_path: Path) -> None:
    source = Image.fromarray(np.random.default_rng(0).integers(0, 255, (40, 48, 3), dtype=np.uint8))
    source.save(tmp_path / "source.png")
    mask = Image.new("L", (48, 40))
    mask.paste(255, (8, 8, 24, 24))
    mask.save(tmp_path / "mask.png")
    common = ("a fox", "-o", "out.png", "--image", "source.png", "--steps", 3)
    assert run(*common, "--strength", 0.7)[0] == 0
    assert pixels(tmp_path / "out.png").shape == (40, 48, 3)
    assert run(*common, "--mask", "mask.png", "--strength", 1)[0] == 0
    outside = np.asarray(mask) == 0
    assert np.array_equal(pixels(tmp_path / "out.png")[outside], pixels(tmp_path / "source.png")[outside])
    assert not np.array_equal(pixels(tmp_path / "out.png")[~outside], pixels(tmp_path / "source.png")[~outside])


def test_a_photograph_is_brought_to_what_the_model_draws_unless_told(run: Run, tmp_path: Path) -> None:
    Image.new("RGB", (1600, 800), "teal").save(tmp_path / "photo.jpg")
    common = ("a fox", "-o", "out.png", "--image", "photo.jpg", "--steps", 2)
    _, _, err = run(*common)
    assert "brought from 1600x800 to 88x48" in err
    assert Image.open(tmp_path / "out.png").size == (88, 48)
    assert run(*common, "--size", "32x40")[0] == 0
    assert Image.open(tmp_path / "out.png").size == (32, 40)


@pytest.mark.parametrize("engine", ["scratch", "diffusers"])
def test_a_picture_is_drawn_again_from_what_it_carries(run: Run, tmp_path: Path, engine: str) -> None:
    asked = (
        "--negative",
        "blurry",
        "--steps",
        3,
        "--seed",
        11,
        "--guidance",
        5,
        "--sampler",
        "euler_a",
        "--size",
        "48x64",
    )
    assert run("a red fox", "-o", "fox.png", *asked, "--engine", engine)[0] == 0
    status, _, err = run("--from", "fox.png", "-o", "again.png")
    assert status == 0, err
    first, again = Image.open(tmp_path / "fox.png"), Image.open(tmp_path / "again.png")
    assert first.tobytes() == again.tobytes()
    assert first.text == again.text, "it carries the same words"


@pytest.mark.slow
def test_a_panel_of_a_board_is_drawn_again(run: Run, tmp_path: Path) -> None:
    (tmp_path / "tale.txt").write_text("A fox walks in the snow.\n\nAt night an owl sits in a tree.\n")
    drawn = CliRunner().invoke(cli, ["draw", "tale.txt", "--out", "out", "--scenes", "2", "--model", "storybook"])
    assert drawn.exit_code == 0, drawn.stderr
    assert run("--from", "out/panel-02.png", "-o", "again.png", "--model", "storybook")[0] == 0
    assert np.array_equal(pixels(tmp_path / "out" / "panel-02.png"), pixels(tmp_path / "again.png"))


def test_what_is_said_besides_replaces_what_a_picture_carries(run: Run, tmp_path: Path) -> None:
    run("a red fox", "-o", "fox.png", "--negative", "blurry", "--steps", 3, "--seed", 11)
    assert run("a blue owl", "--from", "fox.png", "-o", "owl.png", "--seed", 12)[0] == 0
    value = json.loads(Image.open(tmp_path / "owl.png").text["taleboard"])
    assert [value[name] for name in ("prompt", "said", "negative_prompt", "seed", "steps")] == [
        "a blue owl", "a blue owl", "blurry", 12, 3,
    ]  # fmt: skip
    run("a blue owl", "-o", "afresh.png", "--negative", "blurry", "--steps", 3, "--seed", 12)
    assert np.array_equal(pixels(tmp_path / "owl.png"), pixels(tmp_path / "afresh.png"))


def test_one_that_started_from_a_picture_is_drawn_again_with_that_picture(run: Run, tmp_path: Path) -> None:
    Image.effect_noise((64, 64), 90).save(tmp_path / "source.png")
    run("a fox", "-o", "fox.png", "--image", "source.png", "--strength", 0.6, "--steps", 3)
    status, _, err = run("--from", "fox.png", "-o", "again.png")
    assert (status, err.count("\n")) == (1, 1)
    assert "was drawn from another picture" in err
    assert "--image" in err
    assert run("--from", "fox.png", "-o", "again.png", "--image", "source.png")[0] == 0
    assert np.array_equal(pixels(tmp_path / "fox.png"), pixels(tmp_path / "again.png"))


def test_a_picture_of_another_model_is_not_drawn_again_unless_a_model_is_named(run: Run, tmp_path: Path) -> None:
    assert run("a fox, snowy forest", "-o", "fox.png", "--model", "storybook", "--steps", 1)[0] == 0
    status, _, err = run("--from", "fox.png", "-o", "again.png")
    assert (status, err.count("\n")) == (1, 1)
    assert "fox.png was drawn with 'storybook' (" in err
    assert not (tmp_path / "again.png").exists()
    assert run("--from", "fox.png", "-o", "again.png", "--model", "storybook")[0] == 0
    assert np.array_equal(pixels(tmp_path / "fox.png"), pixels(tmp_path / "again.png"))


@pytest.mark.parametrize(
    ("chunk", "complaint"),
    [
        (None, "does not say how it was drawn"),
        ("{", "is damaged"),
        ("[]", "is damaged"),
        ("{}", "is damaged"),
        ('{"engine": "scratch", "model": "m", "prompt": "p", "seed": "one", "steps": 1}', "seed is 'one'"),
    ],
)
def test_a_picture_that_does_not_say_how_it_was_drawn(
    run: Run, tmp_path: Path, chunk: str | None, complaint: str
) -> None:
    info = PngImagePlugin.PngInfo()
    if chunk is not None:
        info.add_itxt("taleboard", chunk)
    Image.new("RGB", (64, 64)).save(tmp_path / "plain.png", pnginfo=info)
    status, out, err = run("--from", "plain.png", "-o", "again.png")
    assert (status, out, err.count("\n")) == (1, "", 1)
    assert "plain.png" in err
    assert complaint in err


def test_nothing_to_draw_is_a_bad_argument(run: Run) -> None:
    status, _, err = run("-o", "fox.png")
    assert status == 2
    assert "Say what to draw" in err


def test_what_is_too_long_is_said(run: Run) -> None:
    _, _, err = run("the fox and the owl " * 400, "-o", "fox.png", "--steps", 1)
    assert "the prompt is too long; not drawn: " in err


def test_words_that_the_shipped_model_does_not_know_are_said(run: Run, tmp_path: Path) -> None:
    status, _, err = run("a zeppelin and a fox, snowy forest", "-o", "fox.png", "--model", "storybook", "--steps", 1)
    assert status == 0, err
    assert "zeppelin" in err
    value = json.loads(Image.open(tmp_path / "fox.png").text["taleboard"])
    assert value["said"] == "a zeppelin and a fox, snowy forest"
    assert "zeppelin" not in value["prompt"]
    assert "fox" in value["prompt"]


@pytest.mark.parametrize(
    ("options", "status", "complaint"),
    [
        (["--steps", "0"], 1, "0 steps cannot be drawn: choose 1 to 1000 steps"),
        (["--sampler", "magic"], 1, "there is no sampler 'magic': choose from"),
        (["--size", "60x64"], 1, "width 60 is not divisible by 8: choose 56 or 64"),
        (["--size", "large"], 2, "'large' is not a size: write WIDTHxHEIGHT"),
        (["--seed", "-1"], 2, "Invalid value for '--seed'"),
        (["--image", "none.png"], 1, "there is no picture none.png"),
        (["--image", "text.png"], 1, "text.png is not a picture that can be read"),
        (["--mask", "mask.png"], 1, "a mask needs the picture to repaint"),
        (["--image", "mask.png", "--strength", "1.5"], 1, "strength 1.5 is outside of 0 to 1"),
        (["--engine", "magic"], 1, "there is no engine 'magic': choose from scratch, diffusers"),
        (["--model", "nowhere/at/all"], 1, "there is no file or folder nowhere/at/all"),
        (["--model", "text.png"], 1, "text.png"),
        (["--guidance", "nan"], 1, "guidance nan cannot be used"),
    ],
)
def test_mistakes_are_one_line_and_leave_no_file(
    run: Run, tmp_path: Path, options: list[str], status: int, complaint: str
) -> None:
    (tmp_path / "text.png").write_text("<!DOCTYPE html><html>not a picture</html>")
    Image.new("L", (64, 64)).save(tmp_path / "mask.png")
    found, out, err = run("a fox", "-o", "fox.png", *options)
    assert (found, out) == (status, "")
    assert complaint in err
    assert "Traceback" not in err
    assert status == 2 or len(err.splitlines()) == 1
    assert not (tmp_path / "fox.png").exists()


def test_the_file_to_write_is_checked_before_anything_is_drawn(run: Run, tmp_path: Path) -> None:
    assert "should end in .png" in run("a fox", "-o", "fox.jpg")[2]
    assert run("a fox", "-o", "fox.jpg")[0] == 2
    status, _, err = run("a fox", "-o", "no/such/fox.png")
    assert (status, err.count("\n")) == (1, 1)
    assert "there is no folder" in err
    assert run("a fox")[0] == 2
