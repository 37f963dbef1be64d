"""Who answers what on the hosts of AliExpress."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from sandbox.assets import ENGLISH, Assets
from sandbox.catalogue import Catalogue, Goods
from sandbox.exchange import SCRIPT, Asked, Reply, not_found, redirect
from sandbox.faces.aliexpress import cards, drawing
from sandbox.faces.aliexpress.details import description, detail_answer
from sandbox.faces.aliexpress.queries import SEARCH, ships_from_here, wanted, words_in_path
from sandbox.faces.aliexpress.texts import item_link, original, regional_id
from sandbox.guards import Guard, make_guard
from sandbox.markup import escaped, in_script, joined, pager
from sandbox.mtop import Answer, Gateway
from sandbox.parameters import loose_page
from sandbox.pictures import Pictures
from sandbox.routes import Route, Routes
from sandbox.search import Recommend, make_finder
from sandbox.texts import ad_token
from sandbox.walls import Gate

DETAIL_API = "mtop.aliexpress.pdp.pc.query"
LOGIN = "https://login.aliexpress.com/?return_url=https%3A%2F%2Fwww.aliexpress.com%2F"
# The x5secdata of a real address is a sealed ticket; here it only has its length, for a page of 2.4 kB (FACTS 0.3).
PUNISH = f"https://www.aliexpress.com//w/_____tmd_____/punish?x5secdata={'0' * 2150}&x5step=1&recaptcha=1"

# What was seen of it names neither /w/ nor /item/ (FACTS 0.4, C).
ROBOTS = b"User-agent: *\nDisallow: /search/\nDisallow: /productdetail/\nDisallow: /api/\n"

_ITEM = re.compile(r"/(?:item|i)/(?:[^/]+/)?(\d{1,20})\.html", re.ASCII)
_STORE = re.compile(r"/store/([^/]{1,100})(/pages/all-items\.html)?/?")


class AliExpress:
    """The aliexpress face: a `Face` that shows the goods of aliexpress in a catalogue.

    bulk : search pages as heavy as the real ones, about 680 kB
    """

    hosts: tuple[str, ...] = ("*.aliexpress.com", "*.aliexpress.us", "*.alicdn.com")
    picture_hosts: tuple[str, ...] = ("ae##.alicdn.com", "ae-pic-a#.aliexpress-media.com")
    robots = ROBOTS

    def __init__(
        self, catalogue: Catalogue, pictures: Pictures, gate: Gate, recommend: Recommend = "auto", *, bulk: bool = False
    ) -> None:
        goods = [one for one in catalogue.goods if one.marketplace == "aliexpress"]
        self._goods = {one.item_id: one for one in goods}
        self._goods |= {moved: one for one in goods if (moved := regional_id(one.item_id))}
        self._ads = {ad_token(one): one for one in goods}
        self._stores = _by_store(goods)
        self._pictures = pictures
        self._find = make_finder(goods, recommend)
        self._gate = gate
        self._bulk = bulk
        self._assets = Assets(Path(__file__).parent, {**ENGLISH, "site": "AliExpress"})
        self._guard = _guard(self._assets, gate)
        self._gateway = Gateway({DETAIL_API: self._details}, gate, login=LOGIN, punish=PUNISH)
        scripts = {"/app/detail.js": self._assets.script("mtop", "page", "detail")}
        self.reply = Routes(self._guard, self._routes_by_host(), scripts).reply

    def _routes_by_host(self) -> Mapping[str, Route]:
        return {
            "www.aliexpress.com": self._site,
            "m.aliexpress.com": self._elsewhere,
            "www.aliexpress.us": self._elsewhere,
            "acs.aliexpress.com": self._gateway.reply,
            "us-click.aliexpress.com": self._ad,
            "login.aliexpress.com": lambda _: self._guard.login_page,
            "aeproductsourcesite.alicdn.com": self._description,
            # The assets that every good page names (FACTS 0.3): nothing is in them here.
            "assets.alicdn.com": lambda _: Reply(kind="script", content_type=SCRIPT),
        }

    def _site(self, asked: Asked) -> Reply:
        if asked.path == "/wholesale":
            return redirect("search", words_in_path(asked))
        if found := SEARCH.fullmatch(asked.path):
            return self._guard.before_page() or self._search_page(asked, found[1].replace("-", " "))
        if found := _ITEM.fullmatch(asked.path):
            return self._guard.before_shell() or self._detail_page(found[1])
        if found := _STORE.fullmatch(asked.path):
            return self._store(asked, found[1], is_list=bool(found[2]))
        if asked.path.startswith("/ssr/300000512/"):
            return Reply(kind="bundle", body=self._assets.page("bundle"))
        return not_found()

    def _search_page(self, asked: Asked, text: str) -> Reply:
        """A search that finds nothing may get other goods in silence, as on the site (FACTS 0.3)."""
        found = self._find(wanted(text, asked.query))
        goods = found.goods if ships_from_here(asked.query) else ()
        return self._shelf("search", asked, goods, query=text)

    def _shelf(self, kind: str, asked: Asked, goods: Sequence[Goods], *, query: str = "", title: str = "") -> Reply:
        """A page of goods; its data, its cards, and links to the pages beside it."""
        page = loose_page(asked.query.get("page", ""))
        data = cards.init_data(goods, page, self._pictures, bulk=self._bulk)
        shown = drawing.grid(cards.of_page(goods, page), self._pictures) if goods else drawing.nothing(query[:200])
        turns = pager(_turning(asked.query), page, cards.page_count(goods))
        self._gate.let_through()
        body = self._filled(
            "search", title=title or query, query=query, data=in_script(data), shown=joined(shown, turns)
        )
        return Reply(kind=kind, body=body)

    def _detail_page(self, item_id: str) -> Reply:
        """The page before its script has asked: pictures and a title for those that show a link to it."""
        goods = self._goods.get(item_id)
        is_gone = goods is None or goods.state == "removed"
        images = [] if goods is None or is_gone else [original(name, self._pictures) for name in goods.images]
        body = self._filled(
            "detail",
            id=item_id,
            title="" if goods is None or is_gone else f"{goods.title} - AliExpress",
            image=images[0] if images else "",
            images=in_script(images),
        )
        return Reply(kind="detail", body=body)

    def _store(self, asked: Asked, store_id: str, *, is_list: bool) -> Reply:
        """All goods of one seller. No capture is known: the page is taken to have the data of a search page."""
        goods = self._stores.get(store_id)
        if goods is None:
            return not_found()
        if not is_list:
            address = f"/store/{quote(store_id, safe='')}/pages/all-items.html?shop_sortType=bestmatch_sort"
            return redirect("shop", address)
        return self._guard.before_page() or self._shelf("shop", asked, goods, title=goods[0].shop_name)

    def _elsewhere(self, asked: Asked) -> Reply:
        """The mobile site and that of a region lead to the one that is shown here, with the id as it was."""
        found = _ITEM.fullmatch(asked.path)
        address = f"https://www.aliexpress.com/item/{found[1]}.html?gatewayAdapt=usa2glo" if found else ""
        return redirect("detail", address) if address else not_found()

    def _ad(self, asked: Asked) -> Reply:
        goods = self._ads.get(asked.query.get("e", ""))
        if asked.path != "/ci_bb" or goods is None:
            return not_found()
        return redirect("ad", f"https:{item_link(goods)}")

    def _description(self, asked: Asked) -> Reply:
        goods = self._goods.get(asked.query.get("productId", ""))
        if goods is None or goods.state == "removed":
            return not_found()
        body = description(goods, self._pictures)
        return Reply(kind="description", body=body, headers=(("Access-Control-Allow-Origin", "*"),))

    def _details(self, data: Mapping[str, Any]) -> Answer:
        asked_id = str(data.get("productId"))
        return detail_answer(self._goods.get(asked_id), asked_id, self._pictures)

    def _filled(self, name: str, **pieces: str) -> bytes:
        return self._assets.page(name, **escaped(**pieces))


def _turning(query: Mapping[str, str]) -> Callable[[int], str]:
    return lambda page: f"?{urlencode({**query, 'page': str(page)})}"


def _by_store(goods: Sequence[Goods]) -> Mapping[str, Sequence[Goods]]:
    stores: defaultdict[str, list[Goods]] = defaultdict(list)
    for one in goods:
        if one.state != "removed":
            stores[one.seller_id].append(one)
    return dict(stores)


def _guard(assets: Assets, gate: Gate) -> Guard:
    """The site's walls; too many requests have their own status here."""
    guard = make_guard(assets, gate, login=LOGIN, punish=PUNISH, action="captcharecaptcha")
    return replace(guard, limit_page=replace(guard.limit_page, status=429))
