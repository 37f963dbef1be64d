"""What is wrong with a power of attorney, for a right, an account, a site and a day. Pure, as `obstacles`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from store import rules
from store.register.obstacles import AccountFacts, Obstacle, RightFacts, countries


@dataclass(frozen=True, slots=True)
class PoaFacts:
    """A power of attorney of the client; `covers`: whether it names the right, or all."""

    poa_id: str
    grantor: str
    grantee: str
    covers: bool
    platforms: Sequence[str]
    actions: Sequence[str]
    territory: Sequence[str]
    valid_from: dt.date | None
    valid_to: dt.date | None
    revoked_on: dt.date | None
    state: str


@dataclass(frozen=True, slots=True)
class _Use:
    """What a power of attorney is wanted for."""

    right: RightFacts
    account: AccountFacts
    marketplace: str
    on: dt.date


def of_powers(
    right: RightFacts, account: AccountFacts, powers: Iterable[PoaFacts], marketplace: str, on: dt.date
) -> list[Obstacle]:
    """What is wrong with the power of attorney that fits best; nothing where the holder is the registrant."""
    if right.registrant is None or right.registrant == account.holder:
        return []
    use = _Use(right, account, marketplace, on)
    found = [[*_parties(each, use), *_scope(each, use), *_dates(each, on)] for each in powers]
    if not found:
        en = f"there is no power of attorney from {right.registrant} for {account.holder}"
        return [Obstacle("no_poa", en, f"缺少{right.registrant}出具给{account.holder}的授权委托书")]
    return min(found, key=len)


def _parties(poa: PoaFacts, use: _Use) -> Iterator[Obstacle]:
    name, owner, agent = poa.poa_id, use.right.registrant, use.account.holder
    if poa.grantor != owner:
        en = f"the power of attorney {name} is from {poa.grantor}, not from the registrant {owner}"
        yield Obstacle("poa_grantor", en, f"授权书{name}的授权人（{poa.grantor}）与权利人（{owner}）不一致")
    if poa.grantee != agent:
        en = f"the power of attorney {name} is for {poa.grantee}, not for {agent}"
        yield Obstacle("poa_grantee", en, f"授权书{name}的受托人（{poa.grantee}）与账号主体（{agent}）不一致")


def _scope(poa: PoaFacts, use: _Use) -> Iterator[Obstacle]:
    power, paper, site = f"the power of attorney {poa.poa_id}", f"授权书{poa.poa_id}", use.marketplace
    if not poa.covers:
        yield Obstacle("poa_right", f"{power} does not name it", f"{paper}未涵盖该权利")
    if poa.platforms and site not in poa.platforms:
        yield Obstacle("poa_platform", f"{power} does not cover {site}", f"{paper}未涵盖{site}")
    if "file" not in poa.actions:
        yield Obstacle("poa_action", f"{power} does not say that complaints may be filed", f"{paper}未明确投诉权限")
    where = countries(use.right)
    if poa.territory and where and not where & {rules.country(each) for each in poa.territory}:
        named = ", ".join(sorted(where))
        yield Obstacle("poa_territory", f"{power} does not cover {named}", f"{paper}的地域范围未涵盖{named}")


def _dates(poa: PoaFacts, on: dt.date) -> Iterator[Obstacle]:
    power, paper = f"the power of attorney {poa.poa_id}", f"授权书{poa.poa_id}"
    if poa.revoked_on and poa.revoked_on <= on:
        yield Obstacle("poa_revoked", f"{power} was revoked on {poa.revoked_on}", f"{paper}已于{poa.revoked_on}撤销")
    elif poa.state in ("revoked", "suspended") and not poa.revoked_on:
        yield Obstacle("poa_held", f"{power} is {poa.state}", f"{paper}已停止使用")
    if poa.valid_from is None or poa.valid_to is None:
        yield Obstacle("poa_dates", f"from when to when {power} holds is not in the register", f"{paper}缺少有效期")
    if poa.valid_from and poa.valid_from > on:
        yield Obstacle("poa_not_yet", f"{power} begins on {poa.valid_from}", f"{paper}自{poa.valid_from}起生效")
    if poa.valid_to and poa.valid_to < on:
        yield Obstacle("poa_expired", f"{power} ended on {poa.valid_to}", f"{paper}已于{poa.valid_to}到期")
