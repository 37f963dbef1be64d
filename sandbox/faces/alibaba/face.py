"""Who answers what on the hosts of Alibaba.com."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlencode

from sandbox.assets import ENGLISH, Assets
from sandbox.catalogue import Catalogue, Goods
from sandbox.exchange import REFUSED_TO_ALL, SCRIPT, Asked, Reply, not_found, redirect
from sandbox.faces.alibaba import drawing, offers, shop
from sandbox.faces.alibaba.details import GONE, contact_name, detail_data
from sandbox.faces.alibaba.texts import item_path, sub_domain
from sandbox.guards import Guard, make_guard
from sandbox.markup import Safe, escaped, in_script, joined, pager
from sandbox.parameters import loose_page
from sandbox.pictures import Pictures
from sandbox.routes import Route, Routes
from sandbox.search import Recommend, make_finder
from sandbox.texts import ad_token
from sandbox.walls import Gate

LOGIN = "https://login.alibaba.com/newlogin/icbuLogin.htm?return_url=https%3A%2F%2Fwww.alibaba.com%2F"
# The x5secdata of a real address is a sealed ticket; here it is only there.
PUNISH = "https://www.alibaba.com//trade/search/_____tmd_____/verify/?x5secdata=0000&x5step=2&action=captcha"

_ITEM = re.compile(r"/product-detail/(?:[^/]*_)?(\d{1,20})\.html", re.ASCII)
_MOBILE_ITEM = re.compile(r"/product/(\d{1,20})(?:/.*)?", re.ASCII | re.DOTALL)
_SHOP_PAGE = re.compile(r"/productlist(?:-([1-9]\d{0,5}))?\.html", re.ASCII)
_SHOP_FRONT = frozenset({"/", "/index.html", "/company_profile.html"})


class Alibaba:
    """The alibaba face: a `Face` that shows the goods of alibaba in a catalogue."""

    hosts: tuple[str, ...] = ("*.alibaba.com", "*.en.alibaba.com", "*.alicdn.com")
    picture_hosts: tuple[str, ...] = ("s.alicdn.com", "sc##.alicdn.com")
    robots = REFUSED_TO_ALL

    def __init__(self, catalogue: Catalogue, pictures: Pictures, gate: Gate, recommend: Recommend = "auto") -> None:
        goods = [one for one in catalogue.goods if one.marketplace == "alibaba"]
        self._goods = {one.item_id: one for one in goods}
        self._ads = {ad_token(one): one for one in goods}
        self._shops = _by_shop(goods)
        self._pictures = pictures
        self._find = make_finder(goods, recommend)
        self._gate = gate
        self._assets = Assets(Path(__file__).parent, {**ENGLISH, "site": "Alibaba.com"})
        self._guard = _guard(self._assets, gate)
        self.reply = Routes(self._guard, self._routes_by_host(), {}).reply

    def _routes_by_host(self) -> Mapping[str, Route]:
        return {
            "www.alibaba.com": self._site,
            "m.alibaba.com": self._mobile,
            "*.en.alibaba.com": self._shop_page,
            "cn-click.alibaba.com": self._ad,
            "login.alibaba.com": lambda _: self._guard.login_page,
            # The assets that every good page names (FACTS 0.3): nothing is in them here.
            "g.alicdn.com": lambda _: Reply(kind="script", content_type=SCRIPT),
        }

    def _site(self, asked: Asked) -> Reply:
        if asked.path == "/trade/search":
            return self._captcha_elsewhere() or self._guard.before_page() or self._search_page(asked)
        found = _ITEM.fullmatch(asked.path)
        return self._guard.before_page() or self._detail_page(found[1]) if found else not_found()

    def _captcha_elsewhere(self) -> Reply | None:
        """A list of goods that became a captcha leads to it; an article's page is one itself (FACTS 0.3)."""
        return redirect("wall", PUNISH) if self._gate.standing() == "captcha" else None

    def _search_page(self, asked: Asked) -> Reply:
        query = asked.query
        wanted, page = offers.wanted(query), loose_page(query.get("page", ""))
        found = offers.narrowed(self._find(wanted), query)
        data = offers.offer_list(found, wanted.text, page, self._pictures)
        result = data["offerResultData"]
        shown = drawing.results(result["offers"], wanted.text, is_empty=result["totalCount"] == 0)
        pages = result["paginationData"]["pageCount"]
        turns = pager(lambda number: f"?{urlencode({**query, 'page': str(number)})}", page, pages)
        self._gate.let_through()
        body = self._filled("search", query=wanted.text, offers=in_script(data), shown=joined(shown, turns))
        return Reply(kind="search", body=body)

    def _detail_page(self, item_id: str) -> Reply:
        goods = self._goods.get(item_id)
        if goods is None or goods.state == "removed":
            return Reply(kind="gone", body=self._filled("gone", data=in_script(GONE)))
        self._gate.let_through()
        body = self._filled(
            "detail",
            title=goods.title,
            canonical=f"https://www.alibaba.com{item_path(goods)}",
            data=in_script(detail_data(goods, self._pictures)),
            shown=drawing.article(goods, self._pictures),
        )
        return Reply(kind="detail", body=body)

    def _mobile(self, asked: Asked) -> Reply:
        found = _MOBILE_ITEM.fullmatch(asked.path)
        return redirect("detail", f"https://www.alibaba.com/product-detail/_{found[1]}.html") if found else not_found()

    def _ad(self, asked: Asked) -> Reply:
        goods = self._ads.get(asked.query.get("e", ""))
        if asked.path != "/ci_bb" or goods is None:
            return not_found()
        return redirect("ad", f"https://www.alibaba.com{item_path(goods)}?s=p")

    def _shop_page(self, asked: Asked) -> Reply:
        goods = self._shops.get(asked.host.partition(".")[0])
        if goods is None:
            return not_found()
        if asked.path in _SHOP_FRONT:
            return redirect("shop", f"https://{asked.host}/productlist.html")
        found = _SHOP_PAGE.fullmatch(asked.path)
        if found is None:
            return not_found()
        return self._captcha_elsewhere() or self._guard.before_page() or self._shelf(goods, int(found[1] or 1))

    def _shelf(self, goods: Sequence[Goods], page: int) -> Reply:
        data = shop.shop_offers(goods, page, self._pictures)
        turns = pager(lambda number: f"/productlist-{number}.html", page, shop.page_count(goods))
        self._gate.let_through()
        body = self._filled(
            "shop",
            shop=goods[0].shop_name,
            contact=contact_name(goods[0].seller_id),
            module=Safe(shop.module_data(goods, page, self._pictures)),
            offers=in_script(data),
            shown=joined(drawing.grid(data["offerResultData"]["offers"]), turns),
        )
        return Reply(kind="shop", body=body)

    def _filled(self, name: str, **pieces: str) -> bytes:
        return self._assets.page(name, **escaped(**pieces))


def _by_shop(goods: Sequence[Goods]) -> Mapping[str, Sequence[Goods]]:
    shops: defaultdict[str, list[Goods]] = defaultdict(list)
    for one in goods:
        if one.state != "removed":
            shops[sub_domain(one.seller_id)].append(one)
    return dict(shops)


def _guard(assets: Assets, gate: Gate) -> Guard:
    """The site's walls; too many requests have their own status here."""
    guard = make_guard(assets, gate, login=LOGIN, punish=PUNISH)
    return replace(guard, limit_page=replace(guard.limit_page, status=429))
