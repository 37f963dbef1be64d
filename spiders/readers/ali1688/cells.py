"""One offer of 1688 as its lists give it, whichever list it is: flat (2024-26), or in groups of fields (2020-22)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from crawler.items import Listing
from crawler.marketplaces import identify
from spiders.readers.fields import (
    count,
    first,
    flag,
    item_id,
    listing,
    money,
    money_range,
    pictures,
    plain,
    records,
    seller_id,
    text,
)
from spiders.readers.wholesale import least, prices, seller_home, tiers

IDS = ("offerId", "id", "offer_id", "aliTalk.infoId")
LINKS = ("linkUrl", "information.detailUrl", "detailUrl", "odUrl")
PRICES = (
    "priceInfo.price",
    "tradePrice.offerPrice.priceInfo.price",
    "tradePrice.offerPrice.offerPrice.price",
    "price",
    "offerPrice",
)
STEPS = ("shopAddition.quantityPrices", "quantityPrices", "tradePrice.offerPrice.quantityPrices")
AD_HOST = "//dj.1688.com/"


def offer(
    item: Mapping[str, Any], position: int, *, query: str | None = None, loosened: bool = False
) -> Listing | None:
    """A card of a result list; None when it names no article."""
    link = first(item, *LINKS)
    link = link if isinstance(link, str) else ""
    number = offer_id(item)
    if not number:
        return None
    ladder = tiers(_steps(item))
    sold = text(first(item, "bookedCount", "afterPrice.text", "tradeQuantity.quantitySumMonth", "saleQuantity"))
    return listing(
        "1688",
        number,
        title=plain(first(item, "title", "subject", "information.subject", "information.simpleSubject")),
        **prices(ladder, _price(item)),
        moq=least(ladder, first(item, "quantityBegin", "tradeQuantity.quantityBegin")),
        price_tiers=ladder,
        sold=count(sold),
        sold_text=sold,
        shop_name=plain(first(item, "shop.text", "companyName", "company.name", "shop.companyName")),
        seller_id=seller_id(first(item, "memberId", "company.memberId", "sellerMemberId", "shop.memberId")),
        seller_url=seller_home(
            first(item, "shopAddition.shopLinkUrl"), item.get("winPortUrl"), first(item, "company.url")
        ),
        location=_place(item),
        image_urls=pictures(*_pictures(item)),
        is_ad=_is_ad(item, link),
        is_recommended=loosened,
        position=position,
        query=query,
    )


def offer_id(item: Any) -> str | None:
    """The id of the article; from its link where it does not stand by itself."""
    if number := item_id(first(item, *IDS)):
        return number
    link = first(item, *LINKS)
    named = identify(link) if isinstance(link, str) else None
    return named.item_id if named else None


def _steps(item: Mapping[str, Any]) -> Iterator[tuple[Any, Any]]:
    for step in records(first(item, *STEPS)):
        amount = first(step, "valueString", "price")
        yield step.get("quantity"), amount if amount is not None else _joined(step.get("value"))


def _price(item: Mapping[str, Any]) -> Any:
    known = (money_range(first(item, path)) for path in PRICES)
    exact = money(_joined(first(item, "tradePrice.offerPrice.originalValue")))
    return next((price for price in known if price), None) or ((exact, exact) if exact else None)


def _joined(value: Any) -> Any:
    """12.50 as {integer: 12, decimals: 50}."""
    if not isinstance(value, dict):
        return value
    whole, part = text(value.get("integer")), text(value.get("decimals"))
    return f"{whole}.{part or 0}" if whole else None


def _place(item: Mapping[str, Any]) -> str | None:
    province, city = (plain(first(item, name, f"company.{name}")) for name in ("province", "city"))
    return " ".join(filter(None, (province, city))) or None


def _pictures(item: Mapping[str, Any]) -> Iterator[Any]:
    yield first(item, "odPicUrl", "image.imgUrl", "imageUrl")
    for several in (first(item, "offerPicUrl"), first(item, "list.cover.pic")):
        yield several.split(",")[:50] if isinstance(several, str) else several
    yield [first(each, "imageURI", "fullPathImageURI") for each in records(first(item, "offerImages"))]


def _is_ad(item: Mapping[str, Any], link: str) -> bool | None:
    """By its flag, its kind, or the host of its link; unknown where it has none of them."""
    if AD_HOST in link or item.get("type") == "bid":
        return True
    said = flag(item["isP4P"]) if "isP4P" in item else None
    return said if said is not None else False if link else None
