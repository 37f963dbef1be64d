"""One typed place of configuration; a mistake in it is one line."""

import datetime as dt

import pytest

from crawler.config import Access, ConfigError, load_config


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_defaults_are_careful():
    config = load_config()
    assert config.transport == "live"
    assert not config.access_of("taobao").permits
    assert config.access_of("taobao").delay >= 5


def test_the_environment_wins_over_the_file(here, monkeypatch):
    (here / "bazaarwatch.toml").write_text('data = "from-file"\n[access.taobao]\ndelay = 8\n')
    monkeypatch.setenv("BAZAARWATCH_DATA", "from-environment")
    assert str(load_config().data) == "from-environment"
    assert load_config().access_of("taobao").delay == 8


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('transport = "proxy"', "transport: "),
        ("[access.taobao]\ndelay = -1", "access.taobao.delay: "),
        ("[access.taobao]\nbasis = 'x'", "access.taobao.basis: "),
        ("[access.taobao]\npages_per_day = 0", "access.taobao.pages_per_day: "),
        ("[access.taobao.cool_down_hours]\nblocked = -1", "access.taobao.cool_down_hours.blocked: "),
        ('timezone = "Mars/Olympus_Mons"', "timezone: "),
        ('timezone = "../../etc/passwd"', "timezone: "),
        ("colour = 1", "colour: "),
        ("this is no toml", "bazaarwatch.toml: "),
    ],
)
def test_a_mistake_is_one_line(here, text, words):
    (here / "bazaarwatch.toml").write_text(text)
    with pytest.raises(ConfigError) as error:
        load_config()
    assert words in str(error.value)
    assert "\n" not in str(error.value)


BASIS = "agreement of 2026, file 17"


@pytest.mark.parametrize(
    ("access", "permits"),
    [
        (Access(), False),
        (Access(basis=BASIS), False),
        (Access(since=dt.date(2026, 1, 1)), False),
        (Access(basis=BASIS, since=dt.date(2999, 1, 1)), False),
        (Access(basis=BASIS, since=dt.date(2026, 1, 1)), True),
    ],
)
def test_robots_may_be_overridden_only_on_a_recorded_basis_that_holds(access, permits):
    assert access.permits is permits
