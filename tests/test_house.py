"""The house stands as CONTRIBUTING draws it."""

import importlib

import pytest

ROOMS = ["crawler", "spiders", "matchers", "pipelines", "store", "evidence", "complaints", "review", "sandbox"]


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_says_what_it_is_for(room):
    assert importlib.import_module(room).__doc__
