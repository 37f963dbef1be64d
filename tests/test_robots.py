"""robots.txt is obeyed, also where it cannot be read."""

import pytest

from sandbox.catalogue import read_catalogue
from sandbox.server import Sandbox
from tests.crawling import crawl, registered
from tests.sandbox_shop import line, write


@pytest.fixture
def alibaba(tmp_path):
    """Alibaba.com's stand-in, which needs no browser."""
    registered(tmp_path)
    row = line(1, title="VELQUORA shoes", marketplace="alibaba", currency="USD")
    return lambda **options: Sandbox(read_catalogue(write(tmp_path, [row])), **options)


def search(port, folder, **env):
    quick = {"BAZAARWATCH_ACCESS__ALIBABA__DELAY": "0", "BAZAARWATCH_TRANSPORT": f"sandbox:{port}"}
    return crawl("-a", "brand=velquora", folder=folder, spider="alibaba", **quick | env)


def test_a_site_that_allows_it_is_read(tmp_path, alibaba):
    with alibaba() as box:
        assert search(box.port, tmp_path).code == 0


def test_a_refusal_names_the_two_settings(tmp_path, alibaba):
    with alibaba(robots="real") as box:
        done = search(box.port, tmp_path)
    assert done.code == 5
    assert "robots.txt does not allow this page" in done.last
    assert "access.alibaba.basis" in done.last


@pytest.mark.parametrize("port", [1], ids=["nobody answers"])
def test_a_robots_txt_that_cannot_be_read_is_a_no(tmp_path, alibaba, port):
    done = search(port, tmp_path)
    assert done.code == 5
    assert "could not be read" in done.last


def test_a_recorded_basis_asks_for_no_robots_txt(tmp_path, alibaba):
    basis = {
        "BAZAARWATCH_ACCESS__ALIBABA__BASIS": "agreement of 2026, file 17",
        "BAZAARWATCH_ACCESS__ALIBABA__SINCE": "2026-01-01",
    }
    with alibaba(robots="real") as box:
        done = search(box.port, tmp_path, **basis)
        asked = box.counts
    assert (done.code, asked["robots"]) == (0, 0)
