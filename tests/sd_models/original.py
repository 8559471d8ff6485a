"""Reference models in the original layout of single files: written from diffusers' names, the other way round than
`sd_models/checkpoints/keys.py` reads them. `test_checkpoints` proves it right by diffusers' own reader."""

from __future__ import annotations

import re

import torch
from torch import Tensor

from sd_models.config import ModelConfig

__all__ = ["original_layout"]

Weights = dict[str, Tensor]

_RESIDUAL = {
    "norm1": "in_layers.0",
    "conv1": "in_layers.2",
    "time_emb_proj": "emb_layers.1",
    "norm2": "out_layers.0",
    "conv2": "out_layers.3",
    "conv_shortcut": "skip_connection",
}
_OPENCLIP = {"layer_norm1": "ln_1", "layer_norm2": "ln_2", "mlp.fc1": "mlp.c_fc", "mlp.fc2": "mlp.c_proj"}
_ATTENTION = {"group_norm": "norm", "to_q": "q", "to_k": "k", "to_v": "v", "to_out.0": "proj_out"}


def original_layout(unet: Weights, vae: Weights, text: Weights, config: ModelConfig, *, openclip: bool) -> Weights:
    """All tensors of a single file, with the constants that such files hold beside the weights."""
    tensors = {f"model.diffusion_model.{_unet_name(name, config)}": tensor for name, tensor in unet.items()}
    levels = len(config.vae.block_out_channels)
    for name, tensor in vae.items():
        shaped = tensor[:, :, None, None] if ".attentions." in name and tensor.ndim == 2 else tensor
        tensors[f"first_stage_model.{_vae_name(name, levels)}"] = shaped
    tensors |= _openclip(text) if openclip else _clip(text)
    return tensors | {"alphas_cumprod": torch.ones(1000), "model_ema.decay": torch.tensor(0.9999)}


def _unet_name(name: str, config: ModelConfig) -> str:
    layers = config.unet.layers_per_block
    attention = config.unet.attention_levels[::-1]
    part, _, rest = name.partition(".")
    if part == "time_embedding":
        return "time_embed." + rest.replace("linear_1", "0").replace("linear_2", "2")
    if part in ("conv_in", "conv_norm_out", "conv_out"):
        return {"conv_in": "input_blocks.0.0.", "conv_norm_out": "out.0.", "conv_out": "out.2."}[part] + rest
    if part == "mid_block":
        kind, number, rest = rest.split(".", 2)
        place = {"resnets0": 0, "attentions0": 1, "resnets1": 2}[kind + number]
        return f"middle_block.{place}." + (_residual(rest) if kind == "resnets" else rest)
    level, kind, number, rest = rest.split(".", 3)
    start = int(level) * (layers + 1) + (part == "down_blocks")
    block = "input_blocks" if part == "down_blocks" else "output_blocks"
    if kind == "downsamplers":
        return f"{block}.{start + layers}.0.op.{rest.removeprefix('conv.')}"
    if kind == "upsamplers":
        return f"{block}.{start + layers}.{2 if attention[int(level)] else 1}.{rest}"
    inner = f"0.{_residual(rest)}" if kind == "resnets" else f"1.{rest}"
    return f"{block}.{start + int(number)}.{inner}"


def _residual(name: str) -> str:
    layer, _, rest = name.partition(".")
    return f"{_RESIDUAL[layer]}.{rest}"


def _vae_name(name: str, levels: int) -> str:
    for here, there in _ATTENTION.items():
        name = name.replace(f"attentions.0.{here}.", f"attentions.0.{there}.")
    name = name.replace("mid_block.attentions.0.", "mid.attn_1.").replace("conv_norm_out", "norm_out")
    name = re.sub(r"mid_block\.resnets\.(\d)", lambda m: f"mid.block_{int(m[1]) + 1}", name)
    name = re.sub(r"down_blocks\.(\d)\.resnets", r"down.\1.block", name)
    name = re.sub(r"down_blocks\.(\d)\.downsamplers\.0", r"down.\1.downsample", name)
    name = re.sub(r"up_blocks\.(\d)\.resnets", lambda m: f"up.{levels - 1 - int(m[1])}.block", name)
    name = re.sub(r"up_blocks\.(\d)\.upsamplers\.0", lambda m: f"up.{levels - 1 - int(m[1])}.upsample", name)
    return name.replace("conv_shortcut", "nin_shortcut")


def _clip(text: Weights) -> Weights:
    prefix = "cond_stage_model.transformer.text_model."
    ids = {f"{prefix}embeddings.position_ids": torch.arange(77)[None]}
    return {prefix + name.removeprefix("text_model."): tensor for name, tensor in text.items()} | ids


def _openclip(text: Weights) -> Weights:
    """With q, k and v in one, one layer more than Stable Diffusion uses, and the projection that it leaves out."""
    text = {name.removeprefix("text_model."): tensor for name, tensor in text.items()}
    layers = 1 + max(int(m[1]) for name in text if (m := re.match(r"encoder\.layers\.(\d+)\.", name)))
    last = f"encoder.layers.{layers - 1}."
    text |= {
        name.replace(last, f"encoder.layers.{layers}."): 2 * t for name, t in text.items() if name.startswith(last)
    }
    width = text["final_layer_norm.weight"].shape[0]
    out: Weights = {"text_projection": torch.zeros(width, width), "logit_scale": torch.tensor(1.0)}
    out["positional_embedding"] = text.pop("embeddings.position_embedding.weight")
    out["token_embedding.weight"] = text.pop("embeddings.token_embedding.weight")
    for kind in ("weight", "bias"):
        out[f"ln_final.{kind}"] = text.pop(f"final_layer_norm.{kind}")
        for i in range(layers + 1):
            here, there = f"encoder.layers.{i}.", f"transformer.resblocks.{i}."
            qkv = [text.pop(f"{here}self_attn.{part}_proj.{kind}") for part in "qkv"]
            out[f"{there}attn.in_proj_{kind}"] = torch.cat(qkv)
            out[f"{there}attn.out_proj.{kind}"] = text.pop(f"{here}self_attn.out_proj.{kind}")
            for a, b in (
                ("layer_norm1", "ln_1"),
                ("layer_norm2", "ln_2"),
                ("mlp.fc1", "mlp.c_fc"),
                ("mlp.fc2", "mlp.c_proj"),
            ):
                out[f"{there}{b}.{kind}"] = text.pop(f"{here}{a}.{kind}")
    assert not text
    return {f"cond_stage_model.model.{name}": tensor for name, tensor in out.items()}
