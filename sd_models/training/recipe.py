"""How large the model is and how long each stage trains: one frozen value for each machine it is trained on."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sd_models.config import CLIPConfig, ModelConfig, UNetConfig, VAEConfig

__all__ = ["RECIPES", "SCHEDULER", "Recipe"]

# v prediction with zero terminal SNR (Lin et al. 2023): the last timestep is pure noise, so that nights can be dark.
SCHEDULER: dict[str, object] = {
    "_class_name": "DDIMScheduler",
    "num_train_timesteps": 1000,
    "beta_schedule": "scaled_linear",
    "beta_start": 0.00085,
    "beta_end": 0.012,
    "prediction_type": "v_prediction",
    "rescale_betas_zero_snr": True,
    "timestep_spacing": "trailing",
    "set_alpha_to_one": True,
    "steps_offset": 1,  # without meaning here, but what diffusers insists on
    "clip_sample": False,
}


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """Sizes of the model and lengths of the stages. Steps are optimiser steps; `panels` is how many panels of the world
    each stage learns from (drawn once, then kept), `start` how many must be there before it begins."""

    name: str
    width: int
    height: int
    vae: VAEConfig
    unet: UNetConfig
    vocab_size: int = 0  # 0: as many as the tokenizer's training gives
    text_width: int
    text_layers: int
    crop: int  # the VAE trains on squares of this many pixels
    vae_batch: int
    vae_steps: int
    decoder_steps: int
    vae_rate: float = 1.5e-3
    vae_panels: int
    batch: int
    steps: int
    rate: float = 1e-3
    panels: int
    start: int
    layout_batch: int
    layout_steps: int
    layout_rate: float = 3e-4
    pairs: int  # of layout and panel
    pairs_start: int
    distill_batch: int
    distill_steps: int
    distill_rate: float = 3e-4
    average: float = 0.9995  # of the weights, per step, once training is under way

    @property
    def latent_size(self) -> tuple[int, int]:
        """Height and width of a panel's latents."""
        return self.height // self.vae.downscale, self.width // self.vae.downscale

    def config(self, vocab_size: int, *, layout: bool = False) -> ModelConfig:
        """The whole model, for a tokenizer of `vocab_size` tokens; with `layout`, one that looks at a layout."""
        unet = replace(self.unet, in_channels=2 * self.unet.out_channels) if layout else self.unet
        text = CLIPConfig(
            vocab_size=vocab_size,
            hidden_size=self.text_width,
            intermediate_size=4 * self.text_width,
            num_hidden_layers=self.text_layers,
            num_attention_heads=self.text_width // 32,
        )
        return ModelConfig(unet=unet, vae=self.vae, text_encoder=text, scheduler=SCHEDULER)


def _vae(widths: tuple[int, ...], channels: int, groups: int, size: int) -> VAEConfig:
    return VAEConfig(
        latent_channels=channels,
        block_out_channels=widths,
        layers_per_block=1,
        norm_num_groups=groups,
        sample_size=size,
        scaling_factor=1.0,  # the latents' mean and scale are in quant_conv and post_quant_conv
        mid_block_attention=False,
    )


def _unet(
    widths: tuple[int, ...], channels: int, groups: int, text: int, size: int, layers: int = 1, head: int = 32
) -> UNetConfig:
    return UNetConfig(
        in_channels=channels,
        out_channels=channels,
        sample_size=size,
        block_out_channels=widths,
        attention_levels=(False,) + (True,) * (len(widths) - 1),
        num_heads=tuple(max(1, width // head) for width in widths),
        layers_per_block=layers,
        cross_attention_dim=text,
        use_linear_projection=True,
        norm_num_groups=groups,
    )


RECIPES = {
    recipe.name: recipe
    for recipe in (
        # Everything in seconds, for the tests and to rehearse a command.
        Recipe(
            name="tiny",
            width=96,
            height=56,
            vae=_vae((8, 16, 16, 16), 4, 4, 96),
            unet=_unet((16, 32), 4, 4, 32, 12),
            text_width=32,
            text_layers=1,
            crop=32,
            vae_batch=8,
            vae_steps=30,
            decoder_steps=40,
            vae_panels=64,
            batch=16,
            steps=40,
            panels=128,
            start=64,
            layout_batch=16,
            layout_steps=30,
            pairs=128,
            pairs_start=64,
            distill_batch=8,
            distill_steps=8,
            average=0.9,
        ),
        # Ten minutes on a laptop: it draws light and colours, and says that it is a miniature.
        Recipe(
            name="miniature",
            width=192,
            height=112,
            vae=_vae((8, 16, 32, 48), 4, 4, 192),
            unet=_unet((32, 48, 64), 4, 4, 64, 24),
            text_width=64,
            text_layers=1,
            crop=64,
            vae_batch=16,
            vae_steps=700,
            decoder_steps=0,
            vae_panels=2_000,
            batch=32,
            steps=300,
            panels=4_000,
            start=2_000,
            layout_batch=16,
            layout_steps=0,
            pairs=0,
            pairs_start=0,
            distill_batch=16,
            distill_steps=0,
            average=0.995,
        ),
        # Some hours of one CPU core with bfloat16 units: the least that shows places, and it can go on for longer.
        Recipe(
            name="cpu",
            width=160,
            height=96,
            vae=_vae((16, 32, 64, 96), 8, 8, 160),
            unet=_unet((48, 96, 128), 8, 8, 160, 20, head=48),
            text_width=160,
            text_layers=2,
            crop=64,
            vae_batch=12,
            vae_steps=2_600,
            decoder_steps=16_000,
            vae_rate=2e-3,
            vae_panels=6_000,
            batch=32,
            steps=35_500,
            panels=122_880,  # of 32,768, seen 28 times, it learned some by heart
            start=4_096,
            layout_batch=20,
            layout_steps=12_000,
            pairs=12_288,
            pairs_start=512,
            distill_batch=32,
            distill_steps=720,
            average=0.998,
        ),
        # Eleven minutes of one H100, which was what there was: the loss was still falling. The decoder that ships went
        # on for 4,000 steps on a CPU, of 12 squares of 64 pixels.
        Recipe(
            name="gpu",
            width=256,
            height=144,
            vae=_vae((32, 64, 96, 96), 8, 8, 256),
            unet=_unet((96, 128, 160), 8, 16, 192, 32),
            text_width=192,
            text_layers=2,
            crop=96,
            vae_batch=32,
            vae_steps=4_800,
            decoder_steps=4_500,
            vae_panels=20_480,
            batch=256,
            rate=1.5e-3,
            steps=7_500,
            panels=311_808,
            start=12_288,
            layout_batch=20,
            layout_steps=40_000,
            pairs=24_576,
            pairs_start=512,
            distill_batch=128,
            distill_steps=970,
            average=0.999,
        ),
    )
}
