"""The question asked of a picture: is it made from one of the client's photos, and which of its marks stand in it?"""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import cv2

from matchers.image.arrays import Pixels
from matchers.image.artwork import Artwork, artwork, device_of
from matchers.image.copies import Copy, bank_of, copies
from matchers.image.decode import decode
from matchers.image.findings import hidden_in, innocent, read_in
from matchers.image.geometry import scaled
from matchers.image.looks import SEEN_AT, Look, look_at
from matchers.image.marks import Sighting
from matchers.image.odds import COPY_THRESHOLD, MARK_THRESHOLD
from matchers.image.seek import seeker
from matchers.image.shapes import is_plain
from matchers.image.words import WordMatcher
from matchers.types import Finding, Mark, Picture, PictureError, Portfolio, Reason, Signal

log = logging.getLogger(__name__)

REMEMBERED = 20_000  # pictures whose findings are kept; a few hundred bytes each
DRAWN = ("figurative", "combined")


@dataclass(frozen=True, slots=True)
class Reference:
    """A photo of the bank. right : None for one that was judged innocent"""

    key: str
    right: str | None


class ImageMatcher:
    """Answers for one client; built once, thread-safe, never raises for a picture.

    A copy of a photo is looked for first; marks and words only in what is no copy. What was seen before is not looked
    at again.
    """

    def __init__(self, portfolio: Portfolio, *, words: bool = True, twice: bool = True) -> None:
        """words, twice : whether names, and patches over them, are looked for in pictures; again where none was"""
        cv2.setNumThreads(1)  # the callers bring the threads
        self._references: list[Reference] = []
        photos: list[tuple[str, Pixels]] = []
        for reference, picture in _photos(portfolio):
            image = _decoded(picture, "photo")
            if image is not None:
                self._references.append(reference)
                photos.append((picture.key, image))
        self._bank = bank_of(photos)
        self._marks: list[Mark] = []
        drawings: list[Artwork] = []
        for mark, drawing in _drawings(portfolio.marks):
            self._marks.append(mark)
            drawings.append(drawing)
        self._sighted = seeker(drawings, [mark.right_id for mark in self._marks])
        self._words = WordMatcher(portfolio.marks if words else (), twice=twice)
        self._seen: OrderedDict[str, list[Finding]] = OrderedDict()
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
        try:
            return self._findings(picture.key, look_at(picture))
        except PictureError:
            return []
        except Exception:  # a picture nobody thought of must not lose the listing
            log.exception("picture %s could not be looked at", picture.key)
            return []

    def _findings(self, key: str, look: Look) -> list[Finding]:
        found = copies(self._bank, look.asked)
        if found and found[0].probability >= COPY_THRESHOLD:
            reference = self._references[found[0].photo]
            return [_copy_finding(key, reference, found[0], look.scale) if reference.right else innocent(key, found[0])]
        best: dict[str, Finding] = {}
        for sighting in self._sighted(look):
            if sighting.probability >= MARK_THRESHOLD:
                mark = self._marks[sighting.mark]
                best.setdefault(mark.right_id, _mark_finding(key, mark, sighting, look.scale))
        if not self._words.worded:
            return list(best.values())
        return [*best.values(), *read_in(key, self._words, look), *hidden_in(key, look)]


def _photos(portfolio: Portfolio) -> Iterable[tuple[Reference, Picture]]:
    for right, pictures in portfolio.photos.items():
        yield from ((Reference(picture.key, right), picture) for picture in pictures)
    yield from ((Reference(picture.key, None), picture) for picture in portfolio.negative_photos)


def _drawings(marks: Iterable[Mark]) -> Iterable[tuple[Mark, Artwork]]:
    """Each drawing of a mark, and one for the device of a drawing that has words beside it."""
    for mark in marks:
        for picture in mark.images if mark.kind in DRAWN else ():
            try:
                drawing = artwork(picture.data)
            except PictureError as error:
                log.warning("a picture of mark %s is left out: %s", mark.right_id, error)
                continue
            parts = [drawing, device_of(drawing) if drawing else None]
            for part in parts:
                if part is None:
                    continue
                if is_plain(part):
                    log.warning("mark %s is a plain shape, which is not looked for in pictures", mark.right_id)
                else:
                    yield mark, part


def _decoded(picture: Picture, what: str) -> Pixels | None:
    try:
        return decode(picture.data, side=SEEN_AT)
    except PictureError as error:
        log.warning("a %s of the client is left out: %s", what, error)
        return None


def _copy_finding(key: str, reference: Reference, copy: Copy, scale: float) -> Finding:
    name = reference.key[:12]
    agree = f"{copy.likeness.agreement:.0%}"
    if copy.distance is not None:
        en, zh = f"PDQ distance {copy.distance} of 256, ", f"PDQ 距离 {copy.distance}/256，"
    else:
        en, zh = f"{copy.points} matching points, ", f"{copy.points} 个特征点吻合，"
    return Finding(
        signal=Signal.PHOTO_COPY,
        right=reference.right,
        score=copy.probability,
        photo=key,
        box=scaled(copy.box, scale),
        matched=reference.key,
        reason=Reason(
            code="photo_copy",
            surface=name,
            en=f"the picture is made from the client's own photo {name} ({en}{agree} of the overlap agrees)",
            zh=f"图片取自权利人自有图片 {name}（{zh}重叠部分 {agree} 一致）",
        ),
    )


def _mark_finding(key: str, mark: Mark, sighting: Sighting, scale: float) -> Finding:
    name = (mark.names or mark.aliases or (mark.right_id,))[0]
    outline = f"{sighting.evidence.outline:.0%}"
    return Finding(
        signal=Signal.MARK_IN_PHOTO,
        right=mark.right_id,
        score=sighting.probability,
        photo=key,
        box=scaled(sighting.box, scale),
        matched=mark.right_id,
        reason=Reason(
            code="mark_in_photo",
            surface=name,
            en=f"the registered figurative mark of “{name}” stands in the picture ({outline} of its outline is seen)",
            zh=f"图片中出现“{name}”的注册图形商标（轮廓吻合 {outline}）",
        ),
    )
