"""`parse`: a file to a reading, an exit code, a line for the user, and lines of JSON."""

import json
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from crawler.items import Listing, PriceTier
from crawler.marketplaces import UnknownMarketplaceError
from crawler.reading import Outcome, Reading
from spiders.parsing import UnreadableError, exit_code, line, listing_to_json, parse_file

FIXTURES = Path(__file__).parent / "fixtures" / "taobao"


@pytest.mark.parametrize("marketplace", ["taobao", "tmall"])
def test_taobao_and_tmall_share_their_readers(marketplace):
    assert parse_file(marketplace, FIXTURES / "tmall-list.html").outcome is Outcome.PAGE


def test_a_file_is_known_by_its_content_not_by_its_name(tmp_path):
    file = tmp_path / "page.png"
    file.write_bytes((FIXTURES / "page-config.html").read_bytes())
    assert parse_file("taobao", file).signal == "g-page-config"


def test_the_address_of_a_saved_answer_counts(tmp_path):
    file = tmp_path / "page.html"
    file.write_text("<html></html>")
    found = parse_file("taobao", file, "https://login.taobao.com/member/login.jhtml")
    assert found.outcome is Outcome.LOGIN_REQUIRED


def test_a_marketplace_without_readers_knows_no_layout():
    assert parse_file("alibaba", FIXTURES / "tbk.json").outcome is Outcome.UNKNOWN


def test_an_unknown_marketplace_is_refused():
    with pytest.raises(UnknownMarketplaceError):
        parse_file("ebay", FIXTURES / "tbk.json")


@pytest.mark.parametrize("name", ["missing.html", "", "a\0b"])
def test_a_file_that_cannot_be_read_is_told_in_one_line(tmp_path, name):
    with pytest.raises(UnreadableError) as error:
        parse_file("taobao", tmp_path / name)
    assert "\n" not in str(error.value)


def test_a_file_larger_than_any_page_is_refused(tmp_path):
    file = tmp_path / "large.html"
    with file.open("wb") as large:
        large.truncate(33 * 2**20)
    with pytest.raises(UnreadableError, match="larger than 32 MB"):
        parse_file("taobao", file)


def test_an_empty_file_has_no_known_layout(tmp_path):
    file = tmp_path / "empty.html"
    file.touch()
    assert line(parse_file("taobao", file)) == "unknown layout: no known layout"


@pytest.mark.parametrize(
    ("outcome", "code"),
    [
        (Outcome.PAGE, 0),
        (Outcome.EMPTY, 0),
        (Outcome.GONE, 0),
        (Outcome.BLOCKED, 3),
        (Outcome.LOGIN_REQUIRED, 3),
        (Outcome.RATE_LIMITED, 3),
        (Outcome.HANDSHAKE, 3),
        (Outcome.ERROR, 4),
        (Outcome.UNKNOWN, 4),
    ],
)
def test_an_outcome_has_its_exit_code(outcome, code):
    assert exit_code(Reading(outcome)) == code


@pytest.mark.parametrize(
    ("reading", "said"),
    [
        (Reading(Outcome.EMPTY, "totalResults is 0"), "empty: totalResults is 0"),
        (Reading(Outcome.GONE, "此宝贝已下架"), "gone: 此宝贝已下架"),
        (Reading(Outcome.LOGIN_REQUIRED, "ret NEED_LOGIN"), "login_required: ret NEED_LOGIN"),
        (Reading(Outcome.ERROR, "error: 25 Invalid signature"), "error: 25 Invalid signature"),
        (Reading(Outcome.UNKNOWN, "JSON that is cut in the middle"), "unknown layout: JSON that is cut in the middle"),
        (Reading(Outcome.PAGE, "tbk"), None),
    ],
)
def test_an_outcome_is_told_in_one_line(reading, said):
    assert line(reading) == said


def test_recommendations_are_told_beside_their_listings():
    found = parse_file("taobao", FIXTURES / "mtop-loosened.json")
    assert (exit_code(found), line(found)) == (0, "empty: totalResults is 0; what follows are recommendations")


LISTING = Listing(
    marketplace="taobao",
    item_id="1001",
    url="https://item.taobao.com/item.htm?id=1001",
    title="羽\u2028岚\u202e\u200b\x85😀",
    price_min=Decimal("1E+2"),
    price_tiers=(PriceTier(quantity=2, price=Decimal("9.90")),),
    image_urls=("https://img.alicdn.com/x.jpg",),
    seen_at=datetime(2026, 11, 23, tzinfo=UTC),
)


def test_a_listing_is_one_line_of_json_whatever_its_title():
    assert len(listing_to_json(LISTING).splitlines()) == 1


def test_a_listing_comes_back_from_its_json():
    back = json.loads(listing_to_json(LISTING))
    assert (back["title"], back["price_min"], back["seen_at"]) == (LISTING.title, "100", "2026-11-23T00:00:00+00:00")
    assert (back["price_tiers"], back["image_urls"]) == (
        [{"quantity": 2, "price": "9.90"}],
        ["https://img.alicdn.com/x.jpg"],
    )


def test_chinese_is_readable_and_what_turns_a_terminal_around_is_escaped():
    written = listing_to_json(LISTING)
    assert "羽" in written
    assert "\\u202e" in written
