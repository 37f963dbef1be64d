"""One at a time, whatever process starts it; death lets go."""

import subprocess
import sys

import pytest

from crawler.config import Config
from crawler.locks import HeldError, held
from store.database import StoreError
from tests.crawling import environment

HOLD = """
import subprocess, sys
from crawler.config import Config
from crawler.locks import held
with held(Config(data=sys.argv[1]), "taobao"):
    child = subprocess.Popen(["sleep", "60"], stdout=subprocess.DEVNULL)
    print(child.pid, flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def config(tmp_path):
    return Config(data=tmp_path / "data", database_url=None)


@pytest.fixture
def holder(tmp_path, config):
    """Another process that holds the lock of taobao, and has a child."""
    command = [sys.executable, "-c", HOLD, str(config.data)]
    process = subprocess.Popen(command, env=environment(tmp_path), stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    child = int(process.stdout.readline())
    yield process
    process.kill()
    process.communicate()
    subprocess.run(["kill", str(child)], check=False, capture_output=True)


def test_a_lock_is_held_once(config):
    with held(config, "taobao"), pytest.raises(HeldError, match="taobao"), held(config, "taobao"):
        raise AssertionError


def test_and_let_go_at_the_end(config):
    with held(config, "taobao"):
        pass
    with held(config, "taobao"):
        pass


def test_other_groups_are_not_kept_waiting(config):
    with held(config, "taobao"), held(config, "1688"):
        pass


def test_an_error_of_the_holder_stays_its_own(config):
    with pytest.raises(BlockingIOError), held(config, "taobao"):
        raise BlockingIOError
    with held(config, "taobao"):
        pass


def test_a_killed_holder_lets_go_though_its_child_lives_on(config, holder):
    with pytest.raises(HeldError), held(config, "taobao"):
        raise AssertionError
    holder.kill()
    holder.wait()
    with held(config, "taobao"):
        pass


def test_a_folder_that_cannot_be_written_is_one_line(tmp_path):
    (tmp_path / "data").write_text("in the way")
    with pytest.raises(StoreError, match=r"^the lock cannot be made: .*$"), held(Config(data=tmp_path / "data"), "x"):
        raise AssertionError
