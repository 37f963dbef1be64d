"""The sites' API gateway as page scripts see it: token handshake, envelope, JSONP (FACTS 0.3 and 0.5)."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sandbox.exchange import JSON, SCRIPT, Asked, Reply
from sandbox.walls import Gate, Wall

APP_KEY = "12474578"  # FACTS 0.5
SUCCESS = ("SUCCESS::调用成功",)
TOKEN_EMPTY = ("FAIL_SYS_TOKEN_EMPTY::令牌为空",)
TOKEN_EXPIRED = ("FAIL_SYS_TOKEN_EXOIRED::令牌过期",)  # the gateway's own spelling
ILLEGAL = ("FAIL_SYS_ILLEGAL_ACCESS::非法请求",)
NO_SUCH_API = ("FAIL_SYS_API_NOT_FOUNDED::请求的接口不存在",)
BAD_PARAMETER = ("FAIL_BIZ_PARAM_ERR::参数错误",)
SESSION_EXPIRED = ("FAIL_SYS_SESSION_EXPIRED::会话已失效",)
VALIDATE = ("FAIL_SYS_USER_VALIDATE", "RGV587_ERROR::SM::请完成验证后再试")
TRAFFIC_LIMIT = ("FAIL_SYS_TRAFFIC_LIMIT::请求过多,稍后再试",)

# A token is good for two hours; longer than any crawl of the sandbox.
TOKEN_LIFE_MS = 2 * 60 * 60 * 1000
# mtopjsonp1, mtopjsonpreqTppId_32517_getOfferList2, a.b: names, never code.
_CALLBACK = re.compile(r"[A-Za-z_$][\w$.]{0,99}", re.ASCII)
_NO_CALLBACK = "mtopjsonp1"
_SIGN = re.compile(r"[0-9a-fA-F]{32}", re.ASCII)
_PATH = re.compile(r"/h5/([\w.]{1,100})/([\d.]{1,10})/?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Answer:
    """What an API says. ret : its codes; kind : a word for the sandbox's counts; has_goods : the gate counts it."""

    kind: str
    ret: tuple[str, ...] = SUCCESS
    data: Mapping[str, Any] = field(default_factory=dict)
    has_goods: bool = False


Api = Callable[[Mapping[str, Any]], Answer]


class BadRequestError(ValueError):
    """An API was asked with parameters that it does not take."""


class Gateway:
    """Answers calls to named APIs.

    apis : function of a call's `data`, by API name
    login, punish : where the answers of these walls send the page
    """

    def __init__(self, apis: Mapping[str, Api], gate: Gate, *, login: str, punish: str) -> None:
        self._apis = apis
        self._gate = gate
        self._walls: Mapping[Wall, Answer] = {
            "login": Answer("wall", SESSION_EXPIRED, {"url": login}),
            "captcha": Answer("wall", VALIDATE, {"url": punish}),
            "rate_limit": Answer("wall", TRAFFIC_LIMIT),
        }
        self._secret = secrets.token_bytes(32)

    def reply(self, asked: Asked) -> Reply:
        """The answer to a request for a path below /h5/."""
        called = _PATH.fullmatch(asked.path)
        if called is None or not _CALLBACK.fullmatch(asked.query.get("callback", _NO_CALLBACK)):
            return Reply(kind="refused", status=400, content_type=JSON, body=b"{}")
        complaint = self._handshake(asked)
        if complaint:
            return _wrapped(asked, called, Answer("token", complaint), self._cookies(asked.host))
        wall = self._gate.standing()
        if wall == "error":
            return Reply(kind="wall", status=500, content_type=JSON, body=b"{}")
        if wall:
            mark = (("bxpunish", "1"),) if wall == "captcha" else ()  # FACTS 0.3, 3
            return _wrapped(asked, called, self._walls[wall], mark)
        answer = self._answer(called[1].lower(), asked.query.get("data", ""))
        if answer.has_goods:
            self._gate.let_through()
        return _wrapped(asked, called, answer)

    def _handshake(self, asked: Asked) -> tuple[str, ...] | None:
        """What is wrong with the call's token or signature; None when it may pass. Any 32 hex digits will do."""
        token, _, expiry = asked.cookies.get("_m_h5_tk", "").partition("_")
        if not token:
            return TOKEN_EMPTY
        is_ours = hmac.compare_digest(_bytes(token), self._token(expiry).encode())
        if not is_ours or int(expiry) < _now_ms():
            return TOKEN_EXPIRED
        return None if _SIGN.fullmatch(asked.query.get("sign", "")) else ILLEGAL

    def _token(self, expiry: str) -> str:
        return hmac.new(self._secret, _bytes(expiry), hashlib.md5).hexdigest()

    def _cookies(self, host: str) -> tuple[tuple[str, str], ...]:
        expiry = str(_now_ms() + TOKEN_LIFE_MS)
        rest = f"; Domain={'.'.join(host.split('.')[-2:])}; Path=/; Secure; SameSite=None"
        token = self._token(expiry)
        return (
            ("Set-Cookie", f"_m_h5_tk={token}_{expiry}{rest}"),
            ("Set-Cookie", f"_m_h5_tk_enc={self._token(token)}{rest}"),
        )

    def _answer(self, api: str, data: str) -> Answer:
        if api not in self._apis:
            return Answer("refused", NO_SUCH_API)
        try:
            return self._apis[api](json_object(data))
        except BadRequestError:
            return Answer("refused", BAD_PARAMETER)


def json_object(text: object) -> dict[str, Any]:
    """The JSON object in a parameter. Raises BadRequestError."""
    try:
        value = json.loads(str(text))
    except (ValueError, RecursionError):
        raise BadRequestError from None
    if not isinstance(value, dict):
        raise BadRequestError
    return value


def _wrapped(asked: Asked, called: re.Match[str], answer: Answer, headers: tuple[tuple[str, str], ...] = ()) -> Reply:
    text = script_safe({"api": called[1], "data": answer.data, "ret": answer.ret, "v": called[2]})
    if asked.query.get("type", "jsonp").endswith("json"):  # originaljson, json
        return Reply(kind=answer.kind, body=text.encode(), content_type=JSON, headers=(*headers, *_cors(asked.origin)))
    # A leading space, as the gateway sends it (FACTS 0.5).
    body = f" {asked.query.get('callback', _NO_CALLBACK)}({text})"
    return Reply(kind=answer.kind, body=body.encode(), content_type=SCRIPT, headers=headers)


def script_safe(value: object) -> str:
    """JSON that may stand in a script and in a page: no `</`, no line separators that end an old engine's statement."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return (
        text.replace("</", "<\\/").replace("<!", "\\u003c!").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    )


def _cors(origin: str | None) -> tuple[tuple[str, str], ...]:
    if origin is None:
        return ()
    return (("Access-Control-Allow-Origin", origin), ("Access-Control-Allow-Credentials", "true"))


def _bytes(text: str) -> bytes:
    """A cookie may hold anything."""
    return text.encode(errors="replace")


def _now_ms() -> int:
    return time.time_ns() // 10**6
