"""Copy slang and innocent phrases of titles: `slang_and_context(title, mentions)`.

The terms stand in data/lexicon.tsv. How they are matched is the project's own procedure: fold; longest term first
without overlap; a second pass over what is written apart; denials and trades in which a term is innocent; and a term
of compatible use only where it is said of the mark. A finding names no right: slang is slang of whatever is sold.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from matchers.lexicon_rules import (
    DENIALS,
    FORWARD,
    INNOCENT_TRADES,
    MADE_FOR,
    NEGATORS,
    NOT_CONTEXT,
    PREPOSITIONS,
    SECOND_HAND,
    STYLE_TERMS,
    UNIVERSAL,
    Words,
    sentence,
)
from matchers.lexicon_terms import Term, automaton, flat, spread, terms
from matchers.title.gaps import USUAL
from matchers.title.sighting import around, isolated
from matchers.title.text import Text, fold_title
from matchers.title.words import is_piece
from matchers.types import Finding, Reason, Signal

# Probability that a term of the weight means a copy, said of branded goods: first values, by judgement.
WEIGHTS = {"strong": 0.85, "medium": 0.5, "weak": 0.15}
CONTEXTS = {"compatibility": 0.9, "accessory": 0.6, "second_hand": 0.9, "service": 0.7, "other_goods": 0.6}
UNSURE = 0.3  # a term of context that is as often said of genuine goods (STYLE_TERMS)
NEAR = 12  # cells between a term of compatible use and the mark it speaks of; a longer way is another phrase
CLAUSE_ENDS = frozenset(",，。.;；!！?？|/、【】[]()（）~")


@dataclass(frozen=True, slots=True)
class Hit:
    """A term seen in the cells `first` to `last`."""

    term: Term
    first: int
    last: int


def slang_and_context(
    title: str, mentions: Sequence[tuple[int, int]] | None = None, goods: Collection[str] = ()
) -> list[Finding]:
    """Findings SLANG and CONTEXT of a title, in its order; right is None. Never raises on what a title holds.

    mentions : spans of the title that name a mark. A term of compatible use counts only near one of them; None when
        that is not known, then every such term counts but a bare preposition.
    goods : what the named marks are registered for; an accessory among them is the article itself
    """
    text = fold_title(title)
    own = " ".join(flat(fold_title(word)) for word in goods)
    hits = together(text, first_pass(text, mentions or ()), list(second_pass(text)))
    hits = [hit for hit in hits if hit.term.category != "accessory" or hit.term.text not in own]
    kept = [hit for hit in hits if hit.term.weight == "benign" or not is_innocent(text, hit, hits)]
    found = [one for hit in kept if (one := finding(text, hit, hits, mentions))]
    taken = {place for hit in hits for place in range(*text.span(hit.first, hit.last))}
    more = [*made_for(text, mentions or ()), *second_hand(text)]
    return [*found, *(one for one in more if one.span and taken.isdisjoint(range(*one.span)))]


def second_hand(text: Text) -> Iterator[Finding]:
    """Sentences of people who sell what they own."""
    for match in SECOND_HAND.finditer(flat(text)):
        span = text.span(match.start(), match.end() - 1)
        surface = text.title[slice(*span)]
        en, zh = sentence("second_hand", surface, "someone's own")
        reason = Reason(code="second_hand", surface=surface, en=en, zh=zh)
        yield Finding(signal=Signal.CONTEXT, right=None, score=CONTEXTS["second_hand"], span=span, reason=reason)


def made_for(text: Text, mentions: Sequence[tuple[int, int]]) -> Iterator[Finding]:
    """Compatible use that stands right behind the mark: NORVANE专用."""
    for end in dict.fromkeys(end for _, end in mentions):
        if match := MADE_FOR.match(text.title, end):
            en, zh = sentence("compatibility", match[1], "made for it")
            reason = Reason(code="compatibility", surface=match[1], en=en, zh=zh)
            score = CONTEXTS["compatibility"]
            yield Finding(signal=Signal.CONTEXT, right=None, score=score, span=match.span(1), reason=reason)


def first_pass(text: Text, mentions: Sequence[tuple[int, int]] = ()) -> list[Hit]:
    """The terms that stand as they are: longest first, no overlap."""
    found = []
    named = frozenset(place for span in mentions for place in span)
    for place, start, end in automaton(apart=False).find_matches_as_indexes(flat(text), overlapping=True):
        hit = Hit(terms()[place], start, end - 1)
        if has_edges(text, hit, named):
            found.append(hit)
    return longest(found)


def longest(found: Iterable[Hit]) -> list[Hit]:
    """The hits without those that overlap a longer one; of equal length the earlier wins, so that runs agree."""
    kept: list[Hit] = []
    taken: set[int] = set()
    for hit in sorted(found, key=lambda one: (-len(one.term.text), one.first, one.term.text)):
        cells = range(hit.first, hit.last + 1)
        if taken.isdisjoint(cells):
            taken.update(cells)
            kept.append(hit)
    return kept


def has_edges(text: Text, hit: Hit, named: Collection[int]) -> bool:
    """Whether a hit begins and ends where words do: letters and digits at a run's end, two hanzi as a word.

    named : where mentions of a mark begin and end; a name is no part of a word with what stands beside it
    """
    shape, first, last = text.shape, hit.first, hit.last
    if first and runs_on(shape[first - 1], shape[first], shape[first + 1 : last + 1]):
        return False
    if last + 1 < len(shape) and runs_on(shape[last + 1], shape[last], shape[first:last][::-1]):
        return False
    if shape[first : last + 1] != "HH":
        return True
    before, behind = around(text, first, last)
    before = "" if text.starts[first] in named else before
    behind = "" if text.ends[last] in named else behind
    return is_piece(before, hit.term.text, behind)


def runs_on(outside: str, edge: str, inside: str) -> bool:
    """Whether the cell outside a term belongs to the run at its edge. inside : the term's shape from there on.

    A single digit beside a letter does not (Hi-Fi1:1): it is one side of a ratio.
    """
    if edge not in "LD" or outside not in "LD":
        return False
    return not (edge == "D" and outside == "L" and inside[:1] not in ("L", "D", ""))


def second_pass(text: Text) -> Iterator[Hit]:
    """The Chinese terms whose hanzi stand apart."""
    kept = [place for place, kind in enumerate(text.shape) if kind in "LDHS"]
    stream = "".join([text.cells[place].text[:1] for place in kept])
    for place, start, end in automaton(apart=True).find_matches_as_indexes(stream, overlapping=True):
        cells = kept[start:end]
        if cells[-1] - cells[0] >= end - start and is_apart(text, cells):
            yield Hit(spread()[place], cells[0], cells[-1])


def is_apart(text: Text, cells: Sequence[int]) -> bool:
    """Whether hanzi were set apart on purpose, rather than being the edges of two phrases."""
    gaps = [text.cells[one + 1 : two] for one, two in pairwise(cells)]
    if any(len(gap) > 3 for gap in gaps):
        return False
    if all(gaps) and len(cells) > 2:
        return True
    odd = not any(cell.char.isspace() or cell.char in USUAL for gap in gaps for cell in gap)
    return odd or len(cells) >= 4 or isolated(text, cells[0], cells[-1])


def together(text: Text, near: list[Hit], apart: list[Hit]) -> list[Hit]:
    """Both passes: what stands apart gives way to innocent phrases, and covers what it is made of."""
    innocent = [hit for hit in near if hit.term.weight == "benign"]
    apart = longest(hit for hit in apart if not any(overlaps(hit, other) for other in innocent))
    near = [hit for hit in near if not any(overlaps(hit, other) for other in apart)]
    return sorted([*near, *apart], key=lambda hit: hit.first)


def overlaps(one: Hit, other: Hit) -> bool:
    """Whether two hits share a cell."""
    return one.first <= other.last and other.first <= one.last


def clause(text: Text, place: int) -> range:
    """The cells of the phrase that a cell stands in: to the next punctuation, or white space beside hanzi."""
    start = end = place
    while start > 0 and not ends_clause(text, start - 1):
        start -= 1
    while end + 1 < len(text.cells) and not ends_clause(text, end + 1):
        end += 1
    return range(start, end + 1)


def ends_clause(text: Text, place: int) -> bool:
    """Whether a cell parts two phrases."""
    char = text.cells[place].char
    if not char.isspace():
        return char in CLAUSE_ENDS
    return "H" in text.shape[max(0, place - 1) : place + 2]


def is_innocent(text: Text, hit: Hit, hits: Sequence[Hit]) -> bool:
    """Whether slang is denied, or is said in a trade in which it is no slang."""
    within = clause(text, hit.first)
    for other in hits:
        if other.term.category in {"negation", "false_friend"} and other.first in within:
            firm = other.term.category == "negation" and other.term.text in folded(DENIALS)
            if firm or hit.term.weight != "strong":
                return True
    before = flat(text)[within.start : hit.first].rstrip()
    if f" {before}".endswith(tuple(folded(NEGATORS))):
        return True
    whole = flat(text)
    return any(
        hit.term.text in folded(slang) and any(word in whole for word in folded(trade))
        for slang, trade in INNOCENT_TRADES
    )


@cache
def folded(words: Words) -> frozenset[str]:
    """Words as titles are folded."""
    return frozenset(flat(fold_title(word)) for word in words)


def finding(text: Text, hit: Hit, hits: Sequence[Hit], mentions: Sequence[tuple[int, int]] | None) -> Finding | None:
    """A hit as a finding; None for an innocent phrase that is no context."""
    term, (start, end) = spoken_of(text, hit, mentions), text.span(hit.first, hit.last)
    surface = text.title[start:end]
    if term.weight != "benign":
        en, zh = sentence(term.category, surface, term.meaning)
        reason = Reason(code=f"{term.weight}.{term.category}", surface=surface, en=en, zh=zh)
        return Finding(signal=Signal.SLANG, right=None, score=WEIGHTS[term.weight], span=(start, end), reason=reason)
    if term.category not in CONTEXTS or not is_context(text, hit, hits, mentions):
        return None
    en, zh = sentence(term.category, surface, term.meaning)
    alone = sum(other.term.category == term.category for other in hits) == 1
    score = UNSURE if alone and term.text in folded(STYLE_TERMS) else CONTEXTS[term.category]
    reason = Reason(code=term.category, surface=surface, en=en, zh=zh)
    return Finding(signal=Signal.CONTEXT, right=None, score=score, span=(start, end), reason=reason)


def spoken_of(text: Text, hit: Hit, mentions: Sequence[tuple[int, int]] | None) -> Term:
    """The term of a hit; an accessory that is said to be `for` the mark right behind it is compatible use."""
    for_it = hit.term.category == "accessory" and hit.term.text.split(" ")[-1] in folded(PREPOSITIONS)
    if for_it and any(directly_before(text, hit, start) for start, _ in mentions or ()):
        return replace(hit.term, category="compatibility")
    return hit.term


def is_context(text: Text, hit: Hit, hits: Sequence[Hit], mentions: Sequence[tuple[int, int]] | None) -> bool:
    """Whether an innocent phrase says what the goods are, and not something else (a gift, a size, a season)."""
    written = flat(text)
    around_it = written[max(0, hit.first - 4) : hit.last + 5]
    if any(match.start() <= min(hit.first, 4) <= match.end() for match in NOT_CONTEXT.finditer(around_it)):
        return False
    if hit.term.category != "compatibility":
        return True
    if hit.term.text in folded(PREPOSITIONS):
        return any(directly_before(text, hit, start) for start, _ in mentions or ())
    if mentions is None:
        return True
    parts = [other for other in hits if other.term.category == "accessory"]
    return any(is_said_of(text, hit, span, parts) for span in mentions)


def is_said_of(text: Text, hit: Hit, mention: tuple[int, int], parts: Sequence[Hit] = ()) -> bool:
    """Whether a term of compatible use speaks of a mention: near it, or in the one place where its kind does.

    parts : accessories of the title; one that stands between says what fits the mark (NORVANE 刀头 通用)
    """
    start, end = text.span(hit.first, hit.last)
    behind, before = mention[0] - end, start - mention[1]
    if (said := MADE_FOR.match(text.title, mention[1])) and said.end() == end:
        return True
    if hit.term.text in folded(UNIVERSAL):
        fits = any(mention[1] <= text.starts[part.first] and part.last < hit.first for part in parts)
        return max(behind, before) <= 1 or (fits and before <= 2 * NEAR)
    if hit.term.text in folded(FORWARD) and before >= 0:
        fitting = any(part.first == hit.last + 1 for part in parts)  # NORVANE打印机 兼容墨盒
        return (before <= 1 and hit.last + 1 == clause(text, hit.last).stop) or (fitting and before <= NEAR)
    if hit.term.text in folded(FORWARD) and " " in text.title[end : mention[0]].lstrip():
        return False  # 适用于iPhone15 NORVANE手机壳: its object stands between
    return max(behind, before) <= NEAR


def directly_before(text: Text, hit: Hit, start: int) -> bool:
    """Whether a preposition stands right before a mention, at most an article or adjective between."""
    _, end = text.span(hit.first, hit.last)
    between = text.title[end:start].strip().lower() if start >= end else "?"
    return between in {"", "the", "new", "old", "your", "my", "all", "original", "genuine", "[", "(", "【", ":"}
