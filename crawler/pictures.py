"""Picture addresses: from a thumbnail to the original, which hosts are the marketplace's own, and identity.

Facts: the suffix rules were proved on saved pages that list preview and original side by side.
"""

from __future__ import annotations

import re
from functools import cache
from urllib.parse import SplitResult, urlsplit

from crawler.sites import site

MAX_ADDRESS = 2_000  # characters; the longest seen has about 300
# The "address" of a picture that was saved with a page and does not say its own; no such host can be (RFC 2606).
SAVED_PICTURES = "https://saved.invalid/"

_EXTENSION = r"\.(?:jpe?g|png|gif|bmp|webp|avif|heic|ss2)"
_SUFFIX = (
    r"(?:_?\.(?:webp|avif)"  # .jpg_.webp, .jpg.avif
    r"|_\d{1,5}x\d{1,5}[A-Za-z0-9]{0,12}"
    + _EXTENSION  # _430x430q90.jpg, _110x10000Q75.jpg, _350x350xz.jpg
    + r"|_(?:[qQ]\d{1,3}|sum|[a-z])"
    + _EXTENSION
    + r")"  # _Q90.jpg, _sum.jpg, _b.jpg
)
_THUMBNAIL = re.compile(rf"(.{{1,400}}?{_EXTENSION}){_SUFFIX}*", re.I)
# 1688: stem.220x220.jpg, stem.search.jpg
_DOTTED_SIZE = re.compile(r"(?:\.(?:\d{2,4}x\d{2,4}[a-z]{0,3}|search|summ))+(?=\.(?:jpe?g|png|gif)$)", re.I)
_PLACEHOLDER = re.compile(r"(?:.*tps-(?:.*-)?1-1|s|spaceball)\.(?:png|gif|jpg)", re.I)
_BADGE = re.compile(r"\d{1,4}x\d{1,4}\.\w{3,4}")  # AliExpress: an icon named by its size
_HOST = re.compile(r"[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,5}", re.I)
_TOKEN = re.compile(rf"((?:O1CN|TB).+?)(?:_?!!.*|-\d-.*)?(?:{_EXTENSION})?", re.I)


def original_image_url(url: str) -> str | None:
    """The original behind a thumbnail's address, absolute and https; None for placeholders, badges and `data:`."""
    parts = _split(url)
    if parts is None:
        return None
    folder, _, name = parts.path.rpartition("/")
    name = _without_sizes(name, dotted="/ibank/" in folder + "/")
    if not name or _PLACEHOLDER.fullmatch(name) or ("/kf/" in folder + "/" and _BADGE.fullmatch(name)):
        return None
    return f"https://{parts.netloc.lower()}{folder}/{name}"


def _without_sizes(name: str, *, dotted: bool) -> str:
    while True:
        thumbnail = _THUMBNAIL.fullmatch(name)
        shorter = thumbnail.group(1) if thumbnail else name
        shorter = _DOTTED_SIZE.sub("", shorter) if dotted else shorter
        if shorter == name:
            return name
        name = shorter


def is_image_host(marketplace: str, url: str) -> bool:
    """Whether a picture may be fetched: https, one of the site's own picture hosts, no port, no user, nothing odd.

    Raises `UnknownMarketplaceError`.
    """
    if len(url) > MAX_ADDRESS or not re.fullmatch(r"https://[!-~]+", url) or "\\" in url:
        return False
    try:
        netloc = urlsplit(url).netloc
    except ValueError:
        return False
    return bool(_image_hosts(marketplace).fullmatch(netloc))


def image_key(url: str) -> str | None:
    """What two addresses of one picture have in common: its key, token or path, never the host."""
    original = original_image_url(url)
    if original is None:
        return None
    path = urlsplit(original).path
    key = re.search(r"/kf/([^/.]+)", path)
    if key:
        return "kf/" + key.group(1)
    token = _TOKEN.fullmatch(path.rsplit("/", 1)[-1])
    if token:
        return token.group(1)
    return path[path.index("/ibank/") + 1 :] if "/ibank/" in path else path.lstrip("/")


@cache
def _image_hosts(marketplace: str) -> re.Pattern[str]:
    hosts = (re.escape(host).replace(r"\#", "[0-9]") for host in site(marketplace).image_hosts)
    return re.compile("|".join(hosts), re.I)


def _split(url: str) -> SplitResult | None:
    url = url.strip()
    if len(url) > MAX_ADDRESS or not re.match(r"(?:https?:)?//", url, re.I):
        return None
    try:
        parts = urlsplit(re.sub(r"^(?:https?:)?//", "https://", url, flags=re.I))
    except ValueError:
        return None
    readable = _HOST.fullmatch(parts.netloc) and not re.search(r"[\s\\\"'<>\x00-\x1f\x7f]", parts.path)
    return parts if readable else None
