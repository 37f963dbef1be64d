"""One question alone, asked of bytes: which photo is copied, which mark or which word stands there?

`ImageMatcher` asks all of them for a client, and stops early; here each is asked for its own sake, so that it can be
measured and its scores compared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from matchers.image.arrays import Pixels
from matchers.image.artwork import Artwork
from matchers.image.cells import Level, levels_of
from matchers.image.copies import bank_of, copies
from matchers.image.decode import decode
from matchers.image.findings import word_finding
from matchers.image.geometry import halves
from matchers.image.looks import SEEN_AT, longer_side, look_at
from matchers.image.matcher import Reference, copy_finding, mark_finding
from matchers.image.odds import COPY_THRESHOLD, MARK_THRESHOLD
from matchers.image.readings import READ_AT, Reading
from matchers.image.seek import drawings_of, seeker
from matchers.image.words import SEEN, WordMatcher
from matchers.types import Finding, Mark, Picture, Signal

# What counts at the shipped threshold; other signals never do.
THRESHOLDS = {
    Signal.PHOTO_COPY: COPY_THRESHOLD,
    Signal.MARK_IN_PHOTO: MARK_THRESHOLD,
    Signal.WORD_IN_PHOTO: SEEN,
}

# Findings of a picture's bytes, likeliest first, each id of the gallery once; `right` is that id.
# Raises `PictureError`.
Asker = Callable[[bytes], list[Finding]]


def decided(finding: Finding) -> bool:
    """It counts at the shipped threshold."""
    return finding.signal in THRESHOLDS and finding.score >= THRESHOLDS[finding.signal]


def copy_asker(photos: Iterable[tuple[str, bytes]]) -> Asker:
    """Which of these photos (id, bytes) is a picture made from? Raises `PictureError`."""
    known = [(key, decode(data, side=SEEN_AT)) for key, data in photos]
    references = [Reference(key, key) for key, _ in known]
    bank = bank_of(known)

    def ask(data: bytes) -> list[Finding]:
        key = key_of(data)
        look = look_at(Picture(key=key, data=data))
        return best(copy_finding(key, references[one.photo], one, look.scale) for one in copies(bank, look.asked))

    return ask


@dataclass(frozen=True)
class Sizes:
    """A picture as marks are looked for in it."""

    image: Pixels

    @cached_property
    def halves(self) -> tuple[Pixels, ...]:
        return halves(self.image)

    @cached_property
    def levels(self) -> list[Level]:
        return levels_of(self.halves)


def logo_asker(marks: Iterable[tuple[str, bytes]]) -> Asker:
    """Which of these marks (id, bytes of its drawing) stands in a picture? Raises `PictureError`."""
    drawings: list[Artwork] = []
    owners: list[str] = []
    for key, data in marks:
        parts = drawings_of(data)
        drawings += parts
        owners += [key] * len(parts)
    sighted = seeker(drawings, owners)
    known = [Mark(right_id=owner, kind="figurative") for owner in owners]

    def ask(data: bytes) -> list[Finding]:
        image = decode(data, side=SEEN_AT)
        key, scale = key_of(data), longer_side(data) / max(image.shape[:2])
        return best(mark_finding(key, known[one.mark], one, scale) for one in sighted(Sizes(image)))

    return ask


def text_asker(words: Iterable[tuple[str, str]]) -> Asker:
    """Which of these words (id, word) stands in a picture?"""
    matcher = word_matcher(words)

    def ask(data: bytes) -> list[Finding]:
        reading = reading_of(data)
        key, scale = key_of(data), longer_side(data) / max(reading.image.shape[:2])
        return best(word_finding(key, one, scale) for one in matcher.see(reading))

    return ask


def word_matcher(words: Iterable[tuple[str, str]]) -> WordMatcher:
    """Sees these words (id, word)."""
    return WordMatcher([Mark(right_id=key, names=(word,)) for key, word in words])


def reading_of(data: bytes) -> Reading:
    """What words are looked for by. Raises `PictureError`."""
    return Reading(decode(data, side=READ_AT))


def best(findings: Iterable[Finding]) -> list[Finding]:
    """The likeliest of each id, likeliest first."""
    kept: dict[str | None, Finding] = {}
    for one in sorted(findings, key=lambda one: -one.score):
        kept.setdefault(one.right, one)
    return list(kept.values())


def key_of(data: bytes) -> str:
    return sha256(data).hexdigest()
