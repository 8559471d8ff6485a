"""What a file is, told from its tensors: Stable Diffusion 1 or 2 and of which sizes, or something else, by name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Final

import torch
from torch import Tensor

from sd_models.config import SD15, SD21, CLIPConfig, ModelConfig, UNetConfig, VAEConfig
from sd_models.errors import CheckpointError

__all__ = ["describe_original", "is_lora", "is_textual_inversion", "refuse_other_families"]

UNET: Final = "model.diffusion_model."
VAE: Final = "first_stage_model."
CLIP: Final = "cond_stage_model.transformer."
OPENCLIP: Final = "cond_stage_model.model."

# (a name that only such a file has, what it is)
_FAMILIES: Final = (
    (r"^conditioner\.embedders\.|^add_embedding\.|\.label_emb\.", "an SDXL or upscaler model"),
    (r"joint_blocks\.", "a Stable Diffusion 3 model"),
    (r"double_blocks\.|single_transformer_blocks\.", "a Flux model"),
    (r"^control_model\.|controlnet_cond_embedding", "a ControlNet"),
    (r"motion_modules\.", "an AnimateDiff motion module"),
    (r"clip_txt_mapper|\.channelwise\.", "a Stable Cascade model"),
    (r"patchify_proj|adaLN_modulation|caption_projection|scale_shift_table", "a diffusion transformer"),
    (r"^(base_model\.model\.)?model\.layers\.\d+\.self_attn\.q_proj", "a language model"),
    (r"^vision_model\.|^visual\.", "a picture encoder"),
)
_PARTS: Final = (
    (r"^down_blocks\.\d+\.resnets.*|^conv_in\.", "the UNet of a diffusers folder alone; give the whole folder"),
    (r"^(encoder|decoder)\.(down|up|mid|conv_in)", "a VAE alone; give the whole model"),
    (r"^text_model\.|^embeddings\.token_embedding", "a text encoder alone; give the whole model"),
)


def is_lora(names: Mapping[str, Tensor] | set[str]) -> bool:
    """Low-rank adapters of any layout."""
    marks = re.compile(r"lora_(up|down|A|B|linear_layer)\b|[._]lora\.|\.hada_w|\.lokr_w|\.oft_")
    return any(marks.search(name) for name in names)


def is_textual_inversion(tensors: Mapping[str, Tensor]) -> bool:
    """One or a few learnt word vectors."""
    return "emb_params" in tensors or (
        0 < len(tensors) <= 2 and all(tensor.ndim <= 2 for tensor in tensors.values()) and not is_lora(tensors)
    )


def refuse_other_families(tensors: Mapping[str, Tensor], path: Path) -> None:
    """Raises CheckpointError, naming what it is, for everything but Stable Diffusion 1 and 2 in the original layout."""
    if not tensors:
        raise CheckpointError(f"{path} holds no tensors; it is not a model")
    if is_lora(tensors):
        raise CheckpointError(f"{path} is a LoRA, which changes a model and is none; choose the model itself")
    if is_textual_inversion(tensors):
        raise CheckpointError(f"{path} is a textual inversion, a word for a model and none; choose the model itself")
    for pattern, family in _FAMILIES:
        if any(re.search(pattern, name) for name in tensors):
            raise CheckpointError(f"{path} is {family}; only Stable Diffusion 1 and 2 can be used")
    missing = [
        part
        for part, prefixes in {"UNet": (UNET,), "VAE": (VAE,), "text encoder": (CLIP, OPENCLIP)}.items()
        if not any(name.startswith(prefixes) for name in tensors)
    ]
    if len(missing) == 3:
        for pattern, part in _PARTS:
            if any(re.search(pattern, name) for name in tensors):
                raise CheckpointError(f"{path} is {part}")
        raise CheckpointError(f"{path} is not a Stable Diffusion model: it holds {_some(tensors)}")
    if missing:
        raise CheckpointError(f"{path} lacks the {' and the '.join(missing)}; use a file that holds the whole model")


def describe_original(tensors: Mapping[str, Tensor], path: Path) -> ModelConfig:
    """The sizes of a single file in the original layout, from the shapes of its tensors.

    Shapes do not tell the number of heads (8 in SD 1, of width 64 in SD 2 and in its text encoder), nor what is
    predicted; see `_predicts_v`. Raises CheckpointError for another family."""
    refuse_other_families(tensors, path)
    try:
        unet = _describe_unet(tensors)
        vae = _describe_vae(tensors)
        text = _describe_text_encoder(tensors)
    except KeyError as error:
        raise CheckpointError(f"{path} is incomplete: it lacks {error.args[0]}") from None
    if OPENCLIP + "positional_embedding" not in tensors:
        schedule = {**SD15.scheduler, **_marked(tensors)}
        return ModelConfig(unet=unet, vae=vae, text_encoder=text, scheduler=MappingProxyType(schedule))
    v = _predicts_v(tensors, unet)
    scheduler = {**SD21.scheduler, "prediction_type": "v_prediction" if v else "epsilon", **_marked(tensors)}
    unet = replace(unet, sample_size=96 if v else 64)
    return ModelConfig(unet=unet, vae=vae, text_encoder=text, scheduler=MappingProxyType(scheduler))


def _marked(tensors: Mapping[str, Tensor]) -> dict[str, object]:
    """What trainers say of the schedule by empty tensors: `v_pred` that v is predicted, `ztsnr` that the last step is
    noise alone (the convention of the trainers of v-predicting SD 1 models, which ComfyUI reads)."""
    prediction = {"prediction_type": "v_prediction"} if "v_pred" in tensors else {}
    return {**prediction, **({"rescale_betas_zero_snr": True} if "ztsnr" in tensors else {})}


def _describe_unet(tensors: Mapping[str, Tensor]) -> UNetConfig:
    def width(name: str) -> int:
        return tensors[UNET + name].shape[0]

    numbers = {int(m[1]) for name in tensors if (m := re.match(re.escape(UNET) + r"input_blocks\.(\d+)\.", name))}
    downs = sorted(n for n in numbers if f"{UNET}input_blocks.{n}.0.op.weight" in tensors)
    size = downs[0] if downs else len(numbers) - 1  # blocks a level: its layers, and the downsampling
    layers = size - 1 if downs else size
    firsts = range(1, len(numbers), size)
    attention = tuple(f"{UNET}input_blocks.{n}.1.norm.weight" in tensors for n in firsts)
    channels = tuple(width(f"input_blocks.{n}.0.out_layers.3.weight") for n in firsts)
    text_dim = tensors[UNET + "middle_block.1.transformer_blocks.0.attn2.to_k.weight"].shape[1]
    linear = tensors[UNET + "middle_block.1.proj_in.weight"].ndim == 2
    condition = tensors.get(UNET + "time_embed.cond_proj.weight")
    return UNetConfig(
        in_channels=tensors[UNET + "input_blocks.0.0.weight"].shape[1],
        out_channels=width("out.2.weight"),
        block_out_channels=channels,
        attention_levels=attention,
        num_heads=tuple(c // 64 for c in channels) if linear else (8,) * len(channels),
        layers_per_block=layers,
        cross_attention_dim=text_dim,
        use_linear_projection=linear,
        time_cond_proj_dim=None if condition is None else condition.shape[1],
        upcast_attention=linear,
    )


def _describe_vae(tensors: Mapping[str, Tensor]) -> VAEConfig:
    down = re.compile(re.escape(VAE) + r"encoder\.down\.(\d+)\.block\.(\d+)\.conv2\.weight")
    found = [(int(m[1]), int(m[2])) for name in tensors if (m := down.match(name))]
    if not found:
        raise KeyError(f"{VAE}encoder.down.0.block.0.conv2.weight")
    levels = max(level for level, _ in found) + 1
    weight = VAE + "encoder.down.{}.block.0.conv2.weight"
    return VAEConfig(
        in_channels=tensors[VAE + "encoder.conv_in.weight"].shape[1],
        out_channels=tensors[VAE + "decoder.conv_out.weight"].shape[0],
        latent_channels=tensors[VAE + "post_quant_conv.weight"].shape[0],
        block_out_channels=tuple(tensors[weight.format(level)].shape[0] for level in range(levels)),
        layers_per_block=max(block for _, block in found) + 1,
        mid_block_attention=VAE + "encoder.mid.attn_1.q.weight" in tensors,
    )


def _describe_text_encoder(tensors: Mapping[str, Tensor]) -> CLIPConfig:
    layers = max((int(m[1]) for name in tensors if (m := _TEXT_LAYER.match(name))), default=-1) + 1
    if OPENCLIP + "positional_embedding" in tensors:
        vocabulary, width = tensors[OPENCLIP + "token_embedding.weight"].shape
        return CLIPConfig(
            vocab_size=vocabulary,
            hidden_size=width,
            intermediate_size=tensors[OPENCLIP + "transformer.resblocks.0.mlp.c_fc.weight"].shape[0],
            num_hidden_layers=layers - 1,
            num_attention_heads=width // 64,
            max_position_embeddings=tensors[OPENCLIP + "positional_embedding"].shape[0],
            hidden_act="gelu",
        )
    # Some files leave out `text_model.`.
    prefix = next((p for p in (CLIP + "text_model.", CLIP) if p + "final_layer_norm.weight" in tensors), CLIP)
    vocabulary, width = tensors[prefix + "embeddings.token_embedding.weight"].shape
    return CLIPConfig(
        vocab_size=vocabulary,
        hidden_size=width,
        intermediate_size=tensors[prefix + "encoder.layers.0.mlp.fc1.weight"].shape[0],
        num_hidden_layers=layers,
        num_attention_heads=max(width // 64, 1),
        max_position_embeddings=tensors[prefix + "embeddings.position_embedding.weight"].shape[0],
    )


_TEXT_LAYER: Final = re.compile(r"cond_stage_model\.(?:transformer\.|model\.).*?(?:layers|resblocks)\.(\d+)\.")


def _predicts_v(tensors: Mapping[str, Tensor], unet: UNetConfig) -> bool:
    """Whether an SD 2 model predicts v, which its file does not say. Some files carry a mark; inpainting models predict
    the noise, and so does 2.0-base, which was trained for 875,000 steps. Else by the weights: the norm before the last
    self-attention has learnt a wider bias where v is predicted (the threshold is ComfyUI's; `config=` overrules)."""
    if "v_pred" in tensors:
        return True
    if unet.in_channels != unet.out_channels or int(tensors.get("global_step", torch.tensor(0))) == 875000:
        return False
    last = len(unet.block_out_channels) * (unet.layers_per_block + 1) - 1
    bias = tensors.get(f"{UNET}output_blocks.{last}.1.transformer_blocks.0.norm1.bias")
    return bias is not None and float(bias.float().std(unbiased=False)) > 0.09


def _some(tensors: Mapping[str, Tensor]) -> str:
    return f"{len(tensors)} tensors such as {min(tensors)}"
