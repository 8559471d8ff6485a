"""LoRA and textual inversion: what diffusers makes of the same file, and the exact model after it is taken out."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from diffusers import StableDiffusionPipeline
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from sd_models.checkpoints import Components, add_word, inject_lora, load_components, read_lora, save_components
from sd_models.errors import CheckpointError
from sd_models.inference import prepare_for_inference
from tests.sd_models.reference import reference_pipeline, relative_error

RANK = 4


@pytest.fixture
def model(reference_folder: Callable[[str], Path]) -> Components:
    return load_components(reference_folder("sd1"))


def output(model: Components, prompt: str = "the fox") -> Tensor:
    torch.manual_seed(1)
    return model.unet(torch.randn(1, 4, 8, 8), 5, model.text_encoder(model.tokenizer([prompt])))


def their_output(pipeline: StableDiffusionPipeline, prompt: str = "the fox") -> Tensor:
    torch.manual_seed(1)
    latents = torch.randn(1, 4, 8, 8)
    hidden, _ = pipeline.encode_prompt(prompt, "cpu", 1, False)
    return pipeline.unet(latents, 5, hidden).sample


def changed_layers(model: Components) -> dict[str, nn.Module]:
    """What LoRAs usually change: the linear layers of attention and feed-forward, here also a convolution."""
    unet = {
        f"unet.{name}": module
        for name, module in model.unet.named_modules()
        if isinstance(module, nn.Linear) and ".transformer_blocks." in name
    }
    text = {
        f"text_encoder.text_model.{name}": module
        for name, module in model.text_encoder.named_modules()
        if isinstance(module, nn.Linear)
    }
    return unet | text


def matrices(layers: dict[str, nn.Module]) -> dict[str, tuple[Tensor, Tensor]]:
    torch.manual_seed(7)
    return {
        name: (torch.randn(RANK, layer.in_features) * 0.2, torch.randn(layer.out_features, RANK) * 0.2)
        for name, layer in layers.items()
    }


def kohya(model: Components, alpha: float = 2.0) -> dict[str, Tensor]:
    tensors = {}
    for name, (down, up) in matrices(changed_layers(model)).items():
        name = name.replace("unet.", "lora_unet_").replace("text_encoder.", "lora_te_").replace(".", "_")
        tensors |= {
            f"{name}.lora_down.weight": down,
            f"{name}.lora_up.weight": up,
            f"{name}.alpha": torch.tensor(alpha),
        }
    return tensors


def peft(model: Components) -> dict[str, Tensor]:
    """As diffusers' save_lora_weights writes today."""
    return {
        f"{name}.lora_{side}.weight": matrix
        for name, pair in matrices(changed_layers(model)).items()
        for side, matrix in zip("AB", pair, strict=True)
    }


def processors(model: Components) -> dict[str, Tensor]:
    """As diffusers wrote in 2023, attention of the UNet only."""
    tensors = {}
    for name, pair in matrices(changed_layers(model)).items():
        attention, _, projection = name.removesuffix(".0").rpartition(".")
        if ".attn" in name and name.startswith("unet."):
            for side, matrix in zip(("down", "up"), pair, strict=True):
                tensors[f"{attention}.processor.{projection}_lora.{side}.weight"] = matrix
    return tensors


LAYOUTS = {"kohya": kohya, "peft": peft, "processors": processors}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_same_change_as_in_diffusers(layout: str, model: Components, tmp_path: Path) -> None:
    save_file(LAYOUTS[layout](model), tmp_path / "lora.safetensors")
    before = output(model)
    inject_lora(model, tmp_path / "lora.safetensors", scale=0.8)
    pipeline = reference_pipeline("sd1")
    pipeline.load_lora_weights(tmp_path, weight_name="lora.safetensors")
    pipeline.fuse_lora(lora_scale=0.8)
    assert relative_error(output(model), before) > 1e-2
    assert relative_error(output(model), their_output(pipeline)) < 1e-5


@pytest.mark.parametrize("alpha", [2, 8])
def test_the_strength_that_diffusers_writes_into_the_header_is_heeded(
    alpha: int, model: Components, tmp_path: Path
) -> None:
    layers = changed_layers(model)
    adapters = {
        part: {
            "r": RANK,
            "lora_alpha": alpha,
            "target_modules": sorted(
                name.removeprefix(f"{part}.").removeprefix("text_model.") for name in layers if name.startswith(part)
            ),
        }
        for part in ("unet", "text_encoder")
    }
    packed = {f"{part}.{key}": value for part, values in adapters.items() for key, value in values.items()}
    metadata = {"format": "pt", "lora_adapter_metadata": json.dumps(packed)}
    save_file(peft(model), tmp_path / "lora.safetensors", metadata=metadata)
    inject_lora(model, tmp_path / "lora.safetensors")
    pipeline = reference_pipeline("sd1")
    pipeline.load_lora_weights(tmp_path, weight_name="lora.safetensors")
    pipeline.fuse_lora()
    assert relative_error(output(model), their_output(pipeline)) < 1e-5


def test_a_header_that_says_nonsense_is_refused(model: Components, tmp_path: Path) -> None:
    metadata = {"lora_adapter_metadata": '{"unet.lora_alpha": "much"}'}
    save_file(peft(model), tmp_path / "lora.safetensors", metadata=metadata)
    with pytest.raises(CheckpointError, match="save it again"):
        read_lora(tmp_path / "lora.safetensors")


@pytest.mark.parametrize("layout", LAYOUTS)
def test_what_is_ejected_leaves_the_exact_model(layout: str, model: Components, tmp_path: Path) -> None:
    save_file(LAYOUTS[layout](model), tmp_path / "lora.safetensors")
    before = output(model)
    injected = inject_lora(model, tmp_path / "lora.safetensors")
    assert not torch.equal(output(model), before)
    injected.eject()
    assert torch.equal(output(model), before)
    with pytest.raises(CheckpointError, match="ejected once"):
        injected.eject()


def test_several_are_ejected_in_reverse_order(model: Components, tmp_path: Path) -> None:
    save_file(kohya(model), tmp_path / "lora.safetensors")
    lora = read_lora(tmp_path / "lora.safetensors")
    before = output(model)
    first, once = inject_lora(model, lora), output(model)
    second, twice = inject_lora(model, lora), output(model)
    with pytest.raises(CheckpointError, match="last comes first"):
        first.eject()
    assert torch.equal(output(model), twice)
    second.eject()
    assert torch.equal(output(model), once)
    first.eject()
    assert torch.equal(output(model), before)


def test_a_model_prepared_for_inference_can_be_changed_and_restored(model: Components, tmp_path: Path) -> None:
    save_file(kohya(model), tmp_path / "lora.safetensors")
    injected = inject_lora(model, tmp_path / "lora.safetensors")
    expected = output(model)
    injected.eject()
    prepare_for_inference(model.unet)
    before = output(model)
    injected = inject_lora(model, tmp_path / "lora.safetensors")
    assert relative_error(output(model), expected) < 1e-5
    injected.eject()
    assert torch.equal(output(model), before)


def test_convolutions_are_changed_too(model: Components, tmp_path: Path) -> None:
    """As files with `lora_mid` or a 3x3 `lora_down` have them: the change is the convolution after the convolution."""
    conv = model.unet.down_blocks[0].resnets[0].conv1
    down, middle, up = torch.randn(RANK, 32, 1, 1), torch.randn(RANK, RANK, 3, 3), torch.randn(32, RANK, 1, 1)
    name = "lora_unet_down_blocks_0_resnets_0_conv1"
    parts = {"lora_down": down, "lora_mid": middle, "lora_up": up}
    save_file({f"{name}.{part}.weight": t for part, t in parts.items()}, tmp_path / "three.safetensors")
    x, conv2d = torch.randn(1, 32, 8, 8), nn.functional.conv2d
    plain = conv(x)
    changed = plain + conv2d(conv2d(conv2d(x, down), middle, padding=1), up)
    injected = inject_lora(model, tmp_path / "three.safetensors")
    assert relative_error(conv(x), changed) < 1e-5
    injected.eject()
    wide = torch.randn(RANK, 32, 3, 3)
    save_file({f"{name}.lora_down.weight": wide, f"{name}.lora_up.weight": up}, tmp_path / "two.safetensors")
    inject_lora(model, tmp_path / "two.safetensors")
    assert relative_error(conv(x), plain + conv2d(conv2d(x, wide, padding=1), up)) < 1e-5


def test_what_does_not_fit_changes_nothing(model: Components, tmp_path: Path) -> None:
    before = output(model)
    good = kohya(model)
    path = tmp_path / "lora.safetensors"
    name = "lora_unet_down_blocks_0_attentions_0_transformer_blocks_0_attn1_to_q"
    wide = {f"{name}.lora_down.weight": torch.ones(4, 99), f"{name}.lora_up.weight": torch.ones(32, 4)}
    stranger = {f"lora_unet_elsewhere.lora_{side}.weight": torch.ones(2, 2) for side in ("down", "up")}
    for tensors, why in (
        (good | stranger, "changes elsewhere, which this model does not have"),
        (good | wide, "for another model"),
        ({key: t for key, t in good.items() if key != f"{name}.lora_up.weight"}, "lacks its up matrix"),
        ({"lora_te1_x.lora_up.weight": torch.ones(1)}, "SDXL"),
        ({"lora_unet_x.hada_w1_a": torch.ones(1)}, "LoHa"),
        (good | {f"{name}.dora_scale": torch.ones(1)}, "DoRA"),
        ({"conv_in.weight": torch.ones(1), "b": torch.ones(1), "c": torch.ones(1)}, "not a LoRA"),
    ):
        save_file(tensors, path)
        with pytest.raises(CheckpointError, match=why) as error:
            inject_lora(model, path)
        assert "\n" not in str(error.value)
    assert torch.equal(output(model), before)


# Textual inversion ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("vectors", [1, 3])
def test_a_word_means_what_it_means_in_diffusers(vectors: int, model: Components, tmp_path: Path) -> None:
    learnt = torch.randn(vectors, 32) if vectors > 1 else torch.randn(32)
    save_file({"<mira>": learnt}, tmp_path / "mira.safetensors")
    before = output(model, "the <mira> fox")
    word = add_word(model, tmp_path / "mira.safetensors")
    assert word.word == "<mira>"
    pipeline = reference_pipeline("sd1")
    pipeline.load_textual_inversion(tmp_path / "mira.safetensors")
    assert relative_error(output(model, "the <mira> fox"), their_output(pipeline, "the <mira> fox")) < 1e-5
    assert relative_error(output(model, "the <mira> fox"), before) > 1e-4
    word.remove()
    assert torch.equal(output(model, "the <mira> fox"), before)


def test_files_of_the_web_interface_are_read(model: Components, tmp_path: Path) -> None:
    vectors = torch.randn(2, 32)
    torch.save({"string_to_token": {"*": 265}, "string_to_param": {"*": vectors}, "name": "mira"}, tmp_path / "mira.pt")
    save_file({"emb_params": vectors}, tmp_path / "mira.safetensors")
    first = add_word(model, tmp_path / "mira.pt")
    once = output(model, "a mira")
    assert first.word == "mira"
    second = add_word(model, tmp_path / "mira.safetensors", word="other")
    assert torch.equal(output(model, "a other"), once)
    with pytest.raises(CheckpointError, match="remove that first"):
        first.remove()
    second.remove()
    first.remove()


def test_a_model_with_a_word_is_saved_with_it(model: Components, tmp_path: Path) -> None:
    save_file({"<mira>": torch.randn(2, 32)}, tmp_path / "mira.safetensors")
    add_word(model, tmp_path / "mira.safetensors")
    save_components(model, tmp_path / "saved")
    again = load_components(tmp_path / "saved")
    assert torch.equal(output(again, "the <mira> fox"), output(model, "the <mira> fox"))


def test_words_that_do_not_fit_change_nothing(model: Components, tmp_path: Path) -> None:
    rows = len(model.text_encoder.embeddings.token_embedding.weight)
    path = tmp_path / "word.safetensors"
    for tensors, why in (
        ({"<a>": torch.ones(768)}, "768 wide, the model's 32"),
        ({"clip_g": torch.ones(1, 1280), "clip_l": torch.ones(1, 768)}, "SDXL"),
        (kohya(model), "not a textual inversion"),
        ({"<|endoftext|>": torch.ones(32)}, "already"),
    ):
        save_file(tensors, path)
        with pytest.raises(CheckpointError, match=why):
            add_word(model, path)
    assert len(model.text_encoder.embeddings.token_embedding.weight) == rows
    assert load_file(path).keys() == {"<|endoftext|>"}
