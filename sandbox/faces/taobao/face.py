"""Who answers what on the hosts of Taobao and Tmall."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sandbox.assets import CHINESE, Assets
from sandbox.catalogue import Catalogue
from sandbox.exchange import REFUSED_TO_ALL, Asked, Reply, not_found, redirect
from sandbox.faces.taobao.cards import search_answer
from sandbox.faces.taobao.details import description_answer, detail_answer
from sandbox.faces.taobao.texts import item_address
from sandbox.guards import make_guard
from sandbox.mtop import Answer, Gateway
from sandbox.pictures import Pictures
from sandbox.routes import Route, Routes
from sandbox.search import Recommend, make_finder
from sandbox.texts import ad_token
from sandbox.walls import Gate

SEARCH_API = "mtop.relationrecommend.wirelessrecommend.recommend"
DETAIL_API = "mtop.taobao.pcdetail.data.get"
DESCRIPTION_API = "mtop.taobao.detail.getdesc"
LOGIN = "https://login.taobao.com/member/login.jhtml?redirectURL=https%3A%2F%2Fs.taobao.com%2Fsearch"
# The x5secdata of a real address is a sealed ticket; here it is only there.
PUNISH = "https://s.taobao.com//search/_____tmd_____/punish?x5secdata=0000&x5step=1&action=captcha"

_SCRIPTS = ("search", "detail")


class Taobao:
    """The taobao face: a `Face` that shows the goods of taobao and tmall in a catalogue."""

    hosts: tuple[str, ...] = (
        "*.taobao.com",
        "*.m.taobao.com",
        "*.item.taobao.com",
        "*.simba.taobao.com",
        "*.tmall.com",
        "*.m.tmall.com",
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
        assets = Assets(Path(__file__).parent, {**CHINESE, "site": "淘宝网"})
        self._guard = make_guard(assets, gate, login=LOGIN, punish=PUNISH)
        self._shells = {name: Reply(kind=name, body=assets.page(name)) for name in ("search", "detail", "gone")}
        apis = {SEARCH_API: self._search, DETAIL_API: self._detail, DESCRIPTION_API: self._description}
        self._gateway = Gateway(apis, gate, login=LOGIN, punish=PUNISH)
        scripts = {f"/app/{name}.js": assets.script("mtop", "page", name) for name in _SCRIPTS}
        self.reply = Routes(self._guard, self._routes_by_host(), scripts).reply

    def _routes_by_host(self) -> Mapping[str, Route]:
        return {
            "s.taobao.com": self._search_page,
            "h5api.m.taobao.com": self._gateway.reply,
            "h5api.m.tmall.com": self._gateway.reply,
            "item.taobao.com": self._detail_page,
            "detail.tmall.com": self._detail_page,
            "click.simba.taobao.com": self._ad,
            "login.taobao.com": lambda _: self._guard.login_page,
            "error.item.taobao.com": lambda _: self._shells["gone"],
        }

    def _search_page(self, asked: Asked) -> Reply:
        if asked.path != "/search":
            return not_found()
        return self._guard.before_shell() or self._shells["search"]

    def _detail_page(self, asked: Asked) -> Reply:
        if asked.path != "/item.htm":
            return not_found()
        wall = self._guard.before_details()
        if wall:
            return wall
        goods = self._goods.get(asked.query.get("id", ""))
        if goods is None or goods.state == "removed":
            return redirect("gone", f"https://error.item.taobao.com/error/noitem?itemid={_number(asked)}")
        if item_address(goods).split("/")[2] != asked.host:
            return redirect("detail", f"https:{item_address(goods)}")
        return self._shells["detail"]

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


def _number(asked: Asked) -> str:
    return "".join(c for c in asked.query.get("id", "") if c.isascii() and c.isdigit())[:20]
