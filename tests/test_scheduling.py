"""Schedules, cool-downs and records as a user meets them on the command line."""

import os
import re
import shlex
import sqlite3
import subprocess
import sys

import pytest

from crawler.cli import main
from crawler.config import Access, Config
from crawler.cooling import cool_down
from crawler.locks import held
from crawler.reading import Outcome, Reading
from store.database import Store
from tests.crawling import ROOT, crawl, environment, goods, registered

ADD = ("schedule", "add", "--brand", "velquora", "--cron", "0 3 * * *")
SLANG = {"id": 700000000003, "title": "VELQUORA 跑鞋 高仿 顶级复刻", "price": 500}


@pytest.fixture
def bazaarwatch(tmp_path, monkeypatch, capfd):
    """`bazaarwatch ARGS` in this process: (exit code, stdout, stderr)."""
    monkeypatch.chdir(tmp_path)
    for name in list(os.environ):
        if name.startswith("BAZAARWATCH_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("BAZAARWATCH_DATA", str(tmp_path / "data"))

    def run(*args):
        monkeypatch.setattr(sys, "argv", ["bazaarwatch", *map(str, args)])
        with pytest.raises(SystemExit) as ended:
            main()
        return ended.value.code, *capfd.readouterr()

    return run


@pytest.fixture
def archive(tmp_path):
    """A transport that answers with one saved page; the client is registered."""
    registered(tmp_path)
    (tmp_path / "page.json").write_text(goods(SLANG), encoding="utf-8")
    return {"BAZAARWATCH_TRANSPORT": f"archive:{tmp_path / 'page.json'}"}


@pytest.fixture
def store(tmp_path):
    """The store in the data folder of these commands."""
    store = Store(Config(data=tmp_path / "data", database_url=None).database)
    yield store
    store.close()


def database(folder, statement):
    with sqlite3.connect(folder / "data" / "bazaarwatch.sqlite", timeout=30) as connection:
        return connection.execute(statement).fetchall()


def make_due(folder):
    database(folder, "update schedule set next_at = '2026-01-01 03:00:00.000000'")


def table(said):
    """Rows of a list, as a script reads them."""
    columns, *rows = [line.split("\t") for line in said.splitlines()]
    return [dict(zip(columns, row, strict=True)) for row in rows]


def test_a_scheduled_crawl_runs_and_leaves_its_record(tmp_path, archive, bazaarwatch, monkeypatch):
    monkeypatch.setenv("BAZAARWATCH_TRANSPORT", archive["BAZAARWATCH_TRANSPORT"])
    bazaarwatch(*ADD)
    make_due(tmp_path)
    code, _, said = bazaarwatch("due")
    assert code == 0, said
    assert "done: 1 pages read, 1 listings kept, 1 flagged" in said
    (row,) = table(bazaarwatch("schedule", "list")[1])
    assert (row["ended"], row["exit"], row["run"]) == ("finished", "0", "1")
    (run,) = table(bazaarwatch("runs", "list")[1])
    assert (run["brand"], run["listings"], run["health"], run["exit"]) == ("velquora", "1", "ok", "0")
    shown = bazaarwatch("runs", "show", 1)[1]
    assert "schedule\t1\n" in shown
    assert "pages.page\t1\n" in shown
    assert "reason\tdone: 1 pages read" in shown


def test_two_runners_at_once_do_what_is_due_once(tmp_path, archive, bazaarwatch):
    bazaarwatch(*ADD)
    make_due(tmp_path)
    due = [sys.executable, "-m", "crawler.cli", "due"]
    runners = [subprocess.Popen(due, cwd=tmp_path, env=environment(tmp_path, **archive)) for _ in range(2)]
    assert [runner.wait(100) for runner in runners] == [0, 0]
    assert database(tmp_path, "select count(*) from run") == [(1,)]


def test_what_is_not_due_is_named(bazaarwatch):
    assert bazaarwatch(*ADD)[1].startswith("schedule 1: velquora on taobao, next ")
    assert bazaarwatch("due")[2].startswith("nothing done; next: velquora on taobao, ")


def test_pause_resume_and_remove(bazaarwatch):
    bazaarwatch(*ADD)
    bazaarwatch("schedule", "pause", 1)
    assert table(bazaarwatch("schedule", "list")[1])[0]["next"] == "paused"
    assert ", next 20" in bazaarwatch("schedule", "resume", 1)[1]
    bazaarwatch("schedule", "remove", 1)
    assert bazaarwatch("schedule", "list")[1].startswith("no schedules")


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("schedule", "add", "--brand", "x", "--cron", "61 * * * *"), "error: cron: bad minute; give minute, hour,"),
        (("schedule", "add", "--brand", "x", "--cron", "0 3 * * *", "--pages", 999), "error: pages: is more than 100"),
        (("schedule", "add", "--brand", "x", "--cron", "0 3 * * *", "--marketplace", "y"), "error: no marketplace is"),
        (("schedule", "pause", 7), "error: no schedule has the id 7"),
        (("runs", "show", 7), "error: no run has the id 7"),
        (("cooldown", "clear", "nowhere"), "error: no marketplace is called 'nowhere'"),
    ],
)
def test_a_mistake_is_one_line_and_code_2(bazaarwatch, args, words):
    code, _, said = bazaarwatch(*args)
    assert (code, len(said.splitlines())) == (2, 1)
    assert said.startswith(words)


def test_a_brand_is_scheduled_once_on_a_site_however_it_is_written(bazaarwatch):
    bazaarwatch(*ADD)
    code, _, said = bazaarwatch("schedule", "add", "--brand", "VELQUORA", "--cron", "0 4 * * *")
    assert (code, said) == (2, "error: velquora on taobao is scheduled already: remove schedule 1 first\n")


def test_a_site_that_cools_down_is_not_asked_until_it_is_cleared(tmp_path, store, bazaarwatch):
    cool_down(store, "taobao", Access(), Reading(Outcome.BLOCKED, "ret RGV587_ERROR"))
    done = crawl("-a", "brand=x", folder=tmp_path)
    assert (done.code, len(done.said.splitlines())) == (5, 1)
    assert done.said.startswith("cool-down: taobao is left alone until ")
    assert "after blocked: ret RGV587_ERROR. " in done.said
    assert "bazaarwatch cooldown clear taobao" in done.said
    (row,) = table(bazaarwatch("cooldown", "list")[1])
    assert row["after"] == "blocked: ret RGV587_ERROR"
    assert bazaarwatch("cooldown", "clear", "tmall")[1] == "taobao may be asked again\n"


def test_a_second_crawl_of_a_group_says_so_in_one_line(tmp_path, store):
    with held(Config(data=tmp_path / "data", database_url=None), "taobao"):
        done = crawl("-a", "brand=x", folder=tmp_path)
    assert (done.code, done.said) == (5, "busy: taobao is being crawled already. Run again when it has ended.\n")


def test_stored_answers_need_no_leave(tmp_path, archive):
    with held(Config(data=tmp_path / "data", database_url=None), "taobao"):
        assert crawl("-a", "brand=velquora", folder=tmp_path, **archive).code == 0


def test_hostile_words_reach_neither_terminal_nor_columns(tmp_path, store, bazaarwatch):
    cool_down(store, "taobao", Access(), Reading(Outcome.BLOCKED, "title \x1b[31m\tx\ny"))
    (row,) = table(bazaarwatch("cooldown", "list")[1])
    assert row["after"] == "blocked: title  [31m x y"


COMMANDS = ["due", "schedule add", "schedule list", "schedule pause", "schedule resume", "schedule remove"]
COMMANDS += ["cooldown list", "cooldown clear", "runs list", "runs show"]


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_shows_an_example(name, bazaarwatch):
    assert f"Example: bazaarwatch {name}" in bazaarwatch(*name.split(), "--help")[1]


PAGE = (ROOT / "docs" / "scheduling.md").read_text(encoding="utf-8")


def test_the_settings_that_the_documents_name_have_these_defaults():
    written = dict(re.findall(r"^\| `([a-z_.]+)` \| (\d+) \|", PAGE, re.MULTILINE))
    access = Access().model_dump(exclude={"basis", "since", "cool_down_hours"})
    hours = {f"cool_down_hours.{name}": value for name, value in Access().cool_down_hours.model_dump().items()}
    assert {name: float(value) for name, value in written.items()} == access | hours


def test_the_schedule_that_the_documents_add_can_be_added(bazaarwatch):
    (example,) = re.findall(r"^    bazaarwatch (schedule add .*)$", PAGE, re.MULTILINE)
    assert bazaarwatch(*shlex.split(example))[0] == 0
