"""Credentials taken out of what is kept of an exchange (DESIGN 5).

Requests keep no cookie, authorisation, token or signature, answers set no cookie, and no page echoes one of them. Names
tell most of them; their values are remembered, since pages repeat them where no name tells it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import unquote

REDACTED = "redacted"
MAX_SECRETS = 500  # values that are remembered; a session has some dozen
SHORTEST = 16  # characters of a remembered value; shorter ones stand in pages by chance

Headers = Iterable[tuple[str, str]]

_SECRET_HEADERS = re.compile(
    r"(?:set-)?cookie2?|(?:proxy-)?authori[sz]ation|authentication-info"
    r"|.*(?:token|sign|secret|session|csrf|xsrf|api-?key|umid).*|x-sgext|bx-.*",
    re.I,
)
# Parameters of addresses: mtop (sign is made of token and t), the guard's (x5, bx-, umid), logins, open platforms.
_PARAMETER_NAMES = (
    r"sign|t|[a-z0-9_]{0,20}token_?|_?m_h5_tk(?:_enc)?|x5sec(?:data)?|[a-z_]{0,10}session(?:key|_?id)?|sid|cookie\d?"
    r"|app_?key|[a-z_]{0,10}secret|[a-z_]{0,20}signature|auth|code|ticket|st|passw(?:or)?d|api_?key|_?csrf|ctoken"
    r"|sgcookie|(?:bx[-_])?ua|bx[-_][a-z]{1,15}|x-[a-z]{0,10}sign|x-sgext"
)
_START = r"(?:(?<![\w%-])|(?<=%[0-9A-F]{2}))"  # of a name: also behind an encoded `?`, `&` or quote
_GOES_ON = r"%(?!26|22|23|27|3[CE]|5[CD]|7D|2526)[0-9A-F]{2}"  # an encoded character that does not end a value
_VALUE = rf"((?:{_GOES_ON}|[^%&#\"'<>\\\s;,)}}\]])+)"
_PARAMETER = re.compile(
    rf"({_START}(?:{_PARAMETER_NAMES})(?:(?:=|%3D|%253D)|(?:\"|%22)(?::|%3A)(?:\"|%22))){_VALUE}", re.I | re.A
)
# In bodies only what is a credential whatever stands around it; `sign` or `t` are words there.
_ECHOES = (
    *("x5secdata", "x5sec", "_m_h5_tk_enc", "_m_h5_tk", "_tb_token_", "access_token", "refresh_token", "app_secret"),
    *("appsecret", "umidtoken", "cookie2", "sgcookie", "csrf_token", "csrf-token", "csrftoken", "_csrf", "sessionkey"),
)
_ECHOED = re.compile(
    rb"(?:[\"'\\]{0,3}\s{0,5}[=:]\s{0,5}[\"'\\]{0,3}|(?:%22)?%(?:25)?3[AD](?:%22)?|[\"']?\s{1,5}(?:value|content)=[\"']?)"
    rb"((?:%(?!26|22|23|27|3[CE]|2526)[0-9A-F]{2}|[\w.~+/=*!:|$-]){4,})",
    re.I,
)


class Redactor:
    """What it takes out is named in `removed`, which the caller empties for each record."""

    def __init__(self) -> None:
        self.secrets: dict[str, None] = {}
        self.removed: dict[str, None] = {}

    def url(self, url: str) -> str:
        """An address whose secret parameters are empty of sense; their names stay."""
        return self._without_secrets(_PARAMETER.sub(self._parameter, url))

    def headers(self, headers: Headers) -> list[tuple[str, str]]:
        """Headers without the secret ones, addresses in the others redacted."""
        kept = []
        for name, value in headers:
            if _SECRET_HEADERS.fullmatch(name):
                self.removed[name.title()] = None
                for secret in _values(name.lower(), value):
                    self._remember(secret)
            else:
                kept.append((name, value))
        return [(name, self.url(value)) for name, value in kept]

    def body(self, body: bytes) -> bytes:
        """A body without the tokens that it echoes."""
        pieces, end = [], 0
        for first, last in sorted(_echoes(body)):
            if first >= end:
                pieces += [body[end:first], REDACTED.encode()]
            end = max(end, last)
        if pieces:  # not remembered: whoever writes in a page could have any word taken out everywhere
            self.removed["body"] = None
            body = b"".join(pieces) + body[end:]
        for secret in self.secrets:
            found = secret.encode()
            if found in body:
                self.removed["body"] = None
                body = body.replace(found, REDACTED.encode())
        return body

    def _parameter(self, found: re.Match[str]) -> str:
        name, value = found.group(1), found.group(2)
        if value != REDACTED:
            self.removed[f"parameter {_label(name)}"] = None
            self._remember(value)
        return name + REDACTED

    def _without_secrets(self, text: str) -> str:
        for secret in self.secrets:
            if secret in text:
                self.removed["address"] = None
                text = text.replace(secret, REDACTED)
        return text

    def _remember(self, value: str) -> None:
        for each in (value, unquote(value), value.partition("_")[0]):  # a token stands before `_` in its cookie
            if SHORTEST <= len(each) <= 8_000 and re.search(r"[0-9]", each) and re.search(r"[A-Za-z]", each):
                self.secrets[each] = None
        while len(self.secrets) > MAX_SECRETS:
            del self.secrets[next(iter(self.secrets))]


def _echoes(body: bytes) -> Iterator[tuple[int, int]]:
    """Where the values stand; one search a name, for a search of them all at once holds up the whole program."""
    lower = body.lower()
    for name in _ECHOES:
        at = -1
        while (at := lower.find(name.encode(), at + 1)) >= 0:
            if found := _ECHOED.match(body, at + len(name)):
                yield found.span(1)
                at = found.end() - 1


def _label(parameter: str) -> str:
    """The name of a parameter without what stands around it: `=`, or the quotes of JSON."""
    return re.split(r"[=%\"]", parameter.removeprefix("%22").removeprefix('"'))[0].lower()


def _values(name: str, value: str) -> list[str]:
    """The secrets of a header: of each cookie what follows its name, of an authorisation what follows its kind."""
    if "cookie" not in name:
        return [value, value.rpartition(" ")[2]]
    cookies = re.split(r";" if name == "cookie" else r"\n", value)
    return [each.partition("=")[2].partition(";")[0].strip().strip('"') for each in cookies[:500]]
