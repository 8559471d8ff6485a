"""CLIP's text encoder: tokens of the prompt to the vectors that cross-attention looks at.

Radford et al. 2021, "Learning Transferable Visual Models From Natural Language Supervision", section 2.4: a transformer
that reads from left to right (a token sees itself and what came before).
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from sd_models.config import CLIPConfig

__all__ = ["CLIP", "CLIPEmbedding", "CLIPLayer"]


def quick_gelu(x: Tensor) -> Tensor:
    """x · sigmoid(1.702 x), OpenAI's approximation of GELU. Hendrycks & Gimpel 2016, section 2."""
    return x * torch.sigmoid(1.702 * x)


class CLIPEmbedding(nn.Module):
    """Token ids (B, T) to (B, T, D): what the token is, plus where it stands."""

    def __init__(self, config: CLIPConfig) -> None:
        super().__init__()
        self.token_embedding = nn.Embedding(config.vocab_size, config.hidden_size)
        self.position_embedding = nn.Embedding(config.max_position_embeddings, config.hidden_size)

    def forward(self, ids: Tensor) -> Tensor:
        x: Tensor = self.token_embedding(ids) + self.position_embedding.weight[: ids.shape[1]]
        return x


class _CausalAttention(nn.Module):
    """Self-attention in which a token sees itself and those before it: (B, T, D) to (B, T, D)."""

    def __init__(self, config: CLIPConfig) -> None:
        super().__init__()
        self.heads = config.num_attention_heads
        width = config.hidden_size
        self.q_proj, self.k_proj, self.v_proj, self.out_proj = (nn.Linear(width, width) for _ in range(4))

    def forward(self, x: Tensor) -> Tensor:
        q, k, v = (
            project(x).unflatten(-1, (self.heads, -1)).transpose(1, 2)
            for project in (self.q_proj, self.k_proj, self.v_proj)
        )
        x = F.scaled_dot_product_attention(q, k, v, is_causal=True)
        y: Tensor = self.out_proj(x.transpose(1, 2).flatten(2))
        return y


class _MLP(nn.Module):
    """(B, T, D) to (B, T, D) through the intermediate size."""

    def __init__(self, config: CLIPConfig) -> None:
        super().__init__()
        self.activation = quick_gelu if config.hidden_act == "quick_gelu" else F.gelu
        self.fc1 = nn.Linear(config.hidden_size, config.intermediate_size)
        self.fc2 = nn.Linear(config.intermediate_size, config.hidden_size)

    def forward(self, x: Tensor) -> Tensor:
        y: Tensor = self.fc2(self.activation(self.fc1(x)))
        return y


class CLIPLayer(nn.Module):
    """x + attention(norm(x)), then x + mlp(norm(x)): (B, T, D) to (B, T, D)."""

    def __init__(self, config: CLIPConfig) -> None:
        super().__init__()
        self.layer_norm1 = nn.LayerNorm(config.hidden_size, config.layer_norm_eps)
        self.self_attn = _CausalAttention(config)
        self.layer_norm2 = nn.LayerNorm(config.hidden_size, config.layer_norm_eps)
        self.mlp = _MLP(config)

    def forward(self, x: Tensor) -> Tensor:
        x = x + self.self_attn(self.layer_norm1(x))
        return x + self.mlp(self.layer_norm2(x))


class _Encoder(nn.Module):
    def __init__(self, config: CLIPConfig) -> None:
        super().__init__()
        self.layers = nn.ModuleList(CLIPLayer(config) for _ in range(config.num_hidden_layers))


class CLIP(nn.Module):
    """The text encoder. Weights have the names of transformers' CLIPTextModel (published files put `text_model.` before
    each; the reader of checkpoints takes both)."""

    def __init__(self, config: CLIPConfig) -> None:
        super().__init__()
        self.config = config
        self.embeddings = CLIPEmbedding(config)
        self.encoder = _Encoder(config)
        self.final_layer_norm = nn.LayerNorm(config.hidden_size, config.layer_norm_eps)

    def forward(self, ids: Tensor, *, skip_last: int = 0) -> Tensor:
        """Token ids (B, T) to (B, T, D). `skip_last` leaves out that many of the last layers (SD 2 leaves out one of
        OpenCLIP's, which its folders already lack)."""
        x = self.embeddings(ids)
        for layer in self.encoder.layers[: len(self.encoder.layers) - skip_last]:
            x = layer(x)
        y: Tensor = self.final_layer_norm(x)
        return y
