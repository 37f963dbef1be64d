"""Files for people: read back as they were meant, run by no spreadsheet."""

import csv
import hashlib
import io
from dataclasses import replace
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.exports import BOM, COLUMNS, CsvExporter, safe_cell, write_csv, write_links, write_xlsx
from crawler.flagged import FlaggedLink, moment, signals
from crawler.items import Listing

LINK = FlaggedLink(
    client="Oriva AG",
    platform="taobao",
    item_id="736546459871",
    url="https://item.taobao.com/item.htm?id=736546459871",
    title='=HYPERLINK("http://x"), "奥\n丽瓦"',
    price_min=Decimal("9.90"),
    score=0.97,
)


def written_by_scrapy(*rows):
    file = io.BytesIO()
    exporter = CsvExporter(file)
    exporter.start_exporting()
    for row in rows:
        exporter.export_item(row)
    exporter.finish_exporting()
    return file.getvalue()


def test_a_crawls_csv_and_an_exported_one_are_the_same(tmp_path):
    write_csv(tmp_path / "flagged.csv", [LINK])
    assert (tmp_path / "flagged.csv").read_bytes() == written_by_scrapy(LINK)


def test_a_crawl_that_flagged_nothing_writes_the_header_all_the_same():
    assert written_by_scrapy().decode("utf-8-sig").strip().split(",") == list(COLUMNS)


def test_a_csv_begins_with_a_mark_and_is_read_back(tmp_path):
    write_csv(tmp_path / "flagged.csv", [LINK])
    assert (tmp_path / "flagged.csv").read_bytes().startswith(BOM)
    with (tmp_path / "flagged.csv").open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert row["title"] == "'" + LINK.title
    assert (row["item_id"], row["price_min"], row["stock"]) == ("736546459871", "9.90", "")


def test_the_columns_are_the_fields_in_their_order(tmp_path):
    write_csv(tmp_path / "empty.csv", [])
    assert (tmp_path / "empty.csv").read_text("utf-8-sig").strip().split(",") == list(COLUMNS)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx", "\rx"])
def test_a_cell_that_begins_like_a_formula_gets_an_apostrophe(text):
    assert safe_cell(text) == "'" + text


def test_a_number_stays_a_number():
    assert (safe_cell(-3), safe_cell(Decimal("-1.50"))) == (-3, "-1.50")


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_no_text_of_a_seller_begins_a_formula(text):
    assert not str(safe_cell(text)).startswith(("=", "+", "-", "@", "\t", "\r"))


def test_an_xlsx_keeps_ids_as_text_and_runs_nothing(tmp_path):
    write_xlsx(tmp_path / "flagged.xlsx", [LINK])
    header, row = openpyxl.load_workbook(tmp_path / "flagged.xlsx").active.iter_rows()
    cells = dict(zip([cell.value for cell in header], row, strict=True))
    assert (cells["item_id"].value, cells["item_id"].data_type) == ("736546459871", "s")
    assert cells["title"].data_type == "s"
    assert cells["price_min"].value == 9.9


def test_links_are_canonical_once_each_with_their_hash(tmp_path):
    write_links(tmp_path / "links.txt", [LINK, replace(LINK, client="other")])
    data = (tmp_path / "links.txt").read_bytes()
    assert data == b"https://item.taobao.com/item.htm?id=736546459871\n"
    assert (tmp_path / "links.txt.sha256").read_text().split()[0] == hashlib.sha256(data).hexdigest()


def test_times_are_the_platforms_own():
    listing = Listing(marketplace="taobao", item_id="1", url="x")
    assert moment(listing.seen_at).endswith("+08:00")


def test_signals_are_told_once_the_surest_first():
    assert signals([("slang", 0.5), ("title", 0.4), ("slang", 0.9)]) == "slang=0.90;title=0.40"


def test_half_characters_and_nul_of_a_seller_become_writable():
    listing = Listing(marketplace="taobao", item_id="1", url="x", title="a\ud800b\x00c", shop_name="\udfff")
    assert (listing.title, listing.shop_name) == ("a\ufffdb\ufffdc", "\ufffd")
