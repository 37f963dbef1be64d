"""What the site saw is what was counted, and a wall is remembered by the next run."""

import sqlite3

import pytest

from crawler.marketplaces import marketplace_of
from sandbox.catalogue import read_catalogue
from sandbox.server import Sandbox
from tests.crawling import crawl, registered
from tests.sandbox_shop import line, write


@pytest.mark.browser
def test_the_sites_own_count_is_ours_and_a_wall_keeps_the_next_run_away(tmp_path):
    registered(tmp_path)
    shop = [line(n, title=f"VELQUORA 高仿 跑鞋 {n:03d}", price="560") for n in range(1, 61)]
    with Sandbox(read_catalogue(write(tmp_path, shop)), wall="captcha", after=6) as box:
        env = {"BAZAARWATCH_TRANSPORT": f"sandbox:{box.port}", "BAZAARWATCH_ACCESS__TAOBAO__DELAY": "0"}
        first = crawl("-a", "brand=velquora", folder=tmp_path, **env)
        seen = [each for each in box.requests if marketplace_of(f"https://{each.host}/")]
        again = crawl("-a", "brand=velquora", folder=tmp_path, **env)
        assert len([each for each in box.requests if marketplace_of(f"https://{each.host}/")]) == len(seen)
    with sqlite3.connect(tmp_path / "data" / "bazaarwatch.sqlite") as database:
        (row,) = database.execute("select pages_today, requests_today, cooled_by from access_group").fetchall()
        runs = database.execute("select health, access_group, exit_code from run").fetchall()
    assert first.code == 6, first.said
    assert row[1] == len(seen)
    assert 6 <= row[0] < row[1]
    assert row[2] == "blocked"
    assert runs == [("poor", "taobao", 6)]
    assert (again.code, again.said.partition(":")[0], len(again.said.splitlines())) == (5, "cool-down", 1)
