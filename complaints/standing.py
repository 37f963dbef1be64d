"""May a candidate's link be complained of, by which right, for whom? Asked once a right and site, for many links."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from store.models import Candidate, PlatformAccount, PowerOfAttorney, Right
from store.register.gaps import facts_of
from store.register.mandates import of_powers
from store.register.obstacles import AccountFacts, Obstacle
from store.register.usable import poa_facts, usable_rights
from store.whitelist import SPACES, Pairs, authorised

NO_RIGHT = Obstacle("no_right", "no registered right was found infringed", "未找到被侵犯的注册权利")
AUTHORISED = Obstacle("authorised", "the client authorised this seller or item", "该卖家或商品已获权利人授权")


@dataclass(frozen=True)
class Standing:
    """What keeps a right from being used there; the power of attorney that serves; whether it is for another."""

    obstacles: tuple[Obstacle, ...] = ()
    poa: PowerOfAttorney | None = None
    agent: bool = True


@dataclass
class Standings:
    """Standings on one day, from one account or whichever serves; each is asked for once."""

    session: Session
    on: dt.date
    account: PlatformAccount | None = None
    _rights: dict[tuple[int, str], dict[int, list[Obstacle]]] = field(default_factory=dict)
    _known: dict[tuple[int, str], Standing] = field(default_factory=dict)
    _allowed: dict[int, tuple[set[tuple[str, str]], set[tuple[str, str]]]] = field(default_factory=dict)

    def of(self, candidate: Candidate, right: Right | None = None) -> Standing:
        """Of a candidate's link, by its right or another."""
        right = right or candidate.right
        own = self._of_right(right, candidate.listing.marketplace) if right else Standing((NO_RIGHT,))
        if not self._is_allowed(candidate):
            return own
        return Standing((AUTHORISED, *own.obstacles), own.poa, own.agent)

    def _of_right(self, right: Right, marketplace: str) -> Standing:
        key = right.id, marketplace
        if key not in self._known:
            whole = right.client_id, marketplace
            if whole not in self._rights:
                name = self.account.name if self.account else None
                self._rights[whole] = usable_rights(self.session, right.client_id, marketplace, self.on, name)
            self._known[key] = self._made(right, marketplace, self._rights[whole].get(right.id, [NO_RIGHT]))
        return self._known[key]

    def _made(self, right: Right, marketplace: str, obstacles: Iterable[Obstacle]) -> Standing:
        accounts = [self.account] if self.account else _accounts(self.session, right.client_id)
        agent = not any(each.holder == right.registrant for each in accounts)
        poa = _power(self.session, right, accounts, marketplace, self.on) if agent else None
        return Standing(tuple(obstacles), poa, agent)

    def _is_allowed(self, candidate: Candidate) -> bool:
        if candidate.client_id not in self._allowed:
            sellers, items = authorised(self.session, [candidate.client_id], self.on)
            self._allowed[candidate.client_id] = _spaced(sellers), _spaced(items)
        sellers_, items_ = self._allowed[candidate.client_id]
        listing = candidate.listing
        seller = listing.seller.seller_id if listing.seller else ""
        return (listing.id_space, seller) in sellers_ or (listing.id_space, listing.item_id) in items_


def _spaced(pairs: Pairs) -> set[tuple[str, str]]:
    return {(SPACES.get(site, site), name) for own in pairs.values() for site, name in own}


def _accounts(session: Session, client_id: int) -> list[PlatformAccount]:
    own = or_(PlatformAccount.client_id.is_(None), PlatformAccount.client_id == client_id)
    return list(session.scalars(select(PlatformAccount).where(own).order_by(PlatformAccount.id)))


def _power(
    session: Session, right: Right, accounts: Iterable[PlatformAccount], marketplace: str, on: dt.date
) -> PowerOfAttorney | None:
    """The power of attorney that serves there on that day, the one that ends last."""
    named = {(each.poa_pk, each.right_pk) for each in right.powers}
    facts = facts_of(right)
    serving = []
    for poa in session.scalars(select(PowerOfAttorney).where(PowerOfAttorney.client_id == right.client_id)):
        own = poa_facts(poa, right.id, named)
        for each in accounts:
            account = AccountFacts(each.id, each.name, each.portal, each.holder, each.client_id, each.verified_on)
            if not of_powers(facts, account, [own], marketplace, on):
                serving.append(poa)
    return max(serving, key=lambda poa: (poa.valid_to or dt.date.min, poa.poa_id), default=None)
