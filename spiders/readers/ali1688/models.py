"""One offer's page of 1688: the models in it are the same in the layouts of 2021 to 2026, only their places differ.

So they are looked up by name. A model may be a reference to another place (`{"$ref": "$.result..."}`): such a one is
passed over for the next of that name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from crawler.decoding import Truncated, embedded_object, literal_value, objects
from crawler.items import Listing, PriceTier
from spiders.readers.fields import (
    attributes,
    count,
    first,
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
from spiders.readers.wholesale import least, picture_sources, prices, seller_home, tiers

NAMES = {
    "offerBaseInfo",
    "tempModel",
    "offerDetail",
    "sellerModel",
    "tradeModel",
    "skuModel",
    "orderParam",
    "productTitle",
    "gallery",
    "freightInfo",
    "mainPrice",
    "parametersMap",
    "priceModel",
}
ATTRIBUTE_LISTS = ("featureAttributes", "propsList", "decisionCpv", "normalCpv")
PICTURE_LISTS = ("offerImgList", "imageList")
PICTURE_HOST = "https://cbu01.alicdn.com/"  # what a picture's path without a host is on

Models = Mapping[str, Any]

_OFF_SHELF = re.compile(r"EXPIRED|DELETE|TBD|UNTREAD|OFFLINE", re.I)  # states of an offer; PUBLISHED is on sale


def models_of(tree: Any) -> Models:
    """The models by name, and under `attributes` and `pictures` the lists of those."""
    models: dict[str, Any] = {"attributes": [], "pictures": []}
    for node in objects(tree):
        for name in NAMES & node.keys():
            if isinstance(node[name], dict) and "$ref" not in node[name]:
                models.setdefault(name, node[name])
        models["attributes"] += [node[name] for name in ATTRIBUTE_LISTS if isinstance(node.get(name), list)]
        models["pictures"] += [node[name] for name in PICTURE_LISTS if isinstance(node.get(name), list)]
        if "attribute" in str(node.get("componentType", ""))[:100]:  # 2021: a component's data is the list itself
            models["attributes"].append(node.get("data"))
        if "tempModel" in node:
            models["pictures"].append(node.get("images"))
    return models


def number_of(models: Models) -> str | None:
    """The article's id."""
    places = ("offerBaseInfo", "tempModel", "offerDetail", "gallery.fields", "tradeModel", "parametersMap")
    return item_id(first(models, *(f"{place}.offerId" for place in places)))


def off_shelf(models: Models) -> str | None:
    """That the article is no longer on sale, by its own state."""
    state = text(first(models, "offerDetail.status", "offerBaseInfo.status"), limit=40)
    return f"the offer's status is {state}" if state and _OFF_SHELF.search(state) else None


def article(number: str, models: Models, page: str) -> Listing:
    """The listing that the models describe; `page` is the document, where its description may stand too."""
    ladder = _ladder(models)
    known = attributes(_attributes(models))
    sold = text(_any(models, "tradeModel.saleCount", "tempModel.saledCount", "orderParam.saledCount"))
    sold = sold or text(first(models, "productTitle.fields.newSaleCount"))
    stock = count(_any(models, "tradeModel.canBookedAmount", "orderParam.canBookedAmount"))
    return listing(
        "1688",
        number,
        title=plain(_title(models)),
        **prices(ladder, *_prices(models)),
        moq=least(ladder, first(models, "tradeModel.beginAmount"), first(models, "orderParam.beginNum")),
        price_tiers=ladder,
        sold=count(sold),
        sold_text=sold,
        stock=stock,
        location=plain(first(models, "freightInfo.location", "freightInfo.sendArea")),
        image_urls=pictures(*_pictures(models)),
        description_image_urls=pictures(described(page)),
        attributes=known,
        brand=known.get("品牌"),
        source="detail",
        state="gone" if off_shelf(models) else "sold_out" if stock == 0 else "live",
        **_seller(models),
    )


def _any(models: Models, *paths: str) -> Any:
    """The first of these that is known, nought too."""
    return next((found for path in paths if (found := first(models, path)) is not None), None)


def _title(models: Models) -> Any:
    return first(
        models,
        "productTitle.fields.title",
        "offerDetail.subject",
        "tempModel.offerTitle",
        "gallery.fields.subject",
        "offerBaseInfo.title",
    )


def _seller(models: Models) -> dict[str, Any]:
    names = ("sellerModel.companyName", "tempModel.companyName", "productTitle.fields.shopInfo.companyName")
    return {
        "shop_name": plain(first(models, *names)),
        "seller_id": seller_id(
            first(models, "sellerModel.memberId", "offerBaseInfo.sellerMemberId", "tempModel.sellerMemberId")
        ),
        "seller_url": seller_home(
            first(models, "sellerModel.winportUrl"), first(models, "offerBaseInfo.sellerWinportUrl")
        ),
    }


def _ladder(models: Models) -> tuple[PriceTier, ...]:
    """Steps by quantity, where the price is not one of colours and sizes."""
    if "skuPrice" in (
        first(models, "orderParam.skuParam.skuPriceType"),
        first(models, "tradeModel.offerPriceModel.priceDisplayType"),
    ):
        return ()
    lists = (records(first(models, path)) for path in _STEPS)
    return next((found for each in lists if (found := tiers((s.get("beginAmount"), s.get("price")) for s in each))), ())


_STEPS = (
    "orderParam.skuParam.skuRangePrices",
    "tradeModel.offerPriceModel.currentPrices",
    "mainPrice.fields.finalPriceModel.tradeWithoutPromotion.offerPriceRanges",
    "priceModel.currentPrices",
)


def _prices(models: Models) -> Iterator[tuple[Decimal, Decimal] | None]:
    yield _spread(first(models, "tradeModel.minPrice"), first(models, "tradeModel.maxPrice"))
    for path in ("tradeModel.priceDisplay", "skuModel.skuPriceScale"):
        yield money_range(first(models, path))
    yield _spread(*(each.get("price") for path in _STEPS for each in records(first(models, path))))
    choices = first(models, "skuModel.skuInfoMap")
    rows = list(choices.values())[:1000] if isinstance(choices, dict) else []
    yield _spread(*(first(row, "discountPrice", "price") for row in rows))
    yield money_range(first(models, "tempModel.price"))


def _spread(*amounts: Any) -> tuple[Decimal, Decimal] | None:
    known = [price for amount in amounts if (price := money(amount))]
    return (min(known), max(known)) if known else None


def _attributes(models: Models) -> Iterator[tuple[Any, Any]]:
    for each in (row for rows in models["attributes"] for row in records(rows)):
        several = each.get("values")
        words = filter(None, map(text, several)) if isinstance(several, list) else ()
        yield first(each, "name"), first(each, "value") or ", ".join(words)


def _pictures(models: Models) -> Iterator[Any]:
    for several in (*models["pictures"], first(models, "gallery.fields.mainImage")):
        for one in several[:100] if isinstance(several, list) else ():
            address = (
                first(one, "fullPathImageURI", "imageURI", "size310x310ImageURI") if isinstance(one, dict) else one
            )
            yield PICTURE_HOST + address if isinstance(address, str) and address.startswith("img/") else address


def described(page: str) -> list[str]:
    """Addresses of the pictures in a description: `offer_details = {content: "<img src=...>"}`."""
    try:
        literal = embedded_object(page, "offer_details")
    except Truncated:
        return []
    content = first(literal_value(literal), "content") if literal else None
    return picture_sources(content)
