"""Sees the names of marks in titles, plain or in disguise."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, groupby
from operator import itemgetter
from pathlib import Path
from typing import TypeAlias

from matchers.title import composed, exact, indexfile, literal, misspelt, scores, sounds
from matchers.title.index import Index
from matchers.title.judge import settle
from matchers.title.reasons import reason
from matchers.title.rows import Place
from matchers.title.sighting import Sighting
from matchers.title.sounded import sounded
from matchers.title.sounds import hanzi_streams
from matchers.title.spelled import spelled
from matchers.title.text import Text, fold_title, streams
from matchers.title.typed import typed
from matchers.types import Finding, Mark, Reason, Signal

log = logging.getLogger(__name__)

BATCH = 512  # titles looked up at once: enough for numpy, few enough for the processor's cache
Seen: TypeAlias = list[list[Iterable[Sighting]]]


class TitleMatcher:
    """Sees the names of marks in titles. Built once, then asked in batches; asking changes nothing: thread-safe.

    A title is read up to `text.MAX_TITLE` code points. Time grows with the length of the title and, for the rest, with
    the number of places that look like a name, not with the number of marks.
    """

    def __init__(self, marks: Sequence[Mark] = (), *, index: Index | None = None) -> None:
        """marks : wordless ones are allowed and never seen; a name in two marks is seen for both
        index : in place of marks, one that is there already
        """
        self.index = index or Index.of(marks)
        self.source = ""
        self._lengths = self.index.lengths
        self._literals = self.index.literals

    @classmethod
    def load(cls, path: Path) -> TitleMatcher:
        """A matcher with the index of a file. ValueError, with one sentence, when it cannot be used; OSError."""
        index, source = indexfile.load(path)
        matcher = cls(index=index)
        matcher.source = source
        return matcher

    def save(self, path: Path, source: str = "") -> None:
        """Keep the index in a file. source : what the marks came from (a hash of a file), for whoever loads it"""
        indexfile.save(self.index, path, source)

    def add(self, marks: Sequence[Mark]) -> TitleMatcher:
        """A matcher of more marks; nothing is made again for those that are there."""
        return TitleMatcher(index=self.index.add(marks))

    def match(self, titles: Sequence[str]) -> list[list[Finding]]:
        """Findings (TITLE, DISGUISE) for each title, in the order of the title. Never raises on what a title holds."""
        found: list[list[Finding]] = []
        for start in range(0, len(titles), BATCH):
            texts = [read(title) for title in titles[start : start + BATCH]]
            found += [self._findings(text, sightings) for text, sightings in zip(texts, self._seen(texts), strict=True)]
        return found

    def brands(self, brands: Sequence[str | None]) -> list[list[Finding]]:
        """Findings (BRAND_ATTRIBUTE) for each listing's brand field: the marks it names plainly, ``NIKE/耐克`` both."""
        texts = [read(brand or "") for brand in brands]
        return [self._branded(text, sightings) for text, sightings in zip(texts, self._seen(texts), strict=True)]

    def _findings(self, text: Text, sightings: Iterable[Sighting]) -> list[Finding]:
        try:
            return [finding(text, one) for one in settle(text, sightings)]
        except Exception:
            log.exception("a title of %d characters could not be read", len(text.title))
            return []

    def _branded(self, text: Text, sightings: Iterable[Sighting]) -> list[Finding]:
        try:
            plain = {one.name.right: one for one in sightings if one.plain}
        except Exception:
            log.exception("a brand attribute of %d characters could not be read", len(text.title))
            return []
        return [named_by_brand(text, one) for one in plain.values()]

    def _seen(self, texts: Sequence[Text]) -> list[Iterator[Sighting]]:
        """What is seen in each text: found for all at once, looked at when asked for."""
        seen: Seen = [[literal.find(self._literals, self.index.register, text)] for text in texts]
        self._see_spellings(texts, seen)
        self._see_misspellings(texts, seen)
        self._see_sounds(texts, seen)
        self._see_parts(texts, seen)
        return [chain.from_iterable(row) for row in seen]

    def _see_spellings(self, texts: Sequence[Text], seen: Seen) -> None:
        rows = [(place, stream) for place, text in enumerate(texts) for stream in streams(text)]
        asked = [(texts[place], stream) for place, stream in rows]
        for row, places in by_row(spelled(self.index.find, self._lengths.spelled, asked)):
            place, stream = rows[row]
            seen[place].append(exact.find(self.index.register, texts[place], stream, places))

    def _see_misspellings(self, texts: Sequence[Text], seen: Seen) -> None:
        rows = [(place, *asked) for place, text in enumerate(texts) for asked in misspelt.askable(text)]
        found = [(*rows[row], name) for row, name in typed(self.index.find, [joined for _, _, joined in rows])]
        for place, some in groupby(found, key=itemgetter(0)):
            seen[place].append(misspelt.find(self.index.register, texts[place], [one[1:] for one in some]))

    def _see_sounds(self, texts: Sequence[Text], seen: Seen) -> None:
        if not self._lengths.sounded:
            return
        rows = [
            (place, stream) for place, text in enumerate(texts) if "H" in text.shape for stream in hanzi_streams(text)
        ]
        asked = [(texts[place], stream) for place, stream in rows]
        for row, places in by_row(sounded(self.index.find, self._lengths.sounded, asked)):
            place, stream = rows[row]
            seen[place].append(sounds.find(self.index.register, texts[place], stream, places))

    def _see_parts(self, texts: Sequence[Text], seen: Seen) -> None:
        if not self._lengths.sounded:
            return
        for place, (stream, edges), beginnings in composed.beginnings(self.index.find, texts):
            seen[place].append(composed.find(self.index.register, texts[place], stream, edges, beginnings))


def read(title: str) -> Text:
    """A title folded; an empty one for what cannot be read, so that one listing does not lose its batch."""
    try:
        return fold_title(title)
    except Exception:
        log.exception("a title could not be read")
        return fold_title("")


def by_row(places: Iterable[Place]) -> Iterator[tuple[int, list[Place]]]:
    """Places, which come in order, by their row."""
    for row, some in groupby(places, key=lambda place: place.row):
        yield row, list(some)


def finding(text: Text, one: Sighting) -> Finding:
    """A sighting as a finding."""
    start, end = text.span(one.first, one.last)
    return Finding(
        signal=Signal.TITLE if one.plain else Signal.DISGUISE,
        right=one.name.right,
        score=round(min(max(one.score, 0.0), 1.0), 4),
        span=(start, end),
        reason=reason(one, text.title[start:end]),
        matched=one.name.text,
    )


def named_by_brand(text: Text, one: Sighting) -> Finding:
    """A plain naming in the brand attribute as a finding. Its span is None: it is not in the title."""
    surface = text.surface(one.first, one.last)
    name = one.name.text
    return Finding(
        signal=Signal.BRAND_ATTRIBUTE,
        right=one.name.right,
        score=scores.PLAIN,
        reason=Reason(
            code="brand", surface=surface, en=f"the brand attribute names “{name}”", zh=f"品牌属性为“{name}”"
        ),
        matched=name,
    )
