"""The question asked of a picture: is it made from one of the client's photos, and which of its marks stand in it?"""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from pathlib import Path

import cv2

from matchers.image.artwork import Artwork
from matchers.image.bankfiles import bank_of_pictures
from matchers.image.copies import Copy, copies, is_same_article
from matchers.image.findings import (
    Reference,
    copy_finding,
    hidden_in,
    innocent,
    mark_finding,
    read_in,
    same_article_finding,
)
from matchers.image.looks import SEEN_AT, Look, look_at
from matchers.image.odds import COPY_THRESHOLD, MARK_THRESHOLD
from matchers.image.remembered import Remembered, asked
from matchers.image.seek import drawings_of, seeker
from matchers.image.words import WordMatcher
from matchers.types import Finding, Mark, Picture, PictureError, Portfolio

log = logging.getLogger(__name__)

REMEMBERED = 20_000  # pictures whose findings are kept; a few hundred bytes each
DRAWN = ("figurative", "combined")


class ImageMatcher:
    """Answers for one client; built once, thread-safe, never raises for a picture.

    A copy of a photo is looked for first; marks and words only in what is no copy. What was seen before is not looked
    at again.
    """

    def __init__(
        self, portfolio: Portfolio, *, words: bool = True, twice: bool = True, folder: Path | None = None
    ) -> None:
        """words, twice : whether names, and patches over them, are looked for in pictures; again where none was

        folder : where what is measured of the client's photos, and what is found in pictures, is kept from run to run
        """
        cv2.setNumThreads(1)  # the callers bring the threads
        self._references = references(portfolio)
        self._bank = bank_of_pictures(folder, _photos(portfolio), side=SEEN_AT, left_out=_told)
        self._keys = list(self._bank.keys())
        self._marks: list[Mark] = []
        drawings: list[Artwork] = []
        for mark, drawing in _drawings(portfolio.marks):
            self._marks.append(mark)
            drawings.append(drawing)
        self._sighted = seeker(drawings, [mark.right_id for mark in self._marks])
        self._words = WordMatcher(portfolio.marks if words else (), twice=twice)
        self._seen: OrderedDict[str, list[Finding]] = OrderedDict()
        self._kept = Remembered(folder, asked(portfolio, words, twice)) if folder else None
        self._lock = threading.Lock()

    def match(self, pictures: Sequence[Picture]) -> list[list[Finding]]:
        """Findings of each picture, in order; none for what cannot be decoded."""
        return [self._remembered(picture) for picture in pictures]

    def _remembered(self, picture: Picture) -> list[Finding]:
        with self._lock:
            known = self._seen.get(picture.key)
        if known is None:
            known = self._look(picture)
            with self._lock:
                self._seen[picture.key] = known
                if len(self._seen) > REMEMBERED:
                    self._seen.popitem(last=False)
        return known

    def _look(self, picture: Picture) -> list[Finding]:
        kept = self._kept.get(picture.key) if self._kept else None
        if kept is not None:
            return kept
        try:
            found = self._findings(picture.key, look_at(picture))
            if self._kept:
                self._kept.put(picture.key, found)
            return found
        except PictureError:
            return []
        except Exception:  # a picture nobody thought of must not lose the listing
            log.exception("picture %s could not be looked at", picture.key)
            return []

    def _findings(self, key: str, look: Look) -> list[Finding]:
        known = self._known(copies(self._bank, look.asked))
        if known and known[0][1].probability >= COPY_THRESHOLD:
            reference, copy = known[0]
            if reference.right is None:
                return [innocent(key, copy)]
            return [copy_finding(key, reference, copy, look.scale)]
        same = [same_article_finding(key, *pair, look.scale) for pair in known if is_same_article(pair[1])]
        return [*[one for one in same if one.right is not None][:1], *self._marks_and_words(key, look)]

    def _known(self, found: Sequence[Copy]) -> list[tuple[Reference, Copy]]:
        """Copies of the photos that the client has now; a folder may hold some of before."""
        pairs = ((self._references.get(self._keys[copy.photo]), copy) for copy in found)
        return [(reference, copy) for reference, copy in pairs if reference is not None]

    def _marks_and_words(self, key: str, look: Look) -> list[Finding]:
        best: dict[str, Finding] = {}
        for sighting in self._sighted(look):
            if sighting.probability >= MARK_THRESHOLD:
                mark = self._marks[sighting.mark]
                best.setdefault(mark.right_id, mark_finding(key, mark, sighting, look.scale))
        if not self._words.worded:
            return list(best.values())
        return [*best.values(), *read_in(key, self._words, look), *hidden_in(key, look)]


def references(portfolio: Portfolio) -> dict[str, Reference]:
    """What each photo stands for; one that was judged innocent is that, whoever else has it."""
    own = ((picture.key, right) for right, pictures in portfolio.photos.items() for picture in pictures)
    found: dict[str, Reference] = {}
    for key, right in own:
        found.setdefault(key, Reference(key, right))
    return found | {picture.key: Reference(picture.key, None) for picture in portfolio.negative_photos}


def _photos(portfolio: Portfolio) -> Iterable[Picture]:
    for pictures in portfolio.photos.values():
        yield from pictures
    yield from portfolio.negative_photos


def _drawings(marks: Iterable[Mark]) -> Iterable[tuple[Mark, Artwork]]:
    """What each mark is looked for by."""
    for mark in marks:
        for picture in mark.images if mark.kind in DRAWN else ():
            try:
                drawings = drawings_of(picture.data)
            except PictureError as error:
                log.warning("a picture of mark %s is left out: %s", mark.right_id, error)
                continue
            if not drawings:
                log.warning("mark %s: a picture with nothing but plain shapes is not looked for", mark.right_id)
            yield from ((mark, drawing) for drawing in drawings)


def _told(error: PictureError) -> None:
    log.warning("a photo of the client is left out: %s", error)
