"""Cookies that an operator exported from the own browser: Playwright's state, an extension's JSON, or cookies.txt."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from http.cookiejar import LoadError, MozillaCookieJar
from pathlib import Path
from typing import Any

from crawler.config import ConfigError
from crawler.marketplaces import SITES
from crawler.sessions import Cookie

MAX_BYTES = 5 * 2**20
MAX_COOKIES = 3_000  # a browser keeps 180 a site
_SAME_SITE = {"strict": "Strict", "lax": "Lax", "none": "None", "no_restriction": "None"}


def exported_cookies(path: Path, group: str) -> list[Cookie]:
    """The cookies of an access group in an export. Raises ConfigError, one line."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise ConfigError(f"{path}: larger than {MAX_BYTES >> 20} MB, no export of cookies")
        text = path.read_text("utf-8-sig")
    except (OSError, ValueError) as error:
        raise ConfigError(f"{path}: {getattr(error, 'strerror', None) or 'not a text file'}") from None
    found = [each for each in _read(path, text) if _is_of(each, group)][:MAX_COOKIES]
    if not found:
        raise ConfigError(f"{path}: no cookies of {group} in it")
    return found


def _read(path: Path, text: str) -> Iterator[Cookie]:
    if text.lstrip()[:1] in ("{", "["):
        yield from _from_json(path, text)
        return
    jar = MozillaCookieJar()
    try:
        jar.load(str(path), ignore_discard=True, ignore_expires=True)
    except (LoadError, OSError, ValueError):
        raise ConfigError(f"{path}: neither a storage state, nor a JSON list of cookies, nor cookies.txt") from None
    for each in jar:
        yield _cookie(vars(each) | {"expires": each.expires or -1, "httpOnly": each.has_nonstandard_attr("HttpOnly")})


def _from_json(path: Path, text: str) -> Iterator[Cookie]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        raise ConfigError(f"{path}: JSON that cannot be read") from None
    cookies = value.get("cookies") if isinstance(value, dict) else value
    for each in cookies if isinstance(cookies, list) else []:
        if isinstance(each, dict) and isinstance(each.get("name"), str) and isinstance(each.get("value"), str):
            yield _cookie(each)


def _cookie(given: Mapping[str, Any]) -> Cookie:
    """In Playwright's words; extensions say `expirationDate` and `no_restriction`."""
    expires = given.get("expires", given.get("expirationDate", -1))
    same_site = _SAME_SITE.get(str(given.get("sameSite", "")).lower())
    return {
        "name": given["name"],
        "value": given["value"] or "",
        "domain": str(given.get("domain", "")),
        "path": str(given.get("path") or "/"),
        "expires": float(expires) if isinstance(expires, (int, float)) and expires > 0 else -1,
        "httpOnly": bool(given.get("httpOnly", False)),
        "secure": bool(given.get("secure", False)),
        **({"sameSite": same_site} if same_site else {}),
    }


def _is_of(cookie: Cookie, group: str) -> bool:
    host = cookie["domain"].lstrip(".").lower()
    hosts = [each for site in SITES.values() if site.access_group == group for each in site.hosts]
    return any(host == each or host.endswith("." + each) for each in hosts)
