"""The text encoder: equal to transformers' CLIPTextModel for the same weights."""

from __future__ import annotations

import pytest
import torch
from transformers import CLIPTextConfig, CLIPTextModel

from sd_models.checkpoints.load import build, fill
from sd_models.clip import CLIP
from sd_models.config import SD15, SD21, CLIPConfig
from sd_models.errors import CheckpointError
from sd_models.inference import prepare_for_inference
from tests.sd_models.reference import CONFIGS, relative_error


def pair(config: CLIPConfig) -> tuple[CLIP, CLIPTextModel]:
    torch.manual_seed(0)
    theirs = CLIPTextModel(CLIPTextConfig(**config.to_json())).eval().requires_grad_(False)
    return fill(build(CLIP, CLIPConfig.from_json(theirs.config.to_dict())), theirs.state_dict(), "transformers"), theirs


@pytest.mark.parametrize("name", ["sd1", "sd2"])
def test_equal_to_transformers(name: str) -> None:
    """SD 1 has OpenAI's quick GELU, SD 2 the exact one."""
    ours, theirs = pair(CONFIGS[name].text_encoder)
    assert ours.config == CONFIGS[name].text_encoder
    ids = torch.randint(0, 1998, (3, 77))
    expected = theirs(ids, output_hidden_states=True)
    assert relative_error(ours(ids), expected.last_hidden_state) < 1e-5
    assert relative_error(ours(ids[:, :20]), expected.last_hidden_state[:, :20]) < 1e-5
    penultimate = theirs.final_layer_norm(expected.hidden_states[-2])
    assert relative_error(ours(ids, skip_last=1), penultimate) < 1e-5
    prepare_for_inference(ours)
    assert relative_error(ours(ids), expected.last_hidden_state) < 1e-5


@pytest.mark.parametrize("config", [SD15.text_encoder, SD21.text_encoder])
def test_published_sizes_have_transformers_names_and_shapes(config: CLIPConfig) -> None:
    with torch.device("meta"):
        theirs = CLIPTextModel(CLIPTextConfig(**config.to_json())).state_dict()
        ours = CLIP(config).state_dict()
    assert {name: t.shape for name, t in ours.items()} == {name: t.shape for name, t in theirs.items()}


def test_a_token_sees_only_what_came_before() -> None:
    ours, _ = pair(CONFIGS["sd1"].text_encoder)
    ids = torch.randint(0, 1998, (1, 77))
    other = ids.clone()
    other[0, 40] += 1
    same = (ours(ids) == ours(other)).all(dim=-1)[0]
    assert same[:40].all()
    assert not same[40:].any()


def test_every_weight_learns() -> None:
    clip = CLIP(CONFIGS["sd2"].text_encoder)
    clip(torch.randint(0, 1998, (2, 77))).square().mean().backward()
    assert [name for name, p in clip.named_parameters() if p.grad is None] == []


def test_an_unknown_activation_is_refused() -> None:
    with pytest.raises(CheckpointError, match="relu"):
        CLIPConfig.from_json({"hidden_act": "relu"})
