"""Stored listings asked again for one client: `Asker(...).ask(session, span)`.

What names no mark, and named none before, costs a look at its title and brand attribute; the rest is read whole and
judged. Pictures are looked at again where something new is to be seen in them, else what was found then is used.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Row
from sqlalchemy.orm import Session

from crawler import __version__
from crawler.config import Config
from matchers.rule import MATCHED, NAMING
from matchers.scorer import PictureMatcher, Scorer, looker
from matchers.types import Finding, Goods, Picture, Portfolio, Reason, Signal
from matchers.weights import Weights
from pipelines.facts import facts_of
from pipelines.portfolios import portfolios
from pipelines.score import bank_folder
from pipelines.store import verdict_record
from pipelines.weights import weights_of
from store.blobs import Blobs
from store.queries import rights_to_match
from store.records import FindingRecord, digest, verdict_digest
from store.rescoring import (
    Asked,
    Before,
    Changed,
    Shown,
    Span,
    judged_before,
    listings_in,
    photos_in,
    picture_findings,
    shown_of,
)

NOTHING = Shown({}, ())


class Asker:
    """Asks about stored listings for one client; built once, then asked batch by batch."""

    def __init__(self, session: Session, config: Config, client_id: int) -> None:
        """Raises LookupError where the client has no rights to match, NicknamesError, OSError."""
        self.client_id = client_id
        self.blobs = Blobs(config.data / "blobs")
        found = portfolios(rights_to_match(session, [client_id]), self.blobs, config.nicknames)
        if not found:
            raise LookupError(client_id)
        self.portfolio = found[0]
        self.weights = weights_of(session, self.portfolio.client)
        facts = facts_of(session, self.portfolio.client)
        self.config = config
        self.scorer = Scorer(self.portfolio, config.cny_per, weights=self.weights, facts=facts)
        self.rights = {mark.right_id for mark in self.portfolio.marks} | set(self.portfolio.photos) | {None}
        self.looker: PictureMatcher | None = None

    def look(self) -> bool:
        """Look at pictures from now on; False where the client has nothing to compare them with."""
        read = self.config.photos
        folder = bank_folder(self.config.data, self.portfolio.client)
        self.looker = looker(self.portfolio, words=read.words, twice=read.words_twice, folder=folder)
        return self.looker is not None

    def ask(self, session: Session, span: Span) -> Asked:
        """Ask about a batch; nothing is written."""
        at = datetime.now(UTC)
        rows = listings_in(session, span)
        before = judged_before(session, self.client_id, span)
        shown = self._looked_at(session, span) if self.looker else self._stored(session, span)
        named = self.scorer.names([(row.title or "", row.brand) for row in rows])
        wanted = [
            (row, names)
            for row, names in zip(rows, named, strict=True)
            if row.id in before or names_a_mark(names) or names_a_mark(shown.get(row.id, ()))
        ]
        known = shown_of(session, [row.id for row, _ in wanted])
        judged = (
            self._judged(row, known.get(row.id, NOTHING), names, shown.get(row.id, ()), before.get(row.id))
            for row, names in wanted
        )
        return Asked(span, at, len(rows), tuple(one for one in judged if one))

    def _judged(
        self, row: Row[Any], known: Shown, names: Sequence[Finding], shown: Sequence[Finding], before: Before | None
    ) -> Changed | None:
        """The verdict of a listing, where it says something new."""
        record = verdict_record(self.scorer.judge(goods_of(row, known), names, shown))
        if before is not None and before.digest == verdict_digest(record):
            return None
        if before is None and not record.matched:
            return None
        was_flagged = before is not None and before.flagged
        return Changed(row.id, (row.id_space, row.item_id), row.marketplace, record, was_flagged)

    def _stored(self, session: Session, span: Span) -> dict[int, list[Finding]]:
        found = picture_findings(session, self.client_id, span)
        return {pk: [finding_of(one) for one in each if one.right in self.rights] for pk, each in found.items()}

    def _looked_at(self, session: Session, span: Span) -> dict[int, list[Finding]]:
        """What the pictures of a batch show; one picture is in memory at a time, each is looked at once."""
        photos = photos_in(session, span)
        seen = {sha256: self._one(sha256) for sha256 in dict.fromkeys(one for each in photos.values() for one in each)}
        return {pk: [one for sha256 in dict.fromkeys(each) for one in seen[sha256]] for pk, each in photos.items()}

    def _one(self, sha256: str) -> list[Finding]:
        data = self.blobs.get(sha256)
        if data is None or self.looker is None:
            return []
        return self.looker.match([Picture(key=sha256, data=data)])[0]

    @property
    def pictures(self) -> str:
        """A digest of all that pictures are compared with."""
        return digest(pictures_of(self.portfolio, self.config))

    def digest(self, since: datetime | None, *, looked: bool) -> str:
        """A digest of all that is asked with: a rescoring with another one is another rescoring."""
        asked = {"since": since and since.isoformat(), "looked": looked, "version": __version__}
        return digest(asked | words_of(self.portfolio, self.config, self.weights) | {"pictures": self.pictures})


def names_a_mark(findings: Iterable[Finding]) -> bool:
    """Whether one of them names a mark."""
    return any(one.score >= MATCHED and one.signal in NAMING for one in findings)


def goods_of(row: Row[Any], known: Shown) -> Goods:
    """A stored listing as the matchers see it, without its pictures."""
    return Goods(
        marketplace=row.marketplace,
        item_id=row.item_id,
        id_space=row.id_space,
        title=row.title or "",
        brand=row.brand,
        attributes=known.attributes,
        price=row.price_min,
        price_high=row.price_max,
        price_tiers=known.price_tiers,
        currency=row.currency,
        seller_id=row.seller_id,
        shop_name=row.shop_name,
        location=row.location,
    )


def finding_of(record: FindingRecord) -> Finding:
    """A stored finding as the matchers made it."""
    return Finding(
        signal=Signal(record.signal),
        right=record.right,
        score=record.score,
        reason=Reason(code=record.code, surface=record.surface, en=record.en, zh=record.zh),
        span=record.span,
        box=_box(record.box),
        photo=record.photo,
        matched=record.matched,
    )


def _box(box: tuple[int, ...] | None) -> tuple[int, int, int, int] | None:
    return (box[0], box[1], box[2], box[3]) if box else None


def words_of(portfolio: Portfolio, config: Config, weights: Weights) -> dict[str, Any]:
    """All that titles and prices are judged with, as plain values."""
    names = ("right_id", "kind", "names", "aliases", "nicknames", "loose_nicknames", "nice_classes", "goods")
    return {
        "marks": [[getattr(mark, name) for name in names] + [_prices(mark)] for mark in portfolio.marks],
        "innocent": sorted(portfolio.negative_titles),
        "sellers": sorted(portfolio.authorised_sellers),
        "items": sorted(portfolio.authorised_items),
        "distribution": portfolio.distribution,
        "rates": {code: str(rate) for code, rate in config.cny_per.items()},
        "weights": weights.as_dict(),
    }


def _prices(mark: Any) -> list[Any]:
    return [_amounts(mark.reference_prices), {model: _amounts(each) for model, each in mark.model_prices.items()}]


def _amounts(prices: Mapping[str, Decimal]) -> dict[str, str]:
    return {currency: str(amount) for currency, amount in prices.items()}


def pictures_of(portfolio: Portfolio, config: Config) -> dict[str, Any]:
    """All that pictures are compared with, as plain values."""
    read = config.photos
    return {
        "photos": {right: sorted(one.key for one in pictures) for right, pictures in portfolio.photos.items()},
        "innocent": sorted(one.key for one in portfolio.negative_photos),
        "marks": [[mark.right_id, mark.kind, sorted(one.key for one in mark.images)] for mark in portfolio.marks],
        "words": [[*mark.names, *mark.aliases] for mark in portfolio.marks] if read.words else [],
        "twice": read.words and read.words_twice,
    }
