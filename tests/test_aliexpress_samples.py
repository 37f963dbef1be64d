"""Real answers of AliExpress, which stay outside of the repository, are read as their index says.

Skipped where they are not there.
"""

import csv
import json
from decimal import Decimal
from pathlib import Path

import pytest

from crawler.marketplaces import canonical_id
from crawler.reading import Outcome
from spiders.parsing import parse_file
from spiders.readers.amounts import localised_money
from tests.test_reading_samples import SAMPLES, same

pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the captured answers are not here")


def rows():
    if not SAMPLES.is_dir():
        return []
    with (SAMPLES / "INDEX.tsv").open(encoding="utf-8") as index:
        found = list(csv.DictReader(index, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [row for row in found if row["site"] == "aliexpress" and row["expected"].startswith("[{")]


def name(row):
    return Path(row["file"]).name


def listings(row):
    found = parse_file("aliexpress", SAMPLES / row["file"])
    assert found.outcome is Outcome.PAGE
    return found.page.listings


@pytest.mark.parametrize("row", rows(), ids=name)
def test_the_number_of_listings_is_the_one_of_the_index(row):
    assert len(listings(row)) == int(row["listings"])


@pytest.mark.parametrize("row", rows(), ids=name)
def test_titles_shops_prices_and_sellers_are_those_of_the_index(row):
    found = listings(row)
    by_id = {each.item_id: each for each in found}
    for wanted in json.loads(row["expected"]):
        got = by_id[canonical_id("aliexpress", wanted["id"])] if "id" in wanted else found[0]
        price = localised_money(wanted.get("price_min") or wanted["price"])
        assert same(got.title) == same(wanted["title"])
        assert abs(got.price_min - price.low) < Decimal("0.005")
        assert not wanted.get("shop") or same(got.shop_name) == same(wanted["shop"])
        assert "seller_id" not in wanted or got.seller_id == str(wanted["seller_id"])
        assert "store_num" not in wanted or got.seller_url.endswith(f"/store/{wanted['store_num']}")
        assert "ad" not in wanted or bool(got.is_ad) == wanted["ad"]
        assert not wanted.get("sales") or got.sold_text == wanted["sales"]
        assert "currency" not in wanted or got.currency == wanted["currency"]
