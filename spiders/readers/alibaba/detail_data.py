"""One product's page of Alibaba.com: `window.detailData` (2022-26). Of the seller's contact nothing is read."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from crawler.answers import Answer, Page, reader
from crawler.decoding import embedded_objects, find_all, literal_value
from crawler.items import Listing, PriceTier
from crawler.marketplaces import identify
from spiders.readers.amounts import Money, localised_count, localised_money
from spiders.readers.fields import (
    attributes,
    count,
    first,
    flag,
    item_id,
    listing,
    pictures,
    plain,
    records,
    seller_id,
    text,
)
from spiders.readers.gone import notice
from spiders.readers.wholesale import least, picture_sources, prices, seller_home, tiers

PROPERTY_LISTS = ("productKeyIndustryProperties", "productBasicProperties", "productOtherProperties")
BRANDS = ("Brand Name", "Brand", "brand name")
MAX_ROWS = 200  # of one list that are looked at


@reader(layout="detail-data", seen="2022..2026", kinds={"detail"})
def detail_data(answer: Answer) -> Page | None:
    """One product; its id is looked for in its data, then in the page's own addresses."""
    for tree in _trees(answer):
        number = item_id(first(_product(tree), "productId", "id")) or named_by_page(answer)
        if number:
            return _page(answer, _article(number, tree, answer))
    return None


@reader(layout="detail-data-nameless", seen="2022..2026", kinds={"detail"})
def nameless_data(answer: Answer) -> Page | None:
    """A saved part of such a page, by which nobody can say which product it is: its id and address are empty."""
    tree = next(_trees(answer), None)
    if tree is None:
        return None
    page = _page(answer, replace(_article("", tree, answer), url=""))
    return replace(page, warnings=("an article without an item id",))


def named_by_page(answer: Answer) -> str | None:
    """The id in the page's own address, as it was asked or as the page says it."""
    said = answer.html.xpath("//link[@rel='canonical']/@href | //meta[@property='og:url']/@content").getall()
    named = (identify(address) for address in (answer.url or "", *said[:5]))
    return next((ref.item_id for ref in named if ref and ref.marketplace == "alibaba"), None)


def _page(answer: Answer, article: Listing) -> Page:
    gone = notice(answer)
    listings = (replace(article, state="gone") if gone else article,)
    return Page(layout="detail-data", kind="detail", listings=listings, gone=gone)


def _trees(answer: Answer) -> Iterator[Any]:
    if answer.json is None and "detailData" in answer.text:
        trees = (literal_value(literal) for literal in embedded_objects(answer.text, "detailData"))
        yield from (tree for tree in trees if _product(tree))


def _product(tree: Any) -> Mapping[str, Any]:
    product = first(tree, "globalData.product", "product")
    return product if isinstance(product, dict) else {}


def _article(number: str, tree: Any, answer: Answer) -> Listing:
    product, seller = _product(tree), first(tree, "globalData.seller", "seller")
    ladder, shown = _ladder(product), _shown(product)
    known = attributes(_attributes(tree, product))
    sold = text(first(tree, "globalData.trade.salesVolume", "globalData.trade.soldQuantity"))
    return listing(
        "alibaba",
        number,
        title=plain(first(product, "subject")) or _title(answer),
        **prices(ladder, shown and (shown.low, shown.high)),
        currency=shown.currency if shown else None,
        moq=least(ladder, first(product, "moq"), first(product, "minOrderQuantity")),
        price_tiers=ladder,
        sold=localised_count(sold),
        sold_text=sold,
        shop_name=plain(first(seller, "companyName") or next(find_all(first(tree, "nodeMap"), "companyName"), None)),
        seller_id=seller_id(first(seller, "companyId")),
        seller_url=_home(seller),
        location=plain(first(seller, "companyRegisterCountry", "countryName")),
        image_urls=pictures(list(_pictures(product))),
        description_image_urls=pictures(list(_described(tree, product))),
        attributes=known,
        brand=next((known[name] for name in BRANDS if name in known), None),
        source="detail",
        state="sold_out" if _is_sold_out(tree, product) else "live",
    )


def _is_sold_out(tree: Any, product: Mapping[str, Any]) -> bool:
    return flag(product.get("tradable")) is False or count(first(tree, "globalData.inventory.totalCount")) == 0


def _ladder(product: Mapping[str, Any]) -> tuple[PriceTier, ...]:
    """Steps by quantity, in dollars where they are given; `price` is in the visitor's own currency."""
    rows = records(first(product, "price.productLadderPrices"))[:MAX_ROWS]
    unit = "dollarPrice" if all(first(row, "dollarPrice") for row in rows) else "price"
    return tiers((first(row, "min", "minQuantity"), first(row, unit)) for row in rows)


def _shown(product: Mapping[str, Any]) -> Money | None:
    """Lowest and highest price, and the currency that all of the product's prices are in."""
    rows = records(first(product, "price.productLadderPrices"))
    dollars = [localised_money(first(row, "dollarPrice")) for row in rows] or [
        localised_money(first(product, f"price.productRangePrices.dollarPriceRange{end}")) for end in ("Low", "High")
    ]
    known = [each for each in dollars if each]
    if known and len(known) == len(dollars):
        return Money(min(each.low for each in known), max(each.high for each in known), "USD")
    written = (
        first(rows[0] if rows else None, "formatPrice"),
        first(product, "price.productRangePrices.priceRangeText"),
        first(product, "price.formatLadderPrice", "price.formatPrice", "price"),
    )
    return next((found for each in written if isinstance(each, str) and (found := localised_money(each))), None)


def _title(answer: Answer) -> str | None:
    """Of a page whose data lacks it: the heading, or what the page tells search engines."""
    heading = answer.html.xpath("//*[contains(@class, 'product-title')]//h1/@title").get()
    for packed in answer.html.xpath("//script[@type='application/ld+json']/text()").getall()[:10]:
        try:
            heading = heading or next((each for each in find_all(json.loads(packed[:200_000]), "name")), None)
        except (ValueError, RecursionError):
            continue
    return plain(heading)


def _home(seller: Any) -> str | None:
    name = text(first(seller, "subDomain"), limit=100)
    own = f"https://{name}.en.alibaba.com/" if name and "." not in name else name
    return seller_home(own, first(seller, "homeUrl"), first(seller, "companyProfileUrl"), first(seller, "companyUrl"))


def _attributes(tree: Any, product: Mapping[str, Any]) -> Iterator[tuple[Any, Any]]:
    for group in records(next(find_all(tree, "productSortedProperties"), None))[:MAX_ROWS]:
        for row in records(group.get("attributeList"))[:MAX_ROWS]:
            yield first(row, "attribute"), first(row, "value")
    for name in PROPERTY_LISTS:
        for row in records(product.get(name))[:MAX_ROWS]:
            yield first(row, "attrName"), first(row, "attrValue")


def _described(tree: Any, product: Mapping[str, Any]) -> Iterator[str]:
    yield from picture_sources(first(product, "productHtmlDescription"))
    description = next(find_all(first(tree, "nodeMap"), "productDescription"), None)
    for item in records(first(description, "details"))[:MAX_ROWS]:
        address = first(item, "imageUrl", "url")
        if isinstance(address, str) and first(item, "type") == "image":
            yield address


def _pictures(product: Mapping[str, Any]) -> Iterator[str]:
    for item in records(first(product, "mediaItems"))[:MAX_ROWS]:
        address = first(item, "imageUrl.big", "imageUrl.normal", "imageUrl.small", "imageUrl")
        if isinstance(address, str) and first(item, "type") != "video":
            yield address
