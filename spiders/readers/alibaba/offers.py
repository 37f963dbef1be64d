"""Result lists of Alibaba.com: all of their data stands in the page (2022-26), nothing is called for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from crawler.answers import Answer, Page, reader
from crawler.decoding import embedded_objects, find_all, literal_value
from crawler.items import Listing, Source
from crawler.marketplaces import identify, query_value
from spiders.readers.amounts import localised_count, localised_money
from spiders.readers.cards import page_of_cards
from spiders.readers.fields import count, first, flag, item_id, listing, pictures, plain, records, seller_id, text
from spiders.readers.keywords import doubts, keyword_in
from spiders.readers.wholesale import least, prices, seller_home, tiers

AD_HOST = "//cn-click.alibaba.com/"
AD_FLAGS = ("information.p4p", "p4p", "isP4p", "information.adP4p")
TITLES = ("enPureTitle", "pureTitle", "information.puretitle", "information.title", "title.displayTitle", "title")
LINKS = ("productUrl", "information.productUrl", "detailUrl")
PRICES = ("price", "tradePrice.price", "promotionInfoVO.localOriginalPriceRangeStr")
LEAST = ("moqV2", "moq", "tradePrice.minOrder", "minOrder", "minOrderQuantity")
SHOPS = ("companyName", "supplier.supplierName", "supplierName")
SELLERS = ("companyId", "supplier.supplierId", "supplierId")
HOMES = ("supplierHomeHref", "supplier.supplierHomeHref", "supplierHref", "supplier.supplierHref")
PLACES = ("supplier.supplierProvince.name", "supplier.supplierCountry.name", "countryName", "countryCode")
SOLD = ("soldOrder", "salesVolume", "sold")


@reader(layout="sse-offers", seen="2024..2026", kinds={"search", "shop"})
def sse_offers(answer: Answer) -> Page | None:
    """`__page__data_sse10._offer_list = {...}`, or `_zero` where nothing was found."""
    markers = ("_offer_list", "_zero", "__page__data_sse10")
    trees = (tree for marker in markers for tree in _trees(answer, marker))
    return next((page for tree in trees if (page := _page("sse-offers", answer, tree))), None)


@reader(layout="page-data", seen="2022", kinds={"search", "shop"})
def page_data(answer: Answer) -> Page | None:
    """`__page__data__config = {...}`: the first screen of the results; or the same object as JSON."""
    trees = [answer.json] if answer.json is not None else _trees(answer, "__page__data__config")
    return next((page for tree in trees if (page := _page("page-data", answer, tree))), None)


def _trees(answer: Answer, marker: str) -> Iterator[Any]:
    if answer.json is None and marker in answer.text:
        yield from (literal_value(literal) for literal in embedded_objects(answer.text, marker))


def _page(layout: str, answer: Answer, tree: Any) -> Page | None:
    result = next((each for each in find_all(tree, "offerResultData") if isinstance(each, dict)), None)
    if result is None:
        return None
    total = count(first(result, "totalCount"))
    goods = _goods(result)
    if not goods and total is None and not {"offers", "offerList"} & result.keys():
        return None
    nothing = "offerResultData.totalCount is 0" if total == 0 else None
    source: Source = "shop" if seller_home(answer.url) else "search"  # a seller's own list may stand there too
    asked = keyword_in(answer.url, "SearchText", "keywords")
    query = text(first(tree, "props.keyword") or first(tree, "keyword")) or asked
    return page_of_cards(
        layout,
        (_card(item, n, query, nothing is not None, source) for n, item in enumerate(goods, 1)),
        kind="shop" if source == "shop" else "search",
        total=total,
        query=query,
        page=count(first(result, "paginationData.currentPage") or query_value(answer.url or "", "page")),
        pages=count(first(result, "paginationData.pageCount")),
        empty=nothing,
        warnings=doubts(asked, query),
    )


def _goods(result: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The offers; where they are gathered by supplier, each supplier's."""
    several = records(first(result, "offers", "offerList"))
    return [each for one in several for each in (records(one.get("productList")) or [one])]


def _card(item: Mapping[str, Any], position: int, query: str | None, loosened: bool, source: Source) -> Listing | None:
    link, bought = first(item, *LINKS), first(item, "eurl", "information.eurl")
    named = identify(link) if isinstance(link, str) else None
    number = item_id(first(item, "productId", "id", "information.id")) or (named.item_id if named else None)
    if not number:
        return None
    ladder = tiers(
        (s.get("quantityMin"), s.get("price")) for s in records(first(item, "promotionInfoVO.quantityPrices"))
    )
    shown = next((found for path in PRICES if (found := localised_money(first(item, path)))), None)
    sold = text(first(item, *SOLD))
    return listing(
        "alibaba",
        number,
        title=plain(next(filter(_is_words, (first(item, path) for path in TITLES)), None)),
        **prices((), shown and (shown.low, shown.high)),
        currency=shown.currency if shown else None,
        moq=least(ladder, *(first(item, path) for path in LEAST)),
        price_tiers=ladder if shown is None or shown.currency in (None, "USD") else (),
        sold=localised_count(sold),
        sold_text=sold,
        shop_name=plain(first(item, *SHOPS)),
        seller_id=seller_id(first(item, *SELLERS)),
        seller_url=seller_home(*(first(item, path) for path in HOMES)),
        location=plain(first(item, *PLACES)),
        image_urls=pictures(*_pictures(item)),
        is_ad=_is_ad(item, link, bought),
        is_recommended=loosened,
        position=position,
        query=query,
        source=source,
    )


def _is_words(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _pictures(item: Mapping[str, Any]) -> Iterator[Any]:
    main = first(item, "mainImage", "image.mainImage", "imageUrl")
    yield first(main, "url", "imgUrl") if isinstance(main, dict) else main
    yield first(item, "multiImage", "image.multiImage")
    yield first(item, "image.productImage")


def _is_ad(item: Mapping[str, Any], link: Any, bought: Any) -> bool | None:
    """A paid place: its flag, its link over the counter of clicks, or the mark on its own link; `ad` is no sign."""
    if any(flag(first(item, path)) for path in AD_FLAGS) or (isinstance(bought, str) and AD_HOST in bought):
        return True
    if not isinstance(link, str):
        return None
    return AD_HOST in link or query_value(link, "s") == "p"
