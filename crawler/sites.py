"""The five sites as data: names, hosts, identity. Facts and their sources: the project's notes on the marketplaces.

Taobao and Tmall share an id space and a login; what differs is the host of the item page. A Tmall item behind a
`detail.tmall.hk` address counts as tmall here; for complaints it is a site of its own.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A marketplace.

    Fields
    ------
    id_space : listings are known by (id space, item id)
    access_group : sites that share login, pace and cool-down
    currency : ISO 4217; what its prices are in when an answer does not say
    hosts : the site's own domains; every sub-domain is the site's too
    image_hosts : exact hosts of its pictures, `#` stands for one digit
    item_url : canonical address of an item, `{}` stands for the id
    languages : in which to search there (ISO 639-1), the most fruitful first
    login_url, account_url : where one logs in; a page that only a logged-in visitor gets to see (FACTS 1 names
        Taobao's; those of the other sites are common knowledge that nobody could check here)
    """

    name: str
    id_space: str
    access_group: str
    currency: str
    hosts: tuple[str, ...]
    image_hosts: tuple[str, ...]
    item_url: str
    languages: tuple[str, ...]
    login_url: str
    account_url: str


_TAOBAO_IMAGES = (
    "img.alicdn.com",
    "gw.alicdn.com",
    "gw#.alicdn.com",
    "gd#.alicdn.com",
    "g-search#.alicdn.com",
    "asearch.alicdn.com",
    "img##.taobaocdn.com",  # before about 2015
)

TAOBAO = Site(
    name="taobao",
    id_space="taobao",
    access_group="taobao",
    currency="CNY",
    hosts=("taobao.com",),
    image_hosts=_TAOBAO_IMAGES,
    item_url="https://item.taobao.com/item.htm?id={}",
    languages=("zh", "en"),
    login_url="https://login.taobao.com/",
    account_url="https://i.taobao.com/my_itaobao",
)

TMALL = Site(
    name="tmall",
    id_space="taobao",
    access_group="taobao",
    currency="CNY",
    hosts=("tmall.com", "tmall.hk"),
    image_hosts=_TAOBAO_IMAGES,
    item_url="https://detail.tmall.com/item.htm?id={}",
    languages=("zh", "en"),
    login_url="https://login.taobao.com/",
    account_url="https://i.taobao.com/my_itaobao",
)

ALIBABA_CN = Site(
    name="1688",
    id_space="1688",
    access_group="1688",
    currency="CNY",
    hosts=("1688.com",),
    image_hosts=("cbu##.alicdn.com", "img.alicdn.com", "gw.alicdn.com"),
    item_url="https://detail.1688.com/offer/{}.html",
    languages=("zh",),
    login_url="https://login.1688.com/member/signin.htm",
    account_url="https://work.1688.com/",
)

ALIBABA = Site(
    name="alibaba",
    id_space="alibaba",
    access_group="alibaba",
    currency="USD",
    hosts=("alibaba.com",),
    image_hosts=("s.alicdn.com", "sc##.alicdn.com", "img.alicdn.com"),
    item_url="https://www.alibaba.com/product-detail/_{}.html",
    languages=("en", "zh"),
    login_url="https://login.alibaba.com/",
    account_url="https://i.alibaba.com/",
)

ALIEXPRESS = Site(
    name="aliexpress",
    id_space="aliexpress",
    access_group="aliexpress",
    currency="USD",
    hosts=("aliexpress.com", "aliexpress.us"),
    image_hosts=("ae##.alicdn.com", "ae-pic-a#.aliexpress-media.com", "img.alicdn.com"),
    item_url="https://www.aliexpress.com/item/{}.html",
    languages=("en",),
    login_url="https://login.aliexpress.com/",
    account_url="https://www.aliexpress.com/p/order/index.html",
)

SITES = {site.name: site for site in (TAOBAO, TMALL, ALIBABA_CN, ALIBABA, ALIEXPRESS)}


class UnknownMarketplaceError(ValueError):
    """No marketplace has this name; the message is one line for the user."""


def site(name: str) -> Site:
    """The marketplace of that name; raises `UnknownMarketplaceError`."""
    try:
        return SITES[name]
    except KeyError:
        raise UnknownMarketplaceError(f"no marketplace is called {name[:40]!r}; known: {', '.join(SITES)}") from None
