"""Who answers what on the hosts of 1688."""

from __future__ import annotations

import html
import re
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote_from_bytes

from sandbox.assets import CHINESE, Assets
from sandbox.catalogue import Catalogue
from sandbox.exchange import REFUSED_TO_ALL, SCRIPT, Asked, Reply, not_found, redirect
from sandbox.faces.ali1688.details import context_script, description_path, description_script
from sandbox.faces.ali1688.offers import PAGE_SIZE, search_answer
from sandbox.faces.ali1688.shops import Shops
from sandbox.faces.ali1688.texts import GBK, gbk_percent, item_address, percent_bytes, shop_address, token_of
from sandbox.guards import make_guard
from sandbox.mtop import Answer, Gateway, script_safe
from sandbox.pictures import Pictures
from sandbox.routes import Route, Routes
from sandbox.search import Found, Recommend, make_finder
from sandbox.texts import ad_token
from sandbox.walls import Gate

SEARCH_API = "mtop.relationrecommend.wirelessrecommend.recommend"
SHOP_API = "mtop.alibaba.alisite.cbu.server.moduleasyncservice"
SHOP_CARD_API = "mtop.1688.moga.pc.shopcard"
LOGIN = "https://login.1688.com/member/signin.htm?Done=https%3A%2F%2Fs.1688.com%2Fselloffer%2Foffer_search.htm"
# The x5secdata of a real address is a sealed ticket; here it is only there.
PUNISH = "https://s.1688.com//selloffer/offer_search.htm/_____tmd_____/punish?x5secdata=0000&x5step=1&action=captcha"
# Where the site leads from an offer that there is not; its title says 404.
WRONG_PAGE = "https://page.1688.com/shtml/static/wrongpage.html"

_SCRIPTS = ("search", "detail", "shop")
_OFFER = re.compile(r"/offer/(\d{1,20})\.html", re.ASCII)
_SHOP_PAGE = re.compile(r"/|/page/(?:index|offerlist)\.html?", re.ASCII)
_PAGE_ID = re.compile(r"[0-9a-f]{32}", re.ASCII)
_PAGE = re.compile(r"[1-9][0-9]{0,3}", re.ASCII)


class Ali1688:
    """The 1688 face: a `Face` that shows the offers of 1688 in a catalogue."""

    hosts: tuple[str, ...] = ("*.1688.com", "*.m.1688.com", "itemcdn.tmall.com")
    picture_hosts: tuple[str, ...] = ("cbu##.alicdn.com", "img.alicdn.com", "gw.alicdn.com")
    # No copy of its robots.txt was found (FACTS 0.4).
    robots = REFUSED_TO_ALL

    def __init__(self, catalogue: Catalogue, pictures: Pictures, gate: Gate, recommend: Recommend = "auto") -> None:
        goods = [one for one in catalogue.goods if one.marketplace == "1688"]
        self._goods = {one.item_id: one for one in goods}
        self._ads = {ad_token(one): one for one in goods}
        self._descriptions = {description_path(one): one for one in goods}
        self._pictures = pictures
        self._find = make_finder(goods, recommend)
        best = sorted((one for one in goods if one.state != "removed"), key=lambda one: -(one.sold or 0))
        self._strays = Found(tuple(best[:PAGE_SIZE]))
        self._shops = Shops(goods, pictures)
        self._gate = gate
        self._assets = Assets(Path(__file__).parent, {**CHINESE, "site": "1688"})
        self._guard = make_guard(self._assets, gate, login=LOGIN, punish=PUNISH)
        apis = {SEARCH_API: self._search, SHOP_API: self._shops.module, SHOP_CARD_API: self._shops.card}
        self._gateway = Gateway(apis, gate, login=LOGIN, punish=PUNISH)
        scripts = {f"/app/{name}.js": self._assets.script("mtop", "page", name) for name in _SCRIPTS}
        self.reply = Routes(self._guard, self._routes_by_host(), scripts).reply

    def _routes_by_host(self) -> Mapping[str, Route]:
        return {
            "www.1688.com": self._home,
            "s.1688.com": self._search_page,
            "h5api.m.1688.com": self._gateway.reply,
            "detail.1688.com": self._detail_page,
            "m.1688.com": self._mobile_page,
            "detail.m.1688.com": self._mobile_page,
            "winport.m.1688.com": self._mobile_shop,
            "itemcdn.tmall.com": self._description,
            "dj.1688.com": self._ad,
            "login.1688.com": lambda _: self._guard.login_page,
            "page.1688.com": lambda _: Reply(kind="gone", body=self._assets.page("wrongpage")),
            "*.1688.com": self._shop_page,
        }

    def _home(self, asked: Asked) -> Reply:
        """Where a visit begins (FACTS 3: open it once before searching)."""
        if asked.path != "/":
            return not_found()
        return self._guard.before_shell() or Reply(kind="home", body=self._assets.page("home"))

    def _search_page(self, asked: Asked) -> Reply:
        if asked.path != "/selloffer/offer_search.htm":
            return not_found()
        return self._guard.before_shell() or Reply(
            kind="search", body=self._assets.page("search", state=script_safe(_state(asked)))
        )

    def _detail_page(self, asked: Asked) -> Reply:
        found = _OFFER.fullmatch(asked.path)
        if found is None:
            return not_found()
        wall = self._guard.before_page()
        if wall:
            return wall
        goods = self._goods.get(found[1])
        if goods is None:
            return redirect("gone", WRONG_PAGE)
        if goods.state == "removed":
            return Reply(kind="gone", body=self._assets.page("offline"))
        self._gate.let_through()
        title = html.escape(goods.title)
        page = self._assets.page("detail", title=title, context=context_script(goods, self._pictures))
        return Reply(kind="detail", body=page)

    def _mobile_page(self, asked: Asked) -> Reply:
        """Telephones' addresses of an offer; a desktop is led to its own page."""
        found = _OFFER.fullmatch(asked.path)
        number = found[1] if found else asked.query.get("offerId", "")
        goods = self._goods.get(number)
        return redirect("detail", item_address(goods) if goods else WRONG_PAGE)

    def _mobile_shop(self, asked: Asked) -> Reply:
        member_id = asked.query.get("memberId", "")
        return redirect("shop", f"{shop_address(member_id)}/" if self._shops.knows(member_id) else WRONG_PAGE)

    def _shop_page(self, asked: Asked) -> Reply:
        member_id = self._shops.member_of(asked.host)
        if member_id is None or not _SHOP_PAGE.fullmatch(asked.path):
            return not_found()
        state = script_safe({"memberId": member_id})
        return self._guard.before_shell() or Reply(kind="shop", body=self._assets.page("shop", state=state))

    def _description(self, asked: Asked) -> Reply:
        goods = self._descriptions.get(asked.path)
        if goods is None:
            return not_found()
        body = description_script(goods, self._pictures).encode()
        return Reply(kind="description", body=body, content_type=SCRIPT)

    def _ad(self, asked: Asked) -> Reply:
        goods = self._ads.get(token_of(asked.query))
        if asked.path != "/ci_bb" or goods is None:
            return not_found()
        return redirect("ad", item_address(goods))

    def _search(self, data: Mapping[str, Any]) -> Answer:
        return search_answer(data, self._find, self._strays, self._pictures)


def _state(asked: Asked) -> dict[str, Any]:
    """What the search page is told: its keyword, as it was understood, and an id that is minted where none is given.

    Without `charset=utf8` the keyword is GBK, whatever was meant (FACTS 3).
    """
    query = asked.path_qs.partition("?")[2]
    raw = percent_bytes(next((part[9:] for part in query.split("&") if part.startswith("keywords=")), ""))
    is_utf8 = asked.query.get("charset", "").lower().replace("-", "") == "utf8"
    keyword = raw.decode("utf-8" if is_utf8 else GBK, errors="replace")
    begin = asked.query.get("beginPage", "1")
    page = int(begin) if _PAGE.fullmatch(begin) else 1
    given = asked.query.get("pageId", "")
    page_id = given if _PAGE_ID.fullmatch(given) else f"{secrets.token_hex(14)}{page:04x}"
    keywords = gbk_percent(keyword) if is_utf8 else quote_from_bytes(raw, safe="")
    return {"keyword": keyword, "keywords": keywords, "beginPage": page, "pageId": page_id}
