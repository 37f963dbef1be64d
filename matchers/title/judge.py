"""From all sightings of a title to those that hold: what a whole title says about each of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from matchers.title import scores
from matchers.title.ambiguity import Said, meant, senses
from matchers.title.cells import Cell, How, Kind
from matchers.title.hanzi import traditional
from matchers.title.sighting import Sighting
from matchers.title.text import Text


def settle(text: Text, sightings: Iterable[Sighting]) -> list[Sighting]:
    """The sightings that hold, in the order of the title; at most one plain and one disguised for each right."""
    judged = [judged for one in sightings if (judged := in_context(text, one))]
    return sorted(best(without_shadows(judged)), key=lambda one: (one.first, one.last, one.name.right, one.codes))


def in_context(text: Text, one: Sighting) -> Sighting | None:
    """A sighting as the rest of its title makes it."""
    if one.codes and is_habit(text, one):
        one = replace(one, codes=(), said=(), score=scores.PLAIN)
    if one.codes == ("traditional",) and is_proper(text, one) and not any(written_new(text, one)):
        one = replace(one, score=scores.TRADITIONAL_UNSURE)
    if one.plain and one.name.ambiguous:
        return replace(one, score=min(one.score, meant(text, one), scores.NICKNAME if one.name.nickname else 1.0))
    if one.plain and one.name.key in senses() and in_other_sense(text, one, one.name.key):
        return replace(one, score=scores.PLAIN_OTHERWISE)
    if scores.MISSPELT.issuperset(one.codes) and one.codes and is_word_here(text, one):
        return replace(one, score=scores.PLAIN_OTHERWISE)
    return one


def is_word_here(text: Text, one: Sighting) -> bool:
    """Whether what looks misspelt is a word of its own in this title (a Phillips head)."""
    key = "".join([cell.text for cell in text.cells[one.first : one.last + 1]])
    return key in senses() and in_other_sense(text, one, key)


def is_habit(text: Text, one: Sighting) -> bool:
    """Whether the whole title is written so: in traditional hanzi, or in full-width letters."""
    if set(one.codes) == {"fullwidth"}:
        return others_are_wide(text, one)
    if set(one.codes) == {"traditional"}:
        return is_traditional(text, one)
    return False


def others_are_wide(text: Text, one: Sighting) -> bool:
    """Whether the letters outside of a sighting are full-width too."""
    outside = [
        cell for place, cell in enumerate(text.cells) if cell.kind is Kind.LETTER and not one.first <= place <= one.last
    ]
    return len(outside) >= 3 and all(cell.how is How.FULLWIDTH for cell in outside)


def is_traditional(text: Text, one: Sighting) -> bool:
    """Whether a title is in traditional hanzi, and the name in its proper traditional form."""
    old = sum(cell.how is How.TRADITIONAL for cell in outside(text, one))
    return is_proper(text, one) and old > sum(written_new(text, one))


def is_proper(text: Text, one: Sighting) -> bool:
    """Whether a name is written as it properly is in traditional hanzi."""
    surface = "".join(cell.char for cell in text.cells[one.first : one.last + 1] if cell.kind is Kind.HANZI)
    return surface in traditional(one.name.key)


def written_new(text: Text, one: Sighting) -> list[bool]:
    """For each hanzi outside of a sighting, whether it is one that only simplified writing has."""
    return [cell.how is How.PLAIN and cell.char not in traditional(cell.char) for cell in outside(text, one)]


def outside(text: Text, one: Sighting) -> list[Cell]:
    """The hanzi of a title outside of a sighting."""
    return [
        cell for place, cell in enumerate(text.cells) if cell.kind is Kind.HANZI and not one.first <= place <= one.last
    ]


def in_other_sense(text: Text, one: Sighting, key: str) -> bool:
    """Whether a title uses a word that is no ordinary one in another sense than the mark's: a place, a person."""
    said = Said(text, one)
    return said.is_otherwise(key) and "sibling" not in said.goods()


def without_shadows(found: Sequence[Sighting]) -> list[Sighting]:
    """The sightings without those that a better one at the same place explains."""
    return [
        one
        for group in overlapping(found)
        for one in group
        if len(group) == 1 or not any(other is not one and shadows(other, one) for other in group)
    ]


def overlapping(found: Iterable[Sighting]) -> Iterator[list[Sighting]]:
    """Sightings by the piece of the title that they share, so that far ones are not held against one another."""
    group: list[Sighting] = []
    end = -1
    for one in sorted(found, key=lambda one: (one.first, one.last)):
        if group and one.first > end:
            yield group
            group = []
        group.append(one)
        end = max(end, one.last) if len(group) > 1 else one.last
    if group:
        yield group


def shadows(other: Sighting, one: Sighting) -> bool:
    """Whether `other` explains what `one` took for a disguise, or `one` is only the part of it that was left plain."""
    if other.last < one.first or one.last < other.first:
        return False
    if one.plain:
        return is_left_plain(one, other)
    covers = other.first <= one.first and one.last <= other.last
    if other.plain:
        if other.name.nickname and covered_by(one, other) and one.score >= other.score:
            return False
        return not is_left_plain(other, one) and (other.score >= scores.NAMED or covers)
    if other.name.right == one.name.right and other.name.key == one.name.key:
        return False
    if is_spelled(other) and not is_spelled(one):
        return other.score >= scores.NAMED
    wider = other.last - other.first > one.last - one.first
    return covers and wider and other.score >= one.score


def is_spelled(one: Sighting) -> bool:
    """Whether the name's own letters and hanzi stand there, in whatever dress, and none that merely resemble them."""
    return scores.RESEMBLING.isdisjoint(one.codes)


def covered_by(whole: Sighting, part: Sighting) -> bool:
    """Whether one sighting lies inside a wider one."""
    inside = whole.first <= part.first and part.last <= whole.last
    return inside and whole.last - whole.first > part.last - part.first


def is_left_plain(part: Sighting, whole: Sighting) -> bool:
    """Whether a plain short name is what a disguise left as it was of a longer name, of the same right or anyone's.

    The longer reading explains more. Not where the rest may be another word: a hanzi left out, or white space between.
    """
    same = part.name.right == whole.name.right or part.name.ambiguous
    longer = same and part.name.key != whole.name.key and part.name.key in whole.name.key
    sure = whole.score >= scores.NAMED and scores.LOOSE.isdisjoint(whole.codes)
    return part.plain and not whole.plain and covered_by(whole, part) and longer and sure


def best(found: Sequence[Sighting]) -> list[Sighting]:
    """For each right the best plain sighting and the best disguised one, the latter lowered when it hides nothing."""
    plain: dict[str, Sighting] = {}
    hidden: dict[str, Sighting] = {}
    for one in found:
        into = plain if one.plain else hidden
        right = one.name.right
        if right not in into or rank(one) > rank(into[right]):
            into[right] = one
    named = [other for other in found if other.plain and other.score >= scores.NAMED] if hidden else []
    for right, one in hidden.items():
        beside = [other for other in named if other.name.right == right]
        if beside and set(one.codes) <= scores.SOFT:
            hidden[right] = replace(one, score=one.score * left_of(one, beside))
    return [*plain.values(), *hidden.values()]


def left_of(one: Sighting, beside: Sequence[Sighting]) -> float:
    """What a soft disguise keeps of its score beside plain names of the same right.

    A name in Latin letters has one spelling. Misspelt beside the plain Chinese name it still keeps the registered sign
    out of the title, where the other readings (a pinyin, another transliteration) only repeat the Chinese name.
    """
    misspelt = one.name.script == "latin" and set(one.codes) <= scores.MISSPELT
    repeated = any(other.name.script == one.name.script for other in beside)
    return scores.OTHER_SCRIPT_PLAIN if misspelt and not repeated else scores.ALSO_PLAIN


def rank(one: Sighting) -> tuple[float, int, int]:
    """Which of two sightings of a right speaks more: the likelier, the longer, the earlier one."""
    return one.score, one.last - one.first, -one.first
