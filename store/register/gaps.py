"""What stands between many rights and their use: not verified on an account, not covered by a power of attorney."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from store import rules
from store.papers import PlatformAccount, PoaRight, PowerOfAttorney, RightRegistration
from store.register.mandates import PoaFacts, of_powers
from store.register.obstacles import AccountFacts, RightFacts, countries
from store.register.usable import poa_facts
from store.registered import Right

Gap = tuple[Right, str, str, bool]  # the right, a name, a sentence, whether something must be done


def facts_of(right: Right) -> RightFacts:
    """A loaded right as the obstacles see it."""
    return RightFacts(
        pk=right.id,
        client_id=right.client_id,
        type=right.type,
        number=right.number,
        registrant=right.registrant,
        jurisdiction=right.jurisdiction,
        designated=right.designated,
        status=right.status,
        state=right.state,
        registered_on=right.registered_on,
        expires_on=right.expires_on,
        fees_paid_until=right.fees_paid_until,
    )


def standing_gaps(session: Session, rights: Sequence[Right]) -> Iterator[Gap]:
    """Rights that are verified on none of the accounts from which they could be used, and what the portal said."""
    standing: dict[int, list[RightRegistration]] = {}
    for each in session.scalars(select(RightRegistration)):
        standing.setdefault(each.right_pk, []).append(each)
    accounts = {account.id: account.name for account in session.scalars(select(PlatformAccount))}
    for right in rights:
        own = standing.get(right.id, [])
        if not accounts or right.state == "revoked" or any(each.status == "verified" for each in own):
            continue
        if not own:
            yield right, "not_submitted", "it is on no platform account yet", True
        for each in own:
            refused = f"was refused: {each.rejection_reason}" if each.status == "refused" else "waits for the portal"
            code = "refused" if each.status == "refused" else "waiting"
            yield right, code, f"on {accounts[each.account_pk]} it {refused}", each.status == "refused"


def power_gaps(session: Session, rights: Sequence[Right], on: dt.date) -> Iterator[Gap]:
    """Rights that an account may not use for want of a power of attorney: one line a right, account and lack."""
    accounts = [
        AccountFacts(each.id, each.name, each.portal, each.holder, each.client_id, each.verified_on)
        for each in session.scalars(select(PlatformAccount).order_by(PlatformAccount.id))
    ]
    powers: dict[int, list[PowerOfAttorney]] = {}
    for poa in session.scalars(select(PowerOfAttorney)):
        powers.setdefault(poa.client_id, []).append(poa)
    named = {(poa, right) for poa, right in session.execute(select(PoaRight.poa_pk, PoaRight.right_pk))}
    for right in rights:
        facts = facts_of(right)
        own = [poa_facts(poa, right.id, named) for poa in powers.get(right.client_id, [])]
        for account in accounts:
            if account.client_id in (None, right.client_id):
                yield from ((right, *gap) for gap in _gaps(facts, account, own, on))


def _gaps(
    right: RightFacts, account: AccountFacts, powers: Sequence[PoaFacts], on: dt.date
) -> list[tuple[str, str, bool]]:
    """What is wanting, once each. A power that covers some sites and not others is worth a look, and may be meant."""
    by_site = [of_powers(right, account, powers, site, on) for site in _sites(right, account, on)]
    somewhere = any(not obstacles for obstacles in by_site)
    return list(dict.fromkeys((each.code, each.en, not somewhere) for obstacles in by_site for each in obstacles))


def _sites(right: RightFacts, account: AccountFacts, on: dt.date) -> list[str]:
    """The sites of the account's portal that take rights of that country."""
    where = countries(right)
    sites = [site for portal in rules.portals(on) if portal.portal == account.portal for site in portal.platforms]
    found = []
    for site in sites:
        rule = rules.jurisdiction(site, right.type, on)
        if rule and (isinstance(rule.countries, str) or where & set(rule.countries)):
            found.append(site)
    return found
