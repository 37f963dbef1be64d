"""Fixtures of the sandbox tests; a module takes them with `pytest_plugins`."""

import pytest

from sandbox.catalogue import read_catalogue
from sandbox.server import Sandbox
from tests.sandbox_shop import client, shop, write


@pytest.fixture
def open_box(tmp_path):
    """Makes sandboxes of lines; use it in a `with`."""
    return lambda lines=None, **options: Sandbox(read_catalogue(write(tmp_path, lines or shop())), **options)


@pytest.fixture
def box(open_box):
    """A sandbox of the shop below."""
    with open_box() as box:
        yield box


@pytest.fixture
async def site(box):
    """A client of that sandbox."""
    async with client(box) as site:
        yield site
