"""The verdict: findings to one probability for each right of a client, with what speaks for and against it.

`verdict(goods, portfolio, findings, weights)`. An additive, readable model: log-odds = intercept + weight * value of
each term that holds. The flag rule stays as its prior: what it says is a term. Benign context can cancel what a title
says, never what a picture shows. An authorised seller or item, and a title or pictures that were judged innocent, end
the matter early, with that reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from matchers.evidence import Piece, evidence
from matchers.rule import MATCHED, PLAIN, Case, is_authorised, matched_cases
from matchers.terms import TERMS, Place
from matchers.types import Band, Finding, Goods, Portfolio, Reason, Signal, Verdict
from matchers.weights import Weights, probability, shipped

# Grounds that a title that was judged innocent says nothing of.
OUTSIDE = frozenset({"price", "photo_copy", "mark_in_photo", "word_in_photo"})
AUTHORISED = Reason(
    code="authorised",
    surface="",
    en="the client authorised this seller or item",
    zh="该卖家或商品已获权利人授权",
)


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the model says of one right."""

    case: Case
    pieces: tuple[Piece, ...]
    probability: float


def verdict(goods: Goods, portfolio: Portfolio, findings: Sequence[Finding], weights: Weights | None = None) -> Verdict:
    """The verdict of one listing for one client. weights : None for the shipped ones"""
    weights = weights or shipped()
    opinions = sorted(
        (opinion(case, findings, weights) for case in matched_cases(goods, portfolio, findings)),
        key=lambda one: (-one.probability, one.case.right),
    )
    blank = Verdict(
        client=portfolio.client,
        authorised=is_authorised(goods, portfolio),
        findings=tuple(findings),
        model=weights.version,
    )
    if not opinions:
        return blank
    best = opinions[0]
    said = replace(
        blank,
        right=best.case.right,
        rights={one.case.right: one.probability for one in opinions},
        score=best.probability,
        matched=True,
        evidence={piece.term: piece.value for piece in best.pieces},
        against=sentences(best.pieces, weights, -1),
    )
    if ended := ended_early(blank.authorised, [one.case for one in opinions], findings):
        return ended_with(said, ended)
    band = weights.band(best.probability)
    if band is Band.IGNORE:
        return said
    return replace(said, band=band, flagged=band is Band.FLAG, reasons=reasons(best, findings, weights))


def ended_with(said: Verdict, why: Reason) -> Verdict:
    """A verdict that was ended early: the reason leads, and nothing accuses."""
    against = tuple(dict.fromkeys([why, *said.against]))
    return replace(said, score=0.0, rights=dict.fromkeys(said.rights, 0.0), against=against)


def ended_early(authorised: bool, cases: Sequence[Case], findings: Sequence[Finding]) -> Reason | None:
    """What ends the matter whatever else was found; None when nothing does.

    A title that was judged innocent says nothing for what a picture or a low price shows. Pictures that were judged
    innocent say nothing for the title: they end it where the rule has no ground.
    """
    if authorised:
        return AUTHORISED
    codes = {one.reason.code: one.reason for one in findings if one.signal is Signal.CONTEXT and one.score >= MATCHED}
    grounds = [ground for case in cases for ground in case.grounds if ground.flags]
    if "innocent_title" in codes and OUTSIDE.isdisjoint(one.name for one in grounds):
        return codes["innocent_title"]
    return None if grounds else codes.get("innocent_photo")


def opinion(case: Case, findings: Sequence[Finding], weights: Weights) -> Opinion:
    """What the model says of one right."""
    pieces = tuple(evidence(case, findings))
    return Opinion(case, pieces, round(probability(log_odds(pieces, weights)), 4))


def log_odds(pieces: Iterable[Piece], weights: Weights) -> float:
    """The model. Context weighs against the title's evidence; where something firm was found, no further than that."""
    points = dict.fromkeys(Place, 0.0)
    for piece in pieces:
        points[TERMS[piece.term].place] += weights.of(piece.term) * piece.value
    said = points[Place.TITLE] + points[Place.CONTEXT]
    if points[Place.FIRM] > 0:
        said = max(0.0, said)
    return weights.intercept + points[Place.RULE] + points[Place.FIRM] + points[Place.BESIDE] + said


def sentences(pieces: Iterable[Piece], weights: Weights, sign: int) -> tuple[Reason, ...]:
    """The reasons that speak for (1) or against (-1), strongest first, each once."""
    counted = [(abs(weights.of(piece.term)) * piece.value, piece) for piece in pieces if TERMS[piece.term].sign == sign]
    ranked = sorted((one for one in counted if one[0] > 0), key=lambda one: (-one[0], one[1].term))
    return tuple(dict.fromkeys(reason for _, piece in ranked for reason in piece.reasons))


def reasons(best: Opinion, findings: Iterable[Finding], weights: Weights) -> tuple[Reason, ...]:
    """Why a right is thought to be infringed: the evidence, strongest first, then how the mark is named."""
    named = [one.reason for one in findings if one.right == best.case.right and is_plain(one)]
    return tuple(dict.fromkeys([*sentences(best.pieces, weights, 1), *named]))


def is_plain(one: Finding) -> bool:
    """Whether a finding names a mark plainly."""
    return one.signal in PLAIN and one.score >= MATCHED
