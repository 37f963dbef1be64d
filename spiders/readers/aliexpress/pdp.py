"""AliExpress's detail page as its own JavaScript asks for it: `mtop.aliexpress.pdp.pc.query` (2024 to 2026)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from crawler.answers import Answer, Page, reader
from crawler.items import Listing
from crawler.marketplaces import query_value
from crawler.walls import one_line
from spiders.readers.aliexpress.parts import (
    BRAND_ID,
    NAME,
    bearing,
    number,
    price,
    properties,
    span,
    store_address,
)
from spiders.readers.amounts import Money, currency_code, localised_count
from spiders.readers.fields import (
    count,
    first,
    flag,
    listing,
    money,
    parameters,
    pictures,
    plain,
    records,
    seller_id,
    text,
)

LAYOUT = "pdp-query"
NO_SUCH_ITEM = "SITEM_NOT_EXIST"
MAX_CHOICES = 1_000  # of one article that are looked at
_LOCAL = re.compile(r"[^|]{0,60}\|([0-9]{1,12})\|([0-9]{0,4})")  # "US $3.43|3|43": as shown, whole, decimals


@reader(layout=LAYOUT, seen="2024..2026", kinds={"detail"})
def pdp_query(answer: Answer) -> Page | None:
    """One article. An article that is gone has the return code SUCCESS too, and says so in an error code."""
    tree = bearing(answer.json, "GLOBAL_DATA", "PRODUCT_TITLE")
    if tree is None:
        return None
    known = first(tree, "GLOBAL_DATA.globalData")
    code = text(first(known, "errorCode"), limit=60)
    article = _article(tree, known, answer.url)
    if code == NO_SUCH_ITEM or article is None:
        gone = f"errorCode {code}" if code == NO_SUCH_ITEM else None
        warnings = () if gone or not code else (one_line(f"errorCode {code}"),)  # not offered in this region, mostly
        return Page(layout=LAYOUT, kind="detail", gone=gone, warnings=warnings)
    return Page(layout=LAYOUT, kind="detail", listings=(article,))


def _article(tree: Mapping[str, Any], known: Any, url: str | None) -> Listing | None:
    asked = first(parameters(query_value(url or "", "data")), "productId")
    key = number(first(known, "productId"), first(tree, "PRICE.productId"), asked)
    title = plain(first(tree, "PRODUCT_TITLE.text") or first(known, "subject"))
    if not key or not title:
        return None
    shop, seller = first(tree, "SHOP_CARD_PC"), first(tree, "SHOP_CARD_PC.sellerInfo")
    cost = _prices(first(tree, "PRICE"))
    stock = count(first(tree, "QUANTITY_PC.totalAvailableInventory"))
    sold = text(first(tree, "PC_RATING.otherText") or first(known, "sales"))
    listed = first(tree, "PRODUCT_PROP_PC")
    attributes, brand = properties(first(listed, "showedProps", "props", "outerProps"))
    return listing(
        NAME,
        key,
        title=title,
        price_min=cost.low if cost else None,
        price_max=cost.high if cost else None,
        currency=(cost.currency if cost else None) or currency_code(first(known, "currencyCode")),
        sold=localised_count(sold),
        sold_text=sold,
        shop_name=plain(first(shop, "storeName") or first(known, "storeName", "sellerName")),
        seller_id=seller_id(first(seller, "adminSeq"), first(known, "sellerId")),
        seller_url=store_address(first(seller, "storeURL"), first(seller, "storeNum") or first(known, "storeId")),
        location=plain(first(seller, "countryCompleteName")),
        image_urls=pictures(*_images(first(tree, "HEADER_IMAGE_PC"))),
        attributes=attributes,
        brand=plain(first(listed, f"showedPropsMap.{BRAND_ID}.attrValue")) or brand,
        stock=stock,
        source="detail",
        state="sold_out" if stock == 0 or flag(first(known, "productInfo.hasStock")) is False else "live",
    )


def _images(header: Any) -> Iterator[Any]:
    yield first(header, "imagePathList", "imgList")
    yield [first(each, "imageUrl") for each in records(first(header, "mainImages"))]


def _prices(prices: Any) -> Money | None:
    """From the cheapest choice to the dearest; the one that is selected is one of them."""
    choices = first(prices, "skuIdStrPriceInfoMap", "skuPriceInfoMap")
    infos = list(choices.values())[:MAX_CHOICES] if isinstance(choices, dict) else []
    return span(_price(info) for info in [first(prices, "targetSkuPriceInfo"), *infos])


def _price(info: Any) -> Money | None:
    """What is asked now; else the price before discounts, which is always there."""
    before = first(info, "originalPrice")
    code = currency_code(first(before, "currency"))
    exact = money(first(info, "salePrice.value")) or _local(first(info, "salePriceLocal"))
    now = Money(exact, exact, None) if exact else price(first(info, "salePriceString"), first(info, "salePrice"))
    found = now or price(first(before, "formatedAmount"), before)
    return Money(found.low, found.high, code or found.currency) if found else None


def _local(written: Any) -> Decimal | None:
    found = _LOCAL.fullmatch(written) if isinstance(written, str) else None
    return money(".".join(filter(None, found.groups()))) if found else None
