"""Real answers that stay outside of the repository are read as their index says. Skipped where they are not."""

import csv
import json
import re
import unicodedata
from html import unescape
from pathlib import Path

import pytest

from crawler.reading import Outcome
from spiders.parsing import exit_code, parse_file

SAMPLES = Path(__file__).parents[1].parent / "shared" / "marketplaces" / "samples"
NOT_AN_ANSWER = "search-2026-card-texts.json"  # texts that were copied out of a page

pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the captured answers are not here")


def rows():
    if not SAMPLES.is_dir():
        return []
    with (SAMPLES / "INDEX.tsv").open(encoding="utf-8") as index:
        found = list(csv.DictReader(index, delimiter="\t", quoting=csv.QUOTE_NONE))
    kept = [row for row in found if row["site"] in ("taobao", "tmall") and NOT_AN_ANSWER not in row["file"]]
    return kept + [row for row in found if row["site"] not in ("taobao", "tmall") and row["kind"] == "block"]


def same(text):
    plain = unescape(re.sub(r"<[^>]+>", "", str(text)))
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", plain)).strip()


GOODS = [row for row in rows() if row["expected"].startswith("[{")]
WALLS = [row for row in rows() if row["kind"] == "block"]


def name(row):
    return row["file"]


@pytest.mark.parametrize("row", GOODS, ids=name)
def test_the_number_of_listings_is_the_one_of_the_index(row):
    found = parse_file(row["site"], SAMPLES / row["file"])
    assert len(found.page.listings) == int(row["listings"])


@pytest.mark.parametrize("row", GOODS, ids=name)
def test_titles_shops_prices_and_sellers_are_those_of_the_index(row):
    listings = {each.item_id: each for each in parse_file(row["site"], SAMPLES / row["file"]).page.listings}
    for wanted in json.loads(row["expected"]):
        got = listings[wanted["id"]]
        assert same(got.title) == same(wanted["title"])
        assert abs(float(got.price_min) - lowest(wanted["price"])) < 0.005
        assert "shop" not in wanted or same(got.shop_name) == same(wanted["shop"])
        assert "seller_id" not in wanted or got.seller_id == wanted["seller_id"]
        assert "ad" not in wanted or bool(got.is_ad) == wanted["ad"]
        assert "brand" not in wanted or got.brand == wanted["brand"]
        assert "loc" not in wanted or got.location == wanted["loc"]
        assert "image" not in wanted or got.image_urls[0].endswith(wanted["image"].removeprefix("https:"))


def lowest(shown):
    return float(re.match(r"[\d.]+", shown).group())


@pytest.mark.parametrize("row", WALLS, ids=name)
def test_a_wall_is_named_and_ends_with_three(row):
    wanted = json.loads(row["expected"])
    found = parse_file(row["site"], SAMPLES / row["file"])
    login, retry = wanted.get("login_required"), wanted.get("retryable_by_page")
    assert found.outcome is (Outcome.LOGIN_REQUIRED if login else Outcome.HANDSHAKE if retry else Outcome.BLOCKED)
    assert exit_code(found) == 3


def test_a_genuine_empty_result_is_empty_with_proof():
    found = parse_file("taobao", SAMPLES / "taobao" / "search-2017-ps4-no-result.json")
    assert (found.outcome, found.signal) == (Outcome.EMPTY, "mods.noresult is shown, code 2")


def test_an_error_envelope_is_an_error():
    found = parse_file("taobao", SAMPLES / "taobao" / "api-top-error-response.json")
    assert (found.signal, exit_code(found)) == ("error: 25 Invalid signature", 4)


@pytest.mark.parametrize("row", [row for row in GOODS if row["kind"] == "search"], ids=name)
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_cut_answer_is_never_empty_nor_a_fault(tmp_path, row, share):
    body = (SAMPLES / row["file"]).read_bytes()
    file = tmp_path / "cut"
    file.write_bytes(body[: int(share * len(body))])
    found = parse_file(row["site"], file)
    assert found.outcome in (Outcome.PAGE, Outcome.UNKNOWN)
    assert "failed" not in found.signal
