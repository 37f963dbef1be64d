"""AliExpress's detail pages until 2023: an article in named parts, in three generations of names.

`window.runParams.data` of modules (`titleModule`, until 2022) and of components (`productInfoComponent`, 2023), and the
tree `data.data.<name_id>.fields` (2023). What stands where changed; what things are called inside of a part did not, so
they are found by their own names, in whichever part they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from crawler.answers import Answer, Page, reader
from crawler.items import Listing
from spiders.readers.aliexpress.parts import (
    NAME,
    bearing,
    init_data,
    nearest,
    number,
    number_of,
    price,
    properties,
    run_params,
    store_address,
)
from spiders.readers.amounts import Money, currency_code, localised_count
from spiders.readers.fields import count, first, listing, pictures, plain, seller_id, text

MAX_PARTS = 500  # of one page; real ones have about 40
MODULES = ("titleModule", "priceModule", "productInfoComponent", "priceComponent")  # one of them makes the layout
PRICES = (  # what is asked now before what is struck out
    ("formatedActivityPrice", "minActivityAmount", "maxActivityAmount"),
    ("formatedPrice", "minAmount", "maxAmount"),
)

Parts = list[Mapping[str, Any]]


@reader(layout="component-tree", seen="2023", kinds={"detail"})
def component_tree(answer: Answer) -> Page | None:
    """One article in `data.data.<name_id>.fields`, in the page or as JSON."""
    trees = [answer.json] if answer.json is not None else init_data(answer)
    return _page("component-tree", map(_components, trees), answer.url)


@reader(layout="run-params-data", seen="2019..2023", kinds={"detail"})
def run_params_data(answer: Answer) -> Page | None:
    """One article in `window.runParams = {data: {...}}`, or as JSON."""
    if answer.json is None and not any(name in answer.text for name in MODULES):
        return None
    trees = [answer.json] if answer.json is not None else run_params(answer)
    return _page("run-params-data", (_modules(bearing(tree, *MODULES)) for tree in trees), answer.url)


def _page(layout: str, found: Iterator[Parts], url: str | None) -> Page | None:
    articles = (_article(parts, url) for parts in found if parts)
    article = next((each for each in articles if each), None)
    return Page(layout=layout, kind="detail", listings=(article,)) if article else None


def _modules(tree: Any) -> Parts:
    return [part for part in list(tree.values())[:MAX_PARTS] if isinstance(part, dict)] if tree else []


def _components(tree: Any) -> Parts:
    """The fields of each `name_id` that stands in one object with others."""
    named = nearest(tree, lambda each: any(_is_component(*pair) for pair in list(each.items())[:MAX_PARTS]))
    pairs = list((named or {}).items())[:MAX_PARTS]
    return [node["fields"] for name, node in pairs if _is_component(name, node)]


def _is_component(name: str, node: Any) -> bool:
    return name.rpartition("_")[2].isdecimal() and isinstance(first(node, "fields"), dict)


def _find(parts: Parts, *keys: str) -> Any:
    return next((value for key in keys for part in parts if (value := first(part, key)) is not None), None)


def _article(parts: Parts, url: str | None) -> Listing | None:
    title = plain(_find(parts, "subject"))
    key = number(_find(parts, "productId"), _find([p for p in parts if "subject" in p], "id")) or number_of(url)
    if not key or not title:
        return None
    cost = _prices(parts)
    sold = text(_find(parts, "formatTradeCount"))
    stock = count(_find(parts, "totalAvailQuantity"))
    known, brand = properties(_find(parts, "props", "specs"))
    places = [plain(_find(parts, name)) for name in ("province", "countryCompleteName")]
    return listing(
        NAME,
        key,
        title=title,
        price_min=cost.low if cost else None,
        price_max=cost.high if cost else None,
        currency=(cost.currency if cost else None) or currency_code(_find(parts, "currencyCode")),
        sold=localised_count(sold),
        sold_text=sold,
        shop_name=plain(_find(parts, "storeName", "storeHeader.storeName")),
        seller_id=seller_id(_find(parts, "sellerAdminSeq", "adminSeq")),
        seller_url=store_address(_find(parts, "storeURL", "storeUrl"), _find(parts, "storeNum")),
        location=", ".join(filter(None, places)) or None,
        image_urls=pictures(_find(parts, "imagePathList")),
        attributes=known,
        brand=brand,
        stock=stock,
        source="detail",
        state="sold_out" if stock == 0 else "live",
    )


def _prices(parts: Parts) -> Money | None:
    inner = [first(part, name) for part in parts for name in ("discountPrice", "origPrice")]
    places = [*parts, *(each for each in inner if isinstance(each, dict))]
    found = (price(*(first(place, name) for name in names)) for names in PRICES for place in places)
    return next((each for each in found if each), None)
