"""An article that is no longer offered: how the sites say it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from crawler.answers import Answer, Page, reader
from crawler.markup import is_hidden, texts, words
from crawler.walls import one_line
from spiders.readers.fields import first

# What the sites write where an article was: the whole of a text, not a part of one, since a title may quote it.
_ARTICLE = "(?:宝贝|商品|货品|产品|供应信息)"
_PHRASE = re.compile(
    rf"(?:很抱歉|抱歉|亲)?[，,!！\s]*(?:此|该|您(?:查看|访问|浏览)的)?{_ARTICLE}"
    r"(?:不存在|已经?(?:被?(?:下架|删除)|过期|失效))[^。！!]{0,40}[。！!]?(?:[^。]{0,40}[。])?"
    r"|(?:很?抱歉[，,])?您要访问的页面不存在[^。]{0,40}。?"
    r"|(?:sorry\W{1,3})?(?:this|the) product(?: you are looking for)? (?:is no longer available|has been removed)"
    r"[^.!]{0,40}[.!]?",
    re.I,
)
# Not the site's words: titles, links, attributes, the description, the shop's own modules, reviews.
_OTHER_TAGS = frozenset({"script", "style", "template", "noscript", "title", "h1", "h3", "a"})
_OTHER_IDS = frozenset({"description", "J_DivItemDesc", "attributes", "J_AttrUL"})
_OTHER_CLASSES = re.compile(r"\b(?:ke-post|J_TModule|review|comment)")
MAX_TEXTS = 20_000  # of one page that are looked at
_OFFLINE = "//*[contains(@class, 'mod-detail-offline-title')]"  # 1688: a heading that is the site's own
# Where the sites lead to instead of an article that is not there: host, part of the path.
_ERROR_PAGES = (("error.item.taobao.com", "noitem"), ("page.1688.com", "wrongpage"))


def says_gone(texts: Iterable[str]) -> str | None:
    """The first text that says so, as a whole."""
    for number, each in enumerate(texts):
        if number == MAX_TEXTS:
            return None
        said = " ".join(each[:200].split())
        if said and len(each) < 200 and _PHRASE.fullmatch(said):
            return one_line(said)
    return None


def notice(answer: Answer) -> str | None:
    """The site's own words in a page that the article is not there."""
    marked = answer.html.xpath(_OFFLINE)[:5] if "mod-detail-offline" in answer.text else ()
    return says_gone(words(each.root, 200) or "" for each in marked) or says_gone(
        texts(answer.html.root, without=_is_other)
    )


def _is_other(element: Any) -> bool:
    by_name = element.tag in _OTHER_TAGS or element.get("id") in _OTHER_IDS
    return by_name or bool(_OTHER_CLASSES.search(element.get("class", ""))) or is_hidden(element)


@reader(layout="gone", seen="2018..2026", kinds={"detail"})
def gone(answer: Answer) -> Page | None:
    """The site's own page or return code for an article that is not there."""
    proof = _by_address(answer) or _by_return_code(answer)
    if proof is None and answer.json is None:
        proof = notice(answer)
    return Page(layout="gone", kind="detail", gone=proof) if proof else None


def _by_address(answer: Answer) -> str | None:
    for address in (answer.url or "", *answer.hops):
        try:
            parts = urlsplit(address)
        except ValueError:
            continue
        for host, name in _ERROR_PAGES:
            if parts.hostname == host and name in parts.path:
                return f"address {host}, {name}"
    return None


def _by_return_code(answer: Answer) -> str | None:
    ret = first(answer.json, "ret")
    code = ret[0] if isinstance(ret, list) and ret else ret
    words = code.partition("::")[2] if isinstance(code, str) and not code.startswith("SUCCESS") else ""
    return one_line(f"ret {code}") if says_gone([words]) else None
