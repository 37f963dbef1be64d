"""Which listing does an address name? And the one address under which it is kept.

An item address carries much tracking and many shapes: nothing is cleaned here, the id is read out and the canonical
address is rebuilt from it. Short links and most advertisement redirects carry no id and name nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import islice
from typing import NamedTuple
from urllib.parse import SplitResult, parse_qs, quote, unquote, urlsplit

from crawler.sites import SITES, site

MAX_ADDRESS = 8_000  # characters; longer ones do not work in browsers either
MAX_ADDRESSES = 20  # looked at in one text (a share message holds one or two)
MAX_LISTED = 10_000  # addresses of one list
MAX_LIST = 2_000_000  # characters of one list

REGIONAL_OFFSET = 2**51  # AliExpress: regional id = canonical id + 2^51, seen on US pages of 2024-25
_REGIONAL_ID = re.compile(r"(?:3256|2255|2251)[0-9]{12}")

_ID = r"([1-9][0-9]{3,18})"
_WHOLE_ID = re.compile(_ID)
_NETLOC = re.compile(r"[a-z0-9.-]{1,253}(?::[0-9]{1,5})?")  # no user name, no tricks
# An address ends where the next begins: lists are pasted without a space between them.
_URL_CHARACTERS = r"(?:(?!https?://)[!#$%&'()*+,./0-9:;=?@A-Z\[\]_a-z~-])+"
_URL = re.compile(
    rf"(?:https?:)?//{_URL_CHARACTERS}"
    rf"|(?<![A-Za-z0-9_@/.-])(?:[a-z0-9-]+\.)+(?:com|hk|us)/{_URL_CHARACTERS}",
    re.I | re.A,
)
# A keyboard for Chinese writes these in their full width; digits in full width are no id.
_FULL_WIDTH = str.maketrans("：／．。？＝＆％＃－＿～", ":/..?=&%#-_~")
_QUERY_PAGE = re.compile(r"/(?:item|detail|item_\w{1,20}|spu_detail|index)\.html?")


class ItemRef(NamedTuple):
    """A listing, named: the marketplace as its address shows it, and the canonical id."""

    marketplace: str
    item_id: str


def identify(text: str) -> ItemRef | None:
    """The listing that an address (or a share message with one) names; None where no id stands in it."""
    return next(_named(text[: MAX_ADDRESS * MAX_ADDRESSES], MAX_ADDRESSES), None)


def identify_all(text: str) -> tuple[ItemRef, ...]:
    """Every listing that is named in a text (a list pasted from a chat), each once, in order."""
    once: dict[tuple[str, str], ItemRef] = {}
    for ref in _named(text[:MAX_LIST], MAX_LISTED):
        once.setdefault((site(ref.marketplace).id_space, ref.item_id), ref)
    return tuple(once.values())


def _named(text: str, limit: int) -> Iterator[ItemRef]:
    """The listings of a text, line by line: as they stand, else with full-width punctuation made plain."""
    for line in text.splitlines():
        found = [ref for url in islice(_addresses(line), limit) if (ref := _identify(url))]
        if not found and (plain := line.translate(_FULL_WIDTH)) != line:
            found = [ref for url in islice(_addresses(plain), limit) if (ref := _identify(url))]
        yield from found


def canonical_url(marketplace: str, item_id: str) -> str:
    """The address under which a listing is kept; raises `UnknownMarketplaceError`."""
    return site(marketplace).item_url.format(quote(item_id, safe=""))


def canonical_id(marketplace: str, item_id: str) -> str:
    """AliExpress ids of a region become the canonical one; all others stay."""
    if marketplace == "aliexpress" and _REGIONAL_ID.fullmatch(item_id) and int(item_id) > REGIONAL_OFFSET:
        return str(int(item_id) - REGIONAL_OFFSET)
    return item_id


def marketplace_of(url: str) -> str | None:
    """The site whose own host an address is on; None for any other host."""
    parts = _split(url)
    return _site_of(parts.hostname or "") if parts else None


def query_value(url: str, *names: str) -> str | None:
    """The first of these query parameters that has a value; None when there is none or the address is no address."""
    parts = _split(url)
    values = _query(parts) if parts else {}
    return next((values[name][0] for name in names if values.get(name)), None)


def absolute(url: str) -> str:
    """An address as it stands in a page, with its scheme."""
    url = url.strip()[:MAX_ADDRESS].replace("&amp;", "&")
    if url.startswith("//"):
        return "https:" + url
    return url if re.match(r"https?://", url, re.I) else "https://" + url


def _addresses(text: str) -> Iterator[str]:
    return (found.group().rstrip("!'),.:;]") for found in _URL.finditer(text))


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(absolute(url))
    except ValueError:  # a broken [IPv6] host
        return None
    return parts if _NETLOC.fullmatch(parts.netloc.lower()) else None


def _query(parts: SplitResult) -> dict[str, list[str]]:
    try:
        return parse_qs(parts.query, max_num_fields=200)
    except ValueError:  # more fields than any real address has
        return {}


def _site_of(host: str) -> str | None:
    for name, known in SITES.items():
        if any(host == domain or host.endswith("." + domain) for domain in known.hosts):
            return name
    return None


def _identify(url: str) -> ItemRef | None:
    parts = _split(url)
    marketplace = _site_of((parts.hostname or "").lower()) if parts else None
    if not parts or not marketplace:
        return None
    item_id = _ID_OF.get(marketplace, _plain_id)(parts)
    return ItemRef(marketplace, canonical_id(marketplace, item_id)) if item_id else None


def _from_query(parts: SplitResult, name: str) -> str | None:
    value = _query(parts).get(name, [""])[0]
    return value if _WHOLE_ID.fullmatch(value) else None


def _from_path(*patterns: str) -> Callable[[SplitResult], str | None]:
    compiled = [re.compile(pattern) for pattern in patterns]

    def read(parts: SplitResult) -> str | None:
        found = next((match for pattern in compiled if (match := pattern.fullmatch(parts.path))), None)
        return found.group(1) if found else None

    return read


# item.taobao.com/item.htm?id=, h5.m.taobao.com/awp/core/detail.htm?id=, m.intl.taobao.com/detail/detail.html?id=,
# detail.tmall.com | chaoshi.detail.tmall.com | detail.m.tmall.com/item.htm?id=, detail.tmall.hk/hk/item.htm?id=;
# world.taobao.com | world.tmall.com | taiwan.tmall.com/item/<id>.htm, a.m.taobao.com/i<id>.htm,
# www.taobao.com/list/item-amp/<id>.htm
_taobao_path = _from_path(rf"/+(?:\w+/)?item/{_ID}\.html?", rf"/+i{_ID}\.html?", rf"/+list/item-amp/{_ID}\.html?")


def _taobao_id(parts: SplitResult) -> str | None:
    host = (parts.hostname or "").lower()
    if host in ("click.simba.taobao.com", "s.click.taobao.com", "login.taobao.com"):
        return None
    last = "/" + parts.path.rsplit("/", 1)[-1]
    return _taobao_path(parts) or (_from_query(parts, "id") if _QUERY_PAGE.fullmatch(last) else None)


_offer_path = _from_path(rf"/+(?:offer|pic)/{_ID}\.html?")
_REPORTED = re.compile(rf"(?:^|[^0-9a-z_])object_id[@=:]{_ID}(?![0-9])", re.I)


def _offer_id(parts: SplitResult) -> str | None:
    """1688: detail | m.1688.com/offer/<id>.html, detail.m.1688.com/page/index.html?offerId=, any page with offerId=.

    A redirect of an advertisement (dj.1688.com) names its article only where what the card reports stands in it.
    """
    if (parts.hostname or "").lower() == "dj.1688.com":
        reported = _REPORTED.search(unquote(parts.query + "#" + parts.fragment))
        return reported.group(1) if reported else None
    return _offer_path(parts) or _from_query(parts, "offerId")


_express_path = _from_path(
    rf"/+(?:\w+/)?(?:item|i)/(?:[^/]+/)?{_ID}\.html?", rf"/+store/product/(?:[^/]+/)?[0-9]{{1,19}}_{_ID}\.html?"
)


def _express_id(parts: SplitResult) -> str | None:
    """AliExpress: /item/<id>.html, /item/<slug>/<id>.html, /i/<id>.html; bundle pages name it in productIds."""
    bundle = re.match(_ID + r"(?:[:,]|$)", _query(parts).get("productIds", [""])[0])
    return _express_path(parts) or (bundle.group(1) if bundle else None)


# www | french | ... .alibaba.com/product-detail/<slug>_<id>.html, /pla/<slug>_<id>.html (from search engines);
# m.alibaba.com/product/<id>/<slug>.html, <seller>.en.alibaba.com/product/<id>-<group>/<slug>.html
_alibaba_id = _from_path(
    rf"/+(?:product-detail|pla)/(?:[^/]*_)?{_ID}\.html?", rf"/+product/{_ID}(?:-[0-9]{{1,19}})?(?:/.*|\.html?)?"
)

# What a further marketplace begins with, until its own forms are known.
_plain_id = _from_path(rf"/+item/{_ID}(?:\.html?)?")

_ID_OF: dict[str, Callable[[SplitResult], str | None]] = {
    "taobao": _taobao_id,
    "tmall": _taobao_id,
    "1688": _offer_id,
    "alibaba": _alibaba_id,
    "aliexpress": _express_id,
}
