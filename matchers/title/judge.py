"""From all sightings of a title to those that hold: what a whole title says about each of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from matchers.title import scores
from matchers.title.cells import Cell, How, Kind
from matchers.title.hanzi import is_hanzi, traditional
from matchers.title.names import Name
from matchers.title.sighting import Sighting, isolated
from matchers.title.text import Text

# Words beside an ordinary word that make it a brand: claims that sellers make of branded goods.
CLAIMS = ("正品", "官方", "专柜", "旗舰店", "联名", "代购", "高仿", "复刻", "authentic", "genuine", "official")

# English words that stand beside brands too, without making a phrase with them.
BESIDE_BRANDS = frozenset(
    ("men", "women", "mens", "womens", "kids", "unisex", "new", "pro", "max", "mini", "plus", "sale", "size", "style")
)
BEFORE, BEHIND = re.compile(r"([A-Za-z]{3,})[ ]$"), re.compile(r"[ ]([A-Za-z]{3,})")  # the English word beside


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
        one = replace(one, score=min(one.score, meant(text, one)))
    return one


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


def meant(text: Text, one: Sighting) -> float:
    """How likely the mark is meant by an ambiguous name, by the rest of the title."""
    rest = (
        "".join(cell.text for cell in text.cells[: one.first])
        + " "
        + "".join(cell.text for cell in text.cells[one.last + 1 :])
    )
    compact = "".join(char for char in rest if char.isalnum())
    if any(len(key) > 1 and key in compact for key in one.name.siblings):
        return scores.PLAIN
    if not short_and_glued(text, one):
        if any(claim in "".join(cell.text for cell in text.cells) for claim in CLAIMS):
            return scores.PLAIN
        if near_goods(rest, one.name):
            return scores.PLAIN_UNSURE if reads_as_word(text, one) else scores.PLAIN
    return scores.PLAIN_ALONE if one.name.goods else scores.PLAIN_UNSURE


def reads_as_word(text: Text, one: Sighting) -> bool:
    """Whether a Chinese title writes an English word as no name is written: small, or in a phrase (Pearl Harbour)."""
    surface = text.surface(one.first, one.last)
    if one.name.script != "latin" or "H" not in text.shape:
        return False
    beside = (BEFORE.search(text.title[: text.starts[one.first]]), BEHIND.match(text.title[text.ends[one.last] :]))
    words = [match[1] for match in beside if match]
    return surface.islower() or any(
        written_alike(word, surface) and word.lower() not in one.name.goods | BESIDE_BRANDS for word in words
    )


def written_alike(word: str, surface: str) -> bool:
    """Whether two words have their capitals in the same places: all, or the first."""
    return (word.isupper(), word.istitle()) == (surface.isupper(), surface.istitle())


def short_and_glued(text: Text, one: Sighting) -> bool:
    """Whether a very short name is part of a longer term (UA级, LV3)."""
    return one.last - one.first < 2 and not isolated(text, one.first, one.last)


def near_goods(rest: str, name: Name) -> bool:
    """Whether a title has a word for the mark's goods; Latin words count as whole words only."""
    latin = set("".join(char if char.isascii() and char.isalnum() else " " for char in rest).split())
    return any((word in latin) if word.isascii() else says(rest, word) for word in name.goods)


def says(rest: str, word: str) -> bool:
    """Whether a text has a Chinese word for goods; one of a single hanzi must be the head of its phrase, its end."""
    if len(word) > 1:
        return word in rest
    return any(one == word and not is_hanzi(two) for one, two in pairwise(rest + " "))


def without_shadows(found: Sequence[Sighting]) -> list[Sighting]:
    """The sightings without those that a better one at the same place explains."""
    return [one for one in found if not any(other is not one and shadows(other, one) for other in found)]


def shadows(other: Sighting, one: Sighting) -> bool:
    """Whether `other` explains what `one` took for a disguise, or `one` is only the part of it that was left plain."""
    if other.last < one.first or one.last < other.first:
        return False
    if one.plain:
        return is_left_plain(one, other)
    covers = other.first <= one.first and one.last <= other.last
    if other.plain:
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


def is_left_plain(part: Sighting, whole: Sighting) -> bool:
    """Whether a plain short name is what a disguise left as it was of a longer name of the same right.

    The longer reading explains more. Not where the rest may be another word: a hanzi left out, or white space between.
    """
    inside = whole.first <= part.first and part.last <= whole.last
    wider = whole.last - whole.first > part.last - part.first
    longer = part.name.right == whole.name.right and part.name.key != whole.name.key and part.name.key in whole.name.key
    sure = whole.score >= scores.NAMED and scores.LOOSE.isdisjoint(whole.codes)
    return part.plain and not whole.plain and inside and wider and longer and sure


def best(found: Sequence[Sighting]) -> list[Sighting]:
    """For each right the best plain sighting and the best disguised one, the latter lowered when it hides nothing."""
    plain: dict[str, Sighting] = {}
    hidden: dict[str, Sighting] = {}
    for one in found:
        into = plain if one.plain else hidden
        right = one.name.right
        if right not in into or rank(one) > rank(into[right]):
            into[right] = one
    for right, one in hidden.items():
        beside = [other for other in found if other.plain and other.name.right == right and other.score >= scores.NAMED]
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
