"""All goods of one seller: `<seller>.en.alibaba.com/productlist.html`.

No capture of such a page is known. Public code of several hands agrees that its goods stand as URL-encoded JSON in the
attribute `module-data` of the module `icbu-pc-productListPc`, so they do here (confidence B); the fields of a product
are those that this code reads. Beside it stands the object of the search page, which is known better: that the real
page has it too is our assumption, made so that one reader serves both.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from sandbox.catalogue import Goods
from sandbox.faces.alibaba.offers import of_page, offer
from sandbox.faces.alibaba.texts import item_path, pieces, price_text
from sandbox.pictures import Pictures
from sandbox.texts import number_or_text

PAGE_SIZE = 16  # products of a page, as that code has it


def shop_offers(goods: Sequence[Goods], page: int, pictures: Pictures) -> dict[str, Any]:
    """The goods of one page as a search has them; none is an ad in a shop of its own."""
    return {
        "offerResultData": {
            "offers": [offer(one, "", False, pictures) for one in of_page(goods, page, PAGE_SIZE)],
            "totalCount": len(goods),
            "paginationData": {"pageCount": page_count(goods), "currentPage": page},
        }
    }


def page_count(goods: Sequence[Goods]) -> int:
    """How many pages a shop has."""
    return math.ceil(len(goods) / PAGE_SIZE)


def module_data(goods: Sequence[Goods], page: int, pictures: Pictures) -> str:
    """The value of `module-data`."""
    data = {
        "productList": [_product(one, pictures) for one in of_page(goods, page, PAGE_SIZE)],
        "pageNavView": {
            "currentPage": page,
            "pageLines": PAGE_SIZE,
            "totalLines": len(goods),
            "formatString": "/productlist-{0}.html",
        },
    }
    return quote(json.dumps({"mds": {"moduleData": {"data": data}}}, ensure_ascii=False), safe="")


def _product(goods: Goods, pictures: Pictures) -> dict[str, Any]:
    originals = [f"//s.alicdn.com/@sc04/kf/{pictures.kf('H', name)}" for name in goods.images]
    return {
        "id": number_or_text(goods.item_id),
        "subject": goods.title,
        "url": item_path(goods),
        "fobPriceWithoutUnit": price_text(goods),
        "moq": f"Min. Order: {pieces(goods.moq or 1)}",
        "imageUrlList": [{"original": address, "x350": f"{address}_350x350.jpg"} for address in originals],
        "prodSold180": goods.sold or 0,
    }
