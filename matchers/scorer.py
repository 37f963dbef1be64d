"""From listings to verdicts for one client: `Scorer(portfolio).score(batch)`."""

from __future__ import annotations

import logging
import threading
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Protocol

from matchers.lexicon import slang_and_context
from matchers.price import price_findings
from matchers.rule import MATCHED, NAMING
from matchers.signals import all_signals
from matchers.signals.price_signs import price_signs
from matchers.title import TitleMatcher
from matchers.types import Finding, Goods, Mark, Picture, Portfolio, Signal, Verdict
from matchers.verdict import verdict
from matchers.weights import Weights, shipped

log = logging.getLogger(__name__)


class PictureMatcher(Protocol):
    """What the scorer asks of pictures: findings for each, in order; never raising."""

    def match(self, pictures: Sequence[Picture]) -> list[list[Finding]]: ...


class Facts(Protocol):
    """What is known of a listing beside itself: its seller's history, the prices of such goods."""

    def added(self, goods: Goods, marks: Sequence[Mark]) -> Goods:
        """The listing with what is known of it. marks : those that it names; asked only where there is one"""


class Scorer:
    """Scores listings for one client. Built once, then asked in batches; asking changes nothing: thread-safe."""

    def __init__(
        self,
        portfolio: Portfolio,
        cny_per: Mapping[str, Decimal] | None = None,
        image_matcher: PictureMatcher | None = None,
        weights: Weights | None = None,
        facts: Facts | None = None,
    ) -> None:
        """cny_per : what one unit of a currency is in CNY; image_matcher : None for titles alone (`full_scorer`).

        weights : of the client's verdict; None for the shipped ones
        facts : what is known of sellers and prices; None where nobody counted
        """
        self._portfolio = portfolio
        self._weights = weights or shipped()
        self._facts = facts
        self._cny_per = cny_per
        self._titles = TitleMatcher(portfolio.marks)
        self._pictures = image_matcher

    def score(self, batch: Sequence[Goods]) -> list[Verdict]:
        """One verdict a listing, in order. A listing that cannot be read gets one that says nothing, and a log line."""
        pictures = self._seen({picture.key: picture for goods in batch for picture in goods.pictures})
        named = self.names([(goods.title, goods.brand) for goods in batch])
        return [self.judge(goods, each, shown_in(goods, pictures)) for goods, each in zip(batch, named, strict=True)]

    def names(self, batch: Sequence[tuple[str, str | None]]) -> list[list[Finding]]:
        """What titles and brand attributes name, of each pair of them; all that a listing is asked where it may say
        nothing at all.
        """
        titled = self._titles.match([title for title, _ in batch])
        known = list(dict.fromkeys(brand for _, brand in batch if brand))
        branded = dict(zip(known, self._titles.brands(known), strict=True))
        return [[*found, *branded[brand]] if brand else found for (_, brand), found in zip(batch, titled, strict=True)]

    def judge(self, goods: Goods, named: Sequence[Finding], shown: Sequence[Finding]) -> Verdict:
        """The verdict of a listing of which title, brand attribute (`names`) and pictures were looked at before."""
        try:
            return verdict(goods, self._portfolio, self._findings(goods, named, shown), self._weights)
        except Exception:
            log.exception("listing %s of %s could not be scored", goods.item_id, goods.marketplace)
            return Verdict(client=self._portfolio.client)

    def _findings(self, goods: Goods, named: Sequence[Finding], shown: Sequence[Finding]) -> list[Finding]:
        spoken = slang_and_context(goods.title, [one.span for one in named if one.span], self._goods(named))
        rights = {one.right for one in (*named, *shown) if one.signal in NAMING and one.score >= MATCHED}
        marks = [mark for mark in self._portfolio.marks if mark.right_id in rights]
        if self._facts and marks:
            goods = self._facts.added(goods, marks)
        found = [*named, *shown, *spoken, *price_findings(goods, marks, spoken, self._cny_per)]
        signs = price_signs(goods, marks, spoken, self._cny_per)
        return [*found, *signs, *all_signals(goods, self._portfolio, marks, found)]

    def _goods(self, named: Sequence[Finding]) -> set[str]:
        """What the marks that a title names are registered for."""
        rights = {one.right for one in named if one.signal is not Signal.BRAND_ATTRIBUTE and one.score >= MATCHED}
        return {word for mark in self._portfolio.marks if mark.right_id in rights for word in mark.goods}

    def _seen(self, pictures: Mapping[str, Picture]) -> dict[str, list[Finding]]:
        """Findings by picture; each picture is looked at once a batch."""
        if self._pictures is None or not pictures:
            return {}
        try:
            found = self._pictures.match(list(pictures.values()))
        except Exception:
            log.exception("%d pictures could not be looked at", len(pictures))
            return {}
        return dict(zip(pictures, found, strict=False))


def shown_in(goods: Goods, pictures: Mapping[str, list[Finding]]) -> list[Finding]:
    """What the pictures of a listing show, each picture once, in order."""
    return [one for key in dict.fromkeys(picture.key for picture in goods.pictures) for one in pictures.get(key, ())]


class _WhenAsked:
    """The picture matcher of a client who has names and nothing drawn, made when the first picture comes."""

    def __init__(self, portfolio: Portfolio, *, twice: bool) -> None:
        self._portfolio = portfolio
        self._twice = twice
        self._lock = threading.Lock()
        self._made: PictureMatcher | None = None

    def match(self, pictures: Sequence[Picture]) -> list[list[Finding]]:
        with self._lock:
            self._made = self._made or _picture_matcher(self._portfolio, words=True, twice=self._twice)
        return self._made.match(pictures)


def full_scorer(
    portfolio: Portfolio,
    cny_per: Mapping[str, Decimal] | None = None,
    *,
    words: bool = True,
    twice: bool = False,
    folder: Path | None = None,
    weights: Weights | None = None,
    facts: Facts | None = None,
) -> Scorer:
    """A scorer that looks at pictures too, when the client has something to compare them with (`looker`)."""
    pictures = looker(portfolio, words=words, twice=twice, folder=folder)
    return Scorer(portfolio, cny_per, pictures, weights, facts)


def looker(
    portfolio: Portfolio, *, words: bool = True, twice: bool = False, folder: Path | None = None
) -> PictureMatcher | None:
    """What looks at pictures for a client; None where there is nothing to compare them with.

    words, twice : whether names of marks are read in pictures, and again where none was seen: each a fifth of a second
    folder : where what is measured of the client's photos is kept from run to run
    """
    if portfolio.photos or any(mark.images for mark in portfolio.marks):
        return _picture_matcher(portfolio, words=words, twice=twice, folder=folder)
    named = words and any(mark.names or mark.aliases for mark in portfolio.marks)
    return _WhenAsked(portfolio, twice=twice) if named else None


def _picture_matcher(portfolio: Portfolio, *, words: bool, twice: bool, folder: Path | None = None) -> PictureMatcher:
    from matchers.image import ImageMatcher  # noqa: PLC0415  (loads OpenCV, which titles alone do not need)

    return ImageMatcher(portfolio, words=words, twice=twice, folder=folder)
