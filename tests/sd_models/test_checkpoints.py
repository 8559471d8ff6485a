"""Checkpoints: every layout of one model gives the same weights, and what is not a model is refused in one line."""

from __future__ import annotations

import json
import pickle
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from diffusers import DiffusionPipeline, UNet2DConditionModel
from diffusers.loaders.single_file_utils import (
    convert_ldm_clip_checkpoint,
    convert_ldm_unet_checkpoint,
    convert_ldm_vae_checkpoint,
)
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from sd_models.checkpoints import Components, load_components, save_components
from sd_models.checkpoints.detect import describe_original
from sd_models.checkpoints.hub import MOVED, needed_files
from sd_models.checkpoints.keys import split_original
from sd_models.checkpoints.read import read_tensors
from sd_models.clip import CLIP
from sd_models.config import SD15, SD15_INPAINTING, SD21, SD21_BASE, ModelConfig
from sd_models.errors import CheckpointError, WeightsError
from sd_models.unet import UNet
from sd_models.vae import VAE
from tests.sd_models.original import original_layout
from tests.sd_models.reference import CONFIGS, reference_pipeline, relative_error

Folder = Callable[[str], Path]
PARTS = ("unet", "vae", "text_encoder")


def same_weights(a: object, b: object) -> bool:
    """Whether UNet, VAE and text encoder are bit-equal."""
    for part in PARTS:
        first, second = getattr(a, part).state_dict(), getattr(b, part).state_dict()
        if first.keys() != second.keys() or not all(torch.equal(first[name], second[name]) for name in first):
            return False
    return True


@pytest.fixture
def folder(reference_folder: Folder, tmp_path: Path) -> Path:
    """A copy of the small SD 1 folder, to damage."""
    return Path(shutil.copytree(reference_folder("sd1"), tmp_path / "model"))


@pytest.fixture
def single_file(tmp_path: Path) -> Callable[[str], Path]:
    """The reference model in the original layout."""

    def write(name: str) -> Path:
        pipeline = reference_pipeline(name)
        weights = [getattr(pipeline, part).state_dict() for part in PARTS]
        tensors = original_layout(*weights, CONFIGS[name], openclip=name == "sd2")
        path = tmp_path / f"{name}.safetensors"
        save_file({key: tensor.contiguous() for key, tensor in tensors.items()}, path)
        return path

    return write


# Folders --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", CONFIGS)
def test_a_folder_that_diffusers_saved_loads_strictly(name: str, reference_folder: Folder) -> None:
    components = load_components(reference_folder(name))
    assert components.config == replace(CONFIGS[name], scheduler=components.config.scheduler)
    assert components.config.scheduler["prediction_type"] == CONFIGS[name].scheduler["prediction_type"]
    assert same_weights(components, reference_pipeline(name))


@pytest.mark.parametrize("name", CONFIGS)
@pytest.mark.parametrize("shard_bytes", [None, 100_000])
def test_a_folder_that_we_saved_is_loaded_by_diffusers(
    name: str, shard_bytes: int | None, reference_folder: Folder, tmp_path: Path
) -> None:
    ours = load_components(reference_folder(name))
    save_components(ours, tmp_path / "saved", shard_bytes=shard_bytes)
    theirs = DiffusionPipeline.from_pretrained(tmp_path / "saved", safety_checker=None)
    assert same_weights(ours, theirs)
    assert same_weights(ours, load_components(tmp_path / "saved"))
    assert theirs.tokenizer("The fox's tail").input_ids == ours.tokenizer("The fox's tail")[0, :11].tolist()
    assert theirs.scheduler.config.prediction_type == CONFIGS[name].scheduler["prediction_type"]
    sizes = [path.stat().st_size for path in (tmp_path / "saved").rglob("*.safetensors")]
    assert len(sizes) == 3 if shard_bytes is None else len(sizes) > 3


def test_saving_into_a_folder_keeps_what_else_is_there(reference_folder: Folder, tmp_path: Path) -> None:
    (tmp_path / "model").mkdir()
    (tmp_path / "model" / "card.md").write_text("mine")
    ours = load_components(reference_folder("odd"))
    save_components(ours, tmp_path / "model", dtype=torch.bfloat16)
    assert (tmp_path / "model" / "card.md").read_text() == "mine"
    assert [path.name for path in tmp_path.iterdir()] == ["model"]
    weights = load_components(tmp_path / "model").unet.state_dict()
    assert all(torch.equal(t.bfloat16().float(), weights[name]) for name, t in ours.unet.state_dict().items())


def rewrite(path: Path, change: Callable[[dict[str, Tensor]], dict[str, Tensor]]) -> None:
    save_file({name: t.contiguous() for name, t in change(load_file(path)).items()}, path, metadata={"format": "pt"})


def test_the_names_in_published_folders_are_read(folder: Path) -> None:
    """`text_model.` and `position_ids` in the text encoder, query, key, value and proj_attn in the VAE."""
    old = {"to_q": "query", "to_k": "key", "to_v": "value", "to_out.0": "proj_attn"}

    def as_published(name: str) -> str:
        for new, published in old.items():
            name = name.replace(f"attentions.0.{new}.", f"attentions.0.{published}.")
        return name

    ids = {"text_model.embeddings.position_ids": torch.arange(77)[None]}
    rewrite(
        folder / "text_encoder" / "model.safetensors",
        lambda old: {f"text_model.{name}": t for name, t in old.items()} | ids,
    )
    rewrite(
        folder / "vae" / "diffusion_pytorch_model.safetensors",
        lambda old: {as_published(name): t for name, t in old.items()},
    )
    assert "decoder.mid_block.attentions.0.proj_attn.weight" in load_file(
        folder / "vae" / "diffusion_pytorch_model.safetensors"
    )
    assert same_weights(load_components(folder), reference_pipeline("sd1"))


def test_configurations_of_2022_leave_out_what_has_a_default(folder: Path) -> None:
    path = folder / "unet" / "config.json"
    config = json.loads(path.read_text())
    kept = ("block_out_channels", "attention_head_dim", "cross_attention_dim", "norm_num_groups", "sample_size")
    path.write_text(json.dumps({"_class_name": "UNet2DConditionModel", **{key: config[key] for key in kept}}))
    assert load_components(folder).config.unet == CONFIGS["sd1"].unet


@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16])
def test_half_precision_files_load_in_any_precision(dtype: torch.dtype, folder: Path) -> None:
    for path in folder.rglob("*.safetensors"):
        rewrite(path, lambda old: {name: t.to(dtype) for name, t in old.items()})
    full, half = load_components(folder), load_components(folder, dtype=torch.bfloat16)
    assert {p.dtype for p in full.unet.parameters()} == {torch.float32}
    assert {p.dtype for p in half.unet.parameters()} == {torch.bfloat16}
    assert all(torch.equal(a.bfloat16(), b) for a, b in zip(full.vae.parameters(), half.vae.parameters(), strict=True))


def test_the_right_file_of_several_is_taken(folder: Path) -> None:
    """Not the EMA-less variant, and full precision before half."""
    unet = folder / "unet" / "diffusion_pytorch_model.safetensors"
    for variant in ("non_ema", "fp16"):
        save_file({name: t * 0 for name, t in load_file(unet).items()}, unet.with_suffix(f".{variant}.safetensors"))
    assert same_weights(load_components(folder), reference_pipeline("sd1"))
    unet.unlink()
    assert not load_components(folder).unet.conv_in.weight.any()  # only now the half precision one


def test_pickled_folders_are_read(folder: Path) -> None:
    for part, stem in (("unet", "diffusion_pytorch_model"), ("text_encoder", "model")):
        path = folder / part / f"{stem}.safetensors"
        torch.save(load_file(path), path.with_name(f"{stem}.bin"))
        path.unlink()
    (folder / "text_encoder" / "model.bin").rename(folder / "text_encoder" / "pytorch_model.bin")
    assert same_weights(load_components(folder), reference_pipeline("sd1"))


def test_what_does_not_fit_is_listed_exactly_and_nothing_is_loaded(folder: Path) -> None:
    def damage(tensors: dict[str, Tensor]) -> dict[str, Tensor]:
        del tensors["conv_in.bias"]
        return tensors | {"conv_on.bias": torch.zeros(3), "conv_out.bias": torch.zeros(7)}

    rewrite(folder / "unet" / "diffusion_pytorch_model.safetensors", damage)
    with pytest.raises(WeightsError) as error:
        load_components(folder)
    assert error.value.missing == ("conv_in.bias",)
    assert error.value.unexpected == ("conv_on.bias",)
    assert error.value.misshapen == ("conv_out.bias (7,) instead of (4,)",)
    assert "conv_in.bias" in str(error.value)
    assert "\n" not in str(error.value)


def test_a_damaged_file_is_named_where_its_hash_is_known(reference_folder: Folder, tmp_path: Path) -> None:
    save_components(load_components(reference_folder("sd1")), tmp_path / "model")
    path = tmp_path / "model" / "vae" / "diffusion_pytorch_model.safetensors"
    content = bytearray(path.read_bytes())
    content[-5] ^= 1
    path.write_bytes(content)
    with pytest.raises(CheckpointError, match=r"vae.diffusion_pytorch_model.safetensors is damaged: its SHA-256 is"):
        load_components(tmp_path / "model")
    path.unlink()
    with pytest.raises(CheckpointError, match="is missing"):
        load_components(tmp_path / "model")


# Single files ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["sd1", "sd2", "inpainting"])
def test_both_layouts_of_a_model_load_bit_equal(
    name: str, reference_folder: Folder, single_file: Callable[[str], Path]
) -> None:
    folder = reference_folder(name)
    ours = load_components(single_file(name), config=folder, tokenizer=folder / "tokenizer")
    assert same_weights(ours, load_components(folder))


@pytest.mark.parametrize("name", ["sd1", "sd2"])
def test_diffusers_reads_the_fixture_as_we_do(name: str, single_file: Callable[[str], Path]) -> None:
    """That the tests' own original layout is the real one is shown by diffusers' reader of it."""
    tensors, pipeline = load_file(single_file(name)), reference_pipeline(name)
    config = CONFIGS[name]
    unet, vae, text = split_original(tensors, config)
    theirs = convert_ldm_unet_checkpoint(dict(tensors), dict(pipeline.unet.config))
    assert theirs.keys() == unet.keys()
    assert all(torch.equal(theirs[key], unet[key]) for key in unet)
    theirs = convert_ldm_vae_checkpoint(dict(tensors), dict(pipeline.vae.config))
    assert theirs.keys() == vae.keys()
    assert all(torch.equal(theirs[key], vae[key]) for key in vae)
    if name == "sd1":
        theirs = {
            key.removeprefix("text_model."): t
            for key, t in convert_ldm_clip_checkpoint(dict(tensors)).items()
            if "position_ids" not in key
        }
        assert theirs.keys() == text.keys()


@pytest.mark.parametrize(
    "config", [SD15, SD15_INPAINTING, SD21, SD21_BASE], ids=["1.5", "inpainting", "2.1", "2.1-base"]
)
def test_full_size_files_are_told_from_their_tensors_and_have_a_place_for_each(config: ModelConfig) -> None:
    """All names and shapes of the published single files, without their values."""
    with torch.device("meta"):
        modules = UNet(config.unet), VAE(config.vae), CLIP(config.text_encoder)
        openclip = config.unet.use_linear_projection
        tensors = original_layout(*(module.state_dict() for module in modules), config, openclip=openclip)
    v = config.scheduler["prediction_type"] == "v_prediction"
    tensors |= {name: torch.zeros(()) for name in ("global_step",)}
    last = "model.diffusion_model.output_blocks.11.1.transformer_blocks.0.norm1.bias"
    tensors[last] = torch.linspace(-1, 1, 320) * (0.3 if v else 0.05)
    weights = [name for name in tensors if name.startswith(("model.diffusion_model.", "first_stage_", "cond_stage_"))]
    assert len(weights) == (686 + 248 + 197 if not openclip else 686 + 248 + 24 * 12 + 6)
    told = describe_original(tensors, Path("model.safetensors"))
    assert told.unet == replace(config.unet, upcast_attention=openclip)
    assert told.vae == replace(config.vae, sample_size=512)
    assert told.text_encoder == config.text_encoder
    assert told.scheduler["prediction_type"] == config.scheduler["prediction_type"]
    for module, found in zip(modules, split_original(tensors, told), strict=True):
        expected = {name: t.shape for name, t in module.state_dict().items()}
        assert {name: t.shape for name, t in found.items()} == expected


def test_text_encoders_without_their_prefix_are_read(
    reference_folder: Folder, single_file: Callable[[str], Path]
) -> None:
    path, folder = single_file("sd1"), reference_folder("sd1")
    rewrite(path, lambda old: {name.replace("transformer.text_model.", "transformer."): t for name, t in old.items()})
    ours = load_components(path, config=folder, tokenizer=folder / "tokenizer")
    assert same_weights(ours, load_components(folder))


def test_marks_say_what_an_sd1_file_predicts(single_file: Callable[[str], Path]) -> None:
    path = single_file("sd1")
    plain = describe_original(load_file(path), path)
    marked = describe_original({**load_file(path), "v_pred": torch.zeros(0), "ztsnr": torch.zeros(0)}, path)
    assert plain.scheduler.get("prediction_type", "epsilon") == "epsilon"
    assert marked.scheduler["prediction_type"] == "v_prediction"
    assert marked.scheduler["rescale_betas_zero_snr"] is True
    assert marked.unet == plain.unet


def test_a_file_that_comfyui_saved_is_read(reference_folder: Folder, single_file: Callable[[str], Path]) -> None:
    path = single_file("sd1")
    width = CONFIGS["sd1"].text_encoder.hidden_size
    more = {
        "cond_stage_model.transformer.text_projection.weight": torch.eye(width),
        "cond_stage_model.logit_scale": torch.tensor(4.6),
    }
    rewrite(path, lambda tensors: {**tensors, **more})
    read = load_components(path, config=CONFIGS["sd1"], tokenizer=reference_folder("sd1") / "tokenizer")
    assert same_weights(read, load_components(reference_folder("sd1")))


def test_a_tokenizer_beside_a_single_file_is_its_own(
    reference_folder: Folder, single_file: Callable[[str], Path]
) -> None:
    path = single_file("sd1")
    for name in ("vocab.json", "merges.txt"):
        shutil.copy(reference_folder("sd1") / "tokenizer" / name, path.parent / name)
    assert load_components(path).tokenizer("the fox").tolist() == (
        load_components(reference_folder("sd1")).tokenizer("the fox").tolist()
    )


def test_ema_copies_are_not_picked_up(reference_folder: Folder, single_file: Callable[[str], Path]) -> None:
    path, folder = single_file("sd1"), reference_folder("sd1")

    def with_ema(tensors: dict[str, Tensor]) -> dict[str, Tensor]:
        unet = {name.removeprefix("model."): t for name, t in tensors.items() if name.startswith("model.diffusion")}
        return tensors | {"model_ema." + name.replace(".", ""): t * 0 for name, t in unet.items()}

    rewrite(path, with_ema)
    ours = load_components(path, config=folder, tokenizer=folder / "tokenizer")
    assert same_weights(ours, load_components(folder))


LIGHTNING = """
import sys, types, torch
from safetensors.torch import load_file
module = types.ModuleType("pytorch_lightning.callbacks.model_checkpoint")
class ModelCheckpoint:
    def __init__(self): self.best = 1
ModelCheckpoint.__module__ = module.__name__; ModelCheckpoint.__qualname__ = "ModelCheckpoint"
module.ModelCheckpoint = ModelCheckpoint
for name in ("pytorch_lightning", "pytorch_lightning.callbacks"): sys.modules[name] = types.ModuleType(name)
sys.modules[module.__name__] = module
import numpy
torch.save({"epoch": 3, "global_step": 470000, "state_dict": load_file(sys.argv[1]),
  "callbacks": {ModelCheckpoint: {"best": numpy.float64(0.5), "monitor": ModelCheckpoint()}}}, sys.argv[2])
"""


@pytest.mark.slow
def test_checkpoints_of_lightning_are_read_and_nothing_of_them_is_run(
    reference_folder: Folder, single_file: Callable[[str], Path], tmp_path: Path
) -> None:
    """Written by a process that has such a class; here there is none."""
    path, folder = single_file("sd1"), reference_folder("sd1")
    subprocess.run([sys.executable, "-c", LIGHTNING, path, tmp_path / "sd1.ckpt"], check=True)
    with pytest.raises(pickle.UnpicklingError):
        torch.load(tmp_path / "sd1.ckpt", weights_only=True)
    ours = load_components(tmp_path / "sd1.ckpt", config=folder, tokenizer=folder / "tokenizer")
    assert same_weights(ours, load_components(folder))
    assert int(read_tensors(tmp_path / "sd1.ckpt")["global_step"]) == 470000


# Bad input ------------------------------------------------------------------------------------------------------------


def bad_files() -> dict[str, tuple[str, Callable[[Path], object], str]]:
    def code(path: Path) -> None:
        class Evil:
            def __reduce__(self) -> tuple[object, tuple[str]]:
                return eval, ("open('/tmp/taleboard-evil','w')",)

        torch.save({"state_dict": {"a": torch.ones(1), "b": Evil()}}, path)

    def truncated(path: Path) -> None:
        save_file({"model.diffusion_model.a": torch.ones(1000)}, path)
        path.write_bytes(path.read_bytes()[:-100])

    def truncated_pickle(path: Path) -> None:
        torch.save({"a": torch.ones(5000)}, path)
        path.write_bytes(path.read_bytes()[:-5000])

    def tensors(**names: int) -> Callable[[Path], object]:
        shaped = {name: torch.ones(size, 2) for name, size in names.items()}
        return lambda path: save_file({name.replace("__", "."): t for name, t in shaped.items()}, path)

    return {
        "empty": ("m.safetensors", lambda p: p.write_bytes(b""), "truncated|not a safetensors"),
        "noise": ("m.safetensors", lambda p: p.write_bytes(b"\xff" * 5000), "not a safetensors"),
        "a web page": ("m.safetensors", lambda p: p.write_text("\n <!DOCTYPE html><html>"), "web page"),
        "a web page, as ckpt": ("m.ckpt", lambda p: p.write_text("<html>404"), "web page"),
        "truncated": ("m.safetensors", truncated, "truncated"),
        "truncated pickle": ("m.ckpt", truncated_pickle, "truncated"),
        "noise as ckpt": ("m.ckpt", lambda p: p.write_bytes(b"\x80\x02junk"), "not a checkpoint"),
        "code": ("m.ckpt", code, "eval.*never run"),
        "a list": ("m.ckpt", lambda p: torch.save([1, 2], p), "no named tensors"),
        "no tensors": ("m.ckpt", lambda p: torch.save({"a": 1}, p), "no tensors"),
        "a LoRA": ("m.safetensors", tensors(lora_unet_x__lora_up__weight=2), "is a LoRA"),
        "an embedding": ("m.safetensors", tensors(emb_params=3), "textual inversion"),
        "SDXL": ("m.safetensors", tensors(conditioner__embedders__0__x=2, b=2, c=2), "SDXL"),
        "SD 3": ("m.safetensors", tensors(model__diffusion_model__joint_blocks__0__x=2, b=2, c=2), "Diffusion 3"),
        "Flux": ("m.safetensors", tensors(double_blocks__0__x=2, b=2, c=2), "Flux"),
        "a ControlNet": ("m.safetensors", tensors(control_model__x=2, b=2, c=2), "ControlNet"),
        "a UNet alone": ("m.safetensors", tensors(conv_in__weight=2, down_blocks__0__resnets__x=2, c=2), "UNet of"),
        "a VAE alone": ("m.safetensors", tensors(encoder__conv_in__weight=2, b=2, c=2), "VAE alone"),
        "half a model": ("m.safetensors", tensors(model__diffusion_model__x=2, b=2, c=2), "lacks the VAE and the text"),
        "something else": ("m.safetensors", tensors(a=2, b=2, c=2), "3 tensors such as a"),
    }


@pytest.mark.parametrize("kind", bad_files())
def test_what_is_no_model_is_refused_in_one_line(kind: str, tmp_path: Path) -> None:
    name, write, why = bad_files()[kind]
    write(tmp_path / name)
    with pytest.raises(CheckpointError, match=why) as error:
        load_components(tmp_path / name)
    assert "\n" not in str(error.value)
    assert name in str(error.value)
    assert not Path("/tmp/taleboard-evil").exists()


def test_a_pickle_of_unreasonable_size_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "m.ckpt", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("m/data.pkl", b"\0" * (65 * 2**20))
    with pytest.raises(CheckpointError, match="too much that is not weights"):
        load_components(tmp_path / "m.ckpt")


def test_folders_that_are_no_model_are_told_apart(folder: Path, tmp_path: Path) -> None:
    def refused(path: Path, why: str) -> None:
        with pytest.raises(CheckpointError, match=why) as error:
            load_components(path)
        assert "\n" not in str(error.value)

    (tmp_path / "empty").mkdir()
    refused(tmp_path / "empty", "not a model folder")
    refused(folder / "unet", "UNet2DConditionModel alone")
    refused(tmp_path / "nowhere", "there is no file or folder")
    (tmp_path / "files").mkdir()
    save_file({"lora_unet_x.lora_up.weight": torch.ones(1)}, tmp_path / "files" / "pytorch_lora_weights.safetensors")
    refused(tmp_path / "files", "is a LoRA")
    (folder / "model_index.json").write_text('{"_class_name": "StableDiffusionXLPipeline"}')
    refused(folder, "StableDiffusionXLPipeline")
    (folder / "model_index.json").write_text("not json")
    refused(folder, "not JSON")
    (folder / "model_index.json").unlink()
    (folder / "unet" / "config.json").write_text(json.dumps({"addition_embed_type": "text_time"}))
    refused(folder, "SDXL")


def test_an_index_may_not_lead_outside_of_its_folder(folder: Path) -> None:
    path = folder / "unet" / "diffusion_pytorch_model.safetensors"
    path.rename(folder / "elsewhere.safetensors")
    index = {"weight_map": {"conv_in.weight": "../elsewhere.safetensors"}}
    (folder / "unet" / "diffusion_pytorch_model.safetensors.index.json").write_text(json.dumps(index))
    with pytest.raises(CheckpointError, match="outside"):
        load_components(folder)


def test_a_tokenizer_that_does_not_fit_is_refused(folder: Path) -> None:
    path = folder / "tokenizer" / "vocab.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"more": 5000}))
    with pytest.raises(CheckpointError, match="ids go up to 5000"):
        load_components(folder)


# The hub --------------------------------------------------------------------------------------------------------------


def test_only_the_files_that_are_needed_are_downloaded() -> None:
    stem, shards = (
        "diffusion_pytorch_model",
        [f"unet/diffusion_pytorch_model-0000{n}-of-00002.safetensors" for n in (1, 2)],
    )
    needed = [
        "feature_extractor/preprocessor_config.json",
        "model_index.json",
        "safety_checker/config.json",
        "safety_checker/model.safetensors",
        "scheduler/scheduler_config.json",
        "text_encoder/config.json",
        "text_encoder/model.safetensors",
        "tokenizer/merges.txt",
        "tokenizer/vocab.json",
        *shards,
        f"unet/{stem}.safetensors.index.json",
        "unet/config.json",
        f"vae/{stem}.fp16.safetensors",
        "vae/config.json",
    ]
    others = [
        "v1-5-pruned.ckpt",
        "README.md",
        f"unet/{stem}.non_ema.safetensors",
        f"unet/{stem}.bin",
        "text_encoder/pytorch_model.bin",
        f"vae/{stem}.bin",
    ]
    assert needed_files(needed + others) == sorted(needed)


def test_a_hub_id_that_cannot_be_had_is_refused_in_one_line(caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(CheckpointError, match=r"stable-diffusion-v1-5/stable-diffusion-v1-5 is not in the cache"):
        load_components("runwayml/stable-diffusion-v1-5")
    assert MOVED["runwayml/stable-diffusion-v1-5"] in caplog.text


def test_a_single_file_without_a_tokenizer_says_what_to_give(single_file: Callable[[str], Path]) -> None:
    with pytest.raises(CheckpointError, match=r"vocab\.json and merges\.txt"):
        load_components(single_file("sd1"), config=CONFIGS["sd1"])


# What is loaded draws ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", CONFIGS)
def test_the_loaded_parts_compute_what_diffusers_does(name: str, reference_folder: Folder) -> None:
    ours: Components = load_components(reference_folder(name))
    theirs = DiffusionPipeline.from_pretrained(reference_folder(name), safety_checker=None)
    assert isinstance(theirs.unet, UNet2DConditionModel)
    assert isinstance(theirs.text_encoder, nn.Module)
    ids = ours.tokenizer(["The fox’s tail", ""])
    expected = theirs.text_encoder(ids).last_hidden_state
    hidden = ours.text_encoder(ids)
    assert relative_error(hidden, expected) < 1e-5
    latents = torch.randn(2, ours.config.unet.in_channels, 8, 8)
    assert relative_error(ours.unet(latents, 5, hidden), theirs.unet(latents, 5, expected).sample) < 1e-5
