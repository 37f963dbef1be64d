"""What a seller shows by which others are known to be the same, or to be near; pure functions, and one that stores.

Firm traits, which others share for one reason only: a licence number; the numeric user id that Taobao and 1688 write
into the names of pictures, on at least two of them; all photos of the shop; a shop's name that is another's with the
number of a branch. Soft ones, which a common supplier explains as well: photos, templates of titles, names.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import delete, insert, or_, select, update
from sqlalchemy.orm import Session

from store.models import Listing, ListingPhoto, Photo, Seller, SellerTrait
from store.upsert import CHUNK

LICENCE, UPLOADER, PHOTO_SET, FAMILY, BRANCH = "licence", "uploader", "photos", "family", "branch"
PHOTO, TEMPLATE = "photo", "template"
FEWEST_PICTURES = 2  # with one uploader's id: a single picture is borrowed soon
FEWEST_PHOTOS = 3  # of a shop whose whole set is compared
MOST = 500  # photos, and titles, of a seller that are compared
SHORTEST_LICENCE = 8
SHORTEST_TEMPLATE = 8  # hanzi that are left of a title
SELLERS = 200  # read at once
# `_!!<digits>` before the extension, or before the origin's tag: FACTS 0.2.
_UPLOADER = re.compile(r"!!(\d{5,20})(?=[-._]|$)")
_NUMERIC = re.compile(r"(?:b2b-)?(\d{5,20})(?:[a-z0-9]{0,8})?")
_NO_LICENCE = re.compile(r"(.)\1*")
_BRANCH = re.compile(
    r"(?:no\.?\s*)?(?:\d{1,3}|[一二三四五六七八九十])\s*(?:号|分)?\s*(?:店|铺|仓|shop|store)|分店|分铺"
)
_GENERIC = re.compile(
    r"官方|旗舰|专卖|专营|企业|直营|工厂|厂家|批发|优品|商城|商行|店铺|小店|店|铺|有限公司|公司|贸易"
    r"|\b(?:official|flagship|store|shop|factory|co|ltd|limited|inc|trading|company)\b"
)
_VARYING = re.compile(r"[a-z0-9]+")


@dataclass(slots=True)
class Shop:
    """What is read of a seller. photos : hash -> where it was shown"""

    pk: int
    id_space: str
    seller_id: str
    shop_name: str | None
    licence_no: str | None
    last_seen: datetime
    photos: dict[str, str] = field(default_factory=dict)
    titles: list[str] = field(default_factory=list)


def traits_of(shop: Shop) -> set[tuple[str, str]]:
    """(kind, value) of each trait."""
    found: set[tuple[str, str]] = set()
    if licence := licence_of(shop.licence_no):
        found.add((LICENCE, licence))
    found |= {(UPLOADER, one) for one in uploaders(shop)}
    if len(shop.photos) >= FEWEST_PHOTOS:
        found.add((PHOTO_SET, _hash("".join(sorted(shop.photos)))))
    core, branch = name_core(shop.shop_name)
    if core:
        found |= {(FAMILY, core), *([(BRANCH, core)] if branch else [])}
    found |= {(PHOTO, one) for one in list(shop.photos)[:MOST]}
    return found | {(TEMPLATE, one) for one in map(template, shop.titles[:MOST]) if one}


def licence_of(text: str | None) -> str | None:
    """A licence number as it is compared; None for what is no number (`********`, `0000000000`)."""
    plain = "".join(char for char in _folded(text or "") if char.isalnum())
    if len(plain) < SHORTEST_LICENCE or _NO_LICENCE.fullmatch(plain) or not any(char.isdigit() for char in plain):
        return None
    return plain[:40]


def uploaders(shop: Shop) -> set[str]:
    """User ids: its own, where it is one, and those on at least two of its pictures."""
    counted = Counter(found[1] for url in shop.photos.values() if (found := _UPLOADER.search(url[-300:])))
    known = {user for user, number in counted.items() if number >= FEWEST_PICTURES}
    own = _NUMERIC.fullmatch(shop.seller_id) if shop.id_space in ("taobao", "1688") else None
    return known | ({own[1]} if own else set())


def name_core(name: str | None) -> tuple[str | None, bool]:
    """What is a shop's own of its name, and whether it is numbered as a branch; None for too little."""
    folded = _folded(name or "")[:100]
    branch = _BRANCH.search(folded) is not None
    bare = "".join(char for char in _GENERIC.sub(" ", _BRANCH.sub(" ", folded)) if char.isalnum())
    hanzi = sum(char > "⺀" for char in bare)
    return (bare, branch) if hanzi >= 3 or len(bare) >= 6 else (None, False)


def template(title: str) -> str | None:
    """A hash of what stays of a title when its Latin words and numbers change; None for too little."""
    kept = "".join(char for char in _VARYING.sub("", _folded(title)[:200]) if char.isalnum())
    return _hash(kept) if len(kept) >= SHORTEST_TEMPLATE else None


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def stale_sellers(session: Session, after: int = 0) -> list[int]:
    """Sellers that were seen since their traits were looked for, at most SELLERS, in the order of their ids."""
    stale = or_(Seller.traits_at.is_(None), Seller.traits_at < Seller.last_seen)
    return list(session.scalars(select(Seller.id).where(stale, Seller.id > after).order_by(Seller.id).limit(SELLERS)))


def refresh(session: Session, sellers: Sequence[int]) -> None:
    """Look for the traits of these sellers anew."""
    shops = _shops(session, sellers)
    session.execute(delete(SellerTrait).where(SellerTrait.seller_pk.in_(sellers)))
    rows = [
        {"seller_pk": shop.pk, "kind": kind, "value": value}
        for shop in shops.values()
        for kind, value in sorted(traits_of(shop))
    ]
    if rows:
        session.execute(insert(SellerTrait), rows)
    seen = [{"id": shop.pk, "traits_at": shop.last_seen} for shop in shops.values()]
    if seen:
        session.execute(update(Seller), seen)


def _shops(session: Session, sellers: Sequence[int]) -> dict[int, Shop]:
    names = ("id", "id_space", "seller_id", "shop_name", "licence_no", "last_seen")
    question = select(*(getattr(Seller, name) for name in names)).where(Seller.id.in_(sellers))
    shops = {row[0]: Shop(*row) for row in session.execute(question)}
    listings = _newest(session, sellers)
    for seller, _, title in listings:
        if title:
            shops[seller].titles.append(title)
    owner = {listing: seller for seller, listing, _ in listings}
    for listing, sha256, url in _photos(session, list(owner)):
        shops[owner[listing]].photos.setdefault(sha256, url)
    return shops


def _newest(session: Session, sellers: Sequence[int]) -> list[tuple[int, int, str | None]]:
    """(seller, listing, title) of the newest listings of each."""
    question = select(Listing.seller_pk, Listing.id, Listing.title).where(Listing.seller_pk.in_(sellers))
    found: dict[int, list[tuple[int, int, str | None]]] = defaultdict(list)
    for seller, listing, title in session.execute(question.order_by(Listing.id.desc())):
        if len(found[seller or 0]) < MOST:
            found[seller or 0].append((seller or 0, listing, title))
    return [row for each in found.values() for row in each]


def _photos(session: Session, listings: Sequence[int]) -> Iterator[tuple[int, str, str]]:
    for start in range(0, len(listings), CHUNK):
        question: Iterable[tuple[int, str, str]] = session.execute(
            select(ListingPhoto.listing_pk, Photo.sha256, ListingPhoto.url)
            .join(Photo, ListingPhoto.photo_pk == Photo.id)
            .where(ListingPhoto.listing_pk.in_(listings[start : start + CHUNK]))
            .order_by(ListingPhoto.id.desc())
        )
        yield from question
