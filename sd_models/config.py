"""What a Stable Diffusion model is made of: one set of frozen values builds every size from the test models to SD 2.1.

Field names are those of the `config.json` files in a published folder where these say what they mean; `from_json` and
`to_json` translate to and from such a file. What such a file can ask for beyond this set (another family of models) is
refused by name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, Literal

from sd_models.errors import CheckpointError

__all__ = ["SD15", "SD15_INPAINTING", "SD21", "SD21_BASE", "CLIPConfig", "ModelConfig", "UNetConfig", "VAEConfig"]

Json = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class UNetConfig:
    """The noise predictor. A level is one resolution of its U; tuples have an entry for each level, finest first."""

    in_channels: int = 4  # 9 for inpainting: latents, mask, latents of the masked picture; 8: latents, layout's latents
    out_channels: int = 4
    sample_size: int = 64  # height and width of the latents it was trained on
    block_out_channels: tuple[int, ...] = (320, 640, 1280, 1280)
    attention_levels: tuple[bool, ...] = (True, True, True, False)
    num_heads: tuple[int, ...] = (8, 8, 8, 8)
    layers_per_block: int = 2
    cross_attention_dim: int = 768  # width of the text encoder
    use_linear_projection: bool = False  # SD 2: around attention, a linear layer instead of a 1x1 convolution
    norm_num_groups: int = 32
    norm_eps: float = 1e-5
    time_cond_proj_dim: int | None = None  # width of a guidance-scale embedding (guidance-distilled models)
    upcast_attention: bool = False  # SD 2.1 says so; the fused kernel does it always

    def __post_init__(self) -> None:
        levels = len(self.block_out_channels)
        if not len(self.attention_levels) == len(self.num_heads) == levels:
            raise CheckpointError(f"a UNet of {levels} levels needs {levels} entries in attention_levels and num_heads")

    @property
    def time_embed_dim(self) -> int:
        return 4 * self.block_out_channels[0]

    @property
    def takes_layout(self) -> bool:
        """Whether it looks at a second picture's latents, as InstructPix2Pix does."""
        return self.in_channels == 2 * self.out_channels

    @property
    def sees_mask(self) -> bool:
        """Whether it was trained for inpainting."""
        return self.in_channels == 2 * self.out_channels + 1

    @classmethod
    def from_json(cls, json: Json) -> UNetConfig:
        """Reads `unet/config.json`. Keys that are absent have the values they have in diffusers.
        Raises CheckpointError for a UNet of another family."""
        _require("UNet", json, _UNET_FIXED)
        down = tuple(json.get("down_block_types", ("CrossAttnDownBlock2D",) * 3 + ("DownBlock2D",)))
        up = tuple(json.get("up_block_types", ("UpBlock2D",) + ("CrossAttnUpBlock2D",) * 3))
        attention = tuple(name == "CrossAttnDownBlock2D" for name in down)
        if (down, up) != _unet_block_types(attention):
            raise CheckpointError(
                f"this UNet has blocks that Stable Diffusion 1 and 2 do not have: {', '.join(down + up)}"
            )
        levels = len(down)
        # What the file calls attention_head_dim has always been the number of heads (diffusers issue 2011).
        heads = json.get("attention_head_dim") or 8
        size = json.get("sample_size") or 64
        return cls(
            in_channels=json.get("in_channels", 4),
            out_channels=json.get("out_channels", 4),
            sample_size=size if isinstance(size, int) else size[0],
            block_out_channels=tuple(json.get("block_out_channels", (320, 640, 1280, 1280))),
            attention_levels=attention,
            num_heads=(heads,) * levels if isinstance(heads, int) else tuple(heads),
            layers_per_block=_same(json.get("layers_per_block", 2), "layers_per_block"),
            cross_attention_dim=_same(json.get("cross_attention_dim", 1280), "cross_attention_dim"),
            use_linear_projection=json.get("use_linear_projection", False),
            norm_num_groups=json.get("norm_num_groups", 32),
            norm_eps=json.get("norm_eps", 1e-5),
            time_cond_proj_dim=json.get("time_cond_proj_dim"),
            upcast_attention=bool(json.get("upcast_attention", False)),
        )

    def to_json(self) -> dict[str, Any]:
        """The `unet/config.json` that diffusers builds the same UNet from."""
        down, up = _unet_block_types(self.attention_levels)
        return {
            "_class_name": "UNet2DConditionModel",
            "sample_size": self.sample_size,
            "in_channels": self.in_channels,
            "out_channels": self.out_channels,
            "down_block_types": list(down),
            "up_block_types": list(up),
            "block_out_channels": list(self.block_out_channels),
            "layers_per_block": self.layers_per_block,
            "attention_head_dim": list(self.num_heads),
            "cross_attention_dim": self.cross_attention_dim,
            "use_linear_projection": self.use_linear_projection,
            "norm_num_groups": self.norm_num_groups,
            "norm_eps": self.norm_eps,
            "time_cond_proj_dim": self.time_cond_proj_dim,
            "upcast_attention": self.upcast_attention,
            "act_fn": "silu",
            "flip_sin_to_cos": True,
            "freq_shift": 0,
        }


@dataclass(frozen=True, kw_only=True)
class VAEConfig:
    """The autoencoder between pictures and latents. `block_out_channels` has an entry for each resolution, finest
    first; every one but the last halves height and width."""

    in_channels: int = 3
    out_channels: int = 3
    latent_channels: int = 4
    block_out_channels: tuple[int, ...] = (128, 256, 512, 512)
    layers_per_block: int = 2
    norm_num_groups: int = 32
    sample_size: int = 512  # height and width of the pictures it was trained on
    scaling_factor: float = 0.18215  # latents times this have about unit variance
    mid_block_attention: bool = True

    @property
    def downscale(self) -> int:
        """Pixels a side that one latent stands for: 8 in every published model."""
        return 2 ** (len(self.block_out_channels) - 1)

    @classmethod
    def from_json(cls, json: Json) -> VAEConfig:
        """Reads `vae/config.json`. Keys that are absent have the values they have in diffusers.
        Raises CheckpointError for an autoencoder of another family."""
        _require("VAE", json, _VAE_FIXED)
        types = {*json.get("down_block_types", ()), *json.get("up_block_types", ())}
        if others := types - {"DownEncoderBlock2D", "UpDecoderBlock2D"}:
            raise CheckpointError(f"this VAE has blocks that Stable Diffusion 1 and 2 do not have: {', '.join(others)}")
        size = json.get("sample_size") or 32
        return cls(
            in_channels=json.get("in_channels", 3),
            out_channels=json.get("out_channels", 3),
            latent_channels=json.get("latent_channels", 4),
            block_out_channels=tuple(json.get("block_out_channels", (64,))),
            layers_per_block=json.get("layers_per_block", 1),
            norm_num_groups=json.get("norm_num_groups", 32),
            sample_size=size if isinstance(size, int) else size[0],
            scaling_factor=json.get("scaling_factor", 0.18215),
            mid_block_attention=json.get("mid_block_add_attention", True),
        )

    def to_json(self) -> dict[str, Any]:
        """The `vae/config.json` that diffusers builds the same VAE from."""
        levels = len(self.block_out_channels)
        return {
            "_class_name": "AutoencoderKL",
            "in_channels": self.in_channels,
            "out_channels": self.out_channels,
            "latent_channels": self.latent_channels,
            "block_out_channels": list(self.block_out_channels),
            "down_block_types": ["DownEncoderBlock2D"] * levels,
            "up_block_types": ["UpDecoderBlock2D"] * levels,
            "layers_per_block": self.layers_per_block,
            "norm_num_groups": self.norm_num_groups,
            "sample_size": self.sample_size,
            "scaling_factor": self.scaling_factor,
            "mid_block_add_attention": self.mid_block_attention,
            "act_fn": "silu",
        }


@dataclass(frozen=True, kw_only=True)
class CLIPConfig:
    """The text encoder. SD 2 uses OpenCLIP's last layer but one: its folders hold one layer fewer, so that the last
    layer here is always the one that cross-attention receives."""

    vocab_size: int = 49408
    hidden_size: int = 768
    intermediate_size: int = 3072
    num_hidden_layers: int = 12
    num_attention_heads: int = 12
    max_position_embeddings: int = 77
    hidden_act: Literal["quick_gelu", "gelu"] = "quick_gelu"
    layer_norm_eps: float = 1e-5

    def __post_init__(self) -> None:
        if self.hidden_act not in ("quick_gelu", "gelu"):
            raise CheckpointError(f"a text encoder with activation {self.hidden_act!r} is not one of CLIP's")

    @classmethod
    def from_json(cls, json: Json) -> CLIPConfig:
        """Reads `text_encoder/config.json`. Keys that are absent have the values they have in transformers."""
        return cls(
            vocab_size=json.get("vocab_size", 49408),
            hidden_size=json.get("hidden_size", 512),
            intermediate_size=json.get("intermediate_size", 2048),
            num_hidden_layers=json.get("num_hidden_layers", 12),
            num_attention_heads=json.get("num_attention_heads", 8),
            max_position_embeddings=json.get("max_position_embeddings", 77),
            hidden_act=json.get("hidden_act", "quick_gelu"),
            layer_norm_eps=json.get("layer_norm_eps", 1e-5),
        )

    def to_json(self) -> dict[str, Any]:
        """The `text_encoder/config.json` that transformers builds the same text encoder from."""
        return {
            "architectures": ["CLIPTextModel"],
            "model_type": "clip_text_model",
            "vocab_size": self.vocab_size,
            "hidden_size": self.hidden_size,
            "intermediate_size": self.intermediate_size,
            "projection_dim": self.hidden_size,
            "num_hidden_layers": self.num_hidden_layers,
            "num_attention_heads": self.num_attention_heads,
            "max_position_embeddings": self.max_position_embeddings,
            "hidden_act": self.hidden_act,
            "layer_norm_eps": self.layer_norm_eps,
            "bos_token_id": self.vocab_size - 2,
            "eos_token_id": self.vocab_size - 1,
            "pad_token_id": 1,
        }


# Every published SD 1 and SD 2 model was trained with this noise schedule; `sd_models/schedule.py` explains it.
_SCHEDULE: Json = MappingProxyType(
    {
        "_class_name": "DDIMScheduler",
        "num_train_timesteps": 1000,
        "beta_schedule": "scaled_linear",
        "beta_start": 0.00085,
        "beta_end": 0.012,
        "prediction_type": "epsilon",
        "steps_offset": 1,
        "set_alpha_to_one": False,
        "clip_sample": False,
    }
)


@dataclass(frozen=True, kw_only=True)
class ModelConfig:
    """A whole model. `scheduler` is read as `scheduler_config.json` is; `defaults` are the model's own sampler, steps,
    guidance and size for whoever asks for a picture without naming them (`drawing.json` beside `model_index.json`)."""

    unet: UNetConfig = UNetConfig()
    vae: VAEConfig = VAEConfig()
    text_encoder: CLIPConfig = CLIPConfig()
    scheduler: Json = field(default_factory=lambda: _SCHEDULE)
    defaults: Json = field(default_factory=lambda: MappingProxyType({}))

    def __post_init__(self) -> None:
        width, expected = self.text_encoder.hidden_size, self.unet.cross_attention_dim
        if width != expected:
            raise CheckpointError(f"the text encoder is {width} wide, but the UNet expects {expected}")
        if self.vae.latent_channels != self.unet.out_channels:
            raise CheckpointError(
                f"the VAE has {self.vae.latent_channels} latent channels, the UNet predicts {self.unet.out_channels}"
            )
        if self.unet.in_channels != self.unet.out_channels and not (self.unet.takes_layout or self.unet.sees_mask):
            kind = {5: "a depth-to-picture", 7: "an upscaler"}.get(self.unet.in_channels, "another kind of")
            raise CheckpointError(
                f"this is {kind} model (its UNet takes {self.unet.in_channels} channels), which is not supported"
            )


SD15 = ModelConfig()
SD15_INPAINTING = replace(SD15, unet=replace(SD15.unet, in_channels=9))
SD21_BASE = ModelConfig(
    unet=UNetConfig(num_heads=(5, 10, 20, 20), cross_attention_dim=1024, use_linear_projection=True),
    text_encoder=CLIPConfig(
        hidden_size=1024, intermediate_size=4096, num_hidden_layers=23, num_attention_heads=16, hidden_act="gelu"
    ),
)
SD21 = replace(
    SD21_BASE,
    unet=replace(SD21_BASE.unet, sample_size=96, upcast_attention=True),
    vae=replace(SD21_BASE.vae, sample_size=768),
    scheduler=MappingProxyType({**_SCHEDULE, "prediction_type": "v_prediction"}),
)


# What a config.json may say only in this way; anything else describes another family of models.
_UNET_FIXED: Json = {
    "addition_embed_type": (None, "of the SDXL family"),
    "encoder_hid_dim_type": (None, "with a projected or image-conditioned text input"),
    "class_embed_type": (None, "with class conditioning"),
    "num_class_embeds": (None, "with class conditioning"),
    "transformer_layers_per_block": (1, "of the SDXL family"),
    "only_cross_attention": (False, "of the upscaler family"),
    "dual_cross_attention": (False, "of the Versatile Diffusion family"),
    "mid_block_type": ("UNetMidBlock2DCrossAttn", "with another middle block"),
    "attention_type": ("default", "of the GLIGEN family"),
    "time_embedding_type": ("positional", "with another time embedding"),
    "resnet_time_scale_shift": ("default", "of the DeepFloyd or Kandinsky family"),
    "conv_in_kernel": (3, "of the K-upscaler family"),
    "conv_out_kernel": (3, "of the K-upscaler family"),
    "act_fn": ("silu", "with another activation"),
    "flip_sin_to_cos": (True, "with another time embedding"),
    "freq_shift": (0, "with another time embedding"),
    "center_input_sample": (False, "with centred input"),
    "downsample_padding": (1, "with other downsampling"),
}
_VAE_FIXED: Json = {
    "shift_factor": (None, "of the SD 3 or Flux family"),
    "latents_mean": (None, "with normalised latents"),
    "use_quant_conv": (True, "of the SD 3 or Flux family"),
    "use_post_quant_conv": (True, "of the SD 3 or Flux family"),
    "act_fn": ("silu", "with another activation"),
}


def _require(part: str, json: Json, fixed: Json) -> None:
    for key, (expected, family) in fixed.items():
        value = json.get(key, expected)
        if value != expected and not (isinstance(value, list) and set(value) == {expected}):
            raise CheckpointError(
                f"this {part} is one {family} ({key}: {value!r}); only Stable Diffusion 1 and 2 can be used"
            )


def _same(value: int | list[int], key: str) -> int:
    if isinstance(value, int):
        return value
    if len(set(value)) != 1:
        raise CheckpointError(f"{key} differs between levels ({value}); Stable Diffusion 1 and 2 can be used")
    return value[0]


def _unet_block_types(attention: tuple[bool, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return (
        tuple("CrossAttnDownBlock2D" if level else "DownBlock2D" for level in attention),
        tuple("CrossAttnUpBlock2D" if level else "UpBlock2D" for level in reversed(attention)),
    )
