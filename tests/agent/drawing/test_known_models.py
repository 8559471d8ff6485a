"""Models are named from a list that the machine's owner keeps; a name that is not on it is looked up nowhere."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from agent.drawing.known_models import add_model, known_models, remove_model, require_known_model
from agent.drawing.models import drawn_with
from agent.errors import EditError, SettingsError
from agent.services import open_services
from agent.settings import Settings
from sd_models.engines.loading import weight_files


def test_what_the_owner_named_once_may_be_chosen_later(own_home: Path) -> None:
    with closing(open_services(Settings(home=own_home, model="stable-diffusion-v1-5/stable-diffusion-v1-5"))):
        pass
    settings = Settings(home=own_home, model="storybook-fast")
    assert known_models(settings) == ["storybook", "storybook-fast", "stable-diffusion-v1-5/stable-diffusion-v1-5"]
    for model in known_models(settings):
        require_known_model(settings, model)


@pytest.mark.parametrize("model", ["~", "/", "/etc/passwd", "someone/some-model", "Storybook", "", "x" * 10_000])
def test_others_are_refused_in_one_line(own_home: Path, model: str) -> None:
    with pytest.raises(EditError, match="not one of this machine's models") as caught:
        require_known_model(Settings(home=own_home), model)
    assert len(str(caught.value)) < 400


def test_the_owner_adds_a_file_or_a_hub_id_and_takes_it_off_again(own_home: Path, tmp_path: Path) -> None:
    settings, file = Settings(home=own_home), tmp_path / "mine.safetensors"
    file.write_bytes(b"x")
    assert add_model(settings, str(file)) == str(file)
    assert add_model(settings, "someone/some-model") == "someone/some-model"
    assert known_models(settings) == ["storybook", "storybook-fast", str(file), "someone/some-model"]
    require_known_model(settings, "someone/some-model")
    remove_model(settings, "someone/some-model")
    with pytest.raises(EditError):
        require_known_model(settings, "someone/some-model")


@pytest.mark.parametrize("model", ["~", "nowhere.safetensors", "a/b/c", "two words/x", ""])
def test_what_is_no_model_is_not_put_on_the_list(own_home: Path, model: str) -> None:
    settings = Settings(home=own_home)
    with pytest.raises(SettingsError):
        add_model(settings, model)
    assert known_models(settings) == ["storybook", "storybook-fast"]


@pytest.mark.parametrize("model", ["storybook", "mine/own", "someone/other"])
def test_what_is_shipped_or_in_force_or_not_listed_is_not_taken_off(own_home: Path, model: str) -> None:
    with pytest.raises(SettingsError):
        remove_model(Settings(home=own_home, model="mine/own"), model)


@pytest.mark.parametrize("content", [b"", b"{", b"[3]", b'{"a": 1}', b"[" * 100_000])
def test_a_damaged_list_counts_as_none(own_home: Path, content: bytes) -> None:
    own_home.mkdir(parents=True, exist_ok=True)
    (own_home / "models.json").write_bytes(content)
    assert known_models(Settings(home=own_home)) == ["storybook", "storybook-fast"]


def test_looking_up_a_model_walks_no_tree(tmp_path: Path) -> None:
    """Not below a folder that is no model, and in one that is only its components' folders."""
    deep = tmp_path / "unet" / "more"
    deep.mkdir(parents=True)
    for place in (tmp_path, tmp_path / "unet", deep):
        (place / "a.safetensors").write_bytes(b"x")
    assert weight_files(tmp_path) == []
    assert drawn_with(str(tmp_path)).revision == ""
    (tmp_path / "model_index.json").write_text("{}")
    assert weight_files(tmp_path) == [tmp_path / "a.safetensors", tmp_path / "unet" / "a.safetensors"]
