"""Who answers what on the hosts of Taobao and Tmall."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from sandbox.assets import CHINESE, Assets
from sandbox.catalogue import Catalogue
from sandbox.exchange import REFUSED_TO_ALL, Asked, Reply, not_found, redirect
from sandbox.faces.taobao import addresses
from sandbox.faces.taobao.cards import search_answer
from sandbox.faces.taobao.details import description_answer, detail_answer
from sandbox.faces.taobao.shops import Shops
from sandbox.faces.taobao.texts import item_address
from sandbox.guards import Guard, make_guard
from sandbox.mtop import Answer, Gateway, script_safe
from sandbox.pictures import Pictures
from sandbox.routes import Route, Routes
from sandbox.search import Recommend, make_finder
from sandbox.texts import ad_token
from sandbox.walls import Gate

SEARCH_API = "mtop.relationrecommend.wirelessrecommend.recommend"
DETAIL_API = "mtop.taobao.pcdetail.data.get"
DESCRIPTION_API = "mtop.taobao.detail.getdesc"
SHOP_API = "com.taobao.search.api.getshopitemlist"
LOGIN = "https://login.taobao.com/member/login.jhtml?redirectURL=https%3A%2F%2Fs.taobao.com%2Fsearch"
TMALL_LOGIN = "https://login.tmall.com/?redirectURL=https%3A%2F%2Fwww.tmall.com%2F"
# The x5secdata of a real address is a sealed ticket; here it is only there.
PUNISH = "https://s.taobao.com//search/_____tmd_____/punish?x5secdata=0000&x5step=1&action=captcha"

_SHELLS = ("search", "detail", "gone", "account")
_SCRIPTS = ("search", "detail", "shop")
_SHOP_PAGES = frozenset({"/", "/search.htm", "/category.htm"})


class Taobao:
    """The taobao face: a `Face` that shows the goods of taobao and tmall in a catalogue."""

    hosts: tuple[str, ...] = (
        "*.taobao.com",
        "*.m.taobao.com",
        "*.item.taobao.com",
        "*.simba.taobao.com",
        "*.intl.taobao.com",
        "*.tmall.com",
        "*.m.tmall.com",
        "*.detail.tmall.com",
        "*.tmall.hk",
    )
    picture_hosts: tuple[str, ...] = (
        "img.alicdn.com",
        "gw.alicdn.com",
        "gw#.alicdn.com",
        "asearch.alicdn.com",
        "gd#.alicdn.com",
        "g-search#.alicdn.com",
    )
    robots = REFUSED_TO_ALL

    def __init__(self, catalogue: Catalogue, pictures: Pictures, gate: Gate, recommend: Recommend = "auto") -> None:
        goods = [one for one in catalogue.goods if one.id_space == "taobao"]
        self._goods = {one.item_id: one for one in goods}
        self._ads = {ad_token(one): one for one in goods}
        self._pictures = pictures
        self._find = make_finder(goods, recommend)
        self._shops = Shops(goods, pictures)
        self._assets = Assets(Path(__file__).parent, {**CHINESE, "site": "淘宝网"})
        self._guard = make_guard(self._assets, gate, login=LOGIN, punish=PUNISH)
        self._tmall_guard = replace(self._guard, login=TMALL_LOGIN)
        self._shells = {name: Reply(kind=name, body=self._assets.page(name)) for name in _SHELLS}
        self._apis = {
            SEARCH_API: self._search,
            DETAIL_API: self._detail,
            DESCRIPTION_API: self._description,
            SHOP_API: self._shops.answer,
        }
        scripts = {f"/app/{name}.js": self._assets.script("mtop", "page", "pager", name) for name in _SCRIPTS}
        self.reply = Routes(self._guard, self._routes_by_host(), scripts).reply

    def _routes_by_host(self) -> Mapping[str, Route]:
        gate = self._guard.gate
        return {
            "s.taobao.com": self._search_page,
            "h5api.m.taobao.com": Gateway(self._apis, gate, login=LOGIN, punish=PUNISH).reply,
            "h5api.m.tmall.com": Gateway(self._apis, gate, login=TMALL_LOGIN, punish=PUNISH).reply,
            "item.taobao.com": self._detail_page,
            "detail.tmall.com": self._detail_page,
            "click.simba.taobao.com": self._ad,
            "i.taobao.com": self._account_page,
            "login.taobao.com": self._login_page,
            "login.m.taobao.com": self._login_page,
            "login.tmall.com": self._login_page,
            "error.item.taobao.com": lambda _: self._shells["gone"],
            "store.taobao.com": self._shop_by_seller,
            **dict.fromkeys(addresses.HOSTS, self._other_address),
            "*.taobao.com": self._shop_page,
            "*.tmall.com": self._shop_page,
        }

    def _guard_of(self, asked: Asked) -> Guard:
        return self._tmall_guard if asked.host.endswith(".tmall.com") else self._guard

    def _login_page(self, _asked: Asked) -> Reply:
        return self._guard.login_page

    def _account_page(self, asked: Asked) -> Reply:
        """A visit that stays here tells a live session (FACTS 1, "Login")."""
        if asked.path != "/my_itaobao":
            return not_found()
        return self._guard.before_shell() or self._shells["account"]

    def _search_page(self, asked: Asked) -> Reply:
        if asked.path != "/search":
            return not_found()
        return self._guard.before_shell() or self._shells["search"]

    def _detail_page(self, asked: Asked) -> Reply:
        if asked.path != "/item.htm":
            return not_found()
        wall = self._guard_of(asked).before_details()
        if wall:
            return wall
        goods = self._goods.get(asked.query.get("id", ""))
        if goods is None or goods.state == "removed":
            return redirect("gone", _no_item(asked.query.get("id", "")))
        if item_address(goods).split("/")[2] != asked.host:
            return redirect("detail", f"https:{item_address(goods)}")
        return self._shells["detail"]

    def _other_address(self, asked: Asked) -> Reply:
        """Addresses for telephones and abroad lead to the article's own page, also when it is gone."""
        number = addresses.item_id(asked)
        if number is None:
            return not_found()
        goods = self._goods.get(number)
        return redirect("detail", f"https:{item_address(goods)}" if goods else _no_item(number))

    def _shop_by_seller(self, asked: Asked) -> Reply:
        host = self._shops.host_of(asked.query.get("user_number_id", ""))
        if asked.path != "/shop/view_shop.htm" or host is None:
            return not_found()
        return redirect("shop", f"https://{host}/search.htm")

    def _shop_page(self, asked: Asked) -> Reply:
        if asked.path not in _SHOP_PAGES or not self._shops.has(asked.host):
            return not_found()
        state = script_safe({"shopId": self._shops.number_at(asked.host)})
        mall = "天猫" if asked.host.endswith(".tmall.com") else "淘宝"
        page = Reply(kind="shop", body=self._assets.page("shop", state=state, mall=mall))
        return self._guard_of(asked).before_shell() or page

    def _ad(self, asked: Asked) -> Reply:
        goods = self._ads.get(asked.query.get("e", ""))
        if asked.path != "/cc_im" or goods is None:
            return not_found()
        return redirect("ad", f"https:{item_address(goods)}")

    def _search(self, data: Mapping[str, Any]) -> Answer:
        return search_answer(data, self._find, self._pictures)

    def _detail(self, data: Mapping[str, Any]) -> Answer:
        return detail_answer(self._goods.get(str(data.get("id"))), self._pictures)

    def _description(self, data: Mapping[str, Any]) -> Answer:
        return description_answer(self._goods.get(str(data.get("id"))), self._pictures)


def _no_item(asked_for: str) -> str:
    number = "".join(c for c in asked_for if c.isascii() and c.isdigit())[:20]
    return f"https://error.item.taobao.com/error/noitem?itemid={number}"
