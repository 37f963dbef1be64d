"""What the document on the verdict says is what the code does."""

from pathlib import Path

from bench.verdict_table import table
from matchers.terms import TERMS
from matchers.weights import shipped

DOCUMENT = (Path(__file__).parents[1] / "docs" / "verdict.md").read_text(encoding="utf-8")


def test_the_table_of_terms_is_that_of_the_shipped_weights():
    assert table() in DOCUMENT


def test_the_intercept_and_the_thresholds_are_told():
    weights = shipped()
    assert f"Intercept {weights.intercept:+.2f}; flag from {weights.flag}, watch from {weights.watch}" in DOCUMENT


def test_every_term_has_a_weight():
    assert set(shipped().terms) == set(TERMS)
