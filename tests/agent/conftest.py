"""Fixtures of the agent's tests."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from agent.local_model import LocalChatModel
from agent.models import chat_model
from agent.services import Services
from tests.agent.tales import services_in


@pytest.fixture(scope="session")
def empty_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home folder with an empty database, made once."""
    home = tmp_path_factory.mktemp("empty") / "home"
    services_in(home).close()
    return home


@pytest.fixture
def services(empty_home: Path, tmp_path: Path) -> Iterator[Services]:
    """Services of their own for each test."""
    home = tmp_path / "services"
    shutil.copytree(empty_home, home)
    opened = services_in(home)
    yield opened
    opened.close()


TEMPLATE = (
    "{% if tools %}tools: {% for tool in tools %}{{ tool.function.name }} {% endfor %}\n{% endif %}"
    "{% for message in messages %}{{ message.role }}: {{ message.content }}"
    "{% for call in message.tool_calls or [] %}{{ call.function.name }} {{ call.function.arguments | tojson }}"
    "{% endfor %}\n{% endfor %}{% if add_generation_prompt %}assistant: {% endif %}"
)


PICTURES = "{% if part.type == 'image' %}<image>{% else %}{{ part.text }}{% endif %}"
SEEING_TEMPLATE = TEMPLATE.replace(
    "{{ message.content }}", f"{{% for part in message.content %}}{PICTURES}{{% endfor %}}"
)
SIZES = {
    "hidden_size": 16,
    "intermediate_size": 32,
    "num_attention_heads": 2,
}


def byte_tokenizer(*more: str) -> Any:
    """A tokenizer of bytes, with these special tokens besides the end of a text."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers
    from transformers import PreTrainedTokenizerFast

    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    vocabulary = {token: number for number, token in enumerate(["</s>", *alphabet, *more])}
    bytes_only = Tokenizer(models.BPE(vocab=vocabulary, merges=[]))
    bytes_only.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    bytes_only.decoder = decoders.ByteLevel()
    bytes_only.add_special_tokens(list(more))
    tokenizer = PreTrainedTokenizerFast(tokenizer_object=bytes_only, eos_token="</s>", pad_token="</s>")
    tokenizer.chat_template = TEMPLATE
    return tokenizer


def llama_config(tokenizer: Any) -> Any:
    from transformers import LlamaConfig

    return LlamaConfig(
        vocab_size=len(tokenizer),
        num_hidden_layers=1,
        max_position_embeddings=32_768,
        eos_token_id=0,
        pad_token_id=0,
        bos_token_id=None,
        **SIZES,
    )


@pytest.fixture(scope="session")
def byte_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A language model of 40 kB: bytes for tokens, one layer, weights by chance."""
    import torch
    from transformers import LlamaForCausalLM

    torch.manual_seed(0)
    tokenizer = byte_tokenizer()
    path = tmp_path_factory.mktemp("llm")
    LlamaForCausalLM(llama_config(tokenizer)).save_pretrained(path)
    tokenizer.save_pretrained(path)
    return path


@pytest.fixture(scope="session")
def seeing_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with eyes: LLaVA's parts, which see four patches of a picture."""
    import torch
    from transformers import CLIPVisionConfig, LlavaConfig, LlavaForConditionalGeneration, LlavaProcessor
    from transformers.models.clip.image_processing_pil_clip import CLIPImageProcessorPil

    torch.manual_seed(0)
    tokenizer = byte_tokenizer("<image>")
    eyes = CLIPVisionConfig(num_hidden_layers=2, image_size=28, patch_size=14, projection_dim=16, **SIZES)
    config = LlavaConfig(
        vision_config=eyes,
        text_config=llama_config(tokenizer),
        image_token_index=tokenizer.convert_tokens_to_ids("<image>"),
    )
    processor = LlavaProcessor(
        image_processor=CLIPImageProcessorPil(size={"shortest_edge": 28}, crop_size={"height": 28, "width": 28}),
        tokenizer=tokenizer,
        patch_size=14,
        vision_feature_select_strategy="default",
        chat_template=SEEING_TEMPLATE,
        image_token="<image>",
        num_additional_image_tokens=1,
    )
    path = tmp_path_factory.mktemp("seeing")
    LlavaForConditionalGeneration(config).save_pretrained(path)
    processor.save_pretrained(path)
    return path


@pytest.fixture(scope="session")
def byte_model(byte_folder: Path) -> LocalChatModel:
    model = chat_model(f"transformers:{byte_folder}")
    assert isinstance(model, LocalChatModel)
    return model
