"""The one typed place of configuration: environment `BAZAARWATCH_*` and `bazaarwatch.toml`.

Scrapy's settings are derived from it (`crawler.settings`); `bazaarwatch config` prints it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo

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


class CoolDown(BaseModel):
    """Hours for which a site is left alone after a wall, by its name.

    A block lasts minutes or longer, a rate limit asks for a long pause (FACTS 0.3); under a day, so that a daily run
    is not missed. A login wall ends with a login by hand, and needs no pause.
    """

    blocked: float = Field(default=12, ge=0, le=720)
    rate_limited: float = Field(default=20, ge=0, le=720)
    login_required: float = Field(default=0, ge=0, le=720)


class Access(BaseModel):
    """What the operator permits on one marketplace. Sites of one access group share limits: the strictest written.

    basis, since : on what basis robots.txt may be overridden there, and from which day; both or neither
    delay : seconds between two pages
    pages_per_run : pages opened at most by one run
    pages_per_day, requests_per_day : pages opened, and requests made by them, in a day of the platforms (UTC+8).
        1000 pages at the default delay are some 80 minutes; 30 requests a page are on the high side for the site's own
        hosts, since pictures are not loaded
    cool_down_hours : how long it is left alone after a wall
    """

    basis: str | None = Field(default=None, min_length=10, max_length=1000)
    since: dt.date | None = None
    delay: float = Field(default=5.0, ge=0, le=3600)
    pages_per_run: PositiveInt = 500
    pages_per_day: PositiveInt = 1000
    requests_per_day: PositiveInt = 30_000
    cool_down_hours: CoolDown = CoolDown()

    @property
    def permits(self) -> bool:
        """Whether the operator has recorded a basis that holds today."""
        return bool(self.basis and self.since and self.since <= dt.datetime.now(dt.UTC).date())


class PhotoLimits(BaseModel):
    """Bounds for one picture of a listing: bytes as received, pixels as decoded, pictures of one listing.

    words : whether names of marks are read in pictures; costs a fifth of a second of a core for each new picture, more
        than all else that is asked of it, so it is for whoever has the time
    words_twice : whether a picture in which no name was seen is read a second time, by its colours and turned; that
        costs as much again
    """

    max_bytes: PositiveInt = 10 * 2**20
    max_pixels: PositiveInt = 50_000_000
    per_listing: PositiveInt = 8
    timeout: PositiveInt = 20
    words: bool = False
    words_twice: bool = False


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


class TimestampAuthority(BaseModel):
    """Who stamps bundles of evidence (RFC 3161).

    name : in file names, such as `freetsa`
    chain : PEM file with the roots to which its certificates must lead
    """

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")
    url: str = Field(pattern=r"^https?://", max_length=500)
    chain: Path


class EvidenceSettings(BaseModel):
    """How evidence of flagged listings is captured (docs/evidence.md).

    during_crawl : whether each flagged listing is captured while it is crawled
    seller_page : whether the seller's page is looked at too; it costs one page of the budget
    words : whether text in the listing's pictures is read
    seconds : for a page to be captured, from its opening on
    timestamp_authorities : two at least, of different owners; each stamps every bundle
    timestamp_seconds : for an authority to answer
    """

    during_crawl: bool = False
    seller_page: bool = True
    words: bool = True
    seconds: PositiveInt = 60
    timestamp_authorities: tuple[TimestampAuthority, ...] = ()
    timestamp_seconds: PositiveInt = 10


class Config(BaseSettings):
    """Everything that can be set."""

    model_config = SettingsConfigDict(
        env_prefix="BAZAARWATCH_", env_nested_delimiter="__", toml_file=CONFIG_FILE, extra="forbid"
    )

    data: Path = Path("bazaarwatch-data")
    user: str | None = Field(default=None, min_length=1, max_length=100)  # who acts on the command line
    database_url: str | None = None
    transport: str = "live"
    access: dict[str, Access] = Field(default_factory=dict)
    browser: Browser = Browser()
    photos: PhotoLimits = PhotoLimits()
    evidence: EvidenceSettings = EvidenceSettings()
    nicknames: Path | None = None  # a file of your own, beside the nicknames that are known (docs/formats.md)
    timezone: str = "Asia/Shanghai"  # the operator's own: schedules are meant in it, times are shown in it
    cny_per: dict[str, Decimal] = {"USD": Decimal("7.1"), "EUR": Decimal("7.7"), "HKD": Decimal("0.91")}
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "WARNING"

    @field_validator("transport")
    @classmethod
    def _known_transport(cls, value: str) -> str:
        kind, _, rest = value.partition(":")
        if value == "live" or (kind == "sandbox" and rest.isdigit()) or (kind == "archive" and rest):
            return value
        raise ValueError("must be live, sandbox:PORT or archive:FILE")

    @field_validator("nicknames")
    @classmethod
    def _readable(cls, value: Path | None) -> Path | None:
        if value is not None:
            from matchers.title.nicknames import read  # noqa: PLC0415  (the matchers' tables, for who has such a file)

            try:
                read(value)
            except OSError as error:
                raise ValueError(f"{value}: {error.strerror}") from None
        return value

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        _zone(value)
        return value

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

    def limits_of(self, marketplaces: Iterable[str]) -> Access:
        """What holds for sites that share an access group: of each limit the strictest that is written for any."""
        written = [self.access[name] for name in marketplaces if name in self.access]
        hours = _strictest([each.cool_down_hours for each in written], longest=CoolDown.model_fields)
        limits = _strictest(written, longest=("delay",), fewest=("pages_per_run", "pages_per_day", "requests_per_day"))
        return Access(**limits, cool_down_hours=CoolDown(**hours))

    @property
    def zone(self) -> dt.tzinfo:
        """The operator's time zone."""
        return _zone(self.timezone)

    @property
    def database(self) -> str:
        """Address of the database: `database_url`, else SQLite in the data folder."""
        return self.database_url or f"sqlite:///{self.data.resolve() / 'bazaarwatch.sqlite'}"


def _strictest(written: list[Any], longest: Iterable[str] = (), fewest: Iterable[str] = ()) -> dict[str, Any]:
    """The largest of `longest`, the smallest of `fewest`, each among those where somebody wrote it."""
    found: dict[str, Any] = {}
    for pick, names in ((max, longest), (min, fewest)):
        for name in names:
            values = [getattr(each, name) for each in written if name in each.model_fields_set]
            found |= {name: pick(values)} if values else {}
    return found


def _zone(name: str) -> dt.tzinfo:
    if name == "Asia/Shanghai":  # the same without a time zone database: no summer time there since 1991
        return dt.timezone(dt.timedelta(hours=8), "Asia/Shanghai")
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise ValueError("no such time zone; give a name such as Europe/Berlin") from None


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
