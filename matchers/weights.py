"""The weights of the verdict's model: `shipped()` reads data/verdict.toml; a client may have its own (`Weights`).

The model: log-odds = intercept + the sum of weight * value over the terms that hold, values 0..1 (`evidence`).
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import cache
from typing import Any

from matchers.data import lines
from matchers.terms import TERMS
from matchers.types import Band

FARTHEST = 60.0  # log-odds beyond which nothing changes any more, and exp() still holds


class WeightsError(ValueError):
    """Weights that cannot be used, in one sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """A model's parameters. Raises WeightsError for what is no model.

    version : names them in every verdict; source : where they come from, with its date
    intercept : log-odds of a matched listing of which nothing else is known
    terms : log-odds by term (`terms.TERMS`), with the term's sign; one that is missing counts nothing
    flag, watch : probability from which a listing is flagged, watched
    """

    version: str
    source: str = ""
    intercept: float
    terms: Mapping[str, float] = field(default_factory=dict)
    flag: float = 0.5
    watch: float = 0.2

    def __post_init__(self) -> None:
        """Check what is read from files and databases."""
        if unknown := sorted(set(self.terms) - set(TERMS)):
            raise WeightsError(f"no term is called {unknown[0]}")
        numbers = [self.intercept, self.flag, self.watch, *self.terms.values()]
        if any(isinstance(one, bool) or not isinstance(one, int | float) or not math.isfinite(one) for one in numbers):
            raise WeightsError("weights and thresholds are finite numbers")
        if wrong := next((name for name, weight in self.terms.items() if weight * TERMS[name].sign < 0), None):
            raise WeightsError(f"{wrong}: its weight may not be {'below' if TERMS[wrong].sign > 0 else 'above'} 0")
        if not 0 < self.watch <= self.flag < 1:
            raise WeightsError("0 < watch <= flag < 1 must hold")

    def of(self, term: str) -> float:
        """The weight of a term; 0 for one that these weights do not have."""
        return self.terms.get(term, 0.0)

    def band(self, probability: float) -> Band:
        """What becomes of a listing."""
        return Band.FLAG if probability >= self.flag else Band.WATCH if probability >= self.watch else Band.IGNORE

    def as_dict(self) -> dict[str, Any]:
        """Plain values, as a database or a file keeps them; `of_dict` reads them back."""
        return {**asdict(self), "terms": dict(self.terms)}


def of_dict(values: Mapping[str, Any]) -> Weights:
    """Weights from plain values. Raises WeightsError."""
    known = ("version", "source", "intercept", "terms", "flag", "watch")
    if unknown := sorted(set(values) - set(known)):
        raise WeightsError(f"weights have no field {unknown[0]}")
    if not isinstance(values.get("version"), str) or not isinstance(values.get("terms", {}), Mapping):
        raise WeightsError("weights have a version, which is text, and terms by name")
    if "intercept" not in values:
        raise WeightsError("weights have an intercept")
    return Weights(**values)


@cache
def shipped() -> Weights:
    """The weights that come with the product."""
    table = tomllib.loads("\n".join(lines("verdict.toml")))
    terms = {name: float(weight) for name, weight in table["terms"].items()}
    return of_dict({**table["model"], **table["thresholds"], "terms": terms})


def probability(log_odds: float) -> float:
    """Log-odds as a probability, 0..1."""
    return 1 / (1 + math.exp(-min(FARTHEST, max(-FARTHEST, log_odds))))
