"""Names of weights: the original layout and older spellings to the names that the modules here have.

Single files are in the layout of the CompVis and Stability AI code (`model.diffusion_model.…`, `first_stage_model.…`,
`cond_stage_model.…`). Each part has a short table of rules (pattern, replacement), tried in order on every name. Blocks
are counted differently: the original counts all blocks of the U in one row, here they are counted by level.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final

import torch
from torch import Tensor

from sd_models.config import ModelConfig

__all__ = ["modernise_text_encoder", "modernise_vae", "split_original"]

Weights = dict[str, Tensor]
Rules = tuple[tuple[str, str | Callable[[re.Match[str]], str]], ...]

_RESIDUAL: Final[Rules] = (
    (r"\.in_layers\.0\.", ".norm1."),
    (r"\.in_layers\.2\.", ".conv1."),
    (r"\.emb_layers\.1\.", ".time_emb_proj."),
    (r"\.out_layers\.0\.", ".norm2."),
    (r"\.out_layers\.3\.", ".conv2."),
    (r"\.skip_connection\.", ".conv_shortcut."),
)


def _unet_rules(layers: int) -> Rules:
    """With `layers` a level, input block 1 + level (layers + 1) + j is the level's j-th block, its last the
    downsampling; output block level (layers + 1) + j is the j-th on the way up."""
    size = layers + 1

    def down(m: re.Match[str]) -> str:
        level, j = divmod(int(m[1]) - 1, size)
        return f"down_blocks.{level}." + {"0": f"resnets.{j}", "1": f"attentions.{j}"}[m[2]] + "."

    def downsample(m: re.Match[str]) -> str:
        return f"down_blocks.{(int(m[1]) - 1) // size}.downsamplers.0.conv."

    def up(m: re.Match[str]) -> str:
        level, j = divmod(int(m[1]), size)
        return f"up_blocks.{level}." + {"0": f"resnets.{j}", "1": f"attentions.{j}"}[m[2]] + "."

    def upsample(m: re.Match[str]) -> str:
        return f"up_blocks.{int(m[1]) // size}.upsamplers.0.conv."

    return (
        (r"^time_embed\.0\.", "time_embedding.linear_1."),
        (r"^time_embed\.2\.", "time_embedding.linear_2."),
        (r"^time_embed\.cond_proj\.", "time_embedding.cond_proj."),
        (r"^input_blocks\.0\.0\.", "conv_in."),
        (r"^input_blocks\.(\d+)\.0\.op\.", downsample),
        (r"^input_blocks\.(\d+)\.([01])\.", down),
        (r"^middle_block\.0\.", "mid_block.resnets.0."),
        (r"^middle_block\.1\.", "mid_block.attentions.0."),
        (r"^middle_block\.2\.", "mid_block.resnets.1."),
        (r"^output_blocks\.(\d+)\.[12]\.conv\.", upsample),
        (r"^output_blocks\.(\d+)\.([01])\.", up),
        (r"^out\.0\.", "conv_norm_out."),
        (r"^out\.2\.", "conv_out."),
        *_RESIDUAL,
    )


# The names that published VAE folders and the original layout have for the weights of attention.
_OLD_ATTENTION: Final[Rules] = (
    (r"\.attentions\.0\.(query|q)\.", ".attentions.0.to_q."),
    (r"\.attentions\.0\.(key|k)\.", ".attentions.0.to_k."),
    (r"\.attentions\.0\.(value|v)\.", ".attentions.0.to_v."),
    (r"\.attentions\.0\.(proj_attn|proj_out)\.", ".attentions.0.to_out.0."),
    (r"\.attentions\.0\.norm\.", ".attentions.0.group_norm."),
)


def _vae_rules(levels: int) -> Rules:
    """The original counts the decoder's levels from the finest, here they are counted in the order they run."""
    return (
        (r"^encoder\.down\.(\d+)\.block\.", r"encoder.down_blocks.\1.resnets."),
        (r"^encoder\.down\.(\d+)\.downsample\.", r"encoder.down_blocks.\1.downsamplers.0."),
        (r"^decoder\.up\.(\d+)\.block\.", lambda m: f"decoder.up_blocks.{levels - 1 - int(m[1])}.resnets."),
        (r"^decoder\.up\.(\d+)\.upsample\.", lambda m: f"decoder.up_blocks.{levels - 1 - int(m[1])}.upsamplers.0."),
        (r"\.mid\.block_(\d)\.", lambda m: f".mid_block.resnets.{int(m[1]) - 1}."),
        (r"\.mid\.attn_1\.", ".mid_block.attentions.0."),
        (r"\.norm_out\.", ".conv_norm_out."),
        (r"\.nin_shortcut\.", ".conv_shortcut."),
        *_OLD_ATTENTION,
    )


_OPENCLIP: Final[Rules] = (
    (r"^token_embedding\.", "embeddings.token_embedding."),
    (r"^positional_embedding$", "embeddings.position_embedding.weight"),
    (r"^ln_final\.", "final_layer_norm."),
    (r"^transformer\.resblocks\.", "encoder.layers."),
    (r"\.ln_1\.", ".layer_norm1."),
    (r"\.ln_2\.", ".layer_norm2."),
    (r"\.mlp\.c_fc\.", ".mlp.fc1."),
    (r"\.mlp\.c_proj\.", ".mlp.fc2."),
    (r"\.attn\.", ".self_attn."),
)


def split_original(tensors: Mapping[str, Tensor], config: ModelConfig) -> tuple[Weights, Weights, Weights]:
    """The UNet's, the VAE's and the text encoder's weights of a single file, under the names of the modules here.
    What a checkpoint holds besides (EMA copies, the noise schedule, a loss) belongs to none of them."""
    unet = _renamed(_under(tensors, "model.diffusion_model."), _unet_rules(config.unet.layers_per_block))
    vae = _renamed(_under(tensors, "first_stage_model."), _vae_rules(len(config.vae.block_out_channels)))
    vae = {name: tensor for name, tensor in vae.items() if not name.startswith("loss.")}
    if openclip := _under(tensors, "cond_stage_model.model."):
        text = _openclip(openclip, config.text_encoder.num_hidden_layers)
    else:
        text = modernise_text_encoder(_under(tensors, "cond_stage_model.transformer."))
    return unet, modernise_vae(vae), text


def modernise_vae(tensors: Mapping[str, Tensor]) -> Weights:
    """Published folders name attention query, key, value, proj_attn; the original layout has 1x1 convolutions there."""
    renamed = _renamed(tensors, _OLD_ATTENTION)
    return {
        name: tensor[:, :, 0, 0] if ".attentions." in name and tensor.ndim == 4 else tensor
        for name, tensor in renamed.items()
    }


def modernise_text_encoder(tensors: Mapping[str, Tensor]) -> Weights:
    """Published folders put `text_model.` before each name; older ones hold the constant `position_ids`, and files that
    ComfyUI saved the projection to CLIP's common space, which Stable Diffusion 1 leaves out."""
    names = {name: name.removeprefix("text_model.") for name in tensors}
    unused = ("embeddings.position_ids", "text_projection", "text_projection.weight", "logit_scale")
    return {names[name]: tensor for name, tensor in tensors.items() if not names[name].endswith(unused)}


def _openclip(tensors: Mapping[str, Tensor], layers: int) -> Weights:
    """OpenCLIP keeps q, k and v in one matrix, and ends with what Stable Diffusion 2 leaves out: one more layer and the
    projection to CLIP's common space."""

    def weights() -> Iterator[tuple[str, Tensor]]:
        for name, tensor in _renamed(tensors, _OPENCLIP).items():
            layer = re.match(r"encoder\.layers\.(\d+)\.", name)
            if name in ("text_projection", "logit_scale", "attn_mask") or (layer and int(layer[1]) >= layers):
                continue
            if fused := re.fullmatch(r"(.*\.self_attn\.)in_proj_(weight|bias)", name):
                for part, value in zip("qkv", tensor.chunk(3), strict=True):
                    yield f"{fused[1]}{part}_proj.{fused[2]}", value
            else:
                yield name, tensor

    return dict(weights())


def _under(tensors: Mapping[str, Tensor], prefix: str) -> Weights:
    return {name.removeprefix(prefix): tensor for name, tensor in tensors.items() if name.startswith(prefix)}


def _renamed(tensors: Mapping[str, Tensor], rules: Rules) -> Weights:
    def rename(name: str) -> str:
        for pattern, replacement in rules:
            name = re.sub(pattern, replacement, name)
        return name

    return {rename(name): tensor for name, tensor in tensors.items() if isinstance(tensor, torch.Tensor)}
