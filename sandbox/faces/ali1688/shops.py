"""All offers of one seller: the answers of the module service of a shop's page (FACTS 3, in-shop offer lists).

The page asks by POST, 30 offers at a time, and knows its seller's member id.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from sandbox.catalogue import Goods
from sandbox.faces.ali1688.texts import (
    UNIT,
    ladder,
    own_label,
    picture_addresses,
    shop_address,
    shop_label,
    smaller,
)
from sandbox.mtop import Answer, json_object
from sandbox.parameters import page_number
from sandbox.pictures import Pictures
from sandbox.texts import cents_text, digits, rounded_down

OFFER_LIST = "Wp_pc_common_offerlist"
HEADER = "wp_pc_common_header"
# A page asks for 30; more than 100 at once were never seen.
MAX_COUNT = 100


class Shops:
    """The sellers of some goods, each with all of them that are not removed."""

    def __init__(self, goods: Iterable[Goods], pictures: Pictures) -> None:
        self._pictures = pictures
        self._offers = defaultdict[str, list[Goods]](list)
        self._labels: dict[str, str] = {}
        for one in goods:
            if one.state != "removed":
                self._offers[one.seller_id].append(one)
            for label in (shop_label(one.seller_id), own_label(one.seller_id)):
                if label:
                    self._labels.setdefault(label, one.seller_id)

    def member_of(self, host: str) -> str | None:
        """The seller whose shop is on a host; None when it is nobody's."""
        return self._labels.get(host.partition(".")[0])

    def knows(self, member_id: str) -> bool:
        """Whether there is such a seller."""
        return member_id in self._offers

    def module(self, data: Mapping[str, Any]) -> Answer:
        """The answer to one call of a shop's page. Raises BadRequestError."""
        params = json_object(data.get("params", "{}"))
        member_id = str(params.get("memberId", ""))
        if data.get("componentKey") != OFFER_LIST:
            return Answer("shop_module", data={"data": self._header(member_id)})
        asked = params.get("appdata")
        asked = asked if isinstance(asked, dict) else {}
        page, count = page_number(asked.get("pageNum", 1)), min(page_number(asked.get("count", 30)), MAX_COUNT)
        offers = self._offers.get(member_id, [])
        content = {
            "offerCount": str(len(offers)),
            "offerList": [self._offer(one) for one in offers[(page - 1) * count : page * count]],
            "offerCategoryDataModel": {"offerCategoryList": [], "userDefined": "false"},
        }
        return Answer("shop_goods", data={"content": content}, has_goods=True)

    def card(self, data: Mapping[str, Any]) -> Answer:
        """The answer to an offer's page that asks who sells it."""
        member_id = str(data.get("memberId", ""))
        model = {**self._header(member_id), "shopUrl": shop_address(member_id)} if self.knows(member_id) else {}
        return Answer("shop_card", data={"model": model})

    def _header(self, member_id: str) -> dict[str, Any]:
        offers = self._offers.get(member_id, [])
        name = offers[0].shop_name if offers else ""
        urls = {"shopUrl": f"{shop_address(member_id)}/"}
        return {"memberId": member_id, "companyName": name, "shopName": name, "commonUrl": urls}

    def _offer(self, goods: Goods) -> dict[str, Any]:
        sold = goods.sold
        sales = {} if sold is None else {"vagueSaleQuantity": rounded_down(sold), "bookedCount": str(sold)}
        images = picture_addresses(goods.images[:1], self._pictures)
        return {
            "id": goods.item_id,
            "memberId": goods.seller_id,
            "subject": goods.title,
            "offerPrice": cents_text(goods.price_min),
            "quantityBegin": str(ladder(goods)[0].quantity),
            "unit": UNIT,
            **sales,
            "thirtySaleQuantity": "0",
            "ninetySaleQuantity": "0",
            "saleQuantity": "0",
            "offerImages": [{"imageURI": smaller(each, "400x400", int(digits(goods.item_id, 6)))} for each in images],
            "offerModel": {"categoryId1": "0", "bookedCount": "0", "quantitySumMonth": "0", "saleQuantity": "0"},
        }
