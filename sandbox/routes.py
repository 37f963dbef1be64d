"""Which part of a site answers for which of its hosts."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sandbox.exchange import Asked, Reply
from sandbox.guards import Guard

Route = Callable[[Asked], Reply]


class Routes:
    """The hosts of a site.

    by_host : routes by host; `*.` stands for any one label and comes after the hosts that are named
    scripts : by path; they and the captcha page are on every host of the site
    """

    def __init__(self, guard: Guard, by_host: Mapping[str, Route], scripts: Mapping[str, Reply]) -> None:
        self._guard = guard
        self._by_host = by_host
        self._scripts = scripts

    def reply(self, asked: Asked) -> Reply | None:
        """The answer to a request; None when the host is none of the site's."""
        route = self._by_host.get(asked.host) or self._by_host.get(_any_label(asked.host))
        if route is None:
            return None
        if "/_____tmd_____/" in asked.path:
            return self._guard.punish_page
        return self._scripts.get(asked.path) or route(asked)


def _any_label(host: str) -> str:
    return f"*.{host.partition('.')[2]}"
