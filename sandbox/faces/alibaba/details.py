"""The data of one article's page: `window.detailData` (FACTS 4, "Detail")."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sandbox.catalogue import Goods
from sandbox.faces.alibaba.texts import item_path, one_price, price_text, shop_host
from sandbox.pictures import Pictures
from sandbox.texts import digits, number_or_text

IN_STOCK = 20_000
# Ten times the smallest order earns the lowest price; how far apart a seller sets his rungs is his own affair.
NEXT_RUNG = 10
# Seen names of the first photograph's sizes; `big` is the original.
_SIZES = {"big": "", "normal": "_350x350.jpg", "small": "_50x50.jpg"}
_FIRST_NAMES = ("Corva", "Tivel", "Maruno", "Selwick", "Ondra", "Bexa")
_LAST_NAMES = ("Quillby", "Vantor", "Ilmsted", "Oskerfeld")
# What the page of an article that is gone still carries: no id, and so nothing to read.
GONE: dict[str, Any] = {"globalData": {"product": {}, "seller": {}, "trade": {}}, "nodeMap": {}}


def detail_data(goods: Goods, pictures: Pictures) -> dict[str, Any]:
    """The object of an article's page."""
    return {
        "globalData": {
            "product": _product(goods, pictures),
            "seller": _seller(goods),
            "trade": {**_sales(goods), "tradeInfo": {"tradePriceType": "LADDER_PRICE"}},
            "inventory": {"totalCount": IN_STOCK if goods.state == "on_sale" else 0},
            "seo": {"canonicalUrl": f"https://www.alibaba.com{item_path(goods)}"},
        },
        "nodeMap": {
            "module_sorted_attribute": {"privateData": {"productSortedProperties": _sorted_attributes(goods)}},
            "module_unifed_company_card": {"privateData": _company_card(goods)},
            "module_sample_new": {"privateData": {"priceList": _price_list(goods)}},
            "module_description": {"privateData": {"productDescription": {"details": _description(goods, pictures)}}},
        },
    }


def attributes(goods: Goods) -> dict[str, str]:
    """What the page lists of an article, the brand first; the catalogue's own column for it is right."""
    own = {"Brand Name": goods.brand} if goods.brand else {}
    place = {"Place of Origin": goods.location} if goods.location else {}
    return {**own, **place, **goods.attributes, **own}


def ladder(goods: Goods) -> list[tuple[int, int | None, Decimal]]:
    """Rungs: smallest order, largest (None: no end), unit price; `price_max` is that of the smallest order."""
    first = goods.moq or 1
    if goods.price_min == goods.price_max:
        return [(first, None, goods.price_max)]
    return [(first, first * NEXT_RUNG - 1, goods.price_max), (first * NEXT_RUNG, None, goods.price_min)]


def photographs(goods: Goods, pictures: Pictures) -> list[str]:
    """Addresses of an article's own pictures, as large as they are."""
    return [f"//s.alicdn.com/@sc04/kf/{pictures.kf('H', name)}" for name in goods.images]


def description_pictures(goods: Goods, pictures: Pictures) -> list[str]:
    """Addresses of the pictures in its description, on the host of another form."""
    return [f"https://sc04.alicdn.com/kf/{pictures.kf('H', name)}" for name in goods.description_images]


def _sales(goods: Goods) -> dict[str, str]:
    return {} if goods.sold is None else {"salesVolume": f"{goods.sold:,} sold"}


def _product(goods: Goods, pictures: Pictures) -> dict[str, Any]:
    photos = photographs(goods, pictures)
    return {
        "productId": number_or_text(goods.item_id),
        "subject": goods.title,
        "mediaItems": [_media(n, address) for n, address in enumerate(photos, 1)],
        "moq": goods.moq or 1,
        "price": _price(goods),
        "productBasicProperties": [{"attrName": k, "attrValue": v} for k, v in attributes(goods).items()],
        "tradable": goods.state == "on_sale",
    }


def _media(n: int, address: str) -> dict[str, Any]:
    sizes = {size: address + suffix for size, suffix in _SIZES.items()}
    return {"id": n, "type": "image", "group": "photos", "imageUrl": sizes}


def _price(goods: Goods) -> dict[str, Any]:
    rungs = [_rung(goods, *rung) for rung in ladder(goods)]
    return {
        "productLadderPrices": rungs,
        "formatLadderPrice": price_text(goods),
        "unit": "piece",
        "unitEven": "pieces",
        "currencyRule": {"currency": goods.currency},
    }


def _rung(goods: Goods, least: int, most: int | None, price: Decimal) -> dict[str, Any]:
    dollars = {"dollarPrice": float(price)} if goods.currency == "USD" else {}
    shown = {"price": float(price), **dollars, "formatPrice": one_price(price, goods.currency)}
    return {"min": least, "max": -1 if most is None else most, **shown}


def _price_list(goods: Goods) -> list[dict[str, Any]]:
    """The same ladder under the names of another module."""
    return [
        {
            "minQuantity": least,
            "maxQuantity": -1 if most is None else most,
            "price": float(price),
            "formatPrice": one_price(price, goods.currency),
        }
        for least, most, price in ladder(goods)
    ]


def _seller(goods: Goods) -> dict[str, Any]:
    """The seller, with the contact person that the real page names too (invented): data that nobody may store."""
    luck = int(digits(goods.seller_id, 6))
    return {
        "companyName": goods.shop_name,
        "companyId": number_or_text(goods.seller_id),
        "subDomain": shop_host(goods),
        "homeUrl": f"//{shop_host(goods)}/index.html",
        "companyRegisterCountry": "CN",
        "companyJoinYears": str(luck % 14 + 2),
        "contactName": contact_name(goods.seller_id),
        "jobTitle": "Sales Manager",
        "phone": f"+86-000-{digits(goods.seller_id, 8)}",
    }


def contact_name(seller_id: str) -> str:
    """The invented person whom a seller's pages name."""
    luck = int(digits(f"contact {seller_id}", 6))
    return f"{_FIRST_NAMES[luck % len(_FIRST_NAMES)]} {_LAST_NAMES[luck % len(_LAST_NAMES)]}"


def _sorted_attributes(goods: Goods) -> list[dict[str, Any]]:
    rows = [{"attribute": name, "value": value} for name, value in attributes(goods).items()]
    packing = [{"attribute": "Selling Units", "value": "Single item"}]
    return [{"title": "", "attributeList": rows}, {"title": "Packaging and delivery", "attributeList": packing}]


def _company_card(goods: Goods) -> dict[str, Any]:
    located = {"locationInfo": {"location": f"Located in {goods.location}"}} if goods.location else {}
    return {"companyName": goods.shop_name, **located}


def _description(goods: Goods, pictures: Pictures) -> list[dict[str, str]]:
    return [{"type": "image", "imageUrl": address} for address in description_pictures(goods, pictures)]
