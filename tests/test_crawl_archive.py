"""The crawl on stored answers: the whole way from a saved page to the CSV, without browser or network."""

import json
import sqlite3

import pytest

from crawler.exports import COLUMNS
from tests.crawling import command, crawl, goods, registered

PLAIN = {"id": 700000000001, "title": "VELQUORA 跑鞋 新款", "price": 550}
DISGUISED = {"id": 700000000002, "title": "V.E.L.Q.U.O.R.A 跑鞋 现货", "price": 500}
SLANG = {"id": 700000000003, "title": "VELQUORA 跑鞋 高仿 顶级复刻", "price": 500}
CHEAP = {"id": 700000000004, "title": "VELQUORA 跑鞋 清仓", "price": 120}
AUTHORISED = {"id": 700000000005, "title": "VELQUORA 跑鞋 高仿", "price": 120, "seller": 900001}
OTHER = {"id": 700000000006, "title": "普通 跑鞋", "price": 50}
DETAIL = {
    "item": {"itemId": "700000000002", "title": "V.E.L.Q.U.O.R.A 跑鞋 现货 全尺码", "images": []},
    "seller": {"shopName": "小店", "sellerId": "77"},
    "skuCore": {"sku2info": {"0": {"price": {"priceText": "480"}, "quantity": 9}}},
    "skuBase": {},
}


@pytest.fixture
def archive(tmp_path):
    registered(tmp_path)
    pages = tmp_path / "pages"
    pages.mkdir()
    (pages / "1.json").write_text(goods(PLAIN, DISGUISED, SLANG, CHEAP, AUTHORISED, OTHER), encoding="utf-8")
    return pages


def ids(done):
    return sorted(int(row["item_id"]) % 100 for row in done.rows)


def listings(folder):
    with sqlite3.connect(folder / "data" / "bazaarwatch.sqlite") as database:
        return database.execute("select count(*) from listing").fetchone()[0]


def test_what_is_flagged_is_written_once_with_its_reasons_and_the_rest_is_stored(tmp_path, archive):
    (archive / "2.json").write_text(goods(DISGUISED, PLAIN), encoding="utf-8")
    done = crawl("-a", "brand=velquora", "-a", f"archive={archive}", folder=tmp_path)
    assert (done.code, ids(done)) == (0, [2, 3, 4])
    assert listings(tmp_path) == 6
    assert all(row["reason_text_en"].endswith(".") and row["reason_text_zh"].endswith("。") for row in done.rows)
    assert tuple(done.rows[0]) == COLUMNS
    assert {row["right_name"] for row in done.rows} == {"VELQUORA"}


def test_a_stored_detail_page_completes_its_card(tmp_path, archive):
    (archive / "2.json").write_text(json.dumps(DETAIL, ensure_ascii=False), encoding="utf-8")
    done = crawl("-a", "brand=velquora", "-a", f"archive={archive}", folder=tmp_path)
    assert ids(done) == [2, 3, 4]
    (row,) = [row for row in done.rows if row["item_id"] == "700000000002"]
    assert (row["title"], row["price_min"], row["stock"]) == ("V.E.L.Q.U.O.R.A 跑鞋 现货 全尺码", "480", "9")


def test_the_same_archive_again_adds_nothing(tmp_path, archive):
    tables = ("listing", "snapshot", "verdict", "finding", "candidate", "seller")

    def rows():
        with sqlite3.connect(tmp_path / "data" / "bazaarwatch.sqlite") as database:
            return [database.execute(f"select count(*) from {table}").fetchone()[0] for table in tables]

    crawl("-a", "brand=velquora", "-a", f"archive={archive}", folder=tmp_path)
    before = rows()
    again = crawl("-a", "brand=velquora", "-a", f"archive={archive}", folder=tmp_path)
    assert rows() == before
    assert ids(again) == [2, 3, 4]


def test_closed_distribution_flags_every_matched_listing_but_the_authorised_sellers(tmp_path, archive):
    registered(tmp_path, "closed")
    done = crawl("-a", "brand=velquora", "-a", f"archive={archive}", folder=tmp_path)
    assert ids(done) == [1, 2, 3, 4]


def test_import_reads_files_and_folders_through_the_same_pipelines(tmp_path, archive):
    done = command("import", archive, archive / "1.json", "--brand", "velquora", "-O", "out.csv", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert listings(tmp_path) == 6
    exported = command("export", "flagged.csv", folder=tmp_path)
    assert exported.stdout == "3 flagged links written to flagged.csv\n"


def test_a_brand_nobody_registered_is_searched_with_a_warning(tmp_path, archive):
    done = crawl("-a", "brand=brelvix", "-a", f"archive={archive}", folder=tmp_path)
    assert (done.code, done.rows) == (0, [])
    assert "warning: brelvix is not registered" in done.said
    assert listings(tmp_path) == 6


def test_a_page_that_is_cut_is_told_and_the_others_are_read(tmp_path, archive):
    whole = (archive / "1.json").read_text(encoding="utf-8")
    (archive / "0.json").write_text(whole[: len(whole) // 2], encoding="utf-8")
    done = crawl("-a", "brand=velquora", "-a", f"archive={archive}", folder=tmp_path)
    assert (done.code, ids(done)) == (6, [2, 3, 4])
    assert "1 pages read, then unknown: " in done.last


def test_an_archive_of_walls_does_not_look_like_success(tmp_path, archive):
    wall = {
        "ret": ["FAIL_SYS_USER_VALIDATE", "RGV587_ERROR::SM::x"],
        "data": {"url": "https://bixi.alicdn.com/punish/x"},
    }
    (archive / "1.json").write_text(json.dumps(wall))
    done = crawl("-a", "brand=velquora", "-a", f"archive={archive}", folder=tmp_path)
    assert done.code == 3
    assert done.last.startswith("blocked: ")


def test_an_archive_of_something_else_is_unknown(tmp_path, archive):
    (archive / "1.json").write_text("<html><body>hello</body></html>")
    done = crawl("-a", "brand=velquora", "-a", f"archive={archive}", folder=tmp_path)
    assert (done.code, done.rows) == (4, [])


@pytest.mark.parametrize(
    ("args", "line"),
    [
        (["-a", "brand="], "error: brand: is empty"),
        (["-a", "brand=x", "-a", "pages=abc"], "error: pages: is no whole number"),
        (["-a", "brand=x", "-a", "archive=nowhere"], "error: archive: nowhere: no such file"),
    ],
)
def test_a_wrong_argument_is_one_line_and_code_2(tmp_path, args, line):
    done = crawl(*args, folder=tmp_path)
    assert (done.code, done.said) == (2, line + "\n")


def test_a_data_folder_that_cannot_be_written_is_one_line(tmp_path):
    (tmp_path / "data").write_text("a file in the way")
    done = crawl("-a", "brand=x", "-a", f"archive={tmp_path}", folder=tmp_path)
    assert done.code == 2
    assert len(done.said.splitlines()) == 1
    assert done.said.startswith("error: the data folder cannot be made: ")


def test_a_chromium_that_is_not_there_is_one_line(tmp_path):
    done = crawl("-a", "brand=x", folder=tmp_path, BAZAARWATCH_BROWSER__EXECUTABLE="/nowhere/chromium")
    assert (done.code, done.said) == (2, "error: browser.executable: /nowhere/chromium cannot be run\n")


def test_a_configuration_that_is_wrong_is_one_line(tmp_path):
    done = crawl("-a", "brand=x", folder=tmp_path, BAZAARWATCH_TRANSPORT="carrier pigeon")
    assert (done.code, len(done.said.splitlines())) == (2, 1)
