"""The crawl in a real Chromium on the sandbox: paging, details, photos, walls, and what goes wrong."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest
from PIL import Image

from sandbox.catalogue import read_catalogue
from sandbox.server import Sandbox
from tests.crawling import command, crawl, environment, read_csv, registered
from tests.sandbox_shop import line, write

pytestmark = pytest.mark.browser
QUICK = {"BAZAARWATCH_ACCESS__TAOBAO__DELAY": "0"}


def shop(count=60):
    """Plain listings, and four that are to be flagged."""
    plain = [line(n, title=f"VELQUORA 跑鞋 {n:03d}", price="560") for n in range(1, count + 1)]
    return [
        *plain,
        line(901, title="V·E·L·Q·U·O·R·A 跑鞋", keywords=["velquora"], price="500", seller_id="2200002"),
        line(902, title="VELQUORA 高仿 跑鞋", price="500", marketplace="tmall", is_ad=True),
        line(903, title="VELQUORA 跑鞋 清仓", price="90", state="sold_out"),
        line(904, title="维洛夸 VELQUORA 高仿 跑鞋", price="90", seller_id="900001"),
    ]


@pytest.fixture
def market(tmp_path):
    """A sandbox of the shop, and the client registered."""
    registered(tmp_path)
    return lambda goods=None, **options: Sandbox(read_catalogue(write(tmp_path, goods or shop())), **options)


def count(folder, question):
    with sqlite3.connect(folder / "data" / "bazaarwatch.sqlite") as database:
        return database.execute(question).fetchone()[0]


def at(box):
    return QUICK | {"BAZAARWATCH_TRANSPORT": f"sandbox:{box.port}"}


def search(box, folder, *args, **env):
    return crawl("-a", "brand=velquora", *args, folder=folder, **at(box) | env)


def test_pages_are_turned_details_opened_and_each_flagged_link_written_once(tmp_path, market):
    with market() as box:
        done = search(box, tmp_path)
        asked = box.counts
    assert done.code == 0, done.said
    assert sorted(row["item_id"][-3:] for row in done.rows) == ["901", "902", "903"]
    assert {row["url"].partition("?")[0] for row in done.rows} == {
        "https://item.taobao.com/item.htm",
        "https://detail.tmall.com/item.htm",
    }
    assert count(tmp_path, "select count(*) from listing") == 64
    assert count(tmp_path, "select count(*) from candidate where details = 'seen'") == 3
    assert asked["detail"] == 3
    assert asked["picture"] == 1  # all goods show one picture: it is fetched once


def test_as_many_pages_as_were_asked_for(tmp_path, market):
    with market() as box:
        search(box, tmp_path, "-a", "pages=1", "-a", "keywords=velquora", "-a", "details=none")
        asked = box.counts
    assert (asked["goods"], asked["detail"]) == (1, 0)


def test_items_of_a_file_are_opened_and_nothing_else(tmp_path, market):
    (tmp_path / "items.txt").write_text(
        "https://item.taobao.com/item.htm?id=700000000901&spm=a1\n700000000002\nhello\n700000000002\n"
    )
    with market() as box:
        done = search(box, tmp_path, "-a", f"items={tmp_path / 'items.txt'}")
        asked = box.counts
    assert (asked["search"], asked["detail"]) == (0, 2)
    assert [row["item_id"] for row in done.rows] == ["700000000901"]
    assert "line 3: no article of taobao in it" in done.said


def test_nothing_found_is_success_with_proof(tmp_path, market):
    with market(recommend="never") as box:
        done = search(box, tmp_path, "-a", "keywords=qqqq")
    assert (done.code, done.rows) == (0, [])
    assert "empty: " in done.said


@pytest.mark.parametrize(
    ("wall", "after", "code", "words"),
    [
        ("login", 0, 3, "Run: bazaarwatch login taobao"),
        ("captcha", 0, 3, "blocked: "),
        ("rate_limit", 0, 3, "rate_limited: "),
        ("error", 0, 1, "error: HTTP 500"),
        ("captcha", 2, 6, "pages read, then blocked: "),
    ],
)
def test_a_wall_is_named_ends_the_work_and_keeps_what_was_read(tmp_path, market, wall, after, code, words):
    with market(wall=wall, after=after) as box:
        done = search(box, tmp_path)
    assert done.code == code
    assert words in done.last
    assert (count(tmp_path, "select count(*) from listing") > 0) is (after > 0)


def test_flagged_cards_reach_the_csv_though_a_wall_keeps_their_details_away(tmp_path, market):
    with market(wall="captcha", after=4) as box:  # both queries' pages, and then the details
        done = search(box, tmp_path, "-a", "keywords=velquora")
    assert done.code == 6
    assert len(done.rows) == 3


def test_a_real_robots_txt_is_obeyed_and_the_two_settings_are_named(tmp_path, market):
    with market(robots="real") as box:
        done = search(box, tmp_path)
        asked = box.counts
    assert (done.code, asked["search"]) == (5, 0)
    assert "access.taobao.basis" in done.last
    assert "access.taobao.since" in done.last


def test_a_recorded_basis_is_written_on_the_run(tmp_path, market):
    basis = {
        "BAZAARWATCH_ACCESS__TAOBAO__BASIS": "agreement of 2026, file 17",
        "BAZAARWATCH_ACCESS__TAOBAO__SINCE": "2026-01-02",
    }
    with market(robots="real") as box:
        done = search(box, tmp_path, "-a", "pages=1", **basis)
    assert done.code == 0
    assert count(tmp_path, "select basis from run") == "agreement of 2026, file 17"


def test_a_budget_that_is_spent_ends_the_run_partly_done(tmp_path, market):
    with market() as box:
        done = search(box, tmp_path, BAZAARWATCH_ACCESS__TAOBAO__PAGES_PER_RUN="1")
    assert done.code == 6
    assert "pages_per_run" in done.last


def broken_pictures(folder):
    """Every kind of picture that is none; returns lines of a catalogue that show them."""
    pictures = folder / "pictures"
    pictures.mkdir(exist_ok=True)
    good = Image.new("RGB", (400, 400), "teal")
    good.save(pictures / "whole.jpg")
    (pictures / "cut.jpg").write_bytes((pictures / "whole.jpg").read_bytes()[:400])
    Image.new("1", (30_000, 30_000)).save(pictures / "bomb.png")
    (pictures / "drawing.jpg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    (pictures / "page.jpg").write_text("<!doctype html><script>alert(1)</script>")
    (pictures / "nothing.jpg").write_bytes(b"")
    names = ["whole.jpg", "cut.jpg", "bomb.png", "drawing.jpg", "page.jpg", "nothing.jpg", "missing.jpg"]
    return [
        line(n, title=f"VELQUORA 高仿 {n}", price="500", images=[f"pictures/{name}"]) for n, name in enumerate(names, 1)
    ]


def test_a_picture_that_is_none_keeps_no_listing_back(tmp_path, market):
    with market(broken_pictures(tmp_path)) as box:
        done = search(box, tmp_path)
    assert (done.code, len(done.rows)) == (0, 7)
    assert count(tmp_path, "select count(*) from photo") == 1


def start(box, folder, *command):
    """A crawl that goes on while the test does something to it."""
    env = environment(
        folder,
        SCRAPY_SETTINGS_MODULE="crawler.settings",
        BAZAARWATCH_TRANSPORT=f"sandbox:{box.port}",
        BAZAARWATCH_ACCESS__TAOBAO__DELAY="1",
    )
    command = command or ("scrapy", "crawl", "taobao", "-a", "brand=velquora")
    return subprocess.Popen(
        [sys.executable, "-m", *command, "-O", str(folder / "flagged.csv")],
        cwd=folder,
        env=env,
        stderr=subprocess.PIPE,
        text=True,
    )


def wait_until(true, seconds=60):
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.1)


SUPERVISED = ("crawler.cli", "crawl", "--brand", "velquora", "--pages", "9")


@pytest.mark.parametrize("command", [(), SUPERVISED], ids=["scrapy", "supervised"])
def test_ctrl_c_ends_the_paging_keeps_what_was_read_and_ends_130(tmp_path, market, command):
    with market(shop(400)) as box:
        process = start(box, tmp_path, *command)
        wait_until(lambda: box.counts.get("goods", 0) >= 2)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=90)
        asked = box.counts["goods"]
    assert process.returncode == 130
    assert said.strip().splitlines()[-1].startswith("interrupted: ")
    assert asked <= 6  # of eighteen: what was under way when it came
    assert count(tmp_path, "select count(*) from listing") >= 48
    assert count(tmp_path, "select count(*) from run where outcome = 'interrupted'") == 1


def test_a_feed_that_cannot_be_written_is_told_before_anything_is_asked(tmp_path, market):
    (tmp_path / "folder.csv").mkdir()
    with market() as box:
        done = command("crawl", "--brand", "velquora", "-O", "folder.csv", folder=tmp_path, **at(box))
        asked = box.counts
    assert (done.returncode, sum(asked.values())) == (2, 0)
    assert done.stderr.strip().count("\n") == 0
    assert "cannot be written" in done.stderr


def browsers(parent):
    """Chromium processes below a process (Linux)."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            name, _, rest = stat.read_text().partition("(")[2].rpartition(")")
            pid, above = int(stat.parent.name), int(rest.split()[1])
        except (OSError, ValueError, IndexError):
            continue
        if above == parent:
            found += ([pid] if "chrom" in name else []) + browsers(pid)
    return found


@pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")
def test_a_browser_that_is_killed_leaves_what_was_read_and_no_success(tmp_path, market):
    with market(shop(400)) as box:
        process = start(box, tmp_path)
        wait_until(lambda: box.counts.get("goods", 0) >= 3)
        for pid in browsers(process.pid):
            with suppress(ProcessLookupError):  # a child that went with its parent
                os.kill(pid, signal.SIGKILL)
        _, said = process.communicate(timeout=110)
    assert process.returncode == 6, said
    assert "the browser " in said.strip().splitlines()[-1]
    assert "ERR_CERT" not in said  # a browser that was started anew has no profile, no login, and is not used
    assert "Traceback" not in said
    assert count(tmp_path, "select count(*) from listing") >= 48
    assert read_csv(tmp_path / "flagged.csv") is not None
