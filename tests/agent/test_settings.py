"""Settings come from the environment, and a mistake in one is told in a line that names it."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from agent.errors import SettingsError
from agent.services import open_services
from agent.settings import load_settings
from db.blobs import Blobs
from db.database import open_database
from db.errors import StorageError


def test_defaults_keep_everything_under_home(own_home: Path) -> None:
    settings = load_settings()
    assert settings.resolved_database_url == f"sqlite:///{own_home}/taleboard.db"
    assert settings.resolved_blobs == f"file://{own_home}/images"
    assert (settings.llm, settings.engine, settings.model) == ("offline", "scratch", "storybook")
    assert (settings.summarizer, settings.dtype, settings.renderer) == ("extractive", "auto", "local")


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("TALEBOARD_DATABASE_URL", "stories.db"),
        ("TALEBOARD_DATABASE_URL", "://stories"),
        ("TALEBOARD_BLOBS", "/pictures"),
        ("TALEBOARD_LLM", "gpt"),
        ("TALEBOARD_LLM", "ollama:"),
        ("TALEBOARD_RENDERER", "cloud"),
        ("TALEBOARD_DTYPE", "float8"),
        ("TALEBOARD_ENGINE", " "),
    ],
)
def test_a_mistake_is_one_line_that_names_the_variable(
    variable: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(SettingsError) as caught:
        load_settings()
    message = str(caught.value)
    assert message.startswith(f"{variable}={value}: ")
    assert "\n" not in message


def test_two_mistakes_are_two_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TALEBOARD_RENDERER", "cloud")
    monkeypatch.setenv("TALEBOARD_LLM", "gpt")
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert [line.partition("=")[0] for line in str(caught.value).splitlines()] == [
        "TALEBOARD_LLM",
        "TALEBOARD_RENDERER",
    ]


def test_a_database_password_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TALEBOARD_DATABASE_URL", "postgresql://mira:s3cret@db/taleboard")
    assert "s3cret" not in str(load_settings().shown())


@pytest.mark.parametrize("url", ["ftp://ann:s3cret@host/pictures", "simplecache::sftp://ann:s3cret@host/pictures"])
def test_nor_is_that_of_the_pictures_place(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TALEBOARD_BLOBS", url)
    settings = load_settings()
    assert "s3cret" not in str(settings.shown()) + str(Blobs(settings.resolved_blobs))
    assert settings.shown()["TALEBOARD_BLOBS"] == url.replace("s3cret", "***")


def test_nor_is_it_shown_where_the_url_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TALEBOARD_DATABASE_URL", "postgresql://mira:s3cr:et@db:port/taleboard")
    with pytest.raises(SettingsError, match=r"TALEBOARD_DATABASE_URL=postgresql://mira:\*\*\*@db:port") as caught:
        load_settings()
    assert "s3cr" not in str(caught.value)
    assert "et@" not in str(caught.value)


@pytest.mark.parametrize(
    "url", ["mira:s3cret@db/taleboard", "mira:s3c@ret/s@db/taleboard", "postgresql://mira:s3cret@db:port/taleboard"]
)
def test_a_password_is_not_in_a_mistake_about_its_url(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TALEBOARD_DATABASE_URL", url)
    with pytest.raises(SettingsError, match="not the URL of a database") as caught:
        load_settings()
    assert "mira:***@db" in str(caught.value)
    with pytest.raises(StorageError) as refused:
        open_database(url)
    assert "s3c" not in str(refused.value)


@pytest.mark.parametrize("name", ["what?", "100%20", "a#b & c", "f\u00fcr mich", "%s"])
def test_the_database_is_in_the_home_folder_whatever_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv("TALEBOARD_HOME", str(tmp_path / name))
    with closing(open_services(load_settings())):
        assert (tmp_path / name / "taleboard.db").is_file()
    assert [path.name for path in tmp_path.iterdir()] == [name]
