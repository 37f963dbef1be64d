"""The verdict: what the findings of a listing come to, for and against, and what ends the matter early."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchers.rule import judge
from matchers.types import Band, Goods, Mark, Portfolio, Signal
from matchers.verdict import verdict
from matchers.weights import Weights, WeightsError, of_dict, shipped
from tests.test_rule import (
    BRAND,
    CLOSED,
    COMPATIBLE,
    DISGUISE,
    GOODS,
    IN_PHOTO,
    ORDERED,
    PATCH,
    PHOTO,
    PLAIN,
    PORTFOLIO,
    PRICE,
    SIGNALS,
    SOURCED,
    SOURCED_TOO,
    SPOKEN,
    STRONG,
    USED,
    WORD_IN_PHOTO,
    finding,
    slang,
)

INNOCENT_TITLE = finding(Signal.CONTEXT, "innocent_title", right=None, score=1.0)
INNOCENT_PHOTO = finding(Signal.CONTEXT, "innocent_photo", right=None, score=0.9)
FAIR = finding(Signal.CONTEXT, "price_at_reference", score=0.6)
CONFIRMED = finding(Signal.SELLER, "seller_confirmed", right=None, score=0.8)
ORIGIN = finding(Signal.ORIGIN, "known_origin", score=0.5)
WEAK_PRICE = finding(Signal.PRICE, "somewhat_under_reference", score=0.35)


def said(*findings, portfolio=PORTFOLIO, goods=GOODS, weights=None):
    return verdict(goods, portfolio, findings, weights)


def codes(reasons):
    return [reason.code for reason in reasons]


FLAGGING = [
    (DISGUISE,),
    (PLAIN, STRONG),
    (PLAIN, ORDERED, SOURCED),
    (PLAIN, PRICE),
    (PHOTO,),
    (IN_PHOTO,),
    (WORD_IN_PHOTO,),
    (PLAIN, STRONG, USED),
    (PHOTO, COMPATIBLE),
    (IN_PHOTO, USED),
]
SILENT = [
    (PLAIN,),
    (BRAND,),
    (PLAIN, BRAND),
    (PLAIN, ORDERED),
    (PLAIN, SOURCED, SOURCED_TOO),
    (PLAIN, slang("weak.quality_hype", 0.15)),
    (PLAIN, PATCH),
    (DISGUISE, COMPATIBLE),
    (DISGUISE, USED),
    (PLAIN, PRICE, USED),
    (PLAIN, STRONG, COMPATIBLE),
    (PLAIN, IN_PHOTO),
    (STRONG,),
    (),
]


@pytest.mark.parametrize("findings", FLAGGING)
def test_what_the_rule_flags_is_flagged_by_the_shipped_weights(findings):
    assert judge(GOODS, PORTFOLIO, findings).flagged
    found = said(*findings)
    assert (found.band, found.flagged) == (Band.FLAG, True)
    assert found.reasons


@pytest.mark.parametrize("findings", SILENT)
def test_what_the_rule_lets_be_is_not_flagged_while_nothing_more_is_known(findings):
    assert not judge(GOODS, PORTFOLIO, findings).flagged
    assert not said(*findings).flagged


def test_facts_beside_the_rule_add_up():
    assert not said(PLAIN, ORIGIN).flagged
    assert said(PLAIN, WEAK_PRICE, ORIGIN, CONFIRMED).flagged


@pytest.mark.parametrize("context", [COMPATIBLE, USED, FAIR])
@pytest.mark.parametrize("found", [PHOTO, IN_PHOTO, WORD_IN_PHOTO])
def test_benign_context_never_lowers_a_picture(context, found):
    assert said(found, context).score == said(found).score


@pytest.mark.parametrize("context", [COMPATIBLE, USED, FAIR])
@pytest.mark.parametrize("findings", [(PLAIN, ORDERED, SOURCED), (PLAIN, PRICE), (PLAIN, STRONG)])
def test_benign_context_lowers_a_title_and_is_told(context, findings):
    found = said(*findings, context)
    assert found.score < said(*findings).score
    assert context.reason in found.against


def test_reasons_stand_in_the_order_of_their_weight_then_the_plain_name():
    found = codes(said(PLAIN, DISGUISE, WEAK_PRICE, STRONG).reasons)
    assert found == ["lookalike", "strong.copy_grade", "somewhat_under_reference", "plain"]


def test_each_reason_is_a_sentence_in_both_languages():
    found = said(PLAIN, DISGUISE, PRICE, FAIR, ORIGIN)
    assert all(reason.en and reason.zh for reason in (*found.reasons, *found.against))


def test_an_authorised_seller_ends_it_with_that_reason():
    allowed = Portfolio(client="N", marks=PORTFOLIO.marks, authorised_sellers=frozenset({("taobao", "s")}))
    found = said(DISGUISE, STRONG, PHOTO, portfolio=allowed)
    assert (found.band, found.authorised, found.score, found.reasons) == (Band.IGNORE, True, 0.0, ())
    assert codes(found.against)[0] == "authorised"


def test_a_title_that_was_judged_innocent_ends_what_titles_say():
    found = said(DISGUISE, STRONG, INNOCENT_TITLE)
    assert (found.band, codes(found.against)[0]) == (Band.IGNORE, "innocent_title")


@pytest.mark.parametrize("beside", [PHOTO, IN_PHOTO, PRICE])
def test_a_title_that_was_judged_innocent_says_nothing_of_pictures_and_prices(beside):
    assert said(*([PLAIN] if beside is PRICE else []), beside, INNOCENT_TITLE).flagged


def test_an_innocent_picture_ends_it_unless_the_title_accuses():
    assert codes(said(PLAIN, CONFIRMED, WEAK_PRICE, INNOCENT_PHOTO).against)[0] == "innocent_photo"
    assert said(DISGUISE, STRONG, INNOCENT_PHOTO).flagged


def test_closed_distribution_flags_whatever_is_matched():
    found = said(PLAIN, COMPATIBLE, USED, FAIR, portfolio=CLOSED)
    assert found.flagged
    assert "closed_distribution" in codes(found.reasons)


def test_every_right_has_its_own_probability_and_the_best_leads():
    found = said(finding(Signal.TITLE, "plain", right="O"), DISGUISE)
    assert (found.right, found.score) == ("W", found.rights["W"])
    assert found.rights["W"] > found.rights["O"] > 0


def test_thresholds_belong_to_the_weights_of_a_client():
    strict = Weights(version="strict", intercept=-2.5, terms=shipped().terms, flag=0.999, watch=0.5)
    found = said(DISGUISE, weights=strict)
    assert (found.band, found.flagged, found.model) == (Band.WATCH, False, "strict")
    assert found.reasons


def test_the_evidence_is_what_the_model_saw():
    found = said(PLAIN, PRICE)
    assert found.evidence["rule"] == 1.0
    assert set(found.evidence) == {"rule", "price", "unsure_name"}


MORE = st.sampled_from([INNOCENT_TITLE, INNOCENT_PHOTO, FAIR, CONFIRMED, ORIGIN, WEAK_PRICE])


@given(findings=st.lists(SIGNALS | SPOKEN | MORE, max_size=8))
def test_a_verdict_is_of_one_piece(findings):
    found = said(*findings)
    assert 0 <= found.score <= 1
    assert found.score == max(found.rights.values(), default=0.0)
    assert found.flagged == (found.band is Band.FLAG)
    assert found.flagged <= bool(found.reasons) <= found.matched
    assert (found.right is None) != found.matched


@given(findings=st.lists(SIGNALS, max_size=6), more=st.sampled_from([CONFIRMED, ORIGIN, WEAK_PRICE, STRONG]))
def test_more_evidence_never_lowers_a_verdict(findings, more):
    assert said(PLAIN, *findings, more).score >= said(PLAIN, *findings).score


# The weights


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"terms": {"horoscope": 1.0}}, "no term"),
        ({"terms": {"compatibility": 1.0}}, "may not be above 0"),
        ({"terms": {"disguise": -1.0}}, "may not be below 0"),
        ({"intercept": float("nan")}, "finite"),
        ({"intercept": True}, "finite"),
        ({"flag": 0.1, "watch": 0.2}, "watch <= flag"),
        ({"flag": 1.0}, "flag < 1"),
        ({"version": 3}, "version"),
        ({"terms": [1]}, "terms"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_weights_that_are_no_model_are_refused_in_one_sentence(change, why):
    with pytest.raises(WeightsError, match=why):
        of_dict({**shipped().as_dict(), **change})


def test_weights_survive_being_kept():
    assert of_dict(shipped().as_dict()) == shipped()


def test_weights_without_an_intercept_are_refused():
    with pytest.raises(WeightsError, match="intercept"):
        of_dict({"version": "x"})


def test_another_clients_mark_is_not_this_ones():
    alone = Portfolio(client="O", marks=(Mark(right_id="O", names=("Kestoli",)),))
    assert verdict(Goods(marketplace="taobao", item_id="1", title="t"), alone, ()).right is None
