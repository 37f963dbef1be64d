"""A bank of photos that pictures are compared with: in segments, which are made once and never changed.

Photos are added as a new segment; what lies in a file is mapped, not read (`bankfiles`). A hundred thousand photos
take about 1.4 GB there: 10 kB of codes, 1 kB of places and 3 kB of sheet each.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate

import cv2
import faiss
import numpy as np

from matchers.image.arrays import Columns, Floats, Ints, Pixels
from matchers.image.codes import CODE_BYTES, Shelf, code_index
from matchers.image.fingerprints import View, packed, views
from matchers.image.geometry import as_floats, as_pixels, grey
from matchers.image.keypoints import keypoints
from matchers.image.likeness import sheet

KEPT = 600  # key points of a photo
MANY = 5_000  # photos that so many are kept of
KEPT_OF_MANY = 240  # of later ones: that a hundred thousand fit in 1.5 GB comes before the last one of fifty collages
SHEET_QUALITY = 85  # of a JPEG; a sheet of 128 pixels takes 3 to 4 kB


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo of the bank, as it is compared. sheet : RGB; shape : of the photo, which views and points speak of"""

    key: str
    shape: tuple[int, int]
    sheet: Pixels


@dataclass(frozen=True, slots=True)
class Measured:
    """All that is kept of a photo. sheet : JPEG; points : float32 (n, 2), x and y at `keypoints.SIDE`"""

    key: str
    shape: tuple[int, int]
    sheet: bytes
    views: tuple[View, ...]
    codes: Pixels
    points: Floats


@dataclass(frozen=True)
class Segment:
    """Photos of a bank, in columns.

    keys : of the photos; shapes : (photos, 2); sheets : JPEGs one after another, from `starts[i]` to `starts[i + 1]`
    bits : uint8 (views, 32), boxes : (views, 4), viewed : (views,) whose they are
    codes : an index; points : uint16 (codes, 2), sixteenths of a pixel; owned : where each photo's codes begin
    """

    keys: tuple[str, ...]
    shapes: Columns
    sheets: Pixels
    starts: Columns
    bits: Pixels
    boxes: Columns
    viewed: Columns
    codes: faiss.IndexBinaryIVF
    points: Columns
    owned: Columns

    @cached_property
    def hashes(self) -> faiss.IndexBinaryFlat:
        """The views' hashes, to be searched."""
        index = faiss.IndexBinaryFlat(CODE_BYTES * 8)
        index.add(np.ascontiguousarray(self.bits))
        return index


@dataclass(frozen=True)
class Bank:
    """Photos, counted through all segments."""

    segments: tuple[Segment, ...] = ()
    firsts: tuple[int, ...] = field(init=False)

    def __post_init__(self) -> None:
        """Where each segment's photos begin."""
        counts = accumulate((len(segment.keys) for segment in self.segments), initial=0)
        object.__setattr__(self, "firsts", tuple(counts))

    def __len__(self) -> int:
        """How many photos."""
        return self.firsts[-1]

    @cached_property
    def shelves(self) -> tuple[Shelf, ...]:
        """All codes, to be searched."""
        pairs = zip(self.segments, self.firsts, strict=False)
        return tuple(Shelf(segment.codes, segment.owned[:-1], first) for segment, first in pairs)

    def keys(self) -> Iterator[str]:
        """Of all photos, in order."""
        return (key for segment in self.segments for key in segment.keys)

    def place(self, photo: int) -> tuple[Segment, int]:
        """The segment of a photo, and its place there."""
        at = int(np.searchsorted(self.firsts, photo, side="right")) - 1
        return self.segments[at], photo - self.firsts[at]

    def photo(self, number: int) -> Photo:
        """A photo as it is compared."""
        segment, place = self.place(number)
        data = np.asarray(segment.sheets[segment.starts[place] : segment.starts[place + 1]])
        image = as_pixels(cv2.imdecode(data, cv2.IMREAD_COLOR_RGB))
        return Photo(segment.keys[place], self.shape(number), image)

    def shape(self, photo: int) -> tuple[int, int]:
        """Height and width of a photo."""
        segment, place = self.place(photo)
        height, width = (int(side) for side in segment.shapes[place])
        return height, width

    def points(self, photo: int, codes: Ints) -> Floats:
        """Where codes of a photo lie."""
        segment, _ = self.place(photo)
        return as_floats(segment.points[codes]) / np.float32(16)

    def with_photos(self, photos: Sequence[Measured]) -> Bank:
        """This bank and more photos, in a segment of their own."""
        return Bank((*self.segments, segment_of(photos))) if photos else self


def measured(key: str, image: Pixels, *, kept: int = KEPT) -> Measured:
    """What is kept of a photo (RGB). kept : key points"""
    found = keypoints(grey(image), kept=kept)
    small = cv2.cvtColor(sheet(image), cv2.COLOR_RGB2BGR)
    _, data = cv2.imencode(".jpg", small, [cv2.IMWRITE_JPEG_QUALITY, SHEET_QUALITY])
    return Measured(key, image.shape[:2], data.tobytes(), tuple(views(image)), found.codes, found.points)


def segment_of(photos: Sequence[Measured]) -> Segment:
    """The photos in columns."""
    codes = np.concatenate([np.zeros((0, CODE_BYTES), np.uint8), *(photo.codes for photo in photos)])
    points = np.concatenate([np.zeros((0, 2), np.float32), *(photo.points for photo in photos)])
    seen = [(place, view) for place, photo in enumerate(photos) for view in photo.views]
    return Segment(
        keys=tuple(photo.key for photo in photos),
        shapes=np.array([photo.shape for photo in photos], np.int32).reshape(-1, 2),
        sheets=np.frombuffer(b"".join(photo.sheet for photo in photos), np.uint8),
        starts=np.cumsum([0, *(len(photo.sheet) for photo in photos)]),
        bits=packed([view for _, view in seen]),
        boxes=np.array([view.box for _, view in seen], np.int32).reshape(-1, 4),
        viewed=np.array([place for place, _ in seen], np.int32),
        codes=code_index(codes),
        points=np.round(points * 16).clip(0, 65535).astype(np.uint16),
        owned=np.cumsum([0, *(len(photo.codes) for photo in photos)]),
    )


def kept_of(place: int) -> int:
    """How many key points are kept of the photo that has so many before it."""
    return KEPT if place < MANY else KEPT_OF_MANY


def bank_of(photos: Sequence[tuple[str, Pixels]]) -> Bank:
    """A bank of (key, RGB picture)."""
    return Bank().with_photos([measured(key, image) for key, image in photos])
