"""Naming a wall: block page, login wall, rate limit, handshake, an API's error. We detect; we never solve or evade.

One strong signal is enough: an address, the header `bxpunish`, a mtop return code, the structure of a captcha page.
Good pages mention punish addresses (a blocked sub-request), login addresses (header, footer), return codes (their own
JavaScript) and baxia or sufei assets: raw text is never searched for those words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import islice
from typing import Any
from urllib.parse import unquote, urlsplit

from crawler.answers import Answer, Outcome, Reading
from crawler.decoding import find_key
from crawler.identity import marketplace_of
from crawler.markup import is_hidden, texts, words

SHORT_BODY = 8_000  # characters; punish replies seen have 0.2 to 3 kB, real pages 80 kB and more
BARE_MARKUP = 300  # characters; what stands around the script of a page that only leads elsewhere
MAX_SIGNAL = 200  # characters of one line

_LOGIN_HOSTS = frozenset(
    {
        "login.taobao.com",
        "login.m.taobao.com",
        "login.tmall.com",
        "login.1688.com",
        "passport.1688.com",
        "passport.alibaba.com",
        "login.alibaba.com",
        "login.aliexpress.com",
    }
)
_PUNISH_HOSTS = frozenset({"sec.taobao.com", "punish.1688.com", "verify.aliexpress.com"})
_PUNISH_PATHS = ("/_____tmd_____/punish", "/_____tmd_____/verify")
_PUNISH_SEGMENT = re.compile(r"/punish(?:/|$)")  # on a site's own host
# What an address says of a refusal that no captcha and no login ends (seen of 1688 at addresses of data centres).
_REFUSALS = ("action=deny", "cloud_ip_bl")
_LOGIN_JUMP = "/_____tmd_____/page/login_jump"

# mtop return codes: how they start or what they hold, and what they mean. The first line that fits counts.
_RETURN_CODES = (
    (re.compile(r"SUCCESS"), Outcome.PAGE),
    (re.compile(r"FAIL_SYS_USER_VALIDATE|RGV587_ERROR|FAIL_SYS_ILLEGAL_ACCESS"), Outcome.BLOCKED),
    (re.compile(r"FAIL_SYS_SESSION_EXPIRED|ERR_SESSION_|.{0,40}NEED_LOGIN"), Outcome.LOGIN_REQUIRED),
    (re.compile(r"FAIL_SYS_TRAFFIC_LIMIT|FAIL_SYS_FLOWLIMIT|.{0,40}FREQUENCY"), Outcome.RATE_LIMITED),
    (re.compile(r"FAIL_SYS_TOKEN_EMPTY|FAIL_SYS_TOKEN_EXOIRED|.{0,40}TOKEN_EXPIRED"), Outcome.HANDSHAKE),
)
_NO_SUCH_ITEM = re.compile(r"(?:宝贝|商品|货品|产品)(?:不存在|已下架)")
_STATUS = {401: Outcome.LOGIN_REQUIRED, 403: Outcome.BLOCKED, 429: Outcome.RATE_LIMITED}

_NOT_MARKUP = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style|template|textarea|noscript)\b.*?(?:</\1\s*>|\Z)", re.I | re.S
)
_TITLE = re.compile(r"<title[^<>]{0,200}>([^<]{0,200})</title", re.I)
_BLOCK_TITLES = frozenset({"captcha interception", "验证码拦截"})
_ACTION = re.compile(
    r"window\._config_\s*=\s*\{.{0,500}?[\"']?action[\"']?\s*:\s*[\"'](captcha\w{0,20}|deny)[\"']", re.S
)
_FLAG = re.compile(r"<!--\s*rgv587_flag\w{0,3}\s*:\s*sm\s*-->")
_GOES_TO = re.compile(r"location(?:\.href)?\s*(?:=|\.(?:replace|assign)\()\s*[\"']([^\"']{1,4000})[\"']")
_CAPTCHA_PARTS = {
    "#nocaptcha": re.compile(r"\bid=[\"']?nocaptcha[\"'\s>]", re.I),
    ".captcha-tips": re.compile(r"\bclass=[\"'][^\"']{0,200}\bcaptcha-tips\b", re.I),
}
_CAPTCHA_SCRIPTS = ("NCTOKENSTR", "/sufei-punish/")

_WEAK_TRACES = (  # XPath, what it is, its name
    ("//*[contains(concat(' ', @class, ' '), ' baxia-dialog ')]", Outcome.BLOCKED, "baxia dialog"),
    ("//*[@id='fm-login-id']", Outcome.LOGIN_REQUIRED, "login form"),
    (
        "//*[@id='nc_1_n1z' or contains(@class, 'nc-container') or contains(@class, 'nc_iconfont')]",
        Outcome.BLOCKED,
        "slider",
    ),
    ("//iframe[contains(@src, 'punish') or contains(@src, 'baxia')]", Outcome.BLOCKED, "punish frame"),
)
MAX_TRACES = 100  # elements of one kind that are looked at
MAX_DIALOG = 2_000  # characters of a dialog
_TOO_OFTEN = "访问太频繁"  # text of the dialog of the soft limit
MAX_TEXTS = 2_000  # texts of a page that are looked at
_UNUSUAL = re.compile(r"\W{0,5}(?:sorry\W{1,5})?we(?: have|'ve) detected unusual traffic\b", re.I)  # AliExpress


def classify(answer: Answer) -> Reading:
    """Name the wall; outcome PAGE when it is none. Never raises."""
    found = _by_address(answer) or _by_header(answer)
    if found:
        return found
    if isinstance(answer.json, dict):
        found = _by_json(answer.json)
    elif answer.json is None:
        found = _by_markup(answer.text)
    return found or _by_status(answer.status) or Reading(Outcome.PAGE)


def suspect(answer: Answer) -> Reading | None:
    """A wall by weaker traces, for a page that no reader knew; hidden leftovers of a solved one do not count."""
    if answer.json is not None:
        return None
    for xpath, outcome, name in _WEAK_TRACES:
        found = answer.html.xpath(xpath)[:MAX_TRACES]
        if any(_is_visible(each.root) for each in found):
            too_often = any(_TOO_OFTEN in (words(each.root, MAX_DIALOG) or "") for each in found)
            return Reading(Outcome.RATE_LIMITED if too_often else outcome, f"element: {name}")
    shown = islice(texts(answer.html.root, without=_is_unseen), MAX_TEXTS)
    return Reading(Outcome.BLOCKED, "text: unusual traffic") if any(map(_UNUSUAL.match, shown)) else None


def _is_unseen(element: Any) -> bool:
    return element.tag in ("script", "style", "template", "noscript") or is_hidden(element)


def _is_visible(element: Any) -> bool:
    return not any(is_hidden(each) for each in [element, *element.iterancestors()])


def one_line(text: str) -> str:
    """Text of an answer as part of a line on a terminal: printable, short, no line breaks."""
    return " ".join("".join(c if c.isprintable() else " " for c in text[: 4 * MAX_SIGNAL]).split())[:MAX_SIGNAL]


def wall_address(url: str) -> Reading | None:
    """The wall that an address is; None for all others. Its query is never repeated: it holds tokens."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    host, path = (parts.hostname or "").lower(), unquote(parts.path)
    signal = one_line(f"address {host}{path}")
    if host in _LOGIN_HOSTS or _LOGIN_JUMP in path:
        return Reading(Outcome.LOGIN_REQUIRED, signal)
    punish = any(part in path for part in _PUNISH_PATHS) or re.search(r"(?:^|[?&])x5secdata=", parts.query)
    own = host == "bixi.alicdn.com" or marketplace_of(f"https://{host}/")
    if punish or host in _PUNISH_HOSTS or (own and _PUNISH_SEGMENT.search(path)):
        return Reading(Outcome.BLOCKED, signal + _refusal(path + "?" + parts.query))
    return None


def _refusal(address: str) -> str:
    return "".join(f", {said}" for said in _REFUSALS if said in address)


def _by_address(answer: Answer) -> Reading | None:
    if answer.url and (found := wall_address(answer.url)):
        return found
    frames = answer.headers.get("x-frames", "").split()  # the browser's, where there are no redirects to tell of
    hops = (wall_address(hop) for hop in (*answer.hops, *frames))
    return next((hop for hop in hops if hop and hop.outcome is Outcome.BLOCKED), None)


def _by_header(answer: Answer) -> Reading | None:
    punished = any(name.lower() == "bxpunish" and str(value).strip() == "1" for name, value in answer.headers.items())
    return Reading(Outcome.BLOCKED, "header bxpunish") if punished else None


def _by_status(status: int) -> Reading | None:
    if status in _STATUS:
        return Reading(_STATUS[status], f"status {status}")
    return Reading(Outcome.ERROR, f"error: {status} the server failed") if status >= 500 else None


def _by_json(value: Mapping[str, Any]) -> Reading | None:
    if any(key.startswith("rgv587_flag") and value[key] == "sm" for key in value):
        return _blocked_or_login(value.get("url"), "rgv587_flag sm")
    if "ret" in value:
        return _by_return_code(value)
    return _by_error_envelope(value)


def _by_return_code(value: Mapping[str, Any]) -> Reading | None:
    ret = value["ret"] if isinstance(value["ret"], list) else [value["ret"]]
    codes = [code for code in ret[:5] if isinstance(code, str)]
    data = value.get("data")
    url = data.get("url") if isinstance(data, dict) else None
    for pattern, outcome in _RETURN_CODES:
        if code := next((code for code in codes if pattern.match(code)), None):
            signal = one_line("ret " + code.partition("::")[0])
            if outcome is Outcome.PAGE:
                return _success_with_address(value, url)
            return _blocked_or_login(url, signal) if outcome is Outcome.BLOCKED else Reading(outcome, signal)
    return _failure(codes)


def _failure(codes: list[str]) -> Reading | None:
    if not codes or _NO_SUCH_ITEM.search(codes[0]):  # that an item is gone is told by a reader
        return None
    code, _, message = codes[0].partition("::")
    return Reading(Outcome.ERROR, one_line(f"error: {code} {message}"))


def _success_with_address(value: Mapping[str, Any], url: Any) -> Reading | None:
    """Success, and where goods should stand only an address to go to (seen of pcdetail)."""
    if not isinstance(url, str) or find_key(value, "item") or find_key(value, "itemsArray"):
        return None
    if "pcdetail" in str(value.get("api", "")):
        return _blocked_or_login(url, "data.url in place of the item")
    return wall_address(url)


def _blocked_or_login(url: Any, signal: str) -> Reading:
    found = wall_address(url) if isinstance(url, str) else None
    if found and found.outcome is Outcome.LOGIN_REQUIRED:
        return Reading(Outcome.LOGIN_REQUIRED, signal)
    return Reading(Outcome.BLOCKED, signal + (_refusal(url) if isinstance(url, str) else ""))


def _by_error_envelope(value: Mapping[str, Any]) -> Reading | None:
    """TOP and AliExpress: error_response {code, msg, sub_code, sub_msg}; 1688: error_code, error_message."""
    error = value.get("error_response")
    if isinstance(error, dict):
        said = [error.get("code"), error.get("msg"), error.get("sub_code"), error.get("sub_msg")]
    elif "error_code" in value and "error_message" in value:
        said = [value["error_code"], value["error_message"]]
    else:
        return None
    return Reading(Outcome.ERROR, one_line("error: " + " ".join(str(each) for each in said if each not in (None, ""))))


def _by_markup(text: str) -> Reading | None:
    if len(text) <= SHORT_BODY and (found := _by_short_script(text)):
        return found
    markup = _NOT_MARKUP.sub(" ", text)
    title = _TITLE.search(markup)
    if title and title.group(1).strip().lower() in _BLOCK_TITLES:
        return Reading(Outcome.BLOCKED, f"title {title.group(1).strip()}")
    if re.search(r"<punish-component\b", markup, re.I):
        return Reading(Outcome.BLOCKED, "element punish-component")
    parts = [name for name, pattern in _CAPTCHA_PARTS.items() if pattern.search(markup)]
    parts += [name for name in _CAPTCHA_SCRIPTS if name in text]
    return Reading(Outcome.BLOCKED, "captcha page: " + ", ".join(parts)) if len(parts) > 1 else None


def _by_short_script(text: str) -> Reading | None:
    if action := _ACTION.search(text):
        return Reading(Outcome.BLOCKED, f"window._config_ action {action.group(1)}")
    if _FLAG.search(text):
        return Reading(Outcome.BLOCKED, "rgv587_flag sm")
    if len(_NOT_MARKUP.sub("", text).strip()) > BARE_MARKUP:
        return None
    found = (wall_address(target) for target in _GOES_TO.findall(text))
    return next((wall for wall in found if wall), None)
