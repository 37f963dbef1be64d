"""Which pictures that were seen are made from a photo? `Seen(session, config).shows(photo)`, without a crawl.

What is measured of the stored pictures lies in the data folder and is added to each time.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence

from sqlalchemy.orm import Session

from crawler.config import Config
from matchers.image import ImageMatcher
from matchers.image.decode import decode
from matchers.image.looks import SEEN_AT
from matchers.image.reverse import seen_pictures, shown_in
from matchers.types import Finding, Picture, PictureError, Portfolio
from store.blobs import Blobs
from store.queries import photo_hashes

log = logging.getLogger(__name__)

FOLDER = "seen"  # beside the banks of the clients, whose names are hashes


class Seen:
    """All pictures of the store, measured."""

    def __init__(self, session: Session, config: Config) -> None:
        """Measures those that are new since it was made last, about 15 ms each."""
        self.blobs = Blobs(config.data / "blobs")
        self.bank = seen_pictures(config.data / "banks" / FOLDER, self._stored(photo_hashes(session)), _told)

    def _stored(self, hashes: Sequence[str]) -> Iterator[Picture]:
        found = ((sha256, self.blobs.get(sha256)) for sha256 in hashes)
        return (Picture(key=sha256, data=data) for sha256, data in found if data is not None)

    def shows(self, photo: Picture) -> list[Finding]:
        """Copies of a photo, and other photos of its article, likeliest copy first. Raises PictureError."""
        hashes = shown_in(self.bank, decode(photo.data, side=SEEN_AT))
        matcher = ImageMatcher(Portfolio(client="", marks=(), photos={"": (photo,)}), words=False)
        found = [one for picture in self._stored(hashes) for one in matcher.match([picture])[0]]
        return sorted(found, key=lambda one: (one.signal, -one.score))  # photo_copy comes before same_article


def _told(error: PictureError) -> None:
    log.debug("a stored picture is left out: %s", error)
