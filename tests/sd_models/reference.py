"""Reference models: made by diffusers and transformers from small configurations, with random weights, no downloads.

`save_reference(name, folder)` writes the folder that a published model would be; the same seed gives the same weights.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

import torch
from diffusers import AutoencoderKL, DDIMScheduler, StableDiffusionPipeline, UNet2DConditionModel
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, trainers
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTokenizer

from sd_models.config import SD15, SD21, CLIPConfig, ModelConfig, UNetConfig, VAEConfig

__all__ = ["CONFIGS", "clip_tokenizer", "reference_pipeline", "relative_error", "save_reference", "varied_strings"]

VOCABULARY = 2000
_SYLLABLES = "ba be ka lo mi ru sha tre vin zo an el or ing er tion ly the of"
_OTHERS = "straße żółć ñandú naïve Ελλάδα привет мир 你好世界 日本語 עברית العربية हिन्दी 😀 👩‍👩‍👧 ½ ² € _ \\"

_VAE = VAEConfig(block_out_channels=(32, 64, 64, 64), layers_per_block=1, norm_num_groups=8, sample_size=64)
_CLIP = CLIPConfig(
    vocab_size=VOCABULARY, hidden_size=32, intermediate_size=64, num_hidden_layers=3, num_attention_heads=4
)
_UNET = UNetConfig(
    sample_size=8,
    block_out_channels=(32, 64, 64, 64),
    num_heads=(4, 4, 4, 4),
    cross_attention_dim=32,
    norm_num_groups=8,
)
_SD1 = ModelConfig(unet=_UNET, vae=_VAE, text_encoder=_CLIP, scheduler=SD15.scheduler)

CONFIGS: MappingProxyType[str, ModelConfig] = MappingProxyType(
    {
        "sd1": _SD1,
        "sd2": replace(  # v prediction, linear projections, heads of one size, exact GELU
            _SD1,
            unet=replace(_UNET, num_heads=(2, 4, 4, 4), use_linear_projection=True),
            text_encoder=replace(_CLIP, hidden_act="gelu"),
            scheduler=SD21.scheduler,
        ),
        "inpainting": replace(_SD1, unet=replace(_UNET, in_channels=9)),
        "layout": replace(_SD1, unet=replace(_UNET, in_channels=8)),
        "odd": replace(  # three levels, one layer a block, eight latent channels, a guidance embedding
            _SD1,
            unet=replace(
                _UNET,
                in_channels=8,
                out_channels=8,
                block_out_channels=(16, 32, 48),
                attention_levels=(False, True, True),
                num_heads=(1, 2, 3),
                layers_per_block=1,
                time_cond_proj_dim=16,
            ),
            vae=replace(_VAE, latent_channels=8, block_out_channels=(16, 32, 32, 48), mid_block_attention=False),
        ),
    }
)


def relative_error(ours: torch.Tensor, theirs: torch.Tensor) -> float:
    """The largest difference, as a part of the largest value."""
    assert ours.shape == theirs.shape
    return float((ours - theirs).detach().abs().max() / theirs.detach().abs().max())


def varied_strings(count: int, seed: int = 0) -> Iterator[str]:
    """Strings as prompts and stories have them, and stranger ones: words, numbers, punctuation, contractions, other
    scripts, emoji, white space, upper case, very long words."""
    draw = random.Random(seed)
    endings = ["'s", "'t", "'re", "'ve", "'m", "'ll", "'d", "'S", "'LL"]
    punctuation = [",", ".", "!?", "...", "(", ")", "-", "--", ":", ";", '"', "'", "''", "#@%", "/", "~`"]
    for _ in range(count):
        parts = []
        for _ in range(draw.randint(0, 36)):
            word = "".join(draw.choices(_SYLLABLES.split(), k=draw.randint(1, 5)))
            parts.append(
                draw.choices(
                    [
                        word,
                        word.upper(),
                        word + draw.choice(endings),
                        str(draw.randint(0, 99999)),
                        draw.choice(punctuation),
                        draw.choice(_OTHERS.split()),
                        word * draw.randint(3, 12),
                    ],
                    weights=[50, 8, 10, 8, 14, 8, 2],
                )[0]
            )
        yield draw.choice(["", " ", "\t"]) + draw.choice([" ", " ", "  ", "\n", ""]).join(parts)


def clip_tokenizer() -> CLIPTokenizer:
    """A tokenizer in CLIP's format, of VOCABULARY tokens."""
    vocabulary, merges = _learnt()
    return CLIPTokenizer(vocab=dict(vocabulary), merges=list(merges), model_max_length=77)


@lru_cache(maxsize=1)
def _learnt() -> tuple[dict[str, int], list[tuple[str, ...]]]:
    """A vocabulary and its merges, learnt by byte-pair encoding from generated text."""
    start, end = "<|startoftext|>", "<|endoftext|>"
    learner = Tokenizer(models.BPE(unk_token=end, end_of_word_suffix="</w>"))
    learner.normalizer = normalizers.Sequence([normalizers.NFC(), normalizers.Lowercase()])
    word = r"'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+"
    learner.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(word), behavior="removed", invert=True),
            pre_tokenizers.ByteLevel(add_prefix_space=False),
        ]
    )
    letters = sorted(pre_tokenizers.ByteLevel.alphabet())
    trainer = trainers.BpeTrainer(
        vocab_size=VOCABULARY - 2 - len(letters),
        initial_alphabet=letters,
        end_of_word_suffix="</w>",
        show_progress=False,
    )
    learner.train_from_iterator(varied_strings(2000, seed=1), trainer)
    model = json.loads(learner.to_str())["model"]
    merges = [tuple(pair) for pair in model["merges"]]
    # In CLIP's order: letters, letters that end a word, what each merge makes, start and end.
    tokens = [*letters, *(letter + "</w>" for letter in letters)]
    tokens += [token for pair in merges if (token := "".join(pair)) not in set(tokens)]
    tokens = list(dict.fromkeys(tokens))[: VOCABULARY - 2]
    known = set(tokens)
    merges = [pair for pair in merges if "".join(pair) in known]
    tokens += [f"<unused{n}>" for n in range(VOCABULARY - 2 - len(tokens))] + [start, end]
    return {token: id for id, token in enumerate(tokens)}, merges


def reference_pipeline(name: str, seed: int = 0) -> StableDiffusionPipeline:
    """The whole model `CONFIGS[name]` as diffusers builds it."""
    config = CONFIGS[name]
    torch.manual_seed(seed)
    text = config.text_encoder.to_json()
    pipeline = StableDiffusionPipeline(
        unet=UNet2DConditionModel.from_config(config.unet.to_json()),
        vae=AutoencoderKL.from_config(config.vae.to_json()),
        text_encoder=CLIPTextModel(CLIPTextConfig(**text)),
        tokenizer=clip_tokenizer(),
        scheduler=DDIMScheduler.from_config(dict(config.scheduler)),
        safety_checker=None,
        feature_extractor=None,
        requires_safety_checker=False,
    )
    pipeline.set_progress_bar_config(disable=True)
    for part in (pipeline.unet, pipeline.vae, pipeline.text_encoder):
        part.eval().requires_grad_(False)
    return pipeline


def save_reference(name: str, folder: Path, seed: int = 0) -> Path:
    """Writes `CONFIGS[name]` as a diffusers folder, its tokenizer as published ones hold it."""
    pipeline = reference_pipeline(name, seed)
    pipeline.save_pretrained(folder)
    tokenizer = folder / "tokenizer"
    (tokenizer / "tokenizer.json").unlink(missing_ok=True)
    write_clip_vocabulary(tokenizer)
    return folder


def write_clip_vocabulary(folder: Path) -> None:
    """Writes `clip_tokenizer()` as vocab.json and merges.txt, as published folders hold it."""
    vocabulary, merges = _learnt()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "vocab.json").write_text(json.dumps(vocabulary, ensure_ascii=False), encoding="utf-8")
    lines = ["#version: 0.2", *(" ".join(pair) for pair in merges)]
    (folder / "merges.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
