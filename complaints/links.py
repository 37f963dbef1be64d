"""Links for the portal's paste box: one list for each complaint that can be made of them, none longer than it takes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from complaints.rows import Exported
from store.names import client_code

PASTED = ("queued", "in_review", "confirmed")  # of any other, a person said no, or it was complained of before


@dataclass(frozen=True)
class Paste:
    """A file for the paste box. `name`: client, site, right, account and reason, as a file may be called."""

    name: str
    links: tuple[str, ...]


def pastes(found: Iterable[Exported], longest: int, account: str | None = None) -> list[Paste]:
    """The files for these rows, each of one site, right, kind and reason; what may not be used is in none.

    longest : links that the portal takes at once
    """
    lists: dict[str, dict[str, None]] = {}
    for each in found:
        link = each.row.shop_url if each.row.complaint_type == "store_front" else each.row.url
        if stays_out(each) is None and link:
            lists.setdefault(_name(each, account), {})[link] = None
    return [paste for name in sorted(lists) for paste in _cut(name, tuple(lists[name]), longest)]


def stays_out(each: Exported) -> str | None:
    """Why a link is in no list; None where it is."""
    if each.row.status not in PASTED:
        return f"the candidate is {each.row.status}"
    return each.row.obstacles


def _cut(name: str, links: tuple[str, ...], longest: int) -> Iterator[Paste]:
    if len(links) <= longest:
        yield Paste(f"{name}.links.txt", links)
        return
    for number, start in enumerate(range(0, len(links), longest), start=1):
        yield Paste(f"{name}.links-{number}.txt", links[start : start + longest])


def _name(each: Exported, account: str | None) -> str:
    """No part of it is as somebody else wrote it. The reason is part of it once a person decided on one."""
    parts = [each.client_code, each.row.platform, client_code(each.row.right_id or "")]
    parts += [client_code(account)] if account else []
    parts += [each.decided] if each.decided else []
    return ".".join(re.sub("[^a-z0-9_-]", "-", part.lower()) for part in parts)
