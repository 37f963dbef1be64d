"""The pictures of a listing as they were delivered, with what can be said of each; and what is read in them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from crawler.archives.records import Exchange
from crawler.archives.stored import is_picture
from crawler.items import Listing
from crawler.marketplaces import image_key
from matchers.image.decode import checked_kind, decode
from matchers.types import PictureError

MOST = 40  # pictures of one listing; those of the description are many
READ = 6  # in so many of them text is read, the main one first: a fifth of a second each
ENDINGS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "GIF": "gif", "BMP": "bmp", "AVIF": "avif"}


@dataclass(frozen=True, slots=True)
class Delivered:
    """A picture. number : from 1 on, as the listing shows them; kind : JPEG, PNG, ...; None: it is none that we know"""

    number: int
    url: str
    key: str
    data: bytes
    kind: str | None

    @property
    def name(self) -> str:
        """Of its file, without folder and ending."""
        return f"{self.number:02d}"


def delivered(listing: Listing, exchanges: Sequence[Exchange]) -> list[Delivered]:
    """Pictures of the listing and its description that came, the largest of each, in the listing's order."""
    came: dict[str, Exchange] = {}
    for each in exchanges:
        key = image_key(each.url) if each.status == 200 and is_picture(each.body) else None
        if key and (key not in came or len(each.body) > len(came[key].body)):
            came[key] = each
    keys = dict.fromkeys(filter(None, map(image_key, (*listing.image_urls, *listing.description_image_urls))))
    found = [(key, came[key]) for key in keys if key in came][:MOST]
    return [
        Delivered(number, each.url, key, each.body, _kind(each.body)) for number, (key, each) in enumerate(found, 1)
    ]


def _kind(data: bytes) -> str | None:
    try:
        return checked_kind(data)
    except PictureError:
        return None


def facts(picture: Delivered, max_pixels: int) -> dict[str, Any]:
    """What stands beside a picture: where it came from, its hashes, its size; what could not be decoded says why."""
    plain: dict[str, Any] = {
        "url": picture.url,
        "bytes": len(picture.data),
        "sha256": hashlib.sha256(picture.data).hexdigest(),
        "format": picture.kind,
        "width": None,
        "height": None,
        "pdq": None,
    }
    try:
        pixels = decode(picture.data, max_pixels=max_pixels)
    except PictureError as error:
        return plain | {"not_decoded": str(error)}
    from matchers.image.fingerprints import hashes, packed, whole  # noqa: PLC0415 # pdqhash

    seen = hashes(pixels, whole(pixels), mirrored=False)
    pdq = packed(seen)[0].tobytes().hex() if seen else None
    return plain | {"width": pixels.shape[1], "height": pixels.shape[0], "pdq": pdq}


def words(pictures: Sequence[Delivered], max_pixels: int) -> Iterator[dict[str, Any]]:
    """What the first pictures say in letters, line by line, with the box around each and how sure the reading is."""
    from matchers.image.readings import Reading  # noqa: PLC0415 # the networks that read

    for picture in pictures[:READ]:
        row: dict[str, Any] = {"picture": picture.name, "lines": []}
        try:
            reading = Reading(decode(picture.data, max_pixels=max_pixels))
            row["lines"] = [
                {
                    "text": line.text,
                    "confidence": round(line.confidence, 3),
                    "box": [round(side * reading.scale) for side in line.box],
                }
                for line in reading.first
            ]
        except PictureError as error:
            row["not_read"] = str(error)
        yield row
