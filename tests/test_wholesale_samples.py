"""Real answers of 1688 and Alibaba.com are read as their index says; good pages of all sites are no walls.

Skipped where the captured answers are not.
"""

import csv
import json
import re
import unicodedata
from html import unescape
from pathlib import Path

import pytest

from crawler.marketplaces import image_key
from crawler.reading import Answer, Outcome
from crawler.walls import classify
from spiders.parsing import parse_file

SAMPLES = Path(__file__).parents[1].parent / "shared" / "marketplaces" / "samples"

pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the captured answers are not here")


def rows():
    if not SAMPLES.is_dir():
        return []
    with (SAMPLES / "INDEX.tsv").open(encoding="utf-8") as index:
        return list(csv.DictReader(index, delimiter="\t", quoting=csv.QUOTE_NONE))


def name(row):
    return row["file"]


def same(text):
    plain = unescape(re.sub(r"<[^>]+>", "", str(text)))
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", plain)).strip()


READ = [row for row in rows() if row["site"] in ("1688", "alibaba") and row["expected"].startswith("[{")]
GOOD = [row for row in rows() if row["expected"].startswith("[")]


@pytest.mark.parametrize("row", READ, ids=name)
def test_listings_are_those_of_the_index(row):
    found = parse_file(row["site"], SAMPLES / row["file"]).page.listings
    assert len(found) == int(row["listings"])
    by_id = {listing.item_id: listing for listing in found}
    for wanted in json.loads(row["expected"]):
        got = by_id[wanted["id"]] if "id" in wanted else found[0]
        assert same(got.title) == same(wanted["title"])
        if "price" in wanted:
            assert abs(float(got.price_min) - float(re.search(r"[\d.]+", wanted["price"]).group())) < 0.005
        assert "shop" not in wanted or same(got.shop_name) == same(wanted["shop"])
        assert "shop_url" not in wanted or got.seller_url == wanted["shop_url"] + "/"
        assert "member_id" not in wanted or got.seller_id == wanted["member_id"]
        assert "brand" not in wanted or got.brand == wanted["brand"]
        assert "ad" not in wanted or bool(got.is_ad) == wanted["ad"]
        assert "province" not in wanted or got.location == f"{wanted['province']} {wanted['city']}"
        assert "sales" not in wanted or got.sold == wanted["sales"]
        assert "image" not in wanted or image_key(got.image_urls[0]) == image_key(wanted["image"])
        assert wanted.get("attributes", {}).items() <= got.attributes.items()


@pytest.mark.parametrize("row", GOOD, ids=name)
def test_a_good_page_of_any_site_is_no_wall(row):
    assert classify(Answer((SAMPLES / row["file"]).read_bytes())).outcome is Outcome.PAGE
