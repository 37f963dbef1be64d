"""What is known of sellers and prices for a client: decisions of a seller's listings, prices of such goods.

Asked once a run, not once a listing; facts are as they stood then.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from sqlalchemy import distinct, func, select
from sqlalchemy.orm import Session

from store.models import Candidate, Client, Finding, Listing, Right, Seller, Verdict
from store.upsert import CHUNK

# What the state of a candidate says of its listing. `survived` and `gone` say nothing.
CONFIRMED = ("confirmed", "in_complaint", "down_claimed", "down_verified", "still_up", "relisted")
DISMISSED = ("dismissed",)
TAKEN_UP = ("in_review", "watch", "need_test_buy", "ask_client")
SUSPECT = ("queued", *TAKEN_UP)
# What a person did counts. What is merely queued is our own suspicion: if it counted, flags that nobody looked at
# would accuse each other, and the same pages read twice would not say the same.
KINDS = {
    **dict.fromkeys(CONFIRMED, "confirmed"),
    **dict.fromkeys(DISMISSED, "dismissed"),
    **dict.fromkeys(TAKEN_UP, "flagged"),
}
TOO_WEAK = "too_weak"  # dismissed because nothing could be shown: says nothing of the goods
LATEST = 20_000  # listings of a client whose prices are looked at, the newest
Key = tuple[str, str]  # (id space, seller id) or (id space, item id)


@dataclass(slots=True)
class History:
    """A seller's listings for one client. items : item id -> confirmed, dismissed or flagged; listings : seen at all"""

    items: dict[str, str] = field(default_factory=dict)
    listings: int = 0
    clients: int = 0


@dataclass(frozen=True, slots=True)
class Offer:
    """A listing whose price can be compared. word : the goods that its title names, of those of the right"""

    right: str
    word: str
    marketplace: str
    item: Key
    title: str
    price_min: Decimal | None
    price_max: Decimal | None
    currency: str
    authorised: bool


def histories(session: Session, client_id: int, many: int) -> dict[Key, History]:
    """What became of the listings of each seller who has a candidate of the client, or who sells `many` clients' goods.

    `clients` is counted from `many` on alone.
    """
    found: dict[Key, History] = defaultdict(History)
    keys: dict[int, Key] = {}
    question = (
        select(Seller.id, Seller.id_space, Seller.seller_id, Listing.item_id, Candidate.state, Candidate.reason_code)
        .join(Listing, Listing.seller_pk == Seller.id)
        .join(Candidate, Candidate.listing_pk == Listing.id)
        .where(Candidate.client_id == client_id, Candidate.state.in_(KINDS))
    )
    for pk, space, seller_id, item_id, state, code in session.execute(question):
        if code != TOO_WEAK or state not in DISMISSED:
            keys[pk] = space, seller_id
            found[space, seller_id].items[item_id] = KINDS[state]
    for pk, number in _listings(session, list(keys)):
        found[keys[pk]].listings = number
    for key, number in _clients(session, many):
        found[key].clients = number
    return dict(found)


def _listings(session: Session, sellers: list[int]) -> Iterator[tuple[int, int]]:
    for start in range(0, len(sellers), CHUNK):
        chosen = Listing.seller_pk.in_(sellers[start : start + CHUNK])
        question = select(Listing.seller_pk, func.count()).where(chosen).group_by(Listing.seller_pk)
        for seller, number in session.execute(question):
            yield seller or 0, number


def _clients(session: Session, many: int) -> Iterator[tuple[Key, int]]:
    if (session.scalar(select(func.count()).select_from(Client)) or 0) < many:
        return
    number = func.count(distinct(Verdict.client_id))
    question = (
        select(Seller.id_space, Seller.seller_id, number)
        .join(Listing, Listing.seller_pk == Seller.id)
        .join(Verdict, Verdict.listing_pk == Listing.id)
        .where(Verdict.matched)
        .group_by(Seller.id_space, Seller.seller_id)
        .having(number >= many)
    )
    for space, seller_id, count in session.execute(question):
        yield (space, seller_id), count


def offers(session: Session, client_id: int, latest: int = LATEST) -> Iterable[Offer]:
    """Listings under a client's marks that nothing accuses, for goods of the registration; the newest first."""
    question = (
        select(
            Right.right_id,
            Finding.matched,
            Listing.marketplace,
            Listing.id_space,
            Listing.item_id,
            Listing.title,
            Listing.price_min,
            Listing.price_max,
            Listing.currency,
            Verdict.authorised,
        )
        .join(Verdict, Finding.verdict_id == Verdict.id)
        .join(Listing, Verdict.listing_pk == Listing.id)
        .join(Right, Finding.right_pk == Right.id)
        .where(Verdict.client_id == client_id, Verdict.matched, ~Verdict.flagged)
        .where(Finding.signal == "goods_class", Finding.matched.is_not(None), Listing.currency.is_not(None))
        .order_by(Finding.id.desc())
        .limit(latest)
    )
    for right, word, site, space, item, title, low, high, currency, authorised in session.execute(question):
        yield Offer(right, word or "", site, (space, item), title or "", low, high, currency or "", authorised)
