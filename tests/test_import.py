"""`bazaarwatch import`: files of every kind, of any site, through the pipelines of a crawl."""

import gzip
import sqlite3

import pytest

from crawler.cli.sorting import spiders_by_group, what_is_in
from spiders.taobao import Taobao
from tests.archiving import (
    DETAIL_CALL,
    SEARCH_CALL,
    data_address,
    detail,
    drawn_card,
    entry,
    har,
    picture,
    single_file,
    wacz,
    warc,
)
from tests.crawling import command, goods, read_csv, registered

COPY = {"id": 700000000001, "title": "VELQUORA 跑鞋 高仿 顶级复刻", "price": 500}
PLAIN = {"id": 700000000002, "title": "VELQUORA 跑鞋", "price": 550}
ELSEWHERE = "https://www.aliexpress.com/item/1005000000000001.html"
ONLY_TAOBAO = {"taobao": Taobao}


@pytest.fixture
def folder(tmp_path):
    registered(tmp_path)
    return tmp_path


def imported(folder, *args, code=0):
    done = command("import", *args, "--brand", "velquora", "-O", "out.csv", folder=folder)
    assert done.returncode == code, done.stderr
    return done


def count(folder, table):
    with sqlite3.connect(folder / "data" / "bazaarwatch.sqlite") as database:
        return database.execute(f"select count(*) from {table}").fetchone()[0]


def test_recordings_and_pages_of_every_kind_are_read_without_naming_a_site(folder):
    (folder / "browsing.har").write_text(har(entry(SEARCH_CALL, goods(COPY)), entry(ELSEWHERE, "<html>", "text/html")))
    (folder / "run.warc.gz").write_bytes(
        warc((DETAIL_CALL.format(COPY["id"]), detail(COPY["id"], "VELQUORA 高仿 全码")))
    )
    wacz(folder / "crawl.wacz", warc((SEARCH_CALL, goods(PLAIN))))
    saved = folder / "saved"
    saved.mkdir()
    image = f"<img src='{data_address(picture('navy', 200))}'>"
    (saved / "page.html").write_text(single_file(drawn_card(700000000003, "VELQUORA 袜子", image)))
    done = imported(folder, "browsing.har", "run.warc.gz", "crawl.wacz", "saved")
    assert count(folder, "listing") == 3
    assert count(folder, "photo") == 1
    (row,) = read_csv(folder / "out.csv")
    assert (row["title"], row["stock"]) == ("VELQUORA 高仿 全码", "9")
    assert "warning: page" not in done.stderr


def test_files_with_nothing_readable_are_a_line_each_and_no_success(folder):
    (folder / "a.html").write_text("<html>hello</html>")
    (folder / "b.har").write_text(har())
    (folder / "c.warc.gz").write_bytes(gzip.compress(b"WARC/1.0"))
    (folder / "d.json").touch()
    (folder / "all").mkdir()
    for name in ("a.html", "b.har", "c.warc.gz", "d.json"):
        (folder / name).rename(folder / "all" / name)
    done = imported(folder, "all", code=4)
    told = done.stderr.splitlines()
    assert [line.split(":")[1].strip() for line in told] == ["a.html", "b.har", "c.warc.gz", "d.json"]
    assert "warning: b.har: nothing in it that this version can read" in told
    assert "Traceback" not in done.stderr


def test_a_file_that_is_not_there_is_one_line(folder):
    done = imported(folder, "nowhere.har", code=2)
    assert done.stderr == "error: nowhere.har: no such file or folder\n"


def test_an_archive_without_anything_of_the_site_is_no_success(folder):
    (folder / "a.har").write_text(har(entry(ELSEWHERE, "<html>", "text/html")))
    done = command("import", "a.har", "--brand", "velquora", "--marketplace", "taobao", folder=folder)
    assert done.returncode == 4
    assert "no answer of taobao in a.har" in done.stderr


def groups(tmp_path, data, spiders=ONLY_TAOBAO):
    file = tmp_path / "file"
    file.write_bytes(data.encode() if isinstance(data, str) else data)
    return what_is_in(file, spiders)


def test_a_page_without_an_address_is_of_the_site_whose_readers_know_it(tmp_path):
    assert groups(tmp_path, goods(COPY)).groups == {"taobao"}
    assert groups(tmp_path, "<html>").line == "unknown: no known layout"


def test_a_page_with_an_address_is_of_that_site_whatever_it_holds(tmp_path):
    assert groups(tmp_path, single_file("a new layout")).groups == {"taobao"}
    found = groups(tmp_path, single_file("a page", ELSEWHERE))
    assert (found.groups, found.line) == (set(), "it is of aliexpress, which this version does not read")


def test_a_browsers_recording_is_of_the_sites_whose_goods_are_in_it(tmp_path):
    beside = entry("https://log.taobao.com/x", "{}")
    assert groups(tmp_path, har(beside)).groups == set()
    assert groups(tmp_path, har(beside, entry(SEARCH_CALL, goods(COPY)))).groups == {"taobao"}


def test_a_picture_is_of_no_site_and_nothing_is_said_of_it(tmp_path):
    found = groups(tmp_path, picture())
    assert (found.groups, found.is_picture, found.line) == (set(), True, None)


def test_a_spider_stands_for_each_access_group(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    assert spiders_by_group()["taobao"] is Taobao
