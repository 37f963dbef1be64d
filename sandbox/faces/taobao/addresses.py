"""Other addresses of an article, all of which lead to its own (FACTS 1 and 2, "Detail")."""

from __future__ import annotations

import re

from sandbox.exchange import Asked

_BY_QUERY = {
    "detail.tmall.hk": "/hk/item.htm",
    "chaoshi.detail.tmall.com": "/item.htm",
    "detail.m.tmall.com": "/item.htm",
    "h5.m.taobao.com": "/awp/core/detail.htm",
    "m.intl.taobao.com": "/detail/detail.html",
}
_BY_PATH = {
    "world.taobao.com": re.compile(r"/item/(\d{1,20})\.htm", re.ASCII),
    "world.tmall.com": re.compile(r"/item/(\d{1,20})\.htm", re.ASCII),
    "a.m.taobao.com": re.compile(r"/i(\d{1,20})\.htm", re.ASCII),
}
HOSTS = (*_BY_QUERY, *_BY_PATH)


def item_id(asked: Asked) -> str | None:
    """The article that is asked for on one of HOSTS; None when it is some other page."""
    if asked.host in _BY_QUERY:
        return asked.query.get("id") if asked.path == _BY_QUERY[asked.host] else None
    found = _BY_PATH[asked.host].fullmatch(asked.path)
    return found[1] if found else None
