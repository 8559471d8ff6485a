"""The models that come with Taleboard, by name."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

__all__ = ["SHIPPED"]

SHIPPED: Final[Mapping[str, Path]] = MappingProxyType(
    {name: Path(__file__).parent / name for name in ("storybook", "storybook-fast")}
)
"""`storybook`, and the variant of it that draws in four steps without guidance."""
