"""The one typed place of configuration: environment `BAZAARWATCH_*` and `bazaarwatch.toml`.

Scrapy's settings are derived from it (`crawler.settings`); `bazaarwatch config` prints it.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, Field, PositiveInt, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

CONFIG_FILE = Path("bazaarwatch.toml")


class ConfigError(Exception):
    """The configuration cannot be used; the message is one line for the user."""


class Access(BaseModel):
    """What the operator permits on one marketplace.

    basis, since : on what basis robots.txt may be overridden there, and from which day; both or neither
    delay : seconds between two pages
    pages_per_run : pages opened at most by one run
    """

    basis: str | None = Field(default=None, min_length=10, max_length=1000)
    since: dt.date | None = None
    delay: float = Field(default=5.0, ge=0, le=3600)
    pages_per_run: PositiveInt = 500

    @property
    def permits(self) -> bool:
        """Whether the operator has recorded a basis that holds today."""
        return bool(self.basis and self.since and self.since <= dt.datetime.now(dt.UTC).date())


class PhotoLimits(BaseModel):
    """Bounds for one picture of a listing: bytes as received, pixels as decoded, pictures of one listing."""

    max_bytes: PositiveInt = 10 * 2**20
    max_pixels: PositiveInt = 50_000_000
    per_listing: PositiveInt = 8
    timeout: PositiveInt = 20


class Browser(BaseModel):
    """The browser that is driven.

    executable : None lets it be found (the machine's Chromium or Chrome, else Playwright's own)
    pages : open at once; more than 2 gain nothing on 2 cores
    timeout : seconds for a page or an answer to come
    """

    executable: Path | None = None
    headed: bool = False
    pages: PositiveInt = 2
    timeout: PositiveInt = 30
    args: tuple[str, ...] = (
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    )


class Config(BaseSettings):
    """Everything that can be set."""

    model_config = SettingsConfigDict(
        env_prefix="BAZAARWATCH_", env_nested_delimiter="__", toml_file=CONFIG_FILE, extra="forbid"
    )

    data: Path = Path("bazaarwatch-data")
    database_url: str | None = None
    transport: str = "live"
    access: dict[str, Access] = Field(default_factory=dict)
    browser: Browser = Browser()
    photos: PhotoLimits = PhotoLimits()
    cny_per: dict[str, Decimal] = {"USD": Decimal("7.1"), "EUR": Decimal("7.7"), "HKD": Decimal("0.91")}
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "WARNING"

    @field_validator("transport")
    @classmethod
    def _known_transport(cls, value: str) -> str:
        kind, _, rest = value.partition(":")
        if value == "live" or (kind == "sandbox" and rest.isdigit()) or (kind == "archive" and rest):
            return value
        raise ValueError("must be live, sandbox:PORT or archive:FILE")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment wins over the file."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)

    def access_of(self, marketplace: str) -> Access:
        """What is permitted there; the careful defaults where nothing was written."""
        return self.access.get(marketplace, Access())

    @property
    def database(self) -> str:
        """Address of the database: `database_url`, else SQLite in the data folder."""
        return self.database_url or f"sqlite:///{self.data.resolve() / 'bazaarwatch.sqlite'}"


def load_config(**overrides: Any) -> Config:
    """Read environment and file; a mistake in either is one line."""
    try:
        return Config(**overrides)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "configuration"
        raise ConfigError(f"configuration: {where}: {first['msg']}") from None
    except ValueError as error:  # a TOML file that is none
        raise ConfigError(f"configuration: {CONFIG_FILE}: {error}") from None
