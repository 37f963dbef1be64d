"""A store with a register that may be used and candidates of it, for tests of what people do with them."""

from datetime import UTC, datetime
from decimal import Decimal

from store.records import FindingRecord, ListingRecord, PhotoRecord, SellerRecord, SightingRecord, VerdictRecord
from store.sightings import write_sightings
from tests.registering import account, fill, power, right

AT = datetime(2026, 11, 1, 3, 0, tzinfo=UTC)
SLANG = FindingRecord(
    signal="slang",
    right=None,
    score=0.9,
    code="strong",
    surface="高仿",
    en="the title says 高仿, a copy",
    zh="标题含“高仿”",
)
PLAIN = FindingRecord(
    signal="title",
    right="R1",
    score=0.95,
    code="exact",
    surface="ORIVA",
    en="the title names ORIVA",
    zh="标题出现ORIVA",
)
AGAINST = ("fair_price", "the price is that of a genuine article", "价格与正品相当")


def register(session):
    """A right that may be used on Taobao, of client 1 (Oriva), and its papers."""
    fill(session, right(), [account()], [power()])


def sighting(number, *, client="Oriva", title="ORIVA 高仿 跑鞋", photo=None, marketplace="taobao", **changes):
    """A flagged listing as a crawl saw it."""
    known = {
        "id_space": "taobao" if marketplace == "tmall" else marketplace,
        "item_id": str(736546459000 + number),
        "marketplace": marketplace,
        "url": f"https://item.taobao.com/item.htm?id={736546459000 + number}",
        "seen_at": AT,
        "source": "search",
        "title": title,
        "price_min": Decimal("99.50"),
        "currency": "CNY",
        "shop_name": "小店",
        "seller": SellerRecord(seller_id="77", shop_name="小店", url="https://shop77.taobao.com/"),
    }
    shown = photo or f"{number:064x}"
    return SightingRecord(
        listing=ListingRecord(**known | changes),
        photos=(PhotoRecord(sha256=shown, url="u", key=shown, bytes=1, width=9, height=9, format="JPEG", position=1),),
        verdicts=(judged(client=client),),
    )


def judged(**changes):
    """A verdict that flags."""
    known = {
        "right": "R1",
        "rights": {"R1": 0.9},
        "score": 0.9,
        "matched": True,
        "flagged": True,
        "authorised": False,
        "band": "flag",
        "findings": (PLAIN, SLANG),
        "reasons": tuple((each.code, each.en, each.zh) for each in (SLANG, PLAIN)),
        "against": (AGAINST,),
        "evidence": {"rule": 1.0, "strong_slang": 1.0},
        "model": "2026-11-25.1",
    }
    return VerdictRecord(**known | changes)


def flag(store, *sightings):
    """Write them as a crawl does."""
    with store.writing() as session:
        write_sightings(session, sightings)
