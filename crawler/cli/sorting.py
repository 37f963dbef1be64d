"""Which sites' goods are in a file: by the addresses in it, and where it has none by whose readers know it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from crawler.archives import ArchiveError, Stored, answers_of
from crawler.archives.stored import Notes
from crawler.marketplaces import SITES, marketplace_of
from crawler.reading import read
from crawler.runs import READ

if TYPE_CHECKING:
    from crawler.base import SearchSpider

Spiders = Mapping[str, "type[SearchSpider]"]


@dataclass
class Found:
    """What is in a file.

    groups : access groups whose goods are in it
    is_picture : it came along with a page
    line : what is to be said of a file in which nothing is
    """

    file: Path
    groups: set[str] = field(default_factory=set)
    is_picture: bool = False
    line: str | None = None


def spiders_by_group() -> Spiders:
    """A spider for each access group: sites of one group share their readers."""
    from scrapy.settings import Settings  # noqa: PLC0415 # all of Scrapy, which no other command needs
    from scrapy.spiderloader import SpiderLoader  # noqa: PLC0415

    from crawler.base import SearchSpider  # noqa: PLC0415

    settings = Settings()
    settings.setmodule("crawler.settings")
    loader = SpiderLoader.from_settings(settings)
    spiders = [spider for name in loader.list() if issubclass(spider := loader.load(name), SearchSpider)]
    spiders = [spider for spider in spiders if spider.name == spider.site.name]
    by_name = sorted(spiders, key=lambda spider: spider.name == spider.site.access_group)
    return {spider.site.access_group: spider for spider in by_name}


def what_is_in(file: Path, spiders: Spiders) -> Found:
    """Look through a file until every spider has found something in it, or to its end."""
    found = Found(file)
    try:
        for stored in answers_of(file, Notes(file.name)):
            if stored.kind == "photo":
                found.is_picture = True
            else:
                _look(stored, spiders, found)
            if len(found.groups) == len(spiders):
                break
    except ArchiveError as error:
        found.line = str(error).removeprefix(f"{file.name}: ")
        return found
    if found.groups or found.is_picture:
        found.line = None
    elif found.line is None:
        found.line = "nothing in it that this version can read"
    return found


def _look(stored: Stored, spiders: Spiders, found: Found) -> None:
    url = stored.asked or stored.answer.url
    site = marketplace_of(url) if url else None
    group = SITES[site].access_group if site else None
    if site and stored.kind == "page":
        if group in spiders:
            found.groups.add(str(group))
        else:
            found.line = f"it is of {site}, which this version does not read"
        return
    if url and not site:
        return
    for name in {group} if group else set(spiders):
        if name in spiders and name not in found.groups:
            reading = read(stored.answer, spiders[name].saved_readers)
            if reading.outcome in READ:
                found.groups.add(name)
            elif stored.kind == "page":
                found.line = f"{reading.outcome}: {reading.signal}"
