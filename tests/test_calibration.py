"""Weights learnt from decisions: what they need, what they keep, and how honest the figures are."""

import random

import pytest

from matchers.calibration import CalibrationError, Decision, brier, fit, reliability
from matchers.terms import TERMS
from matchers.weights import shipped


def decisions(number=400, seed=1):
    """Copies are mostly disguised or cheap; innocent goods are mostly second-hand or at the reference."""
    rng = random.Random(seed)
    found = []
    for _ in range(number):
        infringes = rng.random() < 0.5
        values = {name: 1.0 for name in ("disguise", "price", "rule") if rng.random() < (0.7 if infringes else 0.1)}
        values |= {
            name: 1.0 for name in ("second_hand", "price_at_reference") if rng.random() < (0.05 if infringes else 0.6)
        }
        found.append(Decision(values=values, infringes=infringes))
    return found


def test_what_is_learnt_says_more_than_what_it_began_with():
    found = fit(decisions(), version="t")
    assert found.brier < found.before
    assert found.brier < 0.12
    assert found.precision > 0.85
    assert found.recall > 0.85


@pytest.mark.parametrize(("yes", "no"), [(49, 200), (200, 49), (0, 0)])
def test_fewer_than_fifty_of_each_kind_teach_nothing(yes, no):
    some = [Decision(values={}, infringes=True)] * yes + [Decision(values={}, infringes=False)] * no
    with pytest.raises(CalibrationError, match=f"{yes} are confirmed, {no} dismissed"):
        fit(some, version="t")


def test_no_weight_changes_its_sign_whatever_the_decisions_say():
    upside_down = [Decision(values=one.values, infringes=not one.infringes) for one in decisions()]
    found = fit(upside_down, version="t").weights
    assert all(weight * TERMS[name].sign >= 0 for name, weight in found.terms.items())


def test_a_term_that_was_never_seen_keeps_its_weight():
    assert fit(decisions(), version="t").weights.of("seller_confirmed") == shipped().of("seller_confirmed")


def test_thresholds_stay_and_the_version_is_new():
    found = fit(decisions(), version="client 7, 2026-12", source="decisions of 2026").weights
    assert (found.flag, found.watch) == (shipped().flag, shipped().watch)
    assert (found.version, found.source) == ("client 7, 2026-12", "decisions of 2026")


def test_the_same_decisions_teach_the_same():
    assert fit(decisions(), version="t") == fit(decisions(), version="t")


def test_the_figures_are_of_decisions_that_were_left_out():
    rng = random.Random(3)
    noise = [Decision(values={name: rng.random() for name in TERMS}, infringes=rng.random() < 0.5) for _ in range(200)]
    assert fit(noise, version="t").brier > 0.2


def test_the_brier_score_is_the_mean_square():
    assert brier([(1.0, True), (0.0, True), (0.5, False)]) == pytest.approx((0 + 1 + 0.25) / 3)
    assert brier([]) == 0


def test_a_reliability_table_has_a_row_for_each_tenth_that_was_said():
    low, high = reliability([(0.05, False), (0.08, True), (1.0, True)])
    assert (low.low, low.number, low.true) == (0.0, 2, 0.5)
    assert (high.low, high.high, high.said) == (0.9, 1.0, 1.0)
