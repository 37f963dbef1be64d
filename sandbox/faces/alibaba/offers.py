"""The data of a search page: `window.__page__data_sse10._offer_list` (FACTS 4, "Current")."""

from __future__ import annotations

import html
import math
import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from sandbox.catalogue import Goods
from sandbox.faces.alibaba.texts import item_path, pieces, price_text, shop_host
from sandbox.parameters import loose_bound
from sandbox.pictures import Pictures
from sandbox.search import Found, Wanted
from sandbox.texts import ad_token, digits, highlighted, number_or_text

PAGE_SIZE = 48  # FACTS 4
MAX_PAGES = 100  # as older code has it, FACTS 4
ADS_PER_PAGE = 5  # as in the capture of 2022: its p4pCount
COUNTRY = "CN"
_SORTS = {"PRICE_ASC": "price-asc", "PRICE_DESC": "price-desc", "prodSold180": "sale-desc"}  # FACTS 4, C
_MOST = re.compile(r"MOQT(\d{1,9})", re.ASCII)


def wanted(query: Mapping[str, str]) -> Wanted:
    """What a search address asks for; a filter that means nothing filters nothing, as on the site."""
    return Wanted(
        text=query.get("SearchText", ""),
        sort=_SORTS.get(query.get("sortType", ""), "default"),
        price_min=loose_bound(query.get("minPrice", "")),
        price_max=loose_bound(query.get("maxPrice", "")),
    )


def narrowed(found: Found, query: Mapping[str, str]) -> Found:
    """Without what the other filters of the address keep out: the largest first order, the supplier's country."""
    most = _MOST.fullmatch(query.get("moqt", ""))
    fits = [goods for goods in found.goods if most is None or (goods.moq or 1) <= int(most[1])]
    return Found(tuple(fits) if query.get("Country", COUNTRY) in ("", COUNTRY) else (), found.loosened)


def offer_list(found: Found, text: str, page: int, pictures: Pictures) -> dict[str, Any]:
    """The object of one page; `totalCount` 0 says that nothing was found, whatever goods are recommended instead.

    How the site itself marks recommendations is not known.
    """
    total = 0 if found.loosened else len(found.goods)
    shown = of_page(found.goods[: MAX_PAGES * PAGE_SIZE], page, PAGE_SIZE)
    return {
        "keyword": text,
        "offerResultData": {
            "offers": [
                *(offer(goods, text, True, pictures) for goods in _ads(found, page)),
                *(offer(goods, text, False, pictures) for goods in shown),
            ],
            "totalCount": total,
            "paginationData": {"pageCount": min(math.ceil(total / PAGE_SIZE), MAX_PAGES), "currentPage": page},
        },
    }


def of_page(goods: Sequence[Goods], page: int, size: int) -> Sequence[Goods]:
    """The goods of one page; none beyond the last."""
    return goods[(page - 1) * size : page * size]


def _ads(found: Found, page: int) -> Sequence[Goods]:
    """Paid places on top; the same article stands among the organic results too."""
    if found.loosened or page > MAX_PAGES:
        return []
    return of_page([goods for goods in found.goods if goods.is_ad], page, ADS_PER_PAGE)


def offer(goods: Goods, text: str, is_ad: bool, pictures: Pictures) -> dict[str, Any]:
    """One card. Every third is of the generation that has a plain title too; the others wear a badge before theirs."""
    luck = int(digits(goods.item_id, 6))
    return {
        "id": number_or_text(goods.item_id),
        "productId": goods.item_id,
        **_title(goods, text, luck),
        "price": price_text(goods),
        "moqV2": f"Min. order: {pieces(goods.moq or 1)}",
        **_supplier(goods, luck),
        **_link(goods, text, is_ad),
        **_images(goods, pictures),
        **({"soldOrder": f"{goods.sold:,} sold"} if goods.sold else {}),
        "reviewCount": str(luck % 90),
        "reviewScore": f"4.{luck % 10}",
        "customizable": luck % 2 == 0,
        "trackInfo": f"@@pid:{goods.item_id}@@moduleType:normal@@",
    }


def _title(goods: Goods, text: str, luck: int) -> dict[str, str]:
    marked = highlighted(goods.title, text, "<strong>", "</strong>")
    if luck % 3 == 0:
        return {"enPureTitle": html.escape(goods.title, quote=False), "title": marked}
    badge = "<img src='https://s.alicdn.com/@img/tfs/TB1badge-48-48.png' alt=''></img><span> </span>"
    return {"title": badge + marked}


def _supplier(goods: Goods, luck: int) -> dict[str, Any]:
    host = shop_host(goods)
    return {
        "companyName": goods.shop_name,
        "companyId": number_or_text(goods.seller_id),
        "supplierHref": f"//{host}/company_profile.html",
        "supplierHomeHref": f"//{host}",
        "supplierService": f"4.{luck % 7 + 2}",
        "countryCode": COUNTRY,
        "goldSupplierYears": f"{luck % 14 + 2} yrs",
        "shippingTime": f"4.{luck % 5 + 4}",
    }


def _link(goods: Goods, text: str, is_ad: bool) -> dict[str, Any]:
    """Only ads have `eurl`, and only their own address ends in ?s=p (FACTS 4, seen in 2022)."""
    address = f"//www.alibaba.com{item_path(goods)}"
    if not is_ad:
        return {"productUrl": address, "isShowAd": False}
    click = f"//cn-click.alibaba.com/ci_bb?ot=local&e={ad_token(goods)}&kw={quote(text[:100], safe='')}&ap=1&rp=1"
    return {"productUrl": f"{address}?s=p", "isShowAd": True, "eurl": click}


def _images(goods: Goods, pictures: Pictures) -> dict[str, Any]:
    if not goods.images:
        return {}
    addresses = [f"//s.alicdn.com/@sc04/kf/{pictures.kf('H', name)}_300x300.jpg" for name in goods.images]
    return {"mainImage": addresses[0], "multiImage": addresses}
