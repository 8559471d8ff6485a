"""Models from files and back: detection, strict loading, key names of every layout, adapters, saving."""

from sd_models.checkpoints.load import STORYBOOK, Components, describe_folder, load_components
from sd_models.checkpoints.save import save_components

__all__ = ["STORYBOOK", "Components", "describe_folder", "load_components", "save_components"]
