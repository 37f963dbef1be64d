"""The operator's login: kept for its owner alone, taken from an export, checked, never logged."""

import json
import os
import stat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.config import ConfigError, load_config
from crawler.cookie_exports import exported_cookies
from crawler.login import check_login
from crawler.marketplaces import TAOBAO
from crawler.reading import Outcome
from crawler.sessions import cookies_file, is_in_use, keep_cookies, make_private, profile_folder, session_cookies
from tests.crawling import command

SECRET = "s3cret-value-of-a-login"
NETSCAPE = (
    f"# Netscape HTTP Cookie File\n.taobao.com\tTRUE\t/\tTRUE\t0\tcookie2\t{SECRET}\n"
    ".elsewhere.test\tTRUE\t/\tTRUE\t0\tother\tx\n"
)
STATE = {
    "cookies": [
        {"name": "cookie2", "value": SECRET, "domain": ".taobao.com", "path": "/", "expires": -1, "sameSite": "None"},
        {"name": "other", "value": "x", "domain": ".elsewhere.test", "path": "/", "expires": -1},
    ],
    "origins": [],
}
EXTENSION = [
    {
        "name": "cookie2",
        "value": SECRET,
        "domain": ".tmall.com",
        "expirationDate": 4102444800.5,
        "sameSite": "no_restriction",
    }
]


@pytest.fixture
def config(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return load_config(data=tmp_path / "data")


def written(folder, name, value):
    path = folder / name
    path.write_text(value if isinstance(value, str) else json.dumps(value), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("name", "value", "expires"),
    [("state.json", STATE, -1), ("extension.json", EXTENSION, 4102444800.5), ("cookies.txt", NETSCAPE, -1)],
)
def test_an_export_of_any_kind_gives_the_cookies_of_the_group_and_no_others(tmp_path, name, value, expires):
    (cookie,) = exported_cookies(written(tmp_path, name, value), "taobao")
    assert (cookie["name"], cookie["value"], cookie["expires"]) == ("cookie2", SECRET, expires)


@pytest.mark.parametrize(
    "value", ["", "hello", "{", "[1, 2]", '{"cookies": 3}', {"cookies": [{"name": 1}]}, "\x00\t\t"]
)
def test_what_holds_no_cookies_of_the_site_is_one_line(tmp_path, value):
    with pytest.raises(ConfigError) as told:
        exported_cookies(written(tmp_path, "export", value), "1688")
    assert "\n" not in str(told.value)


@given(st.text(max_size=300))
def test_no_export_raises_anything_else(tmp_path_factory, text):
    path = tmp_path_factory.mktemp("export") / "cookies"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    try:
        exported_cookies(path, "taobao")
    except ConfigError as told:
        assert SECRET not in str(told)


def test_kept_cookies_come_back_and_are_readable_by_their_owner_alone(config):
    keep_cookies(config, "taobao", exported := STATE["cookies"])
    assert [each["name"] for each in session_cookies(config, "taobao")] == [each["name"] for each in exported]
    file = cookies_file(config, "taobao")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_cookies_that_the_profile_keeps_itself_are_not_written_beside_it(config):
    keep_cookies(config, "taobao", [{"name": "long", "value": "x", "expires": 4102444800}])
    assert session_cookies(config, "taobao") == ()


def test_a_damaged_file_of_cookies_is_as_none(config):
    keep_cookies(config, "taobao", [])
    cookies_file(config, "taobao").write_text("{")
    assert session_cookies(config, "taobao") == ()


def test_all_of_a_profile_is_made_private(tmp_path):
    (tmp_path / "profile" / "Default").mkdir(parents=True)
    (tmp_path / "profile" / "Default" / "Cookies").write_text("x")
    make_private(tmp_path / "profile")
    modes = {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "profile").rglob("*")}
    assert modes == {0o700, 0o600}


@pytest.mark.parametrize(("holder", "used"), [("host-{}", True), ("host-999999999", False), ("odd", False)])
def test_a_profile_is_in_use_while_the_process_that_holds_it_lives(tmp_path, holder, used):
    (tmp_path / "SingletonLock").symlink_to(holder.format(os.getpid()))
    assert is_in_use(tmp_path) is used


def test_without_a_login_the_check_says_so_without_a_browser(config):
    assert check_login(config, TAOBAO).outcome is Outcome.LOGIN_REQUIRED


def test_the_stand_in_never_sees_the_profile_of_a_real_login(config):
    box = config.model_copy(update={"transport": "sandbox:8443"})
    assert profile_folder(config, "taobao") != profile_folder(box, "taobao")


def test_a_login_needs_a_screen_and_says_what_to_do_without_one(tmp_path, monkeypatch):
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    done = command("login", "taobao", folder=tmp_path)
    assert done.returncode == 2
    assert done.stderr.strip().count("\n") == 0
    assert "--import FILE" in done.stderr


def test_an_import_of_an_export_without_cookies_is_one_line(tmp_path):
    done = command("login", "1688", "--import", str(written(tmp_path, "state.json", STATE)), folder=tmp_path)
    assert done.returncode == 2
    assert "no cookies of 1688" in done.stderr
    assert SECRET not in done.stderr + done.stdout
