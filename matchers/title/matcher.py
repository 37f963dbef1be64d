"""Sees the names of marks in titles, plain or in disguise."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence

from matchers.title import exact, literal, misspelt, scores, sounds
from matchers.title.judge import settle
from matchers.title.names import names_of
from matchers.title.patterns import Pattern, index_form, patterns
from matchers.title.reasons import reason
from matchers.title.sighting import Sighting
from matchers.title.text import Text, fold_title, streams
from matchers.types import Finding, Mark, Reason, Signal

log = logging.getLogger(__name__)


class TitleMatcher:
    """Sees the names of marks in titles. Built once, then asked in batches; asking changes nothing: thread-safe.

    A title is read up to `text.MAX_TITLE` code points. Time grows with the length of the title and, for the rest, with
    the number of places that look like a name, not with the number of marks.
    """

    def __init__(self, marks: Sequence[Mark]) -> None:
        """marks : wordless ones are allowed and never seen; a name in two marks is seen for both."""
        names = [name for mark in marks for name in names_of(mark)]
        spellings = [pattern for name in names for pattern in patterns(name)]
        self._literals = tuple(name for name in names if name.literal)
        self._spellings = exact.Spellings(by_form(spellings))
        self._misspellings = misspelt.misspellings(spellings)
        self._sounds = sounds.sounded(names)

    def match(self, titles: Sequence[str]) -> list[list[Finding]]:
        """Findings (TITLE, DISGUISE) for each title, in the order of the title. Never raises on what a title holds."""
        return [self._findings(title) for title in titles]

    def brands(self, brands: Sequence[str | None]) -> list[list[Finding]]:
        """Findings (BRAND_ATTRIBUTE) for each listing's brand field: the marks it names plainly, ``NIKE/耐克`` both."""
        return [self._brand(brand) if brand else [] for brand in brands]

    def _findings(self, title: str) -> list[Finding]:
        try:
            text = fold_title(title)
            return [finding(text, one) for one in settle(text, self._sightings(text))]
        except Exception:
            log.exception("a title of %d characters could not be read", len(title))
            return []

    def _brand(self, brand: str) -> list[Finding]:
        try:
            text = fold_title(brand)
            plain = [one for one in self._sightings(text) if one.plain]
        except Exception:
            log.exception("a brand attribute of %d characters could not be read", len(brand))
            return []
        return [named_by_brand(text, one) for one in {one.name.right: one for one in plain}.values()]

    def _sightings(self, text: Text) -> Iterator[Sighting]:
        for stream in streams(text):
            yield from self._spellings.find(text, stream)
        yield from misspelt.find(self._misspellings, text)
        yield from sounds.find(self._sounds, text)
        yield from literal.find(self._literals, text)


def by_form(spellings: Sequence[Pattern]) -> dict[str, list[Pattern]]:
    """Index form to patterns; a name's own spelling keeps an evasion of the same mark out."""
    own = {(pattern.name.right, index_form(pattern.text)) for pattern in spellings if not pattern.code}
    found: dict[str, list[Pattern]] = {}
    for pattern in spellings:
        form = index_form(pattern.text)
        if len(form) > 1 and (not pattern.code or (pattern.name.right, form) not in own):
            found.setdefault(form, []).append(pattern)
    return found


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
