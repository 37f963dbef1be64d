"""Fits the shipped weights of the verdict (matchers/data/verdict.toml) on the catalogue of one seed.

python -m bench.verdict_weights --folder DIR [--verdicts FILE]

The recipe: the 2,000 listings of seed 1 (bench.verdicts), every listing and client whose mark is matched and that did
not end early; whether it is a copy of that client's mark is the decision. The logistic model of matchers/calibration,
drawn to the weights that judgement gave (PRIOR), each bound to its sign; then rounded to halves, because a generator's
finer shades are its own. FILE keeps the verdicts, so that the pictures need to be looked at once only. Printed: the
table for the data file, and figures of decisions that were left out.
"""

from __future__ import annotations

import argparse
import pickle
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from bench.verdicts import LISTINGS, TUNED, Judged, catalogue, clients, goods, judged, listing
from matchers.calibration import Decision, brier, fit, rates
from matchers.terms import TERMS
from matchers.types import Portfolio
from matchers.verdict import verdict
from matchers.weights import Weights, shipped

STEP = 0.5
# What the generator's sellers do more plainly than real ones: copies say "no brand" where resales name it.
CAPPED = {"own_brand": 1.5}
# First values, by judgement: a strong ground of the rule flags alone, facts beside it need each other.
PRIOR = Weights(
    version="prior",
    intercept=-2.5,
    terms={
        "rule": 2.0, "photo_copy": 2.5, "mark_in_photo": 2.0, "word_in_photo": 2.0, "closed": 4.0, "disguise": 2.5,
        "strong_slang": 2.5, "medium_slang": 1.5, "lone_slang": 0.5, "price": 2.0, "price_somewhat": 1.0,
        "price_outlier": 1.0, "price_evasive": 1.0, "own_brand": 1.0, "goods_class": 0.5, "hidden_patch": 0.5,
        "origin": 1.0, "seller_confirmed": 3.0, "seller_flagged": 1.5, "seller_many_brands": 1.0, "unsure_name": -2.0,
        "other_kind": -1.5, "seller_dismissed": -1.5, "official_shop": -1.5, "compatibility": -2.0, "accessory": -1.0,
        "second_hand": -1.5, "service": -2.0, "no_article": -2.0, "other_goods": -1.0, "own_name": -2.0,
        "price_at_reference": -1.0, "innocent_photo": -1.0,
    },
)  # fmt: skip


def again(every: Sequence[Judged], known: Sequence[Portfolio], weights: Weights | None = None) -> list[Judged]:
    """The same listings, judged anew from the findings that were kept. weights : None for the shipped ones"""
    by_client = {portfolio.client: portfolio for portfolio in known}
    return [
        replace(
            one,
            verdicts=tuple(
                verdict(goods(listing(one.goods), ()), by_client[v.client], v.findings, weights) for v in one.verdicts
            ),
        )
        for one in every
    ]


def decisions(every: Sequence[Judged]) -> Iterator[Decision]:
    """What a person would decide of each matched listing and client."""
    for one in every:
        for said in one.verdicts:
            if said.matched and said.score > 0:
                yield Decision(values=said.evidence, infringes=one.owner == said.client)


def rounded(weights: Weights) -> Weights:
    """To halves, none over its cap; a term that was learnt to count nothing keeps a quarter of its sign."""
    terms = {name: round(weights.of(name) / STEP) * STEP or 0.25 * TERMS[name].sign for name in PRIOR.terms}
    terms |= {name: min(terms[name], most) for name, most in CAPPED.items()}
    return replace(weights, intercept=round(weights.intercept / STEP) * STEP, terms=terms)


def main() -> None:
    """Fit, round, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, required=True, help="where catalogues are kept")
    parser.add_argument("--verdicts", type=Path, help="a file that keeps what was found, for the next time")
    given = parser.parse_args()
    folder = catalogue(given.folder, TUNED, LISTINGS)
    if given.verdicts and given.verdicts.exists():
        every = pickle.loads(given.verdicts.read_bytes())  # written by this script
    else:
        every = judged(folder)
        if given.verdicts:
            given.verdicts.write_bytes(pickle.dumps(every))
    known, _ = clients(folder)
    every = again(every, known)
    found = fit(list(decisions(every)), PRIOR, version=shipped().version)
    weights = rounded(found.weights)
    print(f"# {found.decisions} decisions; left out: Brier {found.brier:.4f}, before {found.before:.4f},")
    print(f"# precision {found.precision:.3f}, recall {found.recall:.3f}")
    outcomes = [(one.probability, one.owner is not None) for one in again(every, known, weights)]
    print(f"# rounded, of all listings: Brier {brier(outcomes):.4f}, {rates(outcomes, weights.flag)}")
    print(f"intercept = {weights.intercept}\n\n[terms]")
    for name in TERMS:
        print(f"{name} = {weights.of(name)}  # learnt {found.weights.of(name)}")


if __name__ == "__main__":
    main()
