"""A site's walls as its pages show them (FACTS 0.3); its gateway has its own codes for the same walls."""

from __future__ import annotations

from dataclasses import dataclass

from sandbox.assets import Assets
from sandbox.exchange import Reply, redirect
from sandbox.walls import Gate


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard:
    """What stands before the pages of a site.

    login, punish : addresses of its login page and of its captcha page
    action : what a page that is a captcha from the start calls itself: captcha, captcharecaptcha, deny (FACTS 0.3, 4)
    """

    gate: Gate
    login: str
    punish: str
    login_page: Reply
    punish_page: Reply
    limit_page: Reply
    action: str = "captcha"

    def before_shell(self) -> Reply | None:
        """The wall before a page whose script asks for its data: the other walls meet that call."""
        wall = self.gate.standing()
        if wall == "login":
            return redirect("wall", self.login)
        return Reply(kind="wall", status=500, body=b"<h1>500</h1>") if wall == "error" else None

    def before_page(self) -> Reply | None:
        """The wall before a page that holds its data itself."""
        wall = self.gate.standing()
        if wall == "captcha":
            return self._sudden_captcha()
        return self.limit_page if wall == "rate_limit" else self.before_shell()

    def before_details(self) -> Reply | None:
        """As before a shell, but that the captcha comes at once."""
        return self._sudden_captcha() if self.gate.standing() == "captcha" else self.before_shell()

    def _sudden_captcha(self) -> Reply:
        """A page may be a captcha from the start: a short script in place of the page (FACTS 0.3, 4)."""
        config = f'{{"action":"{self.action}","url":"{self.punish}"}}'
        script = f"window._config_={config};location.replace(window._config_.url);"
        body = f"<script>{script}</script><!--rgv587_flag:sm-->"
        return Reply(kind="wall", body=body.encode(), headers=(("bxpunish", "1"),))


def make_guard(assets: Assets, gate: Gate, *, login: str, punish: str, action: str = "captcha") -> Guard:
    """The guard of a site, with the pages of its walls."""
    return Guard(
        gate=gate,
        login=login,
        punish=punish,
        login_page=Reply(kind="login", body=assets.page("login")),
        punish_page=Reply(kind="punish", body=assets.page("punish")),
        limit_page=Reply(kind="wall", body=assets.page("limit")),
        action=action,
    )
