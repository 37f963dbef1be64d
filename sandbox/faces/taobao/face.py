"""Who answers what on the hosts of Taobao and Tmall."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from sandbox.catalogue import Catalogue
from sandbox.exchange import SCRIPT, Asked, Reply, not_found, redirect
from sandbox.faces.taobao.cards import search_answer
from sandbox.faces.taobao.details import description_answer, detail_answer
from sandbox.faces.taobao.texts import ad_token, item_address
from sandbox.mtop import Answer, Gateway
from sandbox.pictures import Pictures
from sandbox.search import Recommend, make_finder
from sandbox.walls import Gate

SEARCH_API = "mtop.relationrecommend.wirelessrecommend.recommend"
DETAIL_API = "mtop.taobao.pcdetail.data.get"
DESCRIPTION_API = "mtop.taobao.detail.getdesc"
LOGIN = "https://login.taobao.com/member/login.jhtml?redirectURL=https%3A%2F%2Fs.taobao.com%2Fsearch"
# The x5secdata of a real address is a sealed ticket; here it is only there.
PUNISH = "https://s.taobao.com//search/_____tmd_____/punish?x5secdata=0000&x5step=1&action=captcha"

_HERE = Path(__file__).parent
_PICTURE_HOST = re.compile(r"(img|gw|asearch|gd[1-4]|g-search[1-3])\.alicdn\.com", re.ASCII)

Route = Callable[[Asked], Reply]


class Taobao:
    """The taobao face: a `Face` that shows the goods of taobao and tmall in a catalogue."""

    hosts: tuple[str, ...] = (
        "*.taobao.com",
        "*.m.taobao.com",
        "*.item.taobao.com",
        "*.simba.taobao.com",
        "*.tmall.com",
        "*.m.tmall.com",
        "*.alicdn.com",
    )

    def __init__(self, catalogue: Catalogue, gate: Gate, recommend: Recommend = "auto") -> None:
        goods = [one for one in catalogue.goods if one.id_space == "taobao"]
        self._goods = {one.item_id: one for one in goods}
        self._ads = {ad_token(one): one for one in goods}
        self._pictures = Pictures(goods, catalogue.folder)
        self._find = make_finder(goods, recommend)
        self._gate = gate
        self._pages = {name: _page(name) for name in ("search", "detail", "login", "punish", "gone")}
        self._scripts = {f"/app/{name}.js": _text("mtop.js") + _text(f"{name}.js") for name in ("search", "detail")}
        apis = {SEARCH_API: self._search, DETAIL_API: self._detail, DESCRIPTION_API: self._description}
        self._gateway = Gateway(apis, gate, login=LOGIN, punish=PUNISH)
        self._routes = self._routes_by_host()

    def _routes_by_host(self) -> Mapping[str, Route]:
        return {
            "s.taobao.com": self._search_page,
            "h5api.m.taobao.com": self._gateway.reply,
            "h5api.m.tmall.com": self._gateway.reply,
            "item.taobao.com": self._detail_page,
            "detail.tmall.com": self._detail_page,
            "click.simba.taobao.com": self._ad,
            "login.taobao.com": lambda _: self._shown("login"),
            "error.item.taobao.com": lambda _: self._shown("gone"),
        }

    def reply(self, asked: Asked) -> Reply | None:
        """The answer to a request; None when the host is not one of Taobao's or Tmall's."""
        if _PICTURE_HOST.fullmatch(asked.host):
            return self._pictures.reply(asked.path)
        route = self._routes.get(asked.host)
        if route is None:
            return None
        if "/_____tmd_____/" in asked.path:
            return self._shown("punish")
        if asked.path in self._scripts:
            return Reply(kind="script", body=self._scripts[asked.path].encode(), content_type=SCRIPT)
        return route(asked)

    def _shown(self, page: str) -> Reply:
        return Reply(kind=page, body=self._pages[page])

    def _search_page(self, asked: Asked) -> Reply:
        if asked.path != "/search":
            return not_found()
        return self._navigation_wall() or self._shown("search")

    def _detail_page(self, asked: Asked) -> Reply:
        if asked.path != "/item.htm":
            return not_found()
        wall = self._navigation_wall() or self._sudden_captcha()
        if wall:
            return wall
        goods = self._goods.get(asked.query.get("id", ""))
        if goods is None or goods.state == "removed":
            return redirect("gone", f"https://error.item.taobao.com/error/noitem?itemid={_number(asked)}")
        if item_address(goods).split("/")[2] != asked.host:
            return redirect("detail", f"https:{item_address(goods)}")
        return self._shown("detail")

    def _navigation_wall(self) -> Reply | None:
        """Walls that stand before a page; the others show themselves when its script asks for data."""
        wall = self._gate.standing()
        if wall == "login":
            return redirect("wall", LOGIN)
        return Reply(kind="wall", status=500, body=b"<h1>500</h1>") if wall == "error" else None

    def _sudden_captcha(self) -> Reply | None:
        """A detail page may be a captcha from the start: a short script in place of the page (FACTS 0.3, 4)."""
        if self._gate.standing() != "captcha":
            return None
        script = f'window._config_={{"action":"captcha","url":"{PUNISH}"}};location.replace(window._config_.url);'
        body = f"<script>{script}</script><!--rgv587_flag:sm-->"
        return Reply(kind="wall", body=body.encode(), headers=(("bxpunish", "1"),))

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


def _text(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")


def _page(name: str) -> bytes:
    """A page with its style put in; nothing comes from elsewhere."""
    return _text(f"{name}.html").replace("{{style.css}}", _text("style.css")).encode()


def _number(asked: Asked) -> str:
    return "".join(c for c in asked.query.get("id", "") if c.isascii() and c.isdigit())[:20]
