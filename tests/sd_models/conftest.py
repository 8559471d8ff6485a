"""Reference models on disk, made once for all tests of this folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.sd_models.reference import save_reference


@pytest.fixture(scope="session")
def reference_folder(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The folder of the model `CONFIGS[name]`, as diffusers saves it. Tests read it and leave it as it is."""
    root = tmp_path_factory.mktemp("references")
    made: dict[str, Path] = {}

    def folder(name: str) -> Path:
        if name not in made:
            made[name] = save_reference(name, root / name)
        return made[name]

    return folder
