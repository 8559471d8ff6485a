"""The one place that reads the environment, and the settings that were saved in the app. `db` and `sd_models` take
arguments instead."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Literal

import platformdirs
from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, InitSettingsSource, PydanticBaseSettingsSource, SettingsConfigDict
from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from agent.errors import SettingsError
from db.blobs import without_password
from db.files import whole_file
from db.validation import parse_json

__all__ = ["CHANGEABLE", "Settings", "load_settings", "save_settings"]

CHANGEABLE = ("llm", "engine", "model", "summarizer", "reader", "dtype", "renderer")
"""What may be changed while the program runs, and is then kept in `settings.json` of the home folder. A variable of the
environment goes before what is kept there."""

CHAT_MODEL_PROVIDERS_HINT = "offline, PROVIDER:MODEL (ollama:llama3.2, openai:…, anthropic:…), or transformers:PATH"


class Settings(BaseSettings):
    """Every setting, with its default. A variable is the field's name in capitals behind `TALEBOARD_`."""

    model_config = SettingsConfigDict(env_prefix="TALEBOARD_", frozen=True, extra="ignore")

    home: Path = Field(
        default_factory=lambda: Path(platformdirs.user_data_dir("taleboard", appauthor=False)),
        description="Where the embedded database and the pictures live.",
    )
    database_url: str = Field(default="", description="Any SQLAlchemy URL; PostgreSQL is supported.")
    blobs: str = Field(default="", description="Where pictures are kept: any fsspec URL.")
    llm: str = Field(default="offline", description=f"Who answers in the chat: {CHAT_MODEL_PROVIDERS_HINT}.")
    llm_window: int = Field(
        default=0, ge=0, le=4_000_000, description="How many tokens the language model takes; 0 finds it out."
    )
    tracing: Literal["off", "spans", "words"] = Field(
        default="off", description="OpenTelemetry spans for who operates this: off, spans, or words (stories too)."
    )
    engine: str = Field(
        default="scratch", description="What draws: scratch, diffusers, draft, or an installed engine's name."
    )
    model: str = Field(
        default="storybook",
        description="storybook, a diffusers folder, a single .safetensors or .ckpt file, or a hub id.",
    )
    summarizer: str = Field(
        default="extractive", description="extractive, a folder or hub id of a seq2seq summariser, or llm."
    )
    reader: Literal["auto", "parser", "llm"] = Field(
        default="auto",
        description="Who reads a story: auto (the language model where one is connected), parser, or llm.",
    )
    dtype: Literal["auto", "float32", "bfloat16", "float16"] = Field(
        default="auto", description="Precision for drawing panels."
    )
    renderer: Literal["local", "queue", "ray"] = Field(
        default="local",
        description="local (a worker in this process), queue (separate `taleboard worker` processes), or ray.",
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Arguments, then the environment, then what was saved in the home folder."""
        home = (
            init_settings().get("home")
            or env_settings().get("home")
            or cls.model_fields["home"].get_default(call_default_factory=True)
        )
        return init_settings, env_settings, InitSettingsSource(settings_cls, _saved(Path(home)))

    @field_validator("home")
    @classmethod
    def _absolute(cls, home: Path) -> Path:
        return home.expanduser().absolute()

    @field_validator("database_url")
    @classmethod
    def _is_database_url(cls, value: str) -> str:
        try:
            if value:
                make_url(value)
        except (ArgumentError, ValueError):
            raise ValueError("is not the URL of a database: use sqlite:///FILE or postgresql://…") from None
        return value

    @field_validator("blobs")
    @classmethod
    def _is_url(cls, value: str) -> str:
        if value and "://" not in value:
            raise ValueError("is not a URL (it has no '://')")
        return value

    @field_validator("llm")
    @classmethod
    def _names_a_model(cls, value: str) -> str:
        if value != "offline" and not all(value.partition(":")):
            raise ValueError(f"should be {CHAT_MODEL_PROVIDERS_HINT}")
        return value

    @field_validator("engine", "model", "summarizer")
    @classmethod
    def _is_not_empty(cls, value: str) -> str:
        if not value.strip():
            raise ValueError("is empty; unset it for the default")
        return value

    @cached_property
    def resolved_database_url(self) -> str:
        if self.database_url:
            return self.database_url
        url = URL.create("sqlite", database=str(self.home / "taleboard.db"))  # a folder's name may hold ? and %
        return url.render_as_string(hide_password=False)

    @cached_property
    def resolved_blobs(self) -> str:
        return self.blobs or (self.home / "images").as_uri()

    def shown(self) -> dict[str, str]:
        """Variable name -> the value in force, with passwords hidden."""
        values = {f"TALEBOARD_{name.upper()}": str(getattr(self, name)) for name in type(self).model_fields}
        return values | {
            "TALEBOARD_DATABASE_URL": make_url(self.resolved_database_url).render_as_string(hide_password=True),
            "TALEBOARD_BLOBS": without_password(self.resolved_blobs),
        }


def save_settings(home: Path, values: Mapping[str, str]) -> None:
    """Keeps values of CHANGEABLE settings for the next time. Raises SettingsError for a value that is not allowed, and
    then keeps nothing."""
    kept = {name: value for name, value in {**_saved(home), **values}.items() if name in CHANGEABLE}
    _checked(lambda: Settings(home=home, **kept))  # type: ignore[arg-type]
    home.mkdir(parents=True, exist_ok=True)
    try:
        with whole_file(home / "settings.json") as part:
            part.write_text(json.dumps(kept, indent=2) + "\n", encoding="utf-8")
    except OSError as error:
        raise SettingsError(f"{home / 'settings.json'} cannot be written ({error.strerror or error})") from error


def _saved(home: Path) -> dict[str, str]:
    """What `save_settings` kept; a file that cannot be read counts as none."""
    try:
        value = parse_json((home.expanduser() / "settings.json").read_bytes())
    except (OSError, ValueError):
        return {}
    return {name: str(value[name]) for name in CHANGEABLE if name in value} if isinstance(value, dict) else {}


def load_settings(**given: str) -> Settings:
    """Settings from the environment and the home folder, but for those that are given. Raises SettingsError with one
    line per mistake."""
    return _checked(lambda: Settings(**given))  # type: ignore[arg-type]


def _checked(make: Callable[[], Settings]) -> Settings:
    try:
        return make()
    except ValidationError as error:
        raise SettingsError(
            "\n".join(
                f"TALEBOARD_{str(mistake['loc'][0]).upper()}={without_password(str(mistake['input']))}: "
                + mistake["msg"].removeprefix("Value error, ")
                for mistake in error.errors()
            )
        ) from None
