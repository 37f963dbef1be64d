"""What a right or a power of attorney lacks before a platform would take it (COMPLAINTS 2.1, 2.2)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from store.papers import PowerOfAttorney
from store.registered import Right
from store.rules import Need, country, documents, needs

TEN_YEARS = dt.timedelta(days=3_900)  # a term and its slack: what holds for longer was renewed
READ_LANGUAGES = {"zh", "en", "chinese", "english", "中文", "英文"}  # the portal reads these without a translation


@dataclass(frozen=True)
class Missing:
    """A column or paper that is not there. `must`: without it the portal refuses; else it is advised."""

    code: str
    en: str
    zh: str
    must: bool = True


def traits(right: Right) -> dict[str, Any]:
    """What the rules ask about a right before they ask for a paper."""
    return {
        "kind": right.mark.kind if right.mark else None,
        "route": right.route,
        "patent_kind": right.patent_kind,
        "numbered": bool(right.number),
        "renewed": bool(
            right.registered_on
            and right.expires_on
            and right.expires_on - right.registered_on > TEN_YEARS
            and country(right.jurisdiction) == "CN"
        ),
    }


def wanted(right: Right, on: dt.date) -> list[Need]:
    """What the rules of that day ask of this right."""
    known = traits(right)
    return [
        need for need in needs(right.type, on) if all(known.get(name) in values for name, values in need.when.items())
    ]


def lacks(right: Right, on: dt.date) -> list[Missing]:
    """All that is missing, advised papers too."""
    roles = {document.role for document in right.documents}
    found = []
    for need in wanted(right, on):
        if need.field and getattr(right, need.field) in (None, "", [], {}):
            found.append(Missing(need.field, need.field, need.field, need.must))
        elif need.papers and not roles & set(need.papers):
            labels = [documents(on)[role] for role in need.papers]
            en, zh = " or ".join(each.label_en for each in labels), "或".join(each.label_zh for each in labels)
            found.append(Missing(need.papers[0], en, zh, need.must))
    return found


def missing_of_right(right: Right, on: dt.date) -> list[Missing]:
    """What stands in the way of `complete`."""
    return [each for each in lacks(right, on) if each.must]


def missing_of_poa(poa: PowerOfAttorney) -> list[Missing]:
    """What a power of attorney lacks."""
    asked = (
        ("valid_from", poa.valid_from, "the day from which it holds", "生效日期"),
        ("valid_to", poa.valid_to, "the last day on which it holds", "截止日期"),
        ("signatory", poa.signatory, "who signed it", "签署人"),
        ("signatory_title", poa.signatory_title, "the title of who signed it", "签署人职务"),
        ("seal", poa.seal, "the company's seal", "公章"),
        ("scan", poa.scan, "the scan of it", "授权书扫描件"),
        ("actions", "file" in poa.actions, "the power to file complaints", "投诉权限"),
        ("translation", _read(poa), "a translation into Chinese or English", "中文或英文译文"),
    )
    return [Missing(code, en, zh) for code, there, en, zh in asked if not there]


def _read(poa: PowerOfAttorney) -> bool:
    """Whether the portal can read it: in Chinese or English, or with a translation; a language not told is no gap."""
    spoken = {part.strip().lower() for part in (poa.language or "zh").replace("/", ",").split(",")}
    return bool(spoken & READ_LANGUAGES or poa.translation)
