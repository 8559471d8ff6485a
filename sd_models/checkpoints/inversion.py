"""Textual inversion: a new word for the prompt.

Gal et al. 2022, "An Image is Worth One Word": the vectors of one or a few made-up tokens are learnt, and nothing else.
Files in the layouts of diffusers ({token: vectors}) and of A1111's web interface (`string_to_param`, `emb_params`).
"""

from __future__ import annotations

from pathlib import Path

import torch
from torch import nn

from sd_models.checkpoints.detect import is_lora
from sd_models.checkpoints.load import Components
from sd_models.checkpoints.read import read_tensors
from sd_models.errors import CheckpointError

__all__ = ["AddedWord", "add_word"]


class AddedWord:
    """A word that was added to a model; `remove` takes it away."""

    def __init__(self, components: Components, word: str) -> None:
        self.word = word
        self._components = components
        self._embedding = components.text_encoder.embeddings.token_embedding
        self._before = (components.tokenizer, self._embedding.weight)
        self._after: nn.Parameter | None = None

    def remove(self) -> None:
        """The model as it was. Raises CheckpointError where another word has been added since."""
        if self._embedding.weight is not self._after:
            raise CheckpointError("another word has been added since: remove that first")
        self._components.tokenizer, self._embedding.weight = self._before
        self._embedding.num_embeddings = len(self._embedding.weight)


def add_word(components: Components, path: str | Path, word: str | None = None) -> AddedWord:
    """Adds the vectors of a file as one word, by default the file's own (or the file's name). A word of several vectors
    stands for as many tokens. Raises CheckpointError where the file does not fit the model, or the word is taken."""
    path = Path(path).expanduser()
    tensors = read_tensors(path)
    if is_lora(tensors) or not 0 < len(tensors) <= 4:
        raise CheckpointError(f"{path} is not a textual inversion embedding")
    if tensors.keys() & {"clip_g", "clip_l"}:
        raise CheckpointError(f"{path} is an embedding for SDXL; use one for Stable Diffusion 1 or 2")
    own, vectors = ("", tensors["emb_params"]) if "emb_params" in tensors else next(iter(tensors.items()))
    word = word or (own if own not in ("", "*") else path.stem)
    vectors = vectors.reshape(-1, vectors.shape[-1])
    embedding = components.text_encoder.embeddings.token_embedding
    if vectors.shape[1] != embedding.weight.shape[1]:
        widths = f"its vectors are {vectors.shape[1]} wide, the model's {embedding.weight.shape[1]}"
        raise CheckpointError(f"{path} is for another model: {widths}")
    first = len(embedding.weight)
    added = AddedWord(components, word)
    components.tokenizer = components.tokenizer.with_token(word, range(first, first + len(vectors)))
    weight = torch.cat([embedding.weight.detach(), vectors.to(embedding.weight)])
    embedding.weight = added._after = nn.Parameter(weight, requires_grad=embedding.weight.requires_grad)
    embedding.num_embeddings = len(weight)
    return added
