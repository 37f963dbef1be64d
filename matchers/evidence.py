"""What the findings of a listing say of one right, as terms of the verdict's model: `evidence(case, findings)`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from matchers.rule import MATCHED, WEIGHTS, Case, Ground
from matchers.terms import TERMS
from matchers.types import Finding, Reason, Signal

LONE = 0.5  # score from which a term of slang is a medium one
# Findings that become a term as they are, by signal or by code.
BY_CODE = {
    "somewhat_under_reference": "price_somewhat",
    "price_outlier": "price_outlier",
    "price_evasive": "price_evasive",
}
BY_SIGNAL = {Signal.OWN_BRAND: "own_brand", Signal.GOODS_CLASS: "goods_class", Signal.ORIGIN: "origin"}


@dataclass(frozen=True, slots=True)
class Piece:
    """A term that holds. value : how much, 0..1; reasons : why, empty for what needs no sentence"""

    term: str
    value: float
    reasons: tuple[Reason, ...] = ()


def evidence(case: Case, findings: Sequence[Finding]) -> list[Piece]:
    """The terms that hold for a right, each once, by its strongest piece."""
    about = [one for one in findings if one.right in (None, case.right)]
    best: dict[str, Piece] = {}
    for piece in (*of_rule(case), *of_slang(case, about), *of_findings(about), *of_name(case)):
        known = best.get(piece.term)
        if piece.value > 0 and (known is None or piece.value > known.value):
            best[piece.term] = piece
    return list(best.values())


def of_rule(case: Case) -> Iterator[Piece]:
    """What the flag rule says, and its grounds."""
    if case.flagged:
        yield Piece("rule", 1.0)
    for ground in case.grounds:
        if ground.name in TERMS:
            yield Piece(ground.name, true_of(ground), ground.reasons)


def true_of(ground: Ground) -> float:
    """How true a ground is: its weight in the rule without the rule's own factor."""
    return 1.0 if ground.name == "closed" else round(min(1.0, ground.weight / WEIGHTS[ground.name]), 4)


def of_slang(case: Case, findings: Iterable[Finding]) -> Iterator[Piece]:
    """A medium term alone, which is no ground of the rule."""
    if any(ground.name in {"strong_slang", "medium_slang"} for ground in case.grounds):
        return
    lone = [one for one in findings if one.signal is Signal.SLANG and one.score >= LONE]
    if lone:
        yield Piece("lone_slang", 1.0, (lone[0].reason,))


def of_findings(findings: Iterable[Finding]) -> Iterator[Piece]:
    """Findings that are a term by themselves; a context that is unsure says nothing."""
    for one in findings:
        code = one.reason.code
        if one.signal is Signal.PRICE and code in BY_CODE:
            yield Piece(BY_CODE[code], 1.0, (one.reason,))
        elif one.signal in BY_SIGNAL:
            yield Piece(BY_SIGNAL[one.signal], 1.0, (one.reason,))
        elif code in TERMS and (one.signal is Signal.SELLER or is_context(one)):
            yield Piece(code, one.score, (one.reason,))


def is_context(one: Finding) -> bool:
    """Whether a finding of context is sure enough to count."""
    return one.signal is Signal.CONTEXT and one.score >= MATCHED


def of_name(case: Case) -> Iterator[Piece]:
    """How unsure it is that the mark is meant."""
    percent = f"{case.named:.0%}"
    en = f"that the mark is meant is {percent} likely"
    reason = Reason(code="unsure_name", surface="", en=en, zh=f"所指为该商标的可能性为 {percent}")
    yield Piece("unsure_name", round(1 - case.named, 4), (reason,) if case.named < 0.9 else ())
