"""What keeps a right from being used on a site, on a day, from an account: each a name and a sentence.

Pure: facts go in, obstacles come out. `usable` asks the database for the facts; `mandates` has powers of attorney.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from store import rules

PROPRIETARY = ("trademark", "design", "patent")  # rights that an office grants for a time
DEAD = {
    "pending": ("it is an application, which is no registered right", "仅为申请，尚未核准注册"),
    "expired": ("the office's register says that it has expired", "官方登记状态为已失效"),
    "cancelled": ("the office's register says that it was cancelled", "官方登记状态为已撤销"),
    "opposed": ("it is opposed, and not registered yet", "处于异议程序，尚未核准注册"),
}
HELD = {
    "suspended": ("it is suspended here", "该权利已被暂停使用"),
    "revoked": ("its owner withdrew it", "权利人已撤回该权利"),
}


@dataclass(frozen=True, slots=True)
class Obstacle:
    """What stands in the way, by name, in English and in Chinese."""

    code: str
    en: str
    zh: str


@dataclass(frozen=True, slots=True)
class RightFacts:
    """A right as far as its use depends on it."""

    pk: int
    client_id: int
    type: str
    number: str | None
    registrant: str | None
    jurisdiction: str | None
    designated: Sequence[str] | None
    status: str | None
    state: str
    registered_on: dt.date | None
    expires_on: dt.date | None
    fees_paid_until: dt.date | None


@dataclass(frozen=True, slots=True)
class AccountFacts:
    """An account on a portal."""

    pk: int
    name: str
    portal: str
    holder: str
    client_id: int | None
    verified_on: dt.date | None


@dataclass(frozen=True, slots=True)
class Registered:
    """How a right stands on the account."""

    status: str
    verified_on: dt.date | None


def of_right(right: RightFacts, marketplace: str, on: dt.date) -> Iterator[Obstacle]:
    """What is wrong with the right itself."""
    if right.state in HELD:
        yield Obstacle(right.state, *HELD[right.state])
    if right.status in DEAD:
        yield Obstacle(f"status_{right.status}", *DEAD[right.status])
    yield from _unknown(right)
    yield from _dates(right, on)
    yield from _place(right, marketplace, on)


def _unknown(right: RightFacts) -> Iterator[Obstacle]:
    asked = [("registrant", right.registrant, "registrant", "权利人")]
    if right.type in PROPRIETARY:
        asked += [
            ("number", right.number, "number", "权利号"),
            ("status", right.status, "status", "法律状态"),
            ("expiry", str(right.expires_on or ""), "last day", "有效期"),
        ]
    for code, value, en, zh in asked:
        if not value:
            yield Obstacle(f"no_{code}", f"its {en} is not in the register", f"登记资料缺少{zh}")


def _dates(right: RightFacts, on: dt.date) -> Iterator[Obstacle]:
    if right.registered_on and right.registered_on > on:
        day = right.registered_on
        yield Obstacle("not_yet", f"it is registered from {day} on", f"自{day}起才核准注册")
    if right.expires_on and right.expires_on < on:
        yield _over(right, right.expires_on, on)
    if right.type in ("design", "patent") and right.fees_paid_until and right.fees_paid_until < on:
        day = right.fees_paid_until
        yield Obstacle("fees", f"the annual fee is paid until {day} alone", f"年费仅缴至{day}")


def _over(right: RightFacts, day: dt.date, on: dt.date) -> Obstacle:
    graced = grace_ends(right.type, right.jurisdiction, day, on)
    if graced and on <= graced:
        en = f"it expired on {day}; it may be renewed until {graced}, and serves no new complaint till then"
        return Obstacle("grace", en, f"已于{day}到期，宽展期至{graced}，续展前不得用于新投诉")
    return Obstacle("expired", f"it expired on {day}", f"已于{day}到期")


def grace_ends(right_type: str, jurisdiction: str | None, expired: dt.date, on: dt.date) -> dt.date | None:
    """The last day on which an expired Chinese trademark may still be renewed; None for other rights."""
    if right_type != "trademark" or rules.country(jurisdiction) != "CN":
        return None
    months = expired.month - 1 + rules.limit("grace_months", on)
    year, month = expired.year + months // 12, months % 12 + 1
    last = ((dt.date(year + month // 12, month % 12 + 1, 1)) - dt.timedelta(days=1)).day
    return dt.date(year, month, min(expired.day, last))


def _place(right: RightFacts, marketplace: str, on: dt.date) -> Iterator[Obstacle]:
    rule = rules.jurisdiction(marketplace, right.type, on)
    if rule is None:
        yield Obstacle("no_rule", f"no rule says which rights {marketplace} takes", f"暂无{marketplace}的受理规则")
        return
    where = countries(right)
    if rule.countries == "any":
        return
    if not where:
        yield Obstacle("no_country", "where it holds is not in the register", "登记资料缺少权利地域")
    elif rule.countries != "registration" and not where & set(rule.countries):
        named, asked = ", ".join(sorted(where)), ", ".join(rule.countries)
        yield Obstacle(
            "country",
            f"{marketplace} takes rights of {asked}, not of {named}",
            f"{marketplace}仅受理{asked}的权利（现为{named}）",
        )


def countries(right: RightFacts) -> set[str]:
    """Where a right holds; an international registration in the countries it was extended to."""
    home = rules.country(right.jurisdiction)
    found = {home} if home and home != "WO" else set()
    return found | {code for name in right.designated or () if (code := rules.country(name))}


def of_account(
    right: RightFacts, account: AccountFacts, registered: Registered | None, marketplace: str, on: dt.date
) -> Iterator[Obstacle]:
    """What is wrong with the account, and with the right on it."""
    name = account.name
    if account.client_id is not None and account.client_id != right.client_id:
        yield Obstacle("other_client", f"the account {name} is another client's", f"账号{name}属于其他客户")
    if not any(account.portal == each.portal and marketplace in each.platforms for each in rules.portals(on)):
        yield Obstacle(
            "portal",
            f"the portal of {name} takes no complaints for {marketplace}",
            f"账号{name}所在平台不受理{marketplace}的投诉",
        )
    if account.verified_on is None or account.verified_on > on:
        yield Obstacle("account", f"the account {name} is not verified", f"账号{name}尚未通过认证")
    if registered is None:
        yield Obstacle("not_submitted", f"it is not on the account {name}", f"尚未在账号{name}提交备案")
    elif registered.status == "refused":
        yield Obstacle("refused", f"it was refused on the account {name}", f"账号{name}的备案被驳回")
    elif registered.status != "verified" or (registered.verified_on and registered.verified_on > on):
        yield Obstacle("not_verified", f"it is not verified on the account {name}", f"在账号{name}的备案尚未通过")
