"""The one place that reads the environment. `db` and `sd_models` take arguments instead."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Literal

import platformdirs
from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy import make_url

from agent.errors import SettingsError

__all__ = ["Settings", "load_settings"]

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
    engine: str = Field(default="scratch", description="What draws: scratch, diffusers, or an installed engine's name.")
    model: str = Field(
        default="storybook",
        description="storybook, a diffusers folder, a single .safetensors or .ckpt file, or a hub id.",
    )
    summarizer: str = Field(
        default="extractive", description="extractive, a folder or hub id of a seq2seq summariser, or llm."
    )
    dtype: Literal["auto", "float32", "bfloat16", "float16"] = Field(
        default="auto", description="Precision for drawing panels."
    )
    renderer: Literal["local", "queue", "ray"] = Field(
        default="local",
        description="local (a worker in this process), queue (separate `taleboard worker` processes), or ray.",
    )

    @field_validator("home")
    @classmethod
    def _absolute(cls, home: Path) -> Path:
        return home.expanduser().absolute()

    @field_validator("database_url", "blobs")
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
        return self.database_url or f"sqlite:///{self.home / 'taleboard.db'}"

    @cached_property
    def resolved_blobs(self) -> str:
        return self.blobs or (self.home / "images").as_uri()

    def shown(self) -> dict[str, str]:
        """Variable name -> the value in force, with the database's password hidden."""
        values = {f"TALEBOARD_{name.upper()}": str(getattr(self, name)) for name in type(self).model_fields}
        return values | {
            "TALEBOARD_DATABASE_URL": make_url(self.resolved_database_url).render_as_string(hide_password=True),
            "TALEBOARD_BLOBS": self.resolved_blobs,
        }


def load_settings() -> Settings:
    """Settings from the environment. Raises SettingsError with one line per mistake."""
    try:
        return Settings()
    except ValidationError as error:
        raise SettingsError(
            "\n".join(
                f"TALEBOARD_{str(mistake['loc'][0]).upper()}={mistake['input']!s}: "
                + mistake["msg"].removeprefix("Value error, ")
                for mistake in error.errors()
            )
        ) from None
