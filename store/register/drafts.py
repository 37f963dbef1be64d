"""Texts from templates, which are versioned: what was written once can be told from its name."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from store import rules
from store.papers import PlatformAccount
from store.register.gaps import facts_of
from store.register.obstacles import countries
from store.registered import Right

VERSION = "v1"
_TEMPLATES = Environment(  # text, not HTML: nothing is to be escaped
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    undefined=StrictUndefined,
    keep_trailing_newline=True,
    trim_blocks=True,
    lstrip_blocks=True,
    autoescape=False,  # noqa: S701
)


def drafts(right: Right, account: PlatformAccount, on: dt.date) -> list[tuple[str, bytes]]:
    """A power of attorney in both languages; none where the account is the registrant's own."""
    if account.holder == right.registrant:
        return []
    platforms = [site for portal in rules.portals(on) if portal.portal == account.portal for site in portal.platforms]
    known = {
        "grantor": right.registrant or "____________________",
        "grantee": account.holder,
        "rights": [_described(right)],
        "platforms": platforms,
        "territory": sorted(countries(facts_of(right))),
        "sub_delegation": False,
    }
    return [(f"power-of-attorney.{lang}.txt", filled(f"poa.{VERSION}.{lang}.txt.j2", **known)) for lang in ("zh", "en")]


def _described(right: Right) -> dict[str, str]:
    """A right as a power of attorney names it."""
    kinds = {
        "trademark": ("trademark", "注册商标"),
        "copyright": ("copyright", "著作权"),
        "design": ("design", "外观设计专利"),
    }
    en, zh = kinds.get(right.type, ("patent", "专利"))
    name = (
        next((each.name for each in right.mark.names if each.role == "name"), "")
        if right.mark
        else right.work_name or ""
    )
    number = right.number or "____________"
    classes = ", ".join(map(str, right.nice_classes))
    return {
        "en": f"{en} no. {number}" + (f' "{name}"' if name else "") + (f", classes {classes}" if classes else ""),
        "zh": f"{zh}第{number}号" + (f"“{name}”" if name else "") + (f"，第{classes}类" if classes else ""),
    }


def filled(template: str, **known: Any) -> bytes:
    """With a byte-order mark, or Word and Notepad spoil the Chinese."""
    text = _TEMPLATES.get_template(template).render(template=template.removesuffix(".j2"), **known)
    return text.replace("\n", "\r\n").encode("utf-8-sig", "replace")
