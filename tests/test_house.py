"""The house stands as CONTRIBUTING draws it."""

import importlib
import inspect

import pytest
from scrapy.settings import Settings
from scrapy.spiderloader import SpiderLoader

ROOMS = ["crawler", "spiders", "matchers", "pipelines", "store", "evidence", "complaints", "review", "sandbox"]


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_says_what_it_is_for(room):
    assert importlib.import_module(room).__doc__


def spiders():
    """Every spider of the project."""
    settings = Settings()
    settings.setmodule("crawler.settings")
    loader = SpiderLoader.from_settings(settings)
    return [loader.load(name) for name in loader.list()]


@pytest.mark.parametrize("spider", spiders(), ids=lambda spider: spider.name)
def test_a_spider_says_what_it_asks_how_and_what_is_known_to_be_missing(spider):
    for heading in ("Marketplace:", "Arguments:", "Access:", "Known limits:"):
        assert f"\n    {heading}" in spider.__doc__


@pytest.mark.parametrize("spider", spiders(), ids=lambda spider: spider.name)
def test_a_spider_is_data_and_a_few_methods(spider):
    assert len(inspect.getsource(inspect.getmodule(spider)).splitlines()) <= 90
