"""Models from files and back: detection, strict loading, key names of every layout, adapters, saving."""

from sd_models.checkpoints.inversion import add_word
from sd_models.checkpoints.load import Components, describe_folder, load_components, locate
from sd_models.checkpoints.lora import inject_lora, read_lora
from sd_models.checkpoints.save import save_components

__all__ = [
    "Components",
    "add_word",
    "describe_folder",
    "inject_lora",
    "load_components",
    "locate",
    "read_lora",
    "save_components",
]
