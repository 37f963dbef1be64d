"""What an archive holds for one spider, read once and found again: by search, by article, by picture.

An archive may be larger than the memory, and an article's page may stand before or after the search that asks for it:
what was read is put aside in a file without a name, and only where it lies is kept in memory.
"""

from __future__ import annotations

import pickle
import re
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from crawler.answers import WALLS, Answer, Outcome, Reader, Reading
from crawler.archives.files import stored_answers
from crawler.archives.stored import Stored
from crawler.marketplaces import SITES, identify, image_key, marketplace_of, query_value
from crawler.progress import tell
from crawler.reading import read

SAID_EVERY = 500  # answers; a line now and then, so that nobody takes a large archive for a hang

_READ = frozenset({Outcome.PAGE, Outcome.EMPTY, Outcome.GONE})
# The article that a page's own call asks for, in its `data` (FACTS 1 to 5).
_CALLED_FOR = re.compile(r'"(?:id|itemId|item_id|itemNumId|offerId|productId)"\s{0,5}:\s{0,5}"?([0-9]{4,19})\b')


class _Place(NamedTuple):
    """Where something lies in the file; a picture's size, too."""

    start: int
    length: int


@dataclass(slots=True)
class _Kept:
    """A reading. asked : of our own recordings; article : the one it was asked for; given : the spider has had it"""

    place: _Place
    asked: str | None
    article: str | None
    given: bool = False


class Shelf:
    """Filled in a thread, asked afterwards.

    folder : where the file lies that things are put aside in
    readers : the spider's; group : of answers that tell their address, those of other sites are passed over
    apis : parts of the addresses of the calls that carry goods
    """

    def __init__(self, folder: Path, readers: Sequence[Reader], group: str, apis: Sequence[str] = ()) -> None:
        self.readers = readers
        self.group = group
        self.apis = apis
        folder.mkdir(parents=True, exist_ok=True)
        self.file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 # until `close`
        self.kept: list[_Kept] = []
        self.details: dict[str, _Place] = {}
        self.pictures: dict[str, _Place] = {}
        self.searched = False  # our own recording holds a search: its article pages belong to cards
        self._odd: dict[str | None, tuple[int, Stored, Reading]] = {}

    def fill(self, path: Path, go_on: Callable[[], bool] = lambda: True) -> None:
        """Read an archive, for as long as `go_on` says. Raises ArchiveError."""
        for number, stored in enumerate(stored_answers(path), 1):
            if not go_on():
                return
            if number % SAID_EVERY == 0:
                tell(f"{path.name}: {number} answers looked at")
            if stored.kind == "photo":
                self._keep_picture(stored.answer)
            elif self._is_ours(stored):
                self._take(stored, read(stored.answer, self.readers))
        self._keep_odd_ones()

    def search(self, asked: str, others: frozenset[str]) -> Iterator[Reading]:
        """What is stored for a search, each reading once a run.

        asked : its address as a recording names it; others : those of this run's other searches
        What names no search of this run is given to whichever comes first.
        """
        for each in self.kept:
            of_a_card = each.article is not None and self.searched
            if each.given or of_a_card or (each.asked in others and each.asked != asked):
                continue
            each.given = True
            yield self._reading(each.place)

    def detail(self, item_id: str) -> Reading | None:
        """What an article's own page said; None where it is not stored."""
        place = self.details.get(item_id)
        return self._reading(place) if place else None

    def picture(self, url: str) -> bytes | None:
        """A picture by its address, else by its key: the same from another host, or in another size."""
        place = self.pictures.get(url) or self.pictures.get(image_key(url) or "")
        return self._get(place) if place else None

    def close(self) -> None:
        """The file is gone with this."""
        self.file.close()

    def _is_ours(self, stored: Stored) -> bool:
        url = stored.asked or stored.answer.url
        if url is None:
            return True
        site = marketplace_of(url)
        return site is not None and SITES[site].access_group == self.group

    def _take(self, stored: Stored, reading: Reading) -> None:
        """Keep what says something; of the rest one for each search or article, in case nothing else comes."""
        article = _article(stored.asked) if stored.asked else None
        self.searched = self.searched or bool(stored.asked and not article)
        if self._counts(stored, reading):
            self._keep(stored, reading)
            return
        rank = 2 if reading.outcome in WALLS else 1 if reading.outcome is not Outcome.HANDSHAKE else 0
        before = self._odd.get(stored.asked)
        if before is None or rank > before[0]:
            self._odd[stored.asked] = rank, stored, reading

    def _counts(self, stored: Stored, reading: Reading) -> bool:
        """A page that somebody saved does. So does what was read of a recording; a wall only in our own: it stopped us.

        A browser's recording of a good page holds much that is no page: frames to log in, calls that were refused.
        """
        if stored.kind == "page" and stored.asked is None:
            return True
        if reading.outcome in _READ:
            return True
        if stored.asked is not None:
            return reading.outcome in WALLS
        return stored.answer.cut is not None and any(api in (stored.answer.url or "") for api in self.apis)

    def _keep_odd_ones(self) -> None:
        of = {each.asked for each in self.kept}
        for asked, (_, stored, reading) in self._odd.items():
            if asked not in of and (asked is not None or not self.kept):
                self._keep(stored, reading)
        self._odd.clear()

    def _keep(self, stored: Stored, reading: Reading) -> None:
        place = self._put(pickle.dumps(reading))
        self.kept.append(_Kept(place, stored.asked, _article(stored.asked) if stored.asked else None))
        page = reading.page
        if page and page.kind == "detail" and page.listings:
            self.details.update((listing.item_id, place) for listing in page.listings)
        elif not (page and page.listings) and (named := _article(stored.asked or stored.answer.url or "")):
            self.details.setdefault(named, place)

    def _keep_picture(self, answer: Answer) -> None:
        url = answer.url
        if url is None or url in self.pictures or answer.status != 200:
            return
        place = self.pictures[url] = self._put(answer.body)
        key = image_key(url)
        if key and place.length > self.pictures.get(key, place._replace(length=0)).length:
            self.pictures[key] = place

    def _put(self, data: bytes) -> _Place:
        start = self.file.seek(0, 2)
        self.file.write(data)
        return _Place(start, len(data))

    def _get(self, place: _Place) -> bytes:
        self.file.seek(place.start)
        return self.file.read(place.length)

    def _reading(self, place: _Place) -> Reading:
        reading: Reading = pickle.loads(self._get(place))  # noqa: S301 # our own, from a file that has no name
        return reading


def _article(url: str) -> str | None:
    """The article that an address names: of its page, or of the page's own call."""
    if named := identify(url):
        return named.item_id
    called = _CALLED_FOR.search(query_value(url, "data") or "")
    return called.group(1) if called else None
