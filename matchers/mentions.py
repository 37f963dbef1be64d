"""What a title says of each mark: names it, or only says that the goods are for it, or second-hand.

A mark that is named in disguise is accused whatever stands beside it: nobody who sells a spare part for it hides its
name. A plain naming is compatible use when a word of it is said of that very naming, not merely somewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from matchers.lexicon import CLAUSE_ENDS, NEAR, folded, slang_and_context
from matchers.lexicon_rules import FORWARD, PREPOSITIONS, UNIVERSAL
from matchers.title import TitleMatcher, scores
from matchers.types import Finding, Reason, Signal

SAID = 0.5  # probability from which a finding of context, or a disguise, holds
# Words of compatible use that speak of what stands before them, or right behind them.
BACKWARD = ("专用", "替换", "代用", "可替代", "国产替代", "专用配件", "compatible", "replacement", "aftermarket")
BESIDE = ("第三方", "副厂", "非原厂", "generic", "third party", "not oem")
# Claims that the goods are the brand's own after all, unless denied.
OWN = re.compile(
    r"(?<![非类仿似])(?:原装|正品|官方|原厂)|(?<!non )(?<!not )\b(?:genuine|original|authentic|official)\b", re.I
)
OWN_NEAR = 6  # characters around a naming in which such a claim is one about it
# A model and an accessory right behind a name: 8 手机壳, Redmi Note 9 case.
MODEL = re.compile(r"[ -]?[A-Za-z]{0,8}[ -]?\d[A-Za-z0-9+/ -]{0,24}$")


class Use(StrEnum):
    """How a title uses a mark."""

    MENTION = "mention"
    CONTEXT = "context"  # the goods are said to be for it
    SECOND_HAND = "second_hand"  # it is said to be sold again, bought back or repaired


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A mark in a title.

    score : probability that the mark is meant, 0..1
    span : [start, end) code point offsets in the title
    reason : what names the mark, and, for another use than a mention, what says so
    """

    right: str
    score: float
    use: Use
    span: tuple[int, int]
    reason: Reason
    matched: str = ""


def mentions(matcher: TitleMatcher, titles: Sequence[str]) -> list[list[Mention]]:
    """The marks of each title, in its order, each once: by the finding that accuses most. Never raises."""
    return [list(of_title(title, found)) for title, found in zip(titles, matcher.match(titles), strict=True)]


def of_title(title: str, found: Sequence[Finding]) -> Iterator[Mention]:
    """The marks that the findings of one title name."""
    best: dict[str, Finding] = {}
    for one in found:
        if one.right is not None and (one.right not in best or rank(one) > rank(best[one.right])):
            best[one.right] = one
    plain = [one.span for one in best.values() if one.signal is Signal.TITLE and one.span]
    spoken = slang_and_context(title, plain) if plain else []
    context = [one for one in spoken if one.signal is Signal.CONTEXT and one.score >= SAID]
    for right, one in best.items():
        if one.span is not None:
            use, why = use_of(title, one, one.span, context)
            yield Mention(right=right, score=named(one), use=use, span=one.span, reason=why, matched=one.matched or "")


def rank(one: Finding) -> tuple[bool, float]:
    """Which of two findings of a mark accuses more: a likely disguise, then the likelier."""
    return one.signal is Signal.DISGUISE and one.score >= SAID, one.score


def named(one: Finding) -> float:
    """How likely a finding's mark is meant. A name in traditional hanzi is named for sure, a disguise or not."""
    return max(one.score, scores.PLAIN_APART) if one.reason.code == "traditional" else one.score


def use_of(title: str, one: Finding, span: tuple[int, int], context: Sequence[Finding]) -> tuple[Use, Reason]:
    """How a title uses a mark, and why."""
    if one.signal is not Signal.TITLE:
        return Use.MENTION, one.reason
    for other in context:
        if other.reason.code == "compatibility" and is_for(title, span, other, context):
            return (Use.MENTION, one.reason) if is_own(title, span) else (Use.CONTEXT, both(one.reason, other.reason))
        if other.reason.code == "accessory" and is_part_of(title, span, other):
            return (Use.MENTION, one.reason) if is_own(title, span) else (Use.CONTEXT, both(one.reason, other.reason))
    for other in context:
        if other.reason.code in {"second_hand", "service"}:
            return Use.SECOND_HAND, both(one.reason, other.reason)
    return Use.MENTION, one.reason


def is_for(title: str, span: tuple[int, int], other: Finding, context: Sequence[Finding]) -> bool:
    """Whether a word of compatible use is said of the naming at `span`."""
    start, end = other.span or (0, 0)
    word = " ".join(other.reason.surface.lower().split())
    if end <= span[0]:
        between = title[end : span[0]]
        if word in folded(BESIDE):
            return len(between) <= 1
        forward = word in folded(FORWARD) or word.split(" ")[-1] in PREPOSITIONS or word in {"匹配", "对应"}
        return forward and is_one_phrase(between)
    between = title[span[1] : start]
    if not is_one_phrase(between):
        return False
    if word in folded(UNIVERSAL):
        return any(one.reason.code == "accessory" and one.span and span[1] <= one.span[0] <= start for one in context)
    return word in folded(BESIDE) or any(part in word for part in BACKWARD) or "专用" in word or "可用" in word


def is_one_phrase(between: str) -> bool:
    """Whether a word still speaks of what stands behind these characters."""
    return len(between) <= NEAR and CLAUSE_ENDS.isdisjoint(between.replace("/", "").replace("、", ""))


def is_part_of(title: str, span: tuple[int, int], other: Finding) -> bool:
    """Whether an accessory is named for a model of the mark: NORVANE 8 Pro手机壳."""
    start, _ = other.span or (0, 0)
    return span[1] < start and MODEL.fullmatch(title[span[1] : start]) is not None


def is_own(title: str, span: tuple[int, int]) -> bool:
    """Whether the title claims that the goods are the brand's own."""
    return (
        OWN.search(title[max(0, span[0] - OWN_NEAR) : span[0]] + " " + title[span[1] : span[1] + OWN_NEAR]) is not None
    )


def both(named: Reason, context: Reason) -> Reason:
    """Two reasons as one."""
    return Reason(
        code=context.code, surface=named.surface, en=f"{named.en}; {context.en}", zh=f"{named.zh};{context.zh}"
    )
