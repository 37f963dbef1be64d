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
from matchers.image.bank import Bank, bank_of
from matchers.image.cells import Level, levels_of
from matchers.image.copies import Copy, copies
from matchers.image.decode import decode
from matchers.image.findings import Reference, copy_finding, mark_finding, word_finding
from matchers.image.geometry import halves, inverse, outline_box
from matchers.image.looks import SEEN_AT, longer_side, look_at
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

Part = tuple[float, float, float, float]  # left, top, width, height, as shares of the picture's sides
ALL: Part = (0.0, 0.0, 1.0, 1.0)


@dataclass(frozen=True, slots=True)
class Hit:
    """finding : of one id of the gallery, which is its `right`
    own : the part of the gallery's picture that is seen
    """

    finding: Finding
    own: Part = ALL

    @property
    def gallery(self) -> str:
        """The id."""
        return self.finding.right or ""

    @property
    def score(self) -> float:
        """Probability, 0..1."""
        return self.finding.score

    @property
    def decided(self) -> bool:
        """It counts at the shipped threshold."""
        return self.finding.signal in THRESHOLDS and self.score >= THRESHOLDS[self.finding.signal]


# What a picture's bytes show, likeliest first, each id of the gallery once. Raises `PictureError`.
Asker = Callable[[bytes], list[Hit]]


def copy_asker(photos: Iterable[tuple[str, bytes]]) -> Asker:
    """Which of these photos (id, bytes) is a picture made from? Raises `PictureError`."""
    return asker_of_bank(bank_of([(key, decode(data, side=SEEN_AT)) for key, data in photos]))


def asker_of_bank(bank: Bank) -> Asker:
    """Which of the photos of a bank is a picture made from?"""
    known = bank.keys()
    references = [Reference(key, key) for key in known]

    def ask(data: bytes) -> list[Hit]:
        key = key_of(data)
        look = look_at(Picture(key=key, data=data))
        shape = look.halves[0].shape
        return best(
            Hit(copy_finding(key, references[one.photo], one, look.scale), own_part(bank, one, shape))
            for one in copies(bank, look.asked)
        )

    return ask


def own_part(bank: Bank, copy: Copy, picture: tuple[int, ...]) -> Part:
    """The part of a photo that a picture of this shape shows."""
    sheet = bank.photo(copy.photo).sheet.shape
    left, top, width, height = outline_box(inverse(copy.matrix), picture, sheet)
    return left / sheet[1], top / sheet[0], width / sheet[1], height / sheet[0]


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

    def ask(data: bytes) -> list[Hit]:
        image = decode(data, side=SEEN_AT)
        key, scale = key_of(data), longer_side(data) / max(image.shape[:2])
        return best(Hit(mark_finding(key, known[one.mark], one, scale)) for one in sighted(Sizes(image)))

    return ask


def text_asker(words: Iterable[tuple[str, str]]) -> Asker:
    """Which of these words (id, word) stands in a picture?"""
    matcher = word_matcher(words)

    def ask(data: bytes) -> list[Hit]:
        reading = reading_of(data)
        key, scale = key_of(data), longer_side(data) / max(reading.image.shape[:2])
        return best(Hit(word_finding(key, one, scale)) for one in matcher.see(reading))

    return ask


def word_matcher(words: Iterable[tuple[str, str]]) -> WordMatcher:
    """Sees these words (id, word)."""
    return WordMatcher([Mark(right_id=key, names=(word,)) for key, word in words])


def reading_of(data: bytes) -> Reading:
    """What words are looked for by. Raises `PictureError`."""
    return Reading(decode(data, side=READ_AT))


def best(hits: Iterable[Hit]) -> list[Hit]:
    """The likeliest of each id, likeliest first."""
    kept: dict[str, Hit] = {}
    for one in sorted(hits, key=lambda hit: -hit.score):
        kept.setdefault(one.gallery, one)
    return list(kept.values())


def key_of(data: bytes) -> str:
    """How a picture is known."""
    return sha256(data).hexdigest()
