"""A further marketplace starts as a site, a spider, its readers, a fixture and a test, and that test passes."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.crawling import ROOT, environment

ROOMS = ("crawler", "spiders", "matchers", "store", "scrapy.cfg", "pyproject.toml")


@pytest.fixture
def checkout(tmp_path):
    """A copy of the rooms that a spider needs."""
    for name in ROOMS:
        source = Path(ROOT) / name
        skip = shutil.ignore_patterns("__pycache__")
        shutil.copytree(source, tmp_path / name, ignore=skip) if source.is_dir() else shutil.copy(source, tmp_path)
    (tmp_path / "tests").mkdir()
    return tmp_path


def run(folder, *command):
    env = environment(folder, PYTHONPATH=str(folder))
    return subprocess.run(
        [sys.executable, "-m", *command], cwd=folder, env=env, capture_output=True, text=True, check=False, timeout=100
    )


def test_what_is_generated_passes_its_own_test(checkout):
    done = run(checkout, "scrapy", "genspider", "rakuten", "rakuten.co.jp")
    assert done.returncode == 0, done.stderr
    tested = run(checkout, "pytest", "-q", "-p", "no:xdist", "-o", "addopts=", "tests/test_rakuten.py")
    assert "4 passed" in tested.stdout, tested.stdout


@pytest.mark.parametrize("given", [("taobao", "taobao.com"), ("Bad Name", "x.com"), ("fine", "no domain")])
def test_a_name_that_is_taken_or_none_is_one_line_and_nothing_is_written(checkout, given):
    before = sorted(checkout.rglob("*.py"))
    done = run(checkout, "scrapy", "genspider", *given)
    assert done.returncode == 2
    assert done.stderr.strip().count("\n") == 0
    assert sorted(checkout.rglob("*.py")) == before
