"""Pages, scripts and styles of the faces: files beside their code, nothing from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from sandbox.exchange import SCRIPT, Reply

# What all faces have alike: the call to the gateway, the parts of a page, the pages of the walls.
COMMON = Path(__file__).parent / "faces" / "common"
_PLACE = re.compile(r"\{\{(\w+)\}\}")

CHINESE: Mapping[str, str] = {
    "lang": "zh-CN",
    "log_in": "登录",
    "password_login": "密码登录",
    "account": "账号名/邮箱/手机号",
    "password": "请输入登录密码",
    "captcha": "验证码拦截",
    "verify": "请完成验证",
    "why_verify": "通过验证以确认是人在操作，之后可继续访问",
    "slide": "按住滑块，拖动到最右边",
    "too_often": "访问太频繁，请稍后再试",
}
ENGLISH: Mapping[str, str] = {
    "lang": "en",
    "log_in": "Sign in",
    "password_login": "Sign in with a password",
    "account": "Email or phone number",
    "password": "Password",
    "captcha": "Captcha Interception",
    "verify": "Please verify",
    "why_verify": "Sorry, we have detected unusual traffic from your network.",
    "slide": "Please slide to verify",
    "too_often": "Sorry, you are visiting too often. Please try again later.",
}


class Assets:
    """The files of one face.

    folder : where its own files lie; what is not there is taken from COMMON
    words : what stands at `{{name}}` in its pages: a language's words and `site`, its name; all of it our own text
    """

    def __init__(self, folder: Path, words: Mapping[str, str]) -> None:
        self._folder = folder
        self._words = {**words, "style": _text(COMMON / "base.css") + self._own("style.css")}

    def page(self, name: str, **more: str) -> bytes:
        """A page with its words and its style put in; `more` is written as it is. Raises KeyError for other places."""
        words = {**self._words, **more}
        return _PLACE.sub(lambda place: words[place[1]], self._own(f"{name}.html")).encode()

    def script(self, *names: str) -> Reply:
        """Scripts, one after another, as one answer."""
        text = "".join(self._own(f"{name}.js") for name in names)
        return Reply(kind="script", body=text.encode(), content_type=SCRIPT)

    def _own(self, name: str) -> str:
        path = self._folder / name
        return _text(path if path.exists() else COMMON / name)


@cache
def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")
