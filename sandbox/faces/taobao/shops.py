"""All goods of one seller (FACTS 1, in-shop search): shops of Taobao under a number, of Tmall under a name.

How the current page asks is not known; the older call that is known stands in for it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from sandbox.catalogue import Goods
from sandbox.mtop import Answer
from sandbox.parameters import page_number
from sandbox.pictures import Pictures
from sandbox.texts import cents_text, digits

PAGE_SIZE = 30
# Hosts of tmall.com that are no shops.
_NO_SHOPS = frozenset({"detail", "list", "login", "www", "world", "chaoshi", "itemcdn"})
_NOT_LATIN = re.compile(r"[^a-z0-9]+", re.ASCII)
IN_STOCK = "200"


def shop_id(seller_id: str) -> str:
    """The number of a seller's shop."""
    return digits(seller_id, 9)


class Shops:
    """The sellers of some goods, each with all of them that are not removed."""

    def __init__(self, goods: Iterable[Goods], pictures: Pictures) -> None:
        self._pictures = pictures
        self._goods = defaultdict[str, list[Goods]](list)
        for one in goods:
            self._goods[one.seller_id].append(one)
        self._hosts = _hosts(self._goods)
        self._sellers = {host: seller_id for seller_id, host in self._hosts.items()}
        self._by_number = {shop_id(seller_id): seller_id for seller_id in self._goods}

    def host_of(self, seller_id: str) -> str | None:
        """The host of a seller's shop; None when there is no such seller."""
        return self._hosts.get(seller_id)

    def has(self, host: str) -> bool:
        """Whether a seller has his shop there."""
        return host in self._sellers

    def number_at(self, host: str) -> str:
        """The number of the shop on a host that is one's."""
        return shop_id(self._sellers[host])

    def answer(self, data: Mapping[str, Any]) -> Answer:
        """The answer to one call. Raises BadRequestError."""
        page = page_number(data.get("currentPage", 1))
        number = str(data.get("shopId", ""))
        goods = self._goods.get(self._by_number.get(number, ""), [])
        shown = [one for one in goods if one.state != "removed"]
        tree = {
            "totalResults": str(len(shown)),
            "currentSort": "hotsell",
            "shopTitle": goods[0].shop_name if goods else "",
            "pageSize": str(PAGE_SIZE),
            "shopId": number,
            "currentPage": str(page),
            "itemsArray": [self._item(one) for one in shown[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]],
        }
        return Answer("shop_goods", data=tree, has_goods=True)

    def _item(self, goods: Goods) -> dict[str, str]:
        """All values are texts; one that sells the most does not stand first, whatever `currentSort` says."""
        turn = int(digits(goods.item_id, 6))
        sold = goods.sold
        picture = (
            {"picUrl": f"//gw{turn % 4 + 1}.alicdn.com/bao/uploaded/{self._pictures.path(goods.images[0])}"}
            if goods.images
            else {}
        )
        return {
            "auctionId": goods.item_id,
            "title": goods.title,
            **picture,
            **({} if sold is None else {"sold": str(sold), "totalSoldQuantity": str(sold)}),
            "reservePrice": cents_text(goods.price_max),
            "salePrice": cents_text(goods.price_min),
            "quantity": "0" if goods.state == "sold_out" else IN_STOCK,
            "auctionType": "b",
            "onSale": "false",
        }


def _hosts(goods: Mapping[str, list[Goods]]) -> dict[str, str]:
    """Host by seller: shop<number>.taobao.com, or <name>.tmall.com where anything of his stands on Tmall.

    The name is the shop's own Latin letters, where it has any and no other shop has the same.
    """
    of_tmall = {seller for seller, all_his in goods.items() if any(one.marketplace == "tmall" for one in all_his)}
    names = {seller: _NOT_LATIN.sub("", goods[seller][0].shop_name.lower())[:40] for seller in of_tmall}
    times = Counter(names.values())
    hosts = {seller: f"shop{shop_id(seller)}.taobao.com" for seller in goods}
    for seller, name in names.items():
        is_own = len(name) > 2 and times[name] == 1 and name not in _NO_SHOPS
        hosts[seller] = f"{name if is_own else f'shop{shop_id(seller)}'}.tmall.com"
    return hosts
