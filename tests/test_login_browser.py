"""`bazaarwatch login` in a real browser on the stand-in: taken from an export, alive, expired."""

import json

import pytest

from sandbox.catalogue import read_catalogue
from sandbox.server import Sandbox
from tests.crawling import command
from tests.sandbox_shop import line, write

pytestmark = pytest.mark.browser
SECRET = "s3cret-value-of-a-login"


@pytest.fixture
def box(tmp_path):
    with Sandbox(read_catalogue(write(tmp_path, [line(1)]))) as box:
        yield box


def login(folder, box, *args):
    return command("login", "taobao", *args, folder=folder, BAZAARWATCH_TRANSPORT=f"sandbox:{box.port}")


def test_a_login_from_an_export_is_alive_and_later_expired(tmp_path, box):
    cookie = {"name": "cookie2", "value": SECRET, "domain": ".taobao.com", "path": "/", "expires": -1}
    (tmp_path / "state.json").write_text(json.dumps({"cookies": [cookie], "origins": []}))
    kept = login(tmp_path, box, "--import", str(tmp_path / "state.json"))
    assert kept.returncode == 0, kept.stderr
    alive = login(tmp_path, box, "--check")
    assert (alive.returncode, "is alive" in alive.stdout) == (0, True), alive.stderr
    box.wall = "login"
    expired = login(tmp_path, box, "--check")
    assert expired.returncode == 3
    assert "login_required" in expired.stderr
    assert "Run: bazaarwatch login taobao" in expired.stderr
    assert SECRET not in kept.stdout + kept.stderr + alive.stdout + alive.stderr + expired.stderr
